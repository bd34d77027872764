"""A letter as Linked Data: schema.org for the document, W3C Web Annotations for what was found in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from thuis.dossier.commitments import Commitment, find_commitments
from thuis.dossier.export.names import letter_name, title_of
from thuis.dossier.letter.read import address
from thuis.dossier.reading import Found, Reading
from thuis.values import NAMESPACE

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "schema": "https://schema.org/",
        "thuis": f"{NAMESPACE}ns/dossier#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    },
]


def json_ld(reading: Reading) -> str:
    """The document, and one annotation per citation and commitment.

    An annotation's target gives the words (``TextQuoteSelector``) and their characters in the source
    (``TextPositionSelector``), so that each statement can be taken back to its sentence.
    """
    commitments = find_commitments(reading)
    graph = [
        _document(reading),
        *(_citation(each, reading) for each in reading.citations),
        *(_commitment(each, reading) for each in commitments),
    ]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def _uri(reading: Reading) -> str:
    return address(reading.letter) or f"urn:thuis:letter:{reading.letter.meta.id}"


def _document(reading: Reading) -> dict[str, Any]:
    meta = reading.letter.meta
    cited = dict.fromkeys(each.citation.url for each in reading.citations if each.citation.url)
    return _told(
        {
            "@id": _uri(reading),
            "@type": "schema:DigitalDocument",
            "schema:identifier": meta.id,
            "schema:name": letter_name(reading.letter),
            "schema:datePublished": _day(meta.date.isoformat() if meta.date else None),
            "schema:author": _who(meta.sender),
            "schema:recipient": _who(meta.addressee),
            "schema:inLanguage": "nl",
            "thuis:reference": meta.reference,
            "thuis:dossier": meta.dossier,
            "thuis:number": meta.number,
            "schema:citation": [{"@id": url} for url in cited],
        }
    )


def _citation(found: Found, reading: Reading) -> dict[str, Any]:
    each = found.citation
    body = {
        "@type": "schema:CreativeWork",
        "@id": each.url,
        "schema:identifier": each.id,
        "schema:name": title_of(each),
        "thuis:kind": each.kind,
        "thuis:confidence": each.confidence,
        "thuis:candidate": [
            {"schema:identifier": candidate.id, "schema:description": candidate.reason}
            for candidate in each.candidates
        ],
        "thuis:remark": [finding.rule for finding in found.findings],
    }
    return _annotation(found.id, "linking", _told(body), each.text, found.source, reading)


def _commitment(each: Commitment, reading: Reading) -> dict[str, Any]:
    due = each.term.day if each.term else None
    body = {
        "@type": "schema:PlanAction",
        "thuis:kind": each.kind,
        "schema:description": each.what,
        "schema:agent": _who(each.who),
        "schema:recipient": _who(each.to),
        "schema:startTime": _day(each.made.isoformat() if each.made else None),
        "schema:endTime": _day(due.isoformat() if due else None),
        "thuis:term": each.term.words if each.term else None,
        "thuis:debate": each.debate,
        "thuis:debateId": each.debate_id,
        "thuis:repeats": {"@id": f"{_uri(reading)}#{each.repeats}"} if each.repeats else None,
    }
    return _annotation(each.id, "classifying", _told(body), each.sentence, each.source, reading)


def _annotation(
    ref: str, why: str, body: Mapping[str, Any], text: str, source: tuple[int, int], reading: Reading
) -> dict[str, Any]:
    return {
        "id": f"{_uri(reading)}#{ref}",
        "type": "Annotation",
        "motivation": why,
        "body": dict(body),
        "target": {
            "source": _uri(reading),
            "selector": [
                {"type": "TextQuoteSelector", "exact": text},
                {"type": "TextPositionSelector", "start": source[0], "end": source[1]},
            ],
        },
    }


def _who(name: str | None) -> dict[str, str] | None:
    return {"schema:name": name} if name else None


def _day(day: str | None) -> dict[str, str] | None:
    return {"@type": "xsd:date", "@value": day} if day else None


def _told(node: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, [])}
