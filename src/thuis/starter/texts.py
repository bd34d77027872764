"""The YAML of a first project, as text with comments."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType

from thuis.language import LANGUAGES
from thuis.project import unwritten as first
from thuis.project.model import Csv
from thuis.starter.again import Changed, changed, plain
from thuis.starter.counted import Scale, listed, stated
from thuis.starter.guess import FEWEST
from thuis.starter.records import Several, Variable
from thuis.starter.split import Design, Part, Source

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


def _given(text: Mapping[str, str]) -> str:
    """A text in each language, for a person to write."""
    return f"{{{', '.join(f'{language}: {words}' for language, words in text.items())}}}"


def today() -> date:
    """The day on this machine's calendar."""
    return datetime.now().astimezone().date()


def settings_file(waves: Sequence[str], *, panel: bool, synthetic: bool) -> str:
    """``thuis.yaml``."""
    note = "synthetic: {nl: Alle cijfers zijn verzonnen., en: All figures are invented.}"
    if not synthetic:
        note = f"# for invented data: {note}"
    samples = "panel          # the same people in every wave; or independent"
    if not panel:
        samples = "independent                       # or panel: the same people in every wave"
    named = ", ".join(map(quoted, waves))
    return f"""# The settings of the monitor. Every text stands in Dutch (nl) and English (en).
title: {_given(first.TITLE)}
description: {_given(first.DESCRIPTION)}
publisher:
  name: {_given(first.PUBLISHER)}
  url: https://example.org
  email: monitor@example.org
address: {first.ADDRESS}       # where it will stand; part of every citation
languages: [nl, en]                        # the first is the default
licence:
  id: CC-BY-4.0
  title: {{nl: Creative Commons Naamsvermelding 4.0, en: Creative Commons Attribution 4.0}}
  url: https://creativecommons.org/licenses/by/4.0/
citation: {{nl: "Mijn organisatie, Mijn monitor", en: "My organisation, My monitor"}}
version: "1.0"
released: {today().isoformat()}
{note}
waves: [{named}]                            # in order of time
samples: {samples}
protection:
  minimum_n: {FEWEST}                            # a cell with fewer respondents is withheld; never below 10
  maximum_half_width: 15                   # percentage points; a wider interval is withheld
  maximum_cv: 0.3                          # standard error / mean, for means
  moderate_half_width: 8                   # a wider interval is marked
  level: 0.95
themes:
  - id: first-theme
    dimension: socio-cultural              # socio-economic, socio-cultural or political
    title: {_given(first.THEME)}
    description: {{nl: Waar dit thema over gaat., en: What this theme is about.}}
"""


def wave_file(part: Part, codebook: str = "") -> str:
    """``waves/<wave>.yaml``; what was guessed says so."""
    found, own = part.design, part.source or Source("", Csv(delimiter=","))
    guessed = {each.role: f"   # guessed from {remarked(each.evidence)}: check" for each in found.evidence}
    weight, strata, psu = (
        f"{role}: {quoted(column)}{guessed.get(role, '')}" if column else f"{role}: null{nothing}"
        for role, column, nothing in (
            (
                "weight",
                found.weight,
                "          # no weight column was recognised: everybody counts 1",
            ),
            ("strata", found.strata, ""),
            ("psu", found.psu, "             # respondents themselves"),
        )
    )
    lines = [
        f"id: {quoted(part.id)}",
        f"title: {both(part.title)}",
        f"field: {{{_field(part.year)}}}   # first and last day of fieldwork",
        f"mode: {_given(first.MODE)}   # how people were asked: on paper, at home, by telephone, on the web",
        f"population: {_given(first.POPULATION)}   # who could be drawn: residents aged 18 and over",
        f"source: {_given(first.SOURCE)}",
        f"file: {quoted(f'data/{own.name}')}",
        *rows_held(part.where),
        *([f"codebook: {quoted(f'data/{codebook}')}   # wordings and missing codes"] if codebook else []),
        *(
            [f"sheet: {quoted(own.sheet)}   # of the workbook, the one with the respondents"]
            if own.sheet
            else []
        ),
        *csv_lines(own.written),
        "design:",
        f"  {weight}",
        f"  {strata}",
        f"  {psu}",
        _lonely(found),
        *(found.series.written() if found.series else ()),
        "variables:              # name in this project: column of the file, and what every code becomes",
    ]
    for each in part.variables:
        lines += [
            f"  {each.id}:             # {remarked(each.title)}".rstrip(),
            f"    from: {quoted(each.column)}",
            *_values(each),
            _missing(each),
        ]
    return "\n".join(lines) + "\n"


def _values(one: Variable) -> list[str]:
    """What every code becomes, or the ends of a scale of numbers."""
    if one.scale:
        return ["    type: number", f"    range: [{one.scale.low}, {one.scale.high}]"]
    mapping = ", ".join(f"{quoted(code)}: {to}" for code, to in one.codes.items())
    return [f"    codes: {{{mapping}}}"]


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


def _lonely(found: Design) -> str:
    if found.lonely:
        strata = "stratum has" if found.lonely == 1 else "strata have"
        return (
            f"  lonely: adjust        # {found.lonely} {strata} one PSU: check; or average, certainty, remove"
        )
    return (
        "  lonely: error         # a stratum with one PSU is an error; or adjust, average, certainty, remove"
    )


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


