"""CSV files as platforms and offices export them; what is right was written before thuis read any of them."""

from __future__ import annotations

import json

from outside.kinds import (
    EQUAL,
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
    csv_file,
    mean,
    mixed,
    shares,
)

WORDS = ("Not at all", "A little", "Rather", "Completely")
SAID = [WORDS[each - 1] for each in TRUST]
COMMA = [f"{each:.2f}".replace(".", ",") for each in WEIGHT]


def import_id(name: str) -> str:
    return '"' + json.dumps({"ImportId": name}).replace('"', '""') + '"'


QUALTRICS: Columns = {
    "StartDate": ["2024-03-01 10:00:00"] * len(SEX),
    "Status": ["IP Address"] * len(SEX),
    "ResponseId": [f"R_{i:015}" for i in PEOPLE],
    "Q1": SEX,
    "Q2": mixed(TRUST, None),
    "Q3": [("1,3", "2", "1,2,3")[i % 3] for i in PEOPLE],
    "weight": WEIGHT,
}
TITLES = (
    'Start Date,Response Type,Response ID,Are you...,"How much, if at all, do you trust people?",'
    "Which? - Selected Choice,weight"
)
QUALTRICS_UNDER = (TITLES, ",".join(import_id(each) for each in QUALTRICS))
QUALTRICS_WORDS = {**QUALTRICS, "Q1": [("Man", "Woman")[s - 1] for s in SEX], "Q2": mixed(SAID, None)}
HALF = len(SEX) // 2

