"""An archive of decades: screen it once, remember by content, count per year.

Each file's outcome is kept in one SQLite file under the hash of its bytes, what its name tells of its date
and genre, and the version of the vocabulary and options. A run that was broken off goes on where it stopped,
and a file that moved is not read again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from thuis.documents import Document, Unscreenable, extract
from thuis.documents.facts import told_by_name
from thuis.documents.read import files_in
from thuis.errors import Place, Problem, ThuisError
from thuis.fingerprint import of_file
from thuis.vocabulary.load import load_vocabulary
from thuis.vocabulary.screen import Options, Screener

_BATCH = 16
#: Raised when extraction or roles change, so that older outcomes are not taken for new ones.
_OUTCOMES = 3


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of one document: its date, words and hits (term, level, role, speaker, party).

    ``why`` is set when it could not be screened; then nothing is known of its words.
    """

    name: str
    date: str | None = None
    genre: str = "text"
    language: str = "nl"
    words: int = 0
    pages: int = 0
    quality: str = "good"
    hits: tuple[tuple[str, str, str, str, str], ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """How an archive is screened."""

    vocabulary: Path | None = None
    options: Options = field(default_factory=Options)

    def key(self) -> str:
        """A name for everything but the document that decides an outcome."""
        version = load_vocabulary(self.vocabulary).version
        return f"{_OUTCOMES}|{version}|{json.dumps(asdict(self.options), sort_keys=True)}"


class Cache:
    """Outcomes by content hash, in one SQLite file."""

    def __init__(self, file: Path | None, key: str) -> None:
        self._key = hashlib.sha256(key.encode()).hexdigest()
        try:
            self._db = sqlite3.connect(file or ":memory:")
            self._db.execute(
                "create table if not exists outcome (id text primary key, records text not null)"
            )
        except sqlite3.DatabaseError as error:
            step = "remove the file or name another"
            raise ThuisError(f"not a cache of thuis: {error}", Place(str(file)), step=step) from None

    def get(self, digest: str, name: str) -> list[Record] | None:
        """The outcome for content, under the name it has now."""
        row = self._db.execute("select records from outcome where id = ?", (self._id(digest),)).fetchone()
        if row is None:
            return None
        return [
            Record(**{**each, "name": name + each["name"], "hits": tuple(map(tuple, each["hits"]))})
            for each in json.loads(row[0])
        ]

    def put(self, digest: str, name: str, records: Sequence[Record]) -> None:
        """Keep an outcome; the name of the file is left off, what is inside an archive stays."""
        told = [{**asdict(each), "name": each.name.removeprefix(name)} for each in records]
        text = json.dumps(told, ensure_ascii=False)
        self._db.execute("insert or replace into outcome values (?, ?)", (self._id(digest), text))
        self._db.commit()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _id(self, digest: str) -> str:
        return f"{self._key[:16]}{digest}"


def screen_archive(
    paths: Iterable[Path],
    job: Job,
    cache: Path | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Record]:
    """A record of every document under ``paths``, in the order of their names.

    ``progress`` is called with the number of files done and in all. With ``jobs`` above 1 files are read by
    as many processes.
    """
    files = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise ThuisError([Problem("no such file or folder", Place(str(file))) for file in missing])
    found: dict[Path, list[Record]] = {}
    with closing(Cache(cache, job.key())) as kept:
        todo: list[tuple[Path, str]] = []
        for file in files:
            digest = f"{of_file(file)}|{told_by_name(str(file))}|{file.suffix.lower()}"
            known = kept.get(digest, str(file))
            if known is None:
                todo.append((file, digest))
            else:
                found[file] = known
        done = len(found)
        if progress:
            progress(done, len(files))
        digests = dict(todo)
        for file, records in _screened([file for file, _ in todo], job, jobs):
            kept.put(digests[file], str(file), records)
            found[file] = records
            done += 1
            if progress:
                progress(done, len(files))
    return [record for file in files for record in found[file]]


def _screened(files: Sequence[Path], job: Job, jobs: int) -> Iterator[tuple[Path, list[Record]]]:
    if jobs < 2 or len(files) < 2:
        for file in files:
            yield file, _one(file, job)
        return
    batches = iter([files[at : at + _BATCH] for at in range(0, len(files), _BATCH)])
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [pool.submit(_several, batch, job) for batch in islice(batches, jobs * 2)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting += [pool.submit(_several, batch, job) for batch in islice(batches, 1)]


def _several(files: Sequence[Path], job: Job) -> list[tuple[Path, list[Record]]]:
    return [(file, _one(file, job)) for file in files]


_SCREENERS: dict[Job, Screener] = {}


def _one(file: Path, job: Job) -> list[Record]:
    if job not in _SCREENERS:
        _SCREENERS[job] = Screener(load_vocabulary(job.vocabulary), job.options)
    return [record_of(each, _SCREENERS[job]) for each in extract(file)]


def record_of(document: Document | Unscreenable, screener: Screener) -> Record:
    """The record of a document, screened now."""
    if isinstance(document, Unscreenable):
        return Record(document.name, why=document.why)
    result = screener.screen(document)
    pages = result.document.pages or 0
    return Record(
        result.name,
        result.date,
        result.genre,
        result.language,
        result.document.words,
        pages - len(result.document.empty_pages),
        result.document.quality_of.verdict,
        tuple((h.term, h.level, h.role, *(h.speaker or ("", ""))) for h in result.hits),
    )
