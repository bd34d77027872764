"""What a survey file holds: every column with its label, codes, counts, missing codes and likely role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from thuis.formats import AnswerSet, Column, Raw, Written, columns_of, read, sets_of
from thuis.formats.answers import unanswered
from thuis.formats.numbers import to_number
from thuis.starter.category import in_order
from thuis.starter.roles import ROLES, candidates
from thuis.starter.templated import filled

_TOGETHER = 200
"""Columns read at a time."""
_CODES = 12
"""Codes shown of a column; the rest are counted."""
_OPEN = 40
"""With more columns the list of them is folded."""
_WIDTH = 24
_EXACT = 1e15
_BY_LABEL = "no answer, says its label"


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its label, its number of rows, and why it may be no answer."""

    code: str
    label: str
    count: int
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """One column. ``more`` counts codes not listed; ``roles`` are those its name or label suggests."""

    name: str
    title: str
    roles: tuple[str, ...]
    answered: int
    empty: int
    codes: tuple[Code, ...]
    more: int = 0
    span: str = ""
    sets: tuple[AnswerSet, ...] = ()
    """The questions with several answers that the file makes it part of."""
    set_aside: int = 0
    """Rows with a code that the file calls missing."""

    def lines(self) -> list[str]:
        """For a terminal."""
        head = f"{self.name}  {self.title}".rstrip()
        said = f"  [{', '.join(f'{each}?' for each in self.roles)}]" if self.roles else ""
        told = [f"  {each}" for each in self.of]
        width = min(_WIDTH, max((len(each.code) for each in self.codes), default=0))
        listed = [
            f"    {each.code:>{width}}  {each.count:>8,}  {each.label}".rstrip()
            + (f"  ({each.aside})" if each.aside else "")
            for each in self.codes
        ]
        return [
            "",
            head + said,
            *told,
            f"  {self.counted}",
            *listed,
            *([f"    {self.rest}"] if self.rest else []),
        ]

    @property
    def counted(self) -> str:
        """How many answered, did not by what the labels or the file say, and have nothing."""
        silent = sum(each.count for each in self.codes if each.aside == _BY_LABEL)
        parts = [
            f"{self.answered - silent:,} answered",
            *([f"{silent:,} no answer by the label"] if silent else []),
            *([f"{self.set_aside:,} missing, says the file"] if self.set_aside else []),
            *([f"{self.empty:,} empty"] if self.empty else []),
            *([self.span] if self.span else []),
        ]
        return ", ".join(parts)

    @property
    def rest(self) -> str:
        """The values that are not listed."""
        if not self.more:
            return ""
        return f"and {self.more:,} other values" if self.codes else f"{self.more:,} different values"

    @property
    def of(self) -> list[str]:
        """The questions it is part of, as sentences."""
        return [
            f"one of the {len(each.columns)} columns of {each.name!r}"
            + (f" ({each.title})" if each.title else "")
            + (f", counted when {each.counted}" if each.counted is not None else "")
            for each in self.sets
        ]

    def as_dict(self) -> dict[str, Any]:
        """For a machine."""
        codes = [{"code": c.code, "label": c.label, "count": c.count, "aside": c.aside} for c in self.codes]
        return {
            "name": self.name,
            "title": self.title,
            "roles": list(self.roles),
            "answered": self.answered,
            "empty": self.empty,
            "span": self.span,
            "sets": [each.name for each in self.sets],
            "codes": codes,
            "more": self.more,
        }


def describe(path: Path, how: Written, find: str = "") -> Iterator[Described]:
    """The columns of a file in its order; with ``find`` those whose name or label has these letters.

    :raises ThuisError: as :func:`thuis.formats.columns_of`.
    """
    columns = columns_of(path, how)
    sets = sets_of(path, how)
    near = {role: set(candidates(columns, role)) for role in ROLES}
    wanted = [
        name
        for name, each in columns.items()
        if name and each.times == 1 and find.lower() in f"{name} {each.title}".lower()
    ]
    for start in range(0, len(wanted), _TOGETHER):
        raw = read(path, wanted[start : start + _TOGETHER], how)
        for name in raw.frame.columns:
            roles = tuple(role for role in ROLES if name in near[role])
            own = tuple(each for each in sets if name in each.columns)
            yield _described(raw, columns[name], roles, own)


def _described(raw: Raw, about: Column, roles: tuple[str, ...], sets: tuple[AnswerSet, ...]) -> Described:
    keys = raw.codes(about.name)
    gone = raw.aside.get(about.name)
    aside = set() if gone is None else set(gone.drop_nulls().unique().to_list())
    counts = {str(code): int(n) for code, n in keys.drop_nulls().value_counts().rows()}
    shown = list(counts) if len(counts) <= _CODES else [each for each in counts if each in about.labels]
    unused = [each for each in about.labels if each not in counts]
    listed = [
        Code(each, about.labels.get(each, ""), counts.get(each, 0), _aside(each, about.labels, aside))
        for each in sorted({*shown, *unused}, key=in_order)
    ]
    spread = len(counts) > _CODES
    numbers = to_number(raw.frame[about.name]).values if spread else None
    return Described(
        about.name,
        about.title,
        roles,
        len(keys) - keys.null_count() - raw.set_aside(about.name),
        keys.null_count(),
        tuple(listed[: 4 * _CODES]),
        len(counts) - len(shown),
        "" if numbers is None else _span(numbers, raw.frame[about.name].null_count()),
        sets,
        raw.set_aside(about.name),
    )


def _span(numbers: pl.Series, empty: int) -> str:
    """Lowest and highest, when every answer is a number."""
    if not numbers.count() or numbers.null_count() > empty:
        return ""
    low, high = pl.DataFrame({"n": numbers}).select(low=pl.min("n"), high=pl.max("n")).row(0)
    return f"{_plain(float(low))} to {_plain(float(high))}"


def _plain(number: float) -> str:
    """A number as it is written: whole ones with all their digits."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < _EXACT else f"{number:g}"


def _aside(code: str, labels: Mapping[str, str], aside: set[str]) -> str:
    if code in aside:
        return "missing, says the file"
    return _BY_LABEL if code in unanswered(labels) else ""


def page(file: str, found: list[Described], overview: Sequence[str] = ()) -> str:
    """The same as one HTML page that needs nothing else; ``overview`` is what was seen in the whole file."""
    return filled("columns.html", file=file, found=found, overview=overview, folded=len(found) > _OPEN)
