"""Ways to cite that real text uses, and numbers that only look like Parliament's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.labels import read_labels, score_citations
from thuis.dossier import cite

GOLD = Path(__file__).parent / "gold"
OFFICIAL = frozenset({"kamerstuk", "dossier", "handelingen", "aanhangsel"})


def ids(text: str) -> set[str]:
    return {each for found in cite.find(text) if found.kind in OFFICIAL for each in found.ids}


def test_the_fifth_fresh_labels() -> None:
    """Seventy passages of official sites; a register's list of old bills without a cue stays unread."""
    scores = score_citations(read_labels(GOLD / "citations-fresh-5.jsonl"), cite.find)
    assert scores["papers"].recall == 1.0, scores["papers"].missed
    assert scores["papers"].precision == 1.0, scores["papers"].wrong
    assert (scores["everything"].recall or 0) >= 0.99, scores["everything"].missed


def test_the_sixth_fresh_labels() -> None:
    """Sixteen passages labelled after the mending on the fifth, and first run when that had ended."""
    scores = score_citations(read_labels(GOLD / "citations-fresh-6.jsonl"), cite.find)
    assert scores["everything"].recall == 1.0, scores["everything"].missed
    assert scores["papers"].precision == 1.0, scores["papers"].wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamerstukken II 2018/19, 35 000 VII, nr. 9, p. 4.\n4 Idem, nr. 17.", "35000-VII-9 35000-VII-17"),
        ("1 Kamerstuk 34 372, nr. 3.\n2 Ibid., p. 14.\n3 Ibidem, nr. 6, p. 2.", "34372-3 34372-6"),
        ("Kamerstuk 34 372, nr. 3 (MvT). In de nota (t.a.p., nr. 6, p. 8)", "34372-3 34372-6"),
        (
            "Kamerstuk 35 000 VII, nr. 9 en Kamerstuk 34 775, nr. 3. Idem, nr. 17",
            "35000-VII-9 34775-3 34775-17",
        ),
        ("de motie Becker (Kamerstuk 32 824 nr. 250), motie Segers (idem nr. 251)", "32824-250 32824-251"),
        ("Idem, nr. 17.", ""),
        ("12 Kamerstuk 32 824, nr. 361.\n13 Stb. 2018, 321.\n14 Idem, nr. 17.", "32824-361"),
        ("Kamerstuk 32 824, nr. 361." + " Dit staat ver weg." * 40 + " Idem, nr. 17.", "32824-361"),
        ("Kamerstuk 32 824, nr. 361. Idem, nr. 9999.", "32824-361"),
    ],
)
def test_a_source_repeated(text: str, expected: str) -> None:
    assert ids(text) == {f"kst-{each}" for each in expected.split()}


def test_a_repeated_source_is_less_sure_and_tells_what_it_may_mean() -> None:
    found = cite.find("Kamerstuk 32 824, nr. 361. Idem, nr. 9999. Ibid., p. 3. Idem, nr. 378.")
    assert [each.confidence for each in found] == [1.0, 0.4, 0.4, 0.7]
    assert [[c.id for c in each.candidates] for each in found[1:3]] == [["kst-32824-9999"], ["kst-32824-361"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zij krijgt nr. 726 , was nr. 719 ( 21501-08 ).", "21501-08-726 21501-08-719"),
        ("de gewijzigde motie-Segers (35 663, nr. 14, was nr. 9)", "35663-14 35663-9"),
        ("de motie-Becker (36200-XV, nr. 17, gewijzigd, was nr. 12)", "36200-XV-17 36200-XV-12"),
        ("moties nrs. 14 t/m 16 (35 663)", "35663-14 35663-15 35663-16"),
        ("Motie-Becker op stuk 250 (32 824)", "32824-250"),
        ("Zij krijgt nr. 70 (31200-XI).", "31200-XI-70"),
        ("Zij krijgt nr. 70 (31200 XI).", "31200-XI-70"),
        ("Zij krijgt nr.\n  346\n  (\n  32847\n  ).", "32847-346"),
        ("de motie-Faber c.s. over de AOW (35788, letter D)", "35788-D"),
        ("EK 35.483, letter F, en motie-Stienen c.s. (35.483, letter K)", "35483-F 35483-K"),
        ("Kamerstuk 32 824, nr, 361", "32824-361"),
        ("Kamerstuk 32824 nr361", "32824-361"),
        ("Kamerstuk 32 824/361", "32824-361"),
        ("kamerstuk met nummer 32824, 361", "32824-361"),
        ("Kamerstukken I 2024/25, 36 706 e.a., A", "36706-A"),
        ("Tweede Kamer der Staten-Generaal2016-201734700 nr. 19", "34700-19"),
        ("Tweede Kamer der Staten-Generaal2019-202035300-VII nr. 85", "35300-VII-85"),
        ("| Eerste Kamer der Staten-Generaal | 2022-2023 | 35979 nr. H |", "35979-H"),
    ],
)
def test_papers_as_they_are_printed(text: str, expected: str) -> None:
    assert ids(text) == {f"kst-{each}" for each in expected.split()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTK 2019/20, 18, item 4", "h-tk-20192020-18-4"),
        ("Handelingen der Staten-Generaal, Tweede Kamer, 2019–2020, nr. 18, item 4", "h-tk-20192020-18-4"),
        ("Handelingen Eerste Kamer 2018-2019, nr. 12 - item 7", "h-ek-20182019-12-7"),
        ("Handelingen II, 7 november 2019, nr. 18, item 4", "h-tk-20192020-18-4"),
        ("Handelingen Tweede Kamer, 7 november 2019, TK 18", "h-tk-20192020-18"),
        ("Tweede Kamer der Staten-Generaal2016-2017nr. 69, item 22", "h-tk-20162017-69-22"),
        ("Tweede Kamer der Staten-Generaal2007-2008nr. 67, pagina 4709-4713", "h-tk-20072008-67"),
        ("Kamervragen (Aanhangsel) 2022-2023, nr. 3276", "ah-tk-20222023-3276"),
        ("antwoorden, vergaderjaar 2021-2022, Aanhangsel nr. 2475", "ah-tk-20212022-2475"),
        ("https://zoek.officielebekendmakingen.nl/dossier/32824", "dossier-32824"),
        ("tweedekamer.nl/wetsvoorstellen/detail?qry=wetsvoorstel%3A35483", "dossier-35483"),
        ("Wetsontwerp 16905 (klassieke grondrechten)", "dossier-16905"),
        ("Wijziging van de Algemene Ouderdomswet (gelijkstelling) (19258);", "dossier-19258"),
        ("in de zaal (19258) zaten", ""),
        ("het jaarverslag noemt wetsvoorstel 99 en dossier 19258", ""),
    ],
)
def test_proceedings_and_dossiers(text: str, expected: str) -> None:
    assert ids(text) == set(expected.split())


