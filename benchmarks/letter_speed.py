"""How long `thuis letter read` takes for a letter of a quarter, half and whole megabyte, and how that grows.

A made letter of the kinds of paragraph that letters have: promises, citations, words broken at a line
end. Each size is read by a process of its own, start of Python included; the clock counts work of the
processor, so that a busy machine does not make it longer. *times the first* is the time beyond the start
against the smallest letter: twice the text should be twice the work.

    python benchmarks/letter_speed.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = "Den Haag, 3 mei 2024\n\nBetreft: voortgang\n\nGeachte voorzitter,\n\n"
PARTS = (
    "In de brief van 3 mei over wonen (Kamerstuk 32 824, nr. {n}) staat veel\nover de arbeids-\nmarkt.",
    "Ik zal uw Kamer voor het einde van 2025 informeren over stap {n}. Dat vraagt overleg met gemeenten.",
    "De gemeente overlegt met bewoners over de wijk, waar mensen die er al lang wonen samen\nplannen maken.",
    "Het onderzoek liet zien dat in wijk {n} de opkomst hoger was dan verwacht, ook bij jongeren.",
)
SIZES = (1_000, 250_000, 500_000, 1_000_000)


def written(size: int) -> str:
    """A letter of about so many characters."""
    parts, length, n = [HEAD], 0, 0
    while length < size:
        parts.append(PARTS[n % len(PARTS)].format(n=n % 400 + 1) + "\n\n")
        length += len(parts[-1])
        n += 1
    return "".join(parts) + "De minister van Wonen,\n\nJ. Jansen\n"


def spent(path: Path, out: Path) -> float:
    """Seconds of work of one run of the command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "thuis", "letter", "read", str(path)]
    with out.open("wb") as file:
        subprocess.run(command, check=False, stdout=file, stderr=subprocess.STDOUT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print seconds per size and the growth."""
    with tempfile.TemporaryDirectory() as folder:
        letter, out = Path(folder) / "brief.txt", Path(folder) / "out.txt"
        times = []
        for size in SIZES:
            letter.write_text(written(size), "utf-8")
            times.append(min(spent(letter, out) for _ in range(2)))
    start = times[0]
    for size, each in zip(SIZES, times, strict=True):
        grows = f"{(each - start) / (times[1] - start):5.2f} times the first" if size > SIZES[1] else ""
        print(f"{size / 1e6:5.2f} MB {each:6.2f} s of work, {each - start:5.2f} s beyond the start  {grows}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
