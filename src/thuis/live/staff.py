"""Who may come where: a role, and a second factor, for every page of the staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from thuis.live.models import Organisation, Role, User
from thuis.live.pages import page, show

View = Callable[..., HttpResponse]
Name = Role.Name


def roles_of(user: Any) -> frozenset[str]:
    """The names of a user's roles, in whatever organisation."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(user.roles.values_list("name", flat=True))


def two_factors(request: HttpRequest) -> bool:
    """Whether somebody came in with two factors: ours, or those of an identity provider that asks them."""
    if is_mfa_enabled(request.user):
        return True
    steps = request.session.get("account_authentication_methods", [])
    provided = any(each.get("method") == "socialaccount" for each in steps)
    return bool(settings.LIVE.oidc.two_factors and provided)


def staff(*names: str) -> Callable[[View], View]:
    """Only for who has one of the roles (or any, when none is named), and signed in with two factors."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            own = roles_of(request.user)
            if not own & (set(names) or set(Name.values)):
                return show(request, page(request, "staff", "live/notice.html", "fault.role"), 403)
            if not two_factors(request):
                return redirect("mfa_activate_totp")
            return view(request, *given, **named)

        return guarded

    return around


def within(user: User, found: QuerySet[Any], *names: str, by: str = "organisation") -> QuerySet[Any]:
    """What of a set is of the organisations for which a user has one of the roles.

    :param by: what of a row says whose it is; nothing where rows are of all organisations together.
    """
    own = user.roles.filter(name__in=names)
    if own.filter(organisation=None).exists():
        return found
    places = Organisation.objects.filter(role__in=own)
    return found.filter(Q((f"{by}__in", places))) if by else found.none()


class Beheer(admin.AdminSite):
    """Django's own administration, for admins alone, behind the same two factors."""

    site_header = site_title = "thuis"
    index_title = "Beheer"

    def has_permission(self, request: HttpRequest) -> bool:
        return Name.ADMIN in roles_of(request.user) and two_factors(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated and Name.ADMIN not in roles_of(request.user):
            return show(request, page(request, "staff", "live/notice.html", "fault.role"), 403)
        if request.user.is_authenticated:
            return redirect("mfa_activate_totp")
        return redirect_to_login(request.get_full_path())
