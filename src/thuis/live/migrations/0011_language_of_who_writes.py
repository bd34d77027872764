"""Whoever writes says in which language: no language is the one of a row that does not tell."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables lose a default."""

    dependencies = (("live", "0010_changes_and_webhooks"),)
    operations = tuple(
        migrations.AlterField(name, "language", models.CharField(max_length=8))
        for name in ("comment", "submission", "submitter")
    )
