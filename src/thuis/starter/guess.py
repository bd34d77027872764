"""What the columns of a survey file are probably for; every guess is written down for a person to correct."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from thuis.errors import raise_all, unknowns
from thuis.formats import Column, Raw, Reader
from thuis.formats.answers import lists
from thuis.formats.interviews import saying
from thuis.starter.category import MOST_CODES, variable
from thuis.starter.habits import answers_below
from thuis.starter.records import Design, Guess, Variable
from thuis.starter.roles import NONE, ROLES, Role, candidates, columns_said, decide, homes, known
from thuis.starter.roles import named as role_named

LOOKED_AT = 12
"""Columns read at a time."""
MOST_LIKELY = 24
MOST_COLUMNS = 240
"""Columns looked at before giving up on finding something to show."""
FEWEST = 50
"""The respondents that a cell of a first project has at least."""
FEWEST_PSUS = 10
"""Fewer PSUs without strata are no sample of PSUs."""
_HABITS = 48
"""Columns that show which codes a file uses for no answer."""


def guess(
    columns: Mapping[str, Column],
    look: Reader,
    whole: Reader,
    design: Mapping[str, str | None],
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    ask: Callable[[Role], str | None] | None = None,
) -> Guess:
    """Roles for the columns; what the user named is taken as said.

    :param look: reads the first rows of chosen columns, from which is guessed.
    :param whole: reads all rows of the columns that were chosen, once, which may refute a guess.
    """
    roles = roles_of(columns, look, design)
    if ask:
        design = {name: design.get(name) or ask(role) for name, role in roles.items()}
        raise_all(unknowns("column", columns_said(design), columns))
        roles = {
            name: Role(name, None if said == NONE else said, "what was said") for name, said in design.items()
        }
    taken = {name: each.column for name, each in roles.items()}
    left = [each for each in columns if each and each not in taken.values()]
    told = {*by, *indicators}
    asked = questions(columns, left)
    left = [*(each for each in left if each in told and each not in asked), *asked]
    people = compared_by(columns, left)
    likely = people[:MOST_LIKELY]
    named = dict.fromkeys((*by, *indicators))
    groups = _variables([*by] or likely, look, named, 4)
    if not groups:
        groups = [each for each in _variables(left, look, named, 8) if len(each.codes) <= 4][:1]
    ids = [each.id for each in groups]
    shown = {each.column for each in groups}
    others = [each for each in indicators or left if each not in shown]
    # What people are compared by is no answer to compare, when anything else is there.
    others = [each for each in others if each in named or each not in people] or others
    rest = _variables(others, look, named, len(indicators) or 5, ids)
    chosen = [each for each in taken.values() if each]
    raw = whole(list(dict.fromkeys([*chosen, *(each.column for each in (*groups, *rest))])))
    roles = {name: _held(each, raw, design.get(name)) for name, each in roles.items()}
    answers = frozenset[str]()
    if any(each.below_nought for each in (*groups, *rest)):
        answers = answers_below(look(asked[:_HABITS]), asked[:_HABITS])
    groups = [each for one in groups[:4] if (each := variable(raw, one.column, (), one.id, answers))]
    # Those by whom the others are compared come first, as on a page.
    groups = sorted((replace(each, scale=None) for each in groups), key=lambda each: not each.compared)
    rest = [each for one in rest if (each := variable(raw, one.column, (), one.id, answers))]
    said = dict.fromkeys(roles, "asked") if ask else design
    return Guess(design_by(roles, raw, said), tuple(groups), tuple(rest))


def keys_of(roles: Mapping[str, Role]) -> list[str]:
    """The columns of strata and units."""
    return [column for name in ("strata", "psu") if (column := roles[name].column)]


def design_by(roles: Mapping[str, Role], raw: Raw, said: Mapping[str, str | None]) -> Design:
    """The design that columns with roles make; what was ``said`` of them is no guess."""
    guessed = tuple(each for name, each in roles.items() if not said.get(name))
    weight, strata, psu = (roles[name].column for name in ("weight", "strata", "psu"))
    return Design(weight, strata, psu, guessed, lonely_strata(raw, strata, psu))


def compared_by(columns: Mapping[str, Column], names: Sequence[str]) -> list[str]:
    """The columns that say who people are, those first by which figures are usually compared.

    >>> known = {each: Column(each) for each in ("leeftijd", "vertrouwen", "herkomst", "geslacht")}
    >>> compared_by(known, list(known))
    ['geslacht', 'herkomst', 'leeftijd']
    """
    sexes, background = role_named(columns, "sex"), role_named(columns, "background")
    groups = sorted(role_named(columns, "groups"), key=list(columns).index)
    return [each for each in dict.fromkeys([*sexes, *groups, *background]) if each in names]


def questions(columns: Mapping[str, Column], names: Sequence[str]) -> list[str]:
    """The columns that may be questions to people: no numbers of rows, days, waves or marks of a tool.

    Weights and keys of units are none either. Countries come last: a figure of one country by another says
    nothing.
    """
    apart = {*saying(columns), *role_named(columns, "wave"), *role_named(columns, "home")}
    apart |= {each for role in ("weight", "psu") for each in candidates(columns, role)}
    tools = [known()[role]["names"] for role in ("technical", "day")]
    kept = [each for each in names if each not in apart and not any(tool.fullmatch(each) for tool in tools)]
    countries = role_named(columns, "country")
    return [*(each for each in kept if each not in countries), *(each for each in kept if each in countries)]


def _held(role: Role, raw: Raw, said: str | None) -> Role:
    """The role when every row bears it out, or none with what speaks against it."""
    if said or role.column is None:
        return role
    found = decide(raw, role.role, [role.column])
    return replace(found, others=(*found.others, *role.others)[:6])


def roles_of(
    columns: Mapping[str, Column], look: Reader, design: Mapping[str, str | None]
) -> dict[str, Role]:
    """The weight, stratum and PSU by the rows that ``look`` gives; what was said is taken as said."""
    found: dict[str, Role] = {}
    for name in ROLES:
        said = design.get(name)
        if said:
            found[name] = Role(name, None if said == NONE else said, "what was said")
            continue
        taken = {each.column for each in found.values()}
        near = [each for each in candidates(columns, name) if each not in taken]
        found[name] = decide(look(near[:LOOKED_AT]), name, near[:LOOKED_AT], near[LOOKED_AT:])
    psu = found["psu"]
    if psu.column is None and not design.get("psu") and (home := homes(columns, look)):
        found["psu"] = psu = replace(home, others=psu.others)
    if psu.column and not design.get("psu") and not found["strata"].column:
        distinct = look([psu.column]).codes(psu.column).n_unique()
        if distinct < FEWEST_PSUS:
            near_by = f"{psu.column} ({distinct} values, and no strata)"
            found["psu"] = Role("psu", None, "no column fits", (near_by, *psu.others))
    return found


def _variables(
    names: Sequence[str],
    look: Reader,
    named: Mapping[str, None],
    most: int,
    taken: Sequence[str] = (),
) -> list[Variable]:
    """The first columns that can be shown, looked at a few at a time."""
    found: list[Variable] = []
    for start in range(0, len(names), LOOKED_AT):
        part = names[start : start + LOOKED_AT]
        raw = look(part)
        for name in part:
            one = variable(raw, name, [*taken, *(each.id for each in found)])
            if one and (name in named or not (_identifies(raw.frame, name) or lists(one.codes))):
                found.append(one)
            if len(found) == most:
                return found
        if start > MOST_COLUMNS:
            break
    return found


def lonely_strata(raw: Raw, strata: str | None, psu: str | None) -> int:
    """Strata with one PSU."""
    if not strata:
        return 0
    keys = pl.DataFrame({"s": raw.codes(strata), "p": raw.codes(psu) if psu else range(raw.frame.height)})
    return keys.group_by("s").agg(pl.col("p").n_unique()).filter(pl.col("p") == 1).height


def _identifies(frame: pl.DataFrame, name: str) -> bool:
    return frame[name].n_unique() == frame.height and frame.height > MOST_CODES
