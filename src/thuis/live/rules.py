"""By what a moderator decides: rules that are data, per kind of organisation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from thuis.errors import Place, Problem, ThuisError
from thuis.live.kept import Kept


class Part(BaseModel):
    """Frozen, and nothing that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Part):
    """One rule in two languages; ``must``: lacking it is ground enough to refuse."""

    id: str
    nl: str
    en: str
    must: bool = False


class Kind(Part):
    """A kind of organisation, and the rules that hold for it beside the general ones."""

    nl: str
    en: str
    rules: tuple[Rule, ...] = ()


class Rules(Part):
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
    try:
        raw: Any = YAML(typ="safe").load(path.read_text("utf-8"))
        return Rules.model_validate(raw)
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ThuisError(Problem(f"the rules cannot be read: {error}", Place(str(path)))) from error
    except ValidationError as error:
        raise ThuisError(
            [
                Problem(each["msg"], Place(str(path), key=".".join(map(str, each["loc"]))))
                for each in error.errors()
            ]
        ) from error


_RULES = Kept(read_rules)


def rules() -> Rules:
    """The rules of this service, read again when the file changes."""
    return _RULES(settings.HOME / settings.LIVE.rules)
