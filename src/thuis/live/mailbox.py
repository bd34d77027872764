"""The address for mail that somebody gives in a form."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest


def mail_of(request: HttpRequest) -> str:
    """The address that was given, or nothing when it is none."""
    text = request.POST.get("submitter", "").strip()
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""
