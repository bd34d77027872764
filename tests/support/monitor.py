"""A made-up data folder with all a page may meet: every reason, breaks, empty figures, long labels.

For tests of the site, of a theme, and of anything else that reads a data folder. The numbers follow from the
names, so two runs write the same bytes.
"""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

from support import records, stories
from support.act import act
from thuis.contract.folder import read_folder
from thuis.contract.written import dump
from thuis.handover.index import index

LONG = "Nederlands-Caribische herkomst, alle eilanden"
WAVES = ("2006", "2011", "2015", "2020")
ORIGINS = {
    "turkish": ("Turks", "Turkish"),
    "moroccan": ("Marokkaans", "Moroccan"),
    "surinamese": ("Surinaams", "Surinamese"),
    "dutch-caribbean": (LONG, "Dutch Caribbean"),
    "polish": ("Pools", "Polish"),
    "somali": ("Somalisch", "Somali"),
    "iranian": ("Iraans", "Iranian"),
    "no-migration": ("Zonder migratiegeschiedenis", "No migration history"),
}
GENERATIONS = {
    "first": ("Eerste generatie", "First generation"),
    "second": ("Tweede generatie", "Second generation"),
}
SEXES = {"men": ("Mannen", "Men"), "women": ("Vrouwen", "Women")}
SYNTHETIC = {"nl": "Alle cijfers zijn verzonnen.", "en": "All figures are invented."}
BREAKS = [
    {
        "wave": "2015",
        "kind": "wording",
        "text": {
            "nl": "De vraag noemt nu een termijn van twaalf maanden.",
            "en": "The question now names twelve months.",
        },
    },
    {"wave": "2015", "kind": "mode", "text": {"nl": "Internet eerst.", "en": "Web first."}},
]


