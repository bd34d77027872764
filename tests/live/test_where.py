"""A form takes towns, villages and neighbourhoods for the municipality that they lie in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from support.live import form, served

NEW = "/en/live/initiative/new/"
FOUND = [
    # what is written, the town of the address, the municipality, the town and place afterwards
    ("Egmond aan Zee", "", "Bergen (Noord-Holland)", "Egmond aan Zee", ""),
    ("egmond a/zee", "", "Bergen (Noord-Holland)", "Egmond aan Zee", ""),
    ("Hoofddorp", "", "Haarlemmermeer", "Hoofddorp", ""),
    ("Hoofddorp, Noord-Holland", "", "Haarlemmermeer", "Hoofddorp", ""),
    ("Hoofddorp", "Rijsenhout", "Haarlemmermeer", "Rijsenhout", ""),
    ("Bijlmer", "Amsterdam", "Amsterdam", "Amsterdam", "Bijlmer"),
    ("Overvecht", "", "Utrecht", "", "Overvecht"),
    ("Vinkeveen", "", "De Ronde Venen", "Vinkeveen", ""),
    ("Scheveningen", "", "'s-Gravenhage", "", "Scheveningen"),
    ("IJmuiden", "", "Velsen", "IJmuiden", ""),
    ("Dieren", "", "Rheden", "Dieren", ""),
    ("Zevenhuizen (Groningen)", "", "Westerkwartier", "Zevenhuizen", ""),
    ("Bergen", "Bergen aan Zee", "Bergen (Noord-Holland)", "Bergen aan Zee", ""),
    ("Bergen", "Well", "Bergen (Limburg)", "Well", ""),
    ("Langedijk", "", "Dijk en Waard", "", ""),
    ("Den Haag", "", "'s-Gravenhage", "", ""),
    ("gemeente Utrecht", "", "Utrecht", "", ""),
    ("GM0344", "", "Utrecht", "", ""),
    ("Hengelo", "", "Hengelo", "", ""),
    ("", "Hoofddorp", "Haarlemmermeer", "Hoofddorp", ""),
    ("", "Utrecht", "Utrecht", "Utrecht", ""),
]
ASKED = [
    # what is written, the town, what the form says of it
    ("Zevenhuizen", "", ["Zuidplas", "Westerkwartier"]),
    ("Bergen", "", ["Bergen (Noord-Holland)", "Bergen (Limburg)"]),
    ("Bergen", "Utrecht", ["Bergen (Noord-Holland)", "Bergen (Limburg)"]),
    ("Roterdam", "", ["Rotterdam"]),
    ("Nes", "", ["Ameland"]),
    ("Nergenshuizen", "", ["There is no such municipality"]),
    ("Kralingen", "", ["Which municipality is it?"]),
    ("Parijs", "", ["There is no such municipality"]),
    ("", "", ["This is still empty"]),
    ("", "Roterdam", ["This is still empty"]),
]


@pytest.mark.parametrize(("written", "town", "municipality", "town_after", "place"), FOUND)
def test_a_place_stands_for_its_municipality(
    client: Any, written: str, town: str, municipality: str, town_after: str, place: str
) -> None:
    from thuis.live.models import Submission

    served()
    answer = client.post(NEW, form(municipality=written, city=town))
    assert answer.status_code == 200
    cells = Submission.objects.get().cells
    assert (cells["municipality"], cells["city"], cells["location"]) == (municipality, town_after, place)


@pytest.mark.parametrize(("written", "town", "says"), ASKED)
def test_what_may_be_more_than_one_is_asked(client: Any, written: str, town: str, says: list[str]) -> None:
    from thuis.live.models import Submission

    served()
    answer = client.post(NEW, form(municipality=written, city=town))
    assert answer.status_code == 422
    tree = html.fromstring(answer.content)
    (fault,) = tree.xpath("//*[@id='e-municipality']")
    assert all(each in fault.text_content() for each in says), fault.text_content()
    assert tree.xpath("//input[@id='f-municipality']/@value") == [written], "what was typed stands there"
    assert not Submission.objects.exists()


def test_a_place_of_the_monitor_itself_is_known(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from thuis.live import where

    own = {"deverzonnenhoek": ("GM0344",), "tweelanden": ("GM0344", "GM0363")}
    here = SimpleNamespace(shelf=SimpleNamespace(index=SimpleNamespace(own=own)))
    served()
    monkeypatch.setattr(where, "served", lambda: here)
    assert where.placed({"municipality": "De Verzonnen Hoek"})["municipality"] == "Utrecht"
    assert where.placed({"municipality": "Tweelanden"})["municipality"] == "Tweelanden"
    assert where.meant("Tweelanden") == ("GM0344", "GM0363")
