"""From bytes to text: UTF-8 with or without a mark, UTF-16 with one, Windows-1252; and text encoded twice."""

from __future__ import annotations

from thuis.documents.quality import repaired


def decode(data: bytes) -> str | None:
    """The text of bytes, or None when they are no text in an encoding that is told apart safely.

    >>> decode("coöperatie".encode()), decode("coöperatie".encode("cp1252"))
    ('coöperatie', 'coöperatie')
    """
    text = _decoded(data)
    if text is None or _binary(text):
        return None
    return repaired(text) or text


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
    # Half-broken UTF-8 also decodes as Windows-1252; then the marks of double encoding are everywhere.
    return text


def _binary(text: str) -> bool:
    sample = text[:20_000]
    odd = sum(each < " " and each not in "\n\r\t\f\v" for each in sample)
    return odd > 0.01 * len(sample)
