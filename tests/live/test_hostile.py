"""What a stranger who means harm would try: each of these is answered, and gives nothing."""

from __future__ import annotations

import io
import re
import time
import zipfile
from email.message import EmailMessage
from typing import Any

import pytest
from lxml import html

from support.live import do_work, form, link_in, served, worker

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}{%raw%}</title></textarea>"
WORDS = " Koffie en een praatje voor iedereen die dat wil, elke dinsdagmiddag in de buurt."
TEXTS = ("name", "organization", "description_nl", "location", "address", "city", "accessibility")
TEXTS += ("price_text", "contact_role", "contact_name")


def sent(client: Any, **changes: Any) -> tuple[str, Any]:
    """The link to what was sent in and confirmed, and the row of it."""
    from django.core import mail

    from thuis.live.models import Submission

    answer = client.post("/nl/live/initiative/new/", form(looked="yes", **changes))
    assert answer.status_code == 200, re.findall(r'class="fault".*?<', answer.content.decode())
    do_work()
    path = link_in(mail.outbox[-1].body)
    client.post(path, {"do": "confirm"})
    return path, Submission.objects.latest("made_at")


def harmless(page: bytes) -> None:
    """Nothing that somebody typed became part of the page."""
    tree = html.fromstring(page)
    assert not tree.xpath("//img[@src='x'] | //*[@onerror]")
    assert not [
        each
        for each in tree.iter("script")
        if "alert(1)" in (each.text or "") and "ld+json" not in (each.get("type") or "")
    ]
    assert b"<script>alert(1)" not in page
    assert b">49" not in page


def test_a_script_in_every_field_is_text_on_every_page(client: Any) -> None:
    from thuis.live import consultation, moderation, promises
    from thuis.live.models import Comment, PromiseProposal, Submission

    served()
    desk = worker()
    desk.roles.create(name="editor")
    desk.roles.create(name="data-officer")
    path, made = sent(client, **dict.fromkeys(TEXTS, f"{SCRIPT}{WORDS}"))
    pages = [path, f"{path}edit/", "/nl/live/staff/queue/", f"/nl/live/staff/queue/{made.pk}/"]
    for each in pages[:2]:
        harmless(client.get(each).content)
    harmless(
        client.post(
            "/nl/live/initiative/new/",
            dict.fromkeys((*TEXTS, "submitter", "kind", "organisation", "url", "phone", "opens_at"), SCRIPT),
        ).content
    )
    client.force_login(desk)
    client.post(pages[3], {"do": "ask", "text": SCRIPT})
    client.post(path, {"do": "answer", "text": SCRIPT})
    for each in pages:
        harmless(client.get(each).content)
    client.post(pages[3], {"do": "accept", "text": SCRIPT, "listed": "yes"})
    assert Submission.objects.get().state == "accepted"
    client.post(
        "/nl/live/staff/rounds/",
        {
            "do": "open",
            "title_nl": SCRIPT,
            "title_en": SCRIPT,
            "intro_nl": SCRIPT,
            "opens_on": "2020-01-01",
            "closes_on": "2099-01-01",
        },
    )
    from thuis.live.models import Round

    key = Round.objects.get().key
    said = {
        "page": "indicator/voted",
        "place": SCRIPT,
        "text": SCRIPT,
        "name": SCRIPT,
        "round": key,
        "submitter": "a@b.example",
    }
    client.post("/nl/live/comment/", said)
    comment = Comment.objects.get()
    consultation.confirm(comment.pk)
    client.post("/nl/live/staff/comments/", {"comment": comment.pk, "do": "show", "text": SCRIPT})
    client.post(
        "/nl/live/staff/comments/", {"comment": comment.pk, "do": "answer", "text": SCRIPT, "done": "changed"}
    )
    fields = dict.fromkeys(promises.ASKED, SCRIPT) | {
        "kind": "new",
        "date": "",
        "due": "",
        "debate": "",
        "prefill": "1",
    }
    harmless(client.post("/nl/live/promise/new/", fields).content)
    proposal = PromiseProposal.objects.create(entry=fields, state="waiting")
    assert proposal.pk
    for each in (
        "staff/",
        "staff/log/",
        "staff/comments/",
        "staff/rounds/",
        "staff/promises/",
        "rounds/",
        f"rounds/{key}/",
        "comment/?page=indicator/voted",
        "initiative/new/",
        f"staff/queue/{made.pk}/",
        "staff/queue/?state=accepted",
    ):
        answer = client.get(f"/nl/live/{each}")
        assert answer.status_code == 200, each
        harmless(answer.content)
    harmless(client.post("/nl/live/screen/", {"text": f"{SCRIPT} De allochtonen. {SCRIPT}"}).content)
    moderation.undo(made.pk, desk, SCRIPT)
    harmless(client.get(path).content)


