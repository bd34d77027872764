"""Which columns hold the weight, the stratum and the PSU: by name, label and values, with the evidence.

A guess that changes every standard error is never made from a few letters within a name: the name must be one
that surveys use for the role, or the label must say it, and the values must be possible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from thuis.formats import Column, Raw, Reader
from thuis.formats.numbers import to_number
from thuis.language.letters import plain
from thuis.plausible.order import tail_without
from thuis.yaml import pattern, wording

ROLES = ("weight", "strata", "psu")


@cache
def known() -> dict[str, dict[str, re.Pattern[str]]]:
    """The patterns of every role, from ``roles.yaml``; a kind that a role has none of fits nothing."""
    read = wording("thuis.starter", "roles.yaml")
    lists = {
        name: {each: re.compile(each, re.I) for each in read.pop(name)} for name in ("best", "household")
    }
    kinds = ("names", "labels", "not names", "not")
    return lists | {
        role: {kind: pattern(given.get(kind, ())) for kind in kinds} for role, given in read.items()
    }


_FEW = {"weight": 2, "strata": 1000, "psu": 2}
"""A column with more labels than these is a question, unless its label names the role."""
_SCALE = 12
"""No scale of answers has more labels."""
_ANSWERS = 12
_PER_CENT = 100.0
"""The mean of weights in per cent; nobody's kilos."""
_KILOS = (30.0, 250.0)
_SHARED, _HOME, _CROWD = 1.3, 8.0, 30
"""People asked per household, on average at least and at most; and no more than so many in one."""
_LARGE = 1000
_REPLICATES = 8
"""So many columns with one name and a number are replicate weights, not the weight."""
SAY = ": say which with --decimal or --thousands"
_PLAIN = " is no plain number"
_SIGNED = r"^\s*[-+]?[\d.,]+\s*\D{1,3}$"
"""A number with a sign or a unit behind it: 85%, 1.2x."""
NONE = "-"
"""Said in place of a column when there is none."""
_KINDS = 3
"""With more labels than these, numbers left out, they are weights of several kinds."""


@dataclass(frozen=True, slots=True)
class Role:
    """The column of a role, or none, why, and which others were near."""

    role: str
    column: str | None
    evidence: str
    others: tuple[str, ...] = ()
    unclear: str = ""
    """The column that has such a name and whose numbers can be read in two ways."""

    def line(self) -> str:
        """For a terminal.

        >>> print(Role("psu", "psu", "its name; 80 values", ("vpsu (2 values)",)).line())
        psu: 'psu', guessed from its name; 80 values
          also possible: vpsu (2 values)
        """
        if self.column is None:
            said = f"{self.role}: none, {self.evidence}"
        else:
            said = f"{self.role}: {self.column!r}, guessed from {self.evidence}"
        return said + (f"\n  also possible: {'; '.join(self.others)}" if self.others else "")


def columns_said(said: Mapping[str, str | None]) -> list[str]:
    """The columns that the user named for roles."""
    return [each for each in said.values() if each and each != NONE]


def candidates(columns: Mapping[str, Column], role: str) -> list[str]:
    """Columns that may have a role, the likeliest first, by name and label alone."""
    names = [each for each in columns if each]
    series = _series(columns, names) if role == "weight" else frozenset()
    scored = {name: _score(columns[name], role) for name in names if name not in series}
    order = {name: i for i, name in enumerate(names)}
    if len(numbered := [each for each in names if re.fullmatch(r"(?i)w\d+", each)]) > 1:
        # Beside a w7 a w8 is the eighth of something, and no word.
        scored |= {each: 2 * bool(scored.get(each) in (2, 5)) for each in numbered}
    found = [name for name, score in scored.items() if score > 0]
    if role == "weight":
        found += [name for name in named(columns, "probability") if name not in found]
    found += [name for name in names if columns[name].role == role and name not in found]

    def likely(name: str) -> tuple[float, ...]:
        """The lower, the likelier."""
        about, score = columns[name], -scored.get(name, 0)
        first = about.role != role
        if role != "weight":
            return first, score, order[name]
        return first, _before(about), score, _rank(about), order[name]

    return sorted(found, key=likely)


