"""E-mail and web archives (``.eml``, ``.mht``): the subject, the body as a reader sees it, what is attached.

Bodies are written in base64 or with ``=`` at the ends of lines; read as they stand they would be no words.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import PurePosixPath

_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]*:[ \t]?\S")
_ENDINGS = {"text/html": ".html", "text/plain": ".txt"}


def is_mail(data: bytes, name: str) -> bool:
    """Whether bytes are a message: by the name, or by a header that says so where a message begins.

    >>> is_mail(b"MIME-Version: 1.0\\nContent-Type: text/html\\n\\n<p>De wijk</p>", "-")
    True
    """
    if PurePosixPath(name).suffix.lower() in (".eml", ".mht", ".mhtml"):
        return True
    head = data[:2048].lstrip(b"\xef\xbb\xbf")
    return bool(_HEADER.match(head)) and re.search(rb"^MIME-Version:", head, re.I | re.M) is not None


def parts_of(data: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    """Each part of a message with a name of its own: the text first, then what is attached.

    >>> [name for name, _ in parts_of(b"Subject: De wijk\\n\\nWij komen langs.\\n", 10)]
    ['text.txt']
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("html", "plain"))
    subject = str(message.get("subject", ""))
    if body is not None:
        kind = body.get_content_type()
        text = str(body.get_content())
        if kind == "text/html":
            yield "text.html", f"<title>{_escaped(subject)}</title>\n{text}".encode()
        else:
            yield "text.txt", f"{subject}\n\n{text}".lstrip().encode()
    others = [each for each in message.walk() if each is not body and not each.is_multipart()]
    for number, each in enumerate(others[:most], 1):
        if each.get_content_type() in _ENDINGS and not each.get_filename():
            if not _alternative(message, each):
                yield f"{number}{_ENDINGS[each.get_content_type()]}", str(each.get_content()).encode()
        elif each.get_content_maintype() != "image":
            name = PurePosixPath((each.get_filename() or f"{number}").replace("\\", "/")).name
            payload = each.get_payload(decode=True)
            yield name, payload if isinstance(payload, bytes) else b""


def _alternative(message: EmailMessage, part: EmailMessage) -> bool:
    """Whether a part is another form of the body that was read."""
    for each in message.walk():
        if each.get_content_type() == "multipart/alternative" and part in each.get_payload():
            return True
    return False


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
