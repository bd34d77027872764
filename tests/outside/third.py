"""A third batch, of survey tools and spreadsheets.

At first sight 7 right, 1 refused, 4 said, 3 unclear, 13 silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from outside.kinds import (
    EQUAL,
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
    Write,
    csv_file,
    mixed,
    shares,
)

FOUR = ("Helemaal niet", "Niet zo veel", "Enigszins", "Heel veel")
WORDS = [FOUR[t - 1] for t in TRUST]
MV = [("Man", "Vrouw")[s - 1] for s in SEX]
TESTED = [i % 10 == 3 for i in PEOPLE]
"""Rows that people who made the questionnaire filled in to try it."""
BROKEN = [i % 12 == 5 for i in PEOPLE]
"""Who stopped before the question."""
UNTIL = [no or gone for no, gone in zip(SILENT, BROKEN, strict=True)]
HALF = {"2018": N // 2, "2022": N // 2}


def worded(share: dict[str, float], words: Sequence[str] = FOUR) -> dict[str, float]:
    """The same shares by the words of the answers."""
    return {words[int(k) - 1]: v for k, v in share.items()}


def without(gone: Sequence[bool], weight: Sequence[float] = WEIGHT) -> dict[str, float]:
    """The shares when more people than the silent do not count."""
    return shares(weight=weight, gone=[a or b for a, b in zip(SILENT, gone, strict=True)])


def text_file(text: str, name: str = "a.csv", encoding: str = "utf-8") -> Write:
    """A file of any text."""

    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


TESTS = sum(TESTED)
QUALTRICS_HEAD = (
    "Start Date,Response Type,Finished,Response ID,Are you...,Do you trust people?",
    '"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""finished""}",'
    '"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"',
)


def qualtrics(status: Sequence[Any], finished: Sequence[Any], trust: Sequence[Any]) -> Write:
    """The three rows of names of Qualtrics with its own columns in front."""
    return csv_file(
        {
            "StartDate": ["2024-03-01 10:00:00"] * N,
            "Status": status,
            "Finished": finished,
            "ResponseId": [f"R_{i:015x}" for i in PEOPLE],
            "Q1": SEX,
            "Q2": trust,
        },
        under=QUALTRICS_HEAD,
    )


LONG_ID = [i for i in PEOPLE for _ in range(2)]
LONG = [v for t, s in zip(TRUST, SCORE, strict=True) for v in (t, 1 + s % 4)]


def _long() -> dict[str, float]:
    """What counting every row gives: two questions as if they were one, which must be said."""
    return {str(k): 100 * LONG.count(k) / len(LONG) for k in (1, 2, 3, 4)}


DOS = ("geïnteresseerd", "één keer", "soms", "niet")

CASES: dict[str, Case] = {
    "qualtrics, previews": Case(
        "qualtrics.com understanding-your-dataset: Status 1 is a survey preview, 0 a response",
        qualtrics(
            [int(t) for t in TESTED],
            [1] * N,
            [4 if t else None if no else a for t, a, no in zip(TESTED, TRUST, SILENT, strict=True)],
        ),
        item="Q2",
        by="Q1",
        weight=(None,),
        right=without(TESTED, EQUAL),
        n=(N - TESTS,),
        said="preview|Status",
    ),
    "qualtrics, previews in words": Case(
        "qualtrics.com: Status IP Address, Survey Preview, Survey Test; choice text",
        qualtrics(
            [
                ("Survey Preview", "Survey Test")[i // 10 % 2] if t else "IP Address"
                for i, t in enumerate(TESTED)
            ],
            ["True"] * N,
            [4 if t else None if no else a for t, a, no in zip(TESTED, TRUST, SILENT, strict=True)],
        ),
        item="Q2",
        by="Q1",
        weight=(None,),
        right=without(TESTED, EQUAL),
        n=(N - TESTS,),
        said="[Pp]review|Status",
    ),
    "qualtrics, unfinished": Case(
        "qualtrics.com: recorded partial responses have Finished False",
        qualtrics(["IP Address"] * N, ["False" if b else "True" for b in BROKEN], mixed(TRUST, None, UNTIL)),
        item="Q2",
        by="Q1",
        weight=(None,),
        right=shares(weight=EQUAL, gone=UNTIL),
        said="Finished",
    ),
    "limesurvey, incomplete": Case(
        "LimeSurvey: an empty submitdate is an incomplete response; answer codes, lastpage, seed",
        csv_file(
            {
                "id": list(PEOPLE),
                "submitdate": [None if b else "2024-03-01 10:00:00" for b in BROKEN],
                "lastpage": [1 if b else 4 for b in BROKEN],
                "startlanguage": ["nl"] * N,
                "seed": [1_000_000_007 + 31 * i for i in PEOPLE],
                "G01Q01": [("F", "M")[s - 1] for s in SEX],
                "G02Q05[SQ001]": [f"AO0{t}" if not no else None for t, no in zip(TRUST, UNTIL, strict=True)],
            }
        ),
        item="G02Q05[SQ001]",
        by="G01Q01",
        weight=(None,),
        right={f"AO0{k}": v for k, v in shares(weight=EQUAL, gone=UNTIL).items()},
        said="submitdate",
    ),
    "a panel's screen-outs": Case(
        "panel exports: status Complete, Screen Out, Quota Full; they answered the first page",
        csv_file(
            {
                **{k: v for k, v in PLAIN.items() if k not in ("trust", "weight")},
                "status": [
                    ("Screen Out", "Quota Full")[i % 2] if b else "Complete" for i, b in enumerate(BROKEN)
                ],
                "trust": mixed(TRUST, None, UNTIL),
            }
        ),
        weight=(None,),
        right=shares(weight=EQUAL, gone=UNTIL),
        said="status",
    ),
    "fluidsurveys, tests": Case(
        "FluidSurveys docs: a status ends in (Test Data) when it was made from the preview",
        csv_file(
            {
                "Response ID": list(PEOPLE),
                "Status": ["Complete (Test Data)" if t else "Complete" for t in TESTED],
                "sex": SEX,
                "trust": [
                    4 if t else None if no else a for t, a, no in zip(TESTED, TRUST, SILENT, strict=True)
                ],
            }
        ),
        weight=(None,),
        right=without(TESTED, EQUAL),
        n=(N - TESTS,),
        said="[Tt]est|Status",
    ),
    "odk central, rejected": Case(
        "ODK Central: ReviewState rejected; groups with a hyphen; select_multiple with spaces",
        csv_file(
            {
                "SubmissionDate": ["2024-03-01T10:00:00.000Z"] * N,
                "meta-instanceID": [f"uuid:{i:032x}" for i in PEOPLE],
                "demo-sex": [("male", "female")[s - 1] for s in SEX],
                "att-trust": mixed([("none", "little", "some", "much")[t - 1] for t in TRUST], None),
                "att-why": [("a b", "b", "a c d")[i % 3] for i in PEOPLE],
                "ReviewState": ["rejected" if t else "approved" for t in TESTED],
                "KEY": [f"uuid:{i:032x}" for i in PEOPLE],
            }
        ),
        item="att-trust",
        by="demo-sex",
        weight=(None,),
        right={("none", "little", "some", "much")[int(k) - 1]: v for k, v in without(TESTED, EQUAL).items()},
        n=(N - TESTS,),
        said="ReviewState|rejected",
    ),
    "google forms, two years": Case(
        "Google Forms in Dutch: Tijdstempel; grid questions as Name [Row]; one form used twice",
        csv_file(
            {
                "Tijdstempel": [
                    "2023/05/01 9:00:00 a.m. CET" if f else "2024/05/01 9:00:00 a.m. CET" for f in FIRST
                ],
                "Wat is uw geslacht?": MV,
                "Hoeveel vertrouwen heeft u in [de politie]": mixed(WORDS, None),
            }
        ),
        item="Hoeveel vertrouwen heeft u in [de politie]",
        by="Wat is uw geslacht?",
        weight=(None,),
        right=worded(shares(weight=EQUAL)),
        said="2023.*2024",
    ),
    "answers that became days": Case(
        "Excel of a Dutch locale: 1-2 becomes 01-feb, 3-5 becomes 03-mei; 0 and 6+ stay",
        csv_file(
            {**PLAIN, "trust": mixed([("0", "01-feb", "03-mei", "6+")[t - 1] for t in TRUST], None)}, ";"
        ),
        right={("0", "01-feb", "03-mei", "6+")[int(k) - 1]: v for k, v in RIGHT.items()},
        said="01-feb|day|date",
    ),
    "swiss thousands": Case(
        "Excel of a Swiss locale: 1'234.50 with apostrophes",
        csv_file(
            {
                **PLAIN,
                "weight": [f"{1000 * w:,.2f}".replace(",", "'") for w in WEIGHT],
            },
            ";",
        ),
        right=RIGHT,
        refused="1'",
    ),
    "english thousands without decimals": Case(
        "Excel in English: 1,234 beside 985, which is no decimal comma",
        csv_file({**PLAIN, "weight": [f"{round(1000 * w):,}" for w in WEIGHT]}),
        right=shares(weight=[float(round(1000 * w)) for w in WEIGHT]),
        refused="can be",
    ),
    "norwegian thousands": Case(
        "Excel of a Norwegian locale: 1 234,5 with a space that does not break",
        csv_file(
            {
                **PLAIN,
                "weight": [f"{1000 * w:,.1f}".replace(",", "\u00a0").replace(".", ",") for w in WEIGHT],
            },
            ";",
        ),
        right=RIGHT,
        refused="1\\\\xa0|1\u00a0",
    ),
    "weights in scientific notation": Case(
        "Excel of a Dutch locale: 8,5E-01",
        csv_file({**PLAIN, "weight": [f"{w:.2E}".replace(".", ",") for w in WEIGHT]}, ";"),
        right=RIGHT,
    ),
    "write.csv2 of R": Case(
        "R write.csv2: semicolons, decimal commas, row names under an empty name, NA",
        csv_file(
            {
                '""': [f'"{i + 1}"' for i in PEOPLE],
                '"sex"': SEX,
                '"trust"': mixed(TRUST, "NA"),
                '"weight"': [str(w).replace(".", ",") for w in WEIGHT],
            },
            ";",
            head='"";"sex";"trust";"weight"',
        ),
        right=RIGHT,
        refused="quote",
    ),
    "write.table of R": Case(
        "R write.table(sep=';'): a name fewer than there are fields, since row names have none",
        text_file(
            "sex;trust;weight\n"
            + "\n".join(
                f"{i + 1};{s};{'NA' if no else t};{w}"
                for i, (s, t, no, w) in enumerate(zip(SEX, TRUST, SILENT, WEIGHT, strict=True))
            )
            + "\n"
        ),
        right=RIGHT,
    ),
    "spaces between the fields": Case(
        "SPSS and Fortran: columns of fixed width under one line of names",
        text_file(
            "id    sex trust weight\n"
            + "\n".join(
                f"{i:<6d}{s:<4d}{t:<6d}{w:.2f}"
                for i, (s, t, w) in enumerate(zip(SEX, TRUST, WEIGHT, strict=True))
            )
            + "\n"
        ),
        item="",
        by="",
        refused="one column|fixed|delimiter|between fields",
    ),
    "fixed width without names": Case(
        "archives: a .dat of digits, its codebook apart",
        text_file(
            "\n".join(
                f"{i:04d}{s}{t}{int(100 * w):03d}"
                for i, (s, t, w) in enumerate(zip(SEX, TRUST, WEIGHT, strict=True))
            )
            + "\n"
        ),
        item="",
        by="",
        refused="one column|fixed|delimiter|between fields|column",
    ),
    "title above the names": Case(
        "Excel reports: a title and an empty line above the names",
        csv_file(PLAIN, above="Vertrouwen in mensen 2024,,,\n,,,"),
        right=RIGHT,
        refused="above the names|line 1|header",
    ),
    "names in two rows": Case(
        "Excel with joined cells: blocks in the first row, names in the second",
        csv_file(PLAIN, above="Persoon,,Vragen,"),
        right=RIGHT,
        refused="above the names|line 1|header|names",
    ),
    "DOS letters": Case(
        "SPSS for DOS, cp850: geïnteresseerd",
        csv_file(
            {
                **PLAIN,
                "trust": mixed([DOS[t - 1] for t in TRUST], None),
            },
            ";",
            "cp850",
        ),
        right=worded(RIGHT, DOS),
    ),
    "one word in two ways of writing": Case(
        "macOS writes é as e and an accent; Word puts a space that does not break",
        csv_file(
            {
                **PLAIN,
                "trust": mixed(
                    [
                        (
                            ("één", "e\u0301e\u0301n"),
                            ("heel veel", "heel\u00a0veel"),
                            ("nooit",),
                            ("soms ", "soms"),
                        )[t - 1][i % (1 if t == 3 else 2)]
                        for i, t in enumerate(TRUST)
                    ],
                    None,
                ),
            }
        ),
        right={("één", "heel veel", "nooit", "soms")[int(k) - 1]: v for k, v in RIGHT.items()},
    ),
    "1 and 1.0": Case(
        "pandas concat: whole numbers of one file, floats of another",
        csv_file(
            {
                **PLAIN,
                "trust": mixed([f"{t}.0" if f else str(t) for f, t in zip(FIRST, TRUST, strict=True)], None),
            }
        ),
        right=RIGHT,
    ),
    "a row for each answer": Case(
        "tidy exports: respondent, question, answer; a person stands in several rows",
        csv_file(
            {
                "respondent": LONG_ID,
                "sex": [SEX[i] for i in LONG_ID],
                "question": [("trust police", "trust courts")[i % 2] for i in range(2 * N)],
                "answer": LONG,
            }
        ),
        item="answer",
        weight=(None,),
        right=_long(),
        n=(2 * N,),
        refused="respondent",
        said="respondent",
    ),
    "unipark": Case(
        "Unipark EFS: 0 seen and not answered, -77 not seen, -66 hidden; dispcode 31 complete, 22 broken off",
        csv_file(
            {
                "lfdn": list(PEOPLE),
                "external_lfdnr": [0] * N,
                "dispcode": [22 if b else 31 for b in BROKEN],
                "v_1": SEX,
                "v_12": [
                    -77 if b else (0, -66)[i // 15 % 2] if no else t
                    for i, (b, no, t) in enumerate(zip(BROKEN, SILENT, TRUST, strict=True))
                ],
            },
            ";",
        ),
        item="v_12",
        by="v_1",
        weight=(None,),
        right=shares(weight=EQUAL, gone=UNTIL),
        said="dispcode",
    ),
    "commcare": Case(
        "CommCare exports: --- for a question that was skipped; form.group.name",
        csv_file(
            {
                "formid": [f"{i:08x}" for i in PEOPLE],
                "form.demo.sex": [("m", "f")[s - 1] for s in SEX],
                "form.att.trust": mixed([("a", "b", "c", "d")[t - 1] for t in TRUST], "---"),
            }
        ),
        item="form.att.trust",
        by="form.demo.sex",
        weight=(None,),
        right={("a", "b", "c", "d")[int(k) - 1]: v for k, v in shares(weight=EQUAL).items()},
    ),
    "surveycto": Case(
        "SurveyCTO: -999 don't know, -888 refused, -777 other; formdef_version, KEY",
        csv_file(
            {
                "SubmissionDate": ["Mar 1, 2024 10:00:00 AM"] * N,
                "gender": SEX,
                "trust": [
                    (-999, -888)[i // 15 % 2] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
                "formdef_version": [2403011000] * N,
                "KEY": [f"uuid:{i:032x}" for i in PEOPLE],
            }
        ),
        by="gender",
        weight=(None,),
        right=shares(weight=EQUAL),
    ),
    "prolific": Case(
        "Prolific demographics: DATA_EXPIRED and CONSENT_REVOKED in place of an answer",
        csv_file(
            {
                "Submission id": [f"{i:024x}" for i in PEOPLE],
                "Status": ["APPROVED"] * N,
                "Sex": [("Male", "Female")[s - 1] for s in SEX],
                "Trust": [
                    ("DATA_EXPIRED", "CONSENT_REVOKED", "Prefer not to say")[i // 15 % 3]
                    if no
                    else FOUR[t - 1]
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            }
        ),
        item="Trust",
        by="Sex",
        weight=(None,),
        right=worded(shares(weight=EQUAL)),
    ),
    "crowdtech": Case(
        "Crowdtech result files: -99 not presented, NULL not answered",
        csv_file(
            {
                "RespondentId": list(PEOPLE),
                "V1": SEX,
                "V2_A1": [
                    (-99, "NULL")[i // 15 % 2] if no else t
                    for i, (t, no) in enumerate(zip(TRUST, SILENT, strict=True))
                ],
            },
            ";",
        ),
        item="V2_A1",
        by="V1",
        weight=(None,),
        right=shares(weight=EQUAL),
    ),
}
