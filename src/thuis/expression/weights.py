"""Weights: a column of the file, or an expression over its columns such as ``pspwght * pweight``."""

from __future__ import annotations

import re
from collections.abc import Container

from thuis.expression.language import ExpressionError, Kind, Node, names, parse

_SIGN = re.compile(r"[*/]")


def weight_tree(weight: str, columns: Container[str]) -> Node | None:
    """The checked expression of a weight; None when it is a column, also one with such a sign in its name.

    :raises ExpressionError: when it is neither.

    >>> weight_tree("group/weight", {"group/weight"}), weight_tree("1 / prob", {"prob"}).what
    (None, '/')
    """
    if weight in columns or not _SIGN.search(weight):
        return None
    return parse(weight, {each: Kind("number") for each in names(weight)}, "number")


def weight_columns(weight: str, columns: Container[str]) -> tuple[str, ...]:
    """The columns that a weight is made of; itself when it is one, or nothing that can be read.

    >>> weight_columns("pspwght * pweight", {"pspwght", "pweight"}), weight_columns("w * * v", ())
    (('pspwght', 'pweight'), ('w * * v',))
    """
    try:
        tree = weight_tree(weight, columns)
    except ExpressionError:
        return (weight,)
    return (weight,) if tree is None else tuple(sorted(tree.named("variable") | tree.named("column")))
