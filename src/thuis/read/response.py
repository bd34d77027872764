"""Who answered: of those approached by stratum, of those interviewed by question; and what is remarked."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from thuis.formats import Raw
from thuis.project.model import Project, Wave
from thuis.read.microdata import STRATUM, WEIGHT, Microdata, Response
from thuis.read.unplaced import of_everybody, unplaced

LITTLE = 0.5
"""A stratum in which less than this part answered, as part of what all did, is remarked on."""
SCHEMA = {
    "wave": pl.String(),
    "stratum": pl.String(),
    "of": pl.String(),
    "asked": pl.Int64(),
    "answered": pl.Int64(),
    "rate": pl.Float64(),
}


def responded(raw: Raw, rows: pl.Series, wave: Wave) -> tuple[Raw, pl.Series, tuple[Response, ...]]:
    """Those who answered, and how many did in every stratum of a file that holds all who were approached."""
    wanted = wave.design.response
    if wanted is None:
        return raw, rows, ()
    answered = raw.codes(wanted.column).is_in(list(wanted.codes)).fill_null(value=False)
    strata = raw.codes(wave.design.strata) if wave.design.strata else pl.Series([""] * len(rows))
    counts = (
        pl.DataFrame({"stratum": strata.fill_null("?"), "answered": answered})
        .group_by("stratum")
        .agg(pl.len(), pl.col("answered").sum())
        .sort("stratum")
    )
    found = tuple(Response(wave.id, stratum, n, hits) for stratum, n, hits in counts.iter_rows())
    return raw.filter(answered), rows.filter(answered), found


def non_response(project: Project, microdata: Microdata) -> pl.DataFrame:
    """Per wave and stratum how many answered: ``of`` the sample, and of every variable that is published.

    For the data officer: it counts people in strata, which may be few. ``rate`` is on 0-1.
    """
    rows = [
        (each.wave, each.stratum, "sample", each.approached, each.responded, each.responded / each.approached)
        for each in microdata.response
    ]
    found = [pl.DataFrame(rows, schema=SCHEMA, orient="row")]
    for wave in project.waves:
        if wave.pools:
            continue
        names = list(dict.fromkeys(name for each in project.indicators for name in each.variables))
        asked = [name for name in names if wave.variables.get(name) is not None]
        people = microdata.of(wave.id).with_columns(pl.col(STRATUM).fill_null("").str.split("/").list.last())
        counts = people.group_by(STRATUM).agg(pl.len().alias("asked"), pl.col(asked).count()).sort(STRATUM)
        long = counts.unpivot(asked, index=[STRATUM, "asked"], variable_name="of", value_name="answered")
        found.append(
            long.select(
                pl.lit(wave.id).alias("wave"),
                pl.col(STRATUM).alias("stratum"),
                "of",
                pl.col("asked").cast(pl.Int64),
                pl.col("answered").cast(pl.Int64),
                (pl.col("answered") / pl.col("asked")).alias("rate"),
            )
        )
    return pl.concat(found)


def response_remarks(project: Project, microdata: Microdata) -> Iterator[str]:
    """The response of every wave that tells it, and strata in which far fewer answered than elsewhere."""
    table = non_response(project, microdata)
    own = pl.col("asked", "answered").sum().over("wave", "of").name.prefix("all_")
    table = table.with_columns(own)
    yield from [
        f"wave {wave}: {answered:,} of {asked:,} who were approached answered "
        f"({100 * answered / asked:.1f} %)"
        for wave, asked, answered in table.filter(pl.col("of") == "sample")
        .select("wave", "all_asked", "all_answered")
        .unique(maintain_order=True)
        .iter_rows()
    ]
    # A stratum without any answer was not asked.
    few = pl.col("rate") < LITTLE * pl.col("all_answered") / pl.col("all_asked")
    low = table.filter(few, pl.col("answered") > 0, pl.col("asked") >= 10)
    for (wave, of), rows in low.group_by("wave", "of", maintain_order=True):
        what = "answered" if of == "sample" else f"answered {of!r}"
        strata = ", ".join(
            f"{name} ({n} of {m})"
            for name, m, n in rows.sort("rate").select("stratum", "asked", "answered").head(5).iter_rows()
        )
        yield f"note: wave {wave}: in some strata few {what}: {strata}"


def remarks(project: Project, microdata: Microdata) -> list[str]:
    """What the readers noticed, and every wave where a weight is 0, or one number for everybody."""
    kinds = microdata.frame.group_by("wave").agg(pl.col(WEIGHT).n_unique(), pl.len())
    equal = {wave for wave, distinct, n in kinds.rows() if distinct == 1 and n > 1}
    noticed = [f"note: {each}" for each in microdata.notes]
    without = microdata.frame.filter(pl.col(WEIGHT) == 0).group_by("wave", maintain_order=True).len()
    noticed += [
        f"note: in wave {wave} {n} rows have a weight of 0: they count for nothing"
        for wave, n in without.rows()
    ]
    noticed += [*unplaced(project, microdata), *of_everybody(project, microdata)]
    return noticed + [
        f"note: in wave {wave.id} every respondent has the same {wave.design.weight!r}; is it the weight?"
        for wave in project.waves
        if wave.design.weight and wave.id in equal and not wave.pools
    ]
