"""Results that a process keeps while it builds again and again, under the content of all they were made of.

A preview whose survey file changed makes anew what follows from that file; of other waves the numbers are
there. Nothing is kept by a process that builds once, and nothing on disk: what is here was made by this code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from functools import partial
from hashlib import sha256
from types import FunctionType
from typing import Any, TypeVar

import polars as pl
from pydantic import BaseModel

Result = TypeVar("Result")
Key = tuple[str, str]
"""The name of what was made, and the digest of what it was made of."""
_HELD: dict[Key, Any] = {}
_ASKED: ContextVar[set[Key] | None] = ContextVar("asked", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within this, results are kept for the next time; of what was asked for, others of its name are
    forgotten."""
    asked = set[Key]()
    before = _ASKED.set(asked)
    try:
        yield
    finally:
        _ASKED.reset(before)
    names = {what for what, _ in asked}
    for key in _HELD.keys() - asked:
        if key[0] in names:
            _HELD.pop(key, None)


def remembered(make: Callable[[], Result], what: str, *made_of: object) -> Result:
    """What ``make`` gives, or gave before for the same; whoever asks may not change it.

    :param make: makes it of nothing but what is told.
    :param what: a name that tells results of one function from those of others.
    :param made_of: all it is made of: tables, models, frozen values and collections of these.
    :raises TypeError: for something of which the content cannot be told, within :func:`remembering`.

    >>> with remembering():
    ...     remembered(lambda: [1], "a list", (1, "x")) is remembered(lambda: [1], "a list", (1, "x"))
    True
    """
    asked = _ASKED.get()
    if asked is None:
        return make()
    key = what, content(*made_of)
    asked.add(key)
    if key not in _HELD:
        _HELD[key] = make()
    found: Result = _HELD[key]
    return found


def asked_for() -> bool:
    """Whether results are kept now, within :func:`remembering`: else no content need be told."""
    return _ASKED.get() is not None


def content(*values: object) -> str:
    """The digest of values: the same digest, the same content.

    >>> content(1, "a") == content(1, "a"), content(1) == content("1"), content(["a", "b"]) == content("ab")
    (True, False, False)
    """
    found = sha256()
    for value in values:
        kind = type(value)
        found.update(f"{kind.__module__}.{kind.__qualname__} ".encode())
        told = _told(value)
        found.update(len(told).to_bytes(8, "big") + told)
    return found.hexdigest()


def _told(value: object) -> bytes | memoryview:
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value).encode()
    if isinstance(value, BaseModel):
        return value.model_dump_json().encode()
    if isinstance(value, pl.DataFrame):
        return value.write_ipc(None).getbuffer()
    if isinstance(value, FunctionType) and not value.__closure__ and "<" not in value.__qualname__:
        return f"{value.__module__}.{value.__qualname__}".encode()
    return content(*_parts(value)).encode()


def _parts(value: object) -> Sequence[object]:
    """What a value is put together of, in an order that is the same for the same value."""
    if isinstance(value, Mapping):
        return [part for pair in value.items() for part in pair]
    if isinstance(value, set | frozenset):
        return sorted(content(each) for each in value)
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, partial):
        return [value.func, value.args, value.keywords]
    if is_dataclass(value) and not isinstance(value, type):
        return [part for each in fields(value) for part in (each.name, getattr(value, each.name))]
    raise TypeError(f"the content of {type(value).__name__} cannot be told")
