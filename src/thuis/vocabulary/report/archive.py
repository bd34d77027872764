"""The tables and the picture of an archive, written as a folder that is moved into place whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from thuis.errors import Place, Problem, ThuisError
from thuis.exchange import MANIFEST, replace_folder
from thuis.files import put
from thuis.language import texts
from thuis.tables import as_csv
from thuis.vocabulary.archive import Record
from thuis.vocabulary.model import Vocabulary
from thuis.vocabulary.report.picture import trend_svg
from thuis.vocabulary.trend import points, spans, who

FILES = ("trend.csv", "trend.svg", "spans.csv", "who.csv", "documents.csv", "unscreened.csv")


def write_archive(records: Sequence[Record], vocabulary: Vocabulary, out: Path, language: str = "nl") -> None:
    """Write :data:`FILES` into a folder.

    :raises ThuisError: when ``out`` holds files that are not such a report.
    """
    if out.exists():
        other = [each.name for each in out.iterdir() if each.name not in (*FILES, MANIFEST)]
        if other:
            step = "name a folder that is new or holds an earlier report"
            problem = Problem(f"the folder holds {other[0]!r}", Place(str(out)), step=step)
            raise ThuisError(problem)
    replace_folder(out, lambda aside: _write(records, vocabulary, aside, language))


def _write(records: Sequence[Record], vocabulary: Vocabulary, folder: Path, language: str) -> None:
    series = points(records)
    names = {term.id: term.term for term in vocabulary.terms}
    _table(
        folder / "trend.csv",
        ("term", "year", "hits", "uses", "words", "per_100000", "uses_per_100000"),
        ((p.term, p.year, p.hits, p.uses, p.words, f"{p.rate:.3f}", f"{p.use_rate:.3f}") for p in series),
    )
    (folder / "trend.svg").write_text(trend_svg(series, names, language), "utf-8")
    _table(
        folder / "spans.csv",
        ("term", "first", "first_in", "last", "last_in"),
        ((s.term, s.first, s.first_in, s.last, s.last_in) for s in spans(records)),
    )
    _table(folder / "who.csv", ("term", "speaker", "party", "hits"), who(records))
    screened = [each for each in records if each.why is None]
    _table(
        folder / "documents.csv",
        ("document", "date", "genre", "language", "words", "pages", "quality", "replace", "consider", "fine"),
        (_document(each) for each in screened),
    )
    t = texts("vocabulary", language)
    _table(
        folder / "unscreened.csv",
        ("document", "why", "text"),
        ((each.name, each.why, t(f"unscreenable.{each.why}")) for each in records if each.why),
    )


def _document(record: Record) -> tuple[object, ...]:
    levels = Counter(level for _, level, *_rest in record.hits)
    counts = (levels["replace"], levels["consider"], levels["fine"])
    told = (record.name, record.date or "", record.genre, record.language, record.words, record.pages)
    return (*told, record.quality, *counts)


def _table(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    put(file, as_csv(rows, columns))


def summary(records: Sequence[Record], language: str = "nl") -> list[str]:
    """Lines that say how much of an archive was screened, and what could not be."""
    t = texts("vocabulary", language)
    levels = Counter(level for each in records for _, level, *_rest in each.hits)
    lost = [each for each in records if each.why]
    lines = [t("unscreened", name=each.name, why=t(f"unscreenable.{each.why}")) for each in lost]
    undated = sum(each.date is None and each.why is None for each in records)
    if undated:
        lines.append(t("trend.nodate", n=undated))
    counts = {level: levels[level] for level in ("replace", "consider", "fine")}
    lines.append(t("summary", screened=len(records) - len(lost), unscreened=len(lost), **counts))
    return lines
