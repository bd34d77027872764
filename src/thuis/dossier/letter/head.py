"""The head of a letter: what it says about itself before its first sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thuis.documents.mapped import Mapped
from thuis.dossier.cite.dates import DATE, MONTHS
from thuis.dossier.letter.columns import columns
from thuis.dossier.letter.furniture import LABELLED, REFERENCE
from thuis.dossier.letter.labels import LABEL, SALUTATION, SUBJECT, addressee_in, day_in, stacked
from thuis.dossier.letter.model import Removed

_DATED = re.compile(
    r"^\s*(?:(?i:Dat(?:um|e))\s*:?\s*"
    r"|(?:(?i:Den Haag|The Hague|[’'‘]s-Gravenhage)|[A-Z][\w'’ -]{2,25}),?\s+(?=\S))"
)
_TITLE = re.compile(
    r"^\s*(?:Nr\.\s*(?:\d{1,5}|[A-Z]{1,3})\s+|(?P<letter>[A-Z]{1,3})\s+)?"
    r"(?:BRIEF VAN (?:DE |HET )?|LETTER FROM (?:THE )?)"
    r"(?P<sender>[A-Z][A-ZÀ-Þ,\- ]{5,160})\s*$"
)
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ,\- ]{3,}")
_DOSSIER = re.compile(
    r"^\s*(?P<dossier>\d{2}[ .\u00a0]?\d{3}(?:[- ]?[IVXLC]+|-\d{2})?)\s+(?P<title>[A-Z]\S.*)$"
)
# Of the upper house: a dossier without a bill has a Roman number.
_ROMAN = re.compile(r"^(?P<dossier>[IVXLC]{1,8}) (?P<title>[A-Z]\S.*)$")
_CHAPTER = re.compile(r"(?=[IVXLC])X{0,3}(?:IX|IV|V?I{0,3})[A-E]?")
_BARE_DOSSIER = re.compile(r"^\d{2}[ .\u00a0]?\d{3}(?:[- ]?[IVXLC]+|-\d{2})?$")
_NUMBER = re.compile(
    r"^\s*(?:Nr\.\s*(?P<number>\d{1,5}|[A-Z]{1,3})\b|nr\.\s*(?P<low>\d{1,5}|[A-Z]{1,3})\s*$)"
)
_LABELLED = re.compile(
    r"^\s*(?:Onze referentie|Ons kenmerk|Kenmerk|Our ref(?:erence|\.)?)\s*:?\s*(?P<value>\S.*)?$", re.I
)
_OTHER_LABEL = re.compile(
    r"(?:Zaaknummer|Portefeuillehouder|Bijlagen?|Behandeld door|Contactpersoon|Datum|Van|Aan)\s*:"
    r"|(?-i:DATUM|(?:UW|ONS) KENMERK)\b",
    re.I,
)
_CASE = re.compile(r"^\s*(?:Zaaknummer|Registratienummer|Documentnummer)\s*:?\s*(?P<value>\S.*)$", re.I)
_ANY_REFERENCE = re.compile(r"(?=[^\d]*\d)[A-Z0-9][\w./-]*(?: [\w./-]*\d[\w./-]*)?")
_FLEMISH = re.compile(r"^(?:VICEMINISTER-PRESIDENT|VLAAMS MINISTER|MINISTER-PRESIDENT)\b[A-ZÀ-Þ,\- ]*$")
_ON_QUESTION = re.compile(r"^op (?:de )?(?:schriftelijke )?vraag nr\. (?P<number>\d{1,4}) van .{6,40}$", re.I)
_LIMIT = 70  # lines among which the head must end


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a letter gives; ``end`` is the number of lines it takes.

    ``doubts`` are fields that OCR made hard to read: their name, what stands there, what was read.
    """

    end: int = 0
    date: date | None = None
    reference: str | None = None
    addressee: str | None = None
    subject: str | None = None
    sender: str | None = None
    dossier: str | None = None
    number: str | None = None
    salutation: bool = False
    official_id: str | None = None
    doubts: tuple[tuple[str, str, str], ...] = ()

    @property
    def signs(self) -> int:
        """How many of the things that make a letter are there."""
        return sum(
            bool(each) for each in (self.date, self.addressee, self.subject, self.sender, self.salutation)
        )

    @property
    def column(self) -> list[str]:
        """Values that an info column repeats on later pages."""
        values = [self.reference] if self.reference else []
        if self.date:
            values.append(f"{self.date.day} {list(MONTHS)[self.date.month - 1]} {self.date.year}")
        return values


