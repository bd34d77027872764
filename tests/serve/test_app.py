"""The preview shows what is on disk, adds the reload line, and shows problems instead of old figures."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from watchfiles import Change

from thuis.errors import ThuisError
from thuis.serve.app import RELOAD_PATH, Preview, application
from thuis.serve.run import ProjectFilter, check_port, is_older


@pytest.fixture
def public(tmp_path: Path) -> Path:
    (tmp_path / "nl").mkdir()
    (tmp_path / "index.html").write_text("<html><body>start</body></html>", "utf-8")
    (tmp_path / "nl" / "index.html").write_text("<html><body>hallo</body></html>", "utf-8")
    (tmp_path / "data.csv").write_text("a,b\n1,2\n", "utf-8")
    return tmp_path


def test_pages_carry_the_reload_line_and_files_do_not(public: Path) -> None:
    client = TestClient(application(public, Preview()))
    assert RELOAD_PATH in client.get("/nl/").text
    assert RELOAD_PATH in client.get("/").text
    assert client.get("/data.csv").text == "a,b\n1,2\n"
    assert client.get("/nl/").headers["cache-control"] == "no-store"
    assert (public / "nl" / "index.html").read_text("utf-8") == "<html><body>hallo</body></html>"


def test_no_reload_line_without_watching(public: Path) -> None:
    client = TestClient(application(public, Preview(), reload=False))
    assert RELOAD_PATH not in client.get("/nl/").text


def test_a_failed_build_is_shown_on_every_page_escaped(public: Path) -> None:
    preview = Preview()
    asyncio.run(preview.built("thuis.yaml:3:1: unknown key '<b>'"))
    answer = TestClient(application(public, preview)).get("/nl/")
    assert answer.status_code == 500
    assert "unknown key &#x27;&lt;b&gt;&#x27;" in answer.text


def test_a_waiting_page_hears_of_the_next_build() -> None:
    async def scenario() -> list[str]:
        preview = Preview()
        events = preview.events()
        heard = [await anext(events)]
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        await preview.built(None)
        heard.append(await asyncio.wait_for(waiting, 2))
        await events.aclose()  # type: ignore[attr-defined]
        return heard

    assert asyncio.run(scenario())[1] == "data: 1\n\n"


def test_a_path_outside_the_folder_is_not_served(public: Path) -> None:
    (public.parent / "secret.txt").write_text("microdata", "utf-8")
    client = TestClient(application(public, Preview()))
    assert client.get("/%2e%2e/secret.txt").status_code == 404


def test_a_taken_port_is_one_clear_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ThuisError, match=f"cannot listen on 127.0.0.1:{port}") as caught:
            check_port("127.0.0.1", port)
    assert caught.value.problems[0].step == f"try --port {port + 1}"


@pytest.mark.parametrize(
    ("path", "matters"),
    [("thuis.yaml", True), ("public/index.html", False), (".thuis/cache/x.parquet", False)],
)
def test_what_the_build_writes_does_not_start_another_build(path: str, matters: bool) -> None:
    assert ProjectFilter(Path("/srv/public/p"))(Change.modified, f"/srv/public/p/{path}") is matters


def test_old_pages_are_built_again_before_they_are_served(tmp_path: Path) -> None:
    public = tmp_path / "public"
    assert is_older(public, tmp_path)
    (tmp_path / "thuis.yaml").write_text("x", "utf-8")
    public.mkdir()
    (public / "index.html").write_text("x", "utf-8")
    os.utime(tmp_path / "thuis.yaml", (100, 100))
    os.utime(public / "index.html", (200, 200))
    (public / "later.html").write_text("x", "utf-8")
    assert not is_older(public, tmp_path)
    os.utime(tmp_path / "thuis.yaml", (300, 300))
    assert is_older(public, tmp_path)


def test_an_address_of_another_machine() -> None:
    with pytest.raises(ThuisError, match="cannot listen") as error:
        check_port("192.0.2.1", 8000)
    assert "--host" in str(error.value.problems[0].step)
