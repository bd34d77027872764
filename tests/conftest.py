"""Fixtures shared by every test: where the repository is, and the larger data sets when they are at hand."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import just

from thuis import apart

# No deadline: how fast a machine is says nothing about whether the answer is right. The same examples in
# every run, so that what fails here fails for everybody; `make fuzz` draws new ones.
settings.register_profile(
    "thuis",
    deadline=None,
    derandomize=not os.environ.get("THUIS_FUZZ"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("thuis")

# Spark starts its workers with the python of the path, where this environment need not be.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Modules and tests stay until the end: nothing looks through them again and again for what may go.

    Hypothesis asks at its first test who holds its numbers at random, which nobody can tell of what stays.
    """
    gc.disable()
    try:
        found = yield
    finally:
        gc.enable()
    if any(each.get_closest_marker("hypothesis") for each in session.items):
        _first_of_hypothesis()
    gc.freeze()
    return found


@settings(max_examples=1, database=None)
@given(just(None))
def _first_of_hypothesis(_: None) -> None:
    """Holds for everything."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files made for a test go by the name of the argument: bytes of a zip hold the time of its making.

    Processes that share the tests have to agree on their names.
    """
    return argname if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(scope="session", autouse=True)
def _apart() -> Iterator[None]:
    """The process that reads foreign files ends before the session does, so that its coverage counts."""
    yield
    apart.end()


@pytest.fixture(scope="module", autouse=True)
def _counted() -> Iterator[None]:
    """Where lines are counted, that process ends after every file: later ones kill it, with its counts."""
    yield
    if "COVERAGE_PROCESS_CONFIG" in os.environ:
        apart.end()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``../shared/data`` beside the repository: data too large, or not licensed, to ship."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the data sets of ../shared/data are not beside this checkout")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder of made-up respondents that builds as it stands, for a test to break."""
    from thuis.starter import start

    start(tmp_path / "monitor", wave="2020")
    return tmp_path / "monitor"
