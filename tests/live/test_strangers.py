"""A hostile expert with our source: what they gain over records, the desk, numbers, mail and machine."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from support.live import do_work, form, link_in, served, worker

NAME = "Taalcafé De Verzonnen Linde"


def visitor() -> Any:
    from django.test import Client

    return Client()


@pytest.fixture
def desk(client: Any) -> Iterator[Any]:
    served()
    browser = visitor()
    browser.force_login(worker())
    yield browser


def sent(client: Any, to: str = "initiative/new/", **more: Any) -> tuple[str, str]:
    """The signed link and the number of something that was sent in and confirmed."""
    from django.core import mail

    from thuis.live.models import Submission

    answer = client.post(f"/nl/live/{to}", form(looked="yes", **more))
    assert answer.status_code == 200, re.findall(r'class="fault".*?<', answer.content.decode())
    do_work()
    path = link_in(mail.outbox[-1].body)
    client.post(path, {"do": "confirm"})
    return path, str(Submission.objects.latest("made_at").pk)


def decided(desk: Any, number: str, do: str = "accept", **more: str) -> Any:
    """Open a submission as a moderator does, and press a button of its page."""
    from thuis.live.models import Submission

    page = f"/nl/live/staff/queue/{number}/"
    shown = desk.get(page).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', shown))
    desk.post(page, {**hidden, "do": do, "text": "Omdat het zo is.", **more})
    return Submission.objects.get(pk=number)


def listed() -> dict[str, Any]:
    """Name -> phone of every record as it will be published next."""
    from thuis.live.catalogue import overlaid, published

    return {each.name: each.contact.phone if each.contact else None for each in overlaid(published())}


def brought() -> str:
    """The address of the form by which one corrects a record that the monitor brought."""
    from thuis.live.catalogue import published
    from thuis.live.pages import act

    return f"initiative/correct/?of=initiative/{act('nl').address[published()[0].id]}"


def as_it_stands(where: str) -> dict[str, Any]:
    """The answers that the form of a correction is filled with."""
    from lxml import html

    tree = html.fromstring(visitor().get(f"/nl/live/{where}").content)
    return {key: value for key, value in tree.xpath("//main//form")[0].form_values() if value}


# What a moderator did not read is not published.


@pytest.mark.parametrize("do", ["accept", "refuse", "ask", "merge"])
def test_what_changes_while_a_moderator_reads_is_not_decided_on(client: Any, desk: Any, do: str) -> None:
    from thuis.live.models import Submission

    path, number = sent(client)
    page = f"/nl/live/staff/queue/{number}/"
    shown = desk.get(page).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', shown))
    client.post(f"{path}edit/", form(looked="yes", name="Iets heel anders"))
    answer = desk.post(page, {**hidden, "do": do, "text": "Goed.", "at": "x"}, follow=True)
    assert "nadat u het opende" in answer.content.decode()
    assert Submission.objects.get().state == "waiting"
    assert "Iets heel anders" not in listed()
    assert decided(desk, number).state == "accepted"


def test_an_answer_that_comes_in_meanwhile_is_read_first(client: Any, desk: Any) -> None:
    path, number = sent(client)
    decided(desk, number, "ask")
    page = f"/nl/live/staff/queue/{number}/"
    hidden = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', desk.get(page).content.decode())
    )
    client.post(path, {"do": "answer", "text": "Toch liever niet."})
    desk.post(page, {**hidden, "do": "accept"})
    assert NAME not in listed()


# Who takes a record out of the directory, and what brings it back.


def test_who_corrected_a_record_cannot_take_it_out(client: Any, desk: Any) -> None:
    where = brought()
    before = listed()
    path, number = sent(client, where, **{**as_it_stands(where), "phone": "030 123 45 67"})
    assert decided(desk, number).state == "accepted"
    assert set(listed()) == set(before) and listed() != before
    client.post(path, {"do": "withdraw"})
    assert listed() == before, "the correction goes, the record stays"


def test_who_brought_a_record_takes_it_out_after_corrections_of_others(client: Any, desk: Any) -> None:
    path, number = sent(client)
    made = decided(desk, number)
    own_edit = client.post(f"{path}edit/", form(looked="yes", price="paid", price_text="€ 2"))
    again = own_edit.headers["Location"]
    decided(desk, again_number())
    client.post(again, {"do": "withdraw"})
    assert made.initiative.key and NAME not in listed()


def again_number() -> str:
    from thuis.live.models import Submission

    return str(Submission.objects.latest("made_at").pk)


def corrected(made: Any, **more: str) -> str:
    """A correction of a stranger to a record that was accepted here, waiting."""
    from thuis.live import submissions

    given = {"email": "vreemd@linde.example", "language": "nl", "corrects": made.initiative.key}
    found = submissions.send_in({**made.cells, **more}, made.kind, **given)
    submissions.confirm(found.pk)
    return str(found.pk)


def test_nothing_brings_back_what_its_organiser_withdrew(client: Any, desk: Any) -> None:
    from thuis.live.links import token

    path, number = sent(client)
    made = decided(desk, number)
    one, two = corrected(made, phone="030 111 11 11"), corrected(made, phone="030 222 22 22")
    decided(desk, one)
    client.post(path, {"do": "withdraw"})
    assert NAME not in listed()
    stranger = f"/nl/live/mine/{token('submission', one)}/"
    for try_ in (
        lambda: decided(desk, one, "undo"),
        lambda: decided(desk, two),
        lambda: decided(desk, two, "merge", into=made.initiative.key),
        lambda: client.post(stranger, {"do": "still"}),
        lambda: client.post(f"{stranger}edit/", form(looked="yes")),
        lambda: client.post(stranger, {"do": "withdraw"}),
        lambda: client.post(path, {"do": "still"}),
    ):
        try_()
        assert NAME not in listed()
    assert decided(desk, two, "refuse").state == "refused"


def test_to_undo_one_decision_undoes_no_later_one(client: Any, desk: Any) -> None:
    _, number = sent(client)
    made = decided(desk, number)
    one, two = corrected(made, phone="030 111 11 11"), corrected(made, phone="030 222 22 22")
    decided(desk, one)
    decided(desk, two)
    assert listed()[NAME] == "030 222 22 22"
    for earlier in (one, number):
        assert decided(desk, earlier, "undo").state == "accepted"
        assert listed()[NAME] == "030 222 22 22"
    assert decided(desk, two, "undo").state == "waiting"
    assert decided(desk, one, "undo").state == "waiting"
    assert listed()[NAME] is None
    assert decided(desk, number, "undo").state == "waiting"
    assert NAME not in listed()


def test_an_acceptance_that_was_undone_leaves_no_gap_in_what_is_published(client: Any, desk: Any) -> None:
    """A name with a 2 behind it would tell that there is another, which nobody may know of."""
    _, number = sent(client)
    first = decided(desk, number).initiative.key
    decided(desk, number, "undo")
    assert decided(desk, number).initiative.key == first


def test_a_correction_is_decided_by_whose_the_record_is_now(client: Any, desk: Any) -> None:
    from thuis.live.models import Initiative, Organisation, Role, Submission

    _, number = sent(client)
    made = decided(desk, number)
    here, there = (Organisation.objects.create(key=key, name=key) for key in ("hier", "daar"))
    Initiative.objects.filter(pk=made.initiative_id).update(organisation=here)
    late = corrected(made, phone="030 999 99 99")
    user = worker(name="hier")
    Role.objects.filter(user=user).update(organisation=here)
    browser = visitor()
    browser.force_login(user)
    Initiative.objects.filter(pk=made.initiative_id).update(organisation=there)
    for do in ("accept", "refuse", "ask"):
        decided(browser, late, do)
        assert Submission.objects.get(pk=late).state == "waiting"
    assert listed()[NAME] is None


# What the API, its feeds and the numbers of the service tell of what is not, or no longer, published.


def test_a_name_that_left_the_directory_is_told_by_nothing(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thuis.live.api import changes, shelf
    from thuis.live.models import Change

    served()
    first = changes.here()
    changes.note()
    gone, renamed = first.index.records[:2]
    other = renamed.model_copy(update={"name": "Nieuwe naam"})
    left = (other, *first.index.records[2:])
    documents = ({**first.documents[1], "name": "Nieuwe naam"}, *first.documents[2:])
    monkeypatch.setattr(changes, "here", lambda **_: shelf.Shelf(shelf.build(left), documents, first.day))
    changes.note()
    for path in ("changes?per_page=1000", "changes.atom", f"services/{first.documents[0]['id']}"):
        told = client.get(f"/hsds/3.1/{path}").content.decode()
        assert gone.name not in told, path
        assert renamed.name not in told, path
    assert "Nieuwe naam" in client.get("/hsds/3.1/changes?per_page=1000").content.decode()
    assert gone.name not in json.dumps(changes.page(0, 1000)), "nor what is posted to a webhook"
    assert not Change.objects.filter(name=gone.name).exists()


STATES = ("unconfirmed", "waiting", "asked", "refused", "merged", "withdrawn", "appealed")
ASKED = (
    "services?search=geheimschrift", "services?full=true&per_page=1000", "services?minimal=true",
    "services?format=ndjson&full=true", "services?modified_after=2020-01-01T00:00:00Z", "organizations",
    "organizations?search=geheimschrift", "service_at_locations", "service_at_locations?postcode=3512",
    "service_at_locations?postcode=3512&proximity=500000", "taxonomies", "taxonomy_terms?per_page=1000",
    "changes?per_page=1000", "changes.atom", "services/geheimschrift", "services?page=2", "",
)  # fmt: skip


def seen_outside(client: Any) -> list[tuple[int, bytes, str, str]]:
    answers = [client.get(f"/hsds/3.1/{each}") for each in ASKED]
    pages = [client.get(f"/nl/{each}") for each in ("directory/", "live/", "live/rounds/", "live/health")]
    pages += [client.get("/live/health", headers={"X-Forwarded-For": "192.0.2.1"})]
    return [
        (each.status_code, re.sub(rb'name="csrf\w+" value="\w+"', b"", body), *headers)
        for each in answers + pages
        for body in [b"".join(each.streaming_content) if each.streaming else each.content]
        for headers in [(each.headers.get("ETag", ""), each.headers.get("Last-Modified", ""))]
    ]


@pytest.mark.parametrize("state", STATES)
def test_two_looks_at_all_that_is_public_differ_by_nothing_that_waits(client: Any, state: str) -> None:
    """Each answer, whole, its digest and its moment: before somebody sent something in, and after."""
    from thuis.live.models import Submission

    served()
    visitor_ = visitor()
    before = seen_outside(visitor_)
    sent(client, name="Geheimschrift aan de Linde", organization="Stichting Geheimschrift")
    Submission.objects.update(state=state)
    after = seen_outside(visitor_)
    for asked, one, other in zip((*ASKED, *"pages"), before, after, strict=False):
        assert one == other, asked
    assert before == after


def test_two_looks_at_an_open_round_differ_by_no_comment_that_is_not_shown(client: Any) -> None:
    """Who said that they commented, and finds no comment, is not told of one refused in between."""
    from datetime import timedelta

    from django.utils import timezone

    from thuis.live.models import Comment, Round, Submitter

    served()
    today = timezone.localdate()
    title = {"nl": "Ronde", "en": "Round"}
    made = Round.objects.create(
        key="kijk", title=title, opens_on=today - timedelta(1), closes_on=today + timedelta(9)
    )
    pages = [f"/nl/live/{each}" for each in ("rounds/", "rounds/kijk/", "comment/?page=indicator/paid-work")]
    before = [visitor().get(each).content for each in pages]
    own = Submitter.objects.create(email="iemand@example.org", language="nl")
    comment = Comment.objects.create(round=made, page="indicator/paid-work", text="Iets", submitter=own)
    hidden = re.compile(rb'name="csrf\w+" value="\w+"')
    for state in ("unconfirmed", "waiting", "refused", "withdrawn"):
        Comment.objects.filter(pk=comment.pk).update(state=state)
        after = [visitor().get(each).content for each in pages]
        for page, one, other in zip(pages, before, after, strict=True):
            assert hidden.sub(b"", one) == hidden.sub(b"", other), (state, page)


def test_who_is_outside_learns_from_health_only_whether_it_works(client: Any) -> None:
    """A part that warns says that somebody appealed, while only one moderator is there."""
    from thuis.live.models import Submission

    worker()
    _, number = sent(client)
    outside = {"X-Forwarded-For": "192.0.2.1"}
    before = client.get("/live/health", headers=outside)
    Submission.objects.filter(pk=number).update(state="appealed")
    after = client.get("/live/health", headers=outside)
    assert json.loads(client.get("/live/health").content)["checks"]["moderators"] == "warn"
    assert (before.status_code, before.content) == (after.status_code, after.content)
    assert json.loads(after.content) == {"status": "pass"}


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"]
)
def test_numbers_are_for_nobody_behind_a_proxy(client: Any, settings: Any, header: str) -> None:
    from django.conf import settings as now

    served()
    assert client.get("/live/metrics").status_code == 200
    assert client.get("/live/metrics", headers={header: "x"}).status_code == 404
    # A proxy that tells nothing: its visitors come from this machine, as the service sees it.
    settings(LIVE=now.LIVE.model_copy(update={"address": "https://thuis.example"}))
    assert client.get("/live/metrics").status_code == 404


def test_a_file_of_the_service_that_is_broken_says_nothing_of_where_it_stands(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thuis.live.api import postcodes
    from thuis.live.kept import Kept

    home = served()
    monkeypatch.setattr(postcodes, "_POSTCODES", Kept(postcodes.read_postcodes))
    path = home / "postcodes.csv"
    path.write_text("postcode;latitude\nx;y\n")
    try:
        answer = client.get("/hsds/3.1/service_at_locations?postcode=3511&proximity=100")
    finally:
        path.unlink()
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert str(home) not in answer.content.decode()
    assert "postcodes" not in answer.content.decode()


# Whether somebody has an account, an open link, or a place in the queue.


def test_an_answer_to_signing_in_is_the_same_for_who_is_here_and_who_is_not(client: Any) -> None:
    """Status, place, size and what it costs: with a password, without one yet, closed, and none at all."""
    import hashlib

    from thuis.live.models import User

    served()
    user = worker(name="hier")
    user.set_password("een lange zin als wachtwoord")
    user.save()
    User.objects.create_user("nieuw@thuis.example", "nieuw@thuis.example")
    closed = User.objects.create_user(
        "weg@thuis.example", "weg@thuis.example", "een lange zin als wachtwoord"
    )
    User.objects.filter(pk=closed.pk).update(is_active=False)
    told, hashed = {}, {}
    real = hashlib.scrypt
    counted = [0]

    def counting(*given: Any, **named: Any) -> bytes:
        counted[0] += 1
        return real(*given, **named)

    for name in ("hier", "nieuw", "weg", "niemand"):
        counted[0] = 0
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(hashlib, "scrypt", counting)
            given = {"login": f"{name}@thuis.example", "password": "verkeerd geraden zin"}
            answer = visitor().post("/nl/account/login/", given, REMOTE_ADDR=f"192.0.2.{len(told)}")
        body = re.sub(rb'value="[^"]*"', b"", answer.content)
        told[name] = (answer.status_code, answer.headers.get("Location"), body)
        hashed[name] = counted[0]
    assert len(set(told.values())) == 1
    assert len(set(hashed.values())) == 1, hashed


@pytest.mark.parametrize("kind", ["submission", "comment", "promise", "screening", "x"])
def test_a_link_of_what_is_gone_is_as_one_that_never_was(client: Any, kind: str) -> None:
    import uuid

    from thuis.live.links import token

    served()
    gone = client.get(f"/nl/live/mine/{token(kind, uuid.uuid4())}/")
    never = client.get(f"/nl/live/mine/{'x' * len(token(kind, uuid.uuid4()))}/")
    bodies = [re.sub(rb"mine/[^/\"]*", b"", each.content) for each in (gone, never)]
    assert gone.status_code == never.status_code == 404
    assert bodies[0] == bodies[1]


# Mail that a stranger has us write to whom they like.

LURES = (
    "Win een prijs op https://prijs.example/x", "Bel prijs.example nu", "www.prijs", "Mail jo@prijs.example",
    "Ga naar 192.0.2.1/x", "PRIJS\u3002example", "Prijs\uff0eexample", "x" * 300 + " https://prijs.example",
    "HTTPS://PRIJS.EXAMPLE", "prijs.example.", "(prijs.example)", "xn--prijs.example",
    "prijs.example:8080/a?b=c",
)  # fmt: skip


@pytest.mark.parametrize("lure", LURES)
def test_mail_to_who_did_not_ask_for_it_leads_nowhere_but_here(client: Any, lure: str) -> None:
    from django.conf import settings as now
    from django.core import mail

    served()
    client.post(
        "/nl/live/initiative/new/", form(looked="yes", name=lure[:300], submitter="doel@elders.example")
    )
    do_work()
    assert len(mail.outbox) == 1
    text = f"{mail.outbox[0].subject}\n{mail.outbox[0].body}".replace(now.LIVE.address, "")
    assert not re.search(r"prijs[.\u3002\uff0e]|www|192\.0|@|://", text, re.I), text
    assert len(mail.outbox[0].subject) < 120


def test_nobody_is_flooded_with_mail_that_strangers_ask_for(client: Any, settings: Any) -> None:
    from django.conf import settings as now
    from django.core import mail

    served()
    many = now.LIVE.limits.model_copy(update={"forms": 1000})
    settings(LIVE=now.LIVE.model_copy(update={"limits": many}))
    for number in range(45):
        capitals = "Doel@elders.example" if number % 2 else "doel@elders.example"
        client.post(
            "/nl/live/initiative/new/", form(looked="yes", submitter=capitals, name=f"Koffie {number}")
        )
    client.post("/nl/live/initiative/new/", form(looked="yes", submitter="ander@elders.example"))
    got = []
    for day in (0.01, 1.01, 2.01):
        do_work(days=day)
        got.append(sum("doel@" in each.to[0].lower() for each in mail.outbox))
    assert got == [20, 40, 45], "none is lost: they come on other days"
    assert [each.to for each in mail.outbox if "ander@" in each.to[0]] == [["ander@elders.example"]]


# What keeps the machine busy.

LONG = {"one": "a", "blank": " x", "points": "a.", "at": "a@", "lists": "x, ", "open": "("}
FIELDS = (
    "municipality", "city", "location", "postcode", "name", "organization", "languages", "url", "phone",
    "email", "price_text", "opens_at", "description_nl", "contact_role", "address", "submitter",
    "organisation", "kind",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_no_answer_to_a_form_keeps_the_service_busy(client: Any, field: str) -> None:
    served()
    for length in (900_000, 290):
        for unit in LONG.values():
            given = form(looked="yes", **{field: unit * (length // len(unit))})
            began = time.process_time()
            answer = client.post("/nl/live/initiative/new/", given)
            assert answer.status_code in (200, 422)
            assert time.process_time() - began < 5, (field, unit, length)


@pytest.mark.parametrize("unit", LONG.values())
def test_no_answer_to_another_form_keeps_the_service_busy(client: Any, unit: str) -> None:
    served()
    text = unit * (400_000 // len(unit))
    for path, given in {
        "account/login/": {"login": text, "password": text[:1000]},
        "account/password/reset/": {"email": text},
        "live/comment/?page=indicator/voted": {"page": "indicator/voted", "text": text, "submitter": text},
        "live/promise/new/": {"text": text, "who": text[:1000]},
    }.items():
        began = time.process_time()
        assert client.post(f"/nl/{path}", given).status_code in (200, 302, 404, 422, 429)
        assert time.process_time() - began < 5, path


@pytest.mark.parametrize("told", ["x", "-1", "1e9", "9" * 400, "٣", " "])
def test_a_length_that_is_none_breaks_nothing(client: Any, told: str) -> None:
    served()
    for path in ("screen", "letter"):
        answer = client.generic(
            "POST", f"/nl/live/{path}/", b"", "application/x-www-form-urlencoded", CONTENT_LENGTH=told
        )
        assert answer.status_code in (400, 422)


INSIDE = (
    "https://[64:ff9b::a9fe:a9fe]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
    "https://[2002:a9fe:a9fe::1]/", "https://[::127.0.0.1]/", "https://[::a9fe:a9fe]/", "https://0.1.2.3/",
    "https://100.100.100.200/latest/meta-data/", "https://168.63.129.16/", "https://192.0.0.192/",
    "https://[fd00:ec2::254]/latest/", "https://[64:ff9b:1::7f00:1]/", "https://017700000001/",
    "https://[::ffff:0:127.0.0.1]/", "https://127.0.0.1./",
)  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_a_webhook_leads_to_no_secret_of_a_machine(client: Any, url: str) -> None:
    from thuis.errors import ThuisError
    from thuis.live.api import changes

    served()
    with pytest.raises(ThuisError, match="cannot be a webhook"):
        changes.register(url)
