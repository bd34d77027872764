"""The YAML of a first project, as text with comments."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from thuis.language import LANGUAGES
from thuis.project import unwritten as first
from thuis.project.alike import look
from thuis.project.model import Csv
from thuis.starter.again import Changed, changed, plain
from thuis.starter.counted import listed
from thuis.starter.guess import FEWEST
from thuis.starter.records import Several, Variable
from thuis.starter.split import Part, Source
from thuis.starter.templated import filled

SAME = Changed(
    "wording",
    "Alleen leestekens, hoofdletters of het nummer van de vraag verschillen.",
    "Only marks, capitals or the number of the question differ.",
)
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What YAML takes for a line end or for no text."""


def quoted(text: str) -> str:
    """A text as YAML writes it between double quotes."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def remarked(text: str) -> str:
    """A text of a file within a comment: one line, whatever it holds."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def flow(text: Mapping[str, str]) -> str:
    """A text in each language, on one line."""
    return f"{{{', '.join(f'{language}: {quoted(words)}' for language, words in text.items())}}}"


def both(text: str) -> str:
    """The same text in every language, for a person to translate."""
    return flow(dict.fromkeys(LANGUAGES, text))


def plain_flow(text: Mapping[str, str]) -> str:
    """The same without quotes, for a person to write."""
    return f"{{{', '.join(f'{language}: {words}' for language, words in text.items())}}}"


def _made(name: str, **told: Any) -> str:
    filters: dict[str, Callable[..., object]] = {
        "quoted": quoted,
        "both": both,
        "plain": plain_flow,
        "remarked": remarked,
    }
    return filled(name, filters, first=first, **told)


def today() -> date:
    """The day on this machine's calendar."""
    return datetime.now().astimezone().date()


def settings_file(waves: Sequence[str], *, panel: bool, synthetic: bool) -> str:
    """``thuis.yaml``."""
    day = today().isoformat()
    return _made("thuis.yaml", waves=waves, panel=panel, synthetic=synthetic, today=day, fewest=FEWEST)


def wave_file(part: Part, codebook: str = "") -> str:
    """``waves/<wave>.yaml``; what was guessed says so."""
    found, own = part.design, part.source or Source("", Csv(delimiter=","))
    return _made(
        "wave.yaml",
        part=part,
        design=found,
        guessed={each.role: each.evidence for each in found.evidence},
        source=own,
        codebook=codebook,
        field=_field(part.year),
        rows=rows_held(part.where),
        csv=csv_lines(own.written),
    )


