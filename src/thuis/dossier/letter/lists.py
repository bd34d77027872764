"""Lists of questions and answers whose questions have a number and no word: "1", or "1. Waar is het geld?".

Parliament prints them so ("LIJST VAN VRAGEN EN ANTWOORDEN"). A number is a label where it is the next one and
a question follows it; it then reads "Vraag 1", as in other answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thuis.documents.mapped import Mapped
from thuis.dossier.letter.head import Head
from thuis.dossier.letter.labels import QUESTION, day_in

TITLE = re.compile(
    r"^.{0,60}\bLIJST VAN VRAGEN(?: EN ANTWOORDEN)?\b|^\W*Lijst van vragen en antwoorden\b", re.M
)
_ALONE = re.compile(r"^\s*(?:[Vv]raag\s+)?(?P<number>\d{1,3})[.):]?\s*$")
_OPENS = re.compile(r"^\s*(?P<number>\d{1,3})[.)]?\s+(?=[A-ZÀ-Þ«“\"‘(])")
_WORD = re.compile(r"^\s*Vraag:?\s*$")
_ANSWER = re.compile(r"^\s*Antwoord(?: op (?:de )?vraag)?:?\s*$")
_REACH = 25  # lines that a question may take
_ASKED = re.compile(
    r"(?:De|Het) (?P<by>[^.]{0,40}\bcommissie\b[^.]{0,90}?) heeft (?:een aantal )?vragen voorgelegd\s+"
    r"aan\s+(?:de )?(?P<to>[^.]{3,160}?)\s+over\s+(?P<over>.{3,500}?)\.(?=\s|$)",
    re.S,
)
_SETTLED = re.compile(r"^\s*Vastgesteld (?P<day>\d{1,2} \w+ \d{4})\s*$", re.M)


def is_list(text: str) -> bool:
    """Whether a text is a list of questions and answers that are only numbered.

    >>> title = "LIJST VAN VRAGEN EN ANTWOORDEN\\n\\n"
    >>> is_list(title + "1\\n\\nWat kost dit?\\n\\nNiets.\\n\\n2\\n\\nHoe lang?\\n\\nKort.")
    True
    >>> is_list(title + "Vraag 1\\nWat kost dit?\\n\\nAntwoord 1\\nNiets.")
    False
    """
    if not TITLE.search(text[:3000]):
        return False
    lines = list(Mapped.of(text).lines())
    made = sum(each.text.startswith("Vraag ") for at, each in labelled(lines) if each.text != lines[at].text)
    return made >= 2


def labelled(lines: Sequence[Mapped], first: int = 1) -> list[tuple[int, Mapped]]:
    """The lines, each label of a question or an answer on a line of its own, with the line it comes from.

    :param first: the number that the next question must have.

    >>> text = Mapped.of("1. Wat kost dit?\\n\\nNiets.\\n\\n3. Wie betaalt?\\n\\n2\\n\\nHoe lang?")
    >>> [each.text for _, each in labelled(list(text.lines())) if each.text]
    ['Vraag 1', 'Wat kost dit?', 'Niets.', '3. Wie betaalt?', 'Vraag 2', 'Hoe lang?']
    """
    found: list[tuple[int, Mapped]] = []
    expected, skip = first, -1
    for at, line in enumerate(lines):
        if at <= skip:
            continue
        alone, opens = _ALONE.match(line.text), _OPENS.match(line.text)
        follows = _next(lines, at) if _WORD.match(line.text) else None
        if follows is not None and _is(_ALONE.match(lines[follows].text), expected):
            found.append((at, Mapped.join((line.strip(), lines[follows].strip()), " ")))
            expected, skip = expected + 1, follows
        elif _is(alone, expected) and alone and _asks(lines, at + 1):
            label = line[alone.start("number") : alone.end("number")]
            found.append((at, label.sub(_DIGITS, lambda m: f"Vraag {m[0]}")))
            expected += 1
        elif _is(opens, expected) and opens and _asks(lines, at):
            label = line[opens.start("number") : opens.end("number")]
            found += [(at, label.sub(_DIGITS, lambda m: f"Vraag {m[0]}")), (at, line[opens.end() :])]
            expected += 1
        elif _ANSWER.match(line.text) and expected > first:
            number = expected - 1
            found.append((at, line.strip().sub(_ANSWER, f"Antwoord {number}")))
        else:
            found.append((at, line))
    return found


_DIGITS = re.compile(r"\d+")


def _is(label: re.Match[str] | None, expected: int) -> bool:
    return label is not None and int(label["number"]) == expected


def _next(lines: Sequence[Mapped], at: int) -> int | None:
    return next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].text.strip()), None)


def _asks(lines: Sequence[Mapped], at: int) -> bool:
    """Whether the paragraph that begins here, or after empty lines, asks something."""
    return any("?" in text for text in _paragraph(lines, at))


def _paragraph(lines: Sequence[Mapped], at: int) -> Iterator[str]:
    begun = False
    for line in lines[at : at + _REACH]:
        text = line.text.strip()
        if begun and (not text or QUESTION.fullmatch(text)):
            return
        begun = begun or bool(text)
        yield text


def head_of(text: str) -> Head:
    """Who asked whom about what, and when the list was settled."""
    asked, settled = _ASKED.search(text[:4000]), _SETTLED.search(text[:3000])
    day = day_in(settled["day"]) if settled else None
    return Head(
        date=day[0] if day else None,
        addressee=" ".join(asked["by"].split()) if asked else None,
        sender=" ".join(asked["to"].split()) if asked else None,
        subject=f"Lijst van vragen en antwoorden over {' '.join(asked['over'].split())}" if asked else None,
    )
