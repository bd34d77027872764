"""Headlines of figures: what the figure holds, handed to the one maker of headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thuis.contract.figure import Category, Change, Contrast, Figure
from thuis.contract.indicator import Indicator
from thuis.language import compared, headlines, sentences
from thuis.language.headlines import Named, Scale, Shown
from thuis.site.voice import Voice


def finding(figure: Figure, voice: Voice) -> str:
    """The headline of a figure: its main result at the last wave with published cells."""
    wave = figure.latest()
    if wave is None:
        reasons = dict.fromkeys(voice.reason(figure.cell(w, k)) for w in figure.waves for k in figure.keys)
        return headlines.nothing(tuple(reasons), voice.language)
    if not figure.dimensions:
        return _total(figure, wave, voice)
    if figure.answers:
        return _answers(figure, wave, voice)
    return (
        _against(figure, wave, voice)
        or _mutual(figure, wave, voice)
        or _inside(figure, wave, voice)
        or _counted(figure, wave, voice)
        or headlines.untested(wave, voice.language, withheld=_incomplete(figure, wave))
    )


def _inside(figure: Figure, wave: str, voice: Voice) -> str:
    """Of a crossing: two categories of its last part that were tested in each group of the others."""
    tests = [each for each in figure.contrasts if each.wave == wave and each.key[:-1] == each.other[:-1]]
    ends = {(each.key[-1], each.other[-1]) for each in tests}
    if len(figure.dimensions) != 2 or len(ends) != 1 or len(tests) < 2:
        return ""
    one = named(figure.dimensions[-1].category(next(iter(ends))[0]), voice)
    verdicts = Counter[str](each.verdict for each in tests)
    return compared.inside(one, verdicts, _scale(figure), voice.language, voice.say(figure.says))


def _counted(figure: Figure, wave: str, voice: Voice) -> str:
    """In how many of the tests of a wave a difference was shown; the only one by the names of its groups."""
    found = [each for each in figure.contrasts if each.wave == wave]
    shown = [each for each in found if each.verdict != "none"]
    if len(shown) == 1 and len(figure.dimensions) == 1:
        return _apart(figure, shown[0], found, voice)
    return compared.several(Counter[str](each.verdict for each in found), voice.language) if found else ""


def _incomplete(figure: Figure, wave: str) -> bool:
    """Whether a group of this wave is withheld; one that was not asked, or cannot be, is not."""
    open_ = (None, "not-asked", "not-applicable")
    return any(each.reason not in open_ for each in figure.of_wave(wave))


def _answers(figure: Figure, wave: str, voice: Voice) -> str:
    """Of everybody the largest answers; of groups, in how many tests they differ."""
    if len(figure.dimensions) > 1:
        return _counted(figure, wave, voice) or headlines.untested(wave, voice.language)
    categories = figure.dimensions[0].categories
    cells = [(each, figure.cell(wave, (each.id,))) for each in categories]
    found = [(named(each, voice), cell.estimate) for each, cell in cells if cell.estimate is not None]
    found.sort(key=lambda each: -each[1])
    scale = _scale(figure)
    pairs = [(name.short or name.label, scale.value(value, voice.language)) for name, value in found]
    return headlines.answers(pairs, wave, voice.language)


def _scale(figure: Figure) -> Scale:
    return Scale(figure.kind == "proportion", figure.decimals, figure.kind == "total")


def _total(figure: Figure, wave: str, voice: Voice) -> str:
    value = figure.cell(wave, ()).estimate or 0.0
    change = latest_change(figure, wave)
    found = (change.other_wave, change.verdict, broken_by(figure, change)) if change else None
    return headlines.total(value, wave, found, _scale(figure), voice.language)


def latest_change(figure: Figure, wave: str) -> Change | None:
    """The tested change of the whole population up to a wave, from the nearest wave before it."""
    found = [each for each in figure.changes if each.wave == wave and each.key == ()]
    return max(found, key=lambda each: figure.waves.index(each.other_wave), default=None)


def over_time(figure: Figure, voice: Voice) -> str:
    """How the groups of a figure changed since the wave before its last, as was tested; nothing else."""
    wave = figure.latest()
    found = [each for each in figure.changes if each.wave == wave]
    if len(figure.dimensions) != 1 or figure.answers or not found:
        return ""
    earlier = max((each.other_wave for each in found), key=figure.waves.index)
    names: dict[str, list[str]] = {}
    for each in sorted(found, key=lambda each: figure.keys.index(each.key)):
        if each.other_wave == earlier:
            name = named(figure.dimensions[0].category(each.key[0]), voice).listed(voice.language)
            names.setdefault("broken" if each.across_break else each.verdict, []).append(name)
    return sentences.over_time(names, earlier, voice.language, share=_scale(figure).percentage)


def broken_by(figure: Figure, change: Change) -> str:
    """The kind of break between the two waves of a change; nothing when they can be compared."""
    if not change.across_break:
        return ""
    waves = figure.waves
    between = waves[waves.index(change.other_wave) + 1 : waves.index(change.wave) + 1]
    return next((each.kind for each in figure.breaks if each.wave in between), "class")


def named(category: Category, voice: Voice) -> Named:
    """What a category is called in sentences."""
    return Named(voice.say(category.title), voice.say(category.people), voice.say(category.short))


def shown(figure: Figure, wave: str, voice: Voice) -> tuple[list[Shown], Shown | None]:
    """The groups of one wave that were tested against one other group, and that group."""
    tests = [each for each in figure.contrasts if each.wave == wave]
    others = {each.other for each in tests}
    if len(figure.dimensions) != 1 or len(others) != 1:
        return [], None
    verdicts = {each.key: each.verdict for each in tests}
    found: dict[str, Shown] = {}
    for category in figure.dimensions[0].categories:
        cell = figure.cell(wave, (category.id,))
        if cell.status == "published":
            verdict = verdicts.get((category.id,), "none")
            name = named(category, voice)
            found[category.id] = Shown(name, cell.estimate, cell.lower, cell.upper, verdict)
    reference = found.get(next(iter(others))[0])
    return [found[key[0]] for key in verdicts if key[0] in found], reference


def _against(figure: Figure, wave: str, voice: Voice) -> str:
    groups, reference = shown(figure, wave, voice)
    if not groups or reference is None:
        return ""
    return compared.groups(groups, reference, _scale(figure), voice.language, voice.say(figure.says))


def _mutual(figure: Figure, wave: str, voice: Voice) -> str:
    """The ends of groups that were all tested against each other, when these were shown to differ."""
    contrasts = [each for each in figure.contrasts if each.wave == wave]
    if len(figure.dimensions) != 1 or not contrasts:
        return ""
    cells = [figure.cell(wave, (each.id,)) for each in figure.dimensions[0].categories]
    found = sorted((each for each in cells if each.status == "published"), key=lambda each: each.estimate)
    ends = {found[0].key, found[-1].key} if found else set()
    tested = next((each for each in contrasts if {each.key, each.other} == ends), None)
    if tested is None or tested.verdict == "none":
        return ""
    return _apart(figure, tested, contrasts, voice)


def _apart(figure: Figure, pair: Contrast, contrasts: Sequence[Contrast], voice: Voice) -> str:
    """The higher of a pair that was shown to differ beside the lower."""
    cells = [
        each for key in (pair.key, pair.other) if (each := figure.cell(pair.wave, key)).status == "published"
    ]
    low, top = (
        Shown(named(figure.dimensions[0].category(each.key[0]), voice), each.estimate, each.lower, each.upper)
        for each in sorted(cells, key=lambda each: each.estimate)
    )
    tests = Counter[str](each.verdict for each in contrasts)
    return compared.apart(top, low, tests, _scale(figure), voice.language, voice.say(figure.says))


def facts(indicator: Indicator, voice: Voice) -> list[str]:
    """The main facts: those the data folder holds, else the headline of each of the first figures."""
    written = [voice.say(each) for each in indicator.record.facts]
    if written:
        return written
    return [finding(figure, voice) for figure in indicator.figures[:3] if figure.published()]
