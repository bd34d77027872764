"""Every attack on one data folder."""

from __future__ import annotations

from thuis.audit.attack import attack_counts, tables_of
from thuis.audit.model import Weak
from thuis.audit.questions import attack_questions
from thuis.audit.read import Published
from thuis.audit.spread import attack_panels, attack_scales
from thuis.audit.stories import attack_stories


def attack(published: Published) -> list[Weak]:
    """Everything in one data folder that is known too well, in the order of the figures."""
    tables = tables_of(published)
    figures = {figure.indicator: figure for figure in published.figures}
    found = attack_counts(published, tables)
    for (indicator, wave), cells in tables.items():
        if figures[indicator].kind == "mean":
            found += attack_scales(figures[indicator], wave, cells, published.minimum)
    found += attack_panels(published, tables)
    found += attack_questions(published, tables)
    return [*found, *attack_stories(published, tables)]
