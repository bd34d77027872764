"""Schedules as iCalendar (RFC 5545), in the time of the Netherlands.

Written line by line: a directory has tens of thousands of events, and a general library takes a millisecond
for each. The tests read what is written with such a library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from thuis.contract.directory import Schedule
from thuis.directory.hsds import uid
from thuis.directory.model import Initiative

HERE = ZoneInfo("Europe/Amsterdam")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()


def calendar(records: Sequence[Initiative], today: date) -> bytes:
    """The schedules as one calendar; a record without days or times gives no event.

    >>> one = Initiative(id="a", name="Koor", schedules=(Schedule(freq="WEEKLY", byday="TU"),))
    >>> lines = calendar([one], date(2026, 6, 1)).decode().splitlines()
    >>> [each for each in lines[lines.index("BEGIN:VEVENT") :] if each[:2] in ("RR", "DT")]
    ['DTSTAMP:20260601T000000Z', 'DTSTART;VALUE=DATE:20260602', 'RRULE:FREQ=WEEKLY;BYDAY=TU']
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//thuis//directory//NL", *_ZONE]
    for record in records:
        for number, schedule in enumerate(record.schedules):
            if schedule.freq or schedule.dtstart:
                lines += _event(record, schedule, number, today)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def escaped(text: str) -> str:
    """A text value: no sign in it ends the line or the list.

    >>> print(escaped("Koor; voor allen, ook\\nbuiten"))
    Koor\\; voor allen\\, ook\\nbuiten
    """
    plain = "".join(each for each in text if each >= " " or each in "\n\t")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, never through the middle of a letter."""
    data = line.encode()
    if len(data) <= 75:
        return line
    pieces = []
    while len(data) > 74:
        end = 74
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[:end].decode())
        data = data[end:]
    return "\r\n ".join([*pieces, data.decode()])


def _event(record: Initiative, schedule: Schedule, number: int, today: date) -> Iterator[str]:
    stamp = record.provenance.checked_on or today
    start = _first(schedule, stamp)
    opens, closes = _clock(schedule.opens_at), _clock(schedule.closes_at)
    yield from (
        "BEGIN:VEVENT",
        f"UID:{uid('schedule', record.id, str(number))}",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
    )
    if opens:
        yield f"DTSTART;TZID=Europe/Amsterdam:{start:%Y%m%d}T{opens:%H%M%S}"
        if closes and closes != opens:
            end = start if closes > opens else start + timedelta(1)
            yield f"DTEND;TZID=Europe/Amsterdam:{end:%Y%m%d}T{closes:%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    rule = _rule(schedule, bool(opens))
    if rule:
        yield f"RRULE:{rule}"
    yield f"SUMMARY:{escaped(record.name)}"
    where = record.where[0] if record.where else None
    place = ", ".join(filter(None, (where.name, where.address, where.city))) if where else ""
    text = next(iter(record.description.values()), "")
    yield from (
        f"{name}:{escaped(value)}" for name, value in (("LOCATION", place), ("DESCRIPTION", text)) if value
    )
    if record.url:
        yield "URL:" + "".join(record.url.split())
    yield "END:VEVENT"


def _clock(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text.strip()[:5].zfill(5)) if text else None
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _first(schedule: Schedule, since: date) -> date:
    """The first day of a schedule: its own, moved on to the first day of the week it names."""
    start = _day(schedule.dtstart) or since
    days = [each.strip()[-2:].upper() for each in (schedule.byday or "").split(",") if each.strip()]
    numbers = {_DAYS.index(each) for each in days if each in _DAYS}
    if not numbers or (schedule.freq or "").upper() == "MONTHLY":
        return start
    return next(start + timedelta(n) for n in range(7) if (start + timedelta(n)).weekday() in numbers)


def _rule(schedule: Schedule, timed: bool) -> str:
    if not schedule.freq:
        return ""
    rule = [f"FREQ={schedule.freq.upper()}"]
    if schedule.interval and schedule.interval > 1:
        rule.append(f"INTERVAL={schedule.interval}")
    if schedule.byday:
        rule.append(
            "BYDAY=" + ",".join(each.strip().upper() for each in schedule.byday.split(",") if each.strip())
        )
    if schedule.bymonthday and rule[0] == "FREQ=MONTHLY":
        rule.append("BYMONTHDAY=" + "".join(schedule.bymonthday.split()))
    until = _day(schedule.until)
    if until:
        last = datetime.combine(until, time(23, 59, 59), HERE).astimezone(UTC)
        rule.append(f"UNTIL={last:%Y%m%dT%H%M%SZ}" if timed else f"UNTIL={until:%Y%m%d}")
    elif schedule.count:
        rule.append(f"COUNT={schedule.count}")
    return ";".join(rule)
