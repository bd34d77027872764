"""What registers tell in words of their own: a state, a day, a person."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_STATES = {
    "openstaand": "Openstaand",
    "voldaan": "Voldaan",
    "afgedaan": "Voldaan",
    "deels voldaan": "Deels Voldaan",
    "deels afgedaan": "Deels Voldaan",
    "vervallen": "Vervallen",
    "afgevoerd": "Vervallen",
    "ingetrokken": "Vervallen",
}
"""What the registers of both houses write, in small letters -> a state of the ledger."""
_HERE = ZoneInfo("Europe/Amsterdam")
_SURNAME_FIRST = re.compile(r"(?P<surname>[^,]+),\s*(?P<initials>(?:[A-Z][a-z]?\.\s?)+)(?P<between>[a-z' ]*)")


def state(written: str) -> str:
    """The state of the ledger that a register's word stands for; an unknown one as it is written.

    >>> state("Afgedaan"), state("deels afgedaan"), state("Onbekend")
    ('Voldaan', 'Deels Voldaan', 'Onbekend')
    """
    return _STATES.get(" ".join(written.split()).lower(), written)


def day(written: str) -> str:
    """The day of a moment, in Dutch time where the moment is told in another; as it stands where none is.

    >>> day("2025-03-30T22:00:00Z"), day("2024-12-19T17:42:13.69+01:00"), day("2024-12-19")
    ('2025-03-31', '2024-12-19', '2024-12-19')
    """
    begins = written[:10]
    if begins == "0001-01-01" or not re.search(r"T.*(?:Z|[+-]00:00)$", written):
        return begins
    try:
        return datetime.fromisoformat(written.replace("Z", "+00:00")).astimezone(_HERE).date().isoformat()
    except ValueError:
        return begins


def person(written: str) -> str:
    """A name with the initials first.

    >>> person("Gennip, C.E.G. van"), person("W. Koolmees")
    ('C.E.G. van Gennip', 'W. Koolmees')
    """
    found = _SURNAME_FIRST.fullmatch(written.strip())
    if not found:
        return written
    return " ".join(filter(None, (each.strip() for each in found.group("initials", "between", "surname"))))
