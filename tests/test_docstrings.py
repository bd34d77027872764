"""Every public name says what it is, names each of its parameters and errors, and shows one call that
runs."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "thuis", "thuis.audit", "thuis.contract", "thuis.directory", "thuis.dossier.cite",
    "thuis.dossier.commitments", "thuis.dossier.letter", "thuis.findings", "thuis.handover", "thuis.origin",
    "thuis.places", "thuis.protect", "thuis.publish", "thuis.survey", "thuis.vocabulary",
)  # fmt: skip
"""What they name in ``__all__`` is public, and so is what the reference shows."""


MANY = 8
"""A class with as many methods is something to ask questions of; one with fewer is a value."""


def found(name: str) -> Any:
    """What a dotted name stands for."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            thing: Any = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            thing = getattr(thing, part)
        return thing
    raise LookupError(name)


def public() -> list[str]:
    """Functions and classes that others are invited to use, with the methods of classes."""
    shown = (
        re.findall(r"^::: (\S+)", page.read_text("utf-8"), re.M) for page in ROOT.glob("docs/reference/*.md")
    )
    held = [
        f"{room}.{name}" for room in ROOMS for name in getattr(importlib.import_module(room), "__all__", ())
    ]
    names = {}
    for name in [*held, *(each for page in shown for each in page)]:
        thing = inspect.unwrap(found(name))
        if inspect.isclass(thing) or inspect.isfunction(thing):
            names.setdefault(f"{thing.__module__}.{thing.__qualname__}", thing)
    methods = [
        f"{name}.{each}"
        for name, thing in names.items()
        if inspect.isclass(thing)
        for each in _methods(thing)
    ]
    return sorted([*names, *methods])


def _methods(thing: type) -> Iterator[str]:
    for holder in thing.__mro__:
        for name, each in vars(holder).items():
            if not name.startswith("_") and holder.__module__.startswith("thuis.") and _function(each):
                yield name


def _function(each: Any) -> Any:
    each = each.__func__ if isinstance(each, classmethod | staticmethod) else each
    each = each.fget if isinstance(each, property) else getattr(each, "func", each)
    return inspect.unwrap(each) if inspect.isfunction(each) else None


def lacking(name: str) -> list[str]:
    """What the docstring of a public name does not say."""
    holder, _, last = name.rpartition(".")
    owner = found(holder)
    if not inspect.isclass(owner):
        thing = inspect.unwrap(found(name))
        return _of_class(thing) if inspect.isclass(thing) else _of_function(thing, example=True)
    thing = next(vars(each)[last] for each in owner.__mro__ if last in vars(each))
    # A parameter that the class explains means the same in each of its methods.
    above = " ".join(
        inspect.getdoc(each) or "" for each in owner.__mro__ if each.__module__.startswith("thuis.")
    )
    return _of_function(_function(thing), above=above)


def _of_function(thing: Any, *, above: str = "", example: bool = False) -> list[str]:
    told = inspect.getdoc(thing) or ""
    if not told:
        return ["what it is"]
    given = [each for each in inspect.signature(thing).parameters if each not in ("self", "cls")]
    wanted = [f"parameter {each}" for each in given if not _said(each, f"{told} {above}")]
    tree = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(thing)))))
    raises = any(isinstance(each, ast.Raise) and each.exc for each in tree)
    calls = [each.func for each in tree if isinstance(each, ast.Call)]
    raises |= any(isinstance(each, ast.Name) and each.id == "raise_all" for each in calls)
    wanted += ["errors"] if raises and ":raises" not in told else []
    return wanted + (["example"] if example and ">>>" not in told else [])


def _of_class(thing: type) -> list[str]:
    """A value explains its fields; what does something shows how."""
    told = inspect.getdoc(thing) or ""
    if not told:
        return ["what it is"]
    fields = [each.name for each in dataclasses.fields(thing)] if dataclasses.is_dataclass(thing) else []
    fields += list(getattr(thing, "model_fields", ()))
    methods = [each for name, each in vars(thing).items() if _function(each) and not name.startswith("_")]
    if fields and sum(not isinstance(each, property) for each in methods) < MANY:
        below = _explained(thing)
        hidden = [each for each in fields if not each.startswith("_") and not _said(each, told)]
        return [f"field {each}" for each in hidden if each not in below]
    shown = [told, *(inspect.getdoc(_function(each)) or "" for each in methods)]
    return [] if any(">>>" in each for each in shown) else ["example"]


def _explained(thing: type) -> set[str]:
    """Fields with a text of their own below them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]
    assert isinstance(tree, ast.ClassDef)
    pairs = zip(tree.body, tree.body[1:], strict=False)
    return {
        each.target.id
        for each, after in pairs
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }


def _said(name: str, text: str) -> bool:
    return bool(re.search(rf"\b{name}\b", text))


@pytest.mark.parametrize("name", public())
def test_a_public_name_says_what_it_needs(name: str) -> None:
    assert lacking(name) == []


def test_what_is_lacking_is_told() -> None:
    """The checks above can fail."""

    def silent(given: int) -> None:
        raise ValueError(given)

    def spare(given: int) -> None:
        """Something."""
        raise ValueError(given)

    assert _of_function(silent) == ["what it is"]
    assert _of_function(spare, example=True) == ["parameter given", "errors", "example"]
    assert _of_function(spare, above=":param given: a number") == ["errors"]
