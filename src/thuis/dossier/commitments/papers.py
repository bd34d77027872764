"""What is promised without "ik": Parliament is told, a paper is on its way, a point is dealt with in another.

Letters, answers and the lists of a budget promise so: "De Tweede Kamer wordt na de zomer geïnformeerd", "De
kabinetsreactie volgt in het najaar", "Dit wordt betrokken bij de evaluatie".
"""

from __future__ import annotations

import re

from thuis.dossier.commitments.expressions import has, rx
from thuis.dossier.commitments.model import Judged
from thuis.dossier.commitments.words import HOUSE, TELL, THE_HOUSE

_SENT = (
    r"(?:(?:toe|op|door|na|mee)?(?:gestuurd|gezonden)|verstuurd|verzonden|aangeboden|voorgelegd|voorgehangen"
    r"|ingediend|gedeeld|verstrekt|overgelegd|overhandigd|(?:aan|op)?geleverd|gepresenteerd|aangereikt"
    r"|bezorgd|gemaild)"
)
_GETS = (
    r"(?:wordt|worden|zal|zullen(?! (?:de|we|wij)\b)|zult(?! (?:het|de|dat|die)\b)|ontvangt|ontvangen"
    r"|krijgt|krijgen|hoort|verneemt)"
)
TOLD = rx(
    rf"\b{THE_HOUSE}\s+{_GETS}\b|\b{_GETS}\s+{THE_HOUSE}\b"
    rf"|\b(?:wordt|worden|zal|zullen)\b[^.;]{{0,120}}\b(?:naar|aan|bij"
    rf"|met) {THE_HOUSE}\b[^.;]{{0,60}}\b{_SENT}\b"
    rf"|\b(?:wordt|worden|zal|zullen)\b[^.;]{{0,120}}\b{_SENT} (?:naar|aan|bij|met) {THE_HOUSE}\b"
    rf"|\b(?:gaat|gaan) {THE_HOUSE}\b[^.;]{{0,60}}\btoe\b"
    r"|\b(?:zal|zullen|wordt)\b[^.;]{0,30}\b(?:daar|hier)(?:over|op|van)\b[^.;]{0,60}"
    r"\b(?:bericht|gerapporteerd|teruggekoppeld|gecommuniceerd|geïnformeerd)\b"
    r"|\b(?:zal|zullen|wordt|worden)\b[^.;]{0,60}\b(?:duidelijkheid|uitsluitsel|inzicht)\b[^.;]{0,40}"
    r"\b(?:gegeven|verschaft|geboden)\b"
    rf"|\b(?:komt|komen|gaat|gaan)\b[^.;]{{0,60}}\bnaar {THE_HOUSE}\b|\bnaar {THE_HOUSE} (?:komt|komen"
    rf"|gaat)\b"
    rf"|\b(?:zal|zullen) {THE_HOUSE}\b[^.;]{{0,60}}\bbereiken\b"
    r"|\b(?:er|dan|daarover|hierover) (?:komt|komen)\b(?: er)?[^.;]{0,20}\b(?:brief|\w*voorstel|reactie"
    r"|rapportage|evaluatie|overzicht|plan)\b"
)
"""Parliament is told, gets, or is sent."""
_PAPER = (
    r"(?:\w*brief|(?:kabinets|beleids)?reactie|\w*wetsvoorstel|nota (?:van wijziging|naar aanleiding van het"
    r" verslag)|memorie van antwoord|\w*rapportage|\w*evaluatie|overzicht|notitie|plan van aanpak"
    r"|terugkoppeling|appreciatie|antwoord(?:en)?|beantwoording)"
)
_REVIEW = (
    rf"(?:{_PAPER}|\w*monitor|herziening|uitwerking|\w*onderzoek|\w*verkenning|\w*agenda|besluitvorming)"
)
COMES = rx(
    rf"\b(?:er (?:komt|volgt)|(?:komt|volgt) er|(?:krijgt|krijgen|ontvangt) {THE_HOUSE})\b"
    rf"[^.;,]{{0,70}}\b{_PAPER}\b"
    rf"|\b{_PAPER}\b[^.;,]{{0,60}}\b(?:volgt|volgen|verschijnt|verschijnen)\b"
    rf"|\b(?:volgt|verschijnt) (?:de|het|een) [^.;,]{{0,40}}\b{_PAPER}\b"
    rf"|\b(?:kunt u|u kunt|kan (?:uw|de) Kamer|(?:uw|de) Kamer kan)\b[^.;]*\b(?:tegemoet ?zien|verwachten)\b"
    rf"|\b{_PAPER}\b[^.;,]{{0,40}}\b(?:krijgt|ontvangt) {THE_HOUSE}\b"
)
"""A paper of the government's that is on its way."""
_DEALT_WITH = rx(
    r"\b(?:wordt|worden|zal|zullen)\b[^.;]*\b(?:betrokken|meegenomen|besteed|verwerkt|opgenomen|bezien)\b"
)
_IN_REVIEW = rx(rf"\b(?:in|bij|aan|van) (?:de|het|een|die|deze|mijn|onze) (?:\w+ ){{0,3}}?{_REVIEW}\b")
"""A point that a paper or review to come deals with."""
_DONE = rx(
    r"\b(?:wordt|worden|zal|zullen)\b[^.;]*\b(?:geëvalueerd|gemonitord|heroverwogen)\b"
    r"|\b(?:zal|zullen|wordt|worden|vindt|vinden)\b[^.;]*\b(?:\w*onderzoek|\w*evaluatie|\w*meting"
    r"|inventarisatie"
    r"|\w*verkenning|doorlichting|\w*consultatie)\b[^.;]*"
    r"\b(?:plaats(?:vinden)?|uitgevoerd|gedaan|gestart|ingesteld|verricht)\b"
)
"""A law or measure that is looked at again, or a study that takes place, by a term."""
_LACKS = rx(r"\b(?:momenteel|op dit moment|al|van (?:hun|zijn|haar) kant)\b|\bgeen\b")
_OF_ITSELF = rx(r"van hun kant|^\W*deze (?:\w+)?brief\b")
_GLADLY = rx(r"\s+graag\b")
_THROUGH = rx(r"\b(?:met|via|middels|in|bij) (?:de|het|een) [\w-]+")
"""A report to come names the moment: "Met de midterm review wordt u geïnformeerd"."""
_TOLD_WORDS = (
    "kamer",
    "parlement",
    "staten-generaal",
    "u ",
    "tk ",
    "ek ",
    "kom",
    "duidelijkheid",
    "uitsluitsel",
    "inzicht",
    "hierover",
    "daarover",
    "hiervan",
)
_COMES_WORDS = ("volg", "verschijn", "krijg", "ontvang", "tegemoet", "verwacht", "kom")
_DEALT_WORDS = ("betrokken", "meegenomen", "besteed", "verwerkt", "opgenomen", "bezien")
_DONE_WORDS = (
    "evalueerd", "ëvalueerd", "gemonitord", "heroverwogen", "plaats", "uitgevoerd", "gedaan",
    "gestart", "ingesteld", "verricht",
)  # fmt: skip
_WORDS = tuple(dict.fromkeys((*_TOLD_WORDS, *_COMES_WORDS, *_DEALT_WORDS, *_DONE_WORDS)))


