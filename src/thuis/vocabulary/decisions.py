"""A reviewer's decisions on hits, kept in a CSV beside the documents and honoured next time.

A hit is known by its key (its term, words and sentence), so a decision stays when text moves and lapses when
the sentence changes. The CSV that ``thuis screen --format csv`` writes can be filled in and used as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thuis.errors import Problem, raise_all, unknown
from thuis.files import put
from thuis.tables import Row, as_csv, read_table
from thuis.vocabulary.screen import Hit, Result, Screened

FILE = "screening-decisions.csv"
COLUMNS = ("key", "document", "term", "text", "sentence", "decision", "reason")
DECISIONS = ("accept", "reject")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of a hit: ``accept`` (it must change) or ``reject`` (it may stay, and why)."""

    decision: str
    reason: str = ""


def read_decisions(file: Path) -> dict[str, Decision]:
    """The decisions in a CSV with the columns key, decision and reason; other columns are for the reader.

    :raises ThuisError: every unknown decision, rejection without a reason and key that is decided twice.
    """
    problems: list[Problem] = []
    rows = read_table(file, problems, required=("key", "decision", "reason"))
    found: dict[str, Decision] = {}
    for row in rows:
        key, said = row.cells["key"], row.one_of("decision", DECISIONS, problems)
        if not said:
            continue
        reason = row.cells["reason"]
        if said == "reject" and not reason:
            step = "say why the word may stay"
            problems.append(Problem("a rejection without a reason", row.place(), step=step))
        decision = Decision(said, reason)
        if found.get(key, decision) != decision:
            problems.append(Problem(f"hit {key} is decided twice, differently", row.place()))
        found[key] = decision
    raise_all(problems)
    return found


def beside(paths: Iterable[Path]) -> dict[str, Decision]:
    """The decisions kept beside documents (in a folder that is screened, or next to a file)."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    found: dict[str, Decision] = {}
    for folder in folders:
        if (folder / FILE).is_file():
            found |= read_decisions(folder / FILE)
    return found


def honour(result: Result, decisions: Mapping[str, Decision]) -> Result:
    """The result with what was decided on its hits.

    An accepted hit is to be replaced, a rejected one counts as fine; both still show what was decided.
    """
    if not isinstance(result, Screened) or not decisions:
        return result
    return replace(result, hits=tuple(_decided(hit, decisions.get(hit.key)) for hit in result.hits))


def _decided(hit: Hit, decision: Decision | None) -> Hit:
    if decision is None:
        return hit
    level = "replace" if decision.decision == "accept" else hit.level
    return replace(hit, level=level, decision=decision.decision, decision_reason=decision.reason)


def record(file: Path, results: Sequence[Result], said: Mapping[str, Decision]) -> None:
    """Add decisions to a file, each with the words it is about; the file is moved into place whole.

    :raises ThuisError: when a key names no hit in the results.
    """
    hits = {hit.key: (each.name, hit) for each in results if isinstance(each, Screened) for hit in each.hits}
    raise_all([unknown("hit", key, hits, step="take a key from --json") for key in said if key not in hits])
    kept: list[Row] = []
    if file.exists():
        read_decisions(file)
        kept = read_table(file, [], required=("key",))
    rows: list[Mapping[str, str]] = [row.cells for row in kept if row.cells["key"] not in said]
    for key, decision in said.items():
        name, hit = hits[key]
        rows.append(
            {
                "key": key,
                "document": name,
                "term": hit.term,
                "text": hit.text,
                "sentence": " ".join(hit.sentence.split()),
                "decision": decision.decision,
                "reason": decision.reason,
            }
        )
    put(file, as_csv(rows, COLUMNS))
