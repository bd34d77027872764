"""Tie notes to their markers, and say what is not right: orphans, missing pages, doubtful places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from thuis.dossier.letter.model import Block, Note, Remark


def tie(notes: Sequence[Note], blocks: Sequence[Block]) -> list[Note]:
    """The notes, each with the id of the block that calls it."""
    home = {mark.number: block.id for block in reversed(blocks) for mark in block.markers}
    return [replace(note, block=home.get(note.number)) for note in notes]


def orphans(
    notes: Sequence[Note], blocks: Sequence[Block], missing: Sequence[int], head: Set[int] = frozenset()
) -> Iterator[Remark]:
    """What does not fit together in notes and markers.

    A number that is in neither, between ones that are, belongs to text that is not there: it is reported with
    the missing page where it must have stood.

    :param head: numbers called in the head of the letter, as a note to its title is.
    """
    marks = {mark.number: (mark, block) for block in blocks for mark in block.markers}
    texts = {note.number: note for note in notes}
    for number, (mark, block) in sorted(marks.items()):
        span = block.body.span(mark.start, mark.end)
        if number not in texts:
            yield Remark("marker-without-note", "error", {"number": str(number)}, span, block.id)
        elif not mark.certain:
            yield Remark("marker-place", "doubt", {"number": str(number)}, span, block.id)
    for number, note in sorted(texts.items()):
        if number not in marks and number not in head:
            yield Remark("note-without-marker", "error", {"number": str(number)}, note.body.span())
        if note.cut:
            yield Remark("note-cut", "error", {"number": str(number)}, note.body.span())
    yield from _gaps(
        {**{n: b.page for n, (_, b) in marks.items()}, **{n: t.page for n, t in texts.items()}}, missing
    )
    twice = Counter(note.number for note in notes)
    for number in sorted(n for n, count in twice.items() if count > 1):
        yield Remark("note-twice", "error", {"number": str(number)}, texts[number].body.span())
    calls = Counter(mark.number for block in blocks for mark in block.markers)
    for number in sorted(n for n, count in calls.items() if count > 1):
        yield Remark("marker-twice", "note", {"number": str(number)}, None, marks[number][1].id)


def _gaps(where: dict[int, int | None], missing: Sequence[int]) -> Iterator[Remark]:
    if not where:
        return
    known = sorted(where)
    for number in sorted(set(range(1, known[-1])) - set(known)):
        before = max((where[n] or 0 for n in known if n < number), default=0)
        after = min((where[n] or 0 for n in known if n > number), default=0)
        lost = [page for page in missing if before < page < after]
        values = {"number": str(number), "pages": listed(lost)}
        yield Remark("note-on-missing-page" if lost else "note-number-skipped", "error", values)


def gaps_in_text(blocks: Iterable[Block], missing: Sequence[int]) -> Iterator[Remark]:
    """Missing pages, and the sentences that break off there."""
    for page in missing:
        yield Remark("missing-page", "error", {"page": str(page)})
    for block in blocks:
        if block.cut:
            yield Remark("text-cut", "doubt", {"page": str(block.page)}, block.body.span(), block.id)


def listed(numbers: Sequence[int]) -> str:
    """Numbers with commas, runs as ranges.

    >>> listed([2, 4, 5, 6])
    '2, 4–6'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
