"""Writing files that are the same bytes for the same content, and that a person can read and compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def dump(value: Any) -> str:
    """JSON with one line for each key at the top and each item of a list below it.

    >>> print(dump({"id": "trust", "cells": [{"n": 1}, {"n": 2}]}), end="")
    {
    "id": "trust",
    "cells": [
    {"n": 1},
    {"n": 2}
    ]
    }

    :raises ValueError: for a number that JSON does not have (infinite, or not a number).
    """
    if isinstance(value, Mapping):
        inner = ",\n".join(f"{_line(str(key))}: {_block(each)}" for key, each in value.items())
        return f"{{\n{inner}\n}}\n"
    return _block(value) + "\n"


def _block(value: Any) -> str:
    if isinstance(value, list | tuple) and any(isinstance(each, Mapping | list | tuple) for each in value):
        return "[\n" + ",\n".join(map(_line, value)) + "\n]"
    return _line(value)


_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def write(path: Path, content: str | bytes) -> bytes:
    """Write text as UTF-8, or bytes; the folder is made when it is not there. Returns the bytes written."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return data
