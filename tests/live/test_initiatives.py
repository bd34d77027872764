"""An organiser submits, a moderator decides, and the directory shows it: in both languages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.live import do_work, form, link_in, served, worker


@pytest.fixture
def public(client: Any) -> Iterator[None]:
    """The public folder as it was, again after the test."""
    kept = served() / "public-before"
    shutil.copytree(served() / "public", kept)
    yield
    shutil.rmtree(served() / "public")
    kept.rename(served() / "public")
    for name in ("published.json", "pages.json"):
        (served() / name).unlink(missing_ok=True)
    shutil.rmtree(served() / "delivered", ignore_errors=True)


def sent(client: Any, **changes: Any) -> str:
    """Send the form in, and give the path of the link that was mailed."""
    from django.core import mail

    answer = client.post("/nl/live/initiative/new/", form(**changes))
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    mail.outbox.clear()
    do_work()
    assert len(mail.outbox) == 1
    return link_in(mail.outbox[0].body)


def confirmed(client: Any, **changes: Any) -> tuple[str, Any]:
    from thuis.live.models import Submission

    path = sent(client, **changes)
    client.post(path, {"do": "confirm"})
    return path, Submission.objects.order_by("-made_at").first()


def test_submit_confirm_accept_published_withdrawn(client: Any, public: None) -> None:
    from django.core import mail
    from django.test import Client

    from thuis.directory.find import Query, find
    from thuis.directory.index import build
    from thuis.live.catalogue import published
    from thuis.live.models import LogEntry, Submission

    path = sent(client)
    own = Submission.objects.get()
    assert own.state == "unconfirmed"
    assert "Ja, ik heb dit verstuurd" in client.get(path).content.decode()
    client.post(path, {"do": "confirm"})
    own.refresh_from_db()
    assert own.state == "waiting"

    desk = Client()
    desk.force_login(worker())
    assert "Taalcafé De Verzonnen Linde" in desk.get("/nl/live/staff/queue/").content.decode()
    page = f"/en/live/staff/queue/{own.pk}/"
    assert "The core team put it forward or agreed." in desk.get(page).content.decode()
    desk.post(page, {"do": "accept", "text": "", "met-for-residents": "yes"})
    own.refresh_from_db()
    assert own.state == "accepted"
    assert own.decisions.get().criteria["for-residents"] is True
    do_work(publish=True)
    assert "nu op de pagina" in mail.outbox[-1].body

    today = own.decided_at.date()
    found = find(build(published()), Query("taalcafé verzonnen"), today)
    assert [each.name for each in found.records][:1] == ["Taalcafé De Verzonnen Linde"]
    key = found.records[0].id
    rows = csv.DictReader(
        io.StringIO((served() / "public/data/directory/initiatives.csv").read_text("utf-8"))
    )
    assert key in {row["id"] for row in rows}
    for language in ("nl", "en"):
        listing = (served() / "public" / language / "directory" / "index.html").read_text("utf-8")
        assert "Taalcafé De Verzonnen Linde" in listing
        assert "iemand@linde.example" not in listing

    client.post(path, {"do": "still"})
    client.post(path, {"do": "withdraw"})
    do_work(publish=True)
    assert key not in {each.id for each in published()}
    told = list(LogEntry.objects.values_list("what", flat=True))
    assert told == ["sent in", "confirmed", "accept", "confirmed the check", "withdrew"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("municipality", "Atlantis"),
        ("municipality", ""),
        ("url", "javascript:alert(1)"),
        ("email", "geen adres"),
        ("phone", "bel maar"),
        ("postcode", "12345"),
        ("opens_at", "25:00"),
        ("closes_at", "09:00"),
        ("submitter", "nobody"),
        ("submitter", ""),
        ("agreed", ""),
        ("kind", "bedrijf"),
        ("description_nl", ""),
        ("name", "x" * 301),
        ("languages", "klingonees"),
    ],
)
def test_a_fault_is_told_beside_its_question(client: Any, language: str, field: str, value: str) -> None:
    from thuis.live.models import Submission

    answer = client.post(f"/{language}/live/initiative/new/", form(**{field: value}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in html
    assert f'id="e-{field}"' in html
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"description_nl": "Bel Jan op 06 12345678 voor een kop koffie in de buurt, elke dinsdag."},
            "mobiel",
        ),
        ({"contact_name": "Jan Verzonnen", "audience": ["lhbti"]}, "geaardheid"),
        (
            {"description_nl": "Mail naar jan@verzonnen.example voor koffie in de buurt, elke week."},
            "mailadres",
        ),
        ({"email": "verzonnen.linde@gmail.com"}, "gratis aanbieder"),
    ],
)
def test_personal_data_is_warned_about_before_it_is_sent(client: Any, changes: Any, told: str) -> None:
    from thuis.live.models import Submission

    answer = client.post("/nl/live/initiative/new/", form(**changes))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Submission.objects.exists()
    assert client.post("/nl/live/initiative/new/", form(looked="yes", **changes)).status_code == 200
    assert Submission.objects.count() == 1


def test_a_link_of_somebody_else_does_not_work(client: Any) -> None:
    path, _ = confirmed(client)
    other = path[:-3] + ("aa/" if not path.endswith("aa/") else "bb/")
    assert client.get(other).status_code == 404
    assert client.post(other, {"do": "withdraw"}).status_code == 404


def test_ask_answer_correct_refuse_appeal_by_another(client: Any) -> None:
    from django.core import mail
    from django.test import Client

    path, own = confirmed(client)
    first, second = Client(), Client()
    first.force_login(worker(name="een"))
    second.force_login(worker(name="twee"))
    page = f"/nl/live/staff/queue/{own.pk}/"

    def state() -> str:
        own.refresh_from_db()
        return str(own.state)

    first.post(page, {"do": "ask", "text": ""})
    assert state() == "waiting", "a question without words"
    first.post(page, {"do": "ask", "text": "Is er een ringleiding?"})
    assert state() == "asked"
    do_work()
    assert "Is er een ringleiding?" in mail.outbox[-1].body
    client.post(path, {"do": "answer", "text": "Ja."})
    assert state() == "waiting"
    client.post(f"{path}edit/", form(accessibility="Ringleiding"))
    own.refresh_from_db()
    assert own.cells["accessibility"] == "Ringleiding"
    first.post(page, {"do": "refuse", "text": "Niet voor inwoners."})
    assert state() == "refused"
    do_work()
    assert "Niet voor inwoners." in mail.outbox[-1].body
    client.post(path, {"do": "appeal", "text": "Wel."})
    assert state() == "appealed"
    first.post(page, {"do": "refuse", "text": "Toch niet."})
    assert state() == "appealed", "who refused does not decide the appeal"
    second.post(page, {"do": "accept", "text": ""})
    assert state() == "accepted"
    second.post(page, {"do": "undo", "text": "Te snel."})
    assert state() == "appealed"


def test_two_moderators_at_once(client: Any) -> None:
    from thuis.errors import ThuisError
    from thuis.live import moderation

    _, own = confirmed(client)
    one, two = worker(name="een"), worker(name="twee")
    moderation.refuse(own.pk, one, {}, "Nee.")
    with pytest.raises(ThuisError, match="refused by now"):
        moderation.accept(own.pk, two, {})


def test_a_correction_keeps_what_the_form_does_not_ask(client: Any) -> None:
    from thuis.live import moderation
    from thuis.live.catalogue import one, published
    from thuis.live.intake import asked_of
    from thuis.site.views.act import addresses

    before = next(each for each in published() if len(each.places) == 1 and not each.invented)
    address = addresses([each.id for each in published()])[before.id]
    page = f"/nl/live/initiative/correct/?of=initiative/{address}"
    assert before.name in client.get(page).content.decode()
    cells = {name: value for name, value in asked_of(before).items() if value}
    many = {name: cells.pop(name).split(";") for name in ("form", "audience") if name in cells}
    given = {**cells, **many, "byday": cells.get("byday", "").split(",")}
    extra = {"submitter": "a@b.example", "agreed": "yes", "kind": "volunteers", "looked": "yes"}
    answer = client.post(page, {**given, **extra, "accessibility": "Drempelvrij"})
    assert answer.status_code == 200
    from thuis.live.models import Submission

    own = Submission.objects.get()
    assert own.corrects == before.id
    own.state = "waiting"
    own.save()
    moderation.accept(own.pk, worker(), {})
    after = one(before.id)
    assert after
    assert after.where[0].accessibility == "Drempelvrij"
    same = {"provenance", "where", "schedules", "kept", "scope"}
    assert after.model_dump(exclude=same) == before.model_dump(exclude=same)


def test_a_duplicate_is_merged_and_told(client: Any) -> None:
    from django.test import Client

    from thuis.live.catalogue import one, published

    there = next(each for each in published() if each.municipality and each.url)
    _, own = confirmed(
        client, name=there.name, municipality=there.municipality, url=there.url, phone="030 1234567"
    )
    desk = Client()
    desk.force_login(worker())
    page = f"/nl/live/staff/queue/{own.pk}/"
    assert there.id in desk.get(page).content.decode()
    desk.post(page, {"do": "merge", "into": "no-such-id"})
    own.refresh_from_db()
    assert own.state == "waiting"
    desk.post(page, {"do": "merge", "into": there.id, "text": "Dezelfde."})
    own.refresh_from_db()
    assert own.state == "merged"
    found = one(there.id)
    assert found
    assert "language" in found.form
    desk.post(page, {"do": "undo", "text": "Toch niet."})
    again = one(there.id)
    assert again
    assert again.form == there.form


def test_a_new_build_of_the_monitor_keeps_what_was_decided_here(client: Any, public: None) -> None:
    """And what was decided here keeps what the monitor changed."""
    from thuis.live import moderation
    from thuis.live.catalogue import published
    from thuis.live.publication import publish

    _, own = confirmed(client)
    moderation.accept(own.pk, worker(), {})
    assert publish() is True
    assert publish() is False
    ours = {each.id for each in published()}
    data = served() / "public" / "data" / "directory.json"
    shutil.copyfile(served() / "public-before" / "data" / "directory.json", data)
    brought = data.read_text("utf-8").replace(next(iter(published())).name, "Een Nieuwe Naam")
    data.write_text(brought, "utf-8")
    assert publish() is True
    assert {each.id for each in published()} == ours
    assert "Een Nieuwe Naam" in {each.name for each in published()}


def test_the_yearly_question_comes_once_and_one_click_answers_it(client: Any) -> None:
    from django.core import mail

    from thuis.live import moderation
    from thuis.live.models import Submitter

    path, own = confirmed(client, remind="yes")
    moderation.accept(own.pk, worker(), {})
    do_work()
    assert Submitter.objects.get().delete_after is None, "kept for as long as the question is wanted"
    mail.outbox.clear()
    do_work(366)
    do_work(366)
    assert [each.subject for each in mail.outbox] == ["Klopt dit nog: Taalcafé De Verzonnen Linde?"]
    assert "Alles klopt nog" in client.get(path).content.decode()
    client.post(path, {"do": "still"})
    own.refresh_from_db()
    assert own.initiative.versions.count() == 2


def test_what_nobody_confirmed_is_forgotten(client: Any) -> None:
    from unittest.mock import patch

    from django.utils import timezone

    from thuis.live.models import Submission, Submitter

    sent(client)
    for days, left in ((6, True), (8, False)):
        day = timezone.localdate() + timezone.timedelta(days=days)
        with patch("django.utils.timezone.localdate", return_value=day):
            do_work(days)
        assert Submission.objects.exists() is left
    assert not Submitter.objects.exclude(email="").exists()


def test_an_address_is_deleted_after_the_decision(client: Any) -> None:
    from unittest.mock import patch

    from django.utils import timezone

    from thuis.live import moderation
    from thuis.live.models import LogEntry, Submitter

    path, own = confirmed(client)
    moderation.refuse(own.pk, worker(), {}, "Nee.")
    do_work(29)
    assert Submitter.objects.get().email
    later = timezone.localdate() + timezone.timedelta(days=31)
    with patch("thuis.live.submissions.timezone.localdate", return_value=later):
        do_work(31)
    gone = Submitter.objects.get()
    assert gone.email == ""
    assert client.get(path).status_code == 404
    own.refresh_from_db()
    assert own.decisions.get().reason == "Nee.", "the decision and its reason stay"
    assert "linde.example" not in str(list(LogEntry.objects.values()))


@pytest.mark.parametrize("path", ["queue/", "log/", "promises/", "comments/", "rounds/", ""])
def test_pages_of_the_staff_are_for_staff_with_two_factors(client: Any, path: str) -> None:
    from allauth.mfa.models import Authenticator

    from thuis.live.models import User

    address = f"/nl/live/staff/{path}"
    assert client.get(address).headers["Location"].startswith("/nl/account/login/")
    client.force_login(User.objects.create_user("niemand"))
    assert client.get(address).status_code == 403
    user = worker("editor")
    client.force_login(user)
    allowed = path in ("promises/", "comments/", "rounds/", "")
    assert client.get(address).status_code == (200 if allowed else 403)
    Authenticator.objects.all().delete()
    if allowed:
        assert client.get(address).headers["Location"].endswith("/2fa/totp/activate/")


def test_a_role_holds_in_its_own_organisation(client: Any) -> None:
    from thuis.live.models import Organisation, Role

    _, own = confirmed(client)
    here, there = (Organisation.objects.create(key=key, name=key) for key in ("hier", "daar"))
    user = worker()
    Role.objects.filter(user=user).update(organisation=here)
    client.force_login(user)
    own.organisation = there
    own.save()
    assert client.get(f"/nl/live/staff/queue/{own.pk}/").status_code == 404
    own.organisation = here
    own.save()
    assert client.get(f"/nl/live/staff/queue/{own.pk}/").status_code == 200


def test_beheer_is_for_admins(client: Any) -> None:
    client.force_login(worker("moderator"))
    assert client.get("/beheer/", follow=True).status_code == 403
    client.force_login(worker("admin", "baas"))
    assert client.get("/beheer/").status_code == 200
    assert client.get("/beheer/live/logentry/").status_code == 200
    assert client.get("/beheer/live/logentry/add/").status_code == 403


def test_the_index_tells_the_files_that_stand_there_now(client: Any, tmp_path: Path) -> None:
    from thuis.contract.folder import read_folder
    from thuis.contract.written import dump
    from thuis.handover.index import index
    from thuis.live.publication import reindexed

    data = tmp_path / "data"
    shutil.copytree(served() / "public" / "data", data)
    (data / "index.json").unlink(missing_ok=True)
    reindexed(data)
    assert not (data / "index.json").exists()
    (data / "index.json").write_text(dump(index(read_folder(data)).plain()), "utf-8")
    directory = data / "directory.json"
    directory.write_bytes(directory.read_bytes() + b"\n")
    reindexed(data)
    told = {each["path"]: each["sha256"] for each in json.loads((data / "index.json").read_text())["files"]}
    assert told["directory.json"] == hashlib.sha256(directory.read_bytes()).hexdigest()
