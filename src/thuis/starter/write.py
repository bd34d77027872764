"""The files of a first project, with a comment wherever a person has to decide."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thuis.codebook import Codebook, read_codebook
from thuis.errors import Place, Problem, ThuisError, raise_all, unknowns
from thuis.formats import AnswerSet, sets_of
from thuis.starter.counted import stated
from thuis.starter.further import further, in_time, newest, waves_within
from thuis.starter.groups import of_groups
from thuis.starter.guess import guess
from thuis.starter.looked import Looked
from thuis.starter.opened import opened, roles_said, written
from thuis.starter.records import Guess, Several, Variable
from thuis.starter.repeated import questions_in_rows, rows_of_answers, several_rows
from thuis.starter.replicates import replicates
from thuis.starter.roles import SAY, Role, columns_said
from thuis.starter.second import second_look, small_groups
from thuis.starter.several import chosen, several
from thuis.starter.split import Part, Parts, Source, called, split
from thuis.starter.texts import (
    breakdown_file,
    indicator_file,
    settings_file,
    several_file,
    today,
    told_apart,
    wave_file,
)
from thuis.starter.told import with_wordings
from thuis.starter.waves import waves_of

_LAST = re.compile(r"missing or no number in the last \d+ rows")


@dataclass(frozen=True, slots=True)
class Started:
    """The files of a new project, what was guessed with its evidence, and what a person should know."""

    files: tuple[Path, ...]
    evidence: tuple[Role, ...]
    remarks: tuple[str, ...] = ()
    shown: str = ""
    """What is shown by what, where that was guessed."""


def start(
    folder: Path,
    *sources: Path,
    wave: str = "",
    design: Mapping[str, str | None] | None = None,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    ask: Callable[[Role], str | None] | None = None,
) -> Started:
    """Write a project folder that builds as it stands.

    :param sources: the survey file, copied into ``data/``, or one for each wave; made-up respondents when
        left out. What is shown is guessed from the file of the last year, and looked for in the others.
    :param wave: the name of the wave. When left out, a file that tells years or rounds apart in a column gets
        a wave for each; any other is of the year that its days of interview, its name or what it is called
        within tell, else of the year in which it was saved or this year, which is said.
    :param design: names of the ``weight``, ``strata`` and ``psu`` columns, guessed when left out; also
        ``encoding``, ``delimiter``, ``decimal`` and ``thousands`` of a CSV and the ``sheet`` of a workbook,
        found when left out; and ``codebook``, a DDI file about the survey file, copied into ``data/``:
        labels, wordings and missing codes. ``without`` are rows to leave out, those of totals or tests:
        ``column=value``, several apart by semicolons.
    :param by: columns to break figures down by; guessed when empty.
    :param indicators: columns to show; guessed when empty.
    :param ask: called with each guess of the design, and with a wave for whose year nothing speaks; what it
        gives is taken instead.
    :raises ThuisError: when the folder holds something, a named column is not there, or the file has nothing
        that can be shown.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ThuisError(f"{folder} is not empty", step="choose another name; thuis init overwrites nothing")
    _check_wave(wave or str(today().year))
    source, more = newest(sources, today().year)
    if more and wave:
        raise ThuisError(
            "a name for one wave, and several files", step="leave --wave out: each file has its own year"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".thuis-init-", dir=folder.parent) as name:
        stage = Path(name) / "project"
        (stage / "data").mkdir(parents=True)
        said = design or {}
        book = _book(stage, source, said.get("codebook"))
        looked, own = opened(stage, source, said, book)
        guessed = source is not None and not (by and indicators)
        by = by or (("sex", "region", "born") if source is None else ())
        columns, made = roles_said(said, looked.columns)
        looked.respondents(columns, by, indicators)
        looked.twice()
        looked.leave_out((said.get("without") or "").split(";"))
        waves = waves_of(looked)
        sets = chosen(sets_of(looked.file, written(own.written, own.sheet)), indicators)
        found = _guess(looked, columns, by, indicators, ask, waves.column if waves else None, sets)
        column = waves.column if waves else None
        traits = [each.column for each in found.breakdowns]
        design_of = (found.design.psu, found.design.strata)
        if not (columns["weight"] and (found.design.weight or made)):
            raise_all(of_groups(looked, traits))
        raise_all(several_rows(looked, traits, column, design_of))
        one = called(wave, source, looked, today().year, waves, None if waves else ask)
        _check_wave(one.id)
        parts = split(found, waves, looked, columns, one, asked=bool(ask)).weighted(made)
        parts = parts.replicated(replicates(looked, found.design.weight))
        again = second_look(looked, found, (column, *design_of, found.design.weight))
        again += small_groups(looked, found)
        parts, of_files = _with_files(
            parts, own, [further(stage, each, said, found, today().year, ask) for each in more]
        )
        filled = _write(stage, with_wordings(found, book), parts, book, source is None)
        if folder.exists():
            folder.rmdir()
        shutil.move(stage, folder)
    shown = _shown(found) if guessed else ""
    pinned = [f"file: sheet {own.sheet!r} is read; name another with --sheet"] if own.sheet else []
    notes = (f"file: {each}" for each in looked.notes)
    remarks = (*pinned, *parts.remarks, *_lines(found), *again, *notes, *of_files)
    return Started(tuple(folder / each for each in filled), parts.evidence, remarks, shown)


