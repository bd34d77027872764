"""Words that mean something else: the integration of markets, native plants, other generations.

Each family of terms has its own signs. Where one sign decides it is ``sure``; for ``integratie`` signs
for and against are added up, and the genre decides a draw: in law the word is rarely about people, elsewhere
it mostly is. Words and weights stand in tables beside this module (:mod:`thuis.vocabulary.roles.words`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from thuis.vocabulary.roles.window import Window
from thuis.vocabulary.roles.words import SENSES, any_of, counted, weights, whole, words

PEOPLE = any_of("people")
_PERSONS = rf"(?:{any_of('persons')}|\w*{any_of('persons-compound')})"
_EN_PERSONS = any_of("persons-en")
_EUROPE, _THINGS = whole("europe"), whole("things")
_OF = re.compile(
    r"(?:van|of|tussen|voor)\s+(?!(?:jongs|kinds|begin|meet)\s+af|(?:groot\s+|essentieel\s+)?belang\b|start\b|toepassing\b"
    r"|\d|onderop\b|bovenaf\b|(?:twee|beide|alle|één)\s+kant)(?:(?:de|het|een|deze|die|alle|al|andere|nieuwe|onze|the)\s+)*"
    r"(\S+(?: \S+){0,2})"
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
    return None


def _integration(window: Window, genre: str) -> str | None:
    hit, before, after = window.hit.lower(), window.words_before(4), window.words_after(6)
    tail = hit.removeprefix("integratie") + window.attached_after
    if SENSES["technical-parts"].match(tail):
        return tail
    # "Integratie- en Inburgeringsbeleid" is one policy on people, other pairs of compounds are not.
    joined = re.match(r"-\s+en\s+(\w+)", window.after)
    if joined and not re.match(PEOPLE, joined[1].lower()):
        return "compound"
    if (
        before
        and re.fullmatch(r"(?:west-)?europe(?:se|es|an)", before[-1])
        and not re.match(rf"(?:van|of)\s+(?:\w+\s+)?{PEOPLE}", " ".join(after))
    ):
        return before[-1]
    near = window.near(350)
    if (made := whole("technique").search(near)) and not re.search(PEOPLE, near):
        return made.group()
    if glued := re.fullmatch(r"(van|in|en|met|voor|tussen|op)", tail):
        after = [glued.group(), *after]
    score, why = counted(genre, 1) if genre in weights() else 0.0, "genre"
    if SENSES["policy-parts"].match(tail):
        score += counted("policy", 1)
    close = " ".join(before)
    if before and (found := SENSES["other-before"].search(close)):
        score, why = score + counted("other-before", 1), found.group()
    score += _beside(window)
    for add, ground in (_follows(" ".join(after), close, window, genre, why), _around(window)):
        score += add
        why = ground if ground and why == "genre" else why
    return why if score <= 0 else None


def _beside(window: Window) -> float:
    """What subjects of policy add in one list with the bare word: ``wonen, integratie en zorg``."""
    before = window.sentence_before[-60:].lower()
    listed = window.hit.lower() == "integratie" and not before.endswith(("sociale ", "maatschappelijke "))
    listed = listed and bool(SENSES["with-policy"].match(window.sentence_after.lower()))
    if SENSES["couples"].search(before) or re.match(
        r"\s+(?:en|of|en/of)\s+inburgering\b", window.sentence_after.lower()
    ):
        return counted("coupled", 1)
    return counted("in-list", int(listed or bool(SENSES["after-policy"].search(before))))


def _follows(follow: str, close: str, window: Window, genre: str, why: str) -> tuple[float, str | None]:
    """What is said to be integrated, or into what; without either the bare word is the policy word."""
    score, ground = 0.0, None
    if (found := _OF.match(follow)) and found[1].split()[0] not in words("agents"):
        if _THINGS.match(found[1]):
            score, ground = counted("of-things", 1), found[1]
        elif _people_of(found[1], window):
            score = counted("of-people", 1)
        elif _THINGS.search(found[1]) or _EUROPE.search(found[1]):
            score, ground = counted("of-things", 1), found[1]
        elif len(set(re.findall(PEOPLE, window.near(350)))) < 2:
            score, ground = counted("of-unknown", 1), found[1]
    if SENSES["in-society"].match(follow):
        return score + counted("in-society", 1), ground
    if genre == "law" or (ground or why) != "genre" or re.match(r"(?:van|of|tussen)\b", follow):
        return score, ground
    bare = not close.endswith(("sociale", "maatschappelijke")) and not _EUROPE.search(close)
    return score + counted("bare", int(bare)), ground


def _people_of(said: str, window: Window) -> bool:
    """Whether what is integrated are people who came, or people of whom nothing else is told."""
    if re.search(PEOPLE + r"|hun\b|hen\b|mensen\b|bevolkingsgroep", said):
        return True
    if whole("demonyms").search(said) and not _EUROPE.search(window.sentence):
        return True
    persons = any(re.fullmatch(_PERSONS, each) for each in re.findall(r"[\w'’-]+", said))
    return persons and not whole("other-people").search(window.sentence)


def _around(window: Window) -> tuple[float, str | None]:
    """How many words for people, and for states and things, stand in the sentence and near it."""
    near, sentence = window.near(350), window.sentence
    score = counted("people-near", len(set(re.findall(PEOPLE, near))))
    score += counted("people-sentence", len(re.findall(PEOPLE, sentence)))
    other = len(set(_EUROPE.findall(sentence))) + len(set(_THINGS.findall(sentence)))
    wide = len(set(_EUROPE.findall(near))) + len(set(_THINGS.findall(near)))
    score += counted("things-sentence", other) + counted("things-near", wide)
    return score, "subject" if other else None


def _of_whom(window: Window) -> bool:
    """Whether the first noun after a row of adjectives is one for persons."""
    low = window.sentence_after.lower()
    row = SENSES["row"].match(low) if low[:1] in (" ", ",") else None
    return bool(row and re.fullmatch(_PERSONS, row["noun"]))


def _native(window: Window, genre: str) -> str | None:
    """Native plants, animals, stone; and the peoples of other continents that treaties speak of."""
    around = " ".join([*window.words_before(6), "|", *window.words_after(5)])
    grown = window.words_after(1) in (["herkomst"], ["herkomsten"])
    if not grown and any(re.fullmatch(_PERSONS, each) for each in window.words_after(1)):
        return _indigenous(window, genre)
    # "Autochtonen" is who; what grows is said with its noun.
    if window.hit.lower().endswith("nen"):
        return None
    found = whole("nature").search(around)
    if found is None and whole("nature").search(window.near(350)):
        found = whole("nature-beside").search(around)
    if found and not re.search(PEOPLE, window.sentence_after.lower()[:40]):
        return found.group()
    wide = whole("nature").search(window.sentence)
    beside = f"{window.sentence_before} {window.sentence_after}".lower().replace("herkomsten", "")
    if wide and not re.search(PEOPLE, beside):
        return wide.group()
    # A catalogue of plants speaks of them around the sentence; no noun for people is left out of sight.
    around = SENSES["grown"].sub("", window.near(350))
    far = whole("nature").search(around) if not window.hit.lower().endswith("en") else None
    if far and not re.search(PEOPLE, around):
        return far.group()
    return _indigenous(window, genre)


def _brought(window: Window, _genre: str) -> str | None:
    """Stone and soil that came from elsewhere."""
    found = whole("nature").search(" ".join(window.words_after(2)))
    return found.group() if found and not re.search(PEOPLE, " ".join(window.words_after(2))) else None


def _indigenous(window: Window, genre: str) -> str | None:
    after = window.words_after(4)
    if after[1:2] and after[0] in ("en", "of", "and"):
        after = after[1:]
    people = next((each for each in after[:2] if re.fullmatch(any_of("indigenous"), each)), None)
    if people is None:
        return None
    near = whole("indigenous-near").search(window.sentence)
    return people if near or (genre == "law" and people.startswith(("gemeenschap", "volk"))) else None


def _minority(window: Window, _genre: str) -> str | None:
    """Minorities of another part of the world, said with its name."""
    close = " ".join(window.words_before(2))
    found = whole("abroad").search(close)
    return found.group() if found else None


def _of_islands(window: Window, genre: str) -> str | None:
    """``Antilliaanse jongeren`` are people; an Antillean court, budget or guilder is of the country."""
    if re.search(r"\w-$", window.attached_before):
        said = any(re.fullmatch(_PERSONS, each) for each in window.words_after(2)[:1])
        return None if said else "of a country"
    following = window.words_after(1) if window.after[:1].isspace() else []
    if following and SENSES["agents"].fullmatch(following[0]):
        return None
    return _of_persons("antilliaan", "antillianen")(window, genre)


def _western(window: Window, genre: str) -> str | None:
    """Western and non-western of origin are said of people; of culture, democracy, the world they are
    something else."""
    after = window.words_after(3)
    if not after:
        told = re.search(PEOPLE, window.near(150)) or (
            window.hit.lower().startswith("niet") and re.search(rf"\b{_PERSONS}\b", window.sentence)
        )
        return None if told else "not of persons"
    persons = _PERSONS if genre != "en" else _EN_PERSONS
    join = after[0] in ("en", "of", "/", "and", "or")
    candidates = after[1:3] if join else after[:2]
    if any(re.fullmatch(persons, each) for each in candidates) or _of_whom(window):
        return None
    if window.hit.lower().startswith("niet") and SENSES["agents"].fullmatch(after[0]):
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
    if whole("other-generation").search(close):
        return "other generation"
    following = window.words_after(2)
    first = window.hit.lower().startswith("eerste") and any(each.startswith("student") for each in following)
    if any(re.fullmatch(_PERSONS, each) for each in following) and not first:
        return None
    if re.search(PEOPLE + r"|nederlanders|dutch|immigrants", close):
        return None
    told = re.search(PEOPLE + r"|\bintegrati|\binburger|\bwesterse", window.near(250))
    return None if told else "no migrants near"


def _newcomer(window: Window, genre: str) -> str | None:
    """Newcomers to a market or a system of emission rights are firms.

    A law that says nothing of people who came, wherever it speaks of newcomers, means firms as well.
    """
    found = SENSES["entrants"].search(window.sentence) or (
        SENSES["entrants"].search(window.near(350)) if genre == "law" else None
    )
    beside = f"{window.sentence_before} {window.sentence_after}".lower()
    if found and not re.search(PEOPLE, SENSES["newcomers"].sub("", beside)):
        return found.group()
    alone = window.hit.lower() in ("nieuwkomer", "nieuwkomers")
    if alone and (joined := SENSES["joins"].match(window.sentence_after.lower())):
        placed = any(
            whole("places", "not-joined").fullmatch(e) for e in SENSES["placed"].findall(joined.group())
        )
        if not placed and not re.search(PEOPLE, SENSES["newcomers"].sub("", beside)):
            return joined["noun"]
    if genre != "law":
        return None
    wide = SENSES["newcomers"].sub("", window.near(600))
    asks = SENSES["asks-leave"].search(wide)
    return asks.group() if asks and not re.search(PEOPLE, wide) else None


_STAYS = frozenset(words("stays"))


def _illegal(window: Window, _genre: str) -> str | None:
    hit, before, after = window.hit.lower(), window.words_before(2), window.words_after(3)
    if hit == "illegale":
        return None if after and re.fullmatch(_PERSONS, after[0]) else "of an act or thing"
    if hit != "illegaal":
        return None
    # "Van de twaalf vrouwen bleken er vier illegaal": said of persons, after or before the verb.
    verb = after[:1] or window.words_before(5)
    if set(verb) & _STAYS and any(re.fullmatch(_PERSONS, each) for each in window.words_before(8)):
        return None
    person = before[-1:] and before[-1] in words("determiners")
    stays = re.search(
        r"\b(?:in (?:ons|nederland|dit) ?(?:land)?|verblijvende?|aanwezige?)\b", " ".join(after)
    )
    noun = after and after[0] not in words("no-noun")
    if stays and not (after and re.match(r"verblijf$", after[0])):
        return None
    return "of an act or thing" if not person or noun else None


def _of_persons(*always: str) -> Callable[[Window, str], str | None]:
    def rule(window: Window, _genre: str) -> str | None:
        if window.hit.lower() in always:
            return None
        # "Fel gekleurd, mannen met …": after a comma nothing is told of by the word.
        after = window.words_after(3) if window.after[:1].isspace() else []
        if any(re.fullmatch(_PERSONS, each) for each in after[:2]) or _of_whom(window):
            return None
        if after[:1] in (["en"], ["of"], ["and"], ["or"]) and (
            any(re.fullmatch(_PERSONS, e) for e in after[1:])
            or SENSES["also-people"].match(" ".join(after[1:]))
        ):
            return None
        return "not of persons"

    return rule


def _white(window: Window, genre: str) -> str | None:
    """``Blank zijn``, ``blank of zwart``: persons without a noun; wood and sheets of water keep theirs."""
    low = window.sentence_before.lower().split()[-1:]
    after = window.words_after(1) if window.after[:1].isspace() else []
    # Who is called white is said by any noun for people; what is white is one of few things.
    if window.hit.lower() == "blanke" and after:
        thing = after[0] in words("white-things") or whole("material").fullmatch(after[0])
        return after[0] if thing else None
    bare = window.hit.lower() == "blank" and (not low or low[0] in ("van", "over", "het", "of", "niet"))
    if bare and SENSES["being-white"].match(window.sentence_after.lower()):
        return None
    return _of_persons("blanken")(window, genre)


def _afterwards(pattern: str) -> Callable[[Window, str], str | None]:
    def rule(window: Window, _genre: str) -> str | None:
        tail = (window.hit + window.attached_after).lower() + " " + " ".join(window.words_after(4))
        found = re.search(pattern, tail)
        return found.group() if found else None

    return rule


_GOODS_AFTER = _afterwards(
    r"herkomst van (?:de |het |deze )?(?:goederen|producten?|middelen|geld|dieren|"
    r"afval|\w*gegevens|informatie|hout)"
)


def _of_goods(window: Window, genre: str) -> str | None:
    """Where goods come from: "de herkomst, de wijze of het tijdstip van vervaardigen"."""
    if found := _GOODS_AFTER(window, genre):
        return found
    near = SENSES["goods-near"].search(window.near(160))
    return near.group() if near and not re.search(PEOPLE, window.near(160)) else None


_RULES: tuple[tuple[frozenset[str], Callable[[Window, str], str | None]], ...] = (
    (frozenset({"integratie", "integratiebeleid", "en-integration"}), _integration),
    (frozenset({"autochtoon", "en-autochthonous", "en-allochthonous"}), _native),
    (frozenset({"allochtoon"}), _brought),
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
    (frozenset({"nieuwkomer"}), _newcomer),
    (frozenset({"blank"}), _white),
    (frozenset({"gekleurd"}), _of_persons("gekleurden", "kleurling", "kleurlingen")),
    (frozenset({"niet-wit"}), _of_persons("niet-witten")),
    (frozenset({"inheems"}), lambda w, g: _indigenous(w, g) or _of_persons("inheemsen")(w, g)),
    (frozenset({"antilliaan"}), _of_islands),
    (frozenset({"etnische-minderheid"}), _minority),
    (frozenset({"zigeuner"}), _afterwards(r"zigeuner(?:orkest|muziek|saus|schnitzel|baron|jazz)")),
    (frozenset({"en-gypsy"}), _afterwards(r"gypsy (?:moth|jazz|caps?)")),
    (frozenset({"en-alien"}), _afterwards(r"aliens? (?:species|plants?|invasion|life)")),
    (frozenset({"herkomst"}), _of_goods),
    (frozenset({"en-origin"}), _afterwards(r"origin of (?:the )?(?:goods|products|data|funds|file)")),
)  # fmt: skip
