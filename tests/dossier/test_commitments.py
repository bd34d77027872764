"""Which sentences promise, what they promise, to whom and by when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuis.dossier.commitments import Commitment, classify, find_commitments, find_in_debate, read_debate
from thuis.dossier.commitments.classify import role_of
from thuis.dossier.commitments.parts import debate_in, made_on, to_whom, what_in
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.letter import Letter, read_letter
from thuis.dossier.reading import read_citations
from thuis.errors import ThuisError

HERE = Path(__file__).parent
LABELS = {
    "nieuw": "new",
    "herhaling": "repeated",
    "verwijzing": "by-reference",
    "verzoek": "request",
    "weigering": "refused",
    "geld": "money",
    "vals": None,
}
DAY = date(2022, 11, 14)


SOME = """ik zeg u toe om dat binnen 3 99 maanden weken jaar voor 31 februari 29 mei uiterlijk in het vierde
kwartaal van 2023 toegezegd niet als Kamer debat de heer Van Baarle zomer . ? , ; ¹² – één"""
WORDS = st.lists(st.sampled_from(SOME.split()), max_size=30).map(" ".join)


@given(text=WORDS | st.text(max_size=60), day=st.dates(date(1995, 1, 1), date(2060, 12, 31)))
def test_no_words_break_the_rules(text: str, day: date) -> None:
    for role in ("government", "member", "chair", "unknown"):
        judged = classify(text, role)
        assert judged is None or 0 <= judged.start <= judged.end <= len(text)
    term = term_in(text, day)
    assert term is None or (term.words in text and (term.day is None or term.day >= day))
    what_in(text, 0, text)
    to_whom(text)
    made = made_on(text, day)
    assert made is None or made <= day


@pytest.fixture(scope="module")
def letter() -> Letter:
    return read_letter(HERE / "letters" / "kst-32824-378-ministry-pdf.txt")


@pytest.fixture(scope="module")
def found(letter: Letter) -> Sequence[Commitment]:
    return find_commitments(read_citations(letter))


def test_labelled_sentences_of_one_plenary_day() -> None:
    wrong = []
    lines = (HERE / "commitment-sentences.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        judged = classify(row["zin"], role_of(row["spreker"]))
        if (judged.kind if judged else None) != LABELS[row["label"]]:
            wrong.append((row["label"], judged, row["zin"]))
    assert len(lines) == 22
    assert not wrong


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("new", "Ik zeg u toe dat ik daar voor de zomer een brief over stuur."),
        ("new", "Daar kom ik bij u op terug, dat zeg ik toe."),
        ("new", "Dat wil ik mevrouw Van der Plas best toezeggen."),
        ("new", "Hierbij zeg ik uw Kamer toe het onderzoek te delen."),
        ("new", "Over de uitkomsten informeer ik uw Kamer in het voorjaar van 2023."),
        ("new", "Uw Kamer ontvangt de evaluatie voor het einde van het jaar."),
        ("new", "Wij zullen uw Kamer binnen drie maanden informeren."),
        ("repeated", "Conform mijn toezegging stuur ik u hierbij het rapport."),
        ("repeated", "Hiermee geef ik uitvoering aan mijn toezegging aan het lid Bos."),
        ("repeated", "Zoals toegezegd ontvangt u hierbij de cijfers."),
        ("repeated", "Deze toezegging doe ik hierbij gestand."),
        ("repeated", "Deze toezegging heb ik gedaan naar aanleiding van de vraag van het lid Bos."),
        ("repeated", "Mijn voorganger heeft toegezegd dat dit onderzoek er komt."),
        ("refused", "Ik kan dat niet toezeggen."),
        ("refused", "Ik ga daar nu geen toezegging over doen."),
        ("refused", "Toezeggen kan ik dat niet."),
        ("refused", "Dat zeg ik niet toe."),
        ("refused", "Ik kan die toezegging niet doen."),
        ("refused", "Die toezegging doe ik niet."),
        ("new", "Die toezegging kan ik doen."),
        ("new", "Voor de zomer kom ik met een brief."),
        ("new", "We zoeken dat uit en u hoort dat voor de zomer."),
        ("repeated", "Tijdens het debat is toegezegd uw Kamer te informeren."),
        (None, "Als ik lees over de voornemens op het terrein van duurzaamheid, is dat goed om te doen."),
        ("conditional", "Als de middelen er zijn, zeg ik dat toe."),
        ("conditional", "Ik zou dat best willen toezeggen, maar ik ga er niet alleen over."),
        ("intention", "Ik ben voornemens om de regeling in 2024 te verlengen."),
        ("intention", "Ik streef ernaar de wet te wijzigen."),
        ("by-reference", "De heer Bos verwees naar de toezegging van de staatssecretaris."),
        (None, "Het SCP geeft aan dat de resultaten in lijn zijn met eerder onderzoek."),
        (None, "Tevens informeer ik u over de stand van zaken."),
        (None, "Dat zegt iets over de weg naar de locaties toe."),
        (None, "Zal ik u in 2023 informeren?"),
    ],
)
def test_what_a_minister_says(kind: str | None, sentence: str) -> None:
    judged = classify(sentence)
    assert (judged.kind if judged else None) == kind, judged


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("request", "Kan de staatssecretaris toezeggen dat er een brief komt?"),
        ("request", "Graag een toezegging op dit punt."),
        ("request", "Ik zou hierop graag een toezegging krijgen."),
        ("by-reference", "Dank voor de toezegging van de minister."),
        ("by-reference", "Wat is er gebeurd met wat de minister vorig jaar heeft toegezegd?"),
        ("by-reference", "De minister zei dat zij dat toezegt."),
        (None, "Dat vraag ik de minister."),
        (None, "Meneer Bos heeft beloofd dat hij ernaar gaat kijken."),
        ("by-reference", "De minister heeft beloofd dat zij ernaar gaat kijken."),
        ("request", "Mijn fractie vraagt de bewindslieden om een toezegging."),
        ("request", "Ik vraag de bewindslieden ondubbelzinnige toezeggingen op dit terrein."),
    ],
)
def test_what_a_member_says_is_never_a_promise(kind: str | None, sentence: str) -> None:
    judged = classify(sentence, "member")
    assert (judged.kind if judged else None) == kind, judged


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("voor de zomer van 2023", date(2023, 6, 30)),
        ("voor het kerstreces", date(2022, 12, 24)),
        ("in het derde kwartaal van 2023", date(2023, 9, 30)),
        ("in het eerste kwartaal", date(2023, 3, 31)),
        ("in mei", date(2023, 5, 31)),
        ("eind februari 2024", date(2024, 2, 29)),
        ("begin 2023", date(2023, 3, 31)),
        ("medio volgend jaar", date(2023, 6, 30)),
        ("eind 2023", date(2023, 12, 31)),
        ("in 2024", date(2024, 12, 31)),
        ("voor het einde van het jaar", date(2022, 12, 31)),
        ("voor 1 mei 2023", date(2023, 4, 30)),
        ("uiterlijk 1 mei 2023", date(2023, 5, 1)),
        ("uiterlijk op 1 maart", date(2023, 3, 1)),
        ("in de tweede helft van 2023", date(2023, 12, 31)),
        ("dit najaar", date(2022, 12, 20)),
        ("binnen zes weken", date(2022, 12, 26)),
        ("binnen 3 maanden", date(2023, 2, 14)),
        ("volgende week", date(2022, 11, 27)),
        ("volgende maand", date(2022, 12, 31)),
        ("zo spoedig mogelijk", None),
    ],
)
def test_terms(words: str, day: date | None) -> None:
    term = term_in(f"Ik stuur u {words} een brief.", DAY)
    assert term is not None
    assert (term.words, term.day) == (words, day)


def test_no_term() -> None:
    assert term_in("tijdens het debat van 20 april 2022", DAY) is None
    assert term_in("het Jaarrapport verscheen in 2020", DAY) is None
    assert term_in("voor 1 mei 2022", DAY) is None


def test_a_term_without_a_date_of_the_text_has_no_day() -> None:
    term = term_in("voor de zomer", None)
    assert term is not None
    assert term.day is None


def test_parts_of_a_sentence() -> None:
    assert to_whom("Conform de motie van het lid Harbers informeer ik u in 2023.") is None
    assert to_whom("Naar aanleiding van de vraag van het lid Bos zeg ik dit toe.") == "Bos"
    assert to_whom("Ik heb toegezegd iets te doen waar een deel van de Kamer tegen is.") is None
    assert to_whom("De Kamer ontvangt in mei de evaluatie.") == "De Kamer"
    assert debate_in("Ik heb in het debat eveneens toegezegd dat dit gebeurt.") is None
    text = "Ik zeg mevrouw Van der Plas toe om voor 1 mei een brief te sturen."
    assert to_whom(text) == "Van der Plas"
    assert what_in(text, 30) == "voor 1 mei een brief te sturen"
    assert debate_in("Tijdens het tweeminutendebat Integratie van 3 mei heb ik dit gezegd.") is None
    assert debate_in("heb ik in het Tweeminutendebat Integratie van 3 mei") == "Tweeminutendebat Integratie"
    assert debate_in("tijdens het algemeen overleg op 3 mei") == "algemeen overleg"
    assert made_on("in het debat van 20 december", date(2022, 11, 14)) == date(2021, 12, 20)
    assert made_on("Ik kom er op 20 december 2022 op terug.", DAY) is None


class TestFoundingLetter:
    def test_all_of_them_and_no_more(self, found: Sequence[Commitment]) -> None:
        assert [(each.where, each.kind, each.to, each.made) for each in found] == [
            ("b1", "repeated", "Van Baarle", date(2022, 4, 20)),
            ("b1", "repeated", None, date(2022, 4, 19)),
            ("b10", "intention", None, date(2022, 11, 14)),
            ("b13", "repeated", "Van Baarle", date(2022, 4, 20)),
            ("n12", "repeated", None, None),
        ]

    def test_van_baarle(self, found: Sequence[Commitment]) -> None:
        first, second = (each for each in found if each.to == "Van Baarle")
        assert first.debate == second.debate == "Commissiedebat Inburgering en Integratie"
        assert first.what.startswith("het herzien van het beleidsvocabulaire rondom integratie")
        assert second.what == "ons beleidsvocabulaire te beoordelen en te herzien"
        assert second.repeats == first.id

    def test_the_promise_of_19_april_names_its_paper(self, found: Sequence[Commitment]) -> None:
        assert found[1].debate_id == "ah-tk-20212022-2475"
        assert found[1].what.endswith("een verkenning op het gebied van de terminologie naar herkomst")

    def test_the_intention_has_its_term(self, found: Sequence[Commitment]) -> None:
        term = found[2].term
        assert term is not None
        assert (term.words, term.day) == ("aan het einde van dit jaar", date(2022, 12, 31))

    def test_the_proof_stands_in_the_source(self, letter: Letter, found: Sequence[Commitment]) -> None:
        for each in found:
            shown = letter.source[slice(*each.source)].split()
            said = each.sentence.rstrip("¹² .").split()
            assert shown[0] == said[0]
            assert set(said[-4:]) <= {word.strip(".,") for word in shown}

    def test_as_dict_is_json(self, found: Sequence[Commitment]) -> None:
        told = json.loads(json.dumps(found[2].as_dict()))
        assert (told["due"], told["made"]) == ("2022-12-31", "2022-11-14")


DEBATE = """<?xml version="1.0"?><officiele-publicatie><handelingen><agendapunt>
<item-titel>Samen &amp; leven</item-titel>
<spreekbeurt><spreker><voorvoegsels>Mevrouw</voorvoegsels> <naam><achternaam>Bos</achternaam></naam>
(<politiek>D66</politiek>):</spreker><tekst><al>Kan de minister een brief toezeggen?</al>
<motie><al>verzoekt de regering dit toe te zeggen,</al></motie></tekst></spreekbeurt>
<spreekbeurt><spreker>Minister <naam>Jansen</naam>:</spreker>
<tekst><al>Ik stuur mevrouw <nadruk>Bos</nadruk> in mei een brief. Dat zeg ik haar toe.</al></tekst>
</spreekbeurt></agendapunt></handelingen></officiele-publicatie>"""


class TestDebate:
    def test_speeches_and_promises(self, tmp_path: Path) -> None:
        file = tmp_path / "h-tk-20222023-7-3.xml"
        file.write_text(DEBATE, "utf-8")
        debate = read_debate(file, day=date(2023, 1, 10))
        assert (debate.id, debate.title) == ("h-tk-20222023-7-3", "Samen & leven")
        assert [(each.name, each.role) for each in debate.speeches] == [
            ("Mevrouw Bos", "member"),
            ("Minister Jansen", "government"),
        ]
        asked, promised = find_in_debate(debate)
        assert (asked.kind, asked.who, asked.made) == ("request", None, None)
        assert (promised.kind, promised.who, promised.to) == ("new", "Minister Jansen", "Bos")
        assert promised.what == "Ik stuur mevrouw Bos in mei een brief"
        assert (promised.made, promised.debate_id) == (date(2023, 1, 10), "h-tk-20222023-7-3")
        assert debate.source[slice(*promised.source)] == "Dat zeg ik haar toe."

    def test_the_list_of_the_chair(self, tmp_path: Path) -> None:
        file = tmp_path / "h-tk-20222023-7-4.xml"
        file.write_text(
            "<officiele-publicatie><handelingen><item-titel>Integratie</item-titel>"
            "<spreker>De voorzitter:</spreker><al>Ik lees de toezeggingen voor.</al>"
            "<al>– De minister stuurt de Kamer voor de zomer een brief over contact.</al>"
            "<al>– De Kamer ontvangt in mei de evaluatie.</al><al>Akkoord? Dan dank ik iedereen.</al>"
            "<spreker>Mevrouw Bos (D66):</spreker><al>De minister was duidelijk.</al>"
            "</handelingen></officiele-publicatie>",
            "utf-8",
        )
        found = find_in_debate(read_debate(file, day=date(2023, 1, 10)))
        listed = [each for each in found if each.rule == "summed-up"]
        assert [(each.kind, each.term.day if each.term else None) for each in listed] == [
            ("by-reference", date(2023, 6, 30)),
            ("by-reference", date(2023, 5, 31)),
        ]
        assert {each.debate for each in listed} == {"Integratie"}
        assert len(found) == 3

    def test_real_reports(self, shared: Path) -> None:
        folder = shared / "kamerstukken" / "handelingen"
        found = [
            (each.kind, each.who)
            for file in sorted(folder.glob("*.xml.xz"))
            for each in find_in_debate(read_debate(file, day=date(2018, 4, 5)))
        ]
        new = [who for kind, who in found if kind == "new"]
        assert len(new) == 20
        assert all(who and who.startswith(("Minister", "Staatssecretaris")) for who in new)

    @pytest.mark.parametrize(
        ("name", "content", "what"),
        [
            ("a.xml", "<kamerstuk><al>Geachte voorzitter</al></kamerstuk>", "no report of a debate"),
            ("b.xml", b"\xff\xfe\x00", "cannot be read as text"),
            ("c.xml.xz", b"not packed", "cannot be read as text"),
            ("d.xml", None, "no such file"),
        ],
    )
    def test_bad_files(self, tmp_path: Path, name: str, content: str | bytes | None, what: str) -> None:
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(ThuisError, match=what):
            read_debate(file)
