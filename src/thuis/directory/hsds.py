"""HSDS 3.1 in and out: lenient with what comes in, strict with what goes out, and nothing lost between.

The document a record came from is kept whole. An export starts from it and writes only what differs from what
was read; so an untouched record gives back the same document, and a changed one everything else besides.
"""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from thuis.directory.model import Contact, Initiative, Provenance, Schedule, Where
from thuis.directory.terms import FACETS, meant, terms
from thuis.places import LAST, municipalities, resolve

Doc = dict[str, Any]
NAMESPACE = uuid.UUID("0d6f7b7e-3a0e-5c59-9b63-6f0c7d7a3f10")
TAXONOMIES = {
    "themes": "thuis-themes",
    "audience": "thuis-audience",
    "form": "thuis-form",
    "price": "thuis-price",
}
CODES = "https://identifier.overheid.nl/tooi/id/gemeente/"
_STATUS = {
    "active": "active",
    "inactive": "inactive",
    "defunct": "defunct",
    "temporarily closed": "temporarily closed",
}


def uid(*parts: str) -> str:
    """A UUID that follows from names, so that the same record has the same id in every export."""
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))


def from_service(doc: Mapping[str, Any], source: str | None = None, day: date = LAST) -> Initiative:
    """A service document of HSDS as a record; the document itself is kept.

    >>> one = from_service({"id": "1", "name": "Taalcafé", "status": "active", "url": "https://a.example"})
    >>> one.name, to_service(one)["url"]
    ('Taalcafé', 'https://a.example')
    """
    return Initiative(**_read(doc, day), kept=copy.deepcopy(dict(doc))).model_copy(
        update={"provenance": _provenance(doc, source)}
    )


def _read(doc: Mapping[str, Any], day: date) -> Doc:
    """The fields of the profile, as far as the document says them."""
    organization = _dict(doc.get("organization"))
    contacts = _contacts(doc)
    codes = _codes(doc, day)
    cost = _text(doc.get("fees_description")) or _text(doc.get("fees"))
    description = _text(doc.get("description"))
    return {
        "id": _text(doc.get("id")) or uid("service", str(doc.get("name"))),
        "name": _text(doc.get("name")) or "?",
        "alternate_name": _text(doc.get("alternate_name")),
        "description": _described(doc, description),
        "organization": _text(organization.get("name")),
        "organization_id": _text(organization.get("id")) or _text(doc.get("organization_id")),
        "municipality": codes[0] if codes else None,
        "areas": tuple(codes[1:]),
        "scope": _attribute(doc, "scope") or ("municipality" if codes else "unknown"),
        "scope_reason": _attribute(doc, "scope_reason"),
        "where": _where(doc),
        "themes": _marks(doc, "themes"),
        "audience": _marks(doc, "audience"),
        "form": _marks(doc, "form"),
        "languages": tuple(
            dict.fromkeys(filter(None, (_text(_dict(x).get("code")) for x in _list(doc.get("languages")))))
        ),
        "price": _price(doc, cost),
        "price_text": cost,
        "minimum_age": _number(doc.get("minimum_age")),
        "maximum_age": _number(doc.get("maximum_age")),
        "contact": contacts,
        "url": _text(doc.get("url")),
        "status": _STATUS.get(str(doc.get("status", "active")).casefold(), "active"),
        "schedules": tuple(_schedule(_dict(each)) for each in _schedules(doc)),
        "identifiers": tuple(
            " ".join(filter(None, (_text(each.get("identifier_scheme")), _text(each.get("identifier")))))
            for each in map(_dict, _list(organization.get("organization_identifiers")))
        ),
        "invented": _attribute(doc, "invented") == "yes",
    }


def _dict(value: Any) -> Doc:
    return dict(value) if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    try:
        return float(value) if value is not None and not isinstance(value, bool) else None
    except (TypeError, ValueError):
        return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _described(doc: Mapping[str, Any], description: str | None) -> dict[str, str]:
    english = _attribute(doc, "description_en")
    language = _attribute(doc, "language") or "nl"
    found = {language: description} if description else {}
    return {**found, **({"en": english} if english else {})}


