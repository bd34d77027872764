"""What the columns of a survey file are probably for; every guess is written down for a person to correct."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from thuis.read.raw import Column, Raw, codes

MOST_CODES = 12
"""A column with more distinct codes is no category."""

_ROLES = {
    "weight": r"(survey.?)?w(e?i)?g?h?ts?\d*|p?weight.*|.*gewicht.*|(.*_)?we(e|gin)g.*|wtss.*|w_?person",
    "strata": r".*strat.*",
    "psu": r".*psu.*|.*cluster.*",
}
_BREAKDOWN = (
    r"(.*_)?(sex|gender|geslacht|origin|region|regio|landsdeel)"
    r"|.*(herkomst|generat|educat|opleid|leeftijdsk).*"
)
_IDENTIFIER = r"(.*_)?(id|nr|nummer|number|resp(ondent)?(_?(nr|nummer|number|id))?|case(_?id)?|year|jaar)\d*"
_NO_ANSWER = (
    r"(ik )?weet (ik )?(het )?niet.*|geen antwoord.*|(ik )?wil (ik )?(dat )?niet zeggen.*|weiger.*|onbekend"
    r"|niet van toepassing|n\.?v\.?t\.?|niet ingevuld|(i )?do(n.?t| not) know.*|dk|no answer.*|refus.*"
    r"|unknown|not applicable|n/?a|not stated|missing|prefer not to (say|answer)"
)
_UNLABELLED = frozenset({"8", "9", "88", "98", "99", "888", "998", "999"})
_HIGHEST = 6
"""Codes like 8 and 9 are taken for no answer only when no other code comes near them."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A column that can be shown: its id, its title and what each code becomes."""

    id: str
    column: str
    title: str
    codes: Mapping[str, str]
    labels: Mapping[str, str]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """The roles of the columns of a file."""

    weight: str | None
    strata: str | None
    psu: str | None
    breakdowns: tuple[Variable, ...]
    indicators: tuple[Variable, ...]


def slug(text: str, taken: Sequence[str] = ()) -> str:
    """A text as an id, unique among those taken.

    >>> slug("Één keer, soms"), slug("a", ["a"])
    ('een-keer-soms', 'a-2')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "code"
    name, n = base, 2
    while name in taken:
        name, n = f"{base}-{n}", n + 1
    return name


def role(columns: Sequence[str], what: str) -> str | None:
    """The first column whose name fits a role of the design."""
    return next((each for each in columns if re.fullmatch(_ROLES[what], each, re.IGNORECASE)), None)


def variable(raw: Raw, name: str, taken: Sequence[str] = ()) -> Variable | None:
    """A column as a category, or None when it has too many codes or only one."""
    about = raw.columns.get(name, Column(name))
    found = [each for each in codes(raw.frame[name]).drop_nulls().unique().to_list() if each]
    if not 2 <= len(found) <= MOST_CODES or (not about.labels and any(map(_measured, found))):
        return None
    missing = _no_answer(found, about.labels)
    if len(found) - len(missing) < 2:
        missing = ()
    mapping: dict[str, str] = {}
    for each in sorted(set(found) - set(missing), key=_order):
        mapping[each] = slug(about.labels.get(each, _named(each)), list(mapping.values()))
    labels = {each: about.labels.get(each, each) for each in mapping}
    return Variable(slug(name, taken), name, about.title or name.replace("_", " "), mapping, labels, missing)


def _no_answer(found: Sequence[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Codes that are probably no answer: by their label or own word, or 8, 9, 98, … far above the others."""
    named = [
        each for each in found if re.fullmatch(_NO_ANSWER, labels.get(each, each).strip(), re.IGNORECASE)
    ]
    high = [each for each in found if each in _UNLABELLED and each not in labels]
    rest = [each for each in found if each not in high and each not in named]
    near = any(not each.isdigit() or int(each) > _HIGHEST for each in rest)
    return tuple(sorted({*named, *([] if near else high)}, key=_order))


def _measured(code: str) -> bool:
    """Whether a code is a number with decimals, so that its column measures something."""
    try:
        return not float(code.replace(",", ".")).is_integer()
    except ValueError:
        return False


def _named(code: str) -> str:
    return code if any(letter.isalpha() for letter in code) else f"code {code}"


def _order(value: str) -> tuple[int, float, str]:
    try:
        return (0, float(value), value)
    except ValueError:
        return (1, 0.0, value)


def guess(
    raw: Raw, design: Mapping[str, str | None], by: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Guess:
    """Roles for every column; what the user named is taken as said."""
    names = raw.frame.columns
    roles = {each: design.get(each) or role(names, each) for each in _ROLES}
    left = [each for each in names if each not in roles.values() and not _identifies(raw.frame, each)]
    found: list[Variable] = []
    for name in left:
        one = variable(raw, name, [each.id for each in found])
        if one:
            found.append(one)
    wanted = [each for each in found if each.column in by]
    likely = [each for each in found if re.fullmatch(_BREAKDOWN, each.column, re.IGNORECASE)]
    groups = wanted or likely or [each for each in found if len(each.codes) <= 4][:1]
    named = [each for each in found if each.column in indicators]
    rest = named or [each for each in found if each not in groups][:5]
    return Guess(roles["weight"], roles["strata"], roles["psu"], tuple(groups[:4]), tuple(rest))


def _identifies(frame: pl.DataFrame, name: str) -> bool:
    return bool(re.fullmatch(_IDENTIFIER, name, re.IGNORECASE)) or (
        frame[name].n_unique() == frame.height and frame.height > MOST_CODES
    )
