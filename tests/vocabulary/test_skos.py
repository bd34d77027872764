"""A vocabulary goes out as SKOS-XL and comes back equal; a foreign graph is kept whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.compare import isomorphic

from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.exchange import export_file, import_file
from thuis.vocabulary.load import read_vocabulary
from thuis.vocabulary.model import Name, Replacement, Rule, Source, Stage, Term, Vocabulary
from thuis.vocabulary.skos import from_graph, to_graph
from thuis.vocabulary.tables_out import write_tables

XL = "http://www.w3.org/2008/05/skos-xl#"

FOREIGN = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix x: <http://voorbeeld.example/> .
x:scheme a skos:ConceptScheme ; dct:title "Een ander vocabulaire"@nl .
x:c1 a skos:Concept ; skos:inScheme x:scheme ; xl:prefLabel x:l1, x:l2 ; skos:scopeNote "Een oude naam."@nl ;
  x:isAmbiguous true ; x:note [ x:value "Noem het volk."@nl ; x:for x:l1 ] .
x:l1 a xl:Label ; xl:literalForm "Eskimo"@nl .
x:l2 a xl:Label ; xl:literalForm "Eskimo"@de .
x:c2 a skos:Concept ; xl:prefLabel x:l3 .
x:l3 a xl:Label ; xl:literalForm "Allochtoon"@nl .
"""

FULL = Vocabulary(
    terms=(
        Term(
            "oud", "oud woord", "nl", "renamed", "phrase", "ding", "het",
            plural=("oude woorden",), inflected=("oude",), also=("o-w",), compounds=("oud",), search=False,
            replacements=(Replacement("nieuw woord", "altijd", "nieuw"), Replacement("anders")),
            since="2016-01", valid_from="1999", valid_to="2016", allowed_in=("law", "letter"),
            definition="bepaling", reason="reden", context="context", related=("nieuw",), sources=("S",),
            certainty="likely",
        ),
        Term("nieuw", "nieuw woord", "nl", "preferred", sources=("S",)),
        Term("new", 'new "word"; marks', "en", "allowed", concept="ding", sources=("S",), definition="t\tb"),
    ),
    names=(Name("Wet op het oude woord", "nl", "wet", "S"),),
    sources={"S": Source("S", "Bron", "2016-11", "https://voorbeeld.example/", "A")},
    stages=(Stage("oud", "preferred", "1999", "2016", "vroeger", "S"),),
    rules=(Rule(("oud",), "other-sense", "before", ("her", "re"), "noot", ("law",)),),
    rejected=frozenset({("oud", "o w"), ("nieuw", "nieuwwoord")}),
    version="abc",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["turtle", "nt", "xml"])
def test_every_field_comes_back(kind: str) -> None:
    graph = Graph().parse(data=to_graph(FULL).serialize(format=kind), format=kind)
    assert from_graph(graph) == FULL


def test_labels_are_skos_xl(tmp_path: Path) -> None:
    found = to_graph(load_vocabulary()).query(
        f"SELECT ?form WHERE {{ ?c <{XL}prefLabel>|<{XL}altLabel> ?l . "
        f"?l a <{XL}Label> ; <{XL}literalForm> ?form }}"
    )
    spoken = {(str(row[0]), row[0].language) for row in found}
    assert {(term.term, term.language) for term in load_vocabulary().terms} == spoken


def test_tables_are_written_as_they_are_read(tmp_path: Path) -> None:
    write_tables(load_vocabulary(), tmp_path)
    again = read_vocabulary(sorted(tmp_path.glob("*.csv")))
    assert _without_version(again) == _without_version(load_vocabulary())


