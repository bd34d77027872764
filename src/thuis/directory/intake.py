"""Whatever shape a list of services comes in, as documents of HSDS 3.1: lists, tables, older shapes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from thuis.directory import older
from thuis.directory.hsds import Doc, from_service
from thuis.directory.model import Initiative
from thuis.directory.tabular import astray, nested
from thuis.directory.validate import faults
from thuis.errors import Place, Problem, ThuisError
from thuis.places import LAST
from thuis.tables.sheet import parse_csv

KINDS = ("service", "organization", "service_at_location", "location", "taxonomy", "taxonomy_term")


@dataclass(frozen=True, slots=True)
class Package:
    """What a file held: records with their places, and documents that are no service, kept as they are."""

    shape: str
    records: tuple[tuple[Initiative, Place], ...] = ()
    others: tuple[tuple[str, Doc], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())


def read_hsds(path: Path, today: date) -> Package:
    """A file of HSDS JSON, or a folder or zip of its tables.

    :raises ThuisError: when it cannot be read or holds nothing that HSDS knows.
    """
    if path.is_dir():
        return _of_tables(_tables_of_folder(path), path.name, today)
    if not path.is_file():
        raise ThuisError("there is no such file", Place(str(path)), step="check the name")
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04"):
        return _of_tables(_tables_of_zip(data, path.name), path.name, today)
    return read_json(data, path.name, today)


def _of_tables(tables: Mapping[str, list[Doc]], name: str, today: date) -> Package:
    found = _package(nested(tables), name, today, "tabular")
    lacking = tuple(
        Problem(what, Place(name, key=row), step="add the table or the row, or leave the reference out")
        for row, what in astray(tables)
    )
    return replace(found, problems=(*found.problems, *lacking))


_OTHERS = {"@context": "JSON-LD", "features": "GeoJSON"}


def _no_other(value: Any, name: str) -> None:
    """Refuse what thuis writes for others, and does not read."""
    first = value[0] if isinstance(value, list) and value else value
    form = next((said for key, said in _OTHERS.items() if isinstance(first, dict) and key in first), None)
    if form:
        step = "give the HSDS, or a table with a row for each initiative"
        raise ThuisError(
            f"this is {form}, which is written and not read", Place(name), "HSDS JSON", step=step
        )


def read_json(data: bytes, name: str, today: date) -> Package:
    """The bytes of a JSON file of any of the shapes."""
    try:
        value = _loaded(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ThuisError("the file is not UTF-8", Place(name), "JSON in UTF-8") from error
    except json.JSONDecodeError as error:
        raise ThuisError(
            f"this is no JSON: {error.msg}", Place(name, error.lineno, error.colno), "HSDS JSON"
        ) from error
    except RecursionError as error:
        raise ThuisError("this JSON is nested too deeply", Place(name), "HSDS JSON") from error
    except ValueError as error:
        raise ThuisError("a number in this JSON has thousands of digits", Place(name), "HSDS JSON") from error
    _no_description(value, name)
    _no_other(value, name)
    docs, shape = _documents(value)
    if not docs:
        raise ThuisError(
            "nothing in it is a service or an organisation", Place(name), available=KINDS, step="is it HSDS?"
        )
    found = _package(docs, name, today, shape)
    return replace(found, problems=(*found.problems, *_more_pages(value, name)))


def _no_description(value: Any, name: str) -> None:
    """Refuse what describes data and holds none: a JSON Schema, or the descriptor of a package."""
    if not isinstance(value, Mapping):
        return
    if "$schema" in value and {"properties", "definitions", "$defs"} & value.keys():
        raise ThuisError(
            "this is a schema for data, and no data", Place(name), "HSDS JSON", step="give the data itself"
        )
    if isinstance(value.get("resources"), list) and not {"status", "organization"} & value.keys():
        raise ThuisError(
            "this describes the tables of a package (a datapackage.json), and holds no rows",
            Place(name),
            "HSDS JSON, or the tables",
            step="give the folder or the zip that it lies in",
        )


def _more_pages(value: Any, name: str) -> list[Problem]:
    """One page of an answer of an API is not the whole list."""
    if not isinstance(value, Mapping):
        return []
    page, pages = (
        value.get("page_number", value.get("number", 1)),
        value.get("total_pages", value.get("totalPages")),
    )
    if not isinstance(pages, int) or pages < 2:
        return []
    return [
        Problem(
            f"this is page {page} of {pages} of an answer",
            Place(name),
            expected="all of them",
            step="ask for the other pages too, or for more on a page (per_page)",
        )
    ]


def _loaded(text: str) -> Any:
    """The value of a JSON text, or a list of those on its lines."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [each for each in text.splitlines() if each.strip()]
        if error.msg != "Extra data" or len(lines) < 2:
            raise
        try:
            return [json.loads(each) for each in lines]
        except json.JSONDecodeError:
            raise error from None


