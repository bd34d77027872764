"""HSDS 3.1 out: strict, and with everything that came in.

An export starts from the document a record came from and writes only what differs from what was read; so an
untouched record gives back the same document, and a changed one everything else besides.
"""

from __future__ import annotations

import copy
import json
import uuid
from typing import Any

from thuis.contract.directory import Contact, Where
from thuis.directory.formats import without_running
from thuis.directory.hsds import (
    CODES,
    DUTCH,
    ENGLISH,
    TAXONOMIES,
    Doc,
    as_dict,
    as_list,
    attributes_of,
    from_service,
    uid,
)
from thuis.directory.model import Initiative
from thuis.directory.terms import FACETS, terms
from thuis.language import LANGUAGES
from thuis.places import municipalities


def to_service(record: Initiative) -> Doc:
    """The record as a service document of HSDS 3.1: what it came from, with what was changed since."""
    doc = copy.deepcopy(dict(record.kept))
    before = from_service(doc) if doc else Initiative(id=record.id, name="?")
    new = not doc
    doc.setdefault("id", record.id if _is_uuid(record.id) else uid("service", record.id))
    for name in ("name", "alternate_name", "url", "status"):
        if new or getattr(before, name) != getattr(record, name):
            _put(doc, name, getattr(record, name))
    changed = (write for field, write in _WRITERS.items() if getattr(before, field) != getattr(record, field))
    for write in dict.fromkeys(changed):
        write(doc, record)
    for field in ("checked_on", "checked_by", "check_due", "source"):
        if getattr(before.provenance, field) != getattr(record.provenance, field):
            _write_provenance(doc, record, field)
    if new and record.id != doc["id"]:
        _set_attribute(doc, record, "id", record.id)
    safe: Doc = without_running(doc)
    return safe


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _put(doc: Doc, name: str, value: Any) -> None:
    if value in (None, "", (), []):
        doc.pop(name, None)
    else:
        doc[name] = value


def _set_attribute(doc: Doc, record: Initiative, label: str, value: str | None) -> None:
    rest = [each for each in as_list(doc.get("attributes")) if as_dict(each).get("label") != f"thuis:{label}"]
    if value:
        rest.append(
            {
                "id": uid(record.id, label),
                "link_id": doc["id"],
                "link_entity": "service",
                "label": f"thuis:{label}",
                "value": value,
            }
        )
    _put(doc, "attributes", rest)


def _write_marks(doc: Doc, record: Initiative, facet: str) -> None:
    own = TAXONOMIES[facet]
    rest = [each for each in attributes_of(doc) if as_dict(each.get("taxonomy_term")).get("taxonomy") != own]
    for value in record.marks(facet):
        if facet == "price" and value == "unknown":
            continue
        term = terms(facet).get(value)
        title = term.title[DUTCH] if term else value
        rest.append(
            {
                "id": uid(record.id, facet, value),
                "link_id": doc["id"],
                "link_entity": "service",
                "taxonomy_term": {
                    "id": uid(own, value),
                    "code": value,
                    "name": title,
                    "description": term.title[ENGLISH] if term else value,
                    "taxonomy": own,
                },
            }
        )
    _put(doc, "attributes", rest)


def _write_description(doc: Doc, record: Initiative) -> None:
    said = record.description
    language = DUTCH if DUTCH in said or not said else next(iter(said))
    _put(doc, "description", said.get(language))
    _set_attribute(doc, record, "language", language if language != DUTCH else None)
    for each in LANGUAGES:
        if each != DUTCH:
            _set_attribute(doc, record, f"description_{each}", said.get(each) if each != language else None)


def _write_organization(doc: Doc, record: Initiative) -> None:
    if record.organization is None:
        doc.pop("organization", None)
        return
    here = as_dict(doc.get("organization"))
    here.setdefault("id", record.organization_id or uid("organization", record.organization))
    here["name"] = record.organization
    here.setdefault("description", record.organization)
    doc["organization"] = here


def _write_identifiers(doc: Doc, record: Initiative) -> None:
    if record.organization is None:
        return
    _write_organization(doc, record)
    rows = []
    for each in record.identifiers:
        scheme, _, number = each.rpartition(" ")
        rows.append(
            {
                "id": uid(record.id, each),
                "identifier_scheme": scheme or None,
                "identifier_type": scheme or "id",
                "identifier": number,
            }
        )
    doc["organization"]["organization_identifiers"] = [{k: v for k, v in row.items() if v} for row in rows]


def _write_areas(doc: Doc, record: Initiative) -> None:
    def own(area: Any) -> bool:
        return str(as_dict(area).get("uri", "")).startswith(CODES)

    rest = [each for each in as_list(doc.get("service_areas")) if not own(each)]
    for code in record.places:
        name = municipalities()[code].name if code in municipalities() else code
        rest.append({"id": uid(record.id, "area", code), "name": name, "uri": f"{CODES}{code.lower()}"})
    _put(doc, "service_areas", rest)
    _set_attribute(doc, record, "scope", record.scope if record.scope != "municipality" else None)
    _set_attribute(doc, record, "scope_reason", record.scope_reason)


