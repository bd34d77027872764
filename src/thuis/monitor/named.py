"""Which municipalities a dossier names, and where: the letters and the promises, at the date of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from thuis.contract.act import Naming
from thuis.contract.dossier import UNSAID, Dossier
from thuis.places import FIRST, LAST, at
from thuis.places.text import codes


def named(dossier: Dossier, today: date) -> dict[str, tuple[Naming, ...]]:
    """Code of a municipality of today -> where it is named; one that was divided since is left out.

    >>> one = {"id": "t1", "text": "De minister bezoekt de gemeente Alphen aan den Rijn.", "status": "open"}
    >>> found = named(Dossier.given({"commitments": [one | {"date": "2010-05-01"}]}), date(2026, 1, 1))
    >>> [(code, each.kind, each.id) for code, row in found.items() for each in row]
    [('GM0484', 'commitment', 't1')]
    """
    day = min(today, LAST)
    found: dict[str, list[Naming]] = defaultdict(list)
    for naming in _every(dossier, day):
        now = at(naming.code, day)
        if len(now) == 1:
            found[now[0]].append(naming)
    return {code: tuple(each) for code, each in sorted(found.items())}


def _every(dossier: Dossier, day: date) -> Iterator[Naming]:
    languages = {letter.id: letter.language for letter in dossier.letters}
    for each in dossier.commitments:
        language = languages.get(each.proof.letter or "", UNSAID)
        for code in codes(each.text, _day(each.date, day)):
            yield Naming(
                kind="commitment", id=each.id, block=None, text=each.text, language=language, code=code
            )
    for letter in dossier.letters:
        for block in letter.blocks:
            if block.kind == "heading":
                continue
            for code in codes(block.text, _day(letter.date, day)):
                yield Naming(
                    kind="letter",
                    id=letter.id,
                    block=block.id,
                    text=block.text,
                    language=letter.language,
                    code=code,
                )


def _day(written: str | None, today: date) -> date:
    """The date of a text; one that is only a year or a month counts as its first day."""
    try:
        found = date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        found = today
    return min(max(found, FIRST), today)
