"""Who takes part: staff with roles, and submitters, of whom nothing is kept but an address for mail."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models


class User(AbstractUser):
    """Somebody of the staff; the sign-in name is the address for mail."""

    class Meta:
        """Django's own names of a user are not this one's."""

    def clean(self) -> None:
        """Refuse a name that somebody has in other capitals."""
        super().clean()
        if type(self).objects.filter(username__iexact=self.username).exclude(pk=self.pk).exists():
            raise ValidationError({"username": f"{self.username} has an account"})


class Organisation(models.Model):
    """Whose initiatives or whose consultation it is: roles are given within one, or for all.

    ``kind`` is one of ``rules.yaml``: its rules hold whatever a submitter says.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What somebody of the staff may do, in one organisation or, without one, in all.

    Those of ``WHOLE`` watch what is of all organisations together, and hold in one of them nothing.
    """

    class Name(models.TextChoices):
        MODERATOR = "moderator"
        EDITOR = "editor"
        DATA_OFFICER = "data-officer"
        ADMIN = "admin"

    WHOLE = (Name.DATA_OFFICER, Name.ADMIN)

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=Name.choices)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "name", "organisation"), name="one_role_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.name}"

    def clean(self) -> None:
        """Refuse a role in one organisation that would hold for nothing there."""
        if self.name in self.WHOLE and self.organisation_id:
            told = f"{self.name} is a role for all organisations together: choose none"
            raise ValidationError({"organisation": told})


class Submitter(models.Model):
    """Somebody without an account: an address for mail, until some days after the last decision."""

    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField(auto_now_add=True)
    remind = models.BooleanField(default=False)
    delete_after = models.DateField(null=True, blank=True, db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"submitter {self.pk}"
