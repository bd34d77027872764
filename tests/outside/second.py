"""A second batch, after the first was mended; at first sight 9 right, 1 refused, 1 unclear, 9 silent."""

from __future__ import annotations

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
    by_wave,
    csv_file,
    dta_file,
    mean,
    mixed,
    sav_file,
    shares,
)

FOUR = {1: "Not at all", 2: "Not very much", 3: "Somewhat", 4: "A great deal"}
N = len(SEX)
SAME = [1 + (i % 150) % 2 for i in PEOPLE]
COMMA = [f"{each:.2f}".replace(".", ",") for each in WEIGHT]
HALF = {"2018": N // 2, "2022": N // 2}
SPLIT = by_wave(("2018", "2022"))

CASES: dict[str, Case] = {
    "lfs of britain": Case(
        "ONS labour force survey: PWT18, -8 no answer and -9 does not apply, in Stata without labels",
        dta_file({"CASENOP": list(PEOPLE), "SEX": SEX, "JOB": mixed(TRUST, -8), "PWT18": WEIGHT}),
        item="JOB",
        by="SEX",
        weight=("PWT18",),
        right=RIGHT,
    ),
    "eu labour force survey": Case(
        "Eurostat EU-LFS: COEFF, REFYEAR, 9 and 99 not applicable",
        csv_file(
            {
                "COEFF": WEIGHT,
                "REFYEAR": ["2018" if f else "2022" for f in FIRST],
                "SEX": SEX,
                "HATLEV": mixed(TRUST, 9),
            }
        ),
        item="HATLEV",
        by="SEX",
        weight=("COEFF",),
        waves=(HALF,),
        right=SPLIT,
    ),
    "gallup": Case(
        "Gallup World Poll: WGT, YEAR_WAVE, (DK) and (Refused) in brackets",
        sav_file(
            {
                "WPID": list(PEOPLE),
                "WGT": WEIGHT,
                "YEAR_WAVE": [2018 if f else 2022 for f in FIRST],
                "WP1219": SEX,
                "WP128": [
                    98 + i // 15 % 2 if s else t for i, (t, s) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {"WGT": "Weight", "YEAR_WAVE": "Year of Survey", "WP1219": "Gender"},
            {"WP128": {**FOUR, 98: "(DK)", 99: "(Refused)"}},
        ),
        item="WP128",
        by="WP1219",
        weight=("WGT",),
        waves=(HALF,),
        right=SPLIT,
    ),
    "eqls": Case(
        "Eurofound EQLS trend: Wave, w5_EU28 and WCalib",
        sav_file(
            {"Wave": [3 if f else 4 for f in FIRST], "WCalib": WEIGHT, "HH2a": SEX, "Y11": mixed(TRUST, 99)},
            {"Wave": "EQLS Wave", "WCalib": "Calibrated weight", "HH2a": "Gender"},
            {"Y11": {**FOUR, 99: "Refusal (spontaneous)"}},
        ),
        item="Y11",
        by="HH2a",
        weight=("WCalib",),
        waves=({"wave-3": 150, "wave-4": 150},),
        right=by_wave(("wave-3", "wave-4")),
    ),
    "pisa": Case(
        "OECD PISA: W_FSTUWT, W_FSTURWT1-80, CNTSCHID; 95 skip, 97 not applicable, 98 invalid",
        sav_file(
            {
                "CNTSCHID": PSU,
                "CNTSTUID": list(PEOPLE),
                "ST004D01T": SEX,
                "ST": [
                    (95, 97, 98, 99)[i // 15 % 4] if s else t
                    for i, (t, s) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
                "W_FSTUWT": WEIGHT,
                **{
                    f"W_FSTURWT{k}": [w * (0.5 + (i * k % 2)) for i, w in enumerate(WEIGHT)]
                    for k in range(1, 81)
                },
            },
            {
                "CNTSCHID": "Intl. School ID",
                "W_FSTUWT": "FINAL TRIMMED NONRESPONSE ADJUSTED STUDENT WEIGHT",
                "ST004D01T": "Student (Standardized) Gender",
            },
            {"ST": {**FOUR, 95: "Valid Skip", 97: "Not Applicable", 98: "Invalid", 99: "No Response"}},
        ),
        item="ST",
        by="ST004D01T",
        weight=("W_FSTUWT",),
        psu=("CNTSCHID",),
        right=RIGHT,
    ),
    "mics": Case(
        "UNICEF MICS: HH1 cluster, wmweight, stratum, 9 no response",
        sav_file(
            {
                "HH1": PSU,
                "HH2": list(PEOPLE),
                "stratum": STRATUM,
                "wmweight": WEIGHT,
                "HH4": SEX,
                "MT1": mixed(TRUST, 9),
            },
            {
                "HH1": "Cluster number",
                "HH2": "Household number",
                "stratum": "Strata",
                "wmweight": "Women's sample weight",
            },
            {"MT1": {**FOUR, 9: "NO RESPONSE"}},
            {"MT1": [9]},
        ),
        item="MT1",
        by="HH4",
        weight=("wmweight",),
        strata=("stratum",),
        psu=("HH1",),
        right=RIGHT,
    ),
    "piaac": Case(
        "OECD PIAAC in CSV: SPFWT0 and SPFWT1-80; .N .R .D as texts",
        csv_file(
            {
                "SEQID": list(PEOPLE),
                "GENDER_R": SEX,
                "I_Q07": [
                    (".D", ".R", ".N")[i // 15 % 3] if s else t
                    for i, (t, s) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
                "SPFWT0": WEIGHT,
                **{
                    f"SPFWT{k}": [round(w * (0.6 + i * k % 3 / 2), 3) for i, w in enumerate(WEIGHT)]
                    for k in range(1, 81)
                },
            }
        ),
        item="I_Q07",
        by="GENDER_R",
        weight=("SPFWT0",),
        right=RIGHT,
    ),
    "german labels": Case(
        "GESIS ALLBUS kumuliert: year, wghtptew, -9 KEINE ANGABE, -11 TNZ: FILTER",
        dta_file(
            {
                "year": [2018 if f else 2022 for f in FIRST],
                "respid": list(PEOPLE),
                "sex": SEX,
                "pt03": [
                    (-9, -11)[i // 15 % 2] if s else t
                    for i, (t, s) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
                "wghtptew": WEIGHT,
            },
            {"year": "ERHEBUNGSJAHR", "wghtptew": "PERSONENGEWICHT OST-WEST"},
            {
                "pt03": {
                    1: "GAR KEIN VERTRAUEN",
                    2: "WENIG",
                    3: "ETWAS",
                    4: "GROSSES VERTRAUEN",
                    -9: "KEINE ANGABE",
                    -11: "TNZ: FILTER",
                }
            },
        ),
        item="pt03",
        weight=("wghtptew",),
        waves=(HALF,),
        right=SPLIT,
    ),
    "typeform": Case(
        "Typeform CSV: # first, questions as names, Start Date (UTC)",
        csv_file(
            {
                "#": [f"{i:032x}" for i in PEOPLE],
                "Are you...": [("Man", "Woman")[s - 1] for s in SEX],
                "Trust?": mixed(
                    [("Never", "Seldom", "Often", "Always")[t - 1] for t in TRUST], "Prefer not to say"
                ),
                "Start Date (UTC)": ["2024-03-01 10:00:00"] * N,
            }
        ),
        item="Trust?",
        by="Are you...",
        weight=(None,),
        right={
            ("Never", "Seldom", "Often", "Always")[int(k) - 1]: v for k, v in shares(weight=EQUAL).items()
        },
    ),
    "microsoft forms": Case(
        "Microsoft Forms: ID, Begintijd, answers between semicolons; byte order mark",
        csv_file(
            {
                "ID": list(PEOPLE),
                "Begintijd": ["3-1-24 10:00:00"] * N,
                "Geslacht": [("Man", "Vrouw")[s - 1] for s in SEX],
                "Vertrouwen": mixed(
                    [("Nooit", "Soms", "Vaak", "Altijd")[t - 1] for t in TRUST], "Geen antwoord"
                ),
                "Waarom": [("a;b;", "b;")[i % 2] for i in PEOPLE],
                "Weging": COMMA,
            },
            ";",
            "utf-8-sig",
        ),
        item="Vertrouwen",
        by="Geslacht",
        weight=("Weging",),
        right={("Nooit", "Soms", "Vaak", "Altijd")[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
    "codes under the names": Case(
        "SoSci Survey: labels in the second row, -9 not answered, -1 not known",
        csv_file(
            {
                "CASE": list(PEOPLE),
                "A101": SEX,
                "A102": [
                    (-9, -1)[i // 15 % 2] if s else t
                    for i, (t, s) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
                "GEWICHT": COMMA,
            },
            ";",
            under=('"Interview-Nummer";"Geschlecht";"Vertrauen";"Gewicht"',),
        ),
        item="A102",
        by="A101",
        weight=("GEWICHT",),
        right=RIGHT,
    ),
    "two notes below": Case(
        "Eurostat: Source and Last update below the rows",
        csv_file(PLAIN, below="Source: Eurostat,,,\nLast update: 1 March 2024,,,\n"),
        right=RIGHT,
        refused="Source|row 301",
    ),
    "a total in words below": Case(
        "Excel: Totaal below, without a weight",
        csv_file({"id": list(PEOPLE), "sex": SEX, "trust": mixed(TRUST, None)}, below="Totaal,,300\n"),
        weight=(None,),
        right=shares(weight=EQUAL),
        refused="Totaal|total|300",
    ),
    "three weights": Case(
        "LISS-like: gewicht_huishouden and gewicht_persoon",
        csv_file(
            {
                **{k: v for k, v in PLAIN.items() if k != "weight"},
                "gewicht_huishouden": [w * 2 for w in WEIGHT],
                "gewicht_persoon": WEIGHT,
            }
        ),
        weight=("gewicht_persoon",),
        right=RIGHT,
        said="gewicht_huishouden",
    ),
    "a scale with two sides": Case(
        "ESS-like: -2 to 2 with -9 not answered",
        csv_file({**PLAIN, "trust": mixed([t - 2 for t in TRUST], -9)}),
        right=shares([t - 2 for t in TRUST]),
    ),
    "ages up to 99": Case(
        "CBS: a true 99 among ages; nothing is missing",
        csv_file({**PLAIN, "age": [18 + i * 7 % 82 for i in PEOPLE]}),
        right=RIGHT,
        library=("age", "weight", mean([18 + i * 7 % 82 for i in PEOPLE], gone=[False] * N), {}),
    ),
    "waves T0 and T1": Case(
        "trials: timepoint T0 and T1 in a column called meetmoment",
        csv_file(
            {
                "deelnemer": [i % 150 for i in PEOPLE],
                "meetmoment": ["T0" if f else "T1" for f in FIRST],
                "geslacht": SAME,
                "trust": mixed(TRUST, None),
            }
        ),
        by="geslacht",
        weight=(None,),
        psu=("deelnemer", None),
        waves=({"t0": 150, "t1": 150},),
        right=by_wave(("t0", "t1"), EQUAL),
    ),
    "children's years": Case(
        "a year that is no wave: year_of_diploma",
        csv_file({**PLAIN, "year_of_diploma": [1990 + i % 20 for i in PEOPLE]}),
        right=RIGHT,
    ),
    "a scale of spss with one label": Case(
        "SPSS: 1 to 7 with labels at the ends and 9 DK unlabelled",
        sav_file(
            {**PLAIN, "trust": mixed([1 + s % 7 for s in SCORE], 9)},
            None,
            {"trust": {1: "None", 7: "Complete"}},
        ),
        right=shares([1 + s % 7 for s in SCORE]),
        said="9",
    ),
    "spanish barometer": Case(
        "CIS: PESO, NS 8 and NC 9, ESTRATO and ENTREV",
        sav_file(
            {
                "CUES": list(PEOPLE),
                "PESO": WEIGHT,
                "ESTRATO": STRATUM,
                "SEXO": SEX,
                "P1": [
                    8 + i // 15 % 2 if s else t for i, (t, s) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            {
                "PESO": "Ponderación",
                "ESTRATO": "Estrato de muestreo",
                "SEXO": "Sexo de la persona entrevistada",
            },
            {"P1": {1: "Nada", 2: "Poco", 3: "Bastante", 4: "Mucho", 8: "N.S.", 9: "N.C."}},
        ),
        item="P1",
        by="SEXO",
        weight=("PESO",),
        strata=("ESTRATO",),
        right=RIGHT,
    ),
}
