"""A word that is quoted or spoken of: quotation marks of every style, ``de termen X en Y``, ``X genoemd``."""

from __future__ import annotations

import re

from thuis.vocabulary.roles.window import Window
from thuis.vocabulary.roles.words import any_of, whole, words

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
_NOUN = re.compile(
    rf"(?<!andere )(?<!\w){any_of('mention-nouns')}(?!\w)"
    r"|(?:categorie(?:ën)?|term(?:en)?|begrip(?:pen)?)(?!\w)"
)
# "Bepaalde categorieën vreemdelingen" are people of some kinds; "de categorieën autochtoon" words.
_KINDS_OF = re.compile(
    r"\b(?:bepaalde|bedoelde|genoemde|andere|verschillende|diverse|deze|die|alle|sommige|enkele|volgende|meer|overige"
    r"|beide|twee|drie|vier|vijf)\s+$"
)
_NAMING = re.compile(rf"\b{any_of('naming-before')}\s+(?:een |de |het |geen |nog )*$")
# Who "noemen" something else act: "allochtonen noemen discriminatie". A name stands at the end of its clause.
# "In de taal van de overheid heten ze etnisch-culturele minderheden of allochtonen": the second of two names.
_NAMING_TWO = re.compile(
    r"\b(?:(?:heet|heten|heette|heetten)\s+(?:(?:ze|zij|we|wij|hij|het|dat|dit|ook|nu|toen)\s+){1,3}"
    r"(?:(?:[\w-]+e\s+)?[\w-]+\s+(?:of|en)\s+)?"
    r"|(?:noemen|noemt|noemde|noemden)\s+(?:(?:ze|zij|we|wij|men|hen|dat|dit)\s+){1,2}(?:[\w-]+e\s+)?[\w-]+\s+(?:of|en)\s+"
    r"|(?:spreken|spreekt|sprak|spraken)\b[^.;]{1,80}\b(?:en|maar)\s+niet\s+(?:meer\s+|langer\s+)?(?:van|over)\s+)$"
)
# Between a name and its verb stand small words; of "buitenlanders guiris genoemd" the second is the name.
_NAMED = re.compile(
    rf"^\s+(?:(?:{any_of('small-words')}|(?:niet-)?westerse?|{any_of('people')}\w*)\s+){{0,4}}?"
    r"(?:noem(?:en|t|de|den)(?=\s*(?:[,.;:!?)\]»”\"'’]|$)|\s+(?:we|wij|ze|zij|men|je|jij|u|ik|hij|zich|en|of|maar|omdat"
    r"|die|mag|moet|kan|is|zal|werd|wordt)\b)|genoemd(?!\s+(?:in|onder|bij|werd|wordt))|geheten|heten|heette[n]?)"
    r"(?!\w)"
)
# "De vaardigheid spreken van de nieuwkomers": with its article it is who speaks.
_OF_WHOM = re.compile(r"^spre\w+ van (?:de|het) $")
_CALLED = re.compile(
    rf"^\s*(?:is|zijn|was|waren|werd|blijft|blijkt|als|,)\s+"
    rf"(?:(?!(?:in|onder|bij|voor|van|over|met|op|uit|tot|aan|per)\s)[\w-]+\s+){{0,3}}{any_of('mention-nouns')}(?!\w)"
)
_ASKED = re.compile(r"\b(?:is|zijn|was|waren)\s+$")
_ASKED_AFTER = re.compile(
    rf"^\s+(?:een|geen|zo'n|het|dan)\s+(?:[\w-]+\s+){{0,2}}{any_of('mention-nouns')}(?!\w)"
)
_STANDS_FOR = re.compile(r"(?:\b[A-Z]{2,6}|\bafkorting(?:en)?\s+\S+)\s+staat\s+voor\s+$")
_PREDICATE = re.compile(r"\b(?:zijn|waren|was|is|werden)\s+(?:het|ze|zij|dat|dit)\s+(?:\w+\s+){0,2}$")
_PREPOSITIONS = frozenset(
    [
        "van",
        "voor",
        "met",
        "in",
        "op",
        "tegen",
        "bij",
        "uit",
        "aan",
        "naar",
        "over",
        "onder",
        "tot",
        "rond",
        "rondom",
        "omtrent",
        "inzake",
        "door",
        "aantal",
    ]
)
_ARTICLES = frozenset(["de", "het", "een", "the", "a", "an"])
_INSTEAD = re.compile(
    r"\b(?:in plaats van|liever (?:niet|geen)|niet meer van|niet langer van)\s+(?:de |het )*$"
)
# "Kun je zeggen: persoon met een migratieachtergrond", "schrijf: …": what is said or written is a word.
_SAYING = re.compile(r"\b(?:zeg|zeggen|zegt|schrijf|schrijven|schrijft|noem|gebruik)\s*:\s+[^.;:]{0,90}$")
_CHOICE = re.compile(r"\b(?:in plaats van|liever|beter|alternati\w+|voortaan)\b")
# "In plaats daarvan spreekt de raad over inwoners met een …", "spreekt niet meer van X maar van Y".
_SPEAKS = re.compile(
    r"\b(?:spre(?:ekt|ken)|sprak(?:en)?|gesproken)\b[^.;]{0,110}\b(?:van|over)\s+"
    rf"(?:\w*{any_of('persons', 'persons-compound')}\s+met\s+)?"
    r"(?:een\s+)?(?:[\w-]+\s+(?:en|of)\s+(?:een\s+)?)?(?:[\w-]+\s+)?$"
)
_INSTEAD_OF_IT = re.compile(r"\bin plaats daarvan\b|\b(?:niet meer|niet langer)\b[^.;]*\bmaar\b|\bvoortaan\b")


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
    found_sign = _NAMING.search(low[-60:])
    if found_sign is None and any(each in low for each in ("heet", "noem", "spr")):
        found_sign = _NAMING_TWO.search(low[-120:])
    if found_sign and _OF_WHOM.search(found_sign.group()):
        found_sign = None
    if found_sign := found_sign or _CALLED.match(after):
        return " ".join(found_sign.group().split())
    if (_ASKED.search(low[-20:]) and _ASKED_AFTER.match(after)) or _STANDS_FOR.search(before):
        return "asked" if _ASKED.search(low[-20:]) else "staat voor"
    if named := _NAMED.match(after):
        return named.group().split()[-1]
    return _spoken(low) or _beside_words(window, low) or _bare_word(window)