def named(columns: Mapping[str, Column], role: str) -> list[str]:
    """Columns whose name, or failing that whose label, is one of a role that is not guessed by its values.

    >>> named({"jaar": Column("jaar"), "yr": Column("yr", "Year of birth")}, "wave")
    ['jaar']
    """
    told = known()[role]
    # Of a form, the question itself is what a column is called.
    said = {name: each.title or (name if " " in name else "") for name, each in columns.items() if name}
    kept = {name: title for name, title in said.items() if not told["not"].search(f"{name} {title}")}
    by_name = [name for name in kept if _fits(told["names"], name)]
    by_label = [name for name, title in kept.items() if told["labels"].search(title)]
    return list(dict.fromkeys([*by_name, *by_label]))


def _fits(names: re.Pattern[str], name: str) -> bool:
    """Whether a name is known, with its accents or without."""
    return bool(names.fullmatch(name) or names.fullmatch(plain(name)))


def why(about: Column, role: str) -> str:
    """What speaks for a column: its name, its label or both."""
    if about.role == role:
        return "what the file itself says of its design"
    called = _fits(known()[role]["names"], about.name)
    labelled = bool(known()[role]["labels"].search(about.title))
    label = f"its label {about.title[:60]!r}"
    return f"its name and {label}" if called and labelled else label if labelled else "its name"


def _score(column: Column, role: str) -> int:
    named = _fits(known()[role]["names"], column.name)
    labelled = bool(known()[role]["labels"].search(column.title))
    if known()[role]["not"].search(column.title) or known()[role]["not names"].fullmatch(column.name):
        return 0
    if len(column.labels) > _FEW[role] and not labelled and not (named and len(column.labels) > _SCALE):
        # Codes with labels are answers; strata and units may have names, but then they are many.
        return 0
    if named and column.title and not labelled and role == "psu" and len(column.title.split()) > 4:
        # A name that fits by chance has a question for its label.
        return 0
    return 3 * named + 2 * labelled


def _before(column: Column) -> bool:
    """Whether a weight is one before corrections, which others hold: the design weight alone."""
    return _is(column, "first") and not _is(column, "finished")


def _is(column: Column, kind: str) -> bool:
    told = known()[kind]
    return bool(_fits(told["names"], column.name) or told["labels"].search(column.title))


def _rank(column: Column) -> int:
    """Weights for analysis and for persons come before others."""
    best = list(known()["best"])
    if column.name.lower() in best:
        return best.index(column.name.lower())
    household = known()["household"].values()
    small = any(each.fullmatch(one) for each in household for one in (column.name, column.title))
    return len(best) + 2 * small - _is(column, "finished") + 1


def of_households(about: Column) -> str | None:
    """A remark when a weight is one of households, by its name or label.

    >>> print(of_households(Column("w", "Household weight")))
    weight: 'w' (Household weight) is one of households: figures are of households, not of people
    """
    said = [about.name, *re.findall(r"[^\W\d_]+", about.title)]
    if not any(each.fullmatch(one) for each in known()["household"].values() for one in said):
        return None
    title = f" ({about.title})" if about.title else ""
    return f"weight: {about.name!r}{title} is one of households: figures are of households, not of people"


def _series(columns: Mapping[str, Column], names: Sequence[str]) -> frozenset[str]:
    """Columns that differ in their number alone, in name and label: replicates, not weights of kinds."""
    stems: dict[str, list[str]] = {}
    for name in names:
        found = re.fullmatch(r"(.*?[a-zA-Z_])0*\d+", name)
        if found:
            stems.setdefault(found[1].lower(), []).append(name)
    return frozenset(
        name
        for group in stems.values()
        if len(group) >= _REPLICATES
        and len({re.sub(r"\d+", "", columns[each].title).casefold() for each in group}) <= _KINDS
        for name in group
        if not re.search(r"[a-zA-Z_]0$", name)  # the full sample, of which the others are replicates
    )


def decide(raw: Raw, role: str, names: Sequence[str], rest: Sequence[str] = ()) -> Role:
    """The first candidate whose values are possible, with what speaks for it and against the others.

    :param rest: candidates whose values were not looked at.
    """
    chosen, evidence, others, unclear = None, "", [], ""
    for name in names:
        about = raw.about(name)
        fault, seen = _JUDGES[role](raw, name)
        if fault:
            unclear = unclear or (name if fault.endswith((SAY, _PLAIN)) else "")
            others.append(f"{name} ({fault})")
        elif chosen is None:
            chosen, evidence = name, f"{why(about, role)}; {seen}"
        else:
            others.append(f"{name} ({seen})")
    if chosen is None:
        evidence = "no column fits" if others else "no column has such a name or label"
    return Role(role, chosen, evidence, (*others, *rest)[:6], "" if chosen else unclear)


