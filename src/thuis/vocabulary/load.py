"""Read a vocabulary from CSV files, and say everything that is wrong with them in one go.

Six tables, each a ``*.csv``: ``terms``, ``stages`` (earlier periods), ``names`` (never an error), ``rules``
(signs of a role), ``sources`` and ``forms`` (a reviewer's refusals). A project's folder may hold any of them;
its terms replace shipped ones of the same id, its other rows are added.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from thuis.errors import Place, Problem, ThuisError, raise_all, unknown
from thuis.tables import Row, read_table
from thuis.vocabulary import checks
from thuis.vocabulary.model import (
    CERTAINTIES,
    GENRES,
    KINDS,
    LANGUAGES,
    ROLES,
    STATUSES,
    Name,
    Replacement,
    Rule,
    Source,
    Stage,
    Term,
    Vocabulary,
)

SHIPPED = Path(__file__).parent / "data"
COLUMNS: dict[str, tuple[str, ...]] = {
    "terms": (
        "id", "term", "language", "concept", "kind", "article", "plural", "inflected", "also", "compounds",
        "search", "status", "replacements", "since", "valid_from", "valid_to", "allowed_in", "definition",
        "reason", "context", "related", "sources", "certainty",
    ),
    "stages": ("term", "status", "from", "to", "text", "source"),
    "names": ("name", "language", "note", "source"),
    "rules": ("terms", "role", "where", "words", "genres", "note"),
    "sources": ("id", "title", "date", "url", "basis"),
    "forms": ("term", "form", "shape", "keep"),
}  # fmt: skip
_REQUIRED = {
    "terms": ("id", "term", "language", "status", "sources"),
    "stages": ("term", "status"),
    "names": ("name", "language"),
    "rules": ("role", "where", "words"),
    "sources": ("id", "title"),
    "forms": ("term", "form", "keep"),
}
_WHERE = ("before", "after", "word", "near", "unless")
_REPLACEMENT = re.compile(r"(.+?)(?:\s*\[(.+)\])?")


@dataclass
class _Tables:
    """Rows as they come in, file after file; a later row takes the place of an earlier one."""

    terms: dict[str, Term] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    stages: dict[tuple[str, str | None, str], tuple[Stage, Row]] = field(default_factory=dict)
    names: dict[tuple[str, str], Name] = field(default_factory=dict)
    rules: dict[Rule, Row] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    forms: dict[tuple[str, str], bool] = field(default_factory=dict)


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The shipped vocabulary, with the ``*.csv`` files of ``folder`` over it when one is given.

    :raises ThuisError: with every problem of every file.

    >>> vocabulary = load_vocabulary()
    >>> vocabulary.by_id["allochtoon"].status, len(vocabulary.terms) > 55
    ('deprecated', True)
    """
    if folder is None:
        return _shipped()
    own = sorted(Path(folder).glob("*.csv"))
    if not own:
        raise ThuisError("no CSV file in the vocabulary folder", Place(str(folder)), expected="terms.csv")
    return read_vocabulary([*sorted(SHIPPED.glob("*.csv")), *own])


@cache
def _shipped() -> Vocabulary:
    return read_vocabulary(sorted(SHIPPED.glob("*.csv")))


def read_vocabulary(files: list[Path]) -> Vocabulary:
    """The vocabulary of these ``files`` alone; later files go over earlier ones.

    :raises ThuisError: with every problem of every file.

    >>> import tempfile
    >>> tables = {
    ...     "sources": "id,title\\nwb,Woordenboek\\n",
    ...     "terms": "id,term,language,status,sources\\nnl-buurt,buurt,nl,preferred,wb\\n",
    ... }
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = [Path(folder) / f"{name}.csv" for name in tables]
    ...     _ = [file.write_text(tables[file.stem]) for file in files]
    ...     [each.term for each in read_vocabulary(files).terms]
    ['buurt']
    """
    problems: list[Problem] = []
    tables = _Tables()
    for file in files:
        kind = file.stem
        if kind not in COLUMNS:
            problems.append(unknown("vocabulary table", kind, COLUMNS, Place(str(file))))
            continue
        for row in read_table(file, problems, required=_REQUIRED[kind], columns=COLUMNS[kind]):
            _READERS[kind](row, tables, problems)
    vocabulary = Vocabulary(
        terms=tuple(_linked(term, tables.terms) for term in tables.terms.values()),
        names=tuple(tables.names.values()),
        sources=tables.sources,
        stages=tuple(stage for stage, _ in tables.stages.values()),
        rules=tuple(tables.rules),
        rejected=frozenset(key for key, keep in tables.forms.items() if not keep),
        version=_version(files),
    )
    problems += checks.check(vocabulary, tables.rows)
    problems += _references(tables)
    raise_all(problems)
    return vocabulary


