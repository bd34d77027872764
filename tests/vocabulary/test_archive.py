"""An archive: outcomes remembered by content, trends counted by hand, a picture that tells its numbers."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.vocabulary import archive
from thuis.vocabulary.archive import Job, Record, screen_archive
from thuis.vocabulary.trend import points, spans, who

FILLER = "Het kabinet wil dat iedereen in de wijk kan meedoen en dat het werk er is. "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs = tmp_path / "programmas"
    docs.mkdir()
    (docs / "A_2002.txt").write_text(FILLER * 3 + "De allochtonen en een allochtoon werken.", "utf-8")
    (docs / "B_2002.txt").write_text(FILLER * 3, "utf-8")
    (docs / "A_2012.txt").write_text(FILLER * 3 + "De allochtonen werken.", "utf-8")
    (docs / "garbled_1981.txt").write_text("totzijnrecht telaten komenindewesterse " * 40, "utf-8")
    return docs


def test_trends_are_what_a_hand_counts(folder: Path) -> None:
    records = screen_archive([folder], Job())
    found = {(each.year): each for each in points(records) if each.term == "allochtoon"}
    a, b = 3 * 16 + 6, 3 * 16
    assert {record.name[-10:]: record.words for record in records if not record.why} == {
        "A_2002.txt": a,
        "B_2002.txt": b,
        "A_2012.txt": 3 * 16 + 3,
    }
    assert (found[2002].hits, found[2002].words) == (2, a + b)
    assert found[2002].rate == pytest.approx(100_000 * 2 / (a + b))
    assert found[2012].hits == 1
    assert 1981 not in found
    [span] = [each for each in spans(records) if each.term == "allochtoon"]
    assert (span.first, span.last) == ("2002", "2012")


def test_what_cannot_be_read_is_listed_and_not_counted(folder: Path) -> None:
    lost = [each for each in screen_archive([folder], Job()) if each.why]
    assert [(Path(each.name).name, each.why, each.words) for each in lost] == [
        ("garbled_1981.txt", "garbled", 0)
    ]


def test_a_second_run_reads_nothing_again_and_tells_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "outcomes.sqlite"
    first = screen_archive([folder], Job(), cache)
    monkeypatch.setattr(archive, "extract", lambda file: pytest.fail(f"{file} was read again"))
    assert screen_archive([folder], Job(), cache) == first
    (folder / "B_2002.txt").rename(folder / "C_2002.txt")
    moved = screen_archive([folder], Job(), cache)
    assert {Path(each.name).name for each in moved} >= {"C_2002.txt"}


def test_a_broken_off_run_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "outcomes.sqlite"
    read: list[str] = []
    real = archive.extract

    def breaking(file: Path) -> object:
        if len(read) == 2:
            raise KeyboardInterrupt
        read.append(file.name)
        return real(file)

    monkeypatch.setattr(archive, "extract", breaking)
    with pytest.raises(KeyboardInterrupt):
        screen_archive([folder], Job(), cache)
    monkeypatch.setattr(archive, "extract", lambda file: (read.append(file.name), real(file))[1])
    screen_archive([folder], Job(), cache)
    assert sorted(read) == sorted(file.name for file in folder.iterdir())


def test_the_same_bytes_under_names_of_two_years(folder: Path, tmp_path: Path) -> None:
    (folder / "B_2009.txt").write_bytes((folder / "B_2002.txt").read_bytes())
    cache = tmp_path / "outcomes.sqlite"
    once = screen_archive([folder], Job(), cache)
    assert screen_archive([folder], Job(), cache) == once
    dates = {Path(each.name).name: each.date for each in once}
    assert (dates["B_2002.txt"], dates["B_2009.txt"]) == ("2002", "2009")


def test_two_processes_tell_the_same_as_one(folder: Path) -> None:
    assert screen_archive([folder], Job(), jobs=2) == screen_archive([folder], Job())


def test_a_file_that_is_no_cache_is_told(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    file.write_text("not a database, but long enough to be looked at " * 40, "utf-8")
    with pytest.raises(ThuisError, match="not a cache"):
        screen_archive([folder], Job(), file)


def test_who_says_what() -> None:
    hit = ("allochtoon", "fine", "use", "De Wit", "SP")
    records = [
        Record("a", "2018", hits=(hit, hit)),
        Record("b", "2018", hits=(("x", "fine", "use", "", ""),)),
    ]
    assert who(records) == [("allochtoon", "De Wit", "SP", 2)]


def test_the_command_writes_tables_and_a_picture(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "trends"
    cache = tmp_path / "c.sqlite"
    done = CliRunner().invoke(
        thuis, ["screen", str(folder), "--archive", str(out), "--cache", str(cache), "--date", "2005"]
    )
    assert done.exit_code == 3, done.output
    done = CliRunner().invoke(thuis, ["screen", str(folder), "--archive", str(out)])
    assert done.exit_code == 3
    with (out / "trend.csv").open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source) if row["term"] == "allochtoon"]
    assert [(row["year"], row["hits"]) for row in rows] == [("2002", "2"), ("2012", "1")]
    picture = ET.parse(out / "trend.svg").getroot()
    told = "".join(picture.itertext())
    assert "allochtoon" in told
    assert f"{100_000 * 2 / 102:.1f}".replace(".", ",") in told
    assert "garbled_1981.txt" in (out / "unscreened.csv").read_text("utf-8")


def test_a_folder_with_other_files_is_not_touched(folder: Path) -> None:
    done = CliRunner().invoke(thuis, ["screen", str(folder), "--archive", str(folder)])
    assert done.exit_code == 2
    assert (folder / "A_2002.txt").exists()


def test_a_year_of_few_words_is_in_the_table_and_not_in_the_picture() -> None:
    from thuis.vocabulary.report.picture import trend_svg
    from thuis.vocabulary.trend import Point

    series = [Point("migrant", 1951, 2, 2, 300), Point("migrant", 2002, 9, 9, 50_000)]
    drawn = trend_svg(series, {"migrant": "migrant"})
    assert "18,0 (2002)" in drawn
    assert "1951" not in drawn
    assert "10.000 woorden" in drawn
    assert "1951" in trend_svg(series[:1], {})
    assert ET.fromstring(trend_svg([], {})) is not None
