"""The municipality that somebody means in a form: by its name, or by that of a place that lies in it."""

from __future__ import annotations

from collections.abc import Mapping

from thuis.directory.towns import letters, villages_to_find
from thuis.live.served import served
from thuis.places import LAST, municipalities, resolve, villages

LONGEST = 300
"""Signs of the longest answer of one line: what is longer names no place, and is not looked for."""
ASKED, TOWN, PLACE = "municipality", "city", "location"


def placed(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells in which a municipality stands wherever what was written says which one it is.

    A town or village stands for the municipality that it lies in, a former municipality for that of today;
    the town of the address decides between two of one name. What was written instead of it is not lost: a
    town becomes that of the address, a neighbourhood the name of the place, where those are empty.
    """
    written, town = cells.get(ASKED, ""), cells.get(TOWN, "")
    codes = meant(written or town)
    if written and len(codes) > 1:
        codes = tuple(each for each in meant(town) if each in codes) or codes
    if len(codes) != 1 or not _sure(written or town):
        return dict(cells)
    made = {**cells, ASKED: called(codes[0])}
    if written and resolve(written, LAST).code is None:
        name, kind = _place(written)
        made[kind] = made.get(kind) or name
    return made


def meant(text: str) -> tuple[str, ...]:
    """The codes of the municipalities that a text may mean, those of the monitor's own places first."""
    if len(text) > LONGEST:
        return ()
    found, key = resolve(text, LAST), letters(text)
    if found.code:
        # The name of a former municipality may by now be that of places in several.
        former = villages_to_find(LAST).get(key, ()) if ";" in found.how else ()
        return tuple(dict.fromkeys((found.code, *former)))
    own = served().shelf.index.own.get(key)
    return own or tuple(each.code for each in found.candidates if municipalities()[each.code].on(LAST))


def _sure(text: str) -> bool:
    """Whether what a text may mean is meant: a name as it is written, and no slip that is near to one."""
    found = resolve(text, LAST)
    named = found.how.partition(";")[0] in ("place", "ambiguous")
    return bool(text) and (found.code is not None or named or letters(text) in served().shelf.index.own)


def _place(written: str) -> tuple[str, str]:
    """What a place is called, and which cell says so."""
    bare = written.partition("(")[0].partition(",")[0].strip()
    found = villages.named(bare)
    neighbourhood = bool(found) and all(each.source != villages.SOURCES["cbs"] for each in found)
    return (found[0].also or found[0].name if found else bare), PLACE if neighbourhood else TOWN


def called(code: str) -> str:
    """The name of a municipality as one may type it: with its province where two are called so.

    >>> called("GM0344"), called("GM0373")
    ('Utrecht', 'Bergen (Noord-Holland)')
    """
    known = municipalities().get(code)
    names = (known.name, f"{known.name} ({known.province})") if known else ()
    return next((each for each in names if resolve(each, LAST).code == code), code)
