"""Exchange with the Tweede Kamer: its XML (tkData v1.0, in an Atom feed like its SyncFeed) and OData JSON.

What Parliament's schema has no field for (term, proof sentence, themes) travels in ``annotatie`` elements, so
that a ledger comes back as it went. A day of ``0001-01-01`` means none, as in the register itself.
"""

from __future__ import annotations

import json
import re
import uuid
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from thuis.dossier.ledger.model import COLUMNS, STATUSES, Entry
from thuis.dossier.ledger.table import last_day, read_ledger
from thuis.dossier.ledger.told import day, person, state
from thuis.dossier.ledger.upper import is_register, upper_rows
from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.files import put
from thuis.tables import as_csv

NAMESPACE = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
_ATOM = "http://www.w3.org/2005/Atom"
_DEFAULT: Any = {None: _ATOM}
_BOTH: Any = {None: NAMESPACE, "tk": NAMESPACE}
_TK_DATA = re.compile(r"\{http://www\.tweedekamer\.nl/xsd/tkData/v[\w.-]+\}")
"""Any version of the namespace; what is written is of the first."""
_OURS = "thuis:"
_IDS = uuid.UUID("6a1f2a5e-4f0e-5d4c-9b8e-3d2c1b0a9f8e")
_OFFICIAL = {
    "nummer": "number",
    "activiteitNummer": "activity",
    "naam": "name",
    "functie": "who",
    "status": "status",
    "datumNakoming": "fulfilled_on",
    "kamerbriefNakoming": "fulfilled_by",
    "ministerie": "ministry",
    "tekst": "text",
}
_ORDER = (
    "aanmaakdatum", "nummer", "activiteit", "activiteitNummer", "naam", "functie", "status", "datumNakoming",
    "kamerbriefNakoming", "ministerie", "tekst",
)  # fmt: skip
_NAMES = ("titulatuur", "initialen", "voornaam", "tussenvoegsel", "achternaam", "achtervoegsel")
"""Parts of a person's name, which the register gives beside, or instead of, the whole."""
_RELATIONS = {"isHerhalingVan": "repeats", "isAanvullingOp": "supplements", "isWijzigingVan": "changes"}
_REST = tuple(name for name in COLUMNS if name not in {*_OFFICIAL.values(), *_RELATIONS.values(), "guid"})


def export_entries(entries: Sequence[Entry], out: Path, now: datetime | None = None) -> None:
    """Write a ledger as ``.xml`` (Atom with tkData v1.0), ``.json`` (OData v4) or ``.csv``.

    :param now: the moment written as "bijgewerkt"; the same moment gives the same bytes.
    :raises ThuisError: for another end of the name.
    """
    moment = now or datetime.now(UTC)
    forms: dict[str, Callable[[], str]] = {
        ".xml": lambda: as_xml(entries, moment),
        ".json": lambda: as_odata(entries, moment),
        ".csv": lambda: as_csv([_plain(each) for each in entries], COLUMNS),
    }
    if out.suffix not in forms:
        raise ThuisError(f"no form for {out.suffix or out.name!r}", Place(str(out)), available=tuple(forms))
    put(out, forms[out.suffix]())


def _plain(entry: Entry) -> dict[str, str]:
    return {name: getattr(entry, name) for name in COLUMNS}


def guid(entry: Entry) -> str:
    """The GUID of a line: its own, or one that follows from its id."""
    return entry.guid or str(uuid.uuid5(_IDS, entry.id))


def _moment(day: str) -> str | None:
    exact = last_day(day) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else None
    return f"{exact.isoformat()}T00:00:00" if exact else None


