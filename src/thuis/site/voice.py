"""One language: its texts, its numbers, its dates; templates speak through a :class:`Voice` alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from thuis.contract.area import Story
from thuis.contract.figure import Estimate, Figure
from thuis.contract.monitor import Monitor
from thuis.errors import ThuisError
from thuis.language import dates, numbers, texts
from thuis.language.direction import named

EVEN = 0.005
"""A design effect this near one leaves n as it is."""


class Measured(Protocol):
    """What a value needs to be written: a figure, a panel, a map."""

    @property
    def kind(self) -> str: ...

    @property
    def decimals(self) -> int: ...

    @property
    def unit(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Voice:
    """Texts and formats of one language.

    >>> Voice("nl").number(-1234.56, 1), Voice("en").number(-1234.56, 1)
    ('−1.234,6', '−1,234.6')
    """

    language: str

    def t(self, key: str, **values: object) -> str:
        """A text of the interface."""
        return texts("site", self.language)(key, **values)

    def tongue(self, language: str) -> str:
        """What a language is called in this one.

        >>> Voice("nl").tongue("en"), Voice("fy").tongue("fy")
        ('Engels', 'Frysk')
        """
        return named(language, self.language)

    def say(self, text: Mapping[str, str] | str | None) -> str:
        """A text of the monitor in this language; nothing when there is none.

        :raises ThuisError: when the text exists, but not in this language.
        """
        if not text:
            return ""
        if isinstance(text, str):
            return text
        if self.language not in text:
            sample = next(iter(text.values()), "")
            raise ThuisError(
                f"a text has no {self.language!r}: {str(sample)[:60]!r}",
                available=tuple(text),
                step="add the translation to the project folder",
            )
        return text[self.language]

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with a fixed count of decimals and a true minus sign; zero has no sign."""
        return numbers.number(value, decimals, self.language)

    def count(self, value: int | None) -> str:
        """A whole number, thousands apart."""
        return "" if value is None else self.number(value)

    def base(self, cell: Estimate) -> str:
        """The respondents of a cell; where weights or clusters leave it another, the effective number too.

        That is n over the design effect (Kish, 1965), both published.
        """
        if not cell.n or not cell.deff or abs(cell.deff - 1) < EVEN:
            return self.count(cell.n)
        return self.t("figure.base", n=self.count(cell.n), effective=self.count(round(cell.n / cell.deff)))

    def value(self, value: float, of: Measured) -> str:
        """An estimate with its unit where the unit is a sign: ``31,2 %`` in Dutch, ``31.2%`` in English."""
        write = self.percent if of.kind == "proportion" else self.number
        return write(value, of.decimals)

    def signed(self, value: float, of: Measured) -> str:
        """A difference, with its sign; one that rounds to zero has none."""
        return numbers.signed(value, of.decimals, self.language)

    def span(self, low: float, high: float, of: Measured) -> str:
        """An interval in words that survive negative numbers and speech: ``29,0 tot 33,4``."""
        return numbers.interval(low, high, of.decimals, self.language)

    def level(self, figure: Figure) -> str:
        """The confidence level: ``95 %`` or ``95%``."""
        return self.percent(figure.level * 100)

    def percent(self, value: float, decimals: int = 0) -> str:
        """A percentage."""
        return numbers.percent(value, decimals, self.language)

    def source(self, monitor: Monitor) -> str:
        """Publisher, monitor and version, in one line."""
        version = self.t("footer.version", version=monitor.version, date=self.day(monitor.released))
        return f"{self.say(monitor.publisher.name)}, {self.say(monitor.title)}, {version}"

    def wave(self, id_: str) -> str:
        """A wave as a reader calls it: ``2021-03`` is a month."""
        return dates.wave(id_, self.language)

    def dated(self, title: Mapping[str, str], wave: str) -> str:
        """A title with its wave; a question keeps its mark."""
        said = self.say(title)
        return f"{said}{' ' if said.endswith(('?', '!', '.')) else ', '}{self.wave(wave)}"

    def named(self, story: Story) -> str:
        """The name of a story, with the wave of its figures where it has one and does not name it."""
        wave = getattr(story, "wave", None)
        said = self.say(story.title)
        return said if not wave or self.wave(wave) in said else self.dated(story.title, wave)

    def unit(self, of: Measured) -> str:
        """What the figure counts in, as a word."""
        return self.t("figure.percentage") if of.kind == "proportion" else self.say(of.unit)

    def difference_unit(self, of: Measured) -> str:
        """What a difference counts in: percentage points, not per cent."""
        return self.t("figure.points") if of.kind == "proportion" else self.say(of.unit)

    def reason(self, cell: Estimate, *, long: bool = False) -> str:
        """Why a cell is empty."""
        return self.t(f"{'reason-long' if long else 'reason'}.{cell.reason}")

    def day(self, value: date | str | None) -> str:
        """A date in words, or its month; a text that is no ISO date is shown as it is."""
        return dates.spoken(value, self.language)
