"""Invented initiatives from phrasings written by hand; what each is stays known, so answers can be judged.

A query is judged by what a record is (its activity, audience, place), never by the words it has.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from ruamel.yaml import YAML

from thuis.contract.directory import Contact, Provenance, Schedule, Where
from thuis.directory.model import Initiative
from thuis.places import current

ACTIVITIES = YAML(typ="safe").load((Path(__file__).parent / "activities.yaml").read_text("utf-8"))
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
    what = ACTIVITIES[activity]
    titles = what["titles"]
    audience = draw.choice(list(AUDIENCES))
    checked = date(2026, 6, 1) - timedelta(days=draw.randrange(900))
    text = " ".join(each for each in (draw.choice(what["texts"]), draw.choice(AUDIENCES[audience])) if each)
    place = draw.choice(NAMES)
    return Initiative(
        id=f"s{number:05d}-{activity}-{audience}",
        name=draw.choice(titles) + draw.choice(("", f" {place}", f" {town.name}")),
        description={"nl": text},
        organization=f"Stichting {place} {town.name}",
        municipality=town.code,
        scope="municipality",
        where=(
            Where(
                name=place,
                address=f"Dorpsstraat {1 + number % 90}",
                city=town.name,
                latitude=51 + draw.random() * 2,
                longitude=4 + draw.random() * 2.5,
            ),
        ),
        themes=(what["theme"],) if draw.random() < 0.6 else (),
        audience=(audience,) if draw.random() < 0.6 else (),
        form=(what["form"],) if draw.random() < 0.5 else (),
        languages=draw.choice((("nl",), ("nl", "en"), ())),
        price=draw.choice(("free", "paid", "unknown")),
        contact=Contact(role="coördinator", email=f"info{number}@voorbeeld.example"),
        url=f"https://voorbeeld.example/{number}",
        schedules=(Schedule(freq="WEEKLY", byday="TU", opens_at="10:00", closes_at="12:00"),),
        provenance=Provenance(
            source="invented",
            checked_on=checked,
            checked_by="test",
            check_due=checked + timedelta(days=365),
        ),
        invented=True,
    )


def is_a(record: Initiative, activities: str, audience: str = "", town: str = "") -> bool:
    """What a record was made as: one of some activities, and perhaps an audience and a municipality."""
    _, rest = record.id.split("-", 1)
    what = next(each for each in sorted(ACTIVITIES, key=len, reverse=True) if rest.startswith(f"{each}-"))
    who = rest[len(what) + 1 :]
    right = activities == "*" or what in activities.split()
    return right and audience in ("", who) and town in ("", record.municipality)
