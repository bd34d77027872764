"""The built pages behind Django: the same bytes, the same headers, nothing outside the folder."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from support.live import served
from thuis.site.headers import POLICY, framed


def test_pages_are_those_on_disk_with_one_addition(client: Any) -> None:
    file = served() / "public" / "nl" / "index.html"
    answer = client.get("/nl/")
    assert answer.status_code == 200
    html = answer.content.decode()
    head, mark, rest = html.partition('<aside class="take-part')
    assert mark
    assert head + rest.partition("</aside>")[2].lstrip("\n") == file.read_text("utf-8")
    assert "take-part" not in file.read_text("utf-8")


def test_data_is_given_as_it_is_and_not_twice(client: Any) -> None:
    answer = client.get("/data/directory.json")
    assert b"".join(answer.streaming_content) == (served() / "public/data/directory.json").read_bytes()
    again = client.get("/data/directory.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "../live.toml",
        "..%2flive.toml",
        "data/../../secret.key",
        ".hidden",
        "data/%00",
        "a\\..\\b",
        "nl/nothing/",
    ],
)
def test_nothing_outside_the_folder(client: Any, path: str) -> None:
    (served() / "public" / ".hidden").write_text("x", "utf-8")
    assert client.get(f"/{path}").status_code == 404


def test_the_policy_is_that_of_the_monitor(client: Any) -> None:
    def parts(text: str) -> dict[str, set[str]]:
        return {each.split()[0]: set(each.split()[1:]) for each in text.split("; ")}

    for path in ("/nl/", "/nl/live/", "/nl/account/login/", "/nl/none/"):
        assert parts(client.get(path)["Content-Security-Policy"]) == parts(POLICY), path
    embed = next((served() / "public" / "nl" / "indicator").glob("*/*/embed"))
    path = f"/{embed.relative_to(served() / 'public').as_posix()}/"
    assert parts(client.get(path)["Content-Security-Policy"]) == parts(framed(POLICY)), path


def test_the_log_only_grows(client: Any) -> None:
    from django.db import DatabaseError, connection, transaction

    from thuis.live import log

    entry = log.write("user 1", "accept", "submission 2", note="é")
    log.write("user 1", "refuse", "submission 3")
    for statement in ("UPDATE live_logentry SET what = 'x'", "DELETE FROM live_logentry"):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            connection.cursor().execute(statement)
    entry.refresh_from_db()
    assert entry.what == "accept"
    assert list(log.changed()) == []


def test_a_changed_log_shows(client: Any) -> None:
    """Somebody with the database in hand can drop the triggers, but not without a trace."""
    from django.db import connection

    from thuis.live import log

    log.write("user 1", "accept", "submission 2")
    entry = log.write("user 1", "refuse", "submission 3")
    if connection.vendor == "sqlite":
        connection.cursor().execute("DROP TRIGGER live_logentry_no_update")
    else:
        connection.cursor().execute("DROP TRIGGER live_logentry_no_change ON live_logentry")
    connection.cursor().execute("UPDATE live_logentry SET subject = 'submission 4' WHERE id = %s", [entry.pk])
    assert entry.pk in log.changed()


def test_the_secret_is_nobody_elses(tmp_path: Path) -> None:
    from thuis.errors import ThuisError
    from thuis.live.config import secret_of
    from thuis.live.start import init

    init(tmp_path)
    path = tmp_path / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    first = secret_of(tmp_path)
    init(tmp_path)
    assert secret_of(tmp_path) == first
    path.chmod(0o644)
    with pytest.raises(ThuisError, match="others can read"):
        secret_of(tmp_path)


@pytest.mark.parametrize(
    "path",
    ["/nl/live/", "/en/live/screen/", "/nl/live/mine/no-such-link/", "/nl/live/mine/no-such-link/edit/"],
)
def test_links_lead_from_where_the_page_is_shown(client: Any, path: str) -> None:
    """Also on a page that says no: its style and its menu are those of the site."""
    html = client.get(path).content.decode()
    style = re.search(r'<link rel="stylesheet" href="([^"]+\.css)"', html)
    assert style
    found = urljoin(path, style[1])
    assert (served() / "public" / found.lstrip("/")).is_file(), found
    for menu in re.findall(r'href="(\.\./[^"#]*/)" ?(?:hreflang="(?:nl|en)")', html):
        assert urljoin(path, menu).startswith(("/nl/live/", "/en/live/"))


def test_a_proxy_that_compresses_still_hears_that_nothing_changed(client: Any) -> None:
    for path in ("/nl/", "/data/monitor.json", "/hsds/3.1/services"):
        with contextlib.closing(client.get(path)) as whole:
            tag = whole["ETag"]
        for given in (tag, f"W/{tag}", f'"x", W/{tag}', "*"):
            answer = client.get(path, headers={"If-None-Match": given})
            assert (answer.status_code, answer["ETag"]) == (304, tag), (path, given)
        with contextlib.closing(client.get(path, headers={"If-None-Match": '"x"'})) as answer:
            assert answer.status_code == 200


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("/nl", "/nl/"),
        ("/nl/live", "/nl/live/"),
        ("/nl/live/staff", "/nl/live/staff/"),
        ("/beheer", "/beheer/"),
        ("/hsds/3.1", "/hsds/3.1/"),
        ("/nl/live/comment?page=indicator/voted", "/nl/live/comment/?page=indicator/voted"),
        ("/nl/nowhere", None),
        ("/live/nowhere", None),
    ],
)
def test_an_address_without_its_last_stroke_is_found(client: Any, typed: str, to: str | None) -> None:
    answer = client.get(typed)
    assert answer.status_code == (301 if to else 404)
    assert answer.headers.get("Location") == to
