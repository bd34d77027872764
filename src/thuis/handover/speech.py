"""In which language a file is made, and the words for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from thuis.contract.figure import Cell, Figure, PublishedCell
from thuis.contract.folder import DataFolder
from thuis.errors import ThuisError, unknown
from thuis.handover.sheet import Cell as SheetCell
from thuis.language import LANGUAGES, texts
from thuis.language.letters import opened
from thuis.site.views.figures import breakdown_name
from thuis.site.voice import Voice


@dataclass(frozen=True)
class Speech:
    """One monitor in one language."""

    data: DataFolder
    language: str

    @cached_property
    def voice(self) -> Voice:
        """Texts of the monitor, numbers and dates."""
        return Voice(self.language)

    @cached_property
    def t(self) -> Callable[..., str]:
        """Texts of the files that are handed over."""
        return texts("handover", self.language)

    def breakdown(self, figure: Figure) -> str:
        """The name of a breakdown above its columns: ``Origin``, ``Origin and generation``, ``Total``."""
        if not figure.dimensions:
            return self.t("sheet.total")
        return opened(breakdown_name(figure, self.voice), self.language)

    def group(self, figure: Figure, key: tuple[str, ...]) -> str:
        """The name of a column: its categories."""
        names = [self.voice.say(d.category(id_).title) for d, id_ in zip(figure.dimensions, key, strict=True)]
        return " · ".join(names) or self.voice.t("figure.everyone")

    def symbol(self, cell: Cell) -> str:
        """The sign that stands instead of a number."""
        return self.t(f"symbol.{cell.reason}")

    def legend(self) -> str:
        """The signs and what they say."""
        reasons = ("confidential", "too-uncertain", "not-asked", "not-applicable")
        return "; ".join(f"{self.t(f'symbol.{r}')} {self.voice.t(f'reason.{r}')}" for r in reasons)

    def source(self) -> str:
        """Publisher, monitor and version, in one line."""
        return self.voice.source(self.data.monitor)


def speech(data: DataFolder, language: str | None = None) -> Speech:
    """The monitor in a language, its first one unless told.

    :raises ThuisError: when the monitor is not in that language, or thuis has no texts in it.
    """
    chosen = language or data.languages[0]
    if chosen not in data.languages:
        raise ThuisError(unknown("language of the monitor", chosen, data.languages))
    if chosen not in LANGUAGES:
        step = "add a folder with texts to thuis.language"
        raise ThuisError(f"thuis has no texts in {chosen!r}", available=LANGUAGES, step=step)
    return Speech(data, chosen)


def number_cell(cell: PublishedCell, value: float, decimals: int) -> SheetCell:
    """A number, in italics when its cell is less precise."""
    return SheetCell(value, "moderate" if cell.reliability == "moderate" else "number", decimals)
