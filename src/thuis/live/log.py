"""Write to the log that only grows, and check that nobody changed it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from thuis.live.models import LogEntry, LogHead


def write(actor: str, what: str, subject: str, **detail: Any) -> LogEntry:
    """Add an entry. ``actor`` and ``subject`` name people by number: ``user 3``, ``submitter 12``."""
    with transaction.atomic():
        LogHead.objects.get_or_create(pk=1)
        head = LogHead.objects.select_for_update().get(pk=1)
        at = timezone.now()
        digest = _digest(head.digest, at, actor, what, subject, detail)
        entry = LogEntry.objects.create(
            at=at, actor=actor, what=what, subject=subject, detail=detail, digest=digest
        )
        head.digest = digest
        head.save(update_fields=["digest"])
    return entry


def _digest(before: str, at: datetime, actor: str, what: str, subject: str, detail: Mapping[str, Any]) -> str:
    moment = at.astimezone(UTC).isoformat()
    told = json.dumps([before, moment, actor, what, subject, detail], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def changed() -> Iterator[int]:
    """The numbers of entries that do not follow from those before them; the number after the last is given
    when entries at the end are gone."""
    before, last = "", 0
    for each in LogEntry.objects.order_by("pk").iterator():
        if each.digest != _digest(before, each.at, each.actor, each.what, each.subject, each.detail):
            yield each.pk
        before, last = each.digest, each.pk
    head = LogHead.objects.filter(pk=1).first()
    if (head.digest if head else "") != before:
        yield last + 1
