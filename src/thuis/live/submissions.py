"""What a submitter does: send in, confirm, correct, answer, appeal, withdraw, say that all still holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from thuis.directory.model import Initiative as Record
from thuis.live import log
from thuis.live.catalogue import one
from thuis.live.intake import Read, checked, corrected, read
from thuis.live.jobs import doer, queue
from thuis.live.models import Initiative, Organisation, Submission, Version
from thuis.live.organisations import named, owner
from thuis.live.post import tell
from thuis.live.received import confirmed, keep_until, locked, received, sender_of, who
from thuis.live.refused import RefusedError, late
from thuis.live.standing import last_accepted, leads, organises, restore

State = Submission.State
OPEN = (State.UNCONFIRMED, State.WAITING, State.ASKED)
APPEALABLE = (State.REFUSED, State.MERGED)


def refuse_unless(found: Submission, *states: str) -> None:
    """Raise when a submission is in none of the states: somebody else was first."""
    if found.state not in states:
        raise late(found.state, *states)


@transaction.atomic
def send_in(
    cells: Mapping[str, str],
    kind: str,
    email: str,
    language: str,
    corrects: str = "",
    remind: bool = False,
    organisation: Organisation | None = None,
) -> Submission:
    """Take a submission, and mail the link by which its sender confirms it.

    :param organisation: whose moderators decide on it; a correction is of whose the record is.
    """
    original = one(corrects) if corrects else None
    sender = sender_of(email, language, remind=remind)
    made = Submission.objects.create(
        cells=dict(cells),
        kind=kind,
        submitter=sender,
        language=language,
        corrects=corrects,
        organisation=owner(original) if original else organisation,
    )
    received(made, "submission", "sent in", cells.get("name", ""), corrects=corrects)
    return made


@transaction.atomic
def confirm(key: object) -> Submission:
    """Confirm that one sent it in; a second time changes nothing."""
    found = locked(Submission, key)
    if confirmed(found, "submission"):
        found.confirmed_at = timezone.now()
        found.save()
    return found


@transaction.atomic
def change(
    key: object, cells: Mapping[str, str], kind: str, organisation: Organisation | None = None
) -> Submission:
    """Correct what one sent in; once it was accepted, that is a new submission to the same initiative."""
    found = locked(Submission, key)
    if found.state in OPEN:
        answered = found.state == State.ASKED
        found.cells, found.kind = dict(cells), kind
        found.organisation = found.organisation if found.corrects else organisation
        found.state = State.WAITING if answered else found.state
        found.save()
        log.write(who(found.submitter), "corrected", f"submission {found.pk}")
        return found
    refuse_unless(found, State.ACCEPTED)
    if not leads(found):
        raise _gone()
    made = Submission.objects.create(
        cells=dict(cells),
        kind=kind,
        submitter=found.submitter,
        language=found.language,
        state=State.WAITING,
        confirmed_at=timezone.now(),
        initiative=found.initiative,
        corrects=found.initiative.key if found.initiative else found.corrects,
        organisation=found.initiative.organisation if found.initiative else found.organisation,
    )
    keep_until(found.submitter, None)
    log.write(who(found.submitter), "sent in", f"submission {made.pk}", corrects=made.corrects)
    return made


@transaction.atomic
def answer(key: object, text: str) -> Submission:
    """Answer a moderator's question."""
    found = locked(Submission, key)
    refuse_unless(found, State.ASKED)
    found.answer, found.state = text, State.WAITING
    found.save()
    log.write(who(found.submitter), "answered", f"submission {found.pk}")
    return found


@transaction.atomic
def appeal(key: object, text: str) -> Submission:
    """Ask that somebody else looks at a refusal."""
    found = locked(Submission, key)
    refuse_unless(found, *APPEALABLE)
    if found.appeal:
        raise RefusedError("wrong.late", "there was an appeal before", step="an appeal is decided once")
    found.appeal, found.state = text, State.APPEALED
    found.save()
    keep_until(found.submitter, None)
    log.write(who(found.submitter), "appealed", f"submission {found.pk}")
    return found


@transaction.atomic
def withdraw(key: object) -> Submission:
    """Take back what one sent in: its initiative leaves the directory, or its correction is undone.

    Only who brought an initiative takes it out: a correction can be of anybody.
    """
    found = locked(Submission, key)
    refuse_unless(found, *OPEN, State.APPEALED, State.ACCEPTED)
    if found.state == State.ACCEPTED and found.initiative:
        if organises(found):
            gone = {"withdrawn": True, "changed_at": timezone.now()}
            Initiative.objects.filter(pk=found.initiative.pk).update(**gone)
        elif accepted := last_accepted(found):
            restore(found, accepted.before)
    found.state, found.decided_at = State.WITHDRAWN, timezone.now()
    found.save()
    entry = log.write(who(found.submitter), "withdrew", f"submission {found.pk}")
    closing(found)
    queue("publish", f"publish {entry.pk}")
    return found


@transaction.atomic
def still_right(key: object) -> Submission:
    """Say that what is published still holds: the record is checked today, and due again in a year."""
    found = locked(Submission, key)
    refuse_unless(found, State.ACCEPTED)
    if found.initiative is None or found.initiative.current is None or not leads(found):
        raise _gone()
    by = found.initiative.current.record["provenance"].get("checked_by") or "organiser"
    record = Record.model_validate(found.initiative.current.record)
    put(found.initiative.key, checked(record, timezone.localdate(), by, "own submission"), found)
    entry = log.write(who(found.submitter), "confirmed the check", f"submission {found.pk}")
    queue("publish", f"publish {entry.pk}")
    return found


def _gone() -> RefusedError:
    return RefusedError("wrong.late", "it is not in the directory")


def put(key: str, record: Record, submission: Submission | None) -> Initiative:
    """Make a record the current version of its initiative, and plan the reminder of its next check."""
    made, _ = Initiative.objects.select_for_update().get_or_create(key=key)
    if made.withdrawn:
        raise _gone()
    number = made.versions.count() + 1
    same = made.current and made.current.record.get("organization") == record.organization
    made.organisation = (same and made.organisation) or named(record.organization or "")
    made.current = Version.objects.create(
        initiative=made, number=number, record=record.model_dump(mode="json"), submission=submission
    )
    made.save()
    due = record.provenance.check_due
    if due and submission:
        moment = timezone.make_aware(datetime.combine(due, time(9)))
        queue("remind", f"remind {key} {due}", moment, submission=str(submission.pk), due=due.isoformat())
    return made


@doer("remind")
def remind(payload: Mapping[str, Any]) -> None:
    """Ask whether a record still holds, unless it was checked since or left the directory."""
    found = Submission.objects.select_related("initiative__current", "submitter").get(
        pk=payload["submission"]
    )
    at = found.initiative
    if at is None or at.withdrawn or at.current is None:
        return
    if at.current.record["provenance"]["check_due"] != payload["due"]:
        return
    tell(found.submitter, "due", "submission", found.pk, str(payload["due"]), name=at.current.record["name"])


def read_of(found: Submission, original: Record | None) -> Read:
    """What a submission says: a new record, or a record with other cells."""
    today = timezone.localdate()
    return corrected(original, found.cells, today) if original else read(found.cells, today)


def closing(found: Submission) -> None:
    """From a decision on the submitter's address is kept some days, or until the yearly question ends."""
    keeps = found.submitter and found.submitter.remind and found.state == State.ACCEPTED
    keep_until(found.submitter, None if keeps else settings.LIVE.keep.submitter)