def _with_files(
    parts: Parts, own: Source, more: Sequence[tuple[Part, tuple[str, ...]]]
) -> tuple[Parts, tuple[str, ...]]:
    """The waves of all files in order of time, and what a person should know of the further ones."""
    parts = replace(parts, waves=tuple(replace(each, source=own) for each in parts.waves))
    if not more:
        return parts, ()
    if len(parts.waves) > 1:
        raise ThuisError(waves_within(own.name, len(parts.waves), parts.waves[0].where[0][0]))
    waves = in_time([*parts.waves, *(part for part, _ in more)])
    return replace(parts, waves=waves), tuple(line for _, told in more for line in told)


def _check_wave(wave: str) -> None:
    """The wave is the name of a file and part of addresses."""
    if not re.fullmatch(r"[\w][\w.-]*", wave):
        raise ThuisError(
            f"{wave!r} cannot be the name of a wave",
            expected="letters, digits, dots and hyphens",
            step="name it after its year: --wave 2026",
        )


def _guess(
    looked: Looked,
    design: Mapping[str, str | None],
    by: Sequence[str],
    indicators: Sequence[str],
    ask: Callable[[Role], str | None] | None,
    wave: str | None,
    sets: Sequence[AnswerSet],
) -> Guess:
    names = {each.name.lower() for each in sets}
    indicators = [each for each in indicators if each.lstrip("$").lower() not in names]
    columns, file = looked.columns, looked.file
    named = [*columns_said(design), *by, *indicators]
    raise_all(unknowns("column", named, columns, Place(file.name)))
    apart = {wave, *(name for each in sets for name in each.columns)} - set(named)
    columns = {name: each for name, each in columns.items() if name not in apart}
    found = guess(columns, looked, looked.whole, design, by, indicators, ask)
    shown = {each.column for each in (*found.breakdowns, *found.indicators)}
    raise_all(
        [
            Problem(
                f"column {each!r} is no category: it has one code, or too many",
                Place(file.name, key=each),
                expected="2 to 12 codes",
                step="choose another column; numbers can be added in the project files",
            )
            for each in (*by, *indicators)
            if each not in shown
        ]
    )
    raise_all([_unclear(each, file) for each in found.design.evidence if each.unclear])
    raise_all([each for role in found.design.evidence for each in _tail(role, file)])
    found = replace(found, sets=_sets(looked, sets, found))
    if not (found.indicators or found.sets) or not found.breakdowns:
        raise_all(rows_of_answers(looked))
        raise_all(questions_in_rows(looked))
        raise ThuisError(
            "no two columns with 2 to 12 codes were found",
            Place(file.name),
            available=tuple(columns),
            step="name them with --by and --indicator",
        )
    return found


