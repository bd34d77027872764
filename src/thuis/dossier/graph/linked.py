"""The graph as JSON-LD, in words of schema.org, PROV and a vocabulary of its own for the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thuis.dossier.cite.address import url
from thuis.dossier.graph.model import EDGE_TYPES
from thuis.values import NAMESPACE

if TYPE_CHECKING:
    from thuis.dossier.folder import Dossier

_KINDS = {
    "measure": "schema:Action",
    "programme": "schema:Project",
    "body": "schema:GovernmentOrganization",
    "grant": "schema:MonetaryGrant",
}
CONTEXT: dict[str, Any] = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "thuis": f"{NAMESPACE}ns/dossier#",
    "name": "schema:name",
    "text": "schema:text",
    "date": "schema:dateCreated",
    **{kind: {"@id": f"thuis:{kind}", "@type": "@id"} for kind in EDGE_TYPES},
}


def address(name: str) -> str:
    """What stands for a thing in the graph: where it is published, or ``#`` and its id within this dossier.

    >>> address("kst-32824-378"), address("theme:trust")
    ('https://zoek.officielebekendmakingen.nl/kst-32824-378.html', '#theme:trust')
    """
    return url(name) or f"#{name}"


def linked(dossier: Dossier, namespace: str = NAMESPACE) -> dict[str, Any]:
    """Letters, commitments, measures and the edges between them as one JSON-LD document.

    Only accepted edges are statements of the graph; each edge stands besides as a ``thuis:Edge`` with its
    review and its proof, proposed ones too. The words of our own stand in the owner's ``namespace``.
    """
    nodes: dict[str, dict[str, Any]] = {}
    for name, reading in dossier.readings.items():
        meta = reading.letter.meta
        nodes[name] = {
            "@id": address(name),
            "@type": "schema:Report",
            "name": meta.subject,
            "date": meta.date.isoformat() if meta.date else None,
        }
    for entry in dossier.entries:
        nodes[entry.id] = {
            "@id": address(entry.id),
            "@type": "thuis:Commitment",
            "text": entry.text,
            "date": entry.date or None,
            "thuis:status": entry.status,
            "thuis:kind": entry.kind,
            "prov:wasQuotedFrom": _proof(entry.letter, entry.where, entry.sentence),
        }
    for measure in dossier.measures:
        titles = (("nl", measure.title_nl), ("en", measure.title_en))
        nodes[measure.id] = {
            "@id": address(measure.id),
            "@type": _KINDS[measure.kind],
            "name": [_said(*each) for each in titles if each[1]],
            "prov:wasQuotedFrom": _proof(measure.letter, measure.where, measure.sentence),
        }
    edges = []
    for edge in dossier.edges:
        if edge.review == "accepted":
            start = nodes.setdefault(edge.start, {"@id": address(edge.start)})
            start.setdefault(edge.type, []).append(address(edge.end))
        edges.append(
            {
                "@id": f"#{edge.id}",
                "@type": "thuis:Edge",
                "thuis:from": {"@id": address(edge.start)},
                "thuis:type": edge.type,
                "thuis:to": {"@id": address(edge.end)},
                "thuis:review": edge.review,
                "prov:wasQuotedFrom": _proof(edge.letter, edge.where, edge.sentence),
            }
        )
    context = CONTEXT | {"thuis": f"{namespace}ns/dossier#"}
    return {"@context": context, "@graph": [_full(each) for each in (*nodes.values(), *edges)]}


def _said(language: str, text: str) -> dict[str, str]:
    return {"@language": language, "@value": text}


def _proof(letter: str, where: str, sentence: str) -> dict[str, Any] | None:
    if not letter:
        return None
    part = {"schema:isPartOf": {"@id": address(letter)}, "thuis:where": where}
    return {"@type": "schema:Quotation", **part, "text": sentence}


def _full(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, "", [])}
