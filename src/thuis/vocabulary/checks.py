"""What may be wrong in a vocabulary: dates, references, and replacements that lead back to their start."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from thuis.errors import Problem, unknown
from thuis.language.partial import first_day, last_day
from thuis.tables import Row
from thuis.vocabulary.model import Term, Vocabulary


def each_of(row: Row, key: str, names: Collection[str], problems: list[Problem]) -> tuple[str, ...]:
    """A cell that lists names."""
    for value in row.many(key):
        if value not in names:
            problems.append(unknown(key, value, names, row.place(key)))
    return row.many(key)


def order(start: str | None, end: str | None, first: str, second: str, row: Row) -> list[Problem]:
    """A problem when the second of two dates lies before the first."""
    if not start or not end or first_day(start) <= last_day(end):
        return []
    step = "turn the two dates round"
    return [Problem(f"{second} {end} lies before {first} {start}", row.place(second), step=step)]


def check(vocabulary: Vocabulary, rows: Mapping[str, Row]) -> list[Problem]:
    """The problems that show only when the files are seen together."""
    problems = [problem for term in vocabulary.terms for problem in _term(term, vocabulary, rows[term.id])]
    problems += _cycles(vocabulary, rows)
    seen: dict[tuple[str, str], Term] = {}
    for term in vocabulary.terms:
        other = seen.setdefault((term.language, term.term), term)
        if other is not term:
            problems.append(
                Problem(
                    f"term {term.term!r} stands twice, as {other.id!r} and {term.id!r}",
                    rows[term.id].place("term"),
                    step="keep one row; put a second period of its life in stages.csv",
                )
            )
    return problems


def _term(term: Term, vocabulary: Vocabulary, row: Row) -> Iterator[Problem]:
    yield from order(term.valid_from, term.valid_to, "valid_from", "valid_to", row)
    yield from order(term.valid_to, term.since, "valid_to", "since", row)
    if term.status == "renamed" and not term.replacements:
        yield Problem(f"term {term.term!r} is renamed, but to what?", row.place("replacements"))
    for source in term.sources:
        if source not in vocabulary.sources:
            yield unknown("source", source, vocabulary.sources, row.place("sources"), "add it to sources.csv")
    if not term.sources:
        yield Problem(f"term {term.term!r} has no source", row.place("sources"), step="say where it stands")
    for other in term.related:
        if other not in vocabulary.by_id:
            yield unknown("related term", other, vocabulary.by_id, row.place("related"))
    for each in term.replacements:
        if each.text in (term.id, term.term):
            yield Problem(f"term {term.term!r} replaces itself", row.place("replacements"))


def _cycles(vocabulary: Vocabulary, rows: Mapping[str, Row]) -> Iterator[Problem]:
    done: set[str] = set()
    for start in vocabulary.by_id:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            here, depth = stack.pop()
            del path[depth:]
            if here in path:
                ring = path[path.index(here) :]
                if not done & set(ring):
                    yield Problem(
                        f"replacements go round: {' -> '.join([*ring, here])}",
                        rows[ring[0]].place("replacements"),
                        step="let the chain end at a preferred term",
                    )
                done |= set(ring)
                continue
            path.append(here)
            if here not in done:
                targets = (each.id for each in vocabulary.by_id[here].replacements if each.id)
                stack += [(target, depth + 1) for target in targets]
        done.add(start)
