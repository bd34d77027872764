"""Read the optional files: absent is empty, wrong is a problem that names the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from thuis.errors import Place, Problem
from thuis.site.extra.dossier import (
    Commitment,
    Letter,
    commitment_from,
    event_from,
    letter_from,
    measure_from,
)
from thuis.site.extra.entry import Json, entries
from thuis.site.extra.findings import Finding, finding_from
from thuis.site.extra.flow import Flow, flow_from
from thuis.site.extra.maps import Map, Ring, map_from, shapes
from thuis.site.extra.terms import Term, term_from

OPTIONAL = ("findings", "flow", "map", "vocabulary", "dossier")


@dataclass(frozen=True, slots=True)
class Extra:
    """What the optional files hold. ``shapes`` are the boundaries of the maps, by path in the data folder."""

    findings: tuple[Finding, ...] = ()
    flows: tuple[Flow, ...] = ()
    maps: tuple[Map, ...] = ()
    shapes: Mapping[str, Mapping[str, tuple[Ring, ...]]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    letters: tuple[Letter, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    measures: tuple[Json, ...] = ()
    edges: tuple[Json, ...] = ()
    events: tuple[Json, ...] = ()
    dossier_downloads: tuple[str, ...] = ()
    dossier_counts: Mapping[str, int] = field(default_factory=dict)
    reading: Mapping[str, float] = field(default_factory=dict)

    @property
    def dossier(self) -> bool:
        """Whether there is any letter, commitment, measure or event."""
        return bool(self.letters or self.commitments or self.measures or self.events)

    @property
    def designed(self) -> bool:
        """Whether there is any finding, flow or map."""
        return bool(self.findings or self.flows or self.maps)


def read_extra(json: Callable[[str, bool], Any], problems: list[Problem]) -> Extra:
    """Everything the optional files hold.

    :param json: a file of the data folder by its name, and whether it may be absent (then None).
    :param problems: what is wrong is added here.
    """
    raw = {name: json(f"{name}.json", True) for name in OPTIONAL}
    findings = entries("findings.json", raw["findings"], "findings", finding_from, problems)
    flows = entries("flow.json", raw["flow"], "flows", flow_from, problems)
    maps = entries("map.json", raw["map"], "maps", map_from, problems)
    dossier = raw["dossier"]
    return Extra(
        findings,
        flows,
        maps,
        _shapes(maps, json, problems),
        entries("vocabulary.json", raw["vocabulary"], "terms", term_from, problems),
        entries("dossier.json", dossier, "letters", letter_from, problems),
        entries("dossier.json", dossier, "commitments", commitment_from, problems),
        entries("dossier.json", dossier, "measures", measure_from, problems),
        entries("dossier.json", dossier, "edges", _edge, problems),
        entries("dossier.json", dossier, "events", event_from, problems),
        tuple((dossier or {}).get("downloads") or ()) if isinstance(dossier, Mapping) else (),
        ((dossier or {}).get("counts") or {}) if isinstance(dossier, Mapping) else {},
        ((dossier or {}).get("reading") or {}) if isinstance(dossier, Mapping) else {},
    )


def _edge(raw: Json) -> Json:
    return {"proof": {}, "review": None, **raw, "from": raw["from"], "type": raw["type"], "to": raw["to"]}


def _shapes(
    maps: tuple[Map, ...], json: Callable[[str, bool], Any], problems: list[Problem]
) -> dict[str, Mapping[str, tuple[Ring, ...]]]:
    found: dict[str, Mapping[str, tuple[Ring, ...]]] = {}
    for each in maps:
        if each.boundaries in found:
            continue
        found[each.boundaries] = {}
        raw = json(each.boundaries, False)
        if raw is None:
            continue
        try:
            found[each.boundaries] = shapes(raw)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            problems.append(
                Problem(f"boundaries: {error}", Place(each.boundaries), "GeoJSON polygons with an id")
            )
    return found
