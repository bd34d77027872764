"""Sentences about figures: estimates with their margin, differences as far as tested.

A verdict of ``none`` means that no difference was shown, never that there is none; across a break in the
series there is a reason why years cannot be compared, and no direction. Headlines are made in
:mod:`thuis.language.headlines`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thuis.language import texts
from thuis.language.letters import opened
from thuis.language.numbers import number, percent

MANY = 8
"""More groups than this are counted in a sentence, not named."""
AREA = "sentences"


@dataclass(frozen=True, slots=True)
class Measure:
    """How the values of a figure are written: percentages, or numbers with a unit in words."""

    percentage: bool
    decimals: int
    unit: Mapping[str, str]

    def value(self, value: float, language: str) -> str:
        """A value with its unit.

        >>> Measure(False, 1, {"nl": "punten", "en": "points"}).value(6.24, "en")
        '6.2 points'
        """
        if self.percentage:
            return percent(value, self.decimals, language)
        return f"{number(value, self.decimals, language)} {self.unit[language]}".rstrip()

    def gap(self, difference: float, language: str) -> str:
        """The size of a difference, without its sign: percentage points, not per cent."""
        unit = texts(AREA, language)("points") if self.percentage else self.unit[language]
        return f"{number(abs(difference), self.decimals, language)} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Difference:
    """A tested difference, as a sentence needs it; ``broken`` is the kind of break it goes across."""

    difference: float
    verdict: str
    broken: str = ""


def estimate(wave: str, numbers: tuple[float, float, float], measure: Measure, language: str) -> str:
    """One estimate with its margin, the wider half of its interval; ``numbers`` are estimate, lower, upper.

    >>> estimate("2020", (31.2, 29.0, 33.4), Measure(True, 1, {}), "en")
    '31.2% in 2020 (± 2.2).'
    """
    value, lower, upper = numbers
    return texts(AREA, language)(
        "estimate",
        wave=wave,
        value=measure.value(value, language),
        margin=number(max(upper - value, value - lower), measure.decimals, language),
    )


def change(other_wave: str, found: Difference, measure: Measure, language: str) -> str:
    """How the last wave compares with an earlier one, as a sentence that follows the estimate.

    Across a break there is a reason and no direction.

    >>> change("2015", Difference(-3.1, "lower"), Measure(True, 1, {}), "en")
    'That is 3.1 percentage points lower than in 2015.'
    >>> change("2015", Difference(-3.1, "lower", "mode"), Measure(True, 1, {}), "en")
    'Not comparable with 2015: people were asked differently.'
    """
    t = texts(AREA, language)
    if found.broken:
        return t("change.broken", wave=other_wave, reason=t(f"break.{found.broken}"))
    return t(f"change.{found.verdict}", wave=other_wave, gap=measure.gap(found.difference, language))


def contrast(
    wave: str, reference: str, verdicts: Mapping[str, Sequence[str]], measure: Measure, language: str
) -> str:
    """Which groups differ from a reference in one wave; all are called as they are inside a sentence.

    >>> contrast("2020", "men", {"lower": ["women"]}, Measure(True, 1, {}), "en")
    'Women in 2020: less often than men.'
    >>> contrast("2020", "men", {"none": ["women"]}, Measure(True, 1, {}), "en")
    'No difference shown between men and women in 2020.'
    """
    t = texts(AREA, language)
    kind = "share" if measure.percentage else "mean"
    total = sum(map(len, verdicts.values()))
    found = []
    for verdict in ("higher", "lower", "none"):
        names = verdicts.get(verdict, ())
        key = f"{kind}.{verdict}" if verdict != "none" else "none" if len(names) == 1 else "none-many"
        all_of_them = len(names) == total > 2
        groups = t("contrast.all", count=total) if all_of_them else listed(names, language)
        if names and not (all_of_them and verdict == "none"):
            found.append(t(f"contrast.{key}", groups=groups, reference=reference, wave=wave))
        elif names:
            found.append(t("contrast.nobody", reference=reference, wave=wave))
    return " ".join(opened(each, language) for each in found)


def over_time(found: Mapping[str, Sequence[str]], wave: str, language: str, *, share: bool) -> str:
    """How groups changed since an earlier wave: the names of those that rose, fell, or were shown not to.

    :param found: ``higher``, ``lower``, ``none`` and ``broken`` -> names as they stand in a sentence.

    >>> over_time({"lower": ["men"], "none": ["women"]}, "2015", "en", share=True)
    'Less often than in 2015: men. No change since 2015 was shown: women.'
    >>> over_time({"none": ["men", "women"]}, "2015", "en", share=True)
    'No change since 2015 was shown in any of the 2 groups.'
    >>> over_time({"higher": ["men"], "none": ["women", "girls", "boys"]}, "2015", "en", share=True)
    'More often than in 2015: men. No change was shown in 3 other groups.'
    """
    t = texts(AREA, language)
    shown = {each: names for each, names in found.items() if names}
    if set(shown) == {"broken"}:
        return f"{opened(t('since.break', wave=wave), language)}."
    moved = "higher" in shown or "lower" in shown
    said = []
    for each in ("higher", "lower", "none", "broken"):
        names = shown.get(each, ())
        groups = listed(names, language) if len(names) <= MANY else t("over-time.many", count=len(names))
        key = each if each in ("none", "broken") else f"{'share' if share else 'mean'}.{each}"
        if each == "none" and len(names) > (2 if moved else 1):
            key = "others" if moved else "nobody"
        said += [t(f"over-time.{key}", wave=wave, groups=groups, count=len(names))] if names else []
    return " ".join(said)


def since(other_wave: str, verdict: str, across_break: bool, language: str) -> str:
    """How a wave compares with an earlier one, in a few words; across a break there is no direction.

    >>> since("2015", "lower", False, "en"), since("2015", "lower", True, "en")
    ('lower than in 2015', 'not comparable with 2015')
    """
    return texts(AREA, language)("since.break" if across_break else f"since.{verdict}", wave=other_wave)


def listed(names: Sequence[str], language: str, joiner: str = "and") -> str:
    """Names in a sentence; ``joiner`` is a text of the catalogue, ``and`` or ``or``.

    >>> listed(["a", "b", "c"], "nl"), listed(["a", "b"], "en", "or")
    ('a, b en c', 'a or b')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {texts(AREA, language)(joiner)} {names[-1]}"
