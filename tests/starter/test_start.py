"""A first project from the files people have: it reads as it stands, and what was guessed says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.project import load_project
from thuis.read import read_waves
from thuis.starter import start
from thuis.starter.dialect import dialect

HEAD = "respondentnummer;geslacht;wijk;vertrouwen;rapport;weegfactor"


def messy(path: Path, encoding: str = "cp1252") -> Path:
    """Semicolons, decimal commas, letters with accents, Windows line ends, 8 and 9 as no answer."""
    wijken = ["Één", "Súd"]
    rows = [
        f"{i};{1 + i % 2};{wijken[i // 2 % 2]};{(1, 2, 1, 8, 9)[i % 5]};{1 + i % 10};{0.5 + i % 3},25"
        for i in range(60)
    ]
    path.write_bytes("\r\n".join([HEAD, *(row.replace(".5,25", ",25") for row in rows)]).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_messy_csv_becomes_a_project(tmp_path: Path, encoding: str) -> None:
    source = messy(tmp_path / "mijn enquête.csv", encoding)
    start(tmp_path / "mijn monitor", source, wave="2025")
    project = load_project(tmp_path / "mijn monitor")
    (wave,) = project.waves
    assert (wave.csv.delimiter, wave.csv.decimal) == (";", ",")
    assert wave.csv.encoding == encoding.removesuffix("-sig")
    assert wave.design.weight == "weegfactor"
    assert "respondentnummer" not in {each.from_ for each in wave.variables.values() if each}
    frame = read_waves(project).frame
    assert frame["_weight"].to_list()[:3] == [0.25, 1.25, 2.25]
    assert set(frame["wijk"]) == {"een", "sud"}
    assert frame["vertrouwen"].null_count() == 24
    trust = wave.variables["vertrouwen"]
    assert trust
    assert trust.missing == ("8", "9")


def test_eight_and_nine_of_a_scale_are_answers(tmp_path: Path) -> None:
    start(tmp_path / "monitor", messy(tmp_path / "x.csv"), wave="2025", indicators=["rapport"])
    scale = load_project(tmp_path / "monitor").waves[0].variables["rapport"]
    assert scale
    assert (scale.missing, scale.range) == ((), (1, 10))


def test_words_that_are_no_answer(tmp_path: Path) -> None:
    rows = [f"{sex},{answer}" for sex in ("man", "vrouw") for answer in ("ja", "nee", "weet niet", "N.v.t.")]
    (tmp_path / "x.csv").write_text("\n".join(["geslacht,thuis", *rows]), "utf-8")
    start(tmp_path / "monitor", tmp_path / "x.csv", wave="2025")
    project = load_project(tmp_path / "monitor")
    home = project.waves[0].variables["thuis"]
    assert home
    assert home.missing == ("N.v.t.", "weet niet")
    assert project.indicator("thuis").share == ("ja",)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a,b\n1,2.5\n", ("utf-8", ",", ".")),
        ('a;b\n"x, y, z";2\n"p, q, r";3\n', ("utf-8", ";", ".")),
        ("a\tb\n1\t2,5\n", ("utf-8", "\t", ",")),
        ("a|b|c\n1|2,5|3.5\n1|2,5|3\n", ("utf-8", "|", None)),
        ("a\n1\n", ("utf-8", ",", ".")),
    ],
)
def test_how_a_csv_is_written(tmp_path: Path, text: str, written: tuple[str, str, str | None]) -> None:
    (tmp_path / "x.csv").write_text(text, "utf-8")
    found = dialect(tmp_path / "x.csv")
    assert (found.encoding, found.delimiter, found.decimal) == written


@pytest.mark.parametrize("wave", ["2020/21", "../x", " ", "a b"])
def test_a_wave_that_cannot_name_a_file(tmp_path: Path, wave: str) -> None:
    with pytest.raises(ThuisError, match="name of a wave"):
        start(tmp_path / "monitor", wave=wave)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("x.csv", b"", "the file is empty"),
        ("x.csv", b"a,b\n", "no two columns"),
        ("x.csv", b"a\n1\n2\n", "no two columns"),
        ("x.xlsx", b"PK", "the file is text, no workbook"),
        ("x.sav", b"$FL2 and no more", "cannot be read to its end"),
        ("x.parquet", b"PAR1", "cannot be read"),
    ],
)
def test_nothing_is_written_for_a_file_that_will_not_do(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ThuisError, match=what) as error:
        start(tmp_path / "monitor", tmp_path / name)
    assert all(each.step or each.available for each in error.value.problems)
    assert [path.name for path in tmp_path.iterdir()] == [name]
