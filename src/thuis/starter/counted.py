"""What the first figure of a question is of: the mean of a scale, or the share on one side of its answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from thuis.starter.habits import scale_in
from thuis.yaml import pattern, wording

_POINTS = 5
"""A scale with fewer points than these has a name for each."""
_MARK = 10
_YES = re.compile(r"(yes|ja|oui|s[ií]|true)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^[A-Za-z]{0,3}\d+[a-z]?(_\d+)?[.:)]\s+(?=\w)")
_LEAD = re.compile(
    r"\b(stelling(en)?|uitspraak|uitspraken|statements?|eens|agree|aussagen?)\b", re.IGNORECASE
)
_STEM = 4
"""So many last letters of a word are the same with a denial before it: veilig and onveilig."""
_TOLD = 48
"""So many letters of quoted answers fit in a headline."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale of numbers, and why it is taken for one."""

    low: int
    high: int
    why: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The codes that a share counts, and why; what a headline says of those who gave them, or nothing."""

    codes: tuple[str, ...]
    why: str = ""
    says: tuple[str, str] | None = None


@cache
def _known() -> Mapping[str, re.Pattern[str]]:
    """The patterns of ``sides.yaml``."""
    return {name: pattern(given) for name, given in _read().items() if name != "clauses"}


@cache
def _clauses() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((pattern(each["word"]), *each["says"]) for each in _read()["clauses"])


def _read() -> Mapping[str, Any]:
    return dict(wording("thuis.starter", "sides.yaml"))


def scale_of(name: str, title: str, labels: Mapping[str, str], answers: Sequence[str]) -> Scale | None:
    """The scale that codes without names of their own are points of, or None when nothing says so.

    A number without a label may as well stand for a province: the title must speak of a mark or a scale, or
    only the ends (and the middle) have a label, or the answers run from 0 to 10.

    :param labels: those of the column, by code, without codes of no answer.
    :param answers: the codes that were given and are answers.

    >>> scale_of("trust", "Trust", {"0": "No trust at all", "10": "Complete trust"}, list("0123567"))
    Scale(low=0, high=10, why='only its ends have labels')
    >>> scale_of("province", "Province", {}, ["1", "2", "3", "4", "5", "6", "7", "8"])
    """
    if not all(each.isdecimal() and len(each) < 3 for each in (*answers, *labels)) or len(answers) < 2:
        return None
    named = sorted(int(each) for each, label in labels.items() if not _bare(label, each))
    points = sorted(map(int, answers))
    known = sorted({*points, *map(int, labels)})
    said = scale_in(title)
    if said and all(said[0] <= each <= said[1] for each in points):
        found = Scale(*said, "its title says so")
    elif len(named) in (2, 3) and (named[0], named[-1]) == (known[0], known[-1]):
        found = Scale(named[0], named[-1], "only its ends have labels")
    elif not named and _known()["mark"].search(f"{title} {name}") and points[-1] in (_MARK - 1, _MARK):
        found = Scale(min(points[0], 1), _MARK, "its name or title speaks of a mark")
    elif not named and points == list(range(_MARK + 1)):
        found = Scale(0, _MARK, "its answers run from 0 to 10")
    else:
        return None
    between = {each for each in named if each not in (found.low, found.high)}
    middle = (found.low + found.high) / 2
    whole = found.high - found.low + 1 >= _POINTS and all(abs(each - middle) < 1 for each in between)
    return found if whole else None


def _bare(label: str, code: str) -> bool:
    """Whether a label only says its number once more."""
    return re.sub(r"^(code|punt|point)\s+", "", label.strip(), flags=re.IGNORECASE) in (code, f"{code}.0", "")


def counted(codes: Mapping[str, str], labels: Mapping[str, str], common: str = "") -> Counted:
    """The answers that the first share counts: those on the side of a scale that says it, yes, or one.

    :param codes: the id of each answer, in the order of the codes.
    :param labels: what each code means.
    :param common: the code to count when nothing speaks for another; the first when left out. Where answers
        are in people's own words, it is the commonest: a rare one may be one person's.

    >>> labels = {"1": "Mee eens", "2": "Neutraal", "3": "Mee oneens", "4": "Helemaal mee oneens"}
    >>> found = counted({"1": "a", "2": "b", "3": "c", "4": "d"}, labels)
    >>> found.codes, found.says[0]
    (('1',), '{who} zijn het hier {often} mee eens')
    >>> words = ["heel veilig", "niet veilig", "soms", "veilig"]
    >>> counted({each: each for each in words}, {each: each for each in words}, "soms").codes
    ('heel veilig', 'veilig')
    """
    order = list(codes)
    sides = {each: _side(labels[each]) for each in order}
    run = _told(order, sides) if common else _run(order, sides)
    if run and len(order) > 2:
        return Counted(run, "the side of its scale that says it", _says([labels[each] for each in run]))
    one = next((each for each in order if _YES.match(labels[each])), "") or _unlike(order, sides, labels)
    one = one or ("1" if order == ["0", "1"] else common if common in order else order[0])
    return Counted((one,), "", _quoted([labels[one]]))


def _unlike(order: Sequence[str], sides: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Of two answers the one that is not the other's denial: mentioned, beside not mentioned; or nothing."""
    against = [each for each in order if sides[each] == "against"]
    if len(order) > 2 or len(against) != 1:
        return ""
    other = next(each for each in order if each not in against)
    words = [{each[-_STEM:] for each in re.findall(r"\w{4,}", labels[one].lower())} for one in order]
    return other if sides[other] == "for" or words[0] & words[1] else ""


