"""The directory's part of the data folder: what pages, apps and people read; the models are its contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sized
from datetime import UTC, date, datetime, time
from itertools import chain
from pathlib import Path

from thuis.contract.act import (
    ActivityOf,
    DividedOf,
    GrantOf,
    GrantsFile,
    KnowledgeFile,
    MunicipalitiesFile,
    MunicipalityOf,
    Naming,
    SchemeOf,
)
from thuis.contract.base import Record, Text
from thuis.contract.directory import DirectoryFile, PublicInitiative, SearchFile, TermOf
from thuis.directory.analysis import meanings, parts, words_of
from thuis.directory.feeds import FEEDS, followed
from thuis.directory.feeds import path as feed_path
from thuis.directory.find import Answer, Hit, Query, decay
from thuis.directory.grants import Grant, Scheme, as_rows, differences, on, totals
from thuis.directory.index import Index, build, packed, place_name
from thuis.directory.keyfigures import INHABITANTS
from thuis.directory.lexicon import but, excepting, lexicon, stop, weak, whole, without
from thuis.directory.load import Directory
from thuis.directory.model import Initiative
from thuis.directory.quality import quality
from thuis.directory.table import as_xlsx
from thuis.directory.terms import FACETS, terms
from thuis.directory.towns import NONE, ordinary_villages, places_to_find, villages_to_find
from thuis.directory.views import forms
from thuis.files import put
from thuis.language import LANGUAGES, texts
from thuis.places import LAST, at, current, gaps, municipalities
from thuis.places.contexts import WORDS
from thuis.places.names import called_also
from thuis.places.villages import of as villages_of
from thuis.tables import as_csv
from thuis.values import NAMESPACE

CAUTION: Text = {language: texts("directory", language)("caution") for language in LANGUAGES}
FILES: dict[str, type[Record]] = {
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
    "template": "directory/template.xlsx",
}


NAMED: Mapping[str, tuple[Naming, ...]] = {}
NO_FEEDS: Mapping[str, str] = {}


def files(
    found: Directory,
    today: date,
    named: Mapping[str, tuple[Naming, ...]] = NAMED,
    namespace: str = NAMESPACE,
) -> dict[str, bytes]:
    """Every file of the directory by its path in the data folder; the same input gives the same bytes.

    :param named: where a dossier names municipalities, by code.
    :param namespace: the owner's, in which the feed has its identifier.
    """
    records = tuple(each for each in found.records if each.status != "defunct")
    every = Answer(Query(), tuple(Hit(each, 0.0, decay(each, today)) for each in _by_name(records)))
    moment = datetime.combine(today, time(), UTC)
    index = build([each.record for each in every.hits], found.villages)
    given = forms(every, today, "Initiatieven / Initiatives", f"{namespace}directory")
    lists = followed(every.records, {}, moment, namespace)
    written: dict[str, bytes] = {
        "directory.json": json_of(
            directory_file(every, today, {key: feed_path(key) for key in lists}, found.villages)
        ),
        "directory-search.json": json_of(search_file(index, today)),
        "municipalities.json": json_of(municipalities_file(found, records, today, named)),
        **{DOWNLOADS[form]: make() for form, make in given.items() if form in DOWNLOADS},
        DOWNLOADS["template"]: as_xlsx([], template=True),
    }
    written |= {feed_path(key): data for key, data in lists.items()}
    if found.grants:
        written["grants.json"] = json_of(grants_file(found, today))
        written["grants.csv"] = _table(as_rows(found.grants, today)).encode()
    if found.knowledge.entries or found.knowledge.activities:
        written["knowledge.json"] = json_of(knowledge_file(found, records))
    return written


def _by_name(records: Iterable[Initiative]) -> list[Initiative]:
    return sorted(records, key=lambda each: (each.name.casefold(), each.id))


def json_of(model: Record) -> bytes:
    """A file of the folder, in one line."""
    return (model.model_dump_json(exclude_none=False) + "\n").encode()


def directory_file(
    answer: Answer,
    today: date,
    feeds: Mapping[str, str] = NO_FEEDS,
    places: Mapping[str, tuple[str, ...]] = NONE,
) -> DirectoryFile:
    """``directory.json`` of an answer.

    :param feeds: ``facet:id`` of a list -> the path of its feed.
    :param places: the project's own places.
    """
    made = tuple(_public(hit.record, hit.decay, today) for hit in answer.hits)
    used = sorted({group for each in made for group in each.meanings})
    return DirectoryFile(
        made_on=today,
        initiatives=made,
        facets=_facets(answer.records),
        meanings={group: tuple(sorted(words_of(group))) for group in used},
        downloads=DOWNLOADS,
        places=dict(places),
        feeds=dict(feeds),
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
            for each in record.marks(facet):
                counts[each] += 1
        titles = {key: dict(each.title) for key, each in terms(facet).items()}
        ids = [*titles, *sorted(set(counts) - set(titles))]
        found[facet] = tuple(
            TermOf(id=i, title=titles.get(i, dict.fromkeys(LANGUAGES, i)), count=counts[i]) for i in ids
        )
    return found


def grants_file(found: Directory, today: date) -> GrantsFile:
    """``grants.json``."""
    sums = totals(found.grants)
    untold = sorted({each.scheme for each in found.grants} - {each.id for each in found.schemes})
    every = (*found.schemes, *(Scheme(name, dict.fromkeys(LANGUAGES, name), {}, {}, {}) for name in untold))
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
        for each in every
    ]
    return GrantsFile(grants=tuple(as_rows(found.grants, today)), schemes=tuple(schemes))


def municipalities_file(
    found: Directory,
    records: Iterable[Initiative],
    today: date,
    named: Mapping[str, tuple[Naming, ...]] = NAMED,
) -> MunicipalitiesFile:
    """``municipalities.json``: every municipality of the day, also those without offer."""
    day = min(today, LAST)
    offer = offered(records)
    given = on(found.grants, day)
    figures, before = found.figures.on(day), _merged(day)
    rows = [
        _municipality(each.code, offer.get(each.code, []), given.get(each.code, ()), figures).but(
            includes=before.get(each.code, {}), named=named.get(each.code, ())
        )
        for each in current(day)
    ]
    here = {each.code for each in current(day)}
    divided = [
        DividedOf(
            code=code,
            name=municipalities()[code].name,
            into=as_rows(each[:1], day)[0].divided_into,
            granted=float(sum(g.amount for g in each)),
        )
        for code, each in sorted(given.items())
        if code not in here
    ]
    missing = tuple(f"{each.since} - {each.until}: {each.what} ({each.certainty})" for each in gaps())
    return MunicipalitiesFile(
        on=day,
        municipalities=tuple(rows),
        divided=tuple(divided),
        unknown=missing,
        figures=found.figures.told,
    )


def offered(records: Iterable[Initiative]) -> dict[str, list[str]]:
    """Code of a municipality -> ids of the initiatives there that run and were not made up."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in records:
        for code in each.places if each.status == "active" and not each.invented else ():
            found[code].append(each.id)
    return found


