"""A preview keeps the numbers of a wave of which nothing changed, and of no other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from thuis.monitor.estimate import figures
from thuis.monitor.pipeline import Turn, build
from thuis.protect import profiles
from thuis.protect.coded import Cells


def again(path: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of the first place where a text stands."""

    def change(project: Path) -> None:
        text = (project / path).read_text("utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


CHANGES = {
    "an answer in the second wave": (
        again("data/example.csv", "north,man,abroad,yes", "north,man,abroad,no"),
        1,
    ),
    "an answer in the first wave": (again("data/2015.csv", "west,man,here,yes", "west,man,here,no"), 1),
    "a weight in the first wave": (again("data/2015.csv", "1.731", "1.9"), 1),
    "a respondent less": (again("data/2015.csv", "south,woman,abroad,yes,1.401\n", ""), 1),
    "what an answer becomes": (
        again("waves/2015.yaml", '{"abroad": abroad, "here": here}', '{"abroad": here, "here": abroad}'),
        2,
    ),
    "who is in a category": (
        again("breakdowns/region.yaml", "{region: [east]}", "{region: [east], sex: [man]}"),
        2,
    ),
    "which answer counts": (again("indicators/trust.yaml", "share: [yes]", "share: [no]"), 2),
    "the least respondents": (again("thuis.yaml", "minimum_n: 50", "minimum_n: 60"), 2),
    "the level of intervals": (again("thuis.yaml", "level: 0.95", "level: 0.9"), 2),
    "a design": (again("waves/2020.yaml", "strata: null", "strata: region"), 2),
}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two waves, built once by this process; its tests change it one after another."""
    from thuis.starter import start

    project = tmp_path_factory.mktemp("two") / "monitor"
    start(project, wave="2020")
    shutil.copyfile(project / "data/example.csv", project / "data/2015.csv")
    wave = (project / "waves/2020.yaml").read_text("utf-8").replace("2020", "2015")
    (project / "waves/2015.yaml").write_text(wave.replace("example.csv", "2015.csv"), "utf-8")
    again("thuis.yaml", 'waves: ["2020"]', 'waves: ["2015", "2020"]')(project)
    again("indicators/trust.yaml", '  "2020":', '  "2015": {nl: "trust", en: "trust"}\n  "2020":')(project)
    build(project, turn=Turn.REST)
    return project


def files(data: Path) -> dict[str, bytes]:
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", CHANGES)
def test_only_waves_that_changed_are_estimated_anew(
    two: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, clusters, seen = figures._tables, profiles.clusters, []
    monkeypatch.setattr(figures, "_tables", lambda *given: (seen.append(given[2]), tables(*given))[1])

    def counted(asked: object, cells: Cells) -> object:
        seen.append(cells.people["wave"][0])
        return clusters(asked, cells)

    monkeypatch.setattr(profiles, "clusters", counted)
    change, waves = CHANGES[name]
    before = files(two / "public" / "data")
    change(two)
    build(two, turn=Turn.PAGES)
    anew = set(seen)
    assert len(anew) == waves, "a wave of which nothing changed was made anew, or one that changed was not"
    build(two, turn=Turn.REST)
    build(two, out=two.parent / "nothing", keep=False, pages=False)
    found, wanted = files(two / "public" / "data"), files(two.parent / "nothing" / "data")
    assert {each for each in found.keys() | wanted.keys() if found.get(each) != wanted.get(each)} == set()
    assert found != before
    shutil.rmtree(two.parent / "nothing")
