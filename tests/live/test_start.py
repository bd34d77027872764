"""What an administrator got wrong is said once, at the start, and not to a visitor."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.live import served
from thuis.errors import ThuisError

ROWS = {
    "3512,52.09,5.12\n": None,
    "3512,noord,5.12\n": r"postcodes\.csv.*2.*'noord' is no latitude",
    "3512,52.09,\n": r"'' is no longitude",
    ",52.09,5.12\n": r"the cell is empty",
    "3512,nan,5.12\n": r"'nan' is no latitude",
    "3512,1e400,5.12\n": r"'1e400' is no latitude",
    "3512,520907,51214\n": r"'520907' is no latitude",
    "3512,52.09,5.12,6\n": r"postcodes\.csv",
}


@pytest.mark.parametrize(("rows", "fault"), ROWS.items())
def test_postcodes_are_read_or_refused_whole(
    rows: str, fault: str | None, client: Any, tmp_path: Path
) -> None:
    from thuis.live.api.postcodes import read_postcodes

    path = tmp_path / "postcodes.csv"
    path.write_text(f"postcode,latitude,longitude\n{rows}", "utf-8")
    if fault is None:
        assert read_postcodes(path) == {"3512": (52.09, 5.12)}
        return
    with pytest.raises(ThuisError) as told:
        read_postcodes(path)
    assert re.search(fault, str(told.value), re.DOTALL), told.value


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"code,lat,lon\n1,2,3\n", b"postcode\n3512\n"])
def test_a_file_that_is_no_list_of_postcodes(data: bytes, client: Any, tmp_path: Path) -> None:
    from thuis.live.api.postcodes import read_postcodes

    (tmp_path / "postcodes.csv").write_bytes(data)
    with pytest.raises(ThuisError, match=r"postcodes\.csv"):
        read_postcodes(tmp_path / "postcodes.csv")


def test_the_service_does_not_start_with_what_is_wrong_and_goes_on_when_it_becomes_so(client: Any) -> None:
    """At the start one error; while it runs, what was right before is used and nobody sees a fault."""
    from thuis.live import rules
    from thuis.live.api import postcodes
    from thuis.live.kept import Kept
    from thuis.live.start import warm

    for name, wrong, module, held in (
        ("postcodes.csv", "postcode,latitude,longitude\n9999,x,5\n", postcodes, "_POSTCODES"),
        ("rules.yaml", "general: [", rules, "_RULES"),
    ):
        path, kept = served() / name, getattr(module, held)
        before = path.read_text("utf-8") if path.exists() else None
        client.get("/hsds/3.1/service_at_locations?postcode=3512&proximity=500")
        path.write_text(wrong, "utf-8")
        try:
            setattr(module, held, Kept(kept._read))
            with pytest.raises(ThuisError, match=name):
                warm()
            setattr(module, held, kept)
            path_asked = "/hsds/3.1/service_at_locations?postcode=3512&proximity=500"
            assert client.get(path_asked).status_code in (200, 400)
            assert client.get("/nl/live/initiative/new/").status_code == 200
        finally:
            setattr(module, held, kept)
            path.unlink() if before is None else path.write_text(before, "utf-8")


PASSFILE = "postgresql://thuis@db/thuis?passfile=/run/secrets/pgpass"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("postgresql:///thuis", "postgresql:///thuis"),
        (PASSFILE, PASSFILE),
        ("postgresql://thuis:geheim@db/thuis", ""),
        ("postgresql://db/thuis?user=thuis&password=geheim", ""),
        (None, ""),
    ],
)
def test_init_writes_down_which_database_but_no_password(
    tmp_path: Path, url: str | None, written: str
) -> None:
    from thuis.live.config import read_config
    from thuis.live.start import init

    public = tmp_path / 'a "folder"'
    init(tmp_path, public, url)
    found = read_config(tmp_path)
    assert found.database == written
    assert found.public == str(public)
    assert "geheim" not in (tmp_path / "live.toml").read_text("utf-8")


def test_another_database_than_the_one_that_stands_is_said(tmp_path: Path) -> None:
    """Else the service would go on with SQLite, and say nothing."""
    from thuis.live.start import init

    init(tmp_path)
    with pytest.raises(ThuisError, match="another database"):
        init(tmp_path, None, "postgresql:///thuis")
    assert init(tmp_path) == []
    other = tmp_path / "other"
    init(other, None, "postgresql:///thuis")
    assert init(other, None, "postgresql:///thuis") == []
    assert init(other, None, "postgresql://thuis:geheim@host/thuis") == [], "a password is in no file"


@pytest.mark.parametrize("words", [["run"], ["work"], ["health"], ["rights"], ["staff", "a@b.example"]])
def test_a_database_that_is_not_there_is_one_line(tmp_path: Path, words: list[str]) -> None:
    from thuis.live.start import init

    init(tmp_path, served() / "public")
    away = f"postgresql://thuis@/none?host={tmp_path}"
    around = {key: value for key, value in os.environ.items() if not key.startswith("THUIS_LIVE")}
    call = [sys.executable, "-m", "thuis", "live", words[0], str(tmp_path), *words[1:], "--database", away]
    done = subprocess.run(call, env=around, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    if words[0] != "health":
        assert "the database cannot be used" in done.stderr
        assert "next: start the database" in done.stderr
