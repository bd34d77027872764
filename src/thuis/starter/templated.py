"""The templates beside this package, filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def filled(name: str, filters: Mapping[str, Callable[..., object]] | None = None, **told: Any) -> str:
    """A template with what it is told; of HTML, texts are made safe.

    :param name: of the file in ``templates``.
    :param filters: what it may do with a value, by name.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("thuis.starter"),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(filters or {})
    return made.get_template(name).render(**told)
