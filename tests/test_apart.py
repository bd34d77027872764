"""A function in a process of its own: its result, its error, or one clear reason why it was stopped."""

from __future__ import annotations

import math
import os
import pickle
import random
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from thuis import apart as module
from thuis.apart import StoppedError, apart
from thuis.errors import Place, Problem, ThuisError, raise_all


def test_one_worker_serves_many_calls() -> None:
    first = apart(os.getpid, file="a")
    assert first != os.getpid()
    assert {apart(os.getpid, file="a") for _ in range(20)} == {first}


def test_a_worker_that_died_is_replaced_and_the_file_is_named() -> None:
    first = apart(os.getpid, file="a")
    with pytest.raises(StoppedError, match=r"brief\.pdf: the file is damaged") as stopped:
        apart(os.abort, file="brief.pdf")
    assert stopped.value.why == "died"
    assert apart(os.getpid, file="a") not in (first, os.getpid())


def test_limits() -> None:
    with pytest.raises(StoppedError, match=r"0\.1 seconds") as stopped:
        apart(math.factorial, 5_000_000, file="a.docx", seconds=0.1)
    assert stopped.value.why == "time"
    with pytest.raises(StoppedError) as stopped:
        apart(time.sleep, 60, file="a.docx", seconds=0.2)
    assert stopped.value.why == "time"
    with pytest.raises(StoppedError, match="1 GB of memory") as stopped:
        apart(bytearray, 3_000_000_000, file="a.docx", memory=1_000_000_000)
    assert stopped.value.why == "memory"
    assert len(apart(bytearray, 10_000_000, file="a.docx")) == 10_000_000, "the limit held for one call"


def test_errors_come_back_as_they_were() -> None:
    problem = Problem("no weight", Place("a.sav", row=3), available=("w",))
    with pytest.raises(ThuisError) as error:
        apart(raise_all, [problem], file="a.sav")
    assert error.value.problems == (problem,)
    with pytest.raises(ThuisError, match=r"b\.sav: the file cannot be read: .*math"):
        apart(math.sqrt, -1, file="b.sav")


def test_mutilated_survey_files_never_end_this_process(tmp_path: Path) -> None:
    """Compressed files of SPSS, of which ReadStat ends the process on some."""
    frame = pd.DataFrame({"answer": [1.0, 2.0, 3.0] * 30, "word": ["één", "twee", "drie"] * 30})
    pyreadstat.write_sav(frame, str(tmp_path / "a.zsav"), compress=True)
    whole, dice = (tmp_path / "a.zsav").read_bytes(), random.Random(36)
    outcomes: Counter[str] = Counter()
    for _ in range(80):
        raw = bytearray(whole[: dice.randrange(len(whole) // 2, len(whole) + 1)])
        for _ in range(dice.randint(0, 12)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        (tmp_path / "a.zsav").write_bytes(bytes(raw))
        try:
            apart(pyreadstat.read_sav, str(tmp_path / "a.zsav"), file="a.zsav", memory=0)
            outcomes["read"] += 1
        except ThuisError as error:
            outcomes["died" if isinstance(error, StoppedError) else "refused"] += 1
            assert "a.zsav" in str(error)
    assert outcomes["refused"] > 5, outcomes


def test_what_a_library_prints_is_no_answer() -> None:
    assert apart(print, "praat" * 10_000, file="a") is None


@pytest.mark.parametrize(
    "name", ["os\nsystem", "thuis.apart\nsubprocess.Popen", "thuis.apart\nPopen", "builtins\neval"]
)
def test_an_answer_is_data_only(name: str) -> None:
    answer = b"c" + name.encode() + b"\n(S'echo'\ntR."
    with pytest.raises((pickle.UnpicklingError, AttributeError)):
        module._load(answer)


def test_a_folder_of_the_user_is_not_where_the_worker_imports_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "_WORKERS", {})
    assert apart(math.sqrt, 4, file="a") == 2
    module._close()
