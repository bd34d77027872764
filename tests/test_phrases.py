"""Word lists that are data: each name the code asks for is there, and each that is there is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thuis.dossier.commitments import expressions, forms
from thuis.language.phrases import Phrases
from thuis.vocabulary.roles import words

ROOMS = [Path(module.__file__).parent for module in (expressions, words)]
CODE = "\n".join(path.read_text("utf-8") for room in ROOMS for path in sorted(room.glob("*.py")))
DOCUMENTS = {
    name: found
    for module in (expressions, forms, words)
    for name, found in vars(module).items()
    if isinstance(found, Phrases)
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_the_code_asks_for_is_what_a_document_tells(name: str) -> None:
    told = DOCUMENTS[name].document
    asked = re.findall(rf'\b{name}(?:\[|\.words\[)"([\w-]+)"', CODE)
    asked += [
        each for pair in re.findall(rf'\b{name}\["([\w-]+)" if \w+ else "([\w-]+)"', CODE) for each in pair
    ]
    assert sorted({*told["phrases"], *told.get("words", {})}) == sorted(set(asked))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_phrase_of_a_document_is_an_expression_and_every_part_is_used(name: str) -> None:
    document = DOCUMENTS[name]
    assert all(document[each].pattern for each in document.document["phrases"])
    every = "".join(str(each.document) for each in DOCUMENTS.values())
    assert [part for part in document.document.get("parts", {}) if f"{{{part}}}" not in every] == []


def test_the_notation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "noted.yaml").write_text(
        "parts:\n  PAPER: [brief, \\w*rapportage]\nphrases:\n"
        "  comes:\n    - er (komt|volgt) … {PAPER}\n    - [spoedig, binnenkort]\n    - ^\\W*kondig~\n"
        "  near:\n    - ik …{0,5} brief\n"
    )
    monkeypatch.setattr("thuis.yaml.files", lambda _package: tmp_path)
    noted = Phrases("any", "noted.yaml")
    found = {
        text: bool(noted["comes"].search(text))
        for text in (
            "Er komt binnen een maand een voortgangsrapportage.",
            "er volgt niets. De brief",
            "dat is SPOEDIG klaar",
            "bespoedigd",
            "kondigde hij aan",
            "dat kondigde hij aan",
        )
    }
    assert list(found.values()) == [True, False, True, False, True, False]
    assert noted["near"].search("ik een brief") and not noted["near"].search("ik stuur een brief")
    assert noted["comes"].groups == 0
