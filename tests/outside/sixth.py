"""A sixth batch, written after the fifth was mended.

At first sight 10 right, 2 refused, 1 said, 7 silent.
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
    SEX,
    SILENT,
    TRUST,
    WEIGHT,
    Case,
    N,
    by_wave,
    csv_file,
    dta_file,
    mixed,
    sav_file,
    shares,
)
from outside.third import text_file, worded

FOUR = ("Not at all", "Not very much", "Somewhat", "A great deal")
NUMBERED = dict(enumerate(FOUR, 1))
RUSSIAN = ("Совсем нет", "Мало", "Немного", "Много")


def gone(*codes: Any, of: Sequence[Any] = TRUST) -> list[Any]:
    """Answers, and for the silent each of the codes in turn."""
    return [
        codes[i // 15 % len(codes)] if no else a for i, (a, no) in enumerate(zip(of, SILENT, strict=True))
    ]


CELLS = [(s, t, 10 + 7 * s * t % 40) for s in (1, 2) for t in (1, 2, 3, 4)]
"""A table: sex, answer, number of people."""

CASES: dict[str, Case] = {
    "a table of counts": Case(
        "R count(), Excel pivots: a row for each group with its number",
        csv_file(
            {
                "year": [y for y in range(2015, 2024) for _ in CELLS],
                "geslacht": [("man", "vrouw")[s - 1] for _ in range(9) for s, _, _ in CELLS],
                "antwoord": [FOUR[t - 1] for _ in range(9) for _, t, _ in CELLS],
                "aantal": [n + y for y in range(9) for _, _, n in CELLS],
            }
        ),
        item="antwoord",
        by="geslacht",
        refused="groups of a table",
    ),
    "a table of percentages": Case(
        "CBS StatLine: a row for each group, percentages in columns",
        text_file(
            "Geslacht;Perioden;Vertrouwen (%);Aantal\n"
            + "".join(
                f"{g};{y};{50 + y % 7},{y % 10};{1000 + y}\n"
                for g in ("Totaal mannen en vrouwen", "Mannen", "Vrouwen")
                for y in range(2012, 2024)
            )
        ),
        item="",
        by="",
        refused="groups of a table",
    ),
    "cyrillic of windows": Case(
        "1C and Excel in Russian: cp1251, semicolons",
        csv_file(
            {**PLAIN, "trust": mixed([RUSSIAN[t - 1] for t in TRUST], "Затрудняюсь ответить")}, ";", "cp1251"
        ),
        right=worded(RIGHT, RUSSIAN),
        refused="encoding",
    ),
    "codes in brackets before labels": Case(
        "SOEP, NEPS: [1] Not at all, [-1] keine Angabe, in Stata",
        dta_file(
            {**PLAIN, "trust": gone(-1, -2)},
            None,
            {
                "trust": {
                    **{k: f"[{k}] {v}" for k, v in NUMBERED.items()},
                    -1: "[-1] keine Angabe",
                    -2: "[-2] trifft nicht zu",
                }
            },
        ),
        right=RIGHT,
    ),
    "codes padded in texts": Case(
        "SPSS: a text of width 2 with ' 1' and '99'",
        sav_file(
            {**PLAIN, "trust": gone("99", of=[f" {t}" for t in TRUST])},
            None,
            {
                "trust": {
                    " 1": "Not at all",
                    " 2": "Not very much",
                    " 3": "Somewhat",
                    " 4": "A great deal",
                    "99": "Missing",
                }
            },
        ),
        right=RIGHT,
    ),
    "wegcoef": Case(
        "Belgian and Dutch agencies: wegcoef with the label Wegingscoëfficiënt",
        sav_file(
            {"volgnr": list(PEOPLE), "v1": SEX, "v2": mixed(TRUST, 9), "wegcoef": WEIGHT},
            {"wegcoef": "Wegingscoëfficiënt", "v1": "Geslacht"},
            {"v2": {**NUMBERED, 9: "GA"}},
        ),
        item="v2",
        by="v1",
        weight=("wegcoef",),
        right=RIGHT,
    ),
    "weight as an answer": Case(
        "health surveys: weight 1 underweight, 2 normal, 3 overweight; no survey weight",
        sav_file(
            {**PLAIN, "weight": [1 + i % 3 for i in PEOPLE]},
            {"weight": "Weight status"},
            {"weight": {1: "Underweight", 2: "Normal", 3: "Overweight"}},
        ),
        weight=(None,),
        right=EVEN,
    ),
    "an error of excel in some weights": Case(
        "Excel: #DIV/0! where a formula failed",
        csv_file({**PLAIN, "weight": ["#DIV/0!" if i % 50 == 7 else w for i, w in enumerate(WEIGHT)]}),
        weight=(None,),
        right=EVEN,
        refused="DIV",
        said="no number in 6 rows",
    ),
    "a typographic minus": Case(
        "Word and web tables: −9 with a true minus",
        csv_file({**PLAIN, "trust": gone("−9", "−8")}),
        right=RIGHT,
    ),
    "nan in words": Case(
        "pandas astype(str): nan, <NA>, NaT",
        csv_file({**PLAIN, "trust": gone("nan", "<NA>", "NaT")}),
        right=RIGHT,
    ),
    "names that differ in a space": Case(
        "two questions: 'trust' and 'trust ' after a merge",
        csv_file(
            {"id": list(PEOPLE), "sex": SEX, "trust": mixed(TRUST, None), "trust ": TRUST, "weight": WEIGHT}
        ),
        refused="twice",
    ),
    "a total among the groups": Case(
        "offices: a Totaal in the column of sex, rows of a table below the people",
        csv_file(
            {k: [*v, None] for k, v in PLAIN.items()}
            | {"sex": [*SEX, "Totaal"], "trust": [*mixed(TRUST, None), 300], "weight": [*WEIGHT, 298.5]}
        ),
        right=RIGHT,
        refused="[Tt]ota",
    ),
    "waves in front of the names": Case(
        "longitudinal files: T1_trust, T2_trust",
        csv_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "T1_trust": mixed(TRUST, None),
                "T2_trust": mixed([1 + t % 4 for t in TRUST], None),
                "weight": WEIGHT,
            }
        ),
        item="T1_trust",
        right=RIGHT,
        said="beside one another",
    ),
    "fieldwork over new year": Case(
        "ESS round 9: inwyye 2018 and 2019 within one round, essround 9",
        sav_file(
            {
                "essround": [9] * N,
                "idno": list(PEOPLE),
                "cntry": ["NL"] * N,
                "inwyye": [2018 if f else 2019 for f in FIRST],
                "gndr": SEX,
                "trust": gone(7, 8, 9),
                "anweight": WEIGHT,
                "psu": PSU,
            },
            {"essround": "ESS round", "inwyye": "End of interview, year", "anweight": "Analysis weight"},
            {"trust": {**NUMBERED, 7: "Refusal", 8: "Don't know", 9: "No answer"}},
        ),
        by="gndr",
        weight=("anweight",),
        psu=("psu",),
        waves=({"essround-9": N},),
        right={"essround-9": RIGHT},
    ),
    "year of interview alone": Case(
        "a survey in the field over new year: a column with the year of the interview and nothing else",
        sav_file(
            {**PLAIN, "intjaar": [2018 if i < 250 else 2019 for i in PEOPLE]},
            {"intjaar": "Jaar van het interview"},
        ),
        right=RIGHT,
        said="2018.*2019",
    ),
    "the first answer is a title": Case(
        "a text question answered at length in the first row alone",
        csv_file({**PLAIN, "why": ["because I said so", *[None] * (N - 1)]}),
        right=RIGHT,
    ),
    "both halves in one column": Case(
        "split ballot: trust_a for the one half and trust_b for the other",
        csv_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "trust_a": [t if i % 2 else None for i, t in enumerate(mixed(TRUST, None))],
                "trust_b": [None if i % 2 else t for i, t in enumerate(mixed(TRUST, None))],
                "weight": WEIGHT,
            }
        ),
        item="trust_a",
        right=shares(rows=[i for i in PEOPLE if i % 2]),
    ),
    "interviewer codes as weights": Case(
        "a column wgtcode that says which weighting class, beside the weight",
        csv_file({**PLAIN, "wgtcode": [1 + i % 9 for i in PEOPLE]}),
        weight=("weight",),
        right=RIGHT,
    ),
    "weights with a mean of a hundred thousand": Case(
        "Statistics offices: expansion factors as whole numbers with points, 1.234",
        csv_file({**PLAIN, "weight": [f"{round(1_000_000 * w):,}".replace(",", ".") for w in WEIGHT]}, ";"),
        right=shares(weight=[float(round(1_000_000 * w)) for w in WEIGHT]),
        refused="can be",
    ),
    "two waves with two weights in one column of kind": Case(
        "trackers: golf A and B by letters",
        csv_file({**PLAIN, "golf": ["A" if f else "B" for f in FIRST]}),
        waves=({"a": N // 2, "b": N // 2}, {"golf-a": N // 2, "golf-b": N // 2}),
        right={**by_wave(("a", "b")), **by_wave(("golf-a", "golf-b"))},
    ),
}
