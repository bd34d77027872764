"""Of an organisation it is known of what kind it is, where somebody says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more field."""

    dependencies = (("live", "0012_counts_for_all_processes"),)
    operations = (migrations.AddField("organisation", "kind", models.CharField(blank=True, max_length=40)),)
