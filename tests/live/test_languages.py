"""A service in further languages is a monitor in those languages and their catalogues, and nothing else.

The stories are walked in a process of its own, for a monitor in Turkish and Arabic, not in Dutch nor English.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from support.again import passed_again
from support.languages import catalogues
from support.live import do_work, form, link_in, worker

HERE = Path(__file__)
CODE = HERE.parents[2] / "src/thuis/live"
OURS = ("tr", "ar")
inside = pytest.mark.skipif(
    os.environ.get("THUIS_TEST_LANGUAGES") != " ".join(OURS), reason="for the process in other languages"
)


def test_the_stories_in_turkish_and_arabic(tmp_path: Path) -> None:
    if os.environ.get("THUIS_TEST_LANGUAGES"):
        pytest.skip("this is that process")
    texts = catalogues(tmp_path / "texts", OURS)
    passed = passed_again(
        [HERE],
        without=("PYTEST_", "THUIS_"),
        THUIS_LANGUAGES=str(texts),
        THUIS_TEST_LANGUAGES=" ".join(OURS),
    )
    assert passed >= 5


def test_no_code_of_the_service_names_a_language() -> None:
    """Migrations are history; what is marked as English or Dutch whatever the page speaks may say so."""
    named = [
        f"{path.relative_to(CODE)}: {line.strip()}"
        for path in CODE.rglob("*")
        if path.suffix in (".py", ".html") and path.parent.name != "migrations"
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"""["'](nl|en)["']|_(nl|en)\b""", line)
        and not re.search(r'>>>|``|lang="en">\{\{ each\.fault|lang="nl">\{\{ each\.sentence', line)
    ]
    assert not named


@inside
def test_only_the_languages_of_the_monitor_have_pages(client: Any) -> None:
    for language in OURS:
        page = client.get(f"/{language}/live/").content.decode()
        assert f'<html lang="{language}"' in page
        assert (' dir="rtl"' in page) == (language == "ar")
        assert set(re.findall(r'hreflang="(\w+)"', page)) - {"x"} <= set(OURS)
    for language in ("nl", "en", "de"):
        assert client.get(f"/{language}/live/").status_code == 404
    assert "lang=" in client.get("/tr/").content.decode()


@inside
@pytest.mark.parametrize("language", OURS)
def test_an_initiative_is_described_in_the_languages_of_the_monitor(client: Any, language: str) -> None:
    from django.core import mail

    from thuis.live.models import Submission, Submitter

    page = client.get(f"/{language}/live/initiative/new/").content.decode()
    assert re.findall(r'<textarea[^>]* name="(\w+)"', page) == ["description_tr", "description_ar"]
    empty = client.post(f"/{language}/live/initiative/new/", form(description_nl="niets"))
    assert empty.status_code == 422
    assert 'href="#f-description_tr"' in empty.content.decode()
    text = "Her salı kahve eşliğinde komşularla Türkçe ve Felemenkçe konuşma alıştırması yapılır burada."
    given = form(description_nl="", **{f"description_{language}": text})
    answer = client.post(f"/{language}/live/initiative/new/", given)
    assert answer.status_code == 200, re.findall(r'class="fault"[^>]*>([^<]*)', answer.content.decode())
    do_work()
    (sent,) = mail.outbox
    path = link_in(sent.body)
    assert path.startswith(f"/{language}/")
    client.post(path, {"do": "confirm"})
    found = Submission.objects.get()
    assert found.state == "waiting"
    assert Submitter.objects.get().language == found.language == language
    client.force_login(worker())
    client.get(f"/{language}/live/staff/queue/{found.pk}/")
    client.post(f"/{language}/live/staff/queue/{found.pk}/", {"do": "accept"})
    found.refresh_from_db()
    assert found.initiative.current.record["description"] == {language: text}
    again = client.get(path.rstrip("/") + "/edit/").content.decode()
    assert text in again


