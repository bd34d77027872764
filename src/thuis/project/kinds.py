"""What an indicator of each kind needs and cannot have."""

from __future__ import annotations

from typing import Any

from thuis.language.clauses import misplaced
from thuis.project.base import MisplacedError
from thuis.project.breakdown import Span

_MAY: dict[str, frozenset[str]] = {
    "proportion": frozenset({"share", "among", "scale", "says"}),
    "mean": frozenset({"scale", "unit"}),
    "median": frozenset({"scale", "unit", "quantile", "rounding"}),
    "total": frozenset({"share", "among", "unit"}),
    "ratio": frozenset({"per", "unit"}),
    "categories": frozenset({"answers", "among", "scale"}),
    "multiple": frozenset({"answers", "variables_of", "of", "scale"}),
}
_KEYS = {"variables_of": "variables"}
"""Keys whose name in the file is another."""
_NEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "proportion": (("share", "the codes that count"),),
    "mean": (
        ("scale", "the ends of its scale, like [0, 10]"),
        ("unit", "like {nl: punten, en: points}"),
    ),
    "median": (("unit", "like {nl: euro, en: euros}"),),
    "total": (
        ("share", "the codes that count"),
        ("unit", "like {nl: mensen, en: people}"),
    ),
    "ratio": (
        ("per", "the variable below the line"),
        ("unit", "like {nl: kinderen per gezin, en: children per family}"),
    ),
    "categories": (("answers", "every answer with its title"),),
    "multiple": (("answers", "every answer with its title"),),
}


def faults(one: Any) -> None:
    """Raises the first thing that does not belong to an indicator of its kind."""
    for key in sorted({key for keys in _MAY.values() for key in keys} - _MAY[one.kind]):
        if key in one.model_fields_set and getattr(one, key):
            name = _KEYS.get(key, key)
            raise MisplacedError(f"{_a(one.kind)} has no {name!r}", name)
    for key, what in _NEEDS[one.kind]:
        if not getattr(one, key):
            raise ValueError(f"{_a(one.kind)} needs {key!r}: {what}")
    if not one.variable:
        raise ValueError(f"{_a(one.kind)} needs 'variable'")
    for language, text in (one.says or {}).items():
        if strange := misplaced(text):
            expected = "'{who} … {often} …', each once: '{who} {often} feel at home'"
            raise MisplacedError(
                f"a clause for headlines has {strange}; expected {expected}", "says", language
            )
    percent = one.kind in ("proportion", "categories", "multiple")
    if percent and one.scale and not (0 <= one.scale[0] < one.scale[1] <= 100):
        raise MisplacedError("the scale of a percentage lies within 0 and 100", "scale")
    if one.scale and one.scale[0] >= one.scale[1]:
        raise MisplacedError(f"scale [{one.scale[0]:g}, {one.scale[1]:g}] is upside down", "scale")
    if isinstance(one.share, Span):
        if one.among:
            raise MisplacedError("a stretch of numbers has no 'among'", "among")
    elif one.among and one.share and set(one.share) - set(one.among):
        raise MisplacedError("'share' has codes that are not in 'among'", "share")
    if one.answers:
        _answers(one)


def _answers(one: Any) -> None:
    ids = [each.id for each in one.answers]
    if len(set(ids)) < len(ids):
        twice = next(each for each in ids if ids.count(each) > 1)
        raise MisplacedError(f"answer {twice!r} is given twice", "answers")
    if len(ids) < 2:
        raise MisplacedError("one answer is a proportion: a set has two or more", "answers")
    owned = [each for each in one.answers if each.variable]
    if one.kind == "categories":
        if owned:
            raise MisplacedError("only answers of a multiple response have a variable", "answers")
        codes = [code for each in one.answers for code in each.counted]
        if len(set(codes)) < len(codes):
            twice = next(each for each in codes if codes.count(each) > 1)
            raise MisplacedError(f"code {twice!r} counts for two answers", "answers")
    elif bool(owned) == bool(one.variables_of) or (owned and len(owned) < len(ids)):
        raise MisplacedError(
            "a multiple response has 'variables' that hold the answers, or a 'variable' for every answer",
            "answers",
        )


def _a(kind: str) -> str:
    return {"categories": "a set of categories", "multiple": "a multiple response"}.get(kind, f"a {kind}")
