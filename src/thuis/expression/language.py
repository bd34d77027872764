"""The language of rules and formulas: Python's own grammar, cut down to what a recode needs, and typed.

A name is a variable of the wave (``trust_people`` stands for ``trust-people``), ``column("V12")`` a column
of the file as codes. Nothing is called but the functions below, nothing is looked up but these names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import re2

from thuis.errors import nearest

Type = Literal["text", "number", "truth"]
_LONGEST, _DEEPEST = 4000, 40
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}

FUNCTIONS: dict[str, tuple[tuple[Type, ...], Type, str]] = {
    "any": (("truth",), "truth", "one or more of the conditions hold"),
    "all": (("truth",), "truth", "every condition holds"),
    "count": (("truth",), "number", "how many conditions hold, among those that are known"),
    "share": (("truth",), "number", "the part of the known conditions that hold, 0 to 1"),
    "mean": (("number",), "number", "the mean of the numbers that are there; least=2 asks for two or more"),
    "sum": (("number",), "number", "the sum of numbers that are all there; with least= of those that are"),
    "min": (("number",), "number", "the smallest number that is there"),
    "max": (("number",), "number", "the largest number that is there"),
    "first": (("text", "number"), "text", "the first that is there"),
    "answered": (("text", "number"), "truth", "there is an answer"),
    "missing": (("text", "number"), "truth", "there is no answer"),
    "number": (("text",), "number", "codes as numbers"),
    "matches": (("text",), "truth", "a text fits a pattern as a whole, without regard to case"),
    "column": (("text",), "text", "a column of the file as codes"),
}
"""Name: types of its arguments, type of its result, and what it does."""


class ExpressionError(ValueError):
    """What is wrong with an expression; ``at`` counts characters from its start."""

    def __init__(self, what: str, at: int = 0, available: Sequence[str] = ()) -> None:
        super().__init__(what)
        self.at, self.available = at, tuple(available)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a variable: whether it is a number, and the codes a category can have."""

    type: Type
    codes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A checked part of an expression: a ``const``, ``variable`` or ``column``, a function, or a sign."""

    what: str
    type: Type
    value: str | float = ""
    parts: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This part and all within it."""
        yield self
        for each in self.parts:
            yield from each.walk()

    def named(self, what: str) -> set[str]:
        """The variables (``variable``) or columns (``column``) it speaks of."""
        return {str(each.value) for each in self.walk() if each.what == what}


def parse(text: str, kinds: Mapping[str, Kind], wanted: Type) -> Node:
    """An expression as a checked tree.

    :param kinds: the variables that may be named.
    :param wanted: what it must be: a condition (``truth``) or a ``number``.
    :raises ExpressionError: with the place of the fault.

    >>> kinds = {"age": Kind("number"), "born": Kind("text", frozenset({"here", "abroad"}))}
    >>> parse("15 <= age < 25 and born == 'here'", kinds, "truth").what
    'and'
    >>> parse("born == 'heer'", kinds, "truth")
    Traceback (most recent call last):
    thuis.expression.language.ExpressionError: 'born' has no code 'heer'; did you mean 'here'?
    """
    if len(text) > _LONGEST:
        raise ExpressionError(f"longer than {_LONGEST} characters")
    if _depth(text) > _DEEPEST:
        raise ExpressionError("nested too deeply")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        at = (getattr(error, "offset", None) or 1) - 1
        raise ExpressionError("this is no expression from here on", at) from error
    try:
        node = _Reader(kinds).read(tree)
    except RecursionError as error:
        raise ExpressionError("nested too deeply") from error
    if node.type != wanted:
        raise ExpressionError(f"this is a {_said(node.type)}, not a {_said(wanted)}")
    return node


