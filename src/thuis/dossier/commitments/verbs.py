"""Verbs with which a government acts on what Parliament asks, in every form they take.

One list, each verb as a dictionary has it, with what stands apart from it and its participle where that is
irregular. From it follow the participle, the infinitive and the present with its particle apart, so that no
form of a verb is known that another is not. What is done in the text itself (toelichten, ingaan op,
vaststellen) is not on it, nor what a government does of itself, by law or day in day out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from thuis.dossier.commitments.expressions import rx

_VERBS = """
agenderen, actualiseren, beantwoorden, behandelen, bekijken=bekeken, berekenen, berichten,
bespreken=besproken, betrekken=betrokken, bevorderen, bezien=bezien, delen, evalueren, herijken,
heroverwegen=heroverwogen, herzien=herzien, informeren, inventariseren, monitoren,
onderzoeken=onderzocht, overleggen, presenteren, publiceren, rapporteren, schrappen, starten,
beginnen=begonnen, sturen, toetsen, verduidelijken, verhelderen, verkennen, verlengen, vertalen,
verwerken, verzenden=verzonden, zenden=gezonden, wijzigen, rectificeren, aan|bieden=geboden,
aan|kaarten, aan|passen, aan|scherpen, aan|stellen, aan|vullen, aan|dringen=gedrongen, af|handelen,
af|stemmen, bij|praten, bij|stellen, bij|werken, door|geleiden=geleid, door|rekenen,
door|spelen, door|sturen, in|brengen=gebracht, in|dienen, in|lichten, in|richten, in|stellen,
in|trekken=getrokken, in|winnen=gewonnen, mee|geven=gegeven, mee|nemen=genomen, na|gaan=gegaan,
na|lopen=gelopen, na|sturen, na|vragen, na|zenden=gezonden, op|nemen=genomen, op|pakken, op|stellen,
op|starten, op|vragen, op|volgen, op|zetten, op|zoeken=gezocht, terug|komen=gekomen, terug|koppelen,
toe|sturen, toe|voegen, toe|zenden=gezonden, uit|breiden, uit|halen, uit|voeren, uit|vragen, uit|werken,
uit|zetten, uit|zoeken=gezocht, vast|leggen=gelegd, voor|leggen=gelegd, in kaart|brengen=gebracht,
in beeld|brengen=gebracht, onder de aandacht|brengen=gebracht, openbaar|maken, inzichtelijk|maken,
aan de orde|stellen, op de hoogte|stellen, op de hoogte|houden=gehouden, in gang|zetten,
ter hand|nemen=genomen, in overleg|treden=getreden, in gesprek|gaan=gegaan
"""
_UNSTRESSED = ("handel", "vorder", "reken", "wijzig", "helder", "koppel", "monitor", "kom")
"""Ends of stems whose vowel is short: "ik bevorder", "ik kom"."""
_NO_GE = ("be", "ge", "her", "ont", "onder", "over", "ver", "door")


_SAID_TOO = frozenset(
    ("delen", "sturen", "beantwoorden", "behandelen", "bespreken", "presenteren", "overleggen", "beginnen")
)
"""What is also done in the text itself, or said of an opinion."""


class Verb(NamedTuple):
    """A verb: what stands apart from it ("aan"), its infinitive, first person and participle."""

    apart: str
    infinitive: str
    first: str
    participle: str


def stem(infinitive: str) -> str:
    """The first person of a regular verb.

    >>> [stem(verb) for verb in ("informeren", "leggen", "geven", "bevorderen", "zenden", "gaan")]
    ['informeer', 'leg', 'geef', 'bevorder', 'zend', 'ga']
    """
    if infinitive in {"gaan", "bezien", "herzien"}:
        return infinitive[:-2] if infinitive == "gaan" else infinitive[:-1]
    bare = infinitive[:-2]
    if bare[-1] == bare[-2]:
        return bare[:-1]
    if re.search(r"(?:(?<![aeiou])[aeou]|ue)[^aeiou]$", bare) and not bare.endswith(_UNSTRESSED):
        bare = bare[:-1] + bare[-2:]
    return bare[:-1] + {"v": "f", "z": "s"}.get(bare[-1], bare[-1])


def participle(infinitive: str) -> str:
    """The participle of a regular verb.

    >>> [participle(verb) for verb in ("passen", "evalueren", "beantwoorden", "starten", "verlengen")]
    ['gepast', 'geëvalueerd', 'beantwoord', 'gestart', 'verlengd']
    """
    first = stem(infinitive)
    ending = "" if first[-1] in "td" else "t" if infinitive[:-2][-1] in "kfspx" or first[-2:] == "ch" else "d"
    if infinitive.startswith(_NO_GE):
        return first + ending
    return "ge" + {"e": "ë", "i": "ï"}.get(first[0], first[0]) + first[1:] + ending


def _read(text: str) -> Iterator[Verb]:
    for entry in re.split(r",\s*", text.strip()):
        apart, _, rest = entry.rpartition("|")
        infinitive, _, irregular = rest.partition("=")
        yield Verb(apart, infinitive, stem(infinitive), irregular or participle(infinitive))


VERBS = tuple(_read(_VERBS))


def _joined(apart: str, form: str) -> str:
    """As it is written together: "aangepast", and "in kaart gebracht" as "in kaart" is no particle."""
    return form if not apart else f"{apart} {form}" if " " in apart or len(apart) > 5 else apart + form


PARTICIPLES = "(?:" + "|".join(sorted({_joined(each.apart, each.participle) for each in VERBS})) + ")"
_PHRASES = tuple(each for each in VERBS if " " in _joined(each.apart, "-"))
PARTED = "(?:" + "|".join(f"{each.apart} worden {each.participle}" for each in _PHRASES) + ")"
"""The passive of those with a word apart: "in kaart worden gebracht"."""
INFINITIVES = "(?:" + "|".join(sorted({_joined(each.apart, each.infinitive) for each in VERBS})) + ")"


_CLOSES = r"(?=\W*$|[,;:]|\s+(?:en|om|bij|met|naar|in|aan|voor|op) (?:ik|de|het|een|te|zal)\b)"
"""What follows a particle, and not a preposition."""


class Present:
    """Verbs in the present with what stands apart from them: "we passen de regeling daarop aan".

    :param who: an expression for the first person, singular or plural.

    >>> acts = Present("(?:ik|wij|we)")
    >>> acts.search("We passen de regeling daarop aan.")[0]
    'We passen de regeling daarop aan'
    >>> acts.search("Ik neem aan dat het klopt.") is None
    True
    """

    def __init__(self, who: str) -> None:
        apart: dict[str, list[str]] = {}
        for each in VERBS:
            if each.apart and each.infinitive != "bieden":
                apart.setdefault(each.first, []).append(each.apart)
                apart.setdefault(each.infinitive, []).append(each.apart)
        self._verb = rx(rf"\b(?:{who} (?P<after>{'|'.join(apart)})|(?P<before>{'|'.join(apart)}) {who})\b")
        self._whole = {
            form: rx(rf"\w+ \w+\b[^.;:,]*\b(?:{'|'.join(words)}){_CLOSES}") for form, words in apart.items()
        }

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where such a verb and its word stand."""
        for found in self._verb.finditer(text):
            whole = self._whole[(found["after"] or found["before"]).lower()]
            if (all_of_it := whole.match(text, found.start())) is not None:
                return all_of_it
        return None


def alone(who: str) -> str:
    """An expression for verbs without such a word, with what they are done to: "ik verleng de regeling"."""
    verbs = [each for each in VERBS if not each.apart and each.infinitive not in _SAID_TOO]
    finite = "|".join(form for each in verbs for form in (each.first, each.infinitive))
    what = r"(?:de|het|die|dat|dit|deze|een|(?:er|daar|hier)\w*)"
    return rf"(?:{who} (?:{finite}) {what}|{what} (?:[\w'-]+ ){{0,4}}?(?:{finite}) {who})\b"