@pytest.mark.parametrize(
    "way",
    [
        "\r\nBcc: x@evil.example",
        "\nBcc: x@evil.example\n\nnieuw",
        "%0ABcc: x@evil.example",
        "\u2028Bcc: x@evil.example",
        "a" * 250,
    ],
)
@pytest.mark.parametrize("where", ["name", "submitter", "email", "text"])
def test_no_line_of_a_mail_is_a_strangers(client: Any, way: str, where: str) -> None:
    from django.core import mail

    served()
    base = form(looked="yes")
    given = {**base, where: f"{base.get(where, 'x')}{way}"}
    client.post("/nl/live/initiative/new/", given)
    do_work()
    for each in mail.outbox:
        message: EmailMessage = each.message()
        assert each.recipients() == ["iemand@linde.example"]
        assert message["Bcc"] is None
        assert "\n" not in message["Subject"].replace("\n ", "")


def test_fields_that_no_form_asks_change_nothing(client: Any) -> None:
    from django.utils import timezone

    from thuis.live.models import Organisation, Submission, User

    place = Organisation.objects.create(key="hier", name="Hier")
    more = {
        "state": "accepted",
        "id": "1",
        "pk": "1",
        "confirmed_at": str(timezone.now()),
        "decided_at": "2020-01-01",
        "organisation_id": str(place.pk),
        "submitter_id": "1",
        "corrects": "x",
        "initiative": "1",
        "initiative_id": "1",
        "cells": "{}",
        "status": "defunct",
        "checked_by": "mij",
        "invented": "yes",
        "identifiers": "x",
    }
    path, made = sent(client, **more)
    assert (made.state, made.organisation, made.corrects, made.initiative) == ("waiting", None, "", None)
    assert not {"status", "checked_by", "invented", "identifiers"} & set(made.cells)
    client.post(f"{path}edit/", form(looked="yes", **more))
    made.refresh_from_db()
    assert (Submission.objects.count(), made.state, made.organisation) == (1, "waiting", None)
    boss = worker("admin", "baas")
    client.force_login(boss)
    client.post(
        f"/beheer/live/user/{boss.pk}/change/",
        {
            "username": "baas@thuis.example",
            "email": "b@thuis.example",
            "is_active": "on",
            "is_superuser": "on",
            "is_staff": "on",
            "password": "x",
            "user_permissions": "1",
        },
    )
    boss = User.objects.get(pk=boss.pk)
    assert (boss.is_superuser, boss.is_staff, boss.email) == (False, False, "b@thuis.example")
    assert not boss.has_usable_password()


def test_a_reset_says_and_sends_the_same_to_who_is_here_and_who_is_not(client: Any) -> None:
    """Nor does it ask the mail server while somebody waits: how long it takes would tell."""
    from unittest.mock import patch

    from django.core import mail
    from django.core.mail import EmailMessage as Sent

    served()
    from allauth.account.models import EmailAddress

    user = worker()
    user.set_password("een lange zin als wachtwoord")
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    # What is counted for the visitor has its row by now.
    client.post("/nl/account/password/reset/", {"email": "ander@thuis.example"})
    answers, queries = [], []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with patch.object(Sent, "send", side_effect=AssertionError("it waits for the mail server")):
        for address in (user.email, "niemand@thuis.example"):
            with CaptureQueriesContext(
                connection,
            ) as counted:
                answer = client.post("/nl/account/password/reset/", {"email": address})
            answers.append((answer.status_code, answer.headers.get("Location")))
            queries.append(sum("INSERT" in each["sql"] for each in counted))
    assert answers[0] == answers[1]
    assert queries[0] == queries[1]
    mail.outbox.clear()
    do_work()
    assert [each.to for each in mail.outbox] == [[user.email]]
    assert mail.outbox[0].subject.startswith("Nieuw wachtwoord")
    found = re.search(r"(https?://[^/]+)(/\S+)", mail.outbox[0].body)
    assert found
    from django.conf import settings

    assert found[1] == settings.LIVE.address
    assert 'name="password1"' in client.get(found[2], follow=True).content.decode()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80@127.0.0.1", "127.0.0.1\tevil.example"]
)
@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_a_link_in_mail_is_of_this_service_whatever_host_is_asked(
    client: Any, host: str, header: str
) -> None:
    from django.core import mail

    served()
    user = worker()
    user.set_password("een lange zin als wachtwoord")
    user.save()
    for path, given in (("account/password/reset/", {"email": user.email}), ("live/initiative/new/", form())):
        answer = client.post(f"/nl/{path}", given, **{header: host})
        assert "evil.example" not in answer.headers.get("Location", "")
        assert answer.status_code < 500
    do_work()
    assert not [each for each in mail.outbox if "evil.example" in each.body]


