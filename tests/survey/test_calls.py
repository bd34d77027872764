"""Every call of docs/reference/calls.md, as it is printed there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.survey import PPS, Mean, Replicates, Sample, Total, combined, fay_herriot, plausible

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "calls.md"


def calls() -> list[tuple[str, str]]:
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [each.strip() for each in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 6 and cells[-1].startswith("`"):
            found.append((cells[0], cells[-1].strip("`").replace("\\|", "|")))
    return found


@cache
def names() -> dict[str, Any]:
    rng = np.random.default_rng(4)
    n = 480
    unit = np.repeat(np.arange(48), 10)
    rows = pl.DataFrame(
        {
            "h": unit // 4,
            "psu": unit,
            "place": unit % 4,
            "w": rng.uniform(10, 30, n),
            "N": np.full(n, 40),
            "p": rng.uniform(0.03, 0.1, n),
            "age": rng.integers(18, 90, n),
            "sex": rng.choice(["m", "f"], n),
            "edu": rng.choice(["low", "mid", "high"], n),
            "region": rng.integers(1, 5, n),
            "poor": rng.integers(0, 2, n),
            "children": rng.integers(0, 4, n),
            "time": rng.integers(1, 20, n),
            "died": rng.integers(0, 2, n),
            **{f"PV{i}": rng.normal(500, 100, n) for i in (1, 2, 3)},
        }
    ).with_columns(income=pl.Series(np.round(rng.lognormal(3, 0.5, n), 1)))
    rows = rows.with_columns(
        (pl.col("w") * pl.Series(rng.uniform(0.8, 1.2, n))).alias(f"r{i}") for i in range(1, 21)
    )
    sample = Sample.from_frame(rows, weight="w", strata="h", psu="psu")
    even = Sample.from_frame(rows.with_columns(w=pl.lit(20.0)), weight="w", strata="h", psu="psu")
    return {
        "rows": rows,
        "sample": sample,
        "households": even,
        "pl": pl,
        "np": np,
        "Sample": Sample,
        "Replicates": Replicates,
        "PPS": PPS,
        "Mean": Mean,
        "Total": Total,
        "combined": combined,
        "plausible": plausible,
        "fay_herriot": fay_herriot,
    }


def test_the_page_has_calls() -> None:
    assert len(calls()) > 60


@pytest.mark.parametrize(("what", "call"), calls(), ids=[what for what, _ in calls()])
def test_call(what: str, call: str) -> None:
    found = eval(call, dict(names()))
    frame = getattr(found, "frame", None)
    if frame is not None:
        known = frame.drop_nulls("se")
        assert known.height and np.isfinite(known["estimate"].to_numpy()).all()
        assert (known["se"] >= 0).all()
    if isinstance(found, Sample):
        assert np.isfinite(found.mean("income").frame["se"].item())


_NAMES = """
as.svrepdesign as.svydesign2 bootweights brrweights cal_names cal.linear cal.logit cal.raking cal.sinh
calibrate compressWeights cv deff degf dotchart estWeights grake hadamard HR is.hadamard jk1weights
jknweights joinCells make.calfun make.formula make.panel.svysmooth marginpred mrbweights neighbours
nonresponse oldsvyquantile paley pchisqsum pFsum poisson_sampling postStratify ppscov ppsmat psrsq rake
regTermTest SE sparseCells stratsample subbootweights svrepdesign svrVar svyboxplot svyby svybys svycdf
svychisq svyciprop svycontrast svycoplot svycoxph svyCprod svycralpha svydesign svyfactanal svyglm
svygofchisq svyhist svyivreg svykappa svykm svyloglin svylogrank svymean svymle svynls svyolr svyplot
svyprcomp svypredmeans svyqqmath svyqqplot svyquantile svyranktest svyratio svyrecvar svysmooth
svystandardize svysurvreg svytable svytotal svyttest svyvar trimWeights twophase twophase2var
twophasevar unwtd.count withReplicates
"""
R_INDEX = _NAMES.split()


@pytest.mark.parametrize("name", R_INDEX)
def test_every_function_of_r_survey_is_on_the_page(name: str) -> None:
    assert re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.]*\w)", PAGE.read_text(encoding="utf-8"))


def named(word: str) -> bool:
    return bool(
        re.search(rf"`(?:[\w.]*\.)?{re.escape(word)}(?![\w])[^`]*`", PAGE.read_text(encoding="utf-8"))
    )


ROOMS = ("estimation", "categorical", "glm", "weighting", "sampling", "wrangling")
SCREEN = {"PRINT_WIDTH", "set_default_print_width", "set_print_width", "to_polars"}


def test_every_question_of_svy_is_on_the_page() -> None:
    svy = pytest.importorskip("svy")
    sample = svy.Sample(pl.DataFrame({"y": [1.0, 2.0], "w": [1.0, 1.0]}), svy.Design(wgt="w"))
    asked = {
        each
        for room in ROOMS
        for each in dir(getattr(sample, room))
        if not each.startswith("_") and each not in SCREEN
    }
    assert len(asked) > 50
    assert sorted(each for each in asked if not named(each)) == []


_STATA = """
mean proportion ratio total cnsreg etregress glm intreg nl regress tobit truncreg sem gsem stcox streg
stintreg biprobit cloglog hetprobit logistic logit probit scobit ologit oprobit zioprobit hetoprobit clogit
mlogit mprobit slogit etpoisson gnbreg nbreg poisson tnbreg tpoisson zinb zip ivprobit ivregress ivtobit
heckman heckoprobit heckpoisson heckprobit betareg fracreg churdle hetregress irt fmm meglm tabulate brr
bootstrap jackknife sdr
"""
_PROCEDURES = """
CSPLAN CSSELECT CSDESCRIPTIVES CSTABULATE CSGLM CSLOGISTIC CSORDINAL CSCOXREG
SURVEYSELECT SURVEYIMPUTE SURVEYMEANS SURVEYFREQ SURVEYREG SURVEYLOGISTIC SURVEYPHREG
"""


@pytest.mark.parametrize("name", [*_STATA.split(), *_PROCEDURES.split()])
def test_every_command_of_stata_spss_and_sas_is_on_the_page(name: str) -> None:
    assert named(name)
