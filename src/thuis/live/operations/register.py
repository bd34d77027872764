"""The register of stored fields, from the models themselves: what each holds, of whom, for how long."""

from __future__ import annotations

import inspect

from django.apps import apps
from django.conf import settings
from django.db import models

HEAD = """# What the live service stores

Made from its models by `thuis live fields FOLDER`; nothing is stored that is not here. *Of a person* says
whom a field tells of, and when it goes. Days are those of `[keep]` in `live.toml`.
"""
ADDRESS = "submitter; emptied {submitter} days after the decision, {unconfirmed} days when never confirmed"
STAFF = "staff; with the account (`thuis live erase`)"
TEXT = "may name somebody: kept with the decision, which is archived"
PERSONAL = {
    "live.Submitter.email": ADDRESS,
    "live.Submitter.language": "submitter; a number without the address tells of nobody",
    "live.Submission.cells": "whom to call, as published; withdraw or correct the initiative",
    "live.Version.record": "whom to call, as published; withdraw or correct the initiative",
    "live.Submission.question": TEXT,
    "live.Submission.answer": TEXT,
    "live.Submission.appeal": TEXT,
    "live.Decision.reason": TEXT,
    "live.Comment.name": "the name somebody chose to show; emptied by `thuis live erase`",
    "live.Comment.text": TEXT,
    "live.Comment.reason": TEXT,
    "live.Answer.text": TEXT,
    "live.PromiseProposal.entry": "members and ministers, as in the public record",
    "live.PromiseProposal.reason": TEXT,
    "live.ScreeningKept.name": "the name of a file; {screening} days",
    "live.ScreeningKept.result": "sentences of a document, at its sender's wish; {screening} days",
    "live.Job.payload": "submitter, by number; emptied when it is done",
    "live.LogEntry.actor": "by number; kept, and names nobody once the account or address is erased",
    "live.LogEntry.subject": "by number; kept, and names nobody once the account or address is erased",
    "live.User.username": STAFF,
    "live.User.first_name": STAFF,
    "live.User.last_name": STAFF,
    "live.User.email": STAFF,
    "live.User.password": "staff; hashed with scrypt",
    "live.User.last_login": STAFF,
}
OTHERS = {
    "account": STAFF,
    "mfa": "staff; encrypted with the service's key, with the account",
    "socialaccount": STAFF,
    "axes": "who failed to sign in, with address; an hour counts, `axes_reset_logs` empties",
    "admin": STAFF,
    "sessions": "staff; at most eight hours",
}


def register() -> str:
    """The register as Markdown."""
    keep = settings.LIVE.keep.model_dump()
    parts = [HEAD]
    for model in sorted(
        apps.get_models(), key=lambda each: (each._meta.app_label != "live", each._meta.label)
    ):
        said = (inspect.getdoc(model) or "").partition("\n\n")[0]
        # Django gives a model without words its name and fields: that is no description.
        about = "" if said.startswith(f"{model.__name__}(") else f"{' '.join(said.split())}\n\n"
        rows = [
            f"| `{each.name}` | {type(each).__name__} | {_of(model, each).format(**keep)} |"
            for each in model._meta.local_fields
        ]
        table = "\n".join(["| field | kind | of a person |", "|---|---|---|", *rows])
        parts.append(f"\n## {model._meta.label}\n\n{about}{table}\n")
    return "".join(parts)


def _of(model: type[models.Model], field: models.Field) -> str:  # type: ignore[type-arg]
    known = PERSONAL.get(f"{model._meta.label}.{field.name}", "")
    other = OTHERS.get(model._meta.app_label, "")
    if known:
        return known
    if field.primary_key or isinstance(field, models.BooleanField):
        return "no"
    pointed = field.related_model._meta.model_name if field.related_model and field.is_relation else ""  # type: ignore[union-attr]
    if pointed in ("user", "submitter"):
        return f"{pointed}, by number"
    return other or "no"
