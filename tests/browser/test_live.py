"""Each story of the live service in a browser: Dutch and English, wide and narrow, axe on every page.

The service is the real command on a database of its own; staff sign in with a password and a second factor.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from support.live import site
from support.postgres import postgres
from support.shared import once
from thuis.language import texts

pytestmark = pytest.mark.browser

Faults = Callable[..., list[str]]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PASSWORD = "een lange zin die niemand raadt"
THUIS = (sys.executable, "-c", "from thuis.cli import main; main()", "live")


@dataclass
class Service:
    """A running service: its folder, address and surroundings, and the links it mailed that were used."""

    folder: Path
    address: str
    around: dict[str, str]
    used: set[str]

    def command(self, *words: str) -> str:
        call = [*THUIS, words[0], str(self.folder), *words[1:]]
        done = subprocess.run(call, env=self.around, capture_output=True, text=True, check=False, timeout=300)
        assert not done.returncode, done.stderr
        return done.stdout.strip()

    def mailed(self, subject: str) -> str:
        """The signed link in the one mail of a subject that is new, once what waits was sent."""
        self.command("work")
        found = {
            link
            for path in (self.folder / "mail").iterdir()
            for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
            for link in _links(message_from_bytes(part, policy=policy.default), subject)
        }
        (link,) = found - self.used
        self.used.add(link)
        return link


def _links(mail: EmailMessage, subject: str) -> list[str]:
    # A long subject may begin on the line below its name.
    told = str(mail["Subject"]).strip().startswith(subject)
    return re.findall(r"https?://\S+/live/mine/\S+", mail.get_content()) if told else []


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up site, built once for the services of all databases."""
    return once(tmp_path_factory, "built", site) / "public"


@pytest.fixture(scope="session")
def services(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Service]]:
    """``thuis live init`` and ``thuis live run`` on a copy of the made-up site, once for each database."""
    running: list[subprocess.Popen[bytes]] = []

    @cache
    def service(database: str) -> Service:
        around = {key: value for key, value in os.environ.items() if not key.startswith("THUIS_LIVE")}
        if database == "postgresql":
            around["THUIS_LIVE_DATABASE"] = postgres().create("browser")
        folder = tmp_path_factory.mktemp("live")
        shutil.copytree(built, folder / "public")
        own = Service(folder, "", around, set())
        own.command("init")
        running.append(_started(own, (folder / "live.toml").read_text("utf-8")))
        return own

    yield service
    for each in running:
        each.terminate()
    for each in running:
        each.wait(60)


@pytest.fixture
def service(request: pytest.FixtureRequest, services: Callable[[str], Service]) -> Service:
    """The service on the kind of database that a test names."""
    return services(request.param)


def _started(own: Service, settings: str) -> subprocess.Popen[bytes]:
    """The service on a free port. Somebody else may take one between asking and using it: then another."""
    for _ in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        own.address = f"http://127.0.0.1:{port}"
        told = settings.replace("http://127.0.0.1:8765", own.address)
        (own.folder / "live.toml").write_text(f"{told}\n[limits]\nforms = 1000\n", "utf-8")
        call = [*THUIS, "run", str(own.folder), "--port", str(port), "--workers", "1"]
        with (own.folder / "log").open("wb") as log:
            run = subprocess.Popen(call, env=own.around, stdout=log, stderr=log)
        if _answers(own.address, run):
            return run
        said = (own.folder / "log").read_text("utf-8")
        assert "in use" in said, said
    raise AssertionError("no port stays free")


def _answers(address: str, run: subprocess.Popen[bytes]) -> bool:
    """Wait until it answers: whether it does before it ends."""
    until = time.monotonic() + 180
    while run.poll() is None:
        assert time.monotonic() < until, "the service did not start within three minutes"
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/live/health", timeout=60):
            return True
        time.sleep(0.1)
    return False


@dataclass
class Walk:
    """One visitor in one language and width; every page is held against axe and may not scroll sideways.

    On a narrow screen axe looks at each kind of page once: its states differ in words, as on a wide one.
    """

    page: Page
    service: Service
    language: str
    faults: Faults
    l: Callable[..., str]  # noqa: E741
    wrong: list[str]
    width: int
    seen: set[str] = field(default_factory=set)

    @property
    def confirming(self) -> str:
        """How the subject of a mail begins that asks to confirm."""
        return self.l("mail.confirm.subject").partition("{")[0]

    def to(self, path: str) -> None:
        url = path if path.startswith("http") else f"{self.service.address}/{self.language}/{path}"
        self.page.goto(url)
        self.look()

    def look(self) -> None:
        """Hold the page against axe, once its style is there: a click waits for the page alone."""
        self.page.wait_for_load_state("load")
        where = self.page.url.removeprefix(self.service.address)
        self.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        if self.width == 1280 or _kind(where) not in self.seen:
            self.seen.add(_kind(where))
            colour = self.language == "nl" and self.width == 1280
            self.wrong += [f"{where}: {each}" for each in self.faults(self.page, colour=colour)]
        if (over := self.page.evaluate(SIDEWAYS)) > 0:
            self.wrong.append(f"{where}: {over} pixels sideways")

    def press(self, key: str) -> None:
        self.page.locator("main").get_by_role("button", name=self.l(key), exact=True).first.click()
        self.look()

    def says(self, key: str, **values: str) -> bool:
        return self.l(key, **values) in self.page.locator("main").inner_text()


