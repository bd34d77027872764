"""The namespace of a project's identifiers, for commands that need no more of it."""

from __future__ import annotations

import re
from pathlib import Path

from thuis.errors import Problem, ThuisError
from thuis.values import NAMESPACE
from thuis.yaml.located import read_yaml

FORM = r"^(https?://[^\s/?#]+/|urn:[a-z0-9][a-z0-9-]+:)([^\s?#]*[/:])?$"
EXPECTED = "an address that ends in /, like https://id.example.org/"


def namespace_of(folder: Path | None) -> str:
    """``namespace`` of the ``thuis.yaml`` in a folder, or the default when there is none.

    :raises ThuisError: when it is written as it should not be.
    """
    file = folder / "thuis.yaml" if folder else None
    if file is None or not file.is_file():
        return NAMESPACE
    document = read_yaml(file, "thuis.yaml")
    value = document.value.get("namespace") if isinstance(document.value, dict) else None
    if value is None:
        return NAMESPACE
    if not isinstance(value, str) or not re.fullmatch(FORM, value):
        problem = Problem(f"{value!r} is no namespace", document.place(("namespace",)), EXPECTED)
        raise ThuisError(problem)
    return value
