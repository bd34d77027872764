"""How each wave's file holds the answers: other names, other codes, other scales, other codes for no answer.

The waves differ on purpose, as waves of a real survey do, so that the mapping in ``waves/*.yaml`` has work
to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from synthesis.people import WAVES


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a scale: number in the file, the harmonised answer, its label, how often it is used."""

    number: int
    answer: str
    label: str
    weight: float = 1.0


Scale = tuple[Code, ...]
TRUST4: Scale = (
    Code(1, "trust", "veel vertrouwen", 0.25),
    Code(2, "trust", "tamelijk veel vertrouwen", 0.75),
    Code(3, "no-trust", "niet zo veel vertrouwen", 0.7),
    Code(4, "no-trust", "helemaal geen vertrouwen", 0.3),
)
TRUST10: Scale = (
    Code(0, "no-trust", "helemaal geen vertrouwen", 0.2),
    *(Code(n, "no-trust", str(n), 0.05 + 0.05 * n) for n in range(1, 6)),
    *(Code(n, "trust", str(n), w) for n, w in ((6, 0.3), (7, 0.38), (8, 0.24), (9, 0.05))),
    Code(10, "trust", "volledig vertrouwen", 0.03),
)


def yes_no(yes: str, no: str, numbers: tuple[int, int] = (1, 2)) -> Scale:
    """A question with two answers."""
    return (Code(numbers[0], yes, "ja"), Code(numbers[1], no, "nee"))


def agree(yes: str, no: str) -> Scale:
    """Five answers from fully agree to fully disagree; the middle is not agreement."""
    return (
        Code(1, yes, "helemaal mee eens", 0.3),
        Code(2, yes, "mee eens", 0.7),
        Code(3, no, "niet mee eens, niet mee oneens", 0.45),
        Code(4, no, "mee oneens", 0.35),
        Code(5, no, "helemaal mee oneens", 0.2),
    )


HEALTH: Scale = (
    Code(1, "good", "zeer goed", 0.3),
    Code(2, "good", "goed", 0.7),
    Code(3, "not-good", "gaat wel", 0.65),
    Code(4, "not-good", "slecht", 0.28),
    Code(5, "not-good", "zeer slecht", 0.07),
)
CONTACT: Scale = (
    Code(1, "weekly", "elke dag", 0.35),
    Code(2, "weekly", "elke week", 0.65),
    Code(3, "less", "elke maand", 0.45),
    Code(4, "less", "minder dan elke maand", 0.35),
    Code(5, "less", "nooit", 0.2),
)
ENDS: Scale = (
    Code(1, "hard", "zeer moeilijk", 0.3),
    Code(2, "hard", "moeilijk", 0.7),
    Code(3, "not-hard", "niet moeilijk, niet gemakkelijk", 0.45),
    Code(4, "not-hard", "gemakkelijk", 0.4),
    Code(5, "not-hard", "zeer gemakkelijk", 0.15),
)
DUTCH: Scale = (
    Code(1, "easy", "nooit moeite"),
    Code(2, "hard", "soms moeite", 0.65),
    Code(3, "hard", "vaak moeite of spreekt geen Nederlands", 0.35),
)
HOME3: Scale = (Code(1, "home", "ja"), Code(2, "not-home", "soms", 0.6), Code(3, "not-home", "nee", 0.4))
OFTEN: Scale = (
    Code(1, "never", "nooit"),
    Code(2, "sometimes", "een enkele keer", 0.6),
    Code(3, "sometimes", "af en toe", 0.4),
    Code(4, "often", "vaak", 0.75),
    Code(5, "often", "zeer vaak", 0.25),
)
VOTED: Scale = (
    Code(1, "voted", "ja"),
    Code(2, "did-not-vote", "nee"),
    Code(3, "not-eligible", "mocht niet stemmen"),
)
CONTRACT: Scale = (
    Code(1, "permanent", "vaste aanstelling"),
    Code(2, "flexible", "tijdelijke aanstelling", 0.55),
    Code(3, "flexible", "oproep- of uitzendwerk", 0.45),
)
EDUCATION4: Scale = (
    Code(1, "low", "basisonderwijs", 0.45),
    Code(2, "low", "vbo, mavo", 0.55),
    Code(3, "middle", "mbo, havo, vwo"),
    Code(4, "high", "hbo, universiteit"),
)
EDUCATION3: Scale = (
    Code(1, "low", "praktijkonderwijs tot en met vmbo"),
    Code(2, "middle", "havo, vwo, mbo 2-4"),
    Code(3, "high", "hbo, wo"),
)
ORIGIN_LABELS = {
    "turkish": "Turkije",
    "moroccan": "Marokko",
    "surinamese": "Suriname",
    "dutch-caribbean": "Nederlandse Cariben",
    "polish": "Polen",
    "somali": "Somalië",
    "iranian": "Iran",
    "no-migration": "Nederland",
}


