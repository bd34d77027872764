"""SPSS and Stata files with the names, labels and codes of archives, and what their codebooks say."""

from __future__ import annotations

from collections.abc import Mapping

from outside.kinds import (
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
    dta_file,
    mean,
    mixed,
    sav_file,
    shares,
)

MF = {1: "Male", 2: "Female"}
FOUR = {1: "Not at all", 2: "Not very much", 3: "Somewhat", 4: "A great deal"}


def design(
    names: tuple[str, str | None, str | None],
    after: str,
    titles: Mapping[str, str] | None = None,
    **also: list[float],
) -> Case:
    """A file in which the weight, strata and units have the names of some survey."""
    weight, strata, psu = names
    columns: dict[str, list[object]] = {
        "caseno": list(PEOPLE),
        "sex": list(SEX),
        "trust": mixed(TRUST, None),
        **{k: list(v) for k, v in also.items()},
    }
    columns[weight] = list(WEIGHT)
    if strata:
        columns[strata] = list(STRATUM)
    if psu:
        columns[psu] = list(PSU)
    write = dta_file if weight.startswith("_") else sav_file
    return Case(
        after,
        write(columns, titles, {"sex": MF, "trust": FOUR}),
        weight=(weight,),
        strata=(strata,),
        psu=(psu,),
        right=RIGHT,
    )