def as_xml(entries: Sequence[Entry], now: datetime) -> str:
    """A ledger as an Atom feed of ``toezegging`` elements that are valid under Parliament's schema."""
    ids = {entry.id: guid(entry) for entry in entries}
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_DEFAULT)
    etree.SubElement(feed, f"{{{_ATOM}}}title").text = "Toezeggingen"
    etree.SubElement(feed, f"{{{_ATOM}}}id").text = f"urn:uuid:{uuid.uuid5(_IDS, ' '.join(ids))}"
    etree.SubElement(feed, f"{{{_ATOM}}}updated").text = stamp
    for entry in entries:
        item = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        etree.SubElement(item, f"{{{_ATOM}}}title").text = ids[entry.id]
        etree.SubElement(item, f"{{{_ATOM}}}id").text = f"urn:uuid:{ids[entry.id]}"
        etree.SubElement(item, f"{{{_ATOM}}}updated").text = stamp
        content = etree.SubElement(item, f"{{{_ATOM}}}content", type="application/xml")
        content.append(_element(entry, ids, stamp))
    text = etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return bytes(text).decode("utf-8")


def _element(entry: Entry, ids: Mapping[str, str], stamp: str) -> Any:
    tag = f"{{{NAMESPACE}}}"
    root = etree.Element(f"{tag}toezegging", nsmap=_BOTH, id=ids[entry.id])
    root.set(f"{tag}verwijderd", "false")
    root.set(f"{tag}bijgewerkt", stamp)
    for name in _REST:
        if value := getattr(entry, name):
            etree.SubElement(root, f"{tag}annotatie").text = f"{_OURS}{name}={value}"
    if entry.fulfilled_on and not _moment(entry.fulfilled_on):
        etree.SubElement(root, f"{tag}annotatie").text = f"{_OURS}fulfilled_on={entry.fulfilled_on}"
    for name, column in _RELATIONS.items():
        for other in getattr(entry, column).split():
            relation = etree.SubElement(root, f"{tag}{name}", ref=ids[other])
            relation.set(f"{tag}bijgewerkt", stamp)
    values = {name: getattr(entry, column) for name, column in _OFFICIAL.items()}
    values |= {"datumNakoming": _moment(entry.fulfilled_on) or "", "aanmaakdatum": _moment(entry.date) or ""}
    for name in _ORDER:
        if values.get(name):
            etree.SubElement(root, f"{tag}{name}").text = values[name]
    return root


def as_odata(entries: Sequence[Entry], now: datetime) -> str:
    """A ledger as OData v4 JSON, with the property names of Parliament's API."""
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    ids = {entry.id: guid(entry) for entry in entries}
    value = []
    for entry in entries:
        row: dict[str, Any] = {"Id": ids[entry.id]}
        row |= {_capital(name): getattr(entry, column) or None for name, column in _OFFICIAL.items()}
        row |= {"DatumNakoming": _moment(entry.fulfilled_on), "Aanmaakdatum": _moment(entry.date)}
        row |= {
            _capital(name): [{"Id": ids[other]} for other in getattr(entry, column).split()]
            for name, column in _RELATIONS.items()
            if getattr(entry, column)
        }
        row |= {"ApiGewijzigdOp": stamp, "Verwijderd": False}
        row["thuis"] = {
            name: getattr(entry, name) for name in (*_REST, "fulfilled_on") if getattr(entry, name)
        }
        value.append(row)
    return json.dumps({"value": value}, ensure_ascii=False, indent=2) + "\n"


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def import_entries(path: Path) -> list[Entry]:
    """Commitments of a register: the Tweede Kamer's XML or OData JSON, a saved page of the Eerste Kamer.

    Also a ledger's own CSV.

    :raises ThuisError: for a damaged file, one without commitments, and states that are none of the four.
    """
    if not path.is_file():
        raise ThuisError("there is no such file", Place(str(path)))
    if path.suffix == ".csv":
        return read_ledger(path)
    data = path.read_bytes().removeprefix(BOM_UTF8)
    if data.lstrip()[:1] in b"{[":
        rows = list(_odata_rows(data, path.name))
    elif is_register(data):
        rows = list(upper_rows(data, path.name))
    else:
        rows = list(_xml_rows(data, path.name))
    if not rows:
        raise ThuisError("no commitment in the file", Place(path.name), f"toezegging in {NAMESPACE}")
    raise_all(
        [
            each
            for n, row in enumerate(rows, 1)
            for each in _faults(row, Place(path.name, row=n, key=row.get("id") or row.get("number")))
        ]
    )
    return _linked([_entry(row) for row in rows])


