"""The dossier of a project folder: its letters, ledger, proposals, measures, edges and events, held together.

letters/          one file per letter, named by its official id: kst-32824-378….txt, .pdf, .docx, .xml
commitments.csv   the ledger            proposals.csv   what may have been fulfilled
measures.csv      nodes of the graph    edges.csv       its edges      events.csv   more of the timeline
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from thuis.dossier.commitments import Commitment, find_commitments
from thuis.dossier.commitments.find import parts_of
from thuis.dossier.graph import Edge, Event, Measure, loose_ends, read_edges, read_events, read_measures
from thuis.dossier.ledger import Entry, Proposal, Told, read_ledger, read_proposals
from thuis.dossier.letter import read_letter
from thuis.dossier.reading import Reading, read_citations
from thuis.errors import Place, Problem, ThuisError, raise_all, unknown
from thuis.language.split import sentences

Row = TypeVar("Row")
ENDS = (".txt", ".pdf", ".docx", ".xml", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything of a dossier, read and checked. ``readings`` has the letters by id, in order of date."""

    readings: Mapping[str, Reading]
    entries: tuple[Entry, ...]
    proposals: tuple[Proposal, ...]
    measures: tuple[Measure, ...]
    edges: tuple[Edge, ...]
    events: tuple[Event, ...]

    @property
    def empty(self) -> bool:
        """Whether the folder has nothing of a dossier."""
        return not (self.readings or self.entries or self.measures or self.events)

    def text_of(self, letter: str, where: str) -> str | None:
        """The text of a block or note of a letter, None when it is not there."""
        if letter not in self.readings:
            return None
        parts = parts_of(self.readings[letter].letter)
        return next((each.text for each in parts if each.id == where), None)

    def told(self) -> list[Told]:
        """What the letters tell of promises, for the search for fulfilment."""
        return [
            Told(name, reading.letter.meta.date, each.sentence, each.to or "", each.made)
            for name, reading in self.readings.items()
            for each in find_commitments(reading)
            if each.kind in {"repeated", "new"}
        ]


def read_dossier(folder: Path) -> Dossier:
    """Read the dossier of a project folder.

    :raises ThuisError: every fault of every file at once: letters that cannot be read or share an id, tables
        with faults, a proof that does not stand in its letter, and edges to things that are not there.
    """
    problems: list[Problem] = []
    readings = dict(_letters(folder / "letters", problems))
    dossier = Dossier(
        readings,
        _table(folder / "commitments.csv", read_ledger, problems),
        _table(folder / "proposals.csv", read_proposals, problems),
        _table(folder / "measures.csv", read_measures, problems),
        _table(folder / "edges.csv", read_edges, problems),
        _table(folder / "events.csv", read_events, problems),
    )
    raise_all(problems)
    raise_all([*_proofs(dossier), *_ends(dossier), *_decided(dossier)])
    return dossier


def _table(path: Path, read: Callable[[Path], list[Row]], problems: list[Problem]) -> tuple[Row, ...]:
    try:
        return tuple(read(path))
    except ThuisError as error:
        problems += error.problems
        return ()


def _letters(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Reading]]:
    found: dict[str, Reading] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix.lower() not in ENDS:
            continue
        try:
            reading = read_citations(read_letter(path))
        except ThuisError as error:
            problems += error.problems
            continue
        name = reading.letter.meta.id
        if name in found:
            what = f"two letters have the id {name}: {files[name]} and {path.name}"
            problems.append(Problem(what, Place(f"letters/{path.name}"), step="keep one of them"))
        found[name], files[name] = reading, path.name
    yield from sorted(found.items(), key=lambda pair: (str(pair[1].letter.meta.date or ""), pair[0]))


def _proofs(dossier: Dossier) -> Iterator[Problem]:
    """Every proof must be a sentence that stands, word for word, where it says."""
    lists: Iterable[tuple[str, Iterable[Entry | Measure | Edge]]] = (
        ("commitments.csv", dossier.entries),
        ("measures.csv", dossier.measures),
        ("edges.csv", dossier.edges),
    )
    for file, rows in lists:
        for row, each in enumerate(rows, 2):
            place = Place(file, row=row, key=each.id)
            if not each.letter:
                continue
            if each.letter not in dossier.readings:
                yield unknown("letter", each.letter, dossier.readings, place)
                continue
            text = dossier.text_of(each.letter, each.where)
            if text is None:
                parts = parts_of(dossier.readings[each.letter].letter)
                yield unknown("place", each.where, [part.id for part in parts], place)
            elif each.sentence and each.sentence not in text:
                yield Problem(
                    f"this sentence does not stand in {each.letter}, {each.where}: {each.sentence[:60]!r}",
                    place,
                    "the sentence word for word, with raised note numbers",
                    step=_elsewhere(dossier, each.letter, each.sentence),
                )


def _elsewhere(dossier: Dossier, letter: str, sentence: str) -> str | None:
    parts = parts_of(dossier.readings[letter].letter)
    places = {part.text[a:b]: part.id for part in parts for a, b in sentences(part.text)}
    words = set(sentence.split())
    near = max(
        places, key=lambda each: len(words & set(each.split())) / len(words | set(each.split())), default=None
    )
    return (
        f"{places[near]} has: {near!r}" if near and len(words & set(near.split())) > len(words) / 2 else None
    )


def _ends(dossier: Dossier) -> Iterator[Problem]:
    ids = [each.id for each in dossier.measures]
    yield from loose_ends(dossier.edges, [*dossier.readings, *ids, *(each.id for each in dossier.entries)])
    for each in dossier.entries:
        if each.id in ids:
            yield Problem(f"{each.id!r} is the id of a commitment and of a measure", Place("commitments.csv"))


def _decided(dossier: Dossier) -> Iterator[Problem]:
    ids = [each.id for each in dossier.entries]
    for row, each in enumerate(dossier.proposals, 2):
        if each.commitment not in ids:
            yield unknown("commitment", each.commitment, ids, Place("proposals.csv", row=row, key=each.id))


def new_commitments(dossier: Dossier) -> list[tuple[str, Commitment]]:
    """Sentences of the letters that promise and stand in no line of the ledger, as (letter, commitment).

    Two sentences that tell of one promise are one: where the ledger has the one, the other is not missing.
    """
    have = {(each.letter, each.where, each.sentence) for each in dossier.entries}
    missing = []
    for name, reading in dossier.readings.items():
        found = [each for each in find_commitments(reading) if each.kind in _KEPT]
        known = {each.repeats or each.id for each in found if (name, each.where, each.sentence) in have}
        missing += [(name, each) for each in found if not each.repeats and each.id not in known]
    return missing


_KEPT = frozenset({"new", "repeated", "conditional", "intention"})


def doubtful(dossier: Dossier) -> list[tuple[str, Commitment]]:
    """Of those, what a person should look at: a promise on a condition, an intention, or one only implied."""
    return [
        (name, each) for name, each in new_commitments(dossier) if each.doubtful or each.kind == "intention"
    ]
