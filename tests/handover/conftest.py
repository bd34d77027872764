"""One made-up data folder for every test of what is handed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.monitor import data_folder
from thuis.contract.folder import DataFolder, read_folder
from thuis.handover.speech import Speech, speech


@pytest.fixture(scope="session")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every reason, breaks, a mean and a crossing."""
    return data_folder(tmp_path_factory.mktemp("handed") / "data")


@pytest.fixture(scope="session")
def folder(handed: Path) -> DataFolder:
    return read_folder(handed)


@pytest.fixture(scope="session")
def say(folder: DataFolder) -> Speech:
    return speech(folder, "en")
