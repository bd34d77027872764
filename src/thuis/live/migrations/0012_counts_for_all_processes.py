"""Where it is counted how often somebody tries to sign in, and which codes were used: for all processes alike."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def _make(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", "live_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """A table of Django's own cache."""

    dependencies = (("live", "0011_language_of_who_writes"),)
    operations = (migrations.RunPython(_make, migrations.RunPython.noop),)
