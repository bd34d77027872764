"""A copy of the service in one file, and its return: the same rows on either database, and in newer versions.

The file is a ZIP: what it holds with digests, the rows of each table a line each, and what the folder holds
besides. Rows are named by the tables' fields, so a copy of SQLite can return on PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps as current
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from thuis.errors import Place, ThuisError
from thuis.files import aside
from thuis.live import erased, log
from thuis.live.operations.backup_files import FORM, MANIFEST, read

FILES = ("live.toml", "rules.yaml", "postcodes.csv", "published.json", erased.NAME)
FOLDERS = ("delivered",)
LEFT_OUT = ("sessions.Session",)
"""Who is signed in at the moment is in no copy."""


def backup(target: Path, with_secret: bool = False) -> dict[str, int]:
    """Write a copy of the database as it is at one moment, and of the folder's own files.

    It can be made while the service runs. The secret key is in it only when asked for: without it the second
    factors of staff and the links in mail that was sent do not work after a return.

    :returns: how many rows of each table.
    :raises ThuisError: when the file is there, or cannot be written; nothing is left behind then.
    """
    if target.exists():
        raise ThuisError("this file is there", Place(str(target)), step="give another name")
    try:
        with aside(target) as part:
            handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w+b") as file:
                counts = _write(file, with_secret)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise ThuisError(f"it cannot be written: {error.strerror}", Place(str(target))) from error
    return counts


def _write(file: Any, with_secret: bool) -> dict[str, int]:
    counts: dict[str, int] = {}
    alone = not connection.in_atomic_block
    digests: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, transaction.atomic():
        if alone and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        applied = sorted(MigrationRecorder(connection).applied_migrations())
        for model in tables(current):
            name = f"tables/{model._meta.label}.jsonl"
            digest, count = hashlib.sha256(), 0
            with archive.open(name, "w", force_zip64=True) as out:
                for line in lines(model):
                    out.write(line)
                    digest.update(line)
                    count += 1
            counts[model._meta.label], digests[name] = count, digest.hexdigest()
        for name, path in _files(with_secret):
            data = path.read_bytes()
            archive.writestr(f"folder/{name}", data)
            digests[f"folder/{name}"] = hashlib.sha256(data).hexdigest()
        manifest = {
            "form": FORM,
            "made_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "migrations": applied,
            "rows": counts,
            "sha256": digests,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return counts


def _files(with_secret: bool) -> Iterator[tuple[str, Path]]:
    home: Path = settings.HOME
    for name in (*FILES, *(("secret.key",) if with_secret else ())):
        if (home / name).is_file():
            yield name, home / name
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(home).as_posix(), path


def tables(of: Any) -> list[type[models.Model]]:
    """Every model with a table of its own, those between two tables too, by name."""
    found = [
        each
        for each in of.get_models(include_auto_created=True)
        if each._meta.managed and not each._meta.proxy and each._meta.label not in LEFT_OUT
    ]
    return sorted(found, key=lambda each: each._meta.label)


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, each as a line of JSON."""
    fields = model._meta.local_concrete_fields
    for row in model._base_manager.order_by("pk").iterator(chunk_size=500):
        values = {each.attname: each.value_to_string(row) for each in fields}
        for each in fields:
            # ``value_to_string`` writes nothing as the word None.
            if getattr(row, each.attname) is None:
                values[each.attname] = None
        yield json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n"


def restore(source: Path) -> dict[str, int]:
    """Fill an empty database with the rows of a copy, as tables were then; then bring it to this version.

    :returns: how many rows of each table.
    :raises ThuisError: when the copy is damaged or of a newer version, or the database is not empty.
    """
    manifest = read(source)
    if connection.introspection.table_names():
        step = "name another database, or move this one aside"
        raise ThuisError("the database is not empty", expected="an empty database", step=step)
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    wanted = [tuple(each) for each in manifest["migrations"]]
    newer = [f"{app}.{name}" for app, name in wanted if (app, name) not in known]
    if newer:
        step = "restore it with the version of thuis that made it, or a newer one"
        raise ThuisError(f"it has tables of another version: {', '.join(newer)}", step=step)
    then = executor.migrate(_last_of(executor, wanted))
    with connection.constraint_checks_disabled(), transaction.atomic():
        _fill(source, then.apps, manifest)
        connection.check_constraints()
    _sequences(then.apps)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    broken = list(log.changed())
    if broken:
        raise ThuisError(f"the log was changed before the copy was made: entries {broken[:5]}")
    return dict(manifest["rows"])


def _last_of(executor: MigrationExecutor, applied: list[Any]) -> list[Any]:
    """Of the migrations that were applied, those on which no other of the same app stands."""
    nodes, there = executor.loader.graph.node_map, set(applied)
    return [
        each
        for each in applied
        if not any(child.key in there and child.key[0] == each[0] for child in nodes[each].children)
    ]


def _fill(source: Path, apps: Any, manifest: dict[str, Any]) -> None:
    by_label = {each._meta.label: each for each in tables(apps)}
    missing = [label for label, count in manifest["rows"].items() if count and label not in by_label]
    if missing:
        raise ThuisError(f"there is no table for {', '.join(missing)}")
    with zipfile.ZipFile(source) as archive:
        for label, model in by_label.items():
            if label not in manifest["rows"]:
                continue
            with archive.open(f"tables/{label}.jsonl") as file:
                batch: list[models.Model] = []
                for line in file:
                    batch.append(_row(model, json.loads(line)))
                    if len(batch) == 200:
                        _insert(model, batch)
                        batch = []
                _insert(model, batch)


def _row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    made = model()
    for each in model._meta.local_concrete_fields:
        value = values[each.attname]
        setattr(made, each.attname, value if value is None else each.to_python(value))
    return made


def _insert(model: type[models.Model], rows: list[models.Model]) -> None:
    """As they are: what sets a moment by itself on saving does not here."""
    if rows:
        manager: Any = model._base_manager
        manager._insert(rows, fields=model._meta.local_concrete_fields, using="default", raw=True)


def _sequences(apps: Any) -> None:
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables(apps)):
            cursor.execute(statement)
