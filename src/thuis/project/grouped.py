"""Categories of a breakdown by expression: a derived variable of which the first that holds is taken."""

from __future__ import annotations

from collections.abc import Sequence

from thuis.project.breakdown import Breakdown, ByExpression
from thuis.project.wave import Rule, Source, Variables, Wave


def variable_of(breakdown: Breakdown) -> str:
    """The variable that such a breakdown is made of."""
    return f"by-{breakdown.id}"


def common_with(breakdowns: Sequence[Breakdown], common: Variables | None) -> Variables | None:
    """The variables every wave makes that can, with those of breakdowns by expression."""
    made = {
        variable_of(each): Source.model_construct(
            type="category",
            rules=tuple(
                Rule.model_construct(when=c.when if isinstance(c.when, str) else None, then=c.id)
                for c in each.categories
            ),
            formula="",
            range=None,
            from_="",
            codes=None,
            missing=(),
            answers=(),
            decimal=None,
        )
        for each in breakdowns
        if each.by_expression
    }
    if not made:
        return common
    return Variables.model_construct(variables={**(common.variables if common else {}), **made})


def in_last(
    waves: Sequence[Wave], breakdowns: Sequence[Breakdown], common: Variables | None
) -> tuple[Wave, ...]:
    """The waves; what no wave can make is made in the last, where its fault is told."""
    found = list(waves)
    for each in breakdowns:
        name = variable_of(each)
        if (
            found
            and common
            and each.by_expression
            and all(wave.variables.get(name) is None for wave in found)
        ):
            variables = {**found[-1].variables, name: common.variables[name]}
            found[-1] = found[-1].model_copy(update={"variables": variables})
    return tuple(found)


def as_codes(breakdown: Breakdown) -> Breakdown:
    """The breakdown with its categories as codes of its variable, and what was written beside them."""
    if not breakdown.by_expression:
        return breakdown
    name = variable_of(breakdown)
    return breakdown.model_copy(
        update={
            "categories": tuple(
                ByExpression.model_construct(
                    **{**dict(each), "when": {name: (each.id,)}, "written": each.when}
                )
                for each in breakdown.categories
            )
        }
    )
