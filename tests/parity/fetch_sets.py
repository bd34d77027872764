"""Fetch the public example sets that the parity tests need and the project may not ship.

    python tests/parity/fetch_sets.py FOLDER [PACKAGES]

The sets of the R packages ``survey`` and ``laeken`` (GPL) are taken from Debian's packages ``r-cran-survey``
and ``r-cran-laeken`` with ``apt-get download``; elsewhere, unpack the two packages as CRAN has them into
PACKAGES (``PACKAGES/survey/data``, ``PACKAGES/laeken/data``). Needs the Python package ``rdata``.

By hand, under the names given: RECS 2015 (``recs_2015_brr96.parquet``) and ANES 2020 (``anes_2020.parquet``)
as in the R package ``srvyrexploR``; the cumulative file of the General Social Survey
(``gss_1972_2024_design.parquet``) as in ``gssr``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import polars as pl

SETS = {
    "survey/data/api.rda": ("apisrs", "apistrat", "apiclus1", "apiclus2", "apipop"),
    "survey/data/mu284.rda": ("mu284",),
    "survey/data/scd.rda": ("scd",),
    "survey/data/nhanes.rda": ("nhanes",),
    "survey/data/yrbs.rda": ("yrbs",),
    "laeken/data/eusilc.RData": ("eusilc",),
}
DEBIAN = ("r-cran-survey", "r-cran-laeken")


def debian(folder: Path) -> Path:
    """The two packages, downloaded and unpacked, not installed."""
    subprocess.run(["apt-get", "download", *DEBIAN], cwd=folder, check=True, capture_output=True)
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, folder / "unpacked"], check=True)
    return folder / "unpacked" / "usr" / "lib" / "R" / "site-library"


def main(out: Path, packages: Path | None) -> None:
    """Write every set as ``r_NAME.parquet``."""
    import rdata

    warnings.simplefilter("ignore")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        source = packages or debian(Path(name))
        for file, names in SETS.items():
            found = rdata.conversion.convert(rdata.parser.parse_file(source / file))
            for each in names:
                frame = pl.from_pandas(found[each].reset_index(drop=True))
                words = [c for c, kind in frame.schema.items() if kind == pl.Categorical]
                frame.with_columns(pl.col(words).cast(pl.String)).write_parquet(out / f"r_{each}.parquet")
                print(f"r_{each}.parquet: {frame.height} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
