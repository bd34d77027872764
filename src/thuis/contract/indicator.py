"""An indicator with its figures, as a reader of the data folder meets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thuis.contract.base import Text
from thuis.contract.figure import Figure, Kind
from thuis.contract.monitor import IndicatorRecord


@dataclass(frozen=True)
class Indicator:
    """One indicator with its ``figures``, in the order its author gave them; ``record`` is its own file."""

    record: IndicatorRecord
    figures: tuple[Figure, ...]

    @property
    def id(self) -> str:
        """Its name in addresses and files."""
        return self.record.id

    @property
    def theme(self) -> str:
        """The id of the theme it stands under."""
        return self.record.theme

    @property
    def title(self) -> Text:
        """What it is called, by language."""
        return self.record.title

    @property
    def measures(self) -> Text:
        """What it measures and among whom, by language."""
        return self.record.measures

    @property
    def kind(self) -> Kind:
        """What kind of number it is: a proportion, a mean, a total and so on."""
        return self.record.kind

    @property
    def keywords(self) -> Mapping[str, tuple[str, ...]]:
        """Words under which search finds it, by language."""
        return self.record.keywords

    def figure(self, breakdown: str) -> Figure | None:
        """The figure for a breakdown, or None when the indicator has none."""
        return next((each for each in self.figures if each.breakdown == breakdown), None)
