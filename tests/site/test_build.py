"""A build: which pages, what is in them, what happens the second time and when something is wrong."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.monitor import data_folder
from thuis.errors import ThuisError
from thuis.site.build import build_site


def page(public: Path, path: str) -> str:
    return (public / path / "index.html").read_text("utf-8")


def pages(public: Path) -> list[Path]:
    return sorted(each for lang in ("nl", "en") for each in (public / lang).rglob("*.html"))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A fresh public folder with only data in it."""
    data_folder(tmp_path / "data")
    return tmp_path


def change(public: Path, name: str, edit: Callable[[Any], None]) -> None:
    path = public / "data" / name
    value = json.loads(path.read_text("utf-8"))
    edit(value)
    path.write_text(json.dumps(value), "utf-8")


def test_both_languages_have_the_same_pages(built: Path) -> None:
    dutch = {each.relative_to(built / "nl") for each in (built / "nl").rglob("*.html")}
    english = {each.relative_to(built / "en") for each in (built / "en").rglob("*.html")}
    assert dutch == english
    assert Path("indicator/discrimination-at-work/index.html") in dutch
    assert len(dutch) == 16 + 2 + 2 * 14, "each figure has a page, and one to embed; each folder a list"


def test_the_language_switch_keeps_the_page(built: Path) -> None:
    assert 'href="../../../en/indicator/voted/" hreflang="en" lang="en"' in page(built, "nl/indicator/voted")


def test_the_root_lets_the_reader_choose_without_script(built: Path) -> None:
    root = (built / "index.html").read_text("utf-8")
    assert 'href="nl/"' in root
    assert 'href="en/"' in root
    assert re.findall(r"<script[^>]*>", root) == ['<script src="theme/choose.js">'], (
        "no script of another kind"
    )
    assert "refresh" not in root


def test_numbers_follow_the_language(built: Path) -> None:
    raw = json.loads((built / "data/figures/trust-in-people/total.json").read_text("utf-8"))
    value = f"{raw['cells'][-1]['estimate']:.1f}"
    assert f"{value}%" in page(built, "en/indicator/trust-in-people")
    assert f"{value.replace('.', ',')}%" in page(built, "nl/indicator/trust-in-people")


def test_synthetic_stands_on_every_page_every_figure_and_in_print(built: Path) -> None:
    for each in [*pages(built), built / "index.html"]:
        said = "All figures are invented." if "/en/" in each.as_posix() else "Alle cijfers zijn verzonnen."
        assert said in each.read_text("utf-8"), each
    for key in ("", "/origin", "/total"):
        html = page(built, f"nl/indicator/discrimination-at-work{key}")
        assert (
            html.count("<strong>Verzonnen cijfers.</strong> Bron") == 1 == html.count('class="figure-block"')
        )
    assert "Alle cijfers zijn verzonnen." in (built / "theme/print-nl.css").read_text("utf-8")


def test_real_data_carry_no_such_warning(public: Path) -> None:
    change(public, "monitor.json", lambda monitor: monitor.pop("synthetic"))
    build_site(public / "data", public, search=False)
    assert "nvented" not in re.sub(r"waves.*?</table>", "", page(public, "en/theme/trust"), flags=re.S)


def test_every_breakdown_has_its_own_page_table_and_downloads(built: Path) -> None:
    whole = page(built, "en/indicator/discrimination-at-work")
    for breakdown in ("total", "origin", "sex", "origin-by-generation"):
        assert f'id="{breakdown}"' in whole, "an address that was given out with an anchor still leads on"
        html = page(built, f"en/indicator/discrimination-at-work/{breakdown}")
        section = html.partition(f'<section id="{breakdown}"')[2].partition("</section>")[0]
        assert "<table" in section
        for kind in ("csv", "json", "parquet", "zip"):
            assert f"data/figures/discrimination-at-work/{breakdown}.{kind}" in section


def test_authors_markdown_cannot_bring_script_in(built: Path) -> None:
    html = page(built, "nl/about")
    assert "alert(1)" in html
    assert "<script>alert" not in html


def test_only_style_and_own_script_are_loaded(built: Path) -> None:
    for each in pages(built):
        html = each.read_text("utf-8")
        loaded = re.findall(r'(?:src|rel="stylesheet" href)="([^"]+)"', html)
        assert all("theme/" in link and "//" not in link for link in loaded)
        assert " style=" not in html
        assert not re.search(r"\son\w+=", html)


def test_script_is_small(built: Path) -> None:
    size = sum((built / "theme" / name).stat().st_size for name in ("enhance.js", "search.js", "choose.js"))
    assert size < 6500


def test_a_second_build_writes_nothing(public: Path) -> None:
    first = build_site(public / "data", public)
    second = build_site(public / "data", public)
    assert first.written > 0
    assert (second.written, second.removed) == (0, 0)
    assert second.unchanged == first.written + first.unchanged


