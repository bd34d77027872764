"""How many digits the findings of a project keep."""

from __future__ import annotations

import polars as pl

from thuis.findings.digits import Digits
from thuis.findings.remainders import equal_weights
from thuis.project.model import Project
from thuis.protect.observed import known_waves
from thuis.protect.rounding import tens
from thuis.read import Microdata


def digits_of(project: Project, microdata: Microdata) -> Digits:
    """Few in waves in which people can be counted: of weights that are known, and of equal ones."""
    pools = {wave.id: wave.pools for wave in project.waves if wave.pools}
    equal = [
        wave.id for wave in project.waves if equal_weights(microdata.frame.filter(pl.col("wave") == wave.id))
    ]
    rules = project.protection
    return Digits(
        known_waves(microdata.frame, pools) | set(equal),
        rules.digits == "standard-error",
        tens if rules.respondents == "rounded" else int,
    )
