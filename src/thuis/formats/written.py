"""How a file is written, as far as the file itself does not say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """Encoding, mark between fields, decimal mark and mark between thousands; None is: see for yourself.

    ``encoding`` holds for CSV, SPSS and Stata alike; a CSV without one is UTF-8. ``sheet`` is that of a
    workbook.
    """

    encoding: str | None = None
    delimiter: str = ","
    decimal: str | None = None
    thousands: str | None = None
    sheet: str | None = None
