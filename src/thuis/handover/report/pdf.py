"""The report as PDF/UA-1, set by Typst: tagged, with alternative texts; two runs give the same bytes."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from thuis.errors import ThuisError
from thuis.handover.report.content import Brief, content
from thuis.handover.speech import Speech

PAGES = 2
"""Pages of a brief."""
SIZES = (
    *(Brief(indicators, facts, True) for indicators in (6, 4, 3, 2) for facts in (2, 1)),
    *(Brief(indicators, 1, False) for indicators in (3, 2, 1)),
)
"""From much to little: the first that fits is taken."""


def pdf(say: Speech, theme: str | None = None, *, brief: bool = False) -> bytes:
    """The report, or a brief of at most two pages, as PDF.

    :raises ThuisError: when the extra ``report`` is not installed, when there is no such theme, or when even
        one sentence for each theme does not fit on two pages.
    """
    if not brief:
        return _set(content(say, theme))
    for size in SIZES:
        made = _set(content(say, theme, size))
        if _pages(made) <= PAGES:
            return made
    raise ThuisError("one sentence for each theme takes more than two pages", step="choose a --theme")


def _pages(made: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(made) as document:
        return len(document)


def _set(told: dict[str, Any]) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise ThuisError("a report needs the extra 'report'", step="pip install 'thuis[report]'") from error
    day = dt.datetime.combine(dt.date(*told["released"]), dt.time(), dt.UTC)
    with tempfile.TemporaryDirectory() as name, as_file(files("thuis.site") / "fonts") as fonts:
        folder = Path(name)
        for picture in told["pictures"].values():
            (folder / f"{picture.name}.svg").write_text(picture.svg, "utf-8")
        plain = {key: value for key, value in told.items() if key != "pictures"}
        (folder / "report.json").write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
        with as_file(files("thuis.handover.report") / "report.typ") as source:
            shutil.copyfile(source, folder / "report.typ")
        made = typst.compile(
            str(folder / "report.typ"),
            root=str(folder),
            font_paths=[str(fonts)],
            ignore_system_fonts=told["direction"] == "ltr",
            pdf_standards=["ua-1"],
            timestamp=int(day.timestamp()),
        )
    return bytes(made)