def per_10000(initiatives: Sized, inhabitants: float | None) -> float | None:
    """Initiatives per 10,000 inhabitants; None where these are not known."""
    return round(10_000 * len(initiatives) / inhabitants, 4) if inhabitants else None


def _merged(day: date) -> dict[str, dict[str, str]]:
    """Code -> the municipalities since 2010 that are wholly in it on a day."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for each in municipalities().values():
        if each.end and date(2010, 1, 1) < each.end <= day:
            now = at(each.code, day)
            if len(now) == 1 and now[0] != each.code:
                found[now[0]][each.code] = each.name
    return found


def _municipality(
    code: str, offer: list[str], given: tuple[Grant, ...], figures: Mapping[str, Mapping[str, float | None]]
) -> MunicipalityOf:
    each = municipalities()[code]
    sums: dict[str, dict[int, float]] = {}
    for grant in given:
        years = sums.setdefault(grant.scheme, {})
        years[grant.year] = years.get(grant.year, 0.0) + float(grant.amount)
    own = dict(figures.get(code, {}))
    people = own.get(INHABITANTS)
    latitude, longitude = own.pop("latitude", None), own.pop("longitude", None)
    return MunicipalityOf(
        code=code,
        name=each.name,
        province=each.province,
        also=called_also().get(code, ()),
        places=villages_of(code),
        initiatives=tuple(sorted(offer)),
        inhabitants=None if people is None else round(people),
        per_10000=per_10000(offer, people),
        grants=sums,
        granted=float(sum(grant.amount for grant in given)),
        former=tuple(sorted({grant.code for grant in given} - {code})),
        latitude=latitude,
        longitude=longitude,
        figures={key: value for key, value in own.items() if key not in ("latitude", "longitude")},
    )


def knowledge_file(found: Directory, records: Iterable[Initiative]) -> KnowledgeFile:
    """``knowledge.json``: situation -> activity -> what works -> initiatives."""
    made = with_initiatives(found.knowledge.activities, records)
    counts = {key: sum(each.situation == key for each in made) for key in terms("situation")}
    situations = tuple(
        TermOf(id=k, title=dict(t.title), count=counts[k]) for k, t in terms("situation").items()
    )
    return KnowledgeFile(
        situations=situations,
        entries=found.knowledge.entries,
        activities=made,
        caution=CAUTION,
    )


def with_initiatives(
    activities: Iterable[ActivityOf], records: Iterable[Initiative]
) -> tuple[ActivityOf, ...]:
    """Activities, each with the ids of the initiatives that do it and run, by name."""
    active = [each for each in _by_name(records) if each.status == "active"]
    return tuple(
        each.but(initiatives=tuple(one.id for one in active if each.form in one.form)) for each in activities
    )


def search_file(index: Index, today: date) -> SearchFile:
    """``directory-search.json``."""
    known = lexicon()
    day = min(today, LAST)
    towns = places_to_find(day)
    villages = _by_code({**villages_to_find(day), **index.own})
    words_too = sorted(ordinary_villages() - index.own.keys())
    weights = sorted({round(weight, 6) for row in index.postings.values() for weight in set(row.values())})
    number_of = {weight: i for i, weight in enumerate(weights)}
    return SearchFile(
        records=tuple(each.id for each in index.records),
        decay=tuple(round(decay(each, today), 8) for each in index.records),
        terms={
            term: packed({i: round(weight, 6) for i, weight in row.items()}, number_of)
            for term, row in sorted(index.postings.items())
        },
        weights=tuple(weights),
        words=tuple(index.words),
        groups={word: tuple(sorted(groups)) for word, groups in sorted(known.single.items())},
        phrases={" ".join(run): group for run, group in sorted(known.phrases.items())},
        parts=tuple(sorted(known.parts)),
        stop=tuple(sorted(stop())),
        names={each: place_name(each) for each in sorted({*villages, *chain.from_iterable(towns.values())})},
        weak=tuple(sorted(weak())),
        whole=tuple(sorted(whole())),
        broader={name: tuple(sorted(up)) for name, up in sorted(known.broader.items()) if up},
        refusals=(tuple(sorted(excepting())), tuple(sorted(without())), tuple(sorted(but()))),
        places=towns,
        villages=villages,
        ordinary=(*sorted(WORDS & towns.keys()), *(f"/{each}" for each in words_too)),
    )


def _by_code(places: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, codes in sorted(places.items()):
        for code in codes:
            found.setdefault(code, []).append(name)
    return {code: " ".join(names) for code, names in sorted(found.items())}


def _table(rows: list[GrantOf]) -> str:
    cells = (each.model_dump() | {"divided_into": ";".join(each.divided_into)} for each in rows)
    return as_csv(cells, tuple(GrantOf.model_fields))


def write(found: Directory, folder: Path, today: date) -> list[Path]:
    """Write the files into a data folder; none is written when one cannot be made."""
    return lay(files(found, today), folder)


def lay(made: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Put files into a data folder; the feed of a list that holds nothing any more goes."""
    for old in (folder / FEEDS).rglob("*.xml"):
        if old.relative_to(folder).as_posix() not in made:
            old.unlink()
    paths = []
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, data)
        paths.append(path)
    return paths
