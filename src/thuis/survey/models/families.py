"""Families of models: how the mean of an outcome follows a linear predictor (McCullagh and Nelder 1989)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from thuis.survey.core.variance import Floats

Function = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Family:
    """The mean at a predictor, its first and second derivative, the variance at a mean, and a first guess.

    ``link`` is the inverse of ``mean``; ``start`` a mean near each answer, inside what the link can take;
    ``deviance`` of an answer from its mean: twice the log likelihood it loses.
    """

    mean: Function
    slope: Function
    bend: Function
    variance: Function
    link: Function
    start: Function
    deviance: Callable[[Floats, Floats], Floats]


def _odds(eta: Floats) -> Floats:
    mean = special.expit(eta)
    return np.asarray(mean * (1 - mean))


def _of_shares(y: Floats, mean: Floats) -> Floats:
    return np.asarray(2 * (special.rel_entr(y, mean) + special.rel_entr(1 - y, 1 - mean)))


FAMILIES: dict[str, Family] = {
    "gaussian": Family(
        mean=lambda eta: eta,
        slope=np.ones_like,
        bend=np.zeros_like,
        variance=np.ones_like,
        link=lambda mean: mean,
        start=lambda y: y,
        deviance=lambda y, mean: (y - mean) ** 2,
    ),
    "binomial": Family(
        mean=special.expit,
        slope=_odds,
        bend=lambda eta: _odds(eta) * (1 - 2 * special.expit(eta)),
        variance=lambda mean: mean * (1 - mean),
        link=special.logit,
        start=lambda y: (y + 0.5) / 2,
        deviance=_of_shares,
    ),
    "poisson": Family(
        mean=np.exp,
        slope=np.exp,
        bend=np.exp,
        variance=lambda mean: mean,
        link=np.log,
        start=lambda y: y + 0.1,
        deviance=lambda y, mean: 2 * (special.rel_entr(y, mean) - (y - mean)),
    ),
}
_SPREAD = 1 / np.sqrt(2 * np.pi)
FAMILIES["probit"] = Family(
    mean=special.ndtr,
    slope=lambda eta: _SPREAD * np.exp(-(eta**2) / 2),
    bend=lambda eta: -eta * _SPREAD * np.exp(-(eta**2) / 2),
    variance=FAMILIES["binomial"].variance,
    link=special.ndtri,
    start=FAMILIES["binomial"].start,
    deviance=_of_shares,
)
# Answers above 0 whose spread grows with their mean; R ``Gamma("log")``, whose own link is the inverse.
FAMILIES["gamma"] = Family(
    np.exp,
    np.exp,
    np.exp,
    np.square,
    np.log,
    lambda y: y,
    lambda y, mean: 2 * ((y - mean) / mean - np.log(y / mean)),
)
# The variance under a design takes no dispersion, so these are the same models (R ``quasibinomial``).
FAMILIES["quasibinomial"], FAMILIES["quasipoisson"] = FAMILIES["binomial"], FAMILIES["poisson"]
