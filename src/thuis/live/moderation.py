"""What a moderator does with a submission. Each decision remembers what was before, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from thuis.directory.merges import Merge, merged
from thuis.live import log
from thuis.live.catalogue import one, published
from thuis.live.intake import checked
from thuis.live.jobs import queue
from thuis.live.models import Decision, Initiative, Organisation, Submission, User
from thuis.live.organisations import add, named, owner
from thuis.live.post import tell
from thuis.live.received import locked
from thuis.live.refused import RefusedError, because
from thuis.live.staff import Name, holds
from thuis.live.standing import before, restore, seen
from thuis.live.submissions import closing, put, read_of, refuse_unless

What = Decision.What
State = Submission.State
DECIDABLE = (State.WAITING, State.ASKED, State.APPEALED)


@transaction.atomic
def accept(
    key: object,
    by: User,
    criteria: Mapping[str, bool],
    reason: str = "",
    *,
    listed: bool = False,
    as_seen: str = "",
) -> Submission:
    """Take a submission into the directory.

    :param as_seen: what :func:`thuis.live.standing.seen` said when ``by`` read it: another text than that
        is not decided on.
    :param listed: let its organisation be one that others can choose, and roles be given in.
    """
    found = _open(key, by, as_seen)
    original = one(found.corrects) if found.corrects else None
    if found.corrects and original is None:
        step = "refuse it, and say so"
        raise RefusedError("decided.gone", f"{found.corrects!r} left the directory", step)
    made = read_of(found, original)
    if made.record is None or made.wrong:
        wrong = "; ".join(f"{name}: {what}" for name, what in made.wrong.items())
        raise RefusedError("decided.faults", f"it cannot be published: {wrong}", "ask to correct it")
    record = checked(made.record, timezone.localdate(), "moderator", "own submission")
    if original is None:
        record = record.model_copy(update={"id": _free(record.id, found)})
    was = before(found, record.id)
    name = record.organization or ""
    if listed and name and not named(name) and holds(by, Name.MODERATOR, None):
        found.organisation = add(name, found.kind, by)
    found.initiative = put(record.id, record, found)
    _decided(found, State.ACCEPTED, What.ACCEPT, by, reason, criteria, was)
    _tell(found, "accepted", name=record.name)
    return found


@transaction.atomic
def refuse(
    key: object, by: User, criteria: Mapping[str, bool], reason: str, *, as_seen: str = ""
) -> Submission:
    """Keep a submission out, and say why."""
    found = _open(key, by, as_seen)
    because(reason)
    _decided(found, State.REFUSED, What.REFUSE, by, reason, criteria, before(found))
    _tell(found, "refused", reason=reason)
    return found


@transaction.atomic
def ask(
    key: object, by: User, criteria: Mapping[str, bool], question: str, *, as_seen: str = ""
) -> Submission:
    """Ask the submitter something."""
    found = _open(key, by, as_seen)
    because(question)
    was = before(found)
    found.question, found.answer = question, ""
    _decided(found, State.ASKED, What.ASK, by, question, criteria, was)
    _tell(found, "asked", question=question)
    return found


@transaction.atomic
def merge(key: object, by: User, into: str, reason: str = "", *, as_seen: str = "") -> Submission:
    """Say that a submission is of an initiative that is there, which gets what it lacked."""
    found = _open(key, by, as_seen)
    keep = one(into)
    if keep is None:
        raise RefusedError("decided.nowhere", f"{into!r} is not in the directory")
    _moderates(by, owner(keep), f"{into!r} is of another organisation")
    made = read_of(found, None)
    if made.record is None or made.wrong:
        raise RefusedError("decided.faults", "nothing can be taken from it", "refuse it, or ask")
    other = made.record.model_copy(update={"id": "\0other"})
    day = timezone.localdate()
    joined = merged([keep, other], [Merge(into, "\0other", "moderator", day.isoformat(), reason)])[0]
    was = before(found, into)
    found.initiative = put(into, checked(joined, day, "moderator", "own submission"), None)
    _decided(found, State.MERGED, What.MERGE, by, reason, {}, was)
    _tell(found, "merged", other=keep.name)
    return found


@transaction.atomic
def hand(key: object, by: User, to: Organisation | None) -> Submission:
    """Pass a submission on to another organisation, or to who moderates for all of them."""
    found = _open(key, by)
    if to:
        _moderates(by, to, f"{to.key!r} is another organisation")
    found.organisation = to
    found.save(update_fields=["organisation"])
    log.write(_user(by), "passed on", f"submission {found.pk}", to=to.key if to else "")
    return found


@transaction.atomic
def undo(key: object, by: User, reason: str) -> Submission:
    """Put back what was before the last decision that stands."""
    found = _theirs(key, by)
    last = found.decisions.filter(undone=False).exclude(what=What.UNDO).order_by("-pk").first()
    if last is None:
        raise RefusedError("wrong.late", "there is no decision to undo")
    refuse_unless(found, State.ACCEPTED, State.REFUSED, State.MERGED, State.ASKED)
    because(reason)
    last.undone = True
    last.save(update_fields=["undone"])
    restore(found, last.before)
    found.state, found.question, found.answer = (last.before[key] for key in ("state", "question", "answer"))
    found.decided_at, found.initiative_id = None, last.before["initiative"]
    found.save()
    Decision.objects.create(submission=found, what=What.UNDO, by=by, reason=reason)
    entry = log.write(_user(by), "undid", f"submission {found.pk}", decision=last.pk)
    queue("publish", f"publish {entry.pk}")
    _tell(found, "undone", reason=reason)
    return found


def _moderates(by: User, organisation: Organisation | None, otherwise: str) -> None:
    if not holds(by, Name.MODERATOR, organisation):
        step = "pass it on to who moderates for all organisations"
        raise RefusedError("decided.theirs", otherwise, step)


def _theirs(key: object, by: User) -> Submission:
    """A submission that nobody else changes until the transaction ends, if it is still theirs."""
    found = locked(Submission, key)
    if not holds(by, Name.MODERATOR, found.organisation):
        raise RefusedError("decided.theirs", "it is of another organisation", "somebody of that one decides")
    return found


def _open(key: object, by: User, as_seen: str = "") -> Submission:
    found = _theirs(key, by)
    refuse_unless(found, *DECIDABLE)
    if as_seen and as_seen != seen(found):
        raise RefusedError("decided.changed", "its sender changed it since", step="read it again")
    # Whose a record is may have changed after its correction came in.
    original = one(found.corrects) if found.corrects else None
    if original:
        _moderates(by, owner(original), f"{found.corrects!r} is of another organisation")
    if found.state == State.APPEALED:
        first = (
            found.decisions.filter(what__in=(What.REFUSE, What.MERGE), undone=False).order_by("-pk").first()
        )
        if first and first.by_id == by.pk:
            step = "another moderator decides the appeal"
            raise RefusedError("decided.other", "you took the decision that is appealed", step)
    return found


def _decided(
    found: Submission,
    state: str,
    what: str,
    by: User,
    reason: str,
    criteria: Mapping[str, bool],
    was: Mapping[str, Any],
) -> None:
    found.state = state
    found.decided_at = None if what == What.ASK else timezone.now()
    found.save()
    made = found.initiative.current_id if found.initiative else None
    kept = {**was, "made": made}
    Decision.objects.create(
        submission=found, what=what, by=by, reason=reason, criteria=dict(criteria), before=kept
    )
    lacks = sorted(name for name, met in criteria.items() if not met)
    entry = log.write(_user(by), str(what), f"submission {found.pk}", lacks=lacks)
    if what != What.ASK:
        closing(found)
    if what in (What.ACCEPT, What.MERGE):
        queue("publish", f"publish {entry.pk}")


def _free(key: str, found: Submission) -> str:
    """A key that no record has, taken at once: of many who accept the same name each gets another.

    One that this same submission had before its acceptance was undone is its own.
    """
    there = {each.id for each in published()}
    free = (each for each in _numbered(key) if each not in there)
    return next(each for each in free if _taken(each, found))


def _taken(key: str, found: Submission) -> bool:
    made, new = Initiative.objects.get_or_create(key=key)
    others = made.versions.exclude(submission=found).exists()
    return new or not (made.withdrawn or made.current_id or others or not made.versions.exists())


def _numbered(key: str) -> Iterable[str]:
    yield key
    number = 2
    while True:
        yield f"{key}-{number}"
        number += 1


def _tell(found: Submission, what: str, **values: str) -> None:
    named = {"name": str(found.cells.get("name", "")), **values}
    tell(found.submitter, what, "submission", found.pk, str(found.decisions.count()), **named)


def _user(by: User) -> str:
    return f"user {by.pk}"
