"""Short forms: "deze motie", "mijn brief van 5 april". They get candidates with a reason, never one guess."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from thuis.dossier.cite.dates import DATE, dates, known_dates, known_debates
from thuis.dossier.cite.model import Candidate, Citation

_NAME = (
    r"(?:(?:[Vv]an\s(?:der\s|den\s|de\s|het\s)?|[Dd]e\s|[Dd]en\s|[Tt]er\s|[Tt]en\s|El\s|"
    r"Al-|'t\s)?(?!Van\b|De\b|Den\b|Ter\b)[A-Z]\w*(?:['’-]\w+)*(?: [A-Z]\w*(?:['’-]\w+)*)?)"
)
_MOVERS = rf"{_NAME}(?:(?:/|, | en ){_NAME})*"
_MOTION = re.compile(
    rf"(?:(?:[Mm]otie|[Mm]oties)(?:\s+van\s+(?:het\s+lid|de\s+leden|de\s+heer|"
    rf"mevrouw|lid)\s+|[-–‑ ])(?P<mover>(?!De Kamer\b){_MOVERS})(?<!-)(?![\w-])(?P<cs>\s+c\.s\.?)?)"
)
_UNNAMED = re.sub(r"\(\?P<\w+>", "(?:", DATE.pattern)
_LETTER = re.compile(
    r"(?P<words>(?:[Mm]ijn|[Oo]nze|[Dd]eze|[Gg]enoemde|[Vv]oornoemde|[Bb]ovengenoemde|[Dd]ie|[Dd]e)"
    r"\s+(?:eerdere\s+|vorige\s+)?(?:[Kk]amer)?brief)"
    rf"(?:\s+van\s+(?P<date>"
    rf"{_UNNAMED}))?"
)
_DEBATE = re.compile(
    r"(?P<kind>\w+(?: [Oo]verleg)?)(?P<name>(?:\s+(?!van\s+\d|op\s+\d|d\.d\.)[\w'’,&/-]+){0,12}?)"
    rf"\s+(?:van|op|d\.d\.)\s+(?P<date>{_UNNAMED})"
)


def parse_motion(text: str, at: int) -> Iterator[Citation]:
    """A motion by its mover, or "deze motie"."""
    found = _MOTION.match(text, at)
    if found and not _is_title(text, at, found):
        mover = found["mover"] + (" c.s." if found["cs"] else "")
        yield Citation("motion", at, found.end(), found[0], {"mover": mover}, (), 0.5)
        return
    before = text[max(0, at - 14) : at]
    if words := re.search(r"(?:[Dd]eze|[Dd]ie|[Gg]enoemde|[Vv]oornoemde)\s+$", before):
        start = at - len(words[0])
        yield Citation("reference", start, at + 5, text[start : at + 5], {"to": "motion"}, (), 0.4)


def _is_title(text: str, at: int, found: re.Match[str]) -> bool:
    """ "Stemmingen moties Vreemdelingenbeleid": an item of the agenda, whose motions have no mover there."""
    bare = (
        found[0].lower().startswith("moties ")
        and not found["cs"]
        and not re.search(r" van |/|, | en ", found[0])
    )
    return bare or bool(re.search(r"[Ss]temming(?:en)? (?:over )?$", text[max(0, at - 16) : at]))


def parse_short(text: str, at: int) -> Iterator[Citation]:
    """A letter named by its date or by a pointing word."""
    found = _LETTER.match(text, at)
    if not found or (found["words"].lower().startswith("de ") and not found["date"]):
        return
    parts = {"to": "letter", **({"date": found["date"]} if found["date"] else {})}
    yield Citation("reference", at, found.end(), found[0], parts, (), 0.4)


def parse_debate(text: str, at: int) -> Iterator[Citation]:
    """A debate named by its day; its report has a number that is not said."""
    if found := _DEBATE.match(text, at):
        name = " ".join(found["name"].split())
        parts = {"to": "debate", "date": found["date"], **({"name": name} if name else {})}
        yield Citation("reference", at, found.end(), found[0], parts, (), 0.4)


def with_candidates(
    citations: Sequence[Citation],
    text: str,
    near: date | None = None,
    known: Mapping[str, date] | None = None,
) -> list[Citation]:
    """Give each short form its candidates, from the full citations around it and from known dates."""
    facts = known_dates() if known is None else known
    full = sorted(
        (each for each in citations if each.kind == "kamerstuk" and each.ids), key=lambda c: c.start
    )
    around = _Around(
        full, [c.start for c in full], named := [c for c in full if c.id], [c.end for c in named]
    )
    return [each if each.ids else _resolved(each, around, text, near, facts) for each in citations]


class _Around(NamedTuple):
    """The full citations of a text in order and where they begin; those with one id and where they end."""

    full: Sequence[Citation]
    starts: Sequence[int]
    named: Sequence[Citation]
    ends: Sequence[int]

    def after(self, place: int) -> Citation | None:
        """The first that begins at most 200 characters on."""
        index = bisect_left(self.starts, place)
        near = index < len(self.full) and self.starts[index] <= place + 200
        return self.full[index] if near else None

    def before(self, place: int) -> Sequence[Citation]:
        """The last three that end there or earlier, the nearest first."""
        index = bisect_right(self.ends, place)
        return self.named[max(0, index - 3) : index][::-1]


def _resolved(
    each: Citation, around: _Around, text: str, near: date | None, facts: Mapping[str, date]
) -> Citation:
    found: list[Candidate] = list(each.candidates)
    follows = around.after(each.end)
    between = text[each.end : follows.start] if follows else ""
    if follows and follows.id and not re.search(r"\.\s|;|\n\n|[Mm]otie|brief", between) and "(" in between:
        found.append(Candidate(follows.id, "named in brackets directly after it", "brackets"))
    day = next((d for _, _, d in dates(each.parts.get("date", ""), near)), None)
    if day and each.parts.get("to") == "debate":
        same = [name for name, held in known_debates().items() if held == day]
        found += [
            Candidate(name, f"is the report of the debate of {day.isoformat()}", "debate") for name in same
        ]
    elif day:
        found += [
            Candidate(i, f"is dated {day.isoformat()}", "dated") for i, known in facts.items() if known == day
        ]
    if each.kind == "reference" and not day and each.parts.get("to") != "same":
        found += [Candidate(str(c.id), "cited shortly before", "before") for c in around.before(each.start)]
    unique = {candidate.id: candidate for candidate in reversed(found)}
    return replace(each, candidates=tuple(reversed(unique.values())))
