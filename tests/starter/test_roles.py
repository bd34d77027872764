"""What `thuis init` takes columns for: by name, label and values, with its evidence."""

from __future__ import annotations

import random
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pyreadstat
import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.formats import Column
from thuis.starter import start
from thuis.starter.roles import Role, candidates


def file(folder: Path, columns: dict[str, list[float]], labels: dict[str, str] | None = None) -> Path:
    """600 people with sex and trust, and these columns."""
    frame = pl.DataFrame(
        {"geslacht": [1.0 + i % 2 for i in range(600)], "trust": [1.0 + i % 3 for i in range(600)], **columns}
    )
    path = folder / "a.sav"
    names = [(labels or {}).get(each, "") for each in frame.columns]
    pyreadstat.write_sav(frame.to_pandas(), str(path), column_labels=names)
    return path


def spread(seed: int = 1) -> list[float]:
    chance = random.Random(seed)
    return [round(chance.uniform(0.3, 3), 4) for _ in range(600)]


def guessed(
    folder: Path, columns: dict[str, list[float]], labels: dict[str, str] | None = None
) -> dict[str, str | None]:
    started = start(folder / "m", file(folder, columns, labels), wave="2020")
    return {each.role: each.column for each in started.evidence}


AREA = [float(i // 12) for i in range(600)]
SCALE = [1.0 + i % 6 for i in range(600)]


def test_an_attitude_is_no_psu(tmp_path: Path) -> None:
    labels = {"ipsuces": "Important to be very successful and that people recognise achievements"}
    found = guessed(
        tmp_path, {"ipsuces": SCALE, "psu": AREA, "anweight": spread(), "dweight": [1.0] * 600}, labels
    )
    assert found == {"weight": "anweight", "strata": None, "psu": "psu"}


def test_without_a_psu_none_is_guessed(tmp_path: Path) -> None:
    assert guessed(tmp_path, {"ipsuces": SCALE, "psum": SCALE, "capsule": SCALE})["psu"] is None


@pytest.mark.parametrize(
    "name",
    [
        "newwght",
        "wtssps",
        "pspwght",
        "anweight",
        "weegfactor",
        "gewicht",
        "FINALWT",
        "w1_weight",
        "weight_post",
    ],
)
def test_names_of_weights(tmp_path: Path, name: str) -> None:
    assert guessed(tmp_path, {name: spread()})["weight"] == name


def test_a_constant_weight_gives_way(tmp_path: Path) -> None:
    started = start(
        tmp_path / "m", file(tmp_path, {"dweight": [1.0] * 600, "pspwght": spread()}), wave="2020"
    )
    weight = next(each for each in started.evidence if each.role == "weight")
    assert weight.column == "pspwght"
    assert weight.others == ("dweight (1 for everybody)",)


def test_how_much_somebody_weighs_is_no_weight(tmp_path: Path) -> None:
    labels = {"weight": "Respondent's weight in kg"}
    assert guessed(tmp_path, {"weight": [60.0 + i % 30 for i in range(600)]}, labels)["weight"] is None


def test_roles_known_by_their_label_alone(tmp_path: Path) -> None:
    labels = {"v3": "Sampling stratum (region x urbanisation)", "v4": "Primary sampling unit", "v5": "Weging"}
    columns = {"v3": [float(i // 150) for i in range(600)], "v4": AREA, "v5": spread()}
    assert guessed(tmp_path, columns, labels) == {"weight": "v5", "strata": "v3", "psu": "v4"}


@pytest.mark.parametrize("name", ["psu", "vpsu", "sdmvpsu", "cluster", "ppoint", "ClusterID", "ea_id"])
def test_names_of_psus(tmp_path: Path, name: str) -> None:
    assert guessed(tmp_path, {name: AREA})["psu"] == name


@pytest.mark.parametrize("name", ["ipsuces", "capsule", "psychol", "pointless", "clusterfear", "tipsum"])
def test_names_that_are_no_psu(name: str) -> None:
    assert candidates({name: Column(name)}, "psu") == []


def test_replicate_weights_are_not_the_weight() -> None:
    columns = {f"PWGTP{i or ''}": Column(f"PWGTP{i or ''}") for i in range(81)}
    assert candidates(columns, "weight") == ["PWGTP"]


def test_two_psus_need_strata(tmp_path: Path) -> None:
    two = [1.0 + i % 2 for i in range(600)]
    assert guessed(tmp_path, {"vpsu": two})["psu"] is None
    (tmp_path / "b").mkdir()
    found = guessed(tmp_path / "b", {"vpsu": two, "vstrat": [float(i // 20) for i in range(600)]})
    assert (found["psu"], found["strata"]) == ("vpsu", "vstrat")


def test_the_terminal_says_what_was_guessed(tmp_path: Path) -> None:
    path = file(tmp_path, {"psu": AREA, "vpsu": [1.0 + i % 2 for i in range(600)]})
    result = CliRunner().invoke(thuis, ["init", str(tmp_path / "m"), "--from", str(path), "--wave", "2020"])
    assert result.exit_code == 0, result.output
    assert "psu: 'psu', guessed from its name; 50 values, 12 to 12 rows each" in result.output
    assert "also possible: vpsu (2 values" in result.output
    assert "weight: none" in result.output


def test_a_file_of_thirty_thousand_columns(tmp_path: Path) -> None:
    names = [f"v{i}" for i in range(30_000)]
    lines = [",".join(["geslacht", *names])] + [
        ",".join([str(1 + r % 2), *(str(1 + r % 3),) * 30_000]) for r in range(30)
    ]
    (tmp_path / "wide.csv").write_text("\n".join(lines) + "\n", "utf-8")
    started = start(tmp_path / "m", tmp_path / "wide.csv", wave="2020")
    assert len(started.files) == 10


def test_what_is_answered_is_taken(tmp_path: Path) -> None:
    path = file(tmp_path, {"psu": AREA, "anweight": spread()})
    asked: dict[str, str | None] = {}

    def ask(role: Role) -> str | None:
        asked[role.role] = role.column
        return None if role.role == "psu" else role.column

    start(tmp_path / "m", path, wave="2020", ask=ask)
    assert asked == {"weight": "anweight", "strata": None, "psu": "psu"}
    text = (tmp_path / "m" / "waves" / "2020.yaml").read_text("utf-8")
    assert 'weight: "anweight"\n' in text
    assert "psu: null" in text


def test_a_terminal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, {"psu": AREA, "anweight": spread()})
    monkeypatch.setattr("thuis.cli.init.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    given = ["init", str(tmp_path / "m"), "--from", str(path), "--wave", "2020"]
    result = CliRunner().invoke(thuis, given, input="\n\n-\n")
    assert result.exit_code == 0, result.output
    assert "column for the weight, or - for none [anweight]" in result.output
    text = (tmp_path / "m" / "waves" / "2020.yaml").read_text("utf-8")
    assert 'weight: "anweight"\n' in text
    assert "strata: null" in text
    assert "psu: null" in text
    again = CliRunner().invoke(thuis, [*given[:1], str(tmp_path / "n"), *given[2:], "--yes"], input="")
    assert again.exit_code == 0
    assert "column for" not in again.output
