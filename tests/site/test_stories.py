"""Findings, flow and map: what is drawn, what is said, what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from support import stories
from thuis.contract.area import Map, shapes
from thuis.contract.finding import Finding
from thuis.contract.flow import Flow
from thuis.contract.folder import DataFolder, read_folder
from thuis.errors import ThuisError
from thuis.site.build import build_site
from thuis.site.charts.choropleth import choropleth
from thuis.site.charts.flow import flow_figure
from thuis.site.charts.paradox import paradox
from thuis.site.charts.thumb import Thumb, of_finding
from thuis.site.voice import Voice

NL, EN = Voice("nl"), Voice("en")


def page(public: Path, path: str) -> str:
    return (public / path / "index.html").read_text("utf-8")


def test_an_interval_is_written_in_one_way_on_every_page(full: Path) -> None:
    """In words: a dash between two measured numbers would be a second style, and a minus to the ear."""
    spoken = 0
    for each in sorted(full.glob("*/**/index.html")):
        text = " ".join(str(part) for part in html.fromstring(each.read_bytes()).find("body").itertext())
        dashed = re.findall(r"\d[.,]\d%?\s?[–-]\s?\d+[.,]\d", text)
        assert not dashed, (each, dashed[:3])
        spoken += len(re.findall(r"\d[.,]\d (?:to|tot) \d+[.,]\d", text))
    assert spoken > 100


def change(public: Path, name: str, edit: Callable[[Any], None]) -> None:
    path = public / "data" / name
    value = json.loads(path.read_text("utf-8"))
    edit(value)
    path.write_text(json.dumps(value), "utf-8")


def problems(public: Path) -> str:
    with pytest.raises(ThuisError) as error:
        read_folder(public / "data")
    return str(error.value)


def test_without_the_files_there_is_no_page_and_no_menu_entry(built: Path) -> None:
    for key in ("findings", "flow", "map", "dossier", "ledger", "terms", "letter"):
        assert not (built / "nl" / key).exists()
    start = page(built, "nl")
    assert "Bevindingen" not in start
    assert "Begrippen" not in start


def test_with_the_files_each_has_its_page_and_the_menu_leads_there(full: Path) -> None:
    start = page(full, "nl")
    for key in ("findings", "dossier", "terms"):
        assert f'href="{key}/"' in start
    index = page(full, "nl/findings")
    for key in ("paradox", "split"):
        assert f'href="{key}/"' in index
    assert 'href="../flow/origin-2016-2022/"' in index
    assert 'href="../map/diversity/"' in index


def test_an_indicator_says_what_stands_out(full: Path) -> None:
    html = page(full, "en/indicator/discrimination-at-work")
    assert "What stands out" in html
    assert "People born here work more often" in html
    assert 'href="../../findings/paradox/"' in html
    assert "What stands out" not in page(full, "en/indicator/voted")


class TestParadox:
    @pytest.fixture
    def raw(self, full: Path) -> dict[str, Any]:
        found = json.loads((full / "data/findings.json").read_text("utf-8"))
        return dict(found["findings"][0])

    def test_marks_stand_where_the_estimates_are(self, raw: dict[str, Any]) -> None:
        figure = paradox(Finding.model_validate(raw), NL)
        assert figure is not None
        cell = raw["groups"][0]["cells"]["position"]["second"]
        point = figure.rows[0].pairs[0].points[1]
        top = float(figure.heads[0].ticks[-1][1])
        assert point.x == pytest.approx(100 * cell["estimate"] / top, abs=0.01)
        assert point.low == pytest.approx(100 * cell["lower"] / top, abs=0.01)
        assert point.high == pytest.approx(100 * cell["upper"] / top, abs=0.01)
        assert point.value == f"{cell['estimate']:.1f}".replace(".", ",") + "%"

    def test_a_withheld_cell_keeps_its_place_and_draws_no_line(self, raw: dict[str, Any]) -> None:
        figure = paradox(Finding.model_validate(raw), NL)
        assert figure is not None
        pair = figure.rows[2].pairs[1]
        assert [point.reason for point in pair.points] == ["", "vertrouwelijk"]
        assert pair.line is None
        assert figure.rows[2].pairs[0].line is not None

    def test_differences_are_raw_and_adjusted_and_groups_without_are_left_out(
        self, raw: dict[str, Any]
    ) -> None:
        figure = paradox(Finding.model_validate(raw), EN)
        assert figure is not None
        position, exclusion = figure.differences
        assert not position.adjusted
        assert exclusion.adjusted
        assert len(position.rows) == 8
        assert len(exclusion.rows) == 7
        kinds = [[shift.kind for shift in shifts] for _, shifts in exclusion.rows]
        assert kinds == [["raw", "adjusted"]] * 6 + [["raw"]]

    def test_a_mean_uses_its_whole_scale(self, raw: dict[str, Any]) -> None:
        raw["panels"][1] |= {"kind": "mean", "scale": [0, 10], "unit": {"nl": "punten", "en": "points"}}
        for group in raw["groups"]:
            for cell in group["cells"]["exclusion"].values():
                if cell["status"] == "published":
                    cell |= {"estimate": 4.0, "lower": 3.0, "upper": 5.0}
        figure = paradox(Finding.model_validate(raw), EN)
        assert figure is not None
        assert figure.heads[1].unit == "points"
        point = figure.rows[0].pairs[1].points[0]
        assert (point.low, point.x, point.high) == (30.0, 40.0, 50.0)
        assert point.value == "4.0"

    def test_nothing_published_is_no_figure(self, raw: dict[str, Any]) -> None:
        for group in raw["groups"]:
            for found in group["cells"].values():
                for key in found:
                    found[key] = {"status": "withheld", "reason": "confidential"}
        assert paradox(Finding.model_validate(raw), NL) is None

    def test_the_page_says_everything_the_drawing_shows(self, full: Path, raw: dict[str, Any]) -> None:
        html = page(full, "nl/findings/paradox")
        assert "deze steekproef laat het niet zien" in html
        assert "Gecorrigeerd voor leeftijd, geslacht." in html
        for group in raw["groups"]:
            for found in group["cells"].values():
                for cell in found.values():
                    if cell["status"] == "published":
                        assert f"{cell['estimate']:.1f}".replace(".", ",") in html

    @pytest.mark.parametrize(
        ("edit", "said"),
        [
            (lambda f: f["panels"].pop(), "two panels, not 1"),
            (lambda f: f["categories"].pop(), "two to four categories, not 1"),
            (lambda f: f.update(answer="sen"), "did you mean 'seen'"),
            (lambda f: f.pop("title"), "lacks 'title'"),
            (lambda f: f["groups"][0].pop("cells"), "lacks 'cells'"),
            (lambda f: f["panels"][0].update(kind="share"), "expected one of proportion, mean"),
        ],
    )
    def test_a_wrong_finding_is_named(self, copied: Path, edit: Callable[[Any], None], said: str) -> None:
        change(copied, "findings.json", lambda raw: edit(raw["findings"][0]))
        text = problems(copied)
        assert "findings.json: findings 'paradox'" in text
        assert said in text


def test_a_plain_table_formats_numbers_in_the_language(full: Path) -> None:
    assert '<td class="num">3,2</td>' in page(full, "nl/findings/split")
    assert '<td class="num">3.2</td>' in page(full, "en/findings/split")
    assert "<td>–</td>" in page(full, "nl/findings/split")


def test_a_split_is_drawn_small_and_what_was_not_shown_is_marked() -> None:
    said = {"nl": "In delen", "en": "In parts"}
    rows = [[said, 15.1, 11.4, 18.8], [said, 1.2, -1.1, 3.6], [said, 13.9, 9.5, 18.3]]

    def small(rows: list[list[Any]]) -> Thumb | None:
        table = {"caption": said, "columns": [said] * len(rows[0]), "rows": rows, "decimals": 1}
        found = {"id": "split", "title": said, "table": table}
        return of_finding(Finding.model_validate(found), NL)

    drawn = small(rows)
    assert drawn is not None
    assert [(row.value, row.mark) for row in drawn.rows] == [("15,1", ""), ("1,2", "none"), ("13,9", "")]
    assert small([[*row, said] for row in rows]) is None, "it says more than an estimate and its interval"
    assert small([[said, 1531, 0.5, 0.4]]) is None, "three numbers that are no estimate with its interval"
    two = small([[*rows[0], *rows[1][1:], said], [*rows[2], None, None, None, said]])
    assert two is not None
    assert [(row.value, len(row.at), row.mark) for row in two.rows] == [("15,1 → 1,2", 2, "none")]


class TestFlow:
    def test_heights_are_proportional_to_persons_and_both_sides_are_equal(self) -> None:
        flow = Flow.model_validate(stories.flows()["flows"][0])
        figure = flow_figure(flow, NL)
        dutch, western, other = figure.starts[:3]
        assert dutch.height / other.height == pytest.approx(13_010_000 / 2_510_000, rel=0.01)
        assert dutch.height / western.height == pytest.approx(13_010_000 / 1_850_000, rel=0.01)
        left = sum(node.height for node in figure.starts)
        assert left == pytest.approx(sum(node.height for node in figure.ends), abs=0.1)
        assert figure.starts[-1].y + figure.starts[-1].height <= 100.6

    def test_bands_of_a_class_fill_it_without_overlap(self) -> None:
        flow = Flow.model_validate(stories.flows()["flows"][0])
        figure = flow_figure(flow, NL)
        spans = []
        for band in figure.bands:
            match = re.fullmatch(r"M0 ([\d.]+)C.*V[\d.]+C.* 0 ([\d.]+)Z", band.path)
            assert match
            spans.append((float(match[1]), float(match[2])))
        spans.sort()
        assert all(one[1] <= other[0] + 0.55 for one, other in pairwise(spans))

    def test_labels_do_not_cover_one_another(self) -> None:
        figure = flow_figure(Flow.model_validate(stories.flows()["flows"][0]), NL)
        for nodes in (figure.starts, figure.ends):
            ends = [node.label_y + 2.9 * (len(node.lines) + 1) for node in nodes]
            assert all(end <= node.label_y + 0.05 for end, node in zip(ends, nodes[1:], strict=False))
            assert ends[-1] <= 100.05

    def test_who_changes_class_stands_first_in_the_table(self, full: Path) -> None:
        figure = flow_figure(Flow.model_validate(stories.flows()["flows"][0]), EN)
        assert [row.moves for row in figure.rows] == [True, True, False, False, False, False]
        assert figure.rows[0].persons == "560,000"
        assert figure.rows[-1].reason == "confidential"
        assert "580.000 van 17.370.000 inwoners (3,3%)" in page(full, "nl/flow/origin-2016-2022")

    @pytest.mark.parametrize(
        ("edit", "said"),
        [
            (lambda f: f["links"][0].update(to="nowhere"), "no class; there are born-here"),
            (lambda f: f["links"][0].update(persons=-1), "persons is -1"),
            (lambda f: f["links"][0].update(persons=None), "no persons and no reason"),
            (lambda f: f.pop("from"), "lacks 'from'"),
        ],
    )
    def test_a_wrong_flow_is_named(self, copied: Path, edit: Callable[[Any], None], said: str) -> None:
        change(copied, "flow.json", lambda raw: edit(raw["flows"][0]))
        text = problems(copied)
        assert "flow.json: flows 'origin-2016-2022'" in text
        assert said in text


class TestMap:
    def test_areas_are_in_the_class_of_their_value(self) -> None:
        raw, geojson = stories.maps()
        figure = choropleth(Map.model_validate(raw["maps"][0]), shapes(geojson), NL)
        values = {area["title"]: area["value"] for area in raw["maps"][0]["areas"]}
        for row in figure.rows:
            value = values[row.title]
            expected = None if value is None else sum(value >= limit for limit in (0.2, 0.4, 0.6))
            assert row.level == expected
        assert sum(level.count for level in figure.levels) == 23
        assert [level.label for level in figure.levels] == [
            "minder dan 0,20",
            "0,20 tot 0,40",
            "0,40 tot 0,60",
            "0,60 of meer",
        ]

    def test_a_map_is_as_wide_as_the_land_is(self) -> None:
        """Degrees of longitude are shorter than degrees of latitude: 1.8 by 0.8 degrees at 51.4° north."""
        raw, geojson = stories.maps()
        figure = choropleth(Map.model_validate(raw["maps"][0]), shapes(geojson), NL)
        assert figure.width / figure.height == pytest.approx(1.8 * 0.6239 / 0.8, rel=0.01)

    def test_metres_are_not_squeezed(self) -> None:
        raw, _ = stories.maps()
        square = [[0, 0], [0, 50_000], [100_000, 50_000], [100_000, 0], [0, 0]]
        feature = {"id": "GM0001", "geometry": {"type": "Polygon", "coordinates": [square]}}
        drawn = choropleth(
            Map.model_validate(raw["maps"][0]),
            shapes({"type": "FeatureCollection", "features": [feature]}),
            NL,
        )
        assert (drawn.width, drawn.height) == (700, 351)
        assert drawn.shapes[0].path == "M0 350v-350h700v350z"

    def test_neighbours_keep_one_border(self) -> None:
        """A border with many points is rounded the same way from both sides."""
        border = [(1 + 0.003 * (i % 3), i / 50) for i in range(51)]
        left = [(0.0, 0.0), *border, (0.0, 1.0), (0.0, 0.0)]
        right = [(2.0, 0.0), *border, (2.0, 1.0), (2.0, 0.0)]
        features = [
            {"id": id_, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for id_, ring in (("a", left), ("b", right))
        ]
        raw, _ = stories.maps()
        figure = choropleth(
            Map.model_validate(raw["maps"][0]),
            shapes({"type": "FeatureCollection", "features": features}),
            NL,
        )
        one, other = (_corners(shape.path) for shape in figure.shapes)
        inner = {point for point in one if 0 < point[0] < 700} - {(0, 0)}
        assert inner
        assert inner == {point for point in other if 0 < point[0] < 700}

    def test_every_area_has_a_place_in_the_table_also_when_it_is_not_drawn(self, full: Path) -> None:
        html = page(full, "nl/map/diversity")
        table = html.partition('<details class="more"')[2]
        for letter in "ABCDEFGHIJKLMNOPQRSTUVW":
            assert f"Gemeente {letter}" in table
        assert "vertrouwelijk" in table
        assert table.index("Gemeente W") < table.index("'s-Gravenhage".replace("'", "&#39;"))

    def test_limits_are_round_when_none_are_given(self) -> None:
        raw, geojson = stories.maps()
        found = Map.model_validate(raw["maps"][0]).but(classes=())
        assert choropleth(found, shapes(geojson), EN).levels[0].label == "less than 0.20"

    @pytest.mark.parametrize(
        ("edit", "said"),
        [
            (lambda m: m.update(classes=[0.4, 0.2]), "limits that rise"),
            (lambda m: m["areas"][1].update(id="GM0000"), "areas: two entries have the id 'GM0000'"),
            (lambda m: m.update(kind="heat"), "kind is 'heat'"),
            (lambda m: m.update(boundaries="map/none.geojson"), "map/none.geojson"),
        ],
    )
    def test_a_wrong_map_is_named(self, copied: Path, edit: Callable[[Any], None], said: str) -> None:
        change(copied, "map.json", lambda raw: edit(raw["maps"][0]))
        assert said in problems(copied)

    def test_boundaries_that_are_no_polygons_are_refused(self, copied: Path) -> None:
        change(copied, "map/areas.geojson", lambda raw: raw["features"][0]["geometry"].update(type="Point"))
        assert "map/areas.geojson: boundaries: feature 'GM0001' is a Point" in problems(copied)


def _corners(path: str) -> set[tuple[int, int]]:
    """The points of a path, followed step by step."""
    x = y = 0
    found = set()
    for step, numbers in re.findall(r"([Mhvl])(-?\d+(?: ?-?\d+)*)", path):
        values = [int(each) for each in re.findall(r"-?\d+", numbers)]
        if step == "M":
            x, y = values
        elif step == "h":
            x += values[0]
        elif step == "v":
            y += values[0]
        else:
            x, y = x + values[0], y + values[1]
        found.add((x, y))
    return found


def test_all_that_is_wrong_is_said_at_once(copied: Path) -> None:
    change(copied, "findings.json", lambda raw: raw["findings"][0].pop("title"))
    change(copied, "flow.json", lambda raw: raw["flows"][0].pop("links"))
    change(copied, "map.json", lambda raw: raw["maps"].append(raw["maps"][0]))
    text = problems(copied)
    assert all(name in text for name in ("findings.json", "flow.json", "map.json"))
    assert "two entries have the id 'diversity'" in text


def test_a_download_that_is_not_there_is_a_dead_link(copied: Path) -> None:
    change(copied, "findings.json", lambda raw: raw["findings"][0].update(downloads=["findings/paradox.csv"]))
    with pytest.raises(ThuisError, match=r"leads nowhere: '../../../data/findings/paradox\.csv'"):
        build_site(copied / "data", copied, search=False)


def test_real_figures_in_an_invented_monitor_are_not_called_invented(full: Path) -> None:
    said = "<strong>Verzonnen cijfers.</strong> Bron"
    assert said not in page(full, "nl/flow/origin-2016-2022")
    assert said in page(full, "nl/findings/paradox")
    assert "Alle cijfers zijn verzonnen." in page(full, "nl/flow/origin-2016-2022"), (
        "the notice stays on every page"
    )


def test_the_data_folder_reads_as_values(full: Path) -> None:
    data: DataFolder = read_folder(full / "data")
    assert [each.id for each in data.findings] == ["paradox", "split"]
    assert data.flows and data.maps
    assert not data.dossier.empty
