"""What other packages call a question that is asked otherwise here, or that has no answer here."""

from __future__ import annotations

from typing import Any

from thuis.errors import ThuisError, unknown

SAMPLE = {
    "median": 'quantile("income")',
    "svymean": 'mean("income")',
    "prop": 'proportion("edu")',
    "var": 'variance("income")',
    "std": 'sd("income")',
    "cov": 'covariance("a", "b")',
    "corr": 'correlation("a", "b")',
    "count": "total(), with by= for a table of counts",
    "table": 'total(by=["a", "b"]) for counts, proportion("a", by="b") for shares',
    "crosstab": 'total(by=["a", "b"]) for counts, proportion("a", by="b") for shares',
    "groupby": "by= in the question itself",
    "group_by": "by= in the question itself",
    "filter": "subset(...), which keeps the design whole",
    "where": "subset(...), which keeps the design whole",
    "with_columns": "mutate(...)",
    "assign": "mutate(...)",
    "update": "mutate(...)",
    "chisq": 'independence("a", "b"); goodness("a", {...}) for given shares',
    "ttest": 'test("income", group="sex")',
    "ranktest": 'test("income", group="sex", kind="wilcoxon")',
    "lm": 'glm("income ~ age")',
    "ols": 'glm("income ~ age")',
    "regress": 'glm("income ~ age")',
    "logit": 'glm("poor ~ age", family="binomial")',
    "logistic": 'glm("poor ~ age", family="binomial")',
    "probit": 'glm("poor ~ age", family="probit")',
    "olr": 'ordinal("edu ~ age", order)',
    "mlogit": 'multinomial("edu ~ age")',
    "km": 'survival("time", "died")',
    "coxph": 'hazards("time", "died", "age")',
    "survreg": 'lifetimes("time", "died", "age")',
    "streg": 'lifetimes("time", "died", "age")',
    "ivreg": 'instrumental("income ~ edu | distance")',
    "ivregress": 'instrumental("income ~ edu | distance")',
    "loglin": 'loglinear("a * b")',
    "prcomp": 'components(["a", "b", "c"])',
    "pca": 'components(["a", "b", "c"])',
    "factanal": 'factors(["a", "b", "c"], 1)',
    "locpoly": 'smooth("income ~ age", bandwidth=5)',
    "density": 'smooth("income", bandwidth=5)',
    "nls": 'nonlinear("income", function, start, columns)',
    "mle": "likelihood(function, start, columns)",
    "withreplicates": "statistic(function, columns)",
    "hist": 'shares of intervals: mutate(bin="floor(income / 10)").proportion("bin")',
    "boxplot": 'quantile("income", by="sex", probabilities=(0.25, 0.5, 0.75))',
    "plot": "plot() of estimates: mean(...).plot()",
    "poststrata": "poststratify(...)",
    "margins": "margins() of a model: glm(...).margins(...)",
    "cdf": 'mean of a condition: mutate(low="income <= 1000").mean("low")',
    "kappa": 'a contrast of the cells: total(by=["a", "b"]).contrast(function)',
    "alpha": 'a contrast of variances: mutate(s="a + b").variance(["a", "b", "s"]).contrast(function)',
    "estimation": "the questions themselves: mean, total, proportion, ratio, quantile",
    "weighting": "rake, poststratify, calibrate, trim, standardize, replicated",
    "categorical": "independence, goodness, test",
    "wrangling": "subset, mutate",
}
"""Questions to a sample that are asked otherwise."""
ABSENT = {
    "isotonic": "isotonic regression",
    "marginpred": "prediction after reweighting",
}
"""Questions that have no answer here."""
ESTIMATES = {
    "estimate": 'frame["estimate"]',
    "estimates": "frame",
    "se": 'frame["se"]',
    "std_err": 'frame["se"]',
    "ci": 'frame.select("lower", "upper")',
    "confint": 'frame.select("lower", "upper")',
    "conf_int": 'frame.select("lower", "upper")',
    "p": 'frame["p"] of a model, difference(...).p of two cells',
    "deff": 'frame["deff"]',
    "cv": 'frame["cv"]',
    "vcov": "covariance()",
    "coef": 'frame["estimate"]',
    "to_frame": "frame, or to_pandas()",
    "to_csv": "frame.write_csv(path)",
}
MODEL = {
    "params": 'coefficients.frame["estimate"]',
    "coef": 'coefficients.frame["estimate"]',
    "bse": 'coefficients.frame["se"]',
    "pvalues": 'coefficients.frame["p"]',
    "vcov": "coefficients.covariance()",
    "conf_int": 'coefficients.frame.select("lower", "upper")',
    "confint": 'coefficients.frame.select("lower", "upper")',
    "summary": "print(model)",
    "frame": "coefficients.frame",
    "exponents": "coefficients.exponents()",
    "odds_ratios": "coefficients.exponents()",
    "contrast": "coefficients.contrast(...)",
    "profile_confint": "profile(), intervals by the likelihood",
    "anova": 'joint("edu", method="lrt")',
    "waldtest": 'joint("edu")',
    "regtermtest": 'joint("edu")',
    "loglik": "aic(), which counts parameters by their design effects",
    "llf": "aic(), which counts parameters by their design effects",
    "emmeans": "means(...)",
    "lsmeans": "means(...)",
    "residuals": "predict() beside rows: model.rows",
    "fitted": "predict()",
}
TEST = {
    "t": "statistic",
    "f": "statistic",
    "tstat": "statistic",
    "pvalue": "p",
    "p_value": "p",
    "ci": "lower and upper",
    "confint": "lower and upper",
    "conf_int": "lower and upper",
    "diff": "estimate",
    "difference": "estimate",
    "parameter": "df",
}
TABLE = {
    "chi2": "f, or likelihood",
    "chisq": "f, or likelihood",
    "statistic": "f",
    "stat": "f",
    "pvalue": "p",
    "p_value": "p",
    "parameter": "df",
    "frame": "table.frame",
}


class NoSuchQuestionError(ThuisError, AttributeError):
    """A name that is no question here; also what Python expects of a name that is not there."""


def absent(kind: str, name: str, owner: type, words: dict[str, str]) -> NoSuchQuestionError:
    """That a name is not there, with what is asked instead.

    >>> print(absent("Sample", "svyttest", object, SAMPLE))
    a Sample has no 'svyttest'
      next: ask test("income", group="sex")
    """
    plain = name.lower().removeprefix("svy").removeprefix("survey_").removeprefix("svy_")
    found: Any = words.get(name.lower(), words.get(plain))
    if found is not None:
        return NoSuchQuestionError(f"a {kind} has no {name!r}", step=f"ask {found}")
    if kind == "Sample" and plain in ABSENT:
        return NoSuchQuestionError(
            f"a {kind} has no {name!r}: no {ABSENT[plain]} here",
            step="docs/reference/calls.md has every question with those of other packages beside it",
        )
    own = [each for each in dir(owner) if not each.startswith("_")]
    near = unknown("name", plain if plain in own else name, own)
    if plain in own:
        return NoSuchQuestionError(f"a {kind} has no {name!r}", step=f"ask {plain}")
    return NoSuchQuestionError(f"a {kind} has no {name!r}", available=near.available, step=near.step)
