"""Consultation: rounds, comments at a place on a page, and the answers to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from thuis.live.models.people import Organisation, Submitter


class Round(models.Model):
    """A time in which anyone may comment; ``outcome`` says what was done with it, per language."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    intro = models.JSONField(default=dict)
    opens_on = models.DateField()
    closes_on = models.DateField()
    outcome = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="a_round_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.key


class Comment(models.Model):
    """What somebody says of a term, figure, measure or promise, at a place on its page."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        WAITING = "waiting"
        SHOWN = "shown"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="comments")
    page = models.CharField(max_length=300)
    place = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=20)
    text = models.TextField()
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=20, choices=State.choices, default=State.UNCONFIRMED, db_index=True)
    reason = models.TextField(blank=True)
    submitter = models.ForeignKey(Submitter, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Answer(models.Model):
    """The public answer to a comment, and what is done with it."""

    class Done(models.TextChoices):
        CHANGED = "changed"
        WILL_CHANGE = "will-change"
        UNCHANGED = "unchanged"

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="answer")
    text = models.TextField()
    done = models.CharField(max_length=12, choices=Done.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"answer to {self.comment_id}"