@pytest.mark.parametrize(
    "text",
    [
        "NEN 35000, nr. 9 en ISO 27001",
        "een bedrag van 35 663, nr. 14 was het",
        "ruim 32 824, nr. 3",
        "H.R. 1996, 32 824, nr. 5, BNB 1997/12",
        "HR 23 april 1997, nr. 32 103, BNB 1997/197",
        "Hof Amsterdam nr. 32 824, rolnr. 17",
        "artikelnummer 32824-361 in de webshop",
        "2500 EA 32824 nr. 3",
        "zaaknummer 32824, nr. 3",
        "KvK 32824378, nr. 5",
        "archiefnummer 32824, nr. 17",
        "Stcrt. nr. 5 (12345 exemplaren)",
        "huisnummer 5 (12 345)",
        "ISBN 978-90-12-32824-3",
        "parketnummer 13/032824-19, nr. 5",
        "in 2021 32 824 deelnemers, 361 meer dan in 2020",
        "zoek.officielebekendmakingen.nl/dossier/123456",
    ],
)
def test_numbers_of_others_are_no_papers(text: str) -> None:
    assert ids(text) == set()


def test_laws_beside_a_ruling_and_in_one_list() -> None:
    beside = (
        "Wetsverwijzingen\nFaillissementswet 53\nAlgemene wet bestuursrecht 8:75, geldigheid 2014-01-01\n"
        "Vindplaatsen\nJOL 2003, 512"
    )
    assert [each.id for each in cite.find(beside)] == [
        "jci1.3:c:BWBR0001860&artikel=53",
        "jci1.3:c:BWBR0005537&artikel=8:75",
    ]
    listed = (
        "de artikelen 3 van de Gemeentewet, 5 van de Provinciewet en 6, eerste lid, van de Participatiewet"
    )
    assert [each.id for each in cite.find(listed)] == [
        "jci1.3:c:BWBR0005416&artikel=3",
        "jci1.3:c:BWBR0005645&artikel=5",
        "jci1.3:c:BWBR0015703&artikel=6&lid=1",
    ]
    other = "artikel 3 van de Participatiewet en 6 maanden later"
    assert [each.text for each in cite.find(other)] == ["artikel 3 van de Participatiewet"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Kamerstuk ٣٢ ٨٢٤, nr. ٣٦١", "kst-32824-361"),
        ("Kamerstuk 32 824, nr. ३६१", "kst-32824-361"),
        ("artikel ٣ van de Grondwet", "jci1.3:c:BWBR0001840&artikel=3"),
    ],
)
def test_digits_of_another_script_make_no_id(text: str, meant: str) -> None:
    (found,) = cite.find(text)
    assert (found.ids, found.url, found.exists) == ((), None, None)
    assert [each.id for each in found.candidates] == [meant]


DAMAGED = [
    lambda text: text[: len(text) // 3],
    lambda text: text.replace("1", "9" * 500),
    lambda text: text.replace("(", "(" * 300),
    lambda text: text.replace(",", ", " * 200),
    lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    lambda text: text.replace(" ", "\u202e\x00 "),
    lambda text: text.encode().decode("latin-1"),
]


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_text_makes_no_trouble_and_no_odd_id(damage: Callable[[str], str]) -> None:
    for row in read_labels(GOLD / "citations-fresh-5.jsonl")[::3]:
        text = damage(row["text"])
        for found in cite.find(text):
            assert text[found.start : found.end] == found.text
            assert all(each.isascii() and len(each) < 150 for each in found.ids if found.kind != "report")
