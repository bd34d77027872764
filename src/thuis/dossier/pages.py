"""The dossier as one record for a site: letters, ledger, measures, edges, timeline, with their proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from thuis.contract import dossier as contract
from thuis.contract.base import Text
from thuis.dossier.cite.address import url
from thuis.dossier.commitments import MEASURED
from thuis.dossier.folder import Dossier
from thuis.dossier.graph import Edge, Event, Measure
from thuis.dossier.ledger import Entry, counts
from thuis.dossier.ledger.table import last_day
from thuis.dossier.letter_record import letter_record
from thuis.language import LANGUAGES, everywhere, texts


def as_pages(
    dossier: Dossier,
    themes: Sequence[str],
    today: date,
    *,
    downloads: Sequence[str] = (),
    of_letters: Mapping[str, Sequence[str]] | None = None,
) -> contract.Dossier:
    """The same from a dossier that was read before.

    :param downloads: the files of the dossier as a whole, by their path in the data folder; ``of_letters``
        those of each letter.
    """
    files = of_letters or {}
    edges = [each for each in dossier.edges if each.review != "rejected"]
    return contract.Dossier(
        letters=tuple(
            letter_record(name, reading, dossier, files.get(name, ()))
            for name, reading in dossier.readings.items()
        ),
        commitments=tuple(_commitment(each, dossier, themes, today) for each in dossier.entries),
        measures=tuple(_measure(each, dossier, themes) for each in dossier.measures),
        edges=tuple(_edge(each, dossier) for each in edges),
        events=tuple(event for _, event in sorted(_events(dossier), key=lambda each: each[0])),
        downloads=tuple(downloads),
        counts=contract.Counts(**{k.replace("-", "_"): n for k, n in counts(dossier.entries, today).items()}),
        reading=contract.Reading(
            recall=MEASURED.recall, precision=MEASURED.precision, sentences=MEASURED.sentences
        ),
    )


def both(key: str, **values: object) -> Text:
    """A text of the catalogue in every language."""
    return {language: texts("dossier", language)(key, **values) for language in LANGUAGES}


def pair(nl: str, en: str) -> Text | None:
    """A text in every language; Dutch stands in where there is no other."""
    return everywhere({"nl": nl, "en": en or nl}) if nl or en else None


def _proof(each: Entry | Measure | Edge, dossier: Dossier) -> contract.Proof:
    """Where the sentence stands; a note is shown with the block that calls it."""
    if not each.letter:
        return contract.Proof()
    block = each.where
    letter = dossier.readings[each.letter].letter if each.letter in dossier.readings else None
    if letter and block.startswith("n"):
        note = next((note for note in letter.notes if note.id == block), None)
        block = (note.block if note else None) or ""
    told = {"letter": each.letter, "block": block, "sentence": each.sentence}
    return contract.Proof.given(told | ({"note": each.where} if block != each.where else {}))


def _known(written: str, themes: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in written.split() if not themes or each in themes)


def _commitment(entry: Entry, dossier: Dossier, themes: Sequence[str], today: date) -> contract.Commitment:
    due = last_day(entry.due) if entry.due else None
    fulfilled = None
    if entry.fulfilled_by:
        address = url(entry.fulfilled_by)
        fulfilled = contract.Fulfilment(
            title=entry.fulfilled_by, url=address, date=entry.fulfilled_on or None
        )
    return contract.Commitment(
        id=entry.id,
        text=entry.text,
        kind=entry.kind,
        status=cast(contract.State, entry.code),
        promise=entry.promise,
        who=entry.who or None,
        to=entry.to or None,
        date=entry.date or None,
        debate=entry.debate or entry.debate_id or None,
        due=entry.due or None,
        term=entry.term or None,
        overdue=bool(entry.open and due and due < today),
        themes=_known(entry.themes, themes),
        proof=_proof(entry, dossier),
        fulfilled_by=fulfilled,
        note=pair(entry.note_nl, entry.note_en),
    )


def _measure(measure: Measure, dossier: Dossier, themes: Sequence[str]) -> contract.Measure:
    return contract.Measure(
        id=measure.id,
        title=pair(measure.title_nl, measure.title_en) or {},
        kind=cast(contract.MeasureKind, measure.kind),
        text=pair(measure.text_nl, measure.text_en),
        body=measure.body or None,
        themes=_known(measure.themes, themes),
        indicators=tuple(measure.indicators.split()),
        proof=_proof(measure, dossier),
        amount=int(measure.amount) if measure.amount else None,
        year=int(measure.year) if measure.year else None,
        url=measure.url or None,
    )


def _edge(edge: Edge, dossier: Dossier) -> contract.Edge:
    return contract.Edge.given(
        id=edge.id,
        start=edge.start,
        type=edge.type,
        end=edge.end,
        review=edge.review,
        proof=_proof(edge, dossier),
    )


Timed = tuple[tuple[str, str], contract.Event]
"""An event after what it is sorted by: its day, and its title in Dutch."""


def _events(dossier: Dossier) -> Iterator[Timed]:
    for name, reading in dossier.readings.items():
        meta = reading.letter.meta
        if meta.date:
            title = both("event.letter", subject=meta.subject or name)
            yield _event(meta.date.isoformat(), "letter", title, {"letter": name})
    for entry in dossier.entries:
        if entry.date and entry.promise:
            kind = "debate" if entry.debate else "commitment"
            yield _event(entry.date, kind, both("event.promised", text=entry.text), {"commitment": entry.id})
        if entry.fulfilled_on and entry.status in {"Voldaan", "Deels Voldaan"}:
            title = both("event.fulfilled", text=entry.text, document=entry.fulfilled_by)
            yield _event(entry.fulfilled_on, "outcome", title, {"commitment": entry.id})
    yield from (_own(each) for each in dossier.events)


def _event(day: str, kind: str, title: Text, link: Mapping[str, str], text: Text | None = None) -> Timed:
    told = {"date": day, "kind": kind, "title": title, "text": text, "link": link}
    return (day, title["nl"]), contract.Event.given(told)


def _own(event: Event) -> Timed:
    link = {event.link: event.to} if event.link and event.to else {}
    title, text = pair(event.title_nl, event.title_en) or {"nl": ""}, pair(event.text_nl, event.text_en)
    return _event(event.date, event.kind, title, link, text)
