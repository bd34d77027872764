"""Which municipality a written name means on a day: decided by rule, or not at all with the candidates.

A name that fits one municipality of the day, in whatever writing, is decided. A name that fits several, or
one whose territory was divided before the day, is not; and a slip of the pen never is, however near the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from thuis.errors import Problem, ThuisError
from thuis.places import names, spelling, villages
from thuis.places.table import FIRST, LAST, at, current, municipalities, origins

_MUNICIPALITY = re.compile(
    r"^\s*(?:de\s+)?(?:gemeente|gem|gmte|municipality\s+of|city\s+of)\b\.?\s*|[\s,]*\b(?:gemeente|gem)\b\.?\s*$",
    re.I,
)
_ELSE = re.compile(
    r"\b(prov(incie|ince)?|\w*regio|region|ggd|waterschap|hoogheemraadschap|wetterskip|arrondissement|"
    r"agglomeratie|stadsdeel|deelgemeente|openbaar lichaam|eilandgebied|omgevingsdienst|samenwerkingsverband|"
    r"gemeenschappelijke regeling|omstreken|universiteit|hogeschool|kring)\b",
    re.I,
)
_CODE = re.compile(r"(?:GM)?\s?(\d{1,4})", re.I)
_ERA = frozenset({"oud", "oude", "voormalig", "vm", "vh", "voorheen", "nieuw", "opgeheven"})
_KIND = frozenset({"centrumgemeente", "stad", "gemeente", "gem", "g4", "city"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A municipality that may be meant: its ``code``, ``name`` and ``province``, and the ``reason``."""

    code: str
    name: str
    province: str
    reason: str

    def __str__(self) -> str:
        return f"{self.code} {self.name} ({self.province}): {self.reason}"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer for one ``spelling`` on one ``day``; ``code`` and ``name`` are None where it is not decided.

    ``candidates`` are then the municipalities it may be, and ``note`` says what a person should know.

    ``how`` names the rule. Decided: ``exact``, ``spelling``, ``other-name``, ``article``, ``short``,
    ``abbreviation``, ``lost-letter``, ``province``, ``bracket``, ``code``, with ``; merged DAY`` or
    ``; renamed DAY`` when the name was not in use on the day. Undecided: ``ambiguous``, ``divided``,
    ``not-yet``, ``elsewhere`` (the province contradicts), ``several``, ``no-municipality``,
    ``outside-table``, ``place`` (a town, village or neighbourhood: see :attr:`lies_in`) and ``unknown``.
    """

    spelling: str
    day: date
    code: str | None
    name: str | None
    how: str
    candidates: tuple[Candidate, ...] = ()
    note: str | None = None

    @property
    def lies_in(self) -> str | None:
        """The municipality a place lies in, where it is one: enough to find something there.

        >>> found = resolve("Egmond aan Zee", date(2025, 1, 1))
        >>> found.code, found.lies_in, str(found.candidates[0])
        (None, 'GM0373', 'GM0373 Bergen (Noord-Holland): Egmond aan Zee lies in it (CBS, 2024)')
        >>> resolve("Zevenhuizen", date(2025, 1, 1)).lies_in  # in Zuidplas, and in Westerkwartier
        """
        return self.candidates[0].code if self.how == "place" and len(self.candidates) == 1 else None

    def as_dict(self) -> dict[str, Any]:
        """For a machine: plain strings and lists."""
        return {
            "spelling": self.spelling,
            "date": self.day.isoformat(),
            "code": self.code,
            "name": self.name,
            "how": self.how,
            "candidates": [
                {"code": c.code, "name": c.name, "province": c.province, "reason": c.reason}
                for c in self.candidates
            ],
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class _Parts:
    """A spelling taken apart: the name, what its brackets say, and the province it names."""

    name: str
    hints: tuple[str, ...]
    province: str | None
    other: str | None


@lru_cache(maxsize=50_000)
def resolve(text: str, day: date) -> Resolution:
    """The municipality a spelling means on a day.

    >>> resolve("Hengelo", date(2010, 1, 1)).code, resolve("Hengelo", date(1995, 1, 1)).code
    ('GM0164', None)
    >>> resolve("gem. s Gravenhage", date(2010, 1, 1)).name
    "'s-Gravenhage"
    >>> found = resolve("Roterdam", date(2010, 1, 1))
    >>> found.code, str(found.candidates[0])
    (None, 'GM0599 Rotterdam (Zuid-Holland): one letter more')
    """
    if day < FIRST:
        return Resolution(text, day, None, None, "outside-table", note=f"the table starts on {FIRST}")
    answer = _resolved(text, day)
    if day <= LAST:
        return answer
    late = f"the table ends on {LAST}; a later merger is not known"
    note = "; ".join(filter(None, (answer.note, late)))
    return Resolution(text, day, answer.code, answer.name, answer.how, answer.candidates, note)


def _resolved(text: str, day: date) -> Resolution:
    plain = spelling.clean(text)
    if not spelling.tokens(plain) and not _CODE.fullmatch(plain):
        return Resolution(text, day, None, None, "unknown", note="there is no name")
    code = _by_code(plain)
    if code:
        return _decided(text, day, frozenset({code}), "code", ())
    parts = _apart(plain)
    if parts.other:
        return Resolution(
            text, day, None, None, "no-municipality", _near(parts.name, day), f"it says {parts.other!r}"
        )
    found = _by_name(text, parts, day)
    if found and parts.hints:
        return _with_hints(text, day, found, parts)
    found = (
        found
        or _by_trailing_province(text, parts, day)
        or _several(text, parts, day)
        or _unknown(text, parts, day)
    )
    return (_place(text, plain, parts, day) or found) if found.how in ("unknown", "elsewhere") else found


def _place(text: str, plain: str, parts: _Parts, day: date) -> Resolution | None:
    """A town, village or neighbourhood, with the municipality it lies in; several where that is not one."""
    head, _, tail = plain.replace(",", " ").rpartition(" ")
    province = parts.province or spelling.province(tail)
    spelled = ((plain, None), (parts.name, parts.province), (head, province if head else None))
    for name, wanted in spelled:
        found = tuple(
            _candidate(code, _lying(each, day))
            for each in (villages.named(name) if name != head or wanted else ())
            for code in villages.around(each.code, day)
            if wanted in (None, municipalities()[code].province)
        )
        if found:
            one = {each.code: each for each in reversed(found)}
            note = "a place, and no municipality"
            return Resolution(text, day, None, None, "place", tuple(one[code] for code in sorted(one)), note)
    return None


def _lying(village: villages.Village, day: date) -> str:
    verb = "lies in it" if len(villages.around(village.code, day)) < 2 else "lay in it or a neighbour"
    return f"{village.name} {verb} ({village.source})"


def _by_code(plain: str) -> str | None:
    found = _CODE.fullmatch(plain)
    code = f"GM{int(found.group(1)):04d}" if found else None
    return code if code in municipalities() else None


def _apart(plain: str) -> _Parts:
    inside = [each.strip() for each in re.findall(r"[(\[]([^)\]]*)[)\]]?", plain)]
    name = re.sub(r"\s*[(\[][^)\]]*[)\]]?\s*", " ", plain).strip(" ,-")
    if not name and inside:
        name, inside = inside[0], inside[1:]
    articles = [
        each for each in inside if set(spelling.tokens(each)) <= spelling.ARTICLES and spelling.tokens(each)
    ]
    if articles:
        name = f"{name}, {articles[0]}"
    stripped = _MUNICIPALITY.sub("", name).strip(" ,") or name
    provinces = [found for each in inside if (found := spelling.province(each)) and not _ELSE.search(each)]
    hints = [
        each
        for each in inside
        if each not in articles and not spelling.province(each) and not set(_words(each)) <= _ERA | _KIND
    ]
    other = next((m.group() for each in (stripped, *inside) if (m := _ELSE.search(each))), None)
    return _Parts(stripped, tuple(hints), provinces[0] if provinces else None, other)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _by_name(text: str, parts: _Parts, day: date) -> Resolution | None:
    words = spelling.tokens(parts.name)
    former: dict[str, str] = {}
    foreign: set[str] = set()
    for how in names.LOOKUPS:
        everyone = names.lookup(words, how)
        holders = _of_province(everyone, parts.province)
        foreign |= everyone - holders
        alive = frozenset(code for code in holders if municipalities()[code].on(day))
        if alive and not (former and how in ("article", "short")):
            return _decided(text, day, alive, _named(how, parts, everyone, alive), ())
        if how != "short" or not former:
            former.update(dict.fromkeys(sorted(alive or holders), how))
        elif alive:
            former.update(dict.fromkeys(sorted(alive), how))
    for how, find in (("abbreviation", names.abbreviated), ("lost-letter", names.lost)):
        if not former:
            holders = _of_province(find(parts.name), parts.province)
            former = dict.fromkeys(sorted(_alive_first(holders, day)), how)
    if former:
        return _former(text, day, former, parts)
    return _elsewhere(text, day, foreign, parts.province or "") if foreign else None


def _alive_first(codes: Iterable[str], day: date) -> frozenset[str]:
    every = frozenset(codes)
    return frozenset(code for code in every if municipalities()[code].on(day)) or every


def _named(how: str, parts: _Parts, everyone: names.Codes, alive: names.Codes) -> str:
    if how == "spelling" and len(alive) == 1:
        if parts.province and len(everyone) > 1:
            return "province"
        return "exact" if names.is_exact(parts.name, next(iter(alive))) else "spelling"
    return how


def _of_province(codes: names.Codes, province: str | None) -> names.Codes:
    if province is None:
        return codes
    return frozenset(code for code in codes if municipalities()[code].province == province)


def _former(text: str, day: date, codes: dict[str, str], parts: _Parts) -> Resolution:
    """An answer from names that are of another day, or that were cut short."""
    how = next(iter(codes.values()))
    if parts.province is None and spelling.province(parts.name) and not _any_on(codes, day):
        found = tuple(
            _candidate(code, "a former municipality; a province has this name too") for code in codes
        )
        return Resolution(text, day, None, None, "ambiguous", found)
    return _decided(text, day, frozenset(codes), how, tuple(codes))


def _any_on(codes: Iterable[str], day: date) -> bool:
    return any(municipalities()[code].on(day) for code in codes)


def _decided(text: str, day: date, codes: names.Codes, how: str, order: tuple[str, ...]) -> Resolution:
    """One code on the day is an answer; none, or several, is a list of candidates."""
    sequence = order or tuple(sorted(codes))
    fates = {code: at(code, day) for code in sequence}
    divided = [code for code in sequence if len(fates[code]) > 1]
    final = {each for fate in fates.values() for each in fate}
    if len(final) == 1 and not divided:
        code = final.pop()
        name = municipalities()[code].name
        return Resolution(text, day, code, name, f"{how}{_change(sequence, code, day)}")
    if len(codes) == 1 and divided:
        return Resolution(text, day, None, None, "divided", _heirs(divided[0], fates[divided[0]], day))
    if not final:
        found = tuple(each for code in sequence for each in _before(code, day))
        return Resolution(text, day, None, None, "not-yet", found)
    found = tuple(_candidate(code, _why(code, day)) for code in sequence)
    return Resolution(text, day, None, None, "ambiguous", found)


def _change(codes: tuple[str, ...], code: str, day: date) -> str:
    if code in codes:
        return ""
    first = municipalities()[codes[0]]
    if first.end and first.end <= day:
        return f"; merged {first.end}"
    return f"; renamed {first.start}"


def _before(code: str, day: date) -> Iterator[Candidate]:
    """A municipality that is not there yet, and those of the day that were to go into it."""
    new = municipalities()[code]
    yield _candidate(code, f"since {new.start}")
    for old in dict.fromkeys(each for part in origins().get(code, ()) for each in at(part, day)):
        yield _candidate(old, f"went into {new.name} on {new.start}")


def _heirs(code: str, heirs: tuple[str, ...], day: date) -> tuple[Candidate, ...]:
    gone = municipalities()[code]
    return tuple(
        _candidate(
            each, f"{'main part' if i == 0 else 'part'} of {gone.name} ({code}), divided on {gone.end}"
        )
        for i, each in enumerate(heirs)
        if municipalities()[each].on(day)
    )


def _why(code: str, day: date) -> str:
    each = municipalities()[code]
    if each.on(day):
        return "bears this name"
    if each.end and each.end <= day:
        became = " and ".join(f"{municipalities()[c].name} ({c})" for c in at(code, day))
        return f"bore this name until {each.end}, now {became}"
    return f"bears this name since {each.start}"


def _candidate(code: str, reason: str) -> Candidate:
    each = municipalities()[code]
    return Candidate(code, each.name, each.province, reason)


def _elsewhere(text: str, day: date, codes: Iterable[str], province: str) -> Resolution:
    found = tuple(_candidate(code, f"bears the name, but is not in {province}") for code in sorted(codes))
    return Resolution(text, day, None, None, "elsewhere", found)


def _with_hints(text: str, day: date, found: Resolution, parts: _Parts) -> Resolution:
    """A bracket with another name must point at the same municipality, or choose among the candidates."""
    meant = {found.code} if found.code else {each.code for each in found.candidates}
    for hint in parts.hints:
        other = _by_name(hint, _Parts(hint, (), None, None), day)
        also = (
            {other.code}
            if other and other.code
            else {each.code for each in other.candidates}
            if other
            else set()
        )
        both = meant & also
        if len(both) != 1:
            listed = (*_listed(found), *(_listed(other) if other else ()))
            note = f"the bracket says {hint!r}"
            return Resolution(text, day, None, None, "ambiguous", tuple(dict.fromkeys(listed)), note)
        meant = both
    return _decided(text, day, frozenset(code for code in meant if code), "bracket", ())


def _listed(found: Resolution) -> tuple[Candidate, ...]:
    if found.code:
        return (_candidate(found.code, "bears this name"),)
    return found.candidates


def _by_trailing_province(text: str, parts: _Parts, day: date) -> Resolution | None:
    """``Bergen NH``, ``Bergen, Noord-Holland``: only when what stands before it is a name."""
    pieces = re.split(r"[\s,/]+|(?<=\w)-(?=[A-Z]{1,2}\b)", parts.name)
    for count in (1, 2, 3):
        tail = "".join(pieces[-count:])
        head = " ".join(pieces[:-count]).strip(" -,")
        province = spelling.province(tail)
        if head and province and parts.province is None:
            found = _by_name(text, _Parts(head, parts.hints, province, None), day)
            if found:
                return found
    return None


def _several(text: str, parts: _Parts, day: date) -> Resolution | None:
    """A cell that names more than one municipality."""
    pieces = [each for each in re.split(r"\s*(?:,|/|;|\ben\b|\+|&|\s-\s)\s*", parts.name) if each.strip()]
    found = [_by_name(each, _Parts(each, (), None, None), day) for each in pieces] if len(pieces) > 1 else []
    if len(found) < 2 or not all(found):
        return None
    listed = tuple(dict.fromkeys(each for one in found if one for each in _listed(one)))
    return Resolution(text, day, None, None, "several", listed)


def _unknown(text: str, parts: _Parts, day: date) -> Resolution:
    what = names.something_else(spelling.clean(text)) or names.something_else(parts.name)
    if what:
        found = tuple(each for each in _near(parts.name, day) if each.reason.startswith("shares a word"))
        return Resolution(text, day, None, None, "no-municipality", found, what)
    return Resolution(text, day, None, None, "unknown", _near(parts.name, day))


def _near(name: str, day: date) -> tuple[Candidate, ...]:
    from thuis.places.near import near

    return tuple(_candidate(code, reason) for code, reason in near(name, day))


def every(day: date) -> dict[str, str]:
    """Code and name of every municipality of a ``day``.

    >>> len(every(date(2025, 1, 1))), every(date(2025, 1, 1))["GM0363"]
    (342, 'Amsterdam')
    """
    return {each.code: each.name for each in current(day)}


def must(text: str, day: date) -> str:
    """The code of a spelling that has to be decided, on a ``day``.

    :param text: the name as written, or a code.
    :raises ThuisError: with the candidates when it is not.

    >>> must("'s-Gravenhage", date(2020, 1, 1))
    'GM0518'
    """
    found = resolve(text, day)
    if found.code:
        return found.code
    raise ThuisError(undecided(found))


def undecided(found: Resolution) -> Problem:
    """What to say of a spelling that was not decided, as :func:`resolve` ``found`` it.

    >>> undecided(resolve("Nergenshuizen", date(2020, 1, 1))).step
    'write the code, or the province behind the name'
    """
    step = "write the code, or the province behind the name" if found.candidates else "check the name"
    if found.lies_in:
        step = f"write {found.candidates[0].name} ({found.lies_in}) if that is meant"
    return Problem(
        f"{found.spelling!r} is no municipality that can be told on {found.day}: {found.how}",
        expected="the name or code of one municipality",
        available=tuple(str(each) for each in found.candidates),
        step=step,
    )
