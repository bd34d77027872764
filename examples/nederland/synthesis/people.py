"""Who is in the sample: a stratified draw per origin group, with the design weight that goes with it.

Nobody in here exists. Sample sizes that were printed in a public source are marked as such in
``published.csv``; all the others, and every population total per wave, are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import ndtri

WAVES = ("2006", "2011", "2015", "2020")
ORIGINS = (
    *("turkish", "moroccan", "surinamese", "dutch-caribbean", "polish", "somali", "iranian"),
    "no-migration",
)
SIZES = ("four-large-cities", "other-large", "smaller")
REGIONS = ("north", "east", "west", "south")
EDUCATION = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Group:
    """One origin group: persons aged 15 and over (thousands), share born here, where they live."""

    population: tuple[float, float, float, float]
    sample: tuple[int, int, int, int]
    second: float
    sizes: tuple[float, float, float]
    regions: tuple[float, float, float, float]


GROUPS: dict[str, Group] = {
    "turkish": Group(
        (255, 280, 305, 330), (1000, 960, 1010, 696), 0.42, (0.36, 0.34, 0.30), (0.05, 0.22, 0.52, 0.21)
    ),
    "moroccan": Group(
        (215, 245, 275, 305), (980, 940, 990, 570), 0.48, (0.46, 0.29, 0.25), (0.03, 0.10, 0.66, 0.21)
    ),
    "surinamese": Group(
        (255, 270, 285, 295), (1010, 970, 1000, 620), 0.45, (0.52, 0.29, 0.19), (0.04, 0.08, 0.80, 0.08)
    ),
    "dutch-caribbean": Group(
        (95, 105, 115, 135), (960, 930, 985, 592), 0.36, (0.30, 0.40, 0.30), (0.11, 0.14, 0.56, 0.19)
    ),
    "polish": Group((0, 0, 80, 180), (0, 0, 640, 688), 0.12, (0.22, 0.25, 0.53), (0.08, 0.17, 0.44, 0.31)),
    "somali": Group((0, 0, 22, 28), (0, 0, 610, 519), 0.18, (0.20, 0.38, 0.42), (0.12, 0.23, 0.35, 0.30)),
    "iranian": Group((0, 0, 0, 45), (0, 0, 0, 855), 0.20, (0.28, 0.38, 0.34), (0.10, 0.20, 0.51, 0.19)),
    "no-migration": Group(
        (10700, 10800, 10850, 10950),
        (1000, 980, 1005, 771),
        0.0,
        (0.09, 0.22, 0.69),
        (0.12, 0.22, 0.42, 0.24),
    ),
}


def pick(rng: np.random.Generator, n: int, shares: tuple[float, ...]) -> np.ndarray:
    """``n`` positions drawn with the given shares, from uniform numbers only: they stay as they are."""
    edges = np.cumsum(np.asarray(shares) / np.sum(shares))[:-1]
    return np.searchsorted(edges, rng.random(n), side="right")


def draw(wave: str, rng: np.random.Generator) -> pl.DataFrame:
    """One wave of respondents: origin, generation, sex, age, region, municipality size, stratum, weight."""
    parts = [_group(origin, WAVES.index(wave), rng) for origin in ORIGINS]
    people = pl.concat([part for part in parts if part.height])
    return people.with_columns(pl.int_range(1, people.height + 1).alias("number"))


def _group(origin: str, wave: int, rng: np.random.Generator) -> pl.DataFrame:
    group = GROUPS[origin]
    n = group.sample[wave]
    # The survey of 2015 held only Polish migrants who came since 2004: nobody born in the Netherlands.
    share_second = 0.0 if origin == "polish" and wave == 2 else group.second
    second = rng.random(n) < share_second
    age = _age(rng, n, second, origin, highest=64 if wave == 0 else 90)
    size = pick(rng, n, group.sizes)
    people = pl.DataFrame(
        {
            "origin": np.full(n, origin),
            "generation": np.where(origin == "no-migration", "none", np.where(second, "second", "first")),
            "sex": np.where(rng.random(n) < 0.51, "women", "men"),
            "age": age,
            "region": np.asarray(REGIONS)[pick(rng, n, group.regions)],
            "size": np.asarray(SIZES)[size],
            "stratum": ORIGINS.index(origin) * 10 + size + 1,
        }
    )
    return people.with_columns(_weight(people, group.population[wave] * 1000, group.sizes))


def _age(rng: np.random.Generator, n: int, second: np.ndarray, origin: str, highest: int) -> np.ndarray:
    centre = np.where(second, 31.0, 48.0) if origin != "polish" else np.where(second, 27.0, 38.0)
    spread = np.where(second, 9.0, 15.0)
    if origin == "no-migration":
        centre, spread = np.full(n, 47.0), np.full(n, 18.0)
    lowest = np.where(second | (origin == "no-migration"), 15, 16)
    drawn = np.rint(centre + spread * ndtri(0.001 + 0.998 * rng.random(n)))
    # Reflect at the ends instead of piling people up on the limit.
    drawn = np.where(drawn < lowest, 2 * lowest - drawn, drawn)
    drawn = np.where(drawn > highest, 2 * highest - drawn, drawn)
    return np.clip(drawn, lowest, highest).astype(np.int64)


def _weight(people: pl.DataFrame, population: float, sizes: tuple[float, ...]) -> pl.Series:
    """Population of the stratum over respondents, times an answer to uneven response by sex and age."""
    response = (
        pl.when(pl.col("age") < 30).then(1.25).when(pl.col("age") < 55).then(1.0).otherwise(0.9)
    ) * pl.when(pl.col("sex") == "men").then(1.1).otherwise(0.92)
    stratum = people.select(
        (response * population / response.sum().over("stratum")).alias("w"), pl.col("size")
    )
    share = pl.col("size").replace_strict(dict(zip(SIZES, sizes, strict=True)), return_dtype=pl.Float64)
    return stratum.select((pl.col("w") * share).round(4).alias("weight"))["weight"]
