"""Work that waits: queued in the transaction that asks for it, done by ``thuis live work``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from thuis.live.models import Job

Doer = Callable[[Mapping[str, Any]], object]
DOERS: dict[str, Doer] = {}
"""What does each kind of work."""
STALE = timedelta(minutes=15)
"""After so long somebody who took a job is taken to have died."""


def doer(kind: str) -> Callable[[Doer], Doer]:
    """Register who does a kind of work."""

    def register(function: Doer) -> Doer:
        DOERS[kind] = function
        return function

    return register


def queue(kind: str, once: str, due: datetime | None = None, /, **payload: Any) -> Job:
    """Ask for work; the same work (``once``) is queued one time only."""
    job, _ = Job.objects.get_or_create(
        once=once, defaults={"kind": kind, "payload": payload, "due_at": due or timezone.now()}
    )
    return job


def work(most: int = 1000, now: datetime | None = None) -> tuple[int, int]:
    """Do what is due; how many were done, and how many failed and are tried again later."""
    done = failed = 0
    for _ in range(most):
        job = _take(now or timezone.now())
        if job is None:
            break
        try:
            DOERS[job.kind](job.payload)
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
        free = Q(taken_at=None) | Q(taken_at__lt=now - STALE)
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
    """Later again: after a minute, two, four, at most six hours."""
    wait = timedelta(minutes=min(2 ** min(job.tries - 1, 9), 360))
    told = f"{type(error).__name__}: {error}"[:300]
    Job.objects.filter(pk=job.pk).update(taken_at=None, due_at=timezone.now() + wait, fault=told)
