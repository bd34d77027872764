"""The report of an audit, for a terminal, a machine, and a data officer's signature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from thuis.audit.model import KINDS, Weak
from thuis.audit.read import Published
from thuis.language import texts

MOST = 5
"""Files that are named of each kind that is not read; all of them stand in the report for machines."""
OF_RELEASES = ("difference", "withdrawn", "linked", "changed")
"""What only two releases tell."""


def as_dict(
    published: Published,
    against: Sequence[Published],
    found: Sequence[Weak],
    unread: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What was attacked and found, for a machine.

    :param published: the monitor that was attacked.
    :param against: the releases it was compared with.
    :param found: what was known too well.
    :param unread: path and why, of files that could not be read.

    >>> as_dict(Published("1.0", 50, ()), [], [])["minimum_n"]
    50
    """
    return {
        "version": published.version,
        "against": [each.version for each in against],
        "minimum_n": published.minimum,
        "cells": published.n_cells,
        "withheld": published.n_withheld,
        "weak": [each.as_dict() for each in found],
        "unread": [{"file": name, "why": why} for name, why in unread],
    }


def markdown(
    published: Published,
    against: Sequence[Published],
    found: Sequence[Weak],
    language: str,
    digest: str = "",
    unread: Sequence[tuple[str, str]] = (),
) -> str:
    """On a page: what was attacked, what was found cell by cell with its interval, and a place to sign.

    :param published: the monitor that was attacked.
    :param against: the releases it was compared with.
    :param found: what was known too well.
    :param language: of the page.
    :param digest: SHA-256 of what was attacked, so that a signature holds for that alone.
    :param unread: path and why, of files that could not be read.

    >>> print(markdown(Published("1.0", 50, ()), [], [], "en").splitlines()[0])
    # Attack on the published monitor
    """
    t = texts("audit", language)
    lines = [f"# {t('title')}", "", t("about", version=published.version, digest=digest or "-")]
    lines += [t("cells", cells=published.n_cells, withheld=published.n_withheld, minimum=published.minimum)]
    lines += [t("against", version=", ".join(each.version for each in against))] if against else []
    lines += ["", f"## {t('found')}", ""]
    if not found:
        lines.append(t("nothing"))
    else:
        heads = [t(f"column.{name}") for name in ("figure", "wave", "cell", "kind", "interval", "how")]
        lines += [f"| {' | '.join(heads)} |", "| --- | --- | --- | --- | --- | --- |"]
        lines += [f"| {' | '.join(_row(each, t(f'kind.{each.kind}')))} |" for each in found]
    counts = Counter(each.kind for each in found)
    tried = [kind for kind in KINDS if against or kind not in OF_RELEASES]
    lines += ["", f"## {t('tried')}", "", *(f"- {t(f'kind.{kind}')}: {counts[kind]}" for kind in tried)]
    if unread:
        lines += ["", f"## {t('unread')}", "", t("unread-what"), "", *_grouped(unread)]
    return "\n".join(
        [*lines, "", f"## {t('limits')}", "", t("limit"), "", f"## {t('signature')}", "", t("sign"), ""]
    )


def _grouped(unread: Sequence[tuple[str, str]]) -> list[str]:
    """Files that are not read, those of one kind together."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for name, why in unread:
        kinds.setdefault((PurePosixPath(name).suffix.lower(), why), []).append(name)
    return [
        f"- {len(names)} {suffix or '-'} ({why}): {_some(names)}"
        for (suffix, why), names in sorted(kinds.items())
    ]


def _some(names: Sequence[str]) -> str:
    return ", ".join([*names[:MOST], *(["…"] if len(names) > MOST else [])])


def _row(weak: Weak, kind: str) -> list[str]:
    span = f"{weak.low:g}–{weak.high:g}" if weak.low != weak.high else f"{weak.low:g}"
    return [weak.figure, weak.wave, ", ".join(weak.cell) or "total", kind, span, weak.how]
