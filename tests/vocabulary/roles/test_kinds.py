"""Each kind of standing: members the rules were not written for one by one. ``[[ ]]`` marks the hit."""

from __future__ import annotations

import pytest

from thuis.documents import Document, from_text
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.roles.frames import historic
from thuis.vocabulary.roles.mention import marked
from thuis.vocabulary.roles.window import Window
from thuis.vocabulary.roles.words import weights, words
from thuis.vocabulary.screen import Options, Screener

SCREENER = Screener(load_vocabulary())


def role(text: str, genre: str = "text") -> str:
    before, rest = text.split("[[")
    hit, after = rest.split("]]")
    document = from_text(before + hit + after, "a.txt")
    assert isinstance(document, Document)
    options = Options(genre=genre, language="nl", date="2024")
    hits = SCREENER.with_options(options).screen(document).hits
    return next(each.role for each in hits if each.start < len(before + hit) and each.end > len(before))


MENTIONED = [
    "Woorden zoals [[gastarbeiders]], allochtonen en buitenlanders zijn verouderd.",
    "Woorden zoals gastarbeiders, [[allochtonen]] en buitenlanders zijn verouderd.",
    "Woorden zoals gastarbeiders, allochtonen en [[buitenlanders]] zijn verouderd.",
    "Termen als westers of [[niet-westers]] roepen vragen op.",
    "De begrippen autochtoon en [[allochtoon]] zijn geschrapt.",
    "De kwalificaties westers, niet-westers en [[allochtoon]] verdwijnen.",
    "Het etiket [[allochtoon]] blijft kleven.",
    "De beleidstermen autochtoon en [[allochtoon]] verdwijnen.",
    "De woorden allochtoon (uit 1989) en [[autochtoon]] gaan eruit.",
    "Die jongeren worden vaak [[allochtonen]] genoemd.",
    "Noem ze geen [[allochtonen]] meer.",
    "Men sprak van [[gastarbeiders]] en dacht aan terugkeer.",
    "[[Allochtoon]] is een beladen woord.",
    "Surinamers worden als [[niet-westers]] bestempeld.",
]
MEANT = [
    "In andere woorden: de [[allochtonen]] in de wijk doen mee.",
    "In antwoord op de vraag werken [[allochtonen]] hier ook.",
    "Hij kwam aan het woord en [[allochtonen]] luisterden.",
    "In termen van [[integratie]] van nieuwkomers gaat het beter.",
    "De term die past bij de [[allochtonen]] in deze wijk ontbreekt.",
    "Wij spreken met [[allochtonen]] in de buurt.",
    "De subsidie is voor [[etnische minderheden]], genoemd in bijlage 3.",
    "Het label op de doos die [[allochtonen]] kregen was rood.",
]
DEFINED = [
    "Onder een [[allochtoon]] verstaat het CBS een persoon met een ouder uit het buitenland.",
    "Onder westerse en [[niet-westerse allochtonen]] wordt hier verstaan: personen uit die landen.",
    "Met [[etnische minderheden]] worden hier bedoeld de groepen van het beleid.",
    "Het CBS verstaat onder een [[allochtoon]] iedereen met een ouder van elders.",
    "Een [[allochtoon]] is iemand die in het buitenland is geboren.",
    "[[Autochtonen]] zijn personen van wie beide ouders hier zijn geboren.",
    "Personen uit Azië worden tot de [[niet-westerse allochtonen]] gerekend.",
    "Wat is een [[allochtoon]]?",
]
NAMED = [
    "32 824 [[Integratiebeleid]] Nr. 115 BRIEF VAN DE MINISTER",
    "30 982-XV, [[Integratie]] van nieuwkomers, nr. 3",
    "Dossier 28198 - [[Integratie]] in het perspectief van immigratie",
    "Wijzigt de Beleidsregel toelating [[vreemdelingen]] 2010.",
    "De afdeling Inburgering en [[Integratie]] schrijft de nota.",
    "De Stichting voor [[allochtonen]] Utrecht sprak.",
]
NOT_NAMED = [
    "Wij werken aan [[integratie]] en samenleving in de wijk met nieuwkomers.",
    "De Raad adviseert [[allochtonen]] in dienst te nemen.",
    "Volgens de Commissie vinden [[allochtonen]] minder vaak werk.",
    "Er wonen hier 32 824 [[allochtonen]] in de stad.",
    "Het Fonds helpt [[allochtonen]] aan werk.",
    "Het Rapport laat zien dat [[allochtonen]] meedoen.",
]
ELSEWHERE = [
    ("Kennis van [[autochtone]] en lokale gemeenschappen wordt beschermd.", "law"),
    ("De rechten van [[autochtone]] volken op hun grond.", "law"),
    ("De [[autochtone]] bomen en struiken van het bos.", "text"),
    ("De Nederlands-[[Antilliaanse]] regering tekende het verdrag.", "law"),
    ("De [[Antilliaanse]] economie groeide.", "manifesto"),
    ("Steun voor Midden-Amerikaanse [[etnische minderheden]] en vrouwen.", "law"),
    ("De [[herkomst]], de wijze of het tijdstip van vervaardigen van de goederen staat vermeld.", "law"),
    ("De hoeveelheid en de [[herkomst]] van de grondstoffen worden genoteerd.", "law"),
    ("De [[integratie]] van het emancipatiebeleid in de plannen van de gemeente.", "law"),
    ("De [[integratie]] van milieubeleid in het landbouwbeleid.", "law"),
]
IN_LAW = [
    "De leerlingen van [[Nederlands-Antilliaanse]] afkomst tellen mee voor de bekostiging.",
    "De gemeente verstrekt het aantal [[oudkomers]] dat een traject volgt.",
    "Het college beslist op de aanvraag van de [[vreemdeling]] binnen acht weken.",
]


