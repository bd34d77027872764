"""A column as a category: what each code becomes, which are no answer, and the scale they are points of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite

from thuis.formats import Raw, codes
from thuis.formats.answers import alike, among, far, unanswered, untagged
from thuis.formats.interviews import passed_over
from thuis.language import letters
from thuis.project.model import RESERVED
from thuis.publish.columns import KEPT
from thuis.starter.counted import scale_of
from thuis.starter.habits import beyond_scale, declared_scale
from thuis.starter.odd import odd
from thuis.starter.records import Variable

MOST_CODES = 12
"""A column with more distinct codes is no category."""
_UNLABELLED = frozenset({"8", "9"})
_HIGHEST = 6
"""8 and 9 are taken for no answer only when no other code comes near them."""
_SEVENTH = "7"
"""Refused, beside 8 or 9 and with nothing at 6."""
_COUNTS = re.compile(r"\d").search
_SCALED = 3
"""So many labels make a scale, beside which 0 without one is no answer."""
_MOST_SILENT = 12
"""So many codes may say that there is no answer, beside those of a category."""
_NO_TEXT = re.compile(r"true|false|null|\d+(e\d+)?|0[xo][0-9a-f]+")
"""What YAML reads as something else than a text."""


def slug(text: str, taken: Sequence[str] = ()) -> str:
    """A text as an id, unique among those taken.

    >>> slug("Één keer, soms"), slug("a", ["a"]), slug("TRUE"), slug("2020")
    ('een-keer-soms', 'a-2', 'is-true', 'is-2020')
    """
    base = letters.slug(text)[:40].strip("-") or "code"
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
    about = raw.about(name)
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
        odd=tuple(odd(raw, name, mapping, missing)),
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
