"""Accounts are for staff, made by command; nobody signs up."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import lazy

from thuis.live.jobs import queue
from thuis.live.pages import has, said, speaking, tongue
from thuis.live.visitors import address

RESET = "account/email/password_reset_key"


class Adapter(DefaultAccountAdapter):
    """Closed for signing up; after signing in, to the staff's own page."""

    error_messages = DefaultAccountAdapter.error_messages | {
        key: lazy(lambda key=key: speaking()(f"account.wrong.{key}"), str)()
        for key in ("username_password_mismatch", "too_many_login_attempts", "incorrect_password")
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            # What cannot be read as an address at all.
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return f"/{request.LANGUAGE_CODE}/live/staff/"

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_: Any,
        message: str | None = None,
        **__: Any,
    ) -> None:
        """In words of the service; what its pages say anyway is not said twice."""
        key = f"account.said.{PurePosixPath(message_template or '').stem}"
        if message or has(key):
            messages.add_message(request, level, message or said(tongue(request))(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the link by which somebody sets another password, the same for whoever has no account.

        Neither how long it takes nor what is written then tells who has one.
        """
        user = context["user"].pk if template_prefix == RESET else 0
        queue("reset", f"reset {uuid4()}", user=user, language=tongue(context["request"]))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{request.LANGUAGE_CODE}/"


class SocialAdapter(DefaultSocialAccountAdapter):
    """Somebody of the identity provider comes in only with an address that has an account here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class MfaAdapter(DefaultMFAAdapter):
    """The second factor is kept encrypted, so that a copy of the database does not give it away."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Any:
    import base64
    import hashlib

    from cryptography.fernet import Fernet
    from django.conf import settings

    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"mfa {settings.SECRET_KEY}".encode()).digest()))