def _text(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": en}


def _dimension(
    id_: str, title: tuple[str, str], categories: dict[str, tuple[str, str]], reference: str | None = None
) -> dict[str, Any]:
    return {
        "id": id_,
        "title": _text(*title),
        "description": _text(
            f"Naar {title[0].lower()}, zoals opgegeven.", f"By {title[1].lower()}, as reported."
        ),
        "reference": reference,
        "categories": [
            {
                "id": key,
                "title": _text(*names),
                "description": _text(f"Personen: {names[0]}.", f"Persons: {names[1]}."),
            }
            for key, names in categories.items()
        ],
    }


ORIGIN = _dimension("origin", ("Herkomst", "Origin"), ORIGINS, "no-migration")
GENERATION = _dimension("generation", ("Generatie", "Generation"), GENERATIONS)
SEX = _dimension("sex", ("Geslacht", "Sex"), SEXES)
BREAKDOWNS: dict[str, list[dict[str, Any]]] = {
    "total": [],
    "origin": [ORIGIN],
    "sex": [SEX],
    "origin-by-generation": [ORIGIN, GENERATION],
}


def _published(
    wave: str,
    cell: tuple[str, ...],
    value: float,
    half: float,
    n: int,
    reliability: str = "good",
    top: float = 100.0,
) -> dict[str, Any]:
    return {
        "wave": wave,
        "cell": list(cell),
        "status": "published",
        "reason": None,
        "reliability": reliability,
        "estimate": value,
        "se": half / 1.96,
        "lower": max(0.0, value - half),
        "upper": min(top, value + half),
        "n": n,
        "df": n - 2,
        "deff": 1.3,
    }


def _withheld(wave: str, cell: tuple[str, ...], reason: str) -> dict[str, Any]:
    numbers = dict.fromkeys(("reliability", "estimate", "se", "lower", "upper", "n", "df", "deff"))
    return {"wave": wave, "cell": list(cell), "status": "withheld", "reason": reason, **numbers}


def _keys(dimensions: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for each in dimensions:
        found = [(*key, category["id"]) for key in found for category in each["categories"]]
    return found


def _figure(
    indicator: str,
    breakdown: str,
    *,
    kind: str = "proportion",
    base: float = 30.0,
    empty: bool = False,
    waves: tuple[str, ...] = WAVES,
    breaks: bool = True,
) -> dict[str, Any]:
    """One figure; the numbers follow from the names, so they are the same in every run."""
    rng = random.Random(f"{indicator}/{breakdown}")
    dimensions = BREAKDOWNS[breakdown]
    scale = (0, 100) if kind == "proportion" else (0, 10)
    cells = []
    for key in _keys(dimensions):
        level = base * rng.uniform(0.6, 1.5)
        size = rng.randint(80, 900) if key else 6000
        for step, wave in enumerate(waves):
            value = min(scale[1] * 0.95, level * (1 + 0.06 * step * rng.uniform(-1, 1.4)))
            half = 1.96 * (
                math.sqrt(value * (100 - value) / size * 1.3)
                if kind == "proportion"
                else 2.0 / math.sqrt(size)
            )
            cells.append(_cell(rng, wave, key, (value, half, size, scale[1]), empty))
    return {
        "id": f"{indicator}/{breakdown}",
        "indicator": indicator,
        "breakdown": breakdown,
        "kind": kind,
        "unit": _text("%", "%") if kind == "proportion" else _text("punten", "points"),
        "decimals": 1,
        "scale": list(scale),
        "level": 0.95,
        "dimensions": dimensions,
        "waves": list(waves),
        "breaks": BREAKS if breaks and len(waves) > 1 else [],
        "cells": cells,
        "comparisons": _comparisons(cells, dimensions, waves),
        "synthetic": SYNTHETIC,
        "version": "1.0",
    }


def _cell(
    rng: random.Random, wave: str, key: tuple[str, ...], numbers: tuple[float, float, int, float], empty: bool
) -> dict[str, Any]:
    value, half, size, top = numbers
    reason = "confidential" if empty else _reason(wave, key)
    if reason:
        return _withheld(wave, key, reason)
    moderate = half > 8 or (len(key) == 2 and rng.random() < 0.05)
    return _published(wave, key, value, half, size, "moderate" if moderate else "good", top)


def _reason(wave: str, key: tuple[str, ...]) -> str | None:
    if "iranian" in key and wave != "2020":
        return "not-asked"
    if "no-migration" in key and "second" in key:
        return "not-applicable"
    if "somali" in key and wave == "2011":
        return "confidential"
    if "polish" in key and wave == "2020" and len(key) == 2:
        return "too-uncertain" if "first" in key else "confidential"
    return None


def _comparisons(
    cells: list[dict[str, Any]], dimensions: list[dict[str, Any]], waves: tuple[str, ...]
) -> list[dict[str, Any]]:
    found = {(c["wave"], tuple(c["cell"])): c for c in cells if c["status"] == "published"}
    out = []
    for (wave, key), cell in found.items():
        before = found.get((waves[waves.index(wave) - 1], key)) if wave != waves[0] else None
        if before:
            across = waves.index(wave) == 2
            out.append(
                {
                    "type": "wave",
                    "cell": list(key),
                    "wave": wave,
                    "other_wave": before["wave"],
                    "across_break": across,
                    **_difference(cell, before),
                }
            )
        reference = dimensions[0]["reference"] if len(dimensions) == 1 else None
        other = found.get((wave, (reference,))) if reference else None
        if other and key != (reference,):
            out.append(
                {
                    "type": "category",
                    "wave": wave,
                    "cell": list(key),
                    "other": [reference],
                    **_difference(cell, other),
                }
            )
    return out


def _difference(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    gap, se = a["estimate"] - b["estimate"], math.hypot(a["se"], b["se"])
    verdict = "none" if abs(gap) < 2.5 * se else "higher" if gap > 0 else "lower"
    return {
        "difference": gap,
        "se": se,
        "lower": gap - 1.96 * se,
        "upper": gap + 1.96 * se,
        "p": 0.01,
        "p_adjusted": 0.02,
        "verdict": verdict,
    }


INDICATORS: dict[str, dict[str, Any]] = {
    "discrimination-at-work": {
        "theme": "discrimination",
        "title": _text("Arbeidsmarktdiscriminatie", "Labour market discrimination"),
        "measures": _text(
            "Het percentage dat op het werk of bij het zoeken naar werk discriminatie heeft ervaren.",
            "The percentage who experienced discrimination at work or when looking for work.",
        ),
        "breakdowns": ["total", "origin", "sex", "origin-by-generation"],
        "keywords": {"nl": ["discriminatie", "werk"], "en": ["discrimination", "work"]},
        "notes": _text(
            "Ervaren discriminatie is **niet hetzelfde** als discriminatie.\n\n- Sommigen merken het niet.",
            "Experienced discrimination is **not the same** as discrimination.\n\n- Some do not notice.",
        ),
    },
    "trust-in-people": {
        "theme": "trust",
        "title": _text("Vertrouwen in andere mensen", "Trust in other people"),
        "measures": _text(
            "Het percentage dat vindt dat de meeste mensen te vertrouwen zijn.",
            "The percentage who say that most people can be trusted.",
        ),
        "breakdowns": ["total", "origin", "sex"],
        "base": 52.0,
    },
    "belonging": {
        "theme": "trust",
        "title": _text("Verbondenheid met Nederland", "Belonging to the Netherlands"),
        "measures": _text(
            "Gemiddeld rapportcijfer van 0 tot 10 voor verbondenheid.",
            "Average mark from 0 to 10 for belonging.",
        ),
        "kind": "mean",
        "base": 6.2,
        "breakdowns": ["total", "origin", "origin-by-generation"],
    },
    "voted": {
        "theme": "trust",
        "title": _text("Heeft gestemd", "Voted"),
        "measures": _text("Het percentage dat stemde.", "The percentage who voted."),
        "breakdowns": ["total", "origin"],
        "empty": ["total", "origin"],
    },
    "represented": {
        "theme": "trust",
        "title": _text("Voelt zich vertegenwoordigd", "Feels represented"),
        "measures": _text(
            "Het percentage dat zich vertegenwoordigd voelt.", "The percentage who feel represented."
        ),
        "breakdowns": ["total", "sex"],
        "waves": ("2020",),
    },
}


def _question(wave: str) -> dict[str, str]:
    if wave in ("2006", "2011"):
        return {
            "nl": "Bent u weleens gediscrimineerd vanwege uw herkomst?",
            "en": "Translation: Have you ever been discriminated against?",
            "asked": "nl",
        }
    return {
        "nl": "Bent u in de afgelopen twaalf maanden gediscrimineerd?",
        "en": "Translation: In the past twelve months, have you been discriminated against?",
        "asked": "nl",
    }


def data_folder(
    folder: Path, *, indicators: dict[str, dict[str, Any]] | None = None, optional: bool = False
) -> Path:
    """Write a data folder and return it.

    :param indicators: which indicators, as in :data:`INDICATORS`; all of them unless told.
    :param optional: also findings, flow, map, vocabulary, dossier and directory.
    """
    chosen = INDICATORS if indicators is None else indicators
    for id_, spec in chosen.items():
        kind, waves = spec.get("kind", "proportion"), spec.get("waves", WAVES)
        for breakdown in spec["breakdowns"]:
            empty = breakdown in spec.get("empty", ())
            raw = _figure(id_, breakdown, kind=kind, base=spec.get("base", 30.0), empty=empty, waves=waves)
            _write(folder / "figures" / id_ / f"{breakdown}.json", raw)
            for ext in ("csv", "parquet", "zip"):
                (folder / "figures" / id_ / f"{breakdown}.{ext}").write_bytes(b"")
        _write(
            folder / "indicators" / f"{id_}.json",
            {
                "id": id_,
                "theme": spec["theme"],
                "title": spec["title"],
                "measures": spec["measures"],
                "kind": kind,
                "unit": _text("%", "%"),
                "decimals": 1,
                "polarity": "lower-is-better",
                "question": {wave: _question(wave) for wave in waves},
                "breaks": BREAKS if len(waves) > 1 else [],
                "notes": spec.get("notes"),
                "keywords": spec.get("keywords", {}),
                "figures": list(spec["breakdowns"]),
                "facts": [_text("In 2020 ervoer 31,2 % dit.", "In 2020, 31.2% experienced this.")],
            },
        )
    _write(folder / "monitor.json", _monitor(chosen))
    _write(
        folder / "versions.json",
        [{"version": "1.0", "released": "2026-11-25", "note": _text("Eerste versie.", "First version.")}],
    )
    _write(
        folder / "corrections.json",
        [
            {
                "date": "2026-11-26",
                "indicator": next(iter(chosen), None),
                "version": "1.0",
                "text": _text("Twee rijen waren verwisseld.", "Two rows were swapped."),
            }
        ],
    )
    _write(
        folder / "pages.json",
        [
            {
                "id": "about",
                "title": _text("Over deze monitor", "About this monitor"),
                "body": _text(
                    "# Over\n\nEen tekst met een [koppeling](https://example.org).\n\n<script>alert(1)</script>",
                    "# About\n\nA text with a [link](https://example.org).",
                ),
            }
        ],
    )
    if optional:
        _write(folder / "findings.json", stories.findings(ORIGINS, list(chosen)))
        _write(folder / "flow.json", stories.flows())
        found, boundaries = stories.maps()
        _write(folder / "map.json", found)
        _write(folder / "map" / "areas.geojson", boundaries)
        _write(folder / "vocabulary.json", records.vocabulary())
        _write(folder / "dossier.json", records.dossier())
        act(folder)
        (folder / "index.json").write_text(dump(index(read_folder(folder)).plain()), "utf-8")
    return folder


def _monitor(indicators: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": _text("Gevestigd en thuis?", "Settled and at home?"),
        "description": _text(
            "Hoe mensen van verschillende herkomst meedoen, zich thuis voelen en de politiek vertrouwen.",
            "How people of different origins take part, feel at home and trust politics.",
        ),
        "publisher": {
            "name": _text("Voorbeeldinstituut", "Example institute"),
            "url": "https://example.org",
            "email": "monitor@example.org",
        },
        "address": "https://example.org/monitor",
        "languages": ["nl", "en"],
        "licence": {
            "id": "CC-BY-4.0",
            "title": _text("Creative Commons Naamsvermelding 4.0", "Creative Commons Attribution 4.0"),
            "url": "https://creativecommons.org/licenses/by/4.0/",
        },
        "citation": _text("Gevestigd en thuis?, versie 1.0.", "Settled and at home?, version 1.0."),
        "version": "1.0",
        "released": "2026-11-25",
        "synthetic": SYNTHETIC,
        "protection": {
            "minimum_n": 50,
            "maximum_half_width": 15,
            "maximum_cv": 0.3,
            "moderate_half_width": 8,
            "level": 0.95,
        },
        "waves": [
            {
                "id": wave,
                "title": _text(f"Meting {wave}", f"Wave {wave}"),
                "field": {"start": f"{wave}-01-10", "end": f"{wave}-06-30"},
                "mode": _text("mondeling", "face to face"),
                "population": _text("15 jaar en ouder", "aged 15 and over"),
                "source": _text("Synthetisch.", "Synthetic."),
            }
            for wave in WAVES
        ],
        "themes": [
            {
                "id": "discrimination",
                "dimension": "socio-cultural",
                "title": _text("Ervaren discriminatie", "Experienced discrimination"),
                "description": _text("Hoe vaak en waar?", "How often and where?"),
            },
            {
                "id": "trust",
                "dimension": "political",
                "title": _text("Vertrouwen en politiek", "Trust and politics"),
                "description": _text(
                    "Vertrouwen in mensen en instituties.", "Trust in people and institutions."
                ),
            },
        ],
        "breakdowns": [ORIGIN, GENERATION, SEX],
        "indicators": [
            {
                "id": each,
                "theme": spec["theme"],
                "title": spec["title"],
                "kind": spec.get("kind", "proportion"),
            }
            for each, spec in indicators.items()
        ],
    }


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
