"""Where a number of a finding comes from: formula, what went in, how many people, weight and model."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from thuis.findings.words import say
from thuis.language import LANGUAGES, catalogue

FORMULAS: dict[str, tuple[str, str]] = {
    "diversity": (
        "D = 1 - sum(p_i^2)",
        "WRR, De nieuwe verscheidenheid (2018), box 3.1; Simpson, Nature 163 (1949) 688",
    ),
    "diversity-between-areas": (
        "D = sum(w_a D_a) + sum_i sum_a w_a (p_ia - p_i)^2",
        "Nei, PNAS 70 (1973) 3321; Lande, Oikos 76 (1996) 5",
    ),
    "turnover": (
        "T = 1000 (within + (arrivals + departures) / 2) / population on 1 January",
        "CBS, Verhuismobiliteit, per 1,000 residents",
    ),
    "composition-change": (
        "C = 100 sum(|p_i1 - p_i0|) / 2",
        "index of dissimilarity: Duncan and Duncan, Am. Sociol. Rev. 20 (1955) 210",
    ),
    "alpha": (
        "a = k / (k - 1) (1 - sum(s_j^2) / s_total^2), weighted; standard error linearised",
        "Cronbach, Psychometrika 16 (1951) 297; linearisation: Deville, Survey Methodology 25 (1999) 193",
    ),
    "kitagawa-oaxaca-blinder": (
        "A - B = (x_A - x_B)'b_ref + the rest, b by weighted least squares",
        "Kitagawa, JASA 50 (1955) 1168; Oaxaca, Int. Econ. Rev. 14 (1973) 693; Blinder, J. Hum. Res. 8 "
        "(1973) 436; standard errors: Jann, Stata Journal 8 (2008) 453",
    ),
    "contrast": ("sum(a_i y_i), variance a'Va, t test with the design's df", "R survey, svycontrast"),
    "holm": ("p_(i) (m - i + 1), made monotone", "Holm, Scand. J. Statist. 6 (1979) 65"),
    "average-margin": (
        "mean over the people of P(y | x = high) - P(y | x = low), delta method",
        "Graubard and Korn, Biometrics 55 (1999) 652; Binder, Int. Stat. Rev. 51 (1983) 279",
    ),
    "crosswalk": (
        "class B of class A, where every combination of birth countries in A gives the same B",
        "thuis.origin, schemes.yaml",
    ),
    "bridge": (
        "difference: later - earlier - c; ratio: later / c - earlier; the variance of c is counted",
        "delta method",
    ),
}
"""Each formula's id, what it says, and where it is from; one partly in words stands in the catalogues."""


def formula(key: str) -> dict[str, str]:
    """A formula with its source, for a page.

    >>> formula("diversity")["nl"].partition(" — ")[0]
    'D = 1 - sum(p_i^2)'
    """
    expression, source = FORMULAS[key]
    return {each: f"{catalogue('formulas', each).get(key, expression)} — {source}" for each in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Explain:
    """The record behind one number.

    >>> Explain("diversity", ("population by origin",)).as_dict()["expression"]
    'D = 1 - sum(p_i^2)'
    """

    formula: str
    inputs: tuple[str, ...] = ()
    n: int | None = None
    weight: str | None = None
    model: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For the data folder and ``thuis explain``; an unknown formula is a KeyError."""
        expression, source = FORMULAS[self.formula]
        return {**asdict(self), "inputs": list(self.inputs), "expression": expression, "source": source}


def weight_said(column: str | None) -> dict[str, str] | None:
    """That the survey's weight was used; which column of the file that is stays inside."""
    return say("survey-weight") if column else None
