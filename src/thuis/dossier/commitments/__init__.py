"""Commitments (toezeggingen): which sentences promise, and what they promise to whom by when.

from thuis.dossier.commitments import find_commitments
for each in find_commitments(reading):
    print(each.kind, each.to, each.what)
"""

from __future__ import annotations

from thuis.dossier.commitments.classify import classify, role_of
from thuis.dossier.commitments.debate import Debate, Speech, read_debate
from thuis.dossier.commitments.find import find_commitments, find_in_debate
from thuis.dossier.commitments.measured import MEASURED, Measured
from thuis.dossier.commitments.model import KINDS, Commitment, Judged, Kind, Role, Term
from thuis.dossier.commitments.terms import term_in

__all__ = [
    "KINDS",
    "MEASURED",
    "Commitment",
    "Debate",
    "Judged",
    "Kind",
    "Measured",
    "Role",
    "Speech",
    "Term",
    "classify",
    "find_commitments",
    "find_in_debate",
    "read_debate",
    "role_of",
    "term_in",
]
