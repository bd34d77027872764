"""Workbooks, as the tools of surveys hand them out and offices pass them on.

At first sight 24 right, 8 refused, 4 unclear, 4 silent: not one number was wrong; remarks were missing.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from outside.kinds import (
    EVEN,
    PEOPLE,
    PLAIN,
    RIGHT,
    SEX,
    SILENT,
    STRATUM,
    TRUST,
    WEIGHT,
    Case,
    Columns,
    N,
    Write,
    mixed,
    shares,
)
from outside.third import text_file, worded

FOUR = ("Not at all", "Not very much", "Somewhat", "A great deal")
SEXES = ("Man", "Vrouw")
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
CELL = "table:table-cell office:value-type"
ASKED = "How much do you trust the municipality?"
Draw = Callable[[Any, Any], None]


def draw(
    columns: Columns,
    above: Sequence[Sequence[Any]] = (),
    at: tuple[int, int] = (0, 0),
    formats: Mapping[str, str] | None = None,
) -> Draw:
    """Rows under names from a cell on, with lines above or between."""

    def onto(book: Any, sheet: Any) -> None:
        styles = {name: book.add_format({"num_format": one}) for name, one in (formats or {}).items()}
        top, left = at
        for row in above:
            sheet.write_row(top, left, row)
            top += 1
        for i, (name, values) in enumerate(columns.items()):
            sheet.write(top, left + i, name)
            for j, value in enumerate(values, 1):
                if isinstance(value, datetime):
                    sheet.write_datetime(top + j, left + i, value, styles.get(name))
                elif isinstance(value, str) and not value.startswith("="):
                    sheet.write_string(top + j, left + i, value)
                elif value is not None:
                    sheet.write(top + j, left + i, value, styles.get(name))

    return onto


def book_file(name: str = "a.xlsx", **sheets: Draw) -> Write:
    """A workbook of sheets; ``_`` in a name is a space, ``hidden`` in front hides it."""

    def write(folder: Path) -> Path:
        path = folder / name
        book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy hh:mm"})
        for title, onto in sheets.items():
            sheet = book.add_worksheet(title.removeprefix("hidden_").replace("_", " "))
            onto(book, sheet)
            if title.startswith("hidden_"):
                sheet.hide()
            else:
                sheet.activate()
                sheet.set_first_sheet()
        book.close()
        return path

    return write


def plain(**more: Sequence[Any]) -> dict[str, Any]:
    """What most files hold, with columns in place of others or more."""
    return {**PLAIN, **more}


def with_more(columns: Columns, more: Draw) -> Draw:
    """Rows, and then what else is done to the sheet."""

    def onto(book: Any, sheet: Any) -> None:
        draw(columns)(book, sheet)
        more(book, sheet)

    return onto


def rows_below(*rows: Sequence[Any], gap: int = 0) -> Draw:
    return lambda _, sheet: [sheet.write_row(N + 1 + gap + i, 0, row) for i, row in enumerate(rows)] and None


def moments() -> list[datetime]:
    return [datetime.combine(date(2024, 3, 1), time(9)) + timedelta(hours=5 * i) for i in PEOPLE]


def with_failed(name: str, error: str, which: Callable[[int], bool]) -> Draw:
    """A column of formulas, of which some failed."""

    def onto(_: Any, sheet: Any) -> None:
        at = list(PLAIN).index(name)
        for i in PEOPLE:
            good = PLAIN[name][i]
            value = error if which(i) else good
            sheet.write_formula(i + 1, at, "=VLOOKUP(A2,Z:Z,1)", None, value)

    return onto


def merged_regions(_: Any, sheet: Any) -> None:
    for start in range(0, N, 30):
        sheet.merge_range(start + 1, 4, start + 30, 4, f"region {1 + start // 30 % 4}")
    sheet.write(0, 4, "region")


def grouped_names(book: Any, sheet: Any) -> None:
    """Two rows of names: groups over several columns, and the columns."""
    draw(PLAIN, at=(1, 0))(book, sheet)
    sheet.merge_range(0, 0, 0, 1, "Person")
    sheet.merge_range(0, 2, 0, 3, "Answers")


def hidden_rows(book: Any, sheet: Any) -> None:
    draw(PLAIN)(book, sheet)
    sheet.autofilter(0, 0, N, 3)
    for i in PEOPLE:
        if SEX[i] == 1:
            sheet.set_row(i + 1, None, None, {"hidden": True})


def stray_formats(book: Any, sheet: Any) -> None:
    draw(PLAIN)(book, sheet)
    bold = book.add_format({"bold": True})
    for i in range(N + 1, N + 400):
        sheet.write_blank(i, 0, None, bold)
        sheet.write_string(i, 1, "")
    for i in range(4, 40):
        sheet.write_blank(0, i, None, bold)


def xlsx_by_hand(cells: Callable[[Sequence[Any], int], str], prefix: str = "") -> Write:
    """A workbook of as few parts as there can be, for programs that write them otherwise than Excel."""

    def write(folder: Path) -> Path:
        p = f"{prefix}:" if prefix else ""
        space = f'xmlns{":" + prefix if prefix else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        rows = "".join(
            f"<{p}row>{cells(row, i)}</{p}row>"
            for i, row in enumerate([tuple(PLAIN), *zip(*PLAIN.values(), strict=True)], 1)
        )
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{CONTENT}package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            f'ContentType="{CONTENT}officedocument.spreadsheetml.sheet.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<{p}workbook {space} xmlns:r="{RELATED}"><{p}sheets>'
            f'<{p}sheet name="Data" sheetId="1" r:id="r1"/></{p}sheets></{p}workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{RELATED}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f"<{p}worksheet {space}><{p}sheetData>{rows}</{p}sheetData>"
            f"</{p}worksheet>",
        }
        path = folder / "a.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return path

    return write


def cells_inline(row: Sequence[Any], _: int) -> str:
    """Texts in their cells, no addresses: how R and SAS write quickly."""
    return "".join(
        "<c/>"
        if each is None
        else f'<c t="inlineStr"><is><t>{escape(each)}</t></is></c>'
        if isinstance(each, str)
        else f"<c><v>{each}</v></c>"
        for each in row
    )


def cells_prefixed(row: Sequence[Any], number: int) -> str:
    """Every element with a prefix, numbers of text type: report writers of .NET."""
    return "".join(
        f'<x:c r="{"ABCD"[i]}{number}" t="str"><x:v>{escape(str(each))}</x:v></x:c>'
        for i, each in enumerate(row)
        if each is not None
    )


def ods_file(columns: Columns, tail: str = "", name: str = "a.ods") -> Write:
    """An OpenDocument sheet by hand."""

    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, str):
            return f'<{CELL}="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        shown = str(value).replace(".", ",")
        return f'<{CELL}="float" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'

    def write(folder: Path) -> Path:
        rows = [tuple(columns), *zip(*columns.values(), strict=True)]
        body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        spaces = " ".join(
            f'xmlns:{each}="{OASIS}:{each}:1.0"'
            for each in ("office", "table", "text")
            for each in ("office", "table", "text")
        )
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
            archive.writestr(
                "META-INF/manifest.xml",
                f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"><manifest:file-entry '
                f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
            )
            archive.writestr(
                "content.xml",
                f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
                f'<table:table table:name="Blad1">{body}{tail}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>",
            )
        return path

    return write


def bomb(folder: Path) -> Path:
    path = book_file(Data=draw(PLAIN))(folder)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/a.bin", "w") as out,
    ):
        for _ in range(1100):
            out.write(bytes(1 << 20))
    return path


def html_table(folder: Path) -> Path:
    rows = zip(*PLAIN.values(), strict=True)
    text = "".join(
        "<tr>" + "".join(f"<td>{'' if c is None else c}</td>" for c in row) + "</tr>" for row in rows
    )
    path = folder / "a.xls"
    path.write_text(f"<html><table><tr>{''.join(f'<th>{c}</th>' for c in PLAIN)}</tr>{text}</table></html>")
    return path


FORMS = {
    "Id": [i + 1 for i in PEOPLE],
    "Start time": moments(),
    "Completion time": moments(),
    "Email": ["anonymous"] * N,
    "Name": [None] * N,
    "Ben je een man of een vrouw?": [SEXES[s - 1] for s in SEX],
    ASKED: mixed([FOUR[t - 1] for t in TRUST], None),
    "Welke kranten lees je?": [("NRC;", "NRC;Trouw;", "Trouw;", None)[i % 4] for i in PEOPLE],
}
HOURS = (*(datetime.combine(date(2024, *each), time()) for each in ((3, 1), (6, 4))), "0", "over 7")
TOLD = {"trust": mixed([FOUR[t - 1] for t in TRUST], None)}

CASES: dict[str, Case] = {
    "forms of microsoft": Case(
        "Microsoft Forms: times as Excel dates, answers as words, 'a;b;' for several",
        book_file(Sheet1=draw(FORMS)),
        item=ASKED,
        by="Ben je een man of een vrouw?",
        weight=(None,),
        right=worded(EVEN, FOUR),
    ),
    "answers of several at once": Case(
        "Microsoft Forms: 'NRC;Trouw;' is two answers",
        book_file(Sheet1=draw(FORMS)),
        item="Welke kranten lees je?",
        by="Ben je een man of een vrouw?",
        weight=(None,),
        refused="several|list",
        right={"NRC;": 100 / 3, "NRC;Trouw;": 100 / 3, "Trouw;": 100 / 3},
        said="several",
    ),
    "forms of google": Case(
        "Google Forms: Form Responses 1, a time stamp, a sheet with a pivot beside it",
        book_file(
            Form_Responses_1=draw({"Timestamp": moments(), **plain(**TOLD)}),
            Sheet2=draw({"sex": ["1", "2", "Grand Total"], "count": [150, 150, 300]}),
        ),
        right=worded(RIGHT, FOUR),
        said="Form Responses 1",
    ),
    "qualtrics": Case(
        "Qualtrics: names, texts of questions, ImportId",
        book_file(
            Sheet0=draw(
                {
                    "Q1": ["Sex?", '{"ImportId":"QID1"}', *SEX],
                    "Q2": ["Trust?", '{"ImportId":"QID2"}', *mixed(TRUST, None)],
                    "weight": ["Weight", '{"ImportId":"weight"}', *WEIGHT],
                    "EndDate": ["End Date", '{"ImportId":"endDate"}', *moments()],
                }
            )
        ),
        item="Q2",
        by="Q1",
        right=RIGHT,
        said="titles under the names",
    ),
    "surveymonkey": Case(
        "SurveyMonkey: a second row of 'Response' under the questions, ids of eleven digits",
        book_file(
            Sheet=draw(
                {
                    "Respondent ID": [None, *(11_800_000_000 + i for i in PEOPLE)],
                    "Collector ID": [None, *([400_000_001] * N)],
                    "Sex?": ["Response", *(SEXES[s - 1] for s in SEX)],
                    ASKED: ["Response", *mixed([FOUR[t - 1] for t in TRUST], None)],
                }
            )
        ),
        item=ASKED,
        by="Sex?",
        weight=(None,),
        right=worded(EVEN, FOUR),
    ),
    "limesurvey": Case(
        "LimeSurvey: answer codes, submitdate empty for those who stopped",
        book_file(
            Survey=draw(
                {
                    "id. Response ID": list(PEOPLE),
                    "submitdate. Date submitted": [
                        None if i % 50 == 3 else m for i, m in enumerate(moments())
                    ],
                    "G1Q1. Sex?": [f"A{s}" for s in SEX],
                    "G1Q2. Trust?": mixed([f"A{t}" for t in TRUST], None),
                }
            )
        ),
        item="G1Q2. Trust?",
        by="G1Q1. Sex?",
        weight=(None,),
        right={f"A{k}": v for k, v in EVEN.items()},
        said="submitdate",
    ),
    "codes on the first sheet": Case(
        "institutes: a sheet of codes before that of the data",
        book_file(
            Codebook=draw({"variable": ["trust"] * 4, "code": [1, 2, 3, 4], "label": FOUR}),
            Data=draw(PLAIN),
        ),
        right=RIGHT,
        said="'Data'",
    ),
    "a sheet for each year": Case(
        "offices: 2019 and 2020 on sheets of their own",
        book_file(**{"2019": draw(PLAIN), "2020": draw(PLAIN)}),
        refused="2 sheets",
    ),
    "a named sheet": Case(
        "offices: 2019 and 2020, and one of them is named",
        book_file(**{"2019": draw(plain(trust=TRUST)), "2020": draw(PLAIN)}),
        right=RIGHT,
        options={"design": {"sheet": "2020"}},
    ),
    "not at the corner": Case(
        "offices: a title, an empty row and column, then the table",
        book_file(
            Data=draw(PLAIN, above=[["Wijkonderzoek 2024"], [], ["Bron: eigen meting"], []], at=(2, 2))
        ),
        right=RIGHT,
        said="above the names",
    ),
    "weights as text": Case(
        "Dutch Excel: numbers stored as text, with a comma",
        book_file(Data=draw(plain(weight=[f"{w:.2f}".replace(".", ",") for w in WEIGHT]))),
        right=RIGHT,
    ),
    "numbers and texts of numbers": Case(
        "Excel: half of a column stored as text, with a green corner",
        book_file(
            Data=draw(plain(trust=[str(t) if t and i % 2 else t for i, t in enumerate(PLAIN["trust"])]))
        ),
        right=RIGHT,
    ),
    "zeros by a format": Case(
        "Excel: 0001 is 1 with the format 0000",
        book_file(Data=draw(PLAIN, formats={"trust": "0000"})),
        right={f"000{k}": v for k, v in RIGHT.items()},
    ),
    "percentages": Case(
        "Excel: weights shown as 85 %",
        book_file(Data=draw(PLAIN, formats={"weight": "0%"})),
        right=RIGHT,
        said="25% is read as 0.25",
    ),
    "weights never worked out": Case(
        "openpyxl, PHPSpreadsheet: formulas without a value",
        book_file(
            Data=with_more(
                PLAIN,
                lambda _, s: [s.write_formula(i + 1, 3, "=A1/2", None, "") for i in PEOPLE] and None,
            )
        ),
        refused="never worked out",
    ),
    "weights by a formula": Case(
        "Excel: a formula and its value",
        book_file(
            Data=with_more(
                PLAIN,
                lambda _, s: (
                    [s.write_formula(i + 1, 3, "=A1/2", None, w) for i, w in enumerate(WEIGHT)] and None
                ),
            )
        ),
        right=RIGHT,
    ),
    "filtered rows": Case(
        "Excel: a filter hides the men",
        book_file(Data=hidden_rows),
        right=RIGHT,
        n=(N,),
        said=r"hidden or filtered",
    ),
    "lists on a hidden sheet": Case(
        "Excel: validation lists on a hidden sheet, larger than the data",
        book_file(hidden_lists=draw({f"c{i}": list(range(600)) for i in range(9)}), Data=draw(PLAIN)),
        right=RIGHT,
    ),
    "a total below": Case(
        "Excel: a row of sums",
        book_file(Data=with_more(PLAIN, rows_below(["Totaal", None, 300, 298.5]))),
        refused="otal",
    ),
    "a source below": Case(
        "offices: a note two rows below",
        book_file(Data=with_more(PLAIN, rows_below(["Bron: GGD, bewerking team onderzoek"], gap=2))),
        right=RIGHT,
        refused="note",
    ),
    "not found": Case(
        "Excel: #N/A where nobody answered",
        book_file(Data=with_more(PLAIN, with_failed("trust", "#N/A", lambda i: SILENT[i]))),
        right=RIGHT,
        said="fault of a formula",
    ),
    "weights that failed": Case(
        "Excel: #DIV/0! in some weights",
        book_file(Data=with_more(PLAIN, with_failed("weight", "#DIV/0!", lambda i: i % 50 == 7))),
        weight=(None,),
        right=EVEN,
        refused="DIV",
        said="no number in 6 rows",
    ),
    "merged regions": Case(
        "offices: a region in one cell beside thirty people",
        book_file(Data=with_more(PLAIN, merged_regions)),
        item="region",
        right=shares([1 + s % 4 for s in [k - 1 for k in STRATUM]], gone=[False] * N)
        and {
            f"region {k}": v for k, v in shares([1 + (s - 1) % 4 for s in STRATUM], gone=[False] * N).items()
        },
        said="merged",
    ),
    "groups of names": Case(
        "offices: names of groups merged above the names", book_file(Data=grouped_names), right=RIGHT
    ),
    "formats without cells": Case(
        "Excel: bold and empty texts far below and beside", book_file(Data=stray_formats), right=RIGHT, n=(N,)
    ),
    "a remark beside": Case(
        "colleagues: a remark three columns to the right",
        book_file(Data=with_more(PLAIN, lambda _, s: s.write(5, 7, "let op: klopt dit?"))),
        right=RIGHT,
    ),
    "true and false": Case(
        "Excel: an answer as a Boolean",
        book_file(Data=draw(plain(trust=[None if t is None else t > 2 for t in PLAIN["trust"]]))),
        right=shares([("FALSE", "TRUE")[t > 2] for t in TRUST]),
    ),
    "units of seventeen digits": Case(
        "registers: keys of seventeen digits, in text and right",
        book_file(Data=draw(plain(psu=[str(90071992547409930 + i // 10) for i in PEOPLE]))),
        psu=("psu",),
        right=RIGHT,
    ),
    "kobo with a repeated group": Case(
        "KoboToolbox: members of households on a sheet of their own, many more than households",
        book_file(
            Main=draw({**PLAIN, "_index": [i + 1 for i in PEOPLE]}),
            members=draw(
                {
                    "age": [i % 80 for i in range(6 * N)],
                    "sex": [1 + i % 2 for i in range(6 * N)],
                    "rel": [i % 5 for i in range(6 * N)],
                    "_parent_table_name": ["Main"] * (6 * N),
                    "_parent_index": [1 + i // 6 for i in range(6 * N)],
                }
            ),
        ),
        right=RIGHT,
        said="'Main'",
    ),
    "hours turned into days": Case(
        "Excel: '1-3' and '4-6' hours became days",
        book_file(Data=draw(plain(hours=[HOURS[t - 1] for t in TRUST]))),
        item="hours",
        refused="day",
        right=worded(shares(gone=[False] * N), ("2024-03-01", "2024-06-04", "0", "over 7")),
        said="days",
    ),
    "without addresses": Case(
        "R and SAS: cells without addresses, texts within", xlsx_by_hand(cells_inline), right=RIGHT
    ),
    "with a prefix": Case(
        "report writers of .NET: x:row and x:c, all of them text",
        xlsx_by_hand(cells_prefixed, "x"),
        right=RIGHT,
    ),
    "opendocument": Case("LibreOffice: .ods", ods_file(PLAIN), right=RIGHT),
    "a million empty rows": Case(
        "LibreOffice: the rest of the sheet as one repeated row",
        ods_file(
            PLAIN,
            '<table:table-row table:number-rows-repeated="1048275"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>',
        ),
        right=RIGHT,
        n=(N,),
    ),
    "a million filled rows": Case(
        "a bomb: one row repeated a million times over all columns",
        ods_file(
            PLAIN,
            f'<table:table-row table:number-rows-repeated="1048275"><{CELL}="float" office:value="1" '
            'table:number-columns-repeated="16384"/></table:table-row>',
        ),
        refused="memory|seconds|broke down|damaged",
    ),
    "a bomb": Case("a gigabyte of zeros", bomb, refused="unpacks"),
    "a page called xls": Case("old tools: HTML called .xls", html_table, refused="web page"),
    "text called xls": Case(
        "old tools: tabs called .xls",
        text_file(
            "\n".join(
                "\t".join("" if c is None else str(c) for c in row)
                for row in zip(*PLAIN.values(), strict=True)
            ),
            name="a.xls",
        ),
        refused="text",
    ),
    "a csv in one column": Case(
        "Excel: a CSV with semicolons opened where commas are the mark",
        book_file(
            Data=draw(
                {
                    ";".join(PLAIN): [
                        ";".join("" if c is None else str(c) for c in row)
                        for row in zip(*PLAIN.values(), strict=True)
                    ]
                }
            )
        ),
        refused="one cell",
    ),
    "no respondents": Case(
        "a workbook with a cover alone",
        book_file(Cover=lambda _, s: s.write(0, 0, "Report")),
        refused="no sheet",
    ),
}
