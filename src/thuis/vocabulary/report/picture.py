"""A picture of trends: a small panel per term on one axis of years, as SVG that reads without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from thuis.language import texts
from thuis.vocabulary.trend import Point

#: A rate per 100,000 words from fewer words than this says more about the document than about the year.
FEWEST = 10_000
_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP = 720, 96, 200, 60, 56


def trend_svg(points: Sequence[Point], names: Mapping[str, str], language: str = "nl", most: int = 12) -> str:
    """The terms with most hits, a panel each: a line over years, its highest value and year written out.

    Every panel has its own height, told in words; the table beside the picture (``trend.csv``) has it all.
    """
    t = texts("vocabulary", language)
    points, thin = _drawable(points)
    totals: dict[str, int] = {}
    for each in points:
        totals[each.term] = totals.get(each.term, 0) + each.hits
    terms = sorted(totals, key=lambda term: (-totals[term], term))[:most]
    years = sorted({each.year for each in points})
    height = _TOP + _PANEL * max(len(terms), 1) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="title desc" lang="{language}" font-family="system-ui, sans-serif" font-size="13">',
        f'<title id="title">{escape(t("trend.title"))}</title>',
        f'<desc id="desc">{escape(_told(points, terms, names, language))}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="26" font-size="17" font-weight="700">{escape(t("trend.title"))}</text>',
    ]
    for row, term in enumerate(terms):
        series = [each for each in points if each.term == term]
        parts += _panel(series, names.get(term, term), years, _TOP + row * _PANEL, language)
    if years:
        base = _TOP + _PANEL * len(terms) + 14
        parts += [
            f'<text x="{_x(year, years):.1f}" y="{base}" text-anchor="{anchor}">{year}</text>'
            for year, anchor in {years[0]: "start", years[-1]: "end"}.items()
        ]
    if thin:
        note = escape(t("trend.thin", n=f"{FEWEST:,}".replace(",", "." if language == "nl" else ",")))
        parts.append(f'<text x="12" y="{height - 2}" font-size="12">{note}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _drawable(points: Sequence[Point]) -> tuple[Sequence[Point], bool]:
    """The points of years with words enough for a rate; all of them when no year has."""
    enough = [each for each in points if each.words >= FEWEST]
    return (enough, len(enough) < len(points)) if enough else (points, False)


def _panel(series: Sequence[Point], name: str, years: Sequence[int], top: float, language: str) -> list[str]:
    peak = max(series, key=lambda each: each.rate)
    highest = peak.rate or 1.0
    floor = top + _PANEL - 20
    tall = _PANEL - 44

    def y(rate: float) -> float:
        return floor - tall * rate / highest

    line = " ".join(f"{_x(each.year, years):.1f},{y(each.rate):.1f}" for each in series)
    dots = [
        f'<circle cx="{_x(each.year, years):.1f}" cy="{y(each.rate):.1f}" r="2.5"/>'
        for each in series
        if each.hits
    ]
    place = _x(peak.year, years)
    label = f"{_number(peak.rate, language)} ({peak.year})"
    anchor = "end" if place > _WIDTH - 130 else "start"
    return [
        f'<text x="12" y="{floor - tall / 2:.1f}" font-weight="600">{escape(name)}</text>',
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{floor:.1f}" y2="{floor:.1f}" stroke="#767676"/>',
        f'<polyline points="{line}" fill="none" stroke="#0b4f8a" stroke-width="2"/>',
        f'<g fill="#0b4f8a">{"".join(dots)}</g>',
        f'<text x="{place:.1f}" y="{y(peak.rate) - 8:.1f}" text-anchor="{anchor}">{label}</text>',
    ]


def _x(year: int, years: Sequence[int]) -> float:
    span = years[-1] - years[0] or 1
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (year - years[0]) / span


def _told(points: Sequence[Point], terms: Sequence[str], names: Mapping[str, str], language: str) -> str:
    told = []
    for term in terms:
        series = [each for each in points if each.term == term and each.words]
        peak = max(series, key=lambda each: each.rate)
        last = series[-1]
        told.append(
            f"{names.get(term, term)}: {_number(peak.rate, language)} ({peak.year}), "
            f"{_number(last.rate, language)} ({last.year})"
        )
    return "; ".join(told)


def _number(value: float, language: str) -> str:
    text = f"{value:.1f}"
    return text.replace(".", ",") if language == "nl" else text
