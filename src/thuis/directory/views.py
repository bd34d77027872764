"""The answer to one query as list, map, table, calendar, feed and API: always the same records.

Each takes an :class:`~thuis.directory.find.Answer` and nothing else, so no page can show more or fewer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from thuis.directory.calendar import calendar
from thuis.directory.feeds import feed
from thuis.directory.find import Answer
from thuis.directory.hsds import uid
from thuis.directory.hsds_out import as_json
from thuis.directory.model import Initiative
from thuis.directory.quality import quality
from thuis.directory.table import as_csv, as_xlsx


def listed(answer: Answer, today: date) -> list[dict[str, Any]]:
    """The records for a list: what a reader sees, the score of quality and whether the check is overdue."""
    return [{**public(hit.record, today), "score": hit.score, "stage": hit.stage} for hit in answer.hits]


def public(record: Initiative, today: date) -> dict[str, Any]:
    """What is published of a record: everything but the document it came from."""
    due = record.provenance.check_due
    return {
        **record.model_dump(mode="json", exclude={"kept"}),
        "quality": quality(record, today).as_dict(),
        "overdue": bool(due and due < today),
    }


def forms(answer: Answer, today: date, title: str, address: str) -> dict[str, Callable[[], bytes]]:
    """What makes a file of the records, for each form that they are given in.

    :param title: of the feed; ``address``: where it stands.
    """
    records, moment = answer.records, datetime.combine(today, time(), UTC)
    return {
        "csv": lambda: as_csv(records).encode(),
        "xlsx": partial(as_xlsx, records),
        "hsds": lambda: as_json(records).encode(),
        "jsonld": lambda: json_ld(records).encode(),
        "geojson": lambda: json.dumps(geojson(answer), ensure_ascii=False).encode() + b"\n",
        "ics": partial(calendar, records, today),
        "atom": partial(feed, answer, title, address, moment),
    }


def geojson(answer: Answer) -> dict[str, Any]:
    """The records for a map; one without a point has no geometry, but is there."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": each.id,
                "geometry": {"type": "Point", "coordinates": [each.point[1], each.point[0]]}
                if each.point
                else None,
                "properties": {"name": each.name, "municipality": each.municipality, "form": list(each.form)},
            }
            for each in answer.records
        ],
    }


def json_ld(records: Sequence[Initiative]) -> str:
    """The records in the words of schema.org, for search engines."""
    return (
        json.dumps(
            {"@context": "https://schema.org", "@graph": [_node(each) for each in records]},
            ensure_ascii=False,
        )
        + "\n"
    )


def _node(record: Initiative) -> dict[str, Any]:
    contact, where = record.contact, record.where[0] if record.where else None
    address = {
        "@type": "PostalAddress",
        "streetAddress": where.address if where else None,
        "postalCode": where.postcode if where else None,
        "addressLocality": where.city if where else None,
        "addressCountry": (where.country or "NL") if where else None,
    }
    node: dict[str, Any] = {
        "@type": "Service",
        "@id": f"urn:uuid:{uid('service', record.id)}",
        "name": record.name,
        "alternateName": record.alternate_name,
        "description": [
            {"@value": text, "@language": language} for language, text in record.description.items()
        ],
        "provider": {"@type": "Organization", "name": record.organization} if record.organization else None,
        "areaServed": [{"@type": "AdministrativeArea", "identifier": code} for code in record.places],
        "url": record.url,
        "isAccessibleForFree": {"free": True, "paid": False}.get(record.price),
        "availableLanguage": list(record.languages),
        "email": contact.email if contact else None,
        "telephone": contact.phone if contact else None,
        "location": {"@type": "Place", "name": where.name, "address": _full(address)} if where else None,
        "audience": [{"@type": "Audience", "audienceType": each} for each in record.audience],
    }
    if record.point:
        node.setdefault("location", {})
        node["location"] = {
            **(node["location"] or {"@type": "Place"}),
            "geo": {"@type": "GeoCoordinates", "latitude": record.point[0], "longitude": record.point[1]},
        }
    return _full(node)


def _full(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}