@inside
def test_a_round_has_its_title_in_each_language(client: Any) -> None:
    from django.utils import timezone

    from thuis.live.models import Round

    client.force_login(worker("editor"))
    day = timezone.localdate()
    page = client.get("/ar/live/staff/rounds/").content.decode()
    assert set(re.findall(r'name="(?:title|intro)_(\w+)"', page)) == set(OURS)
    days = {"opens_on": day.isoformat(), "closes_on": (day + timedelta(days=3)).isoformat()}
    lacks = client.post("/ar/live/staff/rounds/", {"do": "open", "title_tr": "Tur", **days})
    assert lacks.status_code == 422
    assert 'href="#f-title_ar"' in lacks.content.decode()
    given = {"title_tr": "Sayılar üzerine", "title_ar": "حول الأرقام"}
    assert client.post("/ar/live/staff/rounds/", {"do": "open", **given, **days}).status_code == 302
    made = Round.objects.get()
    assert "حول الأرقام" in client.get(f"/ar/live/rounds/{made.key}/").content.decode()
    close = {"do": "close", "round": made.key, "outcome_tr": "Değişti.", "outcome_ar": "تغير."}
    assert client.post("/tr/live/staff/rounds/", close).status_code == 302
    assert "Değişti." in client.get(f"/tr/live/rounds/{made.key}/").content.decode()
    summary = client.get(f"/ar/live/rounds/{made.key}/summary.md").content.decode()
    assert summary.startswith("# حول الأرقام\n\nتغير.")


@inside
def test_rounds_whose_titles_have_no_letters_of_addresses_each_get_one(client: Any) -> None:
    from django.utils import timezone

    from thuis.live.models import Round

    client.force_login(worker("editor"))
    day = timezone.localdate().isoformat()
    for title in ("مرحبا", "أهلا"):
        given = {"do": "open", "title_tr": title, "title_ar": title, "opens_on": day, "closes_on": day}
        assert client.post("/ar/live/staff/rounds/", given).status_code == 302
    assert len(set(Round.objects.values_list("key", flat=True))) == 2


@inside
def test_a_text_in_another_language_than_the_page_is_shown_all_the_same(client: Any) -> None:
    """A monitor gets a language more after a round was opened."""
    from django.utils import timezone

    from thuis.live.models import Round

    day = timezone.localdate()
    Round.objects.create(key="old", title={"nl": "Ronde"}, opens_on=day, closes_on=day)
    for path in ("rounds/", "rounds/old/", "comment/?page=indicator/voted"):
        assert "Ronde" in client.get(f"/tr/live/{path}").content.decode()


@inside
def test_rules_have_words_in_any_language(client: Any, tmp_path: Path) -> None:
    from thuis.errors import ThuisError
    from thuis.live.rules import read_rules

    path = tmp_path / "rules.yaml"
    path.write_text("general: [{id: a, tr: Bir, must: true}]\nkinds: {k: {ar: جمعية}}\n", "utf-8")
    found = read_rules(path)
    assert found.general[0].text == {"tr": "Bir"}
    assert found.kinds["k"].text == {"ar": "جمعية"}
    path.write_text("general: [{id: a, xx: Bir}]\nkinds: {}\n", "utf-8")
    with pytest.raises(ThuisError, match="xx"):
        read_rules(path)


@inside
def test_links_for_staff_begin_with_the_first_language(client: Any) -> None:
    from thuis.errors import ThuisError
    from thuis.live.team import add

    assert "/tr/account/" in add("a@thuis.example", ["editor"])
    assert "/ar/account/" in add("a@thuis.example", ["editor"], language="ar")
    with pytest.raises(ThuisError, match="nl"):
        add("a@thuis.example", ["editor"], language="nl")


@inside
def test_who_wrote_in_a_language_that_is_gone_gets_mail_with_a_link_that_works(client: Any) -> None:
    from django.core import mail

    from thuis.live import submissions

    submissions.send_in({"name": "Inloop"}, "neighbourhood", "a@linde.example", "nl")
    do_work()
    (sent,) = mail.outbox
    assert client.get(link_in(sent.body)).status_code == 200
