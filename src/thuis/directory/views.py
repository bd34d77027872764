"""The answer to one query as list, map, table, calendar, feed and API: always the same records.

Each takes an :class:`~thuis.directory.find.Answer` and nothing else, so no page can show more or fewer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from thuis.directory.find import Answer
from thuis.directory.hsds import uid
from thuis.directory.hsds_out import as_json
from thuis.directory.model import Initiative, Schedule
from thuis.directory.quality import quality
from thuis.directory.table import as_csv, as_xlsx

_ATOM = "http://www.w3.org/2005/Atom"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HERE = ZoneInfo("Europe/Amsterdam")


def listed(answer: Answer, today: date) -> list[dict[str, Any]]:
    """The records for a list: what a reader sees, the score of quality and whether the check is overdue."""
    return [{**public(hit.record, today), "score": hit.score, "stage": hit.stage} for hit in answer.hits]


def public(record: Initiative, today: date) -> dict[str, Any]:
    """What is published of a record: everything but the document it came from."""
    due = record.provenance.check_due
    return {
        **record.model_dump(mode="json", exclude={"kept"}),
        "quality": quality(record, today).as_dict(),
        "overdue": bool(due and due < today),
    }


def geojson(answer: Answer) -> dict[str, Any]:
    """The records for a map; one without a point has no geometry, but is there."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": each.id,
                "geometry": {"type": "Point", "coordinates": [each.point[1], each.point[0]]}
                if each.point
                else None,
                "properties": {"name": each.name, "municipality": each.municipality, "form": list(each.form)},
            }
            for each in answer.records
        ],
    }


def table(answer: Answer) -> str:
    """The records as CSV."""
    return as_csv(answer.records)


def workbook(answer: Answer) -> bytes:
    """The records as XLSX."""
    return as_xlsx(answer.records)


def api(answer: Answer) -> str:
    """The records as HSDS 3.1."""
    return as_json(answer.records)


def json_ld(records: Sequence[Initiative]) -> str:
    """The records in the words of schema.org, for search engines."""
    return (
        json.dumps(
            {"@context": "https://schema.org", "@graph": [_node(each) for each in records]},
            ensure_ascii=False,
        )
        + "\n"
    )


def _node(record: Initiative) -> dict[str, Any]:
    contact, where = record.contact, record.where[0] if record.where else None
    address = {
        "@type": "PostalAddress",
        "streetAddress": where.address if where else None,
        "postalCode": where.postcode if where else None,
        "addressLocality": where.city if where else None,
        "addressCountry": (where.country or "NL") if where else None,
    }
    node: dict[str, Any] = {
        "@type": "Service",
        "@id": f"urn:uuid:{uid('service', record.id)}",
        "name": record.name,
        "alternateName": record.alternate_name,
        "description": [
            {"@value": text, "@language": language} for language, text in record.description.items()
        ],
        "provider": {"@type": "Organization", "name": record.organization} if record.organization else None,
        "areaServed": [{"@type": "AdministrativeArea", "identifier": code} for code in record.places],
        "url": record.url,
        "isAccessibleForFree": {"free": True, "paid": False}.get(record.price),
        "availableLanguage": list(record.languages),
        "email": contact.email if contact else None,
        "telephone": contact.phone if contact else None,
        "location": {"@type": "Place", "name": where.name, "address": _full(address)} if where else None,
        "audience": [{"@type": "Audience", "audienceType": each} for each in record.audience],
    }
    if record.point:
        node.setdefault("location", {})
        node["location"] = {
            **(node["location"] or {"@type": "Place"}),
            "geo": {"@type": "GeoCoordinates", "latitude": record.point[0], "longitude": record.point[1]},
        }
    return _full(node)


