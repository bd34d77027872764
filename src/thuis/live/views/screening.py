"""Have a text or a file screened, or a letter read; nothing is kept unless that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuis.errors import ThuisError
from thuis.language import texts
from thuis.live import erased, log
from thuis.live.jobs import doer, queue
from thuis.live.links import key_of, token
from thuis.live.models import ScreeningKept
from thuis.live.pages import said, show, tongue
from thuis.live.reading import BusyError, letter, screened
from thuis.live.views.faults import stale

STATUS = {"busy": 503}


def _later(answer: HttpResponse) -> HttpResponse:
    """An answer that says when to ask again, where it says that now is too soon."""
    if answer.status_code == STATUS["busy"]:
        answer["Retry-After"] = "60"
    return answer


def _sent(request: HttpRequest) -> tuple[bytes, str, str]:
    """Bytes, name and fault (a key) of what was sent: a file goes before a text."""
    file, text = request.FILES.get("file"), request.POST.get("text", "")
    if file and file.size:
        return file.read(), str(file.name)[-120:], ""
    if text.strip():
        return text.encode(), said(tongue(request))("screen.pasted"), ""
    told = str(request.META.get("CONTENT_LENGTH") or "")
    over = told.isdecimal() and int(told[:20]) > settings.LIVE.limits.upload
    return b"", "", "big" if over else "nothing"


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """A text or a file against the vocabulary."""
    if request.method == "GET":
        return _screen(request)
    data, name, fault = _sent(request)
    limits = settings.LIVE.limits
    result: dict[str, Any] = {}
    if not fault:
        try:
            result = screened(data, name, limits.upload, limits.seconds)
        except ThuisError as error:
            fault = "busy" if isinstance(error, BusyError) else "unread"
    if fault:
        return _later(_screen(request, fault=fault, status=STATUS.get(fault, 422)))
    if request.POST.get("as") == "json":
        return JsonResponse(result, json_dumps_params={"ensure_ascii": False, "indent": 1})
    if request.POST.get("keep"):
        until = timezone.localdate() + timedelta(days=settings.LIVE.keep.screening)
        kept_ = ScreeningKept.objects.create(name=name, result=result, delete_after=until)
        log.write("visitor", "kept", f"screening {kept_.pk}")
        moment = timezone.now() + timedelta(days=settings.LIVE.keep.screening)
        queue("unscreen", f"unscreen {kept_.pk}", moment, screening=str(kept_.pk))
        return redirect("live:mine", token("screening", kept_.pk))
    return _screen(request, result=result)


def _screen(request: HttpRequest, status: int = 200, **given: Any) -> HttpResponse:
    language = tongue(request)
    shown = {
        "result": None,
        "fault": "",
        "kept": None,
        "v": texts("vocabulary", language),
        "size": settings.LIVE.limits.upload // 1_000_000,
        "days": settings.LIVE.keep.screening,
        "given": request.POST.get("text", ""),
        **given,
    }
    return show(request, "screen", "live/screen.html", "screen", **shown, status=status)


@doer("unscreen")
def forget(payload: Mapping[str, Any]) -> None:
    """Remove a screening whose day has come."""
    for each in ScreeningKept.objects.filter(pk=payload["screening"]):
        erased.remember(each, asked=False)
        each.delete()


def kept(request: HttpRequest, text: str, key: str) -> HttpResponse:
    """A screening that was kept, by its signed link; its maker can remove it."""
    found = ScreeningKept.objects.filter(pk=key_of(key)).first()
    if found is None:
        return stale(request)
    if request.method == "POST":
        erased.remember(found, asked=True)
        found.delete()
        log.write("visitor", "removed", f"screening {key}")
        messages.success(request, said(tongue(request))("done.removed"))
        return redirect("live:screen")
    return _screen(request, result=found.result, kept=found)


@require_http_methods(["GET", "POST"])
def read_letter(request: HttpRequest) -> HttpResponse:
    """A letter to Parliament: what it cites and promises, and what is not right in it."""
    language = tongue(request)
    result, fault = None, ""
    if request.method == "POST":
        data, name, fault = _sent(request)
        if not fault:
            try:
                result = letter(data, name, language, settings.LIVE.limits.seconds)
            except ThuisError as error:
                fault = "busy" if isinstance(error, BusyError) else "no-letter"
    given = {
        "result": result,
        "fault": fault,
        "given": request.POST.get("text", ""),
        "size": settings.LIVE.limits.upload // 1_000_000,
    }
    status = STATUS.get(fault, 422) if fault else 200
    return _later(show(request, "letter", "live/letter.html", "letter", status=status, **given))
