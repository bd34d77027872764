"""The register of the Eerste Kamer, and a register beside the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.dossier.ledger import Entry, compare, counts, import_entries, read_ledger, write_rows
from thuis.dossier.ledger.model import COLUMNS
from thuis.errors import ThuisError

PAGE = """Rappelabele toezeggingen Justitie en Veiligheid

Toezegging Evalueren werking wetsvoorstel (32.890) (T01615)

De minister zegt de Kamer, naar aanleiding van vragen van het lid Van Bijsterveld, toe de werking van
onderhavig wetsvoorstel in de praktijk te analyseren.

Kerngegevens

Nummer T01615
Status voldaan
Datum toezegging 6 november 2012
Deadline 1 januari 2021
Huidige Verantwoordelijke(n) Minister van Justitie en Veiligheid
Kamerleden prof. dr. S.C. van Bijsterveld (CDA)
Soort activiteit Plenaire vergadering

Uit de stukken

Status openstaand is hier een woord uit het debat.

Toezegging Effecten van de wet (34.349) (T02615)

De minister zegt de Kamer toe contact te houden met de sectoren.

Kerngegevens

Nummer | T02615 |
Status | deels voldaan |
Datum toezegging | 12 juni 2018 |
Deadline | 1 juli 2024 |
"""
HTML = (
    "<html><body><h2>Toezegging Evalueren (32.890) (T01615)</h2><p>De minister zegt toe.</p>"
    "<h3>Kerngegevens</h3>"
    "<table><tr><th>Nummer</th> <td>T01615</td></tr><tr><th>Status</th> <td>openstaand</td></tr>"
    "<tr><th>Datum toezegging</th> <td>6 november 2012</td></tr></table></body></html>"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "rappel.txt"
    file.write_text(PAGE, "utf-8")
    return file


def test_the_page_of_the_upper_house(page: Path) -> None:
    first, second = import_entries(page)
    assert (first.id, first.number, first.status) == ("T01615", "T01615", "Voldaan")
    assert (first.date, first.due, first.to) == ("2012-11-06", "2021-01-01", "S.C. van Bijsterveld")
    assert first.text.endswith("in de praktijk te analyseren.")
    assert (second.number, second.status, second.due) == ("T02615", "Deels Voldaan", "2024-07-01")


def test_the_page_as_html(tmp_path: Path) -> None:
    file = tmp_path / "rappel.html"
    file.write_text(HTML, "utf-8")
    (only,) = import_entries(file)
    assert (only.number, only.status, only.date) == ("T01615", "Openstaand", "2012-11-06")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [("Status voldaan", "Status zoek", "unknown status 'zoek'"), ("Toezegging E", "Toezeg E", None)],
)
def test_damaged_pages(page: Path, old: str, new: str, what: str | None) -> None:
    page.write_text(PAGE.replace(old, new, 1), "utf-8")
    if what is None:
        assert [each.number for each in import_entries(page)] == ["T02615"]
        return
    with pytest.raises(ThuisError, match=what):
        import_entries(page)


def test_what_was_imported_can_be_read_again(page: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(thuis, ["dossier", "import", str(page), "--folder", str(tmp_path)])
    assert "2 added" in result.stdout
    assert [each.number for each in read_ledger(tmp_path / "commitments.csv")] == ["T01615", "T02615"]


def test_a_register_beside_the_ledger(page: Path, tmp_path: Path) -> None:
    ours = [
        Entry(
            "tz-1",
            "De werking van het wetsvoorstel in de praktijk analyseren.",
            date="2012-11-06",
            due="2021",
        ),
        Entry("tz-2", "Een brief over taal.", date="2020-01-01"),
        Entry("tz-3", "De sectoren spreken.", kind="intention"),
    ]
    told = compare(import_entries(page), ours)
    assert [(each.where, each.ledger.id if each.ledger else None) for each in told] == [
        ("both", "tz-1"), ("register", None), ("ledger", "tz-2"),
    ]  # fmt: skip
    assert {field for field, _, _ in told[0].differences} == {"status", "due", "to", "who"}
    assert "the same day" in told[0].reason
    write_rows(tmp_path / "commitments.csv", ours, COLUMNS)
    said = CliRunner().invoke(thuis, ["dossier", "compare", str(page), "--folder", str(tmp_path)]).stdout
    assert "T01615, status: register Voldaan, overzicht Openstaand" in said
    assert "T02615 staat alleen in het register" in said
    assert "tz-2 staat alleen in het overzicht" in said
    assert "tz-3" not in said


def test_each_line_is_matched_once() -> None:
    day = "2022-04-20"
    two = [Entry(f"r{n}", "Het vocabulaire van integratie herzien.", date=day, to="Bos") for n in (1, 2)]
    one = [Entry("a", "Het vocabulaire van integratie herzien.", date=day, to="het lid Bos")]
    assert [each.where for each in compare(two, one)] == ["both", "register"]


def test_an_intention_is_never_open() -> None:
    entries = [
        Entry("a", "x", due="2022"),
        Entry("b", "y", kind="intention", due="2022"),
        Entry("c", "z", status="Voldaan"),
    ]
    told = counts(entries, date(2024, 1, 1))
    assert told == {"open": 1, "partly-met": 0, "met": 1, "lapsed": 0, "overdue": 1, "aside": 1}
