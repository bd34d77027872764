"""All that is kept of one person, and its erasure (AVG, articles 15 and 17)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib.admin.models import LogEntry as Done
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from thuis.errors import ThuisError
from thuis.live import erased, log, outgoing
from thuis.live.models import Comment, Job, LogEntry, ScreeningKept, Submitter, User
from thuis.live.received import erase as forget_address

_SECRET = ("password", "data", "session_key", "session_data")


def found(person: str) -> list[models.Model]:
    """Accounts and submitters that a person is: by address for mail, or ``user 3``, ``submitter 12``.

    :raises ThuisError: when there is nobody.
    """
    people: list[models.Model] = []
    numbered = re.fullmatch(r"(user|submitter) ([0-9]{1,18})", person)
    if numbered:
        model: Any = {"user": User, "submitter": Submitter}[numbered[1]]
        people += model.objects.filter(pk=int(numbered[2]))
    else:
        wanted = person.strip().lower()
        submitters = Submitter.objects.annotate(lower=Lower("email")).filter(lower=wanted)
        users = User.objects.annotate(mail=Lower("email"), name=Lower("username"))
        people += [*submitters, *users.filter(Q(mail=wanted) | Q(name=wanted))] if wanted else []
    if not people:
        expected = "an address for mail, 'user 3' or 'submitter 12'"
        raise ThuisError(f"nothing is kept of {person!r}", expected=expected)
    return people


def export(person: str) -> str:
    """Everything kept of a person, as JSON: their rows, what hangs on them, and what the log says of them.

    Passwords and second factors are not in it: they are secrets, not knowledge of somebody.
    """
    addresses: set[str] = set()
    told: dict[str, Any] = {"person": person, "rows": [], "log": [], "mail_waiting": []}
    for each in found(person):
        told["rows"] += list(_rows(each))
        name = f"{each._meta.model_name} {each.pk}"
        entries = LogEntry.objects.filter(Q(actor=name) | Q(subject=name)).order_by("pk")
        told["log"] += [{"at": e.at, "actor": e.actor, "what": e.what, "subject": e.subject} for e in entries]
        if isinstance(each, Submitter):
            waiting = Job.objects.filter(kind="mail", done_at=None, payload__to=each.pk)
            told["mail_waiting"] += [{"due_at": job.due_at, **job.payload} for job in waiting]
            addresses.add(each.email.casefold())
        if isinstance(each, User):
            for model in (AccessAttempt, AccessLog):
                told["rows"] += [
                    row for a in model.objects.filter(username=each.username) for row in _rows(a)
                ]
    told["mail_kept"] = [mail for address in sorted(addresses) for mail in outgoing.kept(address)]
    return json.dumps(told, indent=1, ensure_ascii=False, default=str) + "\n"


def _rows(person: models.Model) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, Any]] = set()
    waiting: list[models.Model] = [person]
    while waiting:
        row = waiting.pop(0)
        if (row._meta.label, row.pk) in seen:
            continue
        seen.add((row._meta.label, row.pk))
        told = json.loads(serializers.serialize("json", [row]))[0]
        told["fields"] = {k: v for k, v in told["fields"].items() if k not in _SECRET}
        yield told
        if row is person or not isinstance(person, User):
            waiting += _hanging(row)


def _hanging(row: models.Model) -> Iterator[models.Model]:
    """Rows that point at a row."""
    for relation in row._meta.related_objects:
        related: Any = relation.related_model
        if relation.field.concrete and not relation.many_to_many:
            yield from related._base_manager.filter(**{relation.field.name: row.pk})


@transaction.atomic
def erase(person: str) -> list[str]:
    """Erase a person: the address, the name with comments, mail that waits; an account with its roles.

    What was decided and why stays, and names nobody: the log and decisions know people by number. What an
    initiative says in public of whom to call is the directory's; withdraw or correct the initiative for that.

    :returns: what was erased.
    """
    return [_erase(each, "the person asked") for each in found(person)]


@transaction.atomic
def erase_again(noted: Mapping[str, bool]) -> list[str]:
    """Erase who was erased since a copy was made that was put back.

    :param noted: what :func:`thuis.live.erased.noted` read.
    :returns: what was erased.
    """
    why, done = "erased before an older copy was put back", []
    for model in (Submitter, User, ScreeningKept):
        for each in model._base_manager.order_by("pk"):
            asked = noted.get(erased.digest(each))
            if asked is None or getattr(each, "erased_at", None):
                continue
            if isinstance(each, ScreeningKept):
                done.append(f"screening {each.pk}")
                each.delete()
            elif isinstance(each, Submitter) and not asked:
                done.append(f"submitter {each.pk}")
                forget_address(each, why, "admin")
            else:
                done.append(_erase(each, why))
    return done


def _erase(each: models.Model, why: str) -> str:
    name = f"{each._meta.model_name} {each.pk}"
    if isinstance(each, Submitter):
        Comment.objects.filter(submitter=each).update(name="")
        Job.objects.filter(kind="mail", done_at=None, payload__to=each.pk).delete()
        forget_address(each, why, "admin", asked=True)
    elif isinstance(each, User):
        erased.remember(each, asked=True)
        outgoing.forget(each.email)
        for model in (AccessAttempt, AccessLog):
            model.objects.filter(username=each.username).delete()
        # What an admin did with the account is remembered with the name it had then.
        kind = ContentType.objects.get_for_model(User)
        Done.objects.filter(content_type=kind, object_id=str(each.pk)).update(object_repr=name)
        each.delete()
        log.write("admin", "erased", name, why=why)
    return name
