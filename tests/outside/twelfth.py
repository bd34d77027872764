"""A twelfth batch, written after the eleventh was mended: archives, rounds put together, sheets.

At first sight 13 right, 1 said, 8 silent."""

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
    by_wave,
    csv_file,
    dta_file,
    sav_file,
    shares,
)
from outside.ninth import labelled
from outside.sixth import FOUR, gone

RENAMED = [
    None if s else "Totally" if t == 4 and not f else FOUR[t - 1]
    for t, s, f in zip(TRUST, SILENT, FIRST, strict=True)
]
AWAY = [i % 6 == 5 for i in PEOPLE]
FAULTY = [w * 100 if i % 8 == 3 else w for i, w in enumerate(WEIGHT)]
FULL = ("Helemaal mee eens", "Helemaal niet eens", "Neutraal", "Mee oneens")
SHORT = [None if s else FULL[t - 1][:8] for t, s in zip(TRUST, SILENT, strict=True)]
CUT = {
    "Helemaal": RIGHT["1"] + RIGHT["2"],
    "Neutraal": RIGHT["3"],
    "Mee onee": RIGHT["4"],
}
NOBODY = [i % 20 == 7 for i in PEOPLE]

CASES: dict[str, Case] = {
    "a round in words": Case(
        "github.com/worldbank/gld 17: one round has numbers, the next what they mean",
        csv_file(
            {
                **PLAIN,
                "sex": [str(s) if f else ("Man", "Vrouw")[s - 1] for s, f in zip(SEX, FIRST, strict=True)],
            }
        ),
        right=RIGHT,
        said="sex.*(writing|codes)",
    ),
    "codes in texts with labels": Case(
        "github.com/Roche/pyreadstat 281: a column of text with value labels, -99 among them",
        sav_file(
            {**PLAIN, "trust": [str(each) for each in gone(-99, -80)]},
            None,
            {
                "trust": {
                    **{str(k): v for k, v in enumerate(FOUR, 1)},
                    "-99": "Missing or don't know",
                    "-80": "Infill: not asked",
                }
            },
        ),
        right=RIGHT,
    ),
    "missing other": Case(
        "github.com/tidyverse/haven 645: -5 to 0 with labels as 'Missing:Other'",
        dta_file(
            {**PLAIN, "trust": gone(-5, -4, -3, -2, -1, 0)},
            None,
            {
                "trust": {
                    **dict(enumerate(FOUR, 1)),
                    -5: "Missing: Other",
                    -4: "Not asked in survey",
                    -3: "Not applicable",
                    -2: "No answer",
                    -1: "Don't know",
                    0: "Missing",
                }
            },
        ),
        right=RIGHT,
    ),
    "inap, not split a": Case(
        "Eurobarometer: half was asked, 'Inap. (not SPLIT A)' for the other",
        sav_file(
            {**PLAIN, "trust": [9 if i % 2 else (5 if SILENT[i] else t) for i, t in enumerate(TRUST)]},
            None,
            {"trust": {**dict(enumerate(FOUR, 1)), 5: "DK", 9: "Inap. (not SPLIT A)"}},
        ),
        right=shares(gone=[s or i % 2 == 1 for i, s in enumerate(SILENT)]),
    ),
    "interview status of the cps": Case(
        "CPS: people of households that were not interviewed have -1 and a weight of 0",
        csv_file(
            {
                "HRHHID": [10_000 + i for i in PEOPLE],
                "HRINTSTA": [2 if a else 1 for a in AWAY],
                "PESEX": [-1 if a else s for a, s in zip(AWAY, SEX, strict=True)],
                "PETRUST": [-1 if a or s else t for a, s, t in zip(AWAY, SILENT, TRUST, strict=True)],
                "PWSSWGT": [0 if a else round(w * 2500, 4) for a, w in zip(AWAY, WEIGHT, strict=True)],
            }
        ),
        item="PETRUST",
        by="PESEX",
        weight=("PWSSWGT",),
        right=shares(gone=[a or s for a, s in zip(AWAY, SILENT, strict=True)]),
    ),
    "an answer renamed half way": Case(
        "Google Forms: 'A great deal' became 'Totally' while people were answering",
        csv_file({**PLAIN, "trust": RENAMED}),
        right={
            each: 100
            * sum(w for w, r in zip(WEIGHT, RENAMED, strict=True) if r == each)
            / sum(w for w, r in zip(WEIGHT, RENAMED, strict=True) if r)
            for each in (*FOUR, "Totally")
        },
        said="Totally",
    ),
    "a name once for each block": Case(
        "Excel: the region stands in the first row of its people alone",
        csv_file({**PLAIN, "region": ["NOZW"[i // 75] if i % 75 == 0 else None for i in PEOPLE]}),
        by="region",
        right=RIGHT,
        said="region.*(empty|no answer|without)",
    ),
    "cut at eight letters": Case(
        "SPSS: texts of eight letters, so that two answers became one",
        sav_file({**PLAIN, "trust": SHORT}),
        right=CUT,
        said="8 letters",
    ),
    "national election study": labelled(
        FOUR,
        {
            -9: "-9. Refused",
            -8: "-8. Don't know",
            -7: "-7. No post-election data, deleted due to incomplete interview",
            -6: "-6. No post-election interview",
            -5: "-5. Interview breakoff (sufficient partial IW)",
            -4: "-4. Technical error",
            -1: "-1. Inapplicable",
        },
    ),
    "latin american barometer": labelled(
        ("Nada", "Poco", "Algo", "Mucho"), {888888: "No sabe", 988888: "No responde", 999999: "N/A"}
    ),
    "afrobarometer, ninth round": labelled(
        FOUR,
        {
            8: "Refused",
            9: "Don't know/Haven't heard",
            -1: "Missing",
            95: "Not asked in the country",
            97: "Not applicable (i.e. no contact)",
        },
    ),
    "indicator clusters in french": labelled(
        ("Jamais", "Parfois", "Souvent", "Toujours"),
        {7: "NSP", 8: "Manquant", 9: "Sans réponse", 98: "NSP / Incohérent", 99: "Non-réponse"},
    ),
    "pisa of pupils": labelled(
        FOUR, {95: "Valid Skip", 96: "Not Reached", 97: "Not Applicable", 98: "Invalid", 99: "No Response"}
    ),
    "swiss households": labelled(
        FOUR,
        {-1: "does not know", -2: "no answer", -3: "inapplicable", -7: "filter error", -8: "other error"},
    ),
    "german panel": labelled(
        FOUR,
        {
            -1: "[-1] keine Angabe",
            -2: "[-2] trifft nicht zu",
            -3: "[-3] nicht valide",
            -4: "[-4] unzulaessige Mehrfachantwort",
            -5: "[-5] in Fragebogenversion nicht enthalten",
            -6: "[-6] Fragebogenversion mit geaenderter Filterfuehrung",
            -8: "[-8] Frage in diesem Jahr nicht Teil des Frageprogramms",
        },
    ),
    "dutch panel": labelled(
        ("Helemaal niet", "Niet zo veel", "Enigszins", "Heel veel"),
        {
            -9: "ik weet het niet",
            -8: "zeg ik liever niet",
            999: "weet ik niet",
            998: "wil ik niet zeggen",
            99: "geen vragenlijst ingevuld",
        },
    ),
    "a codebook below": Case(
        "Excel: two empty lines, then the codes and what they mean",
        csv_file(PLAIN, below=",,,\n,,,\ncode,meaning,,\n1,Not at all,,\n2,Not very much,,\n"),
        right=RIGHT,
        n=(N,),
        refused="row|line",
    ),
    "years of two digits": Case(
        "Dutch monitors: jaar is 19 and 21",
        csv_file({**PLAIN, "jaar": [19 if f else 21 for f in FIRST]}),
        right=by_wave(("jaar-19", "jaar-21")),
        waves=({"jaar-19": N // 2, "jaar-21": N // 2},),
    ),
    "days of 1900": Case(
        "Excel: an empty day becomes 0 January 1900",
        csv_file({**PLAIN, "int_date": ["1900-01-00" if s else "2021-10-04" for s in SILENT]}),
        right=RIGHT,
        said="wave: 2021",
    ),
    "visits in the library": Case(
        "panels: four rows for each person, taken as people",
        csv_file(
            {
                "pid": [i // 4 for i in PEOPLE],
                "visit": [1 + i % 4 for i in PEOPLE],
                "score": SCORE,
                "weight": WEIGHT,
            }
        ),
        library=("score", "weight", "pid", {}),
    ),
    "decimals lost for some": Case(
        "Excel: 1.15 became 115 for an eighth of the rows",
        csv_file({**PLAIN, "weight": FAULTY}),
        right=shares(weight=FAULTY),
        said="weight.*(scale|times)",
    ),
    "sex of nobody": Case(
        "SPSS: 0 without a label beside 1 and 2 that have one",
        sav_file(
            {**PLAIN, "sex": [0 if n else s for n, s in zip(NOBODY, SEX, strict=True)]},
            None,
            {"sex": {1: "Man", 2: "Vrouw"}},
        ),
        right=RIGHT,
        said="0.*'?sex",
    ),
}
