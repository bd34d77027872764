"""Several waves in one file: the column that tells them apart, and whether the same people come back.

A file of ten years read as one wave gives one number that is true of no year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from thuis.formats import Raw
from thuis.formats.answers import unanswered
from thuis.formats.numbers import to_number
from thuis.starter.looked import Looked
from thuis.starter.roles import named, why

MOST = 60
"""More values than this are no waves."""
_TRIED = 6
_LONGEST = 10
"""A longer text with a year in it is a sentence."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:0[1-9]|1[0-2])?(?!\d)")
_NUMBERED = re.compile(
    r"(?:[^\W\d]{0,9}[ _.-]?\d{1,2}|\d{1,2}(?:e|de|ste|st|nd|rd|th)?[ _.-]?[^\W\d]{0,9})", re.IGNORECASE
)
_LETTERS = "ABCDEFGH"
"""Waves by letters begin with these."""
_LOOSE = re.compile(r"(?i)period[eo]?|kwartaal|quarter|trimestre|tijdstip|yr")
"""Names that are also of something else, so that only years will do."""
_SAME = 0.97
"""People who come back have one sex in so many cases; numbers that begin anew in every wave in half."""
_BACK = 0.2


@dataclass(frozen=True, slots=True)
class WaveRows:
    """The rows of one wave: the code of the column, the id and title of the wave, and how many rows."""

    code: str
    id: str
    title: str
    rows: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """The wave that a whole file is: its name, its year, and what a terminal says of it."""

    id: str
    year: int
    told: str | None = None
    named: bool = False
    """Whether the user gave the name."""


@dataclass(frozen=True, slots=True)
class Waves:
    """The column by which a file tells its waves apart, and the waves in order of time."""

    column: str
    evidence: str
    rows: tuple[WaveRows, ...]
    person: str | None = None
    """The column that numbers people, when the same people come back."""

    def line(self) -> str:
        """For a terminal.

        >>> print(Waves("jaar", "its name", (WaveRows("2019", "2019", "2019", 731, 2019),)).line())
        waves: 'jaar', guessed from its name; 2019 (731 rows)
        """
        listed = ", ".join(f"{each.code} ({each.rows:,} rows)" for each in self.rows)
        return f"waves: {self.column!r}, guessed from {self.evidence}; {listed}"


def waves_of(looked: Looked) -> Waves | None:
    """The column that tells waves apart, or None when the file has none."""
    columns = looked.columns
    for name in named(columns, "wave")[:_TRIED]:
        rows = _rows(looked.whole([name]), name)
        if rows:
            person = _panel(looked, name) if len(rows) > 1 else None
            return Waves(name, why(columns[name], "wave"), rows, person)
    return None


def _rows(raw: Raw, name: str) -> tuple[WaveRows, ...]:
    """The waves when every row has one and the values can be those of waves; else nothing."""
    keys = raw.codes(name)
    counts = raw.counts(name)
    labels = raw.about(name).labels
    if not counts or len(counts) > MOST or unanswered(labels) & counts.keys():
        return ()
    if keys.null_count() or not all(_possible(each, name) for each in counts):
        return ()
    taken: list[WaveRows] = []
    for code in sorted(counts, key=_in_time):
        plain, label = _plain(code), labels.get(code, "")
        own = bool(_year(plain)) or not plain.isdecimal()
        id_ = re.sub(r"[^\w.-]+", "-", plain if own else f"{name}-{plain}").strip("-").lower()
        title = label or (plain if own else f"{name} {plain}")
        taken.append(WaveRows(code, id_, title, counts[code], _year(plain) or _year(label)))
    return tuple(taken) if len({each.id for each in taken}) == len(taken) else ()


def _plain(code: str) -> str:
    """A code without the decimals that programs write behind a whole number."""
    return re.sub(r"^(\d+)\.0+$", r"\1", code)


def _possible(code: str, name: str) -> bool:
    """A year, a year with its quarter or month, a small number, or a word with a number: W2, 0-meting."""
    plain = _plain(code)
    if _year(plain):
        return len(plain) <= _LONGEST
    if _LOOSE.fullmatch(name):
        return False
    if plain.isdecimal():
        return 1 <= int(plain) <= MOST
    if len(plain) == 1 and plain.upper() in _LETTERS:
        return True
    return bool(_NUMBERED.fullmatch(plain))


def _in_time(code: str) -> tuple[list[int], str]:
    return [int(each) for each in re.findall(r"\d+", _plain(code))], code


