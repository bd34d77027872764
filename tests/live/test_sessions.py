"""Cookies, passwords and the end of a session, as a browser meets them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from support.live import worker

LOGIN = "/nl/account/login/"
RIGHT = "een zin van vier woorden"


def signed_in(client: Any, name: str = "mo") -> Any:
    """Somebody of the staff, in with a password, stopped at the second factor."""
    user = worker(name=name)
    user.set_password(RIGHT)
    user.save()
    return client.post(LOGIN, {"login": user.username, "password": RIGHT})


def test_cookies_are_for_this_site_and_for_no_script(client: Any) -> None:
    client.get(LOGIN)
    signed_in(client)
    for name in ("csrftoken", "sessionid"):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


@pytest.mark.parametrize(("address", "secure"), [("https://a.example", True), ("http://localhost:1", False)])
def test_cookies_are_secure_where_the_address_is(client: Any, address: str, secure: bool) -> None:
    from django.conf import settings

    assert settings.LIVE.model_copy(update={"address": address}).secure is secure
    assert settings.SESSION_COOKIE_SECURE is settings.CSRF_COOKIE_SECURE is settings.LIVE.secure


@pytest.mark.parametrize(
    ("password", "right"),
    [("kort", False), ("q1w2e3r4t5y6", False), ("mo@thuis.example", False), (RIGHT, True)],
)
def test_passwords_that_are_guessed_are_refused(client: Any, password: str, right: bool) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    user = worker()
    if right:
        validate_password(password, user)
        user.set_password(password)
        assert user.password.startswith("scrypt$")
    else:
        with pytest.raises(ValidationError):
            validate_password(password, user)


def test_who_signs_in_gets_another_session_and_it_ends(client: Any) -> None:
    client.get(LOGIN)
    session = client.session
    session["before"] = "x"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    signed_in(client)
    client.force_login(worker(name="an"))
    assert client.cookies["sessionid"].value != before
    assert client.session.get_expire_at_browser_close()
    from django.conf import settings

    assert client.session.get_session_cookie_age() <= settings.SESSION_COOKIE_AGE == 8 * 3600
    gone = client.cookies["sessionid"].value
    client.post("/nl/account/logout/")
    from django.contrib.sessions.models import Session

    assert not Session.objects.filter(session_key=gone).exists()


SECOND = "/nl/account/2fa/authenticate/"


def code(user: Any, steps: int = 0) -> str:
    """The code of an app whose clock is some half minutes off."""
    import time

    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth
    from allauth.mfa.utils import decrypt

    kept = Authenticator.objects.get(user=user, type="totp")
    counter = int(time.time()) // 30 + steps
    return str(auth.format_hotp_value(auth.hotp_value(decrypt(kept.data["secret"]), counter)))


@pytest.mark.parametrize(("steps", "taken"), [(0, True), (-1, True), (1, True), (-3, False), (3, False)])
def test_a_code_that_changed_on_its_way_is_taken_an_old_one_is_not(
    client: Any, monkeypatch: pytest.MonkeyPatch, steps: int, taken: bool
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    assert signed_in(client).headers["Location"].startswith(SECOND)
    from thuis.live.models import User

    client.post(SECOND, {"code": code(User.objects.get(), steps)})
    assert ("_auth_user_id" in client.session) is taken


def test_a_code_opens_once_whichever_process_is_asked(client: Any) -> None:
    from django.core.cache import caches
    from django.core.cache.backends.db import DatabaseCache
    from django.test import Client

    from thuis.live.models import User

    signed_in(client)
    given = code(User.objects.get())
    client.post(SECOND, {"code": given})
    assert "_auth_user_id" in client.session
    assert isinstance(caches["default"], DatabaseCache)
    other = Client()
    other.post(LOGIN, {"login": "mo@thuis.example", "password": RIGHT})
    other.post(SECOND, {"code": given})
    assert "_auth_user_id" not in other.session


def test_a_session_that_somebody_planted_is_not_the_one_that_is_signed_in(client: Any) -> None:
    """Session fixation: an attacker knows the number of the session before its owner signs in."""
    from django.test import Client

    from thuis.live.models import User

    planted = Client()
    planted.post(LOGIN, {"login": "nobody", "password": "x"})
    session = planted.session
    session["planted"] = "yes"
    session.save()
    number = session.session_key
    client.cookies["sessionid"] = number
    signed_in(client)
    client.post(SECOND, {"code": code(User.objects.get())})
    assert "_auth_user_id" in client.session
    assert client.session.session_key != number
    planted.cookies["sessionid"] = number
    assert "_auth_user_id" not in planted.session
    assert "planted" not in client.session or client.session.session_key != number
    assert planted.get("/nl/live/staff/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "https:evil.example",
        "http://testserver@evil.example/",
        "javascript:alert(1)",
        "\thttps://evil.example",
        "/%2f%2fevil.example",
        "https://testserver.evil.example/",
        # As lists of such addresses have them.
        "evil.example",
        "testserver.evil.example",
        "\\\\evil.example",
        "\\/\\/evil.example/",
        "/\\/evil.example/",
        "////evil.example",
        "//\\/\\evil.example/",
        "evil。example",
        "//evil。example",
        "//evil%00.example",
        "testserver@evil.example",
        "testserver%40evil.example",
        "testserver?evil.example",
        "//testserver?@evil.example",
        "https://evil.c℀.example.com",
        "http://ⓔⓥⓘⓛ.ⓒⓞⓜ",
        "/°evil.example",
        "/%0d/evil.example",
        "/%0a//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "ok&next=//evil.example",
        "data:text/html,x",
        "http://[evil.example",
        "//[::1",
    ],
)
def test_signing_in_sends_nobody_elsewhere(client: Any, elsewhere: str) -> None:
    from urllib.parse import quote, urljoin, urlsplit

    from thuis.live.models import User

    user = worker()
    user.set_password(RIGHT)
    user.save()
    where = f"?next={quote(elsewhere, safe='')}"
    ways = [
        client.get(LOGIN + where),
        client.post(LOGIN + where, {"login": user.username, "password": RIGHT, "next": elsewhere}),
        client.post(f"{SECOND}{where}", {"code": code(User.objects.get()), "next": elsewhere}),
        client.post(f"/nl/account/logout/{where}", {"next": elsewhere}),
        client.get(f"/nl/account/login/cancelled/{where}"),
        client.get(f"/{elsewhere}"),
        client.get(f"//{elsewhere}"),
    ]
    for answer in ways:
        # As browsers read it: no tabs and lines, and a stroke is a stroke whichever way it leans.
        given = re.sub(r"[\t\r\n]", "", answer.headers.get("Location", "/")).strip().replace("\\", "/")
        assert answer.status_code < 500
        to = urljoin("http://testserver/x/", given)
        assert urlsplit(to).hostname == "testserver", (answer.request["PATH_INFO"], to)


def test_counts_of_who_signs_in_tell_no_address_and_go(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection
    from django.utils import timezone

    from thuis.live.privacy import tidy

    def kept() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key, value FROM live_cache")
            return list(cursor.fetchall())

    client.post(LOGIN, {"login": "mo@thuis.example", "password": "wrong"}, REMOTE_ADDR="192.0.2.77")
    assert kept()
    assert not any("192.0.2" in str(row) or "mo@" in str(row) for row in kept())
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("thuis.live.privacy.timezone.now", lambda: later)
    tidy()
    assert not kept()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_wrong_at_signing_in_is_said_in_words_of_the_service(client: Any, language: str) -> None:
    from thuis.language import texts

    said = texts("live", language)
    page = client.post(
        f"/{language}/account/login/", {"login": "a@b.example", "password": "fout"}
    ).content.decode()
    assert said("account.wrong.username_password_mismatch") in page
    assert said("account.mail") in page
    assert "Gebruikersnaam" not in page
    assert "Username" not in page
