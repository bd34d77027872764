"""Schemathesis on the API from its own OpenAPI: no fault of the server, no answer undescribed."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded

schemathesis = pytest.importorskip("schemathesis")

MOST = 400 if os.environ.get("THUIS_FUZZ") else 8


@pytest.fixture
def schema(settings: Any) -> Any:
    """The API as it describes itself, asked without a network."""
    from django.conf import settings as now

    from thuis.live.wsgi import application

    limits = now.LIVE.limits.model_copy(update={"api": 10**9})
    settings(LIVE=now.LIVE.model_copy(update={"limits": limits}))
    return schemathesis.openapi.from_wsgi("/hsds/3.1/openapi.json", application)


def test_every_answer_is_described_and_none_is_a_fault(schema: Any) -> None:
    asked: dict[str, int] = {}
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @bounded(
            max_examples=MOST,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        def check(case: Any) -> None:
            asked[case.path] = asked.get(case.path, 0) + 1
            # A distance needs a postcode, and one whose place is known: a schema cannot say so.
            loose = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]
            case.call_and_validate(excluded_checks=loose if case.path.endswith("at_locations") else [])

        check()
    assert len(asked) == 12
    assert sum(asked.values()) >= 12
