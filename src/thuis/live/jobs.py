"""Work that waits: queued in the transaction that asks for it, done by ``thuis live work``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from thuis.live.models import Job

Work = Callable[[Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Doer:
    """What does a kind of work, how often it is tried, and what happens when it is given up."""

    do: Work
    most: int | None
    gave_up: Work | None


DOERS: dict[str, Doer] = {}
GAVE_UP = "gave up"
_ADDRESS = re.compile(r"\S+@\S+")
STALE = timedelta(minutes=15)
"""After so long somebody who took a job is taken to have died."""


def doer(kind: str, most: int | None = None, gave_up: Work | None = None) -> Callable[[Work], Work]:
    """Register who does a kind of work; without ``most`` it is tried until it is done."""

    def register(function: Work) -> Work:
        DOERS[kind] = Doer(function, most, gave_up)
        return function

    return register


def queue(kind: str, once: str, due: datetime | None = None, /, **payload: Any) -> Job:
    """Ask for work; the same work (``once``) is queued one time only."""
    job, _ = Job.objects.get_or_create(
        once=once, defaults={"kind": kind, "payload": payload, "due_at": due or timezone.now()}
    )
    return job


def failing() -> QuerySet[Job]:
    """Work that went wrong and is tried again, or was given up."""
    return Job.objects.exclude(fault="")


def work(most: int = 1000, now: datetime | None = None) -> tuple[int, int]:
    """Do what is due; how many were done, and how many failed and are tried again later."""
    done = failed = 0
    for _ in range(most):
        job = _take(now or timezone.now())
        if job is None:
            break
        try:
            DOERS[job.kind].do(job.payload)
        except Exception as error:
            failed += 1
            _again(job, error)
        else:
            done += 1
            Job.objects.filter(pk=job.pk).update(done_at=timezone.now(), taken_at=None, fault="", payload={})
    return done, failed


def _take(now: datetime) -> Job | None:
    """The next job, marked as taken, so that two workers never do the same."""
    with transaction.atomic():
        # Taken in the future: the clock was set back since.
        free = Q(taken_at=None) | Q(taken_at__lt=now - STALE) | Q(taken_at__gt=now + STALE)
        job = (
            Job.objects.select_for_update()
            .filter(free, done_at=None, due_at__lte=now)
            .order_by("due_at", "pk")
            .first()
        )
        if job:
            job.taken_at = now
            job.tries += 1
            job.save(update_fields=["taken_at", "tries"])
        return job


def _again(job: Job, error: Exception) -> None:
    """Later again: after a minute, two, four, at most six hours; or not, when it was tried often enough."""
    # A mail server repeats the address that it refuses.
    told = _ADDRESS.sub("-", f"{type(error).__name__}: {error}")[:280]
    now, own, by = timezone.now(), Job.objects.filter(pk=job.pk), DOERS[job.kind]
    if by.most and job.tries >= by.most:
        with transaction.atomic():
            if by.gave_up:
                by.gave_up({**job.payload, "fault": told})
            own.update(taken_at=None, done_at=now, fault=f"{GAVE_UP}: {told}", payload={})
        return
    wait = timedelta(minutes=min(2 ** min(job.tries - 1, 9), 360))
    own.update(taken_at=None, due_at=now + wait, fault=told)
