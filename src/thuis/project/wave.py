"""``waves/*.yaml``: one round of asking, its file and design, and where every variable comes from."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from thuis.formats import Written
from thuis.project.base import Code, Date, Id, MisplacedError, Model, Number, Text
from thuis.project.design import Design

RESERVED = ("wave",)
"""Names that the respondents' frame has for itself; no variable can have them."""


class FieldPeriod(Model):
    start: Date
    end: Date

    @model_validator(mode="after")
    def _ordered(self) -> FieldPeriod:
        if self.end < self.start:
            raise MisplacedError(f"ends on {self.end}, before it starts on {self.start}", "end")
        return self


class Csv(Model):
    """How a CSV file is written. Without ``decimal`` every column shows its own decimal mark."""

    encoding: str | None = None
    delimiter: str = Field(",", min_length=1, max_length=1)
    decimal: Literal[".", ","] | None = None
    thousands: Literal[".", ",", " "] | None = None

    @model_validator(mode="after")
    def _apart(self) -> Csv:
        if self.decimal and self.decimal == self.thousands:
            raise MisplacedError("the mark between thousands is the decimal mark", "thousands")
        return self


class Rule(Model):
    """A rule of a derived category: ``then`` when ``when`` holds; without ``when``, for all that are left."""

    when: str | None = None
    then: Id


class Made(Model):
    """A variable made from others: by rules, of which the first that holds, or by a formula."""

    type: Literal["category", "number"] = "category"
    rules: tuple[Rule, ...] = ()
    formula: str = ""
    range: tuple[Number, Number] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.rules) == bool(self.formula):
            raise ValueError("a variable made from others has 'rules' or a 'formula'")
        self._possible()
        return self

    def _possible(self) -> None:
        if bool(self.formula) != (self.type == "number"):
            raise MisplacedError("rules give a category, a formula a number: see 'type'", "type")
        if any(each.when is None for each in self.rules[:-1]):
            raise MisplacedError("only the last rule can do without 'when'", "rules")
        self._ranged()

    def _ranged(self) -> None:
        if self.range and self.range[0] >= self.range[1]:
            raise MisplacedError(f"range [{self.range[0]:g}, {self.range[1]:g}] is upside down", "range")
        if self.range and self.type == "category":
            raise MisplacedError("only a number has a range", "range")

    @property
    def derived(self) -> bool:
        """Whether it is made from other variables."""
        return bool(self.rules or self.formula)

    @property
    def results(self) -> tuple[str, ...]:
        """The codes a category can have."""
        return tuple(dict.fromkeys(each.then for each in self.rules))

    @property
    def expressions(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Its expressions and where they stand below it."""
        if self.formula:
            return ((("formula",), self.formula),)
        rules = enumerate(self.rules)
        return tuple((("rules", i, "when"), each.when) for i, each in rules if each.when is not None)


class Source(Made):
    """Where a variable comes from in one wave: a column of the file, or others of its variables.

    ``answers`` are codes of a number that are answers, though their label says something like "don't know".
    """

    from_: str = Field("", alias="from")
    codes: dict[str, Id] | None = None
    missing: tuple[Code, ...] = ()
    answers: tuple[Code, ...] = ()
    decimal: Literal[".", ","] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.from_) + bool(self.rules) + bool(self.formula) != 1:
            raise ValueError("a variable has one of 'from' (a column), 'rules' or 'formula'")
        if self.derived:
            self._without_column()
            self._possible()
        else:
            self._of_column()
        return self

    def _without_column(self) -> None:
        given = (each for each in ("codes", "missing", "answers", "decimal") if getattr(self, each))
        for key in given:
            raise MisplacedError(f"a variable made from others has no {key!r}", key)

    def _of_column(self) -> None:
        if self.type == "category" and not self.codes:
            raise ValueError("a category needs 'codes': every code in the file and what it becomes")
        if self.type == "number" and self.codes:
            raise MisplacedError("a number has no 'codes'; use type: category, or leave codes out", "codes")
        self._ranged()
        if self.type == "category" and (self.decimal or self.answers):
            raise MisplacedError("only a number has this", "decimal" if self.decimal else "answers")
        both = sorted(set(self.codes or ()) & set(self.missing))
        if both:
            raise MisplacedError(f"code {both[0]!r} is both mapped and missing", "missing")

    @property
    def results(self) -> tuple[str, ...]:
        """The codes a category can have."""
        return tuple(self.codes.values()) if self.codes else super().results


class Variables(Model):
    """``variables.yaml``: variables that every wave makes that has what they are made from."""

    variables: dict[Id, Made] = Field(min_length=1)


class WaveBreak(Model):
    """With this wave everything is measured otherwise; until the wave ``until``, or for good.

    ``only`` names categories of breakdowns: other categories of them are not touched.
    """

    kind: Literal["mode", "population"]
    text: Text
    until: Code | None = None
    only: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)


class WaveComparable(Model):
    """A change that comes with this wave and touches no figure, and why."""

    kind: Literal["mode", "population"]
    text: Text


class Wave(Model):
    """``waves/*.yaml``."""

    id: Code
    title: Text
    field: FieldPeriod
    mode: Text
    population: Text
    source: Text
    breaks: tuple[WaveBreak, ...] = ()
    comparable: tuple[WaveComparable, ...] = ()
    file: str
    encoding: str | None = None
    sheet: str | None = None
    """Of a workbook: the sheet with the respondents."""
    codebook: str | None = None
    """A DDI file with the wordings and missing codes of this wave's columns."""
    csv: Csv = Csv.model_construct(encoding=None, delimiter=",", decimal=None, thousands=None)
    where: dict[str, tuple[Code, ...]] = Field(default_factory=dict)
    design: Design
    variables: dict[Id, Source | None] = Field(min_length=1)

    @property
    def pools(self) -> tuple[str, ...]:
        """The waves that it takes together, which have the files: see :mod:`thuis.project.pools`."""
        return ()

    @property
    def equal(self) -> bool:
        """Whether the weights of each of these add up to the same."""
        return False

    @property
    def written(self) -> Written:
        """How the file is written, for the readers."""
        encoding = self.encoding or self.csv.encoding
        return Written(encoding, self.csv.delimiter, self.csv.decimal, self.csv.thousands, self.sheet)
