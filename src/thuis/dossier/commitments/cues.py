"""The words that classification looks for, as expressions."""

from __future__ import annotations

import re

from thuis.language.months import DUTCH


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


CUE = _rx(
    r"\b(?:toezegging(?:en)?|toezeggen|toegezegd[e]?|toezegt|toezegde|toe te zeggen)\b"
    r"|\b(?:zeg|zegt|zeggen|zegde|zegden)\b(?P<between>[^.;:?!]{0,70}?)\btoe\b"
    r"|\bbelo(?:of|ven|ofd)\b"
)
NOT_A_VERB = _rx(r"\b(?:naar|tot|af en|aan)\b[^,]*$")
"""Before "toe": the words belong together ("naar de locaties toe"), not "zeg … toe"."""

_MONTHS = "|".join(DUTCH)
_TERM = (
    r"(?:op korte termijn|op termijn|binnenkort|spoedig|zo (?:snel|spoedig) mogelijk"
    r"|volgende? (?:week|maand|jaar)"
    r"|(?:voor|vóór|na|rond|ruim voor|in|begin|eind|medio|uiterlijk|halverwege)\s+(?:de\s+|het\s+)?"
    r"(?:eind(?:e)?\s+van\s+)?(?:zomer|kerst|herfst|voorjaar|najaar|reces|zomerreces|kerstreces"
    r"|(?:eerste|tweede|derde|vierde) (?:kwartaal|helft)|(?:einde? van )?(?:dit|het|volgend) jaar"
    rf"|20\d\d|{_MONTHS}|\d{{1,2}} (?:{_MONTHS}))"
    r"|later dit jaar|dit (?:jaar|najaar|voorjaar)"
    r"|komend[e]? (?:jaar|najaar|voorjaar|zomer|week|weken|maand|maanden)"
    r"|binnen \w+ (?:weken|maanden|maand|week|jaar)|aan het einde van (?:dit|het) jaar)"
)
_DO = (
    r"informeren?|berichten?|sturen?|zenden?|ontvang(?:t|en)|aanbieden|rapporteren?|doen toekomen|terugkomen"
    r"|komen|aangaan|voeren|onderzoeken|uitwerken|nagaan|toelichten|toesturen|meenemen|bespreken|presenteren|publiceren"
    r"|voorleggen|starten|betrekken"
)
_SAYS = r"(?:informeer|bericht|stuur|zend|bied|rapporteer)"
_HOUSE = r"(?:u|uw Kamer|de Kamer)"
SILENT = _rx(
    rf"\b(?:ik|wij|we)\b[^;?]{{0,30}}?\b(?:zal|zullen)\b[^;?]*?\b{_TERM}\b[^;?]*?\b(?:{_DO})\b"
    rf"|\b(?:zal|zullen)\s+(?:ik|wij|we)\b[^;?]*?\b{_TERM}\b[^;?]*?\b(?:{_DO})\b"
    rf"|\b{_SAYS}\s+(?:ik|wij)\s+{_HOUSE}\b[^;?]*?\b{_TERM}\b"
    rf"|\b{_TERM}\s+{_SAYS}\s+(?:ik|wij)\s+{_HOUSE}\b"
    rf"|\b(?:ik|wij)\s+{_SAYS}(?:en)?\s+{_HOUSE}\b[^;?]*?\b{_TERM}\b"
    rf"|\b{_HOUSE}\s+(?:ontvangt|wordt|krijgt|hoort)\b[^;?]*?\b{_TERM}\b"
    rf"|\b{_TERM}\s+(?:kom|komen)\s+(?:ik|wij|we)\b[^;?]*?\b(?:brief|terug|voorstel|plan|reactie)\b"
    rf"|\b(?:ik|wij|we)\s+kom(?:en)?\b[^;?]*?\b{_TERM}\b[^;?]*?\b(?:brief|terug|voorstel|plan|reactie)\b"
)
"""Promises that do not say so: the government will do something for Parliament by a term."""