def test_only_what_changed_is_written(public: Path) -> None:
    build_site(public / "data", public, search=False)
    before = {each: each.stat().st_mtime_ns for each in pages(public)}
    change(public, "indicators/voted.json", lambda raw: raw.update(notes={"nl": "Nieuw.", "en": "New."}))
    report = build_site(public / "data", public, search=False)
    changed = {
        each.relative_to(public).as_posix()
        for each in pages(public)
        if each.stat().st_mtime_ns != before[each]
    }
    assert changed == {f"{lang}/indicator/voted/index.html" for lang in ("nl", "en")}
    assert report.written == 2


def test_a_page_nobody_makes_any_more_is_removed(public: Path) -> None:
    build_site(public / "data", public, search=False)
    change(public, "monitor.json", lambda monitor: monitor["indicators"].pop())
    report = build_site(public / "data", public, search=False)
    assert report.removed == 16, (
        "in two languages: the page, and per breakdown its page and its frame (and picture)"
    )
    assert not (public / "nl/indicator/represented").exists()
    assert (public / "data/indicators/represented.json").exists(), "data are not the site's to remove"


def test_data_elsewhere_are_copied_beside_the_pages(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "elsewhere")
    build_site(data, tmp_path / "public", search=False)
    assert (tmp_path / "public/data/figures/voted/total.csv").exists()
    assert build_site(data, tmp_path / "public", search=False).written == 0


def test_a_fixed_base_stands_in_every_link(public: Path) -> None:
    build_site(public / "data", public, base="/monitor", search=False)
    html = page(public, "nl/theme/trust")
    assert 'href="/monitor/nl/indicator/voted/"' in html
    assert not re.search(r'href="\.\.', html)


def test_a_broken_data_folder_leaves_the_old_site_standing(public: Path) -> None:
    build_site(public / "data", public, search=False)
    before = {each: each.read_bytes() for each in pages(public)}
    (public / "data/figures/voted/total.json").write_text("{", "utf-8")
    (public / "data/indicators/belonging.json").unlink()
    with pytest.raises(ThuisError) as error:
        build_site(public / "data", public, search=False)
    assert {problem.where.file for problem in error.value.problems if problem.where} == {
        "figures/voted/total.json",
        "indicators/belonging.json",
    }
    assert {each: each.read_bytes() for each in pages(public)} == before
    assert not list(public.glob(".site-*"))


def test_a_missing_download_is_a_dead_link(public: Path) -> None:
    (public / "data/figures/voted/total.csv").unlink()
    with pytest.raises(ThuisError, match="leads nowhere") as error:
        build_site(public / "data", public, search=False)
    assert len(error.value.problems) == 6, (
        "in two languages: the page of the figure, that of the indicator where it leads, the downloads page"
    )


def test_an_empty_folder_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match=r"monitor\.json"):
        build_site(tmp_path / "data", tmp_path / "public")


def test_a_missing_translation_is_an_error(public: Path) -> None:
    change(public, "monitor.json", lambda monitor: monitor["themes"][0]["title"].pop("en"))
    with pytest.raises(ThuisError, match="no 'en'"):
        build_site(public / "data", public, search=False)


def test_a_monitor_without_indicators_still_has_its_pages(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "data", indicators={})
    shutil.rmtree(tmp_path / "data" / "figures", ignore_errors=True)
    report = build_site(data, tmp_path, search=False)
    assert "indicator" not in report.kinds
    assert "Dit thema heeft nog geen indicatoren" in page(tmp_path, "nl/theme/trust")


def test_population_gets_a_page_only_when_it_is_there(public: Path) -> None:
    rows = [
        {
            "origin": {"nl": "Totaal", "en": "Total"},
            "born": {"nl": "in Nederland", "en": "in the Netherlands"},
            "population": 15039835,
            "source": "CBS",
        }
    ]
    (public / "data/population.json").write_text(json.dumps(rows), "utf-8")
    build_site(public / "data", public, search=False)
    assert "15.039.835" in page(public, "nl/population")
    assert "15,039,835" in page(public, "en/population")


def test_the_page_for_a_missing_address_stands_on_its_own(public: Path) -> None:
    """A server shows it at any depth: nothing in it may depend on where it stands."""
    build_site(public / "data", public, search=False)
    html = (public / "404.html").read_text("utf-8")
    links = re.findall(r'href="([^"]+)"', html)
    assert links
    assert all(link.startswith("https://example.org/monitor/") for link in links)
    assert "--paper:" in html
    build_site(public / "data", public, base="/deep", search=False)
    html = (public / "404.html").read_text("utf-8")
    assert all(link.startswith("/deep/") for link in re.findall(r'href="([^"]+)"', html))


def test_breaks_are_told_with_the_figure_and_with_the_question(built: Path) -> None:
    html = page(built, "nl/indicator/discrimination-at-work")
    figures, _, rest = html.partition('id="question"')
    assert figures.count("De vraag noemt nu een termijn van twaalf maanden.") == 1
    assert 'id="breaks"' in rest


def test_a_page_works_its_computation_out(built: Path) -> None:
    html = page(built, "en/indicator/trust-in-people")
    raw = json.loads((built / "data/figures/trust-in-people/total.json").read_text("utf-8"))["cells"][-1]
    worked = html.partition('id="computed"')[2].partition("</details>")[0]
    assert f"{raw['estimate']:.1f}%, standard error {raw['se']:.2f}" in worked
    assert "thuis explain trust-in-people/total" in worked
