"""Which encoding a text is in, by the evidence of its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from thuis.errors import Place, ThuisError

CANDIDATES = ("cp1252", "cp850", "mac_roman", "cp1250", "cp1251", "latin-1")
"""What Windows, DOS, older Macs and Windows in the east of Europe write; the last reads every byte."""
_COMMON = frozenset("áàâäãåéèêëíìîïóòôöõúùûüýÿñçøæœß€ÁÀÂÄÅÉÈÊËÍÎÏÓÒÔÖÚÙÛÜÑÇØÆ–—‘’“”…°²³·§½¼µ")
_CASE = re.compile(r"[a-zß-öø-ÿ][À-ÖØ-ÞŠŽŒŸ][a-zß-öø-ÿ]|[À-ÖØ-ÞŠŽŒŸ]{2}[a-z]")
_RUN = re.compile(r"[À-ÖØ-öø-ÿ]{4,}")
"""No word of a Latin script is all accents: another script was read as it."""
_CYRILLIC = re.compile(r"(?<![A-Za-z])[А-Яа-яЁё]{2,}(?![A-Za-z])")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fc]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked(data: bytes) -> str | None:
    """The encoding whose byte order mark the bytes start with.

    >>> marked(b"\\xff\\xfea\\x00"), marked(b"a")
    ('utf-16', None)
    """
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def codec(name: str, file: str, also: str) -> str:
    """The name under which Python knows an encoding.

    :param file: for which it was named; ``also`` another that could be meant.
    :raises ThuisError: when there is none of that name.
    """
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        expected = f"utf-8, cp1252, latin-1, {also}"
        raise ThuisError(f"no encoding is called {name!r}", Place(file), expected=expected) from error


def likely(data: bytes) -> str:
    """The encoding that fits best: a mark, then UTF-8, then the one that gives the most usual letters.

    >>> likely("één café".encode()), likely("één café".encode("cp850")), likely("één café".encode("cp1252"))
    ('utf-8', 'cp850', 'cp1252')
    >>> likely("a,b".encode("utf-16-le")), likely(b"a,b")
    ('utf-16-le', 'utf-8')
    """
    found = marked(data) or _wide(data)
    if found:
        return found
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return best(data)
    return "utf-8"


def best(data: bytes, candidates: Iterable[str] = CANDIDATES) -> str:
    """The encoding of one byte a letter under which the bytes look most like words."""
    odd = b"\n".join(re.findall(rb"[\x20-\x7e]{0,2}[\x80-\xff]+[\x20-\x7e]{0,2}", data[:2_000_000])[:20_000])
    scores = {}
    for name in candidates:
        try:
            scores[name] = score(odd.decode(name))
        except UnicodeDecodeError:
            continue
    return max(scores, key=lambda name: scores[name]) if scores else "latin-1"


def score(text: str) -> int:
    """How much a text looks like words: usual letters count for, others and capitals within words against."""
    found = sum(_weight(each) for each in text if ord(each) > 127)
    found += sum(3 * len(each) for each in _CYRILLIC.findall(text)) + 4 * len(_KANA.findall(text))
    return found - 2 * len(_CASE.findall(text)) - sum(3 * len(each) for each in _RUN.findall(text))


def _weight(letter: str) -> int:
    if letter in _COMMON:
        return 2 if letter.islower() else 1
    return 0 if "\u4e00" <= letter <= "\u9fff" else -1


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is NUL."""
    head = data[:2000]
    if len(head) < 4 or not head.count(0):
        return None
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else None


def doubly(text: str) -> bool:
    """Whether a text is UTF-8 that was read as Windows Latin.

    >>> doubly("één".encode().decode("cp1252")), doubly("één"), doubly("een")
    (True, False, False)
    """
    if text.isascii():
        return False
    try:
        text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return True
