"""An old version can still be read: as it was, marked as old, with what changed since."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.monitor import data_folder
from support.versions import FIGURE, edited, now_and_then, zipped
from thuis.contract.folder import read_folder
from thuis.site.build import build_site
from thuis.site.feeds import sitemap


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    build_site(now_and_then(folder), folder / "public", search=False)
    return folder / "public"


def words(page: Path) -> str:
    main = re.search(r"<main.*</main>", page.read_text("utf-8"), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0]))


def test_a_number_stands_as_it_was_beside_what_it_is(site: Path) -> None:
    cells = json.loads((site / "data" / FIGURE).read_text("utf-8"))["cells"]
    now = next(each["estimate"] for each in cells if each["status"] == "published")
    page = words(site / "en/version/1.0/discrimination-at-work/index.html")
    assert "This is an old version: version 1.0 of 25 November 2026." in page
    moved = page.partition("What changed since")[2].partition("The numbers as they were")[0]
    assert f"{now + 10:.1f}" in moved
    assert f"{now:.1f}" in moved
    assert moved.index(f"{now + 10:.1f}") < moved.index(f"{now:.1f}")


def test_what_did_not_change_says_so(site: Path) -> None:
    assert "Deze getallen zijn vandaag hetzelfde." in words(site / "nl/version/1.0/voted/index.html")
    listed = words(site / "en/version/1.0/index.html")
    assert "1 number changed" in listed
    assert listed.count("the same") > 1


def test_old_pages_are_found_from_the_list_of_versions_and_by_no_search_engine(site: Path) -> None:
    assert 'href="../version/1.0/"' in (site / "nl/corrections/index.html").read_text("utf-8")
    for path in site.glob("*/version/**/index.html"):
        assert '<meta name="robots" content="noindex">' in path.read_text("utf-8")
    data = read_folder(site / "data")
    told = sitemap(data, [("nl", "version/1.0", "version"), ("nl", "terms", "terms")], "https://x.example")
    assert "version/1.0" not in told
    assert "x.example/nl/terms/" in told


@pytest.mark.parametrize("then", [b"", b"PK no zip", zipped(Path("no-such-folder"))])
def test_a_file_that_cannot_be_read_is_offered_as_a_file(tmp_path: Path, then: bytes) -> None:
    build_site(now_and_then(tmp_path, then), tmp_path / "public", search=False)
    page = tmp_path / "public/en/version/1.0/index.html"
    assert "kept in an older form" in words(page)
    assert "data/releases/1.0.zip" in page.read_text("utf-8")


def test_a_figure_of_an_older_form_is_left_out_and_the_others_stand(tmp_path: Path) -> None:
    old = data_folder(tmp_path / "older")
    edited(old / FIGURE, lambda found: found["cells"][0].update(status="withheld", reason="reason-of-2019"))
    build_site(now_and_then(tmp_path, zipped(old)), tmp_path / "public", search=False)
    assert "kept in an older form" in words(tmp_path / "public/en/version/1.0/index.html")
    assert "The numbers as they were" in words(tmp_path / "public/en/version/1.0/voted/index.html")


def test_a_version_that_was_taken_back_has_no_page(tmp_path: Path) -> None:
    data = now_and_then(tmp_path)
    edited(data / "versions.json", lambda found: found[1].pop("file"))
    build_site(data, tmp_path / "public", search=False)
    assert not (tmp_path / "public/nl/version").exists()


def test_another_file_of_a_version_makes_its_pages_again(tmp_path: Path) -> None:
    data = now_and_then(tmp_path)
    build_site(data, tmp_path / "public", search=False)
    before = words(tmp_path / "public/en/version/1.0/discrimination-at-work/index.html")
    (data / "releases/1.0.zip").write_bytes(zipped(data_folder(tmp_path / "other")))
    build_site(data, tmp_path / "public", search=False)
    assert words(tmp_path / "public/en/version/1.0/discrimination-at-work/index.html") != before
