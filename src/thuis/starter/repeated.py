"""Files with several rows for one respondent: a row for each answer or each visit counts nobody once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from thuis.errors import Place, Problem
from thuis.formats.interviews import person_of
from thuis.plausible.rows import imputation_column, imputations, imputed
from thuis.starter.looked import Looked
from thuis.starter.roles import named

_SEVERAL = 1.5
"""Rows for each number from which a row is no respondent."""
_FEWEST = 20
"""Fewer numbers are those of people within a household, or of something else."""
_SAME = 0.97
"""One person has one sex or region in so many cases; numbers that begin anew elsewhere do not."""


def several_rows(
    looked: Looked, traits: Sequence[str], wave: str | None, taken: Sequence[str | None]
) -> list[Problem]:
    """A fault when the rows of a file are no respondents, as the column that numbers them shows.

    :param traits: columns of what people are, the same in all rows of a person: those of the breakdowns.
    :param wave: the column of the waves, in each of which a person may stand once.
    :param taken: columns of the design; who numbers people by one has said that they come back.
    """
    if imputed := _imputed(looked):
        return [imputed]
    person = person_of(looked.once, taken)
    if person is None:
        return []
    within = [
        each
        for each in dict.fromkeys([wave, *named(looked.columns, "country")[:1]])
        if each and each != person
    ]
    traits = [each for each in traits if each not in (person, *within)]
    if not traits:
        return []
    raw = looked.whole(list(dict.fromkeys([person, *within, *traits])))
    frame = pl.DataFrame({each: raw.codes(each) for each in raw.frame.columns}).drop_nulls([person])
    each = frame.group_by([person, *within]).agg(pl.len().alias("n"), pl.col(traits).n_unique() == 1)
    several = each.filter(pl.col("n") > 1)
    if each.height < _FEWEST or frame.height < _SEVERAL * each.height:
        return []
    if any(float(several[trait].sum()) < _SAME * several.height for trait in traits):
        return []
    return [_several(person, each.height, frame.height, looked.file.name)]


def rows_of_answers(looked: Looked) -> list[Problem]:
    """The same fault of a file in which nothing can be shown, since all answers stand in one column."""
    person = person_of(looked.once, ())
    numbers = looked.whole([person]).codes(person).drop_nulls() if person else pl.Series(dtype=pl.String)
    distinct = numbers.n_unique()
    if person is None or distinct < _FEWEST or len(numbers) < _SEVERAL * distinct:
        return []
    return [_several(person, distinct, len(numbers), looked.file.name)]


def questions_in_rows(looked: Looked) -> list[Problem]:
    """A fault of a table that was turned: respondents beside one another, their first answers as names."""
    columns = looked.columns
    numbers = [each for each in columns if re.fullmatch(r"[\d.,]+", each)]
    if len(columns) < _FEWEST or len(numbers) < len(columns) / 2:
        return []
    return [
        Problem(
            f"columns are called by numbers ({', '.join(numbers[:3])}, ...): the first row has answers",
            Place(looked.file.name),
            expected="one row per respondent, and the names of the questions above them",
            step="turn the table, or put the names in the first row",
        )
    ]


def _several(person: str, distinct: int, rows: int, file: str) -> Problem:
    return Problem(
        f"{person!r} has {distinct:,} numbers in {rows:,} rows: a row for each answer or visit, not for each "
        "respondent",
        Place(file, key=person),
        expected="one row per respondent",
        step=f"spread the answers over columns, a row for each {person!r}; if they are other people, say "
        f"--psu {person}",
    )


def _imputed(looked: Looked) -> Problem | None:
    """A fault when the rows stand there once for each imputation: R's mice, Stata's mi, HFCS, the SCF."""
    name = imputation_column(looked.once)
    times = imputations(looked.whole([name]).codes(name)) if name else 0
    if name is None or not times:
        return None
    return Problem(
        imputed(times, name),
        Place(looked.file.name, key=name),
        expected="one row per respondent",
        step="make a file of one imputation; thuis.survey.combined puts the estimates of several together",
    )
