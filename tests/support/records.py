"""A made-up vocabulary and dossier: every status and state, notes that nest and notes without a marker."""

from __future__ import annotations

from typing import Any

LETTER = "kst-99999-1"


def _text(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": en}


def vocabulary() -> dict[str, Any]:
    """``vocabulary.json``: a term of each status, one in English, one with a history."""
    statuses = ("preferred", "allowed", "deprecated", "under-review", "renamed", "historic", "statutory")
    terms: list[dict[str, Any]] = [
        {"id": f"begrip-{status}", "term": f"begrip {status}", "language": "nl", "status": status}
        for status in statuses
    ]
    terms.append(
        {
            "id": "oud-woord",
            "term": "oud woord",
            "language": "nl",
            "status": "avoid",
            "definition": _text("Een woord dat niet meer past.", "A word that no longer fits."),
            "reason": "Het zegt meer dan bekend is.",
            "context": _text("In citaten blijft het staan.", "It stays in quotations."),
            "replacements": [
                {"term": "begrip preferred", "id": "begrip-preferred", "when": _text("altijd", "always")},
                {"term": "een omschrijving", "id": None, "when": None},
            ],
            "valid_to": "2016-11-01",
            "certainty": "certain",
            "forms": ["oude woorden", "oudwoordelijk"],
            "senses": ["een woord uit een oude taal"],
            "names": ["Wet op het oude woord"],
            "related": ["begrip-allowed", "not-there"],
            "history": [
                {
                    "from": "1999",
                    "to": "2016-11-01",
                    "status": "statutory",
                    "text": _text("Begrip van de statistiek.", "Term of statistics."),
                    "source": {"title": "CBS", "url": "https://example.org/cbs", "date": "1999-05"},
                },
                {"from": "2016-11-01", "to": None, "status": "avoid", "text": None, "source": None},
            ],
            "sources": [{"title": "Brief", "url": "https://example.org/brief", "date": "2016-11-01"}],
        }
    )
    terms.append({"id": "old-word", "term": "old word", "language": "en", "status": "avoid"})
    splits = {"arbeidsmarktdiscriminatie": ["arbeidsmarkt", "discriminatie"]}
    return {"splits": splits, "version": "0.1", "date": "2026-11-25", "terms": terms}


def _span(text: str, part: str, kind: str, ref: str) -> dict[str, Any]:
    start = text.index(part)
    return {"start": start, "end": start + len(part), "kind": kind, "ref": ref}


def dossier() -> dict[str, Any]:
    """``dossier.json``: one letter, a commitment of each state, measures with an edge, a timeline."""
    said = "Ik zeg toe dat ik dit in het najaar meld, zie Kamerstuk 99999, nr. 7.1"
    promise = said.removesuffix("1")
    blocks: list[dict[str, Any]] = [
        {"id": "b1", "kind": "heading", "level": 2, "text": "Aanleiding <script>alert(2)</script>"},
        {
            "id": "b2",
            "kind": "paragraph",
            "text": said,
            "page": 1,
            "spans": [
                _span(said, "Kamerstuk 99999, nr. 7", "citation", "c1"),
                _span(said, promise, "commitment", "t-open"),
                {"start": len(promise), "end": len(said), "kind": "note", "ref": "n1"},
            ],
        },
        {"id": "b3", "kind": "heading", "level": 3, "text": "Uitwerking"},
        {"id": "b4", "kind": "item", "text": "met gemeenten, volgens deze motie", "spans": []},
        {"id": "b5", "kind": "quote", "text": "Iedereen moet zich thuis kunnen voelen."},
    ]
    blocks[3]["spans"] = [_span("met gemeenten, volgens deze motie", "deze motie", "citation", "c2")]
    note = "Handelingen II 2021/22, nr. 3."
    letter = {
        "id": LETTER,
        "title": "Brief over gevestigd en thuis",
        "language": "nl",
        "date": "2022-07-12",
        "sender": "De minister",
        "addressee": "De Tweede Kamer",
        "dossier": "99999",
        "number": "1",
        "url": "https://example.org/kst-99999-1",
        "summary": _text("Een brief die niet bestaat.", "A letter that does not exist."),
        "blocks": blocks,
        "notes": [
            {
                "id": "n1",
                "number": "1",
                "text": note,
                "spans": [_span(note, "Handelingen II 2021/22, nr. 3", "citation", "c3")],
            },
            {
                "id": "n2",
                "number": "2",
                "text": "Een noot zonder plaats.",
                "problem": _text("geen verwijzing in de tekst", "no marker in the text"),
            },
        ],
        "citations": [
            {
                "id": "c1",
                "canonical": "kst-99999-7",
                "url": "https://example.org/kst-99999-7",
                "confidence": "certain",
            },
            {
                "id": "c2",
                "canonical": "kst-99999-5",
                "confidence": "candidate",
                "alternatives": [
                    {"canonical": "kst-99999-6", "url": "https://example.org/6", "why": "zelfde dag"}
                ],
            },
            {
                "id": "c3",
                "canonical": "h-tk-20212022-3",
                "url": "https://example.org/h",
                "confidence": "likely",
                "problems": [
                    _text("het zittingsjaar past niet bij de datum", "session year and date disagree")
                ],
            },
        ],
        "report": [{"kind": "missing-page", "text": _text("Pagina 2 ontbreekt.", "Page 2 is missing.")}],
    }
    proof = {"letter": LETTER, "block": "b2", "sentence": promise}
    commitments: list[dict[str, Any]] = [
        {"id": f"t-{state}", "text": f"Toezegging: {state}.", "status": state, "proof": proof}
        for state in ("open", "met", "partly-met", "lapsed")
    ]
    commitments[0] |= {
        "kind": "new",
        "who": "De minister",
        "to": "Van Baarle",
        "date": "2022-04-19",
        "due": "2022-12-31",
        "overdue": True,
        "themes": ["trust"],
        "note": _text("Twee keer herinnerd.", "Reminded twice."),
    }
    commitments[1]["fulfilled_by"] = {
        "title": "kst-99999-9",
        "url": "https://example.org/9",
        "date": "2024-05-01",
    }
    measures = [
        {
            "id": "programma",
            "title": _text("Nationaal programma", "National programme"),
            "kind": "programme",
            "text": _text("Een programma tegen discriminatie.", "A programme against discrimination."),
            "themes": ["trust"],
            "indicators": ["trust-in-people"],
            "proof": proof,
        },
        {
            "id": "subsidie",
            "title": _text("Subsidie", "Grant"),
            "kind": "grant",
            "amount": 1250000,
            "year": 2022,
        },
    ]
    events = [
        {"date": "2020", "kind": "survey", "title": _text("Vierde meting", "Fourth wave"), "link": {}},
        {
            "date": "2022-07-12",
            "kind": "letter",
            "title": _text("De brief", "The letter"),
            "link": {"letter": LETTER, "block": "b2"},
        },
        {
            "date": "2022-04",
            "kind": "debate",
            "title": _text("Debat", "Debate"),
            "link": {"url": "https://example.org/debat"},
        },
        {
            "date": "2024-05-01",
            "kind": "outcome",
            "title": _text("Afgedaan", "Fulfilled"),
            "text": _text("Na twee jaar.", "After two years."),
            "link": {"commitment": "t-met"},
        },
    ]
    edge = {
        "from": "programma",
        "type": "vloeit-voort-uit",
        "to": LETTER,
        "review": "accepted",
        "proof": proof,
    }
    return {
        "letters": [letter],
        "commitments": commitments,
        "measures": measures,
        "edges": [edge],
        "events": events,
    }
