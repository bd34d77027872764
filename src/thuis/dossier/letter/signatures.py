"""Who signed: "De Minister van …," with a name after it, alone or beside another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from thuis.documents.mapped import Mapped
from thuis.dossier.letter.head import is_salutation, sentence_case
from thuis.dossier.letter.model import Block

_SIGNED = re.compile(
    r"^(?P<for>(?:Mede )?namens |On behalf of )?(?:De |Het |The )?(?:demissionair |waarnemend )?"
    r"((?:(?:Vlaams )?Minister(?:-President)?|Staatssecretaris|State Secretary|Prime Minister)\b.{0,120}?"
    r"|(?:in)?formateur|(?:Gedeputeerde staten|Burgemeester en wethouders"
    r"|Dijkgraaf en (?:hoog)?heemraden)(?: van [\w -]{2,40})?"
    r"|(?:Het )?college van burgemeester en wethouders(?: van [\w -]{2,40})?)"
    r"(?:,\s+de (?:gemeente)?secretaris,?\s+de burgemeester)?"
    r"(?:,?\s+((?:(?:mr|drs|dr|ir|ing|prof|mw|dhr)\.\s?)*[A-Z]\.\s?.{2,40})"
    r"|,\s+([A-Z][a-zé]+ (?:(?!en )[a-z'’]+ ){0,3}[A-Z].{1,30}(?<!,))|,)?$",
    re.I,
)
_NAME = re.compile(
    r"(?:\(?w\.g\.\)?\s*)?(?:(?:mr|drs|dr|ir|ing|prof|mw|dhr)\.\s?)*(?:[A-Z][\w.'’-]*\s?){1,5}"
    r"(?:[a-z'’]+ ){0,3}[A-Z][\w'’-]+"
)
# "W. Koolmees\nMinister van …": first the name, then what the signer is.
_NAME_FIRST = re.compile(
    rf"(?P<name>{_NAME.pattern}),?\s+(?P<office>(?:(?:Vlaams )?[Mm]inister|[Vv]iceminister-president"
    r"|[Ss]taatssecretaris|[Gg]edeputeerde|[Ww]ethouder|[Mm]inister-[Pp]resident|State Secretary)\b"
    r"(?:\s+(?:van|voor|of|for)\s.{3,140}"
    r"|\s+[A-Z][\w-]+(?:,? (?:en )?[A-Z][\w-]+){0,8}|,?))"
)
_OTHER_OFFICE = re.compile(
    rf"(?P<name>{_NAME.pattern}),?\s+(?P<office>(?:[Vv]oorzitter|[Dd]irecteur|[Ss]ecretaris|[Bb]urgemeester"
    r"|[Gg]riffier|[Cc]ommissaris|[Hh]oofd|[Pp]resident|[Ii]nspecteur|[Ll]id|[Mm]anager"
    r"|[Aa]lgemeen directeur)\b.{0,120})"
)
"""An office that others than ministers hold: it signs right under the greeting."""
_OFFICE = re.compile(r"(?:(?:De|The) )?(?:Minister|Staatssecretaris|State Secretary)\b", re.I)
_GREETING = re.compile(
    r"(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet(?:en)?|Yours (?:sincerely|faithfully)),?$", re.I
)
_SPLIT_NAMES = re.compile(
    r"(?<=[a-zà-ÿ]) (?=(?:(?:mr|drs|dr|ir|ing|prof|mw|dhr)\. ?)*(?:[A-Z]\. ?)+[A-Za-z])"
)
_UNDER_GREETING = re.compile(
    rf"(?P<greeting>{_GREETING.pattern.removesuffix(',?$')}),\s+(?P<rest>\S.+)", re.I
)
_COLUMNS = re.compile(r"\s{3,}")


@dataclass(frozen=True, slots=True)
class Signer:
    """An office, and the name under it where one stands there."""

    office: str
    name: str
    for_another: bool

    def __str__(self) -> str:
        return ", ".join(part for part in (self.office, self.name) if part)


def closing(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Signer, ...]]:
    """The blocks without a salutation, and who signed; who is only spoken for counts where nobody else does.

    The line of a name is a paragraph, however short.
    """
    kept = [block for block in blocks if not is_salutation(block.text)]
    first = max(0, len(kept) - 6)
    signers: list[Signer] = []
    for at in range(first, len(kept)):
        text = kept[at].text.strip()
        found = _SIGNED.match(text) if len(text) < 170 else None
        if not found:
            signers += _by_name(kept, at)
            continue
        after = kept[at + 1].text.strip() if at + 1 < len(kept) else ""
        name = found[3] or found[4] or ""
        alone = at == first or not _SIGNED.match(kept[at - 1].text.strip())
        if not name and alone and _NAME.fullmatch(after):
            name = after
            kept[at + 1] = replace(kept[at + 1], kind="paragraph")
        if not name and (later := _names_below(kept, at)):
            name = later
        name = re.sub(r"^\(?w\.g\.\)?\s*", "", name).strip(" ,")
        office = found[2].strip(" ,")
        signers.append(
            Signer(sentence_case(office) if office.isupper() else office, name, bool(found["for"]))
        )
    own = [each for each in signers if not each.for_another]
    return kept, tuple(own or signers)


def _by_name(blocks: Sequence[Block], at: int) -> tuple[Signer, ...]:
    """Who signs with the name first: the office behind it, or none under a greeting."""
    text = blocks[at].text.strip()
    if len(text) > 190 or text.endswith((".", "?")):
        return ()
    after = blocks[at + 1].text.strip() if at + 1 < len(blocks) else ""
    if whole := _NAME_FIRST.fullmatch(text):
        name, flemish, _ = whole["name"].strip(" ,").partition(" Vlaams")
        office = whole["office"].strip(" ,")
        return (Signer(f"Vlaams {office}" if flemish else office, name, False),)
    if under := _UNDER_GREETING.match(text):
        text, after = under["greeting"], under["rest"]
    if not _GREETING.match(text) or not after:
        return ()
    if office := _OTHER_OFFICE.fullmatch(after):
        return (Signer(office["office"].strip(" ,"), office["name"].strip(" ,"), False),)
    if at + 1 < len(blocks) - 2:
        return ()
    return (Signer("", after.strip(" ,"), False),) if _NAME.fullmatch(after) else ()


def _names_below(blocks: Sequence[Block], at: int) -> str | None:
    """The name of an office in a table of signatures: first the offices, then the names in the same order."""
    texts = [each.text.strip() for each in blocks]
    first = at
    while first and _SIGNED.match(texts[first - 1]):
        first -= 1
    names = at
    while names < len(texts) and _SIGNED.match(texts[names]):
        names += 1
    count = names - first
    below = texts[names : names + count]
    if names < len(texts) and len(beside := _SPLIT_NAMES.split(texts[names])) == count:
        below = beside  # two columns whose names a reader of the page put on one line
    if count < 2 or len(below) < count or not all(_NAME.fullmatch(each) for each in below):
        return None
    return below[at - first]


def signed_under(lines: Sequence[Mapped], notes: int) -> int | None:
    """Where the signature begins on a page that has its notes above it (they begin at ``notes``).

    >>> page = ["tekst1", "", "1 Rapport A", "", "De Minister van A,", "", "A. Jansen"]
    >>> signed_under([Mapped.of(text) for text in page], 2)
    4
    """
    for at in range(max(notes + 1, len(lines) - 12), len(lines)):
        text = lines[at].text.strip()
        if lines[at - 1].text.strip() or len(text) > 120:
            continue
        if _GREETING.match(text) or (text.endswith(",") and _SIGNED.match(text)):
            return at
    return None


def beside(lines: Sequence[Mapped]) -> list[Mapped]:
    """Lines in which two signatures beside one another stand under one another, as they are read.

    >>> page = ["De Minister van A,      De Minister van B,", "en C,", "", "A. Jansen               B. Smit"]
    >>> [line.text.strip() for line in beside([Mapped.of(text) for text in page])]
    ['De Minister van A,', 'en C,', '', 'A. Jansen', '', 'De Minister van B,', '', 'B. Smit']
    """
    for at, line in enumerate(lines):
        two = _two(line)
        if two and all(_OFFICE.match(each.text.strip()) for each in two):
            left, right = [two[0]], [two[1]]
            column = len(line.text) - len(two[1].text)
            for each in lines[at + 1 :]:
                parts = _two(each) or ((each, each[:0]) if _indent(each) < column - 3 else (each[:0], each))
                left.append(parts[0])
                right.append(parts[1])
            return [*lines[:at], *_tidy(left), line[:0], *_tidy(right)]
    return list(lines)


def _two(line: Mapped) -> tuple[Mapped, Mapped] | None:
    begin = _indent(line)
    gap = _COLUMNS.search(line.text.rstrip(), begin)
    return (line[: gap.start()], line[gap.end() :]) if gap and gap.start() > begin else None


def _indent(line: Mapped) -> int:
    return len(line.text) - len(line.text.lstrip())


def _tidy(lines: Sequence[Mapped]) -> list[Mapped]:
    """Without more than one empty line at a time, and none at the end."""
    kept: list[Mapped] = []
    for line in lines:
        if line.text.strip() or (kept and kept[-1].text.strip()):
            kept.append(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept
