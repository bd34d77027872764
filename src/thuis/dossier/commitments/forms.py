"""Forms that no single word gives away, one table: who, which verb, by when; read where all else finds nothing.

A form holds for the main clause. What stands under a condition is conditional, what is denied refused; what
happens with the text itself, in the debate, or has happened, is nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thuis.dossier.commitments.expressions import has, rx
from thuis.dossier.commitments.model import Judged, Kind
from thuis.dossier.commitments.spoken_cues import IN_THE_DEBATE, STAND
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.commitments.words import CABINET, NOT, ORDERS, THE_HOUSE, WE, here

_PAPER = (
    r"(?:\w*brief|\w*reactie|\w*voorstel(?:len)?|\w*rapport(?:age)?s?|\w*evaluatie|\w*overzicht|notitie|nota"
    r"|memo|\w*plan(?: van aanpak)?|\w*appreciatie|analyse|verslag|\w*monitor|\w*agenda|\w*bericht"
    r"|antwoord(?:en)?|beantwoording|informatie|toelichting|dataset|cijfers|stukken|handreiking|richtlijn)"
)
_DONE = (
    r"(?:aangepast|aangescherpt|aangevuld|agendeerd|behandeld|beantwoord|besproken|besteed|betrokken|bezien"
    r"|bijgewerkt|doorgeleid|gedeeld|geëvalueerd|gemonitord|gepresenteerd|gestart|begonnen|gevoerd|gezonden"
    r"|gestuurd|gevraagd|herzien|heroverwogen|ingegaan|ingericht|ingesteld|ingelicht|meegenomen|nagegaan"
    r"|onderzocht|opgenomen|opgesteld|opgezet|openbaar gemaakt|in kaart gebracht|teruggekomen|toegezonden"
    r"|toegestuurd|uitgebreid|uitgevoerd|uitgewerkt|uitgezocht|verduidelijkt|verkend|vertaald|verwerkt"
    r"|voorgelegd|gewijzigd|aan de orde gesteld|onder de aandacht gebracht|bericht|op de hoogte gesteld)"
)
_DO = (
    r"(?:aanpassen|aanscherpen|aandringen|afhandelen|agenderen|beantwoorden|bespreken|betrekken|bevorderen"
    r"|bezien|delen|doorgeleiden|evalueren|herzien|inbrengen|informeren|instellen|intrekken|inventariseren"
    r"|meenemen|monitoren|nagaan|nalopen|navragen|onderzoeken|opvolgen|oppakken|opstellen|overleggen"
    r"|openbaar maken|in gesprek gaan|aan de orde stellen|onder de aandacht brengen|starten|toetsen|toezien"
    r"|uitbreiden|uitvoeren|uitwerken|uitzoeken|verdelen|verkennen|verlengen|vertalen|verwerken|voorleggen"
    r"|wijzigen|verantwoording afleggen|ingrijpen|berichten|praten|in kaart brengen)"
)
_DOES = (
    r"(?:beantwoord|begin|breng|check|dien|doe|geleid|haal|houd|kom|laat|leg|meld|neem|onderzoek|pas|pak"
    r"|praat|rapporteer|regel|reken|start|stel|stuur|treed|trek|verleng|verwerk|voer|vraag|zet|zoek|zorg)"
)
_THING = (
    r"(?:meldpunt|(?:speciaal )?gezant|loket|campagne|regeling|wet|wetsvoorstel|fonds|onderzoek|evaluatie"
    r"|werkgroep|commissie|kwartiermaker|register|proef|aanpak|handreiking|monitor|plan|visie|akkoord)"
)
_WILL = rf"\b(?:{WE}|{CABINET}) (?:zal|zullen|ga|gaat|gaan)|\b(?:zal|zullen|ga|gaat|gaan) (?:{WE}|{CABINET})"
_COMES_ABOUT = (
    r"(?:gedekt|verdeeld|vastgesteld|beïnvloed|getroffen|geraakt|bepaald|betaald|uitgekeerd|gebruikt|toegepast|ontvangen"
    r"|geconfronteerd|ontraden|gemist|gedragen|gezien|gevonden|genoemd|opgeroepen|verhoogd|verlaagd|gehaald|geboden|gerealiseerd"
    r"|beperkt|gesteld|genomen|bekrachtigd|gehouden|gehandhaafd|gevolgd|aangenomen|verworpen|bereikt|een|de|het|dat|als|door|en|met)"
)
_NO_ACT = (
    r"(?:ben|zijn|heb|hebben|had|zie|zien|vind|vinden|denk|denken|weet|weten|hoor|zeg|zei|noem|sta|ga|gaan|wil|willen|kan|kunnen"
    r"|moet|moeten|mag|mogen|zou|zouden|zal|zullen|hoop|hopen|begrijp|snap|lees|krijg|krijgen|loop|was|waren|geloof|meen|acht|dacht"
    r"|voel|ken|blijf|blijven|word|worden|sluit|stem|geef|wijs|dank|herhaal|merk|constateer|ontraad|neem aan|leef|aarzel|stel|stellen|bied|bieden|of|die|dat|wat|hoe"
    r"|zoals|waar\w*|omdat|als|en|maar|want|dus|toen|hier|daar|dan|ook|nu|heeft|is)"
)
_SOON = rx(r"\b(?:eerst)?volgende\b|\bkomende\b|\baanstaande\b|\bdefinitieve\b|\bnog de(?:ze|s)\b")
_GOVERNS = (
    rf"(?:{CABINET}|mijn (?:collega|ambtgenoot)|de (?:wethouder|gedeputeerde|burgemeester|portefeuillehouder)"
    r"|het (?:college|dagelijks bestuur))"
)
_TOLD = rf"(?:{THE_HOUSE}|(?:de|uw) raad)"
_OWN_AGENT = rf"(?! door (?!(?:mij|ons|{CABINET}|het Rijk|mijn)\b))"


class _Form(NamedTuple):
    kind: Kind
    rule: str
    words: tuple[str, ...]
    form: re.Pattern[str]
    by_a_term: bool = False


_FORMS = (
    _Form(
        "repeated", "announced-before", ("kondig", "gezegd", "zei", "afgesproken", "vooruitzicht", "nog informeren"),
        rx(
            r"\b(?:zoals|als|conform)\b[^.;,]{0,60}\b(?:aangekondigd|aankondiging|afgesproken)\b|\bzei,? (?:stuur|kom|zal|informeer) ik\b"
            r"|\bin het vooruitzicht gesteld\b|\b(?:is|zijn) (?:eerder )?aangekondigd dat\b|\bkondigden? (?:mijn|de|het)\b"
            rf"|\b{WE} zou(?:den)? u nog\b|\bafgesproken dat {WE}\b[^.;]*\bzou|\bhad(?:den)? {THE_HOUSE} gezegd dat\b"
        ),
    ),
    _Form(
        "new", "binds-itself", ("mij", "ons", "zich", "woord", "sta ", "zorg voor"),
        rx(
            rf"\b(?:verbind(?:en)? {WE} (?:mij|ons)|{WE} verbind(?:en)? (?:mij|ons)|{WE} committe\w+ (?:mij|ons)"
            rf"|verplicht zich\b[^.;]*\bte \w+|{WE} sta(?:an)? er ?voor in|{WE} draag(?:en)? er zorg voor"
            r"|(?:mag|mogen|kunt|kan) mij (?:er|daar)(?:aan|op) (?:houden|afrekenen)|heeft mijn woord"
            r"|hou(?:d|dt)? mij (?:er|daar)aan)\b"
        ),
    ),
    _Form(
        "new", "told-too", (" en ",),
        rx(
            rf"\ben (?:(?:zal|zullen|informeer|stuur|bericht|rapporteer|meld|kom|komt|komen|doe|laat)\b)"
            rf"[^.;,]*\b(?:{THE_HOUSE}|terug|over|(?:toe|na)?sturen|toe|weten)\b"
        ),
    ),
    _Form(
        "new", "will-be-told", ("krijg", "ontvang", "kant op", "ongeacht", "desgewenst", "eerste"),
        rx(
            rf"\b(?:krijgt|ontvangt)\b[^.;]*\b(?:schriftelijk\w*|antwoord|{_PAPER})\b|\bkomt\b[^.;]*\buw kant op\b"
            rf"|\b(?:ongeacht|desgewenst)\b[^.;]*\b(?:informeer|ontvangt|stuur)\b"
            rf"|\b{THE_HOUSE} (?:komt|bent|is|hoort)\b[^.;]*\b(?:als|de) eerste\b"
        ),
    ),
    _Form(
        "new", "will-be-told", ("weet", "informe", "gezonden", "gedeeld"),
        rx(
            rf"\b(?:weet|weten) {THE_HOUSE}\b|\b{WE} informe\w+ {THE_HOUSE} over de (?:uitkomst|voortgang|verdere)"
            rf"|\bword(?:t|en)\b[^.;]*\b(?:aan|met|naar) {_TOLD}\b[^.;]*\b(?:gezonden|gestuurd|gedeeld)\b"
        ),
    ),
    _Form(
        "new", "will-be-done", ("zal", "zullen"),
        rx(rf"\b(?:zal|zullen)\b{_OWN_AGENT}(?![^.;]*\b(?:moeten|aan mij)\b)[^.;]*\b(?:worden {_DONE}|{_DONE} worden|openbaar worden gemaakt|in kaart worden gebracht)\b"),
    ),
    _Form(
        "new", "will-be-done", ("zal", "zullen"),
        rx(rf"\b(?:zal|zullen)\b{_OWN_AGENT}(?![^.;]*\b(?:moeten|aan mij)\b)[^.;]*\bworden (?!{_COMES_ABOUT}\b)\w+(?:d|t|en)\b"),
    ),
    _Form(
        "new", "will-be-done", ("wordt", "worden"),
        rx(rf"\b(?:wordt|worden)\b{_OWN_AGENT}[^.;]*\b{_DONE}\b"), by_a_term=True,
    ),
    _Form(
        "new", "will-be-done", ("ingesteld", "teruggekomen"),
        rx(r"\bwordt teruggekomen\b|\b(?:er )?wordt (?:er )?een [\w ]*(?:onderzoek|commissie|werkgroep) ingesteld\b"),
    ),
    _Form(
        "new", "will-do", ("zal", "zullen", "gaat", "gaan", "ga "),
        rx(
            rf"(?:\b{_GOVERNS}\b[^.;,]{{0,30}}?\b(?:zal|zullen|gaat|gaan)\b|\b(?:zal|zullen|gaat|gaan|ga) (?:{_GOVERNS}|{WE})\b"
            rf"|\b{WE} (?:zal|zullen|ga|gaan)\b)[^.;]*\b{_DO}\b"
            rf"|\bzal (?:het kabinet|de regering) (?!\w+ (?:gelden|leiden|blijven|moeten|begrijpen))[^.;]*\b(?:aangeven|bekijken|kijken|treffen|nemen|komen)\b"
        ),
    ),
    _Form(
        "new", "is-willing", ("bereid",),
        rx(rf"\b(?:{CABINET} (?:is|zijn)|(?:is|zijn) {CABINET})\b[^.;]{{0,20}}\bbereid\b|^bereid (?:ben|zijn) {WE}\b"),
    ),
    _Form(
        "new", "does-it", ("ik", "wij", "we "),
        rx(
            rf"(?:(?:^|[,:;] ){WE} {_DOES}(?:en)?|(?:^|[,:;] )(?:[\w'-]+ ){{1,7}}?{_DOES}(?:en)? {WE})\b[^.;]*"
            r"\b(?:aan|in|mee|na|op|over|uit|terug|toe|bij|door|voor|uitvoeren|onderzoeken|wetsvoorstel|regeling\b[^.;]*)\W*$"
        ),
    ),
    _Form(
        "new", "does-it", (" ik ", " wij ", " we "),
        rx(
            rf"^(?:(?:dat|die|dit|deze|daar\w*|hier\w*|bij|naar|om|in|voor|op|aan|over)\b(?: [\w'-]+){{0,7}}? )(?!{_NO_ACT} )\w+ {WE}\b(?! (?:er)?van\b)"
            r"[^.;]*\b(?:uit|door|vast|na|voor|bij|terug|mee|toe|in beeld|in kaart|op papier|in (?:de|het) \w+e? ?(?:versie|akkoord|\w*akkoord|brief))\W*$"
        ),
    ),
    _Form(
        "new", "does-it", ("start", "begin", "beantwoord", "presenteer", "trek", "kom", "laat", "stuurt", "onderzoek"),
        rx(
            rf"\b{_GOVERNS} komt\b[^.;]*\bop terug\b|\b(?:{WE}|{_GOVERNS})\b[^.;,]{{0,40}}?\b(?:start|beginnen|trekken|komen|komt|presenteert|stuurt|laat"
            rf"|onderzoekt|beantwoordt?)\b|\b(?:start|begin|beantwoord|presenteert|trek) (?:{WE}|{CABINET})\b"
        ),
        by_a_term=True,
    ),
    _Form(
        "new", "will-come", ("er komt", "komt er", "gaat er komen", "volgt", "gereed", "ligt het"),
        rx(
            rf"\b(?:er komt|komt er) (?:een|het) (?:\w+ ){{0,2}}?{_THING}\b|\b{_PAPER}\b[^.;]*\bgaat er komen\b"
            rf"|\b{_PAPER}\b[^.;,]*\b(?:komt|komen|volgt|volgen)\b[^.;,]*\b(?:schriftelijk|per brief|separaat)\b"
            rf"|\b{_PAPER}\b[^.;]*\bkomt\b[^.;]*\b(?:vóór|voor|in) de\b|\bnadere (?:informatie|uitwerking)\b[^.;]*\bvolgt\b"
        ),
    ),
    _Form(
        "new", "will-come", ("gereed", "klaar", "plaats", "geschiedt", "volg", "ligt", "geregeld", "komt er"),
        rx(
            rf"\b{_PAPER}\b[^.;,]*\b(?:volgt|volgen)\b|\bkomt er een (?:\w+ )?(?:grondslag|{_THING})\b|\b(?:zal|zullen|is|zijn)\b[^.;]*\b(?:gereed|klaar|afgerond|geregeld)\b"
            r"|^\W*(?:de )?\w*(?:toezending|aanbieding|indiening|publicatie|evaluatie|uitwerking) van\b[^.;]*"
            r"\b(?:plaats|geschiedt|volgt)\b|\bligt (?:het|dat|die|er)\b"
        ),
        by_a_term=True,
    ),
    _Form(
        "intention", "intends", ("denk", "verwacht", "hoop", "voornemen", "bedoeling", "beoog", "voorzien", "gepland", "stel",
                                 "strev", "streef", "zet ", "ambitie"),
        rx(
            rf"\b(?:denk(?:en)? {WE} er ?over|{WE} denk(?:en)? er ?over|{WE} verwacht\w* dat {WE}|{WE} heb(?:ben)? goede hoop"
            rf"|waarna {WE} \w[^.;]*\bhoop|ligt in (?:mijn|ons|het) voornemen|beoogd wordt|bedoeling is dat er"
            rf"|{WE} zou(?:den)? (?:me |mij |ons )?(?:kunnen )?(?:me |mij |ons )?voorstellen dat|streef\w* ernaar dat"
            rf"|(?:heeft|heb|hebben) (?:{CABINET} |{WE} )?de ambitie om|voornemen bestaat|{CABINET} zet(?:ten)? zich in voor|(?:{CABINET}|het college) (?:is|zijn) voornemens)\b"
        ),
    ),
    _Form(
        "intention", "intends", ("wil", "probe", "zou", "streven", "bedoeling", "voorzien", "gepland", "hecht", "wat mij betreft"),
        rx(
            rf"\b(?:{WE} wil(?:len)? dat|{WE} probe\w+|probe\w+ {WE}|is (?:het streven|de bedoeling)|het (?:streven|is de bedoeling)|wat mij betreft ga"
            rf"|(?:zou(?:den)? {WE}|{WE} zou(?:den)?)\b[^.;]*\bgraag\b[^.;]*\bwillen \w+en|(?:is|zijn) (?:voorzien|gepland) (?:in|voor))\b"
        ),
        by_a_term=True,
    ),
)
_REFUSES = rx(
    rf"\b(?:kan|kunnen)\b[^.;,]*\b(?:niet|geen)\b[^.;,]*\b(?:delen|verstrekken|beloven|toezeggen|termijn noemen)\b"
    r"|\bkan u niet garanderen\b|\boverzicht kan ik niet\b|\bgeen (?:gehoor|datum noemen|termijn noemen)\b|\bniets voor om\b"
    r"|\b(?:acht|lijkt)\b[^.;]*\bniet (?:nodig|opportuun|wenselijk|in het belang|zinvol)\b|\b(?:ben|is) er niet voor om\b"
    rf"|\b(?:er|daar) (?:komt|komen) geen (?:\w+ ){{0,2}}?(?:{_PAPER}|{_THING})\b|\b{_PAPER} (?:\w+ )?komt er niet\b"
    rf"|(?:{_WILL})\b[^.;,]*\b(?:niet|geen)\b(?! alleen)[^.;,]*\b(?:{_DO}|terugvorderen|openen|invoeren|overgaan|bekendmaken|vergoeden|instemmen)\b"
    rf"|\b(?:zal|zullen) {WE}\b[^.;]*\bafzien\b|\b(?:kies|kiest|kiezen) er niet voor\b|\bgeen mogelijkheid\b[^.;]*\bom\b"
    rf"|\b(?:{CABINET} (?:is|zijn)|(?:is|zijn) {CABINET})\b[^.;]{{0,20}}\bniet\b[^.;]{{0,12}}\b(?:bereid|voornemens)\b"
    r"|\b(?:beantwoording|openbaarmaking)\b[^.;]*\bniet mogelijk\b|\bvragen kunnen niet\b[^.;]*\bbeantwoord\b"
    rf"|\b(?:bestaat|zie|is)\b[^.;]*\bgeen aanleiding\b|\b(?:{_PAPER}|{_THING}) komt er\b[^.;,]*\bniet\b|\bpast mij\b[^.;]*\bniet\b"
    r"|\bzover wil (?:ik|het kabinet)\b[^.;]*\bniet\b"
)
_SAID_ELSE = rx(
    r"\b(?:ontkennen|herhalen|zeggen|beweren|vermoeien|ingaan|verhelen|vooruitlopen|noemen dat|zal niemand)\b"
    r"|\bik ga (?:daar|er|hier)(?: \w+)? niet over\b"
)
_PAST = rx(
    r"\b(?:heb|heeft|hebben|had|hadden|was|waren|werd|werden|inmiddels|momenteel|op dit moment|reeds|sinds|al|destijds)\b"
)
_OTHERS = rx(
    r"\b(?:gemeenten?|provincies?|de sector|werkgevers|ouders|bewoners|de Commissie|Europese|Rekenkamer|inspectie|Kiesraad"
    r"|rechter|Raad van State|uitvoerder|verzekeraars?|politie|ProRail|Gezondheidsraad|NCTV|RIVM|CBS|NZa|SER)\b"
)
_FRONTED = rx(
    r"^\W*(?:en |maar |dus |ja,? )?(?:(?:alleen )?(?:als|indien|wanneer)|mocht(?:en)?|tenzij|mits|gesteld dat|stel dat"
    r"|zou(?:den)? (?:het|de)\b|voor zover|op het moment dat blijkt|blijk(?:t|en)|geven (?:de|het)|krijg(?:en)? (?:ik|wij))\b[^,]*,\s*(?:dan\s+)?"
    r"|^\W*(?:(?:afhankelijk|onder voorbehoud) van [\w ]{3,90}? (?=(?:zal|zullen|kom|gaat|ga|stuur|neem)\b)"
    r"|(?:zo|waar|indien) nodig\b|in dat geval\b|bij ongewijzigde \w+\b)"
)
_STRICT = rx(
    r"^\W*(?:en |maar )?(?:alleen (?:als|indien|wanneer)|wanneer (?:de|het) (?:aantal|\w+)\b[^,]* blij\w+|krijg(?:en)? (?:ik|wij)|zou(?:den)? (?:het|de)\b|geven (?:de|het)|blijk(?:t|en)|gesteld dat)\b"
    r"[^,]*,|^\W*(?:in dat geval|bij ongewijzigde \w+)\b"
)
_OFFER = rx(
    rf"(?:wil {WE} (?:daar|dat|er|best|graag)\b[^.;]*\b(?:kijken|onderzoeken|bespreken|doen)"
    rf"|kan {WE} (?:het|dat|daar\w*|u)\b[^.;]*\b(?:schriftelijk|sturen|uitzoeken|doen|uiteenzetten)|krijgt (?:u|de Kamer)\b"
    rf"|(?:grijp|kom|stuur|zoek|neem) {WE}\b[^.;]*\b(?:in|met|uit|mee|terug|toe|een)\b|ben {WE} de eerste\b"
    rf"|zou {WE}\b[^.;]*\bkunnen \w+en|(?:wordt|worden)\b[^.;]*\b(?:uitgebreid|aangepast|verlengd|gewijzigd|opengesteld)"
    rf"|(?:licht|werk|onderneem|leg|bespreek|zet) {WE}\b|zal {WE}\b[^.;]*\w{{4,}}en\b"
    rf"|zal de (?:subsidie|regeling|wet|termijn)\b)"
)
_BEHIND = rx(r",?\s+(?:indien|mits|tenzij|op voorwaarde dat|alleen (?:als|wanneer)|als (?:de sector|uit de|blijkt)|voor zover)\b.*$")


_DOING = frozenset({"does-it", "will-do", "is-willing"})


def further(sentence: str) -> Judged | None:
    """What the main clause of a sentence of the government does, when nothing else in it says so.

    >>> further("De toelichting zal op dit punt worden aangepast.").kind
    'new'
    >>> further("Als de rechter anders beslist, zal het kabinet de regeling aanpassen.").kind
    'conditional'
    >>> further("Nee, een brief daarover komt er niet.").kind
    'refused'
    >>> further("De toelichting is op dit punt aangepast.") is None
    True
    """
    if sentence.rstrip().endswith("?") or here(sentence) or ORDERS.search(sentence):
        return None
    condition = _FRONTED.match(sentence) or _BEHIND.search(sentence)
    main = sentence
    if condition:
        main = sentence[: condition.start()] + " " * len(condition[0]) + sentence[condition.end() :]
    found = _form(main)
    if found and found.kind == "new" and condition:
        return Judged("conditional", found.start, found.end, "on-a-condition")
    if found is None and condition and condition.end() < len(sentence):
        offer = _OFFER.match(sentence, condition.end())
        if offer and not (STAND.search(main) or IN_THE_DEBATE.search(main) or NOT.search(main)):
            return Judged("conditional", *offer.span(), "on-a-condition")
    return found


def on_a_condition(sentence: str, found: Judged) -> Judged:
    """A promise that stands under a condition before or behind it, as conditional; else as it was.

    >>> on_a_condition("In dat geval zal ik u informeren.", Judged("new", 13, 16, "will-tell")).kind
    'conditional'
    """
    before, behind = _STRICT.match(sentence), _BEHIND.search(sentence)
    under = (before and found.start >= before.end() - 1) or (behind and found.start < behind.start())
    return Judged("conditional", found.start, found.end, "on-a-condition") if under else found


def _form(main: str) -> Judged | None:
    low = main.lower()
    if has(low, ("niet", "geen", "niets", "afzien")):
        found = _REFUSES.search(main)
        said = found and not (_SAID_ELSE.search(main) or IN_THE_DEBATE.search(main))
        return Judged("refused", *found.span(), "refuses") if found and said else None
    term = None
    for kind, rule, words, form, by_a_term in _FORMS:
        if not has(low, words) or not (found := form.search(main)):
            continue
        if kind == "new" and (IN_THE_DEBATE.search(main) or (rule in _DOING and STAND.search(main)) or "oordeel aan" in low
            or (rule != "binds-itself" and _PAST.search(main)) or _OTHERS.search(main[: found.start() + 8])):
            continue
        if by_a_term and not (term := term or term_in(main, None) or _SOON.search(main)):
            continue
        return Judged(kind, *found.span(), rule)
    return None