def _missing(one: Variable) -> str:
    if not one.missing:
        return "    missing: []           # codes that are no answer, such as 8 and 9"
    listed = ", ".join(map(quoted, one.missing))
    return f"    missing: [{listed}]   # taken for no answer: check"


def breakdown_file(one: Variable, asked: Mapping[str, Variable], files: str) -> str:
    """``breakdowns/<id>.yaml``: one category per answer that any wave has.

    :param asked: the variable in each wave that has it, in order of time.
    """
    lines = [
        f"id: {one.id}",
        f"title: {both(one.title)}",
        f"description: {both(one.title)}",
        f"source: {both(files)}",
        _reference(one),
        "categories:             # the first that fits; codes may be joined, and variables combined",
    ]
    titles = {
        to: each.labels[code]
        for each in (one, *asked.values())
        for to, code in reversed(_first_codes(each).items())
    }
    for to in _ids(one, asked):
        lines += [f"  - id: {to}", f"    title: {both(titles[to])}", f"    when: {{{one.id}: [{to}]}}"]
    return "\n".join(lines) + "\n"


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


def _reference(one: Variable) -> str:
    found = one.compared
    if found is None:
        return "# reference: the id of the category that the others are compared with"
    return f"reference: {one.codes[found]}   # the others are compared with it, by its label: check"


def _first_codes(one: Variable) -> dict[str, str]:
    """The first code of each answer: several may be one answer in different letters."""
    first: dict[str, str] = {}
    for code, to in one.codes.items():
        first.setdefault(to, code)
    return first


def indicator_file(one: Variable, asked: Mapping[str, Variable], classes: Classes) -> str:
    """``indicators/<id>.yaml``: the mean of a scale, or the share on one side of the answers; to be changed.

    :param asked: the variable in each wave that has it, in order of time.
    :param classes: the breakdowns, each with its variable in the waves.
    """
    by = ", ".join(["total", *(each.id for each, _ in classes)])
    asked_as = "\n".join([_question(one, asked), *_breaks(asked, classes)])
    return f"""id: {one.id}
theme: first-theme
title: {both(stated(one.title))}
{_mean(one, one.scale) if one.scale else _share(one, asked)}
polarity: neutral       # higher-is-better, lower-is-better or neutral
{asked_as}
breakdowns: [{by}]
"""


def _mean(one: Variable, scale: Scale) -> str:
    nl = f"Het gemiddelde op een schaal van {scale.low} tot {scale.high}."
    en = f"The mean on a scale from {scale.low} to {scale.high}."
    return f"""measures: {{nl: {quoted(nl)}, en: {quoted(en)}}}
kind: mean              # taken for a scale, as {scale.why}: check; or proportion, with share
variable: {one.id}
scale: [{scale.low}, {scale.high}]
unit: {{nl: punten, en: points}}
decimals: 1"""


def _share(one: Variable, asked: Mapping[str, Variable]) -> str:
    found = one.counted
    nl, en = listed([one.labels[each] for each in found.codes])
    nl, en = f"Het percentage met het antwoord {nl}.", f"The percentage who answered {en}."
    says = flow(dict(zip(LANGUAGES, found.says, strict=True))) if found.says else ""
    clause = f"says: {says}   # for headlines\n" if says else ""
    counts = (each.codes[code] for each in (one, *asked.values()) for code in each.counted.codes)
    share = ", ".join(dict.fromkeys(counts))
    guessed = f"{found.why}: check; " if found.why else ""
    return f"""measures: {{nl: {quoted(nl)}, en: {quoted(en)}}}
{clause}kind: proportion        # or mean, with scale and unit
variable: {one.id}
share: [{share}]        # the codes that count; {guessed}there are: {", ".join(_first_codes(one))}"""


def several_file(one: Several, waves: Sequence[str], classes: Classes) -> str:
    """``indicators/<id>.yaml`` of a question with several answers."""
    by = ", ".join(["total", *(each.id for each, _ in classes)])
    nl = "Het percentage dat elk van deze antwoorden gaf; mensen konden er meer geven."
    en = "The percentage who gave each of these answers; people could give several."
    answers = [
        f"  - {{id: {each.id}, title: {both(each.title)}"
        + (f", variable: {each.variable}, codes: [given]}}" if each.variable else "}")
        for each in one.answers
    ]
    held = "" if one.own else f"variables: [{', '.join(each.id for each in one.variables)}]\n"
    listed = "\n".join(answers)
    asked = "\n".join(f"  {quoted(wave)}: {both(one.title)}" for wave in waves)
    return f"""id: {one.id}
theme: first-theme
title: {both(one.title)}
measures: {{nl: {quoted(nl)}, en: {quoted(en)}}}
kind: multiple          # a row for each answer
{held}answers:
{listed}
of: answered            # of those who answered any of its columns; or everybody
polarity: neutral
question:               # as it was asked in each wave
{asked}
{"".join(f"{line}{chr(10)}" for line in _breaks({}, classes))}breakdowns: [{by}]
"""


def _question(one: Variable, asked: Mapping[str, Variable]) -> str:
    if one.question:
        return f"# question: that of the wave's codebook: {remarked(one.question)}"
    lines = [f"  {quoted(wave)}: {both(each.title)}" for wave, each in asked.items()]
    return "\n".join(["question:               # as it was asked in each wave", *lines])
