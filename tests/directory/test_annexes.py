"""Annexes in other layouts: labelled before they were read; 8 of 17 were as labelled at first sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.directory.grants import read_grants, totals
from thuis.errors import ThuisError

CASES: dict[str, tuple[str, dict[int, int] | str]] = {
    "long": ("regeling;jaar;gemeente;bedrag\nx;2008;Utrecht;€ 1.000,-\nx;2008;Ede;2.500\n", {2008: 3500}),
    "wide": (
        "scheme;municipality;2008;2009;2010\nx;Utrecht;100;200;300\nx;Ede;10;;30\n",
        {2008: 110, 2009: 200, 2010: 330},
    ),
    "wide bedrag": (
        "regeling;gemeente;bedrag 2008;bedrag 2009\nx;Utrecht;€ 100;€ 200\nx;Ede;€ 10;-\n",
        {2008: 110, 2009: 200},
    ),
    "thousand": (
        "regeling;gemeente;2008 (x € 1.000);2009 (x € 1.000)\nx;Utrecht;1,5;2\n",
        {2008: 1500, 2009: 2000},
    ),
    "amount thousand": ("scheme;year;municipality;amount ('000)\nx;2008;Utrecht;1.5\n", {2008: 1500}),
    "total row": ("regeling;gemeente;2008\nx;Utrecht;100\nx;Ede;50\nx;Totaal;150\n", {2008: 150}),
    "total wrong": ("regeling;gemeente;2008\nx;Utrecht;100\nx;Ede;50\nx;Totaal;160\n", "160"),
    "provinces": (
        "regeling;jaar;gemeente;bedrag\nx;2008;Provincie Utrecht;100\nx;2008;Noord-Holland;100\nx;2008;Ede;5\n",
        "Noord-Holland",
    ),
    "merged": (
        "regeling;jaar;gemeente;bedrag\nx;2008;Abcoude;100\nx;2012;Abcoude;100\n",
        {2008: 100, 2012: 100},
    ),
    "divided": (
        "regeling;jaar;gemeente;bedrag\nx;2008;Winsum;100\nx;2019;Boarnsterhim;100\n",
        "Boarnsterhim",
    ),
    "pipe law": (
        "| Gemeente | regeling | 2008 | 2009 |\n|:---|:---|:---|:---|\n| Amersfoort | x | 29 167 | 50 000 |\n| Bergen (L) | x | 5 | 6 |\n",
        {2008: 29172, 2009: 50006},
    ),
    "dup": ("regeling;jaar;gemeente;bedrag\nx;2008;Ede;100\nx;2008;Gemeente Ede;50\n", "2 amounts"),
    "negative": ("regeling;jaar;gemeente;bedrag\nx;2008;Ede;-100\n", "-100"),
    "million": ("regeling;jaar;gemeente;bedrag\nx;2008;Ede;1,2 mln\n", "mln"),
    "notes": (
        "regeling;gemeente;2008;2009\nx;Ede *);100;200\nx;Hengelo (O) 1);10;20\n;*) inclusief overheveling;;\n",
        {2008: 110, 2009: 220},
    ),
    "title total": (
        "Bijlage 20;;;\nregeling;gemeente;2008;2009\nx;Ede;€ 1.000;€ 2.000\nx;Totaal;€ 1.000;€ 2.000\n",
        {2008: 1000, 2009: 2000},
    ),
    "village": ("regeling;jaar;gemeente;bedrag\nx;2008;Hoofddorp;100\n", "Haarlemmermeer"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_annex_in_another_layout(tmp_path: Path, name: str) -> None:
    text, wanted = CASES[name]
    path = tmp_path / "grants.csv"
    path.write_text(text, "utf-8")
    if isinstance(wanted, str):
        with pytest.raises(ThuisError) as caught:
            read_grants(path)
        assert wanted in str(caught.value)
        assert "grants.csv" in str(caught.value)
    else:
        assert {year: float(value) for (_, year), value in totals(read_grants(path)).items()} == wanted


def test_a_total_is_of_its_scheme_where_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    rows = "a;Utrecht;100\na;Totaal;100\nb;Ede;50\nb;Totaal;50\n;Totaal;150\n"
    path.write_text("regeling;gemeente;2008\n" + rows, "utf-8")
    assert len(read_grants(path)) == 2
    path.write_text("regeling;gemeente;2008\n" + rows.replace("b;Totaal;50", "b;Totaal;150"), "utf-8")
    with pytest.raises(ThuisError, match="add up to 50"):
        read_grants(path)
