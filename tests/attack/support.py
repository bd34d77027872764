"""Small made-up monitors, built to their public data folder, for attackers that read nothing else.

A world is a list of people for every wave, each a mapping of column to value. Nothing here looks at
:mod:`thuis.protect`.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from thuis.monitor.pipeline import build

Person = Mapping[str, object]
SAY = {"nl": "x", "en": "x"}


def called(id_: str) -> dict[str, str]:
    """A name of its own."""
    return dict.fromkeys(SAY, id_)


def people(*groups: tuple[int, Mapping[str, object]]) -> list[dict[str, object]]:
    """So many people of each kind."""
    return [dict(each) for number, each in groups for _ in range(number)]


@dataclass
class World:
    """A monitor to be: its people, how they are broken down, and what they were asked.

    ``breakdowns`` map a category to codes of the column of the same name, or of ``columns``; ``indicators``
    are mappings with ``variable`` and ``share``, ``among`` or ``scale``, and ``breakdowns``.
    """

    waves: Mapping[str, Sequence[Person]]
    breakdowns: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
    indicators: Mapping[str, Mapping[str, Any]]
    minimum: int = 10
    samples: str = "independent"
    numbers: Sequence[str] = ()
    keys: Sequence[str] = ()
    weight: str | None = None
    findings: Mapping[str, Any] = field(default_factory=dict)
    made: Mapping[str, Any] = field(default_factory=dict)
    version: str = "1.0"
    protection: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """The project folder: JSON is YAML too."""
        for name in ("data", "waves", "indicators", "breakdowns"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._settings(folder)
        for wave, rows in self.waves.items():
            self._wave(folder, wave, rows)
        for name, categories in self.breakdowns.items():
            _put(
                folder / "breakdowns" / f"{name}.yaml",
                {
                    "id": name,
                    "title": called(name),
                    "description": SAY,
                    "source": SAY,
                    "categories": [
                        {"id": c, "title": called(c), "when": when} for c, when in categories.items()
                    ],
                },
            )
        for name, told in self.indicators.items():
            _put(folder / "indicators" / f"{name}.yaml", self._indicator(name, told))
        if self.findings:
            _put(folder / "findings.yaml", self.findings)
        if self.made:
            _put(folder / "variables.yaml", {"variables": self.made})
        return folder

    def _settings(self, folder: Path) -> None:
        said = dict.fromkeys(("title", "description", "citation"), SAY)
        _put(
            folder / "thuis.yaml",
            {
                **said,
                "publisher": {"name": SAY, "url": "https://example.org", "email": "a@example.org"},
                "address": "https://example.org/m",
                "languages": ["nl", "en"],
                "licence": {"id": "CC-BY-4.0", "title": SAY, "url": "https://example.org/l"},
                "version": self.version,
                "released": "2029-11-28",
                "samples": self.samples,
                "waves": list(self.waves),
                "themes": [{"id": "t", "dimension": "political", "title": SAY, "description": SAY}],
                "protection": {
                    "minimum_n": self.minimum,
                    "maximum_half_width": 50,
                    "moderate_half_width": 50,
                    "maximum_cv": 1,
                    **self.protection,
                },
            },
        )

    def _wave(self, folder: Path, wave: str, rows: Sequence[Person]) -> None:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        lines = [",".join(("row_id", *columns))]
        lines += [
            ",".join([str(at), *("" if row.get(c) is None else str(row[c]) for c in columns)])
            for at, row in enumerate(rows)
        ]
        (folder / "data" / f"{wave}.csv").write_text("\n".join(lines) + "\n", "utf-8")
        variables: dict[str, Any] = {}
        for name in columns:
            if name in (*self.keys, self.weight):
                continue
            if name in self.numbers:
                variables[name] = {"from": name, "type": "number"}
            else:
                codes = sorted({str(row[name]) for row in rows if row.get(name) is not None})
                variables[name] = {"from": name, "codes": {each: each for each in codes}}
        design = {"weight": self.weight} | ({"psu": self.keys[0]} if self.keys else {})
        _put(
            folder / "waves" / f"{wave}.yaml",
            {
                "id": wave,
                "title": {"nl": wave, "en": wave},
                "field": {"start": f"{wave[:4]}-01-01", "end": f"{wave[:4]}-12-31"},
                **dict.fromkeys(("mode", "population", "source"), SAY),
                "file": f"data/{wave}.csv",
                "design": design,
                "variables": variables,
            },
        )

    def _indicator(self, name: str, told: Mapping[str, Any]) -> dict[str, Any]:
        share = "share" in told
        more = {} if share else {"unit": SAY, "scale": told.get("scale", [0, 10])}
        return {
            "id": name,
            "theme": "t",
            "title": called(name),
            "measures": SAY,
            "kind": "proportion" if share else "mean",
            "polarity": "neutral",
            "question": dict.fromkeys(self.waves, SAY),
            **more,
            **told,
        }

    def publish(self, folder: Path, *, workbooks: bool = False) -> Public:
        """Build it, and hand over what is public; workbooks only where they are looked at."""
        project = self.write(folder)
        with nullcontext() if workbooks else patch("thuis.handover.write.make_all"):
            build(project, out=folder / "public", pages=False, keep=False)
        return Public(folder / "public" / "data")


def _put(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value), "utf-8")


Cell = tuple[str, str, str, tuple[str, ...]]
"""Indicator, breakdown, wave, categories."""


@dataclass
class Public:
    """What an outsider holds: the data folder, read as JSON."""

    folder: Path

    def __post_init__(self) -> None:
        self.cells: dict[Cell, dict[str, Any]] = {}
        self.tests: list[dict[str, Any]] = []
        for path in sorted(self.folder.glob("figures/*/*.json")):
            if not path.name.endswith("-metadata.json"):
                raw = json.loads(path.read_text("utf-8"))
                for cell in raw["cells"]:
                    key = (raw["indicator"], raw["breakdown"], cell["wave"], tuple(cell["cell"]))
                    self.cells[key] = cell
                self.tests += [
                    {**each, "indicator": raw["indicator"], "breakdown": raw["breakdown"]}
                    for each in raw["comparisons"]
                ]

    def get(self, indicator: str, *cell: str, by: str = "", wave: str = "2026") -> dict[str, Any] | None:
        """A published cell; None when it is withheld or not there."""
        found = self.cells.get((indicator, by or "total", wave, cell))
        return found if found and found["status"] == "published" else None

    def hits(self, indicator: str, *cell: str, by: str = "", wave: str = "2026") -> int | None:
        """Those who gave the answer in a published cell, with flat weights."""
        found = self.get(indicator, *cell, by=by, wave=wave)
        return round(found["estimate"] * found["n"] / 100) if found else None

    def n(self, indicator: str, *cell: str, by: str = "", wave: str = "2026") -> int | None:
        """Respondents of a published cell."""
        found = self.get(indicator, *cell, by=by, wave=wave)
        return found["n"] if found else None

    def withheld(self) -> Iterator[Cell]:
        """Cells with people in them of which nothing is published."""
        for key, cell in self.cells.items():
            if cell["status"] != "published" and cell["reason"] in ("confidential", "too-uncertain"):
                yield key

    def derived(self, of: str, indicator: str, cell: str, wave: str = "2026", by: str = "g") -> int | None:
        """A number of one cell, published or as the total less the other cells of its breakdown."""
        ask = self.n if of == "n" else self.hits
        own = ask(indicator, cell, by=by, wave=wave)
        if own is not None:
            return own
        every = [k[3][0] for k in self.cells if k[0] == indicator and k[1] == by and k[2] == wave]
        whole = ask(indicator, wave=wave)
        rest = [ask(indicator, each, by=by, wave=wave) for each in every if each != cell]
        return None if whole is None or None in rest else whole - sum(each or 0 for each in rest)


STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""What standard errors of a wave whose weights are known are rounded up to, as the documentation says."""
FULL = 4
"""Decimals from which a number is one of ten digits, of which the data folder keeps eight decimals."""


def error(se: float) -> tuple[float, float]:
    """Between which numbers a standard error is that is published so."""
    if len(repr(float(se)).partition(".")[2]) > FULL:
        return se - 2e-7, se + 2e-7
    power = math.floor(math.log10(se) + 1e-9)
    at = next(k for k, each in enumerate(STEPS) if abs(each * 10.0**power - se) < 1e-6 * se)
    least = STEPS[at - 1] * 10.0**power if at else STEPS[-2] * 10.0 ** (power - 1)
    return least * (1 - 1e-9), se * (1 + 1e-9)


def near(se: float, n: int = 0) -> float:
    """How far a number may be from what is published with a standard error, of so many respondents."""
    if len(repr(float(se)).partition(".")[2]) > FULL:
        return 2e-8
    return 0.5001 * 10.0 ** -(math.floor(1 - math.log10(se) + 1e-9) + (n >= 500))


def by(column: str, *categories: str) -> dict[str, dict[str, list[str]]]:
    """A breakdown by the codes of one column."""
    return {each: {column: [each]} for each in categories}


def crossed(*sides: Sequence[str]) -> list[tuple[str, ...]]:
    """All combinations."""
    return list(itertools.product(*sides))
