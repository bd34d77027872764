"""Several files become one project: waves by year, answers by their labels, breaks where they are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from thuis.errors import ThuisError
from thuis.project import Project, load_project
from thuis.read import read_waves
from thuis.starter import start

N = 360
AGREE = ["Helemaal mee eens", "Mee eens", "Mee oneens", "Helemaal mee oneens"]
TITLES = {
    "geslacht": "Bent u een man of een vrouw?",
    "herkomst": "Herkomst",
    "thuis": "Ik voel mij thuis in deze stad",
    "cijfer": "Welk rapportcijfer geeft u uw buurt?",
    "weging": "Weegfactor",
}


def wave(
    path: Path,
    agree: Sequence[str] = AGREE,
    titles: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    *,
    labelled: bool = True,
) -> Path:
    """A file in which person i gives the same answers in words, whatever the codes are."""
    said = [AGREE[i % 4] if AGREE[i % 4] in agree else agree[0] for i in range(N)]
    frame = pd.DataFrame(
        {
            "geslacht": [1.0 + i % 2 for i in range(N)],
            "herkomst": [1.0 + i // 2 % 3 for i in range(N)],
            "thuis": [float(agree.index(each) + 1) for each in said],
            "cijfer": [float(3 + i % 8) for i in range(N)],
            "weging": [0.5 + i % 3 / 2 for i in range(N)],
        }
    )
    labels: dict[str, dict[float, str]] = {
        "geslacht": {1.0: "Man", 2.0: "Vrouw"},
        "herkomst": {1.0: "Turkije", 2.0: "Nederland", 3.0: "Suriname"},
        "thuis": {float(n): each for n, each in enumerate(agree, 1)},
    }
    frame = frame.rename(columns=dict(names or {}))
    labels = {(names or {}).get(old, old): each for old, each in labels.items()}
    named = {(names or {}).get(old, old): {**TITLES, **(titles or {})}[old] for old in TITLES}
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=[named[each] for each in frame.columns],
        variable_value_labels=labels if labelled else {},
    )
    return path


def made(folder: Path, *files: Path) -> tuple[Project, tuple[str, ...]]:
    started = start(folder / "m", *files)
    return load_project(folder / "m"), started.remarks


def share(project: Project, year: str) -> float:
    frame = read_waves(project).frame
    of = frame.filter((frame["wave"] == year) & frame["thuis"].is_not_null())
    return float(of["thuis"].is_in(["helemaal-mee-eens", "mee-eens"]).sum()) / of.height


def test_waves_stand_in_order_of_time_and_codes_are_read_by_their_labels(tmp_path: Path) -> None:
    old = wave(tmp_path / "omnibus_2019.sav", list(reversed(AGREE)))
    new = wave(tmp_path / "omnibus_2024.sav")
    project, remarks = made(tmp_path, new, old)
    assert [each.id for each in project.waves] == ["2019", "2024"]
    assert [each.file for each in project.waves] == ["data/omnibus_2019.sav", "data/omnibus_2024.sav"]
    assert share(project, "2019") == share(project, "2024") == 0.5
    assert any("read by their labels" in each for each in remarks)
    assert project.indicator("thuis").breaks == ()
    assert project.indicator("cijfer").kind == "mean"
    assert project.breakdowns["herkomst"].reference == "nederland"


def test_other_words_and_other_answers_are_breaks(tmp_path: Path) -> None:
    words = {"thuis": "Ik voel mij thuis in deze wijk", "cijfer": "v4. Welk RAPPORTCIJFER geeft u uw buurt"}
    old = wave(tmp_path / "omnibus_2019.sav", [*AGREE, "Geen van beide"], titles=words)
    project, remarks = made(tmp_path, old, wave(tmp_path / "omnibus_2024.sav"))
    breaks = project.indicator("thuis").breaks
    assert [(each.wave, each.kind) for each in breaks] == [("2024", "wording")]
    assert project.indicator("cijfer").breaks == ()
    assert project.indicator("thuis").question["2019"].nl == words["thuis"]
    assert [each.kind for each in project.indicator("cijfer").comparable] == ["wording"]
    assert any("put in other words" in each for each in remarks)


def test_an_answer_that_a_wave_did_not_offer_is_a_break(tmp_path: Path) -> None:
    old = wave(tmp_path / "omnibus_2019.sav", ["Helemaal mee eens", "Mee eens", "Helemaal mee oneens"])
    project, _ = made(tmp_path, old, wave(tmp_path / "omnibus_2024.sav"))
    (found,) = project.indicator("thuis").breaks
    assert (found.wave, found.kind) == ("2024", "class")
    assert "Mee oneens" in found.text["nl"]


def test_an_answer_that_a_breakdown_did_not_have_touches_its_groups_alone(tmp_path: Path) -> None:
    old, new = wave(tmp_path / "omnibus_2019.sav"), wave(tmp_path / "omnibus_2024.sav")
    frame, about = pyreadstat.read_sav(str(new))
    frame.loc[:60, "herkomst"] = 4.0
    labels = about.variable_value_labels
    labels["herkomst"][4.0] = "Marokko"
    pyreadstat.write_sav(frame, str(new), column_labels=about.column_labels, variable_value_labels=labels)
    project, _ = made(tmp_path, old, new)
    (found,) = project.indicator("thuis").breaks
    assert (found.wave, found.kind) == ("2024", "class")
    assert found.text["nl"] == "Herkomst. De antwoorden waren anders (nieuw: Marokko)."
    assert set(found.only["herkomst"]) == {"turkije", "nederland", "suriname", "marokko"}
    assert [each.id for each in project.breakdowns["herkomst"].categories][-1] == "marokko"


def test_a_column_under_another_name_is_found_by_its_title_and_said(tmp_path: Path) -> None:
    old = wave(tmp_path / "omnibus_2019.sav", names={"thuis": "q17_3", "cijfer": "CIJFER"})
    project, remarks = made(tmp_path, old, wave(tmp_path / "omnibus_2024.sav"))
    source = project.waves[0].variables["thuis"]
    assert source
    assert source.from_ == "q17_3"
    assert sum("is taken to be" in each for each in remarks) == 2


def test_a_question_that_was_not_put_has_no_figure_there(tmp_path: Path) -> None:
    old = wave(tmp_path / "omnibus_2019.sav", titles={"thuis": "Iets anders"}, names={"thuis": "q9"})
    project, remarks = made(tmp_path, old, wave(tmp_path / "omnibus_2024.sav"))
    assert "thuis" not in project.waves[0].variables
    assert any("'thuis' is not in omnibus_2019.sav" in each for each in remarks)


def test_codes_without_labels_mean_what_they_meant_and_that_is_said(tmp_path: Path) -> None:
    old = wave(tmp_path / "omnibus_2019.sav", labelled=False)
    project, remarks = made(tmp_path, old, wave(tmp_path / "omnibus_2024.sav"))
    assert share(project, "2019") == 0.5
    assert any("no labels" in each for each in remarks)


def test_answers_in_words_are_those_of_a_file_with_labels(tmp_path: Path) -> None:
    rows = [f"{'Man' if i % 2 else 'Vrouw'},{AGREE[i % 4].upper()}" for i in range(N)]
    (tmp_path / "omnibus_2019.csv").write_text("\n".join(["geslacht,thuis", *rows]), "utf-8")
    project, _ = made(tmp_path, tmp_path / "omnibus_2019.csv", wave(tmp_path / "omnibus_2024.sav"))
    assert share(project, "2019") == 0.5
    assert [each.kind for each in project.indicator("thuis").breaks] == []


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("a/omnibus_2019.sav", "b/omnibus_2019.sav"), "two survey files are called"),
        (("omnibus_2019_a.sav", "omnibus_2019_b.sav"), "both of wave '2019'"),
    ],
)
def test_two_files_of_one_wave_are_refused(tmp_path: Path, names: tuple[str, str], what: str) -> None:
    for each in names:
        (tmp_path / each).parent.mkdir(exist_ok=True)
        wave(tmp_path / each)
    with pytest.raises(ThuisError, match=what):
        made(tmp_path, *(tmp_path / each for each in names))
    assert not (tmp_path / "m").exists()


def test_a_file_with_waves_within_stands_alone(tmp_path: Path) -> None:
    rows = [f"{1 + i % 2},{1 + i % 3},{2019 + i % 2}" for i in range(N)]
    (tmp_path / "years_2019.csv").write_text("\n".join(["geslacht,thuis,jaar", *rows]), "utf-8")
    with pytest.raises(ThuisError, match="waves apart within the file"):
        made(tmp_path, tmp_path / "years_2019.csv", wave(tmp_path / "omnibus_2024.sav"))
    assert not (tmp_path / "m").exists()


def test_so_does_the_file_of_the_last_year(tmp_path: Path) -> None:
    rows = [f"{1 + i % 2},{1 + i % 3},{2023 + i % 2}" for i in range(N)]
    (tmp_path / "years_2025.csv").write_text("\n".join(["geslacht,thuis,jaar", *rows]), "utf-8")
    with pytest.raises(ThuisError, match="'jaar' tells 2 waves apart within the file"):
        made(tmp_path, tmp_path / "years_2025.csv", wave(tmp_path / "omnibus_2021.sav"))
    assert not (tmp_path / "m").exists()


def test_one_name_for_several_files_is_refused(tmp_path: Path) -> None:
    files = [wave(tmp_path / f"omnibus_{year}.sav") for year in (2019, 2024)]
    with pytest.raises(ThuisError, match="a name for one wave"):
        start(tmp_path / "m", *files, wave="2024")


def test_groups_that_will_be_withheld_are_told_and_origin_comes_first(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "geslacht": [3.0 if i < 9 else 1.0 + i % 2 for i in range(N)],
            "herkomst": [1.0 + i // 2 % 2 for i in range(N)],
            "thuis": [1.0 + i % 2 for i in range(N)],
        }
    )
    labels = {
        "geslacht": {1.0: "Man", 2.0: "Vrouw", 3.0: "Anders"},
        "herkomst": {1.0: "Turkije", 2.0: "Nederland"},
    }
    pyreadstat.write_sav(frame, str(tmp_path / "a_2020.sav"), variable_value_labels=labels)
    project, remarks = made(tmp_path, tmp_path / "a_2020.sav")
    assert list(project.indicator("thuis").breakdowns) == ["total", "herkomst", "geslacht"]
    (told,) = [each for each in remarks if each.startswith("groups:")]
    assert "'Anders' (9) of 'geslacht'" in told


def test_totals_are_left_out_of_every_file_and_a_made_weight_holds_in_each(tmp_path: Path) -> None:
    for year in (2019, 2024):
        rows = [
            f"{'Totaal' if i % 9 == 0 else 'MV'[i % 2]},{'ja' if i % 3 else 'nee'},2,{1 + i % 4}"
            for i in range(N)
        ]
        (tmp_path / f"buurt_{year}.csv").write_text("\n".join(["geslacht,thuis,a,b", *rows]), "utf-8")
    files = [tmp_path / f"buurt_{year}.csv" for year in (2019, 2024)]
    design = {"without": "geslacht=Totaal", "weight": "a * b"}
    start(tmp_path / "m", *files, design=design, by=["geslacht"], indicators=["thuis"])
    project = load_project(tmp_path / "m")
    frame = read_waves(project).frame
    assert frame["wave"].value_counts()["count"].to_list() == [N - N // 9, N - N // 9]
    assert [each.design.weight for each in project.waves] == ["a * b", "a * b"]
    assert set(frame["_weight"]) == {2.0, 4.0, 6.0, 8.0}
