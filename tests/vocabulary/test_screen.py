"""Screening end to end on text: places, roles and verdicts, decisions, reports, exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from thuis.cli import thuis
from thuis.documents import Document, from_text
from thuis.errors import ThuisError
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.decisions import Decision, honour, read_decisions, record
from thuis.vocabulary.screen import Options, Screened, Screener

LETTER = """Den Haag, 14 november 2022

Geachte voorzitter,

De alloch-
tonen in de wijk werken. De Minister voor Wonen, Wijken en Integratie sprak.
Zij zei: "allochtonen horen erbij". De islamieten en de islamiet bidden.
"""


def screened(text: str, name: str = "brief.txt", **options: str) -> Screened:
    document = from_text(text, name)
    assert isinstance(document, Document)
    return Screener(load_vocabulary(), Options(**options)).screen(document)


def run(*args: object, text: str | None = None) -> Result:
    return CliRunner().invoke(thuis, ["screen", *map(str, args)], input=text)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "brief.txt"
    file.write_text(LETTER, "utf-8")
    return file


def test_a_letter_is_dated_and_its_hits_have_roles_and_places() -> None:
    result = screened(LETTER)
    assert (result.date, result.genre, result.language) == ("2022-11-14", "letter", "nl")
    found = [(hit.text, hit.line, hit.column, hit.role, hit.level) for hit in result.hits]
    assert found == [
        ("allochtonen", 5, 4, "use", "replace"),
        ("Integratie", 6, 60, "name", "fine"),
        ("allochtonen", 7, 11, "quotation", "fine"),
        ("islamieten", 7, 40, "use", "replace"),
        ("islamiet", 7, 57, "use", "replace"),
    ]


def test_the_same_words_are_right_in_their_time() -> None:
    old = LETTER.replace("14 november 2022", "14 november 2005")
    assert {hit.why for hit in screened(old).hits if hit.term == "allochtoon"} == {"in-its-time", "quotation"}
    assert screened(LETTER, date="2005").hits[0].level == "fine"


def test_without_a_date_a_text_is_judged_as_of_today() -> None:
    result = screened("De allochtonen werken.", "brief.txt", today="2010-01-01")
    assert (result.date, result.hits[0].level) == (None, "fine")
    assert screened("De allochtonen werken.", "brief.txt", today="2030-01-01").hits[0].level == "replace"


def test_advice_of_a_later_day_is_not_given() -> None:
    found = screened("De allochtonen werken.", date="2018").hits[0]
    assert [each.text for each in found.replacements] == ["persoon met een migratieachtergrond"]
    later = screened("De allochtonen werken.", date="2024").hits[0]
    assert [each.text for each in later.replacements] == ["migrant", "kind van migranten"]


def test_the_sentence_holds_the_hit() -> None:
    for hit in screened(LETTER).hits:
        assert hit.sentence[hit.within : hit.within + len(hit.text)] == hit.text
    assert screened(LETTER).hits[-1].sentence == "De islamieten en de islamiet bidden."


def test_a_decision_survives_moved_text_and_lapses_with_its_sentence(tmp_path: Path) -> None:
    result = screened(LETTER)
    file = tmp_path / "screening-decisions.csv"
    record(file, [result], {result.hits[0].key: Decision("reject", "naam van een project")})
    decisions = read_decisions(file)
    moved = honour(screened("Een regel erboven.\n\n" + LETTER), decisions)
    assert isinstance(moved, Screened)
    assert [hit.decision for hit in moved.hits] == ["reject", None, None, None, None]
    assert [hit.text for hit in moved.at("replace")] == ["islamieten", "islamiet"]
    changed = honour(screened(LETTER.replace("werken", "wonen")), decisions)
    assert isinstance(changed, Screened)
    assert {hit.decision for hit in changed.hits} == {None}


def test_wrong_decisions_come_all_at_once(tmp_path: Path) -> None:
    file = tmp_path / "besluiten.csv"
    file.write_text("key,decision,reason\na,reject,\nb,maybe,x\nc,accept,\nc,reject,y\nd,,\n", "utf-8")
    with pytest.raises(ThuisError) as error:
        read_decisions(file)
    assert [problem.what for problem in error.value.problems] == [
        "a rejection without a reason",
        "unknown decision 'maybe'",
        "hit c is decided twice, differently",
    ]
    with pytest.raises(ThuisError, match="unknown hit 'zz'"):
        record(tmp_path / "x.csv", [screened(LETTER)], {"zz": Decision("accept")})


def test_exit_codes(letter: Path, tmp_path: Path) -> None:
    assert run(letter).exit_code == 1
    assert run(letter, "--fail-on", "never").exit_code == 0
    assert run(letter, "--date", "2005").exit_code == 0
    assert run(letter, "--date", "soon").exit_code == 2
    assert run(tmp_path / "absent.txt").exit_code == 2
    (tmp_path / "leeg.txt").write_text("", "utf-8")
    empty = run(tmp_path / "leeg.txt")
    assert empty.exit_code == 3
    assert "niet te doorzoeken: geen tekst" in empty.output
    assert run("-", text=LETTER).exit_code == 1


def test_a_reviewer_decides_on_the_command_line(letter: Path) -> None:
    keys = [hit["key"] for hit in json.loads(run(letter, "--json").output)["documents"][0]["hits"]]
    assert run(letter, "--reject", keys[0]).exit_code == 2
    rejecting = [part for key in (keys[0], keys[3], keys[4]) for part in ("--reject", key)]
    assert run(letter, *rejecting, "--reason", "citaat").exit_code == 0
    assert run(letter).exit_code == 0
    assert "citaat" in run(letter, "--all").output


def test_a_filled_in_sheet_is_a_decisions_file(letter: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(letter, "--format", "csv").output)))
    assert [row["verdict"] for row in rows] == ["replace", "fine", "fine", "replace", "replace"]
    for row in rows:
        row["decision"], row["reason"] = "reject", "past hier"
    sheet = tmp_path / "sheet.csv"
    with sheet.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert run(letter, "--decisions", sheet).exit_code == 0


def test_json_tells_every_hit_with_its_ground(letter: Path) -> None:
    told = json.loads(run(letter, "--json").output)
    assert told["summary"] == {"screened": 1, "unscreened": 0, "replace": 3, "consider": 0, "fine": 2}
    hit = told["documents"][0]["hits"][0]
    assert (hit["term"], hit["verdict"], hit["why"]) == ("allochtoon", "replace", "advised-against")
    assert hit["sources"] == ["S5", "S6", "S13"]


def test_a_formula_in_a_text_is_not_one_in_the_sheet() -> None:
    from thuis.vocabulary.report.machine import as_csv

    [row] = csv.DictReader(io.StringIO(as_csv([screened("=HYPERLINK(allochtonen)", date="2022")])))
    assert row["sentence"].startswith("'=")


def test_safe_suggestions_are_carried_out_and_others_are_left(letter: Path) -> None:
    done = run(letter, "--apply")
    text = letter.read_text("utf-8")
    assert "De moslims en de moslim bidden." in text
    assert "alloch-\ntonen" in text
    assert text == LETTER.replace("islamieten", "moslims").replace("islamiet ", "moslim ")
    assert done.exit_code == 1
    assert run(letter, "--apply").exit_code == 1
    assert letter.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("het Jaarrapport Integratie verschijnt", "de Rapportage Integratie en Samenleven verschijnt"),
        ("Dit Jaarrapport Integratie verschijnt", "Deze Rapportage Integratie en Samenleven verschijnt"),
        ("het nieuwe Jaarrapport Integratie", None),
        ("een Mohammedan", None),
    ],
)
def test_agreement_is_set_right_or_the_suggestion_is_left(text: str, expected: str | None) -> None:
    from thuis.vocabulary.apply import applied, change_for

    result = screened(text, date="2024", language="nl")
    found = [change_for(hit, result.document, load_vocabulary()) for hit in result.hits]
    changes = [each for each in found if each]
    assert (applied(text, changes) if changes else None) == expected


def test_an_english_article_follows_the_new_word() -> None:
    from thuis.vocabulary.apply import applied, change_for

    text = "They met an Mohammedan."
    result = screened(text, date="2024", language="en")
    [change] = [change_for(hit, result.document, load_vocabulary()) for hit in result.hits]
    assert change
    assert applied(text, [change]) == "They met a Muslim."


def test_sarif_has_rules_places_fixes_and_suppressions(letter: Path) -> None:
    keys = [hit["key"] for hit in json.loads(run(letter, "--json").output)["documents"][0]["hits"]]
    run(letter, "--reject", keys[0], "--reason", "naam")
    run_ = json.loads(run(letter, "--format", "sarif").output)["runs"][0]
    assert [rule["id"] for rule in run_["tool"]["driver"]["rules"]] == ["allochtoon", "islamiet"]
    results = run_["results"]
    assert [each["level"] for each in results] == ["warning"] * 3
    assert results[0]["suppressions"][0]["justification"] == "naam"
    region = results[1]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (7, 40, 50)
    fix = results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    start = fix["deletedRegion"]["charOffset"]
    assert LETTER[start : start + fix["deletedRegion"]["charLength"]] == "islamieten"
    assert fix["insertedContent"]["text"] == "moslims"


def test_the_html_report_is_whole_without_a_script_and_escapes_the_text(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text(LETTER + '<script>alert("x")</script>', "utf-8")
    out = tmp_path / "report.html"
    assert run(file, "--format", "html", "--out", out, "--language", "en").exit_code == 1
    page = out.read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count('id="d1h') == 5
    assert "http" not in page.replace("http-equiv", "")
    assert list(tmp_path.glob("*.part")) == []


def test_a_word_that_is_only_named_stands_in_emphasis() -> None:
    text = "The ways are *allochtoon* and `autochtoon` (1999), and _autochtonen_ were counted."
    assert [hit.role for hit in screened(text, "x.md", date="2026", language="en").hits] == ["quotation"] * 3
    strong = "Veel **allochtonen** werken, **en allochtonen** leren."
    assert [hit.role for hit in screened(strong, "x.md", date="2026").hits] == ["quotation", "use"]
