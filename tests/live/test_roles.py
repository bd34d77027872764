"""Each role, for all organisations or for one, at each page and act, on what is of one, another or none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from support.live import do_work, form, link_in, served, worker

ROLES = ("moderator", "editor", "data-officer", "admin")
SCOPES = ("all", "here")
WHOSE = ("here", "there", "nobody")
SUBMISSION = {"accept": "accepted", "refuse": "refused", "ask": "asked", "merge": "merged", "hand": "passed"}
COMMENT = {"show": "moderator", "refuse": "moderator", "answer": "editor"}
PAGES = {
    "": set(ROLES),
    "queue/": {"moderator"},
    "comments/": {"moderator", "editor"},
    "rounds/": {"editor"},
    "promises/": {"editor"},
    "promises/commitments.csv": {"editor", "data-officer"},
    "log/": {"data-officer", "admin"},
    "work/": {"data-officer", "admin"},
}
WHOLE = {"promises/", "promises/commitments.csv", "log/", "work/"}


@pytest.fixture
def places(client: Any) -> dict[str, Any]:
    """Two organisations, and nobody's."""
    from thuis.live.models import Organisation

    served()
    made = {key: Organisation.objects.create(key=key, name=f"Stichting {key}") for key in ("here", "there")}
    return {**made, "nobody": None}


def somebody(role: str, scope: str, places: dict[str, Any]) -> Any:
    user = worker(role, f"{role}-{scope}")
    user.roles.update(organisation=None if scope == "all" else places[scope])
    return user


def may(role: str, scope: str, whose: str, needed: str) -> bool:
    """What the how-to says of roles."""
    return role == needed and (scope in ("all", whose))


def submission(place: Any) -> Any:
    from support.filled import CELLS
    from thuis.live import submissions

    cells = {key: value for key, value in CELLS.items() if key != "organization"}
    made = submissions.send_in(cells, "neighbourhood", "a@linde.example", "nl", organisation=place)
    return submissions.confirm(made.pk)


def comment(place: Any, *, shown: bool) -> Any:
    from django.utils import timezone

    from thuis.live import consultation
    from thuis.live.models import Round

    day = timezone.localdate()
    key = f"r-{place.key if place else 'x'}"
    given = {"title": {"nl": key}, "opens_on": day, "closes_on": day + timedelta(3), "organisation": place}
    round_, _ = Round.objects.get_or_create(key=key, defaults=given)
    told = {"page": "indicator/voted", "place": "", "text": f"Klopt dit? {key}", "name": ""}
    made = consultation.comment(round_, told, "a@linde.example", "nl")
    made.state = "shown" if shown else "waiting"
    made.save()
    return made


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_is_for_whose_it_is(client: Any, places: Any, role: str, scope: str) -> None:
    client.force_login(somebody(role, scope, places))
    # What is of all organisations together is watched for all of them, or not at all.
    held = scope == "all" or role in ("moderator", "editor")
    for path, roles in PAGES.items():
        opens = held and role in roles and (scope == "all" or path not in WHOLE)
        answer = client.get(f"/nl/live/staff/{path}")
        assert answer.status_code == (200 if opens else 403), path
        if path == "" and opens:
            for other in ("queue", "comments", "promises", "log", "work", "rounds"):
                linked = f'href="{other}/"' in answer.content.decode()
                assert linked is (
                    role in PAGES[f"{other}/"] and (scope == "all" or f"{other}/" not in WHOLE)
                ), other
    opens = role == "admin" and scope == "all"
    for path in ("", "live/user/", "live/role/add/", "live/logentry/", "live/organisation/add/"):
        assert client.get(f"/beheer/{path}", follow=True).status_code == (200 if opens else 403), path


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", ROLES)
def test_each_act_on_a_submission(client: Any, places: Any, role: str, scope: str, whose: str) -> None:
    from thuis.live.catalogue import published

    user = somebody(role, scope, places)
    client.force_login(user)
    allowed = may(role, scope, whose, "moderator")
    into = next(each.id for each in published())
    for do, state in SUBMISSION.items():
        made = submission(places[whose])
        path = f"/nl/live/staff/queue/{made.pk}/"
        refused = 404 if role == "moderator" else 403
        assert client.get(path).status_code == (200 if allowed else refused)
        client.post(path, {"do": do, "text": "Omdat.", "into": into, "to": ""})
        made.refresh_from_db()
        # A record of the monitor is nobody's: who moderates for one organisation puts nothing into it.
        done = allowed and not (do == "merge" and scope != "all")
        if do == "hand":
            assert made.organisation == (None if done else places[whose])
        else:
            assert made.state == (state if done else "waiting"), do
        if do == "accept" and done:
            client.post(path, {"do": "undo", "text": "Te snel."})
            made.refresh_from_db()
            assert made.state == "waiting"
    if role == "moderator":
        listed = client.get("/nl/live/staff/queue/").content.decode()
        assert (str(made.pk) in listed) is (allowed and (do != "hand" or scope == "all"))


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", ROLES)
def test_each_act_on_a_comment_and_its_round(
    client: Any, places: Any, role: str, scope: str, whose: str
) -> None:
    client.force_login(somebody(role, scope, places))
    path = "/nl/live/staff/comments/"
    for do, needed in COMMENT.items():
        made = comment(places[whose], shown=do == "answer")
        seen = client.get(path).content.decode()
        assert (made.text in seen) is (role in COMMENT.values() and (scope in ("all", whose)))
        given = {"do": do, "text": "Daarom.", "done": "unchanged", "comment": str(made.pk)}
        client.post(path, given)
        made.refresh_from_db()
        allowed = may(role, scope, whose, needed)
        if do == "answer":
            assert hasattr(type(made).objects.get(pk=made.pk), "answer") is allowed
        else:
            assert made.state == ({"show": "shown", "refuse": "refused"}[do] if allowed else "waiting")
        type(made).objects.all().delete()
    given = {"do": "close", "round": made.round.key, "outcome_nl": "Klaar.", "outcome_en": "Done."}
    client.post("/nl/live/staff/rounds/", given)
    made.round.refresh_from_db()
    assert bool(made.round.closed_at) is may(role, scope, whose, "editor")
    given = {"opens_on": "2026-01-01", "closes_on": "2026-02-01", "title_nl": "Nieuw", "title_en": "New"}
    place = places[whose].key if places[whose] else ""
    client.post("/nl/live/staff/rounds/", {"do": "open", "organisation": place, **given})
    opened = type(made.round).objects.filter(key="nieuw").first()
    assert bool(opened) is may(role, scope, whose, "editor")
    assert opened is None or opened.organisation == places[whose]


