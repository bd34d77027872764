"""Made-up respondents for a first look, before there is a file of one's own."""

from __future__ import annotations

import random

from thuis.tables import as_csv

ROWS = 1200


def example_csv(seed: int = 378) -> str:
    """A CSV of invented respondents; the same seed gives the same bytes.

    >>> example_csv().splitlines()[0]
    'region,sex,born,trust,weight'
    """
    random_ = random.Random(seed)
    rows = []
    for _ in range(ROWS):
        region = random_.choice(["north", "south", "east", "west"])
        sex, born = random_.choice(["woman", "man"]), random_.choice(["here", "here", "abroad"])
        chance = 0.55 + (0.05 if sex == "man" else 0.0) - (0.12 if born == "here" else 0.0)
        answer = "" if random_.random() < 0.03 else "yes" if random_.random() < chance else "no"
        rows.append((region, sex, born, answer, f"{random_.uniform(0.5, 2.0):.3f}"))
    return as_csv(rows, ("region", "sex", "born", "trust", "weight"))
