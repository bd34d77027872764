"""Initiatives, what works and municipalities on the site."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.act import TOWNS
from thuis.contract.folder import read_folder
from thuis.site.build import build_site
from thuis.site.views.act import Act, addresses
from thuis.site.voice import Voice


def page(public: Path, path: str) -> str:
    return (public / path / "index.html").read_text("utf-8")


def ids(text: str) -> list[str]:
    return re.findall(r'<li data-id="([^"]+)"', text)


def test_list_map_table_feed_and_api_have_the_same_initiatives(full: Path) -> None:
    directory = json.loads((full / "data" / "directory.json").read_text("utf-8"))
    known = [each["id"] for each in directory["initiatives"]]
    for language in ("nl", "en"):
        text = page(full, f"{language}/directory")
        assert ids(text) == known
        spots = re.findall(r'<circle class="spot" data-id="([^"]+)"', text)
        assert set(spots) <= set(known)
        assert f"{len(spots)} " in re.findall(r'aria-label="(?:Kaart|Map)[^"]*"', text)[0]
        for path in directory["downloads"].values():
            assert f'data/{path}"' in text
            assert (full / "data" / path).is_file()
    folder = full / "data" / "directory"
    table = csv.DictReader(io.StringIO((folder / "initiatives.csv").read_text("utf-8")))
    assert [row["id"] for row in table] == known
    assert len(json.loads((folder / "hsds-services.json").read_text("utf-8"))["contents"]) == len(known)
    feed = ElementTree.fromstring((folder / "feed.xml").read_text("utf-8"))
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(known)


def test_the_list_of_a_mark_or_municipality_has_a_feed_with_the_same_initiatives(full: Path) -> None:
    act = Act(read_folder(full / "data"), Voice("nl"))
    lists = [
        (f"nl/directory/{facet}/{act.slug(mark)}", f"{facet}:{mark}", r"initiative/([\w-]+)/")
        for facet in ("themes", "form", "audience", "price", "language")
        for mark in act.ids(facet)
    ]
    lists += [
        (
            f"nl/municipality/{act.own[code]}",
            f"municipality:{code}",
            r"<h3><a href=\"[^\"]*initiative/([\w-]+)/",
        )
        for code in act.towns
    ]
    assert act.data.directory
    feeds = dict(act.data.directory.feeds)
    for address, key, link in lists:
        text, path = page(full, address), feeds.pop(key, None)
        if path is None:
            assert key.startswith("municipality:")
            assert "application/atom+xml" not in text
            continue
        assert re.findall(rf'<link rel="alternate" type="application/atom\+xml"[^>]*{re.escape(path)}"', text)
        root = ElementTree.fromstring((full / "data" / path).read_text("utf-8"))
        titles = [each.text for each in root.iterfind("{*}entry/{*}title")]
        shown = [each for each in re.findall(link, text) if each in act.address.values()]
        own = {address: act.by_id[id_].name for id_, address in act.address.items()}
        listed = [own[each] for each in dict.fromkeys(shown)]
        assert listed[: len(titles)] == titles, address
        assert key.startswith("municipality:") or len(listed) == len(titles), address
    assert not {key for key in feeds if key.removeprefix("municipality:") in act.towns or key[:3] != "mun"}


def test_grants_add_up_and_say_that_no_source_tells_projects(full: Path) -> None:
    file = json.loads((full / "data" / "grants.json").read_text("utf-8"))
    for language, none in (("nl", "bedragen en geen projecten"), ("en", "amounts and no projects")):
        text = page(full, f"{language}/grants")
        assert none in text
        euros = [
            int(re.sub(r"[^0-9]", "", each)) for each in re.findall(r"<td class=\"num\">€ ([^<]+)", text)
        ]
        assert sum(euros) == round(sum(each["amount"] for each in file["grants"]))
        assert all(f'id="{each["id"]}"' in text for each in file["schemes"])
    assert "grants/" in page(full, "nl/works")


def test_every_filter_is_a_link_and_holds_what_has_the_mark(full: Path) -> None:
    act = Act(read_folder(full / "data"), Voice("nl"))
    start = page(full, "nl/directory")
    for facet in ("themes", "form", "audience", "price", "language"):
        for mark in act.ids(facet):
            assert f'href="{facet}/{act.slug(mark)}/"' in start or f"directory/{facet}/{mark}/" in start
            text = page(full, f"nl/directory/{facet}/{act.slug(mark)}")
            found = re.findall(r"initiative/([\w-]+)/", text)
            wanted = [
                act.address[each.id]
                for each in act.initiatives
                if mark
                in {"price": (each.price,), "language": each.languages}.get(facet, getattr(each, facet, ()))
            ]
            assert found == wanted != []


def test_an_initiative_says_where_it_is_from_and_what_can_be_added(full: Path) -> None:
    invented = page(full, "nl/initiative/voorbeeld-moestuin")
    assert "Dit initiatief bestaat niet" in invented
    assert "controle is over tijd" in invented
    real = page(full, "en/initiative/lief-leedstraten")
    assert "movisie.nl" in real
    assert "not checked yet" in real
    assert re.search(r"How complete is this\? \d+ of 100", real)
    assert "does not exist" not in real


def test_nothing_is_called_proven_and_the_caution_stands_on_every_page(full: Path) -> None:
    for language, caution in (("nl", "etnische vooroordelen van volwassenen"), ("en", "adults&#39; ethnic")):
        paths = ["works", *(f"situation/{each}" for each in ("calm", "unease", "tension", "incident"))]
        for path in [*paths, "activity/sport"]:
            text = page(full, f"{language}/{path}")
            assert caution in text, path
            assert not re.search(r"\b(bewezen|proven|evidence-based)\b", text, re.I)
    assert "from memory, not checked" in page(full, "en/situation/calm")


def test_a_municipality_has_its_figures_offer_grants_and_what_names_it(full: Path) -> None:
    hague = page(full, "en/municipality/s-gravenhage")
    for wanted in (
        "Lief &amp; Leedstraten",
        "old classification",
        "replaced in 2022",
        "Den Haag doet mee",
        "€",
    ):
        assert wanted in hague, wanted
    merged = page(full, "nl/municipality/voorne-aan-zee")
    assert "Brielle, Hellevoetsluis, Westvoorne" in merged
    assert "Wij kennen nog geen initiatief in Voorne aan Zee" in merged
    assert "25 km" in merged
    assert "geen cijfer" in merged
    utrecht = page(full, "nl/municipality/utrecht")
    assert "Voorbeeld: Taalcafé" not in utrecht, "a made-up example is no offer"
    index = page(full, "nl/municipality")
    assert len(re.findall(r'href="(?!\.\.)[\w-]+/"', index)) == len(TOWNS)


def test_a_theme_says_who_does_it_and_what_works(full: Path) -> None:
    assert "Wie het doet" in page(full, "nl/theme/trust")


def test_without_a_directory_there_is_no_trace_of_it(built: Path) -> None:
    assert not (built / "nl" / "directory").exists()
    assert not (built / "theme" / "directory.js").exists()
    assert "Initiatieven" not in page(built, "nl")


@pytest.mark.parametrize(
    "absent", [("directory.json", "grants.json"), ("municipalities.json", "knowledge.json")]
)
def test_each_file_may_be_absent(copied: Path, absent: tuple[str, ...]) -> None:
    for name in absent:
        (copied / "data" / name).unlink()
    build_site(copied / "data", copied / "site", search=False)


def test_an_invented_map_says_so_on_the_page_of_a_municipality(full: Path) -> None:
    folder = read_folder(full / "data")
    shown = 0
    for path in (full / "nl" / "municipality").glob("*/index.html"):
        for before, id_ in re.findall(
            r'<th scope="row">([^<]*(?:<strong>.*?</strong> )?)<a href="[^"]*map/([\w-]+)/"',
            path.read_text("utf-8"),
        ):
            drawn = next(each for each in folder.maps if each.id == id_)
            assert ("<strong>" in before) == bool(folder.synthetic and drawn.synthetic)
            shown += 1
    assert shown


def test_a_name_of_any_length_has_an_address_that_is_a_file_name() -> None:
    """Else one long name keeps all pages from being published."""
    names = ["b" * 300, "b" * 299 + "c", "ﷺ" * 300, "مرحبا" * 60, "a-" * 200, "-" * 300, "b" * 300 + " 2"]
    found = addresses(names)
    assert len(set(found.values())) == len(names)
    assert all(len(each.encode()) <= 200 and each.strip("-") == each for each in found.values())
