"""The tables of an HSDS package put together: each service with its organisation, locations, phones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from thuis.directory.older import weekly

Doc = dict[str, Any]
_NUMBERS = {
    "latitude": float, "longitude": float, "minimum_age": float, "maximum_age": float, "amount": float,
    "interval": int, "year_incorporated": int, "extension": int, "count": int,
}  # fmt: skip
_PLURALS = {
    "service": "services", "organization": "organizations", "location": "locations", "phone": "phones",
    "contact": "contacts", "address": "addresses", "schedule": "schedules", "language": "languages",
    "attribute": "attributes", "cost_option": "cost_options", "service_area": "service_areas",
    "program": "programs", "taxonomy": "taxonomies", "taxonomy_term": "taxonomy_terms", "url": "urls",
    "required_document": "required_documents", "organization_identifier": "organization_identifiers",
    "service_at_locations": "service_at_location", "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location", "physical_addresses": "addresses",
    "postal_addresses": "addresses", "accessibility_for_disabilities": "accessibility", "unit": "units",
    "physical_address": "addresses",
    "postal_address": "addresses", "mail_addresses": "addresses", "regular_schedule": "schedules",
    "regular_schedules": "schedules", "holiday_schedule": "holiday_schedules",
    "services_taxonomy": "service_taxonomys", "service_taxonomy": "service_taxonomys",
    "eligibility": "eligibilitys", "eligibilities": "eligibilitys",
}  # fmt: skip
_ALONE = frozenset(
    {
        "services", "organizations", "locations", "programs", "taxonomies", "taxonomy_terms", "attributes",
        "service_at_location", "urls",
    }
)  # fmt: skip
"""Tables that are put together by rules of their own; every other one hangs below what its rows point to."""
_BELOW = frozenset({("organization_id", "programs"), ("organization_id", "locations")})
_REFERENCES = {
    "service_at_location_id": "service_at_location", "location_id": "locations", "contact_id": "contacts",
    "service_id": "services", "organization_id": "organizations", "program_id": "programs",
    "taxonomy_term_id": "taxonomy_terms",
}  # fmt: skip
_PARENTS = ("service_at_location_id", "location_id", "contact_id", "service_id", "organization_id")


def nested(tables: Mapping[str, list[Doc]]) -> list[tuple[str, str, Doc]]:
    """Kind, place and document of everything in the tables.

    >>> phones = [{"id": "2", "service_id": "1", "number": "3"}]
    >>> nested({"services": [{"id": "1", "name": "A"}], "phones": phones})[0][2]["phones"]
    [{'id': '2', 'number': '3'}]
    """
    own = _own(tables)
    index = {name: _by_parent(rows) for name, rows in own.items()}
    attributes = _by_link(own.get("attributes", []), own.get("taxonomy_terms", []), own.get("taxonomies", []))
    locations = {
        row.get("id"): _with(row, index, "location_id", attributes) for row in own.get("locations", [])
    }
    organizations = {
        row.get("id"): _with(row, index, "organization_id", attributes)
        for row in own.get("organizations", [])
    }
    programs = {row.get("id"): row for row in own.get("programs", [])}
    found: list[tuple[str, str, Doc]] = []
    used: set[int] = set()
    for i, row in enumerate(own.get("services", [])):
        doc = _with(row, index, "service_id", attributes)
        at = index.get("service_at_location", {}).get(("service_id", row.get("id")), [])
        places = [_at(each, index, locations, attributes) for each in at]
        if not places and doc.get("location_id") in locations:
            places = [{"location": locations[doc.pop("location_id")]}]
            doc.setdefault("organization_id", places[0]["location"].get("organization_id"))
        if places:
            doc["service_at_locations"] = places
        used |= {id(each.get("location")) for each in places}
        if doc.get("organization_id") in organizations:
            doc["organization"] = organizations[doc.pop("organization_id")]
        if doc.get("program_id") in programs:
            doc["program"] = programs[doc.pop("program_id")]
        urls = index.get("urls", {}).get(("service_id", row.get("id")), [])
        if urls:
            doc["additional_urls"] = [_without(each, "service_id") for each in urls]
        found.append(("service", f"services row {i + 2}", doc))
    found += [("organization", f"organizations {key}", doc) for key, doc in organizations.items()]
    found += [("location", f"locations {key}", doc) for key, doc in locations.items() if id(doc) not in used]
    for kind in ("taxonomies", "taxonomy_terms"):
        one = {"taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}[kind]
        found += [(one, f"{kind} row {i + 2}", row) for i, row in enumerate(own.get(kind, []))]
    return found


def _own(tables: Mapping[str, list[Doc]]) -> dict[str, list[Doc]]:
    """The tables by their names in HSDS 3, two that mean one put together; weekly hours as schedules."""
    found: dict[str, list[Doc]] = {}
    for name, rows in tables.items():
        typed = [_typed(row) for row in rows]
        if name in ("regular_schedule", "regular_schedules"):
            typed = [{**_without(row, "weekday"), **weekly(row)} for row in typed]
        if name in ("postal_address", "postal_addresses", "mail_addresses"):
            typed = [{"address_type": "postal", **row} for row in typed]
        found.setdefault(_PLURALS.get(name, name), []).extend(typed)
    return found


def astray(tables: Mapping[str, list[Doc]]) -> Iterator[tuple[str, str]]:
    """Rows that belong to something that no table holds: the table and row, and what is lacking.

    >>> list(astray({"services": [{"id": "1", "organization_id": "9"}]}))
    [('services row 2', "organization_id '9' stands in no table 'organizations'")]
    """
    own = {_PLURALS.get(name, name): rows for name, rows in tables.items()}
    ids = {name: {str(row.get("id")) for row in rows} for name, rows in own.items()}
    for name, rows in own.items():
        for number, row in enumerate(rows, 2):
            for column in row.keys() & _REFERENCES.keys():
                wanted, value = _REFERENCES[column], row[column]
                if value not in (None, "") and str(value) not in ids.get(wanted, ()):
                    yield f"{name} row {number}", f"{column} {value!r} stands in no table {wanted!r}"
            if name not in _ALONE and row and not any(row.get(column) for column in _REFERENCES):
                yield (
                    f"{name} row {number}",
                    "it says not to which service, location or organisation it belongs",
                )


def _typed(row: Doc) -> Doc:
    """Numbers as numbers where HSDS has numbers; what is none stays as it is."""
    found = dict(row)
    for name, kind in _NUMBERS.items():
        if isinstance(found.get(name), str):
            try:
                found[name] = kind(found[name])
            except ValueError:
                continue
    return found


def _by_parent(rows: list[Doc]) -> dict[tuple[str, Any], list[Doc]]:
    found: dict[tuple[str, Any], list[Doc]] = defaultdict(list)
    for row in rows:
        for name in _PARENTS:
            if row.get(name):
                found[(name, row[name])].append(row)
    return found


def _by_link(rows: list[Doc], terms: list[Doc], taxonomies: list[Doc]) -> dict[Any, list[Doc]]:
    schemes = {row.get("id"): row for row in taxonomies}
    known: dict[Any, Doc] = {}
    for row in terms:
        scheme = schemes.get(row.get("taxonomy_id"))
        known[row.get("id")] = {**row, **({"taxonomy_detail": scheme} if scheme else {})}
    found: dict[Any, list[Doc]] = defaultdict(list)
    for row in rows:
        doc = dict(row)
        if doc.get("taxonomy_term_id") in known:
            doc["taxonomy_term"] = known[doc.pop("taxonomy_term_id")]
        found[row.get("link_id")].append(doc)
    return found


def _with(row: Doc, index: dict[str, Any], key: str, attributes: dict[Any, list[Doc]]) -> Doc:
    doc = dict(row)
    for name in index:
        if name in _ALONE and (key, name) not in _BELOW:
            continue
        rows = index.get(name, {}).get((key, row.get("id")), [])
        inner = [_without(_deeper(each, name, index), key) for each in rows]
        if inner:
            doc[name] = inner
    if attributes.get(row.get("id")):
        doc["attributes"] = attributes[row.get("id")]
    return doc


def _deeper(row: Doc, name: str, index: dict[str, Any]) -> Doc:
    if name != "contacts":
        return row
    phones = index.get("phones", {}).get(("contact_id", row.get("id")), [])
    return {**row, "phones": [_without(each, "contact_id") for each in phones]} if phones else row


def _at(row: Doc, index: dict[str, Any], locations: dict[Any, Doc], attributes: dict[Any, list[Doc]]) -> Doc:
    doc = _without(_with(row, index, "service_at_location_id", attributes), "service_id")
    if doc.get("location_id") in locations:
        doc["location"] = locations[doc.pop("location_id")]
    return doc


def _without(row: Doc, key: str) -> Doc:
    return {name: value for name, value in row.items() if name != key}
