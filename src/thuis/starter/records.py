"""What was found of a file: its variables, sets of answers, and the columns that say who stands for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Guess:
    """The roles of the columns of a file, and the evidence for those that were guessed."""

    weight: str | None
    strata: str | None
    psu: str | None
    breakdowns: tuple[Variable, ...]
    indicators: tuple[Variable, ...]
    evidence: tuple[Role, ...] = ()
    lonely: int = 0
    sets: tuple[Several, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable that is shown or broken down by, once."""
        parts = [one for each in self.sets for one in each.variables]
        return tuple({each.id: each for each in (*self.breakdowns, *self.indicators, *parts)}.values())