def _year(text: str) -> int | None:
    """The first year in a text; 201911 is November of one.

    >>> _year("2019Q1"), _year("201911"), _year("2005-2009"), _year("1234567")
    (2019, 2019, 2005, None)
    """
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def year_in(name: str, until: int) -> int | None:
    """The one year that a name tells, of those that have been.

    >>> year_in("anes_2020", 2026), year_in("export-20240315_w2019", 2026), year_in("gss_1972_2024", 2026)
    (2020, 2019, None)
    """
    years = {int(each) for each in _YEAR.findall(name)}
    return years.pop() if len(years) == 1 and max(years) <= until else None


def _panel(looked: Looked, wave: str) -> str | None:
    """The column that numbers people who come back, held by their sex; None when nothing shows it."""
    people, sexes = named(looked.columns, "person")[:3], named(looked.columns, "sex")[:1]
    if not people or not sexes:
        return None
    raw = looked.whole([wave, *people, *sexes])
    for name in people:
        frame = pl.DataFrame({"w": raw.codes(wave), "p": raw.codes(name), "s": raw.codes(sexes[0])})
        frame = frame.drop_nulls()
        if frame.select(pl.struct("w", "p").is_duplicated().any()).item():
            continue
        each = frame.group_by("p").agg(n=pl.len(), same=pl.col("s").n_unique() == 1)
        back = each.filter(pl.col("n") > 1)
        if back.height > _BACK * each.height and float(back["same"].sum()) / back.height >= _SAME:
            return name
    return None


def other_countries(looked: Looked, waves: Waves) -> str | None:
    """One sentence when the waves of a file are of other countries: a change may be one of countries."""
    for name in named(looked.columns, "country"):
        raw = looked.whole([waves.column, name])
        pairs = pl.DataFrame({"w": raw.codes(waves.column), "c": raw.codes(name)}).drop_nulls().unique()
        sets = {w: set(c) for w, c in pairs.group_by("w").agg("c").rows()}
        if len(sets) < 2 or not 2 <= pairs["c"].n_unique() <= 4 * MOST:
            continue
        every = set.intersection(*sets.values())
        lacking = [f"{c} only in {w}" for w in sorted(sets) for c in sorted(sets[w] - every)[:2]]
        if lacking:
            return (
                f"waves: they are not of the same countries ({', '.join(lacking[:4])}): a change between "
                f"waves may be one of countries; keep those in all with  where: {{{name}: [...]}}"
            )
    return None


_WITH_SIZES = re.compile(r"(?i)^anw|analysis|combin|population|full")
_ALIKE = 1.1
"""Weights that are made for each country alone have one mean in all of them, but for the silent."""


def size_column(looked: Looked, weight: str | None) -> str | None:
    """The column with the sizes of countries: one number for all of each, and other ones for others.

    None where the weight has them in it already, as its name, its label or its sums in the countries say.
    """
    if weight is None or _WITH_SIZES.search(f"{weight} {looked.columns[weight].title}"):
        return None
    near = [each for each in named(looked.columns, "sizes") if each != weight]
    for country in named(looked.columns, "country")[:1] if weight.isidentifier() else ():
        for name in near:
            raw = looked.whole([country, name, weight])
            rows = pl.DataFrame(
                {
                    "c": raw.codes(country),
                    "s": to_number(raw.frame[name]).values,
                    "w": to_number(raw.frame[weight]).values,
                }
            )
            each = rows.group_by("c").agg(
                pl.col("s").n_unique() == 1, size=pl.col("s").first(), w=pl.mean("w")
            )
            gone = bool(rows.null_count().sum_horizontal()[0])
            means = each["w"].to_list()
            alike = not gone and max(means) < _ALIKE * min(means)
            if each["s"].all() and each["size"].n_unique() > 1 and alike and name.isidentifier():
                return name
    return None


def sizes_of(looked: Looked, weight: str | None) -> str | None:
    """One sentence when countries are weighted each for itself and another column has their sizes."""
    for name in named(looked.columns, "sizes"):
        if name != weight:
            counted = f"by {weight!r} alone" if weight else "without a weight"
            return (
                f"weights: {name!r} seems to hold the sizes of countries: {counted} each country counts by "
                "its sample; for all together they are to be multiplied"
            )
    return None


def countries_of(looked: Looked) -> str | None:
    """One sentence when a file holds several countries, which every figure would add together."""
    for name in named(looked.columns, "country"):
        distinct = looked.whole([name]).codes(name).drop_nulls().unique().sort().to_list()
        if 2 <= len(distinct) <= 4 * MOST:
            few = ", ".join(distinct[:3])
            return (
                f"countries: {name!r} has {len(distinct)} values ({few}, ...): every figure counts them"
                f" together; for one alone add  where: {{{name}: [...]}}  to the wave, to compare --by {name}"
            )
    return None
