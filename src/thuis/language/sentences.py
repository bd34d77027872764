"""The one maker of sentences about figures: estimates with their interval, differences as far as tested.

A verdict of ``none`` means that no difference was shown, never that there is none; a difference across a
break in the series is never told as a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thuis.language import texts
from thuis.language.numbers import interval, number, percent

AREA = "sentences"


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
        unit = texts(AREA, language)("points") if self.percentage else self.unit[language]
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
    'Trust in people in 2020: 31.2% (95% interval 29.0 to 33.4%).'
    """
    value, lower, upper = numbers
    return texts(AREA, language)(
        "estimate",
        title=title,
        wave=wave,
        value=measure.value(value, language),
        span=measure.span(lower, upper, language),
        level=level(measure, language),
    )


def change(other_wave: str, found: Difference, measure: Measure, language: str) -> str:
    """How the last wave compares with an earlier one, as a sentence that follows the estimate.

    >>> change("2015", Difference(-3.1, -5.0, -1.1, "lower"), Measure(True, 1, {}), "en")
    'That is lower than in 2015: a difference of 3.1 percentage points (1.1 to 5.0).'
    >>> change("2015", Difference(0.4, -2.0, 2.8, "none"), Measure(True, 1, {}), "en")
    'No difference with 2015 was shown.'
    >>> change("2015", Difference(-3.1, -5.0, -1.1, "lower", across_break=True), Measure(True, 1, {}), "en")
    'These figures cannot be compared with those of 2015: the measurement changed in between.'
    """
    t = texts(AREA, language)
    if found.across_break:
        return t("across-break", wave=other_wave)
    return t(
        f"change.{found.verdict}",
        wave=other_wave,
        gap=measure.gap(found.difference, language),
        span=_size(found, measure, language),
    )


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
        t(f"groups.{verdict}", groups=listed(verdicts[verdict], language))
        for verdict in ("higher", "lower", "none")
        if verdicts.get(verdict)
    ]
    return t("contrast", wave=wave, reference=reference, parts="; ".join(parts))


def since(other_wave: str, verdict: str, across_break: bool, language: str) -> str:
    """How a wave compares with an earlier one, in a few words; across a break there is no direction.

    >>> since("2015", "lower", False, "en"), since("2015", "lower", True, "en")
    ('lower than in 2015', 'not comparable with 2015')
    """
    return texts(AREA, language)("since.break" if across_break else f"since.{verdict}", wave=other_wave)


def heading(value: str, wave: str, found: tuple[str, str, bool] | None, language: str) -> str:
    """The heading of a figure of one value, and how that compares with an earlier wave.

    :param found: earlier wave, verdict, and whether a break stands between; None when nothing was tested.

    >>> heading("31.2%", "2020", ("2018", "none", False), "en")
    '31.2% in 2020; no difference from 2018 shown'
    >>> heading("31.2%", "2020", ("2018", "higher", True), "en")
    '31.2% in 2020, not comparable with 2018 because of a break'
    """
    t = texts(AREA, language)
    said = t("heading.total", value=value, wave=wave)
    if found is None:
        return said
    other_wave, verdict, across_break = found
    return said + t("heading.broken" if across_break else f"heading.since.{verdict}", wave=other_wave)


def compared(wave: str, reference: str, verdicts: Sequence[str], language: str) -> str:
    """The heading of a figure by groups: how many differ from the reference, as far as was tested.

    >>> compared("2020", "third", ["lower", "none", "lower"], "en")
    '2020, compared with ‘third’: 2 lower, 1 with no difference shown'
    """
    t = texts(AREA, language)
    parts = [
        t(f"heading.count.{verdict}", count=verdicts.count(verdict))
        for verdict in ("higher", "lower", "none")
        if verdict in verdicts
    ]
    return t("heading.compared", wave=wave, reference=reference, parts=", ".join(parts))


def spread(wave: str, low: tuple[str, str], high: tuple[str, str] | None, language: str) -> str:
    """The heading of a figure without tests: what was estimated, without a claim about differences.

    :param low: value and name of the lowest; ``high`` of the highest, None when there is one value.

    >>> spread("2020", ("28.5%", "Third"), ("41.0%", "First"), "en")
    '2020: from 28.5% (Third) to 41.0% (First)'
    """
    t = texts(AREA, language)
    lowest = f"{low[0]} ({low[1]})"
    if high is None:
        return t("heading.only", wave=wave, value=lowest)
    return t("heading.range", wave=wave, low=lowest, high=f"{high[0]} ({high[1]})")


def nothing(reasons: Sequence[str], language: str) -> str:
    """The heading of a figure without a single number: why."""
    return texts(AREA, language)("heading.empty", reason=", ".join(reasons))


def listed(names: Sequence[str], language: str, joiner: str = "and") -> str:
    """Names in a sentence; ``joiner`` is a text of the catalogue, ``and`` or ``or``.

    >>> listed(["a", "b", "c"], "nl"), listed(["a", "b"], "en", "or")
    ('a, b en c', 'a or b')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {texts(AREA, language)(joiner)} {names[-1]}"
