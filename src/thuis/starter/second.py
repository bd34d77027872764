"""A second look at the columns of a first project: parts with other codes, questions not put to all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from thuis.formats import Raw
from thuis.formats.answers import unanswered
from thuis.plausible import word
from thuis.plausible.asked import alike, asked_of, halves, members, series
from thuis.plausible.parts import differing, drawn_otherwise, told
from thuis.starter.category import MOST_CODES
from thuis.starter.guess import FEWEST, questions
from thuis.starter.looked import Looked
from thuis.starter.records import Guess, Variable
from thuis.starter.roles import named, of_households

_PARTS, _OTHERS, _SERIES = 8, 48, 60
"""Columns that are looked at: those that tell parts apart, other questions, and columns with a number."""
_ORIGINS = 12


def second_look(looked: Looked, found: Guess, apart: Sequence[str | None]) -> list[str]:
    """Remarks on what is shown.

    :param apart: the columns of the waves and of the design, which are no questions.
    """
    once = [name for name in looked.once if name not in apart]
    shown = [each.column for each in (*found.breakdowns, *found.indicators)]
    weight = looked.columns.get(found.design.weight or "")
    said = [of_households(weight)] if weight else []
    said += _of_parts(looked, once, found)
    said += _joined(looked, once, found)
    said += _asked(looked, once, shown, found.indicators)
    return list(dict.fromkeys(filter(None, said)))


def _of_parts(looked: Looked, once: Sequence[str], found: Guess) -> Iterator[str | None]:
    """Answers that are others by country or mode, and people who came another way than the rest."""
    there = set(once)
    countries = [each for each in named(looked.columns, "country") if each in there]
    near = list(dict.fromkeys([*countries, *(each for each in once if word("part").fullmatch(each))]))[
        :_PARTS
    ]
    if not near:
        return
    raw = looked(list(dict.fromkeys([*near, *(each.column for each in found.variables)])))
    counts = {name: _counts(raw.codes(name)) for name in near}
    few = {name: own for name, own in counts.items() if 1 < len(own) <= _ORIGINS}
    yield from drawn_otherwise(looked.columns, few)
    for one in found.variables:
        codes = raw.codes(one.column)
        answers = codes.set(codes.is_in(list(one.missing)).fill_null(value=False), None)
        for by in near:
            if by != one.column and (other := differing(answers, raw.codes(by))):
                yield told(one.column, by, other)
                break


def small_groups(looked: Looked, found: Guess) -> Iterator[str]:
    """Remarks on groups of few people, which are withheld and others with them."""
    raw = looked.whole([each.column for each in found.breakdowns])
    for one in found.breakdowns:
        counts = _counts(raw.codes(one.column).replace(dict(one.codes)))
        few = {to: n for to in dict.fromkeys(one.codes.values()) if (n := counts.get(to, 0)) < FEWEST}
        if few:
            labels = {to: one.labels[code] for code, to in one.codes.items()}
            listed = ", ".join(f"{labels[to]!r} ({n})" for to, n in few.items())
            yield (
                f"groups: {listed} of {one.column!r}: fewer people than {FEWEST}, the least shown: withheld, "
                f"often with a group beside it; join groups in "
                f"breakdowns/{one.id}.yaml"
            )


def _joined(looked: Looked, once: Sequence[str], found: Guess) -> Iterator[str]:
    """Columns that a join left twice, as pandas and R name them, where the two are not the same."""
    for one in found.variables:
        stem, mark = one.column[:-2], one.column[-2:]
        other = stem + {"_x": "_y", "_y": "_x", ".x": ".y", ".y": ".x"}.get(mark, "")
        if other == stem or other not in once:
            continue
        raw = looked([one.column, other])
        apart = int(raw.codes(one.column).ne_missing(raw.codes(other)).sum())
        if apart:
            yield f"names: {one.column!r} and {other!r}, left by a join, differ in {apart:,} rows"


def _counts(codes: pl.Series) -> dict[str, int]:
    return {str(each): int(n) for each, n in codes.drop_nulls().value_counts(sort=True).iter_rows()}


def _asked(
    looked: Looked, once: Sequence[str], shown: Sequence[str], indicators: Sequence[Variable]
) -> Iterator[str | None]:
    """Questions that were put to some: by another answer, in halves, by members of a household."""
    several = series(once)
    own = [each for names in several.values() for each in names][:_SERIES]
    beside = {each.column: alike(each.column, once) for each in indicators}
    others = [each for each in questions(looked.columns, once) if each not in shown][:_OTHERS]
    near = [*shown, *others, *own, *(name for names in beside.values() for name in names)]
    raw = looked(list(dict.fromkeys(near)))
    answered = {name: _answered(raw, name) for name in raw.frame.columns}
    small = {
        name: raw.codes(name) for name in [*shown, *others] if raw.codes(name).n_unique() <= MOST_CODES + 1
    }
    of = {stem: [answered[each] for each in names] for stem, names in several.items() if set(names) <= {*own}}
    yield members(of)
    for one in indicators:
        mine = answered[one.column] & ~raw.codes(one.column).is_in(list(one.missing)).fill_null(value=False)
        half = halves(one.column, {**{each: answered[each] for each in beside[one.column]}, one.column: mine})
        rest = {name: codes for name, codes in small.items() if name not in beside[one.column]}
        yield half or asked_of(mine, one.column, rest)


def _answered(raw: Raw, name: str) -> pl.Series:
    codes = raw.codes(name)
    about = raw.about(name)
    silent = [*about.missing, *unanswered(about.labels)]
    gone = raw.aside.get(name)
    found = codes.is_not_null() & ~codes.is_in(silent).fill_null(value=False)
    return found if gone is None else found & gone.is_null()
