"""The complete table of a figure: categories down, waves across, nothing left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thuis.contract.figure import Cell, Figure, Key
from thuis.contract.figure import Change as Tested
from thuis.site.charts.choice import marks
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Value:
    """One table cell in words; ``reason`` instead of numbers when it is withheld."""

    wave: str
    value: str = ""
    span: str = ""
    n: str = ""
    moderate: bool = False
    reason: str = ""
    after_break: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One table row."""

    label: str
    values: tuple[Value, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one heading (empty when there is a single breakdown)."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A complete table."""

    waves: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A tested change of one category between two waves, in words."""

    label: str
    waves: str
    difference: str
    span: str
    verdict: str
    words: str
    across_break: bool
    about: str = ""


def table(figure: Figure, voice: Voice) -> Table:
    """Every cell of the figure that can exist; the downloads hold the others too, with their reason."""
    blocks: dict[str, list[Line]] = {}
    for key in figure.keys:
        if len(figure.dimensions) > 1 and figure.impossible(key):
            continue
        titles = category_titles(figure, key, voice)
        heading = titles[0] if len(titles) > 1 else ""
        label = " · ".join(titles[1:] if heading else titles) or voice.t("figure.everyone")
        values = tuple(_value(figure, figure.cell(wave, key), voice) for wave in figure.waves)
        blocks.setdefault(heading, []).append(Line(label, values, marks(figure, key)))
    return Table(
        tuple(map(voice.wave, figure.waves)),
        tuple(Block(title, tuple(lines)) for title, lines in blocks.items()),
    )


def _value(figure: Figure, cell: Cell, voice: Voice) -> Value:
    after_break = cell.wave != figure.waves[0] and bool(figure.breaks_at(cell.wave, cell.key))
    if cell.status == "withheld":
        return Value(cell.wave, reason=voice.reason(cell), after_break=after_break)
    return Value(
        cell.wave,
        voice.value(cell.estimate, figure),
        voice.span(cell.lower, cell.upper, figure),
        voice.base(cell),
        cell.reliability == "moderate",
        after_break=after_break,
    )


def changes(figure: Figure, voice: Voice) -> tuple[Change, ...]:
    """Every tested change between waves; one across a break is marked, never dropped."""
    tested: dict[Key, list[Tested]] = {}
    for each in figure.changes:
        tested.setdefault(each.key, []).append(each)
    return tuple(each for key in figure.keys for each in _changes(figure, key, tested.get(key, ()), voice))


def _changes(figure: Figure, key: Key, tests: Iterable[Tested], voice: Voice) -> Iterator[Change]:
    label = " · ".join(category_titles(figure, key, voice)) or voice.t("figure.everyone")
    about = marks(figure, key)
    for each in tests:
        yield Change(
            label,
            voice.t("changes.waves", earlier=each.other_wave, later=each.wave),
            voice.signed(each.difference, figure),
            voice.span(each.lower, each.upper, figure),
            each.verdict,
            voice.t(f"verdict.{each.verdict}"),
            each.across_break,
            about,
        )


def category_titles(figure: Figure, key: tuple[str, ...], voice: Voice) -> list[str]:
    """The titles of a combination of categories, or of the first of one."""
    return [voice.say(d.category(id_).title) for d, id_ in zip(figure.dimensions, key, strict=False)]
