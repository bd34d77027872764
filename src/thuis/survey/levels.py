"""The answers of a column, each a share of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any, TypeVar

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.checks import TEXT
from thuis.survey.core.measures import Proportion
from thuis.survey.core.surveyed import Surveyed

MOST = 100
S = TypeVar("S", bound=Surveyed)


def named(value: object) -> str:
    """An answer as the engine writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def shares(sample: Surveyed, columns: tuple[str, ...], values: tuple[object, ...] | None) -> list[Proportion]:
    """A proportion of each column, or of each of its answers when they are not 0 and 1.

    :raises ThuisError: more answers than a table can hold.
    """
    if values is not None:
        return [Proportion(each, values) for each in columns]
    types = sample.table.types
    known = [each for each in columns if each in types]
    spread = {each for each in known if types[each].upper().startswith(TEXT)}
    spread |= _others(sample, [each for each in known if each not in spread and _numeric(types[each])])
    found: list[Proportion] = []
    for each in columns:
        if each not in spread:
            found.append(Proportion(each))
        else:
            found += [
                Proportion(each, (value,), name=f"proportion({each} = {value})")
                for value in levels(sample, each)
            ]
    return found


def joined(sample: S, columns: tuple[str, ...]) -> tuple[S, tuple[str, ...]]:
    """The sample with a column of the combinations of answers to some columns, and its name.

    The answers of the first column run fastest, as those of R ``interaction``.
    """
    types = sample.table.types
    raise_all(unknowns("column", columns, types))
    if len(columns) < 2:
        raise ThuisError(f"{len(columns)} columns together", expected="two or more")
    answers = [levels(sample, each) for each in columns]
    whole = product(*reversed([[named(value) for value in each] for each in answers]))
    names = list(dict.fromkeys(", ".join(reversed(each)) for each in whole))
    dialect = sample.table.dialect
    sql = " || ', ' || ".join(f"CAST({dialect.value(each, types)} AS VARCHAR)" for each in columns)
    name = ":".join(columns)
    made = sample.mutate(**{name: sql})
    return replace(made, orders={**made.orders, name: names}), (name,)


def _numeric(kind: str) -> bool:
    return any(part in kind.upper() for part in ("INT", "DOUBLE", "FLOAT", "DECIMAL", "REAL"))


def _others(sample: Surveyed, columns: list[str]) -> set[str]:
    """Which columns hold other answers than 0 and 1."""
    if not columns:
        return set()
    dialect, types = sample.table.dialect, sample.table.types
    asked = ", ".join(
        f"count(*) FILTER (WHERE ({dialect.value(each, types)}) NOT IN (0, 1)) AS n{i}"
        for i, each in enumerate(columns)
    )
    many = sample.table.query(f"SELECT {asked} FROM {dialect.source}").row(0)
    return {each for each, n in zip(columns, many, strict=True) if n}


def levels(sample: Surveyed, column: str) -> list[Any]:
    """The answers of a column, sorted."""
    dialect, types = sample.table.dialect, sample.table.types
    value = dialect.value(column, types)
    found = sample.table.query(
        f"SELECT DISTINCT {value} AS v FROM {dialect.source} WHERE ({value}) IS NOT NULL LIMIT {MOST + 1}"
    )["v"]
    if len(found) > MOST:
        raise ThuisError(
            f"{column!r} has more than {MOST} answers, neither 0 nor 1",
            expected="a share of ones, or of each of a few answers",
            step="say which answers count with values=, or ask a mean",
        )
    order = sample.orders.get(column)
    return found.sort().to_list() if order is None else [each for each in order if each in set(found)]
