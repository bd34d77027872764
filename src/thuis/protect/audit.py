"""What decided about every cell, for the data officer: a table, and a summary to sign.

The audit holds the numbers of withheld cells. It stays in the project folder and is never published.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from thuis.files import put
from thuis.language import LANGUAGES, texts
from thuis.protect.rules import ProtectionRules
from thuis.protect.table import Row, columns_of
from thuis.values import REASONS, TOTAL, Release

AUDIT_COLUMNS: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "breakdown": pl.String(),
    "wave": pl.String(),
    "cell": pl.String(),
    "status": pl.String(),
    "reason": pl.String(),
    "reliability": pl.String(),
    "rule": pl.String(),
    "n": pl.Int64(),
    "n_hit": pl.Int64(),
    "value": pl.Float64(),
    "limit": pl.Float64(),
    "protects": pl.String(),
    "relation": pl.String(),
}
"""Columns of :attr:`Release.audit`. ``rule`` decided; ``value`` was held against ``limit``; of a cell that
protects another, ``protects`` names that one and ``relation`` how it could have been worked out."""


def audit_frame(rows: Sequence[Row]) -> pl.DataFrame:
    """One row per cell with what decided."""
    place = ("indicator", "breakdown", "wave", "cell", "status")
    made = columns_of(rows, {name: kind for name, kind in AUDIT_COLUMNS.items() if name not in place})
    shown = pl.col("reason").is_null()
    cell = pl.Series("cell", [", ".join(row.key[1]) or TOTAL for row in rows], pl.String)
    return made.with_columns(
        cell,
        pl.when(shown).then("reliability"),
        status=pl.when(shown).then(pl.lit("published")).otherwise(pl.lit("withheld")),
    ).select(*AUDIT_COLUMNS)


def write_audit(release: Release, folder: Path, *, version: str = "") -> list[Path]:
    """Write ``audit.csv`` and, per language, ``summary.<language>.md`` into ``folder``; returns their paths.

    ``folder`` is ``<project>/.thuis/audit``. The summary carries the SHA-256 of the table it is about, so a
    signature under one holds for the other.

    :param release: what :func:`thuis.protect.protect` judged.
    :param version: of the monitor, for the head of the summary.

    >>> import tempfile
    >>> from thuis.columns import COMPARISON_COLUMNS, RELEASE_COLUMNS
    >>> from thuis.protect.rules import ProtectionRules
    >>> cells, tests = (pl.DataFrame(schema=each) for each in (RELEASE_COLUMNS, COMPARISON_COLUMNS))
    >>> release = Release(cells, tests, audit_frame([]), {"rules": ProtectionRules()})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_audit(release, Path(folder), version="1.0")
    >>> [each.name for each in written]
    ['audit.csv', 'summary.nl.md', 'summary.en.md']
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "audit.csv"
    content = release.audit.write_csv().encode()
    put(table, content)
    digest = hashlib.sha256(content).hexdigest()
    written = [table]
    for language in LANGUAGES:
        path = folder / f"summary.{language}.md"
        put(path, summary(release, language, digest=digest, version=version))
        written.append(path)
    return written


def summary(release: Release, language: str, *, digest: str, version: str = "") -> str:
    """The audit in one page of Markdown: the rules, what they did, and a place to sign."""
    t = texts("publish", language)
    rules: ProtectionRules = release.extras["rules"]
    reasons = Counter(release.audit["reason"].to_list())
    decided = Counter(
        (reason, rule)
        for reason, rule in release.audit.select("reason", "rule").iter_rows()
        if reason is not None
    )
    total = len(release.audit)
    lines = [f"# {t('audit.title')}", "", t("audit.about", version=version, digest=digest), ""]
    lines += [f"## {t('audit.rules')}", ""]
    lines += [
        f"- {t('audit.minimum-n', n=rules.minimum_n)}",
        f"- {t('audit.hits', hits=rules.minimum_hits, n=rules.small_n)}",
        f"- {t('audit.half-width', points=f'{rules.maximum_half_width:g}')}",
        f"- {t('audit.cv', cv=f'{rules.maximum_cv:g}')}",
        f"- {t('audit.secondary')}",
        "",
        f"## {t('audit.result')}",
        "",
        f"| {t('audit.status')} | {t('audit.rule')} | {t('audit.cells')} |",
        "| --- | --- | ---: |",
        f"| {t('audit.published')} | | {reasons[None]} |",
    ]
    for reason in REASONS:
        for (_, rule), count in sorted(pair for pair in decided.items() if pair[0][0] == reason):
            lines.append(f"| {t(f'reason.{reason}')} | {rule} | {count} |")
    lines += [
        f"| {t('audit.total')} | | {total} |",
        "",
        f"## {t('audit.signature')}",
        "",
        t("audit.sign"),
        "",
    ]
    return "\n".join(lines)
