"""Count what thuis makes of files from outside: ``python -m outside.score [batch ...]`` in tests."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path

from outside import BATCHES
from outside.kinds import outcome


def main(batches: list[str]) -> None:
    """One line per batch, and what was wrong."""
    for batch in batches:
        counts: Counter[str] = Counter()
        for name, case in import_module(f"outside.{batch}").CASES.items():
            with tempfile.TemporaryDirectory() as folder:
                found = outcome(case, Path(folder))
            counts[found.kind] += 1
            if found.kind not in ("right", "refused"):
                print(f"{batch}: {name}: {found.kind}: {found.seen}\n")
        print(f"{batch}: {sum(counts.values())} files, {dict(counts)}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(BATCHES))
