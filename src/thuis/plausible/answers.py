"""Answers that may be another thing than they look: without a label, in two writings, a heap at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from unicodedata import normalize

from thuis.formats.answers import far, no_answer
from thuis.formats.interviews import NO, YES
from thuis.plausible import word

_SCALE = 2
"""So many labels make a scale."""
_FEW = 3
"""More codes without a label are answers that nobody labels: ages, numbers of people."""
_INITIALS = 2
_RARE, _OFTEN = 0.02, 10
"""A slip of the pen is rare, and what was meant is given so many times as often."""
_LETTERS, _LIKE = 5, 0.8
_WIDTHS, _CUT = (8, 10, 12, 15, 16, 20, 24, 25, 30, 32, 40, 50, 64), 3
"""Columns of text are so wide, and so many answers fill them when they were cut."""
_NUMBERS = 3
_SOME, _PART, _FAR = 6, 0.05, 5.0
"""Slips are of so few kinds, in so few rows, and so many times the span of all others away."""
_HEAP, _LEAST, _SPREAD, _BELOW = 4, 5, 20, 5
"""A heap has so many times the rows of the values below it, and a column that is spread so many values."""


def unlabelled(codes: Iterable[str], labels: Mapping[str, str], silent: Iterable[str]) -> list[str]:
    """Codes without a label beside a scale in which every number has one.

    :param silent: codes that are no answer.

    >>> scale = {"1": "never", "2": "sometimes", "3": "often"}
    >>> unlabelled(["1", "2", "3", "4"], scale, ()), unlabelled(["0", "1", "7"], {"0": "no", "7": "all"}, ())
    (['4'], [])
    """
    numbers = {each: float(each) for each in codes if re.fullmatch(r"-?\d+(\.0+)?", each)}
    out = set(silent)
    told = [each for each in labels if each in numbers and each not in out and not no_answer(labels[each])]
    without = [each for each in numbers if each not in labels and each not in out]
    if len(told) < _SCALE or not 0 < len(without) <= min(_FEW, len(told) - 1):
        return []
    low, high = min(map(numbers.__getitem__, told)), max(map(numbers.__getitem__, told))
    within = [each for each in without if low < numbers[each] < high]
    counted = all(re.match(r"\W*\d", labels[each].strip()) for each in told)
    return [] if within or counted else sorted(without, key=numbers.__getitem__)


def two_writings(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Pairs of answers in words that are one to a person: M and Male, a number beside words, a slip.

    >>> two_writings({"M": 40, "Male": 30, "F": 20, "Female": 50}), two_writings({"A": 9, "B": 8})
    ([('M', 'Male'), ('F', 'Female')], [])
    >>> two_writings({"Amsterdam": 400, "Amsterdan": 3, "Utrecht": 90})
    [('Amsterdan', 'Amsterdam')]
    """
    words = {each: " ".join(each.casefold().split()) for each in counts if not no_answer(each)}
    short = [each for each, said in words.items() if len(said) == 1 and said.isalpha()]
    long = [each for each, said in words.items() if len(said) > 1 and said[0].isalpha()]
    pairs = [
        (one, meant[0])
        for one in short
        if len(meant := [each for each in long if words[each].startswith(words[one])]) == 1
    ]
    found = pairs if pairs and len(pairs) >= min(_INITIALS, len(short)) else []
    numbers = [each for each in words if each.isdecimal()]
    plain = [each for each in long if not re.search(r"\d", each)]
    if len(numbers) >= _INITIALS and len(plain) >= _INITIALS:
        found.append((numbers[0], plain[0]))
    for way in (YES, NO):
        ways = [each for each, said in words.items() if said in way and not said.isdecimal()]
        found += [(ways[0], each) for each in ways[1:]][:1]
    found += _joined(long, words)
    return list(dict.fromkeys(found + _slips({each: counts[each] for each in long}, words)))