def _documents(value: Any) -> tuple[list[tuple[str, str, Doc]], str]:
    """Kind, path in the file and document of everything in a JSON value."""
    if isinstance(value, Mapping) and any(str(key).endswith(".csv") for key in value):
        tables = {str(k).removesuffix(".csv"): list(v) for k, v in value.items() if isinstance(v, list)}
        return nested(tables), "tabular"
    rows, prefix = _rows(value)
    docs: list[tuple[str, str, Doc]] = []
    shapes: set[str] = set()
    for i, row in enumerate(rows):
        if isinstance(row, Mapping):
            path = f"{prefix}[{i}]" if prefix is not None else "$"
            for kind, deeper, doc, shape in _one(dict(row), path):
                docs.append((kind, deeper, doc))
                shapes.add(shape)
    return docs, "+".join(sorted(shapes)) or "nothing"


def _rows(value: Any) -> tuple[list[Any], str | None]:
    if isinstance(value, list):
        return value, "$"
    if isinstance(value, Mapping):
        for key in (
            "contents",
            "content",
            "items",
            "results",
            "data",
            "services",
            "organizations",
            "locations",
        ):
            own = "name" in value and ("id" in value or key in ("organizations", "locations"))
            if isinstance(value.get(key), list) and not own:
                return list(value[key]), key
        return [value], None
    return [], None


def _one(row: Doc, path: str) -> list[tuple[str, str, Doc, str]]:
    plain = older.without_suffix(row)
    if plain.keys() != row.keys() or older.is_ohana(plain):
        row = plain
    if older.is_ohana(row):
        return [("service", f"{path}.{deeper}", doc, "ohana") for deeper, doc in older.from_ohana(row)]
    kind = _kind(row)
    if kind == "service":
        if older.is_first(row):
            return [("service", path, older.from_first(row), "hsds-1-or-2")]
        return [("service", path, row, "hsds-3")]
    if kind == "service_at_location":
        return [("service_at_location", path, row, "hsds-3"), *_inside(row, path)]
    if kind == "organization":
        return [("organization", path, row, "hsds-3"), *_services_of(row, path)]
    return [(kind, path, row, "hsds-3")] if kind else []


def _inside(row: Doc, path: str) -> list[tuple[str, str, Doc, str]]:
    """The service in a service at a location, with that location."""
    service = row.get("service")
    if not isinstance(service, Mapping):
        return []
    at = {key: value for key, value in row.items() if key != "service"}
    doc = {**service, "service_at_locations": service.get("service_at_locations") or [at]}
    return [("service", f"{path}.service", doc, "hsds-3")]


def _services_of(row: Doc, path: str) -> list[tuple[str, str, Doc, str]]:
    own = {key: row[key] for key in ("id", "name", "description", "organization_identifiers") if key in row}
    found = []
    for i, each in enumerate(row.get("services") or []):
        if isinstance(each, Mapping):
            doc = {**each, "organization": each.get("organization") or own}
            found.append(("service", f"{path}.services[{i}]", doc, "hsds-3"))
    return found


