"""Several waves in one file, as archives lay them out; what is right stands in their codebooks."""

from __future__ import annotations

from typing import Any

from outside.kinds import (
    EQUAL,
    FIRST,
    PEOPLE,
    PSU,
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

MF = {1: "Male", 2: "Female"}
FOUR = {1: "Not at all", 2: "Not very much", 3: "Somewhat", 4: "A great deal"}
PERSON = [1 + i % (N // 2) for i in PEOPLE]
"""The same people in both waves, with the same sex."""
SAME = [1 + p % 2 for p in PERSON]
LAND = ["NL" if i % 3 else "BE" for i in PEOPLE]


def halves(one: Any, other: Any) -> list[Any]:
    return [one if each else other for each in FIRST]


def n(*ids: str) -> dict[str, int]:
    return dict.fromkeys(ids, N // 2)


def right(*pairs: tuple[str, str], weight: list[float] = WEIGHT) -> dict[str, Any]:
    """The same shares under every pair of names that waves may have."""
    return {name: share for pair in pairs for name, share in by_wave(pair, weight).items()}


CASES: dict[str, Case] = {
    "ess, cumulative": Case(
        "ESS cumulative data wizard: essround, cntry, anweight, psu, stratum; 7 8 9 are missing",
        sav_file(
            {
                "essround": halves(8, 9),
                "cntry": LAND,
                "idno": list(PEOPLE),
                "dweight": [1.0] * N,
                "pspwght": [w * 0.9 for w in WEIGHT],
                "pweight": [2.1 if i % 3 else 0.9 for i in PEOPLE],
                "anweight": WEIGHT,
                "psu": PSU,
                "stratum": STRATUM,
                "gndr": SEX,
                "trust": [
                    (7, 8, 9)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "essround": "ESS round",
                "cntry": "Country",
                "anweight": "Analysis weight",
                "pspwght": "Post-stratification weight including design weight",
                "dweight": "Design weight",
                "pweight": "Population size weight",
                "gndr": "Gender",
            },
            {"trust": {**FOUR, 7: "Refusal", 8: "Don't know", 9: "No answer"}, "gndr": MF},
            {"trust": [{"lo": 7, "hi": 9}]},
        ),
        by="gndr",
        weight=("anweight",),
        strata=("stratum",),
        psu=("psu",),
        waves=(n("essround-8", "essround-9"),),
        right=right(("essround-8", "essround-9")),
        said="countr",
    ),
    "eurobarometer trend": Case(
        "GESIS ZA3521 Mannheim trend file: year, eb, nation1, wnation, weuro",
        sav_file(
            {
                "eb": halves(47, 52),
                "year": halves(1997, 1999),
                "nation1": [1 + i % 3 for i in PEOPLE],
                "wnation": [w * 1.1 for w in WEIGHT],
                "weuro": WEIGHT,
                "sex": SEX,
                "trust": mixed(TRUST, 9),
            },
            {
                "eb": "Eurobarometer number",
                "year": "Year",
                "nation1": "Nation",
                "wnation": "Nation weight",
                "weuro": "European weight",
            },
            {"trust": {**FOUR, 9: "NA"}, "sex": MF, "nation1": {1: "France", 2: "Belgium", 3: "Netherlands"}},
        ),
        weight=("weuro", "wnation"),
        waves=(n("1997", "1999"),),
        right=right(("1997", "1999")),
        said="countr",
    ),
    "eurobarometer, one": Case(
        "GESIS Eurobarometer: isocntry, w1 redressment, w22 EU27, DK (SPONT.)",
        sav_file(
            {
                "uniqid": [90_000_000 + i for i in PEOPLE],
                "isocntry": LAND,
                "w1": WEIGHT,
                "w3": [0.0 if i % 3 else 1.1 for i in PEOPLE],
                "d10": SEX,
                "qa1_1": mixed(TRUST, 5),
            },
            {
                "w1": "WEIGHT RESULT FROM TARGET (REDRESSMENT)",
                "w3": "WEIGHT UNITED GERMANY",
                "d10": "GENDER",
                "qa1_1": "TRUST: PEOPLE",
                "isocntry": "COUNTRY CODE - ISO 3166",
            },
            {"qa1_1": {**FOUR, 5: "DK (SPONT.)"}, "d10": {1: "Man", 2: "Woman"}},
        ),
        item="qa1_1",
        by="d10",
        weight=("w1",),
        right=shares(),
        said="countr",
    ),
    "issp, cumulation": Case(
        "GESIS ISSP cumulations: V5 module year, COUNTRY, WEIGHT; -9 and -8 user-missing",
        sav_file(
            {
                "V1": [4747] * N,
                "V5": halves(2006, 2016),
                "COUNTRY": [56 if i % 3 else 528 for i in PEOPLE],
                "WEIGHT": WEIGHT,
                "SEX": SEX,
                "V10": [
                    (-9, -8)[i // 15 % 2] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "V1": "GESIS Data Archive Study Number",
                "V5": "ISSP Module Year",
                "COUNTRY": "Country/ Sample (see V4 for codes)",
                "WEIGHT": "Weighting factor",
                "SEX": "Sex of Respondent",
                "V10": "Q1 Trust",
            },
            {
                "V10": {**FOUR, -9: "No answer", -8: "Can't choose"},
                "SEX": MF,
                "COUNTRY": {56: "BE-Belgium", 528: "NL-Netherlands"},
            },
            {"V10": [{"lo": -9, "hi": -1}]},
        ),
        item="V10",
        by="SEX",
        weight=("WEIGHT",),
        waves=(n("2006", "2016"),),
        right=right(("2006", "2016")),
        said="countr",
    ),
    "world values survey, time series": Case(
        "WVS time series 1981-2022: S002VS, S003, S017, S020; -1 to -5",
        sav_file(
            {
                "S002VS": halves(5, 6),
                "S003": [528 if i % 3 else 56 for i in PEOPLE],
                "S007": [520_000_001 + i for i in PEOPLE],
                "S017": WEIGHT,
                "S018": [w * 0.7 for w in WEIGHT],
                "S020": halves(2006, 2012),
                "X001": SEX,
                "A165": [
                    (-1, -2, -4)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "S002VS": "Chronology of EVS-WVS waves",
                "S003": "ISO 3166-1 numeric country code",
                "S017": "Weight",
                "S018": "1000 equilibrated weight",
                "S020": "Year survey",
                "X001": "Sex",
                "A165": "Trust",
            },
            {
                "S002VS": {5: "2005-2009", 6: "2010-2014"},
                "S003": {528: "Netherlands", 56: "Belgium"},
                "X001": MF,
                "A165": {**FOUR, -1: "Don´t know", -2: "No answer", -4: "Not asked in survey"},
            },
        ),
        item="A165",
        by="X001",
        weight=("S017",),
        waves=(n("2006", "2012"), n("s002vs-5", "s002vs-6")),
        right=right(("2006", "2012"), ("s002vs-5", "s002vs-6")),
        said="countr",
    ),
    "liss, long": Case(
        "LISS background variables: nomem_encr, nohouse_encr, wave as year and month, no weights",
        sav_file(
            {
                "nomem_encr": [800_000 + p for p in PERSON],
                "nohouse_encr": [500_000 + p // 2 for p in PERSON],
                "wave": halves(201911, 202011),
                "geslacht": SAME,
                "trust": mixed(TRUST, 999),
            },
            {
                "nomem_encr": "Nummer van het huishoudlid versleuteld",
                "wave": "Jaar en maand van de veldwerkperiode",
                "geslacht": "Geslacht",
            },
            {"trust": {**FOUR, 999: "weet ik niet"}, "geslacht": {1: "man", 2: "vrouw"}},
        ),
        by="geslacht",
        weight=(None,),
        psu=("nomem_encr", "nohouse_encr"),
        waves=(n("201911", "202011"), n("wave-201911", "wave-202011"), n("2019-11", "2020-11")),
        right=right(
            ("201911", "202011"), ("wave-201911", "wave-202011"), ("2019-11", "2020-11"), weight=EQUAL
        ),
        said="panel",
    ),
    "eu-silc, personal file": Case(
        "EU-SILC UDB: PB010 year, PB020 country, PB030 person, PB040 weight, PH010 with a flag, no labels",
        csv_file(
            {
                "PB010": halves(2018, 2019),
                "PB020": ["NL"] * N,
                "PB030": PERSON,
                "PB040": WEIGHT,
                "PB150": SAME,
                "PH010": mixed(TRUST, None),
                "PH010_F": [-1 if no else 1 for no in SILENT],
            }
        ),
        item="PH010",
        by="PB150",
        weight=("PB040",),
        psu=("PB030",),
        waves=(n("2018", "2019"),),
        right=right(("2018", "2019")),
    ),
    "understanding society, long": Case(
        "UKHLS in long form: pidp, wave, indinus_xw, psu, strata; -9 -8 -7 -2 -1",
        dta_file(
            {
                "pidp": [68_001_367 + 4 * p for p in PERSON],
                "wave": halves(1, 2),
                "hidp": [68_000_000 + p // 2 for p in PERSON],
                "psu": [1 + (p - 1) // 5 for p in PERSON],
                "strata": [1 + (p - 1) // 15 for p in PERSON],
                "sex": SAME,
                "indinus_xw": WEIGHT,
                "trust": [
                    (-9, -8, -7, -2, -1)[i // 15 % 5] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "pidp": "cross-wave person identifier",
                "indinus_xw": "combined cross-sectional adult self-completion interview weight",
                "psu": "primary sampling unit",
                "strata": "strata",
            },
            {
                "trust": {
                    **FOUR,
                    -9: "missing",
                    -8: "inapplicable",
                    -7: "proxy",
                    -2: "refusal",
                    -1: "don't know",
                },
                "sex": MF,
            },
        ),
        weight=("indinus_xw",),
        strata=("strata",),
        psu=("psu",),
        waves=(n("wave-1", "wave-2"),),
        right=right(("wave-1", "wave-2")),
        said="panel|same people",
    ),
    "understanding society, wide": Case(
        "UKHLS a_indresp beside b_indresp: one row per person, the wave in front of the name",
        dta_file(
            {
                "pidp": list(PEOPLE),
                "a_sex": SEX,
                "a_trust": mixed(TRUST, -9),
                "b_sex": SEX,
                "b_trust": mixed([1 + t % 4 for t in TRUST], -9),
                "a_indinus_xw": WEIGHT,
                "b_indinus_lw": [w * 1.2 for w in WEIGHT],
            },
            {"a_indinus_xw": "cross-sectional weight", "b_indinus_lw": "longitudinal weight"},
            {"a_trust": {**FOUR, -9: "missing"}, "b_trust": {**FOUR, -9: "missing"}},
        ),
        item="a_trust",
        by="a_sex",
        weight=("a_indinus_xw", "b_indinus_lw"),
        right=shares(),
        said="beside one another|wide|a_.*b_",
    ),
    "a panel with years behind the names": Case(
        "tidyr pivot_longer: trust_2019, trust_2021 in one row",
        csv_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "trust_2019": mixed(TRUST, None),
                "trust_2021": mixed([1 + t % 4 for t in TRUST], None),
                "weight": WEIGHT,
            }
        ),
        item="trust_2019",
        right=shares(),
        said="beside one another|wide|2019.*2021",
    ),
    "anes, cumulative": Case(
        "ANES time series cumulative: VCF0004 year, VCF0009z weight, VCF0104 gender; 0, 8 and 9 unflagged",
        dta_file(
            {
                "VCF0004": halves(2012, 2016),
                "VCF0006a": list(PEOPLE),
                "VCF0009z": WEIGHT,
                "VCF0104": SEX,
                "VCF0619": [
                    (0, 8, 9)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "VCF0004": "Year of Study",
                "VCF0006a": "Unique Respondent Number (Cross-Year ID)",
                "VCF0009z": "Weight z: Type 0/1/2 (Full sample)",
                "VCF0104": "Gender: Respondent",
                "VCF0619": "Trust in people",
            },
            {"VCF0619": {**FOUR, 0: "NA; no Post IW", 8: "DK; depends", 9: "NA"}, "VCF0104": MF},
        ),
        item="VCF0619",
        by="VCF0104",
        weight=("VCF0009z",),
        waves=(n("2012", "2016"),),
        right=right(("2012", "2016")),
    ),
    "soep, long": Case(
        "SOEP long: pid, syear, phrf, psample; -1 to -8",
        dta_file(
            {
                "pid": [2000 + p for p in PERSON],
                "hid": [60 + p // 2 for p in PERSON],
                "syear": halves(2018, 2019),
                "sex": SAME,
                "phrf": WEIGHT,
                "trust": [
                    (-1, -2, -5)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "pid": "Unveraenderliche Personennummer",
                "syear": "Befragungsjahr",
                "phrf": "Hochrechnungsfaktor",
            },
            {
                "trust": {
                    **FOUR,
                    -1: "[-1] keine Angabe",
                    -2: "[-2] trifft nicht zu",
                    -5: "[-5] in Fragebogenversion nicht enthalten",
                }
            },
        ),
        weight=("phrf",),
        psu=("pid", "hid"),
        waves=(n("2018", "2019"),),
        right=right(("2018", "2019")),
        said="panel|same people",
    ),
    "lapop, merged": Case(
        "AmericasBarometer grand merge: pais, year, wave, wt, upm, estratopri; .a .b .c",
        dta_file(
            {
                "pais": [1 + i % 3 for i in PEOPLE],
                "year": halves(2016, 2018),
                "wave": halves(2016, 2018),
                "estratopri": STRATUM,
                "upm": PSU,
                "wt": WEIGHT,
                "weight1500": [w * 1.3 for w in WEIGHT],
                "q1": SEX,
                "it1": [
                    ("a", "b")[i // 15 % 2] if no else float(t)
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "pais": "Country",
                "estratopri": "Stratum code",
                "upm": "Primary Sampling Unit",
                "wt": "Individual weight",
                "it1": "Interpersonal trust",
            },
            {
                "it1": {**FOUR, "a": "Don't know", "b": "No answer"},
                "q1": MF,
                "pais": {1: "Mexico", 2: "Guatemala", 3: "El Salvador"},
            },
            {"it1": ("a", "b")},
        ),
        item="it1",
        by="q1",
        weight=("wt", "weight1500"),
        strata=("estratopri",),
        psu=("upm",),
        waves=(n("2016", "2018"),),
        right=right(("2016", "2018")),
        said="countr",
    ),
    "latinobarometro": Case(
        "Latinobarómetro merged: numinves, idenpa, wt; -1 and -2",
        sav_file(
            {
                "numinves": halves(2017, 2018),
                "idenpa": [32 if i % 3 else 76 for i in PEOPLE],
                "wt": WEIGHT,
                "sexo": SEX,
                "P9": mixed(TRUST, -1),
            },
            {
                "numinves": "Año de medición",
                "idenpa": "País",
                "wt": "Ponderación",
                "sexo": "Sexo",
                "P9": "Confianza interpersonal",
            },
            {
                "P9": {**FOUR, -1: "No sabe"},
                "sexo": {1: "Hombre", 2: "Mujer"},
                "idenpa": {32: "Argentina", 76: "Brasil"},
            },
        ),
        item="P9",
        by="sexo",
        weight=("wt",),
        waves=(n("2017", "2018"),),
        right=right(("2017", "2018")),
        said="countr",
    ),
    "afrobarometer, merged": Case(
        "Afrobarometer merged round: withinwt, combinwt, country; 9 and -1",
        sav_file(
            {
                "RESPNO": [f"GHA{i:04}" for i in PEOPLE],
                "COUNTRY": [1 + i % 2 for i in PEOPLE],
                "withinwt": WEIGHT,
                "Combinwt": [w * 0.8 for w in WEIGHT],
                "Q101": SEX,
                "Q87": [
                    (9, -1)[i // 15 % 2] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "withinwt": "Within-country weighting factor",
                "Combinwt": "Combination weight",
                "Q101": "Gender of respondent",
                "Q87": "Trust others",
            },
            {"Q87": {**FOUR, 9: "Don't know", -1: "Missing"}, "Q101": MF, "COUNTRY": {1: "Ghana", 2: "Mali"}},
        ),
        item="Q87",
        by="Q101",
        weight=("withinwt", "Combinwt"),
        right={
            **shares(),
        },
        said="countr",
    ),
    "evs, trend": Case(
        "EVS trend file: S002EVS wave with labels of years, S003, S017",
        sav_file(
            {
                "S002EVS": halves(4, 5),
                "S003": [528] * N,
                "S017": WEIGHT,
                "S020": halves(2008, 2017),
                "X001": SEX,
                "A165": mixed(TRUST, -1),
            },
            {"S002EVS": "EVS-wave", "S017": "Weight", "S020": "Survey year", "X001": "Sex respondent"},
            {"S002EVS": {4: "2008-2010", 5: "2017-2021"}, "A165": {**FOUR, -1: "don't know"}, "X001": MF},
        ),
        item="A165",
        by="X001",
        weight=("S017",),
        waves=(n("2008", "2017"), n("s002evs-4", "s002evs-5")),
        right=right(("2008", "2017"), ("s002evs-4", "s002evs-5")),
    ),
    "rounds with letters": Case(
        "offices: a column period with 2019Q1 and 2019Q2",
        csv_file(
            {"period": halves("2019Q1", "2019Q2"), "sex": SEX, "trust": mixed(TRUST, None), "weight": WEIGHT}
        ),
        waves=(n("2019Q1", "2019Q2"), n("2019q1", "2019q2")),
        right=right(("2019Q1", "2019Q2"), ("2019q1", "2019q2")),
    ),
    "years with decimals": Case(
        "pandas: the year as 2019.0",
        csv_file(
            {
                "jaar": halves("2019.0", "2021.0"),
                "geslacht": SEX,
                "trust": mixed(TRUST, None),
                "weegfactor": WEIGHT,
            }
        ),
        by="geslacht",
        weight=("weegfactor",),
        waves=(n("2019", "2021"),),
        right=right(("2019", "2021")),
    ),
    "waves by words": Case(
        "panels: meting with 0-meting and 1-meting",
        csv_file(
            {
                "meting": halves("0-meting", "1-meting"),
                "geslacht": SEX,
                "trust": mixed(TRUST, None),
                "gewicht": WEIGHT,
            }
        ),
        by="geslacht",
        weight=("gewicht",),
        waves=(n("0-meting", "1-meting"),),
        right=right(("0-meting", "1-meting")),
    ),
    "before and after by dates": Case(
        "trackers: the day of the interview alone",
        csv_file(
            {
                "datum": halves("2019-05-01", "2021-05-01"),
                "sex": SEX,
                "trust": mixed(TRUST, None),
                "weight": WEIGHT,
            }
        ),
        right=shares(),
        said="datum|2019.*2021",
    ),
}
