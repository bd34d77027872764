"""Lines to paragraphs: headings, items, joins over lines and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from thuis.documents.mapped import Mapped
from thuis.dossier.letter.labels import QUESTION
from thuis.dossier.letter.model import BlockKind
from thuis.language.hyphens import keeps_hyphen

_ENDS = re.compile(r"[.!?:;…][’”»)\]⁰¹²³⁴-⁹ ]*$|(?<=[a-zà-ÿ)»”’])[.!?][’”»)]*\d{1,2}$")
_ITEM = re.compile(r"^\s*(?:[-–•·▪◦o]|\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
SIGNATURE = re.compile(
    r"(?:(?:Mede )?(?:namens|on behalf of) )?(?:De |Het |The )?"
    r"(?:demissionair |waarnemend )?(?:minister|staatssecretaris|state secretary|kabinet"
    r"|burgemeester en wethouders|gedeputeerde staten|dijkgraaf)\b"
    r"|(?:Hoogachtend|Met vriendelijke groet|Yours (?:sincerely|faithfully)|w\.g\.)"
    r"|(?:mw|dhr|mr|drs|dr|ir|ing|prof)\. ",
    re.I,
)
_SIGNS = re.compile(r"(?:De|The) (?:Minister|Staatssecretaris|State Secretary)\b[^.]{3,90}(?:,|, [A-Z]\..*)?")
_GREETING = re.compile(
    r"(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet(?:en)?|Yours (?:sincerely|faithfully)),?", re.I
)
_HEAD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?[A-ZÀ-Þ][\w ’'–-]{3,60}")
_ASKS = re.compile(
    r"(?:Wat|Hoe|Waarom|Welke?|Wie|Wanneer|Waar\w*|What|How|Why|Which|Who|When|Where)\b[\w ’'–,-]{4,90}\?"
)
_SPACES = re.compile(r"\s{2,}|[^\S ]")
_STOP_IN = 0.72  # a sentence that ends before this part of the line's width ends its paragraph


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading or item before it gets its id."""

    kind: BlockKind
    body: Mapped
    page: int | None = None
    level: int = 2
    cut: str | None = None


def pieces(lines: Sequence[Mapped], page: int | None, words: Set[str] = frozenset()) -> list[Piece]:
    """The blocks of one page.

    :param words: the words of the whole text, which tell whether a hyphen at the end of a line is the word's.

    >>> page = [Mapped.of(t) for t in ("Taal en termen", " ", "Ook taal kan leiden tot", "uitsluiting.")]
    >>> [(piece.kind, piece.body.text) for piece in pieces(page, 1)]
    [('heading', 'Taal en termen'), ('paragraph', 'Ook taal kan leiden tot uitsluiting.')]
    """
    width = max((len(line.text.rstrip()) for line in lines), default=0)
    found: list[Piece] = []
    group: list[Mapped] = []

    def close(end: bool) -> None:
        nonlocal group
        if group:
            alone = end and len(group) <= 2
            found.append(_piece(group, page, alone, words))
        group = []

    for line in lines:
        text = line.text
        if not text.strip():
            close(True)
            continue
        if _GREETING.fullmatch(text.strip()):
            close(False)
            group.append(line)
            close(False)
            continue
        if len(group) == 1 and found and _heads(found[-1].body.text, group[0].text, text, width):
            close(True)
        elif len(group) > 1 and _heads(group[-2].text, group[-1].text, text, width):
            heading = group.pop()
            close(False)
            group.append(heading)
            close(True)
        signs = group and _SIGNS.fullmatch(text.strip()) and bool(_ENDS.search(group[-1].text.rstrip()))
        label = any(QUESTION.fullmatch(each.text.strip()) for each in (line, *group[-1:]))
        begins = group and _ITEM.match(text) and _opens(group[-1].text)
        if signs or label or begins or (group and _ends(group[-1].text, width, text)):
            close(False)
        group.append(line)
    close(True)
    answers = any(QUESTION.fullmatch(each.body.text) for each in found)
    return [_numbered(found, at) if answers else _asked(found, at) for at in range(len(found))]


def _heads(before: str, text: str, after: str, width: int) -> bool:
    """Whether a short line without a stop, between a sentence's end and a new sentence, is a heading.

    A line that runs on would have been filled.

    >>> _heads("Dat is zo.", "Bevindingen", "Gemeenten melden lange wachttijden voor woningen.", 90)
    True
    """
    bare = text.strip()
    return (
        width > 60
        and len(bare) < width / 2
        and bool(_HEAD.fullmatch(bare))
        and not SIGNATURE.match(bare)
        and bool(re.search(r"[.!?][’”»)⁰¹²³⁴-⁹]*$", before.rstrip()))
        and after.strip()[:1].isupper()
        and (len(after.strip()) > width / 2 or bool(re.search(r"[a-zà-ÿ)»”’][.!?]$", after.rstrip())))
    )


def _numbered(found: Sequence[Piece], at: int) -> Piece:
    """ "1. Inleiding" between paragraphs is a heading; among others like it, it is an item of a list."""
    piece = found[at]
    text = piece.body.text
    if piece.kind != "item" or len(text) > 80 or _ENDS.search(text) or text[-1:] in ",;":
        return piece
    beside = [each.kind for each in (*found[max(at - 1, 0) : at], *found[at + 1 : at + 2])]
    follows = at + 1 < len(found) and found[at + 1].kind == "paragraph"
    chapter = re.match(r"\d{1,2}[.)]\s+[A-Z]", text) and follows and "item" not in beside
    return replace(piece, kind="heading") if chapter else piece


