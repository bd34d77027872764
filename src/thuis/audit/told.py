"""Numbers in running text, in pictures and beside them: those of a withheld group that no figure has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from thuis.audit.read import secret

NUMBER = r"(?<![\w.,/:-])(\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?![\w/:…]|[.,-]\d)"
SHARE = re.compile(rf"{NUMBER}\s*(?:%(?!-)|procent(?!punt)|per ?cent(?!age)|‰)", re.I)
DECIMAL = re.compile(NUMBER)
COUNT = re.compile(
    r"\b(?:n|effective n|effectieve n|eff\.)\W{0,4}[=:]?\W{0,3}(\d[\d.]*)"
    rf"|{NUMBER}\s+(?:respondent\w*|deelnem\w*|ondervraagd\w*|person\w*|participant\w*|people|mensen)",
    re.I,
)
VERSION = re.compile(r"\b(?:version|versie|v)[\s\"':=]*\d[\d.]*", re.I)
UNIT = re.compile(r"(?<=[.;!?])\s+|\n+|\s[·•]\s")
TOLD = ("estimate", "lower", "upper", "n", "se", "df", "deff", "difference", "value", "p", "p_adjusted")
Key = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """Withheld cells of one group: its indicator and breakdown, its categories, and what these are called.

    ``names`` are, for each dimension, the words for its category in every language.
    """

    indicator: str
    breakdown: str
    wave: str
    cell: tuple[str, ...]
    names: tuple[frozenset[str], ...]


class Known:
    """What is published of groups that are withheld somewhere, to hold running text against.

    :param figures: the figures as their files have them.
    :param always: numbers that stand anywhere: the minimum, confidence levels, waves.
    """

    towns: tuple[float, ...] = ()
    """What is published of municipalities, in order: of their inhabitants, not of who answered."""

    def __init__(self, figures: Iterable[Mapping[str, Any]], always: Iterable[float]) -> None:
        self._figures = {f"{each['indicator']}/{each['breakdown']}": each for each in figures}
        self._always = frozenset(always)
        self._cache: dict[tuple[str, str, tuple[str, ...]], tuple[float, ...]] = {}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The withheld groups that have a name, each of them once for a figure."""
        found: dict[tuple[str, tuple[str, ...]], Group] = {}
        for id_, figure in self._figures.items():
            words = [_words(each) for each in figure["dimensions"]]
            for cell in figure["cells"]:
                key = tuple(cell["cell"])
                names = tuple(of.get(part, frozenset()) for of, part in zip(words, key, strict=False))
                if secret(cell) and names and all(names):
                    at = figure["indicator"], figure.get("breakdown", ""), str(cell["wave"])
                    found.setdefault((id_, key), Group(*at, key, names))
        return tuple(found.values())

    @cached_property
    def _sought(self) -> re.Pattern[str]:
        # Those of groups that are published too: "children of migrants" are no migrants.
        dimensions = (each for figure in self._figures.values() for each in figure["dimensions"])
        every = {name for each in dimensions for names in _words(each).values() for name in names}
        longest = "|".join(map(re.escape, sorted(every, key=lambda each: (-len(each), each))))
        return re.compile(rf"(?<![\w-])(?:{longest})(?![\w-])" if self.groups else r"(?!)", re.I)

    @cached_property
    def _of_name(self) -> Mapping[str, tuple[Group, ...]]:
        found: dict[str, list[Group]] = {}
        for each in self.groups:
            for name in each.names[0]:
                found.setdefault(name.casefold(), []).append(each)
        return {name: tuple(groups) for name, groups in found.items()}

    @cached_property
    def _ids(self) -> Mapping[str, frozenset[str]]:
        """A name -> the categories that are called so."""
        found: dict[str, set[str]] = {}
        for dimension in (each for figure in self._figures.values() for each in figure["dimensions"]):
            for id_, names in _words(dimension).items():
                for name in names:
                    found.setdefault(name.casefold(), set()).add(id_)
        return {name: frozenset(ids) for name, ids in found.items()}

    def numbers(self, indicator: str, breakdown: str, cell: tuple[str, ...] = ()) -> tuple[float, ...]:
        """All that is published of a figure and the total of its indicator, in order, without signs.

        :param breakdown: of one figure, or of all without it; ``indicator`` likewise.
        :param cell: only what is of these categories, where there are any.
        """
        key = indicator, breakdown, cell
        if key not in self._cache:
            every = self._always | {abs(each) for each in self._numbers(*key)}
            self._cache[key] = tuple(sorted(every))
        return self._cache[key]

    def _numbers(self, indicator: str, breakdown: str, cell: tuple[str, ...]) -> Iterator[float]:
        for figure in self._figures.values():
            own = indicator in ("", figure["indicator"])
            if not own or (breakdown and figure.get("breakdown", "") not in (breakdown, "total")):
                continue
            for each in figure["cells"]:
                if not cell or set(cell) & set(each["cell"]) or not each["cell"]:
                    yield from _of(each)
                    if each.get("n") and each.get("deff"):
                        yield float(each["n"]) / float(each["deff"])
            for each in figure.get("comparisons") or ():
                yield from _of(each)
            yield from (float(each) for each in figure.get("scale") or ())

    def of_figure(self, text: str, indicator: str, breakdown: str) -> Iterator[tuple[str, Group | None]]:
        """Numbers of what is drawn or said of one figure that it does not have."""
        known = self.numbers(indicator, breakdown)
        for unit in UNIT.split(text):
            for told in suspected(unit):
                if not explained(told, known):
                    yield told, None

    def of_groups(self, text: str, indicator: str = "") -> Iterator[tuple[str, Group | None]]:
        """Numbers that stand in one sentence or row with a withheld group, and that nothing published has."""
        for unit in UNIT.split(text):
            here = {each.casefold() for each in self._sought.findall(unit)}
            told = suspected(self._sought.sub(" ", unit)) if here else []
            if not told:
                continue
            for group in (each for name in here for each in self._of_name.get(name, ())):
                if indicator not in ("", group.indicator) or not _all_named(group, here):
                    continue
                named = frozenset(id_ for name in here for id_ in self._ids.get(name, ()))
                known = self.numbers(indicator, "", tuple(sorted(named)))
                yield from ((each, group) for each in told if not explained(each, known))


