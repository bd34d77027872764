"""Promises that never say "toezegging": the future and the present tense of a government.

A promise is built of a subject (the government), a verb of telling or doing, whom it is told, and by when.
What merely orders the text, happens with the letter itself, or comes later in the same debate, promises
nothing.
"""

from __future__ import annotations

import re

from thuis.dossier.commitments import papers
from thuis.dossier.commitments.aims import GOAL, NOBODY, SAYS, TENDS, WANTS
from thuis.dossier.commitments.expressions import has, rx
from thuis.dossier.commitments.model import Judged, Kind
from thuis.dossier.commitments.spoken_cues import CONSEQUENCE, REFUSED
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.commitments.told import OF_ASKING, OF_SAYING, asked_then, said_then
from thuis.dossier.commitments.words import (
    CABINET,
    HOUSE,
    IF,
    LATER,
    NOT,
    ORDERS,
    PAPER,
    TELL,
    THE_HOUSE,
    WE,
    here,
)

_WORDS = r"(?:\s+[\w'’./-]+)"

_OF_TENDS = (
    "voornemen", "streef", "strev", "beoog", "overwe", "hoop", "hope", "verwacht", "van plan", "bedoeling",
    "inzet", "planning", "ambitie", "doel", "intentie", "voorzien is", "is voorzien", "gepland is",
)  # fmt: skip
_OF_CABINET = ("kabinet", "regering", "minister", "staatssecretaris", "bewinds", "departement")


def _will(subject: str, verbs: str, reach: int) -> str:
    inverted = rf"\b(?:{verbs})\s+(?:{subject})\b"
    # "wij moeten gaan" and "om te gaan" are no future.
    straight = rf"(?<!\bdie )(?<!\bhoe )(?<!\bwat )\b{subject}\b{_WORDS}{{0,{reach}}}?"
    return rf"{inverted}|{straight}(?<!\bte)(?<!moeten|kunnen|zouden)\s+(?:{verbs})\b"


