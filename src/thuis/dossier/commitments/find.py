"""Every commitment in a letter or a debate, with its sentence as proof."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thuis.documents.mapped import Mapped
from thuis.documents.source import DIGITS, RAISED
from thuis.dossier.commitments import cues, parts
from thuis.dossier.commitments.classify import classify
from thuis.dossier.commitments.debate import Debate
from thuis.dossier.commitments.model import Commitment, Judged, Role
from thuis.dossier.commitments.same import Told
from thuis.dossier.letter.model import Block, Letter, Note
from thuis.dossier.reading import Found, Reading
from thuis.language.split import sentences

_SOURCES = {"kamerstuk", "handelingen", "aanhangsel", "document"}


@dataclass(frozen=True, slots=True)
class _Text:
    """One block, note or speech, who says it on which day, and the items of the list that it opens."""

    id: str
    body: Mapped
    role: Role
    who: str | None
    day: date | None
    items: tuple[str, ...] = ()


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
    items = _items(letter.blocks)
    texts = [
        _Text(each.id, each.body, "government", meta.sender, meta.date, items.get(each.id, ()))
        for each in parts_of(letter)
    ]
    found = _found(texts)
    cited = _by_place(reading.citations)
    return _repeats([replace(each, debate_id=_named(each, cited)) for each in found])


def parts_of(letter: Letter) -> tuple[Block | Note, ...]:
    """The blocks and then the notes of a letter."""
    return (*letter.blocks, *letter.notes)


def _items(blocks: Sequence[Block]) -> dict[str, tuple[str, ...]]:
    """By the id of a block that ends in a colon: the items of the list behind it."""
    opened: dict[str, tuple[str, ...]] = {}
    opens = ""
    for each in blocks:
        if each.kind != "item":
            opens = each.id if each.body.text.rstrip().endswith(":") else ""
        elif opens:
            opened[opens] = (*opened.get(opens, ()), _BULLET.sub("", each.body.text).strip(" ;."))
    return opened


_BULLET = re.compile(r"^\W+")


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
        _Text(f"s{number}", each.body, each.role, each.name, debate.date)
        for number, each in enumerate(debate.speeches, 1)
    ]
    found = [
        replace(each, debate=each.debate or debate.title, debate_id=debate.id)
        if each.kind in {"new", "conditional", "refused"} or each.rule == "summed-up"
        else each
        for each in _found(texts)
    ]
    return tuple(found)


def _found(texts: Iterable[_Text]) -> list[Commitment]:
    found: list[Commitment] = []
    summing = False
    for each in texts:
        places = list(sentences(each.body.text))
        for number, (start, end) in enumerate(places):
            sentence = each.body.text[start:end]
            judged = _summed(sentence) if summing and each.role == "chair" else None
            judged = judged or classify(sentence, each.role)
            summing = each.role == "chair" and (summing or bool(cues.SUMS_UP.search(sentence)))
            follows = bool(found and number) and (found[-1].where, found[-1].start) == (
                each.id,
                places[number - 1][0],
            )
            if follows and (judged is None or judged.kind == "new") and _is_in_it(found[-1], sentence):
                found[-1] = replace(found[-1], what=f"{found[-1].what}. {sentence.rstrip(' .;:')}")
                continue
            if judged:
                before = each.body.text[slice(*places[number - 1])] if number else ""
                said = _commitment(f"p{len(found) + 1}", each, (start, end), judged, before)
                if found and number and _one_breath(found[-1], said, places[number - 1]):
                    earlier = found.pop()
                    surer, other = (earlier, said) if said.doubtful > earlier.doubtful else (said, earlier)
                    said = replace(
                        surer, id=earlier.id, term=surer.term or other.term, to=surer.to or other.to
                    )
                found.append(said)
    return found


_IN_IT = re.compile(
    r"^\W*(?:in|bij|met) (?:deze|die|dit|dat) (?:\w+ )?\w*?(?P<paper>brief|notitie|visie|nota"
    r"|rapportage|rapport"
    r"|reactie|plan|agenda|overzicht)\b(?! van)",
    re.I,
)


def _is_in_it(earlier: Commitment, sentence: str) -> bool:
    """ "Ik stuur u een notitie. In deze notitie zal ik …" tells what the paper that is promised holds."""
    paper = _IN_IT.match(sentence) if earlier.kind in {"new", "repeated", "intention"} else None
    return bool(paper and paper["paper"].lower() in earlier.sentence.lower())


def _one_breath(earlier: Commitment, later: Commitment, before: tuple[int, int]) -> bool:
    """ "Ik stuur u een brief. Dat zeg ik toe." is one promise: the second says so of the first."""
    same = earlier.where == later.where and (earlier.start, earlier.end) == before
    return same and earlier.kind == later.kind == "new" and parts.points_back(later.sentence)


def _summed(sentence: str) -> Judged | None:
    """An item of the chair's list at the end of a debate: what was promised there, in the chair's words."""
    found = cues.SUMMED.match(sentence)
    return Judged("by-reference", found.start(), found.end(), "summed-up") if found else None


def _commitment(own: str, text: _Text, place: tuple[int, int], judged: Judged, before: str) -> Commitment:
    start, end = place
    sentence = text.body.text[start:end]
    made = parts.made_on(sentence, text.day)
    if made is None and judged.kind in {"new", "conditional", "intention"}:
        made = text.day
    what = parts.what_in(sentence, judged.end, before)
    if text.items and end >= len(text.body.text.rstrip()):
        what = f"{what}: {'; '.join(text.items)}"
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