def origins(numbers: dict[str, int]) -> Scale:
    """Origin groups under the numbers of one wave."""
    return tuple(Code(number, key, ORIGIN_LABELS[key]) for key, number in numbers.items())


@dataclass(frozen=True, slots=True)
class Variable:
    """A harmonised variable: its label, and per wave its name (None: not asked) and scale (or a number)."""

    name: str
    names: tuple[str | None, str | None, str | None, str | None]
    label: str
    scales: tuple[Scale | None, ...] = (None,)

    def held(self, wave: str) -> tuple[str, Scale | None] | None:
        """The name and scale in one wave, or None when the wave lacks it."""
        at = WAVES.index(wave)
        name = self.names[at]
        return (name, self.scales[at if len(self.scales) > 1 else 0]) if name else None


FOUR = ("turkish", "moroccan", "surinamese", "dutch-caribbean")
NO_ANSWER = {"2006": (8, 9), "2011": (98, 99), "2015": (-8, -9), "2020": (98, 99)}
"""Codes for "don't know" and "refused", set as user-missing in the file."""

FILES = {"2006": "sim2006.sav", "2011": "sim2011.sav", "2015": "sim2015.sav", "2020": "sim2020.sav"}
WEIGHT = {"2006": "weeg06", "2011": "gewicht", "2015": "weegfactor", "2020": "S20_WEEG"}
STRATUM = {"2006": "stratum", "2011": "strat", "2015": "stratum", "2020": "S20_STRATUM"}


def _trust(name: str, names: tuple[str | None, str | None, str | None, str | None], whom: str) -> Variable:
    return Variable(name, names, f"Vertrouwen in {whom}", (TRUST4, TRUST4, TRUST10, TRUST10))


def _where(name: str, names: tuple[str | None, str | None, str | None, str | None], place: str) -> Variable:
    label = f"Gediscrimineerd vanwege herkomst: {place}"
    return Variable(name, names, label, (yes_no("discriminated", "not-discriminated"),))


