"""Citation lint: what is wrong, doubtful or double in the citations of one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from thuis.dossier.cite import existence
from thuis.dossier.cite.dates import bracket, known_dates
from thuis.dossier.cite.model import Citation
from thuis.dossier.cite.session import bounds, earliest_session, session_of

Rule = Literal[
    "missing",
    "session-year",
    "session-spelling",
    "future",
    "first-dossier",
    "duplicate",
    "inconsistent",
    "before-dossier",
    "misread",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a citation. ``level`` is ``error`` when it is certain, ``doubt`` when it may be right.

    ``rule`` is the key of its text in ``language/*/dossier.yaml`` (``lint.<rule>``), ``values`` what fills
    it; ``suggestion`` is the id that may be meant.
    """

    rule: Rule
    level: Literal["error", "doubt", "note"]
    citation: Citation
    values: Mapping[str, str]
    suggestion: str | None = None


def lint(
    citations: Sequence[Citation], date: date | None = None, known: Mapping[str, date] | None = None
) -> list[Finding]:
    """Everything remarkable in the citations of one document.

    :param date: of the document; nothing it cites can be of a later session.
    :param known: dates of papers by id; those shipped are used when left out. Numbers within a dossier are
        given out in order, so two known dates also bound the papers between them.

    >>> from datetime import date
    >>> from thuis.dossier import cite
    >>> found = cite.find("Tweede Kamer, vergaderjaar 2021-2022, 30950, nr.318")
    >>> [(f.rule, f.level, f.suggestion) for f in cite.lint(found, date=date(2022, 11, 14))]
    [('session-year', 'error', '2022-2023')]
    """
    facts = {**known_dates(), **(known or {})}
    findings = [finding for each in citations for finding in _one(each, date, facts)]
    return findings + list(_between(citations))


def _one(each: Citation, day: date | None, facts: Mapping[str, date]) -> Iterator[Finding]:
    written = each.parts.get("session_as_written")
    session = each.parts.get("session")
    number = each.parts.get("number_as_written")
    if number and not each.ids:
        yield Finding("misread", "doubt", each, {"written": number}, _alternative(each))
    if written and not session:
        yield Finding("session-spelling", "error", each, {"written": written}, _mended(written))
    if session and each.id:
        yield from _session(each, session, day, facts)
    if each.exists is False and each.id:
        last = existence.last_number(each.id.rpartition("-")[0])
        yield Finding("missing", "doubt", each, {"id": each.id, "last": str(last or "–")}, _alternative(each))
    if each.parts.get("other_dossiers"):
        yield from _first_dossier(each)


def _session(each: Citation, session: str, day: date | None, facts: Mapping[str, date]) -> Iterator[Finding]:
    first, last = bounds(session)
    if day and first > day:
        yield Finding("future", "error", each, {"session": session, "date": day.isoformat()}, session_of(day))
        return
    dossier = each.parts.get("dossier", "")
    began = earliest_session(dossier)
    if began and int(session[:4]) < began:
        values = {"session": session, "dossier": dossier, "began": f"{began}-{began + 1}"}
        yield Finding("before-dossier", "error", each, values, None)
        return
    before, after = bracket(each.id or "", facts)
    if before and last < before:
        values = {"session": session, "id": each.id or "", "date": before.isoformat()}
        yield Finding("session-year", "error", each, values, session_of(before) if before == after else None)
    elif after and first > after:
        values = {"session": session, "id": each.id or "", "date": after.isoformat()}
        yield Finding("session-year", "error", each, values, session_of(after) if before == after else None)


def _mended(written: str) -> str | None:
    digits = [part for part in "".join(c if c.isdigit() else " " for c in written).split() if len(part) == 4]
    return f"{digits[0]}-{int(digits[0]) + 1}" if digits else None


def _alternative(each: Citation) -> str | None:
    return each.candidates[0].id if each.candidates else None


def _first_dossier(each: Citation) -> Iterator[Finding]:
    for other in each.parts["other_dossiers"].split():
        twin = f"kst-{other}-{each.parts.get('number', '')}"
        if existence.exists(twin):
            level: Literal["doubt", "note"] = "doubt" if each.exists is False else "note"
            values = {"id": each.id or "", "other": twin}
            yield Finding("first-dossier", level, each, values, twin if level == "doubt" else None)


def _between(citations: Sequence[Citation]) -> Iterator[Finding]:
    """Duplicates, and one paper cited in two ways that cannot both be right."""
    seen: dict[str, Citation] = {}
    for each in citations:
        if not each.id or each.kind not in {"kamerstuk", "aanhangsel", "handelingen"}:
            continue
        earlier = seen.setdefault(each.id, each)
        if earlier is each:
            continue
        mine, theirs = each.parts.get("session"), earlier.parts.get("session")
        if mine and theirs and mine != theirs:
            yield Finding("inconsistent", "error", each, {"id": each.id, "one": theirs, "two": mine})
        elif each.parts.get("pin") == earlier.parts.get("pin"):
            yield Finding("duplicate", "note", each, {"id": each.id})