def _version(files: list[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.exists())).hexdigest()[:12]


def _linked(term: Term, terms: dict[str, Term]) -> Term:
    """The term with every replacement that is another term's id pointing at it."""
    from dataclasses import replace

    found = tuple(
        Replacement(terms[each.text].term, each.when, each.text) if each.text in terms else each
        for each in term.replacements
    )
    return replace(term, replacements=found)


def _references(tables: _Tables) -> list[Problem]:
    found = []
    for stage, row in tables.stages.values():
        if stage.term not in tables.terms:
            found.append(unknown("term", stage.term, tables.terms, row.place("term")))
        if stage.source and stage.source not in tables.sources:
            found.append(unknown("source", stage.source, tables.sources, row.place("source")))
    for rule, row in tables.rules.items():
        found += [
            unknown("term", each, tables.terms, row.place("terms"))
            for each in rule.terms
            if each not in tables.terms
        ]
    return found


def _term(row: Row, tables: _Tables, problems: list[Problem]) -> None:
    name = row.need("id", problems)
    earlier = tables.rows.get(name)
    if earlier and earlier.file == row.file:
        step = "give each term an id of its own"
        problems.append(Problem(f"id {name!r} stands twice in this file", row.place("id"), step=step))
    tables.rows[name] = row
    tables.terms[name] = Term(
        id=name,
        term=row.need("term", problems),
        language=row.one_of("language", LANGUAGES, problems) or row.need("language", problems),
        status=row.one_of("status", STATUSES, problems) or row.need("status", problems),
        kind=row.one_of("kind", KINDS, problems) or "noun",
        concept=row.get("concept") or name,
        article=row.get("article"),
        plural=row.many("plural"),
        inflected=row.many("inflected"),
        also=row.many("also"),
        compounds=row.many("compounds"),
        search=row.one_of("search", ("yes", "no"), problems) != "no",
        replacements=tuple(_replacement(each) for each in row.many("replacements")),
        since=row.date("since", problems),
        valid_from=row.date("valid_from", problems),
        valid_to=row.date("valid_to", problems),
        allowed_in=checks.each_of(row, "allowed_in", GENRES, problems),
        definition=row.get("definition"),
        reason=row.get("reason"),
        context=row.get("context"),
        related=row.many("related"),
        sources=row.many("sources"),
        certainty=row.one_of("certainty", CERTAINTIES, problems) or "certain",
    )


def _replacement(text: str) -> Replacement:
    found = _REPLACEMENT.fullmatch(text)
    return Replacement(found[1], found[2]) if found else Replacement(text)


def _stage(row: Row, tables: _Tables, problems: list[Problem]) -> None:
    stage = Stage(
        row.need("term", problems),
        row.one_of("status", STATUSES, problems) or row.need("status", problems),
        row.date("from", problems),
        row.date("to", problems),
        row.get("text") or "",
        row.get("source"),
    )
    problems += checks.order(stage.start, stage.end, "from", "to", row)
    tables.stages[stage.term, stage.start, stage.status] = (stage, row)


def _name(row: Row, tables: _Tables, problems: list[Problem]) -> None:
    name = row.need("name", problems)
    language = row.one_of("language", LANGUAGES, problems) or row.need("language", problems)
    tables.names[language, name] = Name(name, language, row.get("note") or "", row.get("source"))


def _rule(row: Row, tables: _Tables, problems: list[Problem]) -> None:
    role = row.one_of("role", ROLES, problems) or row.need("role", problems)
    where = row.one_of("where", _WHERE, problems) or row.need("where", problems)
    genres = checks.each_of(row, "genres", GENRES, problems)
    words = row.many("words")
    if not words:
        row.need("words", problems)
    tables.rules[Rule(row.many("terms"), role, where, words, row.get("note") or "", genres)] = row


def _source(row: Row, tables: _Tables, problems: list[Problem]) -> None:
    name = row.need("id", problems)
    basis = row.one_of("basis", ("A", "B", "C"), problems)
    tables.sources[name] = Source(
        name, row.need("title", problems), row.date("date", problems), row.get("url"), basis
    )


def _form(row: Row, tables: _Tables, problems: list[Problem]) -> None:
    keep = row.one_of("keep", ("yes", "no"), problems) or row.need("keep", problems)
    tables.forms[row.need("term", problems), row.need("form", problems)] = keep != "no"


_READERS: dict[str, Callable[[Row, _Tables, list[Problem]], None]] = {
    "terms": _term,
    "stages": _stage,
    "names": _name,
    "rules": _rule,
    "sources": _source,
    "forms": _form,
}
