"""What changed in the published directory, and who is told of it."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = (("live", "0003_yearly_question"),)
    operations = (
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record", models.CharField(db_index=True, max_length=200)),
                ("document", models.CharField(db_index=True, max_length=200)),
                ("name", models.CharField(max_length=300)),
                (
                    "what",
                    models.CharField(
                        choices=[("added", "Added"), ("changed", "Changed"), ("removed", "Removed")],
                        max_length=10,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("url", models.URLField(max_length=500)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("after", models.BigIntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                ("fault", models.CharField(blank=True, max_length=300)),
            ],
        ),
    )
