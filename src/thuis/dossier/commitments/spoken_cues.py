"""The words by which a spoken clause promises, orders the debate, takes a stand, or refuses."""

from __future__ import annotations

import re


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_I = r"(?:ik|wij|we)"
_THEY = (
    r"(?:mijn (?:collega|ambtgenoot)(?:'?s)?(?: van [A-Z]\w+| [A-Z][\w-]+)?|het kabinet"
    r"|de (?:minister|staatssecretaris|bewindspersoon)(?: van [A-Z]\w+| [A-Z][\w-]+)?)"
)
PAPER = (
    r"(?:\w*brief|brieven|(?:kabinets|beleids)?reactie|\w*wetsvoorstel|voorstel(?:len)?|nota van wijziging"
    r"|\w*rapportage|\w*evaluatie|overzicht|notitie|\w*plan|plan van aanpak|\w*aanpak|appreciatie|verkenning"
    r"|inventarisatie|analyse|terugkoppeling)"
)
BREAKS = _rx(
    r";\s*|\s+[—–]\s+|,\s+nee,\s+|,?\s+maar\s+|,\s+want\s+|,\s+dus\s+|,\s+en\s+(?=dan\b)"
    r"|,?\s+en\s+(?=(?:ik|wij|we|daar\w*|hier\w*|laat ik|wil deze|wil die|laat het oordeel)\b)"
)
QUOTED = re.compile(r"[\"“„«][^\"”“»]{12,}[\"”»]")
_OPENING = r"(?:(?:ja|nee|nou|dus|en|maar|kortom|natuurlijk|prima|goed|voorzitter|nogmaals)[,.:]?\s+)*"


PRONOUN = _rx(rf"\b{_I}\b")
_WORD = re.compile(r"[\w’'-]+")
_FIRST_WORD = re.compile(r"\s+([\w’'-]+)")
_BEGINS = _rx(rf"\W*{_OPENING}")
_ASIDE = frozenset(["die", "hoe", "of", "wat", "als", "omdat", "zodat", "waar"])


def verbs_of(part: str) -> list[tuple[str, int, int]]:
    """The words beside "ik" or "wij" that may be the verb of a main clause, each with its place.

    >>> verbs_of("Dat neem ik mee, ik kom erop terug")
    [('neem', 4, 11), ('kom', 17, 23)]
    """
    found = []
    for pronoun in PRONOUN.finditer(part):
        before = part[: pronoun.start()]
        words = before[-50:].split()
        if words and words[-1] == "er" and len(words) > 1:
            words.pop()
        last = words[-1] if words and before[-1:].isspace() and _WORD.fullmatch(words[-1]) else None
        if last and (words[-2] if len(words) > 1 else "").lower() not in _ASIDE:
            found.append((last.lower(), before.rindex(last), pronoun.end()))
        straight = before.rstrip().endswith((",", ":")) or _BEGINS.fullmatch(before)
        following = _FIRST_WORD.match(part, pronoun.end()) if straight else None
        if following:
            found.append((following[1].lower(), pronoun.start(), following.end()))
    return found


