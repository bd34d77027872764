"""A project's own signs of a role."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.documents import Document, from_text
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.model import Rule
from thuis.vocabulary.own_rules import role_by_rules
from thuis.vocabulary.screen import Options, Screener


@pytest.mark.parametrize(
    ("where", "words", "sentence", "holds"),
    [
        ("before", ("project",), "Het project Blank begint.", True),
        ("before", ("project",), "Het project heet Blank.", False),
        ("before", ("ect",), "Het project Blank begint.", False),
        ("after", ("hout",), "Van blank hout.", True),
        ("after", ("hout",), "Van blank houtwerk.", False),
        ("after", ("hout*",), "Van blank houtwerk.", True),
        ("word", ("-gelakt",), "Het is blank-gelakt.", True),
        ("near", ("tafel",), "De tafel is van iets dat blank is.", True),
        ("near", ("tafel",), "De tafels zijn blank.", False),
        ("unless", ("mensen", "personen"), "Een blank vel.", True),
        ("unless", ("mensen", "personen"), "Blanke of blank, mensen zijn het.", False),
    ],
)
def test_a_sign_is_looked_for_where_it_must_stand(
    where: str, words: tuple[str, ...], sentence: str, holds: bool
) -> None:
    start = sentence.lower().rindex("blank")
    rule = Rule(("blank",), "other-sense", where, words)
    found = role_by_rules([rule], sentence, (start, start + 5), "blank", "text")
    assert (found is not None) is holds


def test_a_rule_keeps_to_its_terms_and_genres() -> None:
    rule = Rule(("blank",), "name", "after", ("hout",), genres=("law",))
    assert role_by_rules([rule], "blank hout", (0, 5), "blank", "law") == ("name", "after: hout")
    assert role_by_rules([rule], "blank hout", (0, 5), "blank", "letter") is None
    assert role_by_rules([rule], "wit hout", (0, 3), "wit", "law") is None


def test_a_projects_rule_goes_before_the_general_ones(tmp_path: Path) -> None:
    (tmp_path / "rules.csv").write_text(
        "terms,role,where,words,note\nallochtoon,name,after,in beeld,titel van een project\n", "utf-8"
    )
    document = from_text("De allochtonen in beeld begint morgen.")
    assert isinstance(document, Document)
    for folder, role in ((None, "use"), (tmp_path, "name")):
        screener = Screener(load_vocabulary(folder), Options(date="2024"))
        assert [hit.role for hit in screener.screen(document).hits] == [role]