def homes(columns: Mapping[str, Column], look: Reader) -> Role | None:
    """Households as sampling units, where several people of most were asked and nothing else tells units."""
    for name in named(columns, "home")[:2]:
        keys = look([name]).codes(name)
        distinct = keys.n_unique()
        if keys.null_count() or not _SHARED * distinct <= len(keys) <= _HOME * distinct:
            continue
        if max(keys.value_counts()["count"].to_list()) <= _CROWD:
            seen = f"{distinct:,} households of {len(keys):,} people, who are alike within one"
            return Role("psu", name, f"its name; {seen}")
    return None


def _weight(raw: Raw, name: str) -> tuple[str, str]:
    stored = raw.frame[name]
    found = to_number(stored, *raw.marks)
    values, gone = found.values, int(found.values.null_count())
    if named({name: raw.about(name)}, "probability") and (values.drop_nulls() <= 1).all():
        return "a probability of being drawn; a weight is 1 divided by it", ""
    if found.doubt:
        return f"{found.doubt}{SAY}", ""
    if gone:
        other = stored.filter(values.is_null() & stored.is_not_null())
        if other.dtype == pl.String and len(other) == len(values) and other.str.contains(_SIGNED).all():
            return f"{other[0]!r}{_PLAIN}", ""
        tail = tail_without(values)
        return f"missing or no number in {f'the last {tail}' if tail else gone} rows", ""
    fault = "negative in some rows" if (values < 0).any() else ""
    labels = raw.about(name).labels
    if len(labels) > 1 and set(raw.codes(name).unique().to_list()) <= set(labels):
        fault = "every value has a label, as answers have"
    if not fault and values.n_unique() < 2:
        fault = f"{float(values.sum()) / len(values):g} for everybody" if len(values) else "no rows"
    if fault := fault or _no_weight(values, name, raw.columns):
        return fault, ""
    mean = float(values.sum()) / len(values)
    return "", f"{values.n_unique()} values, mean {f'{mean:,.0f}' if mean >= _LARGE else f'{mean:.4g}'}"


def _no_weight(values: pl.Series, name: str, others: Iterable[str]) -> str:
    """Why whole numbers are answers or kilos rather than weights: by their size, and what stands beside."""
    low, high = (float(each) for each in values.sort().gather([0, -1]))
    distinct, whole = values.n_unique(), bool((values % 1 == 0).all())
    if whole and 1 < distinct <= _ANSWERS and high <= _ANSWERS and len(name) < len("weight") - 2:
        return f"whole numbers from {low:g} to {high:g}, like answers"
    mean = float(values.sum()) / len(values)
    if abs(mean - _PER_CENT) < 1:
        return ""
    heavy, tall = (known()[each]["names"] for each in ("heavy", "tall"))
    if not heavy.fullmatch(name) or low < _KILOS[0] or high > _KILOS[1]:
        return ""
    beside = next((each for each in others if tall.fullmatch(each)), None)
    if beside:
        return f"from {low:g} to {high:g} beside {beside!r}: how much people weigh"
    return f"whole numbers from {low:g} to {high:g}, like kilos" if whole and distinct > _ANSWERS else ""


def _no_key(keys: pl.Series) -> str:
    """Why a column cannot tell parts of a sample apart."""
    if gone := keys.null_count():
        return f"missing in {gone} rows"
    return "one value for everybody" if keys.n_unique() < 2 else ""


def _strata(raw: Raw, name: str) -> tuple[str, str]:
    keys = raw.codes(name)
    if fault := _no_key(keys):
        return fault, ""
    distinct = keys.n_unique()
    if distinct > len(keys) / 2:
        return "nearly every row has its own", ""
    return "", f"{distinct} values"


def _psu(raw: Raw, name: str) -> tuple[str, str]:
    keys = raw.codes(name)
    if fault := _no_key(keys):
        return fault, ""
    distinct = keys.n_unique()
    if distinct == len(keys):
        return "another in every row", ""
    if raw.frame[name].dtype.is_float() and not (raw.frame[name] % 1 == 0).all():
        return "numbers with decimals", ""
    sizes = keys.value_counts()["count"].to_list()
    return "", f"{distinct} values, {min(sizes)} to {max(sizes)} rows each"


_JUDGES: dict[str, Callable[[Raw, str], tuple[str, str]]] = {
    "weight": _weight,
    "strata": _strata,
    "psu": _psu,
}
