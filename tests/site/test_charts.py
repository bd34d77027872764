"""Charts as values: where things stand, what is never bridged, what is said in place of a number."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.site.charts.bars import bars
from thuis.site.charts.choice import Part, choice, marks
from thuis.site.charts.dots import gaps
from thuis.site.charts.lines import Axes, stretches, wave_positions
from thuis.site.charts.multiples import multiples
from thuis.site.charts.scale import Scale, bar_scale, line_scale, nice
from thuis.site.charts.table import changes, table
from thuis.site.charts.trend import APART, trend
from thuis.site.views.common import years
from thuis.site.voice import Voice

NL, EN = Voice("nl"), Voice("en")


def the(data: DataFolder, indicator: str, breakdown: str) -> Figure:
    found = next(each for each in data.indicators if each.id == indicator).figure(breakdown)
    assert found
    return found


def series(values: list[float | None], breaks: tuple[str, ...] = ()) -> Figure:
    """A total over waves w0, w1, …; None is a withheld wave."""
    waves = tuple(f"w{i}" for i in range(len(values)))
    cells: list[dict[str, Any]] = [
        {"wave": wave, "cell": [], "status": "withheld", "reason": "confidential"}
        if value is None
        else {
            "wave": wave,
            "cell": [],
            "status": "published",
            "estimate": value,
            "lower": value - 2,
            "upper": value + 2,
            "n": 100,
        }
        for wave, value in zip(waves, values, strict=True)
    ]
    text = {"nl": "anders", "en": "other"}
    return Figure.given(
        {
            "id": "i/total",
            "indicator": "i",
            "breakdown": "total",
            "kind": "proportion",
            "unit": {"nl": "%", "en": "%"},
            "scale": (0, 100),
            "dimensions": (),
            "waves": waves,
            "breaks": [{"wave": wave, "kind": "wording", "text": text} for wave in breaks],
            "cells": cells,
        }
    )


def axes(figure: Figure) -> Axes:
    return Axes(wave_positions(figure.waves, {}), line_scale(figure), {})


@given(st.floats(-1000, 1000), st.floats(0.001, 1000), st.integers(2, 6))
def test_an_axis_holds_its_values_with_few_round_ticks(low: float, width: float, steps: int) -> None:
    scale = nice(low, low + width, steps=steps)
    assert scale.low <= low + 1e-6 * width + 1e-9
    assert scale.high >= low + width - 1e-6 * width - 1e-9
    assert 2 <= len(scale.ticks) <= steps + 2
    assert 0 <= scale.at(low + width / 2) <= 100


def test_a_line_joins_waves_that_continue() -> None:
    figure = series([10.0, 20.0, 30.0])
    assert [len(path) for path in stretches(figure, (), axes(figure))] == [3]


def test_a_line_is_cut_at_a_break() -> None:
    figure = series([10.0, 20.0, 30.0, 40.0], breaks=("w2",))
    found = stretches(figure, (), axes(figure))
    at = axes(figure).x
    assert [[x for x, _ in path] for path in found] == [[at["w0"], at["w1"]], [at["w2"], at["w3"]]]


def grouped(breaks: list[dict[str, Any]]) -> Figure:
    """Three groups of one breakdown over three waves."""
    text = {"nl": "x", "en": "x"}
    waves = ("w0", "w1", "w2")
    names = ("a", "b", "c")
    return Figure.given(
        {
            "id": "i/g",
            "indicator": "i",
            "breakdown": "g",
            "kind": "proportion",
            "unit": {"nl": "%", "en": "%"},
            "scale": (0, 100),
            "dimensions": [
                {
                    "id": "g",
                    "title": text,
                    "reference": "c",
                    "categories": [{"id": each, "title": {"nl": each, "en": each}} for each in names],
                }
            ],
            "waves": waves,
            "breaks": [{"kind": "population", "text": text, **each} for each in breaks],
            "cells": [
                {
                    "wave": wave,
                    "cell": [name],
                    "status": "published",
                    "estimate": 20,
                    "lower": 15,
                    "upper": 26,
                    "n": 9,
                }
                for wave in waves
                for name in names
            ],
        }
    )


def test_a_break_cuts_only_the_groups_it_names() -> None:
    drawn = trend(grouped([{"wave": "w1", "only": {"g": ["a"]}}]), Scale(0, 50, (0, 25, 50)), {}, EN)
    assert drawn
    assert [[len(path) for path in line.paths] for line in drawn.lines] == [[2], [3], [3]]
    assert drawn.bands == ()
    assert [(note.letter, note.who) for note in drawn.notes] == [("", "a")]


def test_a_break_about_another_breakdown_cuts_every_line() -> None:
    drawn = trend(grouped([{"wave": "w2", "only": {"age": ["old"]}}]), Scale(0, 50, (0, 25, 50)), {}, EN)
    assert drawn
    assert [[len(path) for path in line.paths] for line in drawn.lines] == [[2], [2], [2]]
    assert [band.letter for band in drawn.bands] == ["A"]


def test_the_comparison_group_is_grey_and_last() -> None:
    drawn = trend(grouped([]), Scale(0, 50, (0, 25, 50)), {}, EN)
    assert drawn
    assert [line.style for line in drawn.lines] == ["0", "1", "ref"]
    heights = sorted(line.label_y for line in drawn.lines)
    assert all(b - a >= APART - 0.01 for a, b in pairwise(heights))
    assert "a: 20.0% in w0 (interval 15.0 to 26.0); 20.0% in w1" in drawn.description


def test_what_a_choice_offers_and_what_stays() -> None:
    """The comparison group is no choice; a pair is about both, unless one of the two is that group."""
    figure = grouped([])
    assert choice([figure], EN) == (Part("x", "g.c", "c", (("g.a", "a"), ("g.b", "b"))),)
    assert marks(figure, ("a",)) == marks(figure, ("a",), ("c",)) == "g.a"
    assert marks(figure, ("a",), ("b",)) == "g.a g.b"
    alone = figure.but(cells=tuple(each for each in figure.cells if each.key != ("b",)))
    assert choice([alone], EN) == ()


def test_a_line_is_cut_at_a_withheld_wave() -> None:
    figure = series([10.0, None, 30.0, 40.0])
    assert [len(path) for path in stretches(figure, (), axes(figure))] == [2]


def test_a_break_is_drawn_between_the_waves_and_named_below() -> None:
    figure = series([10.0, 20.0, 30.0], breaks=("w1",))
    drawn = multiples(figure, {}, EN)
    assert drawn
    at = axes(figure).x
    assert drawn.panels[0].breaks == (((at["w0"] + at["w1"]) / 2, "A"),)
    assert drawn.breaks == (("A", "w1", (("Wording of the question", "other"),)),)
    assert "Break in the series at w1" in drawn.panels[0].description


def test_a_break_at_the_first_wave_breaks_nothing() -> None:
    drawn = multiples(series([10.0, 20.0], breaks=("w0",)), {}, EN)
    assert drawn
    assert not drawn.breaks
    assert len(drawn.panels[0].series[0].paths) == 1


def test_one_wave_or_no_figures_makes_no_line() -> None:
    assert multiples(series([10.0]), {}, NL) is None
    assert multiples(series([None, None]), {}, NL) is None


def test_waves_stand_in_proportion_to_time() -> None:
    at = wave_positions(["a", "b", "c"], {"a": 2000.0, "b": 2001.0, "c": 2010.0})
    assert at["b"] - at["a"] == pytest.approx((at["c"] - at["a"]) / 10, abs=0.02)


def test_waves_without_dates_are_spread_evenly() -> None:
    at = wave_positions(["a", "b", "c"], {"a": 2000.0})
    assert at["b"] == pytest.approx((at["a"] + at["c"]) / 2)


def test_bars_start_at_zero_and_share_one_axis(data: DataFolder) -> None:
    for indicator in data.indicators:
        if indicator.kind == "proportion":
            assert bar_scale(indicator.figures).low == 0


def test_a_withheld_bar_keeps_its_place_and_says_why(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "origin-by-generation")
    drawn = bars(figure, "2020", bar_scale([figure]), NL)
    polish = next(group for group in drawn.groups if group.title == "Pools")
    assert [row.reason for row in polish.rows] == ["te onzeker", "vertrouwelijk"]
    assert [row.value for row in polish.rows] == ["", ""]
    assert len(drawn.groups) == 8
    assert [len(group.rows) for group in drawn.groups] == [2] * 7 + [1], (
        "a combination that cannot exist is no row"
    )


def test_every_reason_stands_in_the_complete_table(data: DataFolder) -> None:
    found = table(the(data, "discrimination-at-work", "origin-by-generation"), NL)
    cells = [value for block in found.blocks for line in block.lines for value in line.values]
    assert {each.reason for each in cells if each.reason} == {
        NL.t(f"reason.{name}") for name in ("confidential", "too-uncertain", "not-asked")
    }
    assert len(cells) == (8 * 2 - 1) * 4, "a second generation without migrants cannot exist"
    assert all(bool(each.value) != bool(each.reason) for each in cells)


def test_a_cell_that_is_not_in_the_data_is_no_silent_hole(data: DataFolder) -> None:
    figure = the(data, "trust-in-people", "origin")
    thinner = figure.but(cells=tuple(each for each in figure.cells if "turkish" not in each.key))
    drawn = bars(thinner, "2020", bar_scale([figure]), EN)
    assert drawn.groups[0].rows[0].reason == "not applicable"


def test_means_stand_on_their_whole_scale(data: DataFolder) -> None:
    figure = the(data, "belonging", "origin")
    scale = bar_scale([figure])
    assert (scale.low, scale.high) == (0, 10)
    assert bars(figure, "2020", scale, NL).ticks[-1] == (100, "10")


def test_gaps_show_every_tested_difference_around_zero(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "origin")
    (found,) = gaps(figure, "2020", EN)
    assert found.open
    assert len(found.rows) == 7
    assert {row.words for row in found.rows} <= {"higher", "lower", "no difference shown"}
    for row in found.rows:
        assert (row.x > found.zero) == row.value.startswith("+")


def pairs_of(
    data: DataFolder, figure: Figure, pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> Figure:
    """The figure with other tests: each pair with the numbers of one by origin."""
    by_origin = the(data, figure.indicator, "origin")
    test = next(each for each in by_origin.contrasts if each.wave == "2020")
    return figure.but(
        comparisons=tuple(test.model_copy(update={"key": one, "other": other}) for one, other in pairs)
    )


def test_groups_without_a_reference_show_which_pairs_were_tested(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "origin")
    one, two, three = ((each.id,) for each in figure.dimensions[0].categories[:3])
    (found,) = gaps(pairs_of(data, figure, [(three, two), (two, one), (three, one)]), "2020", NL)
    names = [NL.say(each.title) for each in figure.dimensions[0].categories[:3]]
    assert found.title == "Verschil tussen groepen"
    assert [row.label for row in found.rows] == [
        f"{names[1]} vergeleken met {names[0]}",
        f"{names[2]} vergeleken met {names[0]}",
        f"{names[2]} vergeleken met {names[1]}",
    ], "in the order of the figure"


def test_a_crossing_shows_a_block_for_each_of_its_parts(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "origin-by-generation")
    origins = [each.id for each in figure.dimensions[0].categories[:3]]
    first, second = (each.id for each in figure.dimensions[1].categories[:2])
    inner = [((origin, second), (origin, first)) for origin in origins]
    outer = [((origin, first), (origins[0], first)) for origin in origins[1:]]
    within, across = gaps(pairs_of(data, figure, outer + inner), "2020", EN)
    one, other = (EN.say(each.title) for each in reversed(figure.dimensions[1].categories[:2]))
    assert within.title == f"{one} compared with {other.lower()}"
    assert [row.label for row in within.rows] == [
        EN.say(each.title) for each in figure.dimensions[0].categories[:3]
    ]
    assert across.title == f"Difference from: {EN.say(figure.dimensions[0].categories[0].title)}"
    assert all(row.label.endswith(f", {other.lower()}") for row in across.rows)


def test_a_change_across_a_break_is_marked(data: DataFolder) -> None:
    found = changes(the(data, "discrimination-at-work", "total"), EN)
    assert [each.across_break for each in found] == [False, True, False]


def test_two_lines_in_one_drawing_differ_by_shape_and_are_named(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "origin-by-generation")
    drawn = multiples(figure, years(data.waves), NL)
    assert drawn
    assert len(drawn.panels) == 8
    assert drawn.legend == ((0, "Eerste generatie"), (1, "Tweede generatie"))
    assert {series.style for panel in drawn.panels for series in panel.series} == {0, 1}


def test_many_groups_each_get_a_drawing(data: DataFolder) -> None:
    drawn = multiples(the(data, "discrimination-at-work", "origin"), years(data.waves), NL)
    assert drawn
    assert [len(panel.series) for panel in drawn.panels] == [1] * 8


def test_everything_drawn_is_inside_its_drawing(data: DataFolder) -> None:
    for indicator in data.indicators:
        for figure in indicator.figures:
            drawn = multiples(figure, years(data.waves), NL)
            for panel in drawn.panels if drawn else ():
                for mark in (mark for line in panel.series for mark in line.marks):
                    assert 0 <= mark.x <= 100
                    assert 0 <= mark.high <= mark.y <= mark.low <= 100


def test_the_description_tells_first_and_last_value(data: DataFolder) -> None:
    figure = the(data, "trust-in-people", "total")
    drawn = multiples(figure, {}, EN)
    assert drawn
    for wave in ("2006", "2020"):
        value = figure.cell(wave, ()).estimate
        assert value is not None
        assert f"{EN.value(value, figure)} in {wave}" in drawn.panels[0].description


def test_an_indicator_without_keywords_has_none(data: DataFolder) -> None:
    found: Indicator = next(each for each in data.indicators if each.id == "voted")
    assert found.keywords == {}


def test_a_combination_that_cannot_exist_is_no_row_and_no_line(data: DataFolder) -> None:
    """Nor in the complete table; each line keeps its mark."""
    indicator = next(each for each in data.indicators if each.id == "discrimination-at-work")
    figure = indicator.figure("origin-by-generation")
    assert figure is not None
    assert figure.impossible(("no-migration", "second"))
    assert not figure.impossible(("somali", "second"))
    voice = Voice("nl")
    drawn = bars(figure, "2020", bar_scale([figure]), voice)
    assert [row.label for row in drawn.groups[-1].rows] == ["Eerste generatie"]
    assert [len(group.rows) for group in drawn.groups[:-1]] == [2] * 7
    made = multiples(figure, {}, voice)
    assert made is not None
    assert [series.name for series in made.panels[-1].series] == ["Eerste generatie"]
    assert [series.style for series in made.panels[0].series] == [0, 1]
    assert [line.label for line in table(figure, voice).blocks[-1].lines] == ["Eerste generatie"]
