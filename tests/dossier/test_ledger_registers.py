"""The register of the Eerste Kamer, and a register beside the ledger."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.dossier.ledger import Entry, counts, goes_on, import_entries, read_ledger, write_rows
from thuis.dossier.ledger.compare import compare
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
    ("state", "ours"), [("voldaan", "Voldaan"), ("<p>afgevoerd</p>", "Vervallen"), ("", "Openstaand")]
)
def test_cells_that_touch_each_other(tmp_path: Path, state: str, ours: str) -> None:
    file = tmp_path / "rappel.html"
    page = HTML.replace("</th> <td>", "</th><td>").replace("openstaand", state)
    page = page.replace("</table>", "<tr><th>Kamerleden</th><td>Mr. A. Rombouts (CDA)<br>M. Strik</td></tr>")
    file.write_text(page, "utf-8")
    (only,) = import_entries(file)
    assert (only.status, only.date, only.to) == (ours, "2012-11-06", "A. Rombouts, M. Strik")


def test_a_list_of_terms_of_the_upper_house(tmp_path: Path) -> None:
    file = tmp_path / "rappel.html"
    page = (
        HTML.replace("<table>", "<dl>").replace("<tr>", "").replace("</tr>", "").replace("</table>", "</dl>")
    )
    file.write_text(page.replace("th>", "dt>").replace("td>", "dd>").replace("</dt> ", "</dt>"), "utf-8")
    (only,) = import_entries(file)
    assert (only.status, only.date) == ("Openstaand", "2012-11-06")


FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="application/xml">
<toezegging xmlns="http://www.tweedekamer.nl/xsd/tkData/v1-0" id="aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
 verwijderd="false"><nummer>TZ202601-101</nummer><status>Voldaan</status>
<kamerbriefNakoming>2026Z00001</kamerbriefNakoming><kamerbriefNakoming>2026Z00002</kamerbriefNakoming>
<tekst>De minister informeert de Kamer.</tekst></toezegging></content></entry><entry><content>
<toezegging xmlns="http://www.tweedekamer.nl/xsd/tkData/v1-0" id="dddddddd-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
 verwijderd="true"/></content></entry></feed>"""


def test_the_feed_as_the_house_sends_it(tmp_path: Path) -> None:
    """What was deleted is told without a prefix, and one commitment can be kept by several letters."""
    file = tmp_path / "feed.xml"
    file.write_text(FEED, "utf-8")
    (only,) = import_entries(file)
    assert (only.number, only.fulfilled_by) == ("TZ202601-101", "2026Z00001, 2026Z00002")


def test_an_answer_of_the_api_with_what_was_expanded(tmp_path: Path) -> None:
    row = {
        "Id": "11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        "Nummer": "TZ202603-044",
        "Tekst": "De staatssecretaris stuurt de Kamer een brief.",
        "AanmaakDatum": "2026-03-12T00:00:00+01:00",
        "Status": "Openstaand",
        "KamerbriefNakoming": [{"Id": "e", "DocumentNummer": "2026D11111"}, {"Id": "f"}],
        "Activiteit": {
            "Id": "z",
            "Nummer": "2026A01234",
            "Onderwerp": "Zorg",
            "Datum": "2026-03-10T00:00:00",
        },
        "ToegezegdAan": [{"Id": "g", "Persoon": {"Tussenvoegsel": "van", "Achternaam": "Dijk"}}],
    }
    file = tmp_path / "toezegging.json"
    told = {
        "value": [row, {"Id": "h", "Verwijderd": True}],
        "@odata.nextLink": "https://example.org/?$skip=250",
    }
    file.write_text(json.dumps(told), "utf-8")
    (only,) = import_entries(file)
    assert (only.fulfilled_by, only.activity) == ("2026D11111, f", "2026A01234")
    assert (only.debate, only.date, only.to) == ("Zorg", "2026-03-10", "van Dijk")
    assert goes_on(file) == "https://example.org/?$skip=250"
    ran = CliRunner().invoke(thuis, ["dossier", "import", str(file), "--folder", str(tmp_path)])
    assert ran.exit_code == 0
    assert "the rest is at https://example.org/?$skip=250" in ran.output


