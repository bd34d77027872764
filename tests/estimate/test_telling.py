"""What protection asks of a cell, beside the same counted person by person in plain Python."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import Any, cast

import polars as pl
import pytest

from thuis.monitor.estimate import telling as made
from thuis.project.model import Indicator
from thuis.values import breakdown_id


@dataclass(frozen=True)
class Asked:
    """What is read of an indicator."""

    id: str
    kind: str
    column: str
    counted: tuple[str, ...] = ()
    scale: tuple[float, float] | None = None
    among: tuple[str, ...] | None = None
    below: str = ""
    weight: str | None = None
    groupings: tuple[tuple[str, ...], ...] = field(default=((), ("sex",), ("sex", "age")))


ASKED = (
    Asked("share", "proportion", "said", counted=("yes",)),
    Asked("among", "proportion", "said", counted=("yes",), among=("yes", "no")),
    Asked("mean", "mean", "mark", scale=(0, 10), weight="other"),
    Asked("open", "mean", "mark", groupings=((),)),
    Asked("middle", "median", "mark"),
    Asked("ratio", "ratio", "mark", below="sum"),
    Asked("sum", "total", "said", counted=("no", "perhaps"), groupings=(("age",),)),
)
People = list[dict[str, Any]]


def people(seed: int, size: int = 60) -> People:
    """Respondents with holes, weights of nothing and of nobody knows, and many that are the same."""
    draw = random.Random(seed)
    return [
        {
            "said": draw.choice(["yes", "no", "perhaps", None]),
            "mark": draw.choice([0.0, 2.5, 7.0, 10.0, None]),
            "sum": draw.choice([0.0, 1.0, 4.0, None]),
            "_weight": draw.choice([0.0, 1.0, 1.0, draw.uniform(0.1, 3), None]),
            "_weight:other": draw.choice([0.0, 2.0, draw.uniform(0.1, 3)]),
            "by_sex": draw.choice(["m", "f", None]),
            "by_age": draw.choice(["a", "b", "c"]),
        }
        for _ in range(size)
    ]


def by_hand(each: Asked, cell: People) -> dict[str, float | None]:
    """The columns for the respondents of one cell, from their definitions."""
    found: dict[str, float | None] = dict.fromkeys(made.TELLING)
    weight = f"_weight:{each.weight}" if each.weight else "_weight"
    answered = [
        p for p in cell if p[each.column] is not None and (not each.among or p[each.column] in each.among)
    ]
    counted = [p for p in answered if (p[weight] or 0) > 0]
    weights = sorted((p[weight] for p in counted), reverse=True)
    found["positive"] = len(weights)
    if weights:
        found["n_effective"] = sum(weights) ** 2 / sum(w**2 for w in weights)
        found["largest"] = weights[0] / sum(weights)
        found["two_largest"] = sum(weights[:2]) / sum(weights)
    if each.kind in ("mean", "median", "ratio") and answered:
        told = [(p[each.column], p[each.below] if each.below else None) for p in answered]
        found["alike"] = max(told.count(one) for one in told)
    if each.kind == "ratio":
        amounts = [
            sorted((p[weight] * abs(p[name] or 0) for p in counted), reverse=True)
            for name in (each.column, each.below)
        ]
        parts = [(one[0] / sum(one), sum(one[:2]) / sum(one)) for one in amounts if sum(one) > 0]
        found["largest"] = max((one for one, _ in parts), default=None)
        found["two_largest"] = max((two for _, two in parts), default=None)
        return found
    if each.kind in ("proportion", "total"):
        least, ends = (
            3,
            [[p[each.column] in each.counted, p[each.column] not in each.counted] for p in counted],
        )
    elif each.scale:
        low, high = each.scale
        least, ends = 1, [[p[each.column] - low, high - p[each.column]] for p in counted]
    else:
        return found
    sides = [
        sorted(
            (p[weight] * end[at] for p, end in zip(counted, ends, strict=True) if end[at] > 0), reverse=True
        )
        for at in (0, 1)
    ]
    judged = [side for side in sides if len(side) >= least]
    if judged:
        found["adds_largest"] = max(side[0] / sum(side) for side in judged)
        found["adds_two"] = max(sum(side[:2]) / sum(side) for side in judged)
        found["adds_rest"] = min(sum(side[2:]) / side[0] for side in judged)
    if least == 3 and weights:
        found["lightest_side"] = min(map(sum, sides)) / weights[0]
    return found


@pytest.mark.parametrize("size", [1, 2, 7, 60])
@pytest.mark.parametrize("large", [1, 500_000])
def test_every_cell_is_told_as_by_hand(size: int, large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "_LARGE", large)
    for seed in range(12):
        rows = people(seed, size)
        kinds = {name: pl.String if name in ("said", "by_sex", "by_age") else pl.Float64 for name in rows[0]}
        found = made.telling(cast(list[Indicator], ASKED), pl.DataFrame(rows, schema=kinds), "2020")
        told = {
            (row["indicator"], row["breakdown"], *row["cell"]): row for row in found.iter_rows(named=True)
        }
        seen = 0
        for each in ASKED:
            for parts in each.groupings:
                cells: dict[tuple[str, ...], People] = {}
                for person in rows:
                    key = tuple(person[f"by_{part}"] for part in parts)
                    if None not in key:
                        cells.setdefault(key, []).append(person)
                for key, cell in cells.items():
                    row = told[each.id, breakdown_id(parts), *key]
                    seen += 1
                    for name, wanted in by_hand(each, cell).items():
                        same = row[name] == wanted or math.isclose(row[name] or 0, wanted or 0, abs_tol=1e-12)
                        assert same, (seed, each.id, key, name, row[name], wanted)
                        assert (row[name] is None) == (wanted is None), (seed, each.id, key, name)
        assert seen == found.height


def test_nobody_is_told_of_nobody() -> None:
    rows = pl.DataFrame(people(1, 3)).clear()
    assert made.telling(cast(list[Indicator], ASKED), rows, "2020").is_empty()
