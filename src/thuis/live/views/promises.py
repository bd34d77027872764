"""Propose a promise for the ledger; an editor decides."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thuis.dossier.ledger.model import KINDS
from thuis.live import promises
from thuis.live.links import key_of, own
from thuis.live.mailbox import mail_of
from thuis.live.models import PromiseProposal
from thuis.live.pages import has, label, said, show, tongue
from thuis.live.staff import Name, staff
from thuis.live.views.faults import attempted, stale

State = PromiseProposal.State


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """The form, filled with what was read in the letter; nothing is kept before it is sent."""
    l = said(tongue(request))
    fields = promises.typed(request.POST)
    wrong: dict[str, str] = {}
    if not request.POST.get("prefill"):
        wrong = {
            name: l("wrong.empty" if what == "empty" else "wrong.other")
            for name, what in promises.wrong(fields).items()
        }
        email = mail_of(request)
        if not email:
            wrong["submitter"] = l("wrong.email")
        if not wrong:
            promises.propose(fields, email, tongue(request))
            return show(request, "promise/sent", "live/notice.html", "sent")
    given = {
        "fields": fields,
        "wrong": wrong,
        "kinds": KINDS,
        "submitter": request.POST.get("submitter", ""),
        "label": lambda name: l(key) if has(key := f"promise-field.{name}") else label(name, tongue(request)),
    }
    return show(request, "promise/new", "live/promise.html", "promise", **given, status=422 if wrong else 200)


def state(request: HttpRequest, text: str, key: str) -> HttpResponse:
    """How a proposal stands."""
    found = own(PromiseProposal.objects.select_related("submitter"), key)
    if found is None:
        return stale(request)
    if request.method == "POST":
        promises.confirm(found.pk)
        messages.success(request, said(tongue(request))("done.confirm"))
        return redirect(request.path)
    return show(request, f"mine/{text}", "live/promise_state.html", "state", own=found)


@require_http_methods(["GET", "POST"])
@staff(Name.EDITOR, whole=True)
def decide(request: HttpRequest) -> HttpResponse:
    """The proposals that wait for a ledger of all organisations: changed, accepted or refused."""
    if request.method == "POST":
        found = get_object_or_404(PromiseProposal, pk=key_of(request.POST.get("promise", "")))
        yes = request.POST.get("do") == "accept"
        fields, reason = promises.typed(request.POST), request.POST.get("reason", "").strip()[:2000]
        act = partial(promises.decide, found.pk, request.user, yes, reason, fields)
        attempted(request, act, "decided.accept" if yes else "decided.refuse")
        return redirect(request.path)
    waiting = PromiseProposal.objects.filter(state=State.WAITING).order_by("made_at")[:50]
    given = {"rows": waiting, "taken": promises.entries(), "kinds": KINDS}
    return show(request, "staff/promises", "live/promises.html", "promises", **given)


@require_GET
@staff(Name.EDITOR, Name.DATA_OFFICER, whole=True)
def table(request: HttpRequest) -> HttpResponse:
    """The accepted promises as lines of the project's ``commitments.csv``."""
    answer = HttpResponse(promises.as_ledger(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="commitments.csv"'
    return answer
