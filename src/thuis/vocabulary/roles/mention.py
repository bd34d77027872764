"""A word that is quoted or spoken of: quotation marks of every style, ``de termen X en Y``, ``X genoemd``."""

from __future__ import annotations

import re

from thuis.vocabulary.roles.window import Window
from thuis.vocabulary.roles.words import MENTION, whole, words

_REACH = 400
_OPENS, _CLOSES = r"(?<![\w.,!?…)\]])", r"(?!\w)"
# Opening and closing signs as they are typed, printed and misread; a straight sign needs its direction.
_STYLES: tuple[tuple[str, str], ...] = (
    ("“", "[”\"]|''"),
    ("„", "[”“\"]|''"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("″", "″"),
    (rf"{_OPENS}\"(?=\S)", rf"(?<=\S)\"{_CLOSES}"),
    (rf"{_OPENS}”(?=\w)", "”"),
    (r",,(?=\S)", "''|[”“\"″]|’’|,,"),
    (rf"{_OPENS}''(?=\S)", rf"''{_CLOSES}"),
    (r"‘‘|``", "’’|''|[”\"]"),
    (r"(?<!‘)‘(?!‘)", rf"(?<!\s)['’]{_CLOSES}"),
    (r"‚(?=\w)", rf"['‘’]{_CLOSES}"),
    (r"(?<![`\w])[`´](?=\w)", rf"['’´`]{_CLOSES}"),
    (rf"{_OPENS}’(?=\w)(?!(?:s|t|n|k|m|r|\d\d)\b)", rf"(?<!\s)’{_CLOSES}"),
    ("“", rf"(?<=\w)['’]{_CLOSES}"),
    (rf"{_OPENS}'(?=\w)(?!(?:s|t|n|k|m|r|\d\d)\b)", rf"(?<!\s)'{_CLOSES}"),
)
_SIGNS = frozenset("“„«»‹″”\",'‘`‚´’")


def _compiled(opening: str, closing: str) -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """The signs an opening needs, to pass it by without looking; the opening; the closing."""
    bare = re.sub(r"\(\?[^()]*\)|\\[Ssw]", "", opening)
    return _SIGNS & frozenset(bare), re.compile(opening), re.compile(closing)


_COMPILED = tuple(_compiled(*style) for style in _STYLES)


def quotation(window: Window) -> str | None:
    """The sign a hit is quoted with, or the words by which it is mentioned and not used; None otherwise.

    >>> quotation(Window.at("Hij zei: “de allochtonen werken hard” en ging.", 13, 24))
    '“'
    >>> quotation(Window.at("termen als gastarbeiders of allochtonen zijn oud", 28, 39))
    'termen'
    """
    if window.block == "quote":
        return "block"
    return marked(window) or mentioned(window)


def marked(window: Window) -> str | None:
    """The sign of the quotation or emphasis a hit stands in."""
    before = window.before.rsplit("\n\n", 1)[-1][-_REACH:]
    after = window.after.split("\n\n", 1)[0][:_REACH]
    emphasis = re.search(r"(?:^|[\s(])([*_`]{1,2})$", before)
    if emphasis and re.match(rf"{re.escape(emphasis[1])}(?![\w*_`])", after):
        return "emphasis"
    # Enough of the hit to tell "'niet" from "'n".
    start = before + window.hit[:4]
    signs = frozenset(before)
    for keys, opening, closing in _COMPILED:
        if signs.isdisjoint(keys):
            continue
        starts = [each for each in opening.finditer(start) if each.end() <= len(before)]
        if not starts:
            continue
        last = starts[-1]
        inside = before[last.start() :] + window.hit + after
        ends = [found.start() for found in closing.finditer(inside, len(last.group()))]
        place = len(before) - last.start() + len(window.hit)
        if ends and ends[0] >= place and ends[0] - place <= (200 if last.group() in "'’`´‚" else _REACH):
            return last.group()
    return None


def mentioned(window: Window) -> str | None:
    """The words that make a hit the subject of talk about words.

    >>> mentioned(Window.at("Die groep wordt nu allochtoon genoemd.", 19, 29))
    'genoemd'
    >>> mentioned(Window.at("de term die past bij allochtonen", 21, 32)) is None
    True
    """
    before, after = window.sentence_before[-160:], window.sentence_after[:120].lower()
    if found := _by_noun(before) or _bare_pair(window) or _bare_label(window):
        return found
    low = " ".join(before.lower().split()) + " "
    found_sign = MENTION["naming"].search(low[-60:])
    if found_sign is None and any(each in low for each in ("heet", "noem", "spr")):
        found_sign = MENTION["naming-two"].search(low[-120:])
    if found_sign and MENTION["of-whom"].search(found_sign.group()):
        found_sign = None
    if found_sign := found_sign or MENTION["called"].match(after):
        return " ".join(found_sign.group().split())
    asked = MENTION["asked"].search(low[-20:])
    if (asked and MENTION["asked-after"].match(after)) or MENTION["stands-for"].search(before):
        return "asked" if asked else "staat voor"
    if named := MENTION["named"].match(after):
        return named.group().split()[-1]
    return _spoken(low) or _beside_words(window, low) or _bare_word(window)


def _beside_words(window: Window, low: str) -> str | None:
    """A predicate or a choice, in a stretch that talks of words."""
    predicate, instead = MENTION["predicate"].search(low[-50:]), MENTION["instead"].search(low[-50:])
    if predicate or instead:
        about = len(whole("metalanguage").findall(window.near(300)))
        if about >= 2 and predicate:
            return predicate.group().strip()
        if about and instead:
            return instead.group().strip()
    return None


def _spoken(low: str) -> str | None:
    """The verb of speaking before a hit, in a sentence that weighs one word against another."""
    if (said := MENTION["saying"].search(low)) and MENTION["choice"].search(low):
        return said.group().split(":")[0]
    speaks = MENTION["speaks"].search(low) if "spr" in low or "gesproken" in low else None
    return speaks.group().split()[0] if speaks and MENTION["instead-of-it"].search(low) else None


def _bare_pair(window: Window) -> str | None:
    """``Een alternatief voor autochtoon en allochtoon``: two labels without an article are words."""
    if not re.fullmatch(MENTION["label"], window.hit.lower()):
        return None
    if MENTION["whichever"].search(window.sentence) or MENTION["between-people"].search(window.sentence):
        return None
    low = window.before[-60:].lower()
    if MENTION["divides"].search(low):
        return "pair"
    if (first := MENTION["before-label"].search(low)) and re.match(r"\s*(?:[.,;:?!)]|$|\w+\b)", window.after):
        follows = re.match(r"\s+([a-z]+)", window.after)
        noun = follows and window.hit.lower().endswith("westers")
        return None if first["word"] in MENTION.words["articles"] or noun else "pair"
    before = re.search(r"([\w’'-]*)\W*$", low)
    if (
        MENTION["after-label"].match(window.after.lower())
        and before
        and before[1] not in MENTION.words["articles"]
    ):
        return "pair"
    return None


def _bare_label(window: Window) -> str | None:
    """``Allochtoon bestaat niet meer``: a noun that wants an article opens a sentence without one."""
    opens = window.hit in ("Allochtoon", "Autochtoon") and not window.sentence_before.strip(" \t\n*#-–•")
    return "bare" if opens and MENTION["finite"].match(window.after) else None


def _bare_word(window: Window) -> str | None:
    """``Vervangt allochtoon door``: a noun without its article, beside a verb of speaking."""
    low = window.hit.lower()
    if low not in words("singulars"):
        return None
    before = window.sentence_before.lower()
    if MENTION["box"].search(before):
        return "box"
    if MENTION["none-said"].search(before) and MENTION["said-after"].match(window.sentence_after.lower()):
        return "geen"
    led = re.sub(r"[\s,]+$", "", before)
    either = MENTION["either"].search(led) if low in words("singulars") else None
    if either and either["word"] not in words("determines") and whole("metalanguage").search(before):
        return "bare"
    if (
        window.attached_before
        or MENTION["leads-noun"].search(led)
        or _is_said_of(led, window.sentence_after.lower())
    ):
        return None
    return (
        "bare"
        if MENTION["says"].search(before) or MENTION["says"].search(window.sentence_after.lower()[:80])
        else None
    )


def _is_said_of(led: str, after: str) -> bool:
    """Whether somebody is said to be one: ``ik ben zelf ook allochtoon``, ``dat hij nog vreemdeling is``."""
    return bool(
        (MENTION["adverb"].search(led) and MENTION["being"].search(led))
        or (led and MENTION["then-is"].match(after))
    )


def _by_noun(before: str) -> str | None:
    """``de termen X en Y``, ``woorden als X, Y of Z``: only such words stand between the noun and the hit."""
    before = re.sub(r"\([^()]*\)", "", before).lower()
    for noun in reversed(list(MENTION["noun"].finditer(before))):
        between = before[noun.end() :]
        tokens = re.findall(r"[\w'’-]+|[^\w\s]", between)
        if len(tokens) > 12 or any(each in ";:.!?()" and each != ":" for each in tokens):
            return None
        head = noun.group()
        if head == "categorieën" and not tokens and MENTION["kinds-of"].search(before[: noun.start()]):
            continue
        if tokens and tokens[0] == "van" and head in words("mention-of"):
            tokens = tokens[1:]
        if _listed(tokens, several=head.endswith(("en", "s", "ën"))):
            return head
    return None


def _listed(tokens: list[str], several: bool) -> bool:
    """Whether tokens are the other words of a list that the hit ends: items of three words at most between
    commas, ``en`` or ``of``, and no more than an article (for a noun in the plural: an adjective) before the
    hit itself.
    """
    led = bool(tokens) and (tokens[0] in words("mention-leads") or tokens[0] == ":")
    items: list[list[str]] = [[]]
    for each in tokens[led:]:
        if each in words("mention-links") or each in ",/":
            items.append([])
        elif each in words("name-breaks") or each in MENTION.words["prepositions"]:
            return False
        elif each[0].isalnum() and each not in MENTION.words["articles"]:
            items[-1].append(each)
    if any(len(each) > 3 for each in items) or (len(items) > 1 and not items[0]):
        return False
    return len(items[-1]) <= int(several and (led or len(items) > 1))
