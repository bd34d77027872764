"""What policy officers keep: screenings they asked to keep, and promises they propose for the ledger."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from thuis.live.models.people import Submitter


class ScreeningKept(models.Model):
    """The result of a screening that somebody asked to keep, until a day; never the document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    result = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    delete_after = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.name


class PromiseProposal(models.Model):
    """A promise that somebody read in a letter; an editor decides whether it enters the ledger."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.JSONField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.UNCONFIRMED, db_index=True)
    submitter = models.ForeignKey(Submitter, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"promise {self.pk}"
