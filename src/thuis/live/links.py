"""Signed links: who has one may see and change what it is of, without an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

_SALT = "thuis.live.mine"


def token(kind: str, key: object) -> str:
    """What stands in the link of a thing: ``submission``, ``comment``, ``promise``, ``screening``."""
    return Signer(salt=_SALT, sep=".").sign(f"{kind}~{key}")


def opened(text: str) -> tuple[str, str] | None:
    """Kind and key of a token; nothing when it is not ours."""
    try:
        kind, _, key = Signer(salt=_SALT, sep=".").unsign(text).partition("~")
    except BadSignature:
        return None
    return kind, key


def link(language: str, kind: str, key: object) -> str:
    """The whole address, for mail."""
    return f"{settings.LIVE.address.rstrip('/')}/{language}/live/mine/{token(kind, key)}/"


def key_of(text: str) -> UUID | None:
    """The key that somebody sent, or none where it is no key at all."""
    try:
        return UUID(text)
    except ValueError:
        return None


def own(every: QuerySet[Any], key: str) -> Any:
    """What a signed link is of; nothing once it or the address that it was mailed to is gone."""
    found = every.filter(pk=key_of(key)).first()
    return found if found and found.submitter and not found.submitter.erased_at else None
