"""Findings in words: estimates with their interval, and differences exactly as far as they were tested.

A verdict of ``none`` means that no difference was shown, never that there is none; a difference across a
break in the series is said to have another possible cause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thuis.language import texts
from thuis.language.numbers import interval, number, percent

AREA = "publish"


@dataclass(frozen=True, slots=True)
class Measure:
    """How the values of a figure are written: percentages, or numbers with a unit in words."""

    percentage: bool
    decimals: int
    unit: Mapping[str, str]
    level: float = 0.95

    def value(self, value: float, language: str) -> str:
        """A value with its unit.

        >>> Measure(False, 1, {"nl": "punten", "en": "points"}).value(6.24, "en")
        '6.2 points'
        """
        if self.percentage:
            return percent(value, self.decimals, language)
        return f"{number(value, self.decimals, language)} {self.unit[language]}".rstrip()

    def span(self, lower: float, upper: float, language: str) -> str:
        """An interval, with the per cent sign where that is the unit."""
        return interval(lower, upper, self.decimals, language, percentage=self.percentage)

    def gap(self, difference: float, language: str) -> str:
        """The size of a difference, without its sign: percentage points, not per cent."""
        unit = texts(AREA, language)("fact.points") if self.percentage else self.unit[language]
        return f"{number(abs(difference), self.decimals, language)} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Difference:
    """A tested difference, as a sentence needs it."""

    difference: float
    lower: float
    upper: float
    verdict: str
    across_break: bool = False


def level(measure: Measure, language: str) -> str:
    """The confidence level as a percentage, ``95%``."""
    return percent(measure.level * 100, 0, language)


def estimate(
    title: str, wave: str, numbers: tuple[float, float, float], measure: Measure, language: str
) -> str:
    """One estimate with its interval; ``numbers`` are estimate, lower and upper.

    >>> estimate("Trust in people", "2020", (31.2, 29.0, 33.4), Measure(True, 1, {}), "en")
    'Trust in people in 2020: 31.2% (95% interval 29.0–33.4%).'
    """
    value, lower, upper = numbers
    return texts(AREA, language)(
        "fact.estimate",
        title=title,
        wave=wave,
        value=measure.value(value, language),
        span=measure.span(lower, upper, language),
        level=level(measure, language),
    )


def change(other_wave: str, found: Difference, measure: Measure, language: str) -> str:
    """How the last wave compares with an earlier one, as a sentence that follows the estimate.

    >>> change("2015", Difference(-3.1, -5.0, -1.1, "lower"), Measure(True, 1, {}), "en")
    'That is lower than in 2015: a difference of 3.1 percentage points (1.1–5.0).'
    >>> change("2015", Difference(0.4, -2.0, 2.8, "none"), Measure(True, 1, {}), "en")
    'No difference with 2015 was shown.'
    """
    t = texts(AREA, language)
    sentence = t(
        f"fact.change.{found.verdict}",
        wave=other_wave,
        gap=measure.gap(found.difference, language),
        span=_size(found, measure, language),
    )
    return f"{sentence} {t('fact.across-break')}" if found.across_break else sentence


def _size(found: Difference, measure: Measure, language: str) -> str:
    """The interval of the size of a difference, which has no sign."""
    ends = (found.lower, found.upper) if found.verdict != "lower" else (-found.upper, -found.lower)
    return interval(*ends, measure.decimals, language)


def contrast(wave: str, reference: str, verdicts: Mapping[str, Sequence[str]], language: str) -> str:
    """Which groups differ from a reference in one wave, by verdict.

    >>> contrast("2020", "Third", {"lower": ["First"], "none": ["Second"]}, "en")
    'Compared with “Third” in 2020: lower for First; no difference shown for Second.'
    """
    t = texts(AREA, language)
    parts = [
        t(f"fact.groups.{verdict}", groups=listed(verdicts[verdict], language))
        for verdict in ("higher", "lower", "none")
        if verdicts.get(verdict)
    ]
    return t("fact.contrast", wave=wave, reference=reference, parts="; ".join(parts))


def extremes(
    wave: str, highest: tuple[str, float], lowest: tuple[str, float], measure: Measure, language: str
) -> str:
    """The ends of a figure for a text alternative: what was estimated, without a claim about differences.

    >>> extremes("2020", ("First", 41.0), ("Third", 28.5), Measure(True, 1, {}), "en")
    'In 2020 the estimates run from 28.5% (Third) to 41.0% (First).'
    """
    return texts(AREA, language)(
        "fact.extremes",
        wave=wave,
        highest=highest[0],
        high=measure.value(highest[1], language),
        lowest=lowest[0],
        low=measure.value(lowest[1], language),
    )


def listed(names: Sequence[str], language: str) -> str:
    """Names in a sentence.

    >>> listed(["a", "b", "c"], "nl")
    'a, b en c'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {texts(AREA, language)('fact.and')} {names[-1]}"
