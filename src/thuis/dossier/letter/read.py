"""Read a letter: open, mend, cut, tie, and say what is not right."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from thuis.documents import Source
from thuis.documents.mapped import Mapped
from thuis.documents.mojibake import mended
from thuis.dossier.cite.address import url
from thuis.dossier.letter import feet, tie
from thuis.dossier.letter.head import Head, sentence_case
from thuis.dossier.letter.labels import day_in
from thuis.dossier.letter.marked import unmarked
from thuis.dossier.letter.model import Block, Letter, Meta, Note, Remark, Removed
from thuis.dossier.letter.plain import Draft, read_plain
from thuis.dossier.letter.rich import read_rich
from thuis.dossier.letter.signatures import Signer, closing
from thuis.dossier.letter.sources import open_source
from thuis.dossier.letter.which import RICH, must_be_letter, one_letter, one_of_paragraphs

_MINISTRY = r"[A-Z]\w+(?:(?:,| en| van| voor)? ?[A-Z]\w+)*"
_AS = re.compile(rf"\b[Aa]ls ((?:Minister|Staatssecretaris) (?:van|voor) {_MINISTRY})")

_ID = re.compile(
    r"kst-[0-9A-Z-]+?-\d{1,5}[A-Z]?(?=[^0-9A-Za-z]|$)|\bah-[te]k-\d{8}-\d{1,4}\b|\b20\d\d[DZ]\d{5}\b"
)


_IN_ID = re.compile(r"[0-9]{1,5}(?:-?(?:[IVXLC]{1,7}|[A-M]|[0-9]{2}))?|[A-Z]{1,8}")
"""A dossier or a number as an official id has it; what is longer is damaged."""
_CARRIED: Mapping[str, Literal["doubt", "note"]] = {"tracked-changes": "doubt", "comments": "note"}
"""What a draft in a word processor still carries, and how grave that is."""


def read_letter(
    path: Path | str, *, official_id: str | None = None, part: int | None = None, any_kind: bool = False
) -> Letter:
    """Read one letter from a file.

    :param path: PDF, Word (.docx), official XML or HTML, or raw text.
    :param official_id: its official id, such as ``kst-32824-378``; else the file's name or text gives it.
    :param part: which letter, from 1, of a file that holds more.
    :param any_kind: read it also when it does not look like a letter.
    :raises ThuisError: for a file that cannot be read, a scan, two letters in one file, or no letter.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "brief.txt"
    ...     _ = file.write_text("Geachte voorzitter,\\n\\nHierbij zend ik u het verslag.\\n")
    ...     letter = read_letter(file, any_kind=True)
    >>> letter.blocks[-1].text
    'Hierbij zend ik u het verslag.'
    """
    file = Path(path)
    source = open_source(file)
    text, doubled = mended(Mapped.of(source.text))
    text = unmarked(text) if source.format == "markdown" else text
    text = one_letter(text, source, part)
    own = tuple(one_of_paragraphs(source, part))
    # What the metadata say of a file with more letters is said of none of them.
    kept = {key: value for key, value in source.meta.items() if key in _CARRIED}
    source = replace(source, paragraphs=own, meta=source.meta if own == source.paragraphs else kept)
    draft = _read(source, text)
    draft.head = _from_metadata(draft.head, source.meta)
    if not any_kind:
        must_be_letter(draft, source)
    remarks = [Remark("double-encoded", "note", {"count": str(doubled)})] if doubled else []
    remarks += [
        Remark(kind, level, {"count": source.meta[kind]})
        for kind, level in _CARRIED.items()
        if kind in source.meta
    ]
    remarks += [Remark("page-without-text", "error", {"page": str(page)}) for page in source.empty]
    remarks += [
        Remark("ocr", "doubt", {"field": field, "written": written, "read": read})
        for field, written, read in draft.head.doubts
    ]
    return _letter(source, draft, remarks, official_id or _id_in(file.name))


def _read(source: Source, text: Mapped) -> Draft:
    if source.format not in RICH:
        return read_plain(text)
    return read_rich(source.paragraphs, source.text if source.format in {"docx", "odt"} else "")


def _from_metadata(head: Head, meta: Mapping[str, str]) -> Head:
    """The head, with what the metadata of an official publication says where the head itself does not."""
    told = {key.lower().rpartition(".")[2]: value.strip() for key, value in meta.items()}
    issued = day_in(told.get("issued") or told.get("available") or "")
    dossier = re.sub(r"\s", "", told.get("dossiernummer") or told.get("dossiernr") or "")
    dossier = dossier if _IN_ID.fullmatch(dossier) else ""
    number = told.get("ondernummer", "")
    title = [part.strip() for part in told.get("title", "").split(";")]
    return replace(
        head,
        dossier=head.dossier or dossier or None,
        number=head.number or (number if _IN_ID.fullmatch(number) else None),
        date=head.date or (issued[0] if issued else None),
        subject=head.subject or (title[2] if len(title) > 2 and title[1].startswith("Brief") else None),
    )


def _letter(source: Source, draft: Draft, remarks: list[Remark], known: str | None) -> Letter:
    blocks = list(draft.blocks)
    missing = tuple(sorted(set(range(1, (draft.total or 0) + 1)) - set(draft.pages)))
    cut = _last_note_cut(draft, missing)
    notes = tie.tie([replace(note, cut=note.number in cut) for note in draft.notes], blocks)
    blocks, signers = closing(blocks)
    headed = {n for each in draft.removed if each.kind == "head" for n, _, _ in feet.markers(each.body.text)}
    remarks += [*tie.gaps_in_text(blocks, missing), *tie.orphans(notes, blocks, missing, headed)]
    meta = _meta(draft, blocks, signers, source, known)
    if meta.date is None and (written := _unread_day(draft)):
        remarks.append(Remark("date-unread", "doubt", {"written": written}))
    for field in ("date", "sender", "addressee", "subject", "reference", "dossier"):
        if getattr(meta, field) is None:
            remarks.append(Remark("not-found", "note", {"field": field}))
    return Letter(
        source.name,
        "text" if source.format == "markdown" else source.format,  # type: ignore[arg-type]
        source.text,
        meta,
        tuple(blocks),
        tuple(notes),
        tuple(remarks),
        (*draft.removed, *_hyphens(source.text, [*blocks, *notes])),
        tuple(draft.pages),
        missing,
        draft.kind,
    )


_DAY = re.compile(
    r"^\s*(?:Dat(?:um|e)\s*:?\s*|(?:Den Haag|The Hague|[’'‘]s-Gravenhage),?\s+"
    r"|[A-Z][\w'’ -]{2,25},\s+(?=.{0,2}\d))"
    r"(?P<written>(?=\D{0,12}\d)\S.{2,30}?)\s*$"
)


def _unread_day(draft: Draft) -> str | None:
    """What stands in the head where a date stands, when no date could be read from it."""
    head = [each.body.text for each in draft.removed if each.kind == "head"]
    lines = [*head, *(block.text for block in draft.blocks[:5])]
    return next((found["written"] for line in lines if (found := _DAY.match(line))), None)


_HYPHEN = re.compile("[-\u00ad]")


def _hyphens(source: str, parts: Iterable[Block | Note]) -> Iterator[Removed]:
    """The hyphens that broke a word at the end of a line."""
    for body in (part.body for part in parts if not isinstance(part.body.at, range)):
        for found in _HYPHEN.finditer(source, body.at[0], body.at[-1]) if body.at else ():
            after = bisect_right(body.at, found.start())
            if body.at[after - 1] == found.start() - 1:
                yield Removed("hyphen", Mapped.of(found[0], found.start()))


def _last_note_cut(draft: Draft, missing: Sequence[int]) -> set[int]:
    """Numbers of notes that end in the middle of a sentence where the next page is not there."""
    last = {note.page: note for note in draft.notes}
    ended = '.!?)»”’"'
    return {
        note.number
        for page, note in last.items()
        if page is not None
        and page + 1 in missing
        and len(note.text) > 60
        and note.text.rstrip()[-1] not in ended
    }


def _meta(
    draft: Draft, blocks: list[Block], signers: tuple[Signer, ...], source: Source, official_id: str | None
) -> Meta:
    head = draft.head
    how: dict[str, str] = {}
    sender = head.sender
    if not sender and signers and signers[0].office:
        sender, how["sender"] = signers[0].office, "signature"
    if not sender and (named := next((m for b in blocks if (m := _AS.search(b.text))), None)):
        sender, how["sender"] = sentence_case(named[1]), "text"
    dossier, number = (
        each if each and each.isascii() else None for each in (head.dossier, head.number)
    )  # digits of another script are in no id
    known = (
        official_id
        or head.official_id
        or _id_in(source.meta.get("DC.identifier") or source.meta.get("dc.identifier") or "")
        or ""
    )
    if not known and dossier and number:
        known = f"kst-{dossier}-{number}"
    if known.startswith("kst-") and not (dossier and number):
        dossier, _, number = known[4:].rpartition("-")
        how["dossier"] = how["number"] = "id"
    return Meta(
        known or Path(source.name).stem, head.date, head.reference, sender, tuple(map(str, signers)),
        head.addressee, head.subject, dossier, number, how,
    )  # fmt: skip


def _id_in(name: str) -> str | None:
    found = _ID.search(name)
    return found[0] if found else None


def address(letter: Letter) -> str | None:
    """Where a ``letter`` is published, when it has an official id.

    >>> from thuis.dossier.letter.model import Meta
    >>> address(Letter("brief.pdf", "pdf", "", Meta("kst-32824-378"), (), (), ()))
    'https://zoek.officielebekendmakingen.nl/kst-32824-378.html'
    """
    return url(letter.meta.id)
