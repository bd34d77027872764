"""Annexes in other layouts: labelled before they were read; 8 of 17 were as labelled at first sight."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thuis.directory.grants import read_grants, totals
from thuis.errors import ThuisError

CASES = json.loads((Path(__file__).parent / "annexes.json").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_an_annex_in_another_layout(tmp_path: Path, name: str) -> None:
    wanted = CASES[name]["wanted"]
    path = tmp_path / "grants.csv"
    path.write_text("\n".join(CASES[name]["text"]), "utf-8")
    if isinstance(wanted, str):
        with pytest.raises(ThuisError) as caught:
            read_grants(path)
        assert wanted in str(caught.value)
        assert "grants.csv" in str(caught.value)
    else:
        found = {int(year): value for year, value in wanted.items()}
        assert {year: float(value) for (_, year), value in totals(read_grants(path)).items()} == found


def test_a_total_is_of_its_scheme_where_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    rows = "a;Utrecht;100\na;Totaal;100\nb;Ede;50\nb;Totaal;50\n;Totaal;150\n"
    path.write_text("regeling;gemeente;2008\n" + rows, "utf-8")
    assert len(read_grants(path)) == 2
    path.write_text("regeling;gemeente;2008\n" + rows.replace("b;Totaal;50", "b;Totaal;150"), "utf-8")
    with pytest.raises(ThuisError, match="add up to 50"):
        read_grants(path)
