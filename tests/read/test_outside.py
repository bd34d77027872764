"""Files made after public reports on other readers, with what is right written down before they were read."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest

from support.small import VARIABLES, project, rows, table
from thuis.errors import ThuisError
from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import read_waves, remarks

PEOPLE = rows()
RIGHT = 100 * sum(float(w) for _, _, t, w in PEOPLE if t == 1) / sum(float(w) for *_, w in PEOPLE)
HEAD = "id,sex,trust,weight"


@dataclass(frozen=True)
class Case:
    """A file and what is right: a sentence that refuses it, or the share, and a remark that is made."""

    content: bytes
    refused: str = ""
    remark: str = ""
    name: str = "a.csv"
    n: int = 240
    df: float | None = None
    right: float = RIGHT
    more: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


def weights(write: Callable[[str], str], **more: Any) -> Case:
    """The CSV with its weights written otherwise, between semicolons."""
    people = [(i, s, t, write(w)) for i, s, t, w in PEOPLE]
    more = {"more": 'csv: {delimiter: ";"}', **more}
    return Case(table(people, HEAD, ";"), **more)


def answers(write: Callable[[int, int], object], **more: Any) -> Case:
    """The CSV with its answers written otherwise; ``write`` gets the number and the answer."""
    return Case(table([(i, s, write(i, t), w) for i, s, t, w in PEOPLE], HEAD), **more)


def keys(write: Callable[[int], object], **more: Any) -> Case:
    """The CSV with a PSU for every three people."""
    people = [(*p, write((p[0] - 1) // 3)) for p in PEOPLE]
    more = {"options": {"design": "{weight: weight, psu: hh}"}, **more}
    return Case(table(people, HEAD + ",hh"), **more)


def text(write: Callable[[str], str], **more: Any) -> Case:
    return Case(write(table(PEOPLE, HEAD).decode()).encode(), **more)


def last(weight: str) -> Case:
    return text(lambda t: t + f"Total,,,{weight}\n", refused="looks like a total")


TOTAL = f"{sum(float(w) for *_, w in PEOPLE):.2f}"
NESTED = [(*p, 1 + (p[0] - 1) // 60, 1 + (p[0] - 1) % 60 // 3) for p in PEOPLE]
CASES: dict[str, Case] = {
    "weights of nought": weights(
        lambda w: "0" if w == "1.15" else w, right=float("nan"), remark="120 rows have a weight of 0"
    ),
    "a negative weight": weights(lambda w: w.replace("1.15", "-1.15"), refused="is negative in 120 rows"),
    "no weight": weights(lambda w: w.replace("1.15", ""), refused="is missing in 120 rows"),
    "weights in per cent": weights(lambda w: f"{float(w):.0%}", refused="not a number in 240 rows"),
    "scientific": weights(lambda w: f"{float(w):.2E}"),
    "scientific with a comma": weights(lambda w: f"{float(w):.2E}".replace(".", ",")),
    "a fault of Excel": weights(lambda w: "#N/A" if w == "0.85" else w, refused="not a number in 120 rows"),
    "points and commas": weights(lambda w: f"1.{float(w) * 100:03.0f},00", right=float("nan")),
    "apostrophes": weights(lambda w: f"{float(w) * 2000:,.0f}".replace(",", "'")),
    "no-break spaces": weights(lambda w: f"{float(w) * 2000:,.0f}".replace(",", "\xa0")),
    "groups of three": weights(lambda w: f"{float(w) * 2000:,.0f}", refused="can be"),
    "groups of three that are declared": weights(
        lambda w: f"{float(w) * 2000:,.0f}",
        more='csv: {delimiter: ";", decimal: ".", thousands: ","}',
    ),
    "infinity": weights(lambda w: w.replace("1.15", "inf"), refused="not a number"),
    "nan": weights(lambda w: w.replace("1.15", "nan"), refused="not a number"),
    "a typographic minus": weights(lambda w: f"\u2212{w}", refused="not a number"),
    "digits of full width": weights(lambda w: w.translate(str.maketrans("0158", "０１５８"))),
    "money": weights(lambda w: f"€{w}", refused="not a number"),
    "dates": weights(lambda w: "01-02-2026", refused="not a number"),
    "beyond a double": weights(lambda _: "1e308", refused="too large"),
    "hexadecimal": weights(lambda _: "0x1F", refused="not a number"),
    "underscores": weights(lambda w: f"1_{w[-2:]}0", refused="not a number"),
    "two points": weights(lambda w: f"{w}.1", refused="not a number"),
    "spaces around": answers(lambda _, t: f" {t}  "),
    "a no-break space behind": answers(lambda _, t: f"{t}\xa0"),
    "a space nobody sees": answers(lambda _, t: f"{t}\u200b" if t == 1 else t, refused="'1\\u200b'"),
    "decimals of pandas": answers(lambda _, t: f"{t}.0", refused="1.0"),
    "a zero in front": answers(lambda _, t: f"0{t}", refused="01"),
    "a fault of Excel among answers": answers(lambda i, t: "#N/A" if i == 9 else t, refused="#N/A"),
    "nothing of R": answers(lambda i, t: "NA" if i == 9 else t, refused="NA"),
    "small and capital": answers(
        lambda i, t: ("Y" if i % 3 else "y") if t == 1 else "n",
        refused="y ",
        options={"variables": ("trust: {from: trust, codes: {Y: can, n: cannot}}", VARIABLES[1])},
    ),
    "in single quotes": answers(lambda _, t: f"'{t}'", refused="'1'"),
    "a total below": last(TOTAL),
    "a total in whole numbers": last("240"),
    "a mean below": text(lambda t: t + "Mean,,,1.00\n", refused="looks like a total"),
    "a total below with answers": text(lambda t: t + f"Total,1,1,{TOTAL}\n", refused="looks like a total"),
    "a total in between": text(
        lambda t: t.replace("\n121,", "\nSubtotal,,,120.00\n121,"),
        refused="row 121, weight: the row looks like",
    ),
    "spaces between thousands": weights(
        lambda w: f"{float(w) * 2000:,.0f}".replace(",", "\u202f"),
        more='csv: {delimiter: ";", thousands: " "}',
    ),
    "a source below": text(lambda t: t + "Source: made up\n", refused="the row has 1 field, the header 4"),
    "labels under the names": text(
        lambda t: t.replace("\n", "\nNumber,Sex,Trust,Weight\n", 1),
        remark="line 2 holds titles under the names",
    ),
    "the header again": text(lambda t: t + t, refused="row 241: the row is the header again"),
    "notes above": text(lambda t: "Survey of 2026, weighted\n" + t, remark="stands above the names"),
    "a remark above": text(lambda t: "# made by a program\n" + t, remark="stands above the names"),
    "only a header": Case((HEAD + "\n").encode(), refused="no respondents"),
    "four thousand empty columns": text(
        lambda t: "\n".join(line + "," * 4000 for line in t.splitlines()) + "\n"
    ),
    "line ends of three kinds": text(lambda t: t.replace("\n", "\r\n", 90).replace("\r\n", "\r", 30)),
    "a row too short": text(
        lambda t: t.replace("\n7,2,1,1.15\n", "\n7,2,1\n"), refused="row 7: the row has 3 fields"
    ),
    "a row too long": text(lambda t: t.replace("\n7,", "\n7,,"), refused="row 7: the row has 5 fields"),
    "packed": Case(gzip.compress(table(PEOPLE)), refused="a compressed file"),
    "packed and named so": Case(gzip.compress(table(PEOPLE)), name="a.csv.gz", refused="unpack"),
    "a page": Case(b"<!DOCTYPE html><table><tr><td>id</td></tr></table>", refused="web page"),
    "records": Case(b'[{"id": 1, "sex": 1, "trust": 1, "weight": 1}]\n', refused="JSON"),
    "everybody twice": Case(
        table([*PEOPLE, *PEOPLE]), n=480, remark="240 rows have the same 'id' as a row before"
    ),
    "the same weight": weights(lambda _: "1.5", remark="every respondent has the same", right=float("nan")),
    "keys with zeros in front": keys(
        lambda k: f"{k // 2}" if k % 2 else f"0{k // 2}", df=79, remark="two ways"
    ),
    "keys of two makes": keys(lambda k: f"{k // 2}.0" if k % 2 else k // 2, refused="two ways"),
    "keys small and capital": keys(lambda k: f"{'aA'[k % 2]}{k // 2}", df=79, remark="two ways"),
    "days as keys": keys(lambda k: dt.date(2026, 1, 1) + dt.timedelta(k), df=79),
    "keys with a space nobody sees": keys(
        lambda k: f"{k // 2}\u200b" if k % 2 else k // 2, refused="two ways"
    ),
    "keys with one space or two": keys(
        lambda k: f"A {k // 2}" if k % 2 else f"A  {k // 2}", df=79, remark="two ways"
    ),
    "keys with a hyphen or a dash": keys(
        lambda k: f"A-{k // 2}" if k % 2 else f"A\u2013{k // 2}", df=79, remark="two ways"
    ),
    "keys of two kinds of digits": keys(
        lambda k: str(k // 2).translate({48 + i: 0xFF10 + i for i in range(10)} if k % 2 else {}),
        df=79,
        remark="two ways",
    ),
    "keys with commas": keys(lambda k: f'"1,{k:03}"', df=79),
    "keys of nought and below": keys(lambda k: -9 if k < 2 else k, df=78),
    "a mark in the middle": text(lambda t: t.replace("\n121,", "\n\ufeff121,")),
    "keys of nothing": keys(lambda k: "" if k == 3 else k, refused="is missing in 3 rows"),
    "keys that start anew in each stratum": Case(
        table(NESTED, HEAD + ",stratum,hh"),
        df=76,
        options={"design": "{weight: weight, strata: stratum, psu: hh}"},
    ),
}


def sums(case: Case) -> float:
    """The share of those cases whose weights are others."""
    if case is CASES["weights of nought"]:
        kept = [t for _, _, t, w in PEOPLE if w == "0.85"]
        return 100 * kept.count(1) / len(kept)
    given = {"0.85": 1085.0, "1.15": 1115.0} if case is CASES["points and commas"] else {"0.85": 1, "1.15": 1}
    return 100 * sum(given[w] for _, _, t, w in PEOPLE if t == 1) / sum(given[w] for *_, w in PEOPLE)


def check(folder: Path, case: Case, name: str = "a.csv") -> None:
    more = {"2026": case.more}
    made = project(folder, {name: case.content}, more=more, **case.options)
    loaded = load_project(made)
    if case.refused:
        with pytest.raises(ThuisError) as error:
            read_waves(loaded)
        assert any(case.refused in str(each) for each in error.value.problems), str(error.value)
        return
    found = read_waves(loaded)
    said = remarks(loaded, found)
    assert any(case.remark in each for each in said) if case.remark else not said, said
    cells = estimate(loaded, found).cells
    row = cells.filter(pl.col("breakdown") == "total").row(0, named=True)
    right = sums(case) if case.right != case.right else case.right
    assert row["estimate"] == pytest.approx(right, abs=1e-9)
    assert row["n"] == case.n
    if case.df is not None:
        assert row["df"] == case.df


@pytest.mark.parametrize("name", CASES)
def test_a_csv(tmp_path: Path, name: str) -> None:
    check(tmp_path, CASES[name], CASES[name].name)


FRAME = pl.DataFrame(
    {
        "sex": [s for _, s, _, _ in PEOPLE],
        "trust": [t for _, _, t, _ in PEOPLE],
        "weight": [float(w) for *_, w in PEOPLE],
        "hh": [i // 3 for i in range(240)],
    }
)
TRUST = pl.Series("trust", [t for _, _, t, _ in PEOPLE])
PSU = {"design": "{weight: weight, psu: hh}"}


def mapped(one: str, other: str) -> dict[str, Any]:
    return {
        "variables": (f'trust: {{from: trust, codes: {{"{one}": can, "{other}": cannot}}}}', VARIABLES[1])
    }


PARQUET: dict[str, tuple[pl.Series, Case]] = {
    "categorical": (
        pl.Series("trust", [("can", "cannot")[t - 1] for t in TRUST], dtype=pl.Categorical),
        Case(b"", options=mapped("can", "cannot")),
    ),
    "enum": (
        pl.Series("trust", [("can", "cannot")[t - 1] for t in TRUST], dtype=pl.Enum(["cannot", "can"])),
        Case(b"", options=mapped("can", "cannot")),
    ),
    "decimal answers": (
        pl.Series("trust", [Decimal(f"{t}.00") for t in TRUST], dtype=pl.Decimal(10, 2)),
        Case(b""),
    ),
    "decimal weights": (
        pl.Series("weight", [Decimal(w) for *_, w in PEOPLE], dtype=pl.Decimal(10, 2)),
        Case(b""),
    ),
    "truths": (pl.Series("trust", [t == 1 for t in TRUST]), Case(b"", options=mapped("1", "0"))),
    "lists": (pl.Series("trust", [[t] for t in TRUST]), Case(b"", refused="holds lists")),
    "arrays": (
        pl.Series("trust", [[t] for t in TRUST], dtype=pl.Array(pl.Int64, 1)),
        Case(b"", refused="holds lists"),
    ),
    "records": (pl.Series("trust", [{"a": t} for t in TRUST]), Case(b"", refused="holds records")),
    "moments": (
        pl.Series(
            "hh", [dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=i // 3) for i in range(240)]
        ),
        Case(b"", df=79, options=PSU),
    ),
    "days": (
        pl.Series("hh", [dt.date(2026, 1, 1) + dt.timedelta(i // 3) for i in range(240)]),
        Case(b"", df=79, options=PSU),
    ),
    "long keys": (
        pl.Series("hh", [2**62 + i // 3 for i in range(240)]),
        Case(b"", df=79, options=PSU),
    ),
    "long decimal keys": (
        pl.Series("hh", [Decimal(2**62 + i // 3) for i in range(240)], dtype=pl.Decimal(38, 0)),
        Case(b"", df=79, options=PSU),
    ),
    "bytes": (
        pl.Series("trust", [str(t).encode() for t in TRUST], dtype=pl.Binary),
        Case(b""),
    ),
    "nan weights": (
        pl.Series("weight", [float("nan")] + [1.0] * 239),
        Case(b"", refused="is missing in 1 row"),
    ),
    "infinite weights": (
        pl.Series("weight", [float("inf")] + [1.0] * 239),
        Case(b"", refused="not a number in 1 row"),
    ),
    "bytes that are no text": (
        pl.Series("hh", [bytes([255, i // 3]) for i in range(240)], dtype=pl.Binary),
        Case(b"", refused="is no text", options=PSU),
    ),
    "short floats": (
        pl.Series("weight", [1.5 if w == "0.85" else 2.5 for *_, w in PEOPLE], dtype=pl.Float32),
        Case(b"", right=100 * sum((1.5 if w == "0.85" else 2.5) for *_, t, w in PEOPLE if t == 1) / 480),
    ),
    "short float answers": (
        pl.Series("trust", [t + 0.1 for t in TRUST], dtype=pl.Float32),
        Case(b"", options=mapped("1.1", "2.1")),
    ),
}


@pytest.mark.parametrize("name", PARQUET)
def test_a_parquet(tmp_path: Path, name: str) -> None:
    column, case = PARQUET[name]
    FRAME.with_columns(column).write_parquet(tmp_path / "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()
    check(tmp_path / "p", Case(**{**as_dict(case), "content": content}), "a.parquet")


def as_dict(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in Case.__dataclass_fields__}


STAT: dict[str, tuple[str, list[Any], dict[str, Any], Case]] = {
    "padded codes": ("trust", [f"{t}   " for t in TRUST], {}, Case(b"")),
    "keys of 300 letters": (
        "hh",
        ["x" * 297 + f"{i // 3:03}" for i in range(240)],
        {},
        Case(b"", df=79, options=PSU),
    ),
    "days": (
        "hh",
        [dt.date(2026, 1, 1) + dt.timedelta(i // 3) for i in range(240)],
        {},
        Case(b"", df=79, options=PSU),
    ),
    "a range and a code": (
        "trust",
        [float(t) if i % 4 else (9.0 if i % 8 else -1.0) for i, t in enumerate(TRUST)],
        {"missing_ranges": {"trust": [{"lo": 7, "hi": 9}, -1]}},
        Case(b"", n=180, right=float("nan")),
    ),
    "text that is missing": (
        "trust",
        [str(t) if i % 4 else "X" for i, t in enumerate(TRUST)],
        {"missing_ranges": {"trust": ["X"]}},
        Case(b"", n=180, right=float("nan")),
    ),
}


@pytest.mark.parametrize("name", STAT)
@pytest.mark.parametrize("kind", [".sav", ".zsav", ".dta"])
def test_a_file_of_spss_or_stata(tmp_path: Path, name: str, kind: str) -> None:
    column, values, options, case = STAT[name]
    if kind == ".dta" and options:
        pytest.skip("Stata has no ranges of missing codes")
    path = tmp_path / f"a{kind}"
    frame = FRAME.to_pandas().astype({"hh": float}).assign(**{column: values})
    if kind == ".dta":
        pyreadstat.write_dta(frame, str(path))
    else:
        pyreadstat.write_sav(frame, str(path), compress=kind == ".zsav", **options)
    if case.n == 180:
        kept = [p for i, p in enumerate(PEOPLE) if i % 4]
        right = 100 * sum(float(w) for _, _, t, w in kept if t == 1) / sum(float(w) for *_, w in kept)
        case = Case(b"", n=180, right=right)
    check(tmp_path / "p", Case(**{**as_dict(case), "content": path.read_bytes()}), path.name)


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("cp932", "まったく信頼していない"),
        ("mac_roman", "één vrouw, twéé mannen, naïef"),
        ("cp1252", "Mand – først på året"),
        ("cp1251", "Совершенно не доверяю"),
    ],
)
def test_labels_in_another_encoding_than_the_file_claims(tmp_path: Path, encoding: str, label: str) -> None:
    path = tmp_path / "a.sav"
    room = label.encode("utf-8")
    pyreadstat.write_sav(FRAME.to_pandas(), str(path), variable_value_labels={"trust": {1: label, 2: "-"}})
    stored = path.read_bytes()
    assert stored.count(room) == 1
    path.write_bytes(stored.replace(room, label.encode(encoding).ljust(len(room))))
    loaded = load_project(project(tmp_path / "p", {"a.sav": path.read_bytes()}))
    found = read_waves(loaded)
    entry = next(each for each in found.codebook if each.variable == "trust")
    assert entry.labels["1"].strip() == label
    assert any("it was read as" in each for each in remarks(loaded, found))
