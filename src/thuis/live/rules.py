"""By what a moderator decides: rules that are data, per kind of organisation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import model_validator

from thuis.contract.base import Strict, Text
from thuis.language import LANGUAGES
from thuis.live.kept import Kept
from thuis.yaml.faults import as_model
from thuis.yaml.located import read_yaml


class Worded(Strict):
    """Something with its words in each language, under the language's code: ``nl: …``."""

    text: Text

    @model_validator(mode="before")
    @classmethod
    def _languages(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "text" in given:
            return given
        words = {key: value for key, value in given.items() if key in LANGUAGES}
        rest = {key: value for key, value in given.items() if key not in LANGUAGES}
        return {**rest, **({"text": words} if words else {})}


class Rule(Worded):
    """One rule; ``must``: lacking it is ground enough to refuse."""

    id: str
    must: bool = False


class Kind(Worded):
    """A kind of organisation, and the rules that hold for it beside the general ones."""

    rules: tuple[Rule, ...] = ()


class Rules(Strict):
    """All of ``rules.yaml``."""

    source: str = ""
    general: tuple[Rule, ...]
    kinds: dict[str, Kind]

    def of(self, kind: str) -> tuple[Rule, ...]:
        """The rules for one kind."""
        return (*self.general, *(self.kinds[kind].rules if kind in self.kinds else ()))


def read_rules(path: Path) -> Rules:
    """The rules in a file.

    :raises ThuisError: with everything wrong in it.
    """
    return as_model(read_yaml(path, str(path)), Rules)


_RULES = Kept(read_rules)


def rules() -> Rules:
    """The rules of this service, read again when the file changes."""
    return _RULES(settings.HOME / settings.LIVE.rules)
