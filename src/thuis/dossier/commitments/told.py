"""What a sentence tells of another moment: what Parliament asked, and what the government said it would do.

A clause with a verb of asking or saying is read as grammar does: who is its subject, whether it is done, and
whether what was asked or said lies ahead. "Uw Kamer heeft mij verzocht …" is a request that was made, "Ik
heb toen aangegeven te zullen …" a promise that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.dossier.commitments.expressions import rx
from thuis.dossier.commitments.words import CABINET, NOT, TELL, THE_HOUSE, WE

OF_ASKING = ("verzo", "gevraagd", "vraagt", "vragen", "vroeg")
OF_SAYING = (
    "kondig", "beloofd", "gegeven", "gemeld", "gezegd", "zei", "laten weten", "geschreven", "gedeeld", "meld",
    "afgesproken", "bericht", "vooruitzicht", "uiteengezet", "beschreven", "verwoord", "toegelicht",
    "bevestigd", " nog",
)  # fmt: skip
"""Of these a sentence that tells of such a moment has one."""
_MOTION = r"\w*motie(?:-[\w/-]+)?"
_ASKERS = (
    r"(?:(?-i:[Uu]w|[Dd]e|[Bb]eide) Kamers?|(?:(?:Tweede|Eerste) )?Kamers?|(?:\w+ )?commissies?|leden"
    rf"|(?:het|gewijzigde) lid|{_MOTION}|de heer|mevrouw|\w*fracties?|u|uw brief)"
)
_ASKER = rx(rf"\b{_ASKERS}(?![\w-])")
_BEHIND = rx(rf" (?:de |het |beide |alle )?{_ASKERS}\b")
_TO = rx(r"\b(?:aan|met|voor|naar|bij)(?: (?:de|uw|het|beide|een))? $")
_ASKED_THEN = rx(r"\b(?:verzocht(?:en)?|gevraagd)\b")
_ASKS = rx(
    r"\b(?:verzoekt|vraagt|vroeg(?:en)?(?! zich\b)|(?<!\bde )(?<!\bdie )(?<!\bdeze )(?<!\bandere )(?<!\bte )"
    r"(?:verzoeken|vragen)(?! (?:van|over|en|die|op|aan)\b))\b"
)
_DID = rx(r"\b(?:heeft|hebben|hebt|had|hadden)\b")
_WAS = rx(r"\b(?:is|zijn|ben|werd(?:en)?|word(?:t|en))\b")
_I_DID = rx(rf"\b(?:heb|hebben|had|hadden) {WE}\b|\b{WE} (?:heb|hebben|had|hadden)\b")
_OF_US = rx(
    r"\b(?:mij|ons|me|mijn (?:ambts)?voorgangers?|het kabinet|de regering|de (?:minister"
    r"|staatssecretaris)\w*)\b"
)
_TO_THE_HOUSE = rx(
    rf"\bom\b[^.;]*\b{THE_HOUSE}\b[^.;]*\bte (?:sturen|informeren|zenden|berichten|doen toekomen)\b"
)
_QUESTION = rx(r"[^.;,]{0,40}?\b(?:of|hoe|wanneer|waarom|wat|welke|waar|naar|in hoeverre)\b")
_FOR = rx(r"\b(?:om|tot)\b|\bte \w+(?:en|an|aan|oen)\b")
_PLEA = rx(
    r"\bverzoek\b[^.;]*\b(?:gedaan|ontvangen|gericht|toegevoegd|gekregen|neergelegd)\b"
    r"|\b(?:ontving|ontvingen|kreeg|kregen|bereikte)\b[^.;]*\bverzoek\b"
    r"|\b(?:mij|ons) te (?:verzoeken|vragen) om (?:een|de|mijn)\b"
)
_BEGINS = re.compile(
    r"[;:]|, (?:dat|die) |(?<!\bin)(?<!\bop)(?<!\bvan)(?<!\baan)(?<!\bmet)(?<!\bbij)(?<!\bover) (?:dat|die) "
    r"|,? (?:waar\w*|omdat|zodat|hoewel|maar|want)(?= )|, en (?=\w)",
    re.I,
)


def asked_then(sentence: str) -> re.Match[str] | None:
    """Where a letter tells what Parliament asked of its writer.

    >>> bool(asked_then("De commissie heeft mij verzocht de reactie uiterlijk in april te ontvangen."))
    True
    >>> asked_then("Ik heb de commissie verzocht het overleg uit te stellen.") is None
    True
    >>> asked_then("De leden vragen of de minister plannen heeft.") is None
    True
    """
    return next(_asked(sentence), None)


def _asked(sentence: str) -> Iterator[re.Match[str]]:
    for found in _ASKED_THEN.finditer(sentence):
        left, right = _clause(sentence, found)
        if _I_DID.search(left) or not _is_request(left, right):
            continue
        by_them = _DID.search(left + right[:20]) or (found[0].lower() == "verzocht" and not _WAS.search(left))
        of_us = _WAS.search(left + right[:20]) and (_OF_US.search(left) or _TO_THE_HOUSE.search(right))
        if of_us or (by_them and _asker(left)):
            yield found
    for found in _ASKS.finditer(sentence):
        left, right = _clause(sentence, found)
        if _is_request(left, right) and _asks(left[-90:], right):
            yield found
    if (plea := _PLEA.search(sentence)) and _FOR.search(sentence, plea.start()) and _ASKER.search(sentence):
        yield plea


def _asker(left: str) -> re.Match[str] | None:
    """Who of Parliament stands in a clause on their own: "de leden", not "met de leden"."""
    return next((each for each in _ASKER.finditer(left) if not _TO.search(left[: each.start()])), None)


def _asks(left: str, right: str) -> bool:
    """Whether who asks is Parliament, and a motion asks it of the government."""
    behind = _BEHIND.match(right)
    if re.match(r" (?:de regering|het kabinet)\b", right):
        return True
    asker = behind or _asker(left)
    if asker is None or re.search(rf"\b{WE}\b", left + right[:8], re.I):
        return False
    if asker[0].lower().split() == ["u"]:
        return bool(behind and ("brief" in left or _OF_US.match(right[behind.end() :].strip())))
    return "motie" not in asker[0].lower() or bool(_OF_US.search(right[:30]))


def _is_request(left: str, right: str) -> bool:
    """To ask "om" something; to ask "of" or "hoe" is a question."""
    if _QUESTION.match(right):
        return False
    if _FOR.search(right):
        return True
    return bool(re.search(r"\bom (?:een|de|het|nadere|aanvullende|toezending)\b", left, re.I))


def _clause(sentence: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before a verb in its own clause, and all that follows it."""
    starts = [each.end() for each in _BEGINS.finditer(sentence, 0, found.start())]
    return sentence[starts[-1] if starts else 0 : found.start()], sentence[found.end() :]


