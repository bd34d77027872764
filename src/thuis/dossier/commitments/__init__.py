"""Commitments (toezeggingen): which sentences promise, and what they promise to whom by when.

from thuis.dossier.commitments import find_commitments
for each in find_commitments(reading):
    print(each.kind, each.to, each.what)
"""

from __future__ import annotations

from thuis.dossier.commitments.classify import classify
from thuis.dossier.commitments.debate import read_debate
from thuis.dossier.commitments.find import find_commitments, find_in_debate
from thuis.dossier.commitments.measured import MEASURED
from thuis.dossier.commitments.model import Commitment

__all__ = [
    "MEASURED",
    "Commitment",
    "classify",
    "find_commitments",
    "find_in_debate",
    "read_debate",
]
