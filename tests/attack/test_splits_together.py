"""Attacks on several splits at once: equations over the coefficients of one group.

Splits of several groups against one, by the same column, are as many equations in the same coefficients. In
one group a category of the column has a handful, who are not to be told about. Labelled before the first run:
from all splits that are published, with the composition of every group in hand, the mean of that category in
the one group may not follow to within the answer of one of its people.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thuis.errors import ThuisError

from .support import SAY, World, by

X = ("m", "f", "r")


def world(seed: int, firsts: str, rare: int, minimum: int, *, crossed: bool, flat: bool) -> World:
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for g in "abcz":
        near = rng.dirichlet([4, 4, 3]) if g != "z" else np.array([0.5, 0.5, 0.0])
        rows += [
            {"g": g, "x": str(rng.choice(X, p=near)), "q": "yn"[int(rng.random() < 0.5)]}
            for _ in range(9 * minimum)
        ]
    rows += [{"g": "z", "x": "r", "q": "y"} for _ in range(rare)]
    for row in rows:
        row["wt"] = 1.0 if flat else round(float(rng.uniform(0.4, 2.2)), 5)
    one = {"title": SAY, "wave": "2026", "indicator": "q", "breakdown": "g", "second": "z"}
    splits = [{**one, "id": f"s{g}", "first": g, "by": [{"breakdown": "x", "title": SAY}]} for g in firsts]
    figures = ["total", "g", "x"] + ([["g", "x"]] if crossed else [])
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": figures}}
    cuts = {"g": by("g", *"abcz"), "x": by("x", *X)}
    return World({"2026": rows}, cuts, told, minimum, findings={"splits": splits}, weight="wt")


def of_the_rare(one: World, data: Path) -> float | None:
    """The share of yes among the rarest in z, by least squares over all that is published, where it follows.

    Composition and the share of all of z are taken as known; unknown are the two coefficients in z.
    """
    rows = one.waves["2026"]
    w = {
        g: {x: sum(float(str(r["wt"])) for r in rows if r["g"] == g and r["x"] == x) for x in X}
        for g in "abcz"
    }
    part = {g: {x: w[g][x] / sum(w[g].values()) for x in X} for g in w}
    lines, ends = [], []
    for entry in json.loads((data / "findings.json").read_text())["findings"]:
        g = entry["id"][1:]
        lines.append([part[g][x] - part["z"][x] for x in X[1:]])
        ends.append(entry["table"]["rows"][1][1])
    cells = {
        tuple(cell["cell"]): cell
        for path in (data / "figures" / "q").glob("g-by-x.json")
        for cell in json.loads(path.read_text())["cells"]
        if cell["status"] == "published"
    }
    if ("z", "m") in cells and ("z", "f") in cells:
        lines.append([1.0, 0.0])
        ends.append(cells["z", "f"]["estimate"] - cells["z", "m"]["estimate"])
    if np.linalg.matrix_rank(np.array(lines), tol=1e-6) < 2:
        return None
    b = np.linalg.lstsq(np.array(lines), np.array(ends), rcond=None)[0]
    z = next(
        cell["estimate"]
        for cell in json.loads((data / "figures" / "q" / "g.json").read_text())["cells"]
        if cell["cell"] == ["z"]
    )
    m = z - part["z"]["f"] * b[0] - part["z"]["r"] * b[1]
    return float(m + b[1])


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize(("firsts", "crossed"), [("ab", False), ("abc", False), ("a", True)])
@pytest.mark.parametrize(("rare", "minimum"), [(3, 10), (6, 50)])
def test_splits_against_one_group(
    tmp_path: Path, firsts: str, rare: int, minimum: int, crossed: bool, flat: bool
) -> None:
    one = world(rare, firsts, rare, minimum, crossed=crossed, flat=flat)
    try:
        data = one.publish(tmp_path).folder
    except ThuisError:
        return
    found = of_the_rare(one, data)
    assert found is None or abs(found - 100) > 100 / rare, found


def test_one_split_by_three_categories_tells_nothing(tmp_path: Path) -> None:
    """Nobody can take its two coefficients apart, so it stays."""
    one = world(3, "a", 3, 10, crossed=False, flat=False)
    assert of_the_rare(one, one.publish(tmp_path).folder) is None
