"""Labels beside one another in the head of a letter: "Ons kenmerk …      Datum …", a row of labels."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from thuis.dossier.letter.labels import LABEL, day_in

_GAP = re.compile(r"\t+| {2,}")


def cells(line: str) -> list[str]:
    """The stretches of a line that wide spaces or tabs part.

    >>> cells("Datum     3 mei 2024      Bijlagen   2")
    ['Datum', '3 mei 2024', 'Bijlagen', '2']
    """
    return [text.strip() for text in _GAP.split(line) if text.strip()]


def columns(lines: Sequence[str], at: int) -> tuple[int, Mapping[str, str]]:
    """How many lines of a head stand in columns at a place, and the values by their labels.

    Either every label has its value beside it, or a row of labels has the values under it in its order;
    what is the addressee's own ("Uw kenmerk") may have none.

    >>> columns(["Uw kenmerk     Ons kenmerk      Datum", "               2016/334         3 mei 2016"], 0)
    (2, {'ons kenmerk': '2016/334', 'datum': '3 mei 2016'})
    >>> columns(["Datum   3 mei 2016    Ons kenmerk  2016/334"], 0)
    (1, {'datum': '3 mei 2016', 'ons kenmerk': '2016/334'})
    """
    row = cells(lines[at])
    if len(row) == 1 or not all(_label(each) for each in row):
        row = _labels_alone(lines[at]) or row
    if len(row) < 2 or not _label(row[0]):
        return 0, {}
    if all(_label(each) for each in row):
        under = at + 1 + next((i for i, line in enumerate(lines[at + 1 : at + 3]) if line.strip()), 9)
        values = cells(lines[under]) if under < len(lines) else []
        if len(values) < len(row) and values:
            values = _by_words(row, lines[under]) or values
        if not values or len(values) > len(row) or any(_label(each) for each in values):
            return 0, {}
        pairs = _under(row, values)
        return (under - at + 1, pairs) if pairs else (0, {})
    told: dict[str, str] = {}
    for label, value in itertools.pairwise(row):
        if (name := _label(label)) and not _label(value):
            told[name] = value
    return 1, told


def _labels_alone(line: str) -> list[str]:
    """The labels of a line that holds nothing else: "uw kenmerk ons kenmerk datum bijlage"."""
    found: list[str] = []
    at = 0
    while label := LABEL.match(line, at):
        found.append(label["label"])
        at = label.end()
    return found if len(found) > 1 and at == len(line.rstrip()) else []


def _by_words(labels: Sequence[str], line: str) -> list[str]:
    """The values under such a row, where a date is one word and the addressee's own reference may be more.

    >>> _by_words(["uw kenmerk", "ons kenmerk", "datum"], "SV 145 BS/IN/88 12/05/2021")
    ['SV 145', 'BS/IN/88', '12/05/2021']
    """
    day = day_in(line)
    words = line.replace(day[1], day[1].replace(" ", "\u00a0")).split(" ") if day else []
    words = [each.replace("\u00a0", " ") for each in words if each]
    surplus = len(words) - len(labels)
    if surplus > 0 and labels[0].lower().startswith(("uw ", "your ")):
        words = [" ".join(words[: surplus + 1]), *words[surplus + 1 :]]
    place = next((i for i, each in enumerate(labels) if each.lower() in ("datum", "date")), None)
    fits = day and place is not None and len(words) == len(labels) and words[place] == day[1]
    return words if fits else []


def _label(cell: str) -> str | None:
    found = LABEL.fullmatch(cell)
    return found["label"].lower() if found else None


def _under(labels: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """The values by the labels above them, where it is certain which is whose."""
    names = [str(_label(each)) for each in labels]
    own = [each for each in names if not each.startswith(("uw ", "your "))]
    for some in (names, own):
        if len(some) == len(values):
            return dict(zip(some, values, strict=True))
    return {}
