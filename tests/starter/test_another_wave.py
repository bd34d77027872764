"""One more wave of a project that is there: all of it or nothing, with breaks where words differ."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from click.testing import CliRunner

from starter.test_several_files import AGREE, share
from starter.test_several_files import wave as first_wave
from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.project import load_project
from thuis.starter import add_wave, start
from thuis.starter.texts import today


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    start(tmp_path / "m", first_wave(tmp_path / "omnibus_2019.sav"))
    return tmp_path / "m"


def texts(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def rewritten(path: Path, change: Mapping[str, Any]) -> Path:
    """A file with other values in some columns, or without them."""
    frame, about = pyreadstat.read_sav(str(path))
    frame = frame.iloc[4:]
    labels = {name: dict(each) for name, each in about.variable_value_labels.items()}
    titles = dict(zip(about.column_names, about.column_labels, strict=True))
    for name, to in change.items():
        if to is None:
            frame = frame.drop(columns=name)
            labels.pop(name, None)
        else:
            frame[name] = to(frame[name])
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=[titles[each] for each in frame.columns],
        variable_value_labels={name: each for name, each in labels.items() if name in frame.columns},
    )
    return path


def wave(path: Path, *given: Any, **more: Any) -> Path:
    """A file of other people than the first, whose answers are as many."""
    return rewritten(first_wave(path, *given, **more), {})


def test_a_wave_is_added_with_its_file_and_nothing_else_changes(folder: Path, tmp_path: Path) -> None:
    before = texts(folder)
    added = add_wave(folder, wave(tmp_path / "omnibus_2024.sav"))
    after = texts(folder)
    project = load_project(folder)
    assert added.wave == "2024"
    assert [each.id for each in project.waves] == ["2019", "2024"]
    assert set(after) - set(before) == {"data/omnibus_2024.sav", "waves/2024.yaml"}
    assert {name for name in before if before[name] != after[name]} == {
        "thuis.yaml",
        "indicators/cijfer.yaml",
        "indicators/thuis.yaml",
    }
    assert share(project, "2019") == share(project, "2024") == 0.5
    assert project.indicator("thuis").breaks == ()
    assert project.indicator("thuis").question["2024"] == project.indicator("thuis").question["2019"]
    assert project.wave("2024").design == project.wave("2019").design


def test_a_wave_after_the_last_release_is_of_a_new_one(folder: Path, tmp_path: Path) -> None:
    settings = folder / "thuis.yaml"
    text = settings.read_text("utf-8")
    day = next(line for line in text.splitlines() if line.startswith("released:"))
    settings.write_text(text.replace(day, "released: 2020-02-01   # the first"), "utf-8")
    added = add_wave(folder, wave(tmp_path / "omnibus_2024.sav"))
    assert f"released: {today()}   # the first" in settings.read_text("utf-8")
    assert any(each.startswith("released:") for each in added.told)
    assert load_project(folder).settings.released == today()


def test_a_wave_before_the_last_release_leaves_it(folder: Path, tmp_path: Path) -> None:
    before = load_project(folder).settings.released
    added = add_wave(folder, wave(tmp_path / "omnibus_2024.sav"))
    assert load_project(folder).settings.released == before
    assert not any(each.startswith("released:") for each in added.told)


def test_what_a_person_wrote_stays(folder: Path, tmp_path: Path) -> None:
    path = folder / "indicators" / "thuis.yaml"
    own = path.read_text("utf-8").replace(
        "polarity: neutral", "polarity: higher-is-better   # own words\n\n# more"
    )
    path.write_text(own, "utf-8")
    add_wave(folder, wave(tmp_path / "omnibus_2024.sav"))
    lines = path.read_text("utf-8").splitlines()
    assert [each for each in lines if "2024" not in each] == own.splitlines()


@pytest.mark.parametrize("turned", [list(reversed(AGREE)), [AGREE[2], AGREE[0], AGREE[3], AGREE[1]]])
def test_turned_scales_and_other_codes_are_read_by_their_labels(
    folder: Path, tmp_path: Path, turned: list[str]
) -> None:
    added = add_wave(folder, wave(tmp_path / "omnibus_2024.sav", turned))
    project = load_project(folder)
    assert share(project, "2024") == 0.5
    assert project.indicator("thuis").breaks == ()
    assert any("read by their labels" in each for each in added.told)


def test_other_words_are_a_break_and_marks_are_not(folder: Path, tmp_path: Path) -> None:
    words = {"thuis": "Ik voel mij thuis in deze wijk", "cijfer": "v4. Welk RAPPORTCIJFER geeft u uw buurt"}
    added = add_wave(folder, wave(tmp_path / "omnibus_2024.sav", titles=words))
    project = load_project(folder)
    assert [(each.wave, each.kind) for each in project.indicator("thuis").breaks] == [("2024", "wording")]
    assert project.indicator("thuis").question["2024"].nl == words["thuis"]
    assert project.indicator("cijfer").breaks == ()
    assert [(each.wave, each.kind) for each in project.indicator("cijfer").comparable] == [
        ("2024", "wording")
    ]
    assert any("break: wording of 'thuis'" in each for each in added.told)


def test_an_older_wave_goes_before_and_the_break_is_at_the_later_one(folder: Path, tmp_path: Path) -> None:
    add_wave(
        folder,
        wave(
            tmp_path / "omnibus_2015.sav", [*AGREE, "Geen van beide"], {"thuis": "Iets heel anders dan thuis"}
        ),
    )
    project = load_project(folder)
    assert [each.id for each in project.waves] == ["2015", "2019"]
    assert [(each.wave, each.kind) for each in project.indicator("thuis").breaks] == [("2019", "wording")]


def test_a_wave_in_between_takes_its_questions_from_the_one_before(folder: Path, tmp_path: Path) -> None:
    add_wave(folder, wave(tmp_path / "omnibus_2024.sav"))
    add_wave(folder, rewritten(wave(tmp_path / "omnibus_2021.sav"), {}))
    assert [each.id for each in load_project(folder).waves] == ["2019", "2021", "2024"]


def test_a_new_answer_of_a_breakdown_is_a_category_and_a_break_of_its_groups(
    folder: Path, tmp_path: Path
) -> None:
    new = wave(tmp_path / "omnibus_2024.sav")
    frame, about = pyreadstat.read_sav(str(new))
    frame.loc[:60, "herkomst"] = 4.0
    labels = about.variable_value_labels
    labels["herkomst"][4.0] = "Marokko"
    pyreadstat.write_sav(frame, str(new), column_labels=about.column_labels, variable_value_labels=labels)
    added = add_wave(folder, new)
    project = load_project(folder)
    assert [each.id for each in project.breakdowns["herkomst"].categories][-1] == "marokko"
    (found,) = project.indicator("thuis").breaks
    assert (found.wave, found.kind, list(found.only)) == ("2024", "class", ["herkomst"])
    assert any("'Marokko', which no wave before had" in each for each in added.told)


def test_a_missing_column_was_not_asked_and_is_said(folder: Path, tmp_path: Path) -> None:
    added = add_wave(folder, rewritten(wave(tmp_path / "omnibus_2024.sav"), {"cijfer": None}))
    project = load_project(folder)
    assert project.asked("cijfer") == ("2019",)
    assert "2024" not in project.indicator("cijfer").question
    assert any(each.startswith("not asked: 'cijfer'") for each in added.told)


def test_another_name_is_found_by_its_title_or_named(folder: Path, tmp_path: Path) -> None:
    new = wave(tmp_path / "omnibus_2024.sav", names={"thuis": "q17_3"}, titles={"cijfer": "Cijfer"})
    added = add_wave(folder, new)
    source = load_project(folder).wave("2024").variables["thuis"]
    assert source is not None
    assert source.from_ == "q17_3"
    assert any("'thuis' is 'q17_3'" in each for each in added.told)


def test_another_name_of_the_weight_is_seen_or_asked_for(folder: Path, tmp_path: Path) -> None:
    added = add_wave(folder, wave(tmp_path / "omnibus_2024.sav", names={"weging": "gewicht"}))
    assert load_project(folder).wave("2024").design.weight == "gewicht"
    assert any("weight: 'gewicht', guessed from" in each for each in added.told)
    odd = wave(tmp_path / "omnibus_2022.sav", names={"weging": "zzz"}, titles={"weging": "zzz"})
    before = texts(folder)
    with pytest.raises(ThuisError, match="no weight is seen in omnibus_2022"):
        add_wave(folder, odd)
    assert texts(folder) == before
    add_wave(folder, odd, said={"weight": "zzz"})
    assert load_project(folder).wave("2022").design.weight == "zzz"


@pytest.mark.parametrize(
    ("name", "said", "what"),
    [
        ("omnibus_2019.sav", {}, "is the file of wave '2019'"),
        ("again_2024.sav", {}, "is the file of wave '2019'"),
        ("omnibus.sav", {}, "tells the year"),
        ("other_2019.sav", {}, "wave '2019' is there already"),
        ("new_2024.sav", {"weight": "nothing"}, "column 'nothing'"),
        ("new_2024.sav", {"days": "spring"}, "are no days of fieldwork"),
        ("new_2024.sav", {"wave": "a/b"}, "cannot be the id of a wave"),
        ("gone_2024.sav", {}, "there is no such file"),
    ],
)
def test_nothing_is_written_when_something_is_wrong(
    folder: Path, tmp_path: Path, name: str, said: dict[str, str | None], what: str
) -> None:
    path = tmp_path / name
    if name in ("again_2024.sav", "omnibus_2019.sav"):
        path.write_bytes((folder / "data" / "omnibus_2019.sav").read_bytes())
    elif name != "gone_2024.sav":
        wave(path, list(reversed(AGREE)))
    before = texts(folder)
    with pytest.raises(ThuisError, match=what):
        add_wave(folder, path, said=said)
    assert texts(folder) == before
    assert not list(folder.glob(".thuis-wave-*"))


def test_a_value_that_cannot_be_read_leaves_the_project_as_it_was(folder: Path, tmp_path: Path) -> None:
    before = texts(folder)
    odd = rewritten(wave(tmp_path / "omnibus_2024.sav"), {"cijfer": lambda each: each * 100})
    with pytest.raises(ThuisError):
        add_wave(folder, odd)
    assert texts(folder) == before


def test_a_disk_that_fails_halfway_leaves_the_project_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(folder)
    real, count = Path.replace, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError(28, "No space left on device")
        return real(self, target)

    new = wave(tmp_path / "omnibus_2024.sav")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(OSError, match="No space"):
            add_wave(folder, new)
    assert texts(folder) == before


def test_by_command_and_without_a_change(folder: Path, tmp_path: Path) -> None:
    new = wave(tmp_path / "omnibus.sav", titles={"thuis": "Ik voel mij thuis in deze wijk"})
    before = texts(folder)
    dry = CliRunner().invoke(thuis, ["wave", str(folder), str(new), "--year", "2023", "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "would write" in dry.output
    assert texts(folder) == before
    done = CliRunner().invoke(thuis, ["wave", str(folder), str(new), "--year", "2023"])
    assert done.exit_code == 0, done.output
    assert "break: wording of 'thuis': The question was put in other words." in done.output
    assert load_project(folder).waves[-1].id == "2023"
    again = CliRunner().invoke(thuis, ["wave", str(folder), str(new), "--year", "2023"])
    assert again.exit_code == 2
    wrong = CliRunner().invoke(thuis, ["wave", str(folder), str(new), "--as", "thuis"])
    assert wrong.exit_code == 2


def test_an_example_with_two_waves_in_one_file_takes_a_third(root: Path, tmp_path: Path) -> None:
    """Another shape of project: rows told apart within one file, no weight, ids that are months."""
    folder = tmp_path / "vertrouwen"
    shutil.copytree(
        root / "examples" / "vertrouwen", folder, ignore=shutil.ignore_patterns("public", ".thuis")
    )
    project = load_project(folder)
    import polars as pl

    frame = pl.read_parquet(folder / "data" / "vu_panel_2021.parquet")
    new = tmp_path / "vu_panel_2023.parquet"
    frame.sample(fraction=1.0, seed=3).head(1500).write_parquet(new)
    add_wave(folder, new, year=2023)
    after = load_project(folder)
    assert [each.id for each in after.waves] == [*(each.id for each in project.waves), "2023"]
    assert after.wave("2023").variables.keys() == project.waves[-1].variables.keys()
