"""What the law asks: say what is stored, and remove what is no longer needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

PERSONAL = {
    "Submitter.email": "a submitter's address; deleted {submitter} days after the decision, or on request",
    "Submission.cells": "what is published; may name a contact, with that person's consent",
    "Submission.answer": "free text of a submitter",
    "Submission.appeal": "free text of a submitter",
    "Version.record": "what was published; may name a contact, with that person's consent",
    "Submission.question": "free text of a moderator, for the submitter",
    "Decision.reason": "free text of a moderator, for the submitter; archived with the decision",
    "Comment.reason": "free text of a moderator, for the commenter",
    "Answer.text": "published",
    "PromiseProposal.reason": "free text of an editor, for the proposer",
    "LogEntry.subject": "a number: it names nobody once the address is deleted",
    "Comment.text": "published after a check",
    "Comment.name": "published, where somebody gives one",
    "PromiseProposal.entry": "names of public office holders, from a public letter",
    "ScreeningKept.result": "sentences of a text, where asked; deleted after {screening} days, or on request",
    "User.username": "staff; until the account is closed",
    "User.email": "staff; until the account is closed",
    "User.first_name": "staff; until the account is closed",
    "User.last_name": "staff; until the account is closed",
    "User.password": "staff; scrypt, never the password itself",
    "User.last_login": "staff",
    "Job.payload": "numbers of people, never addresses; emptied when done",
    "Change.name": "as published; emptied when it leaves the directory",
    "LogEntry.actor": "a number: it names nobody once the address is deleted",
}
"""Fields that hold or may hold something about a person, and for how long."""


def register() -> Iterator[tuple[str, str, str, str, str]]:
    """Every stored field: table, what the table is for, field, type, and what of a person it may hold."""
    days = {"submitter": settings.LIVE.keep.submitter, "screening": settings.LIVE.keep.screening}
    for model in apps.get_app_config("live").get_models():
        what = (model.__doc__ or "").split("\n\n")[0].replace("\n", " ").strip()
        for field in model._meta.get_fields():
            if isinstance(field, models.Field):
                told = PERSONAL.get(f"{model.__name__}.{field.name}", "").format(**days)
                yield model.__name__, " ".join(what.split()), field.name, type(field).__name__, told


def as_markdown() -> str:
    """The register as a page of the documentation."""
    lines = [
        "# Register of stored fields",
        "",
        "What the live service stores, table by table; `thuis live fields` prints it with the days of your",
        "own configuration. Beside these, Django and its applications store sessions, second factors",
        "(encrypted), failed attempts to sign in, and counts of those under keyed digests (deleted by",
        "`thuis live work`).",
    ]
    table = ""
    for name, what, field, kind, told in register():
        if name != table:
            lines += ["", f"## {name}", "", what, "", "| field | type | of a person |", "|---|---|---|"]
            table = name
        lines.append(f"| {field} | {kind} | {told or '-'} |")
    return "\n".join(lines) + "\n"


def tidy() -> None:
    """Remove sessions that ended, counts that no longer count, and attempts to sign in older than a day."""
    call_command("clearsessions")
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=1)).delete()
    AccessLog.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=30)).delete()