def _asked(found: Sequence[Piece], at: int) -> Piece:
    """ "Wat betekent dit?" above a paragraph is a heading, in a paper that is no list of answers."""
    piece = found[at]
    beside = 0 < at < len(found) - 1 and found[at + 1].kind == "paragraph"
    if piece.kind != "paragraph" or not beside or not _ASKS.fullmatch(piece.body.text):
        return _numbered(found, at)
    before = found[at - 1].body.text
    return replace(piece, kind="heading") if _ENDS.search(before) and before[-1:] not in ":;" else piece


def _opens(before: str) -> bool:
    return bool(_ENDS.search(before.rstrip())) or bool(_ITEM.match(before))


def _ends(before: str, width: int, text: str) -> bool:
    stripped = before.rstrip()
    if not re.search(r"[.!?][’”»)⁰¹²³⁴-⁹ ]*$", stripped) or not text.strip()[:1].isupper():
        return False
    return len(stripped) < _STOP_IN * width or len(before) - len(stripped) >= 2


def _piece(group: Sequence[Mapped], page: int | None, alone: bool, words: Set[str]) -> Piece:
    item = _ITEM.match(group[0].text)
    body = run_on(group, words)
    text = body.text
    if item:
        return Piece("item", body, page)
    if QUESTION.fullmatch(text):
        return Piece("heading", body, page, 3)
    name = re.match(r"(?:[A-Z]\.\s?){1,6}(?:[a-z'’]+ ){0,3}[A-Z]", text) or SIGNATURE.match(text)
    heading = (
        alone
        and not name
        and len(text) <= 110
        and "?" not in text
        and not _ENDS.search(text)
        and not text.endswith((",", "-"))
    )
    if heading and text[:1].isupper() and (len(group) == 1 or len(text) <= 90):
        return Piece("heading", body, page)
    return Piece("paragraph", body, page)


def run_on(group: Sequence[Mapped], words: Set[str]) -> Mapped:
    """Lines as one text, spaces single.

    >>> [run_on([Mapped.of(one), Mapped.of(two)], frozenset()).text
    ...  for one, two in (("de sociaal-", "culturele kant"), ("de arbeids-", "markt nu"))]
    ['de sociaal-culturele kant', 'de arbeidsmarkt nu']
    """
    parts = [group[0].strip()]
    for line in group[1:]:
        after = line.strip()
        cut, between = _glue(parts[-1].text, after.text, words)
        parts[-1] = parts[-1][: len(parts[-1]) - cut]
        parts += [_between(parts[-1], between), after]
    return Mapped.join(parts).sub(_SPACES, " ")


def _between(before: Mapped, text: str) -> Mapped:
    return Mapped(text, (before.at[-1] + 1,) * len(text)) if before.at else Mapped("", ())


def _glue(first: str, second: str, words: Set[str]) -> tuple[int, str]:
    """How many characters the first line loses at its end, and what comes between the two."""
    if not first.endswith(("-", "\u00ad")):
        return 0, " "
    before = re.search(r"([\w-]+)[-\u00ad]$", first[-60:])
    after = re.match(r"\w+", second)
    if not before or not after or re.match(r"(?:en|of|noch|tot|and|or)\b", second):
        return 0, " "
    return int(first.endswith("\u00ad") or not keeps_hyphen(before[1], after[0], words)), ""


def words_of(lines: Iterable[Mapped]) -> frozenset[str]:
    """The words of a text that stand whole in a line: they tell what a broken one is."""
    return frozenset(re.findall(r"\w[\w-]*\w", "\n".join(line.text for line in lines).lower()))


def over_pages(
    pages: Sequence[tuple[int | None, list[Piece]]], total: int | None, words: Set[str] = frozenset()
) -> list[Piece]:
    """All blocks in order: a sentence that runs over a page is joined, one that runs into a gap is marked."""
    found: list[Piece] = []
    before: dict[int, list[Mapped]] = {}  # what stands on earlier pages of a piece that runs on
    last: int | None = None
    for number, page in pages:
        gap = number is not None and number > (last or 0) + 1
        rest = list(page)
        if found and rest and not gap and _runs_on(found[-1], rest[0]):
            body = found[-1].body
            cut, between = _glue(body.text, rest[0].body.text, words)
            before.setdefault(len(found) - 1, []).extend((body[: len(body) - cut], _between(body, between)))
            kind: BlockKind = "paragraph" if found[-1].kind == "heading" else found[-1].kind
            found[-1] = replace(found[-1], body=rest[0].body, kind=kind)
            rest = rest[1:]
        if gap and found and not _ENDS.search(found[-1].body.text) and found[-1].kind != "heading":
            found[-1] = replace(found[-1], cut="end")
        if gap and rest and rest[0].body.text[:1].islower():
            rest[0] = replace(rest[0], cut="start")
        found += rest
        last = number
    if total and last and last < total and found and not _ENDS.search(found[-1].body.text):
        found[-1] = replace(found[-1], cut="both" if found[-1].cut == "start" else "end")
    for at, parts in before.items():
        found[at] = replace(found[at], body=Mapped.join([*parts, found[at].body]))
    return found


def _runs_on(last: Piece, first: Piece) -> bool:
    """Whether a sentence goes on; one short line at the foot of a page only seems to be a heading."""
    if first.kind in {"heading", "item"} or _ENDS.search(last.body.text):
        return False
    if _GREETING.fullmatch(last.body.text.strip()):
        return False
    return last.kind != "heading" or first.body.text[:1].islower()