def test_what_is_of_others_is_as_what_is_not_there(client: Any, places: Any) -> None:
    client.force_login(somebody("moderator", "here", places))
    theirs, none = submission(places["there"]), uuid4()
    for given in ({}, {"do": "accept"}, {"do": "undo", "text": "x"}):
        ask = client.post if given else client.get
        answers = [ask(f"/nl/live/staff/queue/{key}/", given) for key in (theirs.pk, none)]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("given", "whose", "name"),
    [
        ({"organisation": "here", "organization": ""}, "here", "Stichting here"),
        ({"organisation": "here", "organization": "stichting  HERE"}, "here", "Stichting here"),
        ({"organization": "Stichting thére"}, "there", "Stichting there"),
        ({"organization": "Stichting Verzonnen Linde"}, "nobody", "Stichting Verzonnen Linde"),
        ({"organization": ""}, "nobody", ""),
    ],
)
def test_a_submission_is_of_the_organisation_that_it_names(
    client: Any, places: Any, given: dict[str, str], whose: str, name: str
) -> None:
    from thuis.live.models import Submission

    assert client.post("/nl/live/initiative/new/", form(**given)).status_code == 200
    made = Submission.objects.get()
    assert made.organisation == places[whose]
    assert made.cells["organization"] == name


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"organisation": "nowhere"}, "organisation"),
        ({"organisation": "here", "organization": "Stichting there"}, "organization"),
        ({"organisation": "here;"}, "organisation"),
    ],
)
def test_two_organisations_or_one_that_is_none_are_told(
    client: Any, places: Any, given: dict[str, str], fault: str
) -> None:
    from thuis.live.models import Submission

    answer = client.post("/en/live/initiative/new/", form(**given))
    assert answer.status_code == 422
    assert f'href="#f-{fault}"' in answer.content.decode()
    assert not Submission.objects.exists()


def test_the_kind_that_is_known_of_an_organisation_holds(client: Any, places: Any) -> None:
    from thuis.live.models import Submission

    places["here"].kind = "professional"
    places["here"].save()
    sent = form(organisation="here", organization="", kind="neighbourhood")
    assert client.post("/nl/live/initiative/new/", sent).status_code == 200
    sent = form(organisation="here", organization="")
    sent.pop("kind")
    assert client.post("/nl/live/initiative/new/", sent).status_code == 200
    assert [each.kind for each in Submission.objects.all()] == ["professional"] * 2
    made = Submission.objects.first()
    made.state = "waiting"
    made.save()
    client.force_login(somebody("moderator", "here", places))
    page = client.get(f"/en/live/staff/queue/{made.pk}/").content.decode()
    assert "registered with the Chamber of Commerce" in page
    assert "The core team put it forward" not in page