NINE = {**FOUR, -9: "Refused", -8: "Don't know", -1: "Item not applicable"}
TAGS = {**FOUR, "a": "don't know", "b": "no answer"}
DESIGNS = {
    "nhanes": design(
        ("WTMEC2YR", "SDMVSTRA", "SDMVPSU"),
        "wwwn.cdc.gov/nchs/nhanes",
        {
            "WTMEC2YR": "Full sample 2 year MEC exam weight",
            "SDMVPSU": "Masked variance pseudo-PSU",
            "SDMVSTRA": "Masked variance pseudo-stratum",
        },
        WTINT2YR=[1000.0 + i for i in PEOPLE],
    ),
    "brfss": design(
        ("_LLCPWT", "_STSTR", "_PSU"),
        "cdc.gov/brfss codebook",
        {
            "_LLCPWT": "FINAL WEIGHT: LAND-LINE AND CELL-PHONE DATA",
            "_STSTR": "SAMPLE DESIGN STRATIFICATION VARIABLE",
            "_PSU": "PRIMARY SAMPLING UNIT",
        },
    ),
    "nhis": design(
        ("WTFA_A", "PSTRAT", "PPSU"),
        "cdc.gov/nchs/nhis",
        {
            "WTFA_A": "Weight - Final Annual",
            "PSTRAT": "Pseudo-stratum for public-use file",
            "PPSU": "Pseudo-PSU for public-use file",
        },
    ),
    "meps": design(
        ("PERWT19F", "VARSTR", "VARPSU"),
        "meps.ahrq.gov h216",
        {
            "PERWT19F": "FINAL PERSON WEIGHT, 2019",
            "VARSTR": "VARIANCE ESTIMATION STRATUM - 2019",
            "VARPSU": "VARIANCE ESTIMATION PSU - 2019",
        },
    ),
    "nsduh": design(
        ("ANALWT_C", "VESTR", "VEREP"),
        "datafiles.samhsa.gov",
        {"ANALWT_C": "FIN PRSN-LEVEL SMPLE WGHT", "VESTR": "ANALYSIS STRATUM", "VEREP": "ANALYSIS REPLICATE"},
    ),
    "nsfg": design(
        ("WGT2017_2019", "SEST", "SECU"),
        "cdc.gov/nchs/nsfg",
        {
            "WGT2017_2019": "Final weight for the 2017-2019 NSFG",
            "SEST": "Randomized version of stratum",
            "SECU": "Randomized version of cluster",
        },
    ),
    "anes": design(
        ("V200010b", "V200010d", "V200010c"),
        "electionstudies.org 2020",
        {
            "V200010b": "Full sample post-election weight",
            "V200010d": "Full sample variance stratum",
            "V200010c": "Full sample variance unit",
        },
    ),
    "knhanes": design(
        ("wt_itvex", "kstrata", "psu"), "knhanes.kdca.go.kr", {"wt_itvex": "가중치", "kstrata": "분산추정층"}
    ),
    "enaho": design(
        ("FACTOR07", "ESTRATO", "CONGLOME"),
        "inei.gob.pe ENAHO",
        {
            "FACTOR07": "Factor de expansión anual",
            "ESTRATO": "Estrato geográfico",
            "CONGLOME": "Número de conglomerado",
        },
    ),
    "pnad": design(
        ("V1028", "Estrato", "UPA"),
        "ibge.gov.br PNAD contínua",
        {
            "V1028": "Peso do domicílio e das pessoas",
            "UPA": "Unidade Primária de Amostragem",
            "Estrato": "Estrato",
        },
    ),
    "enoe": design(
        ("fac", "est_d", "upm"),
        "inegi.org.mx ENOE",
        {"fac": "Factor de expansión", "est_d": "Estrato de diseño", "upm": "Unidad primaria de muestreo"},
    ),
    "geih": design(("FEX_C18", None, None), "dane.gov.co GEIH", {"FEX_C18": "Factor de expansión"}),
    "share": design(
        ("cciw_w7", "stratum1", "psu"),
        "share-eric.eu",
        {
            "cciw_w7": "Calibrated cross-sectional individual weight - w7",
            "stratum1": "Primary strata (sampling design)",
            "psu": "Primary sampling unit (sampling design)",
        },
    ),
    "hilda": design(
        ("hhwtrp", "xhhstrat", "xhhraid"),
        "melbourneinstitute HILDA",
        {
            "hhwtrp": "DV: Responding person population weight",
            "xhhstrat": "DV: Sampling stratum",
            "xhhraid": "DV: Sampling unit",
        },
    ),
    "hrs": design(
        ("RWTRESP", "RAESTRAT", "RAEHSAMP"),
        "RAND HRS",
        {
            "RWTRESP": "R13 person-level analysis weight",
            "RAESTRAT": "Stratum: Sampling error",
            "RAEHSAMP": "HH Sampling error computation unit, primary sampling unit",
        },
    ),
    "mcs": design(
        ("AOVWT2", "PTTYPE2", "SPTN00"),
        "cls.ucl.ac.uk MCS",
        {
            "AOVWT2": "S1: Overall Weight (incl NR adj) whole UK analyses",
            "PTTYPE2": "Stratum within Country",
            "SPTN00": "Fieldwork point number incl. superwards",
        },
    ),
    "bsa": design(
        ("WtFactor", "StratID", "Spoint"),
        "natcen.ac.uk BSA",
        {"WtFactor": "Final BSA weight", "StratID": "Strata ID", "Spoint": "Sample Point"},
    ),
    "hse": design(
        ("wt_int", "cluster1", "psu"),
        "UKDA HSE",
        {
            "wt_int": "Weight for analysis of core interview sample",
            "cluster1": "Stratification variable",
            "psu": "Primary sampling unit",
        },
    ),
    "cchs": design(("WTS_M", None, None), "statcan.gc.ca CCHS", {"WTS_M": "Weights - Master"}),
    "canadian gss": design(("WGHT_PER", None, None), "statcan.gc.ca GSS", {"WGHT_PER": "Person weight"}),
    "allbus": design(
        ("wghtpew", None, None), "gesis.org ALLBUS", {"wghtpew": "GEWICHTUNGSFAKTOR OST-WEST: PERSONEN"}
    ),
    "gles": design(
        ("w_ipfges", None, "sample_point"),
        "gesis.org GLES",
        {"w_ipfges": "Gewicht: Sozio-Demographie + Region", "sample_point": "Sample-Point"},
    ),
    "ecv": design(
        ("PB040", "DB050", "DB060"),
        "EU-SILC",
        {
            "PB040": "Personal cross-sectional weight",
            "DB050": "Primary strata",
            "DB060": "Psu-1 (first stage)",
        },
    ),
    "french": design(
        ("poids_calage", "strate", "grappe"),
        "insee.fr",
        {"poids_calage": "Poids après calage", "strate": "Strate de tirage", "grappe": "Grappe"},
    ),
    "polish": design(
        ("waga_ind", "warstwa", "jps"),
        "stat.gov.pl",
        {
            "waga_ind": "Waga indywidualna",
            "warstwa": "Warstwa",
            "jps": "Jednostka losowania pierwszego stopnia",
        },
    ),
    "turkish": design(
        ("faktor", "tabaka", "kume"),
        "tuik.gov.tr",
        {"faktor": "Ağırlık katsayısı", "tabaka": "Tabaka", "kume": "Küme"},
    ),
    "czech": design(
        ("vaha", "vrstva", "volebni_okrsek"),
        "cvvm.soc.cas.cz",
        {"vaha": "Váha", "vrstva": "Vrstva výběru", "volebni_okrsek": "Primární výběrová jednotka"},
    ),
    "italian": design(
        ("coeff", "strato", "comune_psu"),
        "istat.it",
        {
            "coeff": "Coefficiente di riporto all'universo",
            "strato": "Strato",
            "comune_psu": "Unità primaria di campionamento",
        },
    ),
    "indonesian": design(
        ("pwt14xa", "strat14", "commid14"),
        "rand.org IFLS",
        {
            "pwt14xa": "IFLS5 person cross-section weight with attrition",
            "strat14": "sampling stratum",
            "commid14": "community ID (cluster)",
        },
    ),
    "nfhs": design(
        ("v005", "v022", "v021"),
        "dhsprogram.com recode",
        {
            "v005": "Women's individual sample weight (6 decimals)",
            "v021": "Primary sampling unit",
            "v022": "Sample strata for sampling errors",
        },
    ),
}

