"""Names and numbers nobody would choose, on the narrowest screen: nothing runs out, nothing is cut."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from support.monitor import INDICATORS, data_folder
from thuis.site.build import build_site

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Group = tuple[str, float | None, float, float]
CASES: dict[str, list[Group]] = {
    "from right to left": [("مغربي الأصل", 20, 15, 25), ("ממוצא מרוקאי", 30, 25, 36), ("Turks", 40, 35, 45)],
    "signs": [("👩🏽‍👩🏽‍👧🏽‍👦🏽 Gezin", 20, 15, 25), ("Z̸a̸l̸g̸o̸", 30, 25, 36), ("𝕋𝕦𝕣𝕜𝕤", 40, 35, 45)],
    "one name for two": [("Overig", 20, 15, 25), ("Overig", 30, 25, 36), ("Turks", 40, 35, 45)],
    "all but one withheld": [("A", None, 0, 0), ("B", None, 0, 0), ("C", 40, 35, 45)],
    "nobody and everybody": [("Niemand", 0, 0, 0), ("Iedereen", 100, 100, 100), ("Wijd", 50, 0, 100)],
    "one group": [("Alleen", 20, 15, 25)],
    "signs of code": [
        ("Groep $& {n} {of}", 20, 15, 25),
        ("$1 \\ ' \" `", 30, 25, 36),
        ("{{ x }} %s", 40, 35, 45),
    ],
    "words without a space": [("W" * 60, 20, 15, 25), ("a/" * 40, 30, 25, 36), ("1" * 50, 40, 35, 45)],
}
"""What a case is about -> its groups: name, estimate (none when withheld), interval."""


def odd(folder: Path, groups: list[Group]) -> Path:
    data = data_folder(
        folder, indicators={"voted": {**INDICATORS["trust-in-people"], "breakdowns": ["origin"]}}
    )
    path = data / "figures/voted/origin.json"
    raw = json.loads(path.read_text("utf-8"))
    ids = [f"c{chr(97 + n)}" for n in range(len(groups))]
    dimension = raw["dimensions"][0]
    dimension["categories"] = [
        {"id": id_, "title": {"nl": name, "en": name}} for id_, (name, *_) in zip(ids, groups, strict=True)
    ]
    dimension["reference"] = None
    raw["comparisons"] = []
    raw["cells"] = [
        {"wave": wave, "cell": [id_]}
        | (
            {"status": "withheld", "reason": "confidential"}
            if estimate is None
            else {"status": "published", "estimate": estimate, "lower": low, "upper": high, "n": 99}
        )
        for wave in raw["waves"]
        for id_, (_, estimate, low, high) in zip(ids, groups, strict=True)
    ]
    path.write_text(json.dumps(raw), "utf-8")
    return data


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("odd")
    for number, groups in enumerate(CASES.values()):
        build_site(odd(root / f"data{number}", groups), root / str(number), search=False)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("case", CASES)
def test_odd_groups_on_a_narrow_screen(
    served: str,
    narrow: Page,
    case: str,
    measure: Callable[[Page, str], Any],
    faults: Callable[..., list[str]],
) -> None:
    names = [name for name, *_ in CASES[case]]
    number = list(CASES).index(case)
    for key in ("indicator/voted", "indicator/voted/origin"):
        narrow.goto(f"{served}/{number}/nl/{key}/")
        assert narrow.evaluate(SIDEWAYS) <= 0
        assert measure(narrow, "outside") == []
        assert measure(narrow, "cut") == []
        assert faults(narrow, colour=False) == []
        text = narrow.locator("#origin > table").inner_text()
        assert all(name in text for name in names)
    if narrow.locator(".chooser").count():
        narrow.locator(".chooser summary").click()
        for box in narrow.locator(".chooser input").all():
            box.check()
        chosen = narrow.eval_on_selector_all(
            ".chooser label", "all => all.map((each) => each.textContent.trim()).join(', ')"
        )
        assert narrow.locator(".chooser [role=status]").inner_text().endswith(f": {chosen}.")
        assert narrow.evaluate(SIDEWAYS) <= 0
        narrow.evaluate("sessionStorage.clear()")


def test_a_name_of_one_long_word_on_every_page_at_320_pixels(
    tmp_path: Path, narrow: Page, measure: Callable[[Page, str], Any]
) -> None:
    word = dict.fromkeys(("nl", "en"), "Arbeidsmarktdiscriminatiebestrijdingsmaatregelenevaluatiejaar")
    wanted = {"represented": {**INDICATORS["represented"], "title": word}}
    data = data_folder(tmp_path / "data", indicators=wanted)
    for path in [*data.rglob("figures/*/origin.json"), data / "monitor.json"]:
        raw = json.loads(path.read_text("utf-8"))
        for each in raw.get("dimensions") or raw["breakdowns"]:
            if each["id"] == "origin":
                each["title"] = word
        path.write_text(json.dumps(raw), "utf-8")
    build_site(data, tmp_path / "public", search=False)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path / "public"))
    pages = sorted((tmp_path / "public" / "nl").rglob("index.html"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in pages:
            key = path.parent.relative_to(tmp_path / "public").as_posix()
            narrow.goto(f"http://127.0.0.1:{server.server_port}/{key}/")
            assert narrow.evaluate(SIDEWAYS) <= 0, key
            assert measure(narrow, "cut") == [], key
        server.shutdown()
    assert len(pages) > 15