WE_WILL = rx(_will(WE, "zal|zullen|ga|gaan", 14) + rf"|\bnaar verwachting (?:kan|kunnen) {WE}\b")
CABINET_WILL = rx(
    _will(CABINET, "zal|zullen|gaat|gaan", 16)
    + rf"|\bzal(?: ook)? (?:hij|zij) {THE_HOUSE}\b|\b(?:hij|zij) zal {THE_HOUSE}\b"
)
_PRESENT = (
    "informeer|bericht|stuur|zend|bied|rapporteer|meld|doe|leg|laat|houd|breng|stel|geef|verstrek|deel|kom"
    "|bezorg|mail|presenteer|licht"
)
_PRESENT_3 = "|".join(f"{verb}{'' if verb.endswith('t') else 't'}" for verb in _PRESENT.split("|"))
_PLURAL = (
    "informeren|berichten|sturen|zenden|bieden|rapporteren|melden"
    "|doen|leggen|laten|houden|brengen|stellen|geven|komen|presenteren|verstrekken|bezorgen|lichten"
)
WE_TELL = rx(
    rf"\b(?:{_PRESENT}|{_PLURAL})\s+{WE}\b|\b{WE}\s+(?:{_PRESENT}|{_PLURAL})\b"
    rf"|(?<!\bheb )(?<!\bhebben )(?<!\bhad )(?<!\bhadden )\b{WE}\b(?! (?:heb|hebben|had|hadden)\b)"
    rf"{_WORDS}{{1,14}}?\s+(?:{_PRESENT})(?=\s*(?:[.,;]|$))"
    rf"|\b{WE}\b[^.;]*\ben (?:{_PRESENT}|{_PLURAL}) {THE_HOUSE}\b"
)
CABINET_TELLS = rx(rf"\b(?:{_PRESENT_3}|{_PLURAL})\s+{CABINET}\b|\b{CABINET}\s+(?:{_PRESENT_3}|{_PLURAL})\b")
ACT = rx(
    r"\b(?:onderzoeken|uitzoeken|nagaan|nakijken|bezien|bekijken|kijken|verkennen|uitwerken|betrekken"
    r"|meenemen|bespreken|aankaarten"
    r"|agenderen|opbrengen|onder de aandacht|aandacht (?:te )?vragen|(?:voorrang"
    r"|prioriteit)\b[^.;]{0,12}\bgeven|mee te nemen|aan de orde|inbrengen|evalueren|gesprek|overleggen"
    r"|verstaan"
    r"|contact|aanpassen|herzien|wijzigen"
    r"|inventariseren|in kaart|doorgeleiden|overbrengen|navragen|navraag|zorgen|oppakken|monitoren"
    r"|voorbereiden|starten|aanspreken"
    r"|uitvoeren|toetsen|aangaan|voeren|opvragen|verzoeken|vragen (?:om|of|aan)|opzetten|invoeren"
    r"|instellen|nalopen|natrekken|overnemen|opnemen|verbeteren|versterken|opstellen)\b"
)
_DRAFTS = rx(
    r"\b(?:voorbereiden|opstellen|uitbrengen|presenteren|publiceren|indienen|opleveren|aanbieden"
    r"|uitvoeren|vaststellen)\b"
)
INGAAN = rx(r"\bingaan\b|\bin te gaan\b|\bga(?:at|an)?\b[^.;]* (?:in op|op in)\b")
OWN_SPEECH = rx(
    r"\b(?:ga|gaan|zal)\s+(?:ik|we|wij)\s+(?:er |daar |hier |nu |dus )*(?:van uit|vanuit|mee in|door"
    r"|zeggen|beginnen|proberen)\b"
    r"|\b(?:ik|we|wij)\s+(?:ga|gaan)\s+ervan uit\b|\b(?:ik|we|wij)\s+(?:ga|gaan)\s+(?:er |daar |hier "
    r"|nu |dus |niet )*(?:van ?uit|mee in|door\b)"
    r"|\bproberen\b(?![^.;]*\bte (?:nemen|sturen|informeren|betrekken|kijken|onderzoeken|doen|maken"
    r"|krijgen)\b)"
    r"|\bverklaren\b"
)
_YES = r"^(?:(?:ja|zeker|prima|nou|natuurlijk|uiteraard|goed|oké|voorzitter)[,.]? )*"
ASSENT = rx(
    rf"{_YES}(?:dat|dit) (?:zal|ga|gaan|zullen|wil|doe|doen) (?:ik|wij|we)"
    r"(?: (?:graag|zeker|natuurlijk|uiteraard|best|ook|dus|wel|dan))*(?: doen)?(?: voor (?:u|de \w+))?[.!,;]"
    rf"|{_YES}(?:doe|doen|zal|gaan) (?:ik|wij|we)(?: graag| zeker)*(?: doen)?[.!]"
    rf"|{_YES}dan (?:doe|doen) (?:ik|wij|we) dat(?: graag)?[.!]|{_YES}dat (?:zal|gaat) (?:ook "
    rf"|zeker )*gebeuren[.!]"
)
DO_SOON = rx(
    r"^(?:ja,? |en |ook |maar )*(?:dat|dit) (?:doe|doen|zal|zullen|ga|gaan) (?:ik|wij"
    r"|we)\b(?![^.;]*\b(?:niet|nu|zo meteen|straks)\b)"
    r"[^.;?]*\b(?:zo (?:snel|spoedig) mogelijk|snel|spoedig|binnenkort|op korte termijn|(?:volgende"
    r"|komende) (?:week|maand)"
    r"|voor (?:de|het) \w+|dit (?:voor|na)jaar|dit jaar)\b"
)
"""What was asked, and by when: "Dat doe ik zo snel mogelijk"."""
_IT = r"(?:dat|dit|die|deze|het|ze|daar|er|u|hem|haar)"
_VERBS = (
    r"(?:neem|nemen)\b[^.;,?]*\b(?:mee|op|over)\b|(?:zoek|zoeken)\b[^.;,?]*\buit\b|(?:vraag"
    r"|vragen)\b[^.;,?]*\b(?:na|op)\b"
    r"|(?:pak|pakken)\b[^.;,?]*\bop\b|(?:maak|maken)\b[^.;?]*\bvrij\b|(?:laat|laten)\b[^.;,?]*\b(?:weten"
    r"|uitzoeken|nakijken|onderzoeken)\b"
    r"|(?:ga|gaan)\b[^.;,?]*\bna\b|(?:breng|brengen)\b[^.;,?]*\b(?:over|onder de aandacht|in)\b"
    r"|(?:bespreek|bespreken)\b"
)
DOES = rx(
    rf"\b{WE} (?:(?=\w+ {_IT}\b)(?:{_VERBS}))|^(?:{_IT}|natuurlijk"
    rf"|uiteraard) (?:(?=\w+ {WE}\b)(?:{_VERBS}))|\b{WE} zorg(?:en)? (?:ervoor |er voor )?dat\b"
    rf"|\bhet kabinet bereidt\b[^.;]*\b(?:brief|\w*voorstel|plan)\b[^.;]*\bvoor\b"
)
"""A promise in the present: "Dat neem ik mee", "Ik zoek dat voor u uit"."""
WILLING = rx(
    rf"\b(?:ben|zijn)\s+{WE}\b[^.;,]{{0,30}}\bbereid\b|\b{WE}\b[^.;]{{0,120}}?\b(?:ben"
    rf"|zijn)\b[^.;,]{{0,30}}\bbereid\b"
    rf"|\b{WE}\b[^.;]{{0,200}}?\bbereid (?:ben|zijn)\b"
)
_CONCERNED = rx(
    r"\b(?:ik|wij|we|u|mijn|onze?|kabinet|regering|ministers?|minister-president|staatssecretaris|kamers?"
    r"|parlement"
    r"|bewindslieden|ministerie|departement|(?:er|dan) kom(?:t|en)|komt? er|dat (?:zal|gaat) (?:ook "
    r"|zeker )*gebeuren)\b"
)
"""Somebody who may promise, or to whom; most sentences of a letter name neither."""


