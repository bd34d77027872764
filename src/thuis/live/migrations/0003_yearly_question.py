"""Whether a submitter wants the yearly question."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("live", "0002_log_only_grows"),
    ]

    operations = [
        migrations.AddField(
            model_name="submitter",
            name="remind",
            field=models.BooleanField(default=False),
        ),
    ]