@pytest.mark.parametrize("text", [*MENTIONED, *DEFINED])
def test_a_mention_or_definition_is_no_use(text: str) -> None:
    assert role(text, "report") in ("quotation", "definition", "other-sense"), text


@pytest.mark.parametrize("text", [*MEANT, *NOT_NAMED])
def test_a_use_beside_such_words_stays_one(text: str) -> None:
    assert role(text, "letter") == "use", text


@pytest.mark.parametrize("text", NAMED)
def test_names_of_dossiers_rules_and_bodies(text: str) -> None:
    assert role(text, "letter") == "name", text


@pytest.mark.parametrize(("text", "genre"), ELSEWHERE)
def test_another_sense(text: str, genre: str) -> None:
    assert role(text, genre) == "other-sense", text


@pytest.mark.parametrize("text", IN_LAW)
def test_people_in_law_text_are_a_use(text: str) -> None:
    assert role(text, "law") == "use", text


def test_an_amending_act_before_its_paper_is_a_name() -> None:
    text = (
        "Wijziging van de Wet op het onderwijs (achterstand van [[allochtone]] leerlingen) (kamerstuk 30877)"
    )
    assert role(text, "law") == "name"


@pytest.mark.parametrize("text", ["Antilliaanse", "autochtone"])
def test_the_same_adjective_before_people_is_use(text: str) -> None:
    assert role(f"De [[{text}]] jongeren in de wijk werken.", "report") == "use"