WILL = frozenset(["zal", "zullen", "ga", "gaan"])
CAN = frozenset(["kan", "kunnen"])
WANT = frozenset(["wil", "willen"])
COME_BACK = _rx(
    r"\bwil(?:len)? \w+ [^.;,]*\bop terug(?:komen| te komen)\b(?! in (?:de )?tweede)"
    r"|\bop (?:een rij(?:tje)?|papier|schrift) zetten\b"
)
THEY_WILL = _rx(
    rf"\b{_THEY} (?:komt|komen)\b[^.;]*\bterug\b|\b(?:komt|komen) {_THEY}\b[^.;]*\bterug\b"
    rf"|\b{_THEY} (?:zal|zullen)\b[^.;]*\b(?:terugkomen|informeren|sturen|meenemen|betrekken|reageren)\b"
    rf"|\b{_THEY} (?:gaat|gaan|zal|zullen)\b[^.;]*\b(?:kijken|bezien|onderzoeken|in gesprek|uitzoeken"
    rf"|aan de slag)\b"
    rf"|\b{_THEY} (?:stuurt|informeert|neemt|sturen|informeren|nemen)\b[^.;]*\b(?:u|Kamer|mee|brief)\b"
)
NOT = _rx(r"\b(?:niet(?! alleen\b)|geen|nooit|evenmin|noch)\b")
IN_THE_DEBATE = _rx(
    r"\b(?:straks|zo ?meteen|zo (?:nog|even|direct|dadelijk|op|in|bij|naar|iets)|even (?:bij|pakken|mee)"
    r"|(?:zo )?dadelijk|(?:eerste|tweede|derde) termijn|volgend\w* blok\w*|verderop|in dit debat|vandaag"
    r"|nu(?! al\b)|meteen|eventjes|hierna|vanavond|alle \w+ moties|nog even (?:op|bij|iets)|even of"
    r"|alle vragen"
    r"|rest van (?:het|dit) debat|(?:mijn|de|het) (?:beantwoording|betoog|inleiding|verhaal|antwoord)"
    r"|eerst (?:de|even|een|iets|wat)|kort (?:op|iets|door)|schorsen|in volgorde)\b"
)
TALK = _rx(
    r"\b(?:ontraden|zeggen|noemen|herhalen|beginnen|spreken|praten|debatteren|langs|langslopen|toelichten"
    r"|uitleggen|reageren|eindigen|afronden|afsluiten|beëindigen|citeren|voorlezen|vinden|zitten|aannemen"
    r"|geloven|wachten|krijgen|worden|merken|zien|vooruitlopen|oordeel\w*|beoordelen|adviseren|verdedigen"
    r"|bestrijden|concluderen|constateren|bekennen|missen|winnen|wisselen|van uit|mee in|door met|door naar"
    r"|door elkaar|naar de (?:motie|moties|vragen|volgende)|(?:op|met|bij) de (?:motie|moties|vragen)|kant"
    r"|verder met|bezighouden|bezig zijn|oog hebben|sluiten|stemmen|begrijpen|toegeven|stilstaan"
    r"|toekomen aan|samenvatten|antwoorden"
    r"|beantwoorden|verliezen|voortgaan|voort|doorgaan|kort (?:te )?houden|veranderen|leven|behandelen"
    r"|afhandelen|met elkaar|(?<!en )blijven(?=\W*$)|moeten(?! (?:gaan"
    r"|vragen|uitzoeken|overleggen|checken))"
    r"|naar (?:de|het) (?:motie|amendement)[\w-]*|proberen(?!.{0,60}\bte \w+en\b))\b"
    r"|\ber ?van ?uit\b|^\W*(?:er )?(?:\w+ )?vanuit\b|\bwelke vragen\b"
    r"|\b(?:motie|moties|amendement\w*)\b.{0,30}\b(?:doen|nemen|geven|pakken|indienen)\b"
)
INTO = _rx(r"\b(?:ingaan|in te gaan|in op|(?:daar|hier|er)op in)\b")
IN_A_PAPER = _rx(
    rf"\b(?:in(?! op\b)|met|via|bij|per|middels) (?:(?:de|het|een|die|deze|dat|dezelfde|mijn|onze|zo'n)\s+)?"
    rf"(?:\w+e?\s+){{0,3}}?{PAPER}\b|\bschriftelijk\b"
)
FOR_SURE = _rx(
    r"\b(?:graag|zeker|dan|nog|later|natuurlijk|uiteraard|dus|ook|wel|in ieder geval|sowieso|best)\b"
)
REFUSED = _rx(
    r"\b(?:evaluatie|evalueren|toezeg\w+|brief|onderzoek\w*|informeren|doen|maken|sturen|aanpassen|wijzigen"
    r"|invoeren|terugdraaien|voorstel\w*|inzetten|waarmaken|garanderen|beloven|vooruitlopen|freestylen"
    r"|herzien|uitrollen|stopzetten|schetsen|overnemen|uitvoeren|instellen|verlengen|openbaar)\b"
)
MUST = _rx(
    r"^(?:(?!\b(?:welke?|wat|hoe|of|die|dat)\b)[^.;,])*\bmoeten (?!gaan\b|vragen\b|uitzoeken\b"
    r"|overleggen\b|checken\b)\w+en\b"
)
"""What will have to be done is no promise: "we zullen steeds moeten bekijken"."""
UNABLE = _rx(
    r"\b(?:gaat|zal) (?:(?:ons|mij|me|helaas|dus) )*niet lukken\b|\bgaat (?:ons|mij)\b[^.;]*\bniet lukken\b"
    r"|\bniet (?:kan|kunnen) (?:waarmaken|toezeggen|beloven)\b"
    r"|\bspan(?:nen)? (?:ik|wij|we) (?:mij|me|ons)\b[^.;]*\bniet\b"
    r"|\b(?:daar|dit|dat) (?:ga|gaan) (?:ik|wij|we) (?:dus |ook |nu )*niet (?:doen|aan)\b"
    r"|\bdat is niet wat (?:ik|wij|we) (?:ga|gaan|wil|willen) doen\b"
)
_GOES_WITH: tuple[tuple[str, str], ...] = (
    (
        "kom|komen",
        rf"(?<!\bnog op )(?<!\bkeer )\bterug\b(?! op die \d)|\bmet (?:(?:een|de|het|mijn|onze"
        rf"|die)\s+)?(?:\w+\s+){{0,2}}?{PAPER}\b",
    ),
    (
        "neem|nemen",
        r"(?<!\bu )\bmee\b|\b(?:op in|contact|ter harte|in overweging|stap(?:pen)?)\b|\b(?:op"
        r"|over)\W*$",
    ),
    ("betrek|betrekken|overleg|agendeer|evalueer|attendeer|organiseer|rapporteer|inventariseer", ""),
    ("blijf|blijven", r"\b(?:inspannen|inzetten|volgen|aandringen|hameren|informeren|monitoren)\b"),
    ("beantwoord", r"\bschriftelijk\b"),
    ("nodig|start|starten", r"\buit\b|\bmet (?:een|de)\b"),
    (
        "maak|maken",
        rf"(?!.*\bmogelijk\b).*\b(?:{PAPER}|lijst(?:je)?|vergelijking|afspraken|werk van|hard voor"
        rf"|inzichtelijk)\b|\bvrij\W*$",
    ),
    ("bied|bieden", r"\b(?:informatie|inzicht|beeld|overzicht|uitsluitsel|terugkoppeling)\b"),
    (
        "geef|geven",
        r"\b(?:informatie|inzicht|beeld|overzicht|uitsluitsel|terugkoppeling|door|mee aan|gehoor aan)\b",
    ),
    (
        "vraag|vragen",
        r"\b(?:in huis|na|uit|aandacht)\b|\bop\W*$|\baan (?:de|het|mijn) (?!heer|mevrouw|leden|lid|Kamer"
        r"|motie|indiener)"
        r"|^ (?:de|het|mijn|hun) (?!heer|mevrouw|leden|lid|Kamer|motie|indiener"
        r"|minister|staatssecretaris|kabinet|regering|collega-)\w+\b.* om .*\bte\b",
    ),
    (
        "zet|zetten",
        r"\b(?:op een rij\w*|op de agenda|op papier|in (?:de|die|een|mijn) (?:\w+ )?brief|in gang|(?:me"
        r"|mij) (?:\w+ )?\w*voor in|uit|door)\b",
    ),
    ("span|spannen", r"\b(?:me|mij|ons)\b.*\bvoor in\b"),
    ("pak|pakken", r"\bmee\W*$"),
    ("pak|pakken|stel|stellen", r"\bop(?=\W*$| met| in| bij| samen)|\baan de orde\b"),
    (
        "bekijk|bekijken|inventariseer|check|regel|verken",
        r"\b(?:graag|nog|dan|zeker|dat|dit)\b.*\b(?:graag|nog|dan|zeker|na\b|uit\b|voor (?:de|het) \w+)"
        r"|\b(?:of|hoe|wat|nog)\b",
    ),
    ("onderzoek|onderzoeken", r"\b(?:graag|nog|dan|zeker)\b"),
    ("doe|doen", r"\b(?:toekomen|navraag|mijn (?:uiterste )?best|onderzoek|verslag|een poging)\b"),
    ("zoek|zoeken|reken|rekenen", r"(?<!\bvan )\b(?:uit|na)\b"),
    ("ga|gaan", r"(?<!\bvan )\bna\b|\b(?:het |dat |dit )?gesprek\b[^.]*\baan\b"),
    ("schets|schetsen|beschrijf|verwerk|verwerken|benoem|licht|lichten", rf"\b{PAPER}\b"),
    (
        "leg|leggen|breng|brengen",
        r"\b(?:voor|over|in kaart|onder de aandacht|neer bij|in bij|op tafel|ter sprake)\b",
    ),
    ("bespreek|bespreken|deel|delen", r"\b(?:met|in)\b"),
    ("spreek|spreken", r"\b(?:daarop |hierop )?aan\b|\bdaarover\b.*\bmet\b"),
    ("stuur|sturen|zend|zenden|lever|leveren|mail|schrijf", rf"\b{PAPER}\b|\b(?:u|Kamer|toe|na|mee)\b"),
    ("voeg|voegen", rf"\btoe aan\b.*\b{PAPER}\b|\bbij\b.*\b{PAPER}\b|\btoe\W*$"),
    ("kaart|kaarten", r"\baan\b"),
    ("stem|stemmen", r"\baf\W*$|\baf met\b"),
    ("schrijf|schrijven", r"\bop\W*$"),
    ("kijk|kijken", r"\bna\W*$"),
    ("bereid|bereiden", r"\bvoor\W*$"),
    ("verduidelijk|verduidelijken", rf"\b{PAPER}\b"),
    ("geef", r"\bmee\W*$"),
    ("leg", r"\bneer\W*$"),
    ("regel|herstel|wijzig|monitor", r"^ (?:dat|dit|graag|zeker|\W*$)|^\W*$"),
    ("pas|werk", r"^ (?:graag |zeker )*(?:aan|uit)\W*$"),
    ("bel|bezoek", r"\b(?:dan|graag|nog|zelf|daarover|hierover|binnenkort)\b"),
    ("roep|roepen", r"\bbij elkaar\b|\bbijeen\b|\bsamen\b"),
    (
        "werk|werken|pas|passen|voer|koppel|koppelen",
        r"\b(?:dat|dit|die|deze|daarop|graag|nog|nader)\b.*\b(?:uit|aan|terug)\b",
    ),
    ("zorg|zorgen", r"\bdat\b"),
    ("probeer", r"\bte (?:brengen|sturen|informeren|betrekken|maken|krijgen|regelen|leveren)\b"),
    ("kijk|kijken", r"\b(?:naar|of|hoe|wat|welke)\b"),
    ("houd|houden|hou", r"\b(?:op de hoogte|in de gaten|geïnformeerd)\b"),
    ("informeer|informeren|bericht|meld", ""),
    ("laat|laten", r"\b(?:onderzoek|weten|uitzoeken|nakijken|onderzoeken|nagaan|horen)\b"),
)
DOES: dict[str, tuple[re.Pattern[str], ...]] = {}
for _verbs, _rest in _GOES_WITH:
    for _verb in _verbs.split("|"):
        DOES[_verb] = (*DOES.get(_verb, ()), _rx(_rest))

