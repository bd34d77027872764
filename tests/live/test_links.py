"""A signed link opens what it is of: not another thing, not after its end; a role is no other role."""

from __future__ import annotations

from typing import Any

import pytest

from support.live import do_work, served, worker

KINDS = ("submission", "comment", "promise")


def made(kind: str, mail: str = "iemand@linde.example") -> Any:
    """One thing that somebody sent in and did not confirm yet."""
    from datetime import timedelta

    from django.utils import timezone

    from support.filled import CELLS
    from thuis.live import consultation, promises, submissions
    from thuis.live.models import Round

    served()
    if kind == "submission":
        return submissions.send_in(CELLS, "neighbourhood", mail, "nl")
    if kind == "promise":
        fields = dict.fromkeys(promises.ASKED, "") | {"kind": "new"}
        fields |= {"text": "Een brief", "sentence": "Ik zeg een brief toe.", "letter": "29544-1"}
        return promises.propose(fields, mail, "nl")
    day = timezone.localdate()
    round_, _ = Round.objects.get_or_create(
        key="een", defaults={"title": {"nl": "Een"}, "opens_on": day, "closes_on": day + timedelta(days=3)}
    )
    told = {"page": "indicator/voted", "place": "", "text": "Klopt dit?", "name": "Ann"}
    return consultation.comment(round_, told, mail, "nl")


def at(kind: str, key: object) -> str:
    from thuis.live.links import token

    return f"/nl/live/mine/{token(kind, key)}/"


def state(thing: Any) -> str:
    thing.refresh_from_db()
    return str(thing.state)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", [*KINDS, "screening"])
def test_the_signature_of_one_thing_opens_no_other(client: Any, settings: Any, kind: str, other: str) -> None:
    from django.conf import settings as now

    limits = now.LIVE.limits.model_copy(update={"forms": 1000})
    settings(LIVE=now.LIVE.model_copy(update={"limits": limits}))
    mine, theirs = made(kind), made(kind, "b@linde.example")
    signed = at(kind, mine.pk).removeprefix("/nl/live/mine/").rstrip("/")
    name, _, signature = signed.rpartition(".")
    for forged in (
        f"{kind}~{theirs.pk}.{signature}",
        f"{other}~{mine.pk}.{signature}" if other != kind else f"{kind}~{mine.pk}.",
        f"{name}.{signature[:-1]}",
        f"{name}.{signature.swapcase()}",
        f"{kind}~{theirs.pk}",
        name,
    ):
        for path in (f"/nl/live/mine/{forged}/", f"/nl/live/mine/{forged}/edit/"):
            for do in ("confirm", "withdraw", "still", "answer"):
                assert client.post(path, {"do": do, "text": "x"}).status_code == 404, forged
            assert client.get(path).status_code == 404
    # The right signature, of a kind that it is not a thing of.
    if other != kind:
        assert client.get(at(other, mine.pk)).status_code == 404
        assert client.post(at(other, mine.pk), {"do": "confirm"}).status_code == 404
    if kind != "submission":
        assert client.get(f"{at(kind, mine.pk)}edit/").status_code == 404
    assert state(mine) == state(theirs) == "unconfirmed"


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_ends_with_the_address_that_it_was_mailed_to(client: Any, kind: str) -> None:
    from thuis.live.operations.person import erase

    thing = made(kind)
    path = at(kind, thing.pk)
    client.post(path, {"do": "confirm"})
    assert state(thing) == "waiting"
    assert client.get(path).status_code == 200
    erase("iemand@linde.example")
    for each in (path, f"{path}edit/"):
        assert client.get(each).status_code == 404
        assert client.post(each, {"do": "withdraw"}).status_code == 404
    assert state(thing) == "waiting"


