"""What is wrong with a record, in words: which entry of which list, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from thuis.errors import Place, Problem, nearest
from thuis.yaml.faults import shown, standing, words_of
from thuis.yaml.located import Path


def problems_of(error: ValidationError, value: Any, file: str) -> list[Problem]:
    """Every fault pydantic found in the value of a file; branches of a union are told once.

    :param value: what the file holds, to name an entry by its id instead of its number.
    """
    found: dict[Path, Problem] = {}
    for each in error.errors(include_url=False):
        path = standing(each["loc"], value)
        found.setdefault((*path, str(each["loc"][-1:])), _problem(each, path, value, file))
    return list(found.values())


def _problem(each: Any, path: Path, value: Any, file: str) -> Problem:
    kind, last = str(each["type"]), str(each["loc"][-1]) if each["loc"] else ""
    entry = _named(path, value)
    if kind == "missing":
        if entry:
            return Problem(f"{entry} lacks {last!r}", Place(file))
        return Problem(f"key {last!r} is missing", Place(file, key=last))
    if kind == "extra_forbidden":
        return Problem(f"{entry or 'the file'} has a key that no reader knows", Place(file), step="remove it")
    key = str(path[-1]) if path and isinstance(path[-1], str) else ""
    holder = _named(path[:-1], value) if key else entry
    before = f"{holder}: " if holder else ""
    if kind in ("literal_error", "union_tag_invalid", "union_tag_not_found"):
        return Problem(f"{before}{_word(each, key)}", Place(file))
    if kind == "value_error":
        return Problem(f"{f'{entry}: ' if entry else ''}{each['ctx']['error']}", Place(file))
    said = str(each["msg"])
    what = f"{key or 'it'} is {shown(each['input'])}; {said[:1].lower()}{said[1:]}"
    return Problem(f"{before}{what}", Place(file, key=None if holder else key or None))


def _word(each: Any, key: str) -> str:
    """A word outside its list, with the nearest that is in it."""
    context = each["ctx"]
    if each["type"] == "union_tag_not_found":
        return f"{str(context['discriminator']).strip(chr(39))!r} is missing"
    if each["type"] == "union_tag_invalid":
        value, listed = context["tag"], str(context["expected_tags"])
        key = str(context["discriminator"]).strip("'")
    else:
        value, listed = each["input"], str(context["expected"]).replace(" or ", ", ")
    known = words_of(listed)
    near = nearest(str(value), known)
    hint = f"; did you mean {near!r}?" if near else ""
    return f"{key} is {value!r}, expected one of {', '.join(known)}{hint}"


def _named(path: Path, value: Any) -> str:
    """The path to an entry, with ids where entries have one: ``letters 'kst-1', blocks 'b2'``."""
    words: list[str] = []
    for part in path:
        value = value[part]
        if isinstance(part, str):
            words.append(part)
        else:
            name = value.get("id", part + 1) if isinstance(value, dict) else part + 1
            words[-1:] = [f"{' '.join(words[-1:] or ['entry'])} {name!r}"]
    return ", ".join(_joined(words))


def _joined(words: Iterable[str]) -> Iterable[str]:
    """Keys on the way to an entry stand with a point between them."""
    open_: list[str] = []
    for word in words:
        open_.append(word)
        if " " in word:
            yield ".".join(open_)
            open_ = []
    if open_:
        yield ".".join(open_)
