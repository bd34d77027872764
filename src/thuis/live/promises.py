"""Promises that visitors propose for the ledger, in the ledger's own columns."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from thuis.dossier.ledger.model import COLUMNS, KINDS, Entry
from thuis.dossier.ledger.table import read_ledger, write_rows
from thuis.errors import ThuisError
from thuis.live import log
from thuis.live.models import PromiseProposal, User
from thuis.live.post import tell
from thuis.live.received import confirmed, keep_until, locked, received, sender_of
from thuis.live.refused import RefusedError, because, late
from thuis.tables import as_csv

State = PromiseProposal.State
ASKED = ("text", "kind", "who", "to", "date", "debate", "due", "term", "letter", "where", "sentence")


def typed(given: Mapping[str, str]) -> dict[str, str]:
    """The fields of a proposal as they were sent."""
    return {name: " ".join(given.get(name, "").split())[:2000] for name in ASKED}


def wrong(fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field: the ledger's own reader looks at it."""
    found = {name: "empty" for name in ("text", "sentence", "letter") if not fields[name]}
    if fields["kind"] not in KINDS:
        found["kind"] = "unknown"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "commitments.csv"
        write_rows(path, [_entry(fields, "tz-new")], COLUMNS)
        try:
            read_ledger(path)
        except ThuisError as error:
            for each in error.problems:
                name = each.where.key if each.where and each.where.key in ASKED else "text"
                found.setdefault(name, each.what)
    return found


@transaction.atomic
def propose(fields: Mapping[str, str], email: str, language: str) -> PromiseProposal:
    """Take a proposal, and mail the link by which its sender confirms it."""
    sender = sender_of(email, language)
    made = PromiseProposal.objects.create(entry=dict(fields), submitter=sender)
    received(made, "promise", "proposed", fields["text"][:80])
    return made


@transaction.atomic
def confirm(key: object) -> None:
    """Confirm that one proposed it."""
    confirmed(locked(PromiseProposal, key), "promise")


@transaction.atomic
def decide(key: object, by: User, yes: bool, reason: str, fields: Mapping[str, str]) -> PromiseProposal:
    """Take a promise into the ledger, as the editor left its words, or refuse it."""
    found = locked(PromiseProposal, key)
    if found.state != State.WAITING:
        raise late(found.state)
    if yes and (faults := wrong(fields)):
        told = "; ".join(f"{name}: {what}" for name, what in faults.items())
        raise RefusedError("decided.not", f"it cannot enter the ledger: {told}", fields=faults)
    if not yes:
        because(reason)
    found.entry = dict(fields) if yes else found.entry
    found.state = State.ACCEPTED if yes else State.REFUSED
    found.decided_at, found.decided_by, found.reason = timezone.now(), by, reason
    found.save()
    what = "accept" if yes else "refuse"
    log.write(f"user {by.pk}", what, f"promise {found.pk}")
    name = str(found.entry["text"])[:80]
    tell(found.submitter, f"promise-{what}", "promise", found.pk, "decided", name=name, reason=reason or "-")
    keep_until(found.submitter, settings.LIVE.keep.submitter)
    return found


def entries() -> list[Entry]:
    """The accepted promises as lines of the ledger, the oldest decision first."""
    accepted = PromiseProposal.objects.filter(state=State.ACCEPTED).order_by("decided_at", "pk")
    return [_entry(each.entry, _id(each)) for each in accepted]


def as_ledger() -> str:
    """The same as the project's own ``commitments.csv``."""
    return as_csv(map(asdict, entries()), COLUMNS, guarded=True)


def _entry(fields: Mapping[str, str], own: str) -> Entry:
    asked: dict[str, Any] = {name: fields[name] for name in ASKED if name != "text"}
    return replace(Entry(own, fields["text"] or "?"), **asked)


def _id(each: PromiseProposal) -> str:
    day = str(each.entry.get("date") or f"{each.made_at:%Y-%m-%d}").replace("-", "")
    return f"tz-{day}-{each.pk.hex[:8]}"
