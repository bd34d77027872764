"""What thuis says when an input is wrong: every problem, each with its place and a next step.

A reader of survey files, project folders, letters and vocabularies all report through one type, so a
user learns to read one message. A function that checks collects :class:`Problem` values and raises them
together (:func:`raise_all`); nobody has to repair a file one error at a time.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: a ``file``, and as much of ``line``, ``column``, ``row`` and ``key`` as is
    known.

    Numbers begin at 1. ``source`` is the line as it stands in the file, to show below the message.

    >>> str(Place("indicators/trust.yaml", line=6, column=3))
    'indicators/trust.yaml:6:3'
    >>> str(Place("waves/2015.csv", row=12, key="weight"))
    'waves/2015.csv, row 12, weight'
    """

    file: str
    line: int | None = None
    column: int | None = None
    row: int | None = None
    key: str | None = None
    source: str | None = None

    @property
    def spot(self) -> str:
        """The file, with line and column where they are known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        text = self.spot
        if self.row is not None:
            text += f", row {self.row}"
        if self.key:
            text += f", {self.key}"
        return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, what was expected, what is available, what to do next.

    >>> print(Problem("unknown key 'titel'", Place("thuis.yaml", 1, 1), expected="title", step="rename it"))
    thuis.yaml:1:1: unknown key 'titel'
      expected: title
      next: rename it
    """

    what: str
    where: Place | None = None
    expected: str | None = None
    available: tuple[str, ...] = ()
    step: str | None = None

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.where and self.where.source is not None:
            lines.append(f"  | {self.where.source}")
            # A long line is shown by its begin: nothing to point at further on.
            if self.where.column and self.where.column <= len(self.where.source) + 1:
                lines.append(f"  | {' ' * (self.where.column - 1)}^")
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.available:
            lines.append(f"  available: {listing(self.available)}")
        if self.step:
            lines.append(f"  next: {self.step}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The problem for a machine (``--json``): plain strings, numbers and lists."""
        place = self.where
        return {
            "what": self.what,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "row": place.row if place else None,
            "key": place.key if place else None,
            "expected": self.expected,
            "available": list(self.available),
            "next": self.step,
        }


class ThuisError(Exception):
    """One or more problems in what the user gave; the message lists them all.

    With a text the other arguments are those of the one :class:`Problem` that it tells.

    >>> str(ThuisError([Problem("no weight"), Problem("no stratum")])).splitlines()[-1]
    '2 problems'
    >>> print(ThuisError("no weight", Place("a.csv"), step="name one"))
    a.csv: no weight
      next: name one
    """

    def __init__(
        self,
        problems: Iterable[Problem] | Problem | str,
        where: Place | None = None,
        expected: str | None = None,
        available: Iterable[str] = (),
        step: str | None = None,
    ) -> None:
        if isinstance(problems, str):
            problems = Problem(problems, where, expected, tuple(available), step)
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        text = "\n".join(str(problem) for problem in self.problems)
        return text if len(self.problems) == 1 else f"{text}\n{len(self.problems)} problems"


class Remark(UserWarning):
    """What was taken to be so in data that can be read another way; a warning of the library."""


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise one :class:`ThuisError` with every problem, or return when there is none."""
    if found := tuple(problems):
        raise ThuisError(found)


def unknown(
    kind: str, name: object, available: Iterable[str], where: Place | None = None, step: str | None = None
) -> Problem:
    """A name that is not among those available, with the nearest one as next step.

    >>> print(unknown("column", "wieght", ["weight", "stratum"]))
    unknown column 'wieght'
      available: stratum, weight
      next: did you mean 'weight'?
    """
    names = sorted(str(each) for each in available)
    near = nearest(str(name), names)
    return Problem(
        f"unknown {kind} {str(name)!r}",
        where,
        available=tuple(names),
        step=f"did you mean {near!r}?" if near else step,
    )


def unknowns(
    kind: str, names: Iterable[object], available: Collection[object], where: Place | None = None
) -> list[Problem]:
    """A problem for each of the names that is not among those available.

    >>> [each.what for each in unknowns("column", ["weight", "wieght"], ["weight", "stratum"])]
    ["unknown column 'wieght'"]
    """
    return [unknown(kind, each, map(str, available), where) for each in names if each not in available]


def nearest(name: str, names: Sequence[str]) -> str | None:
    """The name that was probably meant, or None when nothing is close.

    >>> nearest("proporton", ["mean", "proportion"])
    'proportion'
    """
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return found[0] if found else None


def listing(items: Sequence[str], limit: int = 20, between: str = ", ") -> str:
    """Names in one line; a long list is cut and says by how much.

    >>> listing(["a", "b", "c"], limit=2)
    'a, b and 1 more'
    """
    if len(items) <= limit:
        return between.join(items)
    return f"{between.join(items[:limit])} and {len(items) - limit} more"