_OF_ORGANIZATION = frozenset(
    {"services", "legal_status", "year_incorporated", "parent_organization_id", "website"}
)
_OF_SERVICE = frozenset(
    {
        "status",
        "organization",
        "organization_id",
        "fees_description",
        "fees",
        "service_at_locations",
        "eligibility_description",
        "assured_date",
        "application_process",
    }
)
_TESTS: tuple[tuple[str, Callable[[Doc], bool]], ...] = (
    (
        "service_at_location",
        lambda row: isinstance(row.get("service"), Mapping) or ("location" in row and "name" not in row),
    ),
    ("taxonomy_term", lambda row: bool({"taxonomy", "taxonomy_detail", "taxonomy_id"} & row.keys())),
    ("organization", lambda row: bool(_OF_ORGANIZATION & row.keys()) and "status" not in row),
    ("location", lambda row: "location_type" in row),
    ("service", lambda row: bool(_OF_SERVICE & row.keys())),
    (
        "taxonomy",
        lambda row: "version" in row or ("uri" in row and row.keys() <= {"id", "name", "description", "uri"}),
    ),
    ("organization", lambda row: {"id", "name", "description"} <= row.keys()),
    ("service", lambda row: "name" in row),
)


def _kind(row: Doc) -> str | None:
    """What a document is, by the keys that only that kind has."""
    return next((kind for kind, test in _TESTS if test(row)), None)


def _package(docs: list[tuple[str, str, Doc]], name: str, today: date, shape: str) -> Package:
    records: list[tuple[Initiative, Place]] = []
    others: list[tuple[str, Doc]] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for kind, path, doc in docs:
        if kind != "service":
            others.append((kind, doc))
            continue
        where = Place(name, key=path)
        if not isinstance(doc.get("name"), str) or not doc["name"].strip():
            problems.append(Problem("a service has no name", where, expected="a text under 'name'"))
            continue
        record = from_service(doc, source=name, day=min(today, LAST))
        if seen.get(record.id, path) != path:
            if doc == next(dict(old.kept) for old, _ in records if old.id == record.id):
                continue
            problems.append(
                Problem(
                    f"two services have the id {record.id!r}", where, step=f"the other is {seen[record.id]}"
                )
            )
        seen[record.id] = path
        problems += [each.problem(Place(name, key=f"{path}.{each.field}")) for each in faults(record, today)]
        records.append((record, where))
    return Package(shape, tuple(records), tuple(others), tuple(problems))


def _tables_of_folder(folder: Path) -> dict[str, list[Doc]]:
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise ThuisError("there are no CSV tables in it", Place(str(folder)), "services.csv and so on")
    return {path.stem: _table(path.read_bytes(), path.name) for path in paths}


def _tables_of_zip(data: bytes, name: str) -> dict[str, list[Doc]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise ThuisError("this is no zip file", Place(name), "a zip of CSV tables") from error
    with archive:
        members = [each for each in archive.infolist() if _is_table(each.filename)]
        stems = [Path(each.filename).stem for each in members]
        twice = sorted({each for each in stems if stems.count(each) > 1})
        if twice:
            raise ThuisError(
                f"two tables are called {twice[0]!r}", Place(name), "one package", step="one zip for each"
            )
        if sum(each.file_size for each in members) > 200_000_000:
            raise ThuisError("the tables are larger than 200 MB", Place(name))
        return {
            Path(each.filename).stem: _table(archive.read(each), f"{name}/{each.filename}")
            for each in members
        }


def _is_table(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() == ".csv" and not path.name.startswith(".") and "__MACOSX" not in path.parts


def _table(data: bytes, name: str) -> list[Doc]:
    if not data.strip():
        return []
    return [{key: value for key, value in row.cells.items() if value} for row in parse_csv(data, name).rows]
