"""Schemathesis on the API from its own OpenAPI: no fault of the server, no answer that it does not describe."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as bounded

schemathesis = pytest.importorskip("schemathesis")

MOST = 400 if os.environ.get("THUIS_FUZZ") else 8


@pytest.fixture(scope="session")
def schema(_service: None) -> Any:
    """The API as it describes itself, asked without a network."""
    from django.conf import settings

    from thuis.live.api.views import api
    from thuis.live.wsgi import application

    assert settings.LIVE
    api.throttle[0].num_requests = 10**9
    return schemathesis.openapi.from_wsgi("/hsds/3.1/openapi.json", application)


cases = schemathesis.pytest.from_fixture("schema")


@cases.parametrize()
@bounded(
    max_examples=MOST,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_described_and_none_is_a_fault(case: Any) -> None:
    case.call_and_validate()
