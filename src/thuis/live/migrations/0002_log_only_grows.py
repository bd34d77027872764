"""The database itself refuses to change or remove an entry of the log."""

from typing import Any

from django.db import migrations

TABLE = "live_logentry"
SQLITE = tuple(
    f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    f"CREATE FUNCTION {TABLE}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_only_grows()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_only_grows()",
)


def guard(_: Any, editor: Any) -> None:
    """The triggers of the database that this is."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on the log."""

    dependencies = (("live", "0001_initial"),)
    operations = (migrations.RunPython(guard, migrations.RunPython.noop),)
