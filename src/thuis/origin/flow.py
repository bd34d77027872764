"""The same persons under several schemes: how many each class holds, and who moves between classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from thuis.errors import raise_all, unknown
from thuis.origin.classify import classify
from thuis.origin.schemes import Scheme, scheme

LABELS = ("class", "group")
HOME_CLASSES = frozenset({"home", "dutch", "third"})
"""Classes for people whose origin is the country itself; the others are people with an origin elsewhere."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One population counted twice, under the schemes ``source`` and ``target``.

    ``matrix``: ``source_class, source_group, target_class, target_group, persons, moves``; ``counts``:
    ``scheme, class, group, persons``. ``moves`` is true where a person has an origin elsewhere under one
    scheme and not under the other, or an answer under one and none under the other.
    """

    source: Scheme
    target: Scheme
    matrix: pl.DataFrame
    counts: pl.DataFrame

    @property
    def persons(self) -> float:
        """Everyone counted, weighted when weights were given."""
        return float(self.matrix["persons"].sum())

    @property
    def moved(self) -> float:
        """The persons that change class."""
        return float(self.matrix.filter("moves")["persons"].sum())

    def as_dict(self) -> dict[str, Any]:
        """For a page: titles in both languages, classes per scheme, and the links between them."""
        return {
            "source": _described(self.source),
            "target": _described(self.target),
            "persons": self.persons,
            "moved": self.moved,
            "counts": self.counts.to_dicts(),
            "links": self.matrix.to_dicts(),
        }


def _described(how: Scheme) -> dict[str, Any]:
    groups = how.grouping.groups if how.grouping else {}
    return {
        "id": how.id,
        "title": dict(how.title),
        "from": how.valid_from.isoformat(),
        "until": how.valid_until.isoformat() if how.valid_until else None,
        "source": dict(how.source),
        "classes": {name: dict(text) for name, text in how.classes.items()},
        "groups": {name: dict(text) for name, text in groups.items()},
    }


def flow(
    frame: pl.DataFrame,
    source: str | Scheme = "1999",
    target: str | Scheme = "2022",
    *,
    weight: str | None = None,
    groups: bool = True,
    **columns: Any,
) -> Flow:
    """Count the persons of ``frame`` under two schemes and show who moves.

    :param weight: a column of weights or counts; without it every row is one person.
    :param groups: keep country groups apart, or count classes only.
    :param columns: passed on to :func:`classify` (``own``, ``mother``, ``father``, ``codes``,
        ``unknown_codes``).

    >>> people = pl.DataFrame({"self": ["IDN", "NLD", "NLD"], "mother": ["NLD", "NLD", "SUR"],
    ...                        "father": ["NLD", "NLD", "NLD"], "n": [100, 1000, 50]})
    >>> counted = flow(people, weight="n")
    >>> counted.persons, counted.moved
    (1150.0, 100.0)
    """
    first, second = (scheme(each) if isinstance(each, str) else each for each in (source, target))
    raise_all([unknown("column", weight, frame.columns)] if weight and weight not in frame.columns else [])
    counted = _counted(frame, first, second, weight, groups, columns)
    matrix = counted.with_columns(_moves().alias("moves")).sort(pl.exclude("persons", "moves"))
    counts = pl.concat([_side(matrix, side, how) for side, how in (("source", first), ("target", second))])
    return Flow(first, second, matrix, counts)


def _counted(
    frame: pl.DataFrame, first: Scheme, second: Scheme, weight: str | None, groups: bool, columns: Any
) -> pl.DataFrame:
    parts: dict[str, pl.Series] = {}
    for side, how in (("source", first), ("target", second)):
        answer = classify(frame, how, **columns)
        parts |= {f"{side}_{label}": answer[label] for label in (LABELS if groups else LABELS[:1])}
    keys = list(parts)
    persons = pl.col("persons").sum() if weight else pl.len().cast(pl.Float64).alias("persons")
    rows = pl.DataFrame({**parts, **({"persons": frame[weight].cast(pl.Float64)} if weight else {})})
    counted = rows.group_by(keys).agg(persons).with_columns(pl.col(keys).cast(pl.String))
    absent = [f"{side}_group" for side in ("source", "target") if f"{side}_group" not in counted.columns]
    order = [f"{side}_{label}" for side in ("source", "target") for label in LABELS]
    return counted.with_columns(pl.lit(None, pl.String).alias(name) for name in absent).select(
        *order, "persons"
    )


def _moves() -> pl.Expr:
    def kind(column: str) -> pl.Expr:
        return (
            pl.when(pl.col(column) == "not-stated")
            .then(pl.lit("not-stated"))
            .otherwise(pl.col(column).is_in(list(HOME_CLASSES)).cast(pl.String))
        )

    return kind("source_class") != kind("target_class")


def _side(matrix: pl.DataFrame, side: str, how: Scheme) -> pl.DataFrame:
    names = {f"{side}_{label}": label for label in LABELS}
    return (
        matrix.group_by(list(names))
        .agg(pl.col("persons").sum())
        .rename(names)
        .select(pl.lit(how.id).alias("scheme"), *LABELS, "persons")
        .sort("class", "group", nulls_last=True)
    )


def series(
    frames: Sequence[tuple[str, pl.DataFrame]],
    source: str | Scheme = "1999",
    target: str | Scheme = "2022",
    *,
    break_at: str,
    weight: str | None = None,
    **columns: Any,
) -> pl.DataFrame:
    """A trend of classes over periods, each period counted under both schemes, with the break marked.

    :param frames: (period, persons) in order of time.
    :param source: the scheme of before the break; ``target`` that of after it.
    :param weight: and further ``columns``, as of :func:`flow`.
    :param break_at: the first period in which the figures were published under ``target``.
    :returns: ``period, scheme, class, persons, published``; ``published`` tells which of the two series
        stood in the statistics of that period. The two are never joined into one line.

    >>> people = pl.DataFrame({"self": ["IDN", "NLD"], "mother": ["NLD", "NLD"], "father": ["NLD", "NLD"]})
    >>> found = series([("2021", people), ("2022", people)], break_at="2022")
    >>> found.filter(pl.col("published") & (pl.col("class") == "migrant")).select("period", "persons").rows()
    [('2022', 1.0)]
    """
    parts = []
    for period, frame in frames:
        counts = flow(frame, source, target, weight=weight, groups=False, **columns).counts
        new = pl.col("scheme") == (target if isinstance(target, str) else target.id)
        parts.append(
            counts.select(
                pl.lit(period).alias("period"),
                "scheme",
                "class",
                "persons",
                (new == pl.lit(period >= break_at)).alias("published"),
            )
        )
    return pl.concat(parts)
