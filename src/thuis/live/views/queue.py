"""A moderator works the queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from thuis.directory.merges import alike
from thuis.live import moderation
from thuis.live.catalogue import one
from thuis.live.forms import question_groups, wrong_text
from thuis.live.intake import asked_of
from thuis.live.jobs import failing
from thuis.live.models import Comment, LogEntry, Organisation, PromiseProposal, Submission, Webhook
from thuis.live.organisations import NAME, named, owner
from thuis.live.pages import act, heard, label, said, show, tongue
from thuis.live.rules import Rule, rules
from thuis.live.served import languages, served
from thuis.live.staff import Name, holds, places, roles_of, staff, within
from thuis.live.standing import seen
from thuis.live.submissions import read_of
from thuis.live.views import consulted
from thuis.live.views.faults import attempted

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
        "comments": consulted.of(request).filter(state=Comment.State.WAITING).count()
        if own & {Name.MODERATOR, Name.EDITOR}
        else None,
        "promises": PromiseProposal.objects.filter(state=PromiseProposal.State.WAITING).count()
        if Name.EDITOR in roles_of(request.user, whole=True)
        else None,
        "log": LogEntry.objects.count() if own & {Name.DATA_OFFICER, Name.ADMIN} else None,
        "work": failing().count() + Webhook.objects.filter(active=False).count()
        if own & {Name.DATA_OFFICER, Name.ADMIN}
        else None,
    }
    shown = [(key, count) for key, count in counts.items() if count is not None]
    return show(request, "staff", "live/staff.html", "staff", counts=shown, own=own, roles=sorted(own))


@require_GET
@staff(Name.MODERATOR)
def queue(request: HttpRequest) -> HttpResponse:
    """Submissions, those that wait longest first."""
    every = within(request.user, Submission.objects.all(), Name.MODERATOR)
    which = request.GET.get("state", "")
    states = [which] if which in State.values else WAITING
    rows = every.filter(state__in=states).select_related("organisation").order_by("made_at")
    listed = Paginator(rows, 50)
    number = request.GET.get("page")
    given = {"rows": listed.get_page(number), "states": State.values, "which": which}
    return show(request, "staff/queue", "live/queue.html", "queue", **given)


Act = Callable[[Any, Any, dict[str, bool], str, Any], Submission]
ACTS: dict[str, Act] = {
    "accept": lambda key, by, met, text, given: moderation.accept(
        key, by, met, text, listed="listed" in given, as_seen=given.get("seen", "")
    ),
    "refuse": lambda key, by, met, text, given: moderation.refuse(
        key, by, met, text, as_seen=given.get("seen", "")
    ),
    "ask": lambda key, by, met, text, given: moderation.ask(
        key, by, met, text, as_seen=given.get("seen", "")
    ),
    "merge": lambda key, by, _, text, given: moderation.merge(
        key, by, _into(given), text, as_seen=given.get("seen", "")
    ),
    "hand": lambda key, by, _, __, given: moderation.hand(key, by, _to(given)),
    "undo": lambda key, by, _, text, __: moderation.undo(key, by, text),
}


@require_http_methods(["GET", "POST"])
@staff(Name.MODERATOR)
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """One submission: what it says, by what rules it is judged, and the decision."""
    every = within(request.user, Submission.objects.all(), Name.MODERATOR)
    found = get_object_or_404(every.select_related("organisation"), pk=key)
    asked = rules().of(found.kind)
    if request.method == "POST":
        met = {each.id: f"met-{each.id}" in request.POST for each in asked}
        what, text = request.POST.get("do", ""), request.POST.get("text", "").strip()[:4000]
        if what in ACTS:
            act = partial(ACTS[what], found.pk, request.user, met, text, request.POST)
            if attempted(request, act, f"decided.{what}"):
                return redirect("live:queue")
        return redirect(request.path)
    return _shown(request, found, asked)


def _to(given: Mapping[str, str]) -> Organisation | None:
    """The organisation to pass something on to: none is who moderates for all."""
    return get_object_or_404(Organisation, key=given["to"]) if given.get("to") else None


def _into(given: Mapping[str, str]) -> str:
    """The id of the initiative to merge with: one that was chosen, or that of an address of a page."""
    typed = given.get("at", "").strip()
    last = typed.rstrip("/").rpartition("/")[2]
    ids = {address: id_ for id_, address in act(languages()[0]).address.items()}
    return ids.get(last, typed) if typed else given.get("into", "")


def _shown(request: HttpRequest, found: Submission, asked: tuple[Rule, ...]) -> HttpResponse:
    language = tongue(request)
    original = one(found.corrects) if found.corrects else None
    read = read_of(found, original)
    there = served().shelf
    close = alike(read.record, there.index.records, there.blocks) if read.record else ()
    l, address = said(language), act(language).address
    near = [
        {
            "id": each.one,
            "name": there.index.records[there.by_record[each.one]].name,
            "page": f"initiative/{address[each.one]}" if each.one in address else "",
            "score": each.score,
            "why": [l(f"decide.same.{e.kind}") for e in each.evidence],
        }
        for each in close
        if each.one != found.corrects
        and holds(request.user, Name.MODERATOR, owner(there.index.records[there.by_record[each.one]]))
    ]
    here = places(request.user, Name.MODERATOR)
    every = (Organisation.objects.all() if here is None else here).order_by("name")
    wrong = [
        (label(name, language), wrong_text(name, what, l, found.cells)) for name, what in read.wrong.items()
    ]
    return show(
        request,
        f"staff/queue/{found.pk}",
        "live/decide.html",
        found.cells.get("name", "?"),
        own=found,
        seen=seen(found),
        groups=question_groups(found.cells, language),
        before=asked_of(original) if original else None,
        corrects=original.name if original else found.corrects,
        corrected_page=address.get(found.corrects, ""),
        wrong=wrong,
        read=read,
        near=near,
        rules=[(each, heard(each.text, language)) for each in asked],
        sort=heard(rules().kinds[found.kind].text, language) if found.kind in rules().kinds else found.kind,
        decisions=found.decisions.select_related("by").order_by("pk"),
        open=found.state in moderation.DECIDABLE,
        others=[each for each in every if each != found.organisation],
        unlisted=here is None and found.cells.get(NAME) and not named(found.cells[NAME]),
    )
