"""The preview shows what is on disk, adds the reload line, and shows problems instead of old figures."""

from __future__ import annotations

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient
from watchfiles import Change

from thuis.errors import ThuisError
from thuis.serve.app import RELOAD_PATH, SCRIPT_PATH, application
from thuis.serve.preview import ALL, LATE, LeftError, Preview
from thuis.serve.run import Patient, ProjectFilter, _built, check_port, is_older
from thuis.site.headers import HEADERS

SEEN = re.compile(r"seen=(\d+)")


def client(app: Starlette) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8000")


@pytest.fixture
def public(tmp_path: Path) -> Path:
    (tmp_path / "nl").mkdir()
    (tmp_path / "index.html").write_text("<html><body>start</body></html>", "utf-8")
    (tmp_path / "nl" / "index.html").write_text("<html><body>hallo</body></html>", "utf-8")
    (tmp_path / "data.csv").write_text("a,b\n1,2\n", "utf-8")
    return tmp_path


def test_pages_carry_the_reload_line_and_files_do_not(public: Path) -> None:
    browser = client(application(public, Preview()))
    assert SCRIPT_PATH in browser.get("/nl/").text
    assert SCRIPT_PATH in browser.get("/").text
    assert RELOAD_PATH in browser.get(SCRIPT_PATH).text
    assert browser.get("/data.csv").text == "a,b\n1,2\n"
    assert browser.get("/nl/").headers["cache-control"] == "no-store"
    assert (public / "nl" / "index.html").read_text("utf-8") == "<html><body>hallo</body></html>"


def test_no_reload_line_without_watching(public: Path) -> None:
    browser = client(application(public, Preview(), reload=False))
    assert SCRIPT_PATH not in browser.get("/nl/").text


def test_a_failed_build_is_shown_on_every_page_escaped(public: Path) -> None:
    preview = Preview()
    asyncio.run(preview.built("thuis.yaml:3:1: unknown key '<b>'"))
    answer = client(application(public, preview)).get("/nl/")
    assert answer.status_code == 500
    assert "unknown key &#x27;&lt;b&gt;&#x27;" in answer.text


def test_a_waiting_page_hears_of_the_next_build() -> None:
    async def scenario() -> list[str]:
        preview = Preview(0)
        events = preview.events("nl/index.html", 0)
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
    browser = client(application(public, Preview()))
    assert browser.get("/%2e%2e/secret.txt").status_code == 404


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
    [
        ("thuis.yaml", True),
        ("indicators/a.yaml", True),
        ("public/index.html", False),
        (".thuis/cache/x.parquet", False),
        (".public-next-x1/nl/index.html", False),
        (".public-ready/data/monitor.json", False),
    ],
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


EMBEDDED = "/nl/indicator/voted/sex/embed/"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_a_name_nobody_asked_for_is_refused(public: Path, host: str) -> None:
    answer = client(application(public, Preview())).get("/nl/", headers={"host": host})
    assert answer.status_code == 400
    assert "hallo" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "preview.test"])
def test_names_of_this_machine_and_those_asked_for_are_served(public: Path, host: str) -> None:
    app = application(public, Preview(), hosts=["preview.test"])
    assert client(app).get("/nl/", headers={"host": host}).status_code == 200


def test_every_answer_carries_the_security_headers_that_the_how_to_gives(public: Path, root: Path) -> None:
    browser = client(application(public, Preview()))
    how_to = (root / "docs" / "how-to" / "publish.md").read_text("utf-8")
    for address in ("/nl/", "/data.csv", SCRIPT_PATH, "/nothing"):
        for name, value in HEADERS.items():
            assert browser.get(address).headers[name] == value
            assert how_to.count(value) >= 4, f"{name} for every host"


