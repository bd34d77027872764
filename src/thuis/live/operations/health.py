"""Whether the service is well, in words for a probe and in numbers for Prometheus."""

from __future__ import annotations

import hmac
import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.views.decorators.http import require_safe

from thuis.live.jobs import failing
from thuis.live.models import Change, Comment, Job, LogEntry, PromiseProposal, Role, Submission

LATE = timedelta(minutes=15)
AHEAD = timedelta(minutes=5)
SPACE = 100_000_000
TOKEN_VARIABLE = "THUIS_LIVE_METRICS_TOKEN"
PASSED_ON = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "client-ip",
    "true-client-ip",
    "cf-connecting-ip",
)
NEEDED = ("database", "tables", "pages")
"""Without these it cannot do its work; the others are for an administrator to look at."""


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while it can do its work, 503 when not; per part ``pass``, ``warn`` or ``fail``.

    Who may not see numbers hears only whether it works: a part that warns tells that somebody appealed.
    """
    found = state()
    worst = "fail" if "fail" in found.values() else "warn" if "warn" in found.values() else "pass"
    told = {"status": worst, "checks": found} if _may(request) else {"status": _outward(worst)}
    body = json.dumps(told) + "\n"
    return HttpResponse(body, status=503 if worst == "fail" else 200, content_type="application/health+json")


def _outward(worst: str) -> str:
    return worst if worst == "fail" else "pass"


def state() -> dict[str, str]:
    """Each part and how it is."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _database,
        "tables": _tables,
        "pages": (settings.PUBLIC / "data" / "monitor.json").is_file,
        "disk": lambda: shutil.disk_usage(settings.HOME).free >= SPACE,
        "work": lambda: _overdue() < LATE,
        "clock": _clock,
        "moderators": _moderated,
    }
    return {name: _told(name, check) for name, check in checks.items()}


def _told(name: str, check: Callable[[], bool]) -> str:
    bad = "fail" if name in NEEDED else "warn"
    try:
        return "pass" if check() else bad
    except (DatabaseError, OSError):
        return bad


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _tables() -> bool:
    return _migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Those of this version: on the disk, and the same until it is started anew."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _overdue() -> timedelta:
    """How long the oldest work that is due has waited."""
    now = timezone.now()
    oldest = Job.objects.filter(done_at=None, due_at__lte=now).aggregate(at=Min("due_at"))["at"]
    return now - oldest if oldest else timedelta()


def _clock() -> bool:
    last = LogEntry.objects.order_by("-pk").first()
    return last is None or last.at <= timezone.now() + AHEAD


def _moderated() -> bool:
    """Whether there is somebody for all that waits; an appeal wants somebody else than who decided."""
    open_ = Submission.objects.filter(state__in=(Submission.State.WAITING, Submission.State.APPEALED))
    roles = Role.objects.filter(name=Role.Name.MODERATOR, user__is_active=True)
    for of, state in open_.values_list("organisation", "state").distinct().order_by():
        able = roles.filter(Q(organisation=None) | Q(organisation=of)).values("user").distinct()
        if able.count() < (2 if state == Submission.State.APPEALED else 1):
            return False
    return True


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus: with the token of the environment, or without one from this machine."""
    return HttpResponse(numbers(), content_type="text/plain; version=0.0.4") if _may(request) else _nothing()


def _nothing() -> HttpResponse:
    return HttpResponseNotFound("404: thuis", content_type="text/plain")


def _may(request: HttpRequest) -> bool:
    token = os.environ.get(TOKEN_VARIABLE, "")
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    own = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1", "")
    # Who is behind a proxy that does not tell of them comes from this machine, too.
    untold = settings.LIVE.secure and not settings.LIVE.proxies
    return own and not untold and not any(_passed_on(name) for name in request.headers)


def _passed_on(header: str) -> bool:
    """Whether a header is one by which a proxy tells of whom it asks for."""
    return header.lower().startswith("x-forwarded") or header.lower() in PASSED_ON


def numbers() -> str:
    """All numbers, one a line. None is of a person."""
    rows: list[tuple[str, str, float]] = [
        ("thuis_up", f'{{part="{name}"}}', float(how == "pass")) for name, how in state().items()
    ]
    for name, model in (
        ("submissions", Submission),
        ("comments", Comment),
        ("promises", PromiseProposal),
    ):
        for row in model.objects.order_by().values("state").annotate(n=Count("pk")):
            rows.append((f"thuis_{name}", f'{{state="{row["state"]}"}}', row["n"]))
    waiting = Job.objects.filter(done_at=None)
    rows += [
        ("thuis_jobs_waiting", "", waiting.count()),
        ("thuis_jobs_failing", "", waiting.exclude(fault="").count()),
        ("thuis_jobs_given_up", "", failing().exclude(done_at=None).count()),
        ("thuis_job_overdue_seconds", "", _overdue().total_seconds()),
        ("thuis_log_entries_total", "", LogEntry.objects.count()),
        ("thuis_changes_total", "", Change.objects.count()),
        ("thuis_disk_free_bytes", "", shutil.disk_usage(settings.HOME).free),
    ]
    return "".join(
        f"{name}{label} {value:g}\n" if value < 1e6 else f"{name}{label} {value:.0f}\n"
        for name, label, value in rows
    )
