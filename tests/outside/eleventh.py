"""An eleventh batch: what a file holds and does not say: parts on other scales, rows twice, flags, halves.

Written down kind by kind before any of it was built: at first sight 23 silent, 2 unclear.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from outside.kinds import (
    EVEN,
    FIRST,
    PEOPLE,
    PLAIN,
    PSU,
    RIGHT,
    SCORE,
    SEX,
    SILENT,
    TRUST,
    WEIGHT,
    Case,
    N,
    csv_file,
    mean,
    mixed,
    sav_file,
    shares,
)
from outside.sixth import NUMBERED, gone

MANY = 65_535
"""The rows below the names of the largest sheet of an old workbook."""
ASKED = [i % 3 > 0 for i in PEOPLE]
HALF = [w * (10_000 if f else 1) for w, f in zip(WEIGHT, FIRST, strict=True)]
SOME = [i % 25 == 3 for i in PEOPLE]
TURNED = [t if f else 5 - t for t, f in zip(TRUST, FIRST, strict=True)]
STEEP = [1 if i % 10 < 6 else 2 if i % 10 < 8 else 3 if i % 10 == 8 else 4 for i in PEOPLE]
ROUND = [t if f else 5 - t for t, f in zip(STEEP, FIRST, strict=True)]
AGES = [18 + i * 7 % 81 for i in PEOPLE]


def halved(answers: Sequence[Any], first: bool) -> list[Any]:
    return [a if (i % 2 == 0) == first else None for i, a in enumerate(answers)]


def halves(answers: Sequence[int], ids: tuple[str, str]) -> dict[str, dict[str, float]]:
    return {
        id_: shares(answers, rows=[i for i in PEOPLE if FIRST[i] == first])
        for id_, first in zip(ids, (True, False), strict=True)
    }


def flagged(name: str, yes: Any = 1, no: Any = 0) -> Case:
    """A column that marks twelve of the rows."""
    return Case(
        "panels, bureaus: a column that marks rows nobody should count",
        csv_file({**PLAIN, name: [yes if each else no for each in SOME]}),
        right=RIGHT,
        said=name,
    )


CASES: dict[str, Case] = {
    "rounds weighted on other scales": Case(
        "github.com/worldbank/gld 66: rounds of a year, the weights of one ten thousand times the others",
        csv_file({**PLAIN, "month": [1 if f else 4 for f in FIRST], "weight": HALF}),
        right=shares(weight=HALF),
        said="weight.*times",
    ),
    "one above the scale": Case(
        "SPSS: a 5 without a label beside four that have one",
        sav_file({**PLAIN, "trust": gone(5)}, None, {"trust": NUMBERED}),
        right=shares([5 if s else t for s, t in zip(SILENT, TRUST, strict=True)], gone=[False] * N),
        said="'?5'?.*label",
    ),
    "two halves of a sample": Case(
        "split ballots: one question in two columns, each asked of half",
        csv_file(
            {
                **{k: v for k, v in PLAIN.items() if k != "trust"},
                "trust_a": halved(PLAIN["trust"], first=True),
                "trust_b": halved(PLAIN["trust"], first=False),
            }
        ),
        item="trust_a",
        right=shares(gone=[s or i % 2 == 1 for i, s in enumerate(SILENT)]),
        said="trust_b",
    ),
    "asked of some": Case(
        "routing: job satisfaction of those with work alone",
        csv_file(
            {
                **{k: v for k, v in PLAIN.items() if k != "trust"},
                "work": [1 if each else 2 for each in ASKED],
                "trust": [t if a else None for t, a in zip(PLAIN["trust"], ASKED, strict=True)],
            }
        ),
        right=shares(gone=[s or not a for s, a in zip(SILENT, ASKED, strict=True)]),
        said="work.*trust",
    ),
    "to be excluded": flagged("exclude"),
    "speeders": flagged("speeder", "TRUE", "FALSE"),
    "straight lines": flagged("straightliner", "yes", "no"),
    "not valid": flagged("valid", 0, 1),
    "everybody twice, without a number": Case(
        "two exports of one survey under one another, ids left out",
        csv_file(
            {
                **{k: [*v, *v] for k, v in PLAIN.items() if k != "id"},
                "urban": [i // 3 % 5 for i in PEOPLE] * 2,
                "score": mixed(SCORE, None) * 2,
            }
        ),
        right=RIGHT,
        said="same as a row before",
    ),
    "a weight of households": Case(
        "EU-SILC, household file: the only weight is that of households",
        sav_file(
            {"hhid": list(PEOPLE), "sex": SEX, "trust": mixed(TRUST, None), "hhweight": WEIGHT},
            {"hhweight": "Household cross-sectional weight"},
        ),
        weight=("hhweight",),
        right=RIGHT,
        said="weight.*household",
    ),
    "units of no answer": Case(
        "health surveys: psu is 9999 where it is not known",
        csv_file({**PLAIN, "psu": [9999 if i % 5 == 0 else p for i, p in enumerate(PSU)]}),
        psu=("psu", None),
        right=RIGHT,
        said="9999",
    ),
    "units in several strata": Case(
        "GSS, panels: one psu in two strata, its numbers going on over the strata",
        csv_file({**PLAIN, "strata": [1 + i % 10 for i in PEOPLE], "psu": [201 + i // 12 for i in PEOPLE]}),
        strata=("strata",),
        psu=("psu",),
        right=RIGHT,
        said="psu.*(several|more than one).*strat",
    ),
    "sex in two writings": Case(
        "two exports: M and F, Male and Female",
        csv_file(
            {
                **PLAIN,
                "sex": [
                    ("M", "F")[s - 1] if f else ("Male", "Female")[s - 1]
                    for s, f in zip(SEX, FIRST, strict=True)
                ],
            }
        ),
        right=RIGHT,
        said="'M'.*'Male'",
    ),
    "codes of two countries": Case(
        "harmonised files: 0 and 1 in one country, 1 and 2 in the other",
        csv_file(
            {
                "id": list(PEOPLE),
                "cntry": ["NL" if f else "BE" for f in FIRST],
                "sex": SEX,
                "voted": [i % 3 % 2 + (not f) for i, f in enumerate(FIRST)],
                "weight": WEIGHT,
            }
        ),
        item="voted",
        right=shares([i % 3 % 2 + (not f) for i, f in enumerate(FIRST)], gone=[False] * N),
        said="voted.*cntry",
    ),
    "the end of a sheet": Case(
        "Excel 97-2003: an export of more people, cut off at row 65,536",
        csv_file(
            {
                "id": list(range(MANY)),
                "sex": (SEX * (MANY // N + 1))[:MANY],
                "trust": (TRUST * (MANY // N + 1))[:MANY],
            }
        ),
        weight=(None,),
        right={str(k): 100 * (TRUST * (MANY // N + 1))[:MANY].count(k) / MANY for k in (1, 2, 3, 4)},
        said="65,53",
    ),
    "imputations in the library": Case(
        "R mice: complete('long')",
        csv_file(
            {
                ".imp": [k for k in range(1, 6) for _ in PEOPLE],
                ".id": [i + 1 for _ in range(5) for i in PEOPLE],
                "score": SCORE * 5,
                "weight": WEIGHT * 5,
            }
        ),
        library=("score", "weight", "imputation", {}),
    ),
    "a filter in the library": Case(
        "SPSS: filter_$ left by Select Cases",
        sav_file({**PLAIN, "score": SCORE, "filter_$": [int(i % 3 == 0) for i in PEOPLE]}),
        library=("score", "weight", "filter_", {}),
    ),
    "a total in the library": Case(
        "Excel: the sum of the weights below",
        csv_file(
            {
                "id": [*PEOPLE, "Total"],
                "sex": [*SEX, None],
                "trust": [*TRUST, None],
                "score": [*SCORE, None],
                "weight": [*WEIGHT, round(sum(WEIGHT), 2)],
            }
        ),
        refused="total",
        library=("score", "weight", "total", {}),
    ),
    "two weights in the library": Case(
        "ESS: pspwght * pweight",
        csv_file(
            {
                "id": list(PEOPLE),
                "score": SCORE,
                "pspwght": WEIGHT,
                "pweight": [0.3 if f else 2.1 for f in FIRST],
            }
        ),
        library=(
            "score",
            "pspwght * pweight",
            mean(
                weight=[w * (0.3 if f else 2.1) for w, f in zip(WEIGHT, FIRST, strict=True)],
                gone=[False] * N,
            ),
            {},
        ),
    ),
    "ages of 99": Case(
        "household surveys: ages up to 98, and 99 for those who did not say",
        csv_file({**PLAIN, "age": [99 if s else a for s, a in zip(SILENT, AGES, strict=True)]}),
        library=("age", "weight", "99", {}),
    ),
    "members beside one another": Case(
        "household files: a row for each household, its members in columns",
        csv_file(
            {
                "hhid": list(PEOPLE),
                "weight": WEIGHT,
                "sex_1": SEX,
                "trust_1": mixed(TRUST, None),
                "sex_2": [s if i % 3 else None for i, s in enumerate(SEX)],
                "trust_2": [t if i % 3 else None for i, t in enumerate(TRUST)],
                "sex_3": [s if i % 3 == 2 else None for i, s in enumerate(SEX)],
                "trust_3": [t if i % 3 == 2 else None for i, t in enumerate(TRUST)],
            }
        ),
        item="trust_1",
        by="sex_1",
        right=RIGHT,
        said="trust_2|beside",
    ),
    "a weight of 999": Case(
        "missing weights kept as 999",
        csv_file({**PLAIN, "weight": [999 if i % 40 == 0 else w for i, w in enumerate(WEIGHT)]}),
        right=shares(weight=[999 if i % 40 == 0 else w for i, w in enumerate(WEIGHT)]),
        said="999",
    ),
    "volunteers among a sample": Case(
        "municipalities: a sample and an open link in one file, told apart by 'bron'",
        sav_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "trust": mixed(TRUST, None),
                "bron": [1 if f else 2 for f in FIRST],
            },
            {"bron": "Bron van de respondent"},
            {"bron": {1: "Steekproef", 2: "Open link"}},
        ),
        weight=(None,),
        right=EVEN,
        said="bron",
    ),
    "turned round in the next wave": Case(
        "CSV of two years: 1 is the highest in one and the lowest in the other",
        csv_file({**PLAIN, "trust": mixed(ROUND, None), "year": [2018 if f else 2022 for f in FIRST]}),
        right=halves(ROUND, ("2018", "2022")),
        waves=({"2018": N // 2, "2022": N // 2},),
        said="trust.*(turned|other way|reverse)",
    ),
    "one year copied to the next": Case(
        "files put together: the rows of 2018 once more as 2022",
        csv_file(
            {
                **{k: [*v, *v] for k, v in PLAIN.items() if k != "id"},
                "year": [2018] * N + [2022] * N,
            }
        ),
        right={"2018": RIGHT, "2022": RIGHT},
        waves=({"2018": N, "2022": N},),
        said="same answers",
    ),
}
