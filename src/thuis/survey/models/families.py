"""Families of models: how the mean of an outcome follows a linear predictor (McCullagh and Nelder 1989)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.variance import Floats

Function = Callable[[Floats], Floats]


ANY, ABOVE, SHARES = (-np.inf, np.inf), (0.0, np.inf), (0.0, 1.0)
"""Ends between which means lie."""


@dataclass(frozen=True, slots=True)
class Link:
    """The mean at a predictor, its first and second derivative, and the predictor at a mean.

    ``ends``: between which every predictor has its mean.
    """

    mean: Function
    slope: Function
    bend: Function
    link: Function
    ends: tuple[float, float] = ANY


@dataclass(frozen=True, slots=True)
class Kind:
    """The variance at a mean, a first guess, the deviance, and the links that go with them.

    ``start`` is a mean near each answer, inside what the links can take; ``deviance`` of an answer from its
    mean is twice the log likelihood it loses. The first of ``links`` is that unless told. Means lie between
    ``ends``.
    """

    variance: Function
    start: Function
    deviance: Callable[[Floats, Floats], Floats]
    links: tuple[str, ...]
    ends: tuple[float, float] = ANY


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of outcome with one link.

    ``ends`` are those of the means, None where the link never leaves them; ``safe`` is a predictor inside.
    """

    mean: Function
    slope: Function
    bend: Function
    link: Function
    variance: Function
    start: Function
    deviance: Callable[[Floats, Floats], Floats]
    shares: bool
    ends: tuple[float, float] | None
    safe: float
    linear: bool

    def inside(self, mean: Floats) -> bool:
        """Whether means are some that this kind of outcome can have."""
        return self.ends is None or bool(((mean > self.ends[0]) & (mean < self.ends[1])).all())


def _odds(eta: Floats) -> Floats:
    mean = special.expit(eta)
    return np.asarray(mean * (1 - mean))


def _of_shares(y: Floats, mean: Floats) -> Floats:
    return np.asarray(2 * (special.rel_entr(y, mean) + special.rel_entr(1 - y, 1 - mean)))


_SPREAD = 1 / np.sqrt(2 * np.pi)
LINKS: dict[str, Link] = {
    "identity": Link(lambda eta: eta, np.ones_like, np.zeros_like, lambda mean: mean),
    "log": Link(np.exp, np.exp, np.exp, np.log, ABOVE),
    "inverse": Link(lambda eta: 1 / eta, lambda eta: -1 / eta**2, lambda eta: 2 / eta**3, lambda m: 1 / m),
    "sqrt": Link(np.square, lambda eta: 2 * eta, lambda eta: np.full_like(eta, 2.0), np.sqrt, ABOVE),
    "1/mu^2": Link(
        lambda eta: 1 / np.sqrt(eta),
        lambda eta: -1 / (2 * eta**1.5),
        lambda eta: 3 / (4 * eta**2.5),
        lambda mean: 1 / mean**2,
    ),
    "logit": Link(
        special.expit, _odds, lambda eta: _odds(eta) * (1 - 2 * special.expit(eta)), special.logit, SHARES
    ),
    "probit": Link(
        special.ndtr,
        lambda eta: _SPREAD * np.exp(-(eta**2) / 2),
        lambda eta: -eta * _SPREAD * np.exp(-(eta**2) / 2),
        special.ndtri,
        SHARES,
    ),
    "cloglog": Link(
        lambda eta: -np.expm1(-np.exp(eta)),
        lambda eta: np.exp(eta - np.exp(eta)),
        lambda eta: np.exp(eta - np.exp(eta)) * (1 - np.exp(eta)),
        lambda mean: np.log(-np.log1p(-mean)),
        SHARES,
    ),
    "cauchit": Link(
        lambda eta: 0.5 + np.arctan(eta) / np.pi,
        lambda eta: 1 / (np.pi * (1 + eta**2)),
        lambda eta: -2 * eta / (np.pi * (1 + eta**2) ** 2),
        lambda mean: np.tan(np.pi * (mean - 0.5)),
        SHARES,
    ),
}
KINDS: dict[str, Kind] = {
    "gaussian": Kind(
        np.ones_like, lambda y: y, lambda y, mean: (y - mean) ** 2, ("identity", "log", "inverse")
    ),
    "binomial": Kind(
        lambda mean: mean * (1 - mean),
        lambda y: (y + 0.5) / 2,
        _of_shares,
        ("logit", "probit", "cloglog", "cauchit", "log", "identity"),
        SHARES,
    ),
    "poisson": Kind(
        lambda mean: mean,
        lambda y: y + 0.1,
        lambda y, mean: 2 * (special.rel_entr(y, mean) - (y - mean)),
        ("log", "identity", "sqrt"),
        ABOVE,
    ),
    # Answers above 0 whose spread grows with their mean; R's own link is the inverse.
    "gamma": Kind(
        np.square,
        lambda y: y,
        lambda y, mean: 2 * ((y - mean) / mean - np.log(y / mean)),
        ("log", "inverse", "identity"),
        ABOVE,
    ),
    # The same with a tail that is longer still, as of costs.
    "inverse.gaussian": Kind(
        lambda mean: mean**3,
        lambda y: y,
        lambda y, mean: (y - mean) ** 2 / (y * mean**2),
        ("log", "1/mu^2", "inverse", "identity"),
        ABOVE,
    ),
}
# The variance under a design takes no dispersion, so these are the same models (R ``quasibinomial``).
SAME = {
    "quasibinomial": ("binomial", None),
    "quasipoisson": ("poisson", None),
    "probit": ("binomial", "probit"),
    "logit": ("binomial", "logit"),
    "cloglog": ("binomial", "cloglog"),
    "inverse_gaussian": ("inverse.gaussian", None),
}
POSITIVE = ("gamma", "inverse.gaussian", "inverse_gaussian")
"""Families of answers above 0."""
FAMILIES = (*KINDS, *SAME)
"""Names of families."""


def family_of(name: str, link: str | None = None) -> Family:
    """A family by name, with its own link unless told.

    :raises ThuisError: an unknown family, or a link that does not go with it.

    >>> family_of("binomial", "cloglog").mean(np.array([0.0])).round(4).item()
    0.6321
    """
    raise_all(unknowns("family", [name], FAMILIES))
    kind, own = SAME.get(name, (name, None))
    links = KINDS[kind].links
    chosen = link or own or links[0]
    if chosen not in links or (own is not None and link not in (None, own)):
        raise ThuisError(f"unknown link of family {name!r}: {chosen!r}", available=links)
    of, at = KINDS[kind], LINKS[chosen]
    holds = of.ends[0] <= at.ends[0] and at.ends[1] <= of.ends[1]
    safe = float(at.link(np.array(0.5 if kind == "binomial" else 1.0)))
    ends = None if holds else of.ends
    return Family(
        at.mean,
        at.slope,
        at.bend,
        at.link,
        of.variance,
        of.start,
        of.deviance,
        shares=kind == "binomial",
        ends=ends,
        safe=safe,
        linear=(kind, chosen) == ("gaussian", "identity"),
    )
