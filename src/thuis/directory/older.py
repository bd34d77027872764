"""Older shapes of the same thing: the Ohana API, and HSDS 1 and 2 (the first of Open Referral UK too)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Doc = dict[str, Any]
_DAYS = {
    "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR", "saturday": "SA",
    "sunday": "SU", "mo": "MO", "tu": "TU", "we": "WE", "th": "TH", "fr": "FR", "sa": "SA", "su": "SU",
    "1": "MO", "2": "TU", "3": "WE", "4": "TH", "5": "FR", "6": "SA", "7": "SU",
}  # fmt: skip
_FIRST = frozenset(
    [
        "eligibilitys",
        "regular_schedules",
        "regular_schedule",
        "service_taxonomys",
        "service_taxonomies",
        "costOptions",
        "cost_optionss",
        "holiday_schedules",
        "eligibility",
        "how_to_apply",
        "deliverable_type",
        "attending_type",
        "attending_access",
    ]
)


def without_suffix(value: Any) -> Any:
    """The seeds of Ohana name what is inside ``phones_attributes``: without that suffix.

    >>> without_suffix({"name": "A", "phones_attributes": [{"number": "1"}]})
    {'name': 'A', 'phones': [{'number': '1'}]}
    """
    if isinstance(value, Mapping):
        return {
            str(k).removesuffix("_attributes") if isinstance(v, list | Mapping) else k: without_suffix(v)
            for k, v in value.items()
        }
    return [without_suffix(each) for each in value] if isinstance(value, list) else value


def is_ohana(row: Mapping[str, Any]) -> bool:
    """A location of the Ohana API (services inside, one address), or an organisation with such locations."""
    if any(map(_has_services, row.get("locations") or [])):
        return True
    address = isinstance(row.get("address"), Mapping) or isinstance(row.get("mail_address"), Mapping)
    return isinstance(row.get("services"), list) and (address or "coordinates" in row or "short_desc" in row)


def _has_services(location: Any) -> bool:
    return isinstance(location, Mapping) and isinstance(location.get("services"), list)


def from_ohana(row: Mapping[str, Any]) -> Iterator[tuple[str, Doc]]:
    """The services of an Ohana location or organisation, with where each stood in the file."""
    inner = [each for each in row.get("locations") or [] if isinstance(each, Mapping)]
    locations = inner if any(map(_has_services, inner)) else [row]
    for i, location in enumerate(locations):
        owner = location.get("organization") or (row if location is not row else {})
        for j, service in enumerate(location.get("services") or []):
            if isinstance(service, Mapping):
                place = f"services[{j}]" if location is row else f"locations[{i}].services[{j}]"
                yield place, _ohana_service(service, location, owner)


def _ohana_service(service: Mapping[str, Any], location: Mapping[str, Any], owner: Mapping[str, Any]) -> Doc:
    doc: Doc = {
        "id": _id(service.get("id")),
        "name": service.get("name") or location.get("name"),
        "description": service.get("description") or service.get("short_desc") or location.get("description"),
        "status": service.get("status") or "active",
        "alternate_name": service.get("alternate_name"),
        "eligibility_description": service.get("eligibility"),
        "application_process": service.get("application_process") or service.get("how_to_apply"),
        "fees_description": service.get("fees"),
        "wait_time": service.get("wait_time"),
        "email": service.get("email") or location.get("email") or (location.get("emails") or [None])[0],
        "url": service.get("website")
        or location.get("website")
        or (service.get("urls") or location.get("urls") or [None])[0],
        "phones": [_phone(each) for each in (service.get("phones") or location.get("phones") or [])],
        "contacts": service.get("contacts") or location.get("contacts"),
        "languages": [{"name": each} for each in service.get("languages") or location.get("languages") or []],
        "schedules": _weekly(service.get("regular_schedules") or location.get("regular_schedules") or []),
        "service_areas": [
            {"name": each} if isinstance(each, str) else each for each in service.get("service_areas") or []
        ],
        "attributes": [
            {
                "taxonomy_term": {
                    "id": _id(each.get("id")),
                    "name": each.get("name"),
                    "code": each.get("taxonomy_id"),
                }
            }
            for each in service.get("categories") or []
            if isinstance(each, Mapping)
        ],
        "last_modified": service.get("updated_at") or location.get("updated_at"),
        "service_at_locations": [{"location": _ohana_place(location)}],
        "organization": {k: _id(v) if k == "id" else v for k, v in owner.items() if k != "locations"},
    }
    rest = {k: v for k, v in service.items() if k not in doc and k not in _USED}
    return {k: v for k, v in {**rest, **doc}.items() if v not in (None, [], {}, "")}


_USED = frozenset(
    [
        "short_desc",
        "eligibility",
        "how_to_apply",
        "fees",
        "website",
        "urls",
        "regular_schedules",
        "categories",
        "updated_at",
    ]
)


def _id(value: Any) -> str | None:
    return None if value is None else str(value)


def _phone(row: Any) -> Doc:
    phone = dict(row) if isinstance(row, Mapping) else {"number": str(row)}
    found = {
        **phone,
        "id": _id(phone.pop("id", None)),
        "type": phone.get("type") or phone.pop("number_type", None),
        "description": phone.get("description") or phone.pop("department", None),
    }
    return {k: v for k, v in found.items() if v and k not in ("number_type", "department")}


def _ohana_place(location: Mapping[str, Any]) -> Doc:
    address = location.get("address") or location.get("mail_address") or {}
    lines = [address.get(name) for name in ("street_1", "address_1", "street", "street_2", "address_2")]
    street = ", ".join(str(each) for each in lines if each)
    point = location.get("coordinates") or [location.get("longitude"), location.get("latitude")]
    found: Doc = {
        "id": _id(location.get("id")),
        "name": location.get("name"),
        "location_type": "physical",
        "description": location.get("description") or location.get("short_desc"),
        "longitude": location.get("longitude") or point[0],
        "latitude": location.get("latitude") or point[1],
        "transportation": location.get("transportation"),
        "accessibility": [{"description": str(each)} for each in location.get("accessibility") or []],
    }
    if address:
        found["addresses"] = [
            {
                "id": _id(address.get("id")),
                "address_1": street,
                "city": address.get("city"),
                "state_province": address.get("state_province") or address.get("state"),
                "postal_code": address.get("postal_code") or address.get("zip"),
                "country": address.get("country") or address.get("country_code"),
                "address_type": "physical",
            }
        ]
    rest = {k: v for k, v in location.items() if k not in found and k not in _USED_OF_PLACE}
    if location.get("address") and location.get("mail_address"):
        rest["mail_address"] = location["mail_address"]
    return {k: v for k, v in {**rest, **found}.items() if v not in (None, [], "")}


_USED_OF_PLACE = frozenset({"services", "organization", "address", "mail_address", "coordinates"})


def is_first(row: Mapping[str, Any]) -> bool:
    """A service of HSDS 1 or 2: it has keys that version 3 renamed."""
    return bool(_FIRST & row.keys())


def from_first(row: Mapping[str, Any]) -> Doc:
    """A service of HSDS 1 or 2 in the words of version 3; keys that are not known stay."""
    doc = dict(row)
    schedules = [*(doc.pop("regular_schedules", None) or []), *(doc.pop("regular_schedule", None) or [])]
    if schedules:
        doc["schedules"] = [*(doc.get("schedules") or []), *_weekly(schedules)]
    ages = doc.pop("eligibilitys", None) or []
    if ages and isinstance(ages[0], Mapping):
        _fill(doc, "eligibility_description", ages[0].get("eligibility"))
        _fill(doc, "minimum_age", ages[0].get("minimum_age"))
        _fill(doc, "maximum_age", ages[0].get("maximum_age"))
    _fill(doc, "eligibility_description", doc.pop("eligibility", None))
    _fill(doc, "application_process", doc.pop("how_to_apply", None))
    options = doc.pop("costOptions", None) or doc.pop("cost_optionss", None)
    if options:
        doc["cost_options"] = options
    marks = [*(doc.pop("service_taxonomys", None) or []), *(doc.pop("service_taxonomies", None) or [])]
    if marks:
        doc["attributes"] = [*(doc.get("attributes") or []), *map(_mark, marks)]
    doc["service_areas"] = [
        {**each, "name": each.get("name") or each["service_area"]}
        if isinstance(each, Mapping) and each.get("service_area")
        else each
        for each in doc.get("service_areas") or []
    ]
    places = doc.get("service_at_locations") or []
    doc["service_at_locations"] = [_first_place(each) for each in places if isinstance(each, Mapping)]
    return {k: v for k, v in doc.items() if v not in (None, [], {})}


def _fill(doc: Doc, name: str, value: Any) -> None:
    if value not in (None, "") and not doc.get(name):
        doc[name] = value


def _mark(row: Any) -> Doc:
    term = row.get("taxonomy") or row.get("taxonomy_term") or {}
    if not isinstance(term, Mapping):
        term = {"name": str(term)}
    named = {
        "id": term.get("id"),
        "name": term.get("name"),
        "code": term.get("code"),
        "taxonomy": term.get("vocabulary"),
    }
    return {"id": row.get("id"), "taxonomy_term": {k: v for k, v in named.items() if v}}


def _first_place(row: Mapping[str, Any]) -> Doc:
    at = dict(row)
    location = dict(at.get("location") or {})
    addresses = [
        *(location.pop("physical_addresses", None) or []),
        *(location.pop("postal_addresses", None) or []),
    ]
    if addresses:
        location["addresses"] = [*(location.get("addresses") or []), *addresses]
    access = location.pop("accessibility_for_disabilities", None) or []
    if access:
        location["accessibility"] = [{**each, "description": each.get("accessibility")} for each in access]
    location.setdefault("location_type", "physical")
    at["location"] = location
    hours = [*(at.pop("regular_schedule", None) or []), *(at.pop("regular_schedules", None) or [])]
    if hours:
        at["schedules"] = _weekly(hours)
    return at


def _weekly(rows: list[Any]) -> list[Doc]:
    return [
        {**{k: v for k, v in row.items() if k not in _HOURS}, **weekly(row)}
        for row in rows
        if isinstance(row, Mapping)
    ]


_HOURS = frozenset({"weekday", "id"})


def weekly(row: Mapping[str, Any]) -> Doc:
    """Opening hours of one day of the week as a schedule of HSDS 3.

    >>> weekly({"weekday": "Monday", "opens_at": "9am", "closes_at": "17:30"})
    {'freq': 'WEEKLY', 'byday': 'MO', 'opens_at': '09:00', 'closes_at': '17:30'}
    """
    day = _DAYS.get(str(row.get("weekday") or row.get("byday") or "").casefold(), row.get("byday"))
    doc = {
        "id": _id(row.get("id")),
        "freq": row.get("freq") or ("WEEKLY" if day else None),
        "byday": day,
        "opens_at": _hour(row.get("opens_at")),
        "closes_at": _hour(row.get("closes_at")),
    }
    return {k: v for k, v in doc.items() if v not in (None, "")}


_TWELVE = re.compile(r"(1[0-2]|0?[1-9])(?:[:.](\d\d))?\s*([ap])\.?m\.?", re.I)


def _hour(value: Any) -> Any:
    """An hour of the clock of twelve as one of twenty-four; anything else as it is."""
    found = _TWELVE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return value
    hour = int(found.group(1)) % 12 + (12 if found.group(3) in "pP" else 0)
    return f"{hour:02}:{found.group(2) or '00'}"
