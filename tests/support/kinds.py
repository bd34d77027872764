"""A made-up project with an indicator of every kind, for what must hold of all of them."""

from __future__ import annotations

import random
from pathlib import Path

from support.small import BOTH, project, table

HEAD = "id,sex,weight,mood,street,work,shop,first,second,income,hours,children,adults"
VARIABLES = (
    'sex: {from: sex, codes: {"1": man, "2": woman}}',
    'mood: {from: mood, codes: {"1": bad, "2": so, "3": good, "4": great}}',
    *(f'{name}: {{from: {name}, codes: {{"0": "no", "1": "yes"}}}}' for name in ("street", "work", "shop")),
    *(f'{name}: {{from: {name}, codes: {{"1": cost, "2": time, "3": far}}}}' for name in ("first", "second")),
    *(f"{name}: {{from: {name}, type: number}}" for name in ("income", "hours", "children", "adults")),
)


def _indicator(id_: str, kind: str, more: str, breakdowns: str = "[total, sex]") -> str:
    title = f"{{nl: {id_}, en: {id_}}}"
    return (
        f"id: {id_}\ntheme: t\ntitle: {title}\nmeasures: {title}\nkind: {kind}\npolarity: neutral\n"
        f"question: {{QUESTIONS}}\nbreakdowns: {breakdowns}\n{more}\n"
    )


def _answers(**given: str) -> str:
    lines = [f"  - {{id: {id_}, title: {{nl: {id_}, en: {id_}}}{more}}}" for id_, more in given.items()]
    return "\n".join(["answers:", *lines])


INDICATORS = {
    "mood": _indicator(
        "mood", "categories", f"variable: mood\n{_answers(bad='', so='', good=', codes: [good, great]')}"
    ),
    "where": _indicator(
        "where",
        "multiple",
        _answers(**{each: f", variable: {each}, codes: [yes]" for each in ("street", "work", "shop")}),
    ),
    "why": _indicator(
        "why", "multiple", f"variables: [first, second]\nof: everybody\n{_answers(cost='', time='', far='')}"
    ),
    "income": _indicator("income", "median", f"variable: income\nrounding: 100\ndecimals: 0\nunit: {BOTH}"),
    "p90": _indicator(
        "p90", "median", f"variable: income\nquantile: 0.9\nrounding: 200\ndecimals: 0\nunit: {BOTH}"
    ),
    "workers": _indicator("workers", "total", f"variable: work\nshare: [yes]\ndecimals: 0\nunit: {BOTH}"),
    "family": _indicator("family", "ratio", f"variable: children\nper: adults\ndecimals: 2\nunit: {BOTH}"),
    "long-hours": _indicator("long-hours", "proportion", "variable: hours\nshare: {from: 32}"),
}


def people(n: int, seed: int) -> list[tuple[object, ...]]:
    """Made-up people; a few answers are missing everywhere."""
    chance = random.Random(seed)
    found: list[tuple[object, ...]] = []
    for at in range(1, n + 1):
        given = [int(chance.random() < p) for p in (0.4, 0.3, 0.2)]
        reasons = chance.sample([1, 2, 3], 2)
        found.append(
            (
                at,
                1 + at % 2,
                f"{chance.uniform(0.5, 2):.3f}",
                "" if chance.random() < 0.05 else chance.choice([1, 2, 2, 3, 3, 3, 4]),
                *("" if at % 40 == 0 else each for each in given),
                reasons[0] if chance.random() < 0.9 else "",
                reasons[1] if chance.random() < 0.4 else "",
                "" if chance.random() < 0.1 else round(chance.lognormvariate(7.6, 0.4)),
                chance.randint(0, 40),
                chance.choice([0, 0, 1, 2, 3]),
                chance.choice([1, 2, 2]),
            )
        )
    return found


def every_kind(folder: Path, n: int = 900, **more: object) -> Path:
    """The project: two waves, by sex and in all."""
    files = {f"{year}.csv": table(people(n, year), HEAD) for year in (2021, 2026)}
    waves = {"2021": "2021.csv", "2026": "2026.csv"}
    return project(folder, files, waves=waves, variables=VARIABLES, indicators=INDICATORS, **more)  # type: ignore[arg-type]
