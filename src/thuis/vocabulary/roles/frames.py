"""Frames around a hit: definitions, statistical tables and series, talk of former times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.vocabulary.roles.mention import quotation
from thuis.vocabulary.roles.window import Window
from thuis.vocabulary.roles.words import FRAMES, any_of, whole

__all__ = ["definition", "historic", "quotation", "series"]

_OF_PEOPLE = re.compile(any_of("people"), re.IGNORECASE)


def definition(window: Window, genre: str) -> str | None:
    """The ground on which a hit is defined, or part of a definition, or only mentioned as a word.

    >>> definition(Window.at("Onder een allochtoon verstaat het CBS", 10, 20), "report")
    'verstaan'
    """
    before, after = window.sentence_before[-200:], window.sentence_after
    low = after.lower()
    low_before = before.lower()
    for name, sign in _signs(window, before, low_before, low):
        if sign:
            return name
    return _in_item(window) if genre == "law" else _goes_on(window, low_before)


def _signs(window: Window, before: str, low_before: str, low: str) -> Iterator[tuple[str, object]]:
    """The signs of a definition one by one; the costly ones only beside the word they need."""
    yield "is a", FRAMES["is-a"].match(window.after) or FRAMES["who"].match(window.after)
    if not low_before.strip(" \t*#-–•"):
        yield "entry", FRAMES["entry"].match(window.after)
        yield (
            "is a",
            window.hit[:1].isupper() and (FRAMES["process"].match(low) or FRAMES["refers"].match(low)),
        )
    if "definie" in low_before:
        yield "gedefinieerd", FRAMES["defines-it"].search(low_before) and re.match(r"\s+als\b", low)
    if "geboren" in low:
        yield "is a", re.search(r"\been\s+(?:\w+\s+van\s+de\s+)?$", low_before) and FRAMES["born"].match(low)
    if "versta" in low:
        yield "verstaan", FRAMES["under"].search(before[-90:]) and FRAMES["understood"].search(low)
        yield "verstaan", re.match(r"\s+(?:wordt|worden)\s+verstaan", low)
    if "versta" in low_before:
        yield "verstaan", FRAMES["understands"].search(low_before)
    if "bedoel" in low[:160]:
        yield "bedoeld", FRAMES["by"].search(before[-90:]) and FRAMES["meant"].match(low)
        yield "bedoeld", re.search(r"\bword(?:t|en)\b", low_before) and FRAMES["is-meant"].match(low)
    yield "gedefinieerd", FRAMES["defined"].match(low)
    yield "class", FRAMES["class"].search(low_before[-60:]) and whole("classing").search(window.sentence)
    yield "worden beschouwd", re.search(r"\b[Aa]ls\s+$", before[-8:]) and FRAMES["counts"].match(low)


def _goes_on(window: Window, before: str) -> str | None:
    """Whether a hit is asked after, told apart, or the subject of a sentence beside one that defines."""
    if FRAMES["asks"].search(before):
        return "wat is"
    if FRAMES["falls-under"].search(before):
        return "vallen onder"
    if FRAMES["made-apart"].search(before):
        return "onderscheid"
    if FRAMES["category"].match(window.sentence):
        return "behoren tot"
    if FRAMES["subject"].match(before) or window.after.lstrip().startswith("?"):
        beside = FRAMES["defining"].search(window.near(350))
        here = beside and (
            FRAMES["defining"].search(window.sentence)
            or FRAMES["says-what"].match(window.sentence_after.lower())
        )
        return beside.group() if beside and here else None
    return None


def _in_item(window: Window) -> str | None:
    """Whether a hit stands in an item of a list of definitions (``e. allochtone vrouw: de vrouw die …``)."""
    items = (
        list(FRAMES["item"].finditer(window.before + window.hit[:1]))
        if ":" in window.before or ":" in window.after[:60]
        else []
    )
    letters = [each for each in items if each.group().strip(" \n;:").rstrip(".").isalpha()]
    if letters:
        led = window.before[letters[-1].end() :]
        item = led + window.hit + window.after[:60]
        # "inburgeringsprogramma: een programma dat de oudkomer volgt": in a clause of it a word is used.
        over = FRAMES["clause"].search(led.partition(":")[2]) or FRAMES["next-article"].search(item)
        head = (
            None
            if over
            else re.match(r"(?!(?:voor|bij|in|op|van|aan|ten|indien|als)\b)[^:;.\n|]{3,60}:", item)
        )
        if (
            head
            and _OF_PEOPLE.search(head.group())
            and (
                FRAMES["defines"].search(window.before)
                or FRAMES["explains"].match(item)
                or (":" not in led and FRAMES["explained"].match(window.after))
            )
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


def series(window: Window, genre: str = "text") -> str | None:
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
    count = FRAMES["count"].search(window.line_before)
    said = count and not bars and FRAMES["counted"].match(count.group() + window.hit + window.line_after)
    told = count and (
        FRAMES["told-of"].search(window.sentence_after) or FRAMES["told-before"].search(count.group())
    )
    # A law that counts people in a formula speaks of them; what it sets in a table labels figures.
    if count and not said and not told and (genre != "law" or bars):
        return "aantal"
    one = "." not in window.line_after.rstrip(". ")
    captioned = one and FRAMES["caption"].match(window.line_before + window.hit)
    if captioned and not FRAMES["sentence"].search(window.line_after):
        return "caption"
    found = FRAMES["series"].search(f"{window.sentence_before} | {window.sentence_after}".lower())
    # A selection list of archives says "Bron:" of every act: where it is written down.
    listed = found and found.group() == "bron:" and re.search(r"\b(?:periode|waardering):", window.sentence)
    return found.group() if found and not listed and re.search(r"\d", window.sentence) else None


def historic(window: Window) -> str | None:
    """The ground on which a sentence speaks of former times, or None.

    >>> historic(Window.at("Destijds kwamen gastarbeiders naar de wijk.", 16, 28))
    'destijds'
    """
    found = FRAMES["former"].search(window.sentence) or FRAMES["period"].match(window.after)
    return found.group().lower().strip(" .,;:(") if found else None
