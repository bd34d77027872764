"""Names nobody would choose, and figures with little in them: every page stands, and shows what there is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from support.monitor import INDICATORS, data_folder
from thuis.errors import ThuisError
from thuis.site.build import build_site
from thuis.site.charts.bars import Bars, Group
from thuis.site.charts.drawn import Drawn
from thuis.site.charts.frame import Words, fitted, frame, width

SCRIPT = "<script>alert(1)</script> & \"co\" 'x'"
LONG = (
    "Mensen die in de afgelopen tien jaar naar Nederland kwamen om te werken, te studeren "
    "of bij hun gezin te gaan wonen"
)
WORD = "Arbeidsmarktdiscriminatiebestrijdingsmaatregelenevaluatiejaar"
MANY = 40


def spoil(path: Path, edit: Callable[[Any], None]) -> None:
    value = json.loads(path.read_text("utf-8"))
    edit(value)
    path.write_text(json.dumps(value), "utf-8")


def hostile(folder: Path) -> Path:
    """Data of three indicators: 40 categories with long and wicked names, a total alone, one wave."""
    wanted = {
        "trust-in-people": {**INDICATORS["trust-in-people"], "breakdowns": ["origin"]},
        "represented": {**INDICATORS["represented"], "title": {"nl": WORD, "en": WORD}},
        "voted": {**INDICATORS["voted"], "breakdowns": ["total"], "empty": []},
    }
    data = data_folder(folder, indicators=wanted)

    def many(raw: Any) -> None:
        dimension = raw["dimensions"][0]
        names = {0: SCRIPT, 1: LONG, 2: WORD}
        dimension["categories"] = [
            {
                "id": f"c{n}".translate(str.maketrans("0123456789", "abcdefghij")),
                "title": {k: names.get(n, f"G {n}") for k in ("nl", "en")},
            }
            for n in range(MANY)
        ]
        ids = [each["id"] for each in dimension["categories"]]
        dimension["reference"] = ids[1]
        raw["comparisons"] = []
        raw["cells"] = [
            {
                "wave": wave,
                "cell": [id_],
                "status": "published",
                "estimate": 1.0 + n,
                "lower": n / 2,
                "upper": n + 9.0,
                "n": 99,
            }
            for wave in raw["waves"]
            for n, id_ in enumerate(ids)
        ]

    spoil(data / "figures/trust-in-people/origin.json", many)
    return data


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    build_site(hostile(folder / "data"), folder, search=False)
    return folder


def read(public: Path, key: str) -> str:
    return (public / key / "index.html").read_text("utf-8")


def test_a_name_is_a_name_and_never_markup(odd: Path) -> None:
    for path in [*odd.rglob("*.html"), *odd.rglob("figure.svg")]:
        assert "<script>alert" not in path.read_text("utf-8"), path
    picture = (odd / "nl/indicator/trust-in-people/origin/figure.svg").read_text("utf-8")
    assert "&lt;script&gt;" in picture or "G 39" in picture


def test_every_picture_is_well_formed_and_inside_its_frame(odd: Path) -> None:
    pictures = sorted(odd.rglob("figure.svg"))
    assert len(pictures) == 2 * (4 + 1)
    for path in pictures:
        root = ElementTree.fromstring(path.read_text("utf-8"))
        assert root.get("viewBox") == "0 0 1200 675"
        for each in root.iter("{http://www.w3.org/2000/svg}text"):
            size, x = float(each.get("font-size", "0")), float(each.get("x", "0"))
            wide = width(each.text or "", size, bold=each.get("font-weight") == "bold")
            anchor = each.get("text-anchor")
            left = x - wide if anchor == "end" else x - wide / 2 if anchor == "middle" else x
            assert left >= -1, (path, each.text)
            assert left + wide <= 1201, (path, each.text)
            assert 0 < float(each.get("y", "0")) <= 675, (path, each.text)


@pytest.mark.parametrize(("many", "whole"), [(2, True), (5, True), (9, False)])
def test_a_long_label_stands_whole_where_its_row_has_room(many: int, whole: bool) -> None:
    """Labels that begin alike are told apart by how they end; few rows fill their frame."""
    labels = [f"Geboren in de Verenigde Staten, minstens zoveel ouders elders: {n}" for n in range(many)]
    rows = tuple(Drawn(each, 50, 40, 60, "50%", "40 to 60") for each in labels)
    said = Words("nl", "T", "S", "R", "B", "", "")
    drawing = frame(Bars("2020", (Group("", rows),), ((0.0, "0"),), False), said)
    texts = re.findall(r'<text x="48"[^>]*>([^<]*)</text>', drawing)
    assert all(label in " ".join(texts) for label in labels) == whole
    at = sorted({float(y) for y in re.findall(r'<circle cx="[^"]*" cy="([^"]*)"', drawing)})
    assert at[-1] - at[0] >= 388 * (many - 1) / many * (0.6 if many == 2 else 0.99)


def test_forty_categories_are_all_on_the_page_and_counted_in_the_picture(odd: Path) -> None:
    html = read(odd, "nl/indicator/trust-in-people/origin")
    rows = html.partition('<table class="bars"')[2].partition("</table>")[0]
    assert rows.count('scope="row"') == MANY
    assert f"en nog {MANY - 24}" in (odd / "nl/indicator/trust-in-people/origin/figure.svg").read_text(
        "utf-8"
    )


def test_an_indicator_without_a_breakdown_leads_with_its_total(odd: Path) -> None:
    html = read(odd, "nl/indicator/voted")
    assert '<section id="total"' in html
    assert 'class="ways"' not in html, "one breakdown is no choice"


def test_one_wave_has_no_line(odd: Path) -> None:
    assert 'class="trend' not in read(odd, "nl/indicator/represented/sex")


def test_a_picture_of_a_figure_is_a_png_of_its_size(odd: Path) -> None:
    for path in odd.rglob("figure.png"):
        head = path.read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1200, 675)
    assert len(list(odd.rglob("figure.png"))) == 2 * (3 + 1)


def test_the_card_of_a_page_is_its_picture(odd: Path) -> None:
    html = read(odd, "nl/indicator/trust-in-people")
    card = re.search(r'<meta property="og:image" content="https://example.org/monitor/([^"]+)"', html)
    assert card
    assert (odd / card[1]).is_file()


def test_the_card_of_a_theme_is_its_first_figure_under_its_own_name(odd: Path) -> None:
    pages = sorted(path for path in (odd / "nl/theme").glob("*/index.html"))
    cards = [path for path in pages if 'property="og:image"' in path.read_text("utf-8")]
    assert cards
    for path in pages:
        html = path.read_text("utf-8")
        address = f"https://example.org/monitor/nl/theme/{path.parent.name}/figure.png"
        assert (f'<meta property="og:image" content="{address}">' in html) == (path in cards)
        assert path.with_name("figure.png").is_file() == (path in cards)
    picture = cards[0].with_name("figure.svg").read_text("utf-8")
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", cards[0].read_text("utf-8"), re.DOTALL)
    assert heading
    assert heading[1].strip() in picture


def test_a_figure_to_embed_keeps_interval_source_and_the_way_back(odd: Path) -> None:
    html = read(odd, "en/indicator/represented/sex/embed")
    assert html.count('class="interval"') >= 3
    assert "Source:" in html
    assert 'href="../"' in html
    assert "All figures are invented." in html


def test_a_text_in_one_language_is_one_clear_error(tmp_path: Path) -> None:
    data = hostile(tmp_path / "data")
    spoil(data / "indicators/voted.json", lambda raw: raw["measures"].pop("en"))
    with pytest.raises(ThuisError, match="no 'en'") as error:
        build_site(data, tmp_path, search=False)
    assert len(error.value.problems) == 1


@pytest.mark.parametrize("text", ["", WORD, LONG, "é" * 300, "العربية", "a b"])
@pytest.mark.parametrize("lines", [1, 2])
def test_a_text_fits_its_lines(text: str, lines: int) -> None:
    found = fitted(text, 20, 200, lines)
    assert len(found) <= lines
    assert all(width(each, 20) <= 200 for each in found)
