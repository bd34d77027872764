"""Safe and lawful: forms, sessions, erasure, the register of fields, and what the service may import."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.live import do_work, form, served, worker

ROOT = Path(__file__).parents[2]


def test_a_form_from_elsewhere_is_refused(client: Any) -> None:
    from django.test import Client

    from thuis.live.models import Submission

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/live/initiative/new/", form())
    assert answer.status_code == 403
    assert "The form had expired" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["/nl/live/", "/nl/live/initiative/new/", "/en/live/screen/", "/nl/account/login/", "/en/live/rounds/"],
)
def test_pages_have_no_inline_script_and_are_kept_by_no_cache(client: Any, path: str) -> None:
    answer = client.get(path)
    html = answer.content.decode()
    assert "<script>" not in html
    assert " onclick=" not in html
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_somebody_types_is_shown_as_text(client: Any) -> None:
    evil = '"><script>alert(1)</script>{{ 7 * 7 }}'
    html = client.post("/nl/live/initiative/new/", form(name=evil, municipality="")).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert "{{ 7 * 7 }}" in html


def test_guessing_passwords_is_stopped(client: Any) -> None:
    from thuis.live.models import User

    User.objects.create_user("doel@thuis.example", password="een lang wachtwoord dat klopt")
    for _ in range(6):
        client.post("/nl/account/login/", {"login": "doel@thuis.example", "password": "fout"})
    right = {"login": "doel@thuis.example", "password": "een lang wachtwoord dat klopt"}
    client.post("/nl/account/login/", right)
    assert "_auth_user_id" not in client.session, "the right password comes too late"


def test_so_many_forms_an_hour_from_one_address(client: Any) -> None:
    from django.conf import settings
    from django.test import override_settings

    limits = settings.LIVE.limits.model_copy(update={"forms": 3})

    def sent(address: str) -> int:
        answer = client.post("/nl/live/screen/", {"text": "x"}, REMOTE_ADDR=address)
        return int(answer.status_code)

    with override_settings(LIVE=settings.LIVE.model_copy(update={"limits": limits})):
        answers = [sent("192.0.2.7") for _ in range(5)]
        other = sent("192.0.2.8")
    assert 429 not in answers[:3]
    assert answers[3:] == [429, 429]
    assert other != 429


def test_nobody_signs_up(client: Any) -> None:
    from thuis.live.models import User

    given = {"username": "x", "email": "x@y.example", "password1": "een lang wachtwoord"}
    client.post("/nl/account/signup/", given)
    assert not User.objects.exists()


def test_export_gives_all_and_erasure_deletes_it(client: Any) -> None:
    from django.core import mail

    from thuis.live.models import Job, LogEntry, Submission, Submitter
    from thuis.live.operations import person

    client.post("/nl/live/initiative/new/", form(submitter="iemand@geheim.example"))
    told = json.loads(person.export("IEMAND@geheim.example"))
    assert sorted(each["model"].rpartition(".")[2] for each in told["rows"]) == ["submission", "submitter"]
    assert person.erase("iemand@geheim.example")
    stored = [*Submitter.objects.values(), *Submission.objects.values(), *LogEntry.objects.values()]
    assert "geheim.example" not in str([*stored, *Job.objects.values()])
    mail.outbox.clear()
    do_work()
    assert not mail.outbox, "who is erased gets no mail that was queued before"


def test_mail_in_the_folder_is_told_and_goes_with_its_address(
    client: Any, settings: Any, tmp_path: Path
) -> None:
    """Without a mail server mail is written to files, where an address would stay for good."""
    from thuis.live.operations import person

    settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend", EMAIL_FILE_PATH=str(tmp_path))
    for mail in ("iemand@geheim.example", "ander@geheim.example"):
        client.post("/nl/live/initiative/new/", form(submitter=mail))
    do_work()

    def written() -> str:
        return "".join(each.read_text("utf-8") for each in tmp_path.iterdir())

    assert "iemand@geheim.example" in written()
    told = json.loads(person.export("iemand@geheim.example"))
    assert [each["subject"].partition(":")[0] for each in told["mail_kept"]] == ["Bevestig"]
    assert "/live/mine/" in told["mail_kept"][0]["text"]
    person.erase("iemand@geheim.example")
    assert "iemand@geheim.example" not in written()
    assert "ander@geheim.example" in written()
    person.erase("ander@geheim.example")
    assert not written()


def test_who_worked_here_leaves_no_name_behind(client: Any, tmp_path: Path) -> None:
    """Django's own records of sign-ins and of the administration are erased too."""
    import zipfile

    from thuis.live.operations import person
    from thuis.live.operations.backup import backup

    gone, admin = worker("editor", "gone"), worker("admin", "baas")
    client.post("/nl/account/login/", {"login": gone.username, "password": "fout"})
    client.force_login(admin)
    answer = client.post(
        f"/beheer/live/user/{gone.pk}/change/",
        {"username": gone.username, "email": gone.email, "is_active": "on", "first_name": "Ann"},
    )
    assert answer.status_code == 302
    told = person.export(gone.username)
    assert "axes.accessattempt" in told
    person.erase(gone.username)
    backup(tmp_path / "after.zip")
    with zipfile.ZipFile(tmp_path / "after.zip") as copy:
        kept = "".join(copy.read(n).decode() for n in copy.namelist() if n.startswith("tables/"))
    assert "gone@" not in kept
    assert "baas@" in kept


