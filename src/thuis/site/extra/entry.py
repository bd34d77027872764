"""What the optional files have in common: the head of an entry, and errors that name file and entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from thuis.errors import Place, Problem, nearest
from thuis.site.figure import Text

Json = Mapping[str, Any]
Said = Text | str
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Head:
    """Title and words of a designed page; ``downloads`` are paths inside the data folder.

    ``synthetic`` is false when these figures are real although those of the monitor are invented.
    """

    id: str
    title: Text
    sentence: Text | None
    facts: tuple[Text, ...]
    description: Text | None
    about: tuple[str, ...]
    source: Text | None
    method: Text | None
    limits: Text | None
    explain: Json
    downloads: tuple[str, ...]
    synthetic: bool = True


def head_from(raw: Json) -> Head:
    """The head of an entry.

    >>> head_from({"id": "x", "title": {"nl": "X", "en": "X"}}).about
    ()
    """
    return Head(
        str(raw["id"]),
        raw["title"],
        raw.get("sentence"),
        tuple(raw.get("facts") or ()),
        raw.get("description"),
        tuple(raw.get("about") or ()),
        raw.get("source"),
        raw.get("method"),
        raw.get("limits"),
        raw.get("explain") or {},
        tuple(raw.get("downloads") or ()),
        bool(raw.get("synthetic", True)),
    )


def entries(
    file: str, raw: Any, key: str, build: Callable[[Json], T], problems: list[Problem]
) -> tuple[T, ...]:
    """Every entry of the list ``key`` in an optional file; what is wrong goes to ``problems``."""
    if raw is None:
        return ()
    if not isinstance(raw, Mapping):
        problems.append(Problem("the file holds no object", Place(file), f'{{"{key}": […]}}'))
        return ()
    found: list[T] = []
    seen: set[str] = set()
    for position, each in enumerate(raw.get(key) or (), 1):
        name = str(each.get("id", position)) if isinstance(each, Mapping) else str(position)
        try:
            found.append(build(each))
        except KeyError as error:
            problems.append(Problem(f"{key} {name!r} lacks {error}", Place(file)))
        except (TypeError, ValueError, AttributeError) as error:
            problems.append(Problem(f"{key} {name!r}: {error}", Place(file)))
        if name in seen:
            problems.append(Problem(f"{key}: two entries have the id {name!r}", Place(file)))
        seen.add(name)
    return tuple(found)


def one_of(value: Any, allowed: Iterable[str], what: str) -> str:
    """A word of a fixed list.

    :raises ValueError: naming the list when the word is not in it.

    >>> one_of("seen", ("seen", "not-seen"), "answer")
    'seen'
    """
    known = tuple(allowed)
    if value not in known:
        near = nearest(str(value), known)
        hint = f"; did you mean {near!r}?" if near else ""
        raise ValueError(f"{what} is {value!r}, expected one of {', '.join(known)}{hint}")
    return str(value)
