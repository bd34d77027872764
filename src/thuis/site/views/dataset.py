"""What a search engine for data reads in a page: schema.org ``Dataset``, as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.site.voice import Voice

_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def dataset(
    data: DataFolder, indicator: Indicator, figure: Figure | None, title: str, voice: Voice
) -> Markup:
    """The description of one figure, or of all figures of an indicator; nothing when the site has no address.

    :param title: what it is called on its page.
    """
    monitor = data.monitor
    if not monitor.address:
        return Markup("")
    base = monitor.address.rstrip("/")
    key = f"indicator/{indicator.id}/{figure.breakdown}" if figure else f"indicator/{indicator.id}"
    publisher = {"@type": "Organization", "name": voice.say(monitor.publisher.name)}
    if monitor.publisher.url:
        publisher["url"] = monitor.publisher.url
    said = [voice.say(data.synthetic), voice.say(indicator.measures), voice.say(monitor.description)]
    days = [day for wave in data.waves.values() for day in (wave.field.start, wave.field.end)]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}/{voice.language}/{key}/#data",
        "url": f"{base}/{voice.language}/{key}/",
        "name": title,
        "description": " ".join(each for each in said if each),
        "inLanguage": voice.language,
        "version": monitor.version,
        "datePublished": monitor.released.isoformat(),
        "isAccessibleForFree": True,
        "creator": publisher,
        "publisher": publisher,
        "isPartOf": {
            "@type": "Dataset",
            "name": voice.say(monitor.title),
            "url": f"{base}/{voice.language}/",
        },
        "variableMeasured": {"@type": "PropertyValue", "name": voice.say(indicator.title)},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": _TYPES[form], "contentUrl": f"{base}/data/{path}"}
            for form, path in _files(data, indicator, figure, voice)
        ],
    }
    if monitor.licence:
        found["license"] = monitor.licence.url
    if days:
        found["temporalCoverage"] = f"{min(days).isoformat()}/{max(days).isoformat()}"
    keywords = indicator.keywords.get(voice.language, ())
    if keywords:
        found["keywords"] = list(keywords)
    return Markup(json.dumps(found, ensure_ascii=False).replace("<", "\\u003c"))


def _files(
    data: DataFolder, indicator: Indicator, figure: Figure | None, voice: Voice
) -> list[tuple[str, str]]:
    book = f"workbooks/{indicator.id}.{voice.language}.xlsx"
    books = [("xlsx", book)] if data.holds(book) else []
    if figure is None:
        return [("json", f"indicators/{indicator.id}.json"), *books]
    stem = f"figures/{figure.id}"
    return [*((form, f"{stem}.{form}") for form in ("csv", "json", "parquet")), *books]