def read_head(lines: Sequence[Mapped]) -> Head:
    """The head of a letter from its first lines.

    >>> head = read_head([Mapped.of(t) for t in ("De voorzitter van de Tweede Kamer", "der Staten-Generaal",
    ...     "Datum 14 november 2022", "Betreft Reactie op het", "rapport", "", "De samenleving")])
    >>> head.end, head.date, head.subject
    (5, datetime.date(2022, 11, 14), 'Reactie op het rapport')
    >>> head.addressee
    'voorzitter van de Tweede Kamer der Staten-Generaal'
    """
    found: dict[str, object] = {}
    end = 0
    texts = [line.text.strip() for line in lines[:_LIMIT]]
    under, told = stacked(texts)
    for label, value in told.items():
        _stacked_value(label, value, found)
    subject_at = next((i for i, text in enumerate(texts) if SUBJECT.match(text) or _low(texts, i)), None)
    for index, text in enumerate(texts):
        if len(text) > 60 and index > end + 8 and end:
            break
        if "salutation" in found and text and not (LABEL.match(text) and len(text) < 100):
            break  # what stands under the salutation is the letter, also a line that begins with a date
        used = _line(text, index, texts, found)
        if used:
            end = max(end, index + used)
    end = max(end, under)
    if subject_at is None and (placed := _by_place(texts, end, found)):
        found["subject"], end = texts[placed - 1], placed
    if subject_at is not None and "subject" not in found:
        subject, used = _subject(texts, subject_at)
        found["subject"] = subject
        end = max(end, subject_at + used)
    return Head(end, **found)  # type: ignore[arg-type]


def column_head(column: Sequence[Removed]) -> Head:
    """What the info column of a later page gives: date and reference, of a letter without its first page."""
    lines = [each.body.text.strip() for each in column]
    texts = [told["value"] if (told := LABELLED.match(each)) else each for each in lines]
    day = next((found[0] for text in texts if (found := day_in(text)) and found[1] == text), None)
    return Head(date=day, reference=_reference(None, texts))


