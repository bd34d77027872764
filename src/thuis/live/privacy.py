"""What the law asks: say what is stored, give it to whom it is about, and delete it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models, transaction
from django.utils import timezone

from thuis.live import log
from thuis.live.models import Comment, PromiseProposal, Submission, Submitter
from thuis.live.submissions import erase as erase_one

PERSONAL = {
    "Submitter.email": "a submitter's address; deleted {submitter} days after the decision, or on request",
    "Submission.cells": "what is published; may name a contact, with that person's consent",
    "Submission.answer": "free text of a submitter",
    "Submission.appeal": "free text of a submitter",
    "Version.record": "what was published; may name a contact, with that person's consent",
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
        "(encrypted) and failed attempts to sign in (deleted by `thuis live work`).",
    ]
    table = ""
    for name, what, field, kind, told in register():
        if name != table:
            lines += ["", f"## {name}", "", what, "", "| field | type | of a person |", "|---|---|---|"]
            table = name
        lines.append(f"| {field} | {kind} | {told or '-'} |")
    return "\n".join(lines) + "\n"


def tidy() -> None:
    """Remove sessions that ended, and attempts to sign in that are older than a day."""
    call_command("clearsessions")
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=1)).delete()
    AccessLog.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=30)).delete()


def of(email: str) -> list[Submitter]:
    """Everything known under an address."""
    return list(Submitter.objects.filter(email__iexact=email).order_by("pk"))


def export(email: str) -> dict[str, Any]:
    """All that is stored under an address, for the person it is of."""
    found = of(email)
    return {
        "email": email,
        "submitters": [_plain(each) for each in found],
        "submissions": [_plain(each) for each in Submission.objects.filter(submitter__in=found)],
        "promises": [_plain(each) for each in PromiseProposal.objects.filter(submitter__in=found)],
        "comments": [_plain(each) for each in Comment.objects.filter(submitter__in=found)],
    }


def _plain(row: models.Model) -> dict[str, Any]:
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


@transaction.atomic
def erase(email: str) -> int:
    """Delete an address wherever it is stored, and the name beside comments; how many places."""
    found = of(email)
    for each in found:
        Comment.objects.filter(submitter=each).exclude(name="").update(name="")
        erase_one(each, "asked by the person", "data officer")
    if found:
        log.write("data officer", "erased on request", f"{len(found)} submitters")
    return len(found)
