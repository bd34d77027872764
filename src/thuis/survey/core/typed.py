"""Expressions typed where a column is asked: ``a - b``, ``income > 1000``, ``cut(age, [0, 18, 65])``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import polars as pl

from thuis.errors import ThuisError

SIGNS = re.compile(r"[-+*/^%<>=()]|\s(?:and|or|in|is)\s|^not\s", re.IGNORECASE)
WORD = re.compile(r"""'[^']*'|"[^"]*"|`[^`]+`|[^\W\d][\w.]*""")


def expression(name: str, columns: Iterable[str]) -> bool:
    """Whether a name that is no column reads as an expression of columns.

    >>> expression("a - b", ["a", "b"]), expression("a-b", ["a-b"]), expression("ab", ["a"])
    (True, False, False)
    """
    return name not in columns and bool(SIGNS.search(name)) and bool(read(name) & set(columns))


def read(text: str) -> set[str]:
    """The words of an expression that may be columns.

    >>> sorted(read("log(sch.wide) > 'x' + `a b`"))
    ['a b', 'log', 'sch.wide']
    """
    return {each.strip('`"') for each in WORD.findall(text) if each[0] != "'"}


def sql_of(text: str, columns: Sequence[str]) -> str:
    """The expression as SQL: names with signs quoted, ``log`` the natural one, as in R and in formulas.

    >>> print(sql_of("log(sch.wide == 'a.b')", ["sch.wide"]))
    ln("sch.wide" = 'a.b')
    """
    there = set(columns)

    def word(found: re.Match[str]) -> str:
        own = found[0]
        if own[0] == "'":
            return own
        name = own.strip('`"')
        if name in there:
            return '"' + name.replace('"', '""') + '"'
        if own[0] in '`"':
            return own.replace("`", '"')
        follows = text[found.end() :].lstrip()[:1] == "("
        return "ln" if own == "log" and follows else own

    return WORD.sub(word, text).replace("==", "=").replace("^", "**")


_LOG = re.compile(r"""'[^']*'|"[^"]*"|`[^`]*`|\blog\s*\(""", re.IGNORECASE)


def natural(sql: str) -> str:
    """SQL text with ``log`` of one number the natural one, whatever the engine means by it.

    >>> natural("log(income) + log(2, income) + log10(income) > 'log(x)'")
    "ln(income) + log(2, income) + log10(income) > 'log(x)'"
    >>> natural("log(greatest(a, b))")
    'ln(greatest(a, b))'
    """
    return _LOG.sub(lambda found: "ln(" if _of_one(sql, found) else found[0], sql)


def _of_one(sql: str, found: re.Match[str]) -> bool:
    """Whether what stands between the brackets of a call is one argument."""
    if found[0][0] not in "lL":
        return False
    depth = 1
    for piece in re.finditer(r"""'[^']*'|"[^"]*"|`[^`]*`|[(),]""", sql[found.end() :]):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if not depth:
            break
        if depth == 1 and piece[0] == ",":
            return False
    return True


def cut(text: str) -> tuple[str, list[float], bool] | None:
    """The column, the bounds and whether the least is inside, of ``cut(column, bounds)``; None of another.

    >>> cut("cut(meals, c(0, 25, 50), include.lowest = TRUE)")
    ('meals', [0.0, 25.0, 50.0], True)
    """
    if not re.match(r"\s*cut\(", text):
        return None
    name, at, how = arguments(text)
    bounds = how.get("breaks", at[0] if at else None)
    if not isinstance(bounds, list | tuple) or len(bounds) < 2 or sorted(set(bounds)) != list(bounds):
        raise ThuisError(
            f"{text!r} has no bounds", expected="two or more, rising: cut(age, [0, 18, 65, inf])"
        )
    return name, [float(each) for each in bounds], bool(how.get("include_lowest", False))


def arguments(text: str) -> tuple[str, list[Any], dict[str, Any]]:
    """The column of a call as R or Python writes it, and its other arguments by place and by name.

    >>> arguments("ns(`age 1`, knots = c(20, 60), intercept=FALSE)")
    ('age 1', [], {'knots': (20, 60), 'intercept': False})
    """
    quoted = re.findall(r"`([^`]+)`", text)
    plain = re.sub(r"`[^`]+`", "quoted_name", text)
    plain = re.sub(r"\bc\(([^()]*)\)", r"(\1,)", plain)
    plain = re.sub(r"\binclude\.lowest\b", "include_lowest", plain)
    for theirs, ours in (("TRUE", "True"), ("FALSE", "False"), ("Inf", "1e999"), ("inf", "1e999")):
        plain = re.sub(rf"\b{theirs}\b", ours, plain)
    try:
        call: Any = ast.parse(plain.strip(), mode="eval").body
        name = ast.unparse(call.args[0])
        at = [ast.literal_eval(each) for each in call.args[1:]]
        how = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
    except (SyntaxError, ValueError, AttributeError, IndexError) as error:
        raise ThuisError(f"{text!r} cannot be read", expected="a column first, then numbers") from error
    return (quoted[0] if name == "quoted_name" else name), at, how


def pieces(column: str, bounds: list[float], *, lowest: bool) -> pl.Expr:
    """Which of the intervals between bounds a number is in, called as R calls them."""
    text = [f"{each:g}" if abs(each) != float("inf") else str(each).replace("inf", "Inf") for each in bounds]
    names = [f"({low},{high}]" for low, high in pairwise(text)]
    value = pl.col(column).cast(pl.Float64)
    found = pl.lit(None, pl.String)
    for name, low, high in zip(names, bounds[:-1], bounds[1:], strict=True):
        inside = (value > low) & (value <= high)
        found = pl.when(inside).then(pl.lit(name)).otherwise(found)
    if lowest:
        first = "[" + names[0][1:]
        names = [first, *names[1:]]
        found = pl.when(value == bounds[0]).then(pl.lit(first)).otherwise(found)
        found = found.replace("(" + first[1:], first)
    return found.cast(pl.Enum(names))
