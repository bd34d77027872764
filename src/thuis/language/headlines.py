"""Headlines: what a newspaper would print above a figure, and never more than was tested.

At most :data:`WORDS` words, no brackets, no interval, every group once and in lower case inside the sentence.
Where no difference was shown that is what is said; across a break there is no direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from thuis.language import clauses, texts
from thuis.language.clauses import Verdict
from thuis.language.letters import small
from thuis.language.numbers import number, percent
from thuis.language.sentences import AREA, listed

WORDS = 12
"""Most words of a headline."""
LABEL = 26
"""Most characters of a label in a list of groups."""


def length(text: str) -> int:
    """How many words a text has; a number with its sign is one.

    >>> length("31% in 2020; not comparable with 2018: the question changed")
    10
    """
    return len([word for word in text.replace("\u00a0", "").split() if re.search(r"\w", word)])


@cache
def _proper(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of languages, and of countries, in lower case: words that begin so keep their capital."""
    locale = Locale.parse(language)
    tongues = {name.lower() for name in locale.languages.values() if len(name) >= 4 and " " not in name}
    lands = {name.lower().split()[0].split("-")[0] for name in locale.territories.values()}
    return frozenset(tongues), frozenset(name for name in lands if len(name) >= 4)


_SPAN = re.compile(
    r"\d[\d.,]*\s+\D+\d|^\W*\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s+\w|\d[\d.,]*\s+\w+\s+\w+$|^[^\W\d_]?[\W\d_]+$"
)
"""Labels with a number and words after it: *35 to 54*, *55 and over*, *jonger dan 18 of ouder*; and
codes, which have no word at all: *3*, *18-34*, *Q4*."""


@cache
def within(name: str, language: str) -> str:
    """A name inside a sentence: in lower case, unless its first word is a proper name or an abbreviation.

    A span of numbers is set between quotation marks, since its words run on in those of the sentence; so is a
    code, whose number would be read as one of the values.

    >>> [within(each, "nl") for each in ("Migrant", "Turkse herkomst", "CDA-stemmers", "Hbo, universiteit")]
    ['migrant', 'Turkse herkomst', 'CDA-stemmers', 'hbo, universiteit']
    >>> [within(each, "en") for each in ("35 to 54", "55 and over", "18-34", "2nd generation", "Under 35")]
    ['“35 to 54”', '“55 and over”', '“18-34”', '2nd generation', 'under 35']
    """
    if _SPAN.search(name):
        return texts(AREA, language)("heading.label", name=name)
    return _lowered(name, language)


def _lowered(name: str, language: str) -> str:
    first = re.match(r"[^\W\d_]+", name)
    if first is None or any(letter.isupper() for letter in first[0][1:]):
        return name
    word = first[0].lower()
    tongues, lands = _proper(language)
    shared = {word[:size] for size in range(5, len(word) + 1)}
    if any(word[:size] in tongues for size in range(4, len(word) + 1)) or word in lands:
        return name
    if any(land[: max(5, len(land) - 2)] in shared for land in lands if len(land) >= 5):
        return name
    return small(name, language)


@dataclass(frozen=True, slots=True)
class Named:
    """A group in words: as a label, as people, and in short; the last two only when the author gave them."""

    label: str
    people: str = ""
    short: str = ""

    @property
    def plural(self) -> str:
        """The people, unless their name ends in a span of numbers that would run on in the sentence."""
        return "" if re.search(r"\d\D+\d\W*$", self.people) else self.people

    def alike(self, language: str) -> tuple[str, str, str]:
        """As people, as a label and in short, so that two names of one kind can stand beside each other."""
        label = within(self.label, language)
        return self.plural, "" if "," in label and self.short else label, self.short

    def forms(self, language: str) -> tuple[str, ...]:
        """What it may be called inside a sentence, the fullest first."""
        short = within(self.short, language) if _SPAN.search(self.short) else self.short
        names = (self.plural, within(self.label, language), short)
        return tuple(dict.fromkeys(name for name in names if name))

    def listed(self, language: str) -> str:
        """What it is called among many others: by its label, where that is short and reads on."""
        label = within(self.label, language)
        return (
            label
            if len(label) <= LABEL and label[0].isalpha() and "," not in label
            else self.inside(language)
        )

    def inside(self, language: str) -> str:
        """What it is called inside a sentence."""
        return self.forms(language)[0]


