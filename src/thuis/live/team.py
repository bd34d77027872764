"""Accounts of the staff: made by command, never by signing up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from thuis.errors import Problem, raise_all, unknown
from thuis.live import log
from thuis.live.jobs import doer
from thuis.live.models import Organisation, Role, User
from thuis.live.pages import said
from thuis.live.served import languages
from thuis.tables import as_csv


@transaction.atomic
def add(email: str, roles: Sequence[str], organisation: str | None = None, language: str = "") -> str:
    """Make an account, or give one more roles; the link by which its owner sets a password.

    :param language: of the page behind the link; the site's first unless told.

    :raises ThuisError: for an address, a role, an organisation or a language that is none.
    """
    problems = [unknown("role", each, Role.Name.values) for each in roles if each not in Role.Name.values]
    try:
        validate_email(email)
    except ValidationError:
        problems.append(Problem(f"{email!r} is no address for mail"))
    place = Organisation.objects.filter(key=organisation).first() if organisation else None
    if organisation and place is None:
        keys = Organisation.objects.values_list("key", flat=True)
        problems.append(unknown("organisation", organisation, keys, step="add it under /beheer/"))
    problems += [
        Problem(f"{each} is a role for all organisations together", step="leave out --organisation")
        for each in roles
        if organisation and each in Role.WHOLE
    ]
    if language and language not in languages():
        problems.append(unknown("language", language, languages()))
    raise_all(problems)
    there = User.objects.filter(username__iexact=email).first()
    user, made = there or User(username=email, email=email), there is None
    if made:
        user.set_unusable_password()
        user.save()
        vouch(user)
    for each in roles:
        Role.objects.get_or_create(user=user, name=each, organisation=place)
    log.write("command", "added" if made else "changed", f"user {user.pk}", roles=sorted(roles))
    return password_link(user, language or languages()[0])


def vouch(user: User) -> None:
    """Let the address of an account be the one that is known to be theirs, and no other.

    By it an identity provider lets somebody in.
    """
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    if user.email:
        known = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=known)


def password_link(user: User, language: str) -> str:
    """Where somebody sets a password, once."""
    given = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    with translation.override(language):
        path = reverse("account_reset_password_from_key", kwargs=given)
    return str(settings.LIVE.address.rstrip("/") + path)


@doer("reset", most=3)
def reset(payload: Mapping[str, Any]) -> None:
    """Mail somebody of the staff the link to set another password; nobody, where nobody was meant."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user:
        text, link = said(payload["language"]), password_link(user, payload["language"])
        EmailMessage(text("mail.reset.subject"), text("mail.reset.body", link=link), to=[user.email]).send()


def rights() -> str:
    """Who may do what, where, with how many factors."""
    rows = [
        {
            "user": each.user.username,
            "active": "yes" if each.user.is_active else "no",
            "two factors": "yes" if is_mfa_enabled(each.user) else "no",
            "role": each.name,
            "organisation": each.organisation.key if each.organisation else "",
        }
        for each in Role.objects.select_related("user", "organisation").order_by("user__username", "name")
    ]
    return as_csv(rows, ("user", "active", "two factors", "role", "organisation"))
