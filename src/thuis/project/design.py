"""``design:`` of a wave: how its sample was drawn, how it is weighted, and who of it answered."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from thuis.project.base import Code, Id, MisplacedError, Model, Number


class Replicated(Model):
    """Replicate weights, as their producer made them; see :class:`thuis.survey.Replicates`."""

    columns: str | tuple[str, ...]
    """Names of columns, or one pattern like ``rep_*``."""
    method: Literal["BRR", "Fay", "JK1", "JKn", "bootstrap", "SDR", "other"] = "BRR"
    rho: Number | None = None
    scale: Number | None = None
    factors: tuple[Number, ...] | None = None
    mse: bool = False
    df: Number | None = None
    negative: bool = False


class Calibrated(Model):
    """Weights made to agree with a table of totals: ``margin,category,total``, or ``share`` for ``total``.

    A margin is a breakdown, a crossing of breakdowns (``sex-by-age``) or a variable of the wave.
    """

    margins: str
    method: Literal["rake", "poststratify", "linear"] = "rake"


class Weighting(Model):
    """A weight beside the one of the wave, which an indicator names; empty for who has no part in it."""

    weight: str | None
    calibrate: Calibrated | None = None
    replicates: Replicated | None = None


class Response(Model):
    """Who answered, in a file that also holds those who were approached and did not."""

    column: str
    codes: tuple[Code, ...] = Field(min_length=1)


class Design(Model):
    """The sample design of a wave: columns of its file. ``weight: null`` is an equal weight for all."""

    weight: str | None
    strata: str | None = None
    psu: str | tuple[str, ...] | None = None
    later_strata: tuple[str | None, ...] = ()
    fpc: str | tuple[str, ...] | None = None
    lonely: Literal["error", "adjust", "average", "certainty", "remove"] = "error"
    replicates: Replicated | None = None
    calibrate: Calibrated | None = None
    weights: dict[Id, Weighting] = Field(default_factory=dict)
    response: Response | None = None

    @model_validator(mode="after")
    def _possible(self) -> Self:
        drawn = next((each for each in ("psu", "strata", "fpc", "later_strata") if getattr(self, each)), None)
        replicated = self.replicates or any(each.replicates for each in self.weights.values())
        if replicated and drawn:
            raise MisplacedError(
                "replicate weights are the design: no strata, PSUs or fpc beside them", drawn
            )
        bare = next((name for name, each in self.weights.items() if not each.replicates), None)
        if bare and self.replicates:
            raise MisplacedError(
                "this weight needs replicates of its own: the wave has them", "weights", bare
            )
        if len(self.stages) > 1 and len(self.sizes) != len(self.stages):
            raise MisplacedError(
                f"{len(self.sizes)} columns of population sizes for {len(self.stages)} stages: one for each",
                "fpc" if self.fpc else "psu",
            )
        if len(self.sizes) > max(len(self.stages), 1):
            raise MisplacedError(f"{len(self.sizes)} columns of population sizes for one stage", "fpc")
        if len(self.later_strata) >= max(len(self.stages), 1):
            raise MisplacedError(
                f"strata of {len(self.later_strata)} later stages, and {len(self.stages)} in 'psu'",
                "later_strata",
            )
        return self

    @property
    def stages(self) -> tuple[str, ...]:
        """The columns of the sampling units, stage by stage."""
        return _several(self.psu)

    @property
    def sizes(self) -> tuple[str, ...]:
        """The columns of the population sizes, stage by stage."""
        return _several(self.fpc)

    @property
    def weightings(self) -> dict[str, Weighting]:
        """Every way in which answers are weighted by its name; that of the wave has none."""
        own = Weighting(weight=self.weight, calibrate=self.calibrate, replicates=self.replicates)
        return {"": own, **self.weights}


def _several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else value
