"""A third language: a catalogue and texts, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import thuis.language
from support.monitor import data_folder
from thuis.site.build import build_site

CODE = Path(__file__).parents[2] / "src/thuis"


def _with_frisian(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_frisian(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: _with_frisian(each) for key, each in value.items()}
    if {"nl", "en"} <= set(found):
        own = found["nl"]
        return {"fy": f"Frysk: {own}" if isinstance(own, str) else own, **found}
    return found


def test_a_site_in_frisian_needs_a_catalogue_and_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "language"
    here = Path(thuis.language.__file__).parent
    shutil.copytree(here / "nl", words / "fy")
    shutil.copytree(here / "en", words / "en")
    shutil.copytree(here / "nl", words / "nl")
    site = words / "fy/site.yaml"
    site.write_text(site.read_text("utf-8").replace("start: Start", "start: Begjin"), "utf-8")
    monkeypatch.setattr(thuis.language, "_HERE", words)
    public = tmp_path / "public"
    data_folder(public / "data", optional=True)
    for path in (public / "data").rglob("*.json"):
        path.write_text(json.dumps(_with_frisian(json.loads(path.read_text("utf-8")))), "utf-8")
    monitor = public / "data/monitor.json"
    monitor.write_text(
        json.dumps(json.loads(monitor.read_text("utf-8")) | {"languages": ["fy", "en", "nl"]}), "utf-8"
    )
    build_site(public / "data", public, search=False)
    start = (public / "fy/index.html").read_text("utf-8")
    assert '<html lang="fy">' in start
    assert "Frysk: " in start
    assert re.search(r'hreflang="en"[^>]*>English<', start)
    theme = next((public / "fy/theme").glob("*/index.html")).read_text("utf-8")
    assert ">Begjin</a>" in theme
    assert 'hreflang="fy"' in (public / "index.html").read_text("utf-8")


ENDINGS = ("stemmers.js", "directory-search.js")
"""Scripts that hold the ends of Dutch words: "en" is one of them, and no language there."""


@pytest.mark.parametrize("room", ["site", "language"])
def test_no_code_of_the_site_names_a_language(room: str) -> None:
    named = [
        f"{path.relative_to(CODE)}: {line.strip()}"
        for path in (CODE / room).rglob("*")
        if path.suffix in (".py", ".html", ".js") and path.name not in ENDINGS
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"""["'](nl|en)["']""", line) and ">>>" not in line and "``" not in line
    ]
    assert not named
