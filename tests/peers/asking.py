"""Questions of peers' test folders, asked of thuis, beside the answers of R ``survey`` 4.5.

Questions and answers stand in the shared material, since R's example sets may not be shipped here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey import Estimates, Sample

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "survey" / "peers"
Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What a suite asks: ``case`` in the files of answers, how thuis is asked, and why the two may differ.

    :param expected: answers that stand here, where the files have none.
    :param near: how far apart numbers may be beside ``tolerance``, which is a share of theirs.
    :param why: what R answers otherwise, or why thuis refuses; empty where both must be equal.
    """

    suite: str
    case: str
    ask: Callable[[], Answer]
    why: str = ""
    tolerance: float = 1e-8
    expected: Mapping[str, Sequence[float]] | None = None
    near: float = 1e-12

    @property
    def kind(self) -> str:
        """Whether "equal", "differs", "refused" or "crash"."""
        try:
            found = self.ask()
        except ThuisError:
            return "refused"
        except Exception:
            return "crash"
        return "differs" if self.away(found) else "equal"

    def away(self, found: Answer) -> str:
        """The first number that differs, as a sentence; empty when none does."""
        for key, values in found.items():
            wanted = answers()[self.case, key] if self.expected is None else self.expected[key]
            mine = [float("nan") if each is None else float(each) for each in np.atleast_1d(values)]
            if len(mine) != len(wanted):
                return f"{key}: {len(mine)} numbers for {len(wanted)}"
            for place, (a, b) in enumerate(zip(mine, wanted, strict=True)):
                if b is None and np.isnan(a):
                    continue
                if b is None or not abs(a - b) <= self.tolerance * abs(b) + self.near:
                    return f"{key}[{place}] is {a:.10g}, theirs {b}"
        return ""


@cache
def answers() -> dict[tuple[str, str], list[float]]:
    """R 4.5's answers, by case and key; what only 4.1 was asked is the same in both."""
    found: dict[tuple[str, str], list[float]] = {}
    for name in ("oracle1", "oracle1_45", "oracle2_45", "oracle3"):
        table = pl.read_csv(
            FOLDER / f"{name}.csv",
            infer_schema_length=None,
            null_values=["NA", "NaN"],
            has_header=False,
            skip_rows=1,
            new_columns=["case", "key", "at", "value"],
        )
        for key, part in table.group_by("case", "key", maintain_order=True):
            found[str(key[0]), str(key[1])] = part.sort("at")["value"].to_list()
    return found


@cache
def written(suite: str) -> dict[str, dict[str, list[float]]]:
    """R's answers in ``suite.csv`` in this folder, by case and key."""
    found: dict[str, dict[str, list[float]]] = {}
    table = pl.read_csv(Path(__file__).parent / f"{suite}.csv", null_values=["NA", "NaN"]).drop("at")
    for case, key, value in table.rows():
        found.setdefault(case, {}).setdefault(key, []).append(value)
    return found


@cache
def rows(name: str) -> pl.DataFrame:
    """One of the sets."""
    return pl.read_csv(FOLDER / "data" / f"{name}.csv", infer_schema_length=None, null_values=["NA", ""])


KEYS = {"lo": "lower", "hi": "upper", "deff": "deff", "deffr": "deff_replace", "df": "df"}


def both(found: Estimates, *more: str) -> Answer:
    """Estimates and standard errors, and other columns of the frame."""
    frame = found.frame
    other = {name: frame[KEYS[name]].to_list() for name in more}
    return {"est": frame["estimate"].to_list(), "se": frame["se"].to_list()} | other


def ordered(found: Estimates, by: Sequence[str], *more: str) -> Answer:
    """The same with the last key running slowest, as R."""
    from dataclasses import replace

    return both(replace(found, frame=found.frame.sort(by[::-1])), *more)


def model(formula: str, of: Sample, order: Sequence[int] | None = None, **how: Any) -> Answer:
    """Coefficients with their tests."""
    frame = of.glm(formula, **how).coefficients.frame
    frame = frame[list(order)] if order else frame
    return {"est": frame["estimate"].to_list(), "se": frame["se"].to_list()}


def table(of: Sample, a: str, b: str) -> Answer:
    """The F test of a table."""
    found = of.independence(a, b)
    return {"stat": [found.f], "p": [found.p], "par": list(found.df)}


def tested(of: Sample, column: str, **how: Any) -> Answer:
    """A t test."""
    found = of.test(column, **how)
    return {"t": [found.statistic], "df": list(found.df), "p": [found.p]}


def every() -> Iterator[Question]:
    """All questions of all suites."""
    from peers import asked, book, designs, manual, models, outside, reported, samplics, svy, typed, worked

    for suite in (designs, models, book, svy, samplics, manual, outside, worked, reported, asked, typed):
        yield from suite.questions()
