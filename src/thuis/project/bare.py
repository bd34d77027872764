"""A project without the texts that pages show: figures are made of it, so no title can change a number.

What is made of the bare project alone stays as it is when a title is edited. Nothing has to be believed of
the code that makes it: the texts are not there to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from thuis.project.base import is_text
from thuis.project.model import Project

ModelT = TypeVar("ModelT", bound=BaseModel)


def bare(project: Project) -> Project:
    """The project with every text of settings, breakdowns and indicators empty, and without its pages,
    corrections and questions. Waves stay whole: what is said of a survey file names them."""
    return replace(
        project,
        settings=_without(project.settings),
        breakdowns={id_: _without(each) for id_, each in project.breakdowns.items()},
        indicators=tuple(_without(each) for each in project.indicators),
        pages=(),
        corrections=(),
        questions=None,
    )


def told(project: Project) -> list[str]:
    """All that a project says in its settings, waves, breakdowns and indicators, in their order."""
    parts = (project.settings, *project.waves, *project.breakdowns.values(), *project.indicators)
    return [*project.breakdowns, *(each.model_dump_json() for each in parts)]


def _without(model: ModelT) -> ModelT:
    told = {name: getattr(model, name) for name in type(model).model_fields}
    changed = {
        name: dict.fromkeys(value, "") if name in _texts(type(model)) and value else _inside(value)
        for name, value in told.items()
    }
    return model.model_copy(update={k: v for k, v in changed.items() if v is not told[k]})


def _inside(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _without(value)
    if isinstance(value, (tuple, list)) and any(isinstance(each, BaseModel) for each in value):
        return type(value)(_inside(each) for each in value)
    if isinstance(value, Mapping) and any(isinstance(each, BaseModel) for each in value.values()):
        return {key: _inside(each) for key, each in value.items()}
    return value


@cache
def _texts(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that are texts in the languages of the monitor."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if is_text(field.metadata)
        or any(is_text(getattr(each, "__metadata__", ())) for each in get_args(field.annotation))
    )
