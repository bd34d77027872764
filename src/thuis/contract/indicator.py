"""An indicator with its figures, as a reader of the data folder meets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thuis.contract.base import Text
from thuis.contract.figure import Figure, Kind
from thuis.contract.monitor import IndicatorRecord


@dataclass(frozen=True)
class Indicator:
    """One indicator with its figures, in the order its author gave them."""

    record: IndicatorRecord
    figures: tuple[Figure, ...]

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def theme(self) -> str:
        return self.record.theme

    @property
    def title(self) -> Text:
        return self.record.title

    @property
    def measures(self) -> Text:
        return self.record.measures

    @property
    def kind(self) -> Kind:
        return self.record.kind

    @property
    def keywords(self) -> Mapping[str, tuple[str, ...]]:
        return self.record.keywords

    def figure(self, breakdown: str) -> Figure | None:
        """The figure for a breakdown, or None when the indicator has none."""
        return next((each for each in self.figures if each.breakdown == breakdown), None)