def _attributes(doc: Mapping[str, Any]) -> list[Doc]:
    return [_dict(each) for each in _list(doc.get("attributes"))]


def _attribute(doc: Mapping[str, Any], label: str) -> str | None:
    """A value of the Dutch profile that HSDS has no field for."""
    return next((_text(a.get("value")) for a in _attributes(doc) if a.get("label") == f"thuis:{label}"), None)


def _marks(doc: Mapping[str, Any], facet: str) -> tuple[str, ...]:
    found: list[str] = []
    for each in _attributes(doc):
        term = _dict(each.get("taxonomy_term"))
        own = (
            term.get("taxonomy") == TAXONOMIES[facet]
            or _dict(term.get("taxonomy_detail")).get("name") == TAXONOMIES[facet]
        )
        code, name = _text(term.get("code")), _text(term.get("name"))
        if own and (code or name):
            found.append(code or str(name))
        elif name and facet != "price" and (guess := meant(facet, name)):
            found.append(guess)
    return tuple(dict.fromkeys(found))


def _price(doc: Mapping[str, Any], cost: str | None) -> str:
    marked = _marks(doc, "price")
    if marked:
        return marked[0] if marked[0] in terms("price") else "unknown"
    amounts = [_number(_dict(each).get("amount")) for each in _list(doc.get("cost_options"))]
    given = [each for each in amounts if each is not None]
    if given:
        return "paid" if any(given) else "free"
    return (
        "free"
        if cost and cost.strip(" .").casefold() in ("gratis", "free", "kosteloos", "0", "none", "geen")
        else "unknown"
    )


def _locations(doc: Mapping[str, Any]) -> list[Doc]:
    found = [_dict(each.get("location")) for each in map(_dict, _list(doc.get("service_at_locations")))]
    found += [_dict(each) for each in _list(doc.get("locations"))]
    return [each for each in found if each]


def _where(doc: Mapping[str, Any]) -> tuple[Where, ...]:
    return tuple(_one_place(each) for each in _locations(doc))


def _one_place(location: Doc) -> Where:
    addresses = [_dict(each) for each in _list(location.get("addresses"))]
    address = addresses[0] if addresses else {}
    access = [_dict(each) for each in _list(location.get("accessibility"))]
    lines = [_text(address.get(name)) for name in ("address_1", "address_2")]
    return Where(
        name=_text(location.get("name")),
        address=", ".join(filter(None, lines)) or None,
        postcode=_text(address.get("postal_code")),
        city=_text(address.get("city")),
        country=_text(address.get("country")),
        latitude=_number(location.get("latitude")),
        longitude=_number(location.get("longitude")),
        accessibility=next(filter(None, (_text(each.get("description")) for each in access)), None),
    )


def _schedules(doc: Mapping[str, Any]) -> list[Any]:
    own = _list(doc.get("schedules"))
    return own or [
        s for each in _list(doc.get("service_at_locations")) for s in _list(_dict(each).get("schedules"))
    ]


def _schedule(doc: Doc) -> Schedule:
    count = _number(doc.get("count"))
    interval = _number(doc.get("interval"))
    names = ("dtstart", "freq", "byday", "bymonthday", "until", "opens_at", "closes_at", "description")
    return Schedule(
        **{name: _text(doc.get(name)) for name in names},
        count=int(count) if count else None,
        interval=int(interval) if interval else None,
    )


def _contacts(doc: Mapping[str, Any]) -> Contact | None:
    people = [_dict(each) for each in _list(doc.get("contacts"))]
    phones = [_dict(each) for each in _list(doc.get("phones"))]
    first = people[0] if people else {}
    phones += [_dict(each) for each in _list(first.get("phones"))]
    made = Contact(
        name=_text(first.get("name")),
        role=_text(first.get("title")),
        phone=next(filter(None, (_text(each.get("number")) for each in phones)), None),
        email=_text(doc.get("email")) or _text(first.get("email")),
    )
    return made if made != Contact() else None


