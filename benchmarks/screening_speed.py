"""How fast texts are screened, against the engines themselves, in one run.

Matching: the same forms over the same bytes by google-re2 alone (hits counted, nothing else), by our matcher
(boundaries, longest form, places in characters), by ripgrep when it is installed, and whole screening with
roles and verdicts. End to end: a made PDF of 400 pages, from bytes to hits, beside its extraction alone; and
an archive of 454 files, 40 MB together, by one process and by two, with equal outcomes.

    python benchmarks/screening_speed.py [MEGABYTES]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from thuis.documents import Document, extract_bytes, from_text
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.archive import Job, screen_archive
from thuis.vocabulary.forms import forms
from thuis.vocabulary.match import Matcher
from thuis.vocabulary.screen import Screener

ROOT = Path(__file__).resolve().parents[1]
LAWS = ROOT.parent / "shared" / "data" / "terms" / "laws-sample.parquet"
TOLD = "De integratie van nieuwkomers vraagt tijd, en het rijk draagt daar in deze jaren aan bij. "
PLAIN = (
    "De gemeente overlegt met bewoners over de toekomst van de wijk, waar mensen die er al lang wonen samen "
    "naar school gaan, werken en sporten. De raad verdeelt het geld over de buurten en de scholen. "
)
DUTCH = TOLD + PLAIN * 10


def timed(work: Callable[[], int], times: int = 5) -> tuple[float, int]:
    """The shortest of several times of a piece of work, and what it counted: a shared machine only adds."""
    spent, count = [], 0
    for _ in range(times):
        start = time.perf_counter()
        count = work()
        spent.append(time.perf_counter() - start)
    return min(spent), count


def corpus(megabytes: float) -> list[str]:
    """Real law text where the sample stands beside this checkout, made text elsewhere."""
    if LAWS.exists():
        import polars as pl

        texts = pl.read_parquet(LAWS)["text"].to_list()
    else:
        texts = [DUTCH * 200]
    out: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        for text in texts:
            out.append(text)
            size += len(text)
            if size >= megabytes * 1e6:
                break
    return out


def ripgrep(texts: list[str], spelled: list[str]) -> tuple[float, int] | None:
    """Time and hits of ripgrep over the same bytes on one thread: any case, whole words, fixed strings."""
    program = shutil.which("rg")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "forms").write_text("\n".join(spelled), "utf-8")
        (Path(folder) / "text").write_text("\n".join(texts), "utf-8")
        command = [
            program,
            "-j1",
            "-i",
            "-w",
            "-F",
            "--count-matches",
            "-f",
            f"{folder}/forms",
            f"{folder}/text",
        ]
        return timed(lambda: int(subprocess.run(command, capture_output=True, check=True).stdout or b"0"))


def pdf(pages: int) -> bytes:
    """A PDF of running Dutch text, 45 lines a page."""
    import importlib.util

    path = ROOT / "tests" / "support" / "files.py"
    spec = importlib.util.spec_from_file_location("makers", path)
    assert spec and spec.loader
    makers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(makers)
    words = (DUTCH * 4).split()
    lines = [" ".join(words[i : i + 11]) for i in range(0, len(words), 11)]
    page = [(70.0, 780.0 - 15 * i, 10.0, lines[i % len(lines)]) for i in range(45)]
    data: bytes = makers.pdf([page] * pages)
    return data


PROGRAMMES, EACH = 454, 88_000


def archive(folder: Path) -> str:
    """Seconds that one and two processes take for the archive, start of the second process included."""
    text = "\n\n".join(corpus(PROGRAMMES * EACH / 1e6))
    for number in range(PROGRAMMES):
        start = number * EACH % max(1, len(text) - EACH)
        (folder / f"{number:03}.txt").write_text(text[start : start + EACH], "utf-8")
    outcomes, told = [], []
    for jobs in (1, 2):
        start_time = time.perf_counter()
        outcomes.append(screen_archive([folder], Job(), jobs=jobs))
        told.append(f"{time.perf_counter() - start_time:.1f} s by {jobs}")
    assert outcomes[0] == outcomes[1], "two processes find what one finds"
    hits = sum(len(record.hits) for record in outcomes[0])
    return f"{PROGRAMMES} files, {PROGRAMMES * EACH / 1e6:.0f} MB: {', '.join(told)}  {hits} hits, the same"


def main() -> None:
    """Print the table."""
    texts = corpus(float(sys.argv[1]) if len(sys.argv) > 1 else 15)
    vocabulary = load_vocabulary()
    found = tuple(each for each in forms(vocabulary) if vocabulary.by_id[each.term].language == "nl")
    matcher = Matcher(found)
    data = [text.encode() for text in texts]
    size = sum(len(each) for each in data) / 1e6
    matcher.find("warm")
    print(f"{len(found)} forms, {len(texts)} texts, {size:.0f} MB")
    engine, proposed = timed(lambda: sum(1 for each in data for _ in matcher.pattern.finditer(each)))
    print(f"google-re2 on bytes     {size / engine:6.0f} MB/s  {proposed} proposed")
    ours, hits = timed(lambda: sum(len(matcher.find(text)) for text in texts))
    print(f"our matcher             {size / ours:6.0f} MB/s  {hits} hits ({ours / engine:.2f} x the engine)")
    if (other := ripgrep(texts, [each.text for each in found])) is not None:
        print(f"ripgrep, one thread     {size / other[0]:6.0f} MB/s  {other[1]} hits (whole words)")
    else:
        print("ripgrep                 not installed")
    start = time.process_time()
    for each in data:
        list(extract_bytes(each, "wet.txt"))
    reading = time.process_time() - start
    print(f"read and cleaned        {size / reading:6.0f} MB/s  ({reading / engine:.1f} x the engine)")
    documents = [each for text in texts if isinstance(each := from_text(text, "wet.txt"), Document)]
    screener = Screener(vocabulary)
    spent, count = timed(lambda: sum(len(screener.screen(each).hits) for each in documents), 1)
    print(f"screened with roles     {size / spent:6.0f} MB/s  {count} hits with role and verdict")
    paper = pdf(400)
    extraction, _ = timed(lambda: len(list(extract_bytes(paper, "a.pdf"))), 1)
    [document] = extract_bytes(paper, "a.pdf")
    assert isinstance(document, Document)
    after, _ = timed(lambda: len(screener.screen(document).hits), 1)
    whole = 400 / (extraction + after)
    print(f"PDF of 400 pages        {400 / extraction:6.0f} pages/s extracted, {whole:.0f} screened")
    with tempfile.TemporaryDirectory() as folder:
        print(archive(Path(folder)))


if __name__ == "__main__":
    main()
