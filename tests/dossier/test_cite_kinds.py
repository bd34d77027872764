"""Citations that were missed or read wrongly, each as one of its kind; and the labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.labels import read_labels, score_citations
from thuis.dossier import cite
from thuis.dossier.cite.articles import span

GOLD = Path(__file__).parent / "gold"
WI, PW, SR = "jci1.3:c:BWBR0044770", "jci1.3:c:BWBR0015703", "jci1.3:c:BWBR0001854"
BW7, EVRM = "jci1.3:c:BWBR0005290&artikel=658", "jci1.3:v:BWBV0001000"


def ids(text: str) -> list[str]:
    return [each for found in cite.find(text) for each in found.ids]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("artikelen 5 tot en met 7 van de Wet inburgering 2021", [f"{WI}&artikel={n}" for n in (5, 6, 7)]),
        ("artikelen 5-7 van de Wet inburgering 2021", [f"{WI}&artikel={n}" for n in (5, 6, 7)]),
        ("artikelen 137c t/m 137e Sr", [f"{SR}&artikel=137{x}" for x in "cde"]),
        ("artikel 80quinquies/80sexies Sr", [f"{SR}&artikel=80{x}" for x in ("quinquies", "sexies")]),
        ("artikelen 8, 9 en 11 tot en met 12 EVRM", [f"{EVRM}&artikel={n}" for n in (8, 9, 11, 12)]),
        ("artikel 6, eerste lid, onderdeel b, onder 2°, van de Participatiewet", [f"{PW}&artikel=6&lid=1"]),
        ("artikel 6, lid 2, sub a en b, van de Participatiewet", [f"{PW}&artikel=6&lid=2"]),
        ("art. 7, vierde lid, tweede volzin, Participatiewet", [f"{PW}&artikel=7&lid=4"]),
        ("artikel 3, eerste en derde lid, aanhef en onder 1°, Participatiewet", [f"{PW}&artikel=3&lid=1"]),
        ("boek 7, titel 10, artikel 658 BW", [BW7]),
        ("artikel 658 van Boek 7 BW", [BW7]),
        ("artikel 658 van Boek 7 van het Burgerlijk Wetboek", [BW7]),
        ("artikel 658 BW Boek 7", [BW7]),
        ("Burgerlijk Wetboek, Boek 7, artikel 658", [BW7]),
        ("artikel 658 van titel 10 van Boek 7 BW", [BW7]),
        ("Participatiewet, art. 6, lid 2", [f"{PW}&artikel=6&lid=2"]),
        ("artikel 6 AVG", ["32016R0679"]),
        ("artikel 6 lid 1 onder f van de Algemene verordening gegevensbescherming", ["32016R0679"]),
        ("artikel 13 VWEU", ["12016E013"]),
        ("artikel 21 van het Handvest van de grondrechten van de Europese Unie", ["12016P021"]),
        ("artikel 2, vierde lid, IVRK", ["jci1.3:v:BWBV0002508&artikel=2&lid=4"]),
        ("artikel 17 IVBPR", ["jci1.3:v:BWBV0001017&artikel=17"]),
        ("artikel 6 van Verordening (EU) 2016/679", ["32016R0679"]),
        ("Verordening 883/2004", ["32004R0883"]),
        ("Verordening (EU, Euratom) 2018/1046", ["32018R1046"]),
        ("richtlijnen 2000/43/EG en 2000/78/EG", ["32000L0043", "32000L0078"]),
        ("COM(2020) 565 final", ["COM:2020:565:FIN"]),
        ("artikel 5 van die wet", []),
        ("artikel 6 lid 1 sr", []),
        ("besluit 2010/12 van de raad van Utrecht", []),
        ("artikel 157 van het Reglement van Orde zend ik u", ["wet:reglement-van-orde&artikel=157"]),
        ("de overgang in verband met Boek 8\nArtikel 251", []),
        ("over de Participatiewet\nArtikel 5 Begrippen", []),
        ("artikel 1, onder 1 tot en met 3 van de Grondwet", ["jci1.3:c:BWBR0001840&artikel=1"]),
    ],
)  # fmt: skip
def test_laws_and_acts(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamerstukken II 2020/21, 32 824, nr. 320, 325 en 330", ["320", "325", "330"]),
        ("Kamerstuk 32 824, nr. 320 en 321.", ["320", "321"]),
        ("Kamerstuk 32 824, nrs. 320-322 en 330", ["320", "321", "322", "330"]),
        ("Kamerstuk 32 824, nr. 320 en 3 maanden later", ["320"]),
        ("Kamerstuk 32 824, nr. 3, 12 brieven", ["3"]),
        ("Kamerstuk 32 824, nr . 320", ["320"]),
    ],
)
def test_lists_after_one_number(text: str, expected: list[str]) -> None:
    assert ids(text) == [f"kst-32824-{number}" for number in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("algemeen overleg (19637,27557, nr. 639)", ["kst-19637-639"]),
        ("motie (34000-XV, nr. 41)", ["kst-34000-XV-41"]),
        ("Zij krijgt nr. 22(30196).", ["kst-30196-22"]),
        ("op stuk nrs. 22, 23 (30196)", ["kst-30196-22", "kst-30196-23"]),
        ("Kamerstukken I 2022/23, CXLVI, X/Y/Z", ["kst-CXLVI-X", "kst-CXLVI-Y", "kst-CXLVI-Z"]),
        ("Kamerstukken I 2020/21, 35 570, A, B en C", ["kst-35570-A", "kst-35570-B", "kst-35570-C"]),
        ("de brief (35925 VII / 35925 IV, A)", ["kst-35925-VII-A"]),
        ("richtlijn (22.112 / 31.544, CK)", ["kst-20082009-22112-CK"]),
        ("kamerstukdossier 36657 -3", ["kst-36657-3"]),
        ("Aanhangsel Handelin-\ngen, vergaderjaar 2023–2024, nr. 1045", ["ah-tk-20232024-1045"]),
        ("Kamer\u00adstuk 32 824, nr. 378", ["kst-32824-378"]),
        ("het wetsvoorstel (34861)", ["dossier-34861"]),
        ("de Wet inburgering (35 483).", ["dossier-35483"]),
        ("wetsvoorstellen 35 483 en 35 484", ["dossier-35483", "dossier-35484"]),
        ("verdrag (Trb. 2012, 227) (33815);", ["trb-2012-227", "dossier-33815"]),
        ("begroting (TK 35533)", ["dossier-35533"]),
        ("Kamerstukken 35 000 XV", ["dossier-35000-XV"]),
        ("de Nota over 's Rijks financiën ( 36600 , nr. 1 )", ["kst-36600-1"]),
        ("de brieven ( 32 824 , nrs. 377 en 378 )", ["kst-32824-377", "kst-32824-378"]),
        (
            "begroting Infrastructuurfonds ( 35300-A ) en ( 36200-XV )",
            ["dossier-35300-A", "dossier-36200-XV"],
        ),
        ("de motie (35300-A, nr. 21)", ["kst-35300-A-21"]),
        (
            "de Regeling (Stcrt. 3 mei 2004, nr. 69) en Stb. 12 juni 2003, 261",
            ["stcrt-2004-69", "stb-2003-261"],
        ),
        ("in de Staatscourant van 13 juni 2007 (nr. 111 / pag. 12)", ["stcrt-2007-111"]),
        ("de wet kost (25 000) euro", []),
        ("er waren 36 200 huishoudens, nr. 1 in Europa", []),
    ],
)
def test_papers_without_the_usual_label(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize("number", ["3l5", "3I5", "2O1", "l2", "37B", "3l"])
def test_a_letter_in_a_number_is_doubted(number: str) -> None:
    (found,) = [c for c in cite.find(f"(Karnerstuk 32 824, nr. {number})") if c.kind == "kamerstuk"]
    assert found.ids == ()
    assert found.confidence < 0.5
    assert all("read as" in each.reason for each in found.candidates)
    assert [each.rule for each in cite.lint([found])] == ["misread"]
    assert found.url is None


def test_the_scanned_letter(shared: Path) -> None:
    text = (shared / "cases" / "letters" / "m10-ocr.txt").read_text("utf-8")
    papers = [c for c in cite.find(text) if c.kind == "kamerstuk"]
    assert [c.ids for c in papers] == [(), ("kst-35570-XV-81",), ()]
    assert [c.candidates[0].id for c in papers if not c.ids] == ["kst-32824-315", "kst-35570-XV-82"]


@pytest.mark.parametrize(
    ("text", "movers"),
    [
        ("Stemmingen moties Vreemdelingen- en asielbeleid", []),
        ("stemmingen moties Vreemdelingen en asielbeleid", []),
        ("de moties Landbouw- en Visserijraad", []),
        ("de motie Voordewind c.s.", ["Voordewind c.s."]),
        ("moties Marijnissen c.s. en Klaver c.s.", ["Marijnissen c.s."]),
        ("motie-Dijkgraaf/Pieter Heerma", ["Dijkgraaf/Pieter Heerma"]),
    ],
)
def test_titles_are_no_motions(text: str, movers: list[str]) -> None:
    assert [c.parts["mover"] for c in cite.find(text) if c.kind == "motion"] == movers


def test_a_broken_word_keeps_the_offsets_of_the_text() -> None:
    text = "Aanhangsel Handelin-\n  gen, vergaderjaar 2023–2024, nr. 1045, en Kamer-\nstuk 32 824, nr. 378."
    for found in cite.find(text):
        assert text[found.start : found.end] == found.text
    assert ids(text) == ["ah-tk-20232024-1045", "kst-32824-378"]


PIECES = [
    "artikel", "en", "t/m", "5", "7a", "lid", "onder 2°", "AVG", "Boek 7", "BW", "(33815)", "32 824,", "nr.",
    "3l5", "-\n", "Kamerstuk", "CXLVI, X/Y", "Wet inburgering", ",", "COM(2020) 5", "Verordening", "883/2004",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=60))
def test_offsets_always_point_at_the_text(text: str) -> None:
    end = 0
    for found in cite.find(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end


@given(st.integers(1, 400), st.integers(1, 60))
def test_a_range_of_articles_holds_every_number(first: int, more: int) -> None:
    assert span(str(first), str(first + more)) == tuple(str(n) for n in range(first, first + more + 1))


@pytest.mark.parametrize("name", ["citations-a", "citations-outside", "citations-fresh", "citations-fresh-2"])
def test_the_labels(name: str) -> None:
    scores = score_citations(read_labels(GOLD / f"{name}.jsonl"), cite.find)
    assert scores["papers"].recall == 1.0, scores["papers"].missed
    assert scores["papers"].precision == 1.0, scores["papers"].wrong
    assert scores["everything"].recall == 1.0, scores["everything"].missed


def test_the_third_fresh_labels() -> None:
    """A word glued to a number, a heading of two dossiers, a part of a code without article stay unread."""
    scores = score_citations(read_labels(GOLD / "citations-fresh-3.jsonl"), cite.find)
    assert scores["papers"].precision == 1.0, scores["papers"].wrong
    assert (scores["everything"].recall or 0) >= 0.97, scores["everything"].missed


def test_the_fourth_fresh_labels() -> None:
    """Seventy and twenty passages labelled before the rules ran; "Wet MRB '94" has no number here."""
    scores = score_citations(read_labels(GOLD / "citations-fresh-4.jsonl"), cite.find)
    assert scores["papers"].recall == 1.0, scores["papers"].missed
    assert scores["papers"].precision == 1.0, scores["papers"].wrong
    assert scores["everything"].recall == 1.0, scores["everything"].missed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HvJ EU 5 juli 2012, C-49/11 (Content Services)", ["C-49/11"]),
        ("gevoegde zaken C‑293/12 en C‑594/12", ["C-293/12", "C-594/12"]),
        ("Gerecht 12 mei 2011, T-81/09", ["T-81/09"]),
        ("(C-357/09 PPU, EU:C:2009:741)", ["C-357/09", "ECLI:EU:C:2009:741"]),
        ("zaak 12/345; kamer C-12/34 van het gebouw", []),
        ("de T-12/22 vrachtwagen", []),
        ("jci1.3:c:BWBR0044770&artikel=3&z=2024-01-01&g=2024-01-01", [f"{WI}&artikel=3"]),
        ("wetten.overheid.nl/jci1.3:c:BWBR0044770&amp;artikel=11", [f"{WI}&artikel=11"]),
        ("https://wetten.overheid.nl/BWBR0044770/2024-01-01", [WI]),
        ("het verdrag (BWBV0001000)", [EVRM]),
        ("gmb-2022-231456", ["gmb-2022-231456"]),
        ("Gemeenteblad van Utrecht 2021, nr. 123456", ["gmb-2021-123456"]),
        ("Gemeenteblad 2012, 44", []),
        ("Provinciaal blad 2019, 6254 en Waterschapsblad 2021, 4410", ["prb-2019-6254", "wsb-2021-4410"]),
        ("Bulletin of Acts and Decrees 2021, 38", ["stb-2021-38"]),
        ("Council Directive 2003/86/EC and Regulation (EC) No 883/2004", ["32003L0086", "32004R0883"]),
        ("Decision 2/3 majority, regulation 4 of the club, article 3 of the lease", []),
        ("Articles 8 and 14 ECHR", [f"{EVRM}&artikel=8", f"{EVRM}&artikel=14"]),
        ("article 6:162 of the Dutch Civil Code", ["jci1.3:c:BWBR0005289&artikel=162"]),
        ("artikelen 137c-f Sr", [f"{SR}&artikel=137{x}" for x in "cdef"]),
        ("artikel 137 c Sr", [f"{SR}&artikel=137c"]),
        ("artikel 11 Wet tijdelijk huisverbod", ["wet:wet-tijdelijk-huisverbod&artikel=11"]),
        ("Artikel 50\nWet arbeidsongeschiktheid zelfstandigen", []),
        ("Wet A art. 1 lid 3 Wet B van 1990", []),
        ("Handelingen II 2019/20, nr. 93, items 4 en 7", ["h-tk-20192020-93-4", "h-tk-20192020-93-7"]),
        ("Handelingen II 2019/20, nr. 93, item 4, 12 mei 2020", ["h-tk-20192020-93-4"]),
        ("Handelingen TK, vergaderjaar 2018-2019, 78e vergadering, item 12", ["h-tk-20182019-78-12"]),
    ],
)
def test_courts_registers_local_gazettes_and_english(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamerstukken II 1999/2000, 2000/2001, 2001/2002, 26 855.", ["dossier-26855"]),
        ("Kamerstukken I 2018/19, 35 073 (A, B).", ["kst-35073-A", "kst-35073-B"]),
        (
            "Kamerstukken I 2000/2001, 26 855 (250, 250a); 2001/2002, 26 855 (16, 16a)",
            ["kst-26855-250", "kst-20002001-26855-250a", "kst-20012002-26855-16", "kst-20012002-26855-16a"],
        ),
        ("Kamerstukken II 2019/20, 35 300 (SZW)", ["dossier-35300"]),
        ("Kamerstukken II 2019/20, 35 300 (2020)", ["dossier-35300"]),
        ("Kamerstukken I 2020/21, 35 483, D, p. 6 en E.", ["kst-35483-D", "kst-35483-E"]),
        ("28 689, nrs. 8-9 (rapport) en nr. 10 (bijlagen)", [f"kst-28689-{n}" for n in (8, 9, 10)]),
        ("Kamerstuk 29544, 1061", ["kst-29544-1061"]),
        ("de motie Peters c.s. 35 925 XV, 48.", ["kst-35925-XV-48"]),
        ("de motie over 35 925 XV, 48 uur later", []),
        ("de begroting 36 200 XV, 12 artikelen", []),
        ("Bijl. Hand. II 1982/83, 16 102, nrs. 20-21", ["kst-16102-20", "kst-16102-21"]),
    ],
)
def test_papers_as_acts_and_books_close_with_them(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_proceedings_with_a_dossier_are_no_sure_sitting() -> None:
    """ "Handelingen II …, 24 692, nr. 3" names a paper of the bill, or a sitting: neither is linked."""
    (found,) = cite.find("Handelingen II, 1995-1996, 24 692, nr. 3, p. 14")
    assert (found.ids, [each.id for each in found.candidates]) == ((), ["kst-24692-3"])


def test_what_no_list_holds_is_not_said_to_be_missing() -> None:
    (found,) = cite.find("gmb-2022-231456")
    assert found.exists is None and not cite.lint([found])


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Richtlijn (EU) 2016/681 (PbEU 2016, L 119)", ["32016L0681", "OJ:L:2016:119"]),
        ("(PbEU 2008, L 350/60)", ["OJ:L:2008:350"]),
        ("PB L 119 van 4.5.2016, blz. 1", ["OJ:L:2016:119"]),
        ("PbEG 1995, L 281", ["OJ:L:1995:281"]),
        ("Pb EU 2012, C 326", ["OJ:C:2012:326"]),
        ("(PbEU L, 2024/1689)", ["OJ:L_202401689"]),
        ("(PbEU L 119)", []),
        ("EHRM 9 juli 2015, nr. 32325/13", ["appno-32325/13"]),
        (
            "EHRM 28 juni 2011, Sufi en Elmi t. VK (nrs. 8319/07 en 11449/07)",
            ["appno-8319/07", "appno-11449/07"],
        ),
        ("application no. 30696/09", ["appno-30696/09"]),
        ("EHRM 3 mei 2005, ECLI:CE:ECHR:2005:0503JUD000001234", ["ECLI:CE:ECHR:2005:0503JUD000001234"]),
        ("Het EHRM heeft dit bevestigd; zie nr. 12/13", []),
        ("edossier E210015", ["edossier-E210015"]),
        ("het voorstel (E150007) van de Commissie", ["edossier-E150007"]),
        ("kleurstof E150000 en E120", []),
    ],
)
def test_what_lies_outside_both_houses(text: str, ids: list[str]) -> None:
    found = cite.find(f"Zie {text}.")
    assert [each for citation in found for each in citation.ids] == ids
    assert all(f"Zie {text}."[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize("letter", "ABCFHJK")
def test_the_letter_of_a_budget_is_no_letter_of_the_upper_house(letter: str) -> None:
    for text in (f"34000-{letter}-21", f"(34000-{letter}, nr. 21)", f"Kamerstuk 34 000 {letter}, nr. 21"):
        assert [each.ids for each in cite.find(text)] == [(f"kst-34000-{letter}-21",)], text
    assert [each.ids for each in cite.find(f"Kamerstuk 34 000, {letter}")] == [(f"kst-34000-{letter}",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamerstukken II 1968/69, 9595, 9596, nr. 5", ["kst-9595-5"]),
        ("(Kamerstukken I, 1969-1970, 9595,9596, blz 1092)", ["dossier-9595"]),
        ("Kamerstukken II 1985/86, 19403-(R1300), nr. 3", ["kst-19403-3"]),
        ("zijn goedgekeurd: 35315-(R2137)-1; 35313 (R2135)-1.", ["kst-35315-1", "kst-35313-1"]),
        ("Handelingen TK 62, 22 maart 2005, 62-3959", ["h-tk-20042005-62"]),
        ("Hand. EK 11 februari 2003, 18-594", ["h-ek-20022003-18"]),
    ],
)
def test_papers_of_old_and_of_the_kingdom(text: str, expected: list[str]) -> None:
    """Two dossiers of four digits, a number of a Rijkswet, a sitting by its day."""
    assert [each for found in cite.find(text) for each in found.ids] == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Handelingen II 1984/85, UCV 12, p. 12-3", ("II", "1984-1985", "12", "12-3")),
        ("Handelingen UCV, 1988/89, nr. 26, blz. 50 en 53", (None, "1988-1989", "26", "50en53")),
        ("Tweede Kamer, UCV 44, 20 juni 1994, 44-7", (None, "1993-1994", "44", "44-7")),
        ("Handelingen OCV/UCV 1980/81, p. 12", (None, "1980-1981", None, "12")),
        ("Handelingen UCV 14 november 1988, UCV 7, p. 7-3", (None, "1988-1989", "7", "7-3")),
    ],
)
def test_extended_committees_have_parts_and_no_id(text: str, parts: tuple[str | None, ...]) -> None:
    (found,) = cite.find(text)
    assert (found.kind, found.ids) == ("handelingen", ())
    assert tuple(found.parts.get(name) for name in ("chamber", "session", "sitting", "pin")) == parts


def test_an_extended_committee_without_a_time_is_no_citation() -> None:
    assert cite.find("In de UCV werd daarover gesproken.") == []


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("zie afdeling 10.2.1 van de Algemene wet bestuursrecht", "jci1.3:c:BWBR0005537&afdeling=10.2.1"),
        ("volgens hoofdstuk IV van de Grondwet", "jci1.3:c:BWBR0001840&hoofdstuk=IV"),
        ("zie § 3 van de Wet arbeid vreemdelingen", "jci1.3:c:BWBR0007149&paragraaf=3"),
        ("Wet op het primair onderwijs (WPO), artikel 8", "jci1.3:c:BWBR0003420&artikel=8"),
        ("artikel 6 Wi2021", "jci1.3:c:BWBR0044770&artikel=6"),
        ("artikel 64 Vw", "jci1.3:c:BWBR0011823&artikel=64"),
        ("het wetsvoorstel 36836 ligt voor", "dossier-36836"),
    ],
)
def test_parts_of_a_law_and_dossiers_newer_than_the_list(text: str, each: str) -> None:
    assert [found.id for found in cite.find(text)] == [each]


@pytest.mark.parametrize(
    "text",
    [
        "zie hoofdstuk 3 van het rapport",
        "titel 5 van de lijst",
        "het wetsvoorstel 99999",
        "er waren er meer (36836).",
    ],
)
def test_what_only_looks_like_a_part_of_a_law_or_a_new_dossier_is_none(text: str) -> None:
    assert cite.find(text) == []