def _said(kind: Kind, rule: str, found: re.Match[str]) -> Judged:
    return Judged(kind, *found.span(), rule)


_MATRIX = rx(
    rf"^.*?\b(?:laat {WE} (?:{THE_HOUSE}) (?:\w+ )?weten|(?:kan"
    rf"|wil) {WE} (?:{THE_HOUSE} )?(?:\w+ )?(?:melden|berichten"
    rf"|mede?delen|bevestigen|toezeggen)|deel(?:en)? {WE} (?:{THE_HOUSE}) mede?|bevestig(?:en)? {WE}"
    rf"|{WE} bevestig(?:en)?|{WE} kan (?:\w+ )?bevestigen)\b[^.;,]{{0,30}},? dat (?=\w)"
)
"""What tells now of what will be: "Via deze brief laat ik u weten dat"."""


def said(sentence: str, *, first: bool = True) -> Judged | None:
    """The kind of a sentence that has no word of promising; None when it promises nothing.

    :param first: whether "ik" is the government; for a chair who sums up it is not.

    >>> said("In het eerste kwartaal van 2026 stuur ik uw Kamer de evaluatie.").kind
    'new'
    >>> said("Ik streef ernaar uw Kamer voor de zomer te informeren.").kind
    'intention'
    >>> said("Met deze brief informeer ik uw Kamer over de voortgang.") is None
    True
    """
    if sentence.rstrip().endswith("?"):
        return None
    low = sentence.lower()
    if has(low, OF_SAYING) and (found := said_then(sentence)):
        return _said("repeated", "announced-before", found)
    if first and has(low, OF_ASKING) and (found := asked_then(sentence)):
        return _said("request", "was-asked", found)
    concerned = _CONCERNED.search(sentence)
    aimed = has(low, _OF_TENDS)
    if not (concerned or aimed or papers.concerns_papers(low)):
        return None
    if first and " dat " in sentence and (matrix := _MATRIX.match(sentence)):
        sentence = " " * matrix.end() + sentence[matrix.end() :]
        low = sentence.lower()
    if (
        aimed
        and (found := (TENDS if concerned else NOBODY).search(sentence))
        and (concerned or PAPER.search(sentence) or TELL.search(sentence))
        and (first or not re.search(rf"\b{WE}\b", found[0]))
    ):
        return _tends(sentence, found)
    promise = _promise(sentence, first)
    return _weighed(sentence, promise) if promise else _wants(sentence, first)


