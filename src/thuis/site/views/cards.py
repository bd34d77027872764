"""The picture of a theme or a finding, in the frame of figures: what stands beside a link to its page."""

from __future__ import annotations

from thuis.contract.folder import DataFolder
from thuis.contract.monitor import Theme
from thuis.language.letters import ended
from thuis.site.charts.bars import Bars, Group, bars, waves
from thuis.site.charts.drawn import Drawn
from thuis.site.charts.frame import Words, frame
from thuis.site.charts.groups import by_lead
from thuis.site.charts.scale import bar_scale
from thuis.site.charts.thumb import Small, Thumb
from thuis.site.views.breakdown import source_of
from thuis.site.views.figures import asked_whom, main_figure, ranked
from thuis.site.voice import Voice


def of_theme(data: DataFolder, theme: Theme, breakdown: str, voice: Voice) -> str | None:
    """The first indicator of a theme that has numbers, by the groups that lead; None when none has.

    :param breakdown: the groups that lead the monitor.
    """
    for indicator in data.of_theme(theme.id):
        figure = by_lead(indicator, breakdown) or main_figure(indicator)
        wave = figure.latest() if figure else None
        if figure is None or wave is None:
            continue
        scale = bar_scale(indicator.figures)
        rows = (
            bars(figure, wave, scale, voice, ranked=ranked(figure))
            if figure.dimensions
            else waves(figure, scale, voice)
        )
        about = f"{ended(voice.say(indicator.title), '.')} {voice.say(indicator.measures)}"
        return _framed(
            data,
            f"theme/{theme.id}",
            rows,
            (voice.say(theme.title), f"{about} {asked_whom(figure, wave, data, voice)}"),
            voice.t("frame.reading", level=voice.level(figure)),
            voice,
        )
    return None


def of_story(
    data: DataFolder, key: str, title: str, sentence: str, thumb: Thumb | None, voice: Voice
) -> str | None:
    """The small picture of a finding, flow or map, in the frame; None when it has none."""
    if thumb is None:
        return None
    rows = Bars("", (Group("", tuple(_row(each) for each in thumb.rows)),), (), False, thumb.zero)
    return _framed(data, key, rows, (title, sentence), thumb.key, voice)


def _row(small: Small) -> Drawn:
    """From the first place to the last, or from the begin of a bar to its end."""
    at = small.at or (0.0, small.bar or 0.0)
    pair = len(small.at) > 1
    return Drawn(
        small.label,
        at[-1],
        min(at),
        max(at),
        "" if pair else small.value,
        small.value if pair else "",
        moderate=small.mark == "none",
    )


def _framed(data: DataFolder, key: str, rows: Bars, said: tuple[str, str], reading: str, voice: Voice) -> str:
    hidden = voice.count(sum(len(group.rows) for group in rows.groups))
    mark = voice.t("frame.invented") if data.synthetic else ""
    more = voice.t("frame.more-bare", count=hidden)
    return frame(rows, Words(voice.language, *said, reading, source_of(data, key, voice), mark, more))
