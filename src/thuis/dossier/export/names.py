"""What a cited document is called."""

from __future__ import annotations

from thuis.dossier.cite import Citation
from thuis.dossier.letter import Letter
from thuis.language.papers import spaced


def title_of(citation: Citation) -> str:
    """A citation's title: that of a report, else its normal form.

    >>> from thuis.dossier import cite
    >>> title_of(cite.find("Tweede Kamer, vergaderjaar 2021-2022, 30950, nr.318")[0])
    'Kamerstukken II 2021-2022, 30 950, nr. 318'
    """
    told = citation.parts
    session = told.get("session")
    if citation.kind == "kamerstuk" and told.get("dossier") and told.get("number"):
        many = "-" in told["number"] or "," in told["number"]
        chamber = f" {told['chamber']}" if told.get("chamber") else ""
        dated = f" {session}" if session else ""
        number = f"nr{'s' if many else ''}. {told['number']}"
        return f"Kamerstukken{chamber}{dated}, {spaced(told['dossier'])}, {number}"
    if citation.kind == "aanhangsel" and told.get("number"):
        return ", ".join(
            ["Aanhangsel van de Handelingen", *([session] if session else []), f"nr. {told['number']}"]
        )
    return told.get("title") or citation.text


def facts_of(letter: Letter, day: str | None) -> list[tuple[str, str]]:
    """What the head of a letter tells, by the key of its field in the catalogue; ``day`` is its date."""
    meta = letter.meta
    number = f"{meta.dossier}, {meta.number}" if meta.dossier and meta.number else None
    facts = (
        ("sender", meta.sender),
        ("addressee", meta.addressee),
        ("date", day),
        ("reference", meta.reference),
        ("dossier", number),
    )
    return [(key, value) for key, value in facts if value]


def letter_name(letter: Letter) -> str:
    """A letter's subject, else its id."""
    return letter.meta.subject or letter.meta.id
