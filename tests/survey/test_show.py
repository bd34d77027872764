"""How results print and leave, and slopes over waves."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis import Sample
from thuis.errors import ThuisError
from thuis.survey import Estimates


@pytest.fixture
def result() -> Estimates:
    rows = pl.DataFrame(
        {
            "y": [1.0, 2, 3, 5, 6, 8, 2, 4],
            "wave": ["2015", "2015", "2018", "2018", "2020", "2020", "2020", "2015"],
            "50%_a": ["m", "f"] * 4,
            "p": [1, 2, 3, 1, 2, 3, 4, 4],
            "w": [1.0, 2, 1, 1, 3, 1, 1, 1],
        }
    )
    sample = Sample.from_frame(rows, weight="w", psu="p")
    return sample.tabulate([*map(_mean, ["y"])], [(), ("wave",), ("50%_a", "wave")])


def _mean(column: str) -> object:
    from thuis.survey import Mean

    return Mean(column)


def test_text_and_html(result: Estimates) -> None:
    assert "| measure" in repr(result)
    assert f"{result.frame.height} estimates; intervals of 95%, df 3" in repr(result)
    assert "<table" in result._repr_html_()


def test_exports(result: Estimates, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    assert list(result.to_pandas().columns) == result.frame.columns
    assert result.to_excel(tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
    latex = result.to_latex(digits=2)
    assert latex.count(r"\\") == result.frame.height + 1
    assert r"50\%\_a" in latex


def test_picture(result: Estimates) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    ax = result.plot()
    assert len(ax.get_yticks()) == result.frame["estimate"].count()


def test_trend_is_a_contrast(result: Estimates) -> None:
    found = result.trend("wave")
    assert found.height == 3
    frame = result.frame.with_row_index("row").filter(pl.col("by") == ["wave"]).sort("wave")
    x = pl.Series([2015.0, 2018, 2020])
    away = x - x.mean()
    line = result.contrast(dict(zip(frame["row"], (away / (away**2).sum()).to_list(), strict=True)))
    row = found.filter(pl.col("by") == ["wave"])
    assert row["slope"].item() == pytest.approx(line.estimate)
    assert row["se"].item() == pytest.approx(line.se)
    moved = result.trend("wave", {"2015": 0, "2018": 1, "2020": 2})
    assert moved["slope"][0] != pytest.approx(found["slope"][0])


def test_trend_of_what_has_no_order(result: Estimates) -> None:
    with pytest.raises(ThuisError, match="is no number"):
        result.trend("50%_a")
    with pytest.raises(ThuisError, match="no position"):
        result.trend("wave", {"2015": 1})
    with pytest.raises(ThuisError, match="unknown grouping column"):
        result.trend("waves")


def test_word(result: Estimates, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    found = result
    path = found.to_word(tmp_path / "a.docx", title="Ages & ends", digits=2)
    assert path.read_bytes() == found.to_word(tmp_path / "b.docx", title="Ages & ends", digits=2).read_bytes()
    document = docx.Document(str(path))
    [table] = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0][0] == "measure" and "estimate" in cells[0]
    at = cells[0].index("estimate")
    wanted = [f"{each:.2f}" if each is not None else "–" for each in found.frame["estimate"]]
    assert [row[at] for row in cells[1:]] == wanted
    assert table.rows[0]._tr.trPr is not None and "tblHeader" in table.rows[0]._tr.xml
    texts = [each.text for each in document.paragraphs]
    assert texts[0] == "Ages & ends" and texts[-1].startswith("intervals of 95%")
    house = found.to_word(tmp_path / "c.docx", template=path)
    assert len(docx.Document(str(house)).tables) == 2


def test_word_without_a_place(result: Estimates, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")
    (tmp_path / "no.docx").write_text("text")
    with pytest.raises(ThuisError, match="no folder"):
        result.to_word(tmp_path / "nowhere" / "a.docx")
    with pytest.raises(ThuisError, match="cannot be read"):
        result.to_word(tmp_path / "a.docx", template=tmp_path / "no.docx")
