"""What cells of a workbook hold beside a value, from its XML: faults, formulas without a value, hidden rows,
and formats that change what a reader sees (0.25 as 25 %, 363 as 0363).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

_CELL = rb"<(?:\w+:)?c\b([^>]*)"
_VALUE = rb"<(?:\w+:)?v>([^<]*)</"
_ERROR = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?' + _VALUE, re.DOTALL)
_FORMULA = re.compile(
    _CELL
    + rb">\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    + rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</"
)
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_AT = re.compile(rb'\br="([A-Z]+\d+)"')
_ODS_ERROR = re.compile(rb'calcext:value-type="error"')
_ODS_HIDDEN = re.compile(rb'<table:table-row\b[^>]*table:visibility="(?:collapse|filter)"')
_PERCENT_IDS = frozenset({9, 10})
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATED_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Beside:
    """Cells with a fault, cells with a formula that was never worked out, and the number of hidden rows.

    ``percent`` are columns with numbers shown as percentages, ``zeros`` those shown with zeros in front and
    how many digits they have; both by the letters of the column.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    failed: int = 0
    """Cells with a fault, also those whose place is not told."""
    unworked: tuple[str, ...] = ()
    hidden: int = 0
    percent: tuple[str, ...] = ()
    zeros: Mapping[str, int] = field(default_factory=dict)


def beside(archive: zipfile.ZipFile, sheet: str) -> Beside:
    """What the XML of a sheet tells; nothing where a workbook is written otherwise."""
    names = set(archive.namelist())
    if "content.xml" in names:
        return _of_ods(archive.read("content.xml"), sheet)
    part = _part(archive, sheet)
    if part not in names or not part.endswith(".xml"):
        return Beside()
    data = archive.read(part)
    failed = _ERROR.finditer(data) if b't="e"' in data else ()
    found = [(_at(each[1]), each[2].decode("utf-8", "replace")) for each in failed]
    formulas = _FORMULA.finditer(data) if re.search(rb"<(?:\w+:)?f\b", data) else ()
    unworked = [_at(each[1]) for each in formulas if not (each[2] and b't="str"' in each[1])]
    percent, zeros = _formats(archive)
    return Beside(
        {cell: said for cell, said in found if cell},
        len(found),
        tuple(unworked),
        len(_HIDDEN.findall(data)),
        tuple(_columns(data, percent)),
        {letters: width for style, width in zeros.items() for letters in _columns(data, {style})},
    )


def _at(attributes: bytes) -> str:
    found = _AT.search(attributes)
    return found[1].decode() if found else ""


def _columns(data: bytes, styles: Mapping[int, int] | set[int]) -> Iterator[str]:
    """The letters of columns in which numbers have one of these styles."""
    if not styles:
        return
    told = b"|".join(str(each).encode() for each in styles)
    pattern = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bs="(?:' + told + rb')")[^>]*\br="([A-Z]+)\d+"[^>/]*>')
    yield from sorted({each.decode() for each in pattern.findall(data)})


def _formats(archive: zipfile.ZipFile) -> tuple[set[int], dict[int, int]]:
    """Styles of cells that show percentages, and those that show zeros in front with their width."""
    root = _xml(archive, "xl/styles.xml")
    if root is None:
        return set(), {}
    own = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in root.iterfind(".//{*}numFmt")}
    kinds = [int(each.get("numFmtId", 0)) for each in root.iterfind("{*}cellXfs/{*}xf")]
    percent = {at for at, kind in enumerate(kinds) if kind in _PERCENT_IDS or "%" in own.get(kind, "")}
    zeros = {at: len(own[kind]) for at, kind in enumerate(kinds) if re.fullmatch("0{2,}", own.get(kind, ""))}
    return percent, zeros


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of an archive that holds a sheet."""
    book, related = _xml(archive, "xl/workbook.xml"), _xml(archive, "xl/_rels/workbook.xml.rels")
    if book is None or related is None:
        return ""
    targets = {each.get("Id"): each.get("Target", "") for each in related}
    for each in book.iterfind(".//{*}sheet"):
        if each.get("name") == sheet:
            target = targets.get(each.get(_RELATED) or each.get(_RELATED_STRICT), "")
            return str(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return ""


def _of_ods(data: bytes, sheet: str) -> Beside:
    """One file holds all sheets: that of the one is from its name to the next."""
    start = data.find(f'table:name="{sheet}"'.encode())
    part = data[max(0, start) : end if (end := data.find(b"</table:table>", start)) > 0 else None]
    return Beside(failed=len(_ODS_ERROR.findall(part)), hidden=len(_ODS_HIDDEN.findall(part)))


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(archive.read(name), parser)
    except (KeyError, etree.XMLSyntaxError):
        return None
