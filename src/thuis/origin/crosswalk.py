"""From one scheme's classes to another's, without persons: determined only where every person agrees.

The crosswalk does not read a correspondence table that somebody wrote. It runs through every combination of
birthplaces and every kind of birth country, asks both schemes, and looks whether a class of the first always
meets the same class of the second.
"""

from __future__ import annotations

from itertools import product

import polars as pl

from thuis.origin.classify import classify
from thuis.origin.countries import countries
from thuis.origin.schemes import Scheme, scheme

NOT_DETERMINED = "not-determined"


def crosswalk(source: str | Scheme, target: str | Scheme) -> pl.DataFrame:
    """What each class, with its country group, of ``source`` becomes under ``target``.

    :returns: ``class, group, target_class, target_group`` and ``possible``: every answer a person of that
        class can get under the other scheme. Where there is more than one the target is ``not-determined``:
        only the birth countries of self and parents can tell.

    >>> table = crosswalk("2022", "1999").filter(pl.col("class") == "child")
    >>> table.select("group", "target_class", "target_group").sort("group").row(1)
    ('3.1', 'elsewhere', 'non-western')
    >>> table.filter(pl.col("group") == "3.6.3")["target_group"].item()
    'not-determined'
    """
    first, second = (scheme(each) if isinstance(each, str) else each for each in (source, target))
    people = every_kind_of_person(first, second)
    left, right = classify(people, first), classify(people, second)
    pairs = pl.DataFrame(
        {
            "class": left["class"].cast(pl.String),
            "group": left["group"].cast(pl.String),
            "target_class": right["class"].cast(pl.String),
            "target_group": right["group"].cast(pl.String),
        }
    ).unique()
    answer = pl.concat_str("target_class", "target_group", separator="/", ignore_nulls=True)
    return (
        pairs.group_by("class", "group")
        .agg(
            _only("target_class"),
            _only("target_group"),
            answer.unique().sort().str.join(", ").alias("possible"),
        )
        .sort("class", "group", nulls_last=True)
    )


def _only(column: str) -> pl.Expr:
    return (
        pl.when(pl.col(column).n_unique() == 1)
        .then(pl.col(column).first())
        .otherwise(pl.lit(NOT_DETERMINED))
        .alias(column)
    )


def country_groups(source: str | Scheme = "2022", target: str | Scheme = "1999") -> pl.DataFrame:
    """What each country group of ``source`` is under ``target``, counting birth countries, not persons.

    :returns: ``group, countries, target_group`` (``not-determined`` where its countries differ) and
        ``split``.

    >>> country_groups().filter(pl.col("group") == "3.6.3").row(0)
    ('3.6.3', 78, 'not-determined', 'non-western 42, not-stated 9, western 27')
    """
    first, second = (scheme(each) if isinstance(each, str) else each for each in (source, target))
    abroad = countries().filter(~pl.col("iso3").is_in(list(first.country | second.country)))["iso3"]
    people = pl.DataFrame({"self": abroad, "mother": abroad, "father": abroad})
    pairs = pl.DataFrame(
        {
            "group": classify(people, first)["group"].cast(pl.String),
            "target_group": classify(people, second)["group"].cast(pl.String),
        }
    )
    counted = pairs.group_by("group", "target_group").len("n").sort("group", "target_group")
    return (
        counted.group_by("group", maintain_order=True)
        .agg(
            pl.col("n").sum().cast(pl.Int64).alias("countries"),
            _only("target_group"),
            pl.concat_str("target_group", pl.lit(" "), "n").str.join(", ").alias("split"),
        )
        .sort("group")
    )


def every_kind_of_person(*several: Scheme) -> pl.DataFrame:
    """One person for each combination of birthplaces that any of the schemes can tell apart.

    Countries that all schemes treat alike are one kind, so some dozens of countries stand for all.
    """
    columns = {each.grouping.column for each in several if each.grouping}
    home = [pl.col("iso3").is_in(list(each.country)).alias(f"home_{each.id}") for each in several]
    kinds = countries().with_columns(*home, (pl.col("basis") == "uncertain").alias("unsure"))
    kinds = kinds.unique([*columns, "unsure", *(f"home_{each.id}" for each in several)], maintain_order=True)
    places = [*kinds["iso3"], None]
    return pl.DataFrame(
        list(product(places, repeat=3)),
        schema=dict.fromkeys(("self", "mother", "father"), pl.String),
        orient="row",
    )
