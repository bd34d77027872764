"""Changes across a break: the arithmetic by hand, and words that never hide the correction."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.findings.trends import Figure, bridge_entry, changes, corrected
from thuis.project import load_project
from thuis.project.bridges import Bridge
from thuis.project.model import Project

TEXT = {"nl": "tekst", "en": "text"}


def bridge(**given: Any) -> Bridge:
    base = {
        "id": "b",
        "title": TEXT,
        "description": TEXT,
        "indicator": "experienced-discrimination",
        "earlier": "2011",
        "later": "2015",
        "correction": -3.0,
        "se": 1.2,
        "source": TEXT,
    }
    return Bridge.model_validate({**base, **given})


def test_an_additive_correction_by_hand() -> None:
    """0.9² + 0.8² + 1.2² = 2.89; df = 2.89² / (0.9⁴/500 + 0.8⁴/400)."""
    estimate, se, df = corrected(Figure(20.0, 0.9, 500), Figure(21.0, 0.8, 400), bridge())
    assert estimate == pytest.approx(4.0)
    assert se == pytest.approx(1.7)
    assert df == pytest.approx(2.89**2 / (0.9**4 / 500 + 0.8**4 / 400))


def test_waves_that_share_respondents_keep_their_tested_variance() -> None:
    estimate, se, _ = corrected(
        Figure(20.0, 0.9, 500), Figure(21.0, 0.8, 400), bridge(se=0.5), Figure(1.0, 1.2, 300)
    )
    assert (estimate, se) == (pytest.approx(4.0), pytest.approx(1.3))


def test_a_ratio_has_the_variance_that_drawing_shows() -> None:
    declared = bridge(kind="ratio", correction=0.8, se=0.05)
    estimate, se, df = corrected(Figure(30.0, 1.0, math.inf), Figure(28.0, 1.5, math.inf), declared)
    assert estimate == pytest.approx(28 / 0.8 - 30)
    random = np.random.default_rng(4)
    draws = random.normal(28, 1.5, 400_000) / random.normal(0.8, 0.05, 400_000) - random.normal(
        30, 1, 400_000
    )
    assert se == pytest.approx(draws.std(), rel=0.03)
    assert df == math.inf
    with pytest.raises(ValueError, match="above 0"):
        bridge(kind="ratio", correction=-1)


@pytest.fixture(scope="module")
def demo(root: Path) -> Project:
    return load_project(root / "examples/nederland")


Frames = tuple[pl.DataFrame, pl.DataFrame]


def release(difference: float, se: float, status: str = "published", breakdown: str = "total") -> Frames:
    cell: list[str] = [] if breakdown == "total" else ["migrant"]
    base = {"indicator": "experienced-discrimination", "breakdown": breakdown, "cell": cell}
    cells = [
        {**base, "wave": "2011", "estimate": 20.0, "se": se / 2**0.5, "df": 900.0, "status": "published"},
        {
            **base,
            "wave": "2015",
            "estimate": 20.0 + difference,
            "se": se / 2**0.5,
            "df": 900.0,
            "status": status,
        },
    ]
    tested = {
        **base,
        "type": "wave",
        "wave": "2015",
        "other_wave": "2011",
        "difference": difference,
        "se": se,
        "df": 1800.0,
        "lower": difference - 2 * se,
        "upper": difference + 2 * se,
        "p": 0.5,
    }
    schema = {"cell": pl.List(pl.String)}
    return pl.DataFrame(cells, schema_overrides=schema), pl.DataFrame([tested], schema_overrides=schema)


@pytest.mark.parametrize(
    ("difference", "en", "nl"),
    [
        (
            3.0,
            "was higher in 2015 than in 2011: a difference of 6.0 percentage points",
            "hoger dan in 2011: een verschil van 6,0 procentpunt",
        ),
        (
            -9.0,
            "was lower in 2015 than in 2011: a difference of 6.0 percentage points",
            "lager dan in 2011: een verschil van 6,0 procentpunt",
        ),
        (
            -2.0,
            "no change was shown between 2011 and 2015 (+1.0 percentage points",
            "geen verandering aangetoond (+1,0 procentpunt",
        ),
    ],
)
def test_words_follow_the_corrected_change_and_name_the_correction(
    demo: Project, difference: float, en: str, nl: str
) -> None:
    entry = bridge_entry(demo, bridge(), *release(difference, 1.0))
    assert ("Higher" in entry["sentence"]["en"]) == ("higher" in en)
    assert ("Lower" in entry["sentence"]["en"]) == ("lower" in en)
    assert en in entry["facts"][0]["en"]
    assert nl in entry["facts"][0]["nl"]
    assert (
        "a correction of −3.0 percentage points was applied first (standard error 1.2)"
        in entry["facts"][0]["en"]
    )
    assert "eerst een correctie van −3,0 procentpunt toegepast (standaardfout 1,2)" in entry["facts"][0]["nl"]
    assert "cannot be compared" in entry["facts"][1]["en"]
    assert "niet te vergelijken" in entry["facts"][1]["nl"]
    assert "weleens" in " ".join(each["nl"] for each in entry["facts"]), "the break itself is told"
    ends = entry["table"]["rows"][0][5:7]
    assert f"{abs(ends[0]):.1f}" in entry["facts"][0]["en"]
    assert f"{abs(ends[1]):.1f}" in entry["facts"][0]["en"]


def test_a_correction_without_certainty_shows_nothing(demo: Project) -> None:
    sure = changes(demo, bridge(se=0), *release(3.0, 1.0))
    unsure = changes(demo, bridge(se=6), *release(3.0, 1.0))
    assert (sure[0].verdict, unsure[0].verdict) == ("higher", "none")
    assert sure[0].bridged == unsure[0].bridged == 6.0


def test_a_withheld_cell_gives_no_change(demo: Project) -> None:
    assert changes(demo, bridge(), *release(3.0, 1.0, status="withheld")) == []
    with pytest.raises(ThuisError, match="no change to correct"):
        bridge_entry(demo, bridge(), *release(3.0, 1.0, status="withheld"))


def test_groups_are_named_by_what_was_shown(demo: Project) -> None:
    entry = bridge_entry(demo, bridge(breakdown="generation"), *release(3.0, 1.0, breakdown="generation"))
    assert entry["sentence"]["nl"].startswith("Migranten ervaren vaker discriminatie in 2015 dan")


def test_a_bridge_needs_a_break(monitor: Callable[[dict[str, Any]], Path]) -> None:
    with pytest.raises(ThuisError) as faults:
        load_project(monitor({"indicator": "paid-work", "earlier": "2015", "later": "2019"}))
    assert "unknown wave '2019'" in str(faults.value)
    with pytest.raises(ThuisError, match="no break between"):
        load_project(monitor({"earlier": "2020", "later": "2020"}))
    with pytest.raises(ThuisError, match="unknown breakdown 'planet'"):
        load_project(monitor({"breakdown": "planet"}))


@pytest.fixture
def monitor(root: Path, tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    """The demo's declarations with one bridge changed; its data are not read."""
    import json
    import shutil

    def make(changed: dict[str, Any]) -> Path:
        folder = tmp_path / f"demo{len(list(tmp_path.iterdir()))}"
        shutil.copytree(
            root / "examples/nederland",
            folder,
            ignore=shutil.ignore_patterns("public", ".thuis", "data", "synthesis", "*.geojson"),
        )
        declared = bridge(**changed).model_dump()
        (folder / "findings.yaml").write_text(json.dumps({"bridges": [declared]}), "utf-8")
        return folder

    return make
