"""What changed in the published directory, and who is told of it."""

from __future__ import annotations

import uuid

from django.db import models


class Change(models.Model):
    """One record that was added, changed or removed in what is published; ``digest`` is of what it holds.

    The last one of a record says when it last changed. Rows are only added.
    """

    class What(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        REMOVED = "removed"

    record = models.CharField(max_length=200, db_index=True)
    document = models.CharField(max_length=200, db_index=True)
    name = models.CharField(max_length=300)
    what = models.CharField(max_length=10, choices=What.choices)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.what} {self.record}"


class Webhook(models.Model):
    """An address that is told of changes; its secret follows from the service's own and is not stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    url = models.URLField(max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)
    after = models.BigIntegerField(default=0)
    active = models.BooleanField(default=True)
    fault = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.url
