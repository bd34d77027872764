"""A thirteenth batch, after lists of errata that archives publish, and reports on tools.

Written after the twelfth was mended. At first sight 5 right, 2 refused, 13 silent.
"""

from __future__ import annotations

from outside.kinds import (
    FIRST,
    PEOPLE,
    PLAIN,
    RIGHT,
    SCORE,
    SEX,
    SILENT,
    TRUST,
    WEIGHT,
    Case,
    N,
    csv_file,
    mixed,
    sav_file,
    shares,
)
from outside.sixth import FOUR, gone

WILD = [90 if i == 77 else t for i, t in enumerate(PLAIN["trust"])]
NAUGHT = [0 if f and i % 3 == 0 else w for i, (f, w) in enumerate(zip(FIRST, WEIGHT, strict=True))]
TWOS = [2 if i in (3, 50, 99, 140, 200, 288) else 1 for i in PEOPLE]
SHIFTED = [s if f else t for s, t, f in zip(SEX, TRUST, FIRST, strict=True)]
LETTERS = gone("D", "R")
AGAIN = [*PEOPLE, *(i for i in PEOPLE if i % 10 == 4)]
PARTIES = ("GroenLinks", "PvdA", "VVD", "D66")
VOTED = [
    None if s else ("Groen Links" if t == 1 and not f else PARTIES[t - 1])
    for t, s, f in zip(TRUST, SILENT, FIRST, strict=True)
]
YESSES = [("TRUE", "FALSE")[s - 1] if f else ("Yes", "No")[s - 1] for s, f in zip(SEX, FIRST, strict=True)]


def every(answers: list[object]) -> dict[str, float]:
    """Shares of all answers there are."""
    whole = sum(w for w, a in zip(WEIGHT, answers, strict=True) if a is not None)
    return {
        str(each): 100 * sum(w for w, a in zip(WEIGHT, answers, strict=True) if a == each) / whole
        for each in {a for a in answers if a is not None}
    }


