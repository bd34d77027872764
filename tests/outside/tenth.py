"""A tenth batch: what people do to a sheet, schools, and further languages.

At first sight 8 right, 2 refused, 2 unclear, 1 said, 7 silent.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from outside.kinds import (
    EVEN,
    PEOPLE,
    PLAIN,
    PSU,
    RIGHT,
    SEX,
    WEIGHT,
    Case,
    N,
    csv_file,
    sav_file,
)
from outside.ninth import in_words, labelled
from outside.sixth import FOUR, NUMBERED, gone
from outside.third import worded
from outside.workbooks import book_file, draw, with_more


def sections(book: Any, sheet: Any) -> None:
    """A line with the name of a quarter before every sixty people."""
    sheet.write_row(0, 0, list(PLAIN))
    at = 1
    for i, row in enumerate(zip(*PLAIN.values(), strict=True)):
        if i % 60 == 0:
            sheet.write(at, 0, ("Noord", "Oost", "Zuid", "West", "Centrum")[i // 60])
            at += 1
        sheet.write_row(at, 0, row)
        at += 1


def turned(_: Any, sheet: Any) -> None:
    """A row for each question, a column for each respondent."""
    for i, (name, values) in enumerate(PLAIN.items()):
        sheet.write_row(i, 0, [name, *values])


def strict(folder: Path) -> Path:
    """Excel's 'Strict Open XML Spreadsheet': other names of the same elements."""
    path = book_file(Data=draw(PLAIN))(folder)
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    changes = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, reduce(lambda made, each: made.replace(*each), changes, data))
    return path


def spaced(values: Sequence[Any]) -> list[Any]:
    return [None if each is None else f"{each}\u00a0" for each in values]