def _tends(sentence: str, found: re.Match[str]) -> Judged:
    """An intention; the negation may stand in it ("ben niet van plan") or after ("overweeg ik niet")."""
    if sent := _SENT_THEN.search(sentence, found.start()):
        return _said("new", "will-tell", sent)
    denied = NOT.search(sentence[max(0, found.start() - 12) : found.end() + 12])
    return _said("refused", "refuses", found) if denied else _said("intention", "intends", found)


_WANTS_TO_TELL = rx(
    rf"\bwil(?:len)? (?:{WE} )?(?:\w+ ){{0,4}}?(?:best|wel|graag|zeker)\b[^.;]*\b(?:{THE_HOUSE}"
    rf"|jullie)\b[^.;]*"
    r"\b(?:(?:toe)?sturen|toezenden|informeren|berichten|doen toekomen|laten weten|terugkoppelen)\b"
)
"""More than a wish: "Ik wil dat best uitzoeken en u daarover een briefje sturen"."""
_SENT_THEN = rx(
    rf"\b(?:die|dat|welke|waarmee|waarin|waarover) {WE} (?:{THE_HOUSE})\b[^.;]{{0,60}}"
    r"\b(?:(?:toe|aan)?(?:stuur|sturen|zend|zenden|bied|bieden)|toe te (?:sturen|zenden)|voorleg(?:gen)?"
    r"|informeer|informeren|doen toekomen)\b"
)
"""What is aimed at is sent: "wij willen komen tot een agenda, die wij uw Kamer zullen toezenden"."""
_NO_REASON = rx(
    rf"\b(?:zie|zien) {WE} (?:\w+ ){{0,3}}?geen (?:aanleiding|reden|noodzaak)\b[^.;]*\b(?:om|voor|tot|te)\b"
    rf"|\b{WE} (?:zie|zien) (?:\w+ ){{0,3}}?geen (?:aanleiding|reden|noodzaak)\b[^.;]*\b(?:om|voor|tot|te)\b"
)
OFFERS = rx(
    rf"\b(?:kan|kunnen|zou|zouden) {WE}\b[^.;,]{{0,20}}\bproberen\b|\bzou(?:den)? {WE} (?:best "
    rf"|wel )*kunnen (?:onderzoeken"
    rf"|bekijken|uitzoeken|nagaan|doen|bezien)\b|\b{WE} kan (?:mij|me) (?:best "
    rf"|goed )*voorstellen dat {WE}\b"
    rf"|\b{WE} (?:kan|kunnen|zou|zouden)\b[^.;,]{{0,20}}\bproberen\b"
)


def _wants(sentence: str, first: bool) -> Judged | None:
    low = sentence.lower()
    if (
        first
        and has(low, ("kan", "kun", "zou"))
        and (found := OFFERS.search(sentence))
        and not NOT.search(found[0])
    ):
        return _said("intention", "offers", found)
    if first and "geen" in low and (found := _NO_REASON.search(sentence)):
        return _said("refused", "refuses", found)
    if first and "wil" in low and (found := _WANTS_TO_TELL.search(sentence)):
        return None if NOT.search(found[0]) or here(sentence) else _said("new", "will-tell", found)
    found = WANTS.search(sentence) if first and "wil" in low else None
    if found and (sent := _SENT_THEN.search(sentence, found.start())):
        return _said("new", "will-tell", sent)
    if (
        found
        and GOAL.search(sentence, found.start())
        and not (NOT.search(found[0]) or SAYS.search(sentence) or here(sentence))
    ):
        return _said("intention", "wants", found)
    return None


