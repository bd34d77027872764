"""An older copy brings nobody back who was erased since; the file that says who names nobody."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from support.copies import rows_of, thuis
from support.filled import MAIL, fill
from support.live import served
from support.postgres import postgres
from thuis.errors import ThuisError


@pytest.fixture
def older(client: Any, tmp_path: Path) -> Path:
    """A copy of before four were erased, and beside it what says so."""
    from thuis.live.models import ScreeningKept, Submitter
    from thuis.live.operations.backup import backup
    from thuis.live.operations.person import erase
    from thuis.live.received import erase as due

    log = served() / "erased.log"
    log.unlink(missing_ok=True)
    fill()
    kept = ScreeningKept.objects.get()
    ScreeningKept.objects.filter(pk=kept.pk).update(result={"hits": ["een heel eigen zin"]})
    backup(tmp_path / "old.zip")
    erase(MAIL)
    erase("mo@thuis.example")
    due(Submitter.objects.get(email="c@linde.example"), "never confirmed")
    from thuis.live.links import token

    client.post(f"/nl/live/mine/{token('screening', kept.pk)}/")
    assert not ScreeningKept.objects.exists()
    log.rename(tmp_path / "erased.log")
    return tmp_path


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_who_was_erased_since_is_erased_again(older: Path, kind: str) -> None:
    database = postgres().create(f"erased{os.getpid()}") if kind == "postgresql" else None
    told = thuis(
        "restore", str(older / "new"), str(older / "old.zip"), "--erased", str(older / "erased.log"),
        database=database,
    )  # fmt: skip
    assert "erased again: submitter 1, submitter 3, submitter 4, user 1, screening" in told.stdout
    thuis("backup", str(older / "new"), str(older / "after.zip"), database=database)
    text = json.dumps(rows_of(older / "after.zip"), ensure_ascii=False).lower()
    for gone in (MAIL.lower(), "mo@thuis.example", "c@linde.example", '\\"ann\\"', "een heel eigen zin"):
        assert gone not in text
    assert "b@linde.example" in text
    # Noted again in the new folder, so that the next return knows it too.
    assert len(set((older / "new/erased.log").read_text().split())) > 4


def test_without_it_that_is_said(older: Path) -> None:
    told = thuis("restore", str(older / "new"), str(older / "old.zip"))
    assert "erased again: nobody" in told.stdout
    assert "--erased" in told.stderr


def test_what_says_so_names_nobody(older: Path) -> None:
    lines = (older / "erased.log").read_text("ascii").splitlines()
    assert len(lines) == 5
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d (asked|due) [0-9a-f]{64}", each) for each in lines)
    assert [each.split()[1] for each in lines] == ["asked", "asked", "asked", "due", "asked"]


@pytest.mark.parametrize(
    "line", ["Iemand.Anders@linde.example", "2026-01-01 asked", f"2026-01-01 maybe {'a' * 64}", "é"]
)
def test_a_line_that_is_none_of_such_a_file_is_refused(client: Any, tmp_path: Path, line: str) -> None:
    from thuis.live.erased import noted

    (tmp_path / "erased.log").write_text(f"{line}\n", "utf-8")
    with pytest.raises(ThuisError, match=r"erased\.log"):
        noted([tmp_path / "erased.log"])


def test_a_file_that_is_another_is_refused_before_anything_is_filled(older: Path) -> None:
    log, words = older / "erased.log", (str(older / "new"), str(older / "old.zip"))
    log.write_text("Iemand.Anders@linde.example\n", "utf-8")
    told = thuis("restore", *words, "--erased", str(log), check=False)
    assert told.returncode == 2
    assert "erased.log" in told.stderr
    assert "Traceback" not in told.stderr
    assert thuis("restore", *words).returncode == 0


def test_another_person_with_the_same_number_is_another(client: Any) -> None:
    from django.utils import timezone

    from thuis.live.erased import digest
    from thuis.live.models import Submitter

    served()
    one = Submitter.objects.create(email="a@b.example", language="nl")
    before = digest(one)
    one.refresh_from_db()
    assert digest(one) == before
    one.made_at = timezone.now()
    assert digest(one) != before


def test_nobody_is_erased_that_cannot_be_noted(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from thuis.live.models import Submitter
    from thuis.live.operations.person import erase

    served()
    fill()

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("thuis.live.erased.os.write", full)
    with pytest.raises((OSError, ThuisError)):
        erase(MAIL)
    assert Submitter.objects.filter(email=MAIL).count() == 2
