"""HSDS 3.1 in: lenient with what comes, and nothing of it lost.

The document a record came from is kept whole, for :mod:`thuis.directory.hsds_out` to start from.
"""

from __future__ import annotations

import copy
import hashlib
import math
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from thuis.contract.directory import Contact, Provenance, Schedule, Where
from thuis.directory.model import STATUSES, Initiative
from thuis.directory.terms import meant, terms
from thuis.language import LANGUAGES
from thuis.places import LAST, municipalities, resolve

Doc = dict[str, Any]
DUTCH, ENGLISH = "nl", "en"
"""The profile: names and descriptions are Dutch unless a service tells its language; marks are explained in
English, which HSDS is read in elsewhere."""
NAMESPACE = uuid.UUID("0d6f7b7e-3a0e-5c59-9b63-6f0c7d7a3f10")
TAXONOMIES = {
    "themes": "thuis-themes",
    "audience": "thuis-audience",
    "form": "thuis-form",
    "price": "thuis-price",
}
CODES = "https://identifier.overheid.nl/tooi/id/gemeente/"


def uid(*parts: str) -> str:
    """A UUID (version 5) that follows from names, so that a record has the same id in every export.

    >>> uid("service", "a") == str(uuid.uuid5(NAMESPACE, "service/a"))
    True
    """
    hexed = hashlib.sha1(NAMESPACE.bytes + "/".join(parts).encode(), usedforsecurity=False).hexdigest()
    kind = "89ab"[int(hexed[16], 16) & 3]
    return f"{hexed[:8]}-{hexed[8:12]}-5{hexed[13:16]}-{kind}{hexed[17:20]}-{hexed[20:32]}"


def from_service(doc: Mapping[str, Any], source: str | None = None, day: date = LAST) -> Initiative:
    """A service document of HSDS as a record; the document itself is kept.

    >>> one = from_service({"id": "1", "name": "Taalcafé", "status": "active", "url": "https://a.example"})
    >>> one.name, one.url
    ('Taalcafé', 'https://a.example')
    """
    return Initiative(**_read(doc, day), kept=copy.deepcopy(dict(doc))).model_copy(
        update={"provenance": _provenance(doc, source)}
    )


def _read(doc: Mapping[str, Any], day: date) -> Doc:
    """The fields of the profile, as far as the document says them."""
    organization = as_dict(doc.get("organization"))
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
            dict.fromkeys(
                filter(None, (_text(as_dict(x).get("code")) for x in as_list(doc.get("languages"))))
            )
        ),
        "price": _price(doc, cost),
        "price_text": cost,
        "minimum_age": _number(doc.get("minimum_age")),
        "maximum_age": _number(doc.get("maximum_age")),
        "contact": contacts,
        "url": _text(doc.get("url")),
        "status": status if (status := str(doc.get("status")).casefold()) in STATUSES else "active",
        "schedules": tuple(_schedule(as_dict(each)) for each in _schedules(doc)),
        "identifiers": tuple(
            " ".join(filter(None, (_text(each.get("identifier_scheme")), _text(each.get("identifier")))))
            for each in map(as_dict, as_list(organization.get("organization_identifiers")))
        ),
        "invented": _attribute(doc, "invented") == "yes",
    }


def as_dict(value: Any) -> Doc:
    return dict(value) if isinstance(value, Mapping) else {}


