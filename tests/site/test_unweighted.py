"""A monitor without weights says so on its pages; one with weights does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.monitor import data_folder
from thuis.site.build import build_site

SAYS = "not weighted"


@pytest.mark.parametrize("plain", [1, None])
def test_the_method_page_says_which_waves_are_weighted(tmp_path: Path, plain: int | None) -> None:
    """``plain``: the first wave is without weights, or every one."""
    data = data_folder(tmp_path / "data")
    record = data / "monitor.json"
    monitor = json.loads(record.read_text("utf-8"))
    without = monitor["waves"] if plain is None else monitor["waves"][:plain]
    for wave in without:
        wave["weighted"] = False
    record.write_text(json.dumps(monitor), "utf-8")
    build_site(data, tmp_path, search=False)
    method = (tmp_path / "en" / "method" / "index.html").read_text("utf-8")
    pages = [each.read_text("utf-8") for each in (tmp_path / "en" / "indicator").rglob("*.html")]
    assert ("counts with a weight" in method) == (plain is not None)
    assert ("The figures are not weighted." in method) == (plain is None)
    assert ("Not weighted: " in method) == (plain == 1)
    assert method.count(f"<strong>{SAYS}</strong>") == len(without)
    assert any("There are no weights" in each for each in pages) == (plain is None)
    assert any(f"<strong>{SAYS}</strong>" in each for each in pages)


def test_with_weights_nothing_of_the_kind_is_said(built: Path) -> None:
    assert "counts with a weight" in (built / "en" / "method" / "index.html").read_text("utf-8")
    for page in built.rglob("*.html"):
        assert SAYS not in page.read_text("utf-8").casefold()