CASES: dict[str, Case] = {
    "qualtrics, three rows of headers": Case(
        "qualtrics.com understanding-your-dataset: CSV files come with 3 rows of headers",
        csv_file(QUALTRICS, under=QUALTRICS_UNDER),
        item="Q2",
        by="Q1",
        right=RIGHT,
        refused="ImportId|line 2|line 3",
    ),
    "qualtrics, choice text": Case(
        "tufts-oir/QualtricsTools wiki: responses exported as choice text",
        csv_file(QUALTRICS_WORDS, under=QUALTRICS_UNDER),
        item="Q2",
        by="Q1",
        right={WORDS[int(k) - 1]: v for k, v in RIGHT.items()},
        refused="ImportId|line 2|line 3",
    ),
    "surveymonkey, two rows of headers": Case(
        "help.surveymonkey.com: condensed and expanded columns; second row Response, Open-Ended Response",
        csv_file(
            {
                "Respondent ID": [11_000_000_000 + i for i in PEOPLE],
                "Collector ID": [405] * 300,
                "What is your gender?": [("Male", "Female")[s - 1] for s in SEX],
                "How much do you trust people?": mixed(SAID, None),
                "Which of these apply?": [("Work", "")[i % 2] for i in PEOPLE],
                "": [("", "Care")[i % 2] for i in PEOPLE],
                "weight": WEIGHT,
            },
            under=(",,Response,Response,Work,Care,Response",),
        ),
        item="How much do you trust people?",
        by="What is your gender?",
        right={WORDS[int(k) - 1]: v for k, v in RIGHT.items()},
        refused="line 2|row 1",
    ),
    "limesurvey, all quoted": Case(
        "LimeSurvey manual, exporting results; N/A for questions not shown, -oth- for other",
        csv_file(
            {
                "id": list(PEOPLE),
                "submitdate": ["1980-01-01 00:00:00"] * 300,
                "lastpage": [7] * 300,
                "startlanguage": ["nl"] * 300,
                "G01Q01": [f"A{s}" for s in SEX],
                "G01Q02[SQ001]": ["N/A" if no else f"AO0{t}" for t, no in zip(TRUST, SILENT, strict=True)],
                "weight": WEIGHT,
            },
        ),
        item="G01Q02[SQ001]",
        by="G01Q01",
        right={f"AO0{k}": v for k, v in RIGHT.items()},
    ),
    "limesurvey, full answers in Dutch": Case(
        "LimeSurvey manual: full answers, headings as question text",
        csv_file(
            {
                "Antwoord ID": list(PEOPLE),
                "Wat is uw geslacht?": [("Man", "Vrouw")[s - 1] for s in SEX],
                "Vertrouwt u mensen?\n [Meestal]": mixed(
                    [("Nooit", "Soms", "Vaak", "Altijd")[t - 1] for t in TRUST], "Weet niet"
                ),
                "Weging": COMMA,
            },
            ";",
        ),
        item="Vertrouwt u mensen?\n [Meestal]",
        by="Wat is uw geslacht?",
        weight=("Weging",),
        right={("Nooit", "Soms", "Vaak", "Altijd")[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
    "google forms": Case(
        "Google Forms to Sheets to CSV: Timestamp, questions as headers, answers with a comma",
        csv_file(
            {
                "Timestamp": ["2024/03/01 9:21:44 AM GMT+1"] * 300,
                "What is your gender?": [("Man", "Woman")[s - 1] for s in SEX],
                "Do you trust people?": mixed(SAID, None),
                "Which apply? (tick all)": [("A, B", "B", "A")[i % 3] for i in PEOPLE],
            },
        ),
        item="Do you trust people?",
        by="What is your gender?",
        weight=(None,),
        right={WORDS[int(k) - 1]: v for k, v in shares(weight=EQUAL).items()},
    ),
    "redcap, repeated instruments": Case(
        "REDCap CSV raw export: rows of repeated instruments leave the others empty; checkboxes as ___1",
        csv_file(
            {
                "record_id": [i // 2 if i >= 200 else i for i in range(300)] + list(range(100)),
                "redcap_repeat_instrument": [None] * 300 + ["visits"] * 100,
                "redcap_repeat_instance": [None] * 300 + [1] * 100,
                "sex": [*SEX, *[None] * 100],
                "trust": [*mixed(TRUST, None), *[None] * 100],
                "reasons___1": [*[i % 2 for i in PEOPLE], *[None] * 100],
                "weight": [*WEIGHT, *[None] * 100],
                "visit_date": [*[None] * 300, *["2024-01-02"] * 100],
            },
        ),
        right=RIGHT,
        refused="missing in 100 rows|redcap_repeat|repeat",
        weight=("weight", None),
    ),
    "redcap, labels": Case(
        "REDCap CSV labels: Checked and Unchecked, Yes and No",
        csv_file(
            {
                "Record ID": list(PEOPLE),
                "Sex": [("Male", "Female")[s - 1] for s in SEX],
                "Trust (choice=Police)": [("Checked", "Unchecked")[t > 2] for t in TRUST],
                "Survey weight": WEIGHT,
            }
        ),
        item="Trust (choice=Police)",
        by="Sex",
        weight=("Survey weight",),
        right={
            "Checked": sum(shares(gone=[False] * 300)[k] for k in "12"),
            "Unchecked": sum(shares(gone=[False] * 300)[k] for k in "34"),
        },
    ),
    "kobo": Case(
        "KoboToolbox: semicolons, select_multiple as one column and one per choice, _id and _uuid",
        csv_file(
            {
                "start": ["2024-03-01T10:00:00.000+01:00"] * 300,
                "group/sex": SEX,
                "group/trust": mixed(TRUST, None),
                "reasons": [("1 3", "2")[i % 2] for i in PEOPLE],
                "reasons/1": [1 - i % 2 for i in PEOPLE],
                "reasons/2": [i % 2 for i in PEOPLE],
                "weight": WEIGHT,
                "_id": [360_000_000 + i for i in PEOPLE],
                "_uuid": [f"{i:032x}" for i in PEOPLE],
            },
            ";",
        ),
        item="group/trust",
        by="group/sex",
        right=RIGHT,
    ),
    "castor, numbers": Case(
        "castoredc: missing as -95 to -99 in numbers",
        csv_file(
            {
                "Participant Id": [f"11{i:04}" for i in PEOPLE],
                "Participant Status": ["Not Set"] * 300,
                "sex": SEX,
                "trust": mixed(TRUST, -99),
                "weight": WEIGHT,
            },
            ";",
        ),
        right=RIGHT,
    ),
    "castor, texts": Case(
        "castoredc/castoRedc README: ##USER_MISSING_95## to 99 in other fields",
        csv_file(
            {
                "Participant Id": list(PEOPLE),
                "sex": SEX,
                "trust": mixed(SAID, "##USER_MISSING_99##"),
                "weight": WEIGHT,
            },
            ";",
        ),
        right={WORDS[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
    "survey solutions, csv of its tab file": Case(
        "docs.mysurvey.solutions: -999999999 and ##N/A## are missing",
        csv_file(
            {
                "interview__key": [f"{i:02}-00-00-00" for i in PEOPLE],
                "sex": SEX,
                "trust": mixed(TRUST, -999999999),
                "weight": WEIGHT,
            }
        ),
        right=RIGHT,
    ),
    "excel german": Case(
        "Excel of a German locale: semicolons, commas, cp1252",
        csv_file(
            {
                "Lfd. Nr.": list(PEOPLE),
                "Geschlecht": [("männlich", "weiblich")[s - 1] for s in SEX],
                "Vertrauen": mixed(
                    [("gar nicht", "etwas", "ziemlich", "völlig")[t - 1] for t in TRUST], "weiß nicht"
                ),
                "Gewichtungsfaktor": COMMA,
            },
            ";",
            "cp1252",
            end="\r\n",
        ),
        item="Vertrauen",
        by="Geschlecht",
        weight=("Gewichtungsfaktor",),
        right={("gar nicht", "etwas", "ziemlich", "völlig")[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
    "excel french": Case(
        "Excel of a French locale: a mark of UTF-8, semicolons, commas",
        csv_file(
            {
                "N° répondant": list(PEOPLE),
                "sexe": SEX,
                "confiance": mixed(TRUST, "NSP"),
                "pondération": COMMA,
            },
            ";",
            "utf-8-sig",
            end="\r\n",
        ),
        item="confiance",
        by="sexe",
        weight=("pondération",),
        right=RIGHT,
    ),
    "excel dutch, weights to the population": Case(
        "Excel of a Dutch locale: points between thousands, commas before decimals",
        csv_file(
            {
                "Respnr": list(PEOPLE),
                "Geslacht": SEX,
                "Vertrouwen": mixed(TRUST, 9),
                "Weegfactor": [
                    f"{w * 1000 + 1000:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
                    for w in WEIGHT
                ],
            },
            ";",
            end="\r\n",
        ),
        item="Vertrouwen",
        by="Geslacht",
        weight=("Weegfactor",),
        right=shares(weight=[w * 1000 + 1000 for w in WEIGHT]),
    ),
    "sep= and tabs": Case(
        "superuser.com: sep= in the first line", csv_file(PLAIN, "\t", above="sep=\t"), right=RIGHT
    ),
    "decimal commas between commas": Case(
        "stackoverflow 2011: quoted numbers with commas in a comma file",
        csv_file({**PLAIN, "weight": COMMA}),
        right=RIGHT,
    ),
    "a delimiter at the end of every row": Case(
        "pandas issue: trailing delimiters", csv_file(PLAIN, tail=",,"), right=RIGHT
    ),
    "the name twice": Case(
        "pandas mangle_dupe_cols: duplicate headers",
        csv_file(
            {"id": list(PEOPLE), "sex": SEX, "trust": mixed(TRUST, None), "weight": WEIGHT, "x": TRUST},
            head="id,sex,trust,weight,trust",
        ),
        refused="twice",
    ),
    "names that differ in case": Case(
        "R is case sensitive: Weight and weight",
        csv_file({**PLAIN, "Weight": [60 + i % 30 for i in PEOPLE]}),
        right=RIGHT,
    ),
    "the header again between two exports": Case(
        "cat a.csv b.csv: the header of the second stays",
        csv_file({k: [*v[:HALF], k, *v[HALF:]] for k, v in PLAIN.items()}),
        right=RIGHT,
        refused="row 151|line 152",
    ),
    "a source below, padded": Case(
        "statistical offices: Source: in a footer, padded with delimiters by Excel",
        csv_file(PLAIN, below=",,,\nSource: Statistics Nowhere 2024,,,\n"),
        right=RIGHT,
        refused="row 301|line 303|Source",
    ),
    "a source below, without weights": Case(
        "the same without a weight that would tell",
        csv_file(
            {"id": list(PEOPLE), "sex": SEX, "trust": mixed(TRUST, None)},
            below="Source: Statistics Nowhere 2024,,\n",
        ),
        weight=(None,),
        right=shares(weight=EQUAL),
        refused="row 301|line 302|Source",
        said="Source|line 302|row 301",
    ),
    "units under the names": Case(
        "data loggers and offices: a row of units",
        csv_file(PLAIN, under=("(number),(code),(code),(factor)",)),
        right=RIGHT,
        refused="row 1|line 2|factor",
    ),
    "labels under the names": Case(
        "Stata export, REDCap: labels in the second row",
        csv_file(PLAIN, under=("Number,Sex of respondent,Trust in people,Weight",)),
        right=RIGHT,
        refused="row 1|line 2|Sex of",
    ),
    "income with thousands and commas": Case(
        "readr locale: grouping marks",
        csv_file({**PLAIN, "income": [f"{1000 + 37 * i:,}" for i in PEOPLE]}),
        right=RIGHT,
        library=("income", "weight", "number|text|thousands", {}),
    ),
    "percentages": Case(
        "readr parse_number: 45%",
        csv_file({**PLAIN, "share": [f"{i % 100}%" for i in PEOPLE]}),
        right=RIGHT,
        library=("share", "weight", "number|text", {}),
    ),
    "money": Case(
        "readr parse_number: euros",
        csv_file({**PLAIN, "income": [f"€ 1.{i + 100:03},00" for i in PEOPLE]}, ";"),
        right=RIGHT,
        library=("income", "weight", "number|text", {"delimiter": ";"}),
    ),
    "british codes below nought": Case(
        "UK Data Service: -9 refused, -8 don't know, -1 not applicable, without labels",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    (-9, -8, -1)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            }
        ),
        right=RIGHT,
    ),
    "98 and 99 without labels": Case(
        "haven #596 and many",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    98 + i % 2 if no else t for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            }
        ),
        right=RIGHT,
    ),
    "nought to ten with 77, 88, 99": Case(
        "ESS in CSV: 77 refusal, 88 don't know, 99 no answer",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    (77, 88, 99)[i // 15 % 3] if no else t
                    for i, (t, no) in enumerate(zip(SCORE, SILENT, strict=True))
                ],
            }
        ),
        mean=mean(),
        library=("trust", "weight", mean(), {"missing": {"trust": (77, 88, 99)}}),
    ),
    "nought to ten with n/a": Case(
        "stackoverflow: mixed missing words in a number",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    ("n/a", "NA", "-", ".")[i // 15 % 4] if no else t
                    for i, (t, no) in enumerate(zip(SCORE, SILENT, strict=True))
                ],
            }
        ),
        mean=mean(),
        refused="not a number",
    ),
    "words for nothing": Case(
        "readr na=: n/a, N.v.t., -, ?, .",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    ("n/a", "N.v.t.", "-", "?", ".", "#N/A", "NULL", "nan")[i // 15 % 8] if no else each
                    for i, (each, no) in enumerate(zip(SAID, SILENT, strict=True))
                ],
            }
        ),
        right={WORDS[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
    "truths of Excel in Dutch": Case(
        "Excel of a Dutch locale: WAAR and ONWAAR",
        csv_file({**PLAIN, "trust": mixed([("WAAR", "ONWAAR")[t % 2] for t in TRUST], None)}, ";"),
        right={"WAAR": RIGHT["2"] + RIGHT["4"], "ONWAAR": RIGHT["1"] + RIGHT["3"]},
    ),
    "truths in two ways": Case(
        "two interviewers: yes, Yes and YES",
        csv_file(
            {
                **PLAIN,
                "trust": mixed(
                    [(("yes", "Yes", "YES")[i % 3], "no")[t % 2] for i, t in enumerate(TRUST)], None
                ),
            }
        ),
        right={"YES": RIGHT["2"] + RIGHT["4"], "no": RIGHT["1"] + RIGHT["3"]},
        said="yes.*YES|YES.*yes|two ways|capitals",
    ),
    "a cross for yes": Case(
        "Excel forms: x or nothing",
        csv_file({**PLAIN, "trust": ["x" if t > 2 else None for t in TRUST]}),
        refused="one code|has one",
    ),
    "dates of Excel": Case(
        "Excel serial numbers: 45352",
        csv_file({"datum": [45352 + i % 20 for i in PEOPLE], **PLAIN}),
        right=RIGHT,
    ),
    "times": Case(
        "Excel: 08:30",
        csv_file({"start": [f"{8 + i % 9:02}:{i % 60:02}" for i in PEOPLE], **PLAIN}),
        right=RIGHT,
    ),
    "households beyond 2^53": Case(
        "haven #323 and bit64: ids of 19 digits",
        csv_file({**PLAIN, "psu": [9_007_199_254_740_993 + i // 3 for i in PEOPLE]}),
        psu=("psu",),
        right=RIGHT,
    ),
    "households of Excel": Case(
        "Excel: 1,23457E+15",
        csv_file({**PLAIN, "psu": ["1,23457E+15"] * 100 + ["1,23458E+15"] * 200, "weight": COMMA}, ";"),
        right=RIGHT,
        refused="E\\+15",
    ),
    "several lines within an answer": Case(
        "RFC 4180: line ends within quotes, quotes doubled",
        csv_file(
            {
                "id": list(PEOPLE),
                "why": ['He said "no",\nthen left; 1,5' if i % 7 == 0 else "" for i in PEOPLE],
                **{k: v for k, v in PLAIN.items() if k != "id"},
            }
        ),
        right=RIGHT,
    ),
    "pipes": Case("databases: | between fields", csv_file(PLAIN, "|"), right=RIGHT),
    "unicode text of Excel": Case(
        "Excel: Unicode Text is UTF-16 with tabs", csv_file(PLAIN, "\t", "utf-16", end="\r\n"), right=RIGHT
    ),
    "row names of R": Case(
        "write.csv row.names",
        csv_file({"": [str(i + 1) for i in PEOPLE], **PLAIN}, head='"","id","sex","trust","weight"'),
        right=RIGHT,
    ),
    "numbers with some words": Case(
        "labelled ends: 1 - Not at all",
        csv_file(
            {
                **PLAIN,
                "trust": mixed(
                    [{1: "1 - Not at all", 4: "4 - Completely"}.get(t, str(t)) for t in TRUST],
                    "9 - Don't know",
                ),
            }
        ),
        right={{"1": "1 - Not at all", "4": "4 - Completely"}.get(k, k): v for k, v in RIGHT.items()},
    ),
    "keys of statistics netherlands": Case(
        "CBS microdata: RINPERSOON with zeros in front, decimal commas, Gemeente with zeros",
        csv_file(
            {
                "RINPERSOONS": ["R"] * 300,
                "RINPERSOON": [f"{i:09}" for i in PEOPLE],
                "GESLACHT": SEX,
                "VERTROUWEN": mixed(TRUST, 9),
                "Ophoogfactor": COMMA,
                "Gem": [f"{i // 30:04}" for i in PEOPLE],
            },
            ";",
        ),
        item="VERTROUWEN",
        by="GESLACHT",
        weight=("Ophoogfactor",),
        right=RIGHT,
    ),
    "american community survey": Case(
        "Census PUMS: PWGTP and 80 replicates, that add up to the population",
        csv_file(
            {
                "SERIALNO": [f"2019GQ{i:07}" for i in PEOPLE],
                "PWGTP": [int(100 * w) for w in WEIGHT],
                "SEX": SEX,
                "MAR": mixed(TRUST, None),
                **{
                    f"PWGTP{k}": [int(100 * w) + (i * k % 7) for i, w in enumerate(WEIGHT)]
                    for k in range(1, 81)
                },
            }
        ),
        item="MAR",
        by="SEX",
        weight=("PWGTP",),
        right=shares(weight=[int(100 * w) for w in WEIGHT]),
    ),
    "weights that are percentages of n": Case(
        "weights in per cent with a comma: 85,0",
        csv_file({**PLAIN, "weight": [f"{100 * w:.1f}".replace(".", ",") for w in WEIGHT]}, ";"),
        right=RIGHT,
    ),
    "a total of weights below": Case(
        "Excel: a sum under the column",
        csv_file(PLAIN, below=f",,,{sum(WEIGHT):.2f}\n"),
        right=RIGHT,
        refused="total",
    ),
    "spaces in the header": Case(
        "pandas: KeyError for ' trust'",
        csv_file(PLAIN, head="id, sex , trust, weight"),
        right=RIGHT,
    ),
    "a mark of order in the middle of the names": Case(
        "BOM kept in the first name: \\ufeffid",
        csv_file(PLAIN, encoding="utf-8-sig", above=""),
        right=RIGHT,
    ),
    "apostrophes that force text": Case(
        "Excel: '1",
        csv_file({**PLAIN, "trust": mixed([f"'{t}" for t in TRUST], None)}),
        right={f"'{k}": v for k, v in RIGHT.items()},
    ),
    "sex as numbers with decimals": Case(
        "pandas: integers with missing become 1.0",
        csv_file({**PLAIN, "trust": mixed([f"{t}.0" for t in TRUST], None)}),
        right={f"{k}.0": v for k, v in RIGHT.items()},
    ),
    "strata and units by odd names": Case(
        "Chile's CASEN: expr, varstrat, varunit",
        csv_file(
            {
                "folio": list(PEOPLE),
                "sexo": SEX,
                "confianza": mixed(TRUST, 9),
                "expr": [int(100 * w) for w in WEIGHT],
                "varstrat": STRATUM,
                "varunit": PSU,
            }
        ),
        item="confianza",
        by="sexo",
        weight=("expr",),
        strata=("varstrat",),
        psu=("varunit",),
        right=shares(weight=[int(100 * w) for w in WEIGHT]),
    ),
}
