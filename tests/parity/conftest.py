"""Where the sets of the parity tests stand: shipped, fetched by ``fetch_sets.py``, or beside the checkout."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

HERE = Path(__file__).parent
FOLDERS = (HERE / "sets", HERE.parents[2] / "shared" / "data" / "survey")
FETCH = "python tests/parity/fetch_sets.py FOLDER, then THUIS_SURVEY_SETS=FOLDER"


@pytest.fixture(scope="session")
def extract_set(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], pl.DataFrame]:
    """A set by the script that extracts it and its name; the test is skipped where the set is not at hand."""
    folder = tmp_path_factory.mktemp("sets")
    fetched = os.environ.get("THUIS_SURVEY_SETS")
    for source in (*FOLDERS, *([Path(fetched)] if fetched else [])):
        for file in source.glob("*.parquet"):
            if not (folder / file.name).exists():
                (folder / file.name).symlink_to(file)

    def extract(script: str, name: str) -> pl.DataFrame:
        try:
            rows: pl.DataFrame = runpy.run_path(str(HERE / f"{script}.py"))["extract"](folder, name)
        except FileNotFoundError as error:
            pytest.skip(f"{Path(str(error.filename or error)).name} is not at hand: {FETCH}")
        return rows

    return extract
