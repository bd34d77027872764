"""What an admin manages by hand: people, roles and organisations. What was decided is not changed here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.forms import ChoiceField
from django.http import HttpRequest
from django.utils.functional import lazy

from thuis.live import log
from thuis.live.models import Job, LogEntry, Organisation, Role, User
from thuis.live.pages import heard, speaking
from thuis.live.rules import rules
from thuis.live.served import languages
from thuis.live.staff import Beheer
from thuis.live.team import vouch

site = Beheer(name="beheer")


def _word(key: str) -> Any:
    """A word of the catalogue, in the language of who reads it."""
    return lazy(lambda: speaking()(f"beheer.{key}"), str)()


def _worded(model: Any, *fields: str) -> None:
    """Call a table and its fields as the service's own pages would."""
    one = str(model._meta.model_name)
    model._meta.verbose_name, model._meta.verbose_name_plural = _word(one), _word(f"{one}s")
    for name in fields:
        model._meta.get_field(name).verbose_name = _word(name.replace("_", "-"))


_worded(User, "username", "email", "is_active", "last_login")
_worded(Role, "user", "name", "organisation")
_worded(Organisation, "key", "name", "kind")
_worded(Job, "kind", "due_at", "tries", "done_at", "fault", "once", "payload", "taken_at")
_worded(LogEntry, "at", "actor", "what", "subject", "detail", "digest")


class Logged(admin.ModelAdmin):
    """Every change an admin makes is in the log."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    has_view_permission = has_change_permission = has_delete_permission = _may

    def has_add_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        what = "changed" if change else "added"
        log.write(f"user {request.user.pk}", f"{what} in beheer", f"{obj._meta.model_name} {obj.pk}")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        log.write(f"user {request.user.pk}", "removed in beheer", f"{obj._meta.model_name} {obj.pk}")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for each in queryset:
            self.delete_model(request, each)


class ReadOnly(Logged):
    """Only to look at."""

    def _no(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = _no

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class UserAdmin(Logged):
    """Staff: who they are and whether they may come in; passwords go by mail or command."""

    fields = ("username", "email", "first_name", "last_name", "is_active")
    list_display = ("username", "is_active", "last_login")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        vouch(obj)


class RoleAdmin(Logged):
    """Who may do what, where."""

    list_display = ("user", "role", "organisation")

    @admin.display(description=_word("role"))
    def role(self, each: Role) -> str:
        return speaking()(f"role.{each.name}")

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **given: Any) -> Any:
        l = speaking()
        return ChoiceField(choices=[(key, l(f"role.{key}")) for key in Role.Name.values], label=_word("role"))


class OrganisationAdmin(Logged):
    """Whose initiatives and consultations there are."""

    list_display = ("name", "key", "kind")
    prepopulated_fields: ClassVar = {"key": ("name",)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **given: Any) -> Any:
        if db_field.name != "kind":
            return super().formfield_for_dbfield(db_field, request, **given)
        kinds = [(key, heard(each.text, languages()[0])) for key, each in rules().kinds.items()]
        return ChoiceField(choices=[("", "---------"), *kinds], required=False, label=_word("kind"))


class JobAdmin(ReadOnly):
    """What waits, and what went wrong."""

    list_display = ("kind", "due_at", "tries", "done_at", "fault")
    list_filter = ("kind",)


class LogAdmin(ReadOnly):
    """The log."""

    list_display = ("at", "actor", "what", "subject")


site.register(User, UserAdmin)
site.register(Role, RoleAdmin)
site.register(Organisation, OrganisationAdmin)
site.register(Job, JobAdmin)
site.register(LogEntry, LogAdmin)
