"""One data folder and one built site for every test that only looks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.monitor import data_folder
from thuis.contract.folder import DataFolder, read_folder
from thuis.site.build import build_site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ``public`` folder with data and pages."""
    public = tmp_path_factory.mktemp("public")
    build_site(data_folder(public / "data"), public, search=False)
    return public


@pytest.fixture(scope="session")
def data(built: Path) -> DataFolder:
    """The data folder, read."""
    return read_folder(built / "data")


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with every optional file: findings, flow, map, vocabulary, dossier."""
    public = tmp_path_factory.mktemp("full")
    build_site(data_folder(public / "data", optional=True), public, search=False)
    return public


@pytest.fixture
def copied(full: Path, tmp_path: Path) -> Path:
    """A data folder with every optional file, free to spoil."""
    shutil.copytree(full / "data", tmp_path / "data")
    return tmp_path