_SAID = rx(
    r"\b(?:aangegeven|gemeld|gezegd|laten weten|geschreven|me(?:e|de)gedeeld|bericht|bevestigd|uiteengezet"
    r"|beschreven|verwoord|toegelicht|zei|zeiden|schreef|meldden?|aangekondigd|aankondiging|kondigden?"
    r"|afgesproken"
    r"|beloofd|in het vooruitzicht gesteld)\b"
)
_ANNOUNCED = rx(r"aan(?:ge)?kond|kondig|afgesproken|beloofd|vooruitzicht")
"""What is announced lies ahead; what is said may."""
DENIES = rx(
    rf"\b(?:zeg|zeggen|zei|zeiden|beweer|beweren)(?: {WE})?(?: \w+)? (?:niet|nooit) dat\b"
    r"|\b(?:niet|nooit) (?:gezegd|beweerd|gesuggereerd|beloofd),? dat\b"
)
"""What one did not say is not said: "Ik heb niet gezegd dat ik de Kamer zal informeren"."""
_AS = rx(
    r"\b(?:zoals|conform|overeenkomstig)\b"
    r"|\bals (?:eerder |al |reeds |ook |door mij |met \w+ \w+ )*(?=aangekondigd|afgesproken|aangegeven"
    r"|gemeld|gezegd)"
)
_JUST_NOW = rx(r"\b(?:termijn|net|zojuist|zonet|zo-even|straks)\b")
_I_WILL = rx(
    rf"\bdat (?:{WE}|{CABINET})\b[^.;]*\b(?:zal|zullen|zou|zouden|gaat|gaan|voorzag|voorzagen"
    rf"|verwachtten?|hoopten?)\b"
    r"|\bte zullen\b"
)
_WILL_BE = rx(
    r"\bdat \w+\b[^.;]*\b(?:zal|zullen|zou|zouden|kom|ga|gaat|gaan)\b|\bte kunnen \w+en\b|\bte informeren\b"
    r"|\b(?:daar|hier|er)\w*\b[^.;]{0,40}\bterug te komen\b"
)
_THAT_WILL = rx(r",? dat\b[^.;]*\b(?:zou|zouden|zal|zullen|gaat|gaan)\b")
_FUTURE = rx(
    rf"\b(?:komt|stuurt|informeert) {CABINET}\b|\b(?:zal|zullen)\b|\b(?:ontvangt|krijgt) {THE_HOUSE}\b"
)
_WAS_TO = rx(rf"\b{WE} zou(?:den)? {THE_HOUSE} nog\b")


def said_then(sentence: str) -> re.Match[str] | None:
    """Where a sentence of the government says what it said before that it would do.

    >>> bool(said_then("Ik heb toen aangegeven u over de uitkomst te zullen informeren."))
    True
    >>> bool(said_then("Zoals ik heb uiteengezet, zal eerst een plan worden vastgesteld."))
    True
    >>> said_then("Ik heb u gemeld dat de brief is verzonden.") is None
    True
    """
    said = (found for found in _SAID.finditer(sentence) if _lies_ahead(sentence, found))
    return next(said, None) or _WAS_TO.search(sentence)


def _lies_ahead(sentence: str, found: re.Match[str]) -> bool:
    left, right = _clause(sentence, found)
    if NOT.search(left[-60:] + found[0]):
        return False
    agreed = found[0].lower() == "afgesproken"
    announced = agreed or bool(_ANNOUNCED.search(found[0]))
    opened = [each.end() for each in _AS.finditer(left)]
    if opened:
        just_now = _JUST_NOW.search(left, opened[-1])
        return announced or bool(_FUTURE.search(right) and not just_now)
    announced = announced and not agreed
    finite = found[0].lower().startswith(("kondig", "zei", "schreef", "meld"))
    subject = rf" (?:{WE}|{CABINET}|mijn)\b"
    if finite:
        return bool(re.match(subject, right, re.I) and (announced or _ahead(right)))
    if _I_DID.search(left + right[:12]) or re.search(rf"\b(?:heeft|hebben) {CABINET}\b", left, re.I):
        return announced or _ahead(right)
    passive = re.search(r"\b(?:is|zijn|was|werd)\b", left)
    return bool(passive and (announced or _THAT_WILL.match(right)))


def _ahead(right: str) -> bool:
    """Whether what follows a verb of saying is yet to be done."""
    mine = _I_WILL.search(right)
    return bool((mine and not NOT.search(mine[0])) or (_WILL_BE.search(right) and TELL.search(right)))