def rows_held(where: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """The rows of a wave; every column once, and what all of them must hold."""
    held = [f"{quoted(name)}: [{', '.join(map(quoted, codes))}]" for name, codes in where]
    return [f"where: {{{', '.join(held)}}}   # the rows of this wave"] if held else []


def _field(year: int | None) -> str:
    """The days of a year, until today at most."""
    day = today()
    if year is None or year == day.year:
        return f"start: {day.year}-01-01, end: {day.isoformat()}"
    return f"start: {year}-01-01, end: {year}-12-31"


def csv_lines(written: Csv) -> list[str]:
    """How the CSV file is written, where it is not the usual way."""
    usual = ("utf-8", ",", ".", None)
    if (written.encoding or "utf-8", written.delimiter, written.decimal or ".", written.thousands) == usual:
        return []
    marks = f"delimiter: {quoted(written.delimiter)}"
    marks += f", decimal: {quoted(written.decimal)}" if written.decimal else ""
    marks += f", thousands: {quoted(written.thousands)}" if written.thousands else ""
    encoding = written.encoding or "utf-8"
    return [f"csv: {{encoding: {encoding}, {marks}}}   # as the file seems to be written: check"]


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by id, those that look the same with the id behind them: files give two columns one label.

    >>> told_apart({"q1": "Trust in", "q2": "Trust in ", "q3": "Age"})
    {'q1': 'Trust in (q1)', 'q2': 'Trust in (q2)', 'q3': 'Age'}
    """
    times = Counter(map(look, titles.values()))
    return {
        id_: title if times[look(title)] == 1 else f"{title.strip()} ({id_})" for id_, title in titles.items()
    }


def breakdown_file(one: Variable, title: str, asked: Mapping[str, Variable], files: str) -> str:
    """``breakdowns/<id>.yaml``: one category per answer that any wave has.

    :param title: what it is called.
    :param asked: the variable in each wave that has it, in order of time.
    """
    titles = {
        to: each.labels[code]
        for each in (one, *asked.values())
        for to, code in reversed(_first_codes(each).items())
    }
    ids = _ids(one, asked)
    titles = told_apart({each: titles[each] for each in ids})
    return _made("breakdown.yaml", one=one, title=title, files=files, titles=titles, ids=ids)


Classes = Sequence[tuple[Variable, Mapping[str, Variable]]]
"""Every breakdown, and its variable in each wave that has it, in order of time."""


def _breaks(asked: Mapping[str, Variable], classes: Classes) -> list[str]:
    """The waves in which a question is another than before, so that nothing is compared over the change.

    Other answers to the question of a breakdown touch its groups alone. A wording that differs in its marks
    and capitals alone is said to be the same.
    """
    found = [change(wave, each, LANGUAGES) for wave, own, one in _pairs(asked) for each in changed(own, one)]
    found += [
        change(wave, each, LANGUAGES, dict.fromkeys(LANGUAGES, by.title), by.id, _ids(by, of_waves))
        for by, of_waves in classes
        for wave, own, one in _pairs(of_waves)
        for each in changed(own, one)
        if each.kind == "class"
    ]
    same = [
        change(wave, SAME, LANGUAGES)
        for wave, own, one in _pairs(asked)
        if own.title != one.title and plain(own.title) == plain(one.title)
    ]
    heads = (
        ("breaks:                 # seen in the files: check; nothing is compared over them", found),
        ("comparable:", same),
    )
    return [line for head, own in heads if own for line in (head, *(f"  - {each}" for each in own))]


def _pairs(asked: Mapping[str, Variable]) -> list[tuple[str, Variable, Variable]]:
    return [(wave, asked[wave], asked[before]) for before, wave in pairwise(asked)]


def _ids(by: Variable, asked: Mapping[str, Variable]) -> list[str]:
    """The categories of a breakdown: every answer that any wave has."""
    return list(dict.fromkeys(to for each in (by, *asked.values()) for to in _first_codes(each)))


def change(
    wave: str,
    each: Changed,
    languages: Sequence[str],
    title: Mapping[str, str] = MappingProxyType({}),
    breakdown: str = "",
    groups: Sequence[str] = (),
) -> str:
    """One break, or one change that touches nothing, of an indicator.

    :param breakdown: the one, with its ``title``, whose ``groups`` alone it touches; everybody when left out.
    """
    words = {
        language: f"{title[language]}. {text}" if title else text
        for language, text in each.words(languages).items()
    }
    only = f", only: {{{breakdown}: [{', '.join(groups)}]}}" if breakdown else ""
    return f"{{wave: {quoted(wave)}, kind: {each.kind}, text: {flow(words)}{only}}}"


def _first_codes(one: Variable) -> dict[str, str]:
    """The first code of each answer: several may be one answer in different letters."""
    first: dict[str, str] = {}
    for code, to in one.codes.items():
        first.setdefault(to, code)
    return first


def indicator_file(one: Variable, title: str, asked: Mapping[str, Variable], classes: Classes) -> str:
    """``indicators/<id>.yaml``: the mean of a scale, or the share on one side of the answers; to be changed.

    :param title: what it is called.
    :param asked: the variable in each wave that has it, in order of time.
    :param classes: the breakdowns, each with its variable in the waves.
    """
    found = one.counted
    counts = (each.codes[code] for each in (one, *asked.values()) for code in each.counted.codes)
    return _made(
        "indicator.yaml",
        one=one,
        title=title,
        counted=found,
        answers=listed([one.labels[each] for each in found.codes]),
        share=dict.fromkeys(counts),
        ids=_first_codes(one),
        asked=asked,
        breaks=_breaks(asked, classes),
        by=_breakdowns(classes),
    )


def several_file(one: Several, title: str, waves: Sequence[str], classes: Classes) -> str:
    """``indicators/<id>.yaml`` of a question with several answers."""
    breaks = _breaks({}, classes)
    answers = told_apart({each.id: each.title for each in one.answers})
    by = _breakdowns(classes)
    return _made("several.yaml", one=one, title=title, answers=answers, waves=waves, breaks=breaks, by=by)


def _breakdowns(classes: Classes) -> list[str]:
    return ["total", *(each.id for each, _ in classes)]
