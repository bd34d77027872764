"""DDI-Codebook 1.2 to 2.6: ``codeBook`` with a ``var`` for every column."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from thuis.codebook.elements import (
    below,
    by_language,
    child,
    children,
    language,
    local,
    texts,
    without_code,
    words,
)
from thuis.codebook.model import Category, Codebook, Texts, Variable

_YES = ("y", "yes", "true", "1")
_NOTHING = (".", "sysmiss")
"""How a survey program's own missing value is listed among the codes."""
_STEMS = (None, "grid", "multipleResp", "other")
"""Groups of variables whose text is the question above them; those by subject or section are not."""


def read_ddi_c(root: Any, file: str) -> Codebook:
    """The codebook in the element ``codeBook``."""
    version = root.get("version")
    study = child(root, "stdyDscr")
    data = [each for part in children(root, "dataDscr") for each in part]
    questions = {each.get("ID"): each for each in root.iter() if local(each) == "qstn" and each.get("ID")}
    stems = _stems(data)
    variables = tuple(_variable(each, questions, stems) for each in data if local(each) == "var")
    return Codebook(
        file,
        f"DDI-Codebook {version}" if version else "DDI-Codebook",
        texts(below(study, "citation", "titlStmt", ("titl", "parTitl"))),
        _included(below(study, "stdyInfo", "sumDscr", "universe")),
        tuple(each for each in variables if each.name),
    )


def _included(found: Iterator[Any]) -> Texts:
    return by_language((language(each), words(each)) for each in found if each.get("clusion") != "E")


def _stems(data: list[Any]) -> Mapping[str, Texts]:
    """By id of a variable, the text above the battery it belongs to."""
    found: dict[str, Texts] = {}
    for group in data:
        if local(group) != "varGrp" or group.get("type") not in _STEMS:
            continue
        stem = texts(children(group, "txt"))
        for id_ in (group.get("var") or "").split():
            if stem:
                found.setdefault(id_, stem)
    return found


def _variable(var: Any, questions: Mapping[str, Any], stems: Mapping[str, Texts]) -> Variable:
    name = (var.get("name") or var.get("ID") or "").strip()
    found = [*children(var, "qstn")]
    found += [questions[id_] for id_ in (var.get("qstn") or "").split() if id_ in questions]
    categories = tuple(each for each in map(_category, children(var, "catgry")) if each.code)
    named, ranges = _invalid(var)
    missing = [*(each.code for each in categories if each.missing), *named]
    one = Variable(
        name,
        without_code(texts(children(var, "labl")), name),
        _asked(found, stems.get(var.get("ID") or "", {})),
        _included(children(var, "universe")),
        categories,
        tuple(dict.fromkeys(missing)),
        ranges,
        var.sourceline,
    )
    return replace(
        one,
        categories=tuple(
            replace(each, missing=each.missing or one.is_missing(each.code)) for each in categories
        ),
    )


def _asked(found: list[Any], stem: Texts) -> Texts:
    """The wording: what was read before the question, and the question itself."""
    pairs: list[tuple[str, str]] = []
    for qstn in found:
        parts = [*children(qstn, "preQTxt", "qstnLit")]
        told = [(language(each), words(each)) for each in parts]
        if not any(text for _, text in told):
            told = [(language(qstn), words(qstn, ("postQTxt", "ivuInstr", "forward", "backward")))]
        pairs += told
    texts_ = by_language(pairs)
    return {
        each: f"{stem[each]} {text}" if stem.get(each) and stem[each] not in text else text
        for each, text in texts_.items()
    }


def _category(catgry: Any) -> Category:
    value = child(catgry, "catValu")
    code = words(value) if value is not None else ""
    missing = (catgry.get("missing") or "").lower() in _YES or code.lower() in _NOTHING
    return Category(code, without_code(texts(children(catgry, "labl")), code), missing)


def _invalid(var: Any) -> tuple[list[str], tuple[tuple[float, float], ...]]:
    named: list[str] = []
    ranges: list[tuple[float, float]] = []
    for part in (each for invalid in children(var, "invalrng") for each in invalid):
        if local(part) == "item" and part.get("VALUE"):
            named.append(part.get("VALUE").strip())
        elif local(part) == "range":
            low, high = (_end(part, key) for key in ("min", "max"))
            if low is not None or high is not None:
                ranges.append((-float("inf") if low is None else low, float("inf") if high is None else high))
    return named, tuple(ranges)


def _end(part: Any, key: str) -> float | None:
    """An end of a stretch; an exclusive one is moved inside it by the least step."""
    for name, toward in ((key, None), (f"{key}Exclusive", math.inf if key == "min" else -math.inf)):
        text = part.get(name)
        if text is None:
            continue
        try:
            value = float(text)
        except ValueError:
            return None
        return value if toward is None else math.nextafter(value, toward)
    return None
