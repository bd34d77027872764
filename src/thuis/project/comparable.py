"""What may be compared with what: a matter of two waves and a group, not of the order of waves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from thuis.errors import Problem
from thuis.project.folder import Project
from thuis.project.indicator import Break, Comparable, Indicator, Question
from thuis.project.wave import Wave

_KINDS = ("mode", "population", "wording")


def with_wave_breaks(indicator: Indicator, waves: Sequence[Wave]) -> Indicator:
    """The indicator with the breaks and statements that its waves declare for everything."""
    breaks = [
        Break(wave=wave.id, kind=each.kind, text=each.text, until=each.until, only=each.only)
        for wave in waves
        for each in wave.breaks
    ]
    comparable = [
        Comparable(wave=wave.id, kind=each.kind, text=each.text) for wave in waves for each in wave.comparable
    ]
    if not breaks and not comparable:
        return indicator
    return indicator.model_copy(
        update={
            "breaks": (*indicator.breaks, *breaks),
            "comparable": (*indicator.comparable, *comparable),
        }
    )


def between(
    breaks: Sequence[Break],
    waves: Sequence[str],
    one: str,
    other: str,
    cell: Mapping[str, str] | None = None,
) -> tuple[Break, ...]:
    """The breaks that keep a cell of two waves from being compared, whichever wave is the later.

    :param waves: the ids of every wave in order of time.
    :param cell: the category of the cell in each breakdown; left out, only breaks for everybody count.

    >>> text = {"nl": "x", "en": "x"}
    >>> once = Break(wave="2009", kind="population", text=text, until="2010")
    >>> waves = ["2008", "2009", "2010"]
    >>> [len(between([once], waves, *pair)) for pair in (("2009", "2010"), ("2008", "2010"))]
    [1, 0]
    """
    return tuple(
        each
        for each in breaks
        if _inside(each, waves, one) != _inside(each, waves, other) and _touches(each, cell)
    )


def _inside(each: Break, waves: Sequence[str], wave: str) -> bool:
    at = waves.index(wave)
    return waves.index(each.wave) <= at and (each.until is None or at < waves.index(each.until))


def _touches(each: Break, cell: Mapping[str, str] | None) -> bool:
    """A cell of another category of a breakdown that ``only`` names holds nobody the break is about."""
    if cell is None:
        return not each.only
    return all(cell.get(name, ids[0]) in ids for name, ids in each.only.items() if ids)


def undeclared(project: Project) -> Iterator[Problem]:
    """Changes of mode, population or wording between waves that are compared, with nothing said of them."""
    told: set[tuple[str, str]] = set()
    for indicator in project.indicators:
        for kind, earlier, later in _changes(project, indicator):
            if kind == "wording":
                yield _wording(project, indicator, earlier, later)
            elif (kind, later) not in told:
                told.add((kind, later))
                yield _everywhere(project, kind, project.wave(earlier), project.wave(later))


def _changes(project: Project, indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    order = [wave.id for wave in project.waves if not wave.pools]
    if any(each.wave not in order or (each.until or each.wave) not in order for each in indicator.breaks):
        return
    asked = [
        each for each in project.asked(indicator.variable) if each in order and each in indicator.question
    ]
    done: list[tuple[str, str]] = []
    pairs = sorted(combinations(asked, 2), key=lambda pair: order.index(pair[1]) - order.index(pair[0]))
    for earlier, later in pairs:
        if between(indicator.breaks, order, earlier, later):
            continue
        span = order[order.index(earlier) + 1 : order.index(later) + 1]
        said = {each.kind for each in indicator.comparable if each.wave in span}
        for kind in _KINDS:
            changed = _changed(kind, project.wave(earlier), project.wave(later), indicator)
            told = any((kind, each) in done for each in span)
            if changed and kind not in said and not told:
                done.append((kind, later))
                yield kind, earlier, later


def _changed(kind: str, earlier: Wave, later: Wave, indicator: Indicator) -> bool:
    if kind == "wording":
        one, other = indicator.question[earlier.id], indicator.question[later.id]
        return bool(_worded(one) != _worded(other))
    one_text, other_text = getattr(earlier, kind), getattr(later, kind)
    return any(plain(one_text[each]) != plain(other_text[each]) for each in one_text if each in other_text)


def _worded(question: Question) -> tuple[str, ...]:
    """The question in the language it was asked in; in all of them when that is not said."""
    texts = question.texts
    if question.asked in texts:
        return (question.asked, plain(texts[question.asked]))
    return tuple(plain(texts[each]) for each in sorted(texts))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text without what does not change its meaning: capitals, signs, spaces."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _wording(project: Project, indicator: Indicator, earlier: str, later: str) -> Problem:
    return Problem(
        f"the question of wave {later!r} is not that of wave {earlier!r}, and nothing is said of it",
        project.place("indicators", indicator.id, ("question", later)),
        expected="a break, or a statement that the figure is not touched",
        step=f"add 'breaks: [{{wave: \"{later}\", kind: wording, text: …}}]', or the same under 'comparable'",
    )


def _everywhere(project: Project, kind: str, earlier: Wave, later: Wave) -> Problem:
    texts = getattr(earlier, kind)
    language = next((each for each in (*project.languages, *texts)), "")
    old, new = (getattr(each, kind).get(language, "") for each in (earlier, later))
    return Problem(
        f"the {kind} is {new!r} here and {old!r} in wave {earlier.id!r}, and nothing is said of it",
        project.place("waves", later.id, (kind,)),
        expected="a break, or a statement that no figure is touched",
        step=f"add 'breaks: [{{kind: {kind}, text: …}}]' to this wave, or the same under 'comparable'; "
        "or to each indicator with its wave",
    )
