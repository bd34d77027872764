"""YAML with its places: plain Python values, and for every key and value the line and column it stands on.

YAML here is version 1.2 with one rule more: what looks like a code stays what was typed. ``no`` is a word,
``0363`` is a text of four digits, a date is a text, and a key given twice is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml.error import MarkedYAMLError

from thuis.errors import Place, Problem, ThuisError
from thuis.files import read_text
from thuis.yaml import compose

Path = tuple[str | int, ...]
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_MOST_NODES = 200_000
_DEEPEST = 40


@dataclass(frozen=True)
class Located:
    """One YAML document: its value, where its parts stand, and what is wrong with it already."""

    file: str
    value: Any
    lines: tuple[str, ...] = ()
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path = ()) -> Place:
        """Where ``path`` stands, or its nearest parent that is in the file."""
        at = tuple(path)
        while at and at not in self.marks:
            at = at[:-1]
        key = ".".join(map(str, path)) or None
        if not self.lines:
            return Place(self.file, key=key)
        line, column = self.marks.get(at, (0, 0))
        source = self.lines[line] if line < len(self.lines) else None
        return Place(self.file, line + 1, column + 1, key=key, source=_clip(source))


def _clip(line: str | None) -> str | None:
    return line if line is None or len(line) <= 160 else f"{line[:157]}..."


def read_yaml(path: FilePath, name: str) -> Located:
    """Read one YAML file.

    :param path: the file.
    :param name: how messages call it, relative to the project folder.
    :returns: the value and its places; a fault of syntax stands in ``problems`` and the value is None.
    """
    text = read_text(path, name)
    return parse_yaml(text, name) if isinstance(text, str) else Located(name, None, problems=(text,))


def parse_yaml(text: str, name: str) -> Located:
    """The same for a text at hand.

    >>> doc = parse_yaml("code: 0363\\nanswer: no\\n", "x.yaml")
    >>> doc.value, str(doc.place(("answer",)))
    ({'code': '0363', 'answer': 'no'}, 'x.yaml:2:1, answer')
    """
    lines = tuple(text.splitlines())
    try:
        node = compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        source = _clip(lines[line]) if line < len(lines) else None
        what = " ".join(part for part in (error.context, error.problem) if part)
        return Located(
            name,
            None,
            lines,
            problems=(Problem(f"not YAML: {what}", Place(name, line + 1, column + 1, source=source)),),
        )
    except Exception as error:
        # The YAML library has faults of its own on hostile text; to the user that is a file he must repair.
        return Located(name, None, lines, problems=(Problem(f"not YAML: {error}", Place(name)),))
    if node is None:
        return Located(name, None, lines, problems=(_empty(name),))
    builder = _Builder(name, lines)
    try:
        value = builder.build(node, ())
    except ThuisError as error:
        return Located(name, None, lines, problems=error.problems)
    if value is None:
        return Located(name, None, lines, problems=(_empty(name),))
    return Located(name, value, lines, builder.marks, tuple(builder.problems))


def _empty(name: str) -> Problem:
    return Problem(
        "the file is empty",
        Place(name, 1, 1),
        expected="lines like id: …",
        step="write it, or remove the file",
    )


class _Builder:
    """Turns nodes into values, remembering marks and collecting repeated keys."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.file = file
        self.lines = lines
        self.marks: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._built = 0

    def build(self, node: Any, path: Path) -> Any:
        self._built += 1
        if self._built > _MOST_NODES or len(path) > _DEEPEST:
            raise ThuisError(
                "the file is nested too deeply or its aliases grow without end",
                self._place(node),
                step="write the values out instead of repeating them by alias",
            )
        self.marks.setdefault(path, (node.start_mark.line, node.start_mark.column))
        if node.id == "scalar":
            return scalar(node)
        if node.id == "sequence":
            return [self.build(child, (*path, i)) for i, child in enumerate(node.value)]
        return dict(self._pairs(node, path))

    def _pairs(self, node: Any, path: Path) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                raise ThuisError("a key must be a plain word", self._place(key_node))
            key = str(key_node.value)
            if key in first:
                self.problems.append(
                    Problem(
                        f"key {key!r} is given twice",
                        self._place(key_node, (*path, key)),
                        expected=f"each key once; the first is on line {first[key] + 1}",
                        step="remove one of the two",
                    )
                )
                continue
            first[key] = key_node.start_mark.line
            self.marks[(*path, key)] = (key_node.start_mark.line, key_node.start_mark.column)
            yield key, self.build(value_node, (*path, key))

    def _place(self, node: Any, path: Path = ()) -> Place:
        line, column = node.start_mark.line, node.start_mark.column
        source = _clip(self.lines[line]) if line < len(self.lines) else None
        return Place(self.file, line + 1, column + 1, key=".".join(map(str, path)) or None, source=source)


def scalar(node: Any) -> Any:
    """The value of one YAML scalar; what was quoted, and every number with a leading zero, stays a text."""
    text = str(node.value)
    if node.style:
        return text
    kind = str(node.tag).rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        return int(text) if _INTEGER.fullmatch(text) and len(text) < 19 else text
    if kind == "float":
        with suppress(ValueError):
            return float(text)
    return text
