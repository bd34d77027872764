"""A fifth batch, written after the third and the fourth were mended.

At first sight 25 right, 1 refused, 1 said, 1 unclear, 2 silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from outside.kinds import (
    EQUAL,
    EVEN,
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
from outside.third import worded

FOUR = {1: "Not at all", 2: "Not very much", 3: "Somewhat", 4: "A great deal"}
MF = {1: "Male", 2: "Female"}
YEAR = [2018 if f else 2022 for f in FIRST]
HALF = {"2018": N // 2, "2022": N // 2}
SPLIT = by_wave(("2018", "2022"))
TESTED = [i % 10 == 3 for i in PEOPLE]
AGREE = ("Trifft voll zu", "Trifft eher zu", "Trifft eher nicht zu", "Trifft nicht zu")
EENS = ("Zeer mee eens", "Mee eens", "Niet mee eens", "Zeer mee oneens")
TWICE_GONE = [a or b for a, b in zip(SILENT, TESTED, strict=True)]


def gone(*codes: Any, of: Sequence[Any] = TRUST) -> list[Any]:
    """Answers, and for the silent each of the codes in turn."""
    return [
        codes[i // 15 % len(codes)] if no else a for i, (a, no) in enumerate(zip(of, SILENT, strict=True))
    ]


def xpt(columns: Columns) -> Write:
    def write(folder: Path) -> Path:
        path = folder / "a.xpt"
        frame = pl.DataFrame(dict(columns), strict=False).to_pandas().astype(float)
        pyreadstat.write_xport(frame, str(path), file_format_version=5)
        return path

    return write


CASES: dict[str, Case] = {
    "agreement in german": Case(
        "GESIS panel: trifft nicht zu is an answer of a scale",
        sav_file(PLAIN, None, {"trust": dict(enumerate(AGREE, 1))}),
        right=RIGHT,
    ),
    "agreement in german, words": Case(
        "LimeSurvey full answers in German, keine Antwort",
        csv_file({**PLAIN, "trust": mixed([AGREE[t - 1] for t in TRUST], "Keine Antwort")}, ";"),
        right=worded(RIGHT, AGREE),
    ),
    "eens and oneens with a middle code": Case(
        "SCP .sav: 1 to 4, 9 = geen mening (niet voorgelezen)",
        sav_file(
            {**PLAIN, "trust": mixed(TRUST, 9)},
            None,
            {"trust": {**dict(enumerate(EENS, 1)), 9: "geen mening (niet voorlezen)"}},
        ),
        right=RIGHT,
    ),
    "pew": Case(
        "Pew Research ATP .sav: WEIGHT_W119, QKEY, 99 Refused; DEVICE_TYPE_W119, F_GENDER",
        sav_file(
            {
                "QKEY": [100_000 + i for i in PEOPLE],
                "INTERVIEW_START_W119": ["2022-12-12 10:00:00"] * N,
                "DEVICE_TYPE_W119": [1 + i % 3 for i in PEOPLE],
                "TRUST_W119": gone(99),
                "F_GENDER": SEX,
                "WEIGHT_W119": WEIGHT,
            },
            {"QKEY": "Unique ID", "TRUST_W119": "TRUST. How much...", "F_GENDER": "Gender"},
            {"TRUST_W119": {**FOUR, 99: "Refused"}, "F_GENDER": {1: "A man", 2: "A woman", 99: "Refused"}},
        ),
        item="TRUST_W119",
        by="F_GENDER",
        weight=("WEIGHT_W119",),
        right=RIGHT,
    ),
    "yougov": Case(
        "YouGov .sav: caseid, weight, skipped 998 and not asked 999",
        sav_file(
            {"caseid": list(PEOPLE), "weight": WEIGHT, "gender": SEX, "q1": gone(998, 999)},
            {"weight": "weight", "q1": "Trust"},
            {"q1": {**FOUR, 998: "skipped", 999: "not asked"}},
        ),
        item="q1",
        by="gender",
        right=RIGHT,
    ),
    "ces": Case(
        "CES: commonweight, commonpostweight, vvweight; 8 skipped and 9 not asked",
        dta_file(
            {
                "caseid": list(PEOPLE),
                "commonweight": WEIGHT,
                "commonpostweight": [w if i % 5 else None for i, w in enumerate(WEIGHT)],
                "gender4": SEX,
                "CC22": gone(8, 9),
            },
            {"commonweight": "Common content weight", "commonpostweight": "Post-election weight"},
            {"CC22": {**FOUR, 8: "skipped", 9: "not asked"}},
        ),
        item="CC22",
        by="gender4",
        weight=("commonweight",),
        right=RIGHT,
    ),
    "nhanes days in transport format": Case(
        "NHANES .xpt: 0 to 10 with 77 and 99, weights and pseudo units",
        xpt(
            {
                "SEQN": list(PEOPLE),
                "RIAGENDR": SEX,
                "SLQ": gone(77, 99, of=SCORE),
                "WTINT2YR": WEIGHT,
                "SDMVPSU": [1 + p % 2 for p in PSU],
                "SDMVSTRA": STRATUM,
            }
        ),
        item="SLQ",
        by="RIAGENDR",
        weight=("WTINT2YR",),
        strata=("SDMVSTRA",),
        psu=("SDMVPSU",),
        mean=mean(),
    ),
    "tab of an archive": Case(
        "Dataverse: .tab with text in quotes, decimals, missing as empty",
        csv_file({**PLAIN, "note": [f'"a ""b"" {i}"' for i in PEOPLE]}, "\t", name="a.tab"),
        right=RIGHT,
    ),
    "txt with semicolons": Case(
        "CBS StatLine-like: .txt between semicolons, decimal commas",
        csv_file({**PLAIN, "weight": [str(w).replace(".", ",") for w in WEIGHT]}, ";", name="a.txt"),
        right=RIGHT,
    ),
    "surveymonkey numeric": Case(
        "SurveyMonkey actual answer text: respondent id of ten digits, Collector ID, second row Response",
        csv_file(
            {
                "Respondent ID": [11_000_000_000 + i for i in PEOPLE],
                "Collector ID": [400_000_000 + i % 2 for i in PEOPLE],
                "Start Date": ["03/01/2024 10:00:00 AM"] * N,
                "What is your gender?": [("Female", "Male")[s - 1] for s in SEX],
                "How much trust?": mixed([FOUR[t] for t in TRUST], None),
            },
            under=(",,,Response,Response",),
        ),
        item="How much trust?",
        by="What is your gender?",
        weight=(None,),
        right={FOUR[int(k)]: v for k, v in EVEN.items()},
    ),
    "alchemer": Case(
        "Alchemer: Status Complete, Partial, Disqualified; Time Started; Legacy",
        csv_file(
            {
                "Response ID": list(PEOPLE),
                "Time Started": ["2024-03-01 10:00:00"] * N,
                "Status": ["Partial" if t else "Complete" for t in TESTED],
                "Gender": SEX,
                "Trust": mixed(TRUST, None, TWICE_GONE),
            }
        ),
        item="Trust",
        by="Gender",
        weight=(None,),
        right=shares(weight=EQUAL, gone=TWICE_GONE),
        said="Partial",
    ),
    "microsoft forms with points": Case(
        "Microsoft Forms quiz: Punten and Feedback columns beside each question; Laatst gewijzigd",
        csv_file(
            {
                "Id": list(PEOPLE),
                "Begintijd": ["3-1-24 10:00"] * N,
                "Tijd van voltooien": ["3-1-24 10:05"] * N,
                "Geslacht": [("Man", "Vrouw")[s - 1] for s in SEX],
                "Punten - Geslacht": [None] * N,
                "Vertrouwen": mixed([EENS[t - 1] for t in TRUST], "Wil ik niet zeggen"),
                "Punten - Vertrouwen": [0] * N,
            },
            ";",
        ),
        item="Vertrouwen",
        by="Geslacht",
        weight=(None,),
        right=worded(EVEN, EENS),
    ),
    "survalyzer": Case(
        "Survalyzer: InterviewStatus Completed, ScreenedOut; -66 hidden, -77 not seen, -99 no answer",
        csv_file(
            {
                "InterviewId": list(PEOPLE),
                "InterviewStatus": ["ScreenedOut" if t else "Completed" for t in TESTED],
                "q1": SEX,
                "q2": [
                    -77 if t else (-99, -66)[i // 15 % 2] if no else a
                    for i, (t, no, a) in enumerate(zip(TESTED, SILENT, TRUST, strict=True))
                ],
            },
            ";",
        ),
        item="q2",
        by="q1",
        weight=(None,),
        right=shares(weight=EQUAL, gone=TWICE_GONE),
        said="ScreenedOut",
    ),
    "redcap, incomplete forms": Case(
        "REDCap: survey_complete 0 incomplete, 1 unverified, 2 complete; record_id, redcap_survey_identifier",
        csv_file(
            {
                "record_id": list(PEOPLE),
                "redcap_survey_identifier": [None] * N,
                "survey_timestamp": ["[not completed]" if t else "2024-03-01 10:00:00" for t in TESTED],
                "sex": SEX,
                "trust": mixed(TRUST, None, TWICE_GONE),
                "survey_complete": [0 if t else 2 for t in TESTED],
            }
        ),
        weight=(None,),
        right=shares(weight=EQUAL, gone=TWICE_GONE),
        said="survey_complete|survey_timestamp",
    ),
    "kobo, not approved": Case(
        "KoboToolbox: _validation_status Not approved; consent no",
        csv_file(
            {
                "start": ["2024-03-01T10:00:00.000+01:00"] * N,
                "demo/sex": [("male", "female")[s - 1] for s in SEX],
                "att/trust": [
                    "much" if t else None if no else ("none", "little", "some", "much")[a - 1]
                    for t, no, a in zip(TESTED, SILENT, TRUST, strict=True)
                ],
                "_id": [90_000 + i for i in PEOPLE],
                "_validation_status": ["Not approved" if t else "Approved" for t in TESTED],
            },
            ";",
        ),
        item="att/trust",
        by="demo/sex",
        weight=(None,),
        right={
            ("none", "little", "some", "much")[int(k) - 1]: v
            for k, v in shares(weight=EQUAL, gone=TWICE_GONE).items()
        },
        n=(N - sum(TESTED),),
        said="_validation_status",
    ),
    "ages that became days": Case(
        "Excel in English: 10-14 becomes Oct-14, 5-9 becomes 05-Sep",
        csv_file({**PLAIN, "trust": mixed([("0-4", "05-Sep", "Oct-14", "15+")[t - 1] for t in TRUST], None)}),
        right={("0-4", "05-Sep", "Oct-14", "15+")[int(k) - 1]: v for k, v in RIGHT.items()},
        said="05-Sep",
    ),
    "a share that became a fraction": Case(
        "Excel: percentages shown as 85%, weights as 1.15",
        csv_file({**PLAIN, "weight": [f"{round(100 * w)}%" for w in WEIGHT]}),
        right=RIGHT,
        refused="%",
        weight=("weight",),
    ),
    "weights with a unit": Case(
        "somebody wrote 1.15x",
        csv_file({**PLAIN, "weight": [f"{w}x" for w in WEIGHT]}),
        refused="no plain number",
    ),
    "weight called factor": Case(
        "Dutch agencies: factor, herwogen; wegingsfactor in the label of a .sav",
        sav_file(
            {"respnr": list(PEOPLE), "geslacht": SEX, "v1": mixed(TRUST, 99), "factor": WEIGHT},
            {"factor": "Wegingsfactor"},
            {"v1": {**dict(enumerate(EENS, 1)), 99: "Weet niet / wil niet zeggen"}},
        ),
        item="v1",
        by="geslacht",
        weight=("factor",),
        right=RIGHT,
    ),
    "a weight for each year": Case(
        "panels: weight2018 holds in 2018 and weight2022 in 2022",
        csv_file(
            {
                **{k: v for k, v in PLAIN.items() if k != "weight"},
                "jaar": YEAR,
                "weight2018": [w if f else None for f, w in zip(FIRST, WEIGHT, strict=True)],
                "weight2022": [None if f else w for f, w in zip(FIRST, WEIGHT, strict=True)],
            }
        ),
        waves=(HALF,),
        weight=("weight2018", "weight2022"),
        right=SPLIT,
    ),
    "the answers of a wave in words": Case(
        "trackers: codes in 2018, words in 2022",
        csv_file(
            {
                **PLAIN,
                "jaar": YEAR,
                "trust": mixed([str(t) if f else FOUR[t] for f, t in zip(FIRST, TRUST, strict=True)], None),
            }
        ),
        waves=(HALF,),
        right={
            "2018": SPLIT["2018"],
            "2022": {FOUR[int(k)]: v for k, v in SPLIT["2022"].items()},
        },
        said="trust: .*nobody in wave",
    ),
    "partly merged": Case(
        "a left join by hand: ten people twice with another answer",
        csv_file({k: [v[i] for i in [*PEOPLE, *range(10)]] for k, v in {**PLAIN, "extra": SCORE}.items()}),
        right=RIGHT,
        n=(N,),
        refused="same as a row before",
    ),
    "household members in rows": Case(
        "household surveys: hhid with members in rows, the weight of the household, id of a member",
        csv_file(
            {
                "hhid": [1000 + i // 3 for i in PEOPLE],
                "member": [1 + i % 3 for i in PEOPLE],
                "sex": SEX,
                "trust": mixed(TRUST, None),
                "hhweight": [WEIGHT[i // 3 * 3] for i in PEOPLE],
            }
        ),
        weight=("hhweight",),
        psu=("hhid", None),
        right=shares(weight=[WEIGHT[i // 3 * 3] for i in PEOPLE]),
    ),
    "replicates of brr": Case(
        "ACS-like: BRR weights brr1 to brr64 beside finalwgt",
        csv_file(
            {
                **{k: v for k, v in PLAIN.items() if k != "weight"},
                "finalwgt": [1000 * w for w in WEIGHT],
                **{
                    f"brr{k}": [round(1000 * w * (0.5 + i * k % 2), 1) for i, w in enumerate(WEIGHT)]
                    for k in range(1, 65)
                },
            }
        ),
        weight=("finalwgt",),
        right=RIGHT,
    ),
    "top-coded income": Case(
        "microdata: income with 999999 for top-coded and 9999999 unknown, unlabelled; the library says so",
        csv_file(
            {**PLAIN, "income": [9999999 if s else 20_000 + 37 * i % 60_000 for i, s in enumerate(SILENT)]}
        ),
        library=("income", "weight", "9999999", {}),
    ),
    "don't know inside a scale of labels": Case(
        "Eurobarometer: 1 to 4 and 5 DK in words with a code in front",
        csv_file({**PLAIN, "trust": mixed([f"{t} - {FOUR[t]}" for t in TRUST], "5 - DK (SPONTANEOUS)")}),
        right={f"{k} - {FOUR[int(k)]}": v for k, v in RIGHT.items()},
    ),
    "labels with html": Case(
        "Qualtrics and LimeSurvey: tags and entities in the answers",
        csv_file(
            {
                **PLAIN,
                "trust": mixed(
                    [
                        f"<strong>{FOUR[t]}</strong>" if i % 2 else f"{FOUR[t]}&nbsp;"
                        for i, t in enumerate(TRUST)
                    ],
                    None,
                ),
            }
        ),
        right={f"<strong>{FOUR[int(k)]}</strong>": v for k, v in RIGHT.items()},
        said="taken for one answer",
    ),
    "sas missings in csv": Case(
        "SAS exports: . and .A to .Z among codes",
        csv_file({**PLAIN, "trust": gone(".", ".A", ".Z")}),
        right=RIGHT,
        library=("trust", "weight", mean(TRUST), {"missing": {"trust": (".", ".A", ".Z")}}),
    ),
    "zero means never": Case(
        "time use: 0 to 7 days, 0 is never, 98 and 99 without labels",
        csv_file({**PLAIN, "trust": gone(98, 99, of=[s % 8 for s in SCORE])}),
        right=shares([s % 8 for s in SCORE]),
        said="98, 99",
    ),
    "a country called NA": Case(
        "ISO codes: NA is Namibia among NL, BE and DE",
        csv_file({**PLAIN, "trust": mixed([("NL", "BE", "DE", "NA")[t - 1] for t in TRUST], None)}),
        right={("NL", "BE", "DE", "NA")[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
}
