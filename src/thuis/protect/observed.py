"""What the respondents themselves show of the breakdowns: who is in the sample, and which groups coincide.

Two breakdowns may be made from different columns of the survey file and yet hold the same people: a column
under two names, or a coarse and a fine version of one question. No definition says so; the respondents do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import polars as pl

from thuis.protect.coded import Cells

BY = "by_"
WEIGHT, STRATUM, UNIT, REPLICATE = "_weight", "_stratum", "_psu", "_replicate:"
EACH = 10
"""Respondents for each weight from which it is that of a group: those in the register over the sample."""
FEW_WEIGHTS = 32
"""Weights of a wave up to which digits count the people of each, whatever the weights are made of."""
MOST = 0.5
"""Part of the people whose weight is one of :data:`EACH`, from which weights are those of groups."""
NEARLY = 0.95
"""Part of the people whose weight is that of their group: some weights are trimmed or mended by hand."""


def known_weights(
    respondents: pl.DataFrame, name: str = "", pools: Mapping[str, Sequence[str]] | None = None
) -> frozenset[str]:
    """The waves in which weights differ and are few, or follow from the categories of some breakdowns.

    Who knows how many people a register has in these knows the weights. Nor need anybody look up weights that
    are equal: there the standard error of a sample drawn in strata or clusters counts the people of a cell in
    each of them. A wave that pools such a wave with others is one too: less the others, it is that wave.

    >>> weights, groups = [1.0] * 30 + [2.5] * 20, ["x"] * 30 + ["y"] * 20
    >>> sorted(known_weights(pl.DataFrame({"wave": "a", "_weight": weights, "by_g": groups})))
    ['a']
    >>> equal = pl.DataFrame({"wave": "a", "_weight": [1.0] * 50, "_stratum": groups, "by_g": groups})
    >>> sorted(known_weights(equal)), sorted(known_weights(equal.drop("_stratum")))
    (['a'], [])
    """
    column = f"{WEIGHT}:{name}" if name else WEIGHT
    if column not in respondents.columns:
        return frozenset()
    there = respondents.filter(pl.col(column) > 0)
    several = pl.col(column).n_unique().is_between(2, pl.len() // EACH)
    waves = there.group_by("wave").agg(several).filter(column)["wave"].to_list()
    found = {wave for wave in waves if _grouped(there.filter(pl.col("wave") == wave), column)}
    for wave in sorted(set(there["wave"].unique()) - found):
        people = there.filter(pl.col("wave") == wave)
        if _drawn(people, name) and _equal_somewhere(people, column):
            found.add(wave)
    return frozenset(found | {wave for wave, parts in (pools or {}).items() if found & set(parts)})


def known_waves(
    respondents: pl.DataFrame, pools: Mapping[str, Sequence[str]] | None = None
) -> frozenset[str]:
    """The waves in which any of the weights is known (:func:`known_weights`).

    >>> weights, groups = [1.0] * 30 + [2.5] * 20, ["x"] * 30 + ["y"] * 20
    >>> sorted(known_waves(pl.DataFrame({"wave": "a", "_weight:own": weights, "by_g": groups})))
    ['a']
    """
    names = (name for name in respondents.columns if name == WEIGHT or name.startswith(f"{WEIGHT}:"))
    found = (known_weights(respondents, name[len(WEIGHT) + 1 :], pools) for name in names)
    return frozenset().union(*found)


def shared_weights(respondents: pl.DataFrame, name: str = "") -> frozenset[str]:
    """The waves in which weights differ and most people have theirs in common with others.

    However many groups that makes: of twelve people with one of forty weights a share and its error give the
    group of each, and the answer.

    >>> weights = [1.0 + each % 5 / 10 for each in range(100)]
    >>> sorted(shared_weights(pl.DataFrame({"wave": "a", "_weight": weights})))
    ['a']
    """
    column = f"{WEIGHT}:{name}" if name else WEIGHT
    if column not in respondents.columns:
        return frozenset()
    there = respondents.filter(pl.col(column) > 0)
    found = there.with_columns(shared=(pl.len().over("wave", column) >= EACH)).group_by("wave")
    waves = found.agg(several=pl.col(column).n_unique() > 1, most=pl.col("shared").mean() >= MOST)
    return frozenset(waves.filter("several", "most")["wave"])


def weighed(
    weights: Mapping[str, str], respondents: pl.DataFrame, pools: Mapping[str, Sequence[str]]
) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """Indicators and waves of which the weights are known, and those with weights of others as well.

    :param weights: the name of the weight of each indicator.
    """
    known = {name: known_weights(respondents, name, pools) for name in {*weights.values()}}
    shared = {name: waves | shared_weights(respondents, name) for name, waves in known.items()}
    told, held = (
        frozenset((id_, wave) for id_, name in weights.items() for wave in of[name]) for of in (known, shared)
    )
    return told, held


def _drawn(people: pl.DataFrame, name: str) -> bool:
    """Whether people were drawn in strata or clusters, or have replicate weights, which say as much."""
    if any(each.startswith(f"{REPLICATE}{name}:") and people[each].count() for each in people.columns):
        return True
    keys = [people[each].drop_nulls() for each in people.columns if each.startswith((STRATUM, UNIT))]
    return any(1 < each.n_unique() < people.height for each in keys)


def _equal_somewhere(people: pl.DataFrame, column: str) -> bool:
    """Whether a weight is the same for everybody, or for those of a category or of a crossing of two."""
    if people[column].n_unique() == 1:
        return True
    shared = people.filter(pl.len().over(column) >= EACH)
    if shared.is_empty():
        return False
    names = [each.removeprefix(BY) for each in people.columns if each.startswith(BY)]
    figures, cells = (*((each,) for each in names), *combinations(names, 2)), Cells(people)
    weights = people[column].cast(pl.Float64).to_numpy()
    cells.codes(BY + each for each in names)
    return any(cells.equal(parts, weights, EACH) for parts in figures)


def _grouped(people: pl.DataFrame, column: str) -> bool:
    """Whether weights are few, or nearly everybody of the same categories of some breakdowns has one weight.

    Breakdowns that are not needed for it are left out, those with most categories first.
    """
    if people[column].n_unique() <= FEW_WEIGHTS:
        return True
    names = [name for name in people.columns if name.startswith(BY)]
    used = sorted(names, key=lambda each: (-people[each].n_unique(), each))
    if not names or _of_one_weight(people, used, column) < NEARLY * people.height:
        return False
    for each in tuple(used):
        fewer = [name for name in used if name != each]
        if fewer and _of_one_weight(people, fewer, column) >= NEARLY * people.height:
            used = fewer
    return people.select(used).n_unique() * EACH <= people.height


def _of_one_weight(people: pl.DataFrame, names: Sequence[str], column: str) -> int:
    """People who have the commonest weight among those of the same categories."""
    sizes = people.group_by(*names, column).len()
    return int(sizes.group_by(names).agg(pl.col("len").max())["len"].sum())


def tied(blocks: Mapping[str, str], respondents: pl.DataFrame, few: int = 0) -> list[list[str]]:
    """Breakdowns of different blocks that hold the same people, with all breakdowns of these blocks.

    Two breakdowns are tied when their categories fall apart into sets that never meet: some categories of the
    one then have exactly the people of some of the other. Or nearly: where fewer than ``few`` people in all
    stand between the sets, the difference of two categories is these few.

    >>> rows = pl.DataFrame({"by_a": ["x", "y", "z"], "by_b": ["p", "p", "q"], "by_c": ["k", "k", "k"]})
    >>> tied({"a": "a", "b": "b", "c": "c"}, rows)
    [['a', 'b']]
    """
    group = {id_: {id_, *(other for other in blocks if blocks[other] == blocks[id_])} for id_ in blocks}
    joined = False
    for one, other in combinations(blocks, 2):
        if blocks[one] == blocks[other] or other in group[one]:
            continue
        pairs = respondents.select(BY + one, BY + other).drop_nulls()
        counted = pairs.group_by(pl.all()).len().sort("len", BY + one, BY + other).rows()
        if _parts([(a, b) for a, b, _ in counted]) > 1 or (few and _nearly(counted, few)):
            both = group[one] | group[other]
            joined = True
            for id_ in both:
                group[id_] = both
    if not joined:
        return []
    merged = [sorted(each, key=list(blocks).index) for each in group.values()]
    wanted = [each for each in merged if len({blocks[id_] for id_ in each}) > 1]
    return [list(each) for each in dict.fromkeys(map(tuple, wanted))]


def _nearly(counted: Sequence[tuple[str, str, int]], few: int) -> bool:
    """Whether categories fall apart into sets once fewer than ``few`` people are left out.

    A set that is one small category says nothing of the other breakdown.
    """
    left_out = 0
    for at, (*_, people) in enumerate(counted):
        left_out += people
        if left_out >= few:
            return False
        rest = [(a, b) for a, b, _ in counted[at + 1 :]]
        if _parts(rest) > 1:
            return True
    return False


def _parts(pairs: Iterable[tuple[str, str]]) -> int:
    """The number of sets of categories that never meet."""
    of: dict[tuple[int, str], set[tuple[int, str]]] = {}
    for one, other in pairs:
        joined = of.get((0, one), {(0, one)}) | of.get((1, other), {(1, other)})
        for each in joined:
            of[each] = joined
    return len({id(each) for each in of.values()})


def atoms(
    categories: Mapping[str, Sequence[str]], respondents: pl.DataFrame
) -> dict[str, dict[str, frozenset[int]]]:
    """The combinations of categories that respondents have, as a set of numbers for every category."""
    rows = respondents.select(BY + id_ for id_ in categories).unique().drop_nulls().sort(pl.all()).rows()
    return {
        id_: {
            category: frozenset(n for n, row in enumerate(rows) if row[at] == category) for category in found
        }
        for at, (id_, found) in enumerate(categories.items())
    }


def lacking(ids: Sequence[str], respondents: pl.DataFrame) -> list[tuple[str | None, ...]]:
    """The combinations of categories that respondents have with none in some breakdown.

    >>> lacking(["a", "b"], pl.DataFrame({"by_a": ["x", "y", None], "by_b": ["p", None, None]}))
    [('y', None), (None, None)]
    """
    rows = respondents.select(BY + id_ for id_ in ids).unique(maintain_order=True).rows()
    return [row for row in rows if None in row]
