"""What was found of a file: its variables, sets of answers, and the columns that say who stands for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from thuis.formats.answers import lists, turned_into_days
from thuis.starter.counted import Counted, Scale, counted, reference
from thuis.starter.roles import Role


@dataclass(frozen=True, slots=True)
class Variable:
    """A column that can be shown: its id, its title and what each code becomes."""

    id: str
    column: str
    title: str
    codes: Mapping[str, str]
    labels: Mapping[str, str]
    missing: tuple[str, ...] = ()
    question: str = ""
    """The wording that a codebook has."""
    unsaid: tuple[str, ...] = ()
    """Codes among ``missing`` of which nothing says so but their number."""
    odd: tuple[str, ...] = ()
    """Sentences on answers that may be another thing than they look."""
    scale: Scale | None = None
    """The scale that the codes are points of."""
    declared: tuple[str, ...] = ()
    """The labels that the file has, also of answers that nobody gave."""
    common: str = ""
    """The code that most gave, where the file has no labels."""

    @property
    def counted(self) -> Counted:
        """The codes that a first share counts."""
        return counted(self.codes, self.labels, self.common)

    @property
    def bare(self) -> bool:
        """Whether no code has a label."""
        return all(label == code for code, label in self.labels.items())

    @property
    def below_nought(self) -> bool:
        """Whether codes next to a 0 are taken for no answer though they may continue its scale."""
        return "-1" in self.unsaid and "0" in self.codes

    def guessed(self) -> list[str]:
        """For a terminal: what was made of its codes that the file does not say."""
        told = [
            " and ".join(map(repr, codes))
            for to in dict.fromkeys(self.codes.values())
            if len(codes := [code for code, other in self.codes.items() if other == to]) > 1
        ]
        said = [f"codes: {', '.join(told)} of {self.column!r} are taken for one answer"] if told else []
        if self.unsaid:
            listed = ", ".join(self.unsaid)
            said.append(f"codes: {listed} of {self.column!r} are taken for no answer, by their number: check")
        if lists(self.codes):
            said.append(
                f"answers: {self.column!r} holds several in one field; each list of them counts as one answer"
            )
        if days := turned_into_days(self.codes):
            said.append(
                f"answers: {', '.join(map(repr, days))} of {self.column!r} look like days that a spreadsheet "
                "made of answers such as 1-2: check the titles"
            )
        return [*said, *self.odd]

    @property
    def compared(self) -> str | None:
        """The code of the group that the others are compared with, where its label says so."""
        return reference(f"{self.column} {self.title}", self.labels)

    def first_figure(self) -> str | None:
        """For a terminal: what its first figure is of, where that was guessed."""
        if self.scale:
            ends = f"from {self.scale.low} to {self.scale.high}"
            return f"mean: {self.column!r} is taken for a scale {ends}, as {self.scale.why}: check"
        found = self.counted
        if len(found.codes) < 2:
            return None
        listed = ", ".join(repr(self.labels[each]) for each in found.codes)
        return f"share: {listed} of {self.column!r} are counted together, {found.why}: check"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: its id, title, and the variable that says whether it was given, or none."""

    id: str
    title: str
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """A question with several answers; its variables each say whether one was given, or hold one."""

    id: str
    title: str
    variables: tuple[Variable, ...]
    answers: tuple[Given, ...]
    own: bool

    def line(self) -> str:
        """For a terminal."""
        columns = ", ".join(each.column for each in self.variables)
        return f"several answers: {self.id!r}, the set that the file declares of {columns}"


_METHODS = (
    (r"brr|balanced", "BRR"),
    (r"fay|w_?f?stu?r|repwtp?", "Fay"),
    (r"jk|jack|jr", "JK1"),
    (r"sdr|pw?wgt|wgtp", "SDR"),
    (r"bs|boot", "bootstrap"),
)
"""What the name of a series hints at; the producer's documentation decides."""


@dataclass(frozen=True, slots=True)
class Series:
    """Columns that look like replicate weights: the first and the last, and how many there are."""

    columns: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """The pattern of their names.

        >>> Series(("BRRWT1", "BRRWT96")).pattern
        'BRRWT[0-9]*'
        """
        return re.sub(r"\d+$", "", self.columns[0]) + "[0-9]*"

    @property
    def method(self) -> str:
        """The way of making that their name hints at.

        >>> Series(("BRRWT1", "BRRWT96")).method, Series(("rw01", "rw80")).method
        ('BRR', 'other')
        """
        name = self.columns[0]
        return next((way for hint, way in _METHODS if re.search(hint, name, re.IGNORECASE)), "other")

    def line(self) -> str:
        """For a terminal."""
        return (
            f"replicates: {len(self.columns)} columns, {self.columns[0]} to {self.columns[-1]}, look like "
            "replicate weights and are not used: intervals may be too narrow or too wide until 'design' in "
            "waves/ says how they were made"
        )

    def written(self) -> list[str]:
        """Lines below ``design``, for a person to take over."""
        return [
            f"  # {len(self.columns)} columns look like replicate weights, in place of strata and psu;",
            "  # their producer tells how they were made: BRR, Fay, JK1, JKn, bootstrap, SDR or other",
            f'  # replicates: {{columns: "{self.pattern}", method: {self.method}}}',
        ]


@dataclass(frozen=True, slots=True)
class Design:
    """The roles of columns in one wave, the evidence of those that were guessed, and strata with one PSU."""

    weight: str | None
    strata: str | None
    psu: str | None
    evidence: tuple[Role, ...] = ()
    lonely: int = 0
    series: Series | None = None
    """Columns that look like replicate weights, for a person to decide."""

    def by_size(self, size: str | None) -> Design:
        """The same, with its weight multiplied by the size of each country."""
        if size is None or self.weight in (None, size):
            return self
        made = f"{self.weight} * {size}"
        evidence = tuple(
            replace(each, column=made, evidence=f"{each.evidence}; and {size!r}, the size of its country")
            if each.role == "weight"
            else each
            for each in self.evidence
        )
        return replace(self, weight=made, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Guess:
    """What the columns of a file are for: its design, and what is shown by what."""

    design: Design
    breakdowns: tuple[Variable, ...]
    indicators: tuple[Variable, ...]
    sets: tuple[Several, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable that is shown or broken down by, once."""
        parts = [one for each in self.sets for one in each.variables]
        return tuple({each.id: each for each in (*self.breakdowns, *self.indicators, *parts)}.values())
