"""How completely promises are read: measured on sentences that nobody tuned the rules on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Of the new promises in labelled sentences: how many were found, and how many given were right.

    Counts of sentences; ``recall`` and ``precision`` are shares from 0 to 1.

    >>> round(Measured(101, 21, 17, 19).recall, 2), round(Measured(101, 21, 17, 19).precision, 2)
    (0.81, 0.89)
    """

    sentences: int
    promises: int
    right: int
    given: int

    @property
    def recall(self) -> float:
        """Of the promises that are there, the share that was found."""
        return self.right / self.promises

    @property
    def precision(self) -> float:
        """Of what was called a new promise, the share that is one."""
        return self.right / self.given


MEASURED = Measured(1632, 203, 135, 187)
"""First readings: letters, answers, registers and debates (decision 0304: 17 of 21 found, 17 of 19 right),
the three latest sets of speech (decision 1130: 17 of 33 found, 17 of 28 right), and two sets of papers of
other years and ministries (decision 1300: 13 of 21 found, 13 of 19 right), one of debates and answers that
holds no new promise, where none was given, and three of councils, provinces, Flanders and both Chambers
(decision 1301: 14 of 25 found, 14 of 20 right), and one of a letter, answers, registers and debates
(decision 1302: 16 of 25 found, 16 of 21 right), and four of letters, answers, registers and debates of
other dossiers (decision 1303: 23 of 33 found, 23 of 35 right), and three of letters of 1997 to 2025
(decision 1304: 35 of 45 found, 35 of 45 right)."""