def test_a_foreign_graph_is_kept_whole_and_its_labels_come_under_review(tmp_path: Path) -> None:
    (tmp_path / "ander.ttl").write_text(FOREIGN)
    done = import_file(tmp_path / "ander.ttl", tmp_path / "in")
    vocabulary = load_vocabulary(tmp_path / "in")
    eskimo = vocabulary.by_id["eskimo"]
    assert (eskimo.status, eskimo.definition) == ("under-review", "Een oude naam.")
    assert vocabulary.sources["imported"].title == "Een ander vocabulaire"
    assert done.known == ("Allochtoon",) and vocabulary.by_id["allochtoon"].status == "deprecated"
    export_file(tmp_path / "in", tmp_path / "uit.ttl")
    exported = Graph().parse(tmp_path / "uit.ttl")
    foreign = Graph().parse(data=FOREIGN, format="turtle")
    ours = to_graph(vocabulary)
    assert len(exported) == len(ours) + len(foreign)
    assert isomorphic(Graph().parse(tmp_path / "in" / "graph.nt", format="nt"), foreign)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.ttl", "dit is geen turtle", "cannot be read"),
        ("a.json", "{}", "unknown suffix"),
        ("a.ttl", "<urn:a> <urn:b> <urn:c> .", "no Dutch or English labels"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a/>', "entities are not read"),
    ],
)
def test_a_graph_that_cannot_be_read(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ThuisError, match=says):
        import_file(tmp_path / name, tmp_path / "in")
    assert not (tmp_path / "in").exists()


def test_tables_that_are_there_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(FOREIGN)
    (tmp_path / "terms.csv").write_text("id\n")
    with pytest.raises(ThuisError, match="already here"):
        import_file(tmp_path / "a.ttl", tmp_path)


def test_the_shipped_vocabulary_out_and_in_by_command(tmp_path: Path) -> None:
    run = CliRunner().invoke
    out = run(thuis, ["vocabulary", "export", str(tmp_path / "v.ttl")])
    assert out.exit_code == 0, out.output
    back = run(
        thuis, ["vocabulary", "import", str(tmp_path / "v.ttl"), str(tmp_path / "in"), "--language", "en"]
    )
    assert back.exit_code == 0 and "terms" in back.output
    found = read_vocabulary(sorted((tmp_path / "in").glob("*.csv")))
    assert _without_version(found) == _without_version(load_vocabulary())


def _without_version(vocabulary: Vocabulary) -> tuple[object, ...]:
    return (
        vocabulary.terms, vocabulary.names, dict(vocabulary.sources), vocabulary.rules, vocabulary.stages,
        vocabulary.rejected,
    )  # fmt: skip


OWN = "https://id.example.org/monitor/"


@pytest.mark.parametrize("kind", ["turtle", "nt", "xml"])
def test_the_owner_gives_the_namespace_and_it_comes_back_the_same(kind: str) -> None:
    made = to_graph(FULL, OWN)
    text = made.serialize(format=kind)
    assert "thuis.example" not in text
    assert f"{OWN}id/vocabulary/scheme" in {str(each) for each in made.subjects()}
    assert f"{OWN}ns/vocabulary#vocabularyTerms" in {str(each) for each in made.predicates()}
    assert from_graph(Graph().parse(data=text, format=kind)) == FULL


def test_an_export_takes_the_namespace_of_the_project_it_stands_in(tmp_path: Path) -> None:
    (tmp_path / "thuis.yaml").write_text(f"namespace: {OWN}\n", "utf-8")
    shutil.copytree(
        Path(__file__).parents[2] / "examples" / "nederland" / "vocabulary", tmp_path / "vocabulary"
    )
    words = ["vocabulary", "export", str(tmp_path / "out.nt")]
    run = CliRunner().invoke(thuis, [*words, "--folder", str(tmp_path / "vocabulary")])
    assert run.exit_code == 0, run.output
    text = (tmp_path / "out.nt").read_text("utf-8")
    assert OWN in text
    assert "thuis.example" not in text
    assert CliRunner().invoke(thuis, words).exit_code == 0
    assert "thuis.example" in (tmp_path / "out.nt").read_text("utf-8")
