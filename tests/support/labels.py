"""How well letters are read, against labels a person made: citations, and sentences that promise.

For tests and ``benchmarks/``; with labels of your own it measures your own texts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PAPERS = frozenset({"kamerstuk", "lijst"})
"""Labels of a paper of Parliament: cited in a sentence, or in a list of motions."""
NONE = "none"
Row = Mapping[str, Any]


def read_labels(path: Path) -> list[dict[str, Any]]:
    """The rows of a file with a JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Score:
    """Right among wanted (recall) and among given (precision), and which were missed or wrong."""

    wanted: int
    found: int
    given: int
    right: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def recall(self) -> float | None:
        """The share of what was wanted that was found, 0-1; None when nothing was wanted."""
        return self.found / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """The share of what was given that is right, 0-1; None when nothing was given."""
        return self.right / self.given if self.given else None

    def __str__(self) -> str:
        def share(part: int, whole: int) -> str:
            return f"{part}/{whole} ({part / whole:.0%})" if whole else "-"

        return f"recall {share(self.found, self.wanted)}, precision {share(self.right, self.given)}"


def plain(each: str) -> str:
    """An id without what labels leave out: "dossier-" and the article of a law.

    >>> plain("dossier-35483"), plain("jci1.3:c:BWBR0020611&artikel=19&lid=5")
    ('35483', 'BWBR0020611')
    """
    law = each.partition("&")[0].rpartition(":")[2]
    return law if law.startswith("BWB") else each.removeprefix("dossier-")


def score_citations(rows: Iterable[Row], find: Callable[[str], Iterable[Any]]) -> dict[str, Score]:
    """Recall per type of citation, of ``papers`` and of ``everything``; precision of the papers.

    :param rows: labelled texts: ``doc``, ``text`` and ``citations``, each with ``type`` and ``ids``. A
        citation is found when one of its ids is given for the text: where a paper carries two numbers, either
        will do.
    :param find: what is measured, given a text: citations with ``kind``, ``ids`` and ``text``.
    """
    wanted, found = Counter[str](), Counter[str]()
    missed: dict[str, list[str]] = {}
    given = right = 0
    wrong: list[str] = []
    for row in rows:
        told = list(find(row["text"]))
        ids = {plain(each) for citation in told for each in citation.ids}
        gold = {plain(each) for label in row["citations"] for each in label["ids"]}
        for label in row["citations"]:
            groups = {label["type"], "everything", *({"papers"} & _groups(label["type"]))}
            hit = bool(ids & {plain(each) for each in label["ids"]})
            for name in groups:
                wanted[name] += 1
                found[name] += hit
                if not hit:
                    missed.setdefault(name, []).append(f"{row['doc']}: {' '.join(label['text'].split())}")
        for paper in (c for c in told if c.kind == "kamerstuk" and c.ids):
            given += 1
            good = bool(gold & {plain(each) for each in paper.ids})
            right += good
            if not good:
                wrong.append(f"{row['doc']}: {paper.text!r} is no {paper.ids[0]}")
    scores = {}
    for name in wanted:
        own = (given, right, tuple(wrong)) if name == "papers" else (0, 0, ())
        scores[name] = Score(wanted[name], found[name], own[0], own[1], tuple(missed.get(name, ())), own[2])
    return scores


def _groups(label: str) -> set[str]:
    return {"papers"} if label in PAPERS else set()


@dataclass(frozen=True, slots=True)
class Kinds:
    """How sentences were classed: right outright, right or defensible, and one score per kind."""

    sentences: int
    right: int
    defensible: int
    kinds: Mapping[str, Score] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def score_sentences(rows: Sequence[Row], classify: Callable[[str, str], str | None]) -> Kinds:
    """Labelled sentences against what is made of them.

    :param rows: ``sentence``, ``role``, ``label`` and, where a second reading is defensible, ``also``.
    :param classify: given sentence and role, the kind or None.
    """
    told = [(row, classify(row["sentence"], row.get("role") or "unknown") or NONE) for row in rows]
    right = [kind == row["label"] for row, kind in told]
    fair = [kind == row["label"] or kind in row.get("also", ()) for row, kind in told]
    names = sorted({row["label"] for row in rows} | {kind for _, kind in told})
    kinds = {}
    for name in names:
        wanted = [kind for row, kind in told if row["label"] == name]
        given = [row for row, kind in told if kind == name]
        kinds[name] = Score(
            len(wanted),
            sum(kind == name for kind in wanted),
            len(given),
            sum(row["label"] == name for row in given),
            tuple(row["sentence"] for row, kind in told if row["label"] == name != kind),
            tuple(row["sentence"] for row, kind in told if kind == name != row["label"]),
        )
    wrong = tuple(
        f"{row['label']} taken for {kind}: {row['sentence']}"
        for (row, kind), good in zip(told, right, strict=True)
        if not good
    )
    return Kinds(len(rows), sum(right), sum(fair), kinds, wrong)
