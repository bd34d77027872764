"""The nouns of the graph: measures and bodies as nodes, typed edges, events of the timeline."""

from __future__ import annotations

from dataclasses import dataclass, fields

NODE_KINDS = ("measure", "programme", "body", "grant")
EDGE_TYPES = (
    "draagt_bij_aan",
    "implementeert",
    "leidt_tot",
    "kadert",
    "vereist",
    "adresseert",
    "meet",
    "conflicteert_met",
    "vervangt",
    "aanvulling_op",
    "onderdeel_van",
    "vloeit_voort_uit",
    "verwijst_naar",
    "evalueert",
)
"""The vocabulary of a policy corpus that civil servants already use, so that graphs can be joined."""

REVIEWS = ("proposed", "accepted", "rejected")
EVENT_KINDS = ("survey", "letter", "debate", "commitment", "measure", "outcome")
LINKS = ("letter", "commitment", "measure", "indicator", "url")


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of ``measures.csv``: a measure, programme, body or grant that a letter names.

    ``letter``, ``where`` and ``sentence`` are the proof; ``themes`` and ``indicators`` are ids of the monitor
    with spaces between them; ``body`` says who carries it out; ``amount`` is in euros.
    """

    id: str
    kind: str
    title_nl: str
    title_en: str = ""
    text_nl: str = ""
    text_en: str = ""
    body: str = ""
    themes: str = ""
    indicators: str = ""
    amount: str = ""
    year: str = ""
    url: str = ""
    letter: str = ""
    where: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line of ``edges.csv``: ``start`` does ``type`` to ``end``, as ``sentence`` says.

    Ends are ids of measures, commitments and letters, official ids (``kst-30950-316``), or ``theme:`` and
    ``indicator:`` with an id of the monitor.
    """

    id: str
    start: str
    type: str
    end: str
    review: str = "proposed"
    letter: str = ""
    where: str = ""
    sentence: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of ``events.csv``: something on the timeline that letters and ledger do not already tell."""

    date: str
    kind: str
    title_nl: str
    title_en: str = ""
    text_nl: str = ""
    text_en: str = ""
    link: str = ""
    to: str = ""


MEASURE_COLUMNS = tuple(each.name for each in fields(Measure))
EDGE_COLUMNS = tuple(each.name for each in fields(Edge))
EVENT_COLUMNS = tuple(each.name for each in fields(Event))
