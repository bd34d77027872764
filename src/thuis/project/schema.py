"""JSON Schema of the project files, so that an editor completes keys and marks faults while one types."""

from __future__ import annotations

from typing import Any

from thuis.errors import ThuisError, unknown
from thuis.project.battery import Questions
from thuis.project.model import Breakdown, Indicator, Model, Settings, Variables, Wave

KINDS: dict[str, type[Model]] = {
    "thuis": Settings,
    "waves": Wave,
    "breakdowns": Breakdown,
    "indicators": Indicator,
    "findings": Questions,
    "variables": Variables,
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file: ``thuis``, ``waves``, ``breakdowns``, ``indicators`` or
    ``findings``.

    >>> schema_of("breakdowns")["required"][:2]
    ['id', 'title']
    """
    if kind not in KINDS:
        raise ThuisError(unknown("kind of file", kind, KINDS))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **KINDS[kind].model_json_schema(by_alias=True),
    }