def test_a_figure_that_is_embedded_may_be_framed_and_nothing_else(public: Path) -> None:
    folder = public / "nl" / "indicator" / "voted" / "sex" / "embed"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>x", "utf-8")
    browser = client(application(public, Preview()))
    sent = [browser.get(each).headers["Content-Security-Policy"] for each in ("/nl/", EMBEDDED)]
    assert [each.rpartition("frame-ancestors ")[2] for each in sent] == ["'none'", "*"]
    assert sent[0].rpartition(";")[0] == sent[1].rpartition(";")[0], "and all else is as strict"


def test_a_page_needs_no_inline_script(public: Path) -> None:
    preview = Preview()
    browser = client(application(public, preview))
    pages = [browser.get("/nl/").text]
    asyncio.run(preview.built("wrong"))
    for page in [*pages, browser.get("/nl/").text]:
        assert page.count("<script") == page.count("<script src=") == 1


WHOLE = b"GET /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HALF = (
    (b"",),
    (b"GET /nl/ HTTP/1.1\r\nHo",),
    (b"G", b"E", b"T", b" ", b"/", b"n", b"l", b"/", b" ", b"H"),
    (WHOLE, b"GET /nl/ HTTP/1.1\r\nHo"),
    (b"POST /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nab",),
)


@pytest.mark.parametrize(
    "words", HALF, ids=["nothing", "a-beginning", "drops", "after-another", "half-a-body"]
)
def test_a_connection_that_does_not_go_on_is_closed(
    public: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[bytes, ...]
) -> None:
    monkeypatch.setattr("thuis.serve.run.PATIENCE", 0.4)

    async def scenario() -> bytes:
        app = application(public, Preview())
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", http=Patient))
        running = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        said = b""
        for word in words:
            writer.write(word)
            await asyncio.sleep(0.1)
        # Without patience a connection on which a request was answered stands open for as long as it likes.
        with suppress(ConnectionError):
            said = await asyncio.wait_for(reader.read(), 3)
        writer.close()
        server.should_exit = True
        await running
        return said

    said = asyncio.run(scenario())
    assert (b"200 OK" in said) == (WHOLE in words)
    assert said.count(b"200 OK") <= 1


@pytest.mark.parametrize(
    "path", ["data/index.json", "data/workbooks/a.nl.xlsx", "data/figures.en.xlsx", "pagefind/x"]
)
def test_what_follows_after_the_pages_is_waited_for(public: Path, path: str) -> None:
    (public / path).parent.mkdir(parents=True, exist_ok=True)
    (public / path).write_text("yesterday", "utf-8")

    async def scenario() -> tuple[bool, str, str]:
        preview = Preview()
        app = application(public, preview)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
        ) as browser:
            await preview.settle(LATE)
            asked = asyncio.ensure_future(browser.get(f"/{path}"))
            page = await browser.get("/nl/")
            early = asked.done()
            (public / path).write_text("today", "utf-8")
            await preview.settle(None)
            return early, page.text, (await asyncio.wait_for(asked, 5)).text

    early, page, answer = asyncio.run(scenario())
    assert (early, answer) == (False, "today")
    assert "hallo" in page


def test_nobody_waits_for_what_failed(public: Path) -> None:
    def broken(_: Preview) -> object:
        raise OSError("no disk")

    preview = Preview()
    for steps in ([broken, lambda _: None], [lambda _: None, broken]):
        assert not asyncio.run(_built(steps, preview, lambda _: None))
        assert not preview.late


class Browser:
    """Somebody at a preview: what is read at addresses, and words to reload."""

    def __init__(self, public: Path, preview: Preview) -> None:
        self.preview = preview
        transport = httpx.ASGITransport(application(public, preview))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")

    async def read(self, address: str) -> str:
        return (await self._client.get(address)).text

    async def open(self, path: str) -> AsyncIterator[str]:
        """A page that is open, from the moment it waits for a word."""
        events = self.preview.events(path, self.preview.number(path))
        await anext(events)
        return events


async def soon() -> None:
    for _ in range(20):
        await asyncio.sleep(0.005)


