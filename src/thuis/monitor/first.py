"""From nothing: the processes beside begin before this one has loaded anything."""

from __future__ import annotations

import sys
from pathlib import Path

from thuis.apart import ahead
from thuis.crew import call
from thuis.monitor.standing import WORK

DOSSIER = frozenset(
    ["letters", "commitments.csv", "proposals.csv", "measures.csv", "edges.csv", "events.csv"]
)
"""What a project with a dossier has one of; another does not wait for what reads letters."""
ACT = frozenset(
    ["initiatives", "knowledge", "grants.csv", "grant-schemes.csv", "municipalities.csv", "key-figures.csv"]
)
"""What a project with a directory has one of."""


def begin_first(folder: Path, *modules: str, most: int = sys.maxsize) -> None:
    """Start what reads survey files, and what reads a dossier and a directory, when nothing was kept of them.

    :param modules: what the latter also load, for work that comes after.
    :param most: of the latter, so many at most.
    """
    if (folder / WORK / "stages").is_dir():
        return
    if any((folder / "data").glob("*.[sdz]*")):
        ahead("thuis.formats.stat", "pyreadstat")
    if any((folder / each).exists() for each in DOSSIER | ACT):
        call("thuis.monitor.beside", *modules, most=most)
