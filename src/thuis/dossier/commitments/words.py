"""Words that the grammar of promises is made of: who, to whom, which paper, when, and what is no promise."""

from __future__ import annotations

import re

from thuis.dossier.commitments.expressions import rx

WE = r"(?:ik|wij|we)"
CABINET = (
    r"(?:het (?:\w+ )?kabinet|de regering|de (?:\w+ )?(?:minister"
    r"|staatssecretaris)(?:-president)?(?: (?:van|voor) [A-Z][\w ,&-]{2,70}?)?"
    r"|de bewindslieden|mijn (?:ministerie|departement)|(?:de )?ministers? [A-Z][\w-]+)"
)
THE_HOUSE = (
    r"(?:u|uw Kamers?|(?:de )?(?:(?:Tweede|Eerste) )?Kamers?|beide Kamers(?: der Staten-Generaal)?"
    r"|de Staten-Generaal|(?:de )?(?:TK|EK)|het parlement)"
)
"""Parliament as it is spoken to, or written of in the lists of a budget."""
HOUSE = rx(
    rf"\b(?:{THE_HOUSE}|uw commissie|jullie|de (?:vaste )?commissie|(?:de|uw) Kamerleden"
    r"|(?:de heer|mevrouw|het lid) [A-Z]\w+)\b"
)
TELL = rx(
    r"\b(?:informer\w+|geïnformeerd|informeer\w?|bericht\w*|meld\w*|gemeld|inlichten|ingelicht"
    r"|(?:toe|op|door|na|mee|ver)?(?:stuur|sturen|gestuurd|stuurd|zend|zenden|gezonden|zonden)\w*"
    r"|(?:aan)?reiken|aangereikt|(?:aan|op)?leveren|(?:aan|op)?geleverd|overhandig\w*|toelichten"
    r"|openbaar"
    r"|bezorg\w*|toekomen|aanbieden|aangeboden|aan te bieden|voorleggen|voor te leggen|rapporteren"
    r"|rapporteer|weten|hoogte|terug\w*|verslag"
    r"|schrijven|verstrekken|delen|meedelen|ontvang\w*|krijg\w*|hoort|verneemt|beantwoorden|uiteenzetten"
    r"|schetsen|presenteren|publiceren"
    r"|indienen|in te dienen|gedeeld|voortgang|antwoorden|brief|Kamerbrief|wetsvoorstel|voorstel(?:len)?"
    r"|reactie"
    r"|rapportage|evaluatie|\w*overzicht|uitsluitsel|duidelijkheid)\b"
)
PAPER = rx(
    r"\b(?:op schrift|schriftelijk|per brief|(?:\w*brief|kabinetsreactie|reactie|wetsvoorstel"
    r"|wettelijke regeling|wetswijziging|voorstel(?:len)?|(?:\w*)plan|evaluatie|\w*rapportage"
    r"|overzicht|notitie|verkenning|\w*agenda|\w*bericht|nota van wijziging|informatie|stand van zaken"
    r"|uitkomsten|resultaten|monitor|rapport|beleidsreactie))\b"
)
LATER = rx(
    r"\b(?:nader|nog|later|te zijner tijd|t\.z\.t\.|zodra|wanneer|zo nodig|op het moment dat|daarna"
    r"|daarover|hierover|waarna|na afloop|periodiek"
    r"|(?:half)?jaarlijks|elk (?:half)?jaar|regelmatig|eerst?volgende|volgende|komende?|aanstaande"
    r"|verdere?|separaat|separate|aparte|afzonderlijke?|alsdan|nadat"
    r"|tijdig|voortdurend|te allen tijde|voorafgaand\w*|gelijktijdig met het|over \d[\d -]* (?:jaar"
    r"|maanden|weken)|Q[1-4]"
    r"|na (?:ommekomst|ontvangst|afronding|publicatie|vaststelling|oplevering|bespreking|besluitvorming"
    r"|indiening|verschijning|consultatie|inwerkingtreding)\b"
    r"|bij (?:gelegenheid van )?(?:de )?(?:(?:voorjaars|najaars|miljoenen)nota|begroting))\b"
)
HERE = rx(
    r"\b(?:met (?:deze|dit|bijgaande?) (?:\w*brief|schrijven|nota|reactie|rapportage|beantwoording)"
    r"|hierbij|hiermee|in bijlage|bijgaand\w*|bijgevoegd\w*"
    r"|in (?:deze|dit|de voorliggende|onderhavige) (?:\w*brief|nota|antwoord|reactie|beantwoording"
    r"|verslag|bijlage|rapportage)|bij dezen?\b"
    r"|in het (?:vervolg|restant|slot) van deze \w+|het volgende me(?:e|de)\b|u het volgende\b"
    r"|(?:gelijktijdig|tegelijk(?:ertijd)?|samen) met deze|via deze|vandaag|heden|onderstaand\w*"
    r"|in de bijlage|als bijlage"
    rf"|(?:ontvangt|krijgt|stuur|zend|bied)(?: ik| wij)? {THE_HOUSE} deze \w*brief)\b"
)
"""It happens with the letter itself."""
_INSIDE = rx(r"\w,? (?:waar\w*|dat|die|hoe|of|wat|welke|zodat|omdat) (?:[^\s,.;]+ ){2,}$")
_TIED = rx(r"\b(?:verband|samenhang|lijn|relatie|overeenstemming) $")