_WITHIN = rx(r"\s(?:of|wat|hoe|welke|dat) (?:ik|wij|we|er|dat|dit|de|het|die|in|bij)\b")
"""A negation behind these is of what is looked into: "ik zal kijken of ik zaken die niet zijn genoemd"."""


def _weighed(sentence: str, promise: Judged) -> Judged | None:
    """A promise, or its refusal, or one on a condition."""
    condition = IF.search(sentence)
    main = sentence[: condition.start()] if condition and condition.start() > promise.start else sentence
    clause = main[promise.start : promise.end + 90]
    clause = re.split(r"[,;–]\s*(?:dat|die|om|maar|want|waar\w*|omdat|zodat)?\b", clause, maxsplit=1)[0]
    own = _WITHIN.split(clause, maxsplit=1)[0]
    if NOT.search(own):
        refusing = promise.rule != "will-do" or REFUSED.search(own)
        return Judged("refused", promise.start, promise.end, "refuses") if refusing else None
    if condition and not (_AT_THE_TIME.match(sentence, condition.start()) and term_in(main, None)):
        return Judged("conditional", promise.start, promise.end, "on-a-condition")
    return promise


_AT_THE_TIME = rx(rf"als {WE}\b[^.;,]*\b(?:stuur|zend|bespreek|informeer|kom|heb|ben)\b")
"""With a term before it "als" tells when: "volgende week, als ik de Kamer het afschrift stuur"."""
_ASKED_WHETHER = rx(
    rf"\b(?:vraagt|vroeg|vragen|vroegen|gevraagd)\b[^.;]*\bof {WE}\b[^.;]*\bbereid\b"
    rf"|\bvra(?:ag|gen) (?:was |is )?of {WE}\b[^.;]*\bbereid\b"
)


def _promise(sentence: str, first: bool) -> Judged | None:
    """The first form of a promise that fits."""
    if first and (found := ASSENT.search(sentence)):
        return _said("new", "assents", found)
    if first and (found := DO_SOON.search(sentence)):
        return _said("new", "does-it-soon", found)
    low = sentence.lower()
    if (
        first
        and "bereid" in low
        and (found := WILLING.search(sentence))
        and not _ASKED_WHETHER.search(sentence)
    ):
        return _said("new", "is-willing", found)
    forms = (
        *((WE_WILL, WE_TELL, DOES) if first else ()),
        *((CABINET_WILL, CABINET_TELLS) if has(low, _OF_CABINET) else ()),
    )
    own = any(form.search(sentence) for form in forms)
    of_papers = papers.forms_of(sentence)
    if not (own or any(of_papers)):
        return None
    term = term_in(sentence, None) is not None
    when = term or bool(LATER.search(sentence))
    promise = papers.told(sentence, of_papers, when)
    if not promise and own:
        promise = _will_do(sentence, first, when, term) or _does(sentence, first, when, term)
    if not promise and first:
        promise = papers.on_its_way(sentence, of_papers, when, term)
    return promise if promise and not (here(sentence) or ORDERS.search(sentence)) else None


def _will_do(sentence: str, first: bool, when: bool, term: bool) -> Judged | None:
    """The future tense: "zal ik uw Kamer informeren", "gaan we onderzoeken"."""
    will = (WE_WILL.search(sentence) if first else None) or CABINET_WILL.search(sentence)
    if not will or (first and OWN_SPEECH.search(sentence)) or _MUST.match(sentence, will.end()):
        return None
    if _HAVE_TO.search(sentence[: will.end()]):
        return None
    if CONSEQUENCE.match(sentence) and not (term or HOUSE.search(sentence)):
        return None
    rule = _rule(sentence, will, when, term)
    return _said("new", rule, will) if rule else None


