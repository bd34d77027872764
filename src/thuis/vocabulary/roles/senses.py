"""Words that mean something else: the integration of markets, native plants, other generations.

Each family of terms has its own signs. Where one sign decides it is ``sure``; for ``integratie`` signs
for and against are added up, and the genre decides a draw: in law the word is rarely about people, elsewhere
it mostly is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from thuis.vocabulary.roles.window import Window

PEOPLE = (
    r"(?:migrant|immigrant|emigrant|allochto|autochto|nieuwkomer|oudkomer|minderhe|vreemdeling|"
    r"vluchteling|asiel|statushouder|"
    r"vergunninghouder|buitenlander|gastarbeider|medelander|moslim|islam|turk|marokk|surina|antill|"
    r"molukk|roma\b|sinti|"
    r"derdelander|inburger|etnisch|multicultur|immigratie|migratie|gezinshereniging|"
    r"nederlandse taal|taal(?:les|eis|cursus)|"
    r"indische nederlander|culturele achtergrond|andere culturen|segregatie|discriminatie|racisme|"
    r"emancipatie|naturalis|"
    r"verblijfsvergunning|immigr|refugee|asylum|ethnic|foreigner|newcomer|minorit|nationaliteit|"
    r"afkomst|herkomst)"
)
_PERSONS = (
    r"(?:man|mannen|vrouw|vrouwen|mens|mensen|persoon|personen|jongere?n?|jongens?|meisjes?|kind|"
    r"kinderen|ouders?|leerling|"
    r"leerlingen|studenten?|burgers?|inwoners?|bewoners?|bevolking|bevolkingsgroep(?:en)?|"
    r"groep(?:en)?|gezin(?:nen)?|"
    r"nederlanders?|europeanen|amerikanen|afrikanen|werknemers?|huid|collega|collega's|kiezers?|"
    r"ouderen|meerderheid|elite|"
    r"afkomst|achtergrond|herkomst|allochtonen|allochtoon|allochtone|migrant|migranten|immigrant|immigranten|"
    r"migratieachtergrond|nationaliteit|minderhe\w+|vluchtelingen|buitenlanders|vreemdelingen|derde|"
    r"generatie|volk(?:en|eren)?)"
)
_EN_PERSONS = (
    r"(?:man|men|woman|women|person|persons|people|youth|children|parents|students?|citizens?|"
    r"residents?|population|groups?|"
    r"families|immigrants?|migrants?|migration|background|origin|descent|ethnicity|minorities|"
    r"refugees|nationals?|majority)"
)
_EUROPE = re.compile(
    r"\b(?:europ\w*|eu|eg|eeg|emu|economische|monetaire|benelux|markten?|interne markt|oost-europa|"
    r"atlantisch\w*|navo|"
    r"lidstaten|unie|euro|brexit|verdieping)\b"
)
_THINGS = re.compile(
    r"\b(?:systeem|systemen|ict|informatie|technologie|energie\w*|vervoer\w*|gerechten|"
    r"organisaties?|diensten|wetgeving|"
    r"regelingen|onderwijs|leerwegondersteunend|milieu\w*|ruimtelijke|gehandicapten?|handicap|"
    r"beperking|psychiatri\w*|"
    r"patiënten|ouderenzorg|speciaal|politie|krijgsmacht|defensie|natuur|landbouw|drukapparaten|"
    r"onderdelen|vakken|data|"
    r"werklo\w*|arbeidsongeschikt\w*|dienstverband|werkgever|ex-gedetineerden|gedetineerden|delinquent\w*)\b"
)
_OTHER_BEFORE = re.compile(
    r"(?:europese|economische|monetaire|financiële|politieke|militaire|verticale|horizontale|"
    r"technische|ruimtelijke|"
    r"functionele|bestuurlijke|internationale|fiscale|administratieve|organisatorische|regionale|digitale|"
    r"west-europese|wereldwijde|inhoudelijke|gehele|volledige europese|latere|grotere europese)$"
)
_POLICY_PARTS = (
    r"^(?:s?-?)(?:beleid|proces|nota|debat|probleem|problematiek|cursus|eis|plicht|traject|"
    r"vraagstuk|onderdeel|monitor|"
    r"agenda|achterstand|wet|ambitie|aanpak|programma|project|fonds|opgave|kwestie|visie|minister|"
    r"contract|activiteit)"
)


def other_sense(window: Window, term: str, genre: str, sure: bool) -> str | None:
    """The ground on which a hit means something else, or None; ``sure``: only what needs no weighing.

    >>> other_sense(Window.at("wegens re-integratie van", 10, 20), "integratie", "law", True)
    're-'
    >>> other_sense(Window.at("de Europese integratie verdiept", 12, 22), "integratie", "report", False)
    'europese'
    """
    if sure:
        return _sure(window, term)
    for names, rule in _RULES:
        if term in names:
            return rule(window, genre)
    return None


def _sure(window: Window, term: str) -> str | None:
    if term.startswith(("integratie", "en-integration")):
        if found := re.search(r"(?:^|[(/])(?:\(?re\)?|her|des|dis)[-)]*$", window.attached_before):
            return found.group() or None
        if re.search(r"\b(?:re|her|des)-\s+en\s+$|\(re\)\s*$", window.before[-16:].lower()):
            return "re-"
    if re.search(r"[@\w]\.$", window.attached_before) or "www." in window.attached_before:
        return "address"
    return None


def _integration(window: Window, genre: str) -> str | None:
    hit, before, after = window.hit.lower(), window.words_before(4), window.words_after(6)
    tail = hit.removeprefix("integratie") + window.attached_after
    if tail.lstrip("-").startswith(
        ("uitkering", "test", "kosten", "techn", "software", "platform", "theorie")
    ):
        return tail
    if re.match(r"-\s+en\s+\w+", window.after):
        return "compound"
    score = {"law": -0.5, "manifesto": 0.5, "letter": 0.5, "report": 0.25, "text": 0.5, "debate": 0.25}.get(
        genre, 0.0
    )
    why = "genre"
    close = " ".join(before)
    if re.match(_POLICY_PARTS, tail):
        score += 2
    if (
        before
        and re.fullmatch(r"(?:west-)?europe(?:se|es|an)", before[-1])
        and not re.match(rf"(?:van|of)\s+(?:\w+\s+)?{PEOPLE}", " ".join(after))
    ):
        return before[-1]
    if before and (found := _OTHER_BEFORE.search(close)):
        score -= 2.5
        why = found.group()
    if glued := re.fullmatch(r"(van|in|en|met|voor|tussen|op)", tail):
        after = [glued.group(), *after]
    follow = " ".join(after)
    people = len(set(re.findall(PEOPLE, window.near(350))))
    if found := re.match(
        r"(?:van|of|tussen|voor)\s+(?:(?:de|het|een|deze|die|alle|al|andere|nieuwe|onze|"
        r"the)\s+)*(\S+(?: \S+){0,2})",
        follow,
    ):
        if re.search(PEOPLE + r"|hun\b|hen\b|mensen die|bevolkingsgroep", found[1]):
            score += 3
        elif _THINGS.search(found[1]) or _EUROPE.search(found[1]):
            score -= 3
            why = found[1]
        elif people < 2:
            score -= 1.5
            why = found[1]
    if re.match(
        r"(?:in|binnen|aan)\s+(?:de|onze|het|deze)\s+(?:nederlandse\s+)?(?:samenleving|maatschappij)", follow
    ):
        score += 1.5
    elif genre != "law" and why == "genre" and not re.match(r"(?:van|of|tussen)\b", follow):
        bare = not close.endswith(("sociale", "maatschappelijke")) and not _EUROPE.search(close)
        score += 1.0 if bare else 0.0
    score += min(3.0, 0.75 * people)
    sentence = window.sentence
    local = len(re.findall(PEOPLE, sentence))
    score += min(1.5, 0.75 * local)
    other = len(set(_EUROPE.findall(sentence))) + len(set(_THINGS.findall(sentence)))
    if other:
        score -= min(2.5, 0.75 * other)
        why = why if why != "genre" else "subject"
    wide = len(set(_EUROPE.findall(window.near(350)))) + len(set(_THINGS.findall(window.near(350))))
    score -= min(1.5, 0.3 * wide)
    return why if score <= 0 else None


def _native(window: Window, _genre: str) -> str | None:
    """Native plants, animals, stone."""
    nature = (
        r"\b(?:plant\w*|bo(?:om|men|s|ssen)\b|struik\w*|soort(?:en)?|ras(?:sen)?|gesteente\w*|"
        r"zaad\w*|flora|fauna|plantgoed|"
        r"hout\w*|gene\w*|dier\w*|vis(?:sen)?|plantmateriaal|species|trees?|rock|shrubs?)\b"
    )
    found = re.search(nature, " ".join([*window.words_before(6), "|", *window.words_after(5)]))
    return found.group() if found and not re.search(PEOPLE, window.sentence_after.lower()[:40]) else None


def _western(window: Window, genre: str) -> str | None:
    """Western and non-western of origin are said of people; of culture, democracy, the world they are
    something else."""
    after = window.words_after(3)
    if not after:
        return None if re.search(PEOPLE, window.near(150)) else "not of persons"
    persons = _PERSONS if genre != "en" else _EN_PERSONS
    join = after[0] in ("en", "of", "/", "and", "or")
    candidates = after[1:3] if join else after[:2]
    if any(re.fullmatch(persons, each) for each in candidates):
        return None
    if re.fullmatch(r"land(?:en)?", after[0]) and window.hit.lower().startswith("niet"):
        return None
    return after[0]


def _western_en(window: Window, _genre: str) -> str | None:
    after = window.words_after(3)
    if any(re.fullmatch(_EN_PERSONS, each) for each in after):
        return None
    if window.hit.lower().startswith("non") and after[:1] == ["countries"]:
        return None
    return after[0] if after else "not of persons"


def _generation(window: Window, _genre: str) -> str | None:
    """A generation of migrants; of medicines, equipment and war victims it is something else."""
    close = " ".join([*window.words_before(14), *window.words_after(14)])
    if re.search(
        r"\b(?:wuv|vervolg\w*|oorlog\w*|verzet\w*|holocaust|antihistam\w*|biobrandstof\w*|acas)\b", close
    ):
        return "other generation"
    if re.search(PEOPLE + r"|nederlanders|dutch|immigrants", close):
        return None
    return None if re.search(PEOPLE, window.near(250)) else "no migrants near"


def _illegal(window: Window, _genre: str) -> str | None:
    hit, before, after = window.hit.lower(), window.words_before(2), window.words_after(3)
    if hit == "illegale":
        return None if after and re.fullmatch(_PERSONS, after[0]) else "of an act or thing"
    if hit != "illegaal":
        return None
    person = before[-1:] and before[-1] in (
        "een",
        "de",
        "als",
        "elke",
        "iedere",
        "geen",
        "zo'n",
        "die",
        "is",
        "zijn",
    )
    stays = re.search(
        r"\b(?:in (?:ons|nederland|dit) ?(?:land)?|verblijvende?|aanwezige?)\b", " ".join(after)
    )
    noun = after and after[0] not in (
        "in",
        "is",
        "die",
        "wordt",
        "kan",
        "zijn",
        "mag",
        "en",
        "of",
        "heeft",
        "hier",
        "moet",
    )
    if stays and not (after and re.match(r"verblijf$", after[0])):
        return None
    return "of an act or thing" if not person or noun else None


def _of_persons(*always: str) -> Callable[[Window, str], str | None]:
    def rule(window: Window, _genre: str) -> str | None:
        if window.hit.lower() in always:
            return None
        after = window.words_after(3)
        if any(re.fullmatch(_PERSONS, each) for each in after[:2]):
            return None
        if after[:1] in (["en"], ["of"], ["and"], ["or"]) and any(
            re.fullmatch(_PERSONS, e) for e in after[1:]
        ):
            return None
        return "not of persons"

    return rule


def _afterwards(pattern: str) -> Callable[[Window, str], str | None]:
    def rule(window: Window, _genre: str) -> str | None:
        tail = (window.hit + window.attached_after).lower() + " " + " ".join(window.words_after(4))
        found = re.search(pattern, tail)
        return found.group() if found else None

    return rule


_RULES: tuple[tuple[frozenset[str], Callable[[Window, str], str | None]], ...] = (
    (frozenset({"integratie", "integratiebeleid", "en-integration"}), _integration),
    (frozenset({"autochtoon", "en-autochthonous", "en-allochthonous"}), _native),
    (frozenset({"westers", "niet-westers"}), _western),
    (frozenset({"en-western", "en-non-western"}), _western_en),
    (
        frozenset(
            {"eerste-generatie", "tweede-generatie", "derde-generatie"}
            | {"en-first-generation", "en-second-generation", "en-third-generation"}
        ),
        _generation,
    ),
    (frozenset({"illegaal"}), _illegal),
    (frozenset({"blank"}), _of_persons("blanken")),
    (frozenset({"gekleurd"}), _of_persons("gekleurden", "kleurling", "kleurlingen")),
    (frozenset({"niet-wit", "inheems"}), _of_persons("inheemsen", "niet-witten")),
    (frozenset({"zigeuner"}), _afterwards(r"zigeuner(?:orkest|muziek|saus|schnitzel|baron|jazz)")),
    (frozenset({"en-gypsy"}), _afterwards(r"gypsy (?:moth|jazz|caps?)")),
    (frozenset({"en-alien"}), _afterwards(r"aliens? (?:species|plants?|invasion|life)")),
    (frozenset({"herkomst"}), _afterwards(
        r"herkomst van (?:de |het |deze )?(?:goederen|producten?|middelen|geld|dieren|afval|"
        r"informatie|gegevens|hout)")),
    (frozenset({"en-origin"}), _afterwards(r"origin of (?:the )?(?:goods|products|data|funds|file)")),
)  # fmt: skip
