"""The same screening over a folder or object store of millions of papers, on Spark.

Files are listed first, divided into parts by their path, and each part is written as JSON Lines of its own:
one line per document, the record that ``--json`` gives of it. A part that is complete is not done again, so a
run that was broken off goes on; a run with another vocabulary or other options is refused. What could not be
read is a line like any other, and is counted.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from thuis.documents import Document, Unscreenable, extract_bytes
from thuis.errors import Place, ThuisError
from thuis.vocabulary.archive import Job
from thuis.vocabulary.load import load_vocabulary
from thuis.vocabulary.report.machine import told
from thuis.vocabulary.screen import Screener

#: What else is read in each document, by the name it gets in the record: citations, for one.
Also = tuple[tuple[str, Callable[[str], Sequence[object]]], ...]
_PER_PART = 5_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What a run holds: files seen, documents screened, and those that were not by reason."""

    files: int
    screened: int
    unscreened: dict[str, int]


def screen_on_spark(source: str, out: Path, job: Job, also: Also = (), session: Any = None) -> Counted:
    """Screen every file under ``source`` (a path or an address Spark knows) into ``out/part-NNNNN``.

    ``session`` is a SparkSession; without one a session on this machine is made.

    :raises ThuisError: without pyspark, without files, or when ``out`` holds a run of another kind.
    """
    spark = session or _session()
    listed = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(source)
    paths = sorted(map(unquote, listed.inputFiles()))
    if not paths:
        raise ThuisError("no files to screen", Place(source), step="check the path")
    count = _begun(out, job, also, -(-len(paths) // _PER_PART))
    parts: dict[int, list[str]] = {}
    for path in paths:
        parts.setdefault(zlib.crc32(_below(source, path).encode()) % count, []).append(path)
    for number, given in sorted(parts.items()):
        folder = out / f"part-{number:05}"
        if not (folder / "_SUCCESS").exists():
            _part(spark, given, folder, job, also)
    counted = _count(spark, out, len(paths))
    (out / "summary.json").write_text(
        json.dumps({"files": counted.files, "screened": counted.screened, "unscreened": counted.unscreened})
    )
    return counted


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        step = "pip install 'thuis[spark]'"
        raise ThuisError("pyspark is not installed", expected="the extra spark", step=step) from None
    # Workers must run the Python that has thuis, not the first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    return builder.appName("thuis screen").config("spark.ui.enabled", "false").getOrCreate()


def _begun(out: Path, job: Job, also: Also, count: int) -> int:
    """The number of parts of this run: the one it began with, if it was begun before."""
    file = out / "run.json"
    key = f"{job.key()}|{','.join(name for name, _ in also)}"
    if file.exists():
        known = json.loads(file.read_text("utf-8"))
        if known["key"] != key:
            problem = "this folder holds a run with another vocabulary or other options"
            raise ThuisError(problem, Place(str(out)), step="name another folder")
        return int(known["parts"])
    out.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"key": key, "parts": count}), "utf-8")
    return count


def _part(spark: Any, paths: list[str], folder: Path, job: Job, also: Also) -> None:
    def lines(rows: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str]]:
        screener = Screener(load_vocabulary(job.vocabulary), job.options)
        for path, content in rows:
            for each in outcomes(path, bytes(content), screener, also):
                yield (json.dumps(each, ensure_ascii=False),)

    files = spark.read.format("binaryFile").load(paths)
    seen = {_place(row.path) for row in files.select("path").toLocalIterator()}
    # Spark passes empty files by; they are files that could not be screened.
    empty = [(path, b"") for path in paths if _place(path) not in seen]
    records = files.select("path", "content").rdd.mapPartitions(lines)
    found = spark.createDataFrame(records, "value string")
    if empty:
        found = found.union(spark.createDataFrame(list(lines(iter(empty))), "value string"))
    found.write.mode("overwrite").text(str(folder.absolute()))


def _place(path: str) -> str:
    """A path as one spelling: Spark lists ``file:///a`` and reads ``file:/a``."""
    return re.sub(r"^(\w+):/+", r"\1:/", path)


def outcomes(name: str, data: bytes, screener: Screener, also: Also = ()) -> Iterator[dict[str, object]]:
    """The record of each document in a file's bytes, whether a cluster asks or this machine.

    >>> from thuis.vocabulary import load_vocabulary
    >>> [record] = outcomes("a.txt", b"", Screener(load_vocabulary()))
    >>> record["why"]
    'empty'
    """
    for document in extract_bytes(data, _place(name).removeprefix("file:")):
        if isinstance(document, Unscreenable):
            yield {"document": document.name, "why": document.why, "detail": document.detail}
        else:
            yield told(screener.screen(document)) | _also(document, also)


def _also(document: Document, also: Also) -> dict[str, object]:
    return {name: list(read(document.text)) for name, read in also}


def _below(source: str, path: str) -> str:
    """The path as it stands below the source, so that a run goes on where the archive has another place."""
    return path.rpartition(source.rstrip("/"))[2]


def _count(spark: Any, out: Path, files: int) -> Counted:
    lines = spark.read.text([str(each.absolute()) for each in sorted(out.glob("part-*"))])
    reasons = lines.rdd.map(lambda row: json.loads(row.value).get("why", "")).countByValue()
    counts = Counter(dict(reasons))
    screened = counts.pop("", 0)
    return Counted(files, screened, dict(sorted(counts.items())))