def _codes(doc: Mapping[str, Any], day: date) -> list[str]:
    """Municipalities by code, from service areas, and else from the town of the address when it is one."""
    found: list[str] = []
    areas = [_dict(each) for each in _list(doc.get("service_areas"))]
    for each in areas:
        for value in (_text(each.get("uri")), _text(each.get("extent"))):
            code = (value or "").rpartition("/")[2].upper()
            if code in municipalities():
                found.append(code)
    for location in [] if found else _locations(doc):
        for address in map(_dict, _list(location.get("addresses"))):
            town = _text(address.get("city"))
            country = (_text(address.get("country")) or "NL").upper()
            code_ = resolve(town, day).code if town and country.startswith("N") else None
            found += [code_] if code_ else []
    return list(dict.fromkeys(found))


def _provenance(doc: Mapping[str, Any], source: str | None) -> Provenance:
    return Provenance(
        source=_attribute(doc, "source"),
        imported_from=source,
        checked_on=_day(doc.get("assured_date")),
        checked_by=_text(doc.get("assurer_email")) or _attribute(doc, "checked_by"),
        check_due=_day(_attribute(doc, "check_due")),
    )


def to_service(record: Initiative) -> Doc:
    """The record as a service document of HSDS 3.1: what it came from, with what was changed since."""
    doc = copy.deepcopy(dict(record.kept))
    before = from_service(doc) if doc else Initiative(id=record.id, name="?")
    new = not doc
    doc.setdefault("id", record.id if _is_uuid(record.id) else uid("service", record.id))
    for name in ("name", "alternate_name", "url", "status"):
        if new or getattr(before, name) != getattr(record, name):
            _put(doc, name, getattr(record, name))
    for field, write in _WRITERS.items():
        if getattr(before, field) != getattr(record, field):
            write(doc, record)
    for field in ("checked_on", "checked_by", "check_due", "source"):
        if getattr(before.provenance, field) != getattr(record.provenance, field):
            _write_provenance(doc, record, field)
    if new and record.id != doc["id"]:
        _set_attribute(doc, record, "id", record.id)
    return doc


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
    rest = [each for each in _list(doc.get("attributes")) if _dict(each).get("label") != f"thuis:{label}"]
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
    values = (record.price,) if facet == "price" else getattr(record, facet)
    own = TAXONOMIES[facet]
    rest = [each for each in _attributes(doc) if _dict(each.get("taxonomy_term")).get("taxonomy") != own]
    for value in values:
        if facet == "price" and value == "unknown":
            continue
        term = terms(facet).get(value)
        title = term.title["nl"] if term else value
        rest.append(
            {
                "id": uid(record.id, facet, value),
                "link_id": doc["id"],
                "link_entity": "service",
                "taxonomy_term": {
                    "id": uid(own, value),
                    "code": value,
                    "name": title,
                    "description": term.title["en"] if term else value,
                    "taxonomy": own,
                },
            }
        )
    _put(doc, "attributes", rest)


def _write_description(doc: Doc, record: Initiative) -> None:
    language = (
        "nl" if "nl" in record.description or not record.description else next(iter(record.description))
    )
    _put(doc, "description", record.description.get(language))
    _set_attribute(doc, record, "language", language if language != "nl" else None)
    _set_attribute(doc, record, "description_en", record.description.get("en") if language != "en" else None)


def _write_organization(doc: Doc, record: Initiative) -> None:
    if record.organization is None:
        doc.pop("organization", None)
        return
    here = _dict(doc.get("organization"))
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
        return str(_dict(area).get("uri", "")).startswith(CODES)

    rest = [each for each in _list(doc.get("service_areas")) if not own(each)]
    for code in record.places:
        name = municipalities()[code].name if code in municipalities() else code
        rest.append({"id": uid(record.id, "area", code), "name": name, "uri": f"{CODES}{code.lower()}"})
    _put(doc, "service_areas", rest)
    _set_attribute(doc, record, "scope", record.scope if record.scope != "municipality" else None)
    _set_attribute(doc, record, "scope_reason", record.scope_reason)