@pytest.mark.parametrize("proxies", [0, 1])
def test_who_guesses_is_known_by_the_address_that_the_proxy_saw(
    client: Any, settings: Any, proxies: int
) -> None:
    """Neither does a header that they write let them go on, nor are others locked out with them."""
    from django.conf import settings as now

    served()
    settings(LIVE=now.LIVE.model_copy(update={"proxies": proxies}))
    user = worker()
    user.set_password("een lange zin als wachtwoord")
    user.save()

    def tries(password: str, seen: str, written: str = "") -> int:
        chain = ", ".join(each for each in (written, seen) if each)
        header = (
            {"HTTP_X_FORWARDED_FOR": chain}
            if proxies
            else {"HTTP_X_FORWARDED_FOR": written, "REMOTE_ADDR": seen}
        )
        given = {"login": user.username, "password": password}
        return int(client.post("/nl/account/login/", given, **header).status_code)

    for number in range(6):
        last = tries("fout", "203.0.113.9", f"198.51.100.{number}")
    assert last != 302
    assert tries("een lange zin als wachtwoord", "203.0.113.9", "198.51.100.77") != 302
    assert tries("een lange zin als wachtwoord", "203.0.113.44") == 302


def test_a_code_for_when_the_telephone_is_gone_opens_once(client: Any) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from django.test import Client

    served()
    user = worker()
    user.set_password("een lange zin als wachtwoord")
    user.save()
    codes = RecoveryCodes.activate(user).get_unused_codes()
    assert Authenticator.objects.filter(user=user).count() == 2
    for number, opens in ((0, True), (0, False), (1, True)):
        other = Client()
        other.post("/nl/account/login/", {"login": user.username, "password": "een lange zin als wachtwoord"})
        other.post("/nl/account/2fa/authenticate/", {"code": codes[number]})
        assert (other.get("/nl/live/staff/").status_code == 200) is opens


