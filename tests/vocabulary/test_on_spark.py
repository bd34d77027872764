"""On Spark every file has the outcome it has on one machine, and a run that was broken off goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.spark import session
from thuis.cli.screen import cited
from thuis.errors import ThuisError
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary import on_spark as module
from thuis.vocabulary.archive import Job
from thuis.vocabulary.on_spark import outcomes, screen_on_spark
from thuis.vocabulary.screen import Options, Screener

ALSO = (("citations", cited),)
JOB = Job(options=Options(date="2024"))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    yield from session()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "in een map").mkdir(parents=True)
    (folder / "a.txt").write_text("De allochtonen in de wijk, zie Kamerstuk 32 824, nr. 378.", "utf-8")
    (folder / "in een map" / "b é.html").write_text("<p>De islamieten wonen hier in de wijk.</p>", "utf-8")
    (folder / "in een map" / "leeg.txt").write_text("", "utf-8")
    (folder / "stuk.pdf").write_bytes(b"%PDF-1.7 stuk")
    return folder


def lines(out: Path) -> list[dict[str, Any]]:
    found = [
        json.loads(line)
        for file in out.glob("part-*/part-*")
        for line in file.read_text("utf-8").splitlines()
    ]
    return sorted(found, key=lambda each: str(each["document"]))


@pytest.mark.spark
def test_every_file_is_as_on_one_machine_and_a_broken_run_goes_on(
    spark: Any, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PER_PART", 2)
    out = tmp_path / "out"
    counted = screen_on_spark(str(papers), out, JOB, ALSO, spark)
    screener = Screener(load_vocabulary(), JOB.options)
    files = sorted(each for each in papers.rglob("*") if each.is_file())
    alone = [each for file in files for each in outcomes(str(file), file.read_bytes(), screener, ALSO)]
    plain = json.loads(json.dumps(alone))
    assert lines(out) == sorted(plain, key=lambda each: str(each["document"]))
    assert (counted.files, counted.screened) == (4, 2)
    assert counted.unscreened == {"damaged": 1, "empty": 1}
    assert lines(out)[0]["citations"][0]["ids"] == ["kst-32824-378"]
    before, done = lines(out), sorted(out.glob("part-*"))
    assert len(done) == 2
    (done[0] / "_SUCCESS").unlink()
    stamp = (done[1] / "_SUCCESS").stat().st_mtime_ns
    screen_on_spark(str(papers), out, JOB, ALSO, spark)
    assert lines(out) == before and (done[1] / "_SUCCESS").stat().st_mtime_ns == stamp
    with pytest.raises(ThuisError, match="another vocabulary"):
        screen_on_spark(str(papers), out, Job(options=Options(date="1999")), ALSO, spark)
