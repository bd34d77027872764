"""Grants per municipality, scheme and year, through mergers: nothing is shared out, totals stay totals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import combinations
from pathlib import Path

from thuis.contract.act import GrantOf
from thuis.directory.annexes import plain
from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.language import LANGUAGES
from thuis.places import FIRST, LAST, at, municipalities, resolve, undecided
from thuis.tables import Row
from thuis.tables.sheet import Table, read_table, said, told_in, wanting

COLUMNS = ("scheme", "year", "municipality", "amount")
OPTIONAL = ("article", "annex", "column", "purpose", "kind", "project", "code", "source")


KINDS = ("dialogues", "norm campaigns", "meetings", "trainings", "other")
_DUTCH = {
    "regeling": "scheme", "jaar": "year", "gemeente": "municipality", "bedrag": "amount",
    "bedrag_eur": "amount", "artikel": "article", "bijlage": "annex", "kolom": "column", "doel": "purpose",
    "soort": "kind", "project": "project", "bron": "source",
}  # fmt: skip
_KINDS_SAID = {
    "dialoog": "dialogues", "dialogen": "dialogues", "dialogue": "dialogues",
    "normcampagne": "norm campaigns", "normcampagnes": "norm campaigns", "norm campaign": "norm campaigns",
    "ontmoeting": "meetings", "ontmoetingen": "meetings", "meeting": "meetings",
    "training": "trainings", "trainingen": "trainings", "overig": "other", "anders": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grant:
    """One amount: whole euros and cents, to the municipality of that year."""

    scheme: str
    year: int
    code: str
    spelling: str
    amount: Decimal
    annex: str = ""
    purpose: str = ""
    kind: str = ""
    project: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme: its title, purpose and source, and the totals that it states itself, per year."""

    id: str
    title: dict[str, str]
    purpose: dict[str, str]
    source: dict[str, str]
    totals: dict[int, Decimal]


def money(text: str) -> Decimal | None:
    """An amount of euros, in Dutch or English notation; None when it is none, or could be two.

    >>> money("€ 29.167,50"), money("29,167.50"), money("1.234"), money("12.5"), money("-"), money("1,234")
    (Decimal('29167.50'), Decimal('29167.50'), Decimal('1234'), Decimal('12.5'), None, Decimal('1234'))
    """
    plain = re.sub(r"[€\s\u00a0]|EUR|,-$|\.-$", "", text)
    if not re.fullmatch(r"-?\d[\d.,]*", plain):
        return None
    last = max(plain.rfind(","), plain.rfind("."))
    decimals = len(plain) - last - 1 if last >= 0 else 0
    marks = {each for each in plain if each in ",."}
    if last >= 0 and (decimals == 3 or plain.count(plain[last]) > 1) and len(marks) == 1:
        plain = re.sub(r"[.,]", "", plain)
        return Decimal(plain) if re.fullmatch(r"-?\d+", plain) else None
    if last >= 0:
        plain = re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :]
    try:
        return Decimal(plain.rstrip("."))
    except InvalidOperation:
        return None


def read_grants(path: Path, schemes: Iterable[str] | None = None) -> tuple[Grant, ...]:
    """The grants of a CSV or XLSX file, with a row for each amount or a column for each year.

    A municipality is the one of that year: a grant of 2009 to a municipality that ended in 2011 is its own. A
    place that cannot be told is a fault, not a guess.

    :param schemes: the ids that a scheme may have; any when not said.
    :raises ThuisError: with every fault of every row.
    """
    table, wrong = plain(read_table(path), _DUTCH, money)
    problems = (
        wrong
        + wanting(table, COLUMNS)
        + [
            unknown("column", each, (*COLUMNS, *OPTIONAL), table.head.place())
            for each in table.columns
            if each not in (*COLUMNS, *OPTIONAL) and not each.startswith("gm_code")
        ]
    )
    raise_all(problems)
    allowed = None if schemes is None else set(schemes)
    found: list[Grant] = []
    for row in table.rows:
        grant, faults = _grant(row, allowed)
        problems += faults
        if grant:
            found.append(grant)
    problems += _twice(found, table)
    raise_all(problems)
    return tuple(found)


