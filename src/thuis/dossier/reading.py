"""A letter with everything that was found in it: citations with their lint, in text and notes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from thuis.documents.mapped import Mapped
from thuis.dossier import cite
from thuis.dossier.letter import Letter
from thuis.language import texts
from thuis.language.papers import with_names


@dataclass(frozen=True, slots=True)
class Found:
    """A citation, the block or note it stands in, and what the lint says of it.

    The citation's ``start`` and ``end`` count characters of the text of that block or note; ``source`` counts
    those of the file.
    """

    id: str
    where: str
    citation: cite.Citation
    source: tuple[int, int]
    findings: tuple[cite.Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter and its citations."""

    letter: Letter
    citations: tuple[Found, ...]

    def as_dict(self, language: str = "nl") -> dict[str, Any]:
        """The letter with citations and remarks in words, for JSON."""
        told = self.letter.as_dict()
        for raw, remark in zip(told["remarks"], self.letter.remarks, strict=True):
            raw["text"] = said(remark.kind, remark.values, language)
        told["citations"] = [
            each.citation.as_dict()
            | {
                "ref": each.id,
                "where": each.where,
                "source": list(each.source),
                "findings": [
                    {
                        "rule": finding.rule,
                        "level": finding.level,
                        "suggestion": finding.suggestion,
                        "text": lint_text(finding, language),
                    }
                    for finding in each.findings
                ],
            }
            for each in self.citations
        ]
        return told


def read_citations(letter: Letter, known: Mapping[str, date] | None = None) -> Reading:
    """Every citation in the text and the notes of a letter.

    Short forms are resolved with the whole letter in view; session years are held against its date.
    """
    parts = list(_parts(letter))
    whole = "\n\n".join(body.text for _, body in parts)
    found = cite.find(whole, near=letter.meta.date)
    findings = cite.lint(found, date=letter.meta.date, known=known)
    about: dict[int, tuple[cite.Finding, ...]] = {}
    for finding in findings:
        about[id(finding.citation)] = (*about.get(id(finding.citation), ()), finding)
    citations: list[Found] = []
    at = 0
    waiting = deque(sorted(found, key=lambda each: each.start))
    for where, body in parts:
        while waiting and waiting[0].start < at + len(body.text):
            each = waiting.popleft()
            start, end = each.start - at, min(each.end - at, len(body.text))
            local = replace(each, start=start, end=end)
            span, own = body.span(start, end), about.get(id(each), ())
            citations.append(Found(f"c{len(citations) + 1}", where, local, span, own))
        at += len(body.text) + 2
    return Reading(letter, tuple(citations))


def _parts(letter: Letter) -> Iterator[tuple[str, Mapped]]:
    for block in letter.blocks:
        yield block.id, block.body
    for note in letter.notes:
        yield note.id, note.body


def said(kind: str, values: Mapping[str, str], language: str) -> str:
    """A remark in words."""
    words = texts("dossier", language)
    filled = dict(values)
    if "field" in filled:
        filled["field"] = words(f"field.{filled['field']}")
    return words(f"letter.{kind}", **filled)


def lint_text(finding: cite.Finding, language: str) -> str:
    """A finding of the citation lint in words, with what was probably meant."""
    words = texts("dossier", language)
    text = words(f"lint.{finding.rule}", **finding.values)
    if finding.suggestion:
        text += " " + words("lint.suggestion", suggestion=finding.suggestion)
    return with_names(text, language)
