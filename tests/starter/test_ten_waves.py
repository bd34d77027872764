"""The tutorial on ten waves of the General Social Survey, followed to the letter."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from support.small import SETTINGS, SEX
from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.monitor.explain import explain
from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.read import read_waves
from thuis.survey import Sample

YEARS = ("1977", "1985", "1990", "1996", "2000", "2006", "2012", "2018", "2021", "2022")
WORDING = '  "{}": {{nl: Het is beter …, en: It is much better …, asked: en}}\n'


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "tutorial" / "ten-waves.md").read_text("utf-8")


def blocks(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)


@pytest.fixture(scope="module")
def monitor(page: str, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = shared / "survey" / "gss_1972_2024_design.parquet"
    if not source.exists():
        pytest.skip("the cumulative file of the GSS is not beside this checkout")
    folder = tmp_path_factory.mktemp("gss")
    wave, web, mixed, indicator = blocks(page)
    for name in ("waves", "indicators", "breakdowns", "data"):
        (folder / name).mkdir()
    shutil.copy(source, folder / "data" / "gss.parquet")
    listed = ", ".join(f'"{each}"' for each in YEARS)
    settings = SETTINGS.format(waves=listed, more="").replace("{id: t,", "{id: roles,")
    (folder / "thuis.yaml").write_text(settings, "utf-8")
    (folder / "breakdowns" / "sex.yaml").write_text(SEX, "utf-8")
    for year in YEARS:
        text = wave.replace("1977", year)
        changed = {"2021": web, "2022": mixed}.get(year)
        if changed:
            text = re.sub("^mode:.*\n", "", text, flags=re.MULTILINE).replace("wtssall", "wtssps") + changed
        (folder / "waves" / f"{year}.yaml").write_text(text, "utf-8")
    asked = "question:\n" + "".join(WORDING.format(each) for each in YEARS)
    (folder / "indicators" / "woman-at-home.yaml").write_text(indicator + asked, "utf-8")
    return folder


def test_the_numbers_it_tells(monitor: Path, page: str) -> None:
    build(monitor)
    told = json.loads((monitor / "public/data/figures/woman-at-home/total.json").read_text("utf-8"))
    cells = {each["wave"]: each for each in told["cells"]}
    said = re.search(r"fell from ([\d.]+) % in 1977 to ([\d.]+) % in 2018", page)
    assert said
    assert said.groups() == (f"{cells['1977']['estimate']:g}", f"{cells['2018']['estimate']:g}")
    assert told["base"]["en"] == "people aged 18 to 64"
    changes = {(each["wave"], each["other_wave"]): each for each in told["comparisons"]}
    assert changes["2018", "2012"]["across_break"] is False
    assert changes["2021", "2018"]["across_break"] is True
    assert changes["2022", "2021"]["across_break"] is True
    facts = json.loads((monitor / "public/data/indicators/woman-at-home.json").read_text("utf-8"))["facts"]
    assert all("2021" not in each["en"] or "than in 2021" not in each["en"] for each in facts)
    text = explain(monitor, "woman-at-home/total", wave="2018").text()
    assert "equal to what is published" in text
    assert "people aged 18 to 64 (age < 65)" in text


def test_a_wave_is_that_of_the_file(monitor: Path) -> None:
    """The base is a domain of the whole design, as ``subset`` of R's survey package makes it."""
    rows = pl.read_parquet(monitor / "data" / "gss.parquet").filter(pl.col("year") == 1996)
    inside = (pl.col("age") < 65).fill_null(value=False)
    rows = rows.with_columns(pl.when(inside).then((pl.col("fefam") <= 2).cast(pl.Float64)).alias("y"))
    sample = Sample.from_frame(rows, weight="wtssall", strata="vstrat", psu="vpsu", nest=True)
    right = sample.mean("y").frame.row(0, named=True)
    told = json.loads((monitor / "public/data/figures/woman-at-home/total.json").read_text("utf-8"))
    cell = next(each for each in told["cells"] if each["wave"] == "1996")
    # The weights of 1996 are numbers of adults, which a neighbour knows: the error is told in steps.
    assert 1.2 < 100 * right["se"] <= 1.5 == cell["se"]
    assert cell["estimate"] == round(100 * right["estimate"], 1)


def test_what_one_forgets_is_said(monitor: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(monitor, tmp_path / "m", ignore=shutil.ignore_patterns("public", ".thuis"))
    path = folder / "waves" / "2021.yaml"
    right = path.read_text("utf-8")
    path.write_text(right.replace("wtssps", "wtssall"), "utf-8")
    with pytest.raises(ThuisError, match="'wtssall' is missing in 4032 rows"):
        read_waves(load_project(folder))
    path.write_text(right[: right.index("breaks:")], "utf-8")
    result = CliRunner().invoke(thuis, ["check", str(folder)])
    assert result.exit_code == 2
    assert "mode" in result.output
