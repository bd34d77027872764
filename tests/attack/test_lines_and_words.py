"""Attacks on pages by what no table says: lengths of lines, the other language, names that slipped through.

The weights of the wave are known, so its figures have few digits; people have marks that nobody else has.
Labelled before the first run:

- the place of a dot, an interval or a bar says no more of an estimate than the digits that are published;
- the page in one language has no number that the page in another has not;
- neither a name or path of a column or file, nor an answer that is in no figure, nor anything of a single
  respondent (an open answer, an address, a day of interview, an extreme) is in any file of the folder, packed
  or not; and no number has more digits than its figure.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thuis.monitor.pipeline import build

from .support import Person, Public, World, by, near
from .test_every_file import seen_in, texts

MARKS = (
    "zz_respid", "zz_region_col", "zz_trust_col", "zz_remark", "zz_mail", "zz_weight", "zzsurvey",
    "quokkafarmer", "open answer about a neighbour", "@zzmail.example", "2025-11-07", "88.2125", "zzrefused",
)  # fmt: skip
W = {"x": 0.7314, "y": 1.4426}
ROW = re.compile(r'<tr[^>]*data-about="g\.([^"]+)"[^>]*>(.*?)</tr>', re.DOTALL)
TICK = re.compile(r'<text x="([\d.]+)%"[^>]*>\u2212?([\d.,]+)</text>')
MARK = re.compile(r'<use class="mark[^"]*" href="[^"]*" x="([\d.]+)%"')
RANGE = re.compile(r'<line class="dot-range[^"]*" x1="([\d.]+)%" x2="([\d.]+)%"')


class Marked(World):
    """Whose file has more columns than the project reads, under names of its own."""

    def write(self, folder: Path) -> Path:
        super().write(folder)
        for path in (folder / "waves").glob("*.yaml"):
            told = json.loads(path.read_text())
            old = folder / told["file"]
            lines = old.read_text().splitlines()
            heads = {"g": "zz_region_col", "q": "zz_trust_col", "wt": "zz_weight", "row_id": "zz_respid"}
            names = [heads.get(each, each) for each in lines[0].split(",")]
            more = [
                f"open answer about a neighbour {at},p{at}@zzmail.example,2025-11-07,88.2125"
                for at in range(1, len(lines))
            ]
            head = ",".join([*names, "zz_remark", "zz_mail", "zz_day", "zz_income"])
            told["file"] = f"data/zzsurvey{path.stem}.csv"
            rows = [f"{a},{b}" for a, b in zip(lines[1:], more, strict=True)]
            (folder / told["file"]).write_text("\n".join([head, *rows]) + "\n")
            old.unlink()
            told["design"]["weight"] = "zz_weight"
            for name, variable in told["variables"].items():
                variable["from"] = heads.get(name, name)
                if name == "q":
                    variable["codes"].pop("zzrefused", None)
                    variable["missing"] = ["zzrefused"]
            path.write_text(json.dumps(told))
        return folder


def world() -> Marked:
    rng = np.random.default_rng(5)
    rows: list[Person] = []
    for g in "abcde":
        for h in "xy":
            few = 4 if g == "a" else int(rng.integers(110, 190))
            rows += [{"g": g, "h": h, "wt": W[h], "q": str(rng.choice(["y", "n", "s"]))} for _ in range(few)]
    rows[1] = {**rows[1], "q": "quokkafarmer"}
    rows[2] = {**rows[2], "q": "zzrefused"}
    told = {
        "q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g", "h"]},
        "s": {"variable": "q", "share": ["s"], "breakdowns": ["total", "g"]},
    }
    cuts = {"g": by("g", *"abcde"), "h": by("h", "x", "y")}
    return Marked({"2024": rows, "2026": rows[::-1]}, cuts, told, 40, weight="wt")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lines")
    build(world().write(folder), out=folder / "public", handover=True)
    return folder / "public"


def axis(table: str) -> tuple[float, float] | None:
    """The value at the beginning and at the end of an axis."""
    ticks = [(float(x), float(value.replace(",", "."))) for x, value in TICK.findall(table)]
    if len(ticks) < 2 or "\u2212" in table[: table.find("</thead>")]:
        return None
    (x0, v0), (x1, v1) = ticks[0], ticks[-1]
    per = (v1 - v0) / (x1 - x0)
    return v0 - x0 * per, per


def test_the_place_of_a_dot_is_that_of_the_published_number(built: Path) -> None:
    public, seen = Public(built / "data"), 0
    for language in ("nl", "en"):
        text = (built / language / "indicator" / "q" / "g" / "index.html").read_text()
        table = text[text.index('<table class="bars"') : text.index("</table>")]
        found = axis(table)
        assert found
        start, per = found
        for name, row in ROW.findall(table):
            cell = public.get("q", name, by="g", wave="2026")
            if not (MARK.search(row) and cell):
                assert not MARK.search(row)
                continue
            (mark,), (ends,) = MARK.findall(row), RANGE.findall(row)
            for x, key in ((mark, "estimate"), (ends[0], "lower"), (ends[1], "upper")):
                assert abs(start + float(x) * per - cell[key]) <= 0.0051 * per + 1e-9
                seen += 1
    assert seen >= 12


def exact(world: World, g: str) -> float:
    inside = [row for row in world.waves["2026"] if row["g"] == g and row["q"] in "yns"]
    weight = [float(str(row["wt"])) for row in inside]
    return 100 * sum(w for w, row in zip(weight, inside, strict=True) if row["q"] == "y") / sum(weight)


def test_no_file_has_more_digits_than_its_figure(built: Path) -> None:
    one, there = world(), seen_in(built)
    for g in "bcde":
        cell = Public(built / "data").get("q", g, by="g")
        if cell is None:
            continue
        value = exact(one, g)
        away = near(cell["se"], cell["n"])
        digits = max(round(-math.log10(2 * away)), 0)
        assert abs(cell["estimate"] - value) <= away
        finer = {(round(each, k), k) for each in (value, value / 100) for k in range(digits + 2, 11)}
        assert [(name, finer & found) for name, found in there.items() if finer & found] == []


def test_one_language_has_no_number_that_another_lacks(built: Path) -> None:
    pages = sorted((built / "nl" / "indicator").rglob("index.html"))
    assert len(pages) > 3
    for page in pages:
        other = built / "en" / page.relative_to(built / "nl")
        shown: list[Any] = []
        for path in (page, other):
            text = path.read_text()
            tables = re.findall(r"<table.*?</table>", text, re.DOTALL)
            plain = re.sub(r"<[^>]*>", " ", " ".join(tables))
            if path is page:
                plain = plain.translate({ord("."): "", ord(","): "."})
            shown.append(sorted(re.findall(r"\d+(?:\.\d+)?", plain.replace(",", ""))))
        assert shown[0] == shown[1], page


def test_nothing_of_the_file_is_public(built: Path) -> None:
    found = [
        (path.name, part, mark)
        for path in sorted(built.rglob("*"))
        if path.is_file()
        for part, text in texts(path.name, path.read_bytes())
        for mark in MARKS
        if mark in text or mark in part
    ]
    assert found[:20] == []
