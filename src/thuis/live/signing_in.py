"""The forms of signing in, with the words of the service on their questions."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm

from thuis.live.pages import speaking


class _Worded:
    """Labels of the catalogue; what stands in a field before one types is taken for an answer."""

    fields: Any
    asks = "account.code"

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        l = speaking()
        for name, key in (("login", "account.mail"), ("code", self.asks)):
            if name in self.fields:
                self.fields[name].label = l(key)
        for each in self.fields.values():
            each.widget.attrs.pop("placeholder", None)


class Login(_Worded, LoginForm):
    """The first step; one signs in by the address for mail."""


class Authenticate(_Worded, AuthenticateForm):
    """The second step."""


class Reauthenticate(_Worded, ReauthenticateForm):
    """The second step once more, before something that matters."""


class Activate(_Worded, ActivateTOTPForm):
    """Turn the second step on; there are no emergency codes yet."""

    asks = "account.code-app"
