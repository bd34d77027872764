"""Initiatives that came in by way of the service: each version that was accepted, and each submission."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from thuis.live.models.people import Organisation, Submitter


class Initiative(models.Model):
    """One initiative that the service added or changed; what it holds is its current version.

    ``withdrawn`` ones are left out of the directory, also when the monitor brings them along.
    """

    key = models.CharField(max_length=200, unique=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True)
    current = models.ForeignKey("Version", models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return self.key


class Version(models.Model):
    """What an initiative held from a moment on."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    record = models.JSONField()
    submission = models.ForeignKey("Submission", models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("initiative", "number"), name="a_version_has_its_number"),
        )

    def __str__(self) -> str:
        return f"{self.initiative} {self.number}"


class Submission(models.Model):
    """What somebody sent in: a new initiative or a correction, as the cells of the directory's table."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        WAITING = "waiting"
        ASKED = "asked"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        MERGED = "merged"
        WITHDRAWN = "withdrawn"
        APPEALED = "appealed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    corrects = models.CharField(max_length=200, blank=True)
    cells = models.JSONField()
    kind = models.CharField(max_length=40, blank=True)
    submitter = models.ForeignKey(
        Submitter, models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=20, choices=State.choices, default=State.UNCONFIRMED, db_index=True)
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    appeal = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True)

    def __str__(self) -> str:
        return f"submission {self.pk}"


class Decision(models.Model):
    """What a moderator decided of a submission, and why; kept also when the submitter is not."""

    class What(models.TextChoices):
        ACCEPT = "accept"
        REFUSE = "refuse"
        ASK = "ask"
        MERGE = "merge"
        UNDO = "undo"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="decisions")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    criteria = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.what} {self.submission_id}"
