"""The forms that no single word gives away, as one table: which kind, words of which it has one, the form.

A form is read in a main clause, where nothing else was found (:mod:`thuis.dossier.commitments.forms`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thuis.dossier.commitments.expressions import rx
from thuis.dossier.commitments.model import Kind
from thuis.dossier.commitments.verbs import INFINITIVES, PARTED, PARTICIPLES, Present, alone
from thuis.dossier.commitments.words import CABINET, THE_HOUSE, WE

_PAPER = (
    r"(?:\w*brief|\w*reactie|\w*voorstel(?:len)?|\w*rapport(?:age)?s?|\w*evaluatie|\w*overzicht|notitie|nota"
    r"|memo|\w*plan(?: van aanpak)?|\w*appreciatie|analyse|verslag|\w*monitor|\w*agenda|\w*bericht"
    r"|antwoord(?:en)?|beantwoording|informatie|toelichting|dataset|cijfers|stukken|handreiking|richtlijn)"
)
_DONE = rf"(?:{PARTICIPLES}|besteed|gevoegd|gekeken|gevoerd|gevraagd|ingegaan)"
_DO = rf"(?:{INFINITIVES}|toezien|praten|verdelen|verantwoording afleggen|ingrijpen)"
_THING = (
    r"(?:meldpunt|(?:speciaal )?gezant|loket|campagne|regeling|wet|wetsvoorstel|fonds|onderzoek|evaluatie"
    r"|werkgroep|commissie|kwartiermaker|register|proef|aanpak|handreiking|monitor|plan|visie|akkoord)"
)
_WILL = rf"\b(?:{WE}|{CABINET}) (?:zal|zullen|ga|gaat|gaan)|\b(?:zal|zullen|ga|gaat|gaan) (?:{WE}|{CABINET})"
SOON = rx(r"\b(?:eerst)?volgende\b|\bkomende\b|\baanstaande\b|\bdefinitieve\b|\bnog de(?:ze|s)\b")
_GOVERNS = (
    rf"(?:{CABINET}|mijn (?:collega|ambtgenoot)|de (?:wethouder|gedeputeerde|burgemeester|portefeuillehouder)"
    r"|het (?:college|dagelijks bestuur|ministerie(?: van [A-Z]\w+)?))"
)
_TOLD = rf"(?:{THE_HOUSE}|(?:de|uw) raad)"
_OWN_AGENT = rf"(?! door (?!(?:mij|ons|{CABINET}|het Rijk|mijn)\b))"


class _Form(NamedTuple):
    kind: Kind
    rule: str
    words: tuple[str, ...]
    form: re.Pattern[str] | Present
    by_a_term: bool = False


def _one(kind: Kind, rule: str, words: str, form: str, *, by_a_term: bool = False) -> _Form:
    return _Form(kind, rule, tuple(words.split("|")), rx(form), by_a_term)


FORMS = (
    _one(
        "new",
        "binds-itself",
        "mij|ons|zich|woord|sta |zorg voor",
        rf"\b(?:verbind(?:en)? {WE} (?:mij|ons)|{WE} verbind(?:en)? (?:mij|ons)"
        rf"|{WE} committe\w+ (?:mij|ons)"
        rf"|verplicht zich\b[^.;]*\bte \w+|{WE} sta(?:an)? er ?voor in|{WE} draag(?:en)? er zorg voor"
        r"|(?:mag|mogen|kunt|kan) mij (?:er|daar)(?:aan|op) (?:houden|afrekenen)|heeft mijn woord"
        r"|hou(?:d|dt)? mij (?:er|daar)aan)\b",
    ),
    _one(
        "new",
        "told-too",
        " en ",
        rf"\ben (?:(?:zal|zullen|informeer|stuur|bericht|rapporteer|meld|kom|komt|komen|doe|laat)\b)"
        rf"[^.;,]*\b(?:{THE_HOUSE}|terug|over|(?:toe|na)?sturen|toe|weten)\b",
    ),
    _one(
        "new",
        "will-be-told",
        "krijg|ontvang|kant op|ongeacht|desgewenst|eerste",
        rf"\b(?:krijgt|ontvangt)\b[^.;]*\b(?:schriftelijk\w*|antwoord|{_PAPER})\b"
        r"|\bkomt\b[^.;]*\buw kant op\b"
        rf"|\b(?:ongeacht|desgewenst)\b[^.;]*\b(?:informeer|ontvangt|stuur)\b"
        rf"|\b{THE_HOUSE} (?:komt|bent|is|hoort)\b[^.;]*\b(?:als|de) eerste\b",
    ),
    _one(
        "new",
        "will-be-told",
        "weet|informe|gezonden|gedeeld",
        rf"\b(?:weet|weten) {THE_HOUSE}\b|\b{WE} informe\w+ {THE_HOUSE} over de (?:uitkomst"
        r"|voortgang|verdere)"
        rf"|\bword(?:t|en)\b[^.;]*\b(?:aan|met|naar) {_TOLD}\b[^.;]*\b(?:gezonden|gestuurd|gedeeld)\b",
    ),
    _one(
        "new",
        "will-be-told",
        "verwachten|tegemoet|ontvangen|geïnformeerd",
        rf"\b(?:(?:mag|mogen|kan|kunt|kunnen|zal|zult|blijft) {THE_HOUSE}"
        rf"|{THE_HOUSE} (?:mag|kan|kunt|zal|zult|blijft))\b[^.;]*"
        r"\b(?:verwachten|tegemoet ?zien|ontvangen|geïnformeerd)\b",
        by_a_term=True,
    ),
    _one(
        "new",
        "will-be-done",
        "worden",
        rf"\b(?:zal|zullen)\b{_OWN_AGENT}(?![^.;]*\b(?:moeten"
        rf"|aan mij)\b)[^.;]*\b(?:worden {_DONE}|{_DONE} worden|{PARTED})\b",
    ),
    _one(
        "new",
        "will-be-done",
        "wordt|worden",
        rf"(?<!moet )(?<!kan )(?<!kunnen )\b(?:wordt|worden)\b{_OWN_AGENT}[^.;]*\b{_DONE}\b",
        by_a_term=True,
    ),
    _one(
        "new",
        "will-be-done",
        "ingesteld|teruggekomen",
        r"\bwordt teruggekomen\b|\b(?:er )?wordt (?:er )?een [\w ]*(?:onderzoek|commissie"
        r"|werkgroep) ingesteld\b",
    ),
    _one(
        "new",
        "will-do",
        "zal|zullen|gaat|gaan|ga ",
        rf"(?:\b{_GOVERNS}\b[^.;,]{{0,30}}?\b(?:zal|zullen|gaat|gaan)\b|\b(?:zal|zullen|gaat|gaan"
        rf"|ga) (?:{_GOVERNS}|{WE})\b"
        rf"|\b{WE} (?:zal|zullen|ga|gaan)\b)[^.;]*\b{_DO}\b"
        r"|\bzal (?:het kabinet|de regering) (?!\w+ (?:gelden|leiden|blijven|moeten"
        r"|begrijpen))[^.;]*\b(?:aangeven|bekijken|kijken|treffen|nemen|komen)\b",
    ),
    _one(
        "new",
        "is-willing",
        "bereid",
        rf"\b(?:{CABINET} (?:is|zijn)|(?:is|zijn) {CABINET})\b[^.;]{{0,20}}\bbereid\b"
        rf"|^bereid (?:ben|zijn) {WE}\b",
    ),
    _Form("new", "does-it", ("ik ", " ik", "wij", "we "), Present(WE)),
    _one("new", "does-it", "ik |wij|we ", rf"^\W*{alone(WE)}"),
    _one(
        "new",
        "does-it",
        "start|begin|beantwoord|presenteer|trek|kom|laat|stuurt|onderzoek",
        rf"\b{_GOVERNS} komt\b[^.;]*\bop terug\b|\b(?:{WE}|{_GOVERNS})\b[^.;,]{{0,40}}?\b(?:start"
        r"|beginnen|trekken|komen|komt|presenteert|stuurt|laat"
        rf"|onderzoekt|beantwoordt?)\b|\b(?:start|begin|beantwoord|presenteert|trek) (?:{WE}|{CABINET})\b",
        by_a_term=True,
    ),
    _one(
        "new",
        "does-it",
        "laat ",
        rf"\b(?:{_GOVERNS} laat|laat {_GOVERNS})\b[^.;]*\b(?:berekenen|doorrekenen|onderzoeken"
        r"|uitzoeken|in kaart brengen|nagaan"
        r"|evalueren|toetsen|opstellen|uitvoeren)\b",
    ),
    _one(
        "new",
        "will-come",
        "er komt|komt er|gaat er komen|volgt|gereed|ligt het",
        rf"\b(?:er komt|komt er) (?:een|het) (?:\w+ ){{0,2}}?{_THING}\b"
        rf"|\b{_PAPER}\b[^.;]*\bgaat er komen\b"
        rf"|\b{_PAPER}\b[^.;,]*\b(?:komt|komen|volgt|volgen)\b[^.;,]*\b(?:schriftelijk|per brief"
        r"|separaat)\b"
        rf"|\b{_PAPER}\b[^.;]*\bkomt\b[^.;]*\b(?:vóór|voor|in) de\b|\bnadere (?:informatie"
        r"|uitwerking)\b[^.;]*\bvolgt\b",
    ),
    _one(
        "new",
        "will-come",
        "gereed|klaar|plaats|geschiedt|volg|ligt|geregeld|komt er",
        rf"\b{_PAPER}\b[^.;,]*\b(?:volgt|volgen)\b|\bkomt er een (?:\w+ )?(?:grondslag|{_THING})\b"
        r"|\b(?:zal|zullen|is|zijn)\b[^.;]*\b(?:gereed|klaar|afgerond|geregeld)\b"
        r"|^\W*(?:de )?\w*(?:toezending|aanbieding|indiening|publicatie|evaluatie|uitwerking) van\b[^.;]*"
        r"\b(?:plaats|geschiedt|volgt)\b|\bligt (?:het|dat|die|er)\b",
        by_a_term=True,
    ),
    _one(
        "intention",
        "intends",
        "denk|verwacht|hoop|voornemen|bedoeling|beoog|voorzien|gepland|stel|strev|streef|zet |ambitie",
        rf"\b(?:denk(?:en)? {WE} er ?over|{WE} denk(?:en)? er ?over|{WE} verwacht\w* dat {WE}"
        rf"|{WE} heb(?:ben)? goede hoop"
        rf"|waarna {WE} \w[^.;]*\bhoop|ligt in (?:mijn|ons|het) voornemen|beoogd wordt"
        r"|bedoeling is dat er"
        rf"|{WE} zou(?:den)? (?:me |mij |ons )?(?:kunnen )?(?:me |mij |ons )?voorstellen dat"
        r"|streef\w* ernaar dat"
        rf"|(?:heeft|heb|hebben) (?:{CABINET} |{WE} )?de ambitie om|voornemen bestaat"
        rf"|(?:het streven|de bedoeling|de planning|de inzet)(?: \w+){{0,2}} is om"
        rf"|is de bedoeling dat|{CABINET} zet(?:ten)? zich in voor|(?:{CABINET}|het college) (?:is"
        r"|zijn) voornemens)\b",
    ),
    _one(
        "intention",
        "intends",
        "wil|verwachting|probe|zou|streven|bedoeling|voorzien|gepland|hecht|wat mij betreft",
        rf"\b(?:de verwachting is dat|{WE} wil(?:len)? dat|{WE} probe\w+|probe\w+ {WE}"
        r"|is (?:het streven|de bedoeling)|het (?:streven|is de bedoeling)|wat mij betreft ga"
        rf"|(?:zou(?:den)? {WE}|{WE} zou(?:den)?)\b[^.;]*\bgraag\b[^.;]*\bwillen \w+en|(?:is"
        r"|zijn) (?:voorzien|gepland) (?:in|voor))\b",
        by_a_term=True,
    ),
)
REFUSES = rx(
    r"\b(?:kan|kunnen)\b[^.;,]*\b(?:niet|geen)\b[^.;,]*\b(?:delen|verstrekken|beloven|toezeggen"
    r"|termijn noemen)\b"
    r"|\bkan u niet garanderen\b|\boverzicht kan ik niet\b|\bgeen (?:gehoor|datum noemen"
    r"|termijn noemen)\b|\bniets voor om\b"
    r"|\b(?:acht|lijkt)\b[^.;]*\bniet (?:nodig|opportuun|wenselijk|in het belang|zinvol)\b|\b(?:ben"
    r"|is) er niet voor om\b"
    rf"|\b(?:er|daar) (?:komt|komen) geen (?:\w+ ){{0,2}}?(?:{_PAPER}|{_THING})\b"
    rf"|\b{_PAPER} (?:\w+ )?komt er niet\b"
    rf"|(?:{_WILL})\b[^.;,]*\b(?:niet|geen)\b(?! alleen)[^.;,]*\b(?:{_DO}|terugvorderen|openen|invoeren"
    r"|overgaan|bekendmaken|vergoeden|instemmen)\b"
    rf"|\b(?:zal|zullen) {WE}\b[^.;]*\bafzien\b|\b(?:kies|kiest|kiezen) er niet voor\b"
    r"|\bgeen mogelijkheid\b[^.;]*\bom\b"
    rf"|\b(?:{CABINET} (?:is|zijn)|(?:is"
    rf"|zijn) {CABINET})\b[^.;]{{0,20}}\bniet\b[^.;]{{0,12}}\b(?:bereid|voornemens)\b"
    r"|\b(?:beantwoording|openbaarmaking)\b[^.;]*\bniet mogelijk\b|\bvragen kunnen niet\b[^.;]*\bbeantwoord\b"
    rf"|\b(?:bestaat|zie|is)\b[^.;]*\bgeen aanleiding\b|\b(?:{_PAPER}"
    rf"|{_THING}) komt er\b[^.;,]*\bniet\b|\bpast mij\b[^.;]*\bniet\b"
    r"|\bzover wil (?:ik|het kabinet)\b[^.;]*\bniet\b"
)
NOT_AS_ASKED = rx(
    rf"\bniet (?:mogelijk|haalbaar)\b[^.;]*\b{THE_HOUSE}\b[^.;]*\bte (?:doen toekomen|sturen|zenden"
    rf"|informeren)\b"
    rf"|\b{WE} {THE_HOUSE} niet\b[^.;]*\bkan(?: worden)? (?:informeren|berichten|sturen|toezenden)\b|"
    r"^(?=[^;]*\b(?:niet|geen)\b)(?=[^;]*\b(?:verzoek|wens|oproep)\b)[^;]*"
    r"\b(?:ingaan|in te gaan|tegemoet ?(?:te )?komen|voldoen|gehoor|honoreren|inwilligen)\b"
)
"""What was asked is not done: "Ik kan daarom niet aan het verzoek voldoen"."""
SAID_ELSE = rx(
    r"\b(?:ontkennen|herhalen|zeggen|beweren|vermoeien|ingaan|verhelen|vooruitlopen|noemen dat|zal niemand)\b"
    r"|\bik ga (?:daar|er|hier)(?: \w+)? niet over\b"
)
PAST = rx(
    r"\b(?:heb|heeft|hebben|had|hadden|was|waren|werd|werden|inmiddels|momenteel|op dit moment|reeds"
    r"|sinds|al|destijds|zou|zouden)\b"
)
OTHERS = rx(
    r"\b(?:gemeenten?|provincies?|de sector|werkgevers|ouders|bewoners|de Commissie|Europese"
    r"|Rekenkamer|inspectie|Kiesraad"
    r"|rechter|Raad van State|uitvoerder|verzekeraars?|politie|ProRail|Gezondheidsraad|NCTV|RIVM|CBS"
    r"|NZa|SER)\b"
)
FRONTED = rx(
    r"^\W*(?:en |maar |dus |ja,? )?(?:(?:alleen )?(?:als|indien|wanneer)|mocht(?:en)?|tenzij|mits"
    r"|gesteld dat|stel dat"
    r"|zou(?:den)? (?:het|de)\b|voor zover|op het moment dat blijkt|blijk(?:t|en)|geven (?:de|het)"
    r"|krijg(?:en)? (?:ik|wij))\b[^,]*,\s*(?:dan\s+)?"
    r"|^\W*(?:(?:afhankelijk|onder voorbehoud) van [\w ]{3,90}? (?=(?:zal|zullen|kom|gaat|ga|stuur|neem)\b)"
    r"|(?:zo|waar|indien) nodig\b|in dat geval\b|bij ongewijzigde \w+\b)"
)
STRICT = rx(
    r"^\W*(?:en |maar )?(?:alleen (?:als|indien|wanneer)|wanneer (?:de|het) (?:aantal"
    r"|\w+)\b[^,]* blij\w+|krijg(?:en)? (?:ik|wij)|zou(?:den)? (?:het|de)\b|geven (?:de|het)|blijk(?:t"
    r"|en)|gesteld dat)\b"
    r"[^,]*,|^\W*(?:in dat geval|bij ongewijzigde \w+)\b"
)
OFFER = rx(
    rf"(?:wil {WE} (?:daar|dat|er|best|graag)\b[^.;]*\b(?:kijken|onderzoeken|bespreken|doen)"
    rf"|kan {WE} (?:het|dat|daar\w*|u)\b[^.;]*\b(?:schriftelijk|sturen|uitzoeken|doen|uiteenzetten)"
    r"|krijgt (?:u|de Kamer)\b"
    rf"|(?:grijp|kom|stuur|zoek|neem) {WE}\b[^.;]*\b(?:in|met|uit|mee|terug|toe|een)\b|ben {WE} de eerste\b"
    rf"|zou {WE}\b[^.;]*\bkunnen \w+en|(?:wordt|worden)\b[^.;]*\b(?:uitgebreid|aangepast|verlengd"
    r"|gewijzigd|opengesteld)"
    rf"|(?:licht|werk|onderneem|leg|bespreek|zet) {WE}\b|zal {WE}\b[^.;]*\w{{4,}}en\b"
    rf"|zal (?:de|het|er)\b[^.;]*\b(?:plaatsvinden|worden \w+)\b|zal de (?:subsidie|regeling|wet|termijn)\b)"
)
BEHIND = rx(
    r",?\s+(?:indien|mits|tenzij|op voorwaarde dat|alleen (?:als|wanneer)|als (?:de sector|uit de"
    r"|blijkt)|voor zover)\b.*$"
)