def test_a_correction_is_of_whose_the_record_is_whatever_it_says(client: Any, places: Any) -> None:
    """Nor does merging reach what is of others."""
    from django.core import mail

    from thuis.live import moderation, submissions
    from thuis.live.models import Initiative, Submission

    assert (
        client.post("/nl/live/initiative/new/", form(organisation="there", organization="")).status_code
        == 200
    )
    do_work()
    path = link_in(mail.outbox[-1].body)
    client.post(path, {"do": "confirm"})
    own = Submission.objects.get()
    moderation.accept(own.pk, somebody("moderator", "there", places), {})
    record = Initiative.objects.get()
    assert record.organisation == places["there"]
    taken = submissions.send_in(
        own.cells | {"organization": "Stichting here"},
        "neighbourhood",
        "b@evil.example",
        "nl",
        corrects=record.key,
        organisation=places["here"],
    )
    assert taken.organisation == places["there"]
    client.post(f"{path}edit/", form(organisation="here", organization=""))
    again = Submission.objects.get(state="waiting")
    assert again.organisation == places["there"]
    ours = submission(places["here"])
    client.force_login(somebody("moderator", "here", places))
    client.post(f"/nl/live/staff/queue/{ours.pk}/", {"do": "merge", "into": record.key})
    ours.refresh_from_db()
    assert ours.state == "waiting"
    # Accepted by whose it is, it is the other's from then on.
    moderation.accept(again.pk, Submission.objects.get(pk=own.pk).decisions.get().by, {})
    record.refresh_from_db()
    assert record.organisation == places["here"]
    moderation.undo(again.pk, own.decisions.get().by, "Toch niet.")
    record.refresh_from_db()
    assert record.organisation == places["there"]


def test_a_new_organisation_is_listed_when_who_moderates_for_all_says_so(client: Any, places: Any) -> None:
    from thuis.live.models import Initiative, LogEntry, Organisation

    made = submission(None)
    made.cells["organization"] = "Stichting Nieuw"
    made.save()
    client.force_login(somebody("moderator", "all", places))
    path = f"/nl/live/staff/queue/{made.pk}/"
    assert "Zet “Stichting Nieuw” in de lijst" in client.get(path).content.decode()
    client.post(path, {"do": "accept", "listed": "yes"})
    new = Organisation.objects.get(name="Stichting Nieuw")
    assert (new.key, new.kind) == ("stichting-nieuw", "neighbourhood")
    assert Initiative.objects.get().organisation == new
    assert LogEntry.objects.filter(what="added", subject=f"organisation {new.pk}").exists()
    assert 'value="stichting-nieuw"' in client.get("/nl/live/initiative/new/").content.decode()
    # Who moderates for one lists none.
    theirs = submission(places["here"])
    theirs.cells["organization"] = "Stichting Stiekem"
    theirs.save()
    client.force_login(somebody("moderator", "here", places))
    client.post(f"/nl/live/staff/queue/{theirs.pk}/", {"do": "accept", "listed": "yes"})
    assert not Organisation.objects.filter(name="Stichting Stiekem").exists()


def test_what_changes_while_somebody_is_signed_in_holds_at_once(client: Any, places: Any) -> None:
    user = somebody("moderator", "here", places)
    client.force_login(user)
    made = submission(places["here"])
    path = f"/nl/live/staff/queue/{made.pk}/"
    assert client.get(path).status_code == 200
    user.roles.update(organisation=places["there"])
    assert client.get(path).status_code == 404
    assert client.post(path, {"do": "accept"}).status_code == 404
    user.roles.update(organisation=places["here"], name="editor")
    assert client.post(path, {"do": "accept"}).status_code == 403
    user.roles.update(name="moderator")
    user.is_active = False
    user.save()
    assert client.post(path, {"do": "accept"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "waiting"


@pytest.mark.parametrize("role", ["admin", "data-officer"])
def test_who_watches_all_is_made_for_all(client: Any, places: Any, role: str) -> None:
    from thuis.errors import ThuisError
    from thuis.live.models import Role
    from thuis.live.team import add

    with pytest.raises(ThuisError, match="for all organisations together"):
        add("a@thuis.example", [role], "here")
    boss = somebody("admin", "all", places)
    client.force_login(boss)
    given = {"user": boss.pk, "name": role, "organisation": places["here"].pk}
    assert client.post("/beheer/live/role/add/", given).status_code == 200
    assert Role.objects.filter(organisation=places["here"]).count() == 0


def test_an_organisation_is_made_and_given_a_kind_in_beheer(client: Any, places: Any) -> None:
    from thuis.live.models import Organisation

    client.force_login(somebody("admin", "all", places))
    page = client.get("/beheer/live/organisation/add/").content.decode()
    assert "Vrijwilligersorganisatie" in page
    for kind, made in (("volunteers", True), ("none-such", False)):
        given = {"key": f"o-{kind}", "name": "Nieuw", "kind": kind}
        client.post("/beheer/live/organisation/add/", given)
        assert Organisation.objects.filter(kind=kind).exists() is made


def test_what_nobody_may_decide_on_is_said(client: Any, places: Any) -> None:
    from thuis.live.operations.health import state

    assert state()["moderators"] == "pass"
    here = submission(places["here"])
    assert state()["moderators"] == "warn"
    user = somebody("moderator", "here", places)
    assert state()["moderators"] == "pass"
    here.state = "appealed"
    here.save()
    assert state()["moderators"] == "warn", "who decided does not decide the appeal"
    submission(None)
    somebody("moderator", "all", places)
    assert state()["moderators"] == "pass"
    user.is_active = False
    user.save()
    assert state()["moderators"] == "warn"