def test_the_page_that_is_open_is_shown_first_and_others_are_waited_for(public: Path) -> None:
    """Nobody is given a page of the build before, and nobody reloads twice for one build."""

    async def scenario() -> None:
        preview = Preview()
        browser = Browser(public, preview)
        events = [await browser.open("nl/index.html"), await browser.open("en/index.html")]
        here, there = (asyncio.ensure_future(anext(each)) for each in events)
        await soon()
        await preview.settle(ALL)
        assert preview.wanted() == {"nl/index.html", "en/index.html"}
        other = asyncio.ensure_future(browser.read("/"))
        file = asyncio.ensure_future(browser.read("/data.csv"))
        await soon()
        assert "index.html" in preview.wanted(), "who waits for a page wants it"
        await asyncio.to_thread(preview.show, "nl/index.html", "<html><body>goedendag</body></html>")
        await asyncio.wait_for(here, 5)
        assert "goedendag" in await browser.read("/nl/")
        assert "hallo" in (public / "nl" / "index.html").read_text("utf-8")
        assert preview.wanted() == {"en/index.html", "index.html", "data.csv"}
        assert [each.done() for each in (there, other, file)] == [False] * 3
        again = asyncio.ensure_future(anext(events[0]))
        (public / "nl" / "index.html").write_text("<html><body>goedendag</body></html>", "utf-8")
        (public / "data.csv").write_text("new", "utf-8")
        (public / "index.html").write_text("<html><body>new</body></html>", "utf-8")
        await preview.built(None)
        await asyncio.wait_for(there, 5)
        assert "new" in await asyncio.wait_for(other, 5)
        assert await asyncio.wait_for(file, 5) == "new"
        await soon()
        assert not again.done(), "it was shown already"
        await preview.built(None)
        await asyncio.wait_for(again, 5)

    asyncio.run(scenario())


def test_a_page_shown_before_the_build_failed_shows_the_fault(public: Path) -> None:
    async def scenario() -> None:
        preview = Preview()
        browser = Browser(public, preview)
        events = await browser.open("nl/index.html")
        shown = asyncio.ensure_future(anext(events))
        await preview.settle(ALL)
        preview.show("nl/index.html", "<html><body>goedendag</body></html>")
        await asyncio.wait_for(shown, 5)
        failed = asyncio.ensure_future(anext(events))
        await preview.built("a link leads nowhere")
        await asyncio.wait_for(failed, 5)
        await preview.settle(None)
        assert "a link leads nowhere" in await browser.read("/nl/")

    asyncio.run(scenario())


def test_a_page_read_before_a_build_hears_of_it_though_it_connects_after(public: Path) -> None:
    async def scenario() -> None:
        preview = Preview()
        browser = Browser(public, preview)
        read = SEEN.search(await browser.read("/nl/"))
        assert read
        await preview.built(None)
        events = preview.events("nl/index.html", int(read.group(1)))
        await anext(events)
        assert await asyncio.wait_for(anext(events), 5) == f"data: {preview.builds}\n\n"

    asyncio.run(scenario())


def test_what_follows_the_pages_is_left_for_a_further_change(public: Path) -> None:
    async def scenario() -> None:
        preview = Preview()

        def changed(_: Preview) -> None:
            preview.left = True
            preview.go_on()  # pages are finished all the same

        assert not await _built([changed, Preview.go_on], preview, lambda _: None)
        assert preview.late is LATE, "it is of the build before until another build made it"
        with pytest.raises(LeftError):
            preview.wanted()

    asyncio.run(scenario())


def test_a_preview_forgets_who_is_gone(public: Path) -> None:
    async def scenario() -> None:
        preview = Preview()
        browser = Browser(public, preview)
        for each in range(50):
            await browser.read(f"/nl/{each}/")
        events = await browser.open("nl/index.html")
        waiting = asyncio.ensure_future(anext(events))
        await soon()
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        assert vars(preview)["_looked"] == {}

    asyncio.run(scenario())
