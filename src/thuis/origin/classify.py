"""Birth countries of a person and both parents to a class, for a whole population at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.origin.countries import NOT_STATED, countries, positions
from thuis.origin.schemes import DECIDERS, Scheme, scheme

CHUNK = 1 << 18
"""Rows at a time: small enough for the processor's cache, so time and memory do not outgrow the answer."""


def classify(
    frame: pl.DataFrame,
    name: str | Scheme,
    *,
    own: str = "self",
    mother: str = "mother",
    father: str = "father",
    codes: str = "iso3",
    unknown_codes: Sequence[str] = (),
) -> pl.DataFrame:
    """The class of every person under one scheme, in the order of the rows.

    :param name: a scheme's id (``1999``, ``2016``, ``2022``, ``us-census``, ``us-mainland``) or a scheme.
    :param own: column with the birth country of the person; null or empty means unknown.
    :param mother: column with that of the mother.
    :param father: column with that of the father.
    :param codes: how countries are written: ``iso3``, ``cbs``, ``nl`` or ``en``.
    :returns: columns ``class``, ``generation``, ``decides`` (whose birth country gives the origin),
        ``country`` (its ISO code), ``group`` (the scheme's country group) and ``parents_abroad`` (0, 1, 2;
        null if unknown). Where no source states an answer it is ``not-stated``.
    :raises ThuisError: for a missing column or writings that are no country.

    >>> people = pl.DataFrame({"self": ["NLD", "SUR"], "mother": ["TUR", "NLD"], "father": ["NLD", "NLD"]})
    >>> classify(people, "2022").select("class", "country", "group").rows()
    [('child', 'TUR', '3.1'), ('migrant', 'SUR', '3.3')]
    >>> classify(people, "1999")["class"].to_list()
    ['elsewhere', 'home']
    """
    how = scheme(name) if isinstance(name, str) else name
    columns = (own, mother, father)
    raise_all([unknown("column", each, frame.columns) for each in columns if each not in frame.columns])
    chosen = frame.select(list(dict.fromkeys(columns)))
    try:
        parts = [
            _lookup([_placed(part[each], codes, unknown_codes) for each in columns], how)
            for part in (chosen.slice(start, CHUNK) for start in range(0, max(frame.height, 1), CHUNK))
        ]
    except ThuisError:
        raise_all([each for name in chosen.columns for each in _faults(chosen[name], codes, unknown_codes)])
        raise
    return pl.concat(parts)


def combinations(placed: Sequence[np.ndarray], how: Scheme) -> np.ndarray:
    """The position in ``COMBINATIONS`` of every person, from country positions (the last one is unknown)."""
    born = _born(how)
    own, mother, father = (born[each] for each in placed)
    code: np.ndarray = own * 9 + mother * 3 + father
    return code


def _placed(values: pl.Series, codes: str, unknown_codes: Sequence[str]) -> np.ndarray:
    return positions(values, codes, unknown_codes).fill_null(countries().height).to_numpy()


def _faults(values: pl.Series, codes: str, unknown_codes: Sequence[str]) -> tuple[Problem, ...]:
    try:
        positions(values, codes, unknown_codes)
    except ThuisError as error:
        return error.problems
    return ()


def _born(how: Scheme) -> np.ndarray:
    table = countries()
    here = np.where(table["iso3"].is_in(list(how.country)).to_numpy(), 0, 1)
    return np.append(here, 2).astype(np.uint8)


def _lookup(placed: Sequence[np.ndarray], how: Scheme) -> pl.DataFrame:
    born = _born(how)
    combination = combinations(placed, how)
    decides = np.asarray([DECIDERS.index(each.decides) for each in how.outcomes], np.uint8)[combination]
    nobody = countries().height
    country = np.where(decides == 1, placed[0], np.where(decides == 2, placed[1], placed[2]))
    country = np.where(decides == 0, nobody, country)
    abroad = sum((born[each] == 1).astype(np.uint8) for each in placed[1:])
    unsure = (born[placed[1]] == 2) | (born[placed[2]] == 2)
    frame = pl.DataFrame(
        {
            "class": _words([each.cls for each in how.outcomes], combination),
            "generation": _words([each.generation for each in how.outcomes], combination),
            "decides": _words(list(DECIDERS), decides),
            "country": _words([*countries()["iso3"], None], country),
            "group": _words([*_groups(how), None], country),
        }
    )
    parents = pl.Series("parents_abroad", abroad).set(pl.Series(unsure), None)
    # A deciding country always has a group, if only the answer that no source gives one.
    return frame.with_columns(parents)


def _groups(how: Scheme) -> list[str | None]:
    if how.grouping is None:
        return [None] * countries().height
    table = countries()
    known = table[how.grouping.column].is_in(list(how.grouping.groups))
    if how.grouping.column == "class_1999":
        known &= table["basis"] != "uncertain"
    groups = pl.Series(table[how.grouping.column]).set(~known.fill_null(value=False), NOT_STATED)
    return groups.fill_null(NOT_STATED).to_list()


def _words(words: Sequence[str | None], at: np.ndarray) -> pl.Series:
    """``words[at]`` as an Enum: one small number per row instead of a text."""
    kinds = pl.Enum(list(dict.fromkeys(word for word in words if word is not None)))
    return pl.Series(words, dtype=kinds).gather(at.astype(np.uint32))
