"""What people answer: shares steered per wave, origin and generation, with the integration paradox inside.

A yes-or-no answer follows a logistic model. Its intercept is solved per wave, origin and generation, so that
the expected weighted share is the target in ``targets.csv``. The slopes are the same everywhere and are
invented: schooling and work raise reported discrimination and lower the feeling that the Netherlands is
hospitable. That, with targets that put the second generation above the first, is the integration paradox.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
from scipy.special import expit, ndtri

from synthesis.people import EDUCATION

TARGETS = Path(__file__).with_name("targets.csv")


@dataclass(frozen=True, slots=True)
class Model:
    """Slopes on the log-odds; ``native`` replaces a slope for people without a migration history."""

    education: float = 0.0
    work: float = 0.0
    excluded: float = 0.0
    men: float = 0.0
    native: Mapping[str, float] = field(default_factory=dict)
    within: str | None = None
    """Drawn only among people who said yes to this item."""
    outside: float = np.nan
    """The answer of the others: 0.0 makes the target a share of everyone, null a share of those asked."""


MODELS: dict[str, Model] = {
    "work": Model(education=0.6, men=0.4),
    "flexible-work": Model(education=-0.25, within="work"),
    "making-ends-meet-hard": Model(education=-0.4, work=-0.8),
    "health-good": Model(education=0.35, work=0.7),
    "dutch-easy": Model(education=0.8, work=0.4),
    "contact-weekly": Model(education=0.35, work=0.4),
    "discriminated": Model(education=0.40, work=0.25, excluded=1.0, men=0.1),
    "discriminated-often": Model(
        education=0.20, work=0.1, excluded=0.8, men=0.1, within="discriminated", outside=0.0
    ),
    "discriminated-work": Model(education=0.30, work=0.3, excluded=0.2, within="discriminated", outside=0.0),
    "discriminated-public": Model(excluded=0.3, men=0.1, within="discriminated", outside=0.0),
    "discriminated-officials": Model(excluded=0.3, men=0.5, within="discriminated", outside=0.0),
    "home": Model(education=-0.15, excluded=-0.7),
    "hospitable": Model(education=-0.35, excluded=-0.7, native={"education": 0.2}),
    "trust-government": Model(education=-0.15, excluded=-0.6, native={"education": 0.5}),
    "trust-parliament": Model(education=-0.15, excluded=-0.6, native={"education": 0.5}),
    "trust-police": Model(education=-0.05, excluded=-0.6, men=-0.2, native={"education": 0.2}),
    "trust-people": Model(education=0.3, excluded=-0.3, native={"education": 0.5}),
    "represented": Model(education=-0.15, excluded=-0.5, native={"education": 0.58, "men": 0.4}),
    "voted": Model(education=0.5, work=0.2),
}
BELONGING = "belonging"
MEAN_SPREAD = 2.0


def targets() -> pl.DataFrame:
    """Steered shares (0-100) and means per item, wave, origin and generation, with their basis."""
    return pl.read_csv(TARGETS, schema_overrides={"wave": pl.String, "target": pl.Float64})


def answer(people: pl.DataFrame, wave: str, rng: np.random.Generator) -> pl.DataFrame:
    """``people`` with education and an answer to every item: 1.0 yes, 0.0 no, null where it was not asked."""
    wanted = targets().filter(pl.col("wave") == wave)
    cells = people.select("origin", "generation").with_row_index()
    table = {
        item: cells.join(rows, on=["origin", "generation"], how="left").sort("index")["target"].to_numpy()
        for (item,), rows in wanted.partition_by("item", as_dict=True).items()
    }
    state = _State(people, table, rng)
    state.educate()
    for item, model in MODELS.items():
        if item in table:
            state.ask(item, model)
    if BELONGING in table:
        state.rate(BELONGING)
    return pl.DataFrame({**people.to_dict(as_series=False), **state.out})


class _State:
    """Answers under construction: later items lean on earlier ones."""

    def __init__(self, people: pl.DataFrame, table: dict[str, np.ndarray], rng: np.random.Generator) -> None:
        self.people, self.table, self.rng = people, table, rng
        self.weight = people["weight"].to_numpy()
        self.cell = people.select(pl.concat_str("origin", "generation", separator="/"))["origin"].to_numpy()
        self.men = (people["sex"] == "men").to_numpy().astype(float)
        self.native = (people["origin"] == "no-migration").to_numpy()
        self.excluded = ndtri(0.001 + 0.998 * rng.random(people.height))
        self.education = np.zeros(people.height)
        self.work = np.zeros(people.height)
        self.out: dict[str, object] = {}

    def educate(self) -> None:
        """Draw the highest diploma; the youngest have not finished school yet."""
        u = self.rng.random(len(self.cell))
        high, low = self.table["education-high"] / 100, self.table["education-low"] / 100
        level = np.where(u < high, 2, np.where(u > 1 - low, 0, 1))
        age = self.people["age"].to_numpy()
        level = np.where((age < 22) & (level == 2), 1, level)
        self.education = np.where((age < 17) & (level == 1), 0, level).astype(float)
        self.out["education"] = np.asarray(EDUCATION)[self.education.astype(int)]

    def ask(self, item: str, model: Model) -> None:
        """Draw a yes or no for everyone who is asked."""
        wanted = ~np.isnan(self.table[item])
        gate = (
            np.asarray(self.out[model.within]) == 1 if model.within else np.ones(len(self.cell), dtype=bool)
        )
        score = self._score(model)
        chance = np.full(len(self.cell), np.nan)
        for cell in np.unique(self.cell[wanted]):
            everyone = self.cell == cell
            rows = everyone & gate
            share = self.table[item][everyone][0] / 100
            if model.within and model.outside == 0:
                share /= np.average(gate[everyone], weights=self.weight[everyone])
            chance[rows] = expit(score[rows] + intercept(score[rows], self.weight[rows], min(share, 0.98)))
        chance = np.where(wanted & ~gate, model.outside, chance)
        drawn = np.where(np.isnan(chance), np.nan, self.rng.random(len(self.cell)) < chance)
        self.out[item] = drawn
        if item == "work":
            self.work = drawn

    def _score(self, model: Model) -> np.ndarray:
        def slope(name: str, value: float) -> np.ndarray:
            return np.where(self.native, model.native.get(name, value), value)

        return (
            slope("education", model.education) * (self.education - 1)
            + slope("work", model.work) * self.work
            + slope("men", model.men) * (self.men - 0.5)
            + model.excluded * self.excluded
        )

    def rate(self, item: str) -> None:
        """Draw a whole number from 0 to 10 around the target mean."""
        target = self.table[item]
        noise = -0.5 * self.excluded + 0.85 * ndtri(0.001 + 0.998 * self.rng.random(len(self.cell)))
        self.out[item] = np.clip(np.rint(target + MEAN_SPREAD * noise), 0, 10)


def intercept(score: np.ndarray, weight: np.ndarray, share: float) -> float:
    """The constant at which the weighted mean of ``expit(score + constant)`` is ``share``, by bisection."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.average(expit(score + middle), weights=weight) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
