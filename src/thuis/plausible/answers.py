"""Answers that may be another thing than they look: without a label, in two writings, a heap at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from thuis.formats.answers import far, no_answer

_SCALE = 3
"""So many labels make a scale."""
_FEW = 3
"""More codes without a label are answers that nobody labels: ages, numbers of people."""
_INITIALS = 2
_RARE, _OFTEN = 0.02, 10
"""A slip of the pen is rare, and what was meant is given so many times as often."""
_LETTERS, _LIKE = 5, 0.8
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
    return found + _slips({each: counts[each] for each in long}, words)


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


def heaped(counts: Mapping[float, int]) -> list[float]:
    """Numbers that look like a code for no answer: far from all others, or a heap of nines at the end.

    >>> heaped({**{float(18 + i): 3 for i in range(80)}, 99.0: 25}), heaped({float(i): 5 for i in range(100)})
    ([99.0], [])
    """
    found = far(counts)
    if found or len(counts) < _SPREAD:
        return found
    *rest, last = sorted(counts)
    below = rest[-_BELOW:]
    nines = re.fullmatch(r"9+[6-9]|9{2,}", f"{last:.10g}")
    heap = counts[last] >= max(_LEAST, _HEAP * max(counts[each] for each in below))
    return [last] if nines and heap else []