@pytest.mark.parametrize(
    "pair",
    [
        "“”",
        "„”",
        "„“",
        "«»",
        "‹›",
        "‘’",
        "‚’",
        "‚‘",
        '""',
        "''",
        "`'",
        "``:''",
        ",,:''",
        ",,:”",
        "″″",
        "’’",
        "´´",
        "“'",
    ],
)
def test_quotation_marks_of_every_style(pair: str) -> None:
    opening, closing = pair.split(":") if ":" in pair else pair
    text = f"Zij zei {opening}allochtonen doen mee{closing} en ging weg."
    start = text.index("allochtonen")
    assert marked(Window.at(text, start, start + 11)), pair
    after = f"Zij zei {opening}wij doen mee{closing} tegen allochtonen en ging weg."
    start = after.index("allochtonen")
    assert marked(Window.at(after, start, start + 11)) is None, pair


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "use",
            "Periode: 1991– Bron: Brief van 3 mei 1992 Handeling: Het toelaten van [[vluchtelingen]].",
        ),
        ("use", "Middelen op grond van de Welzijnswet 1994 bestemd voor de [[inburgering]] van nieuwkomers."),
        (
            "use",
            "Vermoedt hij dat een [[Antilliaanse]] ingezetene niet is ingeschreven, dan meldt hij dat.",
        ),
        (
            "use",
            "Artikel 3 b. voor Utrecht: 1°. de daling van het percentage jongeren van Turkse [[afkomst]].",
        ),
        (
            "use",
            "Artikel 1 c. gezinsleden: de partner met wie in het [[land van herkomst]] een gezin bestond.",
        ),
        ("name", "De Werkgroep [[allochtonen]] en arbeid kwam bijeen."),
        (
            "name",
            "Instelling van de interdepartementale Adviescommissie [[integratiebeleid]] van 1999.",
        ),
        (
            "definition",
            "Artikel 1 c. [[niet-westerse allochtoon]]: persoon van wie een ouder daar is geboren.",
        ),
        ("other-sense", "Inlichtingen over de [[herkomst]] van de onderzoeksgegevens worden niet verstrekt."),
    ],
)
def test_lists_of_archives_money_and_definitions_in_law(expected: str, text: str) -> None:
    assert role(text, "law") == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("use", "Het aandeel [[allochtonen]] zonder diploma daalde in die jaren sterk."),
        ("use", "Het aantal werkloze Turken ligt hoger dan het aantal werkloze [[autochtonen]]."),
        ("statistical-series", "Het aantal [[allochtonen]] per 1 januari"),
        ("statistical-series", "| Aantal [[allochtonen]] is 3 | 4 |"),
        ("name", "De studie, [[Integratie]] in de steden?, verscheen deze week."),
        ("name", "Hij schreef het proefschrift [[Allochtonen]] in de zorg."),
        ("use", "Uit de studie blijkt dat [[allochtonen]] vaker verhuizen."),
    ],
)
def test_what_news_counts_and_cites(expected: str, text: str) -> None:
    assert role(text) == expected


def test_a_period_after_an_act_is_history() -> None:
    text = "het project grote woningen voor etnische minderheden. 1982–1991Waardering"
    assert historic(Window.at(text, 32, 52)) == "1982–1991"


def test_every_word_and_weight_has_a_reason() -> None:
    import csv
    from pathlib import Path

    from thuis.vocabulary import roles

    for name in ("words", "weights"):
        with (Path(roles.__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert all(len(row["reason"]) > 5 for row in csv.DictReader(file))
    assert weights() and words("people")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("use", "Of je nu [[autochtoon]] of allochtoon bent, iedereen is welkom."),
        ("use", "Het maakt de trainer niet uit: autochtoon of [[allochtoon]] speelt mee."),
        ("quotation", "Een opvolger voor autochtoon en [[allochtoon]] is er niet."),
        ("definition", "[[Integratie]] is het samengaan van groepen in een geheel."),
        ("definition", "[[Integratie]] is een proces waarbij groepen naar elkaar toe groeien."),
        ("use", "De [[integratie]] is een zaak van iedereen."),
        ("definition", "[[Autochtonen]]. Personen van wie beide ouders hier geboren zijn."),
        ("use", "Dat helpt [[autochtonen]]. Personen met een klein huis komen later."),
        ("definition", "Een [[allochtoon]] van de tweede generatie is in Nederland geboren."),
        ("definition", "De universiteit definieert een [[allochtoon]] als iemand van elders."),
        ("quotation", "Beter kun je zeggen: iemand met een [[migratieachtergrond]]."),
        ("use", "Zij zegt: mensen met een [[migratieachtergrond]] wonen hier goed."),
        ("quotation", "[[Allochtoon]] dekt de lading al lang niet meer."),
        ("use", "De [[integratie]] van mensen vraagt jaren."),
        ("other-sense", "Vrouwen in het zwart of fel [[gekleurd]], mannen in het grijs."),
        ("use", "De [[gekleurde]] en zwarte bevolking stond achteraan."),
        ("use", "De [[blanke]] boekhouder en zijn buurman."),
        ("other-sense", "Onder de [[blanke]] lak zit hout."),
        ("use", "[[Blank]] zijn geeft voordelen."),
        ("use", "Poolse, Turkse, [[Antilliaanse]] en Marokkaanse vriendinnen kwamen mee."),
        ("use", "De westerse [[tweede generatie]] is ouder."),
        ("name", "De kamer hield het VAO Inburgering en [[integratie]] (d.d. 3 mei)."),
        ("use", "In het VAO ging het over de [[integratie]] van nieuwkomers."),
        ("name", "Dat zei wethouder De Vries ([[Integratie]] en Cultuur, VVD) gisteren."),
        ("other-sense", "Kies inheemse planten en, voor de aanplant, [[autochtone]] herkomsten."),
        ("use", "De groenaanplant wordt gedaan door [[autochtone]] jongeren uit de wijk."),
    ],
)
def test_what_papers_debates_and_glossaries_say(expected: str, text: str) -> None:
    assert role(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("name", "Regeling bijdrage opvang [[Antilliaanse]] jongeren 2003\n\nDe Minister besluit:"),
        ("name", "Gelet op de Tijdelijke subsidieregeling opvang [[Antilliaanse]] jongeren, besluit:"),
        ("name", "De Tijdelijke bijdrageregeling extra kosten [[minderhedenbeleid]] vervalt."),
        ("use", "De Tijdelijke regeling geldt voor [[etnische minderheden]] in de gemeente."),
        ("use", "De gemeente noemt het aantal [[Antilliaanse]] jongeren in haar plan."),
        ("name", "26 283 Migratie [[Antilliaanse]] jongeren Nr. 31"),
        ("use", "In totaal wonen daar 21.000 [[Antillianen]] van onder de dertig."),
    ],
)
def test_titles_of_acts_and_of_dossiers(expected: str, text: str) -> None:
    assert role(text, "law") == expected


