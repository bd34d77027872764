"""A moderator works the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from thuis.directory.merges import alike
from thuis.errors import ThuisError
from thuis.live import moderation
from thuis.live.api.changes import resume
from thuis.live.catalogue import one
from thuis.live.forms import question_groups
from thuis.live.intake import asked_of
from thuis.live.jobs import failing
from thuis.live.log import changed, write
from thuis.live.models import Comment, LogEntry, PromiseProposal, Submission, Webhook
from thuis.live.pages import heard, page, said, show, tongue
from thuis.live.rules import Rule, rules
from thuis.live.served import served
from thuis.live.staff import Name, roles_of, staff, within
from thuis.live.submissions import read_of

State = Submission.State
WAITING = (State.WAITING, State.APPEALED)


@require_GET
@staff()
def home(request: HttpRequest) -> HttpResponse:
    """What waits for whom."""
    own = roles_of(request.user)
    counts = {
        "queue": within(request.user, Submission.objects.all(), Name.MODERATOR)
        .filter(state__in=WAITING)
        .count()
        if Name.MODERATOR in own
        else None,
        "comments": Comment.objects.filter(state=Comment.State.WAITING).count()
        if own & {Name.MODERATOR, Name.EDITOR}
        else None,
        "promises": PromiseProposal.objects.filter(state=PromiseProposal.State.WAITING).count()
        if Name.EDITOR in own
        else None,
        "log": LogEntry.objects.count() if own & {Name.DATA_OFFICER, Name.ADMIN} else None,
        "work": failing().count() + Webhook.objects.filter(active=False).count()
        if own & {Name.DATA_OFFICER, Name.ADMIN}
        else None,
    }
    shown = [(key, count) for key, count in counts.items() if count is not None]
    return show(request, page(request, "staff", "live/staff.html", "staff", counts=shown, own=own))


@require_GET
@staff(Name.MODERATOR)
def queue(request: HttpRequest) -> HttpResponse:
    """Submissions, those that wait longest first."""
    every = within(request.user, Submission.objects.all(), Name.MODERATOR)
    which = request.GET.get("state", "")
    states = [which] if which in State.values else WAITING
    listed = Paginator(every.filter(state__in=states).order_by("made_at"), 50)
    number = request.GET.get("page")
    given = {"rows": listed.get_page(number), "states": State.values, "which": which}
    return show(request, page(request, "staff/queue", "live/queue.html", "queue", **given))


Act = Callable[[Any, Any, dict[str, bool], str, str], Submission]
ACTS: dict[str, Act] = {
    "accept": lambda key, by, met, text, _: moderation.accept(key, by, met, text),
    "refuse": lambda key, by, met, text, _: moderation.refuse(key, by, met, text),
    "ask": lambda key, by, met, text, _: moderation.ask(key, by, met, text),
    "merge": lambda key, by, _, text, into: moderation.merge(key, by, into, text),
    "undo": lambda key, by, _, text, __: moderation.undo(key, by, text),
}


@require_http_methods(["GET", "POST"])
@staff(Name.MODERATOR)
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """One submission: what it says, by what rules it is judged, and the decision."""
    every = within(request.user, Submission.objects.all(), Name.MODERATOR)
    found = get_object_or_404(every, pk=key)
    l = said(tongue(request))
    asked = rules().of(found.kind)
    if request.method == "POST":
        met = {each.id: f"met-{each.id}" in request.POST for each in asked}
        what, text = request.POST.get("do", ""), request.POST.get("text", "").strip()[:4000]
        if what in ACTS:
            try:
                ACTS[what](found.pk, request.user, met, text, request.POST.get("into", ""))
            except ThuisError as error:
                messages.error(request, _told(error, l))
            else:
                messages.success(request, l(f"decided.{what}"))
                return redirect("live:queue")
        return redirect(request.path)
    return show(request, _shown(request, found, asked))


def _told(error: ThuisError, l: Any) -> str:
    """Why a decision cannot be taken: the two that happen to anybody in words of the page."""
    what = error.problems[0].what
    if "without a reason" in what:
        return str(l("decided.because"))
    if what.startswith("you took"):
        return str(l("decided.other"))
    if what.startswith("it is "):
        return str(l("wrong.late"))
    return f"{l('decided.not')} {what}"


def _shown(request: HttpRequest, found: Submission, asked: tuple[Rule, ...]) -> Any:
    language = tongue(request)
    original = one(found.corrects) if found.corrects else None
    read = read_of(found, original)
    there = served().shelf
    close = alike(read.record, there.index.records, there.blocks) if read.record else ()
    near = [
        (each.one, there.index.records[there.by_record[each.one]].name, each)
        for each in close
        if each.one != found.corrects
    ]
    return page(
        request,
        f"staff/queue/{found.pk}",
        "live/decide.html",
        found.cells.get("name", "?"),
        own=found,
        groups=question_groups(found.cells, language),
        before=asked_of(original) if original else None,
        read=read,
        near=near,
        rules=[(each, heard(each.text, language)) for each in asked],
        sort=heard(rules().kinds[found.kind].text, language) if found.kind in rules().kinds else found.kind,
        decisions=found.decisions.select_related("by").order_by("pk"),
        open=found.state in moderation.DECIDABLE,
    )


@require_http_methods(["GET", "POST"])
@staff(Name.DATA_OFFICER, Name.ADMIN)
def work(request: HttpRequest) -> HttpResponse:
    """Work that fails or was given up, and the addresses that are told of changes."""
    if request.method == "POST":
        hook = get_object_or_404(Webhook, pk=request.POST.get("hook"))
        resume(str(hook.pk))
        write(f"user {request.user.pk}", "resumed", f"webhook {hook.pk}")
        messages.success(request, said(tongue(request))("work.resumed"))
        return redirect(request.path)
    hooks = Webhook.objects.order_by("active", "made_at")
    given = {"rows": failing().order_by("-due_at")[:100], "hooks": hooks}
    return show(request, page(request, "staff/work", "live/work.html", "work", **given))


@require_GET
@staff(Name.DATA_OFFICER, Name.ADMIN)
def shown_log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, and whether it is as it was written."""
    listed = Paginator(LogEntry.objects.order_by("-pk"), 100).get_page(request.GET.get("page"))
    wrong = list(changed())
    return show(request, page(request, "staff/log", "live/log.html", "log", rows=listed, changed=wrong))
