"""Every kind of figure as it was when somebody last looked at it: a change in its markup has to be looked at.

To accept one: ``THUIS_GOLDEN=write pytest tests/golden``, then look at the figures and at the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from support.monitor import INDICATORS, data_folder
from thuis.site.build import build_site

FOLDER = Path(__file__).parent / "figures"
FIGURES = {
    "total-lines-and-bars": ("nl/indicator/trust-in-people/total", r'<section id="total".*?</section>'),
    "groups-bars-gaps-multiples": ("en/indicator/trust-in-people", r'<section id="origin".*?</section>'),
    "crossing-of-means": (
        "nl/indicator/belonging/origin-by-generation",
        r'<section id="origin-by-generation".*?</section>',
    ),
    "empty": ("nl/indicator/voted/origin", r'<section id="origin".*?</section>'),
    "picture": ("nl/indicator/trust-in-people/origin/figure.svg", r"<svg.*</svg>"),
    "paradox": ("nl/findings/paradox", r'<table class="bars paradox".*?</table>'),
    "differences": ("en/findings/paradox", r'<table class="bars gaps shifts".*?</table>'),
    "flow": ("nl/flow/origin-2016-2022", r'<div class="flow-frame">.*?</div>'),
    "map": ("nl/map/diversity", r'<svg class="map-plot".*?</svg>'),
    "letter": ("nl/letter/kst-99999-1", r'<article class="letter-text">.*?</article>'),
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three indicators with every optional file."""
    folder = tmp_path_factory.mktemp("golden")
    chosen = {name: INDICATORS[name] for name in ("trust-in-people", "belonging", "voted")}
    build_site(data_folder(folder / "data", indicators=chosen, optional=True), folder, search=False)
    return folder


@pytest.mark.parametrize("name", FIGURES)
def test_figure(name: str, public: Path) -> None:
    page, pattern = FIGURES[name]
    found = re.search(
        pattern,
        (public / page / ("" if page.endswith(".svg") else "index.html")).read_text("utf-8"),
        re.DOTALL,
    )
    assert found, f"{page} holds no such figure"
    drawn = f"{found[0]}\n"
    kept = FOLDER / f"{name}.html"
    if os.environ.get("THUIS_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(drawn, "utf-8")
    assert drawn == kept.read_text("utf-8")


def test_nothing_is_kept_that_is_not_compared() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(FIGURES)
