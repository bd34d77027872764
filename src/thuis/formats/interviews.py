"""Rows that say of themselves that they are no interview, or none that was finished; and who is in a row.

Survey tools put trials of the questionnaire, rejected forms and people who stopped among the respondents, and
say so in a column of their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from thuis.formats.raw import Column, Raw
from thuis.yaml import patterns

YES = frozenset({"1", "1.0", "true", "yes", "y", "ja", "j", "waar", "wahr", "vrai", "oui", "si", "sí", "x"})
NO = frozenset({"0", "0.0", "false", "no", "nee", "onwaar", "falsch", "faux", "nein", "non", "n"})
_QUALTRICS = frozenset({"responseid", "finished"})
_PREVIEW, _SPAM = 3, 8
"""Bits of Qualtrics' numbers of a Status: preview 1, test 2, spam 8."""
_UNIPARK = frozenset({"lfdn", "dispcode"})
_COMPLETED = frozenset({"31", "32"})
"""Unipark's codes of an interview that was finished."""
_MOST = 40
"""A column with more values says something else."""


def _known(kind: str) -> re.Pattern[str]:
    """The words for one kind of column or answer, of ``interviews.yaml``."""
    return patterns("thuis.formats", "interviews.yaml")[kind]


def person_of(columns: Iterable[str], taken: Collection[str | None]) -> str | None:
    """The column that numbers the respondents, by its name.

    >>> person_of(["resp_id", "trust"], ()), person_of(["idea"], ()), person_of(["id"], ["id"])
    ('resp_id', None, None)
    """
    return next((each for each in columns if _known("person").fullmatch(each) and each not in taken), None)


def passed_over(columns: Iterable[str], codes: Collection[str]) -> tuple[str, ...]:
    """Codes of people who saw a question and did not answer: Unipark's 0, beside answers from 1 on.

    >>> passed_over(["lfdn", "dispcode", "v"], ["0", "1", "2", "-77"]), passed_over(["v"], ["0", "1", "2"])
    (('0',), ())
    """
    if not {each.lower() for each in columns} >= _UNIPARK:
        return ()
    answers = [int(each) for each in codes if each.isdecimal()]
    return ("0",) if 0 in answers and max(answers) > 1 else ()


_KINDS = ("status", "done", "sent", "record", "out", "in", "proxy")


