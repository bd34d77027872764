"""Pages over plain records: corrections and versions, downloads and the API."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.folder import DataFolder
from thuis.language import texts
from thuis.site.page import Page
from thuis.site.views.common import page
from thuis.site.views.figures import breakdown_title
from thuis.site.views.versions import replaced
from thuis.site.voice import Voice


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The corrections page and the downloads page."""
    titles = {each.id: voice.say(each.title) for each in data.indicators}
    yield page(
        "corrections",
        voice,
        {
            "versions": data.versions,
            "old": {each.version for each in replaced(data)},
            "corrections": data.corrections,
            "titles": titles,
        },
    )
    yield page("downloads", voice, {"indicators": _indicators(data, voice), "whole": whole(data, voice)})


def whole(data: DataFolder, voice: Voice) -> list[tuple[str, list[tuple[str, str]]]]:
    """The files over the whole that are there, for readers of this language: name, and form and path."""
    t, lang = texts("handover", voice.language), voice.language
    titles = {
        f"{each.id}.{part}": voice.say(each.title) for each in data.themes for part in ("report", "figures")
    }
    wanted = {
        "figures": ("figures.csv", "figures.parquet", f"figures.{lang}.xlsx"),
        "differences": ("differences.csv", "differences.parquet"),
        "tables": (f"handover/tables.{lang}.xlsx", f"handover/tables.{lang}.ods"),
        "report": (f"handover/report.{lang}.pdf", f"handover/report.{lang}.docx"),
        "brief": (f"handover/brief.{lang}.pdf",),
        **{each: (f"handover/{each}.{lang}.{'zip' if 'figures' in each else 'pdf'}",) for each in titles},
        "sdmx": ("handover/monitor.sdmx.csv", "handover/monitor.sdmx.xml", "handover/monitor.dsd.xml"),
        "json-stat": (f"handover/monitor.{lang}.json-stat.json",),
        "sqlite": ("handover/monitor.db", "handover/metadata.json"),
        "dcat": ("handover/dcat.ttl",),
        "index": ("index.json",),
    }
    found = []
    for key, paths in wanted.items():
        there = [(_form(path), path) for path in paths if data.holds(path)]
        name = (
            t(f"files.{key.rpartition('.')[2]}-of", theme=titles[key]) if key in titles else t(f"files.{key}")
        )
        found += [(name, there)] if there else []
    return found


def _form(path: str) -> str:
    """What a file is called on its link: ``CSV``, ``SDMX-ML``."""
    end = path.rpartition(".")[2]
    known = {"handover/monitor.sdmx.xml": "SDMX-ML", "handover/monitor.dsd.xml": "DSD", "db": "SQLite"}
    return known.get(path) or known.get(end) or ("Parquet" if end == "parquet" else end.upper())


def _indicators(data: DataFolder, voice: Voice) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (
            each.id,
            voice.say(each.title),
            [(f.breakdown, breakdown_title(f, voice)) for f in each.figures],
        )
        for each in data.indicators
    ]
