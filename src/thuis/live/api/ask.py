"""What a machine asks of the documents, and which answer it: pure, over a shelf."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thuis.directory.hsds import Doc, as_dict, as_list
from thuis.errors import Place, ThuisError
from thuis.live.api.shelf import Shelf
from thuis.sphere import kilometres

Point = tuple[float, float]
Times = Mapping[str, datetime]


class AskedError(ThuisError):
    """What a machine asked cannot be answered: it may read why, unlike a fault of the service itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of HSDS; those that are None filter nothing."""

    search: str | None = None
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    organization_id: str | None = None
    modified_after: datetime | None = None
    postcode: str | None = None
    proximity: float | None = None


def services(shelf: Shelf, asked: Asked, times: Times) -> Sequence[int]:
    """The numbers of the services that answer, best first.

    With ``search`` they are those of :func:`thuis.directory.find.find` on the day of the directory, thus
    those that the pages' own search gives; without, all of them by name, inactive ones too.

    :param times: id of a record -> the moment it last changed.
    """
    if asked.search and asked.search.strip():
        found: Sequence[int] = shelf.found(asked.search)
    else:
        found = range(len(shelf.documents))
    for wanted, numbers in (
        (asked.taxonomy_term_id, shelf.marked),
        (asked.taxonomy_id, shelf.marked),
        (asked.organization_id, {key: of for key, (_, of) in _organizations(shelf, asked)}),
    ):
        if wanted:
            having = set(numbers.get(wanted, ()))
            found = [each for each in found if each in having]
    if asked.modified_after:
        after, records = asked.modified_after, shelf.index.records
        found = [each for each in found if (at := times.get(records[each].id)) is None or at >= after]
    return found


def _organizations(shelf: Shelf, asked: Asked) -> Iterable[tuple[str, tuple[Doc, tuple[int, ...]]]]:
    return shelf.organizations.items() if asked.organization_id else ()


def places(shelf: Shelf, asked: Asked, times: Times, known: Mapping[str, Point]) -> list[str]:
    """The ids of the services at locations that answer, in the order of their services.

    :param known: postcode without spaces -> its middle, as far as the administrator gave them.
    :raises AskedError: for a distance from a postcode of which nobody knows where it is.
    """
    order = {number: i for i, number in enumerate(services(shelf, asked, times))}
    rows = [(order[number], key, row) for key, (row, number) in shelf.places.items() if number in order]
    rows.sort(key=lambda each: each[0])
    if asked.postcode is None:
        if asked.proximity is not None:
            raise AskedError("proximity without postcode", expected="postcode=3512&proximity=2000")
        return [key for _, key, _ in rows]
    code = plain(asked.postcode)
    if asked.proximity is None:
        return [key for _, key, row in rows if any(each.startswith(code) for each in postcodes(row))]
    middle = centre(shelf, code, known)
    within = asked.proximity / 1000
    return [key for _, key, row in rows if (at := point(row)) and kilometres(at, middle) <= within]


def plain(postcode: str) -> str:
    """A postcode without spaces, in capitals.

    >>> plain("3512 ab")
    '3512AB'
    """
    return "".join(postcode.split()).upper()


def postcodes(row: Mapping[str, Any]) -> list[str]:
    """The postcodes of a service at a location."""
    addresses = as_list(as_dict(row.get("location")).get("addresses"))
    return [plain(str(code)) for each in addresses if (code := as_dict(each).get("postal_code"))]


def point(row: Mapping[str, Any]) -> Point | None:
    """Latitude and longitude of a service at a location."""
    location = as_dict(row.get("location"))
    found = location.get("latitude"), location.get("longitude")
    if all(isinstance(each, int | float) and math.isfinite(each) for each in found):
        return float(found[0] or 0), float(found[1] or 0)
    return None


def centre(shelf: Shelf, code: str, known: Mapping[str, Point]) -> Point:
    """The middle of a postcode: as given, or of the places of the directory that have it.

    A postcode of six that is not known counts as its four digits.

    :raises AskedError: when neither is known.
    """
    for each in dict.fromkeys((code, code[:4])):
        if each in known:
            return known[each]
        own = [at for row, _ in shelf.places.values() if _starts(row, each) and (at := point(row))]
        if each and own:
            return mean(own)
    step = "give latitudes and longitudes in postcodes.csv of the service's folder"
    raise AskedError(f"where {code!r} is, is not known here", Place("postcode"), step=step)


def _starts(row: Mapping[str, Any], code: str) -> bool:
    return any(each.startswith(code) for each in postcodes(row))


def mean(points: Sequence[Point]) -> Point:
    """The middle of points that lie near one another.

    >>> mean([(52.0, 5.0), (52.2, 5.2)])
    (52.1, 5.1)
    """
    return (
        round(math.fsum(each[0] for each in points) / len(points), 6),
        round(math.fsum(each[1] for each in points) / len(points), 6),
    )


def organizations(shelf: Shelf, asked: Asked, times: Times) -> list[str]:
    """The ids of the organisations that have a service that answers, or all by name."""
    if asked == Asked():
        return list(shelf.organizations)
    order: dict[int, int] = {number: i for i, number in enumerate(services(shelf, asked, times))}
    best = {
        key: min((order[each] for each in of if each in order), default=None)
        for key, (_, of) in shelf.organizations.items()
    }
    found = [(rank, key) for key, rank in best.items() if rank is not None]
    return [key for _, key in sorted(found)]


def named(documents: Iterable[Doc], search: str | None) -> list[Doc]:
    """Documents of which name or description holds every word of a search."""
    wanted = (search or "").casefold().split()
    return [
        each
        for each in documents
        if all(word in f"{each.get('name')} {each.get('description')}".casefold() for word in wanted)
    ]