def _write_where(doc: Doc, record: Initiative) -> None:
    old = [_dict(each) for each in _list(doc.get("service_at_locations"))]
    rows: list[Doc] = []
    for number, place in enumerate(record.where):
        row: Doc = dict(old[number]) if number < len(old) else {"id": uid(record.id, "at", str(number))}
        row["location"] = _location(_dict(row.get("location")), place, record, number)
        rows.append(row)
    _put(doc, "service_at_locations", rows)


def _location(location: Doc, place: Where, record: Initiative, number: int) -> Doc:
    location.setdefault("id", uid(record.id, "location", str(number)))
    location.setdefault("location_type", "physical")
    for name in ("name", "latitude", "longitude"):
        _put(location, name, getattr(place, name))
    if place.address or place.city or place.postcode:
        addresses = _list(location.get("addresses")) or [
            {"id": uid(record.id, "address", str(number)), "address_type": "physical"}
        ]
        first = _dict(addresses[0])
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
        access = _list(location.get("accessibility")) or [{"id": uid(record.id, "access", str(number))}]
        location["accessibility"] = [{**_dict(access[0]), "description": place.accessibility}, *access[1:]]
    return location


def _province(record: Initiative) -> str:
    found = municipalities().get(record.municipality or "")
    return found.province if found else ""


def _write_languages(doc: Doc, record: Initiative) -> None:
    old = {str(_dict(each).get("code")): each for each in _list(doc.get("languages"))}
    rows = [
        old.get(code, {"id": uid(record.id, "language", code), "code": code}) for code in record.languages
    ]
    _put(doc, "languages", rows)


def _write_price_text(doc: Doc, record: Initiative) -> None:
    _put(doc, "fees_description", record.price_text)


def _write_age(doc: Doc, record: Initiative) -> None:
    _put(doc, "minimum_age", record.minimum_age)
    _put(doc, "maximum_age", record.maximum_age)


def _write_contact(doc: Doc, record: Initiative) -> None:
    contact = record.contact or Contact()
    _put(doc, "email", contact.email)
    phones = _list(doc.get("phones"))
    if contact.phone:
        first = _dict(phones[0]) if phones else {"id": uid(record.id, "phone")}
        doc["phones"] = [{**first, "number": contact.phone}, *phones[1:]]
    people = _list(doc.get("contacts"))
    if contact.name or contact.role:
        first = _dict(people[0]) if people else {"id": uid(record.id, "contact")}
        changed = {"name": contact.name, "title": contact.role}
        doc["contacts"] = [{k: v for k, v in {**first, **changed}.items() if v is not None}, *people[1:]]


def _write_schedules(doc: Doc, record: Initiative) -> None:
    rows = [
        {"id": uid(record.id, "schedule", str(i)), **each.model_dump(exclude_none=True)}
        for i, each in enumerate(record.schedules)
    ]
    _put(doc, "schedules", rows)


def _write_invented(doc: Doc, record: Initiative) -> None:
    _set_attribute(doc, record, "invented", "yes" if record.invented else None)


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
    "price_text": _write_price_text,
    "minimum_age": _write_age,
    "maximum_age": _write_age,
    "contact": _write_contact,
    "schedules": _write_schedules,
    "invented": _write_invented,
}


def as_json(records: list[Initiative] | tuple[Initiative, ...]) -> str:
    """All records as one page of HSDS's list of services."""
    docs = [to_service(each) for each in records]
    page = {
        "total_items": len(docs),
        "total_pages": 1,
        "page_number": 1,
        "size": len(docs),
        "first_page": True,
        "last_page": True,
        "empty": not docs,
        "contents": docs,
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"
