"""Answers to written questions: "Vraag 3" and "Antwoord 3" under one another, with a head of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from thuis.documents.mapped import Mapped
from thuis.documents.source import RAISED, SUPERSCRIPT
from thuis.dossier.letter.head import Head
from thuis.dossier.letter.labels import QUESTION, day_in
from thuis.dossier.letter.lists import TITLE, head_of, is_list

_TITLE = re.compile(
    r"Vragen gesteld door de leden der Kamer|^Vragen van (?:het lid|de leden) "
    r"|^(?:Beantwoording|Antwoord(?:en)?) (?:op|van) (?:de )?(?:schriftelijke |Kamer)?vragen van "
)
_ASKED = re.compile(
    r"Vragen van (?P<who>(?:het lid|de leden) .{3,200}?) aan (?P<to>.{3,200}?) (?P<over>over .{3,600}?)"
    r" ?\(ingezonden\s+(?P<sent>[^)]{5,40})\)",
    re.S,
)
# "Antwoorden op Kamervragen van het lid X (PARTIJ) over Y (2022Z04567)", above the questions themselves.
_OWN_TITLE = re.compile(
    r"^(?P<subject>(?:Beantwoording|Antwoord(?:en)?) (?:op|van) (?:de )?(?:schriftelijke |Kamer)?vragen van "
    r"[^\n]{3,400})$",
    re.M,
)
_GIVEN = re.compile(
    r"Antwoord(?:en)? van (?P<who>.{3,200}?)(?:,\s+mede\s+namens\s.{3,400}?)?"
    r"\s*\(ontvangen\s+(?P<day>[^)]{5,40})\)",
    re.S,
)
_NUMBER = re.compile(r"antwoorden\s+(?P<number>\d{1,4})\s")
_SESSION = re.compile(r"Vergaderjaar (?P<one>\d{4})[-–](?P<two>\d{4})")
_ID = re.compile(r"\bah-[te]k-\d{8}-\d{1,4}\b")
_LOOSE = re.compile(rf"^\s*(?P<number>\d{{1,2}}|[{RAISED}]{{1,2}})\s*(?P<rest>[a-zà-ÿ].*)?$")


def is_answers(text: str) -> bool:
    """Whether a text is a paper of questions and answers.

    >>> is_answers("Vraag 1\\nKlopt dit?\\n\\nAntwoord 1\\nJa."), is_answers("Het antwoord 1 voor 1.")
    (True, False)
    """
    if is_list(text):
        return True
    labels = [found[0] for found in QUESTION.finditer(text)]
    asked = sum(label[0] in "VQ" for label in labels)
    return bool(labels) and 0 < asked < len(labels) and (bool(_TITLE.search(text[:3000])) or len(labels) >= 2)


def read_answers_head(text: str) -> Head:
    """Who asked and who answered, when, and about what, from the head of the printed paper."""
    if TITLE.search(text[:3000]):
        return head_of(text)
    if own := _OWN_TITLE.search(text[:2000]):
        return Head(subject=_line(own["subject"]))
    asked, given = _ASKED.search(text[:4000]), _GIVEN.search(text[:6000])
    day = day_in(given["day"]) if given else None
    number, session, told = _NUMBER.search(text[:2000]), _SESSION.search(text[:500]), _ID.search(text)
    official = told[0] if told else None
    if not official and number and session:
        official = f"ah-tk-{session['one']}{session['two']}-{number['number']}"
    return Head(
        date=day[0] if day else None,
        addressee=_line(asked["who"]) if asked else None,
        subject=_line(f"Vragen van {asked['who']} {asked['over']}") if asked else None,
        sender=_line(given["who"]) if given else None,
        official_id=official,
    )


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def split_labels(lines: Sequence[Mapped]) -> list[Mapped]:
    """Lines with each "Vraag 3" and "Antwoord 3" on a line of its own."""
    return [part for line in lines for part in _parts(line)]


def head_end(lines: Sequence[Mapped], usual: int) -> int:
    """The number of lines before the first question, in a paper that is printed as questions and answers."""
    if not any(_TITLE.search(line.text) or TITLE.search(line.text) for line in lines[:12]):
        return usual
    return next((at for at, line in enumerate(lines) if QUESTION.fullmatch(line.text.strip())), usual)


def markers_back(lines: Sequence[Mapped], expected: int) -> list[Mapped]:
    """Lines with note numbers that slipped to the next line put back, raised, behind what calls them."""
    found: list[Mapped] = []
    for line in lines:
        loose = _LOOSE.match(line.text)
        before = found[-1].text.rstrip() if found else ""
        rest = (loose["rest"] or "") if loose else ""
        if not loose or loose["number"] != str(expected) or not before or (rest and before[-1] in ".!?:;"):
            found.append(line)
            continue
        digits = line[loose.start("number") : loose.end("number")]
        raised = Mapped(digits.text.translate(SUPERSCRIPT), digits.at)
        found[-1] = found[-1][: len(before)] + raised
        found += [line[loose.start("rest") :]] if rest else []
        expected += 1
    return found


_BRACKET_NOTE = re.compile(r"^\s*(?P<number>\d{1,2})\)(?=\s+\S)")
_BRACKET_CALL = re.compile(r"(?<=[\w?.!»”’\")])\s(?P<number>\d{1,2})\)(?=[\s.,;]|$)")


def brackets_raised(lines: Sequence[Mapped]) -> list[Mapped]:
    """Lines with notes in brackets, "bericht? 1)" and "1) NOS, 1 juli 2024", raised.

    Only where the notes stand together at the end and every one is called above.
    """
    start = len(lines)
    wanted: list[int] = []
    for at in range(len(lines) - 1, -1, -1):
        if found := _BRACKET_NOTE.match(lines[at].text):
            start, wanted = at, [int(found["number"]), *wanted]
        elif QUESTION.match(lines[at].text.strip()):
            break
    called = {int(m["number"]) for line in lines[:start] for m in _BRACKET_CALL.finditer(line.text)}
    if not wanted or wanted != list(range(1, len(wanted) + 1)) or not called >= set(wanted):
        return list(lines)
    above = [
        line.sub(
            _BRACKET_CALL,
            lambda m: m["number"].translate(SUPERSCRIPT) if int(m["number"]) in wanted else m[0],
        )
        for line in lines[:start]
    ]
    below = [
        line.sub(_BRACKET_NOTE, lambda m: m["number"].translate(SUPERSCRIPT) + " ") for line in lines[start:]
    ]
    return [*above, *below]


def _parts(line: Mapped) -> list[Mapped]:
    text = line.text
    if QUESTION.fullmatch(text.strip()) or not QUESTION.search(text):
        return [line]
    cuts = {0, len(text)}
    for found in QUESTION.finditer(text):
        before = text[max(0, found.start() - 4) : found.start()]
        opens = not before or re.search(r"[.?!»”’)\d⁰¹²³⁴-⁹]\s+$", before)
        begins = re.match(r"\s+[A-ZÀ-Þ«‘“\"]", text[found.end() :])
        if opens and begins:
            cuts |= {found.start(), found.end()}
    places = sorted(cuts)
    return [line[one:two].strip() for one, two in pairwise(places) if text[one:two].strip()]


def with_own_head(head: Head, text: str, end: int) -> Head:
    """The head of a letter completed with what the head of answers tells."""
    own = read_answers_head(text)
    fields = ("date", "addressee", "subject", "sender", "official_id")
    return replace(head, end=end, **{name: getattr(own, name) or getattr(head, name) for name in fields})