@pytest.mark.parametrize("kind", ["submission", "comment"])
def test_what_was_withdrawn_stays_withdrawn(client: Any, kind: str) -> None:
    thing = made(kind)
    path = at(kind, thing.pk)
    for do in ("confirm", "withdraw", "confirm", "still", "answer", "appeal", "withdraw", "nothing", ""):
        client.post(path, {"do": do, "text": "Toch maar wel."})
    assert state(thing) == "withdrawn"
    if kind == "submission":
        assert client.get(f"{path}edit/").status_code == 404
        client.post(f"{path}edit/", {"name": "Toch"})
    client.force_login(worker("moderator"))
    if kind == "submission":
        client.post(f"/nl/live/staff/queue/{thing.pk}/", {"do": "accept"})
    else:
        client.post("/nl/live/staff/comments/", {"do": "show", "comment": str(thing.pk)})
    assert state(thing) == "withdrawn"


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_confirms_goes_with_its_address(client: Any, kind: str) -> None:
    from django.utils import timezone

    from thuis.live.models import Submitter

    thing = made(kind)
    do_work(days=1)
    assert type(thing).objects.exists()
    Submitter.objects.exclude(delete_after=None).update(delete_after=timezone.localdate())
    do_work(days=400)
    assert not type(thing).objects.exists()
    assert not Submitter.objects.exclude(email="").exists()
    assert client.get(at(kind, thing.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "path", "name"),
    [
        ("editor", "queue", "submission"),
        ("data-officer", "queue", "submission"),
        ("admin", "queue", "submission"),
        ("moderator", "promises", "promise"),
        ("data-officer", "comments", "comment"),
    ],
)
def test_a_role_decides_nothing_of_another(client: Any, role: str, path: str, name: str) -> None:
    thing = made(name)
    client.post(at(name, thing.pk), {"do": "confirm"})
    client.force_login(worker(role))
    where = f"/nl/live/staff/{path}/" + (f"{thing.pk}/" if path == "queue" else "")
    given = {name: str(thing.pk), "text": "x", "reason": "x", "done": "changed"}
    for do in ("accept", "refuse", "show", "answer", "ask", "merge", "undo"):
        assert client.post(where, {"do": do, **given}).status_code == 403
    assert state(thing) == "waiting"


@pytest.mark.parametrize("name", ["comment", "promise"])
def test_a_role_of_one_organisation_decides_nothing_of_others(client: Any, name: str) -> None:
    from thuis.live.models import Organisation, Role, Round

    thing = made(name)
    client.post(at(name, thing.pk), {"do": "confirm"})
    here, there = (Organisation.objects.create(key=key, name=key) for key in ("hier", "daar"))
    user = worker("editor")
    Role.objects.create(user=user, name="moderator")
    Role.objects.filter(user=user).update(organisation=here)
    client.force_login(user)
    where, act = f"/nl/live/staff/{name}s/", "show" if name == "comment" else "accept"
    Round.objects.update(organisation=there)
    refused = 404 if name == "comment" else 403
    assert client.post(where, {"do": act, name: str(thing.pk)}).status_code == refused
    assert str(thing.pk) not in client.get(where).content.decode()
    assert state(thing) == "waiting"
    close = {"do": "close", "round": "een", "outcome_nl": "x", "outcome_en": "x"}
    if name == "comment":
        assert client.post("/nl/live/staff/rounds/", close).status_code == 404
        Round.objects.update(organisation=here)
        assert client.post(where, {"do": act, name: str(thing.pk)}).status_code == 302
        assert state(thing) == "shown"


@pytest.mark.parametrize("sent", ["", "x", "1", "../../etc", "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_is_none_is_not_found(client: Any, sent: str) -> None:
    from thuis.live.models import Role

    served()
    user = worker("editor")
    Role.objects.create(user=user, name="data-officer")
    client.force_login(user)
    for path, name in (("comments", "comment"), ("promises", "promise"), ("work", "hook")):
        answer = client.post(f"/nl/live/staff/{path}/", {name: sent, "do": "show"})
        assert answer.status_code == 404, path