def _faults(row: Mapping[str, str], place: Place) -> Iterator[Problem]:
    if not (row.get("id") or row.get("number") or row.get("guid")):
        yield Problem("the commitment has no number and no Id", place, "Nummer or Id")
    if row.get("status", "Openstaand") not in STATUSES:
        yield Problem(f"unknown status {row['status']!r}", place, available=STATUSES)
    for name in ("date", "due", "fulfilled_on"):
        if (told := row.get(name)) and told != "0001-01-01" and not last_day(told):
            yield Problem(f"{told!r} is no day", place, "a date as 2024-12-31, a month or a year")


def _entry(row: dict[str, str]) -> Entry:
    row = {key: value for key, value in row.items() if value and not value.startswith("0001-01-01")}
    if row.get("name"):
        row["name"] = person(row["name"])
    if not row.get("id"):
        row["id"] = row.get("number") or row["guid"]
    row.setdefault("text", "–")
    return Entry(**{name: value for name, value in row.items() if name in COLUMNS})  # type: ignore[arg-type]


def _linked(entries: list[Entry]) -> list[Entry]:
    """Relations by the ids of the ledger; one to a line that did not come along is left out."""
    names = {guid(entry): entry.id for entry in entries}
    linked = []
    for entry in entries:
        known = {
            column: " ".join(names[each] for each in getattr(entry, column).split() if each in names)
            for column in _RELATIONS.values()
        }
        linked.append(replace(entry, **known))  # type: ignore[arg-type]
    return linked


