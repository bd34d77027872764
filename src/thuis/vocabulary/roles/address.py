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
    r"[^\W_]_+[^\W_]|\w\(\)|^\$|^--?[a-z]|::|->|==|:=|\w=[\w\"']|\w\.\w+\(|^%\w+%$|^&\w+;|<-|\{\{|\$\{|\w\$\w|\w\[(?:0(?:\]|$)|[\"'])"
)
_WEB_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
# "cijfers (1).xlsx", "cijfers def.docx": a file whose name goes on after a space.
_FILE_GOES_ON = re.compile(
    rf" (?:\(\d+\)|-? ?kopie|copy|def(?:initief)?|concept|final|v\d+|\d{{4}})\.{any_of('suffixes')}(?![\w-])",
    re.IGNORECASE,
)
_OPENS_CODE, _CLOSES_CODE = re.compile(r"(?:</?|\{|<%)$"), re.compile(r"/?>|\}|%>")
_TEMPLATE_OPENS = re.compile(r"(?:\{\{|\{%|\$\{)[^{}%\n]*\Z")
_TEMPLATE_CLOSES = re.compile(r"[^{}%\n]*(?:\}\}|%\}|\})")
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
    before, after = attached(text, start, end)
    # "[de islamieten](over.html)": where a link leads is no part of its words.
    after = re.sub(r"\]\(.*", "]", after)
    if text.find("{", max(0, start - 60), start) >= 0 and _in_template(text, start, end):
        return "code"
    if text[end : end + 1] == " " and _FILE_GOES_ON.match(text, end):
        return "path"
    if not before and not after and "_" not in text[start:end]:
        return None
    entity = before.endswith("&") and after.startswith(";")
    if entity or (_OPENS_CODE.search(before) and _CLOSES_CODE.match(after)):
        return "code"
    left, right = before.lstrip(_OPENING), after.rstrip(_CLOSING)
    if after.startswith("()"):
        right = "()" + right
    if not left and not right and "_" not in text[start:end]:
        return None
    token = left + text[start:end] + right
    return _link(text, start, left, token) or _sign(text[end : end + 1], left, right, token)


def _in_template(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands between the braces of a template: ``{{ islamieten }}``."""
    return bool(
        _TEMPLATE_OPENS.search(text, max(0, start - 60), start)
        and _TEMPLATE_CLOSES.match(text, end, end + 60)
    )


def attached(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands against a stretch of text without white space between, on either side.

    >>> attached("naar (info@islamieten.nl) of", 11, 21)
    ('(info@', '.nl)')
    """
    first, last = max(0, start - _REACH), end + _REACH
    if start and not text[start - 1].isspace():
        first = max(first, start - len(text[first:start].rsplit(maxsplit=1)[-1]))
    else:
        first = start
    after = "" if text[end : end + 1].isspace() else text[end:last].split(None, 1)
    return text[first:start], after[0] if after else ""


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
    if re.match(r"[a-z]/", token) or (len(parts) > 1 and _WEB_HOST.fullmatch(parts[0])):
        return True
    return _SUFFIX.search(parts[-1]) is not None or any(re.search(r"_|^\d{3,}$", each) for each in parts)
