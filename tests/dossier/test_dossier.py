"""The dossier of a project folder: proofs, graph, pages, and the commands, on the example's own files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from thuis.cli import thuis
from thuis.contract.base import Record
from thuis.dossier.commitments import MEASURED
from thuis.dossier.downloads import dossier_files
from thuis.dossier.folder import new_commitments, read_dossier
from thuis.dossier.graph import edges, names
from thuis.dossier.graph.linked import linked
from thuis.dossier.ledger import read_ledger, read_proposals
from thuis.dossier.pages import as_pages
from thuis.errors import ThuisError

EXAMPLE = Path(__file__).parents[2] / "examples" / "nederland"
FILES = ("commitments.csv", "measures.csv", "edges.csv", "events.csv")
DAY = date(2026, 11, 25)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE / "letters", tmp_path / "letters")
    for name in FILES:
        shutil.copy(EXAMPLE / name, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="module")
def pages() -> dict[str, Any]:
    return dict(as_pages(read_dossier(EXAMPLE), (), DAY).plain())


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(thuis, ["dossier", *(str(word) for word in words)])


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def _pages(files: dict[str, bytes | Record]) -> dict[str, Any]:
    made = files["dossier.json"]
    assert isinstance(made, Record)
    return dict(made.plain())


class TestExample:
    def test_the_commitments_of_the_letter(self, pages: dict[str, Any]) -> None:
        told = [(c["date"], c["kind"], c["status"], c["to"]) for c in pages["commitments"]]
        assert told == [
            ("2022-04-20", "repeated", "open", "Van Baarle"),
            ("2022-04-19", "repeated", "met", None),
            ("2022-11-14", "intention", "open", None),
            ("2022-11-14", "repeated", "open", None),
        ]
        assert pages["commitments"][1]["fulfilled_by"]["title"] == "kst-32824-437"
        assert pages["commitments"][2]["overdue"] is False, "an intention is no promise that can be late"

    def test_every_promising_sentence_of_the_letter_is_in_the_ledger(self) -> None:
        assert new_commitments(read_dossier(EXAMPLE)) == []

    def test_every_proof_is_in_its_block_or_note(self, pages: dict[str, Any]) -> None:
        texts = {block["id"]: block["text"] for block in pages["letters"][0]["blocks"]}
        texts |= {note["id"]: note["text"] for note in pages["letters"][0]["notes"]}
        rows = [*pages["commitments"], *pages["measures"], *pages["edges"]]
        assert len(rows) == 30
        for row in rows:
            proof = row["proof"]
            assert proof["sentence"] in texts[proof.get("note") or proof["block"]]
            assert proof["block"] in texts

    def test_the_measures_as_the_letter_states_them(self, pages: dict[str, Any]) -> None:
        kinds = {each["id"]: each["kind"] for each in pages["measures"]}
        assert (kinds["nationaal-programma"], kinds["impuls-20-gemeenten"]) == ("programme", "grant")
        grant = next(each for each in pages["measures"] if each["id"] == "impuls-20-gemeenten")
        assert grant["amount"] is None, "the letter names no amount"
        told = {(e["from"], e["type"], e["to"]) for e in pages["edges"]}
        assert ("departementen", "draagt_bij_aan", "nationaal-programma") in told
        assert ("agenda-ocw", "verwijst_naar", "kst-30950-318") in told
        assert ("movisie", "implementeert", "respectvol-samenleven") in told

    def test_its_themes_and_indicators_are_of_the_monitor(self, pages: dict[str, Any]) -> None:
        themes = {line.split("id: ")[1] for line in (EXAMPLE / "thuis.yaml").read_text("utf-8").splitlines()
                  if line.startswith("  - id: ")}  # fmt: skip
        used = {theme for row in (*pages["commitments"], *pages["measures"]) for theme in row["themes"]}
        assert used
        assert used <= themes
        named = {each for row in pages["measures"] for each in row["indicators"]}
        assert named <= {path.stem for path in (EXAMPLE / "indicators").iterdir()}


class TestPages:
    def test_spans_lie_in_their_text_and_nest(self, pages: dict[str, Any]) -> None:
        refs = {each["id"] for name in ("commitments", "measures") for each in pages[name]}
        letter = pages["letters"][0]
        refs |= {each["id"] for name in ("citations", "notes") for each in letter[name]}
        spans = list(_spans(letter))
        assert {span["kind"] for _, span in spans} == {"citation", "note", "commitment", "measure"}
        for text, span in spans:
            assert 0 <= span["start"] < span["end"] <= len(text)
            assert span["ref"] in refs

    def test_a_citation_tells_how_sure_it_is_and_what_is_wrong(self, pages: dict[str, Any]) -> None:
        found = {each["canonical"]: each for each in pages["letters"][0]["citations"]}
        assert found["kst-30950-316"]["confidence"] == "certain"
        assert found["kst-30950-316"]["problems"] == []
        (problem,) = found["kst-30950-318"]["problems"]
        assert "2022-2023" in problem["en"]
        assert problem["nl"].startswith("Het vergaderjaar 2021-2022 past niet bij Kamerstuk 30 950, nr. 318")

    def test_the_report_and_the_note_that_breaks_off(self, pages: dict[str, Any]) -> None:
        letter = pages["letters"][0]
        kinds = [each["kind"] for each in letter["report"]]
        assert kinds.count("missing-page") == 3
        assert kinds.count("note-on-missing-page") == 4
        assert [note["id"] for note in letter["notes"] if note["problem"]] == ["n2"]

    def test_the_timeline_is_in_order(self, pages: dict[str, Any]) -> None:
        dates = [event["date"] for event in pages["events"]]
        assert dates == sorted(dates)
        assert {event["kind"] for event in pages["events"]} == {
            "survey", "letter", "debate", "commitment", "measure", "outcome",
        }  # fmt: skip

    def test_the_same_folder_gives_the_same_value_and_it_is_json(self, pages: dict[str, Any]) -> None:
        again = as_pages(read_dossier(EXAMPLE), (), DAY).plain()
        assert json.dumps(again, sort_keys=True) == json.dumps(pages, sort_keys=True)

    def test_themes_of_another_monitor_are_left_out(self) -> None:
        told = as_pages(read_dossier(EXAMPLE), ["contact"], DAY).plain()
        assert {theme for row in told["measures"] for theme in row["themes"]} == {"contact"}

    def test_a_folder_without_a_dossier(self, tmp_path: Path) -> None:
        assert as_pages(read_dossier(tmp_path), (), DAY).empty

    def test_overdue_follows_the_day(self, folder: Path) -> None:
        change(folder / "commitments.csv", ",op korte termijn,", ",binnen vier weken,")
        change(folder / "commitments.csv", ",,binnen vier weken", ",2022-12-12,binnen vier weken")
        late = [
            [c.id for c in as_pages(read_dossier(folder), (), day).commitments if c.overdue]
            for day in (date(2022, 12, 12), date(2022, 12, 13))
        ]
        assert late == [[], ["tz-20221114-taskforce"]]


def _spans(letter: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in (*letter["blocks"], *letter["notes"]):
        for span in part["spans"]:
            yield part["text"], span


class TestDownloads:
    def test_every_file_that_is_named_is_there(self) -> None:
        files = dossier_files(EXAMPLE, today=DAY)
        pages = _pages(files)
        named = {*pages["downloads"], *pages["letters"][0]["downloads"]}
        assert {*files} == {"dossier.json", *named}
        assert all(isinstance(files[name], bytes) and files[name] for name in named)
        assert files == dossier_files(EXAMPLE, today=DAY)

    def test_a_rejected_edge_is_not_given_out(self, folder: Path) -> None:
        change(folder / "edges.csv", "agenda-ocw,proposed,", "agenda-ocw,rejected,")
        files = dossier_files(folder, today=DAY)
        assert b"ocw,implementeert,agenda-ocw" not in files["dossier/edges.csv"]
        assert all(edge["id"] != "e7" for edge in _pages(files)["edges"])


class TestFaults:
    def test_a_proof_that_the_letter_does_not_have(self, folder: Path) -> None:
        change(
            folder / "measures.csv", "In samenwerking met Movisie hebben", "In samenwerking met Movisie had"
        )
        with pytest.raises(ThuisError) as error:
            read_dossier(folder)
        (problem,) = error.value.problems
        assert "does not stand in kst-32824-378, b10" in problem.what
        assert str(problem.step).startswith("b10 has: 'In samenwerking met Movisie hebben")

    def test_faults_of_every_file_at_once(self, folder: Path) -> None:
        change(folder / "edges.csv", ",adresseert,", ",bestrijdt,")
        change(folder / "measures.csv", ",grant,", ",gift,")
        (folder / "letters" / "kst-1-1.txt").write_text("Neem twee eieren.", "utf-8")
        with pytest.raises(ThuisError) as error:
            read_dossier(folder)
        assert [str(p.where).partition(":")[0] for p in error.value.problems] == [
            "kst-1-1.txt", "measures.csv", "edges.csv",
        ]  # fmt: skip

    def test_an_edge_to_nothing(self, folder: Path) -> None:
        change(
            folder / "edges.csv", "ncdr,draagt_bij_aan,nationaal-programma", "ncdr,draagt_bij_aan,nationaal"
        )
        with pytest.raises(ThuisError, match="unknown end of an edge 'nationaal'"):
            read_dossier(folder)

    def test_two_letters_with_one_id(self, folder: Path) -> None:
        letter = folder / "letters" / "kst-32824-378-ministry-pdf.txt"
        shutil.copy(letter, folder / "letters" / "kst-32824-378-b.txt")
        with pytest.raises(ThuisError, match="two letters have the id kst-32824-378"):
            read_dossier(folder)


class TestGraph:
    def test_names_in_the_letter(self) -> None:
        (reading,) = read_dossier(EXAMPLE).readings.values()
        found = {(each.kind, each.text) for each in names(reading)}
        assert ("programme", "Nationaal Programma tegen discriminatie en racisme") in found
        assert ("programme", "project Respectvol Samenleven") in found
        assert ("body", "Taskforce Werk & Integratie") in found
        assert any(kind == "grant" and text.startswith("decentralisatie-uitkering") for kind, text in found)

    def test_a_known_edge_is_not_proposed_again(self) -> None:
        dossier = read_dossier(EXAMPLE)
        (reading,) = dossier.readings.values()
        new = edges(reading, dossier.measures, dossier.edges)
        assert edges(reading, dossier.measures, [*dossier.edges, *new]) == []

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
    def test_json_ld_has_accepted_edges_as_statements_and_all_as_records(self) -> None:
        graph = Graph().parse(data=json.dumps(linked(read_dossier(EXAMPLE))), format="json-ld")
        ns = "https://thuis.example/ns/dossier#"
        rows = graph.query(f"SELECT ?a ?b WHERE {{ ?a <{ns}implementeert> ?b }}")
        assert len(list(rows)) == 2
        rows = graph.query(f"SELECT ?e WHERE {{ ?e a <{ns}Edge> ; <{ns}type> 'implementeert' }}")
        assert len(list(rows)) == 4

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
    def test_the_graph_is_in_the_namespace_of_the_project(self, folder: Path) -> None:
        (folder / "thuis.yaml").write_text("namespace: https://id.example.org/\n", "utf-8")
        assert run("export", folder / "graph.jsonld", "--folder", folder).exit_code == 0
        text = (folder / "graph.jsonld").read_text("utf-8")
        assert "https://id.example.org/ns/dossier#" in text
        assert "thuis.example" not in text
        (folder / "thuis.yaml").write_text("namespace: id.example.org\n", "utf-8")
        assert "is no namespace" in run("export", folder / "graph.jsonld", "--folder", folder).output


class TestCommands:
    def test_list(self) -> None:
        told = json.loads(run("list", EXAMPLE, "--to", "baarle", "--json").stdout)
        assert [each["id"] for each in told] == ["tz-20220420-herzien"]
        assert "Voldaan" in run("list", EXAMPLE, "--status", "met").stdout

    def test_check(self, folder: Path) -> None:
        assert run("check", folder).stdout == ""
        lines = (folder / "commitments.csv").read_text("utf-8").splitlines(keepends=True)
        (folder / "commitments.csv").write_text("".join(lines[:-1]), "utf-8")
        assert "n12: herhaalde toezegging, niet in het overzicht" in run("check", folder).stdout

    def test_take_gives_a_line_to_every_promise_that_has_none(self, folder: Path) -> None:
        lines = (folder / "commitments.csv").read_text("utf-8").splitlines(keepends=True)
        (folder / "commitments.csv").write_text("".join(lines[:2]), "utf-8")
        (folder / "edges.csv").unlink()
        new = json.loads(run("take", folder, "--json").stdout)
        assert [(each["id"], each["kind"], each.get("due")) for each in new] == [
            ("tz-20220419-1", "repeated", None),
            ("tz-20221114-1", "intention", "2022-12-31"),
            ("tz-kst32824378-1", "repeated", None),
        ]
        assert run("check", folder).stdout == ""
        assert json.loads(run("take", folder, "--json").stdout) == []

    def test_find_in_a_debate(self, tmp_path: Path) -> None:
        debate = tmp_path / "h-tk-20222023-30-6.xml"
        debate.write_text(
            "<officiele-publicatie><handelingen><spreekbeurt><spreker>Minister Bos:</spreker><tekst>"
            "<al>Dat kan ik niet toezeggen.</al><al>Ik zeg toe dat ik voor de zomer een brief stuur.</al>"
            "</tekst></spreekbeurt></handelingen></officiele-publicatie>",
            "utf-8",
        )
        told = json.loads(run("find", debate, "--day", "2022-12-01", "--json").stdout)
        assert [(each["kind"], each["due"]) for each in told] == [("refused", None), ("new", "2023-06-30")]
        assert "nieuwe toezegging" in run("find", debate, "--day", "2022-12-01", "--kind", "new").stdout

    def test_nothing_late_is_said(self, folder: Path) -> None:
        told = run("overdue", folder, "--date", "2022-11-15", "--language", "nl").stdout
        first, _, rest = told.partition("\n")
        assert first == "Van geen toezegging is de termijn verstreken; een voornemen telt niet mee."
        assert f"{MEASURED.right} van {MEASURED.promises}" in rest, "every list says how complete reading is"

    def test_the_pages_and_the_command_count_alike(self, folder: Path) -> None:
        counts = as_pages(read_dossier(folder), (), DAY).counts
        assert counts is not None
        assert (counts.open, counts.partly_met, counts.met, counts.lapsed) == (2, 0, 1, 0)
        assert (counts.overdue, counts.aside) == (0, 1)
        assert "Openstaand 2, " in run("list", folder).stdout
        assert "geen toezegging 1" in run("overdue", folder, "--date", "2022-11-15").stdout

    def test_what_is_doubtful_is_offered(self, folder: Path) -> None:
        lines = (folder / "commitments.csv").read_text("utf-8").splitlines(keepends=True)
        (folder / "edges.csv").unlink()
        kept = [line for line in lines if "tz-20221114-impuls" not in line]
        (folder / "commitments.csv").write_text("".join(kept), "utf-8")
        told = run("overdue", folder, "--date", "2024-01-01").stdout
        assert "voornemen: «We hebben daarnaast ook het voornemen" in told.partition("beslis zelf")[2]

    def test_overdue_with_the_review_round(self, folder: Path) -> None:
        change(folder / "commitments.csv", ",op korte termijn,", ",2022-12-12,")
        change(folder / "commitments.csv", ",,2022-12-12,", ",2022-12-12,,")
        told = run("overdue", folder, "--date", "2023-01-01", "--review", "--language", "en").stdout
        assert "20 days late" in told.partition("Not yet looked at")[0]
        assert "tz-20220420-herzien" in told.partition("Not yet looked at")[2]

    def test_propose_then_decide(self, folder: Path) -> None:
        told = json.loads(run("propose", folder, "--json").stdout)
        assert [(p["id"], p["status"]) for p in told["fulfilled"]] == [("p1", "Deels Voldaan")]
        assert json.loads(run("propose", folder, "--json").stdout)["fulfilled"] == []
        assert run("accept", "p1", "--folder", folder, "--by", "J. Jansen").exit_code == 0
        assert run("reject", "p1", "--folder", folder, "--by", "J. Jansen").exit_code == 2
        states = {entry.id: entry.status for entry in read_ledger(folder / "commitments.csv")}
        decided = [(p.commitment, p.state) for p in read_proposals(folder / "proposals.csv")]
        assert [state for _, state in decided] == ["accepted"]
        assert states[decided[0][0]] == "Deels Voldaan"

    def test_decide_on_an_edge(self, folder: Path) -> None:
        assert "e7 rejected" in run("reject", "e7", "--folder", folder, "--by", "J.").stdout
        assert run("accept", "e7", "--folder", folder, "--by", "J.").exit_code == 2
        assert all(edge.id != "e7" for edge in as_pages(read_dossier(folder), (), DAY).edges)

    def test_nobody_decides_without_a_name(self, folder: Path) -> None:
        assert run("accept", "e7", "--folder", folder).exit_code == 2

    def test_export_and_import(self, folder: Path, tmp_path: Path) -> None:
        out = tmp_path / "toezeggingen.xml"
        assert run("export", out, "--folder", folder).exit_code == 0
        before = read_ledger(folder / "commitments.csv")
        (folder / "commitments.csv").unlink()
        assert "4 added, 0 changed" in run("import", out, "--folder", folder).stdout
        after = read_ledger(folder / "commitments.csv")
        assert [(e.id, e.sentence, e.status) for e in after] == [(e.id, e.sentence, e.status) for e in before]
        assert "0 added, 0 changed" in run("import", out, "--folder", folder).stdout
        assert run("export", tmp_path / "graph.jsonld", "--folder", folder).exit_code == 0
        assert run("export", tmp_path / "graph.docx", "--folder", folder).exit_code == 2
