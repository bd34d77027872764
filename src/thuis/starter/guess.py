"""What the columns of a survey file are probably for; every guess is written down for a person to correct."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import polars as pl

from thuis.errors import raise_all, unknown
from thuis.formats import Column, Raw, codes
from thuis.formats.answers import alike, among, far, lists, turned_into_days, unanswered, untagged
from thuis.formats.interviews import passed_over, saying
from thuis.project.model import RESERVED
from thuis.publish.columns import KEPT
from thuis.starter.beside import DAY
from thuis.starter.counted import Counted, Scale, counted, reference, scale_of
from thuis.starter.habits import answers_below, beyond_scale, declared_scale
from thuis.starter.odd import odd
from thuis.starter.roles import NONE, ROLES, Role, candidates, decide, homes
from thuis.starter.roles import named as role_named

MOST_CODES = 12
"""A column with more distinct codes is no category."""

_BREAKDOWN = (
    r"(.*_)?(sex|gender|geslacht|origin|race|ethni[a-z]*|regione?n?|regio|landsdeel|urban[a-z]*)"
    r"|(.*_)?(stadsdeel|stadsgebied|gebied|wijk|provincie|province|district|county|bundesland|kanton|canton)"
    r"|(.*_)?age_?(cat|gr(ou)?p|class)[a-z]*\d*|(.*_)?(migr|stedelijk)[a-z]*"
    r"|.*(herkomst|generat|educat|opleid|leeftijdsk).*"
)
_IDENTIFIER = r"(.*_)?(id|nr|nummer|number|resp(ondent)?(_?(nr|nummer|number|id))?|case(_?id)?|year|jaar)\d*"
_TECHNICAL = (
    r"(.*[_. ])?(start|end|user|interview|survey|form)?[_ ]?(language|lang|taal|locale|mode|modus)"
    r"|lastpage|seed|progress"
    r"|duration([_. ]?(\(in seconds\)|sec(onds)?|min(utes)?))?|key|token|refurl|external_lfdnr|version"
    r"|(device|browser|os|platform|user_?agent|ip)([_. ]?(id|name|type|version|info|address|family))?"
    r"|(start|submit|end|completion)[_. ]?(date|time).*|(form(def)?|deployment)_?(version|id)"
    r"|interview(er)?_?(id|nr|nummer)"
)
"""Columns of the tool that asked, and no answers."""
_BREAKDOWN_LABEL = (
    r"(respondent.?s? |r.?s )?(sex|gender|geslacht)( of respondent)?|herkomst.*|migratieachtergrond.*"
    r"|hoogst.* opleiding.*|highest level of education.*|country of birth.*"
    r"|geboorteland.*|leeftijd in klassen.*|stadsdeel( van .*)?"
    r"|(regio|provincie|gebied|wijk)( (waar|van) .*)?"
    r"|(region|province|state|district|county)( of (residence|interview|the respondent))?|bundesland|kanton"
)
LOOKED_AT = 12
"""Columns read at a time."""
MOST_LIKELY = 24
MOST_COLUMNS = 240
"""Columns looked at before giving up on finding something to show."""
FEWEST = 50
"""The respondents that a cell of a first project has at least."""
FEWEST_PSUS = 10
"""Fewer PSUs without strata are no sample of PSUs."""
_UNLABELLED = frozenset({"8", "9"})
_HIGHEST = 6
"""8 and 9 are taken for no answer only when no other code comes near them."""
_SEVENTH = "7"
"""Refused, beside 8 or 9 and with nothing at 6."""
_COUNTS = re.compile(r"\d").search
_SCALED = 3
"""So many labels make a scale, beside which 0 without one is no answer."""
_HABITS = 48
"""Columns that show which codes a file uses for no answer."""
_MOST_SILENT = 12
"""So many codes may say that there is no answer, beside those of a category."""

_NO_TEXT = re.compile(r"true|false|null|\d+(e\d+)?|0[xo][0-9a-f]+")
"""What YAML reads as something else than a text."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A column that can be shown: its id, its title and what each code becomes."""

    id: str
    column: str
    title: str
    codes: Mapping[str, str]
    labels: Mapping[str, str]
    missing: tuple[str, ...] = ()
    question: str = ""
    """The wording that a codebook has."""
    unsaid: tuple[str, ...] = ()
    """Codes among ``missing`` of which nothing says so but their number."""
    odd: tuple[str, ...] = ()
    """Sentences on answers that may be another thing than they look."""
    scale: Scale | None = None
    """The scale that the codes are points of."""
    declared: tuple[str, ...] = ()
    """The labels that the file has, also of answers that nobody gave."""
    common: str = ""
    """The code that most gave, where the file has no labels."""

    @property
    def counted(self) -> Counted:
        """The codes that a first share counts."""
        return counted(self.codes, self.labels, self.common)

    @property
    def bare(self) -> bool:
        """Whether no code has a label."""
        return all(label == code for code, label in self.labels.items())

    @property
    def below_nought(self) -> bool:
        """Whether codes next to a 0 are taken for no answer though they may continue its scale."""
        return "-1" in self.unsaid and "0" in self.codes

    def guessed(self) -> list[str]:
        """For a terminal: what was made of its codes that the file does not say."""
        told = [
            " and ".join(map(repr, codes))
            for to in dict.fromkeys(self.codes.values())
            if len(codes := [code for code, other in self.codes.items() if other == to]) > 1
        ]
        said = [f"codes: {', '.join(told)} of {self.column!r} are taken for one answer"] if told else []
        if self.unsaid:
            listed = ", ".join(self.unsaid)
            said.append(f"codes: {listed} of {self.column!r} are taken for no answer, by their number: check")
        if lists(self.codes):
            said.append(
                f"answers: {self.column!r} holds several in one field; each list of them counts as one answer"
            )
        if days := turned_into_days(self.codes):
            said.append(
                f"answers: {', '.join(map(repr, days))} of {self.column!r} look like days that a spreadsheet "
                "made of answers such as 1-2: check the titles"
            )
        return [*said, *self.odd]

    @property
    def compared(self) -> str | None:
        """The code of the group that the others are compared with, where its label says so."""
        return reference(f"{self.column} {self.title}", self.labels)

    def first_figure(self) -> str | None:
        """For a terminal: what its first figure is of, where that was guessed."""
        if self.scale:
            ends = f"from {self.scale.low} to {self.scale.high}"
            return f"mean: {self.column!r} is taken for a scale {ends}, as {self.scale.why}: check"
        found = self.counted
        if len(found.codes) < 2:
            return None
        listed = ", ".join(repr(self.labels[each]) for each in found.codes)
        return f"share: {listed} of {self.column!r} are counted together, {found.why}: check"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: its id, title, and the variable that says whether it was given, or none."""

    id: str
    title: str
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """A question with several answers; its variables each say whether one was given, or hold one."""

    id: str
    title: str
    variables: tuple[Variable, ...]
    answers: tuple[Given, ...]
    own: bool

    def line(self) -> str:
        """For a terminal."""
        columns = ", ".join(each.column for each in self.variables)
        return f"several answers: {self.id!r}, the set that the file declares of {columns}"


@dataclass(frozen=True, slots=True)
class Guess:
    """The roles of the columns of a file, and the evidence for those that were guessed."""

    weight: str | None
    strata: str | None
    psu: str | None
    breakdowns: tuple[Variable, ...]
    indicators: tuple[Variable, ...]
    evidence: tuple[Role, ...] = ()
    lonely: int = 0
    sets: tuple[Several, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable that is shown or broken down by, once."""
        parts = [one for each in self.sets for one in each.variables]
        return tuple({each.id: each for each in (*self.breakdowns, *self.indicators, *parts)}.values())