def office(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
        archive.writestr("[Content_Types].xml", "<Types/>")
    return made.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "allochtonen ">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><l>&i;</l>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x; De allochtonen.</l>'
)
FILES = {
    "bomb-of-entities.docx": office(word__document_xml=ENTITIES),
    "file-of-others.docx": office(word__document_xml=OUTSIDE),
    "file-of-others.odt": office(content_xml=OUTSIDE, mimetype="application/vnd.oasis.opendocument.text"),
    "bomb-in-bomb.docx": office(word__document_xml="0", **{"word__media__a.docx": "x" * 30_000_000}),
    "leads-out.docx": office(**{"..__..__..__etc__cron": "x", "word__document_xml": "<w/>"}),
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script>'
    b"<text>allochtonen</text></svg>",
    "page.html": b"<html><script>alert(1)</script><p>De allochtonen.</p></html>",
    "gif-and-page.gif": b"GIF89a/*" + b"<script>alert(1)</script> allochtonen */=1;",
    "pdf-and-zip.pdf": b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    + office(word__document_xml="<w/>"),
    "endless.pdf": b"%PDF-1.4\n"
    + b"1 0 obj<</Kids[1 0 R]/Type/Pages/Count 9>>endobj\n" * 3
    + b"trailer<</Root 1 0 R>>",
    "long-line.txt": b"a" * 4_900_000,
    "many-lines.txt": b"\n" * 4_900_000,
    "names": b"De allochtonen.",
    "utf-16.txt": "De allochtonen in de wijk doen mee.".encode("utf-16"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_means_harm_is_answered_within_its_time(client: Any, name: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    served()
    for path in ("screen", "letter"):
        began = time.monotonic()
        answer = client.post(f"/nl/live/{path}/", {"file": SimpleUploadedFile(name, FILES[name])})
        assert answer.status_code in (200, 422)
        assert b"root:" not in answer.content
        harmless(answer.content)
        assert time.monotonic() - began < 60


PATHOLOGICAL = {
    "one-sign": "a" * 199_000,
    "blanks": " " * 199_000,
    "points": "." * 199_000,
    "open": "(" * 199_000,
    "numbers": "1" * 199_000,
    "dates": "1-1-" * 45_000,
    "addresses": "a@" * 99_000,
    "links": "http://" * 28_000,
    "letters": "Kamerstukken II 2022/23, 29 544, nr. " * 5_300,
    "promises": "Ik zeg toe dat ik " * 11_000,
    "signs": "\u0301" * 199_000,
    "turks": "İ" * 99_000,
    "almost": "allochtone" * 19_900,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_a_text_made_to_keep_the_engine_busy_is_answered(client: Any, name: str) -> None:
    served()
    for path in ("screen", "letter"):
        began = time.process_time()
        answer = client.post(f"/nl/live/{path}/", {"text": PATHOLOGICAL[name]})
        assert answer.status_code in (200, 422)
        assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "asked",
    [
        "services?page=99999999999999999999",
        "services?page=-1",
        "services?page=1e9",
        "services?per_page=999999999",
        "services?postcode=3511&proximity=1e308",
        "services?postcode=3511&proximity=99999999999999999999",
        "services?postcode=3511&proximity=NaN",
        "services?postcode=3511&proximity=-1",
        "services?search=" + "a" * 5000,
        "services?search=" + "(a%2B)%2B" * 40 + "!",
        "services?search=" + "%22" * 300,
        "services?search=%F0%9F%98%80" * 20,
        "services?modified_after=9999-12-31T23:59:59.999999%2B14:00",
        "services?modified_after=0001-01-01T00:00:00-14:00",
        "services?taxonomy_term_id=" + "1," * 200,
        "changes?after=99999999999999999999",
        "changes?after=-99999999999999999999",
        "services/" + "9" * 400,
        "services/..%2F..%2Fsecret.key",
    ],
)
def test_what_is_too_large_is_told_and_breaks_nothing(client: Any, asked: str) -> None:
    served()
    began = time.process_time()
    answer = client.get(f"/hsds/3.1/{asked}")
    assert answer.status_code in (200, 400, 404)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("page", ["99999999999999999999", "-1", "1e9", "x", "", "1'--", "%00", "٣"])
def test_pages_of_the_staff_that_are_none(client: Any, page: str) -> None:
    served()
    user = worker()
    user.roles.create(name="data-officer")
    user.roles.create(name="admin")
    client.force_login(user)
    for path in (
        "/nl/live/staff/queue/",
        "/nl/live/staff/log/",
        "/beheer/live/logentry/",
        "/beheer/live/job/",
    ):
        answer = client.get(f"{path}?page={page}&p={page}&state={page}&o={page}&e={page}", follow=True)
        assert answer.status_code in (200, 404), path


def test_no_page_that_comes_along_with_sign_in_breaks_or_opens(client: Any) -> None:
    """Every address of the accounts, asked by nobody and by somebody, with and without what it wants."""
    from django.test import Client
    from django.urls import get_resolver

    served()
    found: list[str] = []

    def walk(patterns: Any, before: str) -> None:
        for each in patterns:
            path = before + str(each.pattern)
            if hasattr(each, "url_patterns"):
                walk(each.url_patterns, path)
            elif path.startswith("nl/account"):
                found.append(re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]*>", "x-1", path).strip("^$\\Z"))

    from django.utils import translation

    with translation.override("nl"):
        walk(get_resolver().url_patterns, "")
    assert len(found) > 20
    user = worker("editor")
    for who in (Client(), client):
        if who is client:
            who.force_login(user)
        for path in found:
            for ask in (who.get, who.post):
                answer = ask(f"/{path}")
                assert answer.status_code < 500, (path, ask)
    user.refresh_from_db()
    assert user.is_active
