"""Staff come in by an identity provider: a real one, on this machine, asked as a browser asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from support.live import worker

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
START = "/nl/account/oidc/staff/login/"


@contextmanager
def provider(email: str, *, verified: bool = True, two_factors: bool = False) -> Iterator[None]:
    """A provider that knows one person, and a service that knows the provider."""
    import oidc_provider_mock
    from django.conf import settings
    from django.test import override_settings

    from thuis.live.config import Oidc

    person = oidc_provider_mock.User(sub="1", claims={"email": email, "email_verified": verified})
    with oidc_provider_mock.run_server_in_thread(user_claims=[person]) as server:
        oidc = Oidc(server=f"http://localhost:{server.server_port}", client="thuis", two_factors=two_factors)
        live = settings.LIVE.model_copy(update={"oidc": oidc})
        with override_settings(LIVE=live, SOCIALACCOUNT_PROVIDERS=oidc.providers("secret")):
            yield


def answered(client: Any, **form: str) -> str:
    """To the provider and back: where it sends the browser."""
    asked = client.post(START)
    assert "code_challenge_method=S256" in asked.headers["Location"]
    given = httpx2.post(asked.headers["Location"], data={"sub": "1", **form})
    return str(given.headers["location"]).replace("http://testserver", "")


def signed_in(client: Any) -> bool:
    return "_auth_user_id" in client.session


def test_a_known_address_comes_to_the_second_factor(client: Any) -> None:
    user = worker()
    with provider(user.email):
        answer = client.get(answered(client))
    assert answer.headers["Location"] == "/nl/account/2fa/authenticate/"
    assert not signed_in(client)


@pytest.mark.parametrize("asks", [True, False])
def test_a_provider_that_asks_two_factors_is_enough_where_the_settings_say_so(
    client: Any, asks: bool
) -> None:
    from allauth.mfa.models import Authenticator

    user = worker()
    Authenticator.objects.filter(user=user).delete()
    with provider(user.email, two_factors=asks):
        client.get(answered(client))
        assert signed_in(client)
        page = client.get("/nl/live/staff/")
    assert page.status_code == (200 if asks else 302)
    assert asks or page.headers["Location"].endswith("/2fa/totp/activate/")


@pytest.mark.parametrize(
    ("email", "verified"), [("mo@thuis.example", False), ("iemand@thuis.example", True), ("", True)]
)
def test_an_address_that_is_not_theirs_or_not_known_opens_nothing(
    client: Any, email: str, verified: bool
) -> None:
    from thuis.live.models import User

    worker()
    with provider(email, verified=verified):
        client.get(answered(client))
    assert not signed_in(client)
    assert "account_login" not in client.session
    assert User.objects.count() == 1


@pytest.mark.parametrize("spoil", ["state", "code"])
def test_an_answer_that_nobody_asked_for_opens_nothing(client: Any, spoil: str) -> None:
    user = worker()
    with provider(user.email):
        path = answered(client)
        client.get(path.replace(f"{spoil}=", f"{spoil}=x"))
    assert not signed_in(client)
    assert "account_login" not in client.session


def test_an_answer_of_another_browser_opens_nothing(client: Any) -> None:
    from django.test import Client

    user = worker()
    with provider(user.email):
        path = answered(client)
        other = Client()
        other.get(path)
    assert not signed_in(other)
    assert "account_login" not in other.session


def test_who_is_refused_there_is_told_here(client: Any) -> None:
    user = worker()
    with provider(user.email):
        answer = client.get(answered(client, action="deny"), follow=True)
    assert answer.status_code < 500
    assert not signed_in(client)


def test_who_was_made_under_beheer_comes_in_by_the_address_given_there(client: Any) -> None:
    from thuis.live.models import Role, User

    client.force_login(worker("admin", "baas"))
    given = {"username": "jo@thuis.example", "email": "jo@thuis.example", "is_active": "on"}
    assert client.post("/beheer/live/user/add/", given).status_code == 302
    made = User.objects.get(username="jo@thuis.example")
    assert not made.has_usable_password()
    Role.objects.create(user=made, name="moderator")
    client.logout()
    with provider("jo@thuis.example"):
        client.get(answered(client))
    assert client.session["_auth_user_id"] == str(made.pk)
    assert client.get("/nl/live/staff/").headers["Location"].endswith("/2fa/totp/activate/")


def test_an_address_that_was_changed_under_beheer_opens_nothing_any_more(client: Any) -> None:
    """Who gets somebody's former address at the provider is not that person here."""
    from django.test import Client

    from thuis.live import team
    from thuis.live.models import User

    team.add("oud@thuis.example", ["moderator"])
    user = User.objects.get()
    client.force_login(worker("admin", "baas"))
    given = {"username": "nieuw@thuis.example", "email": "nieuw@thuis.example", "is_active": "on"}
    client.post(f"/beheer/live/user/{user.pk}/change/", given)
    for email, opens in (("oud@thuis.example", False), ("nieuw@thuis.example", True)):
        other = Client()
        with provider(email):
            other.get(answered(other))
        assert signed_in(other) is opens
