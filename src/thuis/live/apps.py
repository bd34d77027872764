"""The service as an application of Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Its name and label."""

    name = "thuis.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"
