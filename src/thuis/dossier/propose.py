"""Change the files of a dossier: add proposals, decide on them, take in and give out. Effects live here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from thuis.dossier.commitments import Commitment, find_commitments, find_in_debate, read_debate
from thuis.dossier.folder import Dossier, new_commitments, read_dossier
from thuis.dossier.graph import EDGE_COLUMNS, Edge, edges, names, read_edges
from thuis.dossier.graph.linked import linked
from thuis.dossier.graph.suggest import Name
from thuis.dossier.ledger import (
    COLUMNS,
    PROPOSAL_COLUMNS,
    Entry,
    Proposal,
    decide,
    export_entries,
    import_entries,
    propose,
    read_ledger,
    read_proposals,
    write_rows,
)
from thuis.dossier.letter import read_letter
from thuis.dossier.reading import read_citations
from thuis.errors import ThuisError, unknown
from thuis.files import put
from thuis.project.namespace import namespace_of


@dataclass(frozen=True, slots=True)
class Made:
    """What a round of proposing gave."""

    fulfilled: tuple[Proposal, ...]
    edges: tuple[Edge, ...]
    names: tuple[Name, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain lists, for JSON."""
        return {
            "fulfilled": [asdict(each) for each in self.fulfilled],
            "edges": [asdict(each) for each in self.edges],
            "names": [asdict(each) for each in self.names],
        }


def propose_into(folder: Path) -> Made:
    """Add what the letters of a folder propose to ``proposals.csv`` and ``edges.csv``.

    :raises ThuisError: when the dossier has faults; then nothing is written.
    """
    dossier = read_dossier(folder)
    fulfilled = propose(dossier.entries, dossier.told(), dossier.proposals)
    new = _edges(dossier)
    if fulfilled:
        write_rows(folder / "proposals.csv", [*dossier.proposals, *fulfilled], PROPOSAL_COLUMNS)
    if new:
        write_rows(folder / "edges.csv", [*dossier.edges, *new], EDGE_COLUMNS)
    return Made(tuple(fulfilled), tuple(new), tuple(_names(dossier)))


def _edges(dossier: Dossier) -> list[Edge]:
    found: list[Edge] = []
    for reading in dossier.readings.values():
        found += edges(reading, dossier.measures, [*dossier.edges, *found])
    return found


def _names(dossier: Dossier) -> list[Name]:
    known = " | ".join(each.title_nl.lower() for each in dossier.measures)
    found = {each.text.lower(): each for reading in dossier.readings.values() for each in names(reading)}
    return [each for text, each in found.items() if text not in known and not _part(text, dossier)]


def _part(text: str, dossier: Dossier) -> bool:
    return any(each.title_nl.lower() in text for each in dossier.measures)


def promises_in(file: Path, day: date | None = None) -> tuple[Commitment, ...]:
    """What is promised in a letter or, for official XML with ``<handelingen>``, in a debate.

    :raises ThuisError: when the file can be read as neither.
    """
    head = file.read_bytes()[:2000] if file.is_file() else b""
    if file.suffix == ".xz" or b"<handelingen" in head:
        return find_in_debate(read_debate(file, day=day))
    return find_commitments(read_citations(read_letter(file)))


def take_into(folder: Path) -> list[Entry]:
    """Add a line to the ledger for every promising sentence of the letters that has none.

    The line has what the sentence says, its proof, and the state Openstaand; a person makes ``text`` a
    sentence of its own and sets the state.

    :raises ThuisError: when the dossier has faults; then nothing is written.
    """
    dossier = read_dossier(folder)
    new: list[Entry] = []
    taken = {each.id for each in dossier.entries} | {each.id for each in dossier.measures}
    for letter, each in new_commitments(dossier):
        day = each.made.isoformat() if each.made else ""
        stem = f"tz-{(day or letter).replace('-', '').lower()}"
        own = next(f"{stem}-{n}" for n in count(1) if f"{stem}-{n}" not in taken)
        taken.add(own)
        new.append(
            Entry(
                own,
                each.what[:1].upper() + each.what[1:] + ".",
                kind=each.kind,
                who=each.who or "",
                to=each.to or "",
                date=day,
                debate=each.debate or "",
                debate_id=each.debate_id or "",
                due=each.term.day.isoformat() if each.term and each.term.day else "",
                term=each.term.words if each.term else "",
                letter=letter,
                where=each.where,
                sentence=each.sentence,
            )
        )
    if new:
        write_rows(folder / "commitments.csv", [*dossier.entries, *new], COLUMNS)
    return new


def decide_in(folder: Path, which: str, yes: bool, by: str, on: date) -> str:
    """Accept or reject a proposal of a folder; says what became of it.

    The proposals are written before the ledger: should the second write fail, the decision is on record.
    """
    if which.startswith("e") and not which.startswith("ek"):
        return _decide_edge(folder, which, yes, by, on)
    entries = read_ledger(folder / "commitments.csv")
    changed, proposals = decide(entries, read_proposals(folder / "proposals.csv"), which, yes, by, on)
    write_rows(folder / "proposals.csv", proposals, PROPOSAL_COLUMNS)
    if changed != entries:
        write_rows(folder / "commitments.csv", changed, COLUMNS)
    decided = next(each for each in proposals if each.id == which)
    entry = next(each for each in changed if each.id == decided.commitment)
    return f"{which} {decided.state}; {entry.id}: {entry.status}"


def _decide_edge(folder: Path, which: str, yes: bool, by: str, on: date) -> str:
    known = read_edges(folder / "edges.csv")
    found = next((each for each in known if each.id == which), None)
    if found is None:
        raise ThuisError(unknown("edge", which, [each.id for each in known if each.review == "proposed"]))
    if found.review != "proposed":
        raise ThuisError(f"{which} was {found.review} before", step="change edges.csv by hand")
    if not by.strip():
        raise ThuisError("who decides?", expected="the name of a person")
    state = replace(found, review="accepted" if yes else "rejected", by=by.strip(), on=on.isoformat())
    write_rows(folder / "edges.csv", [state if each.id == which else each for each in known], EDGE_COLUMNS)
    return f"{which} {state.review}"


def import_into(folder: Path, file: Path) -> tuple[int, int]:
    """Take commitments into the ledger of a folder: how many were added, how many changed.

    :raises ThuisError: as :func:`thuis.dossier.ledger.import_entries`; then the ledger stays as it was.
    """
    ledger = read_ledger(folder / "commitments.csv")
    added = changed = 0
    for each in import_entries(file):
        at = _place(each, ledger)
        if at is None:
            ledger.append(each)
            added += 1
            continue
        given = {name: value for name, value in asdict(each).items() if value and name != "id"}
        new = replace(ledger[at], **given)
        changed += new != ledger[at]
        ledger[at] = new
    write_rows(folder / "commitments.csv", ledger, COLUMNS)
    return added, changed


def _place(each: Entry, ledger: Sequence[Entry]) -> int | None:
    for name in ("guid", "number", "id"):
        value = getattr(each, name)
        found = next((i for i, old in enumerate(ledger) if value and getattr(old, name) == value), None)
        if found is not None:
            return found
    return None


def export_from(folder: Path, out: Path) -> None:
    """Write the ledger of a folder, or with ``.jsonld`` its whole graph."""
    if out.suffix == ".jsonld":
        graph = linked(read_dossier(folder), namespace_of(folder))
        put(out, json.dumps(graph, ensure_ascii=False, indent=2) + "\n")
    else:
        export_entries(read_ledger(folder / "commitments.csv"), out)
