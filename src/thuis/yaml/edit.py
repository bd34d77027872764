"""A line put into a YAML file that a person wrote: all that stood there stays as it was, comments as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from thuis.errors import Place, ThuisError
from thuis.yaml import compose
from thuis.yaml.located import parse_yaml


def listed_in(text: str, name: str, key: str, item: str, at: int | None = None) -> str:
    """A text with one more item in the list under ``key`` at its top level, which is made where it lacks.

    :param name: how messages call the file.
    :param item: the item as YAML writes it on one line.
    :param at: its place in the list; the end when left out.
    :raises ThuisError: when the file is written in a way in which no line can be put.

    >>> listed_in("waves: [a, c]   # in order\\n", "x.yaml", "waves", "b", 1)
    'waves: [a, b, c]   # in order\\n'
    >>> listed_in("waves:\\n  - a   # the first\\n\\nid: x\\n", "x.yaml", "waves", "b")
    'waves:\\n  - a   # the first\\n  - b\\n\\nid: x\\n'
    """
    before = _value(text, name)
    there = list(before.get(key) or [])
    place = len(there) if at is None else at
    wanted = {**before, key: [*there[:place], _one(item), *there[place:]]}
    return _sure(_put(text, key, f"- {item}", item, place), wanted, name, item)


def paired_in(text: str, name: str, key: str, own: str, value: str) -> str:
    """A text with one more line ``own: value`` in the mapping under ``key`` at its top level.

    :raises ThuisError: as :func:`listed_in`.

    >>> paired_in("question: {a: x}\\n", "x.yaml", "question", "b", "y")
    'question: {a: x, b: y}\\n'
    >>> paired_in("id: x", "x.yaml", "question", "b", "y")
    'id: x\\nquestion:\\n  b: y\\n'
    """
    before = _value(text, name)
    pair = f"{own}: {value}"
    wanted = {**before, key: {**(before.get(key) or {}), **_value(pair, name)}}
    return _sure(_put(text, key, pair, pair, None), wanted, name, pair)


def valued_in(text: str, name: str, key: str, value: str) -> str:
    """A text with another value on the line ``key: value`` of its top level.

    :raises ThuisError: as :func:`listed_in`.

    >>> valued_in("released: 2024-01-31   # the last\\nid: x\\n", "x.yaml", "released", "2026-05-01")
    'released: 2026-05-01   # the last\\nid: x\\n'
    """
    wanted = {**_value(text, name), key: _one(value)}
    node = next(node for mark, node in compose(text).value if mark.value == key)
    lines = text.split("\n")
    start, end = (_offset(lines, each) for each in (node.start_mark, node.end_mark))
    return _sure(f"{text[:start]}{value}{text[end:]}", wanted, name, f"{key}: {value}")


def _value(text: str, name: str) -> Mapping[str, Any]:
    found = parse_yaml(text, name)
    if found.problems or not isinstance(found.value, dict):
        raise ThuisError("the file is not key: value pairs", Place(name), step="mend it, and try again")
    return found.value


def _one(item: str) -> Any:
    return parse_yaml(f"x: {item}", "").value["x"]


def _sure(made: str | None, wanted: Mapping[str, Any], name: str, entry: str) -> str:
    """The changed text, when it says what it said and the new line, and nothing else."""
    found = parse_yaml(made, name) if made else None
    if made is None or found is None or found.problems or found.value != wanted:
        raise ThuisError(
            f"no line can be put into {name} as it is written",
            Place(name),
            expected="a block of lines, or one list between [ and ]",
            step=f"put it there yourself, and try again: {entry}",
        )
    return made


def _put(text: str, key: str, line: str, entry: str, at: int | None) -> str | None:
    """The text with a line in the block under a key, or an entry between its brackets."""
    root = compose(text)
    lines = text.split("\n")
    keys = [each.value for each, _ in root.value]
    if key not in keys:
        whole = text if text.endswith("\n") or not text else f"{text}\n"
        return None if root.flow_style else f"{whole}{key}:\n  {line}\n"
    index = keys.index(key)
    mark, node = root.value[index]
    if not isinstance(node.value, list):
        return "\n".join(
            [*lines[: mark.start_mark.line + 1], f"  {line}", *lines[mark.start_mark.line + 1 :]]
        )
    starts = [(each[0] if isinstance(each, tuple) else each).start_mark for each in node.value]
    before = starts[at] if at is not None and at < len(starts) else None
    if node.flow_style:
        return _between(text, lines, node, entry, before)
    if before is not None:
        return _above(lines, before.line, line)
    until = root.value[index + 1][0].start_mark.line if index + 1 < len(keys) else len(lines)
    return _above(lines, _end(lines, until), line, like=starts[-1].line)


def _between(text: str, lines: Sequence[str], node: Any, entry: str, before: Any) -> str:
    """An entry between brackets: before another, or as the last."""
    if before is not None:
        at = _offset(lines, before)
        return f"{text[:at]}{entry}, {text[at:]}"
    at = _offset(lines, node.end_mark) - 1
    kept = text[:at].rstrip()
    comma = ", " if node.value and not kept.endswith(",") else " " if node.value else ""
    return f"{kept}{comma}{entry}{text[at:]}"


def _offset(lines: Sequence[str], mark: Any) -> int:
    return sum(len(each) + 1 for each in lines[: mark.line]) + int(mark.column)


def _end(lines: Sequence[str], until: int) -> int:
    """The line after the last of a block, before blank lines and comments that belong to what follows."""
    while until and (not lines[until - 1].strip() or lines[until - 1].lstrip().startswith("#")):
        until -= 1
    return until


def _above(lines: Sequence[str], at: int, line: str, like: int | None = None) -> str:
    """A line put in, as far to the right as the one it stands beside."""
    beside = lines[at if like is None else like]
    margin = beside[: len(beside) - len(beside.lstrip())]
    end = "\r" if beside.endswith("\r") else ""
    return "\n".join([*lines[:at], f"{margin}{line}{end}", *lines[at:]])
