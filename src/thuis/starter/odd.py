"""What is odd about the answers of a column that a first project shows, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from thuis.formats import Raw
from thuis.plausible.answers import (
    apart,
    beside_numbers,
    beside_silence,
    cut_short,
    two_writings,
    unlabelled,
)
from thuis.plausible.order import begun, replaced

_EMPTY = 0.75
"""The part of the rows without an answer from which that is said."""


def odd(raw: Raw, name: str, codes: Mapping[str, str], missing: Sequence[str]) -> Iterator[str]:
    """What is odd about the answers of a column, in sentences."""
    counts = raw.counts(name)
    labels = raw.about(name).labels
    if bare := unlabelled(counts, labels, missing):
        rows = sum(counts[each] for each in bare)
        listed = ", ".join(map(repr, bare))
        yield (
            f"answers: {listed} of {name!r} ({rows:,} rows) has no label where all others have one: "
            "is it an answer?"
        )
    if doubted := beside_silence(counts, labels, missing):
        listed = ", ".join(f"{each} {labels[each]!r} ({counts[each]:,} rows)" for each in doubted)
        yield f"answers: {listed} of {name!r} count, beside codes that are no answer: are they answers?"
    if not labels and (words := beside_numbers(counts)):
        listed = ", ".join(f"{each!r} ({counts[each]:,} rows)" for each in words)
        yield f"answers: {listed} of {name!r} stand beside numbers: are they answers?"
    numbers = {float(each): n for each, n in counts.items() if re.fullmatch(r"-?\d{1,15}", each)}
    if wild := [each for each in apart(numbers) if f"{each:.0f}" in codes]:
        listed = ", ".join(f"{each:g} ({numbers[each]:,} rows)" for each in wild)
        yield f"answers: {listed} of {name!r} is far from all others: is it an answer?"
    if not labels and (letters := cut_short(counts)):
        yield f"answers: those of {name!r} end at {letters} letters: were they cut off, two to one?"
    if change := replaced(raw.codes(name)):
        before, after, row = change
        yield (
            f"answers: {before!r} of {name!r} is not given from row {row:,} on, {after!r} not before: "
            "are they one?"
        )
    elif new := begun(raw.codes(name)):
        answer, row, expected = new
        yield (
            f"answers: {answer!r} of {name!r} is not given before row {row:,}, where {expected:,} would have "
            "given it: do the codes mean the same in all rows?"
        )
    gone = raw.codes(name).null_count()
    if gone >= _EMPTY * raw.frame.height:
        yield f"answers: {name!r} is empty in {gone:,} of {raw.frame.height:,} rows"
    spelt = {each: counts.get(each, 0) for each in codes if each not in labels}
    pairs = [pair for pair in two_writings(spelt) if codes[pair[0]] != codes[pair[1]]]
    if pairs:
        listed = "; ".join(f"{one!r} and {other!r}" for one, other in pairs[:3])
        yield f"answers: of {name!r} {listed} may each be one answer in two writings"
