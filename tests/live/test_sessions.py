"""Cookies, passwords and the end of a session, as a browser meets them."""

from __future__ import annotations

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