def _full(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def feed(answer: Answer, title: str, address: str, moment: datetime) -> bytes:
    """The records as an Atom feed."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]

    def add(parent: Any, name: str, text: str | None = None, **marks: str) -> None:
        etree.SubElement(parent, f"{{{_ATOM}}}{name}", marks).text = _printable(text)

    add(root, "id", address)
    add(root, "title", title)
    add(root, "updated", moment.astimezone(UTC).isoformat())
    add(root, "link", rel="self", href=address)
    for each in answer.records:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        add(entry, "id", f"urn:uuid:{uid('service', each.id)}")
        add(entry, "title", each.name)
        checked = each.provenance.checked_on
        add(
            entry,
            "updated",
            datetime.combine(checked, time(), UTC).isoformat()
            if checked
            else moment.astimezone(UTC).isoformat(),
        )
        add(entry, "summary", next(iter(each.description.values()), ""))
        if each.url:
            add(entry, "link", rel="alternate", href=each.url)
        etree.SubElement(etree.SubElement(entry, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name").text = _printable(
            each.organization or each.name
        )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _printable(text: str | None) -> str | None:
    """Text without the signs that XML does not allow."""
    return (
        None
        if text is None
        else "".join(c for c in text if c in "\t\n\r" or (" " <= c < "\ud800") or c > "\udfff")
    )


def calendar(records: Sequence[Initiative], today: date) -> bytes:
    """The schedules as iCalendar, in the time of the Netherlands; without days or times there is no event."""
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", "-//thuis//directory//NL")
    book.add("version", "2.0")
    for record in records:
        for number, schedule in enumerate(record.schedules):
            event = _event(record, schedule, number, today)
            if event is not None:
                book.add_component(event)
    book.add_missing_timezones()
    return bytes(book.to_ical())


def _event(record: Initiative, schedule: Schedule, number: int, today: date) -> Any:
    from icalendar import Event

    if not (schedule.freq or schedule.dtstart):
        return None
    start = _first(schedule, record.provenance.checked_on or today)
    opens, closes = _clock(schedule.opens_at), _clock(schedule.closes_at)
    event = Event()
    event.add("uid", uid("schedule", record.id, str(number)))
    event.add("dtstamp", datetime.combine(record.provenance.checked_on or today, time(), UTC))
    event.add("summary", record.name)
    event.add("dtstart", datetime.combine(start, opens, HERE) if opens else start)
    if opens and closes and closes > opens:
        event.add("dtend", datetime.combine(start, closes, HERE))
    rule = _rule(schedule, bool(opens))
    if rule:
        event.add("rrule", rule)
    where = record.where[0] if record.where else None
    place = ", ".join(filter(None, (where.name, where.address, where.city))) if where else ""
    for name, value in (
        ("location", place),
        ("url", record.url),
        ("description", next(iter(record.description.values()), "")),
    ):
        if value:
            event.add(name, value)
    return event


def _clock(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text.strip()[:5].zfill(5)) if text else None
    except ValueError:
        return None


def _first(schedule: Schedule, since: date) -> date:
    """The first day of a schedule: its own, moved on to the first day of the week it names."""
    try:
        start = date.fromisoformat(schedule.dtstart[:10]) if schedule.dtstart else since
    except ValueError:
        start = since
    days = [each.strip()[-2:].upper() for each in (schedule.byday or "").split(",") if each.strip()]
    numbers = {_DAYS.index(each) for each in days if each in _DAYS}
    if not numbers or (schedule.freq or "").upper() == "MONTHLY":
        return start
    return next(start + timedelta(n) for n in range(7) if (start + timedelta(n)).weekday() in numbers)


def _rule(schedule: Schedule, timed: bool) -> dict[str, Any]:
    if not schedule.freq:
        return {}
    rule: dict[str, Any] = {"freq": schedule.freq.upper()}
    if schedule.interval and schedule.interval > 1:
        rule["interval"] = schedule.interval
    if schedule.byday:
        rule["byday"] = [each.strip().upper() for each in schedule.byday.split(",") if each.strip()]
    if schedule.bymonthday and rule["freq"] == "MONTHLY":
        rule["bymonthday"] = [
            int(each) for each in schedule.bymonthday.split(",") if each.strip().lstrip("-").isdigit()
        ]
    if schedule.until:
        until = date.fromisoformat(schedule.until[:10])
        rule["until"] = datetime.combine(until, time(23, 59, 59), HERE).astimezone(UTC) if timed else until
    elif schedule.count:
        rule["count"] = schedule.count
    return rule


View = Callable[[Answer], Sequence[str]]


def ids_of_every_view(answer: Answer, today: date) -> dict[str, list[str]]:
    """The ids that each view shows, for who wants to see that they are the same.

    >>> from thuis.directory.find import Hit, Query
    >>> one = Answer(Query(), (Hit(Initiative(id="a", name="A"), 1.0, 1.0),))
    >>> set(map(tuple, ids_of_every_view(one, date(2026, 1, 1)).values()))
    {('a',)}
    """
    import csv
    import io

    known = {uid("service", each.id): each.id for each in answer.records}
    atom = etree.fromstring(feed(answer, "t", "https://thuis.example/feed", datetime(2026, 1, 1, tzinfo=UTC)))
    entries = atom.findall(f"{{{_ATOM}}}entry/{{{_ATOM}}}id")
    return {
        "list": [each["id"] for each in listed(answer, today)],
        "map": [each["id"] for each in geojson(answer)["features"]],
        "csv": [row["id"] for row in csv.DictReader(io.StringIO(table(answer)))],
        "api": [known.get(each["id"], each["id"]) for each in json.loads(api(answer))["contents"]],
        "feed": [known[(each.text or "").removeprefix("urn:uuid:")] for each in entries],
    }