_HAVE_TO = rx(rf"\bmoet(?:en)? {WE}\b[^.;,]*$")
_MUST = rx(
    r"(?:(?!\b(?:welke?|wat|hoe|of|die|dat)\b)[^.;,:])*\bmoeten (?!gaan\b|vragen\b|uitzoeken\b"
    r"|overleggen\b)\w+en\b"
)
_IN_ANOTHER = rx(
    r"\bin (?:die|dat|bedoelde|genoemde) (?:\w+ )?(?:\w*brief|\w*reactie|\w*nota|notitie|visie|plan)\b"
)


def _rule(sentence: str, will: re.Match[str], when: bool, term: bool) -> str | None:
    house, paper, tells = HOUSE.search(sentence), PAPER.search(sentence), TELL.search(sentence)
    if INGAAN.search(sentence):
        rule = "will-tell" if paper and (when or _IN_ANOTHER.search(sentence)) else None
    elif tells and (house or (paper and when) or (when and re.search(r"\bterug", sentence))):
        rule = "will-tell"
    elif ACT.search(sentence, will.start()) and (re.search(rf"\b{WE}\b", will[0], re.I) or when):
        rule = "will-do"
    elif _DRAFTS.search(sentence, will.start()) and paper:
        rule = "will-draft"
    else:
        rule = "will-do-by-a-term" if term and (tells or _DO_IT.search(sentence)) else None
    return rule


def _does(sentence: str, first: bool, when: bool, term: bool) -> Judged | None:
    """The present tense: "Dat neem ik mee", "In mei stuur ik u een brief"."""
    if first and (found := DOES.search(sentence)) and not _GOING_ON.search(sentence):
        return _said("new", "does-it", found)
    tells = (WE_TELL.search(sentence) if first else None) or CABINET_TELLS.search(sentence)
    later = tells and _tells(sentence, tells, when, term)
    return _said("new", "tells-later", tells) if tells and later else None


_DO_IT = rx(r"\b(?:dat|dit|die|deze|het)\b[^.;]*\bdoen\b")
_GOING_ON = rx(r"\b(?:momenteel|op dit moment|al)\b")


def _tells(sentence: str, tells: re.Match[str], when: bool, term: bool) -> bool:
    """Whether a verb of the present tense tells Parliament, at a later moment."""
    verb = tells[0].lower()
    house, paper = bool(HOUSE.search(sentence)), bool(PAPER.search(sentence))
    sure = term or bool(_SURE_LATER.search(sentence))
    if "kom" in verb:
        back = bool(re.search(r"\bterug\b", sentence[tells.end() :]))
        return (back and (paper or house or sure)) or (
            when and paper and bool(re.search(r"\bmet\b", sentence))
        )
    if "hou" in verb:
        return bool(re.search(r"op de hoogte|geïnformeerd|aangesloten", sentence))
    if re.search(r"\b(?:doe|doen|laat|laten|leg|leggen|breng|brengen|stel|stellen|geef|geven)", verb):
        return when and house and bool(_LINKED.search(sentence))
    return sure and (house or paper)


_LINKED = rx(r"toekomen|weten|voor\b|hoogte|voorgelegd|aan uw Kamer|reactie|overzicht|uitsluitsel")
_SURE_LATER = rx(
    r"\b(?:nader|later|tijdig|voorafgaand|na (?:ommekomst|ontvangst|afronding|publicatie|vaststelling"
    r"|oplevering|bespreking|besluitvorming)|te zijner tijd|zodra|wanneer|waarna|daarna"
    r"|na afloop|periodiek|(?:half)?jaarlijks"
    r"|regelmatig|eerst?volgende|volgende"
    r"|komende|separaat|separate|aparte|Q[1-4]|over \d[\d -]* (?:jaar|maanden|weken))\b"
)
