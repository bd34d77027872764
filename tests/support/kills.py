"""Kill a maker of folders many times: kills.py TARGET SWAPS prints how many finished folders were seen.

A process of its own, since what it forks must be small to be killed in the middle of its work.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from thuis import exchange

FILES = 12
KILLS = 200


def fill(folder: Path, text: str) -> None:
    """A few files in a few folders, all saying the same."""
    for number in range(FILES):
        path = folder / f"part{number % 4}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def texts(folder: Path) -> list[str]:
    """What the files say."""
    return [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]


def forever(target: Path) -> None:
    """Replace the folder again and again."""
    number = 0
    while True:
        number += 1
        text = f"{os.getpid()} {number}"
        exchange.replace_folder(target, lambda stage, text=text: fill(stage, text))  # type: ignore[misc]


def main(target: Path, *, swaps: bool) -> int:
    """How many folders made by killed makers were found whole."""
    if not swaps:
        exchange._swap = lambda one, other: False  # type: ignore[assignment]
    chance = random.Random(7)
    began = time.perf_counter()
    exchange.replace_folder(target, lambda stage: fill(stage, "first"))
    round_ = 3 * (time.perf_counter() - began)
    seen = set()
    for _ in range(KILLS):
        child = os.fork()
        if not child:
            try:
                forever(target)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.0, round_))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if not swaps:
            exchange.settle(target)
        found = texts(target)
        assert len(found) == FILES, "a folder with half its files"
        assert len(set(found)) == 1, "a mix of two folders"
        seen.add(found[0])
    exchange.settle(target)
    return len(seen)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), swaps=sys.argv[2] == "True"))
