"""The pre-commit hook in a real repository: the commit is refused until the text is changed or decided on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
[HOOK] = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose hook runs the entry on the staged files that match, as pre-commit does."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.email", "a@voorbeeld.example")
    git(tmp_path, "config", "user.name", "A")
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    command = HOOK["entry"].replace("thuis ", f"'{sys.executable}' -m thuis ", 1)
    hook.write_text(
        "#!/bin/sh\n"
        f"staged=$(git diff --cached --name-only --diff-filter=d | grep -E '{HOOK['files']}') || exit 0\n"
        f"exec {command} $staged\n"
    )
    hook.chmod(0o755)
    return tmp_path


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LANG": "C.UTF-8"},
    )


def commit(folder: Path, name: str, text: str) -> subprocess.CompletedProcess[str]:
    (folder / name).write_text(text, "utf-8")
    git(folder, "add", name)
    return git(folder, "commit", "-q", "-m", name)


def test_a_commit_is_refused_and_then_accepted(repository: Path) -> None:
    refused = commit(
        repository, "brief.md", "Den Haag, 3 maart 2024\n\nVeel allochtonen in de wijk zijn werkloos.\n"
    )
    assert refused.returncode != 0
    assert "allochtonen" in refused.stdout + refused.stderr
    accepted = commit(
        repository, "brief.md", "Den Haag, 3 maart 2024\n\nVeel migranten in de wijk zijn werkloos.\n"
    )
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert git(repository, "log", "--oneline").stdout.count("\n") == 1


def test_files_of_other_kinds_are_left_alone(repository: Path) -> None:
    assert commit(repository, "code.py", "allochtonen = 1\n").returncode == 0