def _xml_rows(data: bytes, name: str) -> Iterator[dict[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = Place(name, error.lineno)
        raise ThuisError("the XML is damaged", place, "XML of the Tweede Kamer") from error
    for each in root.iter("{*}toezegging"):
        tag = f"{{{etree.QName(each).namespace or ''}}}"
        if not _TK_DATA.fullmatch(tag):
            continue
        if "true" in (each.get(f"{tag}verwijderd"), each.get("verwijderd")):
            continue
        row = {"guid": each.get("id", "")}
        parts: dict[str, str] = {}
        for child in each:
            local = etree.QName(child).localname
            text = (child.text or "").strip()
            if local == "annotatie" and text.startswith(_OURS):
                key, _, value = text.removeprefix(_OURS).partition("=")
                row[key] = value
            elif local in _RELATIONS and child.get("ref"):
                column = _RELATIONS[local]
                row[column] = f"{row.get(column, '')} {child.get('ref')}".strip()
            elif local in _NAMES and text:
                parts[local] = text
            elif local == "kamerbriefNakoming" and text:
                row["fulfilled_by"] = ", ".join(filter(None, (row.get("fulfilled_by"), text)))
            elif local in _OFFICIAL and text:
                row[_OFFICIAL[local]] = day(text) if local.startswith("datum") else text
            elif local == "aanmaakdatum" and text:
                row.setdefault("date", day(text))
        row["status"] = state(row.get("status", "Openstaand"))
        yield {"name": _joined(parts)} | row


def _joined(parts: Mapping[str, str]) -> str:
    """A name from its parts; the first name stands in for initials only where there are none.

    >>> _joined({"initialen": "C.E.G.", "voornaam": "Karien", "tussenvoegsel": "van", "achternaam": "Gennip"})
    'C.E.G. van Gennip'
    """
    used = [name for name in _NAMES if not (name == "voornaam" and parts.get("initialen"))]
    return " ".join(parts[name] for name in used if parts.get(name))


def _odata_rows(data: bytes, name: str) -> Iterator[dict[str, str]]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ThuisError(f"the JSON is damaged: {error}", Place(name)) from error
    listed = _things(told)
    failed = told.get("error") if isinstance(told, dict) else None
    if isinstance(failed, dict) and failed.get("message"):
        said = " ".join(str(failed["message"]).split())[:200]
        raise ThuisError(f"the register answered with an error: {said}", Place(name), step="ask it again")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise ThuisError(
            "the JSON is no list of commitments", Place(name), '{"value": [{"Id": …, "Tekst": …}]}'
        )
    for each in listed:
        fields = {str(key).lower(): value for key, value in each.items()}
        if not fields.get("verwijderd"):
            yield _odata_row(fields)


def _things(told: object) -> object:
    """The things of an answer of the API: of one page, of several in a list, or of one thing alone."""
    if isinstance(told, dict):
        return told["value"] if "value" in told else [told] if {"Id", "Tekst"} & told.keys() else None
    if isinstance(told, list) and told and all(isinstance(each, dict) and "value" in each for each in told):
        pages = [each["value"] for each in told]
        return (
            [thing for page in pages for thing in page] if all(isinstance(p, list) for p in pages) else None
        )
    return told


def _odata_row(fields: Mapping[str, Any]) -> dict[str, str]:
    """One row, from properties by their names in small letters: the API writes "AanmaakDatum".

    What was asked with ``$expand`` fills the letters, the activity, the debate and its day, and the members.
    """
    row = {"guid": str(fields.get("id") or "")}
    row["name"] = _joined({part: str(fields.get(part) or "") for part in _NAMES})
    for official, column in _OFFICIAL.items():
        value = fields.get(official.lower())
        if value:
            row[column] = day(str(value)) if official.startswith("datum") else _told(value)
    row["status"] = state(row.get("status") or "Openstaand")
    if fields.get("aanmaakdatum"):
        row["date"] = day(str(fields["aanmaakdatum"]))
    if activity := next(iter(_listed(fields.get("activiteit"))), None):
        row.setdefault("activity", _told(activity))
        row["debate"] = str(activity.get("Onderwerp") or activity.get("Soort") or "")
        row["date"] = day(str(activity.get("Datum") or row.get("date") or ""))
    people = [_listed(each.get("Persoon")) or [each] for each in _listed(fields.get("toegezegdaan"))]
    row["to"] = ", ".join(filter(None, (_person(one) for each in people for one in each)))
    for relation, column in _RELATIONS.items():
        others = _listed(fields.get(relation.lower()))
        row[column] = " ".join(str(other["Id"]) for other in others if "Id" in other)
    own = _listed(fields.get("thuis"))
    return row | {key: str(value) for each in own for key, value in each.items()}


def _listed(value: object) -> list[dict[str, Any]]:
    """What ``$expand`` gave: one thing, several, or nothing."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _told(value: object) -> str:
    """A value as text; of a thing the number by which Parliament knows it, of several all numbers."""
    if not isinstance(value, dict | list):
        return str(value)
    names = ("DocumentNummer", "Nummer", "Id")
    told = (next((str(each[name]) for name in names if each.get(name)), "") for each in _listed(value))
    return ", ".join(filter(None, told))


def _person(fields: Mapping[str, Any]) -> str:
    return _joined({part: str(fields.get(_capital(part)) or "") for part in _NAMES})


def goes_on(path: Path) -> str:
    """Where the rest of an answer of the API is, when a file holds only a page of it; else empty."""
    data = path.read_bytes().removeprefix(BOM_UTF8)
    if path.suffix == ".csv" or data.lstrip()[:1] not in (b"{", b"["):
        return ""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    last = told[-1] if isinstance(told, list) and told else told
    return str(last.get("@odata.nextLink") or "") if isinstance(last, dict) else ""
