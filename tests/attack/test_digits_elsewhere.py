"""Attacks with weights in hand, by numbers that stand elsewhere than in the cell: changes, pools, bridges.

The weights of one wave follow from a register, so its own figures keep few digits. Labelled before the first
run: of no group may the people of each weight, and those among them who gave the answer, follow to within
three from any number on which that wave has a say, whatever breakdowns the weights are worked out from.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .support import SAY, Person, Public, World, by, error, near

W = {"x": 0.7314, "y": 1.4426}
BY = ["total", "g", "h", ["g", "h"]]
NARROW = 3
FULL = 9
"""Digits of a number from which people can be counted."""


@dataclass
class Pooling(World):
    """With waves that pool others."""

    pools: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        super().write(folder)
        settings = json.loads((folder / "thuis.yaml").read_text())
        for name, parts in self.pools.items():
            told = {"id": name, "title": {"nl": name, "en": name}, "pools": list(parts)}
            (folder / "waves" / f"{name}.yaml").write_text(json.dumps(told))
            settings["waves"].append(name)
        (folder / "thuis.yaml").write_text(json.dumps(settings))
        return folder


def people(rng: np.random.Generator, *, known: bool, few: int = 6) -> list[Person]:
    found: list[Person] = []
    for g, h in itertools.product("abc", "xy"):
        chance = rng.uniform(0.3, 0.7)
        for _ in range(few if (g, h) == ("a", "y") else int(rng.integers(60, 80))):
            weight = W[h] if known else round(float(rng.uniform(0.5, 2)), 6)
            found.append({"g": g, "h": h, "wt": weight, "q": "y" if rng.random() < chance else "n"})
    return found


def monitor(seed: int, *known: bool, **more: Any) -> World:
    rng = np.random.default_rng(seed)
    waves = {f"{2020 + 4 * k}": people(rng, known=each) for k, each in enumerate(known)}
    told: dict[str, Any] = {"variable": "q", "share": ["y"], "breakdowns": BY}
    if "findings" in more:
        told["breaks"] = [{"wave": "2024", "kind": "mode", "text": SAY}]
    cuts = {"g": by("g", "a", "b", "c"), "h": by("h", "x", "y")}
    return Pooling(waves, cuts, {"q": told}, minimum=20, weight="wt", **more)


def ways(n: int, share: float, digits: float, se: tuple[float, float], all_: int) -> list[tuple[int, ...]]:
    """(light, heavy, yes, also): all whole numbers of people of each weight that give a share and its error.

    The error is that of a domain, with replacement (Lumley 2010, section 2.2).
    """
    found = []
    for light in range(n + 1):
        heavy = n - light
        whole = W["x"] * light + W["y"] * heavy
        yes, also = np.meshgrid(np.arange(light + 1), np.arange(heavy + 1), indexing="ij")
        of = 100 * (W["x"] * yes + W["y"] * also) / whole
        for a, b in np.argwhere(np.abs(of - share) <= digits):
            p = of[a, b] / 100
            parts = ((W["x"], light, a), (W["y"], heavy, b))
            squares = sum(w**2 * (k * (1 - p) ** 2 + (m - k) * p**2) for w, m, k in parts)
            if se[0] <= 100 * (squares * all_ / (all_ - 1)) ** 0.5 / whole <= se[1]:
                found.append((light, heavy, int(a), int(b)))
    return found


def narrowed(found: Sequence[tuple[int, ...]], rows: Sequence[Person]) -> bool:
    """Whether the light of group a, all of them or those who said yes, are known to within three."""
    light = [row for row in rows if (row["g"], row["h"]) == ("a", "x")]
    true = (len(light), sum(row["q"] == "y" for row in light))
    assert true in {(each[0], each[2]) for each in found}, "an attacker that is wrong has found nothing"
    return any(max(each) - min(each) <= NARROW for each in zip(*((k[0], k[2]) for k in found), strict=True))


def told(public: Public, wave: str, g: str = "a") -> dict[str, Any]:
    cell = public.get("q", g, by="g", wave=wave)
    assert cell is not None
    return cell


def squared(whole: float, part: float) -> tuple[float, float]:
    """Between what the error of one of two waves is, by that of their difference and of the other."""
    (low, high), (least, most) = error(whole), error(part)
    return max(low**2 - most**2, 0.0) ** 0.5, max(high**2 - least**2, 0.0) ** 0.5


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("known", [(True, False), (False, True)])
def test_a_change_less_the_other_wave(tmp_path: Path, seed: int, known: tuple[bool, bool]) -> None:
    """The later share less the difference is the earlier one, and the other way about."""
    world = monitor(seed, *known)
    public = world.publish(tmp_path)
    wave, other = ("2020", "2024") if known[0] else ("2024", "2020")
    change = next(t for t in public.tests if t["type"] == "wave" and t["cell"] == ["a"])
    of = told(public, other)
    share = of["estimate"] + (-1 if known[0] else 1) * change["difference"]
    digits = near(of["se"]) + near(change["se"])
    n_all = len(world.waves[wave])
    found = ways(told(public, wave)["n"], share, digits, squared(change["se"], of["se"]), n_all)
    assert not narrowed(found, world.waves[wave])


def bridge(kind: str, correction: float) -> dict[str, Any]:
    said = {"title": SAY, "description": SAY, "source": SAY, "kind": kind}
    asked = {"id": "b", "indicator": "q", "breakdown": "g", "earlier": "2020", "later": "2024"}
    return {"bridges": [{**said, **asked, "correction": correction, "se": 0.8}]}


@pytest.mark.parametrize("known", [(True, False), (False, True)])
@pytest.mark.parametrize(("kind", "by_"), [("additive", 2.5), ("ratio", 1.1)])
def test_a_bridge_to_another_wave(tmp_path: Path, known: tuple[bool, bool], kind: str, by_: float) -> None:
    world = monitor(7, *known, findings=bridge(kind, by_))
    public = world.publish(tmp_path)
    wave, other = ("2020", "2024") if known[0] else ("2024", "2020")
    entry = json.loads((public.folder / "findings.json").read_text())["findings"][0]
    raw, _, _, bridged = entry["table"]["rows"][0][1:5]
    of, n = told(public, other), told(public, wave)["n"]
    own = near(told(public, wave)["se"])
    digits = near(of["se"]) + own
    shares = [(of["estimate"] + (-1 if known[0] else 1) * raw, digits)]
    if kind == "ratio":
        then, now = (of["estimate"] / by_ - bridged, 0) if known[0] else (0, (of["estimate"] + bridged) * by_)
        shares.append((then or now, by_ * digits))
    for share, away in shares:
        # A correction of the published share carries what that was rounded by.
        found = ways(n, share, away + own, (0.0, 100.0), len(world.waves[wave]))
        assert not narrowed(found, world.waves[wave])


def test_a_pool_less_the_part_without_weights(tmp_path: Path) -> None:
    """A pooled share is that of two waves; where one has equal weights the other follows."""
    rng = np.random.default_rng(11)
    plain = [{**row, "wt": 1.0} for row in people(rng, known=False)]
    first = monitor(5, True)
    waves = {"2020": first.waves["2020"], "2024": plain}
    world = Pooling(
        waves, first.breakdowns, first.indicators, 20, weight="wt", pools={"2020-2024": ("2020", "2024")}
    )
    public = world.publish(tmp_path)
    of, pool, n = told(public, "2024"), told(public, "2020-2024"), told(public, "2020")["n"]
    hits, found = round(of["estimate"] * of["n"] / 100), []
    for light, heavy in ((k, n - k) for k in range(n + 1)):
        whole = W["x"] * light + W["y"] * heavy + of["n"]
        yes, also = np.meshgrid(np.arange(light + 1), np.arange(heavy + 1), indexing="ij")
        share = 100 * (W["x"] * yes + W["y"] * also + hits) / whole
        fits = np.abs(share - pool["estimate"]) <= near(pool["se"], pool["n"])
        found += [(light, heavy, int(a), int(b)) for a, b in np.argwhere(fits)]
    assert not narrowed(found, world.waves["2020"])


THREE = ("h", "s", "t")


def of_three(seed: int, n: int = 27) -> tuple[World, list[float]]:
    """Weights that follow from three breakdowns, and from no two of them."""
    rng = np.random.default_rng(seed)
    weights = sorted(round(float(each), 4) for each in rng.uniform(0.5, 2.0, 4))
    rows: list[Person] = []
    for g, kind in itertools.product("abc", itertools.product("01", repeat=3)):
        for _ in range(int(rng.integers(15, 25)) if g != "a" else n // 8 + (kind > ("1",))):
            weight = weights[sum(map(int, kind))]
            named = dict(zip(THREE, kind, strict=True))
            rows.append({"g": g, **named, "wt": weight, "q": "y" if rng.random() < 0.5 else "n"})
    breakdowns = {"g": by("g", "a", "b", "c"), **{name: by(name, "0", "1") for name in THREE}}
    told_ = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g", *THREE]}}
    return World({"2020": rows}, breakdowns, told_, minimum=20, weight="wt"), weights


def fills(n: int, kinds: int) -> Iterator[tuple[int, ...]]:
    for cuts in itertools.combinations(range(n + kinds - 1), kinds - 1):
        ends = (-1, *cuts, n + kinds - 1)
        yield tuple(b - a - 1 for a, b in itertools.pairwise(ends))


@pytest.mark.parametrize("seed", range(2))
def test_weights_from_three_breakdowns(tmp_path: Path, seed: int) -> None:
    """All ways to fill a group of 28 with people of four weights, held against a share and its error."""
    world, weights = of_three(seed)
    public = world.publish(tmp_path)
    cell, n_all, w = public.get("q", "a", by="g", wave="2020"), len(world.waves["2020"]), np.array(weights)
    assert public.get("q", "b", by="g", wave="2020"), "what may be told is told"
    if cell is None:
        return
    least, most = error(cell["se"])
    sizes: list[tuple[int, ...]] = []
    for fill in fills(cell["n"], len(w)):
        grid = np.stack(np.meshgrid(*(np.arange(k + 1) for k in fill), indexing="ij"), -1).reshape(-1, len(w))
        whole = float(w @ fill)
        share = grid @ w / whole
        for hits in grid[np.abs(100 * share - cell["estimate"]) <= near(cell["se"], cell["n"])]:
            p = float(hits @ w) / whole
            squares = float(w**2 @ (hits * (1 - p) ** 2 + (np.array(fill) - hits) * p**2))
            if least <= 100 * (squares * n_all / (n_all - 1)) ** 0.5 / whole <= most:
                sizes.append(fill)
                break
    true = [sum(r["g"] == "a" and r["wt"] == each for r in world.waves["2020"]) for each in weights]
    assert tuple(true) in sizes, "an attacker that is wrong has found nothing"
    assert all(max(each) - min(each) > NARROW for each in zip(*sizes, strict=True))
