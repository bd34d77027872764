"""Expressions of the reading of promises, and the gates that keep most sentences away from them."""

from __future__ import annotations

import re


def rx(pattern: str) -> re.Pattern[str]:
    """An expression that does not mind capitals."""
    return re.compile(pattern, re.I)


def has(lowered: str, parts: tuple[str, ...]) -> bool:
    """Whether a text in small letters has one of these: far cheaper than the expression they belong to."""
    return any(part in lowered for part in parts)