def _grant(row: Row, allowed: set[str] | None) -> tuple[Grant | None, list[Problem]]:
    problems: list[Problem] = []
    amount = money(row["amount"])
    if amount is None or amount < 0:
        problems.append(
            Problem(f"{row['amount']!r} is no amount", row.place("amount"), "euros, such as 29167")
        )
    year = int(row["year"]) if re.fullmatch(r"\d{4}", row["year"]) else 0
    if not FIRST.year <= year <= LAST.year + 10:
        problems.append(Problem(f"{row['year']!r} is no year", row.place("year"), f"{FIRST.year} or later"))
    scheme = row["scheme"] or row["article"]
    if not scheme:
        problems.append(Problem("the scheme is empty", row.place("scheme")))
    elif allowed is not None and scheme not in allowed:
        problems.append(unknown("scheme", scheme, allowed, row.place("scheme")))
    kind = _KINDS_SAID.get(row["kind"].strip().casefold(), row["kind"].strip().casefold())
    if kind and kind not in KINDS:
        problems.append(unknown("kind", row["kind"], KINDS, row.place("kind")))
    code = row["code"] or None
    if code is not None and code not in municipalities():
        problems.append(Problem(f"{code!r} is no municipality", row.place("code"), "a code of CBS"))
    if code is None and year:
        code, fault = _code(row, year)
        problems += fault
    if problems or code is None or amount is None:
        return None, problems
    rest = (row["annex"], row["purpose"], kind, row["project"], row["source"])
    return Grant(scheme, year, code, row["municipality"], amount, *rest), []


def _code(row: Row, year: int) -> tuple[str | None, list[Problem]]:
    """The municipality of the first of January of a year, or of its last day where it began in that year."""
    found = resolve(row["municipality"], date(year, 1, 1))
    late = resolve(row["municipality"], date(year, 12, 31))
    if found.code is None and late.code is not None:
        found = late
    if found.code:
        return found.code, []
    fault = undecided(found)
    return None, [Problem(fault.what, row.place("municipality"), fault.expected, fault.available, fault.step)]


def _twice(grants: Sequence[Grant], table: Table) -> list[Problem]:
    seen: dict[tuple[str, int, str, tuple[str, ...]], int] = defaultdict(int)
    for each in grants:
        apart = (each.annex, each.purpose, each.kind, each.project)
        seen[(each.scheme, each.year, each.code, apart)] += 1
    return [
        Problem(
            f"{municipalities()[code].name} has {count} amounts of {scheme!r} in {year}",
            table.head.place(),
            step="add them up, or name the annex, purpose, kind or project of each",
        )
        for (scheme, year, code, _), count in seen.items()
        if count > 1
    ]


def read_schemes(path: Path) -> tuple[Scheme, ...]:
    """The schemes of a CSV file; a column ``total_2010`` holds the total that the scheme itself states.

    :raises ThuisError: with every fault.
    """
    table = read_table(path)
    raise_all(wanting(table, ("id", *told_in(table, ("title",))[:1])))
    problems: list[Problem] = []
    found: list[Scheme] = []
    for row in table.rows:
        totals: dict[int, Decimal] = {}
        for column in table.columns:
            year = re.fullmatch(r"total_(\d{4})", column)
            if year and row[column]:
                amount = money(row[column])
                if amount is None:
                    problems.append(Problem(f"{row[column]!r} is no amount", row.place(column), "euros"))
                else:
                    totals[int(year.group(1))] = amount
        empty = dict.fromkeys(LANGUAGES, "")
        title, purpose = said(row, "title") or empty, said(row, "purpose") or empty
        if any(each.id == row["id"] for each in found):
            problems.append(Problem(f"two schemes have the id {row['id']!r}", row.place("id")))
        found.append(Scheme(row["id"], title, purpose, said(row, "source"), totals))
    raise_all(problems)
    return tuple(found)