TITLES_AND_SOURCES = [
    "Gowricharn, R. (1992). Tegen beter weten in. Over de positie van [[allochtonen]]. Utrecht: Garant.",
    "SCP (2011). Werk en [[integratie]] in de stad. Den Haag: Sociaal en Cultureel Planbureau.",
    "BELEIDSPLAN [[INTEGRATIE]] EN WERK 2012 van de gemeente",
    "Wethouder [[Integratie]] en Zorg opende het feest.",
    "36 000 Opvang aan [[vreemdelingen]] Nr. 12 BRIEF VAN DE MINISTER",
]
BARE_WORDS = [
    "De gemeente vervangt [[gastarbeider]] door arbeidsmigrant.",
    "Je mag geen [[zigeuner]] meer zeggen.",
    "Is [[buitenlander]] een scheldwoord?",
    "Op het formulier stond een vakje [[autochtoon]].",
]
OTHERWISE = [
    "De club is [[nieuwkomer]] in de hoogste klasse van het hockey.",
    "In de cloud vraagt de [[integratie]] van oude applicaties tijd.",
    "De [[autochtone]] vlinders zijn zeldzaam.",
    "[[Allochtoon]] sediment is door de rivier aangevoerd.",
]
STILL_USE = [
    "De [[integratie]] van Syrische gezinnen verloopt vlot.",
    "Spaanse [[buitenlanders]] worden guiris genoemd.",
    "Veel [[Antilliaanse]] kunstenaars wonen in de stad.",
    "Een [[nieuwkomer]] in de gemeente krijgt een gids.",
    "Figuur 3.1 Werkloosheid onder [[allochtonen]] nam weer toe",
    "De Wet inburgering en het aanbieden van taalles aan [[allochtone]] vrouwen",
]


@pytest.mark.parametrize("text", TITLES_AND_SOURCES)
def test_titles_sources_and_papers_are_names(text: str) -> None:
    assert role(text, "report") == "name"


@pytest.mark.parametrize("text", BARE_WORDS)
def test_a_noun_without_its_article_beside_a_verb_of_speaking_is_a_word(text: str) -> None:
    assert role(text) == "quotation"


@pytest.mark.parametrize("text", OTHERWISE)
def test_what_is_no_person_has_another_sense(text: str) -> None:
    assert role(text) == "other-sense"


@pytest.mark.parametrize("text", STILL_USE)
def test_what_stands_beside_such_signs_is_still_used(text: str) -> None:
    assert role(text, "report") == "use"