CASES: dict[str, Case] = {
    "a list of codes beside the rows": Case(
        "Excel: the codes and what they mean stand three columns to the right",
        book_file(
            Data=with_more(
                PLAIN,
                lambda _, s: (
                    [s.write_row(i, 6, row) for i, row in enumerate([("code", "means"), *NUMBERED.items()])]
                    and None
                ),
            )
        ),
        right=RIGHT,
        library=("weight", "weight", sum(w * w for w in WEIGHT) / sum(WEIGHT), {}),
    ),
    "names of quarters between the rows": Case(
        "offices: a line 'Noord' before the people of Noord",
        book_file(Data=sections),
        right=RIGHT,
        n=(N,),
        refused="row|line",
    ),
    "the same sheet twice": Case(
        "Excel: Data and Data (2)",
        book_file(Data=draw(PLAIN), **{"Data_(2)": draw(PLAIN)}),
        refused="2 sheets",
    ),
    "questions in rows": Case(
        "offices: a column for each respondent", book_file(Data=turned), item="", by="", refused="row"
    ),
    "questions under the names, all in words": Case(
        "KoboToolbox: names and labels in two rows, and every answer is a word",
        csv_file(
            {
                "sex": [("Man", "Vrouw")[s - 1] for s in SEX],
                "trust": in_words(FOUR, "Don't know"),
                "urban": [("Stad", "Dorp")[i % 2] for i in PEOPLE],
            },
            under=[
                "Bent u een man of een vrouw?,Hoeveel vertrouwen hebt u in de gemeente?,Woont u in een stad?"
            ],
        ),
        weight=(None,),
        right=worded(EVEN, FOUR),
        n=(N,),
    ),
    "weights in a text": Case(
        "SPSS: a weight as a text of eight letters, with a comma",
        sav_file({**PLAIN, "weight": [f"{w:.2f}".replace(".", ",") for w in WEIGHT]}),
        right=RIGHT,
    ),
    "weights as percentages in text": Case(
        "Excel, saved as CSV: 85% and 115%",
        csv_file({**PLAIN, "weight": [f"{round(w * 100)}%" for w in WEIGHT]}),
        weight=("weight", None),
        right=RIGHT,
        refused="%",
    ),
    "a class that is called year": Case(
        "schools: jaar is the class a pupil is in",
        sav_file(
            {**PLAIN, "jaar": [1 + i % 3 for i in PEOPLE]},
            {"jaar": "In welk leerjaar zit je?"},
            {"jaar": {1: "eerste klas", 2: "tweede klas", 3: "derde klas"}},
        ),
        right=RIGHT,
        n=(N,),
    ),
    "pupils of schools": Case(
        "youth monitors: whole classes of thirty schools, schoolnr",
        sav_file({**PLAIN, "schoolnr": PSU}, {"schoolnr": "Nummer van de school"}),
        psu=("schoolnr",),
        right=RIGHT,
    ),
    "remarks above the names": Case(
        "GESIS, R: lines that begin with # above the names",
        csv_file(PLAIN, above="# exported 2024-03-01\n# licence: CC-BY\n# n = 300"),
        right=RIGHT,
    ),
    "codes with two decimals and a comma": Case(
        "SPSS in Dutch, saved as CSV: 1,00 and 99,00",
        csv_file(
            {
                "id": list(PEOPLE),
                "sex": [f"{s},00" for s in SEX],
                "trust": [f"{t},00" for t in gone(99)],
                "weight": [f"{w:.2f}".replace(".", ",") for w in WEIGHT],
            },
            ";",
        ),
        right={f"{k},00": v for k, v in RIGHT.items()},
    ),
    "spaces that do not break behind numbers": Case(
        "web pages pasted in Excel: every number is a text with such a space",
        book_file(Data=draw({k: spaced(v) for k, v in PLAIN.items()})),
        right=RIGHT,
    ),
    "strict": Case("Excel: Strict Open XML Spreadsheet", strict, right=RIGHT, refused="workbook"),
    "values study of 2017": labelled(
        FOUR,
        {
            -10: "multiple answers Mail",
            -9: "no follow-up",
            -8: "follow-up non response",
            -4: "item not included",
            -3: "not applicable",
            -2: "no answer",
            -1: "dont know",
        },
    ),
    "around the baltic": labelled(
        FOUR,
        {
            90: "Ei oska öelda",
            91: "Grūti pateikt",
            92: "Nežino",
            93: "Vet ej",
            94: "Ingen uppfattning",
            95: "Ved ikke",
            96: "Vil ikke svare",
            97: "En osaa sanoa",
        },
    ),
    "the balkans and the east": labelled(
        FOUR,
        {
            91: "Не знам",
            92: "Без отговор",
            93: "Ne zna",
            94: "Odbija da odgovori",
            95: "Важко сказати",
            96: "Відмова від відповіді",
            97: "Δεν ξέρω",
            98: "Δεν απαντώ",
        },
    ),
    "asia and africa": labelled(
        FOUR,
        {
            91: "Không biết",
            92: "ไม่ทราบ",
            93: "पता नहीं",
            94: "Sijui",
            95: "نمی‌دانم",
            96: "Hindi alam",
            97: "Tidak tahu/tidak jawab",
        },
    ),
    "central europe": labelled(
        FOUR,
        {
            91: "neví",
            92: "neodpověděl/a",
            93: "nevie, neodpovedal",
            94: "Nem tudja",
            95: "Nem válaszol",
            96: "NT/NV",
            97: "nie wiem",
            98: "ne ve",
        },
    ),
    "no consent": Case(
        "SurveyCTO, ODK: rows of people who said no at the door, without answers",
        csv_file(
            {
                "consent": ["no" if i % 6 == 5 else "yes" for i in range(360)],
                **{
                    k: [None if i % 6 == 5 else v[i - i // 6] for i in range(360)]
                    for k, v in {"sex": SEX, "trust": PLAIN["trust"]}.items()
                },
                "weight": [1 if i % 6 == 5 else WEIGHT[i - i // 6] for i in range(360)],
            }
        ),
        right=RIGHT,
        said="consent",
    ),
    "answers with their points": Case(
        "SurveyMonkey, numeric and text: '4 - A great deal' beside plain 4",
        csv_file(
            {
                **PLAIN,
                "trust": [None if t is None else f"{t} {NUMBERED[t]}" for t in PLAIN["trust"]],
                "trust_points": PLAIN["trust"],
            }
        ),
        right={f"{k} {NUMBERED[int(k)]}": v for k, v in RIGHT.items()},
    ),
}
