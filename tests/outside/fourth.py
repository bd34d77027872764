"""A fourth batch, of archives, panels and merges.

At first sight 15 right, 1 refused, 2 said, 1 unclear, 12 silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import polars as pl
import pyreadstat

from outside.kinds import (
    EQUAL,
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
    Columns,
    N,
    Write,
    by_wave,
    csv_file,
    dta_file,
    mean,
    mixed,
    sav_file,
    shares,
)

FOUR = {1: "Not at all", 2: "Not very much", 3: "Somewhat", 4: "A great deal"}
VIER = {1: "Helemaal niet", 2: "Niet zo veel", 3: "Enigszins", 4: "Heel veel"}
MV = {1: "man", 2: "vrouw"}
HALF = {"2018": N // 2, "2022": N // 2}
YEAR = [2018 if f else 2022 for f in FIRST]
SPLIT = by_wave(("2018", "2022"))
SIDES = [s - 5 for s in SCORE]
LAND = [("NL", "BE", "DE")[i % 3] for i in PEOPLE]
SIZES = {"NL": 0.4, "BE": 0.3, "DE": 2.2}
SUBTOTAL: dict[str, Any] = {"interviewer": "Subtotaal", "trust": 100, "weight": 99.5}
TWICE = [*PEOPLE, *range(30)]
"""The first thirty come twice."""


def gone(*codes: Any, of: Sequence[Any] = TRUST) -> list[Any]:
    """Answers, and for the silent each of the codes in turn."""
    return [
        codes[i // 15 % len(codes)] if no else a for i, (a, no) in enumerate(zip(of, SILENT, strict=True))
    ]


YES = [1 if t > 2 else 2 if f else 0 for f, t in zip(FIRST, TRUST, strict=True)]
FIVE = [t if f or t < 3 else t + i % 2 for i, (f, t) in enumerate(zip(FIRST, TRUST, strict=True))]


def in_waves(answers: Sequence[int]) -> dict[str, dict[str, float]]:
    """Percentages of 2018 and 2022."""
    halves = ([i for i in PEOPLE if FIRST[i]], [i for i in PEOPLE if not FIRST[i]])
    return {
        id_: {k: v for k, v in shares(answers, rows=half).items() if v}
        for id_, half in zip(("2018", "2022"), halves, strict=True)
    }


def xpt_file(columns: Columns, titles: Mapping[str, str]) -> Write:
    """A transport file of SAS, as NHANES and BRFSS give out."""

    def write(folder: Path) -> Path:
        path = folder / "a.xpt"
        frame = pl.DataFrame(dict(columns), strict=False).to_pandas().astype(float)
        pyreadstat.write_xport(
            frame, str(path), column_labels=[titles.get(each) for each in columns], file_format_version=5
        )
        return path

    return write


def pandas_stata(columns: Mapping[str, Any], version: Literal[117, 118]) -> Write:
    """A Stata file that pandas wrote, with labels made from categories."""

    def write(folder: Path) -> Path:
        path = folder / "a.dta"
        pd.DataFrame(dict(columns)).to_stata(path, write_index=True, version=version)
        return path

    return write


def parquet_file(columns: Mapping[str, Any]) -> Write:
    """A Parquet file of pandas, with categories and an index."""

    def write(folder: Path) -> Path:
        path = folder / "a.parquet"
        pl.DataFrame(dict(columns), strict=False).write_parquet(path)
        return path

    return write


CASES: dict[str, Case] = {
    "dans in dutch": Case(
        "DANS/SCP .sav: weegfac, labels weet niet, wil niet zeggen, n.v.t., geen opgave, none flagged",
        sav_file(
            {
                "respnr": list(PEOPLE),
                "weegfac": WEIGHT,
                "geslacht": SEX,
                "v12": gone(6, 7, 8, 9),
            },
            {"respnr": "Respondentnummer", "weegfac": "Weegfactor", "v12": "Vertrouwen in anderen"},
            {
                "v12": {
                    **VIER,
                    6: "weet niet / geen mening",
                    7: "wil niet zeggen",
                    8: "n.v.t. (niet gesteld)",
                    9: "geen opgave",
                },
                "geslacht": MV,
            },
        ),
        item="v12",
        by="geslacht",
        weight=("weegfac",),
        right=RIGHT,
    ),
    "labels that only look like no answer": Case(
        "contact questions: Don't know any of them, Was refused once are answers",
        sav_file(
            PLAIN,
            None,
            {
                "trust": {
                    1: "Don't know any immigrants",
                    2: "Refused entry once",
                    3: "Not applicable rules were applied to me",
                    4: "No answer was given to my complaint",
                }
            },
        ),
        right=RIGHT,
    ),
    "none is an answer": Case(
        "religion: None, geen; pandas takes None for missing",
        csv_file(
            {
                **PLAIN,
                "trust": mixed(
                    [("None", "Catholic", "Protestant", "Muslim")[t - 1] for t in TRUST], "Don't want to say"
                ),
            }
        ),
        right={("None", "Catholic", "Protestant", "Muslim")[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
    "better, equal, worse": Case(
        "CBS consumer confidence: -1 worse, 0 equal, 1 better, labelled",
        sav_file(
            {**PLAIN, "trust": mixed([t % 3 - 1 for t in TRUST], 9)},
            {"trust": "Koopbereidheid"},
            {"trust": {-1: "Ongunstiger", 0: "Neutraal", 1: "Gunstiger", 9: "Weet niet"}},
        ),
        right=shares([t % 3 - 1 for t in TRUST]),
    ),
    "better, equal, worse in csv": Case(
        "the same without labels: nothing is missing by its number",
        csv_file({**PLAIN, "trust": mixed([t % 3 - 1 for t in TRUST], None)}),
        right=shares([t % 3 - 1 for t in TRUST]),
    ),
    "minus five to five": Case(
        "left-right -5 to 5 with labels at the ends and 99: -1 is an answer",
        sav_file(
            {**PLAIN, "trust": mixed(SIDES, 99)},
            {"trust": "Left-right placement"},
            {"trust": {-5: "Left", 5: "Right", 99: "Don't know"}},
        ),
        mean=mean(SIDES),
        library=("trust", "weight", mean(SIDES), {"missing": "labels"}),
    ),
    "minus five to five in csv": Case(
        "the same without labels or missing codes",
        csv_file({**PLAIN, "trust": mixed(SIDES, None)}),
        mean=mean(SIDES),
        library=("trust", "weight", mean(SIDES), {}),
    ),
    "minus one beside a scale from 0": Case(
        "0 to 10 with -1 for no answer, without labels",
        csv_file({**PLAIN, "trust": mixed(SCORE, -1)}),
        mean=mean(),
        said="-1",
    ),
    "nhanes in transport format": Case(
        "wwwn.cdc.gov/nchs/nhanes: .xpt without labels of values; 7 refused, 9 don't know",
        xpt_file(
            {
                "SEQN": list(PEOPLE),
                "RIAGENDR": SEX,
                "DMDEDUC2": gone(7, 9),
                "WTINT2YR": WEIGHT,
                "SDMVPSU": [1 + p % 2 for p in PSU],
                "SDMVSTRA": STRATUM,
            },
            {
                "SEQN": "Respondent sequence number",
                "RIAGENDR": "Gender",
                "DMDEDUC2": "Education level - Adults 20+",
                "WTINT2YR": "Full sample 2 year interview weight",
                "SDMVPSU": "Masked variance pseudo-PSU",
                "SDMVSTRA": "Masked variance pseudo-stratum",
            },
        ),
        item="DMDEDUC2",
        by="RIAGENDR",
        weight=("WTINT2YR",),
        strata=("SDMVSTRA",),
        psu=("SDMVPSU",),
        right=RIGHT,
        refused="xpt.*(CSV|sav)",
    ),
    "days of brfss": Case(
        "cdc.gov/brfss: days of poor health 1 to 30, 88 none, 77 don't know, 99 refused",
        csv_file({**PLAIN, "days": [88 if i % 3 else 1 + i % 30 for i in PEOPLE]}),
        library=("days", "weight", "88", {}),
    ),
    "minutes with 998 and 999": Case(
        "time use: minutes from 0 to 600, 998 and 999 unlabelled; the library says so",
        csv_file(
            {**PLAIN, "minutes": [(998, 999)[i % 2] if s else (i * 37) % 600 for i, s in enumerate(SILENT)]}
        ),
        library=("minutes", "weight", "99[89]", {}),
    ),
    "timss": Case(
        "IEA TIMSS: TOTWGT, HOUWGT, SENWGT, JKZONE, JKREP; omitted or invalid",
        sav_file(
            {
                "IDSTUD": list(PEOPLE),
                "IDSCHOOL": PSU,
                "ITSEX": SEX,
                "BSBG": gone(9, 6),
                "TOTWGT": [100 * w for w in WEIGHT],
                "HOUWGT": WEIGHT,
                "SENWGT": [w / 10 for w in WEIGHT],
                "JKZONE": [1 + p // 2 for p in PSU],
                "JKREP": [p % 2 for p in PSU],
            },
            {
                "ITSEX": "*SEX OF STUDENTS*",
                "TOTWGT": "TOTAL STUDENT WEIGHT",
                "HOUWGT": "HOUSE WEIGHT",
                "SENWGT": "SENATE WEIGHT",
                "JKZONE": "JACKKNIFE ZONE",
                "JKREP": "JACKKNIFE REPLICATE CODE",
                "IDSCHOOL": "SCHOOL ID",
            },
            {"BSBG": {**FOUR, 6: "LOGICALLY NOT APPLICABLE", 9: "OMITTED OR INVALID"}},
        ),
        item="BSBG",
        by="ITSEX",
        weight=("TOTWGT", "HOUWGT", "SENWGT"),
        strata=("JKZONE", None),
        psu=("JKREP", "IDSCHOOL"),
        right=RIGHT,
    ),
    "cses": Case(
        "CSES module: three original weights known by their labels; 7 VOLUNTEERED: REFUSED, 9 MISSING",
        dta_file(
            {
                "E1005": list(PEOPLE),
                "E1010_1": EQUAL,
                "E1010_2": WEIGHT,
                "E1010_3": [w * 0.8 + 0.2 for w in WEIGHT],
                "E2002": SEX,
                "E3006": gone(7, 8, 9),
            },
            {
                "E1010_1": "ORIGINAL WEIGHT: SAMPLE",
                "E1010_2": "ORIGINAL WEIGHT: DEMOGRAPHIC",
                "E1010_3": "ORIGINAL WEIGHT: POLITICAL",
                "E2002": "D02 GENDER",
            },
            {
                "E3006": {
                    **{k: f"{k}. {v.upper()}" for k, v in FOUR.items()},
                    7: "7. VOLUNTEERED: REFUSED",
                    8: "8. VOLUNTEERED: DON'T KNOW",
                    9: "9. MISSING",
                },
            },
        ),
        item="E3006",
        by="E2002",
        weight=("E1010_2",),
        right=RIGHT,
        said="E1010_3",
    ),
    "ipums": Case(
        "IPUMS CPS: ASECWT, WTFINL for another use; 0 NIU and 99 blank by their labels",
        dta_file(
            {
                "cpsidp": [20240000000 + i for i in PEOPLE],
                "asecwt": [1000 * w for w in WEIGHT],
                "sex": SEX,
                "vote": gone(0, 98, 99),
            },
            {"asecwt": "annual social and economic supplement weight", "vote": "trust"},
            {"vote": {**FOUR, 0: "niu", 98: "no response", 99: "not in universe"}},
        ),
        item="vote",
        weight=("asecwt",),
        right=RIGHT,
    ),
    "norwegian": Case(
        "Sikt: vekt, labels Vet ikke, Vil ikke svare, Ubesvart, Ikke stilt",
        sav_file(
            {"lopenr": list(PEOPLE), "vekt": WEIGHT, "kjonn": SEX, "q5": gone(6, 7, 8, 9)},
            {"vekt": "Vekt", "kjonn": "Kjønn"},
            {
                "q5": {
                    1: "Ingen",
                    2: "Litt",
                    3: "Noe",
                    4: "Mye",
                    6: "Ikke stilt",
                    7: "Vil ikke svare",
                    8: "Vet ikke",
                    9: "Ubesvart",
                },
            },
        ),
        item="q5",
        by="kjonn",
        weight=("vekt",),
        right=RIGHT,
    ),
    "finnish": Case(
        "FSD: paino, labels En osaa sanoa, Ei vastausta, Tieto puuttuu",
        sav_file(
            {"fsd_id": list(PEOPLE), "paino": WEIGHT, "k1": SEX, "q5": gone(5, 6, 9)},
            {"paino": "Painokerroin", "k1": "Sukupuoli"},
            {"q5": {**FOUR, 5: "En osaa sanoa", 6: "Ei vastausta", 9: "Tieto puuttuu"}},
        ),
        item="q5",
        by="k1",
        weight=("paino",),
        right=RIGHT,
    ),
    "russian": Case(
        "RLMS-HSE: inwgt; 99999997 to 99999999 with labels in Russian",
        dta_file(
            {"idind": list(PEOPLE), "inwgt": WEIGHT, "h5": SEX, "j1": gone(99999997, 99999998, 99999999)},
            {"inwgt": "Вес", "h5": "Пол"},
            {
                "j1": {
                    1: "Совсем нет",
                    2: "Мало",
                    3: "Немного",
                    4: "Много",
                    99999997: "ЗАТРУДНЯЮСЬ ОТВЕТИТЬ",
                    99999998: "ОТКАЗ ОТ ОТВЕТА",
                    99999999: "НЕТ ОТВЕТА",
                }
            },
        ),
        item="j1",
        by="h5",
        weight=("inwgt",),
        right=RIGHT,
    ),
    "kilograms": Case(
        "GGD health monitor: gewicht is of the body, beside lengte and bmi; no survey weight",
        csv_file(
            {
                "id": list(PEOPLE),
                "geslacht": SEX,
                "lengte": [150 + i * 7 % 50 for i in PEOPLE],
                "gewicht": [50 + i * 7 % 60 for i in PEOPLE],
                "bmi": [round((50 + i * 7 % 60) / (1.5 + i * 7 % 50 / 100) ** 2, 1) for i in PEOPLE],
                "trust": mixed(TRUST, None),
            }
        ),
        by="geslacht",
        weight=(None,),
        right=shares(weight=EQUAL),
    ),
    "inclusion probabilities": Case(
        "ESS SDDF merged: prob is the probability, no weight; psu and stratum",
        sav_file(
            {
                "idno": list(PEOPLE),
                "cntry": ["NL"] * N,
                "psu": PSU,
                "stratum": STRATUM,
                "prob": [round(0.001 / w, 6) for w in WEIGHT],
                "gndr": SEX,
                "trust": mixed(TRUST, None),
            },
            {"prob": "Inclusion probability", "psu": "Primary sampling unit", "stratum": "Sampling stratum"},
            {"trust": FOUR},
        ),
        by="gndr",
        weight=(None,),
        strata=("stratum",),
        psu=("psu",),
        right=shares(weight=EQUAL),
        said="prob",
    ),
    "two weights to be multiplied": Case(
        "ESS rounds before 2020: pspwght and pweight, no anweight; three countries",
        sav_file(
            {
                "idno": list(PEOPLE),
                "cntry": LAND,
                "dweight": EQUAL,
                "pspwght": WEIGHT,
                "pweight": [SIZES[each] for each in LAND],
                "gndr": SEX,
                "trust": gone(7, 8, 9),
            },
            {
                "cntry": "Country",
                "pspwght": "Post-stratification weight including design weight",
                "dweight": "Design weight",
                "pweight": "Population size weight (must be combined with dweight or pspwght)",
            },
            {"trust": {**FOUR, 7: "Refusal", 8: "Don't know", 9: "No answer"}},
        ),
        by="gndr",
        weight=("pspwght * pweight",),
        right=shares(weight=[w * SIZES[each] for w, each in zip(WEIGHT, LAND, strict=True)]),
        said="--weight pspwght leaves it out",
    ),
    "countries in other years": Case(
        "WVS wave 7: A_YEAR is another year in each country; no waves of one survey",
        csv_file(
            {
                "D_INTERVIEW": list(PEOPLE),
                "A_WAVE": [7] * N,
                "A_YEAR": YEAR,
                "B_COUNTRY_ALPHA": ["NLD" if f else "MEX" for f in FIRST],
                "W_WEIGHT": WEIGHT,
                "Q260": SEX,
                "Q57": gone(-1, -2, -5),
            }
        ),
        item="Q57",
        by="Q260",
        weight=("W_WEIGHT",),
        waves=(HALF, {"2026": N}),
        right={**SPLIT, "2026": RIGHT},
        said="countr",
    ),
    "weights on another scale each wave": Case(
        "trackers: weights of mean 1 in 2018, grossed up to the population in 2022",
        csv_file(
            {
                **PLAIN,
                "jaar": YEAR,
                "weight": [w if f else round(w * 45000, 1) for f, w in zip(FIRST, WEIGHT, strict=True)],
            }
        ),
        waves=(HALF,),
        right=SPLIT,
    ),
    "a wave without weights": Case(
        "trackers: nobody made weights in 2022",
        csv_file(
            {**PLAIN, "jaar": YEAR, "weight": [w if f else None for f, w in zip(FIRST, WEIGHT, strict=True)]}
        ),
        waves=(HALF,),
        weight=("weight", None),
        right={"2018": SPLIT["2018"], "2022": by_wave(("2018", "2022"), EQUAL)["2022"]},
        said="2022|150 rows",
    ),
    "weights below nought": Case(
        "linear calibration: a few weights are below 0",
        csv_file({**PLAIN, "weight": [-0.12 if i % 50 == 7 else w for i, w in enumerate(WEIGHT)]}),
        weight=(None,),
        right=shares(weight=EQUAL),
        refused="negative|below 0|-0.12",
        said="negative|below|-0.12",
    ),
    "yes in two codes": Case(
        "trackers: 1 yes 2 no in 2018, 1 yes 0 no in 2022, without labels",
        csv_file(
            {
                **PLAIN,
                "jaar": YEAR,
                "trust": mixed(YES, None),
            }
        ),
        waves=(HALF,),
        right=in_waves(YES),
        said="trust: .*nobody in wave",
    ),
    "a question with other answers each wave": Case(
        "trackers: 1 to 4 in 2018, 1 to 5 with a middle in 2022, without labels",
        csv_file({**PLAIN, "jaar": YEAR, "trust": mixed(FIVE, None)}),
        waves=(HALF,),
        right=in_waves(FIVE),
        said="trust: .*nobody in wave",
    ),
    "rows twice": Case(
        "a merge that went wrong: thirty people stand twice",
        csv_file({k: [v[i] for i in TWICE] for k, v in PLAIN.items()}),
        right=RIGHT,
        n=(N,),
        refused="same as a row before",
        said="twice|more than once|30",
    ),
    "subtotals between the rows": Case(
        "Excel subtotals: a row for each interviewer",
        csv_file(
            {
                name: [v for p in range(0, N, 100) for v in (*values[p : p + 100], SUBTOTAL.get(name))]
                for name, values in {"interviewer": PSU, **PLAIN}.items()
            }
        ),
        psu=("interviewer", None),
        right=RIGHT,
        refused="[Tt]ota",
    ),
    "liss, two years beside": Case(
        "LISS core studies: cp19k001 and cp20l001 are one question of two years",
        sav_file(
            {
                "nomem_encr": [800_000 + i for i in PEOPLE],
                "geslacht": SEX,
                "cp19k001": mixed(TRUST, 999),
                "cp20l001": mixed([1 + t % 4 for t in TRUST], 999),
                "cp19k002": mixed(TRUST, 999),
                "cp20l002": mixed(TRUST, 999),
            },
            {"cp19k001": "Vertrouwen", "cp20l001": "Vertrouwen"},
            {each: {**VIER, 999: "weet niet"} for each in ("cp19k001", "cp20l001", "cp19k002", "cp20l002")},
        ),
        item="cp19k001",
        by="geslacht",
        weight=(None,),
        right=shares(weight=EQUAL),
        said="beside one another",
    ),
    "stata 118 of pandas": Case(
        "pandas to_stata: categories are coded from 0 with labels, an index column, long strings",
        pandas_stata(
            {
                "sex": pd.Categorical([("m", "f")[s - 1] for s in SEX]),
                "trust": pd.Categorical(
                    [None if no else FOUR[t] for t, no in zip(TRUST, SILENT, strict=True)],
                    categories=list(FOUR.values()),
                ),
                "weight": WEIGHT,
                "why": ["x" * (i % 50) for i in PEOPLE],
            },
            118,
        ),
        right={str(int(k) - 1): v for k, v in RIGHT.items()},
    ),
    "parquet with a category": Case(
        "pandas and Polars: a dictionary of words, whole numbers with nothing in some rows",
        parquet_file(
            {
                "sex": pl.Series([("m", "f")[s - 1] for s in SEX], dtype=pl.Categorical),
                "trust": mixed(TRUST, None),
                "weight": WEIGHT,
                "__index_level_0__": list(PEOPLE),
            }
        ),
        right=RIGHT,
    ),
}