@dataclass(frozen=True, slots=True)
class Marked:
    """What a column says of rows: which are trials, which were not finished, and the codes of all others.

    ``kept`` is empty when the others have too many.
    """

    column: str
    trials: Mapping[str, int]
    broken: Mapping[str, int]
    kept: tuple[str, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    """The label of a code that has one."""
    what: str = "not finished"
    """What ``broken`` are: not finished, marked to be left out, answered by another."""

    def lines(self, *, left_out: bool = False) -> list[str]:
        """For a terminal.

        :param left_out: trials are no longer among the rows.

        >>> print(Marked("Status", {"Test": 3}, {}, ("Web",)).lines()[0])
        3 rows are no respondents: 'Status' is 'Test' (3); leave them out with  where: {Status: ["Web"]}
        """
        told = []
        if self.trials:
            more = ": left out" if left_out else f"; leave them out with  {self._where(self.broken)}"
            told.append(f"{_rows(self.trials)} no respondents: {self._listed(self.trials)}{more}")
        if self.broken:
            out = f"to leave them out say  {self._where({})}"
            if not self.kept:
                out = "to leave them out export finished interviews alone"
            told.append(
                f"{_rows(self.broken)} {self.what}: {self._listed(self.broken)}; where they answered they "
                f"count; {out}"
            )
        return told

    def _listed(self, counts: Mapping[str, int]) -> str:
        told = (f"{self._called(code)} ({n})" for code, n in list(counts.items())[:4])
        return f"{self.column!r} is {', '.join(told)}"

    def _called(self, code: str) -> str:
        label = self.said.get(code, "")
        return f"{code!r} {label}".strip() if code else "empty"

    def _where(self, also: Mapping[str, int]) -> str:
        codes = ", ".join(f'"{each}"' for each in (*self.kept, *also))
        listed = codes if len(self.kept) <= _MOST / 4 else "..."
        return f"where: {{{self.column}: [{listed}]}}"


def _rows(counts: Mapping[str, int]) -> str:
    n = sum(counts.values())
    return f"{n:,} rows are" if n > 1 else "1 row is"


def saying(columns: Iterable[str]) -> list[str]:
    """The columns that may say of rows that they are no interviews, by their names."""
    names = list(columns)
    lower = {each.lower() for each in names}
    found = [n for n in names if any(_is(each, n) for each in _KINDS)]
    found += [each for each in names if _known("person").fullmatch(each)][:1]
    return found + [each for each in names if each.lower() == "dispcode" and lower >= _UNIPARK]


def _is(kind: str, name: str) -> bool:
    """Whether a column is of a kind by its name, or by its code or text where LimeSurvey writes both.

    >>> _is("sent", "submitdate. Date submitted"), _is("sent", "q1. Date submitted to?")
    (True, False)
    """
    return any(_known(kind).fullmatch(each) for each in (name, *name.split(". ", 1)[:2]))


def marked(columns: Mapping[str, Column] | Iterable[str], raw: Raw, names: Iterable[str]) -> list[Marked]:
    """What chosen columns say of rows; those that say nothing are left out.

    :param columns: all columns of the file, by which the tool that made it is known.
    """
    lower = {each.lower() for each in columns}
    return [each for name in names if (each := _marked(raw, name, lower)) is not None]


def _marked(raw: Raw, name: str, beside: Collection[str]) -> Marked | None:
    codes = raw.codes(name)
    if _is("person", name):
        return _tests(name, raw)
    counts = {str(code): int(n) for code, n in codes.drop_nulls().value_counts().sort(name).rows()}
    if _is("sent", name):
        empty = codes.null_count()
        return Marked(name, {}, {"": empty}, ()) if 0 < empty < len(codes) else None
    if not counts or len(counts) > _MOST:
        return None
    about = raw.about(name)
    if any(_is(each, name) for each in ("out", "in", "proxy")):
        return _doubted(name, counts, about, empty=codes.null_count())
    trials = {code: n for code, n in counts.items() if _trial(name, code, about, beside)}
    if _is("record", name):
        said = {code: about.labels.get(code, code).strip() for code in counts}
        persons = any(_known("member").fullmatch(each) for each in said.values())
        trials = {
            code: n for code, n in counts.items() if persons and _known("household").fullmatch(said[code])
        }
    broken = {
        code: n
        for code, n in counts.items()
        if code not in trials and _broken(name, code, about, counts, beside)
    }
    kept = tuple(code for code in counts if code not in trials and code not in broken)
    if codes.null_count():
        kept = (*kept, "")
    few = sum((*trials.values(), *broken.values())) < len(codes)
    return Marked(name, trials, broken, kept, about.labels) if (trials or broken) and kept and few else None


def _tests(name: str, raw: Raw) -> Marked | None:
    """People whose number begins as those of a test do; numbers alone say nothing."""
    if raw.frame[name].dtype != pl.String:
        return None
    codes = raw.codes(name).drop_nulls()
    tests = codes.filter(codes.str.contains(f"(?i){_known('tested').pattern}"))
    few = 0 < len(tests) <= len(codes) / 4
    return Marked(name, {}, dict.fromkeys(tests.to_list(), 1), (), what="called a test") if few else None


def _doubted(name: str, counts: Mapping[str, int], about: Column, *, empty: int) -> Marked | None:
    """What a mark of yes or no says of rows; nothing where it is none."""
    said = {code: about.labels.get(code, code).strip().lower() for code in counts}
    yes = [code for code in counts if said[code] in YES or (code in YES and code in about.labels)]
    no = [code for code in counts if said[code] in NO or (code in NO and code in about.labels)]
    out, kept = (no, yes) if _is("in", name) else (yes, no)
    if not out or len(yes) + len(no) < len(counts) or not (kept or empty):
        return None
    rest = (*kept, *([""] if empty else []))
    what = "answered by another" if _is("proxy", name) else "marked as not to count"
    return Marked(name, {}, {code: counts[code] for code in out}, rest, about.labels, what=what)


def _bits(name: str, code: str, about: Column, beside: Collection[str]) -> bool:
    """Whether a code is one of Qualtrics' numbers of a Status, whose bits say what a row is."""
    plain = name.lower() == "status" and code.isdecimal() and code not in about.labels
    return plain and set(beside) >= _QUALTRICS


def _trial(name: str, code: str, about: Column, beside: Collection[str]) -> bool:
    said = about.labels.get(code, code).strip()
    if re.fullmatch(r"(?i)(is[ _.]?)?(test|preview)", name):
        return said.lower() in ("1", "1.0", "true", "yes", "ja", "waar")
    if _bits(name, code, about, beside):
        return bool(int(code) & _PREVIEW)
    return bool(_is("status", name) and _known("trial").fullmatch(said))


def _broken(name: str, code: str, about: Column, counts: Mapping[str, int], beside: Collection[str]) -> bool:
    said = about.labels.get(code, code).strip()
    if name.lower() == "dispcode":
        return code not in _COMPLETED and bool(_COMPLETED & counts.keys())
    if _bits(name, code, about, beside):
        return bool(int(code) & _SPAM)
    if _is("done", name):
        form = name.lower().endswith("_complete")
        if form and not set(counts) <= {"0", "1", "2"} and not _known("broken").fullmatch(said):
            return False
        return bool(said.lower() in NO or _known("broken").fullmatch(said))
    return bool(_is("status", name) and _known("broken").fullmatch(said))
