"""Requests as no browser sends them: each is answered, leads nowhere else, and leaves no trace in the log."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import RequestFactory

from support.live import do_work, form, served, worker

HOST = "evil.example"
AWAY = ("%2f..%2fnl", "/..%2fnl", "%2f%2e%2e%2fnl%2flive", "%2fx%2f..%2f..%2fnl", "%2f..%2fhsds%2f3.1")


@pytest.mark.parametrize("rest", AWAY)
@pytest.mark.parametrize("before", ["//", "/%2f", "///", "//x@", "/%2f%2f"])
def test_no_address_leads_to_another_host(client: Any, before: str, rest: str) -> None:
    served()
    # As a server gives it on: what stood for a stroke is one.
    answer = client.get("/", PATH_INFO=unquote(f"{before}{HOST}{rest}"))
    to = answer.headers.get("Location", "/")
    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))
    assert answer.status_code in (301, 302, 404)


@pytest.mark.parametrize("charset", ["rot13", "utf-16", "idna", "base64", 'utf-8"', "utf-7", "hex"])
@pytest.mark.parametrize("path", ["/nl/live/screen/", "/nl/account/login/", "/nl/live/staff/rounds/"])
def test_a_form_in_other_signs_is_refused(client: Any, charset: str, path: str) -> None:
    """With the check of the form's origin on, which reads the form first."""
    from django.test import Client

    served()
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get("/nl/live/screen/")
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    answer = browser.generic("POST", path, b"text=x", kind)
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "FOO"])
def test_only_reading_and_sending(client: Any, method: str) -> None:
    served()
    client.force_login(worker("admin"))
    for path in ("/nl/live/", "/nl/", "/beheer/", "/nl/live/staff/", "/live/health", "/nl/account/login/"):
        answer = client.generic(method, path)
        assert answer.status_code == 405, path
        assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_beheer_sends_who_changes_a_password_to_the_pages_of_the_service(client: Any) -> None:
    served()
    client.force_login(worker("admin"))
    assert client.get("/beheer/password_change/").headers["Location"] == "/nl/account/password/change/"
    assert client.get("/beheer/r/1/1/").status_code == 404
    assert client.get("/beheer/logout/").headers["Location"] == "/nl/account/logout/"
    assert client.get("/beheer/").status_code == 200, "a link alone signs nobody out"
    assert client.post("/beheer/logout/").headers["Location"] == "/nl/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("seen", "alike"),
    [
        ([f"2001:db8:1:2::{each:x}" for each in range(9)], True),
        ([f"2001:db8:1:{each:x}::1" for each in range(9)], False),
        (["192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1:80", "[::ffff:192.0.2.1]:80"] * 2, True),
        ([f"192.0.2.{each}" for each in range(9)], False),
        (["unknown", "", "unix:", "x" * 99, '"', "fe80::1%eth0x]"] * 2, True),
    ],
)
def test_who_has_one_address_of_a_network_has_all(client: Any, seen: list[str], alike: bool) -> None:
    from thuis.live.visitors import within

    served()
    asks = RequestFactory()
    waits = [within("x", asks.get("/", REMOTE_ADDR=each), 5, 3600) for each in seen]
    assert (waits[-1] > 0) is alike or "fe80" in seen[-1]


@pytest.mark.parametrize("seen", ["unknown", "unix:", "192.0.2.1:4711", "[2001:db8::1]:80", "x" * 300])
def test_a_sign_in_that_fails_is_counted_whatever_a_proxy_writes(
    client: Any, settings: Any, seen: str
) -> None:
    from axes.models import AccessAttempt
    from django.conf import settings as now

    served()
    settings(LIVE=now.LIVE.model_copy(update={"proxies": 1}))
    given = {"login": worker().username, "password": "fout"}
    assert client.post("/nl/account/login/", given, HTTP_X_FORWARDED_FOR=seen).status_code == 200
    assert AccessAttempt.objects.count() == 1


def test_the_same_address_in_capitals_is_the_same_person(client: Any) -> None:
    from thuis.live import team
    from thuis.live.models import User

    served()
    team.add("Jo@thuis.example", ["moderator"])
    team.add("jo@THUIS.example", ["editor"])
    jo = User.objects.get()
    assert set(jo.roles.values_list("name", flat=True)) == {"moderator", "editor"}
    client.force_login(worker("admin"))
    answer = client.post("/beheer/live/user/add/", {"username": "JO@thuis.example", "is_active": "on"})
    assert answer.status_code == 200, "the form comes back"
    assert User.objects.filter(username__iexact="jo@thuis.example").count() == 1


def _comment(round_: Any) -> Any:
    from thuis.live import consultation

    fields = {"page": "indicator/voted", "place": "", "text": "# Klopt dit?", "name": ""}
    return consultation.comment(round_, fields, "lezer@linde.example", "nl")


def _round(**more: Any) -> Any:
    from django.utils import timezone

    from thuis.live.models import Round

    day = timezone.localdate()
    given = {"title": {"nl": "Ronde"}, "opens_on": day, "closes_on": day + timedelta(days=3)}
    return Round.objects.create(**{"key": "ronde", **given, **more})


def test_who_confirms_after_a_round_was_closed_is_told_and_waits_for_nothing(client: Any) -> None:
    from thuis.live import consultation
    from thuis.live.links import token
    from thuis.live.models import Round

    served()
    late, editor = _comment(_round()), worker("editor")
    consultation.close("ronde", editor, {"nl": "Gedaan.", "en": "Done."})
    path = f"/nl/live/mine/{token('comment', late.pk)}/"
    answer = client.post(path, {"do": "confirm"}, follow=True)
    assert "al gesloten" in answer.content.decode()
    late.refresh_from_db()
    assert late.state == "unconfirmed"
    client.force_login(editor)
    client.post(
        "/nl/live/staff/rounds/", {"do": "close", "round": "ronde", "outcome_nl": "x", "outcome_en": "x"}
    )
    assert Round.objects.get().outcome["nl"] == "Gedaan.", "closed once"


