"""Older shapes of the same thing: the Ohana API, and HSDS 1 and 2 (the first of Open Referral UK too)."""

from __future__ import annotations

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


def is_ohana(row: Mapping[str, Any]) -> bool:
    """A location of the Ohana API (services inside, one address), or an organisation with such locations."""
    if isinstance(row.get("locations"), list) and any(
        isinstance(each, Mapping) and is_ohana(each) for each in row["locations"]
    ):
        return True
    address = isinstance(row.get("address"), Mapping) or isinstance(row.get("mail_address"), Mapping)
    return isinstance(row.get("services"), list) and (address or "coordinates" in row or "short_desc" in row)


def from_ohana(row: Mapping[str, Any]) -> Iterator[tuple[str, Doc]]:
    """The services of an Ohana location or organisation, with where each stood in the file."""
    locations = (
        [row]
        if not any(isinstance(x, Mapping) and is_ohana(x) for x in row.get("locations") or [])
        else row["locations"]
    )
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
        "organization": {
            k: _id(v) if k == "id" else v
            for k, v in owner.items()
            if k in ("id", "name", "description", "website")
        },
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
        "id": _id(phone.get("id")),
        "number": phone.get("number"),
        "type": phone.get("number_type"),
        "description": phone.get("department"),
    }
    return {k: v for k, v in found.items() if v}


def _ohana_place(location: Mapping[str, Any]) -> Doc:
    address = location.get("address") or location.get("mail_address") or {}
    lines = [address.get(name) for name in ("street_1", "address_1", "street", "street_2", "address_2")]
    street = ", ".join(str(each) for each in lines if each)
    point = location.get("coordinates") or [location.get("longitude"), location.get("latitude")]
    found: Doc = {
        "id": _id(location.get("id")),
        "name": location.get("name"),
        "location_type": "physical",
        "description": location.get("short_desc") or location.get("description"),
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
    return {k: v for k, v in found.items() if v not in (None, [], "")}


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
    found = []
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        day = _DAYS.get(str(row.get("weekday") or row.get("byday") or "").casefold(), row.get("byday"))
        doc = {
            "id": _id(row.get("id")),
            "freq": row.get("freq") or ("WEEKLY" if day else None),
            "byday": day,
            "opens_at": row.get("opens_at"),
            "closes_at": row.get("closes_at"),
            "valid_from": row.get("valid_from"),
            "valid_to": row.get("valid_to"),
            "dtstart": row.get("dtstart"),
            "interval": row.get("interval"),
            "description": row.get("description"),
        }
        found.append({k: v for k, v in doc.items() if v not in (None, "")})
    return found
