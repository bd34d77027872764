"""A fourteenth batch: kinds near the cases that went wrong, and what offices and archives hand over.

Written after the thirteenth was mended. At first sight 18 right, 1 refused, 1 said, none silent.
"""

from __future__ import annotations

from outside.kinds import (
    FIRST,
    PEOPLE,
    PLAIN,
    PSU,
    RIGHT,
    SCORE,
    SEX,
    SILENT,
    STRATUM,
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
from outside.ninth import labelled
from outside.sixth import FOUR, NUMBERED, gone
from outside.third import text_file

LONG = "I do not trust them; they said 'yes', then \"no\".\r\nAnd again. " * 40
QUOTED = ['"so so' if i == 70 else "x" for i in PEOPLE]
HALF = [w if f else None for w, f in zip(WEIGHT, FIRST, strict=True)]

CASES: dict[str, Case] = {
    "long answers over many lines": Case(
        "web tools: an open answer of 2,500 letters with quotes and line ends",
        csv_file({**PLAIN, "why": [LONG if i % 50 == 3 else "x" for i in PEOPLE]}),
        right=RIGHT,
        n=(N,),
    ),
    "tabs, and quotes nobody closed": Case(
        'Excel as text: an answer that begins with " and does not end with one',
        text_file(
            "id\tsex\ttrust\tweight\twhy\n"
            + "".join(
                "\t".join(
                    (str(i), str(SEX[i]), "" if SILENT[i] else str(TRUST[i]), str(WEIGHT[i]), QUOTED[i])
                )
                + "\n"
                for i in PEOPLE
            ),
            "a.tsv",
        ),
        right=RIGHT,
        refused="quote",
    ),
    "several answers beside commas": Case(
        "Excel in Dutch: 1,3 in a question with several answers, weights with commas",
        csv_file(
            {
                **PLAIN,
                "media": [("1,3", "2", "1,2", "3")[i % 4] for i in PEOPLE],
                "weight": [f"{w:.2f}".replace(".", ",") for w in WEIGHT],
            },
            ";",
        ),
        right=RIGHT,
    ),
    "weights with points for thousands and commas": Case(
        "Excel in German: 1.150,5",
        csv_file(
            {
                **PLAIN,
                "weight": [f"{w * 1000:,.1f}".translate(str.maketrans(",.", ".,")) for w in WEIGHT],
            },
            ";",
        ),
        right=RIGHT,
    ),
    "letters for missing in stata": Case(
        "Stata: .a, .b and .c with labels, and a plain point",
        dta_file(
            {**PLAIN, "trust": gone("a", "b", "c")},
            None,
            {"trust": {**NUMBERED, "a": "Refused", "b": "Don't know", "c": "Not asked"}},
            {"trust": ("a", "b", "c")},
        ),
        right=RIGHT,
    ),
    "keys of nineteen digits": Case(
        "hashes of households as whole numbers of 64 bits",
        csv_file(
            {
                **PLAIN,
                "psu": [9_007_199_254_740_993 + i // 10 for i in PEOPLE],
                "strata": STRATUM,
            }
        ),
        strata=("strata",),
        psu=("psu",),
        right=RIGHT,
    ),
    "negative replicates": Case(
        "ACS: PWGTP and PWGTP1 to PWGTP80, some below 0",
        csv_file(
            {
                "SERIALNO": list(PEOPLE),
                "SEX": SEX,
                "TRUST": mixed(TRUST, None),
                "PWGTP": [round(w * 100) for w in WEIGHT],
                **{
                    f"PWGTP{k}": [
                        round(w * 100) + (-1) ** (i + k) * (i * k % 60) for i, w in enumerate(WEIGHT)
                    ]
                    for k in range(1, 81)
                },
            }
        ),
        item="TRUST",
        by="SEX",
        weight=("PWGTP",),
        right=shares(weight=[round(w * 100) for w in WEIGHT]),
        said="PWGTP1.*replicate",
    ),
    "a flag among replicates": Case(
        "CPS: REPWTP is 1 for everybody, REPWTP1 to REPWTP160 are weights",
        csv_file(
            {
                "CPSIDP": list(PEOPLE),
                "SEX": SEX,
                "TRUST": mixed(TRUST, None),
                "ASECWT": WEIGHT,
                "REPWTP": [1] * N,
                **{
                    f"REPWTP{k}": [round(w * (0.6 + (i * k % 9) / 10), 4) for i, w in enumerate(WEIGHT)]
                    for k in range(1, 41)
                },
            }
        ),
        item="TRUST",
        by="SEX",
        weight=("ASECWT",),
        right=RIGHT,
        said="REPWTP1 to REPWTP40",
    ),
    "line ends in pairs": Case(
        "network copies: every line ends with CR CR LF",
        csv_file(PLAIN, end="\r\r\n"),
        right=RIGHT,
        n=(N,),
    ),
    "weights of the first wave alone": Case(
        "two years in one file, the second not weighted yet",
        csv_file({**PLAIN, "year": [2020 if f else 2022 for f in FIRST], "weight": HALF}),
        weight=("weight", None),
        right={
            "2020": by_wave(("2020", "2022"))["2020"],
            "2022": by_wave(("2020", "2022"), [1.0] * N)["2022"],
        },
        waves=({"2020": N // 2, "2022": N // 2},),
    ),
    "gallup": labelled(FOUR, {8: "(DK)", 9: "(Refused)", 98: "(DK/Refused)", 97: "(Does not apply)"}),
    "fra and eige": labelled(
        FOUR,
        {
            -999: "Prefer not to say",
            -998: "Don't understand the question",
            97: "Does not apply to me / I don't have children",
            99: "DK (spontaneous)",
        },
    ),
    "municipal health service": labelled(
        ("Helemaal niet", "Niet zo veel", "Enigszins", "Heel veel"),
        {8: "N.v.t. (filter)", 9: "Geen antwoord", 99: "Onbekend / niet ingevuld", 999: "missing"},
    ),
    "statistics norway": labelled(
        ("Ikke i det hele tatt", "Lite", "Noe", "Mye"),
        {7: "Ønsker ikke svare", 8: "Vet ikke", 9: "Ubesvart", 99: "Ikke spurt"},
    ),
    "income bands beside refused": Case(
        "market research: 1 to 4, 5 is 'Prefer not to answer' and 6 'Not sure'",
        sav_file(
            {**PLAIN, "trust": gone(5, 6)},
            None,
            {
                "trust": {
                    1: "Under 20,000",
                    2: "20,000 to 39,999",
                    3: "40,000 to 79,999",
                    4: "80,000 or more",
                    5: "Prefer not to answer",
                    6: "Not sure",
                }
            },
        ),
        right=RIGHT,
    ),
    "people and households in one weight name": Case(
        "EU-SILC: RB050 of persons beside DB090 of households",
        sav_file(
            {
                "RB030": list(PEOPLE),
                "RB090": SEX,
                "PW010T": gone(99),
                "DB090": [1 + i % 5 / 10 for i in PEOPLE],
                "RB050": WEIGHT,
            },
            {
                "DB090": "Household cross-sectional weight",
                "RB050": "Personal cross-sectional weight",
                "RB090": "Sex",
                "PW010T": "Overall life satisfaction",
            },
            {"PW010T": {**NUMBERED, 99: "Do not know"}, "RB090": {1: "Male", 2: "Female"}},
        ),
        item="PW010T",
        by="RB090",
        weight=("RB050",),
        right=RIGHT,
    ),
    "a sample of schools": Case(
        "TIMSS, youth monitors: IDSCHOOL, TOTWGT, JKZONE",
        csv_file(
            {
                "IDSTUD": list(PEOPLE),
                "IDSCHOOL": PSU,
                "ITSEX": SEX,
                "ASBG05": gone(9),
                "TOTWGT": WEIGHT,
            }
        ),
        item="ASBG05",
        by="ITSEX",
        weight=("TOTWGT",),
        psu=("IDSCHOOL",),
        right=RIGHT,
    ),
    "words with spaces and capitals": Case(
        "typed by hand: 'Man', 'man ', 'MAN'",
        csv_file(
            {
                **PLAIN,
                "sex": [
                    ("Man", "man ", "MAN")[i % 3] if s == 1 else ("Vrouw", "vrouw")[i % 2]
                    for i, s in enumerate(SEX)
                ],
            }
        ),
        right=RIGHT,
    ),
    "sent in twice": Case(
        "web forms: some sent the form twice, with the same number and other answers",
        csv_file(
            {k: [*v, *(v[(i + 7) % N] if k != "id" else v[i] for i in range(30))] for k, v in PLAIN.items()}
        ),
        right={
            each: 100
            * sum(
                w
                for w, t in zip(
                    [*WEIGHT, *WEIGHT[7:37]], [*PLAIN["trust"], *PLAIN["trust"][7:37]], strict=True
                )
                if str(t) == each
            )
            / sum(
                w
                for w, t in zip(
                    [*WEIGHT, *WEIGHT[7:37]], [*PLAIN["trust"], *PLAIN["trust"][7:37]], strict=True
                )
                if t is not None
            )
            for each in "1234"
        },
        said="same 'id'",
    ),
    "a scale with words at its ends": Case(
        "0 (helemaal niet) to 10 (volledig), 88 and 99 without a label",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    (88, 99)[i % 2] if s else {0: "0 (helemaal niet)", 10: "10 (volledig)"}.get(a, a)
                    for i, (a, s) in enumerate(zip(SCORE, SILENT, strict=True))
                ],
            }
        ),
        right={
            {"0": "0 (helemaal niet)", "10": "10 (volledig)"}.get(k, k): v for k, v in shares(SCORE).items()
        },
    ),
}