def test_what_a_register_and_a_letter_both_give_is_told(tmp_path: Path) -> None:
    """A register imported beside letters doubles nothing unseen: the person is told of both lines."""
    mine = Entry(
        "tz-1", "De taalscholen.", letter="brief", date="2026-01-20",
        sentence="Ik heb toegezegd de Kamer voor de zomer te informeren over de taalscholen.",
    )  # fmt: skip
    write_rows(tmp_path / "commitments.csv", [mine], COLUMNS)
    file = tmp_path / "feed.xml"
    text = FEED.replace("informeert de Kamer.", "informeert de Kamer voor de zomer over de taalscholen.")
    file.write_text(
        text.replace("<nummer>", "<aanmaakdatum>2026-01-20T00:00:00</aanmaakdatum><nummer>"), "utf-8"
    )
    ran = CliRunner().invoke(thuis, ["dossier", "import", str(file), "--folder", str(tmp_path)])
    assert "TZ202601-101 and tz-1 may be one commitment" in ran.output


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


ONE = {
    "Id": "79a2206a-0000-4000-8000-000000000001",
    "Nummer": "TZ202412-116",
    "Naam": "Wiersma, F.M.",
    "Functie": "Minister van Landbouw, Visserij, Voedselzekerheid en Natuur",
    "Status": "Afgedaan",
    "DatumNakoming": "2025-03-30T22:00:00Z",
    "Aanmaakdatum": "2024-12-19T17:42:13.69+01:00",
    "Tekst": "De minister stuurt in maart 2025 de terugkoppeling.",
    "Verwijderd": False,
}
OTHER = {**ONE, "Id": "79a2206a-0000-4000-8000-000000000002", "Nummer": "TZ202412-117"}


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ({"value": [ONE]}, 1),
        ({"@odata.context": "…/$entity", **ONE}, 1),
        ([{"value": [ONE]}, {"value": [OTHER], "@odata.nextLink": "https://x/?$skip=2"}], 2),
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_answers_of_the_api_as_they_come(tmp_path: Path, answer: object, count: int, mark: bytes) -> None:
    file = tmp_path / "toezegging.json"
    file.write_bytes(mark + json.dumps(answer).encode())
    entries = import_entries(file)
    assert len(entries) == count
    assert (entries[0].status, entries[0].name) == ("Voldaan", "F.M. Wiersma")
    assert (entries[0].date, entries[0].fulfilled_on) == ("2024-12-19", "2025-03-31")
    assert goes_on(file) == ("https://x/?$skip=2" if count == 2 else "")


@pytest.mark.parametrize("version", ["v1-0", "v1-1", "v2-0"])
def test_any_version_of_the_namespace(tmp_path: Path, version: str) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(
        f"""<feed><ns1:toezegging id="x" xmlns:ns1="http://www.tweedekamer.nl/xsd/tkData/{version}"
        ns1:verwijderd="false"><ns1:aanmaakdatum>2024-12-31T23:30:00Z</ns1:aanmaakdatum>
        <ns1:status>Deels afgedaan</ns1:status><ns1:naam>Gennip, C.E.G. van</ns1:naam>
        </ns1:toezegging></feed>""",
        "utf-8",
    )
    (entry,) = import_entries(file)
    assert (entry.status, entry.date, entry.name) == ("Deels Voldaan", "2025-01-01", "C.E.G. van Gennip")


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ({"error": {"code": "", "message": "The query is not valid."}}, "The query is not valid"),
        ({"value": [{"Tekst": "De minister zegt toe."}]}, "no number and no Id"),
        ({"value": [{"Id": "x", "Aanmaakdatum": "gisteren"}]}, "'gisteren' is no day"),
        ({"value": [{"Id": "x", "Status": "Onbekend"}]}, "unknown status 'Onbekend'"),
        ([{"value": [ONE]}, {"value": 3}], "no list of commitments"),
        ("x", "damaged"),
    ],
)
def test_what_is_no_commitment_is_one_clear_error(tmp_path: Path, answer: object, what: str) -> None:
    file = tmp_path / "toezegging.json"
    file.write_text(json.dumps(answer), "utf-8")
    with pytest.raises(ThuisError, match=what):
        import_entries(file)


def test_things_of_another_shape_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "toezegging.json"
    odd = {"thuis": "y", "ToegezegdAan": [{"Persoon": 3}], "Activiteit": 5, "IsHerhalingVan": "x"}
    file.write_text(json.dumps({"value": [ONE | odd]}), "utf-8")
    assert [each.id for each in import_entries(file)] == ["TZ202412-116"]
