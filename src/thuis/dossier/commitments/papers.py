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
    r"(?:gestuurd|gezonden|toegezonden|toegestuurd|verzonden|aangeboden|voorgelegd|voorgehangen|ingediend"
    r"|gedeeld|verstrekt|overgelegd)"
)
_GETS = r"(?:wordt|worden|zal|zult(?! (?:het|de|dat|die)\b)|ontvangt|ontvangen|krijgt|krijgen|hoort|verneemt)"
TOLD = rx(
    rf"\b{THE_HOUSE}\s+{_GETS}\b|\b{_GETS}\s+{THE_HOUSE}\b"
    rf"|\b(?:wordt|worden|zal|zullen)\b[^.;]{{0,120}}\b(?:naar|aan|bij"
    rf"|met) {THE_HOUSE}\b[^.;]{{0,60}}\b{_SENT}\b"
    rf"|\b(?:wordt|worden|zal|zullen)\b[^.;]{{0,120}}\b{_SENT} (?:naar|aan|bij|met) {THE_HOUSE}\b"
    rf"|\b(?:komt|komen|gaat|gaan)\b[^.;]{{0,60}}\bnaar {THE_HOUSE}\b|\bnaar {THE_HOUSE} (?:komt|komen"
    rf"|gaat)\b"
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
_GLADLY = rx(r"\s+graag\b")
_THROUGH = rx(r"\b(?:met|via|middels|in|bij) (?:de|het|een) [\w-]+")
"""A report to come names the moment: "Met de midterm review wordt u geïnformeerd"."""
_WORDS = (
    "kamer", "nformeer", "ontvang", "krijg", "bericht", "gemeld", "hoor", "vernee", "parlement",
    "staten-generaal", "tk ", "ek ", "brief", "reactie", "voorstel", "nota", "rapportage", "valu",
    "overzicht", "notitie", "plan", "koppeling", "appreciatie", "antwoord", "memorie", "monitor",
    "herzien", "uitwerking", "onderzoek", "verkenning", "agenda", "besluitvorming", "heroverwogen",
    "meting", "inventaris", "doorlicht", "consultatie",
)  # fmt: skip


def concerns_papers(sentence: str) -> bool:
    """Whether a sentence has a word that the forms here need; most sentences have none."""
    return has(sentence.lower(), _WORDS)


def told(sentence: str, when: bool) -> Judged | None:
    """Parliament "wordt geïnformeerd", "ontvangt", "krijgt".

    >>> told("De Tweede Kamer wordt na de zomer geïnformeerd.", True).rule
    'will-be-told'
    """
    found = TOLD.search(sentence)
    if not found or _GLADLY.match(sentence, found.end()):
        return None
    if not (TELL.search(sentence) or re.search(rf"om|\bga|{_SENT}", found[0])) or "van hun kant" in sentence:
        return None
    sure = when or _THROUGH.search(sentence) or re.search(r"\bzult?\b|\bzal\b|\bzullen\b", found[0])
    return Judged("new", *found.span(), "will-be-told") if sure else None


def on_its_way(sentence: str, when: bool, term: bool) -> Judged | None:
    """A paper that is on its way, or a point that will be dealt with in one.

    >>> on_its_way("De kabinetsreactie volgt in het najaar.", True, True).rule
    'will-come'
    >>> on_its_way("Dit zal bij de evaluatie worden betrokken.", False, False).rule
    'will-be-dealt-with'
    """
    found = COMES.search(sentence)
    if found and (when or HOUSE.search(sentence)) and not _LACKS.search(found[0]):
        return Judged("new", *found.span(), "will-come")
    found = _DEALT_WITH.search(sentence) if _IN_REVIEW.search(sentence) else None
    if found and (when or found[0].lower().startswith("z")) and not _LACKS.search(found[0]):
        return Judged("new", *found.span(), "will-be-dealt-with")
    found = _DONE.search(sentence) if term else None
    return (
        Judged("new", *found.span(), "will-be-dealt-with") if found and not _LACKS.search(found[0]) else None
    )