KEPT = _rx(r"\bgestand\b|\bgeef ik (?:gevolg|uitvoering) aan\b|\bvoldoe ik aan\b|\bkom ik tegemoet aan\b")
EARLIER = _rx(
    r"\b(?:zoals|als)\b[^;?]{0,25}\b(?:eerder|al|reeds)\b[^;?]{0,25}\b(?:aangegeven|gemeld|gezegd|aangekondigd)\b"
)
INTENTION = _rx(
    r"\bvoornemen om\b|\b(?:heb|hebben)\b[^;?]{0,40}?\bvoornemen\b|\b(?:ben|zijn)\b[^;?]{0,40}?\bvoornemens\b"
    r"|\bvoornemens (?:ben|zijn)\b|\b(?:ik|wij|we) (?:streef|streven|beoog|beogen|overweeg|overwegen)\b"
    r"|\b(?:streef|streven|beoog|beogen|overweeg|overwegen) (?:ik|wij|we)\b"
)
FIRST = _rx(r"\b(?:ik|wij|we|mijn|mij|ons|onze)\b")
I_PROMISED = _rx(r"\b(?:ik|wij|we)\b[^;?]*toegezegd")
MONEY = _rx(
    r"\b(?:miljoen(?:en)?|miljard(?:en)?|middelen|gelden|geld|budget(?:ten)?|bedrag(?:en)?|euro|subsidie)\b"
    r"[^;?]{0,60}?\b(?:die|dat|is|zijn|was|waren|werd(?:en)?)\b[^;?]{0,30}?\btoegezegde?\b"
    r"|\btoegezegde\s+(?:[\w-]+\s+){0,2}(?:miljoen(?:en)?|miljard(?:en)?|middelen|gelden|geld|budget|bedrag|subsidie)"
)
NO = _rx(
    r"\bgeen\b|\bniets?\b(?! alleen\b| in de laatste plaats\b)|\bmoeilijk\b|\blastig\b|\bonmogelijk\b"
    r"|\bevenmin\b|\bnooit\b|\bterughoudend\b|\bafzien\b|\bnoch\b"
)
NOT_AFTER = _rx(
    r"\s+(?:(?:kan|wil|ga|doe|geef|zal) ik\b[^,;]*\bniet\b|(?:nu |hier |dus |ook )?niet (?:doen|geven)\b)"
)
ASKS = _rx(
    r"\b(?:vra(?:ag|agt|gen)|verzoek(?:t|en)?|wil(?:t|len)?|zou(?:den)?|hoor|horen|krijg|krijgen|zie|wens|verwacht|hoop"
    r"|reken)\b[^;?]{0,80}?\b(?:toezegging(?:en)?|toezeggen|toezegt|toe te zeggen|beloven|belofte)\b"
    r"|\bgraag (?:een|de|die)\b[^;?]{0,20}toezegging"
)
WHETHER = _rx(r"\b(?:of|wat|waar|wanneer|hoe) (?:die|deze|de|dat|haar|zijn|uw)\b[^.;]{0,20}?\btoezegging")
THANKS = _rx(r"\b(?:bedank|dank|bedanken|blij met|tevreden|waardeer|erkentelijk|complimenten)\b")
THEIRS = _rx(
    r"\b(?:de|die|deze|haar|zijn|uw|een|welke)\s+(?:[\w-]+\s+){0,2}toezegging(?:en)?\b"
    r"|\b(?:minister|staatssecretaris|kabinet|regering|hij|zij|u|deze|bewindspersoon|voorganger|collega)\b"
    r"[^;?]{0,60}?\b(?:toegezegd|toezegde|toe)\b"
)
ABOUT_THEM = _rx(r"\b(?:vroeg|vraagt|vragen|refereer\w*|verwij\w+|noemde?|sprak)\b[^;?]{0,60}?\btoezegging")
DONE = _rx(
    r"\b(?:heb|heeft|hebben|had|hadden|is|zijn|was|waren|werd(?:en)?)\b[^;?]*?\btoegezegd\b"
    r"|\btoegezegd\b[^;?]{0,15}?\b(?:heb|hebben|had|hadden|is|zijn)\b"
    r"|\b(?:zoals|eerder|al|reeds|conform)\b[^;?]{0,40}?\btoegezegde?\b"
    r"|\b(?:mijn|onze|conform (?:de|mijn|onze)|eerdere?)\s+(?:[\w-]+\s+){0,2}toezegging(?:en)?\b"
    r"|\btoezegging(?:en)?\b[^;?]{0,60}?\b(?:gedaan|gestand|nagekomen|blijft|blijven|afgedaan)\b"
    r"|\b(?:heb|hebben)\b[^;?]{0,40}?\btoezegging(?:en)?\b|\bbeloofd\b|\bzegden?\b"
)
GOVERNMENT = _rx(r"\b(?:ministers?|staatssecretaris(?:sen)?|kabinet|regering|bewinds\w+)\b")
NOW = _rx(
    r"\b(?:dit|dat) is (?:dan )?(?:ook )?(?:een|de|mijn) (?:harde )?toezegging\b"
    r"|\b(?:hierbij|bij dezen?)\b[^;?]*\bzeg(?:gen)?\b[^;?]*\btoe"
)
IF = _rx(r"\b(?:als|indien|mits|tenzij|onder (?:het )?voorbehoud|op voorwaarde|zodra|voor zover)\b")
WOULD_BUT = _rx(r"\bzou(?:den)?\b[^;?]*?\btoe(?:zeggen|\s+te\s+zeggen)\b[^;?]*,\s*maar\b")
DOES = _rx(r"\b(?:doe|doen)\b")
PROMISED = _rx(r"\btoegezegd\b")
SUMS_UP = _rx(
    r"\btoezeggingen\b[^;?]{0,80}?\b(?:genoteerd|gedaan|voorlezen|lees|noem|noemen|herhalen)\b"
    r"|\b(?:lees|noem|herhaal|neem|heb|hebben)\b[^;?]{0,60}?\btoezeggingen\b|\btoezeggingen\b\s*:"
)
"""The chair begins to list what was promised."""
SUMMED = _rx(
    r"^[\s–—•*-]*(?:\d+[.)]\s*)?(?:(?:de |het )?"
    r"(?:minister|staatssecretaris|bewindspersoon|kabinet|regering)\b|de Kamer (?:ontvangt|krijgt|wordt)\b)"
)
"""An item of that list: it begins with who promised, or with what the chamber gets."""
