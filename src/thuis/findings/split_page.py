"""A gap split in two as the data folder holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thuis.findings.decomposition import Decomposition, Part
from thuis.findings.explain import formula, modelled, weight_said
from thuis.findings.paradox_words import unit_of
from thuis.findings.words import say, sentence
from thuis.language import LANGUAGES
from thuis.project.battery import Split
from thuis.project.model import Breakdown, Project
from thuis.project.sets import page_of

Text = Mapping[str, str]


def split_entry(project: Project, split: Split, found: Decomposition) -> dict[str, Any]:
    """A gap and its parts as a table with its limits."""
    indicator = project.indicator(split.indicator)
    breakdown: Breakdown = project.breakdowns[split.breakdown]
    titles = {each.id: each.title for each in breakdown.categories}
    first, second = (titles[each] for each in (split.first, split.second))
    people = {each.id: each.people or each.title for each in breakdown.categories}
    named = {each.id for each in breakdown.categories if each.people}
    says = indicator.says if named >= {split.first, split.second} else None
    scale = 100.0 if indicator.percentage else 1.0
    names = {each.column: each.title for each in split.by}

    def row(title: Text, part: Part) -> list[Any]:
        return [dict(title), scale * part.estimate, scale * part.lower, scale * part.upper]

    parts = [
        row(say("split.gap"), found.gap),
        row(say("split.composition"), found.composition),
        *(row(names.get(each.name, dict.fromkeys(LANGUAGES, each.name)), each) for each in found.by_variable),
        row(say("split.rest"), found.rest),
    ]
    return {
        "id": split.id,
        "title": dict(split.title),
        "description": dict(indicator.measures),
        "sentence": found.headline((people[split.first], people[split.second]), scale, says),
        "about": [page_of(indicator)],
        "wave": split.wave,
        "level": found.level,
        "facts": [
            found.sentence(
                (dict(people[split.first]), dict(people[split.second])), split.wave, scale, limits=False
            )
        ],
        "controls": [dict(each.title) for each in split.by],
        "table": {
            "caption": say("split.caption", unit=unit_of(indicator)),
            "columns": [say(f"split.columns.{name}") for name in ("part", "value", "lower", "upper")],
            "rows": parts,
            "decimals": indicator.decimals,
        },
        "method": sentence(say("split.method", a=first, b=second), say(f"split.{split.unanswered}")),
        "limits": say("decomposition.limits"),
        "explain": {
            "formula": formula("kitagawa-oaxaca-blinder"),
            "inputs": list(found.inputs),
            "n": sum(found.n),
            "weight": weight_said(found.weight),
            "model": say(
                "split.model",
                model=modelled(indicator.title, [each.title for each in split.by]),
                second=people[split.second],
            ),
        },
    }