def _beside_words(window: Window, low: str) -> str | None:
    """A predicate or a choice, in a stretch that talks of words."""
    predicate, instead = _PREDICATE.search(low[-50:]), _INSTEAD.search(low[-50:])
    if predicate or instead:
        about = len(whole("metalanguage").findall(window.near(300)))
        if about >= 2 and predicate:
            return predicate.group().strip()
        if about and instead:
            return instead.group().strip()
    return None


def _spoken(low: str) -> str | None:
    """The verb of speaking before a hit, in a sentence that weighs one word against another."""
    if (said := _SAYING.search(low)) and _CHOICE.search(low):
        return said.group().split(":")[0]
    speaks = _SPEAKS.search(low) if "spr" in low or "gesproken" in low else None
    return speaks.group().split()[0] if speaks and _INSTEAD_OF_IT.search(low) else None


_LABEL = r"(?:allochtoon|autochtoon|westers|niet-westers)"
_JOIN = r"\s*(?:en|of|versus|/)\s*"
# "Of je nu autochtoon of allochtoon bent": said of somebody, whichever of the two.
_WHICHEVER = re.compile(
    rf"\b(?:maakt\s+(?:\w+\s+){{0,2}}niet\s+uit|ongeacht|of\s+(?:je|u|iemand|men|ze|zij|hij|we|wij)\s+(?:nu\s+|nou\s+)?)"
    rf"[^.;]{{0,30}}{_LABEL}{_JOIN}{_LABEL}|{_LABEL}{_JOIN}{_LABEL}\s+(?:ben|bent)\b"
)
# "De kloof tussen autochtoon en allochtoon", "autochtoon en allochtoon leven samen": people and not words.
_BETWEEN_PEOPLE = re.compile(
    rf"\b{any_of('called-groups')}\s+tussen\s+{_LABEL}{_JOIN}{_LABEL}"
    rf"|{_LABEL}{_JOIN}{_LABEL}\s+(?:(?:leven|leeft|wonen|woont|werken|werkt|sporten|samen)\b|\w+\s+(?:naast|met|door)\s+elkaar\b)"
    rf"|\b(?:leven|wonen|werken|sporten|leren)\s+{_LABEL}{_JOIN}{_LABEL}\b"
)
_DIVIDES = re.compile(
    rf"\b(?:onderscheid|tweedeling|dichotomie|begrippenpaar)\s+(?:tussen\s+)?(?:{_LABEL}{_JOIN})?$"
)
_BEFORE_LABEL = re.compile(rf"(?P<word>[\w’'-]*)\W*\b{_LABEL}{_JOIN}$")
_AFTER_LABEL = re.compile(
    rf"{_JOIN}{_LABEL}\b(?!\s+(?!is\b|was\b|waren\b|zijn\b|komt\b|niet\b|uit\b|in\b)[a-z])"
)


def _bare_pair(window: Window) -> str | None:
    """``Een alternatief voor autochtoon en allochtoon``: two labels without an article are words."""
    if not re.fullmatch(_LABEL, window.hit.lower()):
        return None
    if _WHICHEVER.search(window.sentence) or _BETWEEN_PEOPLE.search(window.sentence):
        return None
    low = window.before[-60:].lower()
    if _DIVIDES.search(low):
        return "pair"
    if (first := _BEFORE_LABEL.search(low)) and re.match(r"\s*(?:[.,;:?!)]|$|\w+\b)", window.after):
        follows = re.match(r"\s+([a-z]+)", window.after)
        noun = follows and window.hit.lower().endswith("westers")
        return None if first["word"] in _ARTICLES or noun else "pair"
    before = re.search(r"([\w’'-]*)\W*$", low)
    if _AFTER_LABEL.match(window.after.lower()) and before and before[1] not in _ARTICLES:
        return "pair"
    return None


