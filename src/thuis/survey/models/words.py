"""Outcomes in words: of two answers the second counts as 1, as R of a factor."""

from __future__ import annotations

from typing import Any, TypeVar

from thuis.errors import ThuisError
from thuis.survey.core.checks import TEXT
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.levels import levels
from thuis.survey.models.terms import Factor

S = TypeVar("S", bound=Surveyed)
SHARES = frozenset({"binomial", "quasibinomial"})


def as_share(sample: S, outcome: Factor) -> S:
    """The sample in which an outcome of two words is 0 for the first and 1 for the second.

    :raises ThuisError: other than two answers.
    """
    name, types = outcome.column, sample.table.types
    if name not in types or not types[name].upper().startswith(TEXT) or not outcome.plain:
        return sample
    answers: list[Any] = levels(sample, name)
    if len(answers) != 2:
        raise ThuisError(
            f"{name!r} has {len(answers)} answers in words",
            expected="two, of which the second counts as 1, or 1 and 0",
            step=f"name the answer that counts: \"{name} == '{answers[-1] if answers else '...'}' ~ ...\"",
        )
    dialect = sample.table.dialect
    value, one = dialect.value(name, types), dialect.literal(answers[1])
    return sample.mutate(
        **{name: f"CASE WHEN ({value}) IS NOT NULL THEN CAST(({value}) = {one} AS INTEGER) END"}
    )
