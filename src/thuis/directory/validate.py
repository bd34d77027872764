"""What is wrong with a record, and what a person should look at before it is published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from thuis.contract.directory import Schedule
from thuis.directory import formats
from thuis.directory.hsds import unread
from thuis.directory.model import Initiative
from thuis.directory.personal import FREE_MAIL, MOBILE, personal
from thuis.directory.terms import terms
from thuis.errors import Place, Problem
from thuis.places import LAST, at, municipalities

_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});", re.I)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BROKEN = re.compile(
    r"#(?:N/A|N/B|NAME\?|NAAM\?|REF!|VERW!|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NUM!|GETAL!|NULL!|LEEG!)"
)
_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")
OLDEST = 120
_NETHERLANDS = (50.7, 53.7, 3.2, 7.3)


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that cannot be published: the field, what is wrong, and what would be right."""

    field: str
    what: str
    expected: str | None = None
    step: str | None = None

    def problem(self, where: Place) -> Problem:
        """The fault as a problem at a place, whose key is the field when it has none."""
        return Problem(
            self.what, where if where.key else replace(where, key=self.field), self.expected, step=self.step
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should look at: personal data in a text, a whole region claimed, odd coordinates."""

    field: str
    kind: str
    what: str
    text: str = ""


_NIGHT = 6 * 60
"""What closes before six in the morning, and before it opened, closes on the next day."""


def faults(record: Initiative, today: date) -> tuple[Fault, ...]:
    """Everything in a record that is not what it says it is.

    >>> one = Initiative(id="a", name="A", url="javascript:alert(1)", municipality="GM0305")
    >>> [(each.field, each.what) for each in faults(one, date(2025, 1, 1))]
    [('url', "a link may not be 'javascript:'"), ('municipality', 'Abcoude ended on 2011-01-01')]
    """
    unreadable = (Fault(name, f"{value!r} is none", wanted) for name, value, wanted in unread(record.kept))
    return (
        *_whole(record),
        *_formats(record),
        *_written(record),
        *_places(record, today),
        *_terms(record),
        *_days(record, today),
        *(fault for each in record.schedules for fault in _rule(each)),
        *unreadable,
    )


_NAME = 300
"""A name of more letters is a text that stands in the wrong place."""


def _whole(record: Initiative) -> Iterator[Fault]:
    if len(record.name) > _NAME:
        yield Fault("name", f"it has {len(record.name)} letters", f"a name of at most {_NAME}")
    for each in record.where:
        if (each.latitude is None) != (each.longitude is None):
            lacking = "longitude" if each.longitude is None else "latitude"
            yield Fault(lacking, "one coordinate without the other tells no place", "both, or none")


def _formats(record: Initiative) -> Iterator[Fault]:
    contact = record.contact
    checks: list[tuple[str, str | None, Callable[[str], str | None], str]] = [
        ("url", record.url, formats.link, "https://…"),
        ("email", contact.email if contact else None, formats.email, "name@organisation.nl"),
        ("phone", contact.phone if contact else None, formats.phone, "digits, spaces and +"),
    ]
    source = record.provenance.source
    if source and (formats.runs(source) or re.match(r"\s*[a-z][a-z0-9+.-]*:", source, re.I)):
        checks.append(("source", source, formats.link, "https://…, or words"))
    for each in record.where:
        if (each.country or "NL").upper() in ("NL", "NLD", "NEDERLAND") and each.postcode:
            checks.append(("postcode", each.postcode, formats.postcode, "1234 AB"))
    for schedule in record.schedules:
        checks += [
            ("opens_at", schedule.opens_at, formats.clock, "HH:MM"),
            ("closes_at", schedule.closes_at, formats.clock, "HH:MM"),
        ]
        checks.append(("byday", schedule.byday, formats.weekdays, "MO,TU"))
    for code in record.languages:
        checks.append(("languages", code, formats.language, "nl, en, ar"))
    told = {"url"} if record.url else set()
    for field, text in formats.running(record.kept):
        if field not in told:
            yield Fault(field, f"a link may not be {text.partition(':')[0].strip() + ':'!r}", "https://…")
    for field, value, test, expected in checks:
        wrong = test(value) if value else None
        if wrong:
            yield Fault(field, wrong, expected)


def _places(record: Initiative, today: date) -> Iterator[Fault]:
    day = min(today, LAST)
    for field, code in (("municipality", record.municipality), *(("areas", each) for each in record.areas)):
        if code is None:
            continue
        found = municipalities().get(code)
        if found is None:
            yield Fault(field, f"{code!r} is no municipality", "a code of CBS, such as GM0344")
        elif not found.on(day):
            heirs = ", ".join(f"{each} {municipalities()[each].name}" for each in at(code, day))
            when = f"ended on {found.end}" if found.end and found.end <= day else f"begins on {found.start}"
            yield Fault(field, f"{found.name} {when}", step=f"use {heirs}" if heirs else None)
    if record.scope in ("region", "country") and not record.scope_reason:
        yield Fault(
            "scope_reason", f"it claims a whole {record.scope} without a reason", "who comes from where"
        )
    for each in record.where:
        for field, value, most in (("latitude", each.latitude, 90), ("longitude", each.longitude, 180)):
            if value is not None and abs(value) > most:
                yield Fault(field, f"{value} is no {field}", f"-{most} to {most}")


def _terms(record: Initiative) -> Iterator[Fault]:
    for field in ("audience", "form"):
        for value in getattr(record, field):
            if value not in terms(field):
                yield Fault(field, f"{value!r} is no known {field}", ", ".join(terms(field)))


def _written(record: Initiative) -> Iterator[Fault]:
    """Texts that are none: what a spreadsheet says for no answer, and signs that nobody sees."""
    for field, text in (*_texts(record), *_named(record)):
        if _BROKEN.fullmatch(text.strip()):
            yield Fault(
                field, f"{text.strip()!r} is a spreadsheet's word for no answer", "a text, or nothing"
            )
        if _HIDDEN.search(text):
            yield Fault(field, "a hidden sign, which makes it read otherwise or breaks files", "plain text")


def _named(record: Initiative) -> Iterator[tuple[str, str]]:
    """Texts that are names of things: what they tell of people is not looked for in them."""
    contact = record.contact
    told = [("organization", record.organization)]
    told += [("contact_role", contact.role), ("contact_name", contact.name)] if contact else []
    for each in record.where:
        told += [("address", each.address), ("city", each.city), ("accessibility", each.accessibility)]
    yield from ((field, text) for field, text in told if text)


def _days(record: Initiative, today: date) -> Iterator[Fault]:
    checked, due = record.provenance.checked_on, record.provenance.check_due
    if checked and checked > today:
        yield Fault("checked_on", f"{checked} lies in the future", "a day that has been")
    if checked and due and due < checked:
        yield Fault("check_due", f"the next check ({due}) is before the last ({checked})")
    low, high = record.minimum_age, record.maximum_age
    for field, age in (("minimum_age", low), ("maximum_age", high)):
        if age is not None and not 0 <= age <= OLDEST:
            yield Fault(field, f"{age:g} is no age", f"0 to {OLDEST}")
    if low is not None and high is not None and low > high:
        yield Fault("maximum_age", f"from {low:g} to {high:g} years is no range")


def _rule(each: Schedule) -> Iterator[Fault]:
    """What is wrong with when something is held."""
    if each.freq and each.freq.upper() not in formats.FREQUENCIES:
        yield Fault("freq", f"{each.freq!r} is no frequency", ", ".join(formats.FREQUENCIES))
    days = {name: formats.day(text) for name in ("dtstart", "until") if (text := getattr(each, name))}
    for name, found in days.items():
        if found is None:
            yield Fault(name, f"{getattr(each, name)!r} is no day", "such as 2026-05-31")
    for number in re.findall(r"[+-]?\d+", each.byday or ""):
        most = {"MONTHLY": 5, "YEARLY": 53}.get((each.freq or "").upper(), 0)
        if not 1 <= abs(int(number)) <= most:
            yield Fault("byday", f"{each.byday!r} counts days that are not there", "MO,TU; 1MO of a month")
    start, end = days.get("dtstart"), days.get("until")
    if start and end and end < start:
        yield Fault("until", f"the last day ({end}) is before the first ({start})")
    for number in (each.bymonthday or "").split(","):
        if number.strip() and not re.fullmatch(r"\s*[+-]?(?:[1-9]|[12]\d|3[01])\s*", number):
            yield Fault("bymonthday", f"{number.strip()!r} is no day of a month", "1 to 31")
    for name in ("interval", "count"):
        value = getattr(each, name)
        if value is not None and value < 1:
            yield Fault(name, f"{value} is none", "a whole number from 1")
    opens, closes = (formats.minutes(value or "") for value in (each.opens_at, each.closes_at))
    if opens is not None and closes is not None and _NIGHT < closes < opens:
        yield Fault("closes_at", f"it closes at {each.closes_at}, before it opens at {each.opens_at}")


def remarks(record: Initiative) -> tuple[Remark, ...]:
    """What a person should look at before publishing.

    >>> one = Initiative(id="a", name="A", description={"nl": "Bel Jan op 06-12345678."})
    >>> [(each.kind, each.text) for each in remarks(one)]
    [('mobile number', '06-12345678'), ('name', 'Jan')]
    """
    return (*_personal(record), *_wide(record))


def _texts(record: Initiative) -> Iterable[tuple[str, str]]:
    yield "name", record.name
    for language, text in record.description.items():
        yield f"description_{language}", text
    for field, value in (("price_text", record.price_text), ("scope_reason", record.scope_reason)):
        if value:
            yield field, value
    for each in record.where:
        if each.name:
            yield "location", each.name


def _personal(record: Initiative) -> Iterator[Remark]:
    venues = frozenset(each.address for each in record.where if each.address)
    for field, text in _texts(record):
        for found in personal(text, venues):
            yield Remark(field, found.kind, found.what, found.text)
        if marked := _MARKUP.search(text):
            what = "markup in a text: readers see it as it stands"
            yield Remark(field, "markup", what, marked.group())
    contact = record.contact
    if contact and contact.name:
        yield Remark(
            "contact_name", "name", "a person's name: is there consent, or would a role do?", contact.name
        )
    if contact and contact.phone and MOBILE.search(contact.phone):
        yield Remark("phone", "mobile number", "a mobile number: is it of the organisation?", contact.phone)
    if contact and contact.email and FREE_MAIL.search(contact.email):
        yield Remark(
            "email",
            "private mail",
            "an address with a private provider: is it of the organisation?",
            contact.email,
        )
    revealing = {"lhbti", "disability", "lonely-people", "newcomers"} & set(record.audience)
    if contact and contact.name and revealing:
        kinds = ", ".join(sorted(revealing))
        what = f"a named person beside {kinds} may reveal health, origin or orientation"
        yield Remark("contact_name", "special category", what, contact.name)


def _wide(record: Initiative) -> Iterator[Remark]:
    for each in record.schedules:
        for field in ("opens_at", "closes_at"):
            if _ZONE.search(getattr(each, field) or ""):
                what = "a time of another zone: is this what the clock says there?"
                yield Remark(field, "time zone", what, getattr(each, field))
    if record.scope == "region" and len(record.places) > 20:
        yield Remark("areas", "wide", f"it says to serve {len(record.places)} municipalities")
    point = record.point
    south, north, west, east = _NETHERLANDS
    if point and not (south <= point[0] <= north and west <= point[1] <= east):
        turned = south <= point[1] <= north and west <= point[0] <= east
        hint = ": latitude and longitude seem to have changed places" if turned else ""
        yield Remark(
            "latitude",
            "far away",
            f"the place lies outside the Netherlands{hint}",
            f"{point[0]:g}, {point[1]:g}",
        )