_FINITE = re.compile(r"\s+(?:bestaat|klinkt|heeft|wordt|betekent|moet|mag|kan|dekt|verdwijnt|suggereert)\b")


def _bare_label(window: Window) -> str | None:
    """``Allochtoon bestaat niet meer``: a noun that wants an article opens a sentence without one."""
    opens = window.hit in ("Allochtoon", "Autochtoon") and not window.sentence_before.strip(" \t\n*#-–•")
    return "bare" if opens and _FINITE.match(window.after) else None


_SAYS = re.compile(
    r"\b(?:zeg|zegt|zeggen|zei|zeiden|gezegd|noem\w*|genoemd|heet|heten|heette[n]?|schrijf\w*|schreef|geschreven"
    r"|spreek\w*|sprak\w*|gesproken|vervang\w*|gebruik\w*|woord\w*|term\w*|taboe|scheld\w*|begrip\w*|etiket\w*"
    r"|label\w*|betiteld?\w*|aangekruist|aankruis\w*|vakje\w*|hokje\w*|klinkt|synoniem\w*|staat\s+voor|betekent)\b"
)
_LEADS_NOUN = re.compile(
    rf"(?:^|\s)(?:{any_of('determines')}|(?:is|was|ben|bent|waren|zijn|word|wordt|werd|worden|blijft|bleef|als|tot|of|en)"
    r"|[\w-]+e)$"
)
_NONE_SAID = re.compile(r"\bgeen\s+$")
_SAID_AFTER = re.compile(r"^\s+(?:meer\s+)?(?:te\s+)?(?:zeggen|noemen|gebruiken|schrijven|heten)\b")
_BOX = re.compile(
    r"\b(?:vakje|hokje|kopje|rubriek|trefwoord|lemma|stempel|sticker|predicaat|knop|tabblad|optie)\s+$"
)


def _bare_word(window: Window) -> str | None:
    """``Vervangt allochtoon door``: a noun without its article, beside a verb of speaking."""
    low = window.hit.lower()
    if low not in words("singulars"):
        return None
    before = window.sentence_before.lower()
    if _BOX.search(before):
        return "box"
    if _NONE_SAID.search(before) and _SAID_AFTER.match(window.sentence_after.lower()):
        return "geen"
    led = re.sub(r"[\s,]+$", "", before)
    either = _EITHER.search(led) if low in words("singulars") else None
    if either and either["word"] not in words("determines") and whole("metalanguage").search(before):
        return "bare"
    if window.attached_before or _LEADS_NOUN.search(led) or _is_said_of(led, window.sentence_after.lower()):
        return None
    return "bare" if _SAYS.search(before) or _SAYS.search(window.sentence_after.lower()[:80]) else None


_THEN_IS = re.compile(r"^\s+(?:is|was|ben|bent|zijn|waren|blijft|bleef)\s*(?:$|[,.;)]|(?:en|maar|of)\b)")
_ADVERB = re.compile(rf"(?:^|\s){any_of('predicate-adverbs')}$")
_BEING = re.compile(r"\b(?:is|was|ben|bent|waren|zijn|blijft|bleef)\b")


# "Een alternatief voor immigrant of gastarbeider", beside talk of a term: neither has its article.
_EITHER = re.compile(r"\b(?:voor|door|van|als|in plaats van)\s+(?P<word>[\w-]+)\s+(?:of|en)$")


def _is_said_of(led: str, after: str) -> bool:
    """Whether somebody is said to be one: ``ik ben zelf ook allochtoon``, ``dat hij nog vreemdeling is``."""
    return bool((_ADVERB.search(led) and _BEING.search(led)) or (led and _THEN_IS.match(after)))


def _by_noun(before: str) -> str | None:
    """``de termen X en Y``, ``woorden als X, Y of Z``: only such words stand between the noun and the hit."""
    before = re.sub(r"\([^()]*\)", "", before).lower()
    for noun in reversed(list(_NOUN.finditer(before))):
        between = before[noun.end() :]
        tokens = re.findall(r"[\w'’-]+|[^\w\s]", between)
        if len(tokens) > 12 or any(each in ";:.!?()" and each != ":" for each in tokens):
            return None
        head = noun.group()
        if head == "categorieën" and not tokens and _KINDS_OF.search(before[: noun.start()]):
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
        elif each in words("name-breaks") or each in _PREPOSITIONS:
            return False
        elif each[0].isalnum() and each not in _ARTICLES:
            items[-1].append(each)
    if any(len(each) > 3 for each in items) or (len(items) > 1 and not items[0]):
        return False
    return len(items[-1]) <= int(several and (led or len(items) > 1))
