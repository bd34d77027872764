"""Labels that say that somebody did not answer, in the languages surveys come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_NO_ANSWER = (
    r"(ik )?weet (ik )?(het )?niet.*|(ik )?weet 't niet.*|weet niet.*|geen (antwoord|opgave|mening).*"
    r"|(ik )?wil (ik )?(dat )?niet zeggen.*|wil niet (zeggen|antwoorden).*|weiger.*|geweigerd.*|onbekend"
    r"|niet van toepassing.*|n\.?v\.?t\.?|niet (ingevuld|gevraagd|gesteld|beantwoord).*|zeg ik liever niet.*"
    r"|(i )?do(n.?t| not) know.*|dont know.*|can.?t (say|choose).*|cannot choose.*|dk\b.*"
    r"|no answer.*|na|nap|iap.*"
    r"|refus.*|unknown|not (applicable|available|asked|answered|stated|ascertained).*|inap.*|n/?a|skipped.*"
    r"|missing.*|no (opinion|response).*|non.?response|prefer not to (say|answer).*"
    r"|(rather|will) not (say|answer).*"
    r"|wei(ss|ß) nicht.*|keine (angabe|antwort).*|verweigert.*|trifft nicht zu.*|nicht zutreffend.*"
    r"|ne sa(it|is) pas.*|nsp|sans r[ée]ponse.*|refus de r[ée]pondre.*|non concern[ée].*|vet (ikke|ej|inte).*"
    r"|ved ikke.*|uoppgitt.*|no sabe.*|no contesta.*|ns/?nc|non (so|risponde).*"
)
_NUMBERED = re.compile(r"^[\s(\[-]*-?\d{0,4}[\s.:)\]=-]*")


@cache
def _said() -> re.Pattern[str]:
    """Compiled when the first label is read: many files have none."""
    return re.compile(_NO_ANSWER, re.IGNORECASE)


def no_answer(label: str) -> bool:
    """Whether a label says that there is no answer.

    >>> [no_answer(each) for each in ("Don't know", "88. Refusal", "weet niet", "Not applicable", "Never")]
    [True, True, True, True, False]
    """
    text = _NUMBERED.sub("", label.strip()).strip(" \t.!?()[]'\"")
    return bool(_said().fullmatch(text))


def unanswered(labels: Mapping[str, str]) -> tuple[str, ...]:
    """The codes whose label says that there is no answer."""
    return tuple(code for code, label in labels.items() if no_answer(label))