def names(text: str) -> set[str]:
    """The names an expression uses, as they are written; none when it cannot be read."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return set()
    called = {id(each.func) for each in ast.walk(tree) if isinstance(each, ast.Call)}
    return {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and id(each) not in called}


def _depth(text: str) -> int:
    depth = deepest = 0
    for each in text:
        depth += (each in "([{") - (each in ")]}")
        deepest = max(deepest, depth)
    return max(deepest, len(re.findall(r"\bnot\b|(?<!\w)[-+~](?=[-+~])", text)) // 4)


def _said(type_: Type) -> str:
    return {"truth": "condition", "number": "number", "text": "code"}[type_]


class _Reader:
    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds

    def read(self, node: ast.expr) -> Node:
        read: Any = {
            ast.BoolOp: self._joined,
            ast.UnaryOp: self._turned,
            ast.BinOp: self._computed,
            ast.Compare: self._compare,
            ast.Constant: self._constant,
            ast.Name: lambda name: self._variable(name.id, name.col_offset),
            ast.Call: self._call,
        }.get(type(node), self._refused)
        found: Node = read(node)
        return found

    def _refused(self, node: ast.expr) -> Node:
        raise ExpressionError(f"{ast.unparse(node)[:40]!r} cannot stand in an expression", node.col_offset)

    def _joined(self, node: ast.BoolOp) -> Node:
        parts = tuple(self._typed(each, "truth") for each in node.values)
        return Node("and" if isinstance(node.op, ast.And) else "or", "truth", parts=parts)

    def _turned(self, node: ast.UnaryOp) -> Node:
        if isinstance(node.op, ast.Not):
            return Node("not", "truth", parts=(self._typed(node.operand, "truth"),))
        if isinstance(node.op, ast.USub):
            return Node("neg", "number", parts=(self._typed(node.operand, "number"),))
        return self._refused(node)

    def _computed(self, node: ast.BinOp) -> Node:
        if type(node.op) not in _ARITHMETIC:
            return self._refused(node)
        parts = (self._typed(node.left, "number"), self._typed(node.right, "number"))
        return Node(_ARITHMETIC[type(node.op)], "number", parts=parts)

    def _constant(self, node: ast.Constant) -> Node:
        if isinstance(node.value, bool):
            raise ExpressionError("there is no True or False: write the condition", node.col_offset)
        if isinstance(node.value, str):
            return Node("const", "text", node.value)
        if isinstance(node.value, int | float) and abs(node.value) < 1e15:
            return Node("const", "number", float(node.value))
        return self._refused(node)

    def _typed(self, node: ast.expr, wanted: Type) -> Node:
        found = self.read(node)
        if found.type != wanted:
            what = f"{ast.unparse(node)[:40]!r} is a {_said(found.type)}, and a {_said(wanted)} belongs here"
            raise ExpressionError(what, node.col_offset)
        return found

    def _variable(self, name: str, at: int) -> Node:
        for each in (name, name.replace("_", "-")):
            if each in self._kinds:
                return Node("variable", self._kinds[each].type, each)
        near = nearest(name.replace("_", "-"), list(self._kinds))
        what = f"unknown variable {name!r}" + (f"; did you mean {near!r}?" if near else "")
        raise ExpressionError(what, at, sorted(self._kinds))

    def _compare(self, node: ast.Compare) -> Node:
        parts = []
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._pair(left, op, right))
            left = right
        return parts[0] if len(parts) == 1 else Node("and", "truth", parts=tuple(parts))

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In | ast.NotIn):
            if not isinstance(right, ast.List | ast.Tuple) or not right.elts:
                raise ExpressionError("after 'in' a list belongs, like ['a', 'b']", right.col_offset)
            one = self.read(left)
            tests = tuple(self._equal(one, left, self.read(each), each) for each in right.elts)
            found = Node("or", "truth", parts=tests)
            return found if isinstance(op, ast.In) else Node("not", "truth", parts=(found,))
        if type(op) not in _COMPARE:
            raise ExpressionError("compare with ==, !=, <, <=, >, >= or in", left.col_offset)
        sign, one, other = _COMPARE[type(op)], self.read(left), self.read(right)
        if sign in ("==", "!="):
            found = self._equal(one, left, other, right)
            return found if sign == "==" else Node("not", "truth", parts=(found,))
        for part, where in ((one, left), (other, right)):
            if part.type != "number":
                what = f"{ast.unparse(where)[:40]!r} is a {_said(part.type)}; {sign} compares numbers"
                raise ExpressionError(what, where.col_offset)
        return Node(sign, "truth", parts=(one, other))

    def _equal(self, one: Node, left: ast.expr, other: Node, right: ast.expr) -> Node:
        if one.type != other.type or one.type == "truth":
            what = f"a {_said(one.type)} is compared with a {_said(other.type)}"
            hint = "; put a code between quotes" if {one.type, other.type} == {"text", "number"} else ""
            raise ExpressionError(what + hint, right.col_offset)
        for variable, const, where in ((one, other, right), (other, one, left)):
            known = self._kinds[str(variable.value)].codes if variable.what == "variable" else None
            if const.what == "const" and known is not None and const.value not in known:
                near = nearest(str(const.value), sorted(known))
                what = f"{variable.value!r} has no code {const.value!r}"
                raise ExpressionError(
                    what + (f"; did you mean {near!r}?" if near else ""), where.col_offset, sorted(known)
                )
        return Node("==", "truth", parts=(one, other))

    def _call(self, node: ast.Call) -> Node:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS:
            shown = ast.unparse(node.func)[:40]
            raise ExpressionError(f"there is no function {shown!r}", node.col_offset, sorted(FUNCTIONS))
        if not node.args:
            raise ExpressionError(f"{name} needs something between its brackets", node.col_offset)
        least = self._least(name, node)
        if name == "column":
            return Node("column", "text", self._written(node, node.args[0]))
        if name == "matches":
            return self._matches(node)
        wanted, result, _ = FUNCTIONS[name]
        parts = tuple(self.read(each) for each in node.args)
        for part, where in zip(parts, node.args, strict=True):
            if part.type not in wanted or (name == "first" and part.type != parts[0].type):
                what = (
                    f"{ast.unparse(where)[:40]!r} is a {_said(part.type)}; {name} takes {_said(wanted[0])}s"
                )
                raise ExpressionError(what, where.col_offset)
        return Node(name, parts[0].type if name == "first" else result, least, parts)

    def _least(self, name: str, node: ast.Call) -> float:
        for each in node.keywords:
            value = each.value.value if isinstance(each.value, ast.Constant) else None
            if each.arg != "least" or name not in ("mean", "sum") or type(value) is not int or value < 1:
                raise ExpressionError(f"{name} does not take {each.arg}", node.col_offset, ("least=2",))
            return float(value)
        return 1.0 if name == "mean" else 0.0

    def _matches(self, node: ast.Call) -> Node:
        if len(node.args) != 2:
            raise ExpressionError("matches takes a text and a pattern", node.col_offset)
        pattern = self._written(node, node.args[1])
        options = re2.Options()
        options.log_errors = False
        try:
            re2.compile(pattern, options)
        except re2.error as error:
            raise ExpressionError(f"{pattern!r} is no pattern", node.args[1].col_offset) from error
        return Node("matches", "truth", pattern, (self._typed(node.args[0], "text"),))

    def _written(self, node: ast.Call, part: ast.expr) -> str:
        if not isinstance(part, ast.Constant) or not isinstance(part.value, str) or not part.value:
            raise ExpressionError("a text between quotes belongs here", node.col_offset)
        return part.value