MANY = {f"q{k}": [1 + (i * (k + 3) + i // (k + 2) + i * i % (k + 5)) % 5 for i in PEOPLE] for k in range(24)}
FAKED = {
    name: [values[i - 100] if 150 <= i < 170 else v for i, v in enumerate(values)]
    for name, values in {**MANY, "sex": SEX, "trust": TRUST}.items()
}

CASES: dict[str, Case] = {
    "a wild code": Case(
        "ESS1, erratum: 'wild code 90 in one record'",
        csv_file({**PLAIN, "trust": WILD}),
        right=every(WILD),
        said="90",
    ),
    "noughts in one country": Case(
        "CSES 1, erratum: weights of 0 where what they were made of was missing",
        csv_file({**PLAIN, "cntry": ["NL" if f else "BE" for f in FIRST], "weight": NAUGHT}),
        right=shares(weight=NAUGHT),
        said="weight of 0",
    ),
    "two for six people": Case(
        "ESS7, erratum: a design weight of 2 for six people and 1 for all others",
        csv_file({**PLAIN, "weight": TWOS}),
        weight=("weight", None),
        right=shares(weight=TWOS),
        said="weight.*(whole numbers|like answers)",
    ),
    "another scale in one country": Case(
        "ESS3, Latvia: 0 to 10 in place of 0 to 6",
        csv_file(
            {
                "id": list(PEOPLE),
                "cntry": [("NL", "BE", "LV")[i % 3] for i in PEOPLE],
                "sex": SEX,
                "trust": [s if i % 3 == 2 else s % 7 for i, s in enumerate(SCORE)],
                "weight": WEIGHT,
            }
        ),
        right=every([s if i % 3 == 2 else s % 7 for i, s in enumerate(SCORE)]),
        said="trust.*cntry",
    ),
    "interviews made up": Case(
        "Powałko 2015: twenty interviews with all answers of others, and numbers of their own",
        csv_file({"id": list(PEOPLE), **FAKED, "weight": WEIGHT}),
        right=every(FAKED["trust"]),
        said="20 rows.*same",
    ),
    "columns that moved": Case(
        "github.com/kobotoolbox/kpi 2089: from a version on answers stand one column to the left",
        csv_file({**PLAIN, "sex": SHIFTED, "__version__": ["vKx3" if f else "vQ9a" for f in FIRST]}),
        right=RIGHT,
        said="sex.*(version|row)",
    ),
    "answered by others": Case(
        "labour force surveys: proxy is 1 where somebody else answered",
        csv_file({**PLAIN, "proxy": [1 if i % 7 == 2 else 0 for i in PEOPLE]}),
        right=RIGHT,
        said="proxy",
    ),
    "letters beside numbers": Case(
        "CATI tools: D and R beside 1 to 4",
        csv_file({**PLAIN, "trust": LETTERS}),
        right=every(LETTERS),
        said="'?D'?.*trust|trust.*'D'",
    ),
    "a row for each child": Case(
        "DHS, births: mothers stand there once for each child",
        csv_file(
            {
                "caseid": [f"{1 + i // 3:06d}" for i in PEOPLE],
                "bidx": [1 + i % 3 for i in PEOPLE],
                "v005": [WEIGHT[i // 3] * 1_000_000 for i in PEOPLE],
                "v025": [SEX[i // 3] for i in PEOPLE],
                "b4": SEX,
                "h9": mixed(TRUST, None),
            }
        ),
        item="h9",
        by="v025",
        refused="row for each",
    ),
    "some rows again, in the library": Case(
        "merges: thirty people stand there twice",
        csv_file(
            {
                "resp_id": AGAIN,
                "score": [SCORE[i] for i in AGAIN],
                "weight": [WEIGHT[i] for i in AGAIN],
            }
        ),
        library=("score", "weight", "resp_id", {}),
    ),
    "people called test": Case(
        "offices: the numbers of five rows begin with TEST",
        csv_file({**PLAIN, "id": [f"TEST{i}" if i % 60 == 8 else f"R{i:04d}" for i in PEOPLE]}),
        right=RIGHT,
        said="TEST",
    ),
    "truths in two writings": Case(
        "two exports: TRUE and FALSE, Yes and No",
        csv_file({**PLAIN, "member": YESSES}),
        item="member",
        right=every(YESSES),
        said="'TRUE'.*'Yes'|'Yes'.*'TRUE'",
    ),
    "one party, two spellings": Case(
        "Dutch municipalities: GroenLinks and Groen Links",
        csv_file({**PLAIN, "trust": VOTED}),
        right=every(VOTED),
        said="'Groen ?Links'.*'Groen ?Links'",
    ),
    "lists of json": Case(
        'web tools: ["1","3"] in one field',
        csv_file({**PLAIN, "trust": [('["1"]', '["1","3"]', '["2"]', '["2","3"]')[t - 1] for t in TRUST]}),
        right=every([('["1"]', '["1","3"]', '["2"]', '["2","3"]')[t - 1] for t in TRUST]),
        said="several in one field",
    ),
    "a mean below, in the library": Case(
        "Excel: the mean of the weights below",
        csv_file(
            {
                "id": [*PEOPLE, None],
                "sex": [*SEX, None],
                "trust": [*TRUST, None],
                "score": [*SCORE, None],
                "weight": [*WEIGHT, round(sum(WEIGHT) / N, 4)],
            }
        ),
        refused="total",
        library=("score", "weight", "total", {}),
    ),
    "answers beyond the last label": Case(
        "SPSS: 5 of 1 to 4 typed as 44 and 22",
        sav_file(
            {**PLAIN, "trust": [44 if i == 8 else 22 if i == 9 else t for i, t in enumerate(PLAIN["trust"])]},
            None,
            {"trust": dict(enumerate(FOUR, 1))},
        ),
        right=shares(gone=[s or i in (8, 9) for i, s in enumerate(SILENT)]),
    ),
    "a weight that is a rank": Case(
        "files sorted by weight, which a spreadsheet filled on: 1, 2, 3 ...",
        csv_file({**PLAIN, "weight": [i + 1 for i in PEOPLE]}),
        weight=("weight", None),
        right=shares(weight=[i + 1 for i in PEOPLE]),
        said="weight.*(one more|number of the row|1, 2, 3|counts the rows)",
    ),
    "ages typed for years": Case(
        "web forms: year of birth, some typed their age",
        csv_file({**PLAIN, "birthyear": [45 if i % 30 == 4 else 1940 + i % 60 for i in PEOPLE]}),
        library=("birthyear", "weight", "45", {}),
    ),
    "a region in two columns": Case(
        "joins: region and region_y, which differ for some",
        csv_file(
            {
                **PLAIN,
                "region_x": [1 + i % 4 for i in PEOPLE],
                "region_y": [1 + i % 4 if i % 9 else 1 + (i + 1) % 4 for i in PEOPLE],
            }
        ),
        by="region_x",
        right=RIGHT,
        said="region_y",
    ),
    "the same weight under two names": Case(
        "joins: weight and weight_y, in another order of the rows",
        csv_file({**PLAIN, "weight_y": [WEIGHT[(i + 1) % N] for i in PEOPLE]}),
        weight=("weight",),
        right=RIGHT,
        said="weight_y",
    ),
}