def repeated(grants: Iterable[Grant]) -> tuple[Problem, ...]:
    """Annexes of which one seems to replace the other: 20 and 20a give the same amounts in the same year.

    Adding both would count them twice, so a person has to look. Two annexes are compared when they are of one
    scheme, or the name of one is that of the other with a letter behind it.

    >>> towns = {"GM0344": "Utrecht", "GM0988": "Weert", "GM0637": "Zoetermeer"}
    >>> old = [Grant("x", 2010, code, name, Decimal(5), annex="20") for code, name in towns.items()]
    >>> new = [Grant("x", 2010, code, name, Decimal(5), annex="20a") for code, name in towns.items()]
    >>> print(repeated([*old, *new])[0].what)
    annexes 20 and 20a give 3 municipalities the same amounts in 2010
    """
    seen: dict[tuple[int, str, Decimal], set[tuple[str, str]]] = defaultdict(set)
    for each in grants:
        seen[(each.year, each.code, each.amount)].add((each.annex or each.scheme, each.scheme))
    pairs: dict[tuple[int, str, str], int] = defaultdict(int)
    for (year, _, _), annexes in seen.items():
        for (one, first), (other, second) in combinations(sorted(annexes), 2):
            if first == second or re.fullmatch(re.escape(one) + "[a-z]", other):
                pairs[(year, one, other)] += 1
    return tuple(
        Problem(
            f"annexes {one} and {other} give {count} municipalities the same amounts in {year}",
            step="does one replace the other? then leave the older one out",
        )
        for (year, one, other), count in sorted(pairs.items())
        if count >= 2
    )


def totals(grants: Iterable[Grant]) -> dict[tuple[str, int], Decimal]:
    """Euros per scheme and year."""
    found: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for each in grants:
        found[(each.scheme, each.year)] += each.amount
    return dict(found)


def differences(grants: Sequence[Grant], schemes: Iterable[Scheme]) -> tuple[Problem, ...]:
    """Where the amounts of a scheme do not add up to what it says itself, to the euro."""
    sums = totals(grants)
    return tuple(
        Problem(
            f"{scheme.id} {year}: the amounts add up to {sums.get((scheme.id, year), Decimal()):,}",
            expected=f"{stated:,}, which the scheme states",
            step="look for a row that is missing or stands there twice",
        )
        for scheme in schemes
        for year, stated in scheme.totals.items()
        if abs(sums.get((scheme.id, year), Decimal()) - stated) >= 1
    )


def on(grants: Iterable[Grant], day: date) -> dict[str, tuple[Grant, ...]]:
    """Grants by municipality of a day, through whole mergers.

    What was given to a municipality that was divided since stays with its old code: nobody knows the shares.

    >>> one = Grant("x", 2009, "GM0305", "Abcoude", Decimal(10))
    >>> two = Grant("x", 2009, "GM0053", "Winsum", Decimal(20))
    >>> {code: sum(g.amount for g in each) for code, each in on([one, two], date(2025, 1, 1)).items()}
    {'GM0736': Decimal('10'), 'GM0053': Decimal('20')}
    """
    found: dict[str, list[Grant]] = defaultdict(list)
    for each in grants:
        heirs = at(each.code, min(day, LAST))
        found[heirs[0] if len(heirs) == 1 else each.code].append(each)
    return {code: tuple(each) for code, each in found.items()}


def given(grants: Iterable[Grant], place: str, day: date) -> tuple[Grant, ...]:
    """What a municipality, as it is on a day, was given: itself and those that went into it whole.

    :raises ThuisError: when the place cannot be told.
    """
    found = resolve(place, min(day, LAST))
    if found.code is None and found.how == "divided":
        old = re.match(r"GM\d{4}", place)
        codes = (
            {old.group()}
            if old
            else {c for c, m in municipalities().items() if m.name == place and not m.on(day)}
        )
        return tuple(each for each in grants if each.code in codes)
    if found.code is None:
        raise ThuisError(undecided(found))
    return on(grants, day).get(found.code, ())


def as_rows(grants: Iterable[Grant], day: date) -> list[GrantOf]:
    """The grants for the data folder: as given, and the code of the day where there is one."""
    rows = []
    for each in grants:
        heirs = at(each.code, min(day, LAST))
        added = {
            "name": municipalities()[each.code].name,
            "code_now": heirs[0] if len(heirs) == 1 else None,
            "divided_into": heirs if len(heirs) > 1 else (),
        }
        rows.append(GrantOf.model_validate(asdict(each) | added))
    return rows
