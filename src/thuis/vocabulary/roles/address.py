"""Addresses, domains, file names, handles, hashtags, codes, names of variables: no words to change."""

from __future__ import annotations

import re

from thuis.vocabulary.roles.words import any_of

_REACH = 200
_OPENING, _CLOSING = "([{<\"'“„‘«‹*", ")]}>\"'”’»›,;:!?.*"
_SUFFIX = re.compile(rf"\.{any_of('suffixes')}(?![\w-])", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.){2,}[a-z]{2,}$", re.IGNORECASE)
_SCHEME = re.compile(r"(?:doi|urn|hdl|ark|isbn|tel|file|data|git|ssh|xmpp|arxiv|news):\S", re.IGNORECASE)
_CODED = re.compile(
    r"[^\W_]_+[^\W_]|\w\(\)|^\$|^--?[a-z]|::|->|==|:=|\w=[\w\"']|\w\.\w+\(|^%\w+%$|^&\w+;|<-|\{\{|\$\{"
)
_CAMEL = re.compile(r"[a-z][A-Z]")


def address(text: str, start: int, end: int) -> str | None:
    """What kind of written sign a stretch of text is part of, or None when it is a word among words.

    >>> address("Mail naar info@islamieten.nl.", 15, 25), address("de islamieten.", 3, 13)
    ('address', None)
    >>> address("zie map /data/allochtonen/2015.csv", 14, 25), address("allochtonen/autochtonen", 0, 11)
    ('path', None)
    >>> address("de tag #integratie", 8, 18), address("variabele allochtonen_2015", 10, 26)
    ('handle', 'code')
    """
    before = re.search(r"\S*\Z", text[max(0, start - _REACH) : start])
    after = re.match(r"\S*", text[end : end + _REACH])
    assert before and after
    if re.search(r"(?:</?|\{\{|\$\{|<%)$", before.group()) and re.match(r"/?>|\}\}?|%>", after.group()):
        return "code"
    left, right = before.group().lstrip(_OPENING), after.group().rstrip(_CLOSING)
    if after.group().startswith("()"):
        right = "()" + right
    if not left and not right and "_" not in text[start:end]:
        return None
    token = left + text[start:end] + right
    return _link(text, start, left, token) or _sign(text[end : end + 1], left, right, token)


def _link(text: str, start: int, left: str, token: str) -> str | None:
    if "://" in token or "www." in token.lower() or token.lower().startswith("mailto:"):
        return "address"
    if re.search(r"\]\([^\s)]*$", text[max(0, start - _REACH) : start]):
        return "address"
    if _SCHEME.match(token):
        return "address"
    if "@" in token:
        return "handle" if token.startswith("@") and "." not in token else "address"
    # Two or more signs open a heading in Markdown, with or without a space.
    if re.match(r"#(?!#)", left) and left.count("#") == 1:
        return "handle"
    return None


def _sign(following: str, left: str, right: str, token: str) -> str | None:
    # A slash between words (``Turken/Marokkanen``) is no path; one at the start, or before digits, is.
    if ("/" in token or "\\" in token) and _is_path(token):
        return "path"
    if (following == "." and _SUFFIX.match(right)) or _HOST.match(token) or _SUFFIX.search(right):
        return "address"
    # ``df.allochtonen``; a word after a full stop without a space begins with a capital or is misread.
    if re.search(r"\w\.$", left):
        return "address"
    if _CODED.search(token) or (_CAMEL.search(token) and not token.isupper() and "-" not in token):
        return "code"
    return "code" if re.search(r"\d{3}", right) and right[:1] not in "-/([" and not left else None


def _is_path(token: str) -> bool:
    parts = [each for each in re.split(r"[/\\]", token) if each]
    if re.match(r"^(?:/|\./|\.\./|~/|[A-Za-z]:\\)", token) or "\\" in token:
        return True
    if re.match(r"[a-z]/", token):
        return True
    return _SUFFIX.search(parts[-1]) is not None or any(re.search(r"_|^\d{3,}$", each) for each in parts)
