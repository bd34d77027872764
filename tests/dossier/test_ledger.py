"""The ledger: faults with their row, what is overdue, who decides, and the way to Parliament and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from thuis.dossier.ledger import (
    COLUMNS,
    Entry,
    Proposal,
    Told,
    decide,
    export_entries,
    for_review,
    import_entries,
    overdue,
    propose,
    read_ledger,
    read_proposals,
    write_rows,
)
from thuis.dossier.ledger.exchange import NAMESPACE
from thuis.errors import ThuisError

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LEDGER = [
    Entry(
        "t1", "Het beleidsvocabulaire rondom integratie herzien.",
        name="C.E.G. van Gennip", who="Minister van Sociale Zaken",
        to="Van Baarle", date="2022-04-20", due="2022-12-31", themes="discrimination trust", where="b13",
        sentence="Daarom heb ik …, toegezegd om te herzien.", letter="kst-32824-378", note_nl="Een \"noot\"",
    ),
    Entry("t2", "Een verkenning van termen.", status="Voldaan", date="2022-04-19",
          fulfilled_by="kst-32824-437", fulfilled_on="2024", repeats="t1"),
    Entry("t3", "Een brief.", kind="repeated", status="Deels Voldaan", fulfilled_on="2023-05-01",
          guid="0f8fad5b-d9cb-469f-a165-70867728950e", due="2023-06"),
]  # fmt: skip


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


class TestTable:
    def test_it_comes_back_as_it_was_written(self, tmp_path: Path) -> None:
        write_rows(tmp_path / "commitments.csv", LEDGER, COLUMNS)
        assert read_ledger(tmp_path / "commitments.csv") == LEDGER

    def test_an_absent_ledger_is_empty(self, tmp_path: Path) -> None:
        assert read_ledger(tmp_path / "commitments.csv") == []

    def test_every_fault_at_once_with_its_row(self, tmp_path: Path) -> None:
        path = write(
            tmp_path / "commitments.csv",
            "id,text,status,due,repeats,kind\n"
            "a,Een brief,Voldaan,,,\n"
            "a,Nog een,Open,2022-13,b,nieuw\n"
            "c d,,Openstaand,morgen,,\n",
        )
        with pytest.raises(ThuisError) as error:
            read_ledger(path)
        told = [(str(p.where).split(":")[1].split(",")[0], p.what) for p in error.value.problems]
        assert told == [
            ("2", "two lines have the id 'a'"),
            ("2", "fulfilled, but by which document?"),
            ("3", "two lines have the id 'a'"),
            ("3", "unknown status 'Open'"),
            ("3", "unknown kind 'nieuw'"),
            ("3", "due: '2022-13' is no date"),
            ("3", "unknown repeats: commitment 'b'"),
            ("4", "'c d' is no id"),
            ("4", "no text"),
            ("4", "due: 'morgen' is no date"),
        ]

    def test_columns_and_fields(self, tmp_path: Path) -> None:
        with pytest.raises(ThuisError, match="rename it to 'status'"):
            read_ledger(write(tmp_path / "commitments.csv", "id,text,statuss\n"))
        with pytest.raises(ThuisError, match="the row has 4 cells, the header 3"):
            read_ledger(write(tmp_path / "commitments.csv", "id,text,status\na,een, brief,Openstaand\n"))

    def test_a_decided_proposal_needs_who_and_when(self, tmp_path: Path) -> None:
        text = "id,commitment,document,status,state,by,on\np1,t1,kst-1-2,Voldaan,accepted,,\n"
        with pytest.raises(ThuisError, match="but by whom and when"):
            read_proposals(write(tmp_path / "proposals.csv", text))


class TestBook:
    def test_overdue_longest_first_and_only_what_is_open(self) -> None:
        late = overdue(LEDGER, date(2023, 7, 10))
        assert [(entry.id, days) for entry, days in late] == [("t1", 191), ("t3", 10)]
        assert overdue(LEDGER, date(2022, 12, 31)) == []

    def test_the_review_round_of_each_half_year(self) -> None:
        seen = [replace(LEDGER[0], reviewed="2023-07-02"), *LEDGER[1:]]
        assert [entry.id for entry in for_review(seen, date(2023, 12, 31))] == ["t3"]
        assert [entry.id for entry in for_review(seen, date(2024, 1, 1))] == ["t1", "t3"]

    told = Told(
        "kst-32824-390",
        date(2023, 5, 1),
        "Hiermee voldoe ik aan mijn toezegging om het beleidsvocabulaire te herzien.",
        "Van Baarle",
        date(2022, 4, 20),
    )

    def test_a_proposal_says_why(self) -> None:
        (found,) = propose(LEDGER, [self.told])
        assert (found.id, found.commitment, found.status, found.score) == ("p1", "t1", "Voldaan", "0.90")
        assert found.reasons == (
            "same day, 2022-04-20; to the same person, Van Baarle; "
            "words in common: beleidsvocabulaire, herzien; says that the promise is kept"
        )

    def test_telling_how_it_stands_is_not_keeping(self) -> None:
        sentence = "Over de stand van zaken van het beleidsvocabulaire"
        (found,) = propose(LEDGER, [replace(self.told, sentence=sentence)])
        assert found.status == "Deels Voldaan"

    def test_nothing_is_proposed_twice_or_from_before_the_promise(self) -> None:
        known = propose(LEDGER, [self.told])
        assert propose(LEDGER, [self.told], known) == []
        assert propose(LEDGER, [replace(self.told, day=date(2022, 4, 1))]) == []
        assert propose(LEDGER, [replace(self.told, sentence="Ik herhaal mijn toezegging.")]) == []

    def test_a_person_accepts(self) -> None:
        proposals = propose(LEDGER, [self.told])
        entries, decided = decide(LEDGER, proposals, "p1", True, "J. Jansen", date(2023, 5, 2))
        assert (entries[0].status, entries[0].fulfilled_by, entries[0].fulfilled_on) == (
            "Voldaan", "kst-32824-390", "2023-05-01",
        )  # fmt: skip
        assert (decided[0].state, decided[0].by, decided[0].on) == ("accepted", "J. Jansen", "2023-05-02")
        with pytest.raises(ThuisError, match="was accepted by J"):
            decide(entries, decided, "p1", False, "K. Klaassen", date(2023, 5, 3))

    def test_a_person_rejects_and_the_ledger_stays(self) -> None:
        known = propose(LEDGER, [self.told])
        entries, decided = decide(LEDGER, known, "p1", False, "J. Jansen", date(2023, 5, 2))
        assert entries == LEDGER
        assert decided[0].state == "rejected"

    def test_no_name_no_decision_and_no_step_back(self) -> None:
        proposals = propose(LEDGER, [self.told])
        with pytest.raises(ThuisError, match="who decides"):
            decide(LEDGER, proposals, "p1", True, " ", date(2023, 5, 2))
        back = [Proposal("p9", "t2", "kst-1-2", "2024", "Deels Voldaan", "", "", "0.5")]
        with pytest.raises(ThuisError, match="t2 is Voldaan and cannot become Deels Voldaan"):
            decide(LEDGER, back, "p9", True, "J.", date(2024, 5, 2))
        with pytest.raises(ThuisError, match="unknown proposal 'p2'"):
            decide(LEDGER, proposals, "p2", True, "J.", date(2023, 5, 2))


class TestExchange:
    @pytest.mark.parametrize("end", [".xml", ".json", ".csv"])
    def test_there_and_back(self, tmp_path: Path, end: str) -> None:
        out = tmp_path / f"toezeggingen{end}"
        export_entries(LEDGER, out, NOW)
        back = import_entries(out)
        assert [replace(entry, guid="") for entry in back] == [replace(entry, guid="") for entry in LEDGER]
        assert back[2].guid == LEDGER[2].guid

    def test_the_same_moment_gives_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("a.xml", "b.xml"):
            export_entries(LEDGER, tmp_path / name, NOW)
        assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()

    def test_it_is_valid_under_the_schema_of_parliament(self, tmp_path: Path, shared: Path) -> None:
        schema = etree.XMLSchema(etree.parse(str(shared / "kamerstukken/tk-xsd/tkData-v1-0-toezegging.xsd")))
        export_entries(LEDGER, tmp_path / "t.xml", NOW)
        found = list(etree.parse(str(tmp_path / "t.xml")).iter(f"{{{NAMESPACE}}}toezegging"))
        assert len(found) == 3
        for element in found:
            schema.assertValid(element)

    def test_a_single_element_of_the_register(self, tmp_path: Path) -> None:
        path = write(
            tmp_path / "t.xml",
            f'<toezegging xmlns="{NAMESPACE}" xmlns:tk="{NAMESPACE}" '
            'id="0f8fad5b-d9cb-469f-a165-70867728950e" tk:verwijderd="false" '
            'tk:bijgewerkt="2023-01-01T00:00:00Z"><nummer>TZ202204-001</nummer>'
            "<initialen>C.E.G.</initialen><tussenvoegsel>van</tussenvoegsel><achternaam>Gennip</achternaam>"
            "<functie>Minister</functie><status>Openstaand</status><datumNakoming>0001-01-01T00:00:00</datumNakoming>"
            "<ministerie>Sociale Zaken en Werkgelegenheid</ministerie><tekst>Een brief.</tekst></toezegging>",
        )
        (entry,) = import_entries(path)
        assert (entry.id, entry.number, entry.fulfilled_on) == ("TZ202204-001", "TZ202204-001", "")
        assert entry.ministry == "Sociale Zaken en Werkgelegenheid"
        assert (entry.who, entry.name) == ("Minister", "C.E.G. van Gennip")

    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("t.xml", "<toezegging>", "damaged"),
            ("t.xml", "<toezegging/>", "no commitment in the file"),
            ("t.json", "{", "damaged"),
            ("t.json", '{"value": 3}', "no list of commitments"),
            ("t.json", "[1]", "no list of commitments"),
            ("t.json", '{"value": [{"Id": "x", "Status": "Open", "Tekst": "y"}]}', "unknown status 'Open'"),
        ],
    )
    def test_bad_files(self, tmp_path: Path, name: str, text: str, says: str) -> None:
        with pytest.raises(ThuisError, match=says):
            import_entries(write(tmp_path / name, text))