BACKGROUND = (
    Variable(
        "origin",
        ("v003", "q2_herkomst", "herkomst", "S20_HERKOMST"),
        "Herkomst",
        (
            origins({**{key: n + 1 for n, key in enumerate(FOUR)}, "no-migration": 5}),
            origins({**{key: n + 1 for n, key in enumerate(FOUR)}, "no-migration": 0}),
            origins(
                {**{key: n + 1 for n, key in enumerate(FOUR)}, "polish": 5, "somali": 6, "no-migration": 9}
            ),
            origins({key: n + 1 for n, key in enumerate(ORIGIN_LABELS)}),
        ),
    ),
    Variable(
        "born",
        ("v004", "q3_geboren", "generatie", "S20_GENERATIE"),
        "Geboren in Nederland of daarbuiten",
        (
            (Code(1, "netherlands", "in Nederland"), Code(2, "abroad", "buiten Nederland")),
            (Code(0, "abroad", "buiten Nederland"), Code(1, "netherlands", "in Nederland")),
            (Code(1, "abroad", "migrant"), Code(2, "netherlands", "in Nederland geboren")),
            (Code(1, "abroad", "migrant"), Code(2, "netherlands", "in Nederland geboren")),
        ),
    ),
    Variable(
        "sex",
        ("v001", "q1_geslacht", "geslacht", "S20_GESLACHT"),
        "Geslacht",
        (
            (Code(1, "men", "man"), Code(2, "women", "vrouw")),
            (Code(0, "men", "man"), Code(1, "women", "vrouw")),
            (Code(1, "men", "man"), Code(2, "women", "vrouw")),
            (Code(1, "men", "man"), Code(2, "women", "vrouw")),
        ),
    ),
    Variable("age", ("v002", "q1_leeftijd", "leeftijd", "S20_LEEFTIJD"), "Leeftijd in jaren"),
    Variable(
        "region",
        ("v005", "q4_landsdeel", "landsdeel", "S20_LANDSDEEL"),
        "Landsdeel",
        (
            (
                Code(1, "north", "Noord"),
                Code(2, "east", "Oost"),
                Code(3, "west", "West"),
                Code(4, "south", "Zuid"),
            ),
        ),
    ),
    Variable(
        "size",
        ("v006", "q5_gemeente", "gemgrootte", "S20_GEMEENTE"),
        "Grootte van de gemeente",
        (
            (
                Code(1, "four-large-cities", "vier grote steden"),
                Code(2, "other-large", "andere gemeenten met 100.000 of meer inwoners"),
                Code(3, "smaller", "minder dan 100.000 inwoners"),
            ),
        ),
    ),
    Variable(
        "education",
        ("v101", "q10_opleiding", "opleiding", "S20_OPLEIDING"),
        "Hoogste voltooide opleiding",
        (EDUCATION4, EDUCATION4, EDUCATION3, EDUCATION3),
    ),
)
QUESTIONS = (
    Variable(
        "work",
        ("v110", "q11_werk", "werk", "S20_WERK"),
        "Heeft betaald werk",
        (
            yes_no("paid", "none"),
            yes_no("paid", "none", (1, 0)),
            yes_no("paid", "none"),
            yes_no("paid", "none"),
        ),
    ),
    Variable("flexible-work", (None, None, "contract", "S20_CONTRACT"), "Soort aanstelling", (CONTRACT,)),
    Variable("making-ends-meet-hard", (None, "q14_rondkomen", "rondkomen", "S20_ROND"), "Rondkomen", (ENDS,)),
    Variable(
        "health-good", ("v130", "q15_gezond", "gezondheid", "S20_GEZOND"), "Ervaren gezondheid", (HEALTH,)
    ),
    Variable(
        "dutch-easy", ("v201", "q20_taal", "spreektaal", "S20_NEDERLANDS"), "Moeite met Nederlands", (DUTCH,)
    ),
    Variable(
        "contact-weekly",
        ("v210", "q21_contact", "contact", "S20_CONTACT"),
        "Contact in vrije tijd met mensen zonder migratiegeschiedenis",
        (CONTACT,),
    ),
    Variable(
        "discrimination",
        ("v301", "q30_discr", "discr", "S20_DISCR"),
        "Hoe vaak gediscrimineerd vanwege herkomst",
        (OFTEN,),
    ),
    _where(
        "discriminated-work",
        ("v302", "q31_dwerk", "discr_werk", "S20_DWERK"),
        "op het werk of bij solliciteren",
    ),
    _where(
        "discriminated-public",
        ("v303", "q32_dstraat", "discr_straat", "S20_DSTRAAT"),
        "op straat of in winkels",
    ),
    _where(
        "discriminated-officials", (None, None, "discr_overheid", "S20_DOVERHEID"), "door politie of overheid"
    ),
    Variable(
        "home",
        ("v220", "q22_thuis", "thuis", "S20_THUIS"),
        "Voelt zich thuis in Nederland",
        (HOME3, HOME3, agree("home", "not-home"), agree("home", "not-home")),
    ),
    Variable(
        "belonging", (None, "q23_verbonden", "verbonden", "S20_VERBONDEN"), "Verbonden met Nederland (0-10)"
    ),
    Variable(
        "hospitable",
        (None, "q24_gastvrij", "gastvrij", "S20_GASTVRIJ"),
        "Nederland is een gastvrij land",
        (agree("hospitable", "not-hospitable"),),
    ),
    _trust("trust-government", (None, "q40_regering", "v_regering", "S20_VREGERING"), "de regering"),
    _trust("trust-parliament", ("v401", "q41_kamer", "v_kamer", "S20_VKAMER"), "de Tweede Kamer"),
    _trust("trust-police", ("v402", "q42_politie", "v_politie", "S20_VPOLITIE"), "de politie"),
    Variable(
        "trust-people",
        ("v403", "q43_mensen", "v_mensen", "S20_VMENSEN"),
        "De meeste mensen zijn te vertrouwen",
        (yes_no("can", "cannot"),),
    ),
    Variable(
        "represented",
        (None, None, None, "S20_VERTEGEN"),
        "Belangen goed vertegenwoordigd",
        (agree("represented", "not-represented"),),
    ),
    Variable(
        "voted",
        ("v410", "q44_gestemd", "gestemd", "S20_GESTEMD"),
        "Stemde bij de laatste Tweede Kamerverkiezingen",
        (VOTED,),
    ),
)
SOURCES = {
    "television": "televisie",
    "newspaper": "krant",
    "websites": "nieuwssites en apps",
    "social-media": "sociale media",
    "radio": "radio",
}
LATER = (
    *(
        Variable(
            f"news-{key}",
            (None, None, f"nieuws_{at}", f"S20_NIEUWS{at}"),
            f"Volgt het nieuws via: {word}",
            (yes_no("yes", "no", (1, 0)),),
        )
        for at, (key, word) in enumerate(SOURCES.items(), 1)
    ),
    Variable(
        "neighbourhood",
        (None, None, None, "S20_BUURT"),
        "Tevreden met de buurt",
        (
            (
                Code(1, "very-satisfied", "zeer tevreden"),
                Code(2, "satisfied", "tevreden"),
                Code(3, "neutral", "niet tevreden, niet ontevreden"),
                Code(4, "dissatisfied", "ontevreden"),
                Code(5, "very-dissatisfied", "zeer ontevreden"),
            ),
        ),
    ),
    Variable(
        "volunteering",
        (None, None, None, "S20_VRIJW"),
        "Deed in het afgelopen jaar vrijwilligerswerk",
        (yes_no("volunteer", "none"),),
    ),
)
"""Questions of :mod:`synthesis.later`; last, so that the others keep their draws."""
QUESTIONS = (*QUESTIONS, *LATER)
VARIABLES = (*BACKGROUND, *QUESTIONS)
YES = {
    "work": ("paid", "none"),
    "flexible-work": ("flexible", "permanent"),
    "making-ends-meet-hard": ("hard", "not-hard"),
    "health-good": ("good", "not-good"),
    "dutch-easy": ("easy", "hard"),
    "contact-weekly": ("weekly", "less"),
    "home": ("home", "not-home"),
    "hospitable": ("hospitable", "not-hospitable"),
    "trust-people": ("can", "cannot"),
    "represented": ("represented", "not-represented"),
    **dict.fromkeys(("trust-government", "trust-parliament", "trust-police"), ("trust", "no-trust")),
    **{
        f"discriminated-{place}": ("discriminated", "not-discriminated")
        for place in ("work", "public", "officials")
    },
}
"""The harmonised answers behind yes and no of :mod:`synthesis.answers`."""
