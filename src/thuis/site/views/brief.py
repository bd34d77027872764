"""An indicator in at most four lines, the number first."""

from __future__ import annotations

from thuis.contract.figure import Figure, PublishedCell
from thuis.contract.indicator import Indicator
from thuis.language.sentences import since
from thuis.site.voice import Voice
from thuis.site.words import latest_change, named


def brief(indicator: Indicator, main: Figure | None, voice: Voice) -> list[tuple[str, str]]:
    """The total, the highest group, the comparison group, and how many groups were shown to differ.

    Each is a number with its margin and the words after it; what is not published has no line.
    """
    total = indicator.figure("total")
    found = [*_total(total, voice)] if total else []
    if main is not None and len(main.dimensions) == 1:
        found += _groups(main, voice)
    return found[:4]


def margin(cell: PublishedCell, figure: Figure, voice: Voice) -> str:
    """An estimate and the longer arm of its interval, so that the interval always lies within what is said.

    An interval of a share is not symmetrical: the mean of both arms would promise too much on one side.
    """
    arm = max(cell.upper - cell.estimate, cell.estimate - cell.lower)
    return f"{voice.value(cell.estimate, figure)} ± {voice.number(arm, figure.decimals)}"


def _total(total: Figure, voice: Voice) -> list[tuple[str, str]]:
    wave = total.latest()
    cell = total.cell(wave, ()) if wave else None
    if wave is None or cell is None or cell.status == "withheld":
        return []
    change = latest_change(total, wave)
    said = since(change.other_wave, change.verdict, change.across_break, voice.language) if change else ""
    words = voice.t("short.everyone", wave=wave)
    return [(margin(cell, total, voice), f"{words}; {said}" if said else words)]


def _groups(main: Figure, voice: Voice) -> list[tuple[str, str]]:
    wave = main.latest()
    cells = [cell for cell in main.published() if cell.wave == wave]
    if wave is None or len(cells) < 2:
        return []
    dimension = main.dimensions[0]
    top = max(cells, key=lambda cell: cell.estimate)
    lines = [(margin(top, main, voice), voice.t("short.top", group=_name(main, top, voice)))]
    reference = next((cell for cell in cells if cell.key == (dimension.reference,)), None)
    if reference is None:
        low = min(cells, key=lambda cell: cell.estimate)
        return [*lines, (margin(low, main, voice), voice.t("short.bottom", group=_name(main, low, voice)))]
    name = _name(main, reference, voice)
    if reference is not top:
        lines.append((margin(reference, main, voice), voice.t("short.reference", group=name)))
    verdicts = [c.verdict for c in main.contrasts if c.wave == wave and c.other == reference.key]
    if len(verdicts) == 1:
        lines.append((voice.t(f"short.pair.{_shown(verdicts[0])}"), voice.t("short.pair.differ")))
    elif verdicts:
        shown = sum(each != "none" for each in verdicts)
        count = voice.t("short.count", shown=voice.count(shown), of=voice.count(len(verdicts)))
        lines.append((count, voice.t("short.differ", reference=name)))
    return lines


def _shown(verdict: str) -> str:
    return "none" if verdict == "none" else "shown"


def _name(figure: Figure, cell: PublishedCell, voice: Voice) -> str:
    return named(figure.dimensions[0].category(cell.key[0]), voice).inside(voice.language)
