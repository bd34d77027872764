"""Municipalities of the Netherlands at a date, through spellings, renamings, mergers and divisions.

>>> from datetime import date
>>> resolve("Alphen a/d Rijn", date(2010, 1, 1)).code
'GM0484'
"""

from thuis.places.resolve import resolve, undecided
from thuis.places.table import FIRST, LAST, at, current, gaps, joined, municipalities

__all__ = [
    "FIRST",
    "LAST",
    "at",
    "current",
    "gaps",
    "joined",
    "municipalities",
    "resolve",
    "undecided",
]
