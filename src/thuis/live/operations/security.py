"""``/.well-known/security.txt``: whom to tell of a weakness (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from thuis.language import LANGUAGES
from thuis.live.published import missing

DAYS = 180


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell; nothing when the administrator named nobody."""
    contact: str = settings.LIVE.security_contact
    if not contact:
        return missing()
    own = contact if ":" in contact.partition("@")[0] else f"mailto:{contact}"
    until = datetime.combine(timezone.localdate() + timedelta(days=DAYS), time(), UTC)
    address = settings.LIVE.address.rstrip("/")
    body = (
        f"Contact: {own}\nExpires: {until.isoformat().replace('+00:00', 'Z')}\n"
        f"Preferred-Languages: {', '.join(LANGUAGES)}\nCanonical: {address}/.well-known/security.txt\n"
    )
    return HttpResponse(body, content_type="text/plain; charset=utf-8")