def _joined(long: list[str], words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Answers that differ in spaces, signs and accents alone: Groen Links, GroenLinks."""
    forms: dict[str, str] = {}
    found = []
    for each in long:
        form = "".join(one for one in normalize("NFKD", words[each]) if one.isalnum())
        if form in forms:
            found.append((forms[form], each))
        forms.setdefault(form, each)
    return found


def beside_numbers(counts: Mapping[str, int]) -> list[str]:
    """Words or letters beside numbers, which are perhaps no answers: D and R beside 1 to 5.

    >>> beside_numbers({"1": 9, "2": 9, "3": 9, "D": 2}), beside_numbers({"1": 9, "2": 9, "3": 9, "4+": 9})
    (['D'], [])
    """
    numbers = [each for each in counts if re.fullmatch(r"-?\d+([.,]\d+)?", each.strip())]
    words = [each for each in counts if not re.search(r"\d", each) and not no_answer(each)]
    return sorted(words) if len(numbers) >= _NUMBERS and 0 < len(words) <= _FEW else []


def apart(counts: Mapping[float, int]) -> list[float]:
    """A few numbers that stand so far from all others that they are slips, or of another unit.

    >>> apart({**{1940.0 + i: 5 for i in range(60)}, 45.0: 9}), apart({1.0: 80, 2.0: 90, 3.0: 85, 90.0: 1})
    ([45.0], [90.0])
    >>> apart({float(each * each): 1 for each in range(100)})
    []
    """
    there = sorted(counts)
    rows = sum(counts.values())
    for at in range(1, len(there)):
        low, high = there[:at], there[at:]
        few, bulk = sorted((low, high), key=lambda part: sum(counts[each] for each in part))
        span = max(1.0, bulk[-1] - bulk[0])
        some = len(few) <= _SOME and sum(counts[each] for each in few) <= _PART * rows
        if some and len(bulk) >= _NUMBERS and there[at] - there[at - 1] >= _FAR * span:
            return few
    return []


def _slips(counts: Mapping[str, int], words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Rare answers that differ in a letter from one that is often given."""
    whole = sum(counts.values())
    rare = [each for each, n in counts.items() if n <= _RARE * whole and len(words[each]) >= _LETTERS]
    found = []
    for one in rare:
        for other, n in counts.items():
            near = n >= _OFTEN * counts[one] and abs(len(words[one]) - len(words[other])) <= 1
            if near and _one_letter(words[one], words[other]):
                found.append((one, other))
    return found


def _one_letter(one: str, other: str) -> bool:
    """Whether two words differ in one letter that is no digit."""
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other) or one[0] != other[0]:
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    same = sum(each.size for each in match.get_matching_blocks())
    return same >= max(len(one), len(other)) - 1 and match.ratio() >= _LIKE


def cut_short(counts: Iterable[str]) -> int:
    """The number of letters at which answers in words were cut off; 0 when they were not.

    >>> cut_short(["Helemaal", "Mee onee", "Neutraal", "Weet nie"]), cut_short(["never", "often", "always"])
    (8, 0)
    """
    words = [each for each in counts if re.search(r"[^\W\d_]{3}", each)]
    longest = max(map(len, words), default=0)
    full = [each for each in words if len(each) >= longest - 1]
    bare = not any(re.search(r"\d", each) for each in full)
    ends = sum(len(each) == longest for each in full)
    return longest if longest in _WIDTHS and bare and len(full) >= _CUT and ends >= 2 else 0


def beside_silence(codes: Iterable[str], labels: Mapping[str, str], silent: Iterable[str]) -> list[str]:
    """Codes whose number is one of no answer, beside others that are none, and whose label does not say so.

    >>> told = {"1": "no", "2": "yes", "97": "left blank", "98": "Don't know", "99": "Refused"}
    >>> beside_silence(told, told, ["98", "99"])
    ['97']
    """
    gone = set(silent)
    numbers = {float(each): each for each in codes if re.fullmatch(r"-?\d+(\.0+)?", each)}
    coded = [numbers[each] for each in far(numbers)]
    known = [each for each in coded if each in gone]
    return [
        each
        for each in coded
        if known and each not in gone and each in labels and not word("last").match(labels[each].strip())
    ]


def heaped(counts: Mapping[float, int]) -> list[float]:
    """Numbers that look like a code for no answer: far from all others, or a heap of nines at the end.

    >>> heaped({**{float(18 + i): 3 for i in range(80)}, 99.0: 25}), heaped({float(i): 5 for i in range(100)})
    ([99.0], [])
    """
    found = far(counts)
    if found or len(counts) < _SPREAD:
        return found or apart(counts)
    *rest, last = sorted(counts)
    below = rest[-_BELOW:]
    nines = re.fullmatch(r"9+[6-9]|9{2,}", f"{last:.10g}")
    heap = counts[last] >= max(_LEAST, _HEAP * max(counts[each] for each in below))
    return [last] if nines and heap else apart(counts)
