"""What people came for stands first: differences between groups on the start page and on every theme."""

from __future__ import annotations

import re
from pathlib import Path

from support.monitor import data_folder
from thuis.contract.folder import DataFolder, read_folder
from thuis.site.build import build_site
from thuis.site.charts.groups import groups, leading
from thuis.site.charts.matrix import matrices
from thuis.site.views.start import first_sentence
from thuis.site.voice import Voice

EN = Voice("en")


def page(public: Path, path: str) -> str:
    return (public / path / "index.html").read_text("utf-8")


def test_the_leading_figure_has_groups_that_differ(data: DataFolder) -> None:
    lead = leading(data)
    assert lead
    assert len(lead.dimensions) == 1
    assert any(each.verdict != "none" for each in lead.contrasts)


def test_the_author_chooses_what_leads(data: DataFolder) -> None:
    chosen = data.indicators[-1].figures[-1].id
    monitor = data.monitor.but(lead=chosen)
    from dataclasses import replace

    found = leading(replace(data, monitor=monitor))
    assert found
    assert found.id == chosen


def test_groups_stand_from_high_to_low_and_gaps_last(data: DataFolder) -> None:
    lead = leading(data)
    assert lead
    found = groups(lead, EN)
    wave = lead.latest()
    values = [each.x for each in found.dots if not each.reason]
    assert values == sorted(values, reverse=True)
    assert [bool(each.reason) for each in found.dots] == sorted(bool(each.reason) for each in found.dots)
    published = [each for each in lead.of_wave(str(wave)) if each.status == "published"]
    assert len(values) == len(published)


def test_an_open_mark_is_a_difference_that_was_not_shown(data: DataFolder) -> None:
    lead = leading(data)
    assert lead
    none = lead.but(comparisons=tuple(each.but(verdict="none") for each in lead.contrasts))
    dots = groups(none, EN).dots
    assert all(each.verdict == "none" for each in dots if each.verdict != "reference" and not each.reason)
    untested = groups(lead.but(comparisons=()), EN).dots
    assert not any(each.open or each.verdict in ("higher", "lower") for each in untested)


def test_the_start_page_shows_groups_cards_themes_and_promises(full: Path) -> None:
    html = page(full, "en")
    assert html.index('class="lead"') < html.index('id="stand-out"') < html.index('id="themes"')
    assert html.count('class="card theme-card"') == len(read_folder(full / "data").themes)
    assert "Promises to Parliament" in html
    assert html.count("<h1") == 1


def test_a_theme_is_a_matrix_with_every_value_and_its_test(data: DataFolder) -> None:
    lead = leading(data)
    assert lead
    theme = next(each.theme for each in data.indicators if each.id == lead.indicator)
    blocks = matrices(data.of_theme(theme), lead.breakdown, EN)
    row = next(row for block in blocks for row in block.rows if row.id == lead.indicator)
    shown = {each.label: each for each in row.cells}
    for test in lead.contrasts:
        if test.wave == lead.latest():
            label = EN.say(lead.dimensions[0].category(test.key[0]).title)
            assert shown[label].verdict == test.verdict


def test_every_page_but_the_first_says_where_it_is(full: Path) -> None:
    for path in (full / "en").rglob("index.html"):
        if path.parent.name == "embed":
            continue
        html = path.read_text("utf-8")
        crumbs = re.findall(r'<nav class="crumbs"', html)
        assert len(crumbs) == (0 if path.parent == full / "en" else 1), path


def test_a_monitor_without_breakdowns_has_a_start_page_and_themes(tmp_path: Path) -> None:
    import json

    data_folder(tmp_path / "data")
    for path in (tmp_path / "data/indicators").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        record["figures"] = [each for each in record["figures"] if each == "total"]
        path.write_text(json.dumps(record), "utf-8")
    build_site(tmp_path / "data", tmp_path, search=False)
    assert 'class="lead"' not in page(tmp_path, "en")
    assert 'class="bars summary"' in next((tmp_path / "en/theme").glob("*/index.html")).read_text("utf-8")


def test_one_sentence_of_a_description() -> None:
    assert first_sentence("Hoe doen mensen mee? Een voorbeeld.") == "Hoe doen mensen mee?"
    assert first_sentence("One sentence") == "One sentence"