OUTRIGHT = frozenset(["betrekken", "nemen", "komen", "pakken", "zoeken", "sturen", "vragen", "leggen"])
"""Verbs by which also "wij" take on what was asked, where its object stands before or beside them."""
WHAT_WAS_ASKED = _rx(
    r"^\W*(?:ja,? |en |ook )*(?:dat|dit|die|daar\w*|hier\w*|deze)\b|^\W*(?:we"
    r"|wij) \w+ (?:dat|dit|die|daar\w*)\b"
)
FORUM = _rx(
    r"\b(?:bij|in|tijdens|op) (?:de|het|een|die|mijn|dat|elke?)\s+(?:\w+\s+){0,3}?(?:\w*raad|top"
    r"|\w*overleg\w*|ministerraad|\w*conferentie"
    r"|\w*gesprek(?:ken)?)\b"
)
"""Where a minister speaks later, outside the chamber."""
TELLS = frozenset(
    ["informeer", "informeren", "bericht", "meld", "stuur", "sturen", "zend", "zenden", "lever", "leveren"]
)
A_PAPER = _rx(rf"^ (?:u|uw Kamer|de Kamer|jullie) (?:\w+ ){{0,3}}?een (?:\w+ )?{PAPER}\b")
"""A letter that is not this one: "Ik stuur de Kamer een brief"."""
NO_PAPER = _rx(rf"\bgeen (?:\w+ )?{PAPER}\b")
LATER = _rx(
    r"\b(?:daarover|hierover|nader|later|zeker|dan|zodra|nog|separaat|apart|aparte|waarna)\b"
    r"|^\W*(?:daar|hier|die|dat)\b"
)
"""Without these a letter may tell it at this very moment: "Tevens informeer ik u over de stand van zaken"."""
LET_ME = _rx(
    r"\blaat ik\b[^?]*\b(?:meenemen|stellen|inventariseren|verrichten|uitzoeken|nagaan|toezeggen|terugkom\w*"
    r"|bekijken|onderzoeken|vragen|toesturen|opschrijven|uitwerken|informeren|navragen|sturen)\b"
)
PROPOSED = _rx(
    rf"\b{_I} stel(?:len)? (?:\w+ )?voor\b[^.;]*\bdat {_I}\b[^.;]*"
    r"\b(?:terugkom\w*|stuur|sturen|informe\w+|uitzoek\w*|meene\w+)\b"
)
COUNT_ON = _rx(
    rf"\b(?:mag|mogen|kunt|kan|kunnen)\b.{{0,30}}\bvan (?:mij|ons|het kabinet"
    rf"|deze regering)\b.{{0,12}}\bverwachten,? dat {_I}\b"
    rf"|\b(?:verzeker|beloof)\b (?:ik )?(?:u|de Kamer|jullie)\b.{{0,12}},? dat {_I}\b.*\b(?:zal|zullen"
    rf"|ga|gaan)\b"
    rf"|\b(?:erop|er op|ervan op aan|ervan)\b.{{0,25}}\b(?:rekenen|vertrouwen|aankunnen|overtuigd zijn"
    rf"|verzekerd"
    rf" zijn)\b,? dat {_I}\b"
)
CAN_DO = _rx(
    r"\b(?:informeren|sturen|toesturen|opschrijven|zetten|vertellen|ingaan|terugkomen|terugkom|meenemen"
    r"|hebben|opleveren|leveren"
    r"|melden|delen|geven|betrekken|laten weten|opnemen|zorgen|(?:ver|toe|na)?zenden|versturen|aanbieden"
    r"|voorleggen|berichten|rapporteren|toekomen|verstrekken|indienen|beantwoorden)\b"
)
TRIES = _rx(
    r"\bwil (?:ik )?(?:\w+ ){0,4}een poging doen\b|\bmoet ik (?:\w+ ){0,4}(?:nagaan|uitzoeken|navragen)\b"
)
COMING = _rx(
    rf"\b(?:die|deze|de|dat|het"
    rf"|een)\s+(?:\w+\s+)?{PAPER}\b[^.;,]{{0,25}}\b(?:komt er\b[^.;,]{{0,20}}\baan\b|komt"
    rf" eraan\b|is onderweg\b)|\b(?:er komt|komt er|krijgt u|u krijgt)\b[^.;,]{{0,40}}?\b{PAPER}\b"
    r"|\b(?:krijgt u|u krijgt|krijgt de Kamer|de Kamer krijgt)\b[^.;,]*\b(?:schriftelijk|per brief"
    r"|toegestuurd)\b"
    r"|\b(?:krijgt|krijgen|ontvangt|houdt|hoort|verneemt) (?:u|uw Kamer|de Kamer|jullie)\b[^.;,]*"
    r"\b(?:van (?:mij|ons)|tegoed|op (?:papier|schrift)|nog van|per brief|schriftelijk|toegestuurd)\b"
    r"|\b(?:u|uw Kamer|de Kamer|jullie) (?:krijgt|krijgen|ontvangt|houdt|hoort|verneemt)\b[^.;,]*"
    r"\b(?:van (?:mij|ons)|tegoed|op (?:papier|schrift)|nog van|per brief|schriftelijk|toegestuurd)\b"
    rf"|^\W*(?:dan )?heb ik een {PAPER}\b|\bwordt de Kamer\b[^.;]*\bgeïnformeerd\b"
    r"|\bwordt (?:dat|dit|het|die)\b[^.;,]*\b(?:daarin|hierin|erin|daarbij)(?: \w+)? (?:meegenomen"
    r"|betrokken|verwerkt|opgenomen)\b"
    r"|\bkomt (?:\w+ ){0,2}naar (?:u|uw Kamer|de Kamer|jullie)\b"
    rf"|\b(?:wordt|worden)\b[^.;,]*\b(?:meegenomen|betrokken|verwerkt|opgenomen) (?:in"
    rf"|bij) (?:\w+ )?{PAPER}\b"
    rf"|\b(?:wordt|worden)\b[^.;,]*\b(?:in|bij) (?:de|het|die"
    rf"|een) (?:\w+ )?{PAPER}\b[^.;,]*\b(?:meegenomen|betrokken)\b"
)
GOING_ON = _rx(
    r"\b(?:hebben|heb) .{0,40}\b(?:al|reeds)\b|\b(?:op dit moment|momenteel|reeds|alle dagen|altijd"
    r"|(?<!alleen )al(?! (?:die|deze|het|de|uw|mijn|wel|dan|op (?:\w+ )?korte|volgende|komende|binnen)\b))\b"
)
STAND = _rx(
    r"\boordeel\b(?!.*\b(?:brief|reactie)\b)|\b(?:deze|die|de) motie\b(?!.{0,60}\b(?:mee|gesprek"
    r"|uitvoer\w*)\b)"
)
TOLD_THEN = _rx(r"\b(?:gezegd|zeiden|zei|zegt|zeggen|gevraagd|idee was): *$|\b(?:gezegd|zeiden|zei): ")
"""What was said at another time: "Toen hebben we gezegd: wij gaan kijken"."""
CONSEQUENCE = _rx(r"\W*(?:en )?dan (?:gaan|zullen|krijgen|komen|moeten|kunnen|zouden) (?:we|wij)\b")
CONDITION = _rx(
    r"\W*(?:(?:maar|en|dus|ja|nee)[, ]+)*(?:als|indien(?! nodig)|mocht|tenzij|mits|stel dat"
    r"|zodra)\b"
)
COURTESY = _rx(
    r"\W*(?:als|indien) (?:(?:u|de Kamer|de voorzitter|men) (?:(?:dat|het|mij dat"
    r"|me dat) )?(?:goed vindt|toestaat|mij toestaat)"
    r"|(?:het|dat) (?:mag|goed is|u schikt|kan))\b"
)
"""Politeness is no condition: "als u het goed vindt"."""
THERE_BY = _rx(
    rf"\b(?:die|deze|dat|de brief|het stuk)\s+(?:is|ligt|komt|staat) er\b"
    rf"|\b(?:die|deze|dat|de|het|een) (?:\w+ )?{PAPER} (?:is|ligt|komt|volgt|verschijnt)\b"
    rf"|\b(?:ligt|is|komt|volgt|verschijnt) (?:die|deze|dat|de|het|er een) (?:\w+ )?{PAPER}\b"
    rf"|\b(?:ligt|is|komt|volgt) (?:die|deze) (?:er|naar)\b|\b(?:dat|die|deze) (?:heeft|hebben) (?:u"
    rf"|de Kamer|jullie)\b"
)
"""With a term: "Die is er uiterlijk vrijdag"."""
GOOD_TO_TELL = _rx(
    rf"\b(?:lijkt (?:mij|me|ons)|is|vind ik het)\b.{{0,25}}\b(?:goed|verstandig|handig|prima"
    rf"|netjes)\b.{{0,12}}"
    rf"\b(?:als|dat|om) (?:{_I}|de Kamer|u)\b[^.;?]*\b(?:informeer|te informeren|stuur|te sturen"
    rf"|terugkom|rapporteer"
    rf"|bericht|toestuur|toe te sturen|opschrijf)\b"
)
WHAT_I_DO = _rx(
    rf"\bwat {_I} (?:\w+ ){{0,3}}(?:kan|kunnen|zal|zullen|ga|gaan|wil|willen) (?:\w+ ){{0,2}}?(?:doen"
    rf"|toezeggen),? is"
    rf"(?!,| het volgende| dat (?:de|het|er|die|dit)\b)[^.;]*\b(?:\w{{3,}}en|stuur|kom|informeer|neem"
    rf"|vraag|bespreek|zorg)\b"
)
IS_WHAT_I_DO = _rx(
    rf"\bdat is iets wat {_I} (?:\w+ ){{0,3}}(?:doe|doen|zal doen|zullen doen|ga doen"
    rf"|gaan doen|oppak|meeneem)\b"
)
LEAVE_TO_WRITE = _rx(
    r"^\W*(?:voorzitter[,.]? )?(?:mag|zou|kan) ik\b[^?]*\b(?:schriftelijk|per brief"
    r"|in een brief)\b[^?]*\b(?:mogen )?\w+en\?"
)
"""A question by which an answer in writing is offered ("Mag ik daar schriftelijk op terugkomen?")."""
TELLS_THAT = _rx(
    r"\bdat (?:ik|wij|we)\b[^,;]*\b(?:u|uw Kamer|de Kamer)\b[^,;]*"
    r"\b(?:informeer|informeren|rapporteer|rapporteren|stuur|sturen|bericht|berichten|terugkom|terugkomen)\b"
)
"""With a term: "Ik zou zeggen dat we u in december rapporteren"."""
