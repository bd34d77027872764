"""Measures, programmes, bodies and grants that letters name, and edges with the sentence behind each."""

from __future__ import annotations

from thuis.dossier.graph.model import EDGE_COLUMNS, Edge, Event, Measure
from thuis.dossier.graph.suggest import edges, names
from thuis.dossier.graph.table import loose_ends, read_edges, read_events, read_measures

__all__ = [
    "EDGE_COLUMNS",
    "Edge",
    "Event",
    "Measure",
    "edges",
    "loose_ends",
    "names",
    "read_edges",
    "read_events",
    "read_measures",
]
