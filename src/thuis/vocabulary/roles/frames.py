"""Frames around a hit: quotation marks, definitions, statistical tables and series, talk of former times."""

from __future__ import annotations

import re

from thuis.vocabulary.roles.window import Window

_PAIRS = (("“", "”"), ("„", "”"), ("«", "»"), ("‘", "’"), ("″", "″"))
_DEFINES = re.compile(
    r"(?:wordt|worden|word)\b[^.]{0,80}\bverstaan|verstaan onder|in deze (?:wet|regeling|"
    r"beschikking)[^.]{0,40}verstaan|"
    r"\bmeans\b|\bis defined as|begripsbepaling",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:\b(?:begrip|begrippen|term|termen|woord|woorden|aanduiding|benaming|definitie(?: van)?|"
    r"noemen wij|noemt men|"
    r"heet|heette|heten|genaamd|aangeduid als|zogenaamde|zogenoemde|zogeheten|bepalingswijze|word|"
    r"the term|called|"
    r"categorie|indeling(?: in)?|classificatie|onderscheid tussen)(?:\s+(?:de|het|een|of|"
    r"the))?\s*[\"'“‘*_]*)$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:^|[\n;:]|\s)(?:[a-z]{1,2}|\d{1,2}°?)\.\s*(?=\S)")
_IS_A = re.compile(
    r"^\s*(?:is|zijn|:|=)\s+(?:een persoon|degenen?|iemand|personen|de persoon|de vrouw|de man|allochtoon|"
    r"a person|someone|people who|persons)",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"\b(?:cbs|statline|bron:|source:|tabel \d|figuur \d|table \d|figure \d|geboorteland (?:moeder|vader)|"
    r"herkomstgroepering|tijdreeks|standcijfers|peildatum)",
    re.IGNORECASE,
)
# What a cell, or a symbol in a formula, counts: ``| Aantal huishoudens … van niet-westerse herkomst |``.
_COUNT = re.compile(
    r"(?:^|[|:])\s*(?:het\s+)?(?:totaal\s+(?:van\s+het\s+)?)?(?:aantal|aandeel|percentage)\b[^.;|]*$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:destijds|toentertijd|indertijd|toenmalige?|toen nog|voorheen|vroeger werd|"
    r"in de jaren (?:vijftig|zestig|zeventig|"
    r"tachtig|negentig|’?'?[5-9]0)|zoals (?:dat|die|zij|ze) toen|at that time|back then|formerly|"
    r"in the 19[5-9]0s)",
    re.IGNORECASE,
)


def quotation(window: Window) -> str | None:
    """The ground on which a hit stands in a quotation, or None.

    >>> quotation(Window.at("Hij zei: “de allochtonen werken hard” en ging.", 13, 24))
    '“'
    """
    if window.block == "quote":
        return "block"
    before, after = window.before.rsplit("\n\n", 1)[-1][-400:], window.after.split("\n\n", 1)[0][:400]
    emphasis = re.search(r"(?:^|[\s(])([*_`]{1,2})$", before)
    if emphasis and re.match(rf"{re.escape(emphasis[1])}(?![\w*_`])", after):
        return "emphasis"
    for opening, closing in _PAIRS:
        start = before.rfind(opening)
        if start >= 0 and not _closes(before[start + 1 :], closing) and _closes(after, closing):
            return opening
    if before.count('"') % 2 == 1 and '"' in after:
        return '"'
    single = [found.start() for found in re.finditer(r"(?:^|[\s(])'(?=\w)", before)]
    if single and not re.search(r"[\w.,!?]'(?=[\s.,;:!?)]|$)", before[single[-1] + 2 :]):
        end = re.search(r"'(?=[\s.,;:!?)]|$)", after)
        if end and end.start() < 200 and not re.search(r"(?:^|\s)'s?$", before[: single[-1] + 2]):
            return "'"
    return None


def _closes(text: str, mark: str) -> bool:
    if mark == "’":
        return bool(re.search(r"’(?=[\s.,;:!?)]|$)", text))
    return mark in text


def definition(window: Window, genre: str) -> str | None:
    """The ground on which a hit is defined, or part of a definition, or only mentioned as a word.

    >>> definition(Window.at("Het woord allochtoon is vervangen", 10, 20), "report")
    'woord'
    """
    if found := _CALLED.search(window.before[-60:]):
        return found.group().split()[0].lower()
    signs = {
        "is a": _IS_A.match(window.after),
        "verstaan": re.match(r"\s+(?:wordt|worden)\s+verstaan", window.after)
        or (re.search(r"\b[Oo]nder\s+$", window.before[-12:]) and "verstaan" in window.sentence_after),
        "worden beschouwd": re.search(r"\b[Aa]ls\s+$", window.before[-8:])
        and re.match(r"[^.;]{0,120}\bworden?\s+(?:beschouwd|aangemerkt)", window.after),
    }
    found_sign = next((name for name, sign in signs.items() if sign), None)
    return found_sign or (_in_item(window) if genre == "law" else None)


def _in_item(window: Window) -> str | None:
    """Whether a hit stands in an item of a list of definitions (``e. allochtone vrouw: de vrouw die …``)."""
    items = list(_ITEM.finditer(window.before))
    letters = [each for each in items if each.group().strip(" \n;:").rstrip(".").isalpha()]
    if letters:
        item = window.before[letters[-1].end() :] + window.hit + window.after[:60]
        head = re.match(r"[^:;.\n|]{3,60}:", item)
        if head and (
            _DEFINES.search(window.before) or re.match(r"[^:]+:\s+(?:de|het|een|1°|alle|niet-)", item)
        ):
            return head.group().rstrip(":").strip()
    if re.search(
        r":\s+(?:1|1°|a)\.\s+(?:een\s+)?(?:persoon|degene|vreemdeling)\b[^.;:]{0,200}$", window.before[-260:]
    ):
        return "persoon die"
    if re.search(
        r"\b(?:behoor(?:t|den?)|behoren(?:de)?),? tot de\b[^.;]{0,60}$", window.before[-90:]
    ) and re.search(r"generatie|categorie|groep", f"{window.before[-80:]}{window.hit}{window.after[:40]}"):
        return "behoort tot"
    if re.search(r"\buit de (?:eerste|tweede) generatie die behoren", window.after[:60]):
        return "behoort tot"
    # A bare singular beside its counterpart is a class label, not a person.
    if re.fullmatch(r"(?:westers |niet-westers )?(?:allochtoon|autochtoon)", window.hit.lower()) and (
        re.match(r"\s*(?:/|dan wel|of|is)\s*(?:autochtoon|allochtoon)", window.after.lower())
        or re.search(r"(?:/|dan wel|of|categorie|is)\s*$", window.before[-20:].lower())
    ):
        return "class"
    return None


def series(window: Window) -> str | None:
    """The ground on which a hit labels statistics: a short cell of a table, a source line, a caption.

    >>> series(Window.at("| 9. | Nederland | Autochtoon | |", 17, 27))
    'table'
    """
    bars = window.line_before.count("|") + window.line_after.count("|")
    if bars >= 2 or (window.block == "table" and bars):
        cell = window.line_before.rsplit("|", 1)[-1] + window.hit + window.line_after.split("|", 1)[0]
        beyond = window.line_after.split("|", 2)[1] if "|" in window.line_after else ""
        words = len(cell.split())
        if words <= 3 or (words <= 7 and re.fullmatch(r"\s*[–\-+]?\s*[\d.,% ]+\s*", beyond)):
            return "table"
    elif window.block in ("table", "caption") and len((window.line_before + window.line_after).split()) <= 6:
        return window.block
    if _COUNT.search(window.line_before):
        return "aantal"
    found = _SERIES.search(window.sentence)
    if found and re.search(r"\d", window.sentence) and len(_SERIES.findall(window.sentence)) >= 1:
        return found.group()
    return None


def historic(window: Window) -> str | None:
    """The ground on which a sentence speaks of former times, or None.

    >>> historic(Window.at("Destijds kwamen gastarbeiders naar de wijk.", 16, 28))
    'destijds'
    """
    found = _FORMER.search(window.sentence)
    return found.group().lower() if found else None