def here(sentence: str) -> re.Match[str] | None:
    """Where a sentence says that it happens with the letter; "hierbij" in a clause of another's does not.

    >>> bool(here("Hierbij stuur ik u het verslag."))
    True
    >>> bool(here("Ik bezie hoe de inspectie hierbij is betrokken."))
    False
    """
    for found in HERE.finditer(sentence):
        before = sentence[: found.start()]
        if found[0].lower() not in {"hierbij", "hiermee"} or not (
            _INSIDE.search(before) or _TIED.search(before)
        ):
            return found
    return None


ORDERS = rx(
    r"\bin (?:de|mijn|onze) \w*brief\b[^.;,]{0,45}\b(?:van|d d|d\.d\.)\s+\d{1,2} \w+ \d{4}\b[^.;]*\bga"
    r"|\b(?:heb|hebben|had|hadden) (?:\w+ ){0,4}gezegd: |\bgezegd: (?:ik|wij|we)\b|\bnog (?:één"
    r"|een) keer terug op\b|\bidee was\b"
    r"|\b(?:vroeg|vraagt|vragen|vroegen)\b[^.;]*\bof (?:ik|wij|we)\b|\b(?:alle|de|\w+) moties (?:bespreken"
    r"|langslopen|doen)\b"
    r"|\bgeef ik (?:het woord|de heer|mevrouw)\b|\bstel(?:len)? (?:ik|wij|we)\b[^.;,]{0,12}\bvoor\b"
    r"|\b(?:achtereenvolgens|hieronder|hierna|verderop|in het (?:hierna)?volgende"
    r"(?! \w*(?:jaar|verslag|rapportage|overzicht|overleg|kwartaal|debat|bericht|plan)\w*)|in (?:de|mijn|onze"
    r"|uw) tweede termijn|straks|zo ?meteen|(?:zo )?dadelijk"
    r"|zo op terug|volgend\w* blok\w*|in dit debat|even (?:de|een|naar)|kort (?:op|toelichten|ingaan))\b"
    r"|\((?:hoofdstuk|paragraaf|onderdeel|bijlage) \w+\)|^\W*sinds\b|\bin het blok(?:je)?\b"
    r"|\bin (?:paragraaf|hoofdstuk) \d+\b(?! van (?:het|de)\b)|\bdeze \w*brief beginnen\b"
    r"|\bga(?:an)? (?:\w+ ){0,3}eerst(?: \w+)? in op\b"
    r"|\b(?:eerst|vervolgens|tot slot|ten slotte|daarna|dan|ook|daarnaast"
    r"|allereerst)\b[^.;]{0,12}\bingaan op\b"
    r"|\bmotie\b[^.;]{0,20}\bzo\b[^.;]{0,20}\b(?:interpreteer|interpreteren|lees|lezen|opvat|opvatten)\b"
)
"""It orders the text, or comes later in the same debate."""
NOT = rx(
    r"\b(?:niet(?! alleen\b| eerder dan\b| later dan\b| in de laatste\b|[^.;,]{0,25},? maar\b)"
    r"|geen|nooit|evenmin|noch)\b"
)
IF = rx(
    r"\b(?:indien\b|mits\b|tenzij\b|mocht(?:en)?\b|onder (?:het )?voorbehoud|op voorwaarde|voor zover"
    r"|afhankelijk van"
    r"|als (?:ik|er|het|de|dat|dit|deze|blijkt|uw|wij|we|zij|ze|hij|men|iemand|daar|u|zou|die|mevrouw"
    r"|jullie|mensen)\b)"
)
FOLLOWS = rx(
    r"\b(?:betekent|houdt in|brengt mee|leidt ertoe|komt erop neer),? dat\b"
    r"|^\W*(?:deze|dit|die) (?:brief|nota|verslag|rapport|motie|amendement|regeling|besluit)\b"
)
"""What the passive tells of a rule or of the paper itself is no promise."""