Forms = tuple["re.Match[str] | None", "re.Match[str] | None", "re.Match[str] | None", "re.Match[str] | None"]
"""Where a sentence tells Parliament, has a paper come, deals with a point, has something done."""


def concerns_papers(lowered: str) -> bool:
    """Whether a sentence in small letters has a word that the forms here need."""
    return has(lowered, _WORDS)


def forms_of(sentence: str) -> Forms:
    """Where the forms stand in a sentence; words looked for first, which is far cheaper."""
    low = sentence.lower()
    dealt = has(low, _DEALT_WORDS) and _IN_REVIEW.search(sentence)
    return (
        TOLD.search(sentence) if has(low, _TOLD_WORDS) else None,
        COMES.search(sentence) if has(low, _COMES_WORDS) else None,
        _DEALT_WITH.search(sentence) if dealt else None,
        _DONE.search(sentence) if has(low, _DONE_WORDS) else None,
    )


def told(sentence: str, forms: Forms, when: bool) -> Judged | None:
    """Parliament "wordt geïnformeerd", "ontvangt", "krijgt".

    >>> sentence = "De Tweede Kamer wordt na de zomer geïnformeerd."
    >>> told(sentence, forms_of(sentence), when=True).rule
    'will-be-told'
    """
    found = forms[0]
    if not found or _GLADLY.match(sentence, found.end()) or _OF_ITSELF.search(sentence):
        return None
    if not (TELL.search(sentence) or re.search(rf"om|\bga|bereiken|{_SENT}", found[0])):
        return None
    sure = when or _THROUGH.search(sentence) or re.search(r"\bzult?\b|\bzal\b|\bzullen\b", found[0])
    return Judged("new", *found.span(), "will-be-told") if sure else None


def on_its_way(sentence: str, forms: Forms, when: bool, term: bool) -> Judged | None:
    """A paper that is on its way, or a point that will be dealt with in one.

    >>> sentence = "De kabinetsreactie volgt in het najaar."
    >>> on_its_way(sentence, forms_of(sentence), when=True, term=True).rule
    'will-come'
    """
    _, comes, dealt, done = forms
    if comes and (when or HOUSE.search(sentence)) and not _LACKS.search(comes[0]):
        return Judged("new", *comes.span(), "will-come")
    found = dealt if dealt and (when or dealt[0].lower().startswith("z")) else done if term else None
    return (
        Judged("new", *found.span(), "will-be-dealt-with") if found and not _LACKS.search(found[0]) else None
    )
