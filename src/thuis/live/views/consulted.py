"""Comment at a place on a page, see what others said, and how it was answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from thuis.live import consultation, log
from thuis.live.forms import in_each_language
from thuis.live.intake import in_each
from thuis.live.links import key_of, own
from thuis.live.mailbox import mail_of
from thuis.live.models import Answer, Comment, Organisation, Round, User
from thuis.live.organisations import keyed
from thuis.live.pages import heard, said, show, tongue
from thuis.live.staff import Name, holds, places, roles_of, staff, within
from thuis.live.views.faults import attempted, forbidden, stale
from thuis.site.markdown import literal

State = Comment.State


DECIDES = {"show": Name.MODERATOR, "refuse": Name.MODERATOR, "answer": Name.EDITOR}
"""Who of the staff may do what with a comment."""


def _titled(language: str) -> Callable[[Comment], str]:
    """What the place of a comment is called."""
    start = said(language)("comment.startpage")
    return lambda each: consultation.titled(each.page, each.place, language) if each.page else start


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest) -> HttpResponse:
    """Comment on a page of the monitor."""
    language, l = tongue(request), said(tongue(request))
    key = (request.POST.get("page") or request.GET.get("page", "")).strip("/")[:300]
    there = consultation.page_of(key, language)
    if there is None:
        raise Http404
    title, places = there
    rounds = list(consultation.open_rounds(timezone.localdate()))
    fields = {
        "page": key,
        "place": request.POST.get("place") or request.GET.get("at", ""),
        "text": request.POST.get("text", "").strip()[:4000],
        "name": request.POST.get("name", "").strip()[:120],
    }
    wrong: dict[str, str] = {}
    if request.method == "POST":
        chosen = next((each for each in rounds if each.key == request.POST.get("round")), None)
        email = mail_of(request)
        if chosen is None:
            wrong["round"] = l("wrong.choose")
        if not fields["text"]:
            wrong["text"] = l("wrong.empty")
        if not email:
            wrong["submitter"] = l("wrong.email")
        if fields["place"] and fields["place"] not in dict(places):
            fields["place"] = ""
        if chosen and not wrong:
            consultation.comment(chosen, fields, email, language)
            return show(request, "comment/sent", "live/notice.html", "sent")
    given = {
        "about": title,
        "of": key,
        "places": places,
        "rounds": rounds,
        "fields": fields,
        "wrong": wrong,
        "submitter": request.POST.get("submitter", ""),
        "shown": _shown(Comment.objects.filter(page=key)),
        "query": f"?page={key}",
        "titled": _titled(language),
    }
    return show(request, "comment", "live/comment.html", "comment", status=422 if wrong else 200, **given)


def _shown(every: Any) -> Any:
    return every.filter(state=State.SHOWN).select_related("answer", "round").order_by("decided_at")


def state(request: HttpRequest, text: str, key: str) -> HttpResponse:
    """How a comment stands, by its signed link."""
    found = own(Comment.objects.select_related("round", "answer", "submitter"), key)
    if found is None:
        return stale(request)
    if request.method == "POST":
        what = request.POST.get("do", "")
        if act := {"confirm": consultation.confirm, "withdraw": consultation.withdraw}.get(what):
            attempted(request, partial(act, found.pk), f"done.{what}")
        return redirect(request.path)
    given = {"own": found, "titled": _titled(tongue(request))}
    return show(request, f"mine/{text}", "live/comment_state.html", "state", **given)


@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, open ones first."""
    today = timezone.localdate()
    every = Round.objects.order_by("-closes_on")
    running = [each for each in every if each.closed_at is None and each.opens_on <= today <= each.closes_on]
    past = [each for each in every if each not in running and each.opens_on <= today]
    return show(request, "rounds", "live/rounds.html", "rounds", running=running, past=past)


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One round: comments, answers, and what was done."""
    found = get_object_or_404(Round, key=key, opens_on__lte=timezone.localdate())
    shown = list(_shown(found.comments))
    title = heard(found.title, tongue(request))
    counts, titled_ = _counts(found, shown), _titled(tongue(request))
    given = {"round": found, "shown": shown, "counts": counts, "titled": titled_}
    return show(request, f"rounds/{key}", "live/round.html", title, **given)


def _counts(found: Round, shown: list[Comment]) -> dict[str, int]:
    """How many comments, by what was done; of an open round two looks would tell of one that was refused."""
    done = [each.answer.done for each in shown if hasattr(each, "answer")]
    refused = {"refused": found.comments.filter(state=State.REFUSED).count()} if found.closed_at else {}
    return {
        "shown": len(shown),
        **refused,
        **{each: done.count(each) for each in Answer.Done.values},
    }


@require_GET
def summary(request: HttpRequest, key: str) -> HttpResponse:
    """The round as Markdown, to publish as a page of the monitor."""
    found = get_object_or_404(Round.objects.exclude(closed_at=None), key=key)
    language, l = tongue(request), said(tongue(request))
    shown = list(_shown(found.comments))
    lines = [f"# {heard(found.title, language)}", "", heard(found.outcome, language), ""]
    lines += [f"- {l('count.' + name)}: {number}" for name, number in _counts(found, shown).items()]
    for each in shown:
        lines += ["", f"## {literal(_titled(language)(each))}", ""]
        lines += [f"> {literal(line)}" for line in each.text.splitlines()]
        if hasattr(each, "answer"):
            lines += ["", f"**{l('done-with.' + each.answer.done)}** {each.answer.text}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/markdown; charset=utf-8")


@require_http_methods(["GET", "POST"])
@staff(Name.EDITOR, Name.MODERATOR)
def decide(request: HttpRequest) -> HttpResponse:
    """Comments that wait to be shown, and those that wait for an answer."""
    if request.method == "POST":
        found = get_object_or_404(of(request), pk=key_of(request.POST.get("comment", "")))
        what, text = request.POST.get("do", ""), request.POST.get("text", "").strip()[:4000]
        if what not in DECIDES:
            return redirect(request.path)
        if not holds(request.user, DECIDES[what], found.round.organisation):
            return forbidden(request)
        if what == "answer":
            act = partial(consultation.answer, found.pk, request.user, text, request.POST.get("done", ""))
        else:
            act = partial(consultation.decide, found.pk, request.user, what == "show", text)
        attempted(request, act, f"decided.{what}")
        return redirect(request.path)
    own = roles_of(request.user)
    waiting = of(request).filter(state=State.WAITING).select_related("round").order_by("made_at")[:50]
    bare = of(request).filter(state=State.SHOWN, answer=None).select_related("round").order_by("made_at")[:50]
    given = {
        "own": own,
        "waiting": waiting,
        "bare": bare,
        "done": Answer.Done.values,
        "titled": _titled(tongue(request)),
    }
    return show(request, "staff/comments", "live/comments.html", "comments", **given)


@require_http_methods(["GET", "POST"])
@staff(Name.EDITOR)
def keep(request: HttpRequest) -> HttpResponse:
    """Open a round, or close one with what was done."""
    l = said(tongue(request))
    wrong: dict[str, str] = {}
    if request.method == "POST" and request.POST.get("do") == "close":
        outcome = in_each_language(request.POST, "outcome", 8000)
        found = get_object_or_404(_rounds(request), key=request.POST.get("round", ""))
        attempted(request, lambda: consultation.close(found.key, request.user, outcome), "decided.close")
        return redirect(request.path)
    if request.method == "POST":
        wrong = _opened(request)
        if not wrong:
            messages.success(request, l("decided.open"))
            return redirect(request.path)
        wrong = {name: l(what) for name, what in wrong.items()}
    running = _rounds(request).filter(closed_at=None).order_by("closes_on")
    names = {f"{each}s": in_each(each) for each in ("title", "intro", "outcome")}
    whose = [(key, name or l("keep.all")) for key, name in _whose(request.user)]
    given = {"running": running, "wrong": wrong, "given": request.POST, "whose": whose, **names}
    return show(request, "staff/rounds", "live/keep.html", "keep", **given, status=422 if wrong else 200)


def of(request: HttpRequest) -> QuerySet[Comment]:
    """The comments that somebody of the staff may decide on and answer."""
    return within(request.user, Comment.objects.all(), Name.MODERATOR, Name.EDITOR, by="round__organisation")


def _rounds(request: HttpRequest) -> QuerySet[Round]:
    return within(request.user, Round.objects.all(), Name.EDITOR)


def _whose(user: User) -> list[tuple[str, str]]:
    """The organisations for which somebody may open a round; first none, where they may for all."""
    own = places(user, Name.EDITOR)
    every = (Organisation.objects.all() if own is None else own).order_by("name")
    return [*([("", "")] if own is None else []), *every.values_list("key", "name")]


def _opened(request: HttpRequest) -> dict[str, str]:
    title = in_each_language(request.POST, "title", 200)
    intro = in_each_language(request.POST, "intro", 4000)
    wrong = {f"title_{each}": "wrong.empty" for each, text in title.items() if not text}
    whose = [key for key, _ in _whose(request.user)]
    of_ = request.POST.get("organisation", whose[0])
    if of_ not in whose:
        wrong["organisation"] = "wrong.choose"
    days: dict[str, date] = {}
    for name in ("opens_on", "closes_on"):
        try:
            days[name] = date.fromisoformat(request.POST.get(name, ""))
        except ValueError:
            wrong[name] = "wrong.day"
    if len(days) == 2 and days["closes_on"] < days["opens_on"]:
        wrong["closes_on"] = "wrong.day"
    if wrong:
        return wrong
    first = next(iter(title.values()))
    key = keyed(first, str(days["opens_on"]))
    try:
        with transaction.atomic():
            place = Organisation.objects.filter(key=of_).first()
            made = Round.objects.create(key=key, title=title, intro=intro, organisation=place, **days)
            log.write(f"user {request.user.pk}", "opened", f"round {made.key}")
    except IntegrityError:
        return {in_each("title")[0]: "wrong.taken"}
    return {}
