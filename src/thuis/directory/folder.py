"""The directory's part of the data folder: what pages, apps and people read; the models are its contract."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import Field

from thuis.directory.analysis import meanings, parts, words_of
from thuis.directory.calendar import calendar
from thuis.directory.find import Answer, Hit, Query, decay
from thuis.directory.grants import Grant, as_rows, differences, on, totals
from thuis.directory.index import Index, build
from thuis.directory.knowledge import Activity, Entry
from thuis.directory.load import Directory
from thuis.directory.model import Contact, Initiative, Model, Provenance, Schedule, Text, Where
from thuis.directory.quality import quality
from thuis.directory.terms import FACETS, terms
from thuis.directory.views import api, feed, geojson, json_ld, table
from thuis.language import LANGUAGES, texts
from thuis.places import LAST, current, gaps, municipalities

VERSION = "1"


class QualityOf(Model):
    """The score of a record, 0-100, with what it has, what it lacks and what to add first."""

    score: int
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    add: tuple[Text, ...]


class PublicInitiative(Model):
    """One initiative as published. ``point`` is latitude and longitude; ``meanings`` and
    ``parts`` are for plain search: hide the words of those groups, and the parts, on its page."""

    id: str
    name: str
    alternate_name: str | None
    description: Text
    organization: str | None
    municipality: str | None
    municipality_name: str | None
    areas: tuple[str, ...]
    scope: str
    scope_reason: str | None
    where: tuple[Where, ...]
    point: tuple[float, float] | None
    themes: tuple[str, ...]
    audience: tuple[str, ...]
    form: tuple[str, ...]
    languages: tuple[str, ...]
    price: str
    price_text: str | None
    minimum_age: float | None
    maximum_age: float | None
    contact: Contact | None
    url: str | None
    status: str
    schedules: tuple[Schedule, ...]
    identifiers: tuple[str, ...]
    provenance: Provenance
    overdue: bool
    decay: float
    invented: bool
    quality: QualityOf
    meanings: tuple[str, ...]
    parts: tuple[str, ...]


class TermOf(Model):
    """A mark and how many initiatives have it."""

    id: str
    title: Text
    count: int


class DirectoryFile(Model):
    """``directory.json``."""

    version: str = VERSION
    made_on: date
    initiatives: tuple[PublicInitiative, ...]
    facets: dict[str, tuple[TermOf, ...]]
    meanings: dict[str, tuple[str, ...]] = Field(description="group of meaning: the words that find it")
    downloads: dict[str, str]


class GrantOf(Model):
    """One amount in euros. ``code_now`` is null when the municipality was divided since."""

    scheme: str
    year: int
    code: str
    name: str
    spelling: str
    amount: float
    code_now: str | None
    divided_into: tuple[str, ...]
    annex: str
    purpose: str
    kind: str
    source: str


class SchemeOf(Model):
    """A scheme with the sum of its amounts per year, and what it states itself where it does."""

    id: str
    title: Text
    purpose: Text
    source: str
    totals: dict[int, float]
    stated: dict[int, float]


class GrantsFile(Model):
    """``grants.json``."""

    version: str = VERSION
    grants: tuple[GrantOf, ...]
    schemes: tuple[SchemeOf, ...]


class MunicipalityOf(Model):
    """One municipality: its offer and what it was given. ``per_10000`` is null without inhabitants."""

    code: str
    name: str
    province: str
    initiatives: tuple[str, ...]
    inhabitants: int | None
    per_10000: float | None
    grants: dict[str, dict[int, float]]
    granted: float
    former: tuple[str, ...]


class DividedOf(Model):
    """What was given to a municipality that was divided: it stays with the old code."""

    code: str
    name: str
    into: tuple[str, ...]
    granted: float


class MunicipalitiesFile(Model):
    """``municipalities.json``."""

    version: str = VERSION
    on: date
    municipalities: tuple[MunicipalityOf, ...]
    divided: tuple[DividedOf, ...]
    unknown: tuple[str, ...]
    source: str = "CBS; Rijksdienst voor Identiteitsgegevens (RvIG)"


class ActivityOf(Activity):
    """An activity with the initiatives that do it."""

    initiatives: tuple[str, ...] = ()


class KnowledgeFile(Model):
    """``knowledge.json``."""

    version: str = VERSION
    situations: tuple[TermOf, ...]
    entries: tuple[Entry, ...]
    activities: tuple[ActivityOf, ...]
    caution: Text


class SearchFile(Model):
    """``directory-search.json``: everything a page needs to answer as :func:`thuis.directory.find.find` does.

    ``records`` are ids; ``terms`` give for each term the numbers of records and their weights.
    """

    version: str = VERSION
    records: tuple[str, ...]
    terms: dict[str, tuple[tuple[int, float], ...]]
    known: tuple[str, ...]
    groups: dict[str, tuple[str, ...]] = Field(description="folded word or ~stem: groups of meaning")
    phrases: dict[str, str]
    parts: tuple[str, ...]
    stop: tuple[str, ...]


CAUTION: Text = {language: texts("directory", language)("caution") for language in LANGUAGES}
FILES: dict[str, type[Model]] = {
    "directory.json": DirectoryFile,
    "grants.json": GrantsFile,
    "municipalities.json": MunicipalitiesFile,
    "knowledge.json": KnowledgeFile,
    "directory-search.json": SearchFile,
}
DOWNLOADS = {
    "csv": "directory/initiatives.csv",
    "hsds": "directory/hsds-services.json",
    "jsonld": "directory/initiatives.jsonld",
    "geojson": "directory/initiatives.geojson",
    "ics": "directory/calendar.ics",
    "atom": "directory/feed.xml",
}


def files(found: Directory, today: date, inhabitants: Mapping[str, int] | None = None) -> dict[str, bytes]:
    """Every file of the directory by its path in the data folder; the same input gives the same bytes.

    :param inhabitants: persons per municipal code on the day, for the offer per 10,000.
    """
    records = tuple(each for each in found.records if each.status != "defunct")
    every = Answer(Query(), tuple(Hit(each, 0.0, decay(each, today)) for each in _by_name(records)))
    moment = datetime.combine(today, time(), UTC)
    index = build([each.record for each in every.hits])
    written: dict[str, bytes] = {
        "directory.json": _json(directory_file(every, today)),
        "directory-search.json": _json(search_file(index)),
        "municipalities.json": _json(municipalities_file(found, records, today, inhabitants or {})),
        DOWNLOADS["csv"]: table(every).encode(),
        DOWNLOADS["hsds"]: api(every).encode(),
        DOWNLOADS["jsonld"]: json_ld(every.records).encode(),
        DOWNLOADS["geojson"]: (json.dumps(geojson(every), ensure_ascii=False) + "\n").encode(),
        DOWNLOADS["ics"]: calendar(every.records, today),
        DOWNLOADS["atom"]: feed(every, "Initiatieven / Initiatives", "urn:thuis:directory", moment),
    }
    if found.grants:
        written["grants.json"] = _json(grants_file(found, today))
        written["grants.csv"] = _table(as_rows(found.grants, today)).encode()
    if found.knowledge.entries or found.knowledge.activities:
        written["knowledge.json"] = _json(knowledge_file(found, records))
    return written


def _by_name(records: Iterable[Initiative]) -> list[Initiative]:
    return sorted(records, key=lambda each: (each.name.casefold(), each.id))


def _json(model: Model) -> bytes:
    return (model.model_dump_json(exclude_none=False) + "\n").encode()


def directory_file(answer: Answer, today: date) -> DirectoryFile:
    """``directory.json`` of an answer."""
    made = tuple(_public(hit.record, hit.decay, today) for hit in answer.hits)
    used = sorted({group for each in made for group in each.meanings})
    return DirectoryFile(
        made_on=today,
        initiatives=made,
        facets=_facets(answer.records),
        meanings={group: tuple(sorted(words_of(group))) for group in used},
        downloads=DOWNLOADS,
    )


def _public(record: Initiative, fade: float, today: date) -> PublicInitiative:
    due = record.provenance.check_due
    own = record.model_dump(exclude={"kept", "organization_id"})
    town = municipalities().get(record.municipality or "")
    said = (record.name, *record.description.values())
    return PublicInitiative.model_validate(
        {
            **own,
            "municipality_name": town.name if town else None,
            "point": record.point,
            "overdue": bool(due and due < today),
            "decay": fade,
            "quality": quality(record, today).as_dict(),
            "meanings": meanings(*said),
            "parts": parts(*said),
        }
    )


def _facets(records: Iterable[Initiative]) -> dict[str, tuple[TermOf, ...]]:
    records = tuple(records)
    found: dict[str, tuple[TermOf, ...]] = {}
    for facet in (each for each in FACETS if each != "situation"):
        counts: dict[str, int] = defaultdict(int)
        for record in records:
            value: Any = getattr(record, facet)
            for each in (value,) if isinstance(value, str) else value:
                counts[each] += 1
        titles = {key: dict(each.title) for key, each in terms(facet).items()}
        ids = [*titles, *sorted(set(counts) - set(titles))]
        found[facet] = tuple(
            TermOf(id=i, title=titles.get(i, {"nl": i, "en": i}), count=counts[i]) for i in ids
        )
    return found


def grants_file(found: Directory, today: date) -> GrantsFile:
    """``grants.json``."""
    sums = totals(found.grants)
    known = {each.id for each in found.schemes}
    assert not differences(found.grants, found.schemes)
    schemes = [
        SchemeOf(
            id=each.id,
            title=each.title,
            purpose=each.purpose,
            source=each.source,
            totals={year: float(value) for (scheme, year), value in sums.items() if scheme == each.id},
            stated={year: float(value) for year, value in each.totals.items()},
        )
        for each in found.schemes
    ]
    for name in sorted({each.scheme for each in found.grants} - known):
        here = {year: float(value) for (scheme, year), value in sums.items() if scheme == name}
        schemes.append(
            SchemeOf(id=name, title={"nl": name, "en": name}, purpose={}, source="", totals=here, stated={})
        )
    rows = tuple(GrantOf.model_validate(each) for each in as_rows(found.grants, today))
    return GrantsFile(grants=rows, schemes=tuple(schemes))


def municipalities_file(
    found: Directory, records: Iterable[Initiative], today: date, inhabitants: Mapping[str, int]
) -> MunicipalitiesFile:
    """``municipalities.json``: every municipality of the day, also those without offer."""
    day = min(today, LAST)
    offer: dict[str, list[str]] = defaultdict(list)
    for each in records:
        if each.status == "active" and not each.invented:
            for code in each.places:
                offer[code].append(each.id)
    given = on(found.grants, day)
    rows = [
        _municipality(each.code, offer.get(each.code, []), given.get(each.code, ()), inhabitants)
        for each in current(day)
    ]
    here = {each.code for each in current(day)}
    divided = [
        DividedOf(
            code=code,
            name=municipalities()[code].name,
            into=tuple(as_rows(each[:1], day)[0]["divided_into"]),
            granted=float(sum(g.amount for g in each)),
        )
        for code, each in sorted(given.items())
        if code not in here
    ]
    missing = tuple(f"{each.since} - {each.until}: {each.what} ({each.certainty})" for each in gaps())
    return MunicipalitiesFile(on=day, municipalities=tuple(rows), divided=tuple(divided), unknown=missing)


def _municipality(
    code: str, offer: list[str], given: tuple[Grant, ...], inhabitants: Mapping[str, int]
) -> MunicipalityOf:
    each = municipalities()[code]
    sums: dict[str, dict[int, float]] = {}
    for grant in given:
        years = sums.setdefault(grant.scheme, {})
        years[grant.year] = years.get(grant.year, 0.0) + float(grant.amount)
    people = inhabitants.get(code)
    return MunicipalityOf(
        code=code,
        name=each.name,
        province=each.province,
        initiatives=tuple(sorted(offer)),
        inhabitants=people,
        per_10000=round(10_000 * len(offer) / people, 4) if people else None,
        grants=sums,
        granted=float(sum(grant.amount for grant in given)),
        former=tuple(sorted({grant.code for grant in given} - {code})),
    )


def knowledge_file(found: Directory, records: Iterable[Initiative]) -> KnowledgeFile:
    """``knowledge.json``: situation -> activity -> what works -> initiatives."""
    active = [each for each in records if each.status == "active"]
    made = tuple(
        ActivityOf(
            **each.model_dump(), initiatives=tuple(r.id for r in _by_name(active) if each.form in r.form)
        )
        for each in found.knowledge.activities
    )
    counts = {key: sum(each.situation == key for each in made) for key in terms("situation")}
    situations = tuple(
        TermOf(id=k, title=dict(t.title), count=counts[k]) for k, t in terms("situation").items()
    )
    return KnowledgeFile(
        situations=situations, entries=found.knowledge.entries, activities=made, caution=CAUTION
    )


def search_file(index: Index) -> SearchFile:
    """``directory-search.json``."""
    from thuis.directory.lexicon import lexicon, stop

    known = lexicon()
    return SearchFile(
        records=tuple(each.id for each in index.records),
        terms={
            term: tuple(sorted((i, round(w, 4)) for i, w in row.items()))
            for term, row in sorted(index.postings.items())
        },
        known=tuple(sorted(index.known)),
        groups={word: tuple(sorted(groups)) for word, groups in sorted(known.single.items())},
        phrases={" ".join(words): group for words, group in sorted(known.phrases.items())},
        parts=tuple(sorted(known.parts)),
        stop=tuple(sorted(stop())),
    )


def _table(rows: list[dict[str, Any]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {k: ";".join(v) if isinstance(v, list) else "" if v is None else v for k, v in row.items()}
        )
    return stream.getvalue()


def write(
    found: Directory, folder: Path, today: date, inhabitants: Mapping[str, int] | None = None
) -> list[Path]:
    """Write the files into a data folder; none is written when one cannot be made."""
    made = files(found, today, inhabitants)
    paths = []
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.part")
        aside.write_bytes(data)
        aside.replace(path)
        paths.append(path)
    return paths