def test_no_comment_without_an_answer_is_shown_in_a_closed_round(client: Any) -> None:
    from thuis.live import consultation

    served()
    mo, own = worker("moderator"), _comment(_round())
    consultation.confirm(own.pk)
    consultation.decide(own.pk, mo, shown=False, reason="Nee.")
    consultation.close("ronde", mo, {"nl": "Gedaan.", "en": "Done."})
    client.force_login(mo)
    shown = {"comment": str(own.pk), "do": "show"}
    answer = client.post("/nl/live/staff/comments/", shown, follow=True)
    assert "al gesloten" in answer.content.decode()
    own.refresh_from_db()
    assert own.state == "refused"
    # One that a version before this one let through.
    type(own).objects.update(state="shown")
    summary = client.get("/nl/live/rounds/ronde/summary.md")
    assert summary.status_code == 200
    assert "> \\# Klopt dit?" in summary.content.decode()


def test_a_round_that_has_not_begun_is_nowhere(client: Any) -> None:
    from django.utils import timezone

    served()
    _round(opens_on=timezone.localdate() + timedelta(days=1))
    assert client.get("/nl/live/rounds/ronde/").status_code == 404
    assert client.get("/nl/live/rounds/").content.decode().count("rounds/ronde") == 0


@pytest.mark.parametrize(
    "page", ["../en/indicator/voted", "indicator/../indicator/voted", "./indicator/voted", "indicator//voted"]
)
def test_a_comment_is_on_a_page_as_the_site_writes_it(client: Any, page: str) -> None:
    served()
    assert client.get("/nl/live/comment/", {"page": page}).status_code == 404
    assert client.get("/nl/live/comment/", {"page": "indicator/voted"}).status_code == 200


def test_a_line_of_the_log_is_one_line_and_names_nobody(client: Any, caplog: Any) -> None:
    from thuis.live.middleware import WithoutQuery

    served()
    filter_ = WithoutQuery()
    for path in ("/nl/a%0aFAKE 2026 line", "/nl/x%1b[31m", "/nl/live/mine/geheim/"):
        client.get(path)
    client.get("/nl/", HTTP_HOST="evil.example\nFAKE")
    told = "Key (email)=(iemand@linde.example) already exists. GET /nl/?q=moskee"
    logging.getLogger("django.request").error(
        "Internal Server Error: /nl/\nFAKE", exc_info=(ValueError, ValueError(told), None)
    )
    for record in caplog.records:
        filter_.filter(record)
        told = logging.Formatter().format(record)
        assert "geheim" not in told
        assert "linde.example" not in told
        assert "moskee" not in told
        if not record.exc_info:
            assert "\n" not in told, told
        assert "\x1b" not in told


def test_names_of_every_length_are_accepted(client: Any) -> None:
    from thuis.live.models import Initiative, Submission

    served()
    client.force_login(worker())
    for name in (
        "a" * 300,
        "𝕏" * 300,
        "مقهى اللغة للجميع هنا",
        "...",
        "../../etc",
        "index.html",
        "Z" + "\u0301" * 99,
    ):
        client.post("/nl/live/initiative/new/", form(name=name, looked="yes"))
        made = Submission.objects.latest("made_at")
        Submission.objects.filter(pk=made.pk).update(state="waiting")
        client.post(f"/nl/live/staff/queue/{made.pk}/", {"do": "accept"})
        made.refresh_from_db()
        assert made.state == "accepted", name
    assert Initiative.objects.count() == 7


INSIDE = (
    "http://example.org/x", "ftp://a.example", "http://127.0.0.1@evil.example/", "http://2130706433/",
    "http://0x7f.0.0.1/", "http://169.254.169.254/latest/", "https://169.254.169.254/latest/",
    "https://[fe80::1]/", "https://[::ffff:169.254.169.254]/", "https://2852039166/", "https://0xa9fea9fe/",
    "https://0.0.0.0/", "https://0/", "https://127.1/", "https://224.0.0.1/", "https://[::1]/", "https://[::]/",
    "https://user:pw@a.example/", "file:///etc/passwd", "https://", "https:///x", "https://a.example:99999/",
    "http://localhost.evil.example/", "http://localhost:9/\r\nX: y", "https://a.example/\r\nX: y",
    "https://a .example/", "https://[::1", "javascript:x", "https://a.example/#" + "x" * 600, "https://a.nl:0/",
)  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_a_webhook_leads_to_somebody_else(client: Any, url: str) -> None:
    from thuis.errors import ThuisError
    from thuis.live.api import changes
    from thuis.live.models import Webhook

    served()
    with pytest.raises(ThuisError, match="cannot be a webhook"):
        changes.register(url)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    "now", ["169.254.169.254", "127.0.0.1", "fe80::1%2", "::ffff:10.0.0.1", "203.0.113.7"]
)
def test_a_name_that_is_made_to_lead_inside_is_not_asked(
    client: Any, monkeypatch: pytest.MonkeyPatch, now: str
) -> None:
    import socket
    import urllib.request

    from thuis.live.api import changes
    from thuis.live.models import Job

    served()
    changes.register("https://elders.example/hook")
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (now, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    opened: list[str] = []

    def opening(*_: Any, **__: Any) -> Any:
        opened.append(now)
        raise OSError("not here")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", opening)
    changes.note()
    do_work()
    goes_out = now in ("203.0.113.7", "::ffff:10.0.0.1")
    assert bool(opened) is goes_out
    assert ("which is inside" in Job.objects.get(kind="webhook").fault) is not goes_out
