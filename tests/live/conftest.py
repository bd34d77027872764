"""Django's own test client on a database that every test leaves as it found it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from support.live import own_file, served


@pytest.fixture(scope="session")
def _service() -> Iterator[None]:
    served()
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture
def client(_service: None) -> Iterator[Any]:
    """A visitor; what happens in the database is undone afterwards."""
    from django.core import mail
    from django.core.cache import caches
    from django.db import transaction
    from django.test import Client

    from thuis.live.visitors import COUNTS

    mail.outbox.clear()
    for each in caches.all(initialized_only=True):
        each.clear()
    COUNTS.clear()
    with own_file(), transaction.atomic():
        yield Client(enforce_csrf_checks=False)
        transaction.set_rollback(True)


@pytest.fixture
def settings(_service: None) -> Iterator[Any]:
    """Settings for the length of a test."""
    from django.test import override_settings

    opened: list[Any] = []

    def change(**values: Any) -> None:
        opened.append(override_settings(**values))
        opened[-1].enable()

    yield change
    for each in opened:
        each.disable()
