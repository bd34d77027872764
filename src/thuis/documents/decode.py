"""From bytes to text: UTF-8 with or without a mark, UTF-16 with one, Windows-1252."""

from __future__ import annotations


def decode(data: bytes) -> str | None:
    """The text of bytes, or None when they are no text in an encoding that is told apart safely.

    >>> decode("coöperatie".encode()), decode("coöperatie".encode("cp1252"))
    ('coöperatie', 'coöperatie')
    """
    text = _decoded(data)
    return None if text is None or _binary(text) else text


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text


def _binary(text: str) -> bool:
    sample = text[:20_000]
    odd = sum(each < " " and each not in "\n\r\t\f\v" for each in sample)
    return odd > 0.01 * len(sample)
