"""The ledger of commitments: states, terms, review rounds, fulfilment, exchange with Parliament."""

from __future__ import annotations

from thuis.dossier.ledger.book import Told, counts, decide, for_review, overdue, propose
from thuis.dossier.ledger.compare import twice
from thuis.dossier.ledger.exchange import export_entries, goes_on, import_entries
from thuis.dossier.ledger.model import COLUMNS, PROPOSAL_COLUMNS, Entry, Proposal
from thuis.dossier.ledger.table import read_ledger, read_proposals, write_rows

__all__ = [
    "COLUMNS",
    "PROPOSAL_COLUMNS",
    "Entry",
    "Proposal",
    "Told",
    "counts",
    "decide",
    "export_entries",
    "for_review",
    "goes_on",
    "import_entries",
    "overdue",
    "propose",
    "read_ledger",
    "read_proposals",
    "twice",
    "write_rows",
]
