"""The service as an application of Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Its name and label."""

    name = "thuis.live"
    label = "live"
    verbose_name = "thuis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Who does the work that waits registers on being imported."""
        from importlib import import_module

        doers = ("post", "received", "submissions", "publication", "team", "views.screening", "api.changes")
        for name in doers:
            import_module(f"thuis.live.{name}")
