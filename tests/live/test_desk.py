"""Pages of the staff speak the language of who reads them: no keys, numbers or words of the code."""

from __future__ import annotations

import ast
import html
import re
from pathlib import Path
from typing import Any

import pytest

from support.live import served, worker

CODE = Path(__file__).parents[2] / "src/thuis/live"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def words(page: bytes) -> str:
    """What is read on a page: no marks, no attributes."""
    main = page.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return html.unescape(re.sub(r"<[^>]*>", " ", main))


def filled() -> Any:
    """A service in which all happened, and somebody who may see all of it."""
    from support.filled import fill
    from thuis.live.models import Role

    served()
    fill()
    user = worker(name="all")
    for name in ("editor", "data-officer", "admin"):
        Role.objects.create(user=user, name=name)
    return user


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_of_the_staff_speaks_code(client: Any, language: str) -> None:
    from thuis.live.models import Submission

    client.force_login(filled())
    for path in ("", "queue/", "comments/", "rounds/", "promises/", "log/", "work/"):
        said = words(client.get(f"/{language}/live/staff/{path}").content)
        assert not UUID.search(said), path
        assert not re.search(r"\b(indicator|term)/|data-officer|unconfirmed", said), path
    for each in Submission.objects.all():
        said = words(client.get(f"/{language}/live/staff/queue/{each.pk}/").content)
        assert not UUID.search(said)
        assert "description_" not in said


def test_all_that_is_written_to_the_log_has_words() -> None:
    from thuis.language import LANGUAGES, catalogue
    from thuis.live.models import Decision

    written = {str(each) for each in Decision.What.values if each != "undo"}
    for path in CODE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("log.write", "write"):
                for each in ast.walk(call.args[1]) if len(call.args) > 1 else ():
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        written.add(each.value.strip())
    assert len(written) > 20
    for language in LANGUAGES:
        known = catalogue("live", language)
        lacks = {each for each in written if f"log.did.{each.replace(' ', '-')}" not in known}
        # Written with a word before it: "added in beheer".
        assert lacks <= {"in beheer"}


def test_who_reads_the_log_finds_people_and_things(client: Any) -> None:
    user = filled()
    client.force_login(user)
    said = words(client.get("/nl/live/staff/log/").content)
    assert "mo@thuis.example" in said
    assert re.search(r"aanmelding [0-9a-f]{8}\b", said)
    assert "inzender 1" in said
    assert "opgenomen" in said


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("live/staff/", ["Start", "Meedoen"]),
        ("live/staff/queue/", ["Start", "Meedoen", "Werkplek"]),
        ("live/staff/log/", ["Start", "Meedoen", "Werkplek"]),
        ("account/2fa/", ["Start", "Meedoen", "Werkplek"]),
        ("live/rounds/ronde-1/", ["Start", "Meedoen", "Reageren"]),
    ],
)
def test_the_way_back_leads_to_the_desk(client: Any, path: str, above: list[str]) -> None:
    client.force_login(filled())
    page = client.get(f"/nl/{path}").content.decode()
    crumbs = page.partition('class="crumbs"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', crumbs)
    assert [name for _, name in links] == above
    from urllib.parse import urljoin

    for to, _ in links:
        assert client.get(urljoin(f"/nl/{path}", to)).status_code == 200


def test_a_duplicate_is_merged_by_the_address_of_a_page(client: Any) -> None:
    from support.filled import CELLS
    from thuis.live import submissions
    from thuis.live.catalogue import published
    from thuis.live.pages import act

    served()
    client.force_login(worker())
    there = published()[0]
    address = act("nl").address[there.id]
    ways: list[tuple[dict[str, str], str]] = [
        ({"at": f"https://monitor.example/nl/initiative/{address}/"}, "merged"),
        ({"at": address}, "merged"),
        ({"into": there.id}, "merged"),
        ({"at": "https://monitor.example/nl/initiative/nergens/", "into": there.id}, "waiting"),
    ]
    for given, state in ways:
        made = submissions.send_in(CELLS, "neighbourhood", "a@linde.example", "nl")
        submissions.confirm(made.pk)
        client.post(f"/nl/live/staff/queue/{made.pk}/", {"do": "merge", **given})
        made.refresh_from_db()
        assert made.state == state, given


@pytest.mark.parametrize("path", ["account/email/", "account/signup/", "account/3rdparty/"])
def test_what_the_administrator_does_nobody_else_can(client: Any, path: str) -> None:
    from allauth.account.models import EmailAddress

    client.force_login(worker())
    given = {"email": "other@evil.example", "action_add": ""}
    for answer in (client.get(f"/nl/{path}"), client.post(f"/nl/{path}", given)):
        assert answer.status_code == 403
        assert "<form" not in answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert not EmailAddress.objects.filter(email="other@evil.example").exists()


def test_faults_of_a_proposal_are_told_beside_their_questions(client: Any) -> None:
    from thuis.live.promises import ASKED

    answer = client.post("/en/live/promise/new/", dict.fromkeys(ASKED, ""))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#f-sentence"' in page
    assert "The sentence as it stands there: " in page


def test_a_municipality_is_asked_for_and_shown_by_its_name() -> None:
    """With its province where a name alone does not say which one it is."""
    from datetime import date

    from support.live import home

    home()
    from thuis.live.intake import asked_of, read

    cells = {"name": "Inloop", "description_nl": "Koffie en een praatje voor wie dat wil in de buurt."}
    for typed, shown in (
        ("Utrecht", "Utrecht"),
        ("GM0344", "Utrecht"),
        ("GM0518", "'s-Gravenhage"),
        ("Bergen (NH.)", "Bergen (Noord-Holland)"),
        ("Hengelo", "Hengelo"),
    ):
        first = read(cells | {"municipality": typed}, date(2026, 1, 1)).record
        assert first is not None
        again = read(cells | {"municipality": asked_of(first)["municipality"]}, date(2026, 1, 1)).record
        assert again is not None
        assert again.municipality == first.municipality
        assert asked_of(first)["municipality"] == shown


def test_the_administration_calls_things_by_their_names(client: Any) -> None:
    from thuis.language import texts

    client.force_login(filled())
    said = texts("live", "nl")
    page = client.get("/beheer/").content.decode()
    assert "Log entrys" not in page
    assert said("beheer.organisations").capitalize() in page
    added = client.get("/beheer/live/role/add/").content.decode()
    assert said("role.data-officer") in added
    assert "Data-Officer" not in added
    assert said("role.moderator") in client.get("/beheer/live/role/").content.decode()


def test_a_button_that_takes_something_back_is_no_first_choice(client: Any) -> None:
    from django.core import mail

    from support.live import do_work, form, link_in

    served()
    client.post("/nl/live/initiative/new/", form())
    do_work()
    page = client.get(link_in(mail.outbox[-1].body)).content.decode()
    assert '<button type="submit" class="second">Ja, trek het in' in page
    assert "&#34;second" not in page
