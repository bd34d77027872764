"""Signs that are no text, that look like others or turn lines around: none breaks a page, a feed or a row."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from support.live import do_work, form, link_in, served, worker

SIGNS = "\x00\x01\x08\x0b\x0c\x0e\x1b\x1f\x7f\ufffe\uffff\ufdd0"
ODD = "A\x00\x0bB\x1b[31m\ufffe C D\u200b \U0001f600 İıſ ﬁ \u2028x\u0085y"
TEXTS = ("name", "organization", "description_nl", "location", "address", "city", "accessibility")
TEXTS += ("price_text", "contact_role", "contact_name")


def test_odd_signs_in_each_field_are_published_as_text(client: Any) -> None:
    from django.core import mail

    from thuis.directory.feeds import FEEDS
    from thuis.live import moderation
    from thuis.live.models import Submission
    from thuis.live.publication import directory_files

    served()
    given = {
        each: f"{ODD} {each} met genoeg woorden om twaalf woorden lang te zijn, elke week." for each in TEXTS
    }
    answer = client.post("/nl/live/initiative/new/", form(looked="yes", **given))
    assert answer.status_code == 200, re.findall(r'class="fault".*?<', answer.content.decode())
    do_work()
    client.post(link_in(mail.outbox[-1].body), {"do": "confirm"})
    made = Submission.objects.get()
    assert not set(SIGNS) & set("".join(made.cells.values()))
    moderation.accept(made.pk, worker(), {})
    from django.conf import settings
    from django.utils import timezone

    from thuis.live.catalogue import overlaid

    files = directory_files(overlaid(()), settings.HOME / "delivered", timezone.localdate())
    assert any(name.startswith(FEEDS) for name in files)
    for name, data in files.items():
        if not name.endswith((".xml", ".json", ".csv", ".ics", ".jsonld", ".geojson")):
            continue
        text = data.decode()
        assert not set(SIGNS) & set(text), name
        if name.endswith(".xml"):
            ET.fromstring(data)


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_sign_that_turns_a_line_around_is_told(client: Any, field: str, language: str) -> None:
    from thuis.language import texts

    served()
    turned = "Koffie \u202eneelle nedeireruub\u202c en een praatje voor wie dat wil in de buurt, elke week."
    answer = client.post(f"/{language}/live/initiative/new/", form(looked="yes", **{field: turned}))
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.content.decode()
    assert texts("live", language)("wrong.hidden") in answer.content.decode()


@pytest.mark.parametrize("role", ["moderator", "editor", "admin"])
def test_a_null_sign_breaks_no_form(client: Any, role: str) -> None:
    """Each form there is, with it in every field: no row, or one without it."""
    from support.filled import fill

    served()
    fill()
    user = worker(role, "odd")
    paths = ["/nl/live/initiative/new/", "/nl/live/comment/?page=indicator/voted", "/nl/live/screen/"]
    paths += [
        "/nl/account/login/",
        "/nl/account/password/reset/",
        "/nl/live/promise/new/",
        "/nl/live/letter/",
    ]
    desk = [f"/nl/live/staff/{each}/" for each in ("queue", "comments", "rounds", "promises", "work")]
    for path in [*paths, *desk, "/beheer/live/user/add/", "/beheer/live/organisation/add/"]:
        if path in desk or "beheer" in path:
            client.force_login(user)
        page = client.get(path)
        names = set(re.findall(r'name="([a-z_0-9-]+)"', page.content.decode())) | {"do", "comment", "text"}
        for value in ("a\x00b", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
            answer = client.post(path, dict.fromkeys(names - {"csrfmiddlewaretoken"}, value))
            assert answer.status_code < 500, (path, value)
        assert (
            client.get(f"{path}{'&' if '?' in path else '?'}page=%00&state=%00&at=%00&o=%00").status_code
            < 500
        )
