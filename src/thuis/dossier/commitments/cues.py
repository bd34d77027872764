"""The words that classification looks for, as expressions."""

from __future__ import annotations

import re


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


CUE = _rx(
    r"\b(?:toezegging(?:en)?|toezeggen|toegezegd[e]?|toezegt|toezegde|toe te zeggen)\b"
    r"|\b(?:zeg|zegt|zeggen|zegde|zegden)\b(?P<between>[^;:?!]{0,90}?)\btoe\b"
    r"|\bbelo(?:oft?|ven|ofd(?:en?)?)\b|\b(?:doe|doen|deed|deden)\b[^.;?]{0,40}\bbeloften?\b"
)
NOT_A_VERB = _rx(r"\b(?:naar|tot|af en|aan)\b[^,]*$")
"""Before "toe": the words belong together ("naar de locaties toe"), not "zeg … toe"."""

KEPT = _rx(
    r"\btoezegging\w*\b[^;?]{0,40}\buitvoering (?:gegeven|te geven)\b|\bgestand\b|\bgeef ik (?:gevolg"
    r"|uitvoering) aan\b"
    r"|\bvoldoe(?:n|t)? (?:ik|wij|we|het kabinet|de (?:minister|staatssecretaris)\b[^.;]{0,40}) aan\b"
    r"|\bnakoming van (?:de|mijn|een) toezegging|\btoezegging\b[^;?]{0,60}\b(?:staat (?:nog )?open"
    r"|nagekomen)\b"
    r"|\bkom(?:t|en)? (?:het college|het kabinet|de \w+) (?:de|een|zijn|haar) toezegging\b[^;?]*\bna\b"
    r"|\bkom ik tegemoet aan\b|\baan\b[^.;]{0,40}\btoezegging(?:en)?\b[^.;]{0,20}\bvoldaan\b"
)
FIRST = _rx(r"\b(?:ik|wij|we|mijn|mij|ons|onze)\b")
I_PROMISED = _rx(r"\b(?:ik|wij|we)\b[^;?]*toegezegd")
MONEY = _rx(
    r"\b(?:miljoen(?:en)?|miljard(?:en)?|middelen|gelden|geld|budget(?:ten)?|bedrag(?:en)?|euro|subsidie)\b"
    r"[^;?]{0,60}?\b(?:die|dat|is|zijn|was|waren|werd(?:en)?)\b[^;?]{0,30}?\btoegezegde?\b"
    r"|\b(?:is|zijn|was|waren|werd(?:en)?)\b[^;?]{0,25}\b(?:miljoen|miljard|euro)\b[^;?]{0,20}\btoegezegd\b"
    r"|\bzegden?\b[^,;?]{0,40}\b(?:miljoen|miljard|euro)\b[^,;?]{0,40}?\btoe\b"
    r"|\btoegezegde\s+(?:[\w-]+\s+){0,2}(?:miljoen(?:en)?|miljard(?:en)?|middelen|gelden|geld|budget"
    r"|bedrag|subsidie)"
)
MONEY_SUM = _rx(
    r"\b\d[\d.,]* (?:miljoen|miljard|euro|dollar)\b[^;?]*\btoegezegd\b"
    r"|\btoegezegd\b[^;?]*\b\d[\d.,]* (?:miljoen|miljard)\b"
)
"""An amount and a promise, in either order."""
NAMED = _rx(
    r"^\W*(?:(?:de|het|een|alle|ook|zowel) )?(?!(?:minister|staatssecretaris|kabinet|regering"
    r"|commissie|kamer)\b)"
    r"(?:[\w-]+ ){1,3}?(?:heeft|hebben|had|hadden)\b[^;,]{0,60}\b(?:toegezegd|beloofd)\b"
    r"|\bdoor (?:het vorige kabinet|de \w+minister|een vorige \w+)\b[^;,]{0,30}\btoegezegd\b"
    r"|\bdoor mijn collega\b[^;,]*\btoegezegd"
)
"""Somebody named who promised: "Frankrijk heeft beloofd de controles te verlichten"."""
OWN_GOVERNMENT = _rx(
    r"\b(?:ik|wij|we|mijn (?:ambts)?voorganger|(?:toenmalige?|voormalige?|vorige) \w*minister|(?:de "
    r"|het )?(?<!Belgische )(?<!Duitse )"
    r"(?:minister|staatssecretaris|kabinet|regering|bewindspersoon|wethouder|college"
    r"|gedeputeerde))\b[^;,]{0,60}"
    r"\b(?:heb|heeft|hebben|had|hadden)\b|\b(?:heb|hebben|heeft|had|hadden) (?:ik|wij|we|hij|zij"
    r"|de (?:minister|staatssecretaris)"
    r"|het (?:kabinet|college))\b"
)
WAS_NONE = _rx(
    r"\bstel dat ik\b[^;?]*\btoezegg?en\b|\bvraagt toe te zeggen\b|^\W*toezeggingen zijn er om\b|"
    r"\b(?:dat|het|dit) (?:was|waren) (?:toen )?geen (?:\w+ )?toezegging"
)
AIMED = _rx(
    r", (?:(?:zo |naar )?(?:hoop|hopen|verwacht|verwachten) (?:ik|wij|we)"
    r"|(?:dat |zo )?is (?:althans |nu )?(?:mijn|ons"
    r"|onze|het|de) (?:streven|bedoeling|ambitie|hoop|verwachting))\W*$"
)
NO = _rx(
    r"\bgeen\b|\bniets?\b(?! alleen\b| in de laatste plaats\b)|\bmoeilijk\b|\blastig\b|\bonmogelijk\b"
    r"|\bevenmin\b|\bnooit\b|\bterughoudend\b|\bafzien\b|\bnoch\b"
)
NOT_AFTER = _rx(
    r"\s+(?:(?:kan|wil|ga|doe|geef|zal) ik\b[^,;]*\bniet\b|(?:nu |hier |dus |ook )?niet (?:doen|geven)\b)"
)
ASKS = _rx(
    r"\b(?:kan|kunt|kunnen)\b[^;?]{0,40}?\btoezegg?en\b|\b(?:u|hij|zij|\w*minister"
    r"|staatssecretaris) (?:dit |dat |dan |ook )*"
    r"(?:kan|kunt|wil|wilt) toezeggen\b|"
    r"\b(?:vra(?:ag|agt|gen)|verzoek(?:t|en)?|wil(?:t|len)?|zou(?:den)?|hoor|horen|krijg|krijgen|zie"
    r"|wens|verwacht|hoop"
    r"|reken)\b[^;?]{0,80}?\b(?:toezegging(?:en)?|toezeggen|toezegt|toe te zeggen|beloven|belofte)\b"
    r"|\bgraag (?:een|de|die)\b[^;?]{0,20}toezegging"
)
QUESTIONED = _rx(
    r"^\W*(?:en |maar )?(?:hoe|welke?|wat|waarom|klopt|onderkent|herinnert|geldt|staat)\b[^?]*"
    r"\b(?:de|die|deze|uw|haar|zijn|hun|eerdere)\s+(?:[\w-]+\s+){0,2}toezegging(?:en)?\b[^?]*\?\W*$"
)
"""A question about a promise that was made asks for none: "Hoe verhoudt dit zich tot de toezegging?"."""
OF_PROMISES = _rx(
    r"\b(?:over|van|omtrent|inzake) (?:de (?:uitvoering|stand van zaken|voortgang|opvolging|afdoening) van )?"
    r"(?:uitvoering van )?(?:de |mijn |onze |alle )?(?:[\w-]+ ){0,3}toezegging(?:en)?$"
)
"""Promises as what is told of."""
EXPLAINS = _rx(
    r"\b(?:licht|schets|beschrijf|schrijf|bespreek|zet|ga|geef|lees|leest) (?:ik|wij|we|u)\b[^.;]{0,60}?"
    r"\b(?:waar(?:over|op|mee|bij|voor|aan|om)|hoe|welke|op welke wijze)\b"
)
"""What the text itself explains, and the indirect question that follows."""
WHETHER = _rx(r"\b(?:of|wat|waar|wanneer|hoe) (?:die|deze|de|dat|haar|zijn|uw)\b[^.;]{0,20}?\btoezegging")
THANKS = _rx(r"\b(?:bedank|dank|bedanken|blij met|tevreden|waardeer|erkentelijk|complimenten)\b")
THEIRS = _rx(
    r"\b(?:de|die|deze|haar|zijn|uw|een|welke)\s+(?:[\w-]+\s+){0,2}toezegging(?:en)?\b"
    r"|\b(?:minister|staatssecretaris|kabinet|regering|hij|zij|u|deze|bewindspersoon|voorganger|collega)\b"
    r"[^;?]{0,60}?\b(?:toegezegd|toezegde|toe)\b"
)
ABOUT_THEM = _rx(
    r"\b(?:vraagt|vroeg|vragen|vroegen)\b[^;?]{0,60}\bof (?:ik|wij|we|het kabinet"
    r"|de regering|het college|de minister)\b[^;?]*\btoe|\b(?:vroeg|vraagt|vragen|refereer\w*"
    r"|verwij\w+|noemde?"
    r"|sprak)\b[^;?]{0,60}?\btoezegging"
)
DONE = _rx(
    r"\bdoor (?:mij|ons|mijn (?:voorganger|ambtsvoorganger|collega)\w*) toegezegd\w*\b|\btoegezegde\b|"
    r"\b(?:heb|heeft|hebben|had|hadden|is|zijn|was|waren|werd(?:en)?)\b[^;?]*?\btoegezegd\b"
    r"|\btoegezegd\b[^;?]{0,15}?\b(?:heb|hebben|had|hadden|is|zijn)\b"
    r"|\b(?:zoals|eerder|al|reeds|conform)\b[^;?]{0,40}?\btoegezegde?\b"
    r"|\b(?:mijn|onze|conform (?:de|mijn|onze)|eerdere?)\s+(?:[\w-]+\s+){0,2}toezegging(?:en)?\b"
    r"|\btoezegging(?:en)?\b[^;?]{0,60}?\b(?:gedaan|gestand|nagekomen|blijft|blijven|afgedaan)\b"
    r"|\b(?:heb|hebben)\b[^;?]{0,40}?\btoezegging(?:en)?\b|\bbeloofd(?:en?)?\b|\bzegden?\b"
)
HEARS = _rx(r"\b(?:hoor|hoorde|horen|hoorden)\b[^.;?]{0,60}\b(?:toezeggen|beloven) (?:dat|om|een|de)\b")
"""A member repeats what was heard: "Ik hoor de minister toezeggen dat"."""
KNOWN = _rx(
    r"\btoezegging(?:en)?\b[^;?]*\bgestand\b|\b(?:de|die|deze|uw|haar|zijn|welke"
    r"|eerdere)\s+(?:[\w-]+\s+){0,2}toezegging(?:en)?\s+(?:van|aan"
    r"|die|om|uit|inzake|over|ook|nog|nu|betrof|geldt|staat)\b"
    r"|\btoezegging(?:en)? (?:die|welke) (?:de|het|u|zij|hij)\b"
)
"""A promise that was made: "de toezegging van uw ambtsvoorganger"."""
OWN = _rx(
    r"\btoezegging(?:en)?\b[^;?]*\bgestand\b|\b(?:ik|wij|we)\b[^;?]{0,80}\btoegezegd\b|\b(?:mijn"
    r"|onze) toezegging"
    r"|\btoezegging\b[^;?]{0,90}\bherhaald\b|\btoegezegd\b[^;?]{0,20}\b(?:heb ik|hebben wij)\b"
)
"""A chair who tells of a promise of the chair's own, or the register of one that was made again."""
GIVES = _rx(r"\b(?:doe|doet|doen|geef|geeft|geven|krijg|krijgen|wil|willen|vraag|verzoek)\b")
REGISTER = _rx(
    r"^\W*(?:tot slot|ook|tevens|daarnaast|verder|voorts|ten slotte|daarbij) zeg(?:t|gen) (?:de"
    r"|het) (?:minister|staatssecretaris|kabinet"
    r"|regering)\b[^;?]*\btoe\b|^\W*de Kamer (?:wordt|ontvangt|krijgt)\b[^;]*; toezegging aan\b"
    r"|^\W*(?:T\d{5}\W+)?(?:De |Het )?(?:\w+ )?(?:minister|staatssecretaris|kabinet|regering"
    r"|bewinds\w+)\b[^.;]{0,140}?\bzeg(?:t|gen)\b"
    r"(?:(?:\s+toe\b)|[^;?]{0,420}?[\s,]toe\b)"
)
"""The register of the Eerste Kamer, or a chair who sums up: "De minister zegt de Kamer, …, toe"."""
_THE = (
    r"(?:de (?:regering|minister|staatssecretaris|bewinds\w+|ministers?)|het kabinet|"
    r"zij|hij|u|deze (?:minister|staatssecretaris))"
)
_TELL = (
    r"(?:rapporter\w+|informer\w+|(?:toe|op|door|na|mee)?sturen|(?:toe|door)?zenden"
    r"|doen toekomen|terugkomen|onderzoeken"
    r"|nagaan|uitzoeken|in kaart brengen|toesturen"
    r"|berichten|evalueren|bevorderen|meenemen|betrekken|aanpassen|overleggen|in overleg|in gesprek"
    r"|zorgen|brief|bereid|toezenden|voorleggen|komen met)"
)
_TELLS = (
    r"(?:rapporteert|informeert|(?:toe)?stuurt|(?:toe)?zendt|onderzoekt|nagaat|uitzoekt|bericht|evalueert"
    r"|terugkomt|meeneemt|betrekt|overlegt|toezegt|laat weten|bereid (?:is|bent))"
)
_PAPER = (
    r"(?:\w*brief|\w*reactie|overzicht|notitie|\w*rapportage|tijdpad|plan van aanpak|stand van zaken"
    r"|appreciatie|\w*evaluatie|toelichting)"
)
MOTION = _rx(r"\bgehoord de beraadslaging\b|\bgaat over tot de orde van de dag\b")
GLADLY = _rx(
    r"\b(?:verneemt|ontvangt|ziet) (?:de Kamer|de commissie|zij) graag\b|\bde (?:Kamer"
    r"|commissie) (?:verneemt|ontvangt|ziet) graag\b"
)
ASKED = _rx(
    rf"\bverzoek(?:t|en)? (?:ik )?(?:{_THE})\b(?![^.;]*\bagenda\b)"
    rf"|\b(?:kan|kunt|kunnen|wil|wilt|willen|zou|zouden|is|bent|zijn"
    rf"|gaat|zal|zult) {_THE}\b[^?]*\b{_TELL}\b[^?]*\?"
    r"|\b(?:zou|zouden|wil|willen|hoor|horen|krijg|krijgen|ontvang|ontvangen|verneem|vernemen|zie"
    r"|zien)\b[^.;?]{0,30}\bgraag\b[^.;?]{0,70}\b(?:brief|reactie|overzicht|toezending|notitie|rapportage"
    r"|tijdpad|plan van aanpak)\b"
    rf"|\b(?:vraag|vragen|verzoek|verzoeken|roep|roepen|nodig) (?:ik |wij "
    rf"|we )?(?:aan )?{_THE} (?:\w+ ){{0,2}}?om\b[^.;?]*"
    r"\b(?:terug te komen|(?:per brief|schriftelijk) (?:\w+ ){0,3}te \w+en|te (?:informeren|sturen"
    r"|rapporteren|onderzoeken|berichten|evalueren|bespreken|overleggen))\b"
    r"|\b(?:kan|kunnen|mag|mogen|krijgt|krijgen|ontvangt|ontvangen) (?:de Kamer|wij|we|ik)\b[^.;?]*"
    r"\b(?:\w*brief|overzicht|reactie|notitie|rapportage|informatie|tijdpad)\b[^.;?]*\?"
    rf"|\b(?:hoor|verneem|weet|zou|zouden|wil|vraag|vragen) (?:ik |wij |we )?(?:graag |aan )*(?:(?:zien"
    rf"|weten|horen)"
    rf" )?(?:{_THE} )?(?:dat|of|wanneer) (?:{_THE}|hij|zij|ze)\b[^.;?]*\b(?:{_TELLS}|(?:{_TELL}|sturen)"
    rf" (?:wil|kan|zal)|(?:wil|kan|zal) {_TELL}|\w+ wil sturen)\b"
    rf"|\bvraag (?:ik )?(?:aan )?{_THE} om (?:een|het|de) [^.;?]{{0,30}}\b{_PAPER}\b"
    rf"|\b{_PAPER} (?:te (?:vragen|krijgen|ontvangen)|(?:krijgen|ontvangen) van (?:het|de))\b"
    rf"|\bgraag (?:ontvang|krijg)(?:en)? (?:wij|we|ik)\b[^.;?]*\b{_PAPER}\b"
    rf"|\b(?:kan|wil|zou|is|gaat) {_THE}\b[^.;?]*\b(?:schriftelijk|per brief|op papier"
    rf"|verschaffen)\b[^.;?]*\?"
    r"|\b(?:verneemt|ontvangt|ziet) de (?:Kamer|commissie) graag\b|\bde (?:Kamer|commissie) (?:verneemt"
    r"|ontvangt|ziet) graag\b"
    r"|\b(?:zie|zien|ziet)\b[^.;]{0,80}\bgraag tegemoet\b"
    r"|\b(?:goed|fijn|verstandig|wenselijk)\b[^.;?]*\bom de Kamer\b[^.;?]*\bte (?:informeren|stellen"
    r"|sturen)\b"
    r"|\bwil(?:len)? (?:ik|wij|we) (?:\w+ ){0,3}(?:een|de|het) (?:\w+ )?(?:uitleg|reactie|brief"
    r"|overzicht|feitenrelaas)\b"
    r"|\b(?:komt|volgt) er\b[^?]*\b(?:informatie|\w*brief|reactie|overzicht|\w*evaluatie|onderzoek"
    r"|plan)\b[^?]*\?"
    rf"|^\W*(?:dus |en |maar )?laat {_THE}\b[^?]*\b(?:{_TELL}|komen)\b"
    rf"|\b(?:zou|zouden|wil|willen) (?:ik |wij "
    rf"|we )?(?:graag )?(?:aan )?{_THE}\b[^.;?]{{0,60}}\b(?:vragen|verzoeken|oproepen)\b"
    r"[^.;?]*\bte \w+en\b"
    r"|\bmijn (?:vraag|verzoek|oproep|suggestie)\b[^.;?]{0,30}\bom\b[^.;?]*\bte (?:\w+en|gaan)\b"
    r"|\b(?:kan|kunnen|zou|zouden)\b[^.;?]{0,60}\bworden (?:ingegaan|gestuurd|toegestuurd|geïnformeerd"
    r"|meegenomen|onderzocht|uitgezocht|betrokken|teruggekoppeld)\b[^.;]*\?"
    rf"|\b(?:hoop|hopen|reken erop|rekenen erop|ga ervan uit)\b[^.;]{{0,20}}\bdat {_THE}\b[^.;]*"
    rf"\b(?:{_TELL}|terug (?:wil|zal|kan) komen|terugkomt|meeneemt|zal ingaan|ingaat)\b"
    rf"|\b(?:wij|we|ik) wil(?:len)? dat {_THE}\b|\bgraag (?:een|de) (?:\w+ )?(?:brief|reactie|overzicht"
    rf"|schriftelijke)\b"
)
GOVERNMENT = _rx(r"\b(?:ministers?|staatssecretaris(?:sen)?|kabinet|regering|bewinds\w+)\b")
BY_OTHERS = _rx(
    r"\b(?:de|alle|veel|enkele|sommige) (?:\w+ )?(?:gemeenten?|provincies?|banken|bank|sector|werkgevers"
    r"|partijen|universiteiten"
    r"|scholen|corporaties|instellingen|bedrijven|vervoerders|Commissie"
    r"|lidstaten)\b[^;,]{0,25}\b(?:heeft|hebben|had|hadden)\b"
    r"[^;]*\b(?:toegezegd|beloofd)\b"
)
"""What others than the government promised."""
NOW = _rx(
    r"\b(?:mijn|de) toezegging is(?: dan)? dat\b|\bhierbij de toezegging\b"
    r"|\bhoort de toezegging dat (?:ik|wij)\b"
    r"|\btoezegging staat (?:bij dezen|hierbij)\b|\btoegezegde\b[^.;]*\btegemoet ?zien\b|^\W*(?:dat"
    r"|dit) is (?:dan |hierbij |bij dezen )?toegezegd\W*$|\b(?:dit"
    r"|dat) is (?:dan )?(?:ook )?(?:een|de|mijn) (?:harde )?toezegging\b"
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
REPORTED = _rx(
    rf"\b{_THE} (?:zou|zouden)\b[^.;?]*\b(?:terugkomen|informeren|(?:toe)?sturen|onderzoeken|uitzoeken"
    rf"|meenemen)\b"
    r"(?![^.;]*\?)|"
    r"\b(?:heeft|hebben|had|hadden)\b[^.;?]{0,40}\b(?:gezegd|aangegeven|aangekondigd|gemeld)\b[^.;?]*"
    r"\bdat (?:ze|zij|hij|het kabinet|er|deze?)\b[^.;?]*"
    r"\b(?:komt|komen|stuurt|zal|gaat|gaan|informeert|onderzoekt|gestuurd|neemt)\b"
)
"""What a member says that the government announced."""
