"""What stands in a file from outside, what is right about it, and what thuis makes of it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import normalize

import polars as pl
import pyreadstat

from thuis.errors import Remark, ThuisError
from thuis.project import load_project
from thuis.project.model import Wave
from thuis.read import read_waves, remarks
from thuis.starter import start
from thuis.survey import Sample

N = 300
PEOPLE = range(N)
SEX = [1 + (i * 7 // 3) % 2 for i in PEOPLE]
TRUST = [1 + (i * 7 + i // 5) % 4 for i in PEOPLE]
SCORE = [(i * 7 + i // 11) % 11 for i in PEOPLE]
"""A scale from 0 to 10."""
SILENT = [i % 15 == 0 for i in PEOPLE]
"""Who did not answer."""
WEIGHT = [round(0.5 + (i * 37 % 100) / 100, 2) for i in PEOPLE]
STRATUM = [1 + i // 30 for i in PEOPLE]
PSU = [101 + i // 10 for i in PEOPLE]
FIRST = [i < N // 2 for i in PEOPLE]
"""The first of two waves."""

Columns = Mapping[str, Sequence[Any]]


def shares(
    answers: Sequence[Any] = TRUST,
    weight: Sequence[float] = WEIGHT,
    gone: Sequence[bool] = SILENT,
    rows: Iterable[int] = PEOPLE,
) -> dict[str, float]:
    """Percentages by hand: of each answer among those who gave one."""
    kept = [i for i in rows if not gone[i]]
    whole = sum(weight[i] for i in kept)
    return {
        str(each): 100 * sum(weight[i] for i in kept if answers[i] == each) / whole
        for each in sorted({answers[i] for i in kept})
    }


def mean(
    answers: Sequence[float] = SCORE,
    weight: Sequence[float] = WEIGHT,
    gone: Sequence[bool] = SILENT,
) -> float:
    """A mean by hand."""
    kept = [i for i in PEOPLE if not gone[i]]
    return sum(weight[i] * answers[i] for i in kept) / sum(weight[i] for i in kept)


def by_wave(ids: tuple[str, str], weight: Sequence[float] = WEIGHT) -> dict[str, dict[str, float]]:
    """Percentages of two waves of a file."""
    halves = ([i for i in PEOPLE if FIRST[i]], [i for i in PEOPLE if not FIRST[i]])
    return {id_: shares(weight=weight, rows=half) for id_, half in zip(ids, halves, strict=True)}


def mixed(answers: Sequence[Any], silent: Any, gone: Sequence[bool] = SILENT) -> list[Any]:
    """Answers with a code for those who gave none."""
    return [silent if no else each for each, no in zip(answers, gone, strict=True)]


EQUAL = [1.0] * N
RIGHT = shares()
EVEN = shares(weight=EQUAL)
PLAIN: Columns = {"id": list(PEOPLE), "sex": SEX, "trust": mixed(TRUST, None), "weight": WEIGHT}
"""What most files hold, and the percentages that are right of them with and without their weight."""


Write = Callable[[Path], Path]


@dataclass(frozen=True)
class Case:
    """A file and what is right; without ``item`` and ``by`` they are left to be found.

    ``weight`` and its fellows hold every column that is right; none when nothing is. ``right`` are the
    shares of ``item`` by code of the file, per wave when ``waves``. ``refused`` must stand in the one error;
    with ``right`` too, either will do. ``said`` must stand among what is told. ``n`` are the respondents who
    may be counted in a file of one wave. ``library`` is asked of
    ``Sample.from_file``: the column, the weight and its mean or what must stand in the
    error or the remark.
    """

    after: str
    write: Write
    item: str = "trust"
    by: str = "sex"
    weight: tuple[str | None, ...] = ("weight",)
    strata: tuple[str | None, ...] = (None,)
    psu: tuple[str | None, ...] = (None,)
    right: Mapping[str, Any] = field(default_factory=dict)
    mean: float | None = None
    waves: tuple[Mapping[str, int], ...] = ()
    refused: str = ""
    said: str = ""
    n: tuple[int, ...] = ()
    library: tuple[str, str | None, float | str, Mapping[str, Any]] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """``right``, ``refused`` as it should, ``unclear``, ``said``, ``silent`` or ``crash``; and why."""

    kind: str
    seen: str = ""


WORST = ("crash", "silent", "unclear", "said", "refused", "right")


def outcome(case: Case, folder: Path) -> Outcome:
    """What thuis makes of a file, the worst of the project and the library."""
    path = case.write(folder)
    found = [_of_project(case, path, folder / "m")]
    if case.library:
        found.append(_of_library(case, path))
    return min(found, key=lambda each: WORST.index(each.kind))


def _of_project(case: Case, path: Path, folder: Path) -> Outcome:
    if not (case.right or case.mean or case.refused):
        return Outcome("right")
    try:
        begun = start(
            folder,
            path,
            by=[case.by] if case.by else [],
            indicators=[case.item] if case.item else [],
            **case.options,
        )
        project = load_project(folder)
        read = read_waves(project)
        told = "\n".join([*begun.remarks, *(each.line() for each in begun.evidence), *remarks(project, read)])
    except ThuisError as error:
        return _refused(case.refused, str(error))
    except Exception as error:
        return Outcome("crash", repr(error)[:300])
    return _weighed(case, project.waves, read.n, read.frame, told)


def _weighed(
    case: Case, waves: Sequence[Wave], n: Mapping[str, int], frame: pl.DataFrame, told: str
) -> Outcome:
    """The worst of a role, a number, and a sentence that is not there."""
    roles = [_wrong_role(case, name, waves, told) for name in ("weight", "strata", "psu")]
    lost = [each for each in roles if each]
    wrong = list(filter(None, (_wrong_waves(case, n), _wrong_answers(case, waves, frame))))
    if lost:
        return min(lost, key=lambda each: WORST.index(each.kind))
    if not wrong and case.said and not re.search(case.said, told):
        wrong = [f"not said: {case.said}"]
    guessed = f"of {case.item!r} are taken for no answer" in told
    return Outcome(
        "said" if wrong and guessed else "silent" if wrong else "right", f"{'; '.join(wrong)} | {told[-900:]}"
    )


def _refused(wanted: str, said: str) -> Outcome:
    return Outcome("refused" if wanted and re.search(wanted, said) else "unclear", said[:700])


def _wrong_waves(case: Case, n: Mapping[str, int]) -> str:
    if not case.waves:
        one = len(n) == 1 and (not case.n or set(n.values()) <= set(case.n))
        return "" if one else f"waves {dict(n)}"
    return "" if any(dict(n) == dict(each) for each in case.waves) else f"waves {dict(n)}"


def _wrong_role(case: Case, role: str, waves: Sequence[Wave], told: str) -> Outcome | None:
    wanted: tuple[str | None, ...] = getattr(case, role)
    for wave in waves:
        design = wave.design
        found = (design.stages[0] if design.stages else None) if role == "psu" else getattr(design, role)
        if found in wanted:
            continue
        named = [each for each in wanted if each and re.search(rf"\b{re.escape(each)}\b", told)]
        kind = "said" if found is None and named else "silent"
        return Outcome(kind, f"{role} is {found!r}, right is {wanted} | {told[-900:]}")
    return None


def _wrong_answers(case: Case, waves: Sequence[Wave], frame: pl.DataFrame) -> str:
    for wave in waves:
        right = case.right.get(wave.id, {}) if case.waves else case.right
        name, source = next(
            ((name, each) for name, each in wave.variables.items() if each and each.from_ == case.item),
            ("", None),
        )
        if source is None:
            return f"{case.item} is not in wave {wave.id}" if right or case.mean else ""
        rows = frame.filter(pl.col("wave") == wave.id).select(
            pl.col(name).alias("a"), pl.col("_weight").alias("w")
        )
        rows = rows.drop_nulls("a").with_columns(pl.col("w").fill_null(1.0))
        if case.mean is not None and source.type == "number":
            got = float((rows["a"] * rows["w"]).sum() / rows["w"].sum())
            if abs(got - case.mean) > 1e-9:
                return f"mean {got}, right is {case.mean}"
            continue
        back = {to: code for code, to in reversed((source.codes or {}).items())}
        sums = rows.group_by("a").agg(pl.col("w").sum())
        shown = {
            normalize("NFC", f"{a:g}" if source.type == "number" else back.get(a, a)): 100
            * float(w)
            / float(rows["w"].sum())
            for a, w in sums.rows()
        }
        if case.mean is not None:
            try:
                got = sum(float(code) * share / 100 for code, share in shown.items())
            except ValueError:
                return f"codes {sorted(shown)}"
            if abs(got - case.mean) > 1e-9:
                return f"mean {got}, right is {case.mean}; codes {sorted(shown)}"
            continue
        if set(shown) != set(right) or any(abs(shown[each] - right[each]) > 1e-9 for each in right):
            return f"shares {shown}, right is {right}"
    return ""


def _of_library(case: Case, path: Path) -> Outcome:
    assert case.library
    column, weight, right, options = case.library
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", Remark)
            sample = Sample.from_file(path, weight=weight, **options)
            got = float(sample.mean(column).frame["estimate"][0])
    except ThuisError as error:
        return _refused(right if isinstance(right, str) else case.refused, str(error))
    except Exception as error:
        return Outcome("crash", "library: " + repr(error)[:300])
    if isinstance(right, float) and abs(got - right) < 1e-9:
        return Outcome("right")
    if isinstance(right, str) and any(re.search(right, str(each.message)) for each in said):
        return Outcome("right")
    return Outcome(
        "said" if said else "silent", f"library: {got}, right is {right} {[str(e.message) for e in said]}"
    )


def csv_file(
    columns: Columns,
    sep: str = ",",
    encoding: str = "utf-8",
    *,
    name: str = "a.csv",
    head: str | None = None,
    above: str = "",
    under: Sequence[str] = (),
    below: str = "",
    end: str = "\n",
    tail: str = "",
) -> Write:
    """A CSV as a person would have it made: ``under`` are lines under the header, ``tail`` ends every row."""

    def write(folder: Path) -> Path:
        rows = [
            sep.join(_field(each, sep) for each in row) + tail for row in zip(*columns.values(), strict=True)
        ]
        first = sep.join(_field(each, sep) for each in columns) + tail if head is None else head
        text = end.join([*([above] if above else []), first, *under, *rows]) + end + below
        path = folder / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def _field(value: Any, sep: str) -> str:
    text = "" if value is None else str(value)
    if sep in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def sav_file(
    columns: Columns,
    titles: Mapping[str, str] | None = None,
    labels: Mapping[str, Mapping[Any, str]] | None = None,
    missing: Mapping[str, Any] | None = None,
    name: str = "a.sav",
) -> Write:
    """An SPSS file; numbers become those of SPSS."""

    def write(folder: Path) -> Path:
        frame = pl.DataFrame(dict(columns), strict=False).to_pandas()
        for each in frame.columns:
            if frame[each].dtype.kind in "iu":
                frame[each] = frame[each].astype(float)
        path = folder / name
        own = {
            each: {(float(k) if isinstance(k, int) else k): v for k, v in known.items()}
            for each, known in (labels or {}).items()
        }
        options: dict[str, Any] = {"column_labels": [(titles or {}).get(each) for each in frame.columns]}
        options["variable_value_labels"] = own
        if name.endswith(".por"):
            pyreadstat.write_por(frame, str(path), column_labels=options["column_labels"])
        else:
            pyreadstat.write_sav(
                frame,
                str(path),
                missing_ranges=dict(missing or {}),
                compress=name.endswith("zsav"),
                **options,
            )
        return path

    return write


def dta_file(
    columns: Columns,
    titles: Mapping[str, str] | None = None,
    labels: Mapping[str, Mapping[Any, str]] | None = None,
    tagged: Mapping[str, Sequence[str]] | None = None,
    version: int = 15,
    name: str = "a.dta",
) -> Write:
    """A Stata file of some version."""

    def write(folder: Path) -> Path:
        frame = pl.DataFrame(
            {
                k: pl.Series(k, list(v), strict=False, dtype=pl.Object if k in (tagged or {}) else None)
                for k, v in columns.items()
            }
        ).to_pandas()
        path = folder / name
        pyreadstat.write_dta(
            frame,
            str(path),
            column_labels=[(titles or {}).get(each) for each in frame.columns],
            variable_value_labels={k: dict(v) for k, v in (labels or {}).items()},
            missing_user_values={k: list(v) for k, v in (tagged or {}).items()},
            version=version,
        )
        return path

    return write
