"""The tables of the vocabulary: what ships is right, and what is wrong is said in one go."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.load import SHIPPED, read_vocabulary
from thuis.vocabulary.model import DISCOURAGED

HEADER = "id,term,language,status,replacements,since,valid_from,valid_to,sources\n"
SOURCES = "id,title\nS,A source\n"


def vocabulary_of(folder: Path, terms: str, **tables: str) -> list[Path]:
    (folder / "terms.csv").write_text(HEADER + terms, "utf-8")
    (folder / "sources.csv").write_text(SOURCES, "utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return sorted(folder.glob("*.csv"))


def problems_of(files: list[Path]) -> list[str]:
    with pytest.raises(ThuisError) as error:
        read_vocabulary(files)
    return [str(each).partition("\n")[0] for each in error.value.problems]


def test_the_shipped_vocabulary_has_sourced_terms_in_both_languages() -> None:
    vocabulary = load_vocabulary()
    for language in ("nl", "en"):
        assert sum(term.language == language for term in vocabulary.terms) >= 40
    assert len({term.concept for term in vocabulary.terms}) >= 55
    assert all(term.sources for term in vocabulary.terms)
    assert all(term.reason for term in vocabulary.terms if term.status in DISCOURAGED)


def test_every_fact_of_the_collected_list_has_a_term(shared: Path) -> None:
    vocabulary = load_vocabulary()
    words = {
        word.lower()
        for term in vocabulary.terms
        for word in (term.term, *term.plural, *term.inflected, *term.also)
    }
    with (shared / "terms" / "vocabulary-facts.csv").open(encoding="utf-8") as source:
        facts = list(csv.DictReader(source))
    missing = []
    for fact in facts:
        first = fact["term_nl"].split(",")[0].split(" (")[0].replace("(e)", "").replace("(en)", "en")
        first = first.removeprefix("(met een) ").removeprefix("(voormalige) ").strip().lower()
        if first not in words and first.removesuffix("n") not in words:
            missing.append(fact["term_nl"])
    assert missing == []


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    files = vocabulary_of(
        tmp_path,
        "a,alfa,nl,deprecated,b,,,,S\n"
        "b,bravo,nl,deprecated,c,,,,S\n"
        "c,charlie,nl,deprecated,a,,,,S\n"
        "d,delta,nl,depricated,,,,,S\n"
        "e,echo,nl,allowed,,,2020,2016,S\n"
        "f,foxtrot,de,allowed,,,,,S\n"
        "g,golf,nl,allowed,,,30-02-2020,,Z\n"
        "h,hotel,nl,renamed,,,,,S\n"
        "i,alfa,nl,allowed,,,,,S\n",
    )
    found = "\n".join(problems_of(files))
    for expected in (
        "replacements go round: a -> b -> c -> a",
        "unknown status 'depricated'",
        "valid_to 2016 lies before valid_from 2020",
        "unknown language 'de'",
        "'30-02-2020' is not a date",
        "unknown source 'Z'",
        "'hotel' is renamed, but to what?",
        "'alfa' stands twice",
    ):
        assert expected in found
    assert found.count("go round") == 1


def test_a_problem_names_file_and_line(tmp_path: Path) -> None:
    files = vocabulary_of(tmp_path, "a,alfa,nl,allowed,,,,,S\nb,bravo,nl,wrong,,,,,S\n")
    assert problems_of(files) == [f"{tmp_path / 'terms.csv'}:3, status: unknown status 'wrong'"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("stages", "term,status,from,to\nzulu,allowed,2000,2001\n", "unknown term 'zulu'"),
        ("stages", "term,status,from,to\na,allowed,2002,2001\n", "to 2001 lies before from 2002"),
        ("rules", "terms,role,where,words\nzulu,name,before,de\n", "unknown term 'zulu'"),
        ("rules", "terms,role,where,words\na,joke,before,de\n", "unknown role 'joke'"),
        ("names", "name,language,kind\nWet,nl,law\n", "unknown column 'kind'"),
        ("names", "language\nnl\n", "column 'name' is missing"),
        ("wensen", "a,b\n1,2\n", "unknown vocabulary table 'wensen'"),
    ],
)
def test_a_wrong_table_is_told(tmp_path: Path, name: str, text: str, expected: str) -> None:
    files = vocabulary_of(tmp_path, "a,alfa,nl,allowed,,,,,S\n", **{name: text})
    assert any(expected in problem for problem in problems_of(files))


def test_broken_encoding_and_stray_cells_are_told(tmp_path: Path) -> None:
    files = vocabulary_of(tmp_path, "a,alfa,nl,allowed,,,,,S,too,many\n")
    (tmp_path / "names.csv").write_bytes(b"name,language\nWet \xff,nl\n")
    found = "\n".join(problems_of([*files, tmp_path / "names.csv"]))
    assert "the row has 11 cells, the header 9" in found
    assert "names.csv:2: byte 0xff is not UTF-8" in found


def test_a_sheet_saved_with_semicolons_and_a_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text(
        "\ufeffid;term;language;status;sources\na;alfa;nl;allowed;S\n", "utf-8"
    )
    (tmp_path / "sources.csv").write_text("id;title\nS;Bron\n", "utf-8")
    assert read_vocabulary(sorted(tmp_path.glob("*.csv"))).by_id["a"].term == "alfa"


def test_a_project_replaces_a_term_and_adds_one(tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text(
        HEADER + "migrant,migrant,nl,avoid,nieuwe buur,2024,,,S1\nbuur,nieuwe buur,nl,preferred,,,,,S1\n",
        "utf-8",
    )
    vocabulary = load_vocabulary(tmp_path)
    assert vocabulary.by_id["migrant"].status == "avoid"
    assert vocabulary.by_id["buur"].status == "preferred"
    assert len(vocabulary.terms) == len(load_vocabulary().terms) + 1
    assert vocabulary.version != load_vocabulary().version


def test_a_refused_form_is_not_searched_for(tmp_path: Path) -> None:
    from thuis.vocabulary.forms import forms, review_rows

    (tmp_path / "forms.csv").write_text("term,form,keep\nniet-wit,niet wit,no\n", "utf-8")
    vocabulary = load_vocabulary(tmp_path)
    assert "niet wit" in {form.text for form in forms(load_vocabulary())}
    assert "niet wit" not in {form.text for form in forms(vocabulary)}
    refused = [row for row in review_rows(vocabulary) if row["keep"] == "no"]
    assert [row["form"] for row in refused] == ["niet wit"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match="no CSV file"):
        load_vocabulary(tmp_path)


def test_the_shipped_tables_are_plain_utf8_with_one_line_ending() -> None:
    for file in SHIPPED.glob("*.csv"):
        data = file.read_bytes()
        assert b"\r" not in data
        assert data.decode("utf-8").endswith("\n")
