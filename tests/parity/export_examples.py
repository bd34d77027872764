"""Harmonise an example project without thuis: a second reading of the mapping files, for R and for the tests.

    python tests/parity/export_examples.py          # writes the CSVs, runs Rscript, keeps the results

This module reads the files with ruamel.yaml, Polars and pyreadstat only, so that a mistake
in thuis's own reader cannot hide in both sides of a comparison.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
from ruamel.yaml import YAML

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
WIDE = {"nederland": ("total", "generation", "origin", "origin+generation", "education", "region")}
"""Breakdowns compared per example; every one where the example is not named."""


def load(folder: Path) -> dict[str, Any]:
    """The project's files as plain data: ``project``, ``waves``, ``breakdowns``, ``indicators``, by id."""
    yaml = YAML(typ="safe")
    parts = {
        kind: {file.stem: yaml.load(file) for file in sorted((folder / kind).glob("*.yaml"))}
        for kind in ("waves", "breakdowns", "indicators")
    }
    return {"project": yaml.load(folder / "thuis.yaml"), "folder": folder, **parts}


def source(project: Mapping[str, Any], wave: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of one wave as its file holds them; user-missing codes become null."""
    file = project["folder"] / wave["file"]
    if file.suffix == ".sav":
        frame = pl.from_pandas(pyreadstat.read_sav(file)[0]).fill_nan(None)
    else:
        frame = pl.read_parquet(file)
    for column, values in (wave.get("where") or {}).items():
        frame = frame.filter(pl.col(column).cast(pl.Float64).is_in([float(each) for each in values]))
    return frame


def answers(frame: pl.DataFrame, mapping: Mapping[str, Any] | None) -> pl.Series:
    """One harmonised variable; null where it was not asked or not answered."""
    if mapping is None:
        return pl.Series([None] * frame.height, dtype=pl.String)
    if "rules" in mapping:
        return _ruled(frame, mapping["rules"])
    values = frame[mapping["from"]]
    if mapping.get("type") == "number":
        return values.cast(pl.Float64)
    codes = {float(code): answer for code, answer in mapping["codes"].items()}
    return values.cast(pl.Float64).replace_strict(codes, return_dtype=pl.String)


_RULE = re.compile(r"first\(column\('(\w+)'\), column\('(\w+)'\)\) (?:==|in) (.+)")


def _ruled(frame: pl.DataFrame, rules: Sequence[Mapping[str, str]]) -> pl.Series:
    """The first answer whose codes hold the first known of two columns; the only form the examples use."""
    last, answered = None, dict[float, str]()
    columns: tuple[str, str] | None = None
    for rule in rules:
        if "when" not in rule:
            last = rule["then"]
            continue
        found = _RULE.fullmatch(rule["when"])
        if found is None or columns not in (None, (found[1], found[2])):
            raise SystemExit(f"no reading of this rule: {rule}")
        columns = (found[1], found[2])
        answered |= {float(code): rule["then"] for code in re.findall(r"'(\d+)'", found[3])}
    if columns is None:
        raise SystemExit(f"no reading of these rules: {rules}")
    first, second = (frame[each].cast(pl.Float64) for each in columns)
    known = first.zip_with(first.is_not_null(), second)
    return known.replace_strict(answered, default=last, return_dtype=pl.String).set(known.is_null(), None)


def category(row: Mapping[str, Any], breakdown: Mapping[str, Any]) -> str | None:
    """The first category whose conditions a respondent meets."""
    for each in breakdown["categories"]:
        if all(_meets(row[variable], wanted) for variable, wanted in each["when"].items()):
            return str(each["id"])
    return None


def _meets(value: Any, wanted: Any) -> bool:
    if value is None:
        return False
    if isinstance(wanted, dict):
        return bool(wanted.get("from", value) <= value and ("below" not in wanted or value < wanted["below"]))
    return value in wanted


def harmonised(project: Mapping[str, Any]) -> pl.DataFrame:
    """Every wave under one another: the design, breakdowns as categories, indicators as 0/1 or a number."""
    waves = [_wave(project, project["waves"][str(name)], str(name)) for name in project["project"]["waves"]]
    return pl.concat(waves, how="vertical_relaxed")


def _wave(project: Mapping[str, Any], wave: Mapping[str, Any], name: str) -> pl.DataFrame:
    frame, design = source(project, wave), wave["design"]
    names = {each for other in project["waves"].values() for each in other["variables"]}
    people = pl.DataFrame({each: answers(frame, wave["variables"].get(each)) for each in sorted(names)})
    rows = people.to_dicts()
    psu = frame[design["psu"]].cast(pl.Int64) if design.get("psu") else pl.Series(range(frame.height))
    columns = {
        "wave": pl.Series([name] * frame.height),
        "weight": frame[design["weight"]].cast(pl.Float64)
        if design["weight"]
        else pl.Series([1.0] * frame.height),
        "stratum": frame[design["strata"]].cast(pl.Int64)
        if design.get("strata")
        else pl.Series([1] * frame.height),
        "psu": psu,
        **{
            key: pl.Series([category(row, each) for row in rows], dtype=pl.String)
            for key, each in project["breakdowns"].items()
        },
        **{key: _indicator(people, each) for key, each in project["indicators"].items()},
    }
    return _based(pl.DataFrame(columns), project)


def _based(frame: pl.DataFrame, project: Mapping[str, Any]) -> pl.DataFrame:
    """Who is in no category of a breakdown with a base has no answers, where anybody is in one."""
    for key, breakdown in project["breakdowns"].items():
        if breakdown.get("base") and frame[key].null_count() < frame.height:
            frame = frame.with_columns(
                pl.when(pl.col(key).is_not_null()).then(pl.col(each)).alias(each)
                for each in project["indicators"]
            )
    return frame


def _indicator(people: pl.DataFrame, indicator: Mapping[str, Any]) -> pl.Series:
    values = people[indicator["variable"]]
    if indicator["kind"] == "mean":
        return values.cast(pl.Float64)
    valid = values.is_in(indicator["among"]) if "among" in indicator else values.is_not_null()
    share = values.is_in(indicator["share"]).cast(pl.Float64)
    return share.set(~valid.fill_null(value=False), None)


def tables(project: Mapping[str, Any], name: str) -> list[tuple[str, str, str, str]]:
    """(indicator, kind, wave, dimensions) of every table that is compared."""
    out = []
    for key, indicator in project["indicators"].items():
        for parts in indicator["breakdowns"]:
            joined = "+".join(parts) if isinstance(parts, list) else str(parts)
            if name in WIDE and joined not in WIDE[name]:
                continue
            dimensions = "" if joined == "total" else joined
            out += [
                (key, indicator["kind"], str(wave), dimensions)
                for wave in project["project"]["waves"]
                if project["waves"][str(wave)]["variables"].get(indicator["variable"])
            ]
    return out


def main() -> None:
    """Write the inputs of R to a temporary folder and keep R's results beside this file."""
    for name in sys.argv[1:] or ("gss", "nederland", "vertrouwen"):
        project = load(EXAMPLES / name)
        with tempfile.TemporaryDirectory() as folder:
            inputs = [Path(folder) / f"{part}.csv" for part in ("microdata", "design", "tables")]
            harmonised(project).write_csv(inputs[0])
            pl.DataFrame(
                [
                    (key, "yes" if each["design"].get("psu") else "no", each["design"].get("lonely", "error"))
                    for key, each in project["waves"].items()
                ],
                schema=["wave", "clustered", "lonely"],
                orient="row",
            ).write_csv(inputs[1])
            pl.DataFrame(
                tables(project, name), schema=["indicator", "kind", "wave", "dimensions"], orient="row"
            ).write_csv(inputs[2])
            target = HERE / "data" / f"{name}_estimates.csv"
            script = HERE / "examples_estimates.R"
            subprocess.run(["Rscript", str(script), *map(str, inputs), str(target)], check=True)
            print(target, sum(1 for _ in target.open(encoding="utf-8")) - 1, "estimates")
            differences = HERE / "data" / f"{name}_differences.csv"
            script = HERE / "examples_differences.R"
            subprocess.run(["Rscript", str(script), str(inputs[0]), name, str(differences)], check=True)


if __name__ == "__main__":
    main()
