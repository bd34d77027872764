"""How the promises of a letter or debate hang together: in one breath, in a list, in a promised paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from thuis.documents.mapped import Mapped
from thuis.dossier.commitments import parts
from thuis.dossier.commitments.model import Commitment, Judged, Role
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.letter.model import Block


@dataclass(frozen=True, slots=True)
class Text:
    """One block, note or speech, who says it on which day, and the items of the list that it opens."""

    id: str
    body: Mapped
    role: Role
    who: str | None
    day: date | None
    items: tuple[tuple[str, str], ...] = ()


def items_of(blocks: Sequence[Block]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By the id of a block that ends in a colon: the items of the list behind it, each with its own id."""
    behind: dict[str, tuple[tuple[str, str], ...]] = {}
    opens = ""
    for each in blocks:
        if each.kind != "item":
            opens = each.id if each.body.text.rstrip().endswith(":") else ""
        elif opens:
            behind[opens] = (*behind.get(opens, ()), (each.id, _bare(each.body.text)))
    return behind


def _bare(item: str) -> str:
    return re.sub(r"^\W+", "", item).strip(" ;.")


def opened(text: Text, end: int) -> tuple[tuple[str, str], ...]:
    """The items of the list that a sentence opens: the last one of its block."""
    return text.items if end >= len(text.body.text.rstrip()) else ()


def by_its_own_term(own: str, text: Text, opening: Commitment) -> Commitment:
    """An item with a term of its own, of a list of what is promised: an entry of its own."""
    item = text.body.text
    return replace(
        opening,
        id=own,
        where=text.id,
        start=0,
        end=len(item),
        source=text.body.span(0, len(item)),
        sentence=item,
        what=_bare(item),
        term=term_in(item, text.day),
    )


_IN_IT = re.compile(
    r"^\W*(?:in|bij|met) (?:deze|die|dit|dat) (?:\w+ )?\w*?(?P<paper>brief|notitie|visie|nota"
    r"|rapportage|rapport"
    r"|reactie|plan|agenda|overzicht)\b(?! van)",
    re.I,
)


def is_in_it(earlier: Commitment, judged: Judged | None, sentence: str) -> bool:
    """ "Ik stuur u een notitie. In deze notitie zal ik …" tells what the paper that is promised holds."""
    if earlier.kind not in {"new", "repeated", "intention"} or (judged and judged.kind != "new"):
        return False
    paper = _IN_IT.match(sentence)
    return bool(paper and paper["paper"].lower() in earlier.sentence.lower())


def one_breath(earlier: Commitment, later: Commitment) -> bool:
    """ "Ik stuur u een brief. Dat zeg ik toe." is one promise: the second says so of the first."""
    return earlier.kind == later.kind == "new" and parts.points_back(later.sentence)


def timed_items(text: Text, opening: Commitment, end: int) -> list[str]:
    """The ids of items with a term of their own, of a list of what is promised."""
    if opening.kind != "new":
        return []
    return [name for name, item in opened(text, end) if term_in(item, text.day)]


def surer(earlier: Commitment, later: Commitment) -> Commitment:
    """Of two that are one promise the proof: the later unless it alone is doubtful; with both their parts."""
    proof, other = (earlier, later) if later.doubtful > earlier.doubtful else (later, earlier)
    return replace(proof, id=earlier.id, term=proof.term or other.term, to=proof.to or other.to)