def test_the_register_is_that_of_the_models(client: Any) -> None:
    from thuis.live import privacy

    page = ROOT / "docs/reference/live-fields.md"
    assert page.read_text("utf-8") == privacy.as_markdown(), (
        "thuis live fields FOLDER > docs/reference/live-fields.md"
    )
    known = {f"{name}.{field}" for name, _, field, _, _ in privacy.register()}
    assert set(privacy.PERSONAL) <= known


def test_every_text_somebody_types_freely_is_in_the_register(client: Any) -> None:
    """A field for mail or free text that visitors fill must say what of a person it may hold."""
    from thuis.live import privacy
    from thuis.live.models import Comment, PromiseProposal, Submission, Submitter

    for model, names in (
        (Submitter, ("email",)),
        (Submission, ("cells", "answer", "appeal")),
        (Comment, ("text", "name")),
        (PromiseProposal, ("entry",)),
    ):
        for name in names:
            assert f"{model.__name__}.{name}" in privacy.PERSONAL


def test_security_txt(client: Any) -> None:
    from unittest.mock import patch

    from django.conf import settings

    assert client.get("/.well-known/security.txt").status_code == 404
    told = settings.LIVE.model_copy(update={"security_contact": "veilig@thuis.example"})
    with patch.object(settings, "LIVE", told):
        lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert lines[0] == "Contact: mailto:veilig@thuis.example"
    assert lines[1].startswith("Expires: 20")


def test_the_log_of_the_server_has_no_queries_and_no_signed_links(client: Any) -> None:
    from thuis.live.middleware import WithoutQuery

    record = logging.LogRecord(
        "x", logging.WARNING, "", 0, "Not Found: %s", ("/nl/live/mine/a~b.c/?q=moskee",), None
    )
    WithoutQuery().filter(record)
    assert record.getMessage() == "Not Found: /nl/live/mine/-/"


def test_no_module_of_the_service_loads_what_reads_respondents() -> None:
    """Beside the contract of import-linter: what is loaded when the service runs."""
    code = (
        "import os, sys\n"
        "import django; django.setup()\n"
        "import thuis.live.urls, thuis.live.wsgi, thuis.live.publication, thuis.live.reading\n"
        "print([m for m in sys.modules if m.startswith(('thuis.read', 'thuis.survey', 'thuis.monitor'))])"
    )
    env = {**os.environ, "THUIS_LIVE": str(served()), "DJANGO_SETTINGS_MODULE": "thuis.live.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_models_and_migrations_say_the_same(client: Any) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "live", check=True, dry_run=True, verbosity=0)


def test_accounts_are_made_by_command_and_rights_listed(client: Any) -> None:
    from thuis.errors import ThuisError
    from thuis.live import team

    link = team.add("nieuw@thuis.example", ("moderator",))
    assert "/account/password/reset/key/" in link
    assert "nieuw@thuis.example,yes,no,moderator," in team.rights()
    worker("editor", "ed")
    assert "ed@thuis.example,yes,yes,editor," in team.rights()
    with pytest.raises(ThuisError) as told:
        team.add("geen adres", ("baas",), "nergens")
    assert len(told.value.problems) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("adress = 'x'", "did you mean 'address'"),
        ("address = 'ftp://x'", "no address"),
        ("[mail]\nport = 0", "mail.port"),
        ("[keep]\nsubmitters = 3", "did you mean 'submitter'"),
        ("public = ", "no TOML"),
        ("database = 'mysql://x'", "is no database"),
    ],
)
def test_a_wrong_setting_is_told(tmp_path: Path, text: str, told: str) -> None:
    from thuis.errors import ThuisError
    from thuis.live.config import database_of, read_config

    (tmp_path / "live.toml").write_text(text, "utf-8")
    with pytest.raises(ThuisError) as found:
        database_of(tmp_path, read_config(tmp_path))
    assert told in str(found.value)
