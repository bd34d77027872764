"""Mail that stands in the folder for want of a mail server: told, and erased, with the person it went to."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings

_RULE = b"\n" + b"-" * 79 + b"\n"


def kept(address: str) -> list[dict[str, str]]:
    """Day, subject and text of each mail to an address."""
    found = []
    for path in _files():
        for each in path.read_bytes().split(_RULE):
            if _is_to(each, address):
                mail = message_from_bytes(each, policy=policy.default)
                told = {"at": str(mail["Date"]), "subject": str(mail["Subject"])}
                found.append(told | {"text": str(mail.get_content())})
    return found


def forget(address: str) -> None:
    """Remove the mail to an address."""
    for path in _files():
        parts = path.read_bytes().split(_RULE)
        left = [each for each in parts if not _is_to(each, address)]
        if len(left) == len(parts):
            continue
        if not any(each.strip() for each in left):
            path.unlink()
        else:
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(_RULE.join(left))
            part.replace(path)


def _files() -> Iterator[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    return (each for each in sorted(folder.glob("*.log")) if each.is_file())


def _is_to(mail: bytes, address: str) -> bool:
    if not mail.strip() or not address:
        return False
    given = message_from_bytes(mail, policy=policy.default).get_all("To", [])
    return address.casefold() in (each.casefold() for _, each in getaddresses(map(str, given)))
