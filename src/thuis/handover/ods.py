"""A workbook as OpenDocument (ODS 1.3): the same sheets, for LibreOffice and who must use it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from thuis.files import zipped
from thuis.handover.sheet import Book, Cell, Row, Sheet, check_sizes, column_letters, text
from thuis.language.direction import right_to_left

_NS = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"
    for name, path in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
        "meta": "meta",
        "config": "config",
    }.items()
} | {"dc": "http://purl.org/dc/elements/1.1/", "xlink": "http://www.w3.org/1999/xlink"}
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_LOOKS: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str]]] = {
    "title": ({}, {}, {"fo:font-weight": "bold", "fo:font-size": "14pt"}),
    "strong": ({"style:vertical-align": "top"}, {}, {"fo:font-weight": "bold"}),
    "text": ({"style:vertical-align": "top"}, {}, {}),
    "head": (
        {"fo:wrap-option": "wrap", "fo:border-bottom": "0.5pt solid #000000"},
        {"fo:text-align": "center"},
        {"fo:font-weight": "bold"},
    ),
    "group": ({"fo:wrap-option": "wrap"}, {"fo:text-align": "center"}, {"fo:font-weight": "bold"}),
    "stub": ({"style:vertical-align": "top"}, {}, {}),
    "whole": ({}, {"fo:text-align": "end"}, {}),
    "number": ({}, {"fo:text-align": "end"}, {}),
    "moderate": ({}, {"fo:text-align": "end"}, {"fo:font-style": "italic"}),
    "withheld": ({}, {"fo:text-align": "end"}, {"fo:color": "#595959"}),
    "words": ({"fo:wrap-option": "wrap", "style:vertical-align": "top"}, {"fo:text-align": "end"}, {}),
    "link": ({}, {}, {"fo:color": "#0b5394"}),
}
_DECIMALS = range(7)


def ods(book: Book) -> bytes:
    """The book as bytes of an ODS file. Two runs give the same bytes.

    :raises ThuisError: when a sheet is larger than a spreadsheet allows.

    >>> import zipfile
    >>> made = ods(Book("t", "", "", "en", (2026, 1, 1), (Sheet("a", ((Cell("=1+1"),),), ()),)))
    >>> "formula" in zipfile.ZipFile(io.BytesIO(made)).read("content.xml").decode()
    False
    """
    check_sizes(book)
    parts = {
        "mimetype": _KIND.encode(),
        "META-INF/manifest.xml": _manifest(),
        "meta.xml": _meta(book),
        "settings.xml": _settings(book),
        "styles.xml": _styles(book),
        "content.xml": _content(book),
    }
    return zipped(parts, date(*book.day), ("mimetype",))


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


def _new(name: str, attributes: dict[str, str] | None = None, *children: Any, said: str | None = None) -> Any:
    found = etree.Element(_q(name), {_q(k): v for k, v in (attributes or {}).items()}, nsmap=None)
    found.extend(children)
    found.text = said
    return found


def _document(name: str, *children: Any) -> bytes:
    root = etree.Element(_q(name), {_q("office:version"): "1.3"}, nsmap=_NS)
    root.extend(children)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _manifest() -> bytes:
    files = {
        "/": _KIND,
        **dict.fromkeys(("content.xml", "styles.xml", "meta.xml", "settings.xml"), "text/xml"),
    }
    root = etree.Element(_q("manifest:manifest"), {_q("manifest:version"): "1.3"}, nsmap=_NS)
    root.extend(
        _new("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
        for path, kind in files.items()
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _meta(book: Book) -> bytes:
    day = "{:04d}-{:02d}-{:02d}T00:00:00".format(*book.day)
    return _document(
        "office:document-meta",
        _new(
            "office:meta",
            None,
            _new("dc:title", said=text(book.title)),
            _new("dc:subject", said=text(book.subject)),
            _new("dc:creator", said=text(book.author)),
            _new("dc:language", said=book.language),
            _new("dc:date", said=day),
        ),
    )


def _settings(book: Book) -> bytes:
    """The frozen heads, which are a setting of the view."""

    def item(name: str, kind: str, value: object) -> Any:
        return _new("config:config-item", {"config:name": name, "config:type": kind}, said=str(value))

    frozen = []
    for sheet in book.sheets:
        if sheet.grid:
            at = sheet.grid.head + 1
            entry = _new("config:config-item-map-entry", {"config:name": sheet.name})
            entry.append(item("HorizontalSplitMode", "short", 2 if sheet.stub else 0))
            entry.append(item("HorizontalSplitPosition", "int", sheet.stub))
            entry.append(item("PositionRight", "int", sheet.stub))
            entry.append(item("VerticalSplitMode", "short", 2))
            entry.append(item("VerticalSplitPosition", "int", at))
            entry.append(item("PositionBottom", "int", at))
            frozen.append(entry)
    tables = _new("config:config-item-map-named", {"config:name": "Tables"}, *frozen)
    view = _new("config:config-item-map-entry", None, tables)
    views = _new("config:config-item-map-indexed", {"config:name": "Views"}, view)
    whole = _new("config:config-item-set", {"config:name": "ooo:view-settings"}, views)
    return _document("office:document-settings", _new("office:settings", None, whole))


def _styles(book: Book) -> bytes:
    language, _, country = book.language.partition("-")
    font = {"fo:font-family": "Arial", "fo:font-size": "10pt", "fo:language": language, "fo:country": country}
    default = _new("style:default-style", {"style:family": "table-cell"}, _new("style:text-properties", font))
    layouts, masters = [], []
    for name, wide in (("tall", False), ("wide", True), ("broken", True)):
        size = ("29.7cm", "21cm") if wide else ("21cm", "29.7cm")
        page = {
            "fo:page-width": size[0],
            "fo:page-height": size[1],
            "style:print-orientation": "landscape" if wide else "portrait",
        }
        page |= (
            {"style:scale-to": "60%"}
            if name == "broken"
            else {"style:scale-to-X": "1", "style:scale-to-Y": "0"}
        )

        layouts.append(
            _new("style:page-layout", {"style:name": f"l-{name}"}, _new("style:page-layout-properties", page))
        )
        masters.append(_new("style:master-page", {"style:name": name, "style:page-layout-name": f"l-{name}"}))
    return _document(
        "office:document-styles",
        _new("office:styles", None, default),
        _new("office:automatic-styles", None, *layouts),
        _new("office:master-styles", None, *masters),
    )


def _automatic(book: Book) -> Iterator[Any]:
    for name in ("tall", "wide", "broken"):
        look = {"style:name": f"t-{name}", "style:family": "table", "style:master-page-name": name}
        mode = "rl-tb" if right_to_left(book.language) else "lr-tb"
        yield _new("style:style", look, _new("style:table-properties", {"style:writing-mode": mode}))
    widths = sorted({width for sheet in book.sheets for width in sheet.widths})
    for width, broken in ((each, broken) for each in widths for broken in (False, True)):
        look = {"style:name": _width(width, broken), "style:family": "table-column"}
        size = {"style:column-width": f"{width * 0.2:.2f}cm"} | (
            {"fo:break-before": "page"} if broken else {}
        )
        yield _new("style:style", look, _new("style:table-column-properties", size))
    for decimals in _DECIMALS:
        grouped = "true" if decimals == 0 else "false"
        digits = {"number:decimal-places": str(decimals), "number:min-integer-digits": "1"}
        digits |= {"number:min-decimal-places": str(decimals), "number:grouping": grouped}
        yield _new("number:number-style", {"style:name": f"n{decimals}"}, _new("number:number", digits))
    for name, (cell, paragraph, letters) in _LOOKS.items():
        counted = name in ("number", "moderate", "whole")
        for end in map(str, _DECIMALS) if counted else ("",):
            look = {"style:name": f"{name}{end}", "style:family": "table-cell"}
            look |= {"style:data-style-name": f"n{end}"} if counted else {}
            yield _new(
                "style:style",
                look,
                _new("style:table-cell-properties", cell),
                _new("style:paragraph-properties", paragraph),
                _new("style:text-properties", letters),
            )


def _content(book: Book) -> bytes:
    stream = io.BytesIO()
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        root = file.element(_q("office:document-content"), {_q("office:version"): "1.3"}, nsmap=_NS)
        with root:
            file.write(_new("office:automatic-styles", None, *_automatic(book)))
            with file.element(_q("office:body")), file.element(_q("office:spreadsheet")):
                for sheet in book.sheets:
                    _sheet(file, sheet)
    return stream.getvalue()


def _sheet(file: Any, sheet: Sheet) -> None:
    width = max(1, sheet.width)
    name = sheet.name.replace("'", "''")
    area = f"'{name}'.A1:'{name}'.{column_letters(width - 1)}{max(1, sheet.height)}"
    page = "t-broken" if sheet.breaks else "t-wide" if sheet.wide else "t-tall"
    look = {"name": sheet.name, "style-name": page, "print-ranges": area}
    with file.element(_q("table:table"), {_q(f"table:{k}"): v for k, v in look.items()}):
        columns = [_column(sheet, column) for column in range(width)]
        stub = sheet.stub if sheet.breaks else 0
        if stub:
            file.write(_new("table:table-header-columns", None, *columns[:stub]))
        for column in columns[stub:]:
            file.write(column)
        first, last = sheet.repeat or (-1, -2)
        for number, row in enumerate(sheet.every_row()):
            if number == first:
                with file.element(_q("table:table-header-rows")):
                    for each in sheet.rows[first : last + 1]:
                        file.write(_row(each))
            elif not first < number <= last:
                file.write(_row(row))


def _column(sheet: Sheet, column: int) -> Any:
    if column >= len(sheet.widths):
        return _new("table:table-column")
    name = _width(sheet.widths[column], column in sheet.breaks)
    return _new("table:table-column", {"table:style-name": name})


def _width(width: float, broken: bool) -> str:
    return f"w{width:g}".replace(".", "-") + ("-break" if broken else "")


_ROW, _CELL, _P = _q("table:table-row"), _q("table:table-cell"), _q("text:p")
_LOOK, _TYPE, _VALUE = _q("table:style-name"), _q("office:value-type"), _q("office:value")


def _row(row: Row) -> Any:
    found = etree.Element(_ROW)
    for cell in row or (None,):
        made = etree.SubElement(found, _CELL)
        if cell is None or cell.value is None:
            continue
        if isinstance(cell.value, str):
            made.set(_LOOK, cell.style if cell.style not in ("number", "moderate", "whole") else "text")
            made.set(_TYPE, "string")
            _said(made, cell)
        else:
            known, places = cell.style in ("number", "moderate", "whole"), max(cell.decimals, 0)
            made.set(_LOOK, f"{cell.style}{places}" if known else cell.style)
            made.set(_TYPE, "float")
            made.set(_VALUE, repr(cell.value))
            etree.SubElement(made, _P).text = f"{cell.value:.{places}f}"
    return found


def _said(made: Any, cell: Cell) -> None:
    for line in text(str(cell.value)).split("\n"):
        holder = etree.SubElement(made, _P)
        if cell.link:
            quoted = cell.link.replace("'", "''")
            href = cell.link if "://" in cell.link else f"#'{quoted}'.A1"
            holder = etree.SubElement(
                holder, _q("text:a"), {_q("xlink:href"): href, _q("xlink:type"): "simple"}
            )
        holder.text = line