def _unclear(role: Role, file: Path) -> Problem:
    """A column that has the name of a role, and numbers that can be read in two ways: nobody guesses."""
    seen = next(each for each in role.others if each.startswith(f"{role.unclear} ("))
    first = "say --thousands , or --decimal ," if seen.endswith(f"{SAY})") else "write its numbers plainly"
    return Problem(
        f"the {role.role} seems to be {seen}",
        Place(file.name, key=role.unclear),
        expected="one way to read its numbers",
        step=f"{first}, or name another column: --{role.role} NAME, - for none",
    )


def _tail(role: Role, file: Path) -> list[Problem]:
    """The last rows, when they alone keep a column from being the weight: notes below the respondents."""
    seen = next((each for each in role.others if _LAST.search(each)), None)
    if role.role != "weight" or role.column or seen is None:
        return []
    return [
        Problem(
            f"the weight seems to be {seen}, which are perhaps no respondents",
            Place(file.name, key=seen.partition(" (")[0]),
            expected="one row per respondent, and nothing below",
            step="remove what stands below the rows; or say --weight - for none",
        )
    ]


def _book(stage: Path, source: Path | None, named: str | None) -> Codebook | None:
    """The codebook, read and copied beside the data."""
    if named is None:
        return None
    codebook = Path(named)
    if source is None:
        raise ThuisError(f"{codebook} is about no file", step="name the survey file too: --from FILE")
    book = read_codebook(codebook)
    shutil.copyfile(codebook, stage / "data" / codebook.name)
    return book


def _sets(looked: Looked, sets: Sequence[AnswerSet], found: Guess) -> tuple[Several, ...]:
    """Questions with several answers that the file declares, as far as somebody answered them."""
    made: list[Several] = []
    for one in sets:
        taken = [each.id for each in (*found.breakdowns, *found.indicators)]
        taken += [id_ for each in made for id_ in (each.id, *(own.id for own in each.variables))]
        there = several(one, looked.whole(one.columns), taken)
        made += [there] if there else []
    return tuple(made)


def _shown(found: Guess) -> str:
    names = [*(each.column for each in found.indicators), *(each.id for each in found.sets)]
    by = ", ".join(each.column for each in found.breakdowns)
    return f"shown: {', '.join(names)}; by {by}; name others with --indicator and --by"


def _lines(found: Guess) -> list[str]:
    return [
        *(each.line() for each in found.sets),
        *(said for each in found.variables for said in each.guessed()),
        *(said for each in found.indicators if (said := each.first_figure())),
    ]


def _write(stage: Path, found: Guess, parts: Parts, book: Codebook | None, synthetic: bool) -> list[Path]:
    named = book.file if book else ""
    waves = [each.id for each in parts.waves]
    files = list(dict.fromkeys(each.source.name for each in parts.waves if each.source))

    def asked(own: Iterable[Variable]) -> dict[str, Variable]:
        ids = {each.id for each in own}
        return {part.id: one for part in parts.waves for one in part.variables if one.id in ids}

    classes = [(each, asked([each])) for each in found.breakdowns]
    groups = told_apart({each.id: each.title for each in found.breakdowns})
    names = {each.id: stated(each.title) for each in found.indicators}
    names = told_apart({**names, **{each.id: each.title for each in found.sets}})
    texts = {
        Path("thuis.yaml"): settings_file(waves, panel=parts.panel, synthetic=synthetic),
        **{Path("waves") / f"{each.id}.yaml": wave_file(each, named) for each in parts.waves},
        **{
            Path("breakdowns") / f"{each.id}.yaml": breakdown_file(
                each, groups[each.id], own, ", ".join(files)
            )
            for each, own in classes
        },
        **{
            Path("indicators") / f"{each.id}.yaml": indicator_file(
                each, names[each.id], asked([each]), classes
            )
            for each in found.indicators
        },
        **{
            Path("indicators") / f"{each.id}.yaml": several_file(
                each, names[each.id], list(asked(each.variables)), classes
            )
            for each in found.sets
        },
        Path(".gitignore"): "# Microdata and work in progress stay here.\n/data/\n/public/\n/.thuis/\n",
    }
    for path, text in texts.items():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_text(text, "utf-8")
    return [*texts, *(Path("data") / each for each in files), *([Path("data") / named] if named else [])]