def _kind(address: str) -> str:
    """An address without the language, what is asked, and what names one thing: a signed link, a number."""
    path = address.partition("?")[0].partition("#")[0]
    return re.sub(r"/(mine|initiative|queue|rounds)/(?!new/|correct/)[^/]+", r"/\1/-", path[3:])


def walk(browser: Browser, service: Service, faults: Faults, language: str, width: int) -> Walk:
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(60_000)
    wrong: list[str] = []
    page.on(
        "console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return Walk(page, service, language, faults, texts("live", language), wrong, width)


def sign_in(own: Walk, email: str) -> None:
    """Set a password by the link of the command, sign in, and turn on the second factor."""
    own.to(
        own.service.command(
            "staff", email, "--role", "moderator", "--role", "editor", "--language", own.language
        )
    )
    own.page.fill("[name=password1]", PASSWORD)
    own.page.fill("[name=password2]", PASSWORD)
    own.press("account.go-on")
    own.to("account/login/?next=/" + own.language + "/live/staff/")
    own.page.fill("[name=login]", email)
    own.page.fill("[name=password]", PASSWORD)
    own.press("account.account_login.title")
    own.page.fill("[name=password]", PASSWORD)
    own.press("account.go-on")
    assert own.page.url.endswith("/2fa/totp/activate/"), own.page.url
    own.page.fill("[name=code]", one_time(own.page.locator("main code").inner_text()))
    own.press("account.go-on")
    own.to("live/staff/")
    assert own.page.locator("main h1").inner_text() == own.l("staff.title")


def one_time(secret: str) -> str:
    """The code of this half minute (RFC 6238), as an app on a telephone works it out."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    (value,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(value & 0x7FFFFFFF) % 1_000_000:06d}"


DATABASES = ("sqlite", "postgresql")
LANGUAGES, WIDTHS = ("nl", "en"), (1280, 320)
CASES = [
    (database, language, width)
    for d, database in enumerate(DATABASES)
    for n, language in enumerate(LANGUAGES)
    for w, width in enumerate(WIDTHS)
    # Each language, width and database with each of the others, in half of the time.
    if os.environ.get("THUIS_BROWSER_ALL") or (d + n + w) % 2 == 0
]


@pytest.mark.parametrize(("service", "language", "width"), CASES, indirect=["service"])
def test_the_stories(service: Service, chromium: Browser, faults: Faults, language: str, width: int) -> None:
    visitor = walk(chromium, service, faults, language, width)
    desk = walk(chromium, service, faults, language, width)
    sign_in(desk, f"mo-{language}-{width}@thuis.example")
    initiative(visitor, desk, f"Verzonnen Taalcafé {language} {width}")
    policy_officer(visitor, desk)
    consultation(visitor, desk, f"Ronde {language} {width}")
    visitor.page.context.close()
    desk.page.context.close()
    assert not visitor.wrong + desk.wrong, "\n".join(visitor.wrong + desk.wrong)


def initiative(visitor: Walk, desk: Walk, name: str) -> None:
    page, service = visitor.page, visitor.service
    visitor.to("directory/")
    page.locator(".take-part a").first.click()
    visitor.look()
    visitor.press("form.send")
    assert page.locator(".faults a").count() >= 4
    page.locator(".faults a").first.click()
    page.check("[name=kind][value=neighbourhood]")
    page.fill("[name=name]", name)
    page.fill("[name=municipality]", "Utrecht")
    page.fill(
        "[name=description_nl]", "Oefen Nederlands bij de koffie, elke dinsdag, met buren die dat ook willen."
    )
    page.fill("[name=contact_name]", "Jan Verzonnen")
    page.check("[name=audience][value=lhbti]")
    page.fill("[name=submitter]", "iemand@verzonnen.example")
    page.check("[name=agreed]")
    visitor.press("form.send")
    assert visitor.says("remark.special-category")
    page.check("[name=looked]")
    visitor.press("form.send")
    assert page.locator("main h1").inner_text() == visitor.l("sent.title")
    link = service.mailed(visitor.confirming)
    visitor.to(link)
    visitor.press("state.confirm")
    assert visitor.says("states.waiting")
    page.get_by_role("link", name=visitor.l("state.edit")).click()
    visitor.look()
    page.fill("[name=contact_name]", "")
    page.fill("[name=contact_role]", "coördinator")
    visitor.press("form.send")
    desk.to("live/staff/queue/")
    desk.page.get_by_role("link", name=name).click()
    desk.look()
    desk.page.fill("#f-text", "?")
    desk.press("decide.ask")
    visitor.to(link)
    page.fill("#f-text", "Ja.")
    visitor.press("state.answer-send")
    desk.to("live/staff/queue/")
    desk.page.get_by_role("link", name=name).click()
    desk.page.check("[name=met-for-residents]")
    desk.press("decide.accept")
    service.command("work")
    visitor.to("directory/")
    assert page.get_by_role("link", name=name).count() == 1
    page.get_by_role("link", name=name).click()
    visitor.look()
    assert "verzonnen.example" not in page.content()
    visitor.to(link)
    visitor.press("state.still")
    assert visitor.says("done.still")


def policy_officer(visitor: Walk, desk: Walk) -> None:
    page = visitor.page
    visitor.to("live/screen/")
    page.fill("#f-text", "Den Haag, 14 november 2022. De allochtonen in de wijk doen mee.")
    visitor.press("screen.send")
    assert page.locator("mark").inner_text() == "allochtonen"
    page.check("[name=keep]")
    visitor.press("screen.send")
    visitor.press("screen.remove")
    assert visitor.says("done.removed")
    visitor.to("live/letter/")
    letter = next((Path(__file__).parents[2] / "examples/nederland/letters").glob("*.txt"))
    page.set_input_files("#f-file", letter)
    visitor.press("letter.send")
    page.locator(".records form button").first.click()
    visitor.look()
    page.fill("[name=submitter]", "officer@verzonnen.example")
    visitor.press("promise.send")
    visitor.to(visitor.service.mailed(visitor.confirming))
    visitor.press("state.confirm")
    desk.to("live/staff/promises/")
    desk.press("decide.accept")
    assert desk.says("decided.accept")


def consultation(visitor: Walk, desk: Walk, title: str) -> None:
    page, today = visitor.page, datetime.now().astimezone().date()
    desk.to("live/staff/rounds/")
    for name in ("title_nl", "title_en"):
        desk.page.fill(f"[name={name}]", title)
    desk.page.fill("[name=opens_on]", today.isoformat())
    desk.page.fill("[name=closes_on]", (today + timedelta(days=7)).isoformat())
    desk.press("keep.open")
    visitor.to("indicator/voted/")
    page.locator(".take-part a").first.click()
    visitor.look()
    page.locator("#f-round").select_option(label=page.locator("#f-round option", has_text=title).inner_text())
    page.locator("#f-place").select_option(index=1)
    page.fill("#f-text", "Dit cijfer begrijp ik niet.")
    page.fill("[name=submitter]", "lezer@verzonnen.example")
    visitor.press("comment.send")
    visitor.to(visitor.service.mailed(visitor.confirming))
    visitor.press("state.confirm")
    desk.to("live/staff/comments/")
    desk.press("comments.show")
    desk.page.locator("article textarea").first.fill("Wij leggen het beter uit.")
    desk.press("comments.send")
    desk.to("live/staff/rounds/")
    own = desk.page.locator("section", has=desk.page.get_by_role("heading", name=title))
    own.locator("textarea").nth(0).fill("De uitleg is herschreven.")
    own.locator("textarea").nth(1).fill("The explanation was rewritten.")
    own.get_by_role("button").click()
    desk.look()
    visitor.to("live/rounds/")
    page.get_by_role("link", name=title).click()
    visitor.look()
    assert "Wij leggen het beter uit." in page.locator("main").inner_text()
    assert visitor.says("rounds.outcome")


@pytest.mark.parametrize("service", DATABASES, indirect=True)
def test_stopping_the_service_leaves_the_site_complete(service: Service) -> None:
    """What it published is a whole static site: no dead link, and nothing on it that needs the service."""
    from thuis.site.check import check_page, dead_links

    facts: dict[str, Any] = {}
    for path in (service.folder / "public").rglob("*.html"):
        name = path.relative_to(service.folder / "public").as_posix()
        html = path.read_text("utf-8")
        assert "take-part" not in html
        facts[name], wrong = check_page(name, html, ("nl", "en"), "")
        assert not wrong
    assert len(facts) > 50
    assert not dead_links(facts, lambda path: (service.folder / "public" / path).is_file())
