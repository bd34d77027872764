"""The base of an indicator: who is counted at all, from the file to the page."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from support.small import TRUST, VARIABLES, project, rows, table
from thuis.errors import ThuisError
from thuis.monitor.estimate import estimate
from thuis.monitor.explain import explain
from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.protect import structure_of
from thuis.read import read_waves, remarks
from thuis.survey import Sample

BASE = 'base: {when: "age >= 40", text: {nl: mensen van 40 en ouder, en: people of 40 and over}}\n'
AGED = [(*each, 20 + each[0] % 50 if each[0] % 25 else "") for each in rows(600)]
AGE = "age: {from: age, type: number}"


def made(folder: Path, base: str = BASE, more: dict[str, str] | None = None) -> Path:
    return project(
        folder,
        {"a.csv": table(AGED, "id,sex,trust,weight,age")},
        variables=(*VARIABLES, AGE),
        indicators={"trust": TRUST + base, **(more or {})},
    )


def test_only_the_base_is_counted(tmp_path: Path) -> None:
    loaded = load_project(made(tmp_path))
    found = read_waves(loaded)
    cells = estimate(loaded, found).cells.filter(pl.col("breakdown") == "total")
    frame = pl.DataFrame(
        {
            "y": [float(p[2] == 1) for p in AGED],
            "w": [float(p[3]) for p in AGED],
            "in": [p[4] != "" and int(p[4]) >= 40 for p in AGED],
        }
    )
    domain = (
        Sample.from_frame(frame, weight="w").mean("y", by="in").frame.filter(pl.col("in")).row(0, named=True)
    )
    row = cells.row(0, named=True)
    assert row["n"] == frame["in"].sum()
    assert row["estimate"] == pytest.approx(100 * domain["estimate"], abs=1e-9)
    assert row["se"] == pytest.approx(100 * domain["se"], abs=1e-9)
    assert [each for each in remarks(loaded, found) if "trust:" in each] == [
        "note: wave 2026, trust: 228 respondents answered outside its base and are not counted",
        "note: wave 2026, trust: 24 respondents answered, but whether they are in its base is not known; "
        "they are not counted",
    ]


def test_a_small_remainder_is_remarked_on_until_the_breakdown_is_a_base(tmp_path: Path) -> None:
    few = [(*each[:1], "" if each[0] <= 7 else each[1], *each[2:]) for each in rows(600)]
    folder = project(tmp_path, {"a.csv": table(few)})
    loaded = load_project(folder)
    said = [each for each in remarks(loaded, read_waves(loaded)) if "base: true" in each]
    assert len(said) == 1
    assert "breakdowns/sex.yaml" in said[0]
    assert "'sex' (7 in 2026)" in said[0]
    path = folder / "breakdowns" / "sex.yaml"
    path.write_text(path.read_text("utf-8") + "base: true\n", "utf-8")
    loaded = load_project(folder)
    assert not [each for each in remarks(loaded, read_waves(loaded)) if "base: true" in each]


@pytest.mark.parametrize("nobody", [0, 90])
def test_a_remainder_of_nobody_or_of_many_is_no_matter(tmp_path: Path, nobody: int) -> None:
    many = [(*each[:1], "" if each[0] <= nobody else each[1], *each[2:]) for each in rows(600)]
    loaded = load_project(project(tmp_path, {"a.csv": table(many)}))
    assert not [each for each in remarks(loaded, read_waves(loaded)) if "base: true" in each]


def test_the_page_the_data_and_explain_state_it(tmp_path: Path) -> None:
    folder = made(tmp_path)
    build(folder)
    data = folder / "public" / "data"
    for name in ("indicators/trust.json", "figures/trust/sex.json"):
        assert json.loads((data / name).read_text("utf-8"))["base"]["en"] == "people of 40 and over"
    page = (folder / "public" / "en" / "indicator" / "trust" / "index.html").read_text("utf-8")
    assert "Counted among:</b> people of 40 and over" in page
    told = explain(folder, "trust/sex").text()
    assert "Counted among: people of 40 and over (age >= 40)" in told
    assert "equal to what is published" in told
    assert "NOT what is published" not in told


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("agee >= 40", "in wave '2026': "),
        ("sex == 'men'", "has no code 'men'"),
        ("age + 1", "in wave '2026': "),
        ("age > 400", "nobody in wave '2026' is in the base"),
        ("column('nought') == '1'", "unknown column 'nought'"),
    ],
)
def test_a_base_that_cannot_be(tmp_path: Path, when: str, said: str) -> None:
    folder = made(tmp_path, BASE.replace("age >= 40", when))
    with pytest.raises(ThuisError) as error:
        read_waves(load_project(folder))
    assert said in str(error.value)
    assert "indicators/trust.yaml" in str(error.value)


def test_a_column_of_the_file_can_be_the_base(tmp_path: Path) -> None:
    found = read_waves(load_project(made(tmp_path, BASE.replace("age >= 40", "column('sex') == '1'"))))
    assert found.frame.filter(pl.col("trust of trust").is_not_null())["sex"].unique().to_list() == ["man"]


def test_two_bases_on_the_same_answers_would_tell_of_the_people_between(tmp_path: Path) -> None:
    other = TRUST.replace("id: trust", "id: distrust").replace("share: [can]", "share: [cannot]")
    with pytest.raises(ThuisError, match="count the same answers among different people"):
        structure_of(load_project(made(tmp_path / "a", more={"distrust": other})))
    structure_of(load_project(made(tmp_path / "b", more={"distrust": other + BASE})))


def test_who_is_in_no_category_of_a_base_breakdown_has_no_answer_within_the_base_either(
    tmp_path: Path,
) -> None:
    folder = made(tmp_path)
    path = folder / "breakdowns" / "sex.yaml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join([*(each for each in lines if "woman" not in each), "base: true"]) + "\n", "utf-8"
    )
    frame = read_waves(load_project(folder)).frame
    assert frame.height == 600
    for name in ("trust", "trust of trust"):
        assert frame.filter(pl.col(name).is_not_null())["sex"].unique().to_list() in ([], ["man"])
    assert frame["trust of trust"].null_count() < 600