def _line(text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    """How many lines of the head this line is; what it tells is put in ``found``."""
    return next((used for read in _READERS if (used := read(text, index, texts, found))), 0)


def _stacked_value(label: str, value: str, found: dict[str, object]) -> None:
    if label in ("datum", "date"):
        _day(value, found)
    elif label in ("betreft", "onderwerp", "subject"):
        found["subject"] = value
    elif label in ("ons kenmerk", "onze referentie", "kenmerk") or label.startswith("our ref"):
        found["reference"] = value
    elif label in ("zaaknummer", "registratienummer", "documentnummer"):
        found.setdefault("reference", value)


def _day(text: str, found: dict[str, object]) -> bool:
    """Whether a line tells the date of the letter; what OCR misread is a doubt."""
    told = day_in(text)
    if told and "date" not in found:
        found["date"] = told[0]
        if re.search(r"\d[lIOo]|[lIOo]\d", told[1]):
            found["doubts"] = (("date", told[1], told[0].isoformat()),)
    return bool(told)


def _date(text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    if len(text) < 60 and (dated := _DATED.match(text)) and (told := day_in(text)):
        at = text.index(told[1])
        # "Sinds 3 mei 2019 geldt dit." begins as a place does, and goes on.
        goes_on = re.match(r" ?[a-z]", text[at + len(told[1]) :])
        return int(at <= dated.end() + 2 and not goes_on and _day(text, found))
    if index < 14 and "date" not in found and (told := day_in(text)) and told[1] == text:
        return int(_day(text, found))
    if text.lower() in ("datum", "date", "datum:", "date:") and index + 1 < len(texts):
        told = day_in(texts[index + 1])
        return 2 if told and told[1] == texts[index + 1] and _day(texts[index + 1], found) else 0
    return 0


def _addressee(text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    # The name of the House may stand on the next line, or the next but one.
    more = next((each for each in texts[index + 1 : index + 3] if each), "") if text.endswith("de") else ""
    who = addressee_in(text) or addressee_in(f"{text} {more}")
    if who:
        after = texts[index : index + 8]
        if "Staten" not in who and "der Staten-Generaal" in after:
            who += " der Staten-Generaal"
        found.setdefault("addressee", who)
    return bool(who)


def _title(text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    """ "Nr. 378 BRIEF VAN DE MINISTER …", which may run over lines in capitals."""
    title = _TITLE.match(text)
    used = 1
    if title:
        sender = title["sender"]
        while index + used < len(texts) and _CAPITALS.fullmatch(texts[index + used]):
            sender += f" {texts[index + used]}"
            used += 1
        found.setdefault("sender", sentence_case(sender))
    number = _NUMBER.match(text)
    if number:
        found.setdefault("number", number["number"] or number["low"])
    elif title and title["letter"]:
        found.setdefault("number", title["letter"])
    elif re.fullmatch(r"[A-Z]{1,3}|\d{1,4}", text) and any(
        _TITLE.match(each) for each in texts[index + 1 : index + 3]
    ):
        found.setdefault("number", text)
        return 1
    return used if title or number else 0


def _dossier(text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    early = index < 12 or any(_TITLE.match(each) for each in texts[index + 1 : index + 4])
    if early and _BARE_DOSSIER.match(text):
        # In print of 2008 the number stands above the title of the dossier.
        title = next((i for i in range(index + 1, min(index + 4, len(texts))) if texts[i]), index)
        number = re.sub(r"[ .\u00a0](?=\d)", "", text).replace(" ", "-")
        if title > index and "-" not in number and _CHAPTER.fullmatch(texts[title]):
            found.setdefault("dossier", f"{number}-{texts[title]}")  # the chapter of a budget
            return title - index + 1
        found.setdefault("dossier", number)
        return title - index + 1 if title > index and not _NUMBER.match(texts[title]) else 1
    dossier = _DOSSIER.match(text) if early else None
    if not dossier and early and any(_TITLE.match(each) for each in texts[index + 1 : index + 4]):
        dossier = _ROMAN.match(text)
    if dossier:
        found.setdefault("dossier", re.sub(r"[ .\u00a0](?=\d)", "", dossier["dossier"]).replace(" ", "-"))
    return bool(dossier)


def _labelled(text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    label = _LABELLED.match(text)
    reference = _reference(label["value"], texts[index + 1 : index + 4]) if label else None
    # What stands behind its own label on the line is a reference in whatever form.
    if label and label["value"] and not reference and _ANY_REFERENCE.fullmatch(label["value"].strip()):
        reference = label["value"].strip()
    if label and not label["value"] and not reference:
        # A number of a house's own, right under its label.
        at = next((i for i in range(index + 1, min(index + 3, len(texts))) if texts[i]), None)
        own = texts[at] if at is not None else ""
        if at is not None and len(own) > 3 and _ANY_REFERENCE.fullmatch(own) and not day_in(own):
            found.setdefault("reference", own)
            return at - index + 1
    if not label and (case := _CASE.match(text)):
        found.setdefault("reference", case["value"].strip())
        return 1
    if reference:
        found.setdefault("reference", reference)
    return bool(reference)


def _greeting(text: str, _index: int, _texts: Sequence[str], found: dict[str, object]) -> int:
    if SALUTATION.match(text):
        found["salutation"] = True
    return bool(SALUTATION.match(text))


def _columns(_text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    """Labels beside one another, with their values beside or under them."""
    used, told = columns(texts, index)
    for label, value in told.items():
        _stacked_value(label, value, found)
    return used


def _flemish(text: str, index: int, texts: Sequence[str], found: dict[str, object]) -> int:
    """The head of an answer by a Flemish minister: the offices in capitals, "op vraag nr. 145 van …"."""
    if _FLEMISH.match(text) and index < 8:
        used = 1
        while text.endswith((",", " EN")) and index + used < len(texts):
            if not _CAPITALS.fullmatch(texts[index + used]):
                break
            text += f" {texts[index + used]}"
            used += 1
        office = sentence_case(text)
        found["sender"] = f"{found['sender']}, {office}" if "sender" in found else office
        return used
    asked = _ON_QUESTION.match(text)
    if not asked or not texts[index - 1].lower().startswith("antwoord"):
        return 0
    by = texts[index + 1] if index + 1 < len(texts) and texts[index + 1].startswith("van ") else ""
    found.setdefault("number", asked["number"])
    found.setdefault("subject", " ".join(filter(None, ("Antwoord", text, by))))
    return 2 if by else 1


_READERS = (_columns, _flemish, _date, _addressee, _title, _dossier, _labelled, _greeting)


def _reference(value: str | None, after: Sequence[str]) -> str | None:
    for text in (value or "", *after):
        if (found := REFERENCE.fullmatch(text.strip())) and not DATE.fullmatch(text.strip()):
            return found[0]
    return None


def _subject(texts: Sequence[str], at: int) -> tuple[str, int]:
    first = SUBJECT.match(texts[at][:1].upper() + texts[at][1:])
    parts = [first["rest"]] if first and first["rest"] else []
    used = 1
    for text in texts[at + 1 : at + 8]:
        if not text or SALUTATION.match(text) or _LABELLED.match(text) or _OTHER_LABEL.match(text):
            break
        if columns(texts, at + used)[0]:
            break
        parts.append(text)
        used += 1
    return re.sub(r"\s+", " ", " ".join(parts)).strip(), used


def _low(texts: Sequence[str], at: int) -> bool:
    """Whether "onderwerp …" without a capital is a label: another one stands in the line above or below."""
    if not texts[at].startswith(("onderwerp", "betreft")) or not SUBJECT.match(texts[at].capitalize()):
        return False
    above = next((each for each in reversed(texts[max(0, at - 2) : at]) if each), "")
    below = next((each for each in texts[at + 1 : at + 3] if each), "")
    return any(LABEL.match(each) and len(each) < 60 for each in (above, below))


_WORDS = re.compile(r"[A-ZÀ-Þ][^.;?!]{12,110}[^\s.,:;?!]")


def _by_place(texts: Sequence[str], end: int, found: Mapping[str, object]) -> int:
    """Where a subject without a label ends, as before about 2000: a line by itself between head and letter.

    Only where the head says to whom and when and nothing else (no dossier, no salutation) begins the letter.
    """
    told = {"date", "addressee"} <= found.keys() and not found.keys() & {"subject", "dossier", "salutation"}
    at = next((i for i in range(end, min(end + 3, len(texts))) if texts[i]), None)
    if not told or at is None or at + 2 >= len(texts) or texts[at + 1] or at == end:
        return 0
    alone = _WORDS.fullmatch(texts[at]) and texts[at].count(" ") >= 2 and not LABEL.match(texts[at])
    return at + 1 if alone and len(texts[at + 2]) > 60 else 0


def sentence_case(title: str) -> str:
    """A title in capitals as it is written elsewhere.

    >>> sentence_case("MINISTER VAN SOCIALE ZAKEN EN WERKGELEGENHEID")
    'Minister van Sociale Zaken en Werkgelegenheid'
    """
    small = {"van", "voor", "en", "de", "het", "der", "op", "in"}
    words = re.split(r"([ -])", title.strip().rstrip(",").lower())
    return "".join(w if w in small and i else w[:1].upper() + w[1:] for i, w in enumerate(words))


def is_salutation(text: str) -> bool:
    """Whether a line is "Geachte voorzitter,"."""
    return bool(SALUTATION.match(text))
