"""Citations and commitments of a letter as tables."""

from __future__ import annotations

from thuis.dossier.commitments import find_commitments
from thuis.dossier.export.names import title_of
from thuis.dossier.reading import Reading, lint_text
from thuis.tables import as_csv

_CITATION = (
    "id", "where", "source_start", "source_end", "kind", "text", "canonical", "title", "url",
    "confidence", "exists", "candidates", "remarks",
)  # fmt: skip
_COMMITMENT = (
    "id", "kind", "where", "source_start", "source_end", "who", "to", "made", "debate", "debate_id",
    "what", "term", "due", "repeats", "sentence",
)  # fmt: skip


def citations_csv(reading: Reading, language: str = "nl") -> str:
    """One row per citation, with what it means and what is wrong with it."""
    rows = []
    for found in reading.citations:
        each = found.citation
        rows.append(
            {
                "id": found.id,
                "where": found.where,
                "source_start": found.source[0],
                "source_end": found.source[1],
                "kind": each.kind,
                "text": each.text,
                "canonical": " ".join(each.ids),
                "title": title_of(each),
                "url": each.url,
                "confidence": each.confidence,
                "exists": {True: "yes", False: "no", None: ""}[each.exists],
                "candidates": " ".join(candidate.id for candidate in each.candidates),
                "remarks": " ".join(lint_text(finding, language) for finding in found.findings),
            }
        )
    return as_csv(rows, _CITATION, guarded=True)


def commitments_csv(reading: Reading) -> str:
    """One row per sentence that promises, repeats, refuses, intends or asks."""
    rows = []
    for each in find_commitments(reading):
        start, end = each.source
        rows.append({**each.as_dict(), "source_start": start, "source_end": end})
    return as_csv(rows, _COMMITMENT, guarded=True)
