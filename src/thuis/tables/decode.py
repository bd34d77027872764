"""From bytes to text: UTF-8 with or without a mark, UTF-16 with one, Windows-1252."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes) -> str | None:
    r"""The text of bytes, or None when they are no text in an encoding that is told apart safely.

    A stray control character is no reason to refuse text that is valid UTF-8; many of them are.

    >>> decode("coöperatie".encode()), decode("coöperatie".encode("cp1252"))
    ('coöperatie', 'coöperatie')
    >>> decode(b"De wijk\x0e en de stad"), decode(b"\x01\x02\x03\x04 a")
    ('De wijk\x0e en de stad', None)
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unless(data, "utf-16", 0.01)
    # Half-broken UTF-8 also decodes as Windows-1252; then the marks of double encoding are everywhere.
    return _unless(data, "utf-8-sig", 0.20) or _unless(data, "cp1252", 0.01)


def _unless(data: bytes, encoding: str, odd: float) -> str | None:
    """The decoded text, unless the share of control characters in its beginning is above a bound."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    sample = text[:20_000]
    if len(_CONTROL.findall(sample)) > odd * len(sample):
        return None
    return text