def _all_named(group: Group, here: set[str]) -> bool:
    return all(any(name.casefold() in here for name in names) for names in group.names)


def _words(dimension: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Category -> its names; those of a letter or two name nothing in running text."""
    found = {}
    for each in dimension["categories"]:
        names = {str(text).strip() for text in (each.get("title") or {}).values()}
        found[str(each["id"])] = frozenset(name for name in names if len(name) > 3)
    return found


def _of(row: Mapping[str, Any]) -> Iterator[float]:
    for name in TOLD:
        value = row.get(name)
        if isinstance(value, float | int) and not isinstance(value, bool):
            yield float(value)


def suspected(text: str) -> list[str]:
    """The numbers of a text that may be an estimate or a number of respondents.

    >>> suspected("In 2015 was het 44,1% (n = 18); versie 1.2.3 van 6 groepen.")
    ['44,1', '18']
    """
    text = VERSION.sub(" ", text)
    found = [each.group(1) for each in SHARE.finditer(text)]
    found += [next(part for part in each.groups() if part) for each in COUNT.finditer(text)]
    found += [each for each in DECIMAL.findall(text) if re.search(r"[.,]\d{1,2}$|[.,]\d{4,}$", each)]
    # One mark for thousands and for decimals: two numbers that stand against one another.
    whole = (each.rstrip(".,") for each in found)
    return list(dict.fromkeys(each for each in whole if not re.search(r"([.,]).*\1(?!\d{3}\b)", each)))


def explained(told: str, known: Sequence[float]) -> bool:
    """Whether a number, as either language writes it, is one that is known, rounded as it is shown.

    :param known: in order.

    >>> explained("44,1", [44.13]), explained("1.204", [1204.0]), explained("18", [])
    (True, True, False)
    """
    return any(_near(value, places, known) for value, places in _read(told))


def _near(value: float, places: int, known: Sequence[float]) -> bool:
    half = 0.5 * 10.0**-places + 1e-9
    at = bisect_left(known, value - half)
    return at < len(known) and known[at] <= value + half


def numbers_of(value: Any) -> Iterator[float]:
    """All numbers in a JSON value, without signs.

    >>> list(numbers_of({"a": [1, "b", -2.5], "c": True}))
    [1.0, 2.5]
    """
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from numbers_of(each)
    elif isinstance(value, float | int) and not isinstance(value, bool):
        yield abs(float(value))


def values(told: str) -> list[float]:
    """What a number may be, as either language writes it.

    >>> values("1.204")
    [1204.0, 1.204]
    """
    return [value for value, _ in _read(told)]


def _read(told: str) -> Iterator[tuple[float, int]]:
    bare = re.sub(r"[\u00a0\u202f]", "", told)
    for mark, thousands in ((",", "."), (".", ",")):
        text = bare.replace(thousands, "").replace(mark, ".")
        if text.count(".") <= 1:
            yield float(text), len(text.partition(".")[2])
