"""The lists of words and phrases that promises are read by, and the gates that keep sentences from them."""

from __future__ import annotations

import re

from thuis.language.phrases import Phrases

COMMON = Phrases(__package__, "phrases/common.yaml")
"""Who promises, to whom, which paper, when, and what is no promise: what the other lists are made of."""
CUES = Phrases(__package__, "phrases/cues.yaml")
"""Words of promising, and what else they do in a sentence."""
ASKED = Phrases(__package__, "phrases/asked.yaml")
"""What Parliament asks of the government, and what a member says that it announced."""
AIMS = Phrases(__package__, "phrases/aims.yaml", COMMON)
"""What is aimed at, wished or offered."""
TOLD = Phrases(__package__, "phrases/told.yaml", COMMON)
"""What a sentence tells of another moment."""
PAPERS = Phrases(__package__, "phrases/papers.yaml", COMMON)
"""What is promised without "ik"."""
GRAMMAR = Phrases(__package__, "phrases/grammar.yaml", COMMON)
"""The future and the present tense of a government."""
SPOKEN = Phrases(__package__, "phrases/spoken.yaml")
"""How a spoken clause promises, orders the debate, takes a stand, or refuses."""


def rx(pattern: str) -> re.Pattern[str]:
    """An expression that does not mind capitals."""
    return re.compile(pattern, re.I)


def has(lowered: str, parts: tuple[str, ...]) -> bool:
    """Whether a text in small letters has one of these: far cheaper than the expression they belong to."""
    return any(part in lowered for part in parts)


def here(sentence: str) -> re.Match[str] | None:
    """Where a sentence says that it happens with the letter; "hierbij" in a clause of another's does not.

    >>> bool(here("Hierbij stuur ik u het verslag."))
    True
    >>> bool(here("Ik bezie hoe de inspectie hierbij is betrokken."))
    False
    """
    for found in COMMON["here"].finditer(sentence):
        before = sentence[: found.start()]
        if found[0].lower() not in {"hierbij", "hiermee"} or not (
            COMMON["inside"].search(before) or COMMON["tied"].search(before)
        ):
            return found
    return None