def slug(text: str, taken: Sequence[str] = ()) -> str:
    """A text as an id, unique among those taken.

    >>> slug("Één keer, soms"), slug("a", ["a"]), slug("TRUE"), slug("2020")
    ('een-keer-soms', 'a-2', 'is-true', 'is-2020')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "code"
    base = f"is-{base}" if _NO_TEXT.fullmatch(base) else base
    name, n = base, 2
    while name in (*taken, *RESERVED, *KEPT):
        name, n = f"{base}-{n}", n + 1
    return name


def variable(
    raw: Raw, name: str, taken: Sequence[str] = (), id_: str = "", answers: frozenset[str] = frozenset()
) -> Variable | None:
    """A column as a category, or None when it has too many codes or only one.

    :param answers: codes that are answers although their number looks as if there were none.
    """
    about = raw.columns.get(name, Column(name))
    found = [each for each in codes(raw.frame[name]).drop_nulls().unique().to_list() if each]
    if not 2 <= len(found) <= MOST_CODES + _MOST_SILENT or (not about.labels and any(map(_measured, found))):
        return None
    above = [each for each in beyond_scale(about.title, found) if each not in about.labels]
    missing = _no_answer(found, about.labels, (*about.missing, *passed_over(raw.columns, found)))
    missing = tuple(sorted({*missing, *above}, key=in_order))
    answers |= declared_scale(about.title)
    missing = tuple(each for each in missing if each not in answers or each in about.missing)
    if len(found) - len(missing) < 2:
        missing = ()
    if len(found) - len(missing) > MOST_CODES:
        return None
    mapping: dict[str, str] = {}
    said: dict[str, str] = {}
    for each in sorted(set(found) - set(missing), key=in_order):
        # Yes and YES are one answer, and 1 and 1.0, unless the file says what each means.
        form = each if each in about.labels else alike(each)
        mapping[each] = said.get(form) or slug(
            untagged(about.labels.get(each, _named(each))), list(mapping.values())
        )
        said[form] = mapping[each]
    labels = {each: untagged(about.labels.get(each, each)) for each in mapping}
    none = unanswered({**about.labels, **{each: about.labels.get(each, each) for each in found}})
    return Variable(
        id_ or slug(name, taken),
        name,
        untagged(about.title) or name.replace("_", " "),
        mapping,
        labels,
        missing,
        unsaid=tuple(each for each in missing if each not in about.missing and each not in none),
        odd=odd(raw, name, mapping, missing),
        scale=scale_of(
            name,
            untagged(about.title),
            {each: untagged(label) for each, label in about.labels.items() if each not in (*missing, *none)},
            tuple(mapping),
        ),
        declared=tuple(map(untagged, about.labels.values())),
        common="" if about.labels else _commonest(raw, name, mapping),
    )


def _commonest(raw: Raw, name: str, codes: Mapping[str, str]) -> str:
    given = raw.codes(name)
    counts = given.filter(given.is_in(list(codes))).value_counts()
    return max(counts.rows(), key=lambda each: (each[1], each[0]))[0] if counts.height else ""


def _no_answer(found: Sequence[str], labels: Mapping[str, str], told: Sequence[str] = ()) -> tuple[str, ...]:
    """Codes that are probably no answer: told so, by label or own word, or by a number far from all others.

    Of codes below 0 one label that says so speaks for all, but for those of a scale with two sides.
    """
    shown = {each: labels.get(each, each) for each in found}
    spared = {each for each in found if len(shown[each].strip()) < 4} if among(shown.values()) else set()
    none = unanswered({**labels, **shown})
    named = [each for each in found if each in told or (each not in spared and each in none)]
    plain = {each: alike(each) for each in found}
    numbers = {float(plain[each]): each for each in found if re.fullmatch(r"-?\d+", plain[each])}
    below = any(each.startswith("-") for each in named)
    beyond = [
        each
        for each in map(numbers.__getitem__, far(numbers))
        if each not in labels or (below and each.startswith("-"))
    ]
    top = max((float(each) for each in labels if each.isdecimal() and each not in named), default=None)
    if top is not None:
        # Beyond the labels of a scale, with a gap: 9 beside 1 to 7.
        beyond += [each for n, each in numbers.items() if n > top + 1 and each not in {*labels, *beyond}]
    # Labels with numbers in them count something, of which there may be none.
    told_all = [each for each in found if each in labels and each not in named and not _COUNTS(labels[each])]
    if "0" in found and "0" not in labels and len(told_all) >= _SCALED and _from_one(told_all, found, named):
        beyond.append("0")
    high = [each for each in found if plain[each] in _UNLABELLED and each not in labels]
    rest = [each for each in found if each not in (*high, *named, *beyond)]
    if high and _SEVENTH in rest and _SEVENTH not in labels:
        others = [each for each in rest if each != _SEVENTH]
        if others and all(each.isdecimal() and int(each) < _HIGHEST for each in others):
            high, rest = [_SEVENTH, *high], others
    near = any(not each.isdecimal() or int(each) > _HIGHEST for each in rest)
    return tuple(sorted({*named, *beyond, *([] if near else high)}, key=in_order))


def _from_one(scale: Sequence[str], found: Sequence[str], silent: Sequence[str]) -> bool:
    """Whether all codes but 0 and those of no answer are a scale from 1 on, each with its label."""
    rest = set(found) - {"0", *silent}
    return rest == set(scale) and all(map(str.isdecimal, rest)) and min(map(int, rest)) == 1


def _measured(code: str) -> bool:
    """Whether a code is a number with decimals, so that its column measures something."""
    try:
        number = float(code.replace(",", "."))
        return isfinite(number) and not number.is_integer()
    except ValueError:
        return False


def _named(code: str) -> str:
    return code if any(letter.isalpha() for letter in code) else f"code {code}"


def in_order(value: str) -> tuple[int, float, str]:
    """Codes in the order of their numbers, then words."""
    try:
        return (0, float(value), value)
    except ValueError:
        return (1, 0.0, value)


def guess(
    columns: Mapping[str, Column],
    look: Callable[[Sequence[str]], Raw],
    whole: Callable[[Sequence[str]], Raw],
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
        raise_all(
            [
                unknown("column", each, columns)
                for each in design.values()
                if each and each != NONE and each not in columns
            ]
        )
        roles = {
            name: Role(name, None if said == NONE else said, "what was said") for name, said in design.items()
        }
    taken = {name: each.column for name, each in roles.items()}
    left = [each for each in columns if each and each not in taken.values()]
    told = {*by, *indicators}
    asked = questions(columns, left)
    left = [*(each for each in left if each in told and each not in asked), *asked]
    sexes = [each for each in role_named(columns, "sex") if each in left]
    likely = list(dict.fromkeys([*sexes, *(each for each in left if _groups(columns[each]))]))[:MOST_LIKELY]
    named = dict.fromkeys((*by, *indicators))
    groups = _variables([*by] or likely, look, named, 4)
    if not groups:
        groups = [each for each in _variables(left, look, named, 8) if len(each.codes) <= 4][:1]
    ids = [each.id for each in groups]
    shown = {each.column for each in groups}
    others = [each for each in indicators or left if each not in shown]
    # What people are compared by is no answer to compare, when anything else is there.
    others = [each for each in others if each in named or each not in likely] or others
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
    return Guess(
        roles["weight"].column,
        roles["strata"].column,
        roles["psu"].column,
        tuple(groups),
        tuple(rest),
        () if ask else tuple(each for name, each in roles.items() if not design.get(name)),
        lonely_strata(raw, roles["strata"].column, roles["psu"].column),
    )


def questions(columns: Mapping[str, Column], names: Sequence[str]) -> list[str]:
    """The columns that may be questions to people: no numbers of rows, days, waves or marks of a tool.

    Weights and keys of units are none either. Countries come last: a figure of one country by another says
    nothing.
    """
    apart = {*saying(columns), *role_named(columns, "wave"), *role_named(columns, "home")}
    apart |= {each for role in ("weight", "psu") for each in candidates(columns, role)}
    kept = [
        each
        for each in names
        if each not in apart
        and not any(re.fullmatch(known, each, re.IGNORECASE) for known in (_IDENTIFIER, _TECHNICAL, DAY))
    ]
    countries = role_named(columns, "country")
    return [*(each for each in kept if each not in countries), *(each for each in kept if each in countries)]


def _held(role: Role, raw: Raw, said: str | None) -> Role:
    """The role when every row bears it out, or none with what speaks against it."""
    if said or role.column is None:
        return role
    found = decide(raw, role.role, [role.column])
    return replace(found, others=(*found.others, *role.others)[:6])


def roles_of(
    columns: Mapping[str, Column], look: Callable[[Sequence[str]], Raw], design: Mapping[str, str | None]
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
    look: Callable[[Sequence[str]], Raw],
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


def _groups(column: Column) -> bool:
    """Whether a column is one that people are compared by, by its name or its label."""
    return bool(
        re.fullmatch(_BREAKDOWN, column.name, re.IGNORECASE)
        or re.fullmatch(_BREAKDOWN_LABEL, column.title.strip(), re.IGNORECASE)
    )


def lonely_strata(raw: Raw, strata: str | None, psu: str | None) -> int:
    """Strata with one PSU."""
    if not strata:
        return 0
    keys = pl.DataFrame({"s": raw.codes(strata), "p": raw.codes(psu) if psu else range(raw.frame.height)})
    return keys.group_by("s").agg(pl.col("p").n_unique()).filter(pl.col("p") == 1).height


def _identifies(frame: pl.DataFrame, name: str) -> bool:
    return frame[name].n_unique() == frame.height and frame.height > MOST_CODES
