"""From pydantic's findings to our problems: a place in the file, plain words, and the nearest right name."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from thuis.errors import Place, Problem, ThuisError, nearest, raise_all
from thuis.yaml.located import Located, Path

M = TypeVar("M", bound=BaseModel)
_LIMITS = {
    "less_than_equal": ("le", "is above", "at most"),
    "less_than": ("lt", "is not below", "below"),
    "greater_than_equal": ("ge", "is below", "at least"),
    "greater_than": ("gt", "is not above", "above"),
}
_EXPECTED = {
    "string_type": "a text; put quotes around a number or a date",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list, like [a, b]",
    "dict_type": "key: value pairs",
    "model_type": "key: value pairs",
    "model_attributes_type": "key: value pairs",
}


def as_model(
    document: Located,
    model: type[M],
    context: Mapping[str, Any] | None = None,
    forms: Mapping[str, str] | None = None,
) -> M:
    """A document as the model it must be.

    :param forms: how a key is written whose pattern a user cannot read, by its name.
    :raises ThuisError: with every fault, each at its place.
    """
    raise_all(document.problems)
    try:
        return model.model_validate(document.value, context=context)
    except ValidationError as error:
        raise ThuisError(_problems(error, document, model, forms or {})) from error


def _problems(
    error: ValidationError, document: Located, model: type[BaseModel], forms: Mapping[str, str]
) -> list[Problem]:
    """Every finding of pydantic as a located problem; branches of a union are told once."""
    found: dict[Path, Problem] = {}
    for each in error.errors(include_url=False):
        if each["type"] == "too_short" and each["input"]:
            # Its parts failed, each with a problem of its own.
            continue
        path = standing(each["loc"], document.value)
        if path not in found:
            found[path] = _problem(each, path, document, model, forms)
    return list(found.values())


def standing(loc: Path, value: Any) -> Path:
    """The part of pydantic's path that stands in a value (it adds names of union branches).

    >>> standing(("waves", 0, "Wave", "id"), {"waves": [{"id": 3}]})
    ('waves', 0, 'id')
    """
    path: Path = ()
    for part in loc:
        if _has(value, part):
            value = value[part]
            path = (*path, part)
    return path


def _has(value: Any, part: int | str) -> bool:
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list | tuple) and isinstance(part, int) and part < len(value)


def _problem(
    each: Any, path: Path, document: Located, model: type[BaseModel], forms: Mapping[str, str]
) -> Problem:
    kind, last = str(each["type"]), each["loc"][-1] if each["loc"] else ""
    where = document.place(path)
    if kind == "extra_forbidden":
        known = sorted(_keys_at(model, path[:-1]))
        near = nearest(str(path[-1]), known)
        return Problem(
            f"unknown key {path[-1]!r}",
            where,
            available=tuple(known),
            step=f"did you mean {near!r}?" if near else "remove the key, or move it to where it belongs",
        )
    if kind == "missing":
        return Problem(f"key {last!r} is missing", where, expected=f"{last}: …", step=f"add {last!r}")
    if kind in ("literal_error", "enum"):
        allowed = words_of(str(each["ctx"]["expected"]).replace(" or ", ", "))
        near = nearest(str(each["input"]), allowed)
        return Problem(
            f"{each['input']!r} is not one of the possible values",
            where,
            available=tuple(allowed),
            step=f"did you mean {near!r}?" if near else None,
        )
    if kind == "value_error":
        fault = each["ctx"]["error"]
        where = document.place((*path, *getattr(fault, "path", ())))
        return Problem(str(fault), where, step=getattr(fault, "step", None))
    return Problem(*_about_value(each, kind, where, forms))


def _about_value(
    each: Any, kind: str, where: Place, forms: Mapping[str, str]
) -> tuple[str, Place, str | None]:
    """What is wrong with one value, where, and what was expected."""
    value = shown(each["input"])
    if kind in _LIMITS:
        name, what, expected = _LIMITS[kind]
        limit = f"{each['ctx'][name]:g}"
        return f"{value} {what} {limit}", where, f"{expected} {limit}"
    if kind in ("too_short", "string_too_short"):
        return "there is nothing in it", where, f"at least {each['ctx']['min_length']}"
    if kind in ("too_long", "string_too_long"):
        return f"{value} is too long", where, f"at most {each['ctx']['max_length']}"
    if kind == "string_pattern_mismatch":
        return f"{value} is not written as it should be", where, forms.get(str(each["loc"][-1]))
    if kind in _EXPECTED:
        return f"{value} cannot stand here", where, _EXPECTED[kind]
    return f"{value}: {str(each['msg'])[:1].lower()}{str(each['msg'])[1:]}", where, None


def words_of(listed: str) -> list[str]:
    """The words that pydantic lists in a message.

    >>> words_of("'a', 'b'")
    ['a', 'b']
    """
    return [part.strip(" '") for part in listed.split(",")]


def shown(value: object) -> str:
    """A value in a message, cut when it is long."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _keys_at(model: type[BaseModel], path: Path) -> set[str]:
    """The keys allowed at a path of the document, found by walking the model's fields."""
    current: Any = model
    for part in path:
        current = _step(current, part)
    return {key for each in _models(current) for key in _names(each)}


def _step(annotation: Any, part: str | int) -> Any:
    for each in _models(annotation):
        for name, field in each.model_fields.items():
            if part in (name, field.alias):
                return field.annotation
    arguments = [a for a in typing.get_args(annotation) if a is not type(None)]
    for each in arguments:
        if typing.get_origin(each) in (tuple, dict):
            return _step(each, part)
    return (
        arguments[-1] if arguments and arguments[-1] is not Ellipsis else arguments[0] if arguments else Any
    )


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        for each in typing.get_args(annotation):
            yield from _models(each)


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
