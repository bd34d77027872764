"""SPSS portable files with codes they call missing, in each of the four ways the format has."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from thuis.errors import ThuisError
from thuis.formats import columns_of, read

VARIABLE = {"AA": "2/AA5/8/2/5/8/2/", "BB": "2/BB5/8/2/5/8/2/"}


def portable(path: Path, records: dict[str, str]) -> Path:
    """A portable file with records of missing codes put behind variables; there is no writer that does."""
    frame = pl.DataFrame({"AA": [1.0, 2.0, 9.0, None, 8.0, -1.0], "BB": [1.0, 1.0, 2.0, 2.0, 31.0, 99.0]})
    pyreadstat.write_por(frame.to_pandas(), str(path), column_labels=["Vraag een", "Twee"])
    text = path.read_bytes().decode("latin-1").replace("\r\n", "").replace("\n", "").rstrip("Z")
    for name, record in records.items():
        assert text.count(VARIABLE[name]) == 1
        text = text.replace(VARIABLE[name], VARIABLE[name] + record)
    text += "Z" * (80 - len(text) % 80)
    path.write_text("\r\n".join(text[i : i + 80] for i in range(0, len(text), 80)) + "\r\n", "latin-1")
    return path


@pytest.mark.parametrize(
    ("record", "said", "aside"),
    [
        ("89/", ("9",), [None, None, "9", None, None, None]),
        ("88/89/8-1/", ("8", "9", "-1"), [None, None, "9", None, "8", "-1"]),
        ("90/", ("lowest to 0",), [None, None, None, None, None, "-1"]),
        ("A8/", ("8 to highest",), [None, None, "9", None, "8", None]),
        ("B2/8/", ("2 to 8",), [None, "2", None, None, "8", None]),
    ],
)
def test_the_codes_a_portable_file_calls_missing(
    tmp_path: Path, record: str, said: tuple[str, ...], aside: list[str | None]
) -> None:
    path = portable(tmp_path / "a.por", {"AA": record})
    assert columns_of(path)["AA"].missing == said
    raw = read(path, ["AA", "BB"])
    assert raw.aside["AA"].to_list() == aside
    stored = [1.0, 2.0, 9.0, None, 8.0, -1.0]
    assert raw.frame["AA"].to_list() == [v if a is None else None for v, a in zip(stored, aside, strict=True)]
    assert raw.frame["BB"].to_list() == [1.0, 1.0, 2.0, 2.0, 31.0, 99.0]


def test_numbers_in_base_thirty(tmp_path: Path) -> None:
    path = portable(tmp_path / "a.por", {"BB": "811/839/"})
    assert columns_of(path)["BB"].missing == ("31", "99")
    assert read(path, ["BB"]).aside["BB"].to_list() == [None, None, None, None, "31", "99"]


def test_a_damaged_portable_file(tmp_path: Path) -> None:
    whole = portable(tmp_path / "a.por", {"AA": "89/"}).read_bytes()
    for end in range(0, len(whole), 97):
        (tmp_path / "b.por").write_bytes(whole[:end] or b"x")
        try:
            read(tmp_path / "b.por", list(columns_of(tmp_path / "b.por")))
        except ThuisError as error:
            assert "cannot be read" in str(error)
