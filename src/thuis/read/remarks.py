"""What is not wrong in the respondents, but seldom meant: said, and nothing stops for it."""

from __future__ import annotations

import polars as pl

from thuis.project.model import Project
from thuis.read.microdata import WEIGHT, Microdata


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
    return noticed + [
        f"note: in wave {wave.id} every respondent has the same {wave.design.weight!r}; is it the weight?"
        for wave in project.waves
        if wave.design.weight and wave.id in equal and not wave.pools
    ]
