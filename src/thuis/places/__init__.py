"""Municipalities of the Netherlands at a date, through spellings, renamings, mergers and divisions.

>>> from datetime import date
>>> resolve("Alphen a/d Rijn", date(2010, 1, 1)).code
'GM0484'
"""

from thuis.places.resolve import Candidate, Resolution, every, must, resolve, undecided
from thuis.places.table import FIRST, LAST, Municipality, at, current, gaps, joined, municipalities

__all__ = [
    "FIRST",
    "LAST",
    "Candidate",
    "Municipality",
    "Resolution",
    "at",
    "current",
    "every",
    "gaps",
    "joined",
    "municipalities",
    "must",
    "resolve",
    "undecided",
]
