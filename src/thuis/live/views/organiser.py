"""An organiser submits or corrects an initiative, and follows it by the signed link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuis.directory.model import Initiative as Record
from thuis.errors import ThuisError
from thuis.live import submissions
from thuis.live.catalogue import one
from thuis.live.forms import question_groups, wrong_text
from thuis.live.intake import Read, asked, asked_of, corrected, read, typed
from thuis.live.links import opened, own, token
from thuis.live.mailbox import mail_of
from thuis.live.models import Organisation, Submission
from thuis.live.organisations import NAME, Answer, answered, named
from thuis.live.pages import act, heard, said, show, tongue
from thuis.live.rules import rules
from thuis.live.standing import leads, organises
from thuis.live.views import consulted, promises, screening
from thuis.live.views.faults import stale
from thuis.live.where import placed

State = Submission.State


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """A new initiative."""
    return _form(request, "initiative/new", "submit", None)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """A correction of an initiative that is in the directory; ``of`` is the address of its page."""
    address = request.GET.get("of", "").removeprefix("initiative/")
    found = act(tongue(request)).address.items()
    key = next((id_ for id_, own in found if own == address), None)
    record = one(key) if key else None
    if record is None:
        raise Http404
    return _form(request, "initiative/correct", "correct", record, f"?of=initiative/{address}")


def _form(request: HttpRequest, key: str, title: str, record: Record | None, query: str = "") -> HttpResponse:
    l = said(tongue(request))
    if request.method == "GET":
        cells = asked_of(record) if record else {}
        return _asked(request, key, title, cells, {}, None, query)
    whose, found, kind, wrong = _answers(request, record)
    email, cells = mail_of(request), whose.cells
    if not email:
        wrong["submitter"] = l("wrong.email")
    if not request.POST.get("agreed"):
        wrong["agreed"] = l("wrong.agreed")
    looked = found.remarks and not request.POST.get("looked")
    if wrong or looked:
        return _asked(request, key, title, cells, wrong, found, query)
    made = submissions.send_in(
        cells,
        kind,
        email,
        tongue(request),
        corrects=record.id if record else "",
        remind=bool(request.POST.get("remind")),
        organisation=whose.known,
    )
    return show(request, "initiative/sent", "live/notice.html", "sent", made=made)


def _answers(request: HttpRequest, record: Record | None) -> tuple[Answer, Read, str, dict[str, str]]:
    """Whose it is, what was made of the cells, the kind of organisation, and what is wrong by question."""
    l = said(tongue(request))
    whose = answered(request.POST.get("organisation", ""), placed(typed(request.POST)))
    found, kind = _read(whose.cells, record), whose.kind(request.POST.get("kind", ""))
    wrong = {name: l(what) for name, what in whose.wrong.items()}
    if kind not in rules().kinds:
        wrong["kind"] = l("wrong.choose")
    told = {name: wrong_text(name, what, l, whose.cells) for name, what in found.wrong.items()}
    return whose, found, kind, wrong | told


def _read(cells: dict[str, str], record: Record | None) -> Read:
    today = timezone.localdate()
    return corrected(record, cells, today) if record else read(cells, today)


def _asked(  # noqa: PLR0913, PLR0917
    request: HttpRequest,
    key: str,
    title: str,
    cells: dict[str, str],
    wrong: dict[str, str],
    found: Read | None,
    query: str = "",
    own: Submission | None = None,
) -> HttpResponse:
    language = tongue(request)
    known = named(cells.get(NAME, "")) if request.method == "GET" else None
    chosen = known.key if known else request.POST.get("organisation", "")
    # Who chose one of the list need not write it, too.
    asked = {**cells, NAME: ""} if chosen and NAME not in wrong else cells
    given: dict[str, Any] = {
        "groups": question_groups(asked, language),
        "organisations": list(Organisation.objects.order_by("name").values_list("key", "name")),
        "organisation_given": chosen,
        "wrong": _in_order(wrong),
        "remarks": found.remarks if found else (),
        "kinds": [(each, heard(kind.text, language)) for each, kind in rules().kinds.items()],
        "kind_given": request.POST.get("kind", own.kind if own else ""),
        "submitter": request.POST.get("submitter", ""),
        "remind": bool(request.POST.get("remind")),
        "agreed": bool(request.POST.get("agreed")),
        "query": query,
        "own": own,
        "days": settings.LIVE.keep.submitter,
    }
    status = 422 if wrong or (found and found.remarks) else 200
    return show(request, key, "live/submit.html", title, status=status, **given)


def _in_order(wrong: dict[str, str]) -> dict[str, str]:
    """What is wrong in the order in which it is asked."""
    order = ("organisation", "organization", "kind", *(each.name for each in asked()))
    return dict(
        sorted(wrong.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order))
    )


def mine(request: HttpRequest, text: str) -> HttpResponse:
    """What a signed link leads to."""
    found = opened(text)
    views = {
        "submission": state,
        "comment": consulted.state,
        "promise": promises.state,
        "screening": screening.kept,
    }
    if found is None or found[0] not in views:
        return stale(request)
    return views[found[0]](request, text, found[1])


ACTS = {
    "confirm": lambda key, _: submissions.confirm(key),
    "withdraw": lambda key, _: submissions.withdraw(key),
    "still": lambda key, _: submissions.still_right(key),
    "answer": submissions.answer,
    "appeal": submissions.appeal,
}


def state(request: HttpRequest, text: str, key: str) -> HttpResponse:
    """How a submission stands, and what its sender can do with it."""
    found = _own(key)
    if found is None:
        return stale(request)
    l = said(tongue(request))
    if request.method == "POST":
        what, words = request.POST.get("do", ""), request.POST.get("text", "").strip()[:4000]
        try:
            if what not in ACTS or (what in ("answer", "appeal") and not words):
                messages.error(request, l("wrong.empty"))
            else:
                ACTS[what](key, words)
                messages.success(request, l(f"done.{what}"))
        except ThuisError:
            messages.error(request, l("wrong.late"))
        return redirect(request.path)
    record = _record(found)
    last = found.decisions.filter(undone=False).order_by("-pk").first()
    stands = found.state == State.ACCEPTED and leads(found)
    return show(
        request,
        f"mine/{text}",
        "live/state.html",
        "state",
        own=found,
        record=record,
        last=last,
        organises=not found.corrects or organises(found),
        groups=question_groups(found.cells, tongue(request)),
        due=found.initiative.current.record["provenance"]["check_due"]
        if stands and found.initiative and found.initiative.current
        else None,
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, text: str) -> HttpResponse:
    """Correct what one sent in."""
    token_of = opened(text)
    found = _own(token_of[1]) if token_of and token_of[0] == "submission" else None
    if found is None or found.state not in (*submissions.OPEN, State.ACCEPTED):
        return stale(request)
    if found.state == State.ACCEPTED and not leads(found):
        return stale(request)
    original = one(found.corrects) if found.corrects else None
    if found.state == State.ACCEPTED and found.initiative:
        original = one(found.initiative.key)
    key = f"mine/{text}/edit"
    if request.method == "GET":
        return _asked(request, key, "edit", dict(found.cells), {}, None, own=found)
    whose, read_, kind, wrong = _answers(request, original)
    cells = whose.cells
    if wrong or (read_.remarks and not request.POST.get("looked")):
        return _asked(request, key, "edit", cells, wrong, read_, own=found)
    made = submissions.change(found.pk, cells, kind, whose.known)
    messages.success(request, said(tongue(request))("done.change"))
    return redirect("live:mine", token("submission", made.pk))


def _own(key: str) -> Submission | None:
    return own(Submission.objects.select_related("initiative__current", "submitter"), key)


def _record(found: Submission) -> Record | None:
    current = found.initiative.current if found.initiative else None
    return Record.model_validate(current.record) if current else None