@dataclass(frozen=True, slots=True)
class Shown:
    """A group with its value; ``verdict`` is the test against the reference."""

    name: Named
    value: float
    lower: float
    upper: float
    verdict: Verdict | Literal["none"] = "none"


@dataclass(frozen=True, slots=True)
class Scale:
    """How values stand in a headline: so many in 100, or a mean with the decimals of its figure."""

    percentage: bool
    decimals: int = 1
    counted: bool = False
    """A number of people."""

    @property
    def kind(self) -> str:
        return "share" if self.percentage else "count" if self.counted else "mean"

    def bare(self, value: float, language: str) -> str:
        """The value without a unit: whole for shares.

        >>> Scale(True).bare(31.6, "en"), Scale(False).bare(6.24, "nl")
        ('32', '6,2')
        """
        return number(value, 0 if self.percentage else self.decimals, language)

    def ends(self, top: float, other: float, language: str) -> list[dict[str, str]]:
        """Two values as a headline writes them, the fullest first.

        >>> Scale(True).ends(51.6, 8.7, "en")
        [{'x': '52 in 100', 'y': '9'}, {'x': '52%', 'y': '9%'}]
        """
        if self.percentage:
            return [{"x": x, "y": y} for x, y in clauses.shares((top, other), language)]
        return [{"x": self.bare(top, language), "y": self.bare(other, language)}]

    def value(self, value: float, language: str) -> str:
        """The value with its sign."""
        return percent(value, 0, language) if self.percentage else self.bare(value, language)


def fitting(candidates: Iterable[str]) -> str:
    """The first text of at most :data:`WORDS` words, else the shortest."""
    texts_ = list(candidates)
    return next((each for each in texts_ if length(each) <= WORDS), min(texts_, key=length))


def total(value: float, wave: str, found: tuple[str, str, str] | None, scale: Scale, language: str) -> str:
    """The headline of a figure of one value.

    :param found: earlier wave, verdict, and the kind of break between the two (empty when there is none).

    >>> total(31.2, "2020", ("2018", "lower", ""), Scale(True), "en")
    '31% in 2020, lower than in 2018'
    >>> total(31.2, "2020", ("2015", "higher", "wording"), Scale(True), "nl")
    '31% in 2020; niet te vergelijken met 2015: de vraag is veranderd'
    """
    t = texts(AREA, language)
    said = t("heading.total", value=scale.value(value, language), wave=wave)
    if found is None:
        return said
    other, verdict, kind = found
    if kind:
        return said + t("heading.broken", wave=other, reason=t(f"break.{kind}"))
    return said + t(f"heading.since.{verdict}", wave=other)


def answers(pairs: Sequence[tuple[str, str]], wave: str, language: str) -> str:
    """The headline of a figure of answers: the largest, as many as there is room for, and no claim on them.

    >>> answers([("often", "40%"), ("never", "35%"), ("sometimes", "25%")], "2020", "en")
    'In 2020: often 40%, never 35%, sometimes 25%'
    """
    t = texts(AREA, language)
    listed_ = [f"{within(name, language)} {value}" for name, value in pairs]
    shorter = [", ".join(listed_[:many]) for many in range(min(len(listed_), 4), 0, -1)]
    return fitting(t("heading.answers", wave=wave, answers=each) for each in shorter)


def untested(wave: str, language: str, *, withheld: bool = False) -> str:
    """The headline of a figure without tested differences: no claim at all.

    :param withheld: a group of that wave is, so that there is nothing to compare with.
    """
    return texts(AREA, language)("heading.incomplete" if withheld else "heading.untested", wave=wave)


def nothing(reasons: Sequence[str], language: str) -> str:
    """The headline of a figure without a single number: why."""
    t = texts(AREA, language)
    return fitting((t("heading.empty", reason=listed(reasons, language)), t("heading.empty-several")))
