"""How estimates leave: as text, HTML, pandas, Excel, LaTeX or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import ThuisError

SHOWN = ("estimate", "se", "lower", "upper", "n")


def compact(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns a reader needs: measure, groups in use, estimate, se, interval, n and tests."""
    groups = frame.columns[2 : frame.columns.index("estimate")]
    used = [name for name in groups if frame[name].null_count() < frame.height]
    tests = [name for name in ("t", "p") if name in frame.columns]
    return frame.select("measure", *used, *(name for name in SHOWN if name in frame.columns), *tests)


def text(frame: pl.DataFrame, level: float, df: float) -> str:
    """A table for a terminal, with the level and degrees of freedom under it."""
    with pl.Config(
        tbl_hide_dataframe_shape=True,
        tbl_hide_column_data_types=True,
        tbl_formatting="ASCII_MARKDOWN",
        tbl_rows=20,
        tbl_cols=-1,
        tbl_width_chars=110,
        float_precision=4,
    ):
        table = str(compact(frame))
    note = f"intervals of {level:.0%}, df {df:g}"
    return f"{table}\n{frame.height} estimates; {note}"


def html(frame: pl.DataFrame, level: float, df: float) -> str:
    """A table for a notebook."""
    with pl.Config(tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, tbl_rows=60, tbl_cols=-1):
        table = str(compact(frame)._repr_html_())
    return f"{table}<small>intervals of {level:.0%}, df {df:g}</small>"


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column, with ``by`` as text: what a spreadsheet can hold."""
    return frame.with_columns(pl.col("by").list.join(", "))


def into(path: str | Path) -> Path:
    """Where a file is written.

    :raises ThuisError: its folder is not there.
    """
    found = Path(path)
    if not found.parent.is_dir():
        raise ThuisError(f"no folder {str(found.parent)!r}", step="make it first")
    return found


def excel(frame: pl.DataFrame, path: str | Path) -> Path:
    """Write a worksheet."""
    path = into(path)
    plain(frame).write_excel(str(path), worksheet="estimates", autofit=True)
    return path


def latex(frame: pl.DataFrame, digits: int = 3) -> str:
    """A ``tabular`` with rules of the package booktabs."""
    frame = compact(frame)
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    head = " & ".join(escape(name) for name in frame.columns)
    lines = [
        " & ".join(_cell(value, digits) for value in row).replace("\n", " ") + r" \\"
        for row in frame.iter_rows()
    ]
    align = "".join("r" if name in numbers else "l" for name in frame.columns)
    body = "\n".join(lines)
    inside = f"\\toprule\n{head} \\\\\n\\midrule\n{body}\n\\bottomrule"
    return f"\\begin{{tabular}}{{{align}}}\n{inside}\n\\end{{tabular}}\n"


def _cell(value: object, digits: int) -> str:
    if value is None:
        return "--"
    return f"{value:.{digits}f}" if isinstance(value, float) else escape(str(value))


def escape(value: str) -> str:
    r"""Text in which LaTeX's own signs are signs.

    >>> escape("50% & more")
    '50\\% \\& more'
    """
    value = value.replace("\\", "\\textbackslash ")
    for sign in "&%$#_{}":
        value = value.replace(sign, "\\" + sign)
    return value.replace("~", "\\textasciitilde ").replace("^", "\\textasciicircum ")


def plot(frame: pl.DataFrame, ax: Any = None) -> Any:
    """Dots with intervals, one line per estimate, on a matplotlib axis.

    :raises ThuisError: when matplotlib is not installed.
    """
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ThuisError("a picture needs matplotlib", step="pip install thuis[plot]") from None
    frame = compact(frame).filter(pl.col("estimate").is_not_null())
    groups = frame.columns[1 : frame.columns.index("estimate")]
    if frame["measure"].n_unique() > 1:
        groups = ["measure", *groups]
    names = (
        [" · ".join(str(v) for v in row if v is not None) for row in frame.select(groups).iter_rows()]
        if groups
        else ["all"]
    )
    if ax is None:
        _, ax = pyplot.subplots(figsize=(7, 1 + 0.35 * frame.height))
    place = range(frame.height)[::-1]
    low, high = (frame[name].fill_null(pl.Series(frame["estimate"])) for name in ("lower", "upper"))
    ax.hlines(place, low.to_list(), high.to_list(), color="0.5")
    ax.plot(frame["estimate"].to_list(), list(place), "o", color="black")
    ax.set_yticks(list(place), names)
    ax.set_xlabel("estimate" if frame["measure"].n_unique() > 1 else frame["measure"][0])
    return ax
