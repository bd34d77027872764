"""The log that only grows, and the work that waits to be done."""

from __future__ import annotations

from django.db import models


class LogEntry(models.Model):
    """One thing that happened. The database refuses to change or remove it (triggers of migration 0002).

    It names people by number only, so that erasing somebody leaves it whole. ``digest`` covers the entry and
    the digest before it: an entry that somebody changed around the triggers shows.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"


class LogHead(models.Model):
    """The digest of the last entry: one row, locked by who writes the next."""

    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return self.digest


class Job(models.Model):
    """Something to do at or after a moment: mail, a reminder, deletion, publication.

    ``once`` names the work: the same work is never queued twice.
    """

    kind = models.CharField(max_length=30)
    once = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, db_index=True)
    fault = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.once}"