def _run(order: Sequence[str], sides: Mapping[str, str]) -> tuple[str, ...]:
    """The codes at one end that are all for it, with one against it at the other end; or none."""
    for way in (list(order), list(reversed(order))):
        size = next((n for n, each in enumerate(way) if sides[each] != "for"), len(way))
        rest = [sides[each] for each in way[size:]]
        if size and rest and rest[-1] == "against" and "for" not in rest:
            return tuple(each for each in order if each in way[:size])
    return ()


def _told(order: Sequence[str], sides: Mapping[str, str]) -> tuple[str, ...]:
    """Of answers in words, whose order no code tells, those that are for it when each has a side; or none."""
    known = set(sides.values())
    if "" in known or not {"for", "against"} <= known:
        return ()
    return tuple(each for each in order if sides[each] == "for")


def _side(label: str) -> str:
    return next((side for side in ("between", "against", "for") if _known()[side].search(label)), "")


def _says(labels: Sequence[str]) -> tuple[str, str] | None:
    """A clause for headlines by the word that all labels hold, else with the labels quoted."""
    for word, nl, en in _clauses():
        if all(word.search(each) for each in labels):
            return nl, en
    return _quoted(labels)


def _quoted(labels: Sequence[str]) -> tuple[str, str] | None:
    if {"{", "}"} & set("".join(labels)) or (len(labels) > 1 and len("".join(labels)) > _TOLD):
        return None
    nl, en = listed(labels)
    return f"{{who}} antwoorden {{often}} {nl}", f"{{who}} answered {en} {{often}}"


def listed(labels: Sequence[str]) -> tuple[str, str]:
    """Answers in quotation marks, in Dutch and in English.

    >>> listed(["Ja", "Soms"])[0]
    '“Ja” of “Soms”'
    """
    quoted = [f"“{each}”" for each in labels]
    head, last = ", ".join(quoted[:-1]), quoted[-1]
    return (f"{head} of {last}", f"{head} or {last}") if head else (last, last)


def stated(title: str) -> str:
    """A title without its number and without what leads up to a statement, which says all by itself.

    >>> stated("V10. In hoeverre bent u het eens met de stelling: Ik voel mij hier thuis")
    'Ik voel mij hier thuis'
    >>> stated("Hoeveel vertrouwen heeft u in: de politie")
    'Hoeveel vertrouwen heeft u in: de politie'
    """
    title = _NUMBER.sub("", title)
    lead, mark, statement = title.partition(": ")
    whole = mark and _LEAD.search(lead) and len(statement.split()) > 2
    return statement[0].upper() + statement[1:] if whole else title


def reference(title: str, labels: Mapping[str, str]) -> str | None:
    """The code of the group that others are compared with in a breakdown by origin, where a label says it.

    >>> reference("Herkomst", {"1": "Turkije", "2": "Nederland"}), reference("Wijk", {"1": "Nederland"})
    ('2', None)
    """
    if not _known()["origin"].search(title):
        return None
    found = [code for code, label in labels.items() if _known()["reference"].fullmatch(label.strip())]
    return found[0] if len(found) == 1 else None
