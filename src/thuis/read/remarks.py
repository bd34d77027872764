"""What is not wrong in the respondents, but seldom meant: said, and nothing stops for it."""

from __future__ import annotations

import polars as pl

from thuis.project.model import Project
from thuis.read.microdata import WEIGHT, Microdata


def remarks(project: Project, microdata: Microdata) -> list[str]:
    """What the readers noticed, and every wave whose weight column holds one number for everybody."""
    kinds = microdata.frame.group_by("wave").agg(pl.col(WEIGHT).n_unique(), pl.len())
    equal = {wave for wave, distinct, n in kinds.rows() if distinct == 1 and n > 1}
    noticed = [f"note: {each}" for each in microdata.notes]
    return noticed + [
        f"note: in wave {wave.id} every respondent has the same {wave.design.weight!r}; is it the weight?"
        for wave in project.waves
        if wave.design.weight and wave.id in equal and not wave.pools
    ]
