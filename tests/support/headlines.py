"""What a headline must not do, told apart from how it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.site.views.findings import heads
from thuis.site.voice import Voice
from thuis.site.words import finding

MOST = 12
DIRECTION = {
    "nl": r"\b(hoger|lager|vaker|vaakst|hoogst|laagst|minder|meer)\b",
    "en": r"\b(higher|lower|more|most|less|least|highest|lowest)\b",
}


def broken_rules(data: DataFolder) -> list[str]:
    """Every headline of a site that is too long, has brackets or a span, or claims what was not tested."""
    found = []
    for voice in map(Voice, data.languages):
        for indicator in data.indicators:
            for figure in indicator.figures:
                said = finding(figure, voice)
                found += [f"{figure.id}: {why}: {said}" for why in _faults(said, figure, voice)]
        for key, head, _ in heads(data):
            said = voice.say(head.sentence)
            found += [f"{key}: {why}: {said}" for why in _form(said, voice)]
    return found


def _form(said: str, voice: Voice) -> Iterator[str]:
    """A label between quotation marks is a name, whatever numbers are in it."""
    if len(re.findall(r"[\w’.,%-]*\w[\w’.,%-]*", said.replace("\u00a0", ""))) > MOST:
        yield "too long"
    if re.search(r"[()\[\]]", said):
        yield "brackets"
    if re.search(r"\d (tot|to) \d|\bvan \d+.* tot\b|\bfrom \d+.* to\b", re.sub(r"“[^”]*”", "“”", said)):
        yield "an interval"
    if voice.language == "nl" and re.search(r"\d\.\d(?!\d\d)", said):
        yield "an English decimal"


def _faults(said: str, figure: Figure, voice: Voice) -> Iterator[str]:
    yield from _form(said, voice)
    wave = figure.latest()
    nothing = said.startswith(("Geen verschil", "No difference"))
    direction = None if nothing else re.search(DIRECTION[voice.language], said)
    if not direction or wave is None:
        return
    if not figure.dimensions:
        waves = [each for each in figure.changes if each.wave == wave]
        tests = [each for each in waves if voice.wave(each.other_wave) in said]
        if any(each.across_break for each in tests):
            yield "a direction across a break"
        if all(each.verdict == "none" for each in tests):
            yield "a direction that was not shown"
    elif all(each.verdict == "none" for each in figure.contrasts if each.wave == wave):
        yield "a story of a difference that was not shown"
