"""Frames around a hit: definitions, statistical tables and series, talk of former times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.vocabulary.roles.mention import quotation
from thuis.vocabulary.roles.window import Window
from thuis.vocabulary.roles.words import any_of, whole

__all__ = ["definition", "historic", "quotation", "series"]

_DEFINES = re.compile(
    r"(?:wordt|worden|word)\b[^.]{0,80}\bverstaan|verstaan onder|in deze (?:wet|regeling|"
    r"beschikking)[^.]{0,40}verstaan|"
    r"\bmeans\b|\bis defined as|begripsbepaling",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:^|[\n;:]|\s)(?:[a-z]{1,2}|\d{1,2}°?)\.\s*(?=\S)")
_OF_PEOPLE = re.compile(any_of("people"), re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:die|dat|wie|wiens|welke|waar\w*|met|voor|door|ten|op|ter|teneinde|bedoeld|genoemd|voornoemde?)\b"
)
_EXPLAINS = re.compile(r"[^:]+:\s+(?:de|het|een|1°|alle|niet-)")
# "m. *Vreemdeling:* Leerling die …": what is explained, in the head of its item.
_EXPLAINED = re.compile(r"[^:]{0,30}:\*?\s+(?:[\w-]+,?\s+){1,3}(?:die|dat|wie|wiens|als|van wie|bedoeld)\b")
_NEXT_ARTICLE = re.compile(r"\n\W*Artikel\s+\d")
_PERSON = (
    r"(?:een (?:persoon|inwoner|burger|mens|vreemdeling|nederlander|individu)|degenen?|iemand|personen|"
    r"inwoners(?=\s+(?:die|van wie|wier|wiens|met|zonder|uit)\b)|(?:de )?persoon|de vrouw|de man|wie\b"
    r"|a person|someone|people who|persons)"
)
_IS_A = re.compile(
    rf"^\s*(?:(?:is|zijn|:|=|\()\s*(?:dan |dus |hier |volgens [\w ]{{2,20}} )?{_PERSON}"
    r"|\s*(?:is|zijn|:|=)\s+allochtoon"
    r"|\s+(?:bestaat\s+)?uit\s+(?:personen|mensen|inwoners)\s+(?:die|van wie))\b",
    re.IGNORECASE,
)
# An entry of a glossary: the term alone on its line or in its sentence, then who that is.
_ENTRY = re.compile(
    r"^\s*(?:[.:]\s+|\n\s*)(?:Een\s+)?(?:Persoon|Personen|Inwoners?|Iemand)\s+(?:met|van|wier|wiens|die|in)\b"
)
# "Integratie is het in elkaar opgaan van groepen": what a process is, said of the bare word.
_PROCESS = re.compile(
    r"^\s+is\s+(?:het\s+(?:[\w-]+\s+){0,3}(?:opgaan|samengaan|samensmelten|deelnemen|meedoen|invoegen)"
    r"|(?:het|een)\s+(?:[\w-]+\s+){0,2}(?:proces|situatie|toestand)\s+(?:waar\w+|van\s+het))\b"
)
# "Een allochtoon van de eerste generatie is zelf elders geboren": one of a class, and what makes it so.
_BORN = re.compile(
    r"^\s+(?:van\s+de\s+\w+\s+generatie\s+)?is\s+(?:zelf\s+)?(?:ook\s+)?in\s+(?:het\s+buitenland|nederland)"
    r"\s+geboren\b"
)
_DEFINES_IT = re.compile(r"\bdefinie(?:ert|ren|erde|erden)\s+(?:\w+\s+){0,2}$")
_REFERS = re.compile(
    r"^\s+(?:verwijst\s+naar|duidt\s+op|slaat\s+(?:[\w-]+\s+){0,4}op)\b|^:\s+[^.;:]{0,60}\bdefinie(?:ert|ren|erde)\b"
)
_CATEGORY = re.compile(r"^\W*tot\s+de\s+(?:categorie|groep)\w*\s+[^.;]*\b(?:behoren|behoort|rekent|worden)\b")
_WHO = re.compile(
    r"^\s*(?:is|zijn)\s+(?:[\w-]+\s+){0,4}(?:persoon|personen|iemand|inwoners?|mensen)\s+"
    r"(?:van wie|wier|wiens|waarvan|die zelf)\b",
    re.IGNORECASE,
)
# A text that defines goes on in its next sentences: ``Een allochtoon van de tweede generatie is …``.
_DEFINING = re.compile(
    r"\b(?:versta(?:at|an)|(?:deze|volgens de|de) definitie|gedefinieerd"
    r"|van wie (?:ten ?minste|beide)|wat is een)\b"
)
_SUBJECT = re.compile(
    r"^\W*(?:(?:een|de|tot de|ook|categorie|allochto\w+|autochto\w+|personen?|van"
    r"|westerse|niet-westerse)\s+)*$"
)
# What such a sentence says of its subject; who lives, works or thinks is used.
_SAYS_WHAT = re.compile(
    r"^\s*(?:$|\?|[,(:]|(?:[\w-]+\s+){0,5}(?:is|zijn|was|waren|wordt|worden|werd|werden|behoort|behoren|geldt|gelden|telt|tellen"
    r"|heet|heten|omvat|omvatten|valt|vallen|betekent|bestaat|betreft)\b)"
)
_ASKS = re.compile(r"\b(?:wat|wie|wanneer)\s+(?:is|zijn|ben|bent)\s+(?:[\w-]+\s+){0,3}$")
_MADE_APART = re.compile(r"\b(?:wordt|worden)\s+(?:er\s+)?onderscheid\s+gemaakt\s+tussen\s+[^.;]{0,80}$")
# "Zij vallen allemaal onder niet-westers": a class, without an article.
_FALLS_UNDER = re.compile(
    r"\b(?:valt|vallen|viel|vielen)\s+(?:\w+\s+){0,3}onder\s+(?!(?:de|het|deze|dit|een)\s)(?:[\w-]+\s+){0,4}$"
)
_WITH = r"(?:[\w’'-]+\s+){0,2}(?:[\w-]+\s+(?:en|of)\s+)?"
_UNDER = re.compile(rf"\bonder\s+(?:een\s+|de\s+|het\s+)?{_WITH}$", re.IGNORECASE)
_BY = re.compile(rf"\bmet\s+(?:een\s+|de\s+|het\s+)?{_WITH}$", re.IGNORECASE)
_UNDERSTOOD = re.compile(r"\bverst(?:aat|aan|ond(?:en)?)\b")
_UNDERSTANDS = re.compile(
    rf"\bversta(?:at|an|nd)\s+(?:\w+\s+){{0,5}}onder\s+(?:een\s+|de\s+|het\s+)?{_WITH}$"
)
# "Gesprekken met vreemdelingen, bedoeld in artikel 3, worden gevoerd" points to a provision.
_MEANT = re.compile(
    r"^[^.;]{0,80}\b(?:bedoelt|bedoelen|bedoelden?"
    r"|(?:wordt|worden)\b[^.;]{0,60}\bbedoeld\b(?!,?\s+(?:in|onder|bij|op)\b))"
)
_IS_MEANT = re.compile(r"^\s*(?:\w+\s+){0,2}bedoeld\b(?!,?\s+(?:in|onder|bij)\b)")
_DEFINED = re.compile(
    r"^\s*(?:is|zijn|wordt|worden|als)?\s*(?:\w+\s+){0,3}(?:gedefinieerd|omschreven|defined)\b"
)
_CLASS = re.compile(r"\b(?:als|tot)\s+(?:een\s+|de\s+|het\s+)?(?:groep\s+|categorie\s+)?(?:[\w-]+\s+)?$")
_COUNTS = re.compile(r"^\s*(?:geldt|gelden|tellen|telt|wordt|worden)\b[^.;]{0,60}\b(?:als|wie|die|met)\b")
_SERIES = re.compile(
    r"\b(?:statline|bron:|source:|geboorteland (?:moeder|vader)|herkomstgroepering|standcijfers|peildatum)"
)
_CAPTION = re.compile(r"\s*(?:tabel|figuur|grafiek|table|figure)\s+[\d.]+[a-z]?[.:]?\s+[A-Z]", re.IGNORECASE)
# "Figuur 2.1 Werkloosheid onder allochtonen nam toe": a caption that is a sentence uses its words.
_SENTENCE = re.compile(
    r"\b(?:is|was|waren|zijn|stijgt|steeg|daalt|daalde|neemt|nam|blijft|bleef|heeft|hebben|ligt|lag)\b"
)
# What a cell, or a symbol in a formula, counts: ``| Aantal huishoudens … van niet-westerse herkomst |``.
_COUNT = re.compile(
    r"(?:^|[|:])\s*(?:het\s+)?(?:totaal\s+(?:van\s+het\s+)?)?(?:aantal|aandeel|percentage)\b[^.;|,]*$",
    re.IGNORECASE,
)
# "Het percentage allochtonen met een uitkering is hoger": running text that counts, no label.
_COUNTED = re.compile(
    r"[^|.;:]{0,90}\b(?:is|was|waren|zijn|ligt|lag|stijgt|steeg|daalt|daalde|groeit|groeide|blijft|bleef|neemt|nam|"
    r"bedraagt|bedroeg|loopt|liep)\b[^|]*\w",
)
# "Het aantal oudkomers in de gemeente dat in 2005 start": counted people of whom something is said.
_TOLD_OF = re.compile(r"\b(?:dat|die|welke|waar\w+|wie)\b")
_TOLD_BEFORE = re.compile(r"\b(?:omtrent|voor|bedoelde?|heeft|start|dat|die|waar\w+|wie)\b")
_FORMER = re.compile(
    r"\b(?:destijds|toentertijd|indertijd|toenmalige?|toen nog|voorheen|vroeger werd|"
    r"in de jaren (?:vijftig|zestig|zeventig|"
    r"tachtig|negentig|’?'?[5-9]0)|zoals (?:dat|die|zij|ze) toen|at that time|back then|formerly|"
    r"in the 19[5-9]0s)"
)
# The period of an act in a selection list of archives: ``… voor etnische minderheden. 1982–1991``.
_PERIOD = re.compile(r"^[\s.,;:(]{0,4}1[89]\d\d\s?[–-]\s?(?:1[89]\d\d|20[01]\d)(?!\d)")


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
    yield "is a", _IS_A.match(window.after) or _WHO.match(window.after)
    if not low_before.strip(" \t*#-–•"):
        yield "entry", _ENTRY.match(window.after)
        yield "is a", window.hit[:1].isupper() and (_PROCESS.match(low) or _REFERS.match(low))
    if "definie" in low_before:
        yield "gedefinieerd", _DEFINES_IT.search(low_before) and re.match(r"\s+als\b", low)
    if "geboren" in low:
        yield "is a", re.search(r"\been\s+(?:\w+\s+van\s+de\s+)?$", low_before) and _BORN.match(low)
    if "versta" in low:
        yield "verstaan", _UNDER.search(before[-90:]) and _UNDERSTOOD.search(low)
        yield "verstaan", re.match(r"\s+(?:wordt|worden)\s+verstaan", low)
    if "versta" in low_before:
        yield "verstaan", _UNDERSTANDS.search(low_before)
    if "bedoel" in low[:160]:
        yield "bedoeld", _BY.search(before[-90:]) and _MEANT.match(low)
        yield "bedoeld", re.search(r"\bword(?:t|en)\b", low_before) and _IS_MEANT.match(low)
    yield "gedefinieerd", _DEFINED.match(low)
    yield "class", _CLASS.search(low_before[-60:]) and whole("classing").search(window.sentence)
    yield "worden beschouwd", re.search(r"\b[Aa]ls\s+$", before[-8:]) and _COUNTS.match(low)


def _goes_on(window: Window, before: str) -> str | None:
    """Whether a hit is asked after, told apart, or the subject of a sentence beside one that defines."""
    if _ASKS.search(before):
        return "wat is"
    if _FALLS_UNDER.search(before):
        return "vallen onder"
    if _MADE_APART.search(before):
        return "onderscheid"
    if _CATEGORY.match(window.sentence):
        return "behoren tot"
    if _SUBJECT.match(before) or window.after.lstrip().startswith("?"):
        beside = _DEFINING.search(window.near(350))
        here = beside and (
            _DEFINING.search(window.sentence) or _SAYS_WHAT.match(window.sentence_after.lower())
        )
        return beside.group() if beside and here else None
    return None


def _in_item(window: Window) -> str | None:
    """Whether a hit stands in an item of a list of definitions (``e. allochtone vrouw: de vrouw die …``)."""
    items = (
        list(_ITEM.finditer(window.before + window.hit[:1]))
        if ":" in window.before or ":" in window.after[:60]
        else []
    )
    letters = [each for each in items if each.group().strip(" \n;:").rstrip(".").isalpha()]
    if letters:
        led = window.before[letters[-1].end() :]
        item = led + window.hit + window.after[:60]
        # "inburgeringsprogramma: een programma dat de oudkomer volgt": in a clause of it a word is used.
        over = _CLAUSE.search(led.partition(":")[2]) or _NEXT_ARTICLE.search(item)
        head = (
            None
            if over
            else re.match(r"(?!(?:voor|bij|in|op|van|aan|ten|indien|als)\b)[^:;.\n|]{3,60}:", item)
        )
        if (
            head
            and _OF_PEOPLE.search(head.group())
            and (
                _DEFINES.search(window.before)
                or _EXPLAINS.match(item)
                or (":" not in led and _EXPLAINED.match(window.after))
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
    count = _COUNT.search(window.line_before)
    said = count and not bars and _COUNTED.match(count.group() + window.hit + window.line_after)
    told = count and (_TOLD_OF.search(window.sentence_after) or _TOLD_BEFORE.search(count.group()))
    # A law that counts people in a formula speaks of them; what it sets in a table labels figures.
    if count and not said and not told and (genre != "law" or bars):
        return "aantal"
    captioned = _CAPTION.match(window.line_before + window.hit) and "." not in window.line_after.rstrip(". ")
    if captioned and not _SENTENCE.search(window.line_after):
        return "caption"
    found = _SERIES.search(f"{window.sentence_before} | {window.sentence_after}".lower())
    # A selection list of archives says "Bron:" of every act: where it is written down.
    listed = found and found.group() == "bron:" and re.search(r"\b(?:periode|waardering):", window.sentence)
    return found.group() if found and not listed and re.search(r"\d", window.sentence) else None


def historic(window: Window) -> str | None:
    """The ground on which a sentence speaks of former times, or None.

    >>> historic(Window.at("Destijds kwamen gastarbeiders naar de wijk.", 16, 28))
    'destijds'
    """
    found = _FORMER.search(window.sentence) or _PERIOD.match(window.after)
    return found.group().lower().strip(" .,;:(") if found else None
