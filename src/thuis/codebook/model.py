"""A codebook as values: variables with their labels, questions, answers and who was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import combinations

from thuis.errors import Place, ThuisError, unknown

Texts = Mapping[str, str]
"""A text by language: ``nl``, ``en``; empty where the file does not say which."""


@dataclass(frozen=True, slots=True)
class Category:
    """One code of a variable; ``missing`` when the codebook marks it as no answer."""

    code: str
    label: Texts = field(default_factory=dict)
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """What a codebook says of one variable.

    ``missing`` are the codes marked as no answer, also those without a label; ``ranges`` are stretches of
    numbers marked so, ends included.
    """

    name: str
    label: Texts = field(default_factory=dict)
    question: Texts = field(default_factory=dict)
    universe: Texts = field(default_factory=dict)
    categories: tuple[Category, ...] = ()
    missing: tuple[str, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    line: int | None = None

    def is_missing(self, code: str) -> bool:
        """Whether a code is marked as no answer; ``08`` and ``8.0`` are ``8``.

        >>> one = Variable("x", missing=("08",), ranges=((97, 99),))
        >>> one.is_missing("8"), one.is_missing("98"), one.is_missing("7")
        (True, True, False)
        """
        if any(same(code, each) for each in self.missing):
            return True
        value = _number(code)
        return value is not None and any(low <= value <= high for low, high in self.ranges)

    def category(self, code: str) -> Category | None:
        """The category of a code, also when one of the two is written with zeros."""
        exact = next((each for each in self.categories if each.code == code), None)
        return exact or next((each for each in self.categories if same(each.code, code)), None)


@dataclass(frozen=True)
class Codebook:
    """A codebook that was read: ``kind`` is the standard it follows, ``remarks`` what it leaves open."""

    file: str
    kind: str
    title: Texts
    universe: Texts
    variables: tuple[Variable, ...]
    remarks: tuple[str, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, list[Variable]]:
        found: dict[str, list[Variable]] = {}
        for each in self.variables:
            found.setdefault(each.name.casefold(), []).append(each)
        return found

    def variable(self, name: str) -> Variable | None:
        """The variable of a column; letters' case counts only where two names differ in nothing else.

        :raises ThuisError: when the codebook describes the name twice, each time otherwise.
        """
        alike = self._by_name.get(name.casefold(), [])
        found = [each for each in alike if each.name == name] or alike
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        if any(_at_odds(one, other) for one, other in combinations(found, 2)):
            raise ThuisError(
                f"variable {name!r} is described {len(found)} times, each time otherwise",
                Place(self.file, found[1].line),
                step="take the codebook of one data file",
            )
        return reduce(_joined, found)

    def wanted(self, name: str, where: Place | None = None) -> Variable:
        """As :meth:`variable`.

        :raises ThuisError: also when there is no such variable.
        """
        found = self.variable(name)
        if found is None:
            names = [each.name for each in self.variables]
            raise ThuisError(unknown("variable", name, names, where, f"look in {self.file}"))
        return found


_FIELDS = ("question", "categories", "missing", "ranges")


def _at_odds(one: Variable, other: Variable) -> bool:
    """Whether two descriptions both say something, and not the same."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in _FIELDS)
    return any(first and second and first != second for first, second in pairs)


def _joined(one: Variable, other: Variable) -> Variable:
    """What two descriptions of one column say together: archives describe it as asked and as stored."""
    names = (*_FIELDS, "label", "universe")
    return replace(one, **{name: getattr(one, name) or getattr(other, name) for name in names})


def same(one: str, other: str) -> bool:
    """Whether two ways to write a code mean the same.

    >>> same("08", "8"), same("8.0", "8"), same("A", "a")
    (True, True, False)
    """
    if one == other:
        return True
    first, second = _number(one), _number(other)
    return first is not None and first == second


def _number(code: str) -> float | None:
    try:
        return None if "_" in code else float(code)
    except ValueError:
        return None


def said(texts: Texts, language: str) -> str:
    """A text in a language, else in the one without a name, in English, or in whatever there is.

    >>> said({"en": "Trust", "fi": "Luottamus"}, "nl"), said({}, "nl")
    ('Trust', '')
    """
    for each in (language, "", "en"):
        if texts.get(each):
            return texts[each]
    return next(iter(texts.values()), "")
