"""The findings as JSON and CSV: every hit, those that are fine too, for the reader of a file can filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from thuis import tables
from thuis.documents import Document, Unscreenable
from thuis.vocabulary.model import Vocabulary
from thuis.vocabulary.report.terminal import said, totals
from thuis.vocabulary.screen import Hit, Result, Screened

COLUMNS = (
    "document", "date", "genre", "term", "text", "page", "line", "column", "start", "end", "sentence", "role",
    "verdict", "why", "replacement", "sources", "speaker", "party", "decision", "reason", "key",
)  # fmt: skip


def as_dict(results: Sequence[Result], vocabulary: Vocabulary) -> dict[str, object]:
    """The whole report as plain dictionaries and lists."""
    return {
        "vocabulary": vocabulary.version,
        "summary": totals(results),
        "documents": [told(each) for each in results if isinstance(each, Screened)],
        "unscreened": [
            {"document": each.name, "why": each.why, "detail": each.detail}
            for each in results
            if isinstance(each, Unscreenable)
        ],
    }


def told(result: Screened) -> dict[str, object]:
    """A screened document with every hit, as the report has it."""
    document = result.document
    return {
        "document": document.name,
        "format": document.format,
        "sha256": document.sha256,
        "title": document.title,
        "date": result.date,
        "date_source": result.date_source or "unknown",
        "genre": result.genre,
        "language": result.language,
        "words": document.words,
        "pages": document.pages,
        "unscreened_pages": list(document.empty_pages),
        "unread": dict(document.unread),
        "quality": {"verdict": document.quality_of.verdict, "why": list(document.quality_of.why)},
        "joined_words": document.joined_words,
        "hits": [_hit(hit, document) for hit in result.hits],
    }


def _hit(hit: Hit, document: Document) -> dict[str, object]:
    """A hit with its places: ``start`` and ``end`` count characters of the file as it stands (a byte order
    mark not counted), null where the file is no text; ``clean_start`` and ``clean_end`` of the clean text.
    """
    known = asdict(hit)
    speaker, party = hit.speaker or (None, None)
    start, end = document.source_span(hit.start, hit.end) or (None, None)
    places = {"start": start, "end": end, "clean_start": hit.start, "clean_end": hit.end}
    verdict = known.pop("level")
    return {**known, **places, "speaker": speaker, "party": party, "verdict": verdict}


def as_csv(results: Sequence[Result], language: str = "nl") -> str:
    """One row per hit; a document that cannot be screened has a row that says so."""
    return tables.as_csv(_rows(results, language), COLUMNS, guarded=True)


def _rows(results: Sequence[Result], language: str) -> Iterator[dict[str, object]]:
    for result in results:
        if isinstance(result, Unscreenable):
            yield {"document": result.name, "verdict": "unscreened", "why": result.why}
            continue
        for hit in result.hits:
            speaker, party = hit.speaker or ("", "")
            start, end = result.document.source_span(hit.start, hit.end) or ("", "")
            yield {
                "document": result.name, "date": result.date or "", "genre": result.genre, "term": hit.term,
                "text": hit.text, "page": hit.page or "", "line": hit.line, "column": hit.column,
                "start": start, "end": end, "sentence": " ".join(hit.sentence.split()),
                "role": hit.role, "verdict": hit.level, "why": hit.why,
                "replacement": "; ".join(said(each, language) for each in hit.replacements),
                "sources": " ".join(hit.sources), "speaker": speaker, "party": party,
                "decision": hit.decision or "", "reason": hit.decision_reason or "", "key": hit.key,
            }  # fmt: skip
