"""What somebody sends without an account, whatever it is: confirmed by a signed link, or forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from thuis.live import erased, log, outgoing
from thuis.live.jobs import doer, queue
from thuis.live.models import Comment, PromiseProposal, Submission, Submitter
from thuis.live.post import tell, unasked

Sent = Submission | Comment | PromiseProposal
Kind = TypeVar("Kind", Submission, Comment, PromiseProposal)
A_DAY = 20
"""Mails a day to an address of which nobody confirmed anything."""
UNCONFIRMED, WAITING = Submission.State.UNCONFIRMED, Submission.State.WAITING


def sender_of(email: str, language: str, *, remind: bool = False) -> Submitter:
    """Somebody who sends one thing; who sends two is two, so that nobody learns who sent both."""
    return Submitter.objects.create(email=email, language=language, remind=remind)


def locked(model: type[Kind], key: object) -> Kind:
    """One of what was sent, that nobody else changes until the transaction ends."""
    found: Kind = model.objects.select_for_update(of=("self",)).select_related("submitter").get(pk=key)
    return found


def received(made: Sent, kind: str, did: str, name: str, **detail: Any) -> None:
    """Mail the link by which a sender confirms what came in, and plan that it is forgotten otherwise.

    :param kind: what it is, in its link and in the log.
    :param name: by which its sender knows it.
    """
    log.write(who(made.submitter), did, f"{kind} {made.pk}", **detail)
    tell(made.submitter, "confirm", kind, made.pk, "first", _in_turn(made.submitter), name=unasked(name))
    keep_until(made.submitter, settings.LIVE.keep.unconfirmed)


def _in_turn(sender: Submitter | None) -> datetime:
    """When to mail somebody who has not confirmed anything yet: anybody can have us write to anybody.

    What an address gets beyond :data:`A_DAY` comes on later days, until it is forgotten unconfirmed.
    """
    same = {"submitter__email__iexact": sender.email if sender else "", "state": UNCONFIRMED}
    waiting = sum(each.objects.filter(**same).count() for each in (Submission, Comment, PromiseProposal))
    return timezone.now() + timedelta(days=max(0, waiting - 1) // A_DAY)


def confirmed(found: Sent, kind: str) -> bool:
    """Confirm that one sent something: whether that changed anything."""
    if found.state != UNCONFIRMED:
        return False
    found.state = WAITING
    found.save()
    keep_until(found.submitter, None)
    log.write(who(found.submitter), "confirmed", f"{kind} {found.pk}")
    return True


def who(sender: Submitter | None) -> str:
    """A sender as the log names one: by number."""
    return f"submitter {sender.pk}" if sender else "submitter"


def keep_until(submitter: Submitter | None, days: int | None) -> None:
    """Keep an address so many days from now, or, without a number, until there is a decision."""
    if submitter:
        until = None if days is None else timezone.localdate() + timedelta(days=days)
        submitter.delete_after = until
        submitter.save(update_fields=["delete_after"])
        if until:
            moment = timezone.make_aware(datetime.combine(until, time(3)))
            queue("erase", f"erase submitter {submitter.pk} {until}", moment, submitter=submitter.pk)


@doer("erase")
def erase_due(payload: Mapping[str, Any]) -> None:
    """Delete the address of a submitter whose day has come."""
    found = Submitter.objects.filter(pk=payload["submitter"]).first()
    if found and found.delete_after and found.delete_after <= timezone.localdate():
        erase(found, "the days after the decision have passed")


@transaction.atomic
def erase(found: Submitter, why: str, actor: str = "system", *, asked: bool = False) -> None:
    """Delete a submitter's address, and what nobody confirmed with it; what was decided stays without it."""
    erased.remember(found, asked=asked)
    outgoing.forget(found.email)
    for model in (Submission, Comment, PromiseProposal):
        model.objects.filter(submitter=found, state=UNCONFIRMED).delete()
    found.email, found.erased_at, found.delete_after, found.remind = "", timezone.now(), None, False
    found.save()
    log.write(actor, "erased", f"submitter {found.pk}", why=why)


@doer("forget")
def forget(payload: Mapping[str, Any]) -> None:
    """Remove what nobody confirmed; versions before this one queued it apart from the address."""
    found = Submission.objects.filter(pk=payload["submission"], state=UNCONFIRMED).first()
    if found and found.submitter:
        erase(found.submitter, "never confirmed")
