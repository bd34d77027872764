"""What every part of a project file is made of: ids, codes, dates, texts, and a model without surprises."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from unicodedata import category

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from thuis.errors import Place, Problem
from thuis.language import LANGUAGES

HIDDEN = frozenset({"Cf", "Cn"})
"""Categories of characters that nobody sees: signs for a browser, such as a soft hyphen, and no signs."""
_OVERRIDES = re.compile("[\u202d\u202e]")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("an id has lower case letters, digits and single hyphens only, like 'trust-people'")
    return value


def _code(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date; write it like 2015-01-31") from error


def _text(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    languages = (info.context or {}).get("languages", LANGUAGES)
    missing = [each for each in languages if not _seen(value.get(each, ""))]
    if missing:
        named = " and ".join(map(repr, missing))
        raise MisplacedError(f"no text in {named}", step=f"write it in {named} too")
    extra = [each for each in value if each not in languages]
    if extra:
        raise ValueError(f"{extra[0]!r} is not among the languages {', '.join(languages)}")
    if turned := _OVERRIDES.search("".join(value.values())):
        sign = f"U+{ord(turned[0]):04X}"
        raise MisplacedError(
            f"a sign that nobody sees, {sign}, turns the letters behind it", step="remove it"
        )
    return value


def _seen(text: str) -> bool:
    """Whether there is anything in a text that a reader sees."""
    return any(not each.isspace() and category(each) not in HIDDEN for each in text)


Id = Annotated[str, AfterValidator(_id)]
Code = Annotated[str, BeforeValidator(_code)]
Date = Annotated[dt.date, BeforeValidator(_date)]
Text = Annotated[dict[str, str], AfterValidator(_text)]


def is_text(metadata: Iterable[Any]) -> bool:
    """Whether the annotations of a field are those of :data:`Text`."""
    return any(getattr(each, "func", None) is _text for each in metadata)


Number = Annotated[float, Field(strict=False, allow_inf_nan=False)]


def _frozen(value: Any) -> Any:
    """Lists as tuples, at any depth: what was read cannot be changed."""
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return value


class Model(BaseModel):
    """Every part of a project: no unknown keys, no silent conversion, no change afterwards."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,
    )

    @field_validator("*", mode="before")
    @classmethod
    def _tuples(cls, value: Any) -> Any:
        return _frozen(value)


def astray(folder: Path, file: str, at: Place, like: str) -> list[Problem]:
    """What is wrong with a file that a project names and that does not stand in it, such as ``like``."""
    try:
        if (folder / file).resolve().is_relative_to(folder.resolve()):
            return []
    except (OSError, ValueError, RuntimeError):
        pass
    step = "put the file in data/, or say outside: true in thuis.yaml"
    what, expected = f"{file!r} stands outside the project folder", f"a path inside the project, like {like}"
    return [Problem(what, at, expected=expected, step=step)]


class MisplacedError(ValueError):
    """A fault that several keys make together: ``path`` is where to point, ``step`` what to do."""

    def __init__(self, what: str, *path: str | int, step: str | None = None) -> None:
        super().__init__(what)
        self.path, self.step = path, step
