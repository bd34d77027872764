"""Every commitment in a letter or a debate, with its sentence as proof."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from thuis.documents.source import DIGITS, RAISED
from thuis.dossier.commitments import parts
from thuis.dossier.commitments.classify import classify
from thuis.dossier.commitments.debate import Debate
from thuis.dossier.commitments.expressions import CUES
from thuis.dossier.commitments.joined import (
    Text,
    by_its_own_term,
    is_in_it,
    items_of,
    one_breath,
    opened,
    surer,
    timed_items,
)
from thuis.dossier.commitments.model import Commitment, Judged
from thuis.dossier.commitments.same import Told
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.letter.model import Block, Letter, Note
from thuis.dossier.reading import Found, Reading
from thuis.language.split import sentences

_SOURCES = {"kamerstuk", "handelingen", "aanhangsel", "document"}


def find_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """The sentences of a letter that promise, repeat, refuse or ask for a promise, in order.

    A sentence that tells of a promise made earlier says when, to whom and in which debate; one that promises
    now is made on the day of the letter. Of two that tell of the same promise (same day, same person), the
    later names the earlier in ``repeats``.

    :param reading: a letter with its citations, as :func:`thuis.dossier.reading.read_citations` gives it.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from thuis.dossier.letter import read_letter
    >>> from thuis.dossier.reading import read_citations
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "brief.txt"
    ...     _ = file.write_text("Geachte voorzitter,\\n\\nIk zal uw Kamer voor de zomer informeren.\\n")
    ...     letter = read_letter(file, any_kind=True)
    >>> [(each.kind, each.term.words) for each in find_commitments(read_citations(letter))]
    [('new', 'voor de zomer')]
    """
    letter = reading.letter
    meta = letter.meta
    items = items_of(letter.blocks)
    texts = [
        Text(each.id, each.body, "government", meta.sender, meta.date, items.get(each.id, ()))
        for each in parts_of(letter)
    ]
    found = _found(texts)
    cited = _by_place(reading.citations)
    return _repeats([replace(each, debate_id=_named(each, cited)) for each in found])


def parts_of(letter: Letter) -> tuple[Block | Note, ...]:
    """The blocks and then the notes of a letter."""
    return (*letter.blocks, *letter.notes)


def find_in_debate(debate: Debate) -> tuple[Commitment, ...]:
    """The sentences of a debate that promise, repeat, refuse, ask for or speak of a promise, in order.

    :param debate: as :func:`read_debate` gives it.

    >>> from thuis.documents.mapped import Mapped
    >>> from thuis.dossier.commitments.debate import Speech
    >>> said = Speech("Minister De Jonge :", "government", Mapped.of("Dat zeg ik de Kamer toe."))
    >>> [each.kind for each in find_in_debate(Debate("h.xml", None, None, None, "", (said,)))]
    ['new']
    """
    texts = [
        Text(f"s{number}", each.body, each.role, each.name, debate.date)
        for number, each in enumerate(debate.speeches, 1)
    ]
    found = [
        replace(each, debate=each.debate or debate.title, debate_id=debate.id)
        if each.kind in {"new", "conditional", "refused"} or each.rule == "summed-up"
        else each
        for each in _found(texts)
    ]
    return tuple(found)


def _found(texts: Iterable[Text]) -> list[Commitment]:
    found: list[Commitment] = []
    summing = False
    listed: dict[str, Commitment] = {}
    for each in texts:
        if each.id in listed and classify(each.body.text, each.role) is None:
            found.append(by_its_own_term(f"p{len(found) + 1}", each, listed[each.id]))
            continue
        places = list(sentences(each.body.text))
        for number, (start, end) in enumerate(places):
            sentence = each.body.text[start:end]
            judged = _summed(sentence) if summing and each.role == "chair" else None
            judged = judged or classify(sentence, each.role)
            summing = each.role == "chair" and (summing or bool(CUES["sums-up"].search(sentence)))
            last = found[-1] if found and number and _stands(found[-1], each, places[number - 1]) else None
            if last and is_in_it(last, judged, sentence):
                found[-1] = replace(last, what=f"{last.what}. {sentence.rstrip(' .;:')}")
            elif judged:
                before = each.body.text[slice(*places[number - 1])] if number else ""
                said = _commitment(f"p{len(found) + 1}", each, (start, end), judged, before)
                if last and one_breath(last, said):
                    said = surer(found.pop(), said)
                timed = timed_items(each, said, end)
                listed.update(dict.fromkeys(timed, said))
                if not timed or len(timed) < len(each.items):
                    found.append(said)
    return found


def _stands(promise: Commitment, text: Text, place: tuple[int, int]) -> bool:
    return promise.where == text.id and (promise.start, promise.end) == place


def _summed(sentence: str) -> Judged | None:
    """An item of the chair's list at the end of a debate: what was promised there, in the chair's words."""
    found = CUES["summed"].match(sentence)
    return Judged("by-reference", found.start(), found.end(), "summed-up") if found else None


def _commitment(own: str, text: Text, place: tuple[int, int], judged: Judged, before: str) -> Commitment:
    start, end = place
    sentence = text.body.text[start:end]
    made = parts.made_on(sentence, text.day)
    if made is None and judged.kind in {"new", "conditional", "intention"}:
        made = text.day
    what = parts.what_in(sentence, judged.end, before)
    if items := [item for _, item in opened(text, end) if term_in(item, text.day) is None]:
        what = f"{what}: {'; '.join(items)}"
    return Commitment(
        own,
        judged.kind,
        judged.rule,
        text.id,
        start,
        end,
        text.body.span(start, end),
        sentence,
        what,
        who=text.who if judged.kind not in {"request", "by-reference", "money"} else None,
        to=parts.to_whom(sentence, judged.start, before),
        made=made,
        debate=parts.debate_in(sentence),
        term=parts.term_of(sentence, text.day, made),
    )


def _named(each: Commitment, cited: Mapping[str, Sequence[Found]]) -> str | None:
    """The paper that the sentence, or else a note that it calls, cites as the place of the promise."""
    notes = [f"n{run.translate(DIGITS)}" for run in re.findall(f"[{RAISED}]+", each.sentence)]
    here = cited.get(each.where, ())
    first = bisect_left(here, each.start, key=lambda found: found.citation.start)
    last = bisect_left(here, each.end, key=lambda found: found.citation.start)
    called = [found for note in notes for found in cited.get(note, ())]
    found = (found.citation for found in (*here[first:last], *called))
    return next((c.id for c in found if c.kind in _SOURCES and c.id), None)


def _by_place(citations: Sequence[Found]) -> dict[str, list[Found]]:
    """Citations by the block or note they stand in, in order."""
    told: defaultdict[str, list[Found]] = defaultdict(list)
    for each in sorted(citations, key=lambda found: found.citation.start):
        told[each.where].append(each)
    return told


def _repeats(found: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """Sentences that tell of one promise, tied to the first of them.

    An earlier promise is known by its day, person and debate; one that is made here by what it is about.
    """
    told: list[Commitment] = []
    known = Told()
    firsts: dict[tuple[date, str | None, str | None], str] = {}
    for each in found:
        first = each.id
        if each.kind == "repeated" and each.made:
            first = firsts.setdefault((each.made, each.to, each.debate), each.id)
        if first == each.id:
            first = known.first(each).id
        told.append(each if first == each.id else replace(each, repeats=first))
    return tuple(told)
