"""What the data officer and the admin watch: the log, and work that does not succeed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from thuis.live.api.changes import resume
from thuis.live.jobs import failing
from thuis.live.links import key_of
from thuis.live.log import changed, write
from thuis.live.models import LogEntry, User, Webhook
from thuis.live.pages import has, said, show, tongue
from thuis.live.staff import Name, staff

_LONG = re.compile(r"^([0-9a-f]{8})-[0-9a-f-]{27}$")


@require_http_methods(["GET", "POST"])
@staff(Name.DATA_OFFICER, Name.ADMIN)
def work(request: HttpRequest) -> HttpResponse:
    """Work that fails or was given up, and the addresses that are told of changes."""
    if request.method == "POST":
        hook = get_object_or_404(Webhook, pk=key_of(request.POST.get("hook", "")))
        resume(str(hook.pk))
        write(f"user {request.user.pk}", "resumed", f"webhook {hook.pk}")
        messages.success(request, said(tongue(request))("work.resumed"))
        return redirect(request.path)
    hooks = Webhook.objects.order_by("active", "made_at")
    given = {"rows": failing().order_by("-due_at")[:100], "hooks": hooks}
    return show(request, "staff/work", "live/work.html", "work", **given)


@require_GET
@staff(Name.DATA_OFFICER, Name.ADMIN)
def shown_log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, and whether it is as it was written."""
    listed = Paginator(LogEntry.objects.order_by("-pk"), 100).get_page(request.GET.get("page"))
    l, people = said(tongue(request)), _people(listed)
    told = [
        {
            "at": each.at,
            "actor": people.get(each.actor) or named(each.actor, l),
            "what": did(each.what, l),
            "subject": named(each.subject, l),
            "whole": each.subject,
        }
        for each in listed
    ]
    given = {"rows": listed, "told": told, "changed": list(changed())}
    return show(request, "staff/log", "live/log.html", "log", **given)


def _people(entries: Any) -> Mapping[str, str]:
    """Staff by what the log calls them, as far as they have an account."""
    numbers = {int(of) for each in entries if (of := each.actor.removeprefix("user ")).isdigit()}
    return {f"user {each.pk}": each.username for each in User.objects.filter(pk__in=numbers)}


def did(what: str, l: Any) -> str:
    """What somebody did, in words; one that has none as it was written."""
    key = f"log.did.{what.replace(' ', '-')}"
    return str(l(key)) if has(key) else what


def named(thing: str, l: Any) -> str:
    """Somebody or something of the log in words, with as much of its number as tells it from others."""
    kind, _, number = thing.partition(" ")
    key = f"log.named.{kind}"
    short = _LONG.sub(r"\1", number)
    return f"{l(key) if has(key) else kind} {short}".strip()