def as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    try:
        found = float(value) if value is not None and not isinstance(value, bool) else None
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found is not None and math.isfinite(found) else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def unread(doc: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Values that are there and are none: the field, the value, and what it should be.

    >>> [field for field, _, _ in unread({"minimum_age": "eighteen", "maximum_age": 65, "status": "perhaps"})]
    ['minimum_age', 'status']
    """
    for name in ("minimum_age", "maximum_age"):
        if _given(doc.get(name)) and _number(doc[name]) is None:
            yield name, doc[name], "a number of years"
    for location in _locations(doc):
        for name in ("latitude", "longitude"):
            if _given(location.get(name)) and _number(location[name]) is None:
                yield name, location[name], "degrees, such as 52.09"
    for name, value in (
        ("assured_date", doc.get("assured_date")),
        ("check_due", _attribute(doc, "check_due")),
    ):
        if _given(value) and _day(value) is None:
            yield name, value, "a day, such as 2026-05-31"
    if _given(doc.get("status")) and str(doc["status"]).casefold() not in STATUSES:
        yield "status", doc["status"], ", ".join(STATUSES)
    for each in map(as_dict, _schedules(doc)):
        for name in ("count", "interval"):
            number = _number(each.get(name))
            if _given(each.get(name)) and (number is None or number < 1 or number % 1):
                yield name, each[name], "a whole number from 1"


def _given(value: Any) -> bool:
    return value is not None and value != ""


def _described(doc: Mapping[str, Any], description: str | None) -> dict[str, str]:
    language = _attribute(doc, "language") or DUTCH
    found = {language: description} if description else {}
    others = {each: _attribute(doc, f"description_{each}") for each in LANGUAGES if each != language}
    return {**found, **{each: text for each, text in others.items() if text}}


def attributes_of(doc: Mapping[str, Any]) -> list[Doc]:
    return [as_dict(each) for each in as_list(doc.get("attributes"))]


def _attribute(doc: Mapping[str, Any], label: str) -> str | None:
    """A value of the Dutch profile that HSDS has no field for."""
    return next(
        (_text(a.get("value")) for a in attributes_of(doc) if a.get("label") == f"thuis:{label}"), None
    )


def _marks(doc: Mapping[str, Any], facet: str) -> tuple[str, ...]:
    found: list[str] = []
    for each in attributes_of(doc):
        term = as_dict(each.get("taxonomy_term"))
        own = (
            term.get("taxonomy") == TAXONOMIES[facet]
            or as_dict(term.get("taxonomy_detail")).get("name") == TAXONOMIES[facet]
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
    amounts = [_number(as_dict(each).get("amount")) for each in as_list(doc.get("cost_options"))]
    given = [each for each in amounts if each is not None]
    if given:
        return "paid" if any(given) else "free"
    return (
        "free"
        if cost and cost.strip(" .").casefold() in ("gratis", "free", "kosteloos", "0", "none", "geen")
        else "unknown"
    )


def _locations(doc: Mapping[str, Any]) -> list[Doc]:
    found = [as_dict(each.get("location")) for each in map(as_dict, as_list(doc.get("service_at_locations")))]
    found += [as_dict(each) for each in as_list(doc.get("locations"))]
    return [each for each in found if each]


def _where(doc: Mapping[str, Any]) -> tuple[Where, ...]:
    return tuple(_one_place(each) for each in _locations(doc))


def _one_place(location: Doc) -> Where:
    addresses = [as_dict(each) for each in as_list(location.get("addresses"))]
    address = addresses[0] if addresses else {}
    access = [as_dict(each) for each in as_list(location.get("accessibility"))]
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
    own = as_list(doc.get("schedules"))
    return own or [
        s
        for each in as_list(doc.get("service_at_locations"))
        for s in as_list(as_dict(each).get("schedules"))
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
    people = [as_dict(each) for each in as_list(doc.get("contacts"))]
    phones = [as_dict(each) for each in as_list(doc.get("phones"))]
    first = people[0] if people else {}
    phones += [as_dict(each) for each in as_list(first.get("phones"))]
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
    areas = [as_dict(each) for each in as_list(doc.get("service_areas"))]
    for each in areas:
        for value in (_text(each.get("uri")), _text(each.get("extent"))):
            code = (value or "").rpartition("/")[2].upper()
            if code in municipalities():
                found.append(code)
    for location in [] if found else _locations(doc):
        for address in map(as_dict, as_list(location.get("addresses"))):
            town = _text(address.get("city"))
            country = (_text(address.get("country")) or "NL").upper()
            told = resolve(town, day) if town and country.startswith("N") else None
            found += filter(None, (told.code or told.lies_in,)) if told else ()
    return list(dict.fromkeys(found))


def _provenance(doc: Mapping[str, Any], source: str | None) -> Provenance:
    return Provenance(
        source=_attribute(doc, "source"),
        imported_from=source,
        checked_on=_day(doc.get("assured_date")),
        checked_by=_text(doc.get("assurer_email")) or _attribute(doc, "checked_by"),
        check_due=_day(_attribute(doc, "check_due")),
    )
