"""By what a moderator decides: rules that are data, per kind of organisation."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from thuis.contract.base import Strict
from thuis.yaml.faults import as_model
from thuis.yaml.located import read_yaml


class Rule(Strict):
    """One rule in two languages; ``must``: lacking it is ground enough to refuse."""

    id: str
    nl: str
    en: str
    must: bool = False


class Kind(Strict):
    """A kind of organisation, and the rules that hold for it beside the general ones."""

    nl: str
    en: str
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


@lru_cache(maxsize=2)
def _read(path: Path, stamp: float) -> Rules:
    return read_rules(path)


def rules() -> Rules:
    """The rules of this service, read again when the file changes."""
    path = settings.HOME / settings.LIVE.rules
    return _read(path, path.stat().st_mtime if path.is_file() else 0)
