"""Records and an index that the tests of the directory share."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("synthetic_initiatives", HERE / "synthetic.py")
assert _SPEC
assert _SPEC.loader
synthetic = importlib.util.module_from_spec(_SPEC)
sys.modules["synthetic_initiatives"] = synthetic
_SPEC.loader.exec_module(synthetic)


@pytest.fixture(scope="session")
def invented():
    """Five hundred invented initiatives."""
    return synthetic.initiatives(500)


@pytest.fixture(scope="session")
def index(invented):
    """Their index."""
    from thuis.directory.index import build

    return build(invented)