FILES: dict[str, Case] = {
    "a range and a code that are missing": Case(
        "haven #55: missing ranges",
        sav_file(
            {
                **PLAIN,
                "trust": [
                    (-9, -5, 99)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            None,
            {"trust": FOUR},
            {"trust": [{"lo": -99, "hi": -1}, 99]},
        ),
        right=RIGHT,
        library=("trust", "weight", mean(TRUST), {}),
    ),
    "labels at the ends only": Case(
        "ESS, SPSS: 0 not at all, 10 completely, 88 don't know, unflagged",
        sav_file(
            {**PLAIN, "trust": mixed(SCORE, 88)},
            {"trust": "Trust in people, 0 to 10"},
            {"trust": {0: "No trust at all", 10: "Complete trust", 88: "Don't know"}},
        ),
        mean=mean(),
        library=("trust", "weight", mean(), {"missing": "labels"}),
    ),
    "codes that lost their flag": Case(
        "haven #596: write_sav loses missing values of integers; 8 DK and 9 NR stay",
        sav_file(
            {
                **PLAIN,
                "trust": [
                    8 + i % 2 if no else t for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            None,
            {"trust": {**FOUR, 8: "DK", 9: "NR"}},
        ),
        right=RIGHT,
    ),
    "long texts": Case(
        "haven #640: strings over 255 bytes",
        sav_file({"why": ["x" * (200 + i) for i in PEOPLE], **PLAIN}),
        right=RIGHT,
    ),
    "texts that have labels": Case(
        "haven #409: labels of strings",
        sav_file(
            {**PLAIN, "trust": mixed([f"T{t}" for t in TRUST], "ZZ")},
            None,
            {"trust": {"T1": "None", "T2": "Little", "T3": "Some", "T4": "Much", "ZZ": "Refused"}},
        ),
        right={f"T{k}": v for k, v in RIGHT.items()},
    ),
    "a compressed file": Case(
        "haven #297: zsav", sav_file(PLAIN, None, {"trust": FOUR}, name="a.zsav"), right=RIGHT
    ),
    "a portable file": Case(
        "ReadStat: por",
        sav_file({k.upper(): v for k, v in PLAIN.items()}, name="a.por"),
        item="TRUST",
        by="SEX",
        weight=("WEIGHT",),
        right=RIGHT,
    ),
    "one label for two codes": Case(
        "labelled #: two codes with one label",
        sav_file(PLAIN, None, {"trust": {1: "No", 2: "No", 3: "Yes", 4: "Yes"}}),
        right=RIGHT,
    ),
    "days and times": Case(
        "haven #365: dates as seconds since 1582",
        sav_file({"intdate": [13_900_000_000.0 + 86400 * (i % 30) for i in PEOPLE], **PLAIN}),
        right=RIGHT,
    ),
    "tagged missing of stata": Case(
        "haven tagged_na: .a and .b with labels",
        dta_file(
            {
                **PLAIN,
                "trust": [
                    ("a", "b")[i % 2] if no else float(t)
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            None,
            {"trust": TAGS},
            {"trust": ("a", "b")},
        ),
        right=RIGHT,
    ),
    **{
        f"stata, version {version}": Case(
            "ReadStat: dta 104 to 119",
            dta_file({**PLAIN, "trust": TRUST}, None, {"trust": FOUR}, version=version),
            right=shares(gone=[False] * 300),
        )
        for version in (8, 10, 12, 13, 14)
    },
    "stata, negative codes with labels": Case(
        "UKDS: -9 to -1 labelled in Stata",
        dta_file(
            {
                **PLAIN,
                "trust": [
                    (-9, -8, -1)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            None,
            {"trust": NINE},
        ),
        right=RIGHT,
        library=("trust", "weight", mean(TRUST), {"missing": "labels"}),
    ),
    "stata, negative codes without labels": Case(
        "UKDS: -9 to -1 unlabelled in Stata",
        dta_file(
            {
                **PLAIN,
                "trust": [
                    (-9, -8, -1)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            None,
            {"trust": FOUR},
        ),
        right=RIGHT,
    ),
    "stata, names that differ in case": Case(
        "Stata is case sensitive",
        dta_file(
            {**PLAIN, "Weight": [60.0 + i % 30 for i in PEOPLE]},
            {"Weight": "Body weight in kg", "weight": "Survey weight"},
        ),
        right=RIGHT,
    ),
    "a weight of nought for some": Case(
        "panel weights: 0 for who has no part",
        sav_file({**PLAIN, "weight": [0.0 if i % 5 == 0 else w for i, w in enumerate(WEIGHT)]}),
        right=shares(weight=[0.0 if i % 5 == 0 else w for i, w in enumerate(WEIGHT)]),
        said="weight of 0|weight 0|nought|zero|without weight",
    ),
    "weights missing for some": Case(
        "drop-off weights",
        sav_file({**PLAIN, "weight": [None if i % 5 == 0 else w for i, w in enumerate(WEIGHT)]}),
        right=shares(weight=[1.0] * 300),
        weight=(None,),
        said="missing or no number in 60 rows",
    ),
    "declared missing with a label of an answer": Case(
        "SPSS: 3 Neither, marked missing on purpose",
        sav_file(PLAIN, None, {"trust": FOUR}, {"trust": [4]}),
        right=shares(gone=[no or t == 4 for no, t in zip(SILENT, TRUST, strict=True)]),
    ),
}
CASES = {**DESIGNS, **FILES}
