"""Estimation from complex samples: every table of a monitor in one pass over the rows."""

from thuis.survey.core.measures import Mean, Measure, Proportion, Ratio, Total
from thuis.survey.core.replicates import Replicates
from thuis.survey.core.unequal import PPS
from thuis.survey.estimates import Contrast, Estimates
from thuis.survey.imputation import combined, plausible
from thuis.survey.sample import Sample
from thuis.survey.small_area import fay_herriot

__all__ = [
    "PPS",
    "Contrast",
    "Estimates",
    "Mean",
    "Measure",
    "Proportion",
    "Ratio",
    "Replicates",
    "Sample",
    "Total",
    "combined",
    "fay_herriot",
    "plausible",
]
