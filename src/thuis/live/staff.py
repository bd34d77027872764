"""Who may come where: a role, and a second factor, for every page of the staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from thuis.live.models import Organisation, Role, User
from thuis.live.views.faults import forbidden

View = Callable[..., HttpResponse]
Name = Role.Name


def roles_of(user: Any, *, whole: bool = False) -> frozenset[str]:
    """The names of a user's roles, in whatever organisation.

    :param whole: only those that hold for all organisations together.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    given = user.roles.values_list("name", "organisation")
    return frozenset(name for name, place in given if place is None or not (whole or name in Role.WHOLE))


def two_factors(request: HttpRequest) -> bool:
    """Whether somebody came in with two factors: ours, or those of an identity provider that asks them."""
    if is_mfa_enabled(request.user):
        return True
    steps = request.session.get("account_authentication_methods", [])
    provided = any(each.get("method") == "socialaccount" for each in steps)
    return bool(settings.LIVE.oidc.two_factors and provided)


def staff(*names: str, whole: bool = False) -> Callable[[View], View]:
    """Only for who has one of the roles (or any, when none is named), and signed in with two factors.

    :param whole: for pages of what is of all organisations together.
    """

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            own = roles_of(request.user, whole=whole)
            if not own & (set(names) or set(Name.values)):
                return forbidden(request)
            if not two_factors(request):
                return redirect("mfa_activate_totp")
            return view(request, *given, **named)

        return guarded

    return around


def places(user: User, *names: str) -> QuerySet[Organisation] | None:
    """The organisations for which a user has one of the roles; None where it holds for all."""
    own = user.roles.filter(name__in=names)
    if own.filter(organisation=None).exists():
        return None
    return Organisation.objects.filter(role__in=own).distinct()


def within(user: User, found: QuerySet[Any], *names: str, by: str = "organisation") -> QuerySet[Any]:
    """What of a set is of the organisations for which a user has one of the roles.

    :param by: what of a row says whose it is.
    """
    own = places(user, *names)
    return found if own is None else found.filter(Q((f"{by}__in", own)))


def holds(user: User, name: str, organisation: Organisation | None) -> bool:
    """Whether a role of a user holds for what is of an organisation, or of none, at this moment."""
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        return False
    own = places(user, name)
    return own is None or (organisation is not None and own.filter(pk=organisation.pk).exists())


class Beheer(admin.AdminSite):
    """Django's own administration, for admins alone, behind the same two factors."""

    site_header = site_title = "thuis"
    index_title = "Beheer"

    def has_permission(self, request: HttpRequest) -> bool:
        return Name.ADMIN in roles_of(request.user) and two_factors(request)

    def get_urls(self) -> list[Any]:
        """Those of Django, without the one that leads from a number to the page of a thing."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The page of the service, in its words."""
        return redirect("account_change_password")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Out, and to the start page; the page of the service asks who came by a link alone."""
        if request.method != "POST":
            return redirect("account_logout")
        logout(request)
        return redirect(f"/{request.LANGUAGE_CODE}/")

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated and Name.ADMIN not in roles_of(request.user):
            return forbidden(request)
        if request.user.is_authenticated:
            return redirect("mfa_activate_totp")
        return redirect_to_login(request.get_full_path())
