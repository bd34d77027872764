"""Invented initiatives from hand-written phrasings; what each one is stays known, so that answers can be judged.

A query is judged by what a record is (its activity, audience, place), never by the words it has.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from thuis.directory.model import Contact, Initiative, Provenance, Schedule, Where
from thuis.places import current

# activity: (form, theme, titles, sentences)
ACTIVITIES: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "language-cafe": ("language", "contact", ("Taalcafé", "Taalhuis in de buurt", "Praat Nederlands met mij", "Conversatiegroep Nederlands"), ("Oefen de taal met vrijwilligers bij een kop koffie.", "Nederlands spreken in kleine groepen, ook voor beginners.", "Practise your Dutch with neighbours.")),
    "meal": ("eating", "contact", ("Buurtmaaltijd", "Aanschuiftafel", "Eettafel De Pan", "Wijkrestaurant"), ("Elke week koken bewoners voor elkaar en schuift iedereen aan.", "Voor een klein bedrag een driegangendiner met buurtgenoten.", "Samen eten aan lange tafels.")),
    "buddy": ("helping", "contact", ("Maatjesproject", "Buddy voor nieuwkomers", "Een-op-een", "Stadsmaatje"), ("We koppelen twee mensen die elkaar een jaar lang wekelijks zien.", "Een vrijwilliger en een deelnemer ondernemen samen activiteiten.")),
    "garden": ("shared-task", "participation", ("Moestuin", "Buurttuin de Wortel", "Geveltuintjesbrigade", "Groene straat"), ("Samen zaaien, wieden en oogsten.", "Bewoners leggen een plantsoen aan en onderhouden het.")),
    "choir": ("culture", "contact", ("Wereldkoor", "Smartlappenkoor", "Zing mee", "Buurtkoor"), ("Iedere dinsdag zingen wij liederen uit alle windstreken.", "Je hoeft geen noten te kunnen lezen.")),
    "theatre": ("culture", "belonging", ("Wijktheater", "Toneelgroep Thuis", "Verhalen op de planken"), ("Bewoners spelen hun eigen verhaal.", "We maken een voorstelling over de straat.")),
    "football": ("sport", "participation", ("Straatvoetbal", "Voetbal op het plein", "Cruijff Court competitie", "Zaalvoetbal voor iedereen"), ("Twee keer per week een balletje trappen onder begeleiding.", "Gemengde teams uit verschillende wijken.")),
    "walking": ("sport", "contact", ("Wandelgroep", "Ommetje", "Samen op stap"), ("Elke ochtend een rondje door het park.", "Wij lopen vijf kilometer en drinken daarna koffie.")),
    "cycling-lessons": ("training", "participation", ("Fietsles voor vrouwen", "Leren fietsen", "Fietsschool"), ("Oefen veilig op de fiets in het verkeer.", "Vrouwen die nooit fietsten halen hun fietsdiploma.")),
    "swimming": ("sport", "participation", ("Zwemles voor volwassenen", "Vrouwenzwemmen", "Zwemmen in de wijk"), ("In het zwembad, met een vrouwelijke badmeester.", "Watervrij worden in twintig lessen.")),
    "dialogue": ("dialogue", "trust", ("Dialoogtafels", "In gesprek over geloof", "Dag van de Dialoog", "Buurtgesprek"), ("Aan tafel met mensen die u anders niet spreekt.", "Een gespreksleider helpt om te luisteren zonder oordeel.")),
    "interfaith": ("dialogue", "trust", ("Moskee en kerk ontmoeten elkaar", "Interreligieuze werkgroep", "Open moskeedag"), ("Gelovigen van verschillende huize leren elkaar kennen.", "Een rondleiding door het gebedshuis met thee na.")),
    "iftar": ("eating", "belonging", ("Iftar op het plein", "Iftar voor de hele wijk"), ("Samen de vasten breken met alle buren.", "Tijdens de ramadan is iedereen welkom.")),
    "street-party": ("festivity", "contact", ("Straatfeest", "Burendag", "Buurtbarbecue", "Wijkfestival"), ("Eén keer per jaar gaat de straat dicht.", "Muziek, hapjes en spelletjes voor alle omwonenden.")),
    "coffee-morning": ("meeting-place", "contact", ("Koffieochtend", "Bakkie in de buurt", "Inloop De Deur", "Huiskamer van de wijk"), ("Elke werkdag staat de koffie klaar.", "Kom binnen voor een praatje.")),
    "games": ("meeting-place", "contact", ("Spelletjesmiddag", "Bingo", "Bordspellenclub", "Schaken in het park"), ("Klaverjassen, rummikub of dammen.", "We spelen iedere week een ander spel.")),
    "homework": ("training", "participation", ("Huiswerkklas", "Weekendschool", "Studiehuis", "Bijles door studenten"), ("Leerlingen krijgen begeleiding bij hun schoolwerk.", "Rustige plek om te leren na schooltijd.")),
    "mediation": ("dialogue", "trust", ("Buurtbemiddeling", "Bemiddelaars in de straat"), ("Getrainde vrijwilligers helpen bij een burenruzie.", "Last van elkaar? Wij komen bij beide partijen langs.")),
    "repair": ("shared-task", "participation", ("Repair Café", "Klussendienst", "Fietsenmakers van de wijk"), ("Breng een kapot apparaat mee en maak het met een handige buur.", "Weggooien? Mooi niet.")),
    "sewing": ("culture", "participation", ("Naaiatelier", "Breicafé", "Haak- en handwerkclub"), ("Wij naaien en breien en praten bij.", "Machines en garen zijn aanwezig.")),
    "computer": ("training", "participation", ("Digicafé", "Computerles", "Hulp bij je telefoon"), ("Leer omgaan met internetbankieren en DigiD.", "Jongeren helpen anderen met hun smartphone.")),
    "debt": ("helping", "participation", ("Schuldhulpmaatje", "Thuisadministratie", "Spreekuur geldzaken"), ("Samen de post openen en een overzicht maken.", "Hulp als u niet rondkomt.")),
    "visit": ("helping", "contact", ("Bezoekdienst", "Bel- en bezoekteam", "Zonnebloem op huisbezoek"), ("Vrijwilligers komen langs bij mensen die weinig de deur uit kunnen.", "Een luisterend oor aan huis.")),
    "street-mothers": ("safety", "trust", ("Buurtmoeders", "Buurtvaders", "Straatcoaches"), ("Wij zijn 's avonds zichtbaar op straat en spreken de jeugd aan.", "Vaders lopen een ronde door de wijk.")),
    "anti-discrimination": ("norm-campaign", "discrimination", ("Campagne tegen racisme", "Meldpunt discriminatie", "Zet een streep door vooroordelen"), ("Wij geven voorlichting over gelijke behandeling.", "Meld uitsluiting op het werk of op straat.")),
    "lhbti": ("meeting-place", "belonging", ("Roze huiskamer", "Regenboogcafé", "Roze ouderen"), ("Een veilige plek voor lhbti'ers en hun vrienden.", "Iedere maand een bijeenkomst voor homo's en lesbiennes.")),
    "welcome": ("getting-to-know", "belonging", ("Welkom in de straat", "Wegwijs voor nieuwe buren", "Welkomstcommissie"), ("Nieuwe bewoners krijgen een rondleiding en een mand.", "We laten zien waar alles is.")),
    "clothes-swap": ("doing-together", "participation", ("Kledingruil", "Weggeefwinkel", "Ruilkast"), ("Neem mee wat u niet draagt en ga naar huis met iets anders.", "Spullen krijgen een tweede leven.")),
    "litter": ("shared-task", "participation", ("Schone straat", "Zwerfafvalbrigade", "Prikploeg"), ("Elke eerste zaterdag ruimen wij rommel op.", "Handschoenen en prikkers liggen klaar.")),
    "reading": ("culture", "contact", ("Leesclub", "Voorleesexpress", "Samen boeken lezen"), ("We bespreken elke maand een roman.", "Voorlezers komen bij gezinnen thuis.")),
    "grief": ("getting-to-know", "contact", ("Rouwcafé", "Lotgenotengroep"), ("Praat met anderen die iemand hebben verloren.", "Ruimte voor verdriet.")),
    "film": ("culture", "contact", ("Filmavond", "Buurtbioscoop"), ("Een film en daarna napraten.", "Elke laatste vrijdag op het grote doek.")),
    "playground": ("doing-together", "contact", ("Speeltuin De Wip", "Speelmiddag", "Pannakooi"), ("Moeders en vaders ontmoeten elkaar terwijl kleintjes klimmen.", "Beheerd door vrijwillige ouders.")),
    "work": ("training", "participation", ("Banencafé", "Sollicitatietraining", "Werkfit"), ("Wij helpen werkzoekenden aan een baan.", "Oefen met je cv.")),
}  # fmt: skip
AUDIENCES: dict[str, tuple[str, ...]] = {
    "everyone": ("", "", "Iedereen is welkom."),
    "older-people": (
        "Voor senioren.",
        "Voor 65-plussers uit de omgeving.",
        "Ouderen die mensen willen ontmoeten.",
    ),
    "youth": ("Voor jongeren van 12 tot 23.", "Tieners uit de wijk.", "Voor de jeugd."),
    "women": ("Alleen voor vrouwen.", "Voor meiden en vrouwen."),
    "newcomers": (
        "Voor statushouders.",
        "Voor vluchtelingen en hun buren.",
        "Voor mensen die net in Nederland wonen.",
    ),
    "children": ("Voor kinderen van de basisschool.", "Voor kids tot 12 jaar."),
    "lonely-people": ("Voor wie zich eenzaam voelt.", "Tegen eenzaamheid."),
    "disability": ("Ook met een rolstoel.", "Voor mensen met een beperking."),
}
NAMES = (
    "De Brug",
    "Het Anker",
    "Samen Sterk",
    "De Linde",
    "Kleurrijk",
    "Ons Plein",
    "De Schakel",
    "Het Baken",
    "Vooruit",
    "De Spil",
)


def initiatives(number: int = 2000, seed: int = 11) -> list[Initiative]:
    """So many invented initiatives, always the same."""
    draw = random.Random(seed)
    towns = current(date(2025, 1, 1))
    return [_one(draw, i, towns[draw.randrange(len(towns))]) for i in range(number)]


def _one(draw: random.Random, number: int, town) -> Initiative:
    activity = draw.choice(list(ACTIVITIES))
    form, theme, titles, sentences = ACTIVITIES[activity]
    audience = draw.choice(list(AUDIENCES))
    checked = date(2026, 6, 1) - timedelta(days=draw.randrange(900))
    text = " ".join(each for each in (draw.choice(sentences), draw.choice(AUDIENCES[audience])) if each)
    place = draw.choice(NAMES)
    return Initiative(
        id=f"s{number:05d}-{activity}-{audience}",
        name=draw.choice((draw.choice(titles), f"{draw.choice(titles)} {place}", f"{draw.choice(titles)} {town.name}")),
        description={"nl": text},
        organization=f"Stichting {place} {town.name}",
        municipality=town.code,
        scope="municipality",
        where=(Where(name=place, address=f"Dorpsstraat {1 + number % 90}", city=town.name, latitude=51 + draw.random() * 2, longitude=4 + draw.random() * 2.5),),
        themes=(theme,) if draw.random() < 0.6 else (),
        audience=(audience,) if draw.random() < 0.6 else (),
        form=(form,) if draw.random() < 0.5 else (),
        languages=draw.choice((("nl",), ("nl", "en"), ())),
        price=draw.choice(("free", "paid", "unknown")),
        contact=Contact(role="coördinator", email=f"info{number}@voorbeeld.example"),
        url=f"https://voorbeeld.example/{number}",
        schedules=(Schedule(freq="WEEKLY", byday="TU", opens_at="10:00", closes_at="12:00"),),
        provenance=Provenance(source="invented", checked_on=checked, checked_by="test", check_due=checked + timedelta(days=365)),
        invented=True,
    )  # fmt: skip


def is_a(record: Initiative, activities: str, audience: str = "", town: str = "") -> bool:
    """What a record was made as: one of some activities, and perhaps an audience and a municipality."""
    _, rest = record.id.split("-", 1)
    what = next(each for each in sorted(ACTIVITIES, key=len, reverse=True) if rest.startswith(f"{each}-"))
    who = rest[len(what) + 1 :]
    right = activities == "*" or what in activities.split()
    return right and audience in ("", who) and town in ("", record.municipality)
