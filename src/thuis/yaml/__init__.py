"""YAML 1.2 composed by libyaml, ten times as fast as in Python; ruamel.yaml reads what it leaves.

PyYAML reads YAML 1.1, where ``no`` is false and ``0363`` is 243. Only its parser is used here: which scalar
is what is told by the rules of YAML 1.2 that ruamel.yaml holds, and so is what is wrong with a document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.resolver import implicit_resolvers
from yaml.resolver import BaseResolver

try:
    from yaml.cyaml import CParser
except ImportError:  # pragma: no cover  a PyYAML without libyaml: ruamel.yaml reads all
    CParser = None


class _Rules(BaseResolver):  # type: ignore[misc]
    """Which plain scalar is a number, a truth value or nothing, in YAML 1.2."""


for _versions, _tag, _pattern, _first in implicit_resolvers:
    if (1, 2) in _versions:
        _Rules.add_implicit_resolver(_tag, _pattern, _first)


def compose(text: str) -> Any:
    """The nodes of a document with their marks; None for an empty one.

    :raises ruamel.yaml.error.MarkedYAMLError: with what is wrong and where.

    >>> [(key.value, value.value) for key, value in compose("code: 0363").value]
    [('code', '0363')]
    """
    found = _fast(text) if CParser else None
    return YAML(typ="safe", pure=True).compose(text) if found is None else found


def shipped(package: str, name: str) -> Any:
    """What a document that comes with the package says.

    >>> sorted(shipped("thuis.origin", "data/schemes.yaml"))
    ['groupings', 'rules', 'schemes']
    """
    return YAML(typ="safe").load(files(package).joinpath(name).read_text("utf-8"))


def wording(package: str, name: str) -> Any:
    """What a document of words that comes with the package says, every value as the text it is.

    >>> wording("thuis.starter", "sides.yaml")["reference"][0].partition("|")[0]
    '(nederland(s'
    """
    return _spelled(compose((files(package) / name).read_text("utf-8")))


def _spelled(node: Any) -> Any:
    if node.id == "mapping":
        return {key.value: _spelled(value) for key, value in node.value}
    return [_spelled(each) for each in node.value] if node.id == "sequence" else str(node.value)


@cache
def patterns(package: str, name: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a document of words, by name.

    >>> bool(patterns("thuis.formats", "interviews.yaml")["sent"].fullmatch("SubmitDate"))
    True
    """
    return {each: pattern(given) for each, given in wording(package, name).items()}


def pattern(given: Any) -> re.Pattern[str]:
    """A regular expression without regard to case, or several of which any may fit; of none nothing does.

    :param given: one, a list, or ``words`` with what stands ``before`` and ``behind`` each of them.

    >>> pattern({"before": "a ?", "words": ["b", "c|d"]}).fullmatch("A D")[0]
    'A D'
    """
    framed = given if isinstance(given, dict) else {"words": given}
    words = [framed["words"]] if isinstance(framed["words"], str) else framed["words"]
    one = "|".join(f"(?:{each})" for each in words) or "(?!)"
    return re.compile(f"{framed.get('before', '')}(?:{one}){framed.get('behind', '')}", re.IGNORECASE)


def _fast(text: str) -> Any:
    class Loader(CParser, _Rules):  # type: ignore[misc]
        def __init__(self) -> None:
            CParser.__init__(self, text)
            _Rules.__init__(self)

    try:
        return Loader().get_single_node()
    except Exception:
        return None


def texts(document: str) -> list[tuple[str, str]]:
    """A document of nested mappings as pairs: keys joined by dots, and every value as the text it is.

    >>> texts("a: {b: 1.50, c: 'no'}")
    [('a.b', '1.50'), ('a.c', 'no')]
    """
    return list(_flat(compose(document), ""))


def _flat(node: Any, prefix: str) -> list[tuple[str, str]]:
    if node.id != "mapping":
        return [(prefix.removesuffix("."), str(node.value))]
    return [pair for key, value in node.value for pair in _flat(value, f"{prefix}{key.value}.")]
