"""Made-up findings, flow and map: a paradox with every kind of row, a plain table, polygons on a grid."""

from __future__ import annotations

import random
from typing import Any

ANSWERS = ("seen", "not-seen", "cannot-tell")


def _text(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": en}


def _cell(value: float, half: float, n: int) -> dict[str, Any]:
    return {
        "status": "published",
        "reliability": "moderate" if half > 8 else "good",
        "estimate": value,
        "lower": value - half,
        "upper": value + half,
        "n": n,
    }


def _difference(value: float, half: float) -> dict[str, Any]:
    verdict = "none" if abs(value) < half else "higher" if value > 0 else "lower"
    return {
        "difference": value,
        "se": half / 1.96,
        "lower": value - half,
        "upper": value + half,
        "p": 0.01,
        "p_adjusted": 0.02,
        "verdict": verdict,
    }


def _group(id_: str, names: tuple[str, str], position: int) -> dict[str, Any]:
    """One row; the third has a withheld cell, the last is not adjusted."""
    rng = random.Random(id_)
    work, out = rng.uniform(40, 60), rng.uniform(20, 35)
    more, worse, half = rng.uniform(5, 18), rng.uniform(-4, 14), rng.uniform(2.5, 8.5)
    second = _cell(out + worse, half, 320)
    if position == 2:
        second = {"status": "withheld", "reason": "confidential"}
    adjusted = {} if position == 7 else {"adjusted": _difference(worse + 1.5, half)}
    return {
        "id": id_,
        "title": _text(*names),
        "answer": ANSWERS[position % 3],
        "cells": {
            "position": {"first": _cell(work, half, 410), "second": _cell(work + more, half, 320)},
            "exclusion": {"first": _cell(out, half, 410), "second": second},
        },
        "differences": {
            "position": {"raw": _difference(more, half)},
            "exclusion": {} if position == 2 else {"raw": _difference(worse, half), **adjusted},
        },
    }


def _side(id_: str, nl: str, en: str, indicator: str) -> dict[str, Any]:
    return {
        "id": id_,
        "title": _text(nl, en),
        "indicator": indicator,
        "kind": "proportion",
        "unit": _text("%", "%"),
        "decimals": 1,
        "scale": [0, 100],
    }


def findings(origins: dict[str, tuple[str, str]], indicators: list[str]) -> dict[str, Any]:
    """``findings.json``: a paradox and a finding with a plain table."""
    paradox = {
        "id": "paradox",
        "title": _text("De integratieparadox", "The integration paradox"),
        "sentence": _text(
            "Wie hier geboren is, werkt vaker en meldt vaker discriminatie.",
            "People born here work more often and report discrimination more often.",
        ),
        "answer": "seen",
        "facts": [_text("In drie van de acht groepen gezien.", "Seen in three of the eight groups.")],
        "description": _text(
            "Een betere positie gaat niet samen met minder ervaren uitsluiting.",
            "A better position does not come with less experienced exclusion.",
        ),
        "about": indicators[:1],
        "wave": "2020",
        "level": 0.95,
        "panels": [
            _side("position", "Betaald werk", "Paid work", "paid-work"),
            _side(
                "exclusion",
                "Ervaren discriminatie in de afgelopen twaalf maanden",
                "Experienced discrimination in the past twelve months",
                "discrimination-at-work",
            ),
        ],
        "categories": [
            {"id": "first", "title": _text("Eerste generatie", "First generation")},
            {"id": "second", "title": _text("Tweede generatie", "Second generation")},
        ],
        "groups": [_group(id_, names, index) for index, (id_, names) in enumerate(origins.items())],
        "contrast": _text("tweede min eerste generatie", "second minus first generation"),
        "controls": [_text("leeftijd", "age"), _text("geslacht", "sex")],
        "method": _text(
            "Verschillen van marges uit een **logit-model**.", "Differences of margins, **logit**."
        ),
        "limits": _text("Een verschil is geen oorzaak.", "A difference is not a cause."),
        "explain": {
            "formula": "p(tweede) − p(eerste)",
            "inputs": ["discrimination-at-work"],
            "n": 5840,
            "weight": "weegfactor",
        },
    }
    split = {
        "id": "split",
        "title": _text("Het verschil ontleed", "The gap and its parts"),
        "sentence": _text("Een derde hangt samen met leeftijd.", "A third goes together with age."),
        "about": indicators[:1],
        "table": {
            "caption": _text("Delen van het verschil.", "Parts of the gap."),
            "columns": [_text("Deel", "Part"), _text("Punten", "Points"), _text("Toelichting", "Note")],
            "rows": [[_text("leeftijd", "age"), 3.21, None], [_text("rest", "rest"), 6.4, "n = 12"]],
        },
    }
    return {"findings": [paradox, split]}


def flows() -> dict[str, Any]:
    """``flow.json``: five classes to six, with a small one, a move and a count that is withheld."""
    start = {
        "dutch": ("Nederlandse achtergrond", "Dutch background"),
        "western": ("Westerse migratieachtergrond, tweede generatie", "Western migration background, second"),
        "non-western": ("Niet-westerse migratieachtergrond", "Non-western migration background"),
        "unknown": ("Onbekend", "Not stated"),
    }
    end = {
        "born-here": ("Geboren in Nederland, beide ouders ook", "Born in the Netherlands, both parents too"),
        "europe": ("Herkomst in Europa (zonder Nederland)", "Origin in Europe (without the Netherlands)"),
        "outside": ("Herkomst buiten Europa", "Origin outside Europe"),
        "unknown": ("Onbekend", "Not stated"),
    }
    links: list[tuple[str, str, int | None, bool]] = [
        ("dutch", "born-here", 13_010_000, False),
        ("western", "europe", 1_290_000, False),
        ("western", "outside", 560_000, True),
        ("non-western", "outside", 2_490_000, False),
        ("non-western", "europe", 20_000, True),
        ("unknown", "unknown", None, False),
    ]

    def scheme(
        id_: str, title: dict[str, str], classes: dict[str, tuple[str, str]], side: int
    ) -> dict[str, Any]:
        sums = {key: sum(link[2] or 0 for link in links if link[side] == key) for key in classes}
        listed = [
            {"id": key, "title": _text(*names), "persons": sums[key] or None}
            for key, names in classes.items()
        ]
        return {"id": id_, "title": title, "classes": listed}

    return {
        "flows": [
            {
                "id": "origin-2016-2022",
                "title": _text("Van achtergrond naar herkomst", "From background to origin"),
                "sentence": _text(
                    "Een half miljoen mensen kreeg een andere klasse zonder te verhuizen.",
                    "Half a million people got another class without moving.",
                ),
                "unit": _text("inwoners", "inhabitants"),
                "persons": 17_370_000,
                "moved": 580_000,
                "date": "2022-01-01",
                "from": scheme("2016", _text("Indeling van 2016", "Classification of 2016"), start, 0),
                "to": scheme("2022", _text("Indeling van 2022", "Classification of 2022"), end, 1),
                "links": [
                    {
                        "from": a,
                        "to": b,
                        "persons": n,
                        "moves": moves,
                        **({"reason": "confidential"} if n is None else {}),
                        **(
                            {"text": _text("Onder meer Indonesië.", "Among them Indonesia.")} if moves else {}
                        ),
                    }
                    for a, b, n, moves in links
                ],
                "limits": _text("Klassen, geen mensen.", "Classes, not people."),
                "synthetic": False,
            }
        ]
    }


def maps() -> tuple[dict[str, Any], dict[str, Any]]:
    """``map.json`` and its boundaries: 24 areas on a grid, one without a figure, one that is not drawn."""
    names = [f"Gemeente {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVW"] + ["'s-Gravenhage"]
    features = []
    areas = []
    for index, name in enumerate(names):
        x, y = 4.0 + 0.3 * (index % 6), 51.0 + 0.2 * (index // 6)
        ring = [[x, y], [x + 0.3, y], [x + 0.3, y + 0.2], [x, y + 0.2], [x, y]]
        id_ = f"GM{index:04d}"
        geometry = {"type": "Polygon", "coordinates": [ring]}
        if index:
            features.append({"type": "Feature", "properties": {"id": id_}, "geometry": geometry})
        published = index != 5
        value = 0.1 + 0.031 * (index * 7 % 24)
        areas.append(
            {
                "id": id_,
                "title": name,
                "status": "published" if published else "withheld",
                "reason": None if published else "confidential",
                "value": value if published else None,
                "lower": value - 0.04 if published else None,
                "upper": value + 0.05 if published else None,
                "n": 60 + index if published else None,
            }
        )
    found = {
        "id": "diversity",
        "title": _text("Diversiteit naar herkomst", "Diversity by origin"),
        "sentence": _text(
            "Twee inwoners hebben in Gemeente R het vaakst een andere herkomst.",
            "Two inhabitants most often differ in origin in Gemeente R.",
        ),
        "kind": "index",
        "unit": _text("kans", "chance"),
        "decimals": 2,
        "date": "2022",
        "boundaries": "map/areas.geojson",
        "classes": [0.2, 0.4, 0.6],
        "areas": areas,
        "changes": [_text("Gemeente A is opgegaan in B.", "Gemeente A was merged into B.")],
    }
    return {"maps": [found]}, {"type": "FeatureCollection", "features": features}
