"""From a published number back to where it comes from: a figure's cell, or what a page of findings says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thuis.monitor.explain import figure as of_figure
from thuis.monitor.explain import finding as of_finding
from thuis.monitor.explain.published import Explained
from thuis.project import load_project


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of a figure in one wave, or of a finding, each explained."""

    head: tuple[str, ...]
    cells: tuple[Explained, ...]

    def text(self) -> str:
        """For a terminal."""
        return "\n\n".join("\n".join(lines) for lines in (self.head, *(each.lines for each in self.cells)))

    def as_dict(self) -> dict[str, Any]:
        """For a machine."""
        return {"about": list(self.head), "cells": [dict(each.values) for each in self.cells]}


def explain(
    folder: Path,
    figure: str,
    *,
    wave: str | None = None,
    cell: Sequence[str] | None = None,
    language: str = "en",
) -> Explanation:
    """Explain a figure of a built project: from its number back to question, weight, rows and formula.

    :param folder: the project folder.
    :param figure: ``indicator/breakdown``, or ``findings/…``, ``map/…``, ``flow/…``, as in the address of its
        page.
    :param wave: the last wave that asked when left out.
    :param cell: category ids in the order of the breakdown; every cell when left out.
    :param language: of the sentences.
    :raises ThuisError: for an unknown figure, wave or cell, and when nothing was built yet.

    >>> import tempfile
    >>> from thuis.monitor.pipeline import build
    >>> from thuis.starter import start
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     monitor = Path(folder) / "monitor"
    ...     _ = start(monitor, wave="2020")
    ...     _ = build(monitor, pages=False, keep=False)
    ...     print(explain(monitor, "trust/total").head[0])
    Figure: trust/total — trust
    """
    project = load_project(folder)
    if figure.partition("/")[0] in of_finding.KINDS:
        return Explanation(*of_finding.trace(project, figure, cell=cell, language=language))
    return Explanation(*of_figure.trace(project, figure, wave=wave, cell=cell, language=language))
