"""A text is screened, a letter read, a promise proposed and accepted; comments are answered in public."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from support.live import do_work, link_in, served, worker

OLD = "Den Haag, 14 november 2022. De allochtonen in de wijk doen mee."
LETTER = next((Path(__file__).parents[2] / "examples/nederland/letters").glob("*.txt"))


def upload(name: str, data: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(("language", "told"), [("nl", "vervangen"), ("en", "replace")])
def test_a_text_is_screened_by_the_same_engine_and_nothing_is_kept(
    client: Any, language: str, told: str
) -> None:
    from thuis.documents import from_text
    from thuis.live.models import LogEntry, ScreeningKept
    from thuis.vocabulary import load_vocabulary
    from thuis.vocabulary.screen import Screener

    html = client.post(f"/{language}/live/screen/", {"text": OLD}).content.decode()
    assert "<mark>allochtonen</mark>" in html
    assert told in html
    said = client.post(f"/{language}/live/screen/", {"text": OLD, "as": "json"}).json()
    own = Screener(load_vocabulary()).screen(from_text(OLD, "x.txt"))  # type: ignore[arg-type]
    assert [each["key"] for each in said["documents"][0]["hits"]] == [each.key for each in own.hits]
    assert not ScreeningKept.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_result_is_kept_when_asked_and_can_be_removed(client: Any) -> None:
    from thuis.live.models import ScreeningKept

    answer = client.post("/nl/live/screen/", {"text": OLD, "keep": "yes"})
    page = answer.headers["Location"]
    assert "allochtonen" in client.get(page).content.decode()
    client.post(page, {"do": "remove"})
    assert not ScreeningKept.objects.exists()
    assert client.get(page).status_code == 404
    client.post("/nl/live/screen/", {"text": OLD, "keep": "yes"})
    do_work(31)
    assert not ScreeningKept.objects.exists()


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b"0" * 50_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("brief.pdf", b"%PDF-1.7\n\x00\xff broken"),
        ("brief.docx", b"PK\x03\x04 broken"),
        ("brief.docx", bomb()),
        ("x.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("../../etc/passwd", b"\x00\x01\x02"),
    ],
)
def test_a_file_that_is_none_is_told_and_breaks_nothing(client: Any, name: str, data: bytes) -> None:
    answer = client.post("/nl/live/screen/", {"file": upload(name, data)})
    assert answer.status_code in (200, 422)
    html = answer.content.decode()
    assert 'role="alert"' in html
    assert "<mark>" not in html


def test_a_pdf_by_its_content_whatever_its_name(client: Any) -> None:
    answer = client.post("/nl/live/screen/", {"file": upload("plaatje.png", OLD.encode())})
    assert "<mark>allochtonen</mark>" in answer.content.decode()


def test_a_file_that_is_too_large_is_not_read(client: Any) -> None:
    answer = client.post("/nl/live/screen/", {"file": upload("groot.txt", b"woord " * 1_000_000)})
    assert answer.status_code == 422
    assert "groter dan" in answer.content.decode()


def test_a_promise_from_letter_to_ledger(client: Any, tmp_path: Path) -> None:
    from django.core import mail
    from django.test import Client

    from thuis.dossier.ledger.table import read_ledger
    from thuis.live.models import PromiseProposal

    with LETTER.open("rb") as file:
        html = client.post("/nl/live/letter/", {"file": upload(LETTER.name, file.read())}).content.decode()
    assert "Minister van Sociale Zaken" in html
    assert "Voorstellen voor het overzicht" in html
    fields = {
        "text": "Het herzien van het beleidsvocabulaire.",
        "kind": "repeated",
        "who": "Minister",
        "to": "Van Baarle",
        "date": "2022-04-20",
        "due": "",
        "letter": "kst-32824-378",
        "where": "b1",
        "sentence": "Tevens informeer ik u over mijn toezeggingen.",
    }
    page = "/nl/live/promise/new/"
    assert 'value="Van Baarle"' in client.post(page, {**fields, "prefill": "1"}).content.decode()
    assert client.post(page, {**fields, "date": "gisteren", "submitter": "a@b.example"}).status_code == 422
    assert client.post(page, {**fields, "submitter": "geen"}).status_code == 422
    assert not PromiseProposal.objects.exists()
    client.post(page, {**fields, "submitter": "a@b.example"})
    do_work()
    client.post(link_in(mail.outbox[-1].body), {"do": "confirm"})
    own = PromiseProposal.objects.get()
    assert own.state == "waiting"
    desk = Client()
    desk.force_login(worker("editor"))
    assert "Het herzien" in desk.get("/en/live/staff/promises/").content.decode()
    desk.post("/nl/live/staff/promises/", {**fields, "promise": own.pk, "do": "refuse", "reason": ""})
    own.refresh_from_db()
    assert own.state == "waiting"
    desk.post("/nl/live/staff/promises/", {**fields, "promise": own.pk, "do": "accept", "due": "2023-01-01"})
    (tmp_path / "commitments.csv").write_bytes(desk.get("/nl/live/staff/promises/commitments.csv").content)
    [entry] = read_ledger(tmp_path / "commitments.csv")
    assert (entry.text, entry.due, entry.status) == (fields["text"], "2023-01-01", "Openstaand")
    assert client.get("/nl/live/staff/promises/commitments.csv").status_code == 302


def test_a_cell_of_the_ledger_is_run_by_no_spreadsheet(client: Any) -> None:
    from thuis.live import promises

    fields = promises.typed({"text": "=1+1", "kind": "new", "letter": "kst-1-1", "sentence": "=2+2"})
    made = promises.propose(fields, "a@b.example", "nl")
    promises.confirm(made.pk)
    promises.decide(made.pk, worker("editor"), True, "", fields)
    [row] = csv.DictReader(io.StringIO(promises.as_ledger()))
    assert not row["text"].startswith("=")


def test_a_round_from_opening_to_summary(client: Any) -> None:
    from django.core import mail
    from django.test import Client
    from django.utils import timezone

    from thuis.live.models import Comment

    today = timezone.localdate()
    desk = Client()
    both = worker("editor")
    both.roles.create(name="moderator")
    desk.force_login(both)
    rounds = "/nl/live/staff/rounds/"
    given = {
        "do": "open",
        "title_nl": "Ronde een",
        "title_en": "Round one",
        "opens_on": today.isoformat(),
        "closes_on": (today - timedelta(days=1)).isoformat(),
    }
    assert desk.post(rounds, given).status_code == 422
    assert (
        desk.post(rounds, {**given, "closes_on": (today + timedelta(days=9)).isoformat()}).status_code == 302
    )
    key = next(
        each.parent.relative_to(served() / "public/nl").as_posix()
        for each in sorted((served() / "public/nl/indicator").rglob("index.html"))
    )
    page = f"/nl/live/comment/?page={key}"
    html = client.get(page).content.decode()
    assert "Ronde een" in html
    place = html.split('<option value="', 3)[-1].split('"')[0]
    assert client.get("/nl/live/comment/?page=no/such").status_code == 404
    sent = {"page": key, "place": place, "round": "ronde-een", "text": "Dit <b>klopt</b> niet."}
    assert client.post(page, sent).status_code == 422
    assert client.post(page, {**sent, "submitter": "a@b.example"}).status_code == 200
    do_work()
    path = link_in(mail.outbox[-1].body)
    shown = f"/en/live/rounds/{'ronde-een'}/"
    assert "klopt" not in client.get(shown).content.decode()
    client.post(path, {"do": "confirm"})
    own = Comment.objects.get()
    assert (own.about, own.place, own.state) == ("figure", place, "waiting")
    desk.post("/nl/live/staff/comments/", {"comment": own.pk, "do": "answer", "text": "x", "done": "changed"})
    desk.post("/nl/live/staff/comments/", {"comment": own.pk, "do": "show"})
    html = client.get(shown).content.decode()
    assert "Dit &lt;b&gt;klopt&lt;/b&gt; niet." in html
    close = {"do": "close", "round": "ronde-een", "outcome_nl": "Alles.", "outcome_en": "All."}
    desk.post(rounds, close)
    assert client.get("/nl/live/rounds/ronde-een/summary.md").status_code == 404, "not all is answered"
    answer = {"comment": own.pk, "do": "answer", "text": "Aangepast, dank.", "done": "changed"}
    desk.post("/nl/live/staff/comments/", answer)
    desk.post(rounds, {**close, "outcome_en": ""})
    assert client.get("/nl/live/rounds/ronde-een/summary.md").status_code == 404, "not in both languages"
    desk.post(rounds, close)
    summary = client.get("/nl/live/rounds/ronde-een/summary.md").content.decode()
    assert "Aangepast, dank." in summary
    assert "- Reacties: 1" in summary
    assert "Er loopt nu geen ronde" in client.get(page).content.decode()
    do_work()
    assert "Aangepast, dank." in mail.outbox[-1].body


def test_files_of_many_leave_room_for_pages(client: Any) -> None:
    """More than a few at once would take every thread of the server; they are asked to come back."""
    from thuis.live import reading

    for path in ("/nl/live/screen/", "/en/live/letter/"):
        with contextlib.ExitStack() as stack:
            for _ in range(reading.AT_ONCE):
                stack.enter_context(reading._room())
            answer = client.post(path, {"text": "De allochtonen in de wijk."})
            assert answer.status_code == 503
            assert answer["Retry-After"] == "60"
            assert 'role="alert"' in answer.content.decode()
        assert client.post(path, {"text": "De allochtonen in de wijk."}).status_code != 503