def _write_where(doc: Doc, record: Initiative) -> None:
    old = [as_dict(each) for each in as_list(doc.get("service_at_locations"))]
    rows: list[Doc] = []
    for number, place in enumerate(record.where):
        row: Doc = dict(old[number]) if number < len(old) else {"id": uid(record.id, "at", str(number))}
        row["location"] = _location(as_dict(row.get("location")), place, record, number)
        rows.append(row)
    _put(doc, "service_at_locations", rows)


def _location(location: Doc, place: Where, record: Initiative, number: int) -> Doc:
    location.setdefault("id", uid(record.id, "location", str(number)))
    location.setdefault("location_type", "physical")
    for name in ("name", "latitude", "longitude"):
        _put(location, name, getattr(place, name))
    if place.address or place.city or place.postcode:
        addresses = as_list(location.get("addresses")) or [
            {"id": uid(record.id, "address", str(number)), "address_type": "physical"}
        ]
        first = as_dict(addresses[0])
        # HSDS wants every one of these in an address.
        first |= {
            "address_1": place.address or first.get("address_1") or "",
            "city": place.city or "",
            "postal_code": place.postcode or "",
            "state_province": first.get("state_province") or _province(record),
            "country": place.country or first.get("country") or "NL",
        }
        first.pop("address_2", None)
        location["addresses"] = [first, *addresses[1:]]
    if place.accessibility:
        access = as_list(location.get("accessibility")) or [{"id": uid(record.id, "access", str(number))}]
        location["accessibility"] = [{**as_dict(access[0]), "description": place.accessibility}, *access[1:]]
    return location


def _province(record: Initiative) -> str:
    found = municipalities().get(record.municipality or "")
    return found.province if found else ""


def _write_languages(doc: Doc, record: Initiative) -> None:
    old = {str(as_dict(each).get("code")): each for each in as_list(doc.get("languages"))}
    rows = [
        old.get(code, {"id": uid(record.id, "language", code), "code": code}) for code in record.languages
    ]
    _put(doc, "languages", rows)


def _write_age(doc: Doc, record: Initiative) -> None:
    _put(doc, "minimum_age", record.minimum_age)
    _put(doc, "maximum_age", record.maximum_age)


def _write_contact(doc: Doc, record: Initiative) -> None:
    contact = record.contact or Contact()
    _put(doc, "email", contact.email)
    phones = as_list(doc.get("phones"))
    if contact.phone:
        first = as_dict(phones[0]) if phones else {"id": uid(record.id, "phone")}
        doc["phones"] = [{**first, "number": contact.phone}, *phones[1:]]
    people = as_list(doc.get("contacts"))
    if contact.name or contact.role:
        first = as_dict(people[0]) if people else {"id": uid(record.id, "contact")}
        changed = {"name": contact.name, "title": contact.role}
        doc["contacts"] = [{k: v for k, v in {**first, **changed}.items() if v is not None}, *people[1:]]


def _write_schedules(doc: Doc, record: Initiative) -> None:
    rows = [
        {"id": uid(record.id, "schedule", str(i)), **each.model_dump(exclude_none=True)}
        for i, each in enumerate(record.schedules)
    ]
    _put(doc, "schedules", rows)


def _write_provenance(doc: Doc, record: Initiative, field: str) -> None:
    origin = record.provenance
    if field == "checked_on":
        _put(doc, "assured_date", origin.checked_on.isoformat() if origin.checked_on else None)
    elif field == "checked_by":
        mail = origin.checked_by if origin.checked_by and "@" in origin.checked_by else None
        _put(doc, "assurer_email", mail)
        _set_attribute(doc, record, "checked_by", origin.checked_by if not mail else None)
    elif field == "check_due":
        _set_attribute(doc, record, "check_due", origin.check_due.isoformat() if origin.check_due else None)
    else:
        _set_attribute(doc, record, "source", origin.source)


_WRITERS: dict[str, Any] = {
    "description": _write_description,
    "organization": _write_organization,
    "identifiers": _write_identifiers,
    "municipality": _write_areas,
    "areas": _write_areas,
    "scope": _write_areas,
    "scope_reason": _write_areas,
    "where": _write_where,
    **{
        facet: (lambda doc, record, f=facet: _write_marks(doc, record, f))
        for facet in FACETS
        if facet in TAXONOMIES
    },
    "languages": _write_languages,
    "price_text": lambda doc, record: _put(doc, "fees_description", record.price_text),
    "minimum_age": _write_age,
    "maximum_age": _write_age,
    "contact": _write_contact,
    "schedules": _write_schedules,
    "invented": lambda doc, record: _set_attribute(
        doc, record, "invented", "yes" if record.invented else None
    ),
}


def page_of(contents: list[Doc], total: int, number: int = 1, pages: int = 1) -> Doc:
    """A page of documents as HSDS has it, of so many documents in all."""
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def as_json(records: list[Initiative] | tuple[Initiative, ...]) -> str:
    """The records as one page of services, as an HSDS endpoint gives them."""
    page = page_of([to_service(each) for each in records], len(records))
    return json.dumps(page, ensure_ascii=False) + "\n"
