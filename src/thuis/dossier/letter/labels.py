"""What the head of a letter says of a date, an addressee, a subject, in Dutch and English, also after OCR."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from thuis.dossier.cite.dates import MONTHS
from thuis.dossier.letter.furniture import REFERENCE
from thuis.language.months import ENGLISH

_ALL = {**MONTHS, **{name: number for number, name in enumerate(ENGLISH, 1)}}
_MONTH = "|".join(_ALL)
_D = "[0-9lIOo]"  # digits, and the letters that OCR reads for them
_DAY = re.compile(
    rf"(?:(?P<day>{_D}{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})"
    rf"|(?P<en>{_MONTH})\s+(?P<nth>{_D}{{1,2}})),?\s+"
    rf"(?P<year>[12l]{_D}{{3}})\b|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<dutch>\d\d?[-/.]\d\d?[-/.](?:19"
    r"|20)\d\d)\b",
    re.I,
)
_READ = str.maketrans("lIOo", "1100")
LABEL = re.compile(
    r"\s*(?P<label>Datum|Date|Betreft|Onderwerp|Subject|Re(?=:)|Uw (?:kenmerk|referentie|brief(?: van)?)"
    r"|Ons kenmerk|Onze referentie|Kenmerk|Zaaknummer"
    r"|Registratienummer|Documentnummer|Our ref(?:erence|\.)?|Your ref(?:erence|\.)?|Bijlagen?"
    r"|Bijlage\(n\)|Enclosures?"
    r"|Contactpersoon|Behandeld door|Doorkiesnummer|Telefoon|Inlichtingen bij)\s*:?\s*",
    re.I,
)
SUBJECT = re.compile(
    r"^\s*(?:Betreft|BETREFT|Betreffende|Onderwerp|ONDERWERP|Subject|R[Ee]:?(?=\s+[A-Z]))\s*:?(?:\s+"
    r"|$)(?P<rest>.*)$"
)
SALUTATION = re.compile(
    r"^\s*(?:Zeer )?(?:Geachte|Mijnheer de|Mevrouw de|Dear|Honou?rable)\s+"
    r"(?:heer |mevrouw |Mr\.? |Ms\.? |Madam )?(?:voorzitter|leden|president|speaker|chair\w*)\b.{0,30}$"
    r"|^\s*(?:Zeer )?(?:Geachte|Dear) .{2,40},\s*$",
    re.I,
)
ADDRESS = re.compile(
    r"^\s*(?:Aan\s+|To\s+)?(?:de\s+|the\s+)?"
    r"(?P<who>(?:V[o0]{2}rz[i1l]tt?er|leden|President|Speaker)\s+(?:van\s+de|of\s+the)"
    r"\s+(?:(?:Tweede|Eerste)\s+Ka(?:m|rn)er|House\s+of\s+Representatives|Senate)"
    r"(?:\s+(?:der|of\s+the)\s+States?n?[- ]General?a?a?l?)?)"
    r"\s*(?:,?\s+(?:Postbus|Binnenhof|Prinses Irenestraat|P\.?O\.? Box|\d{4} ?[A-Z]{2}\b).{0,80})?$",
    re.I,
)
ELSEWHERE = re.compile(
    r"^\s*(?:Aan:?\s+)?(?:de )?(?P<council>(?:raad van de gemeente|voorzitter van het) [A-Z][\w -]{2,40})$"
    r"|^\s*Aan:?\s+(?:de |het )?(?P<who>(?:voorzitter van (?:het|de) (?:Vlaams Parlement"
    r"|provinciale staten|gemeenteraad)"
    r"|(?:algemeen|dagelijks) bestuur|(?:leden van de )?(?:gemeenteraad|provinciale staten))\b.{0,40})$"
    r"|^\s*(?P<staten>Provinciale Staten van [A-Z][\w-]+)$"
    r"|^\s*Aan:?\s+(?:de |het )?(?P<other>(?:minister(?:-president)?|staatssecretaris) (?:van|voor) .{4,80}"
    r"|minister-president|(?:voorzitter|leden|griffier) van de (?:vaste |algemene |raads)?commissie .{3,90}"
    r"|college van (?:burgemeester en wethouders|gedeputeerde staten|B ?& ?W)\b.{0,50})$",
    re.I,
)
"""Who is addressed by a municipality, a province, a water board, an agency or a Flemish minister."""
# "Vraag 3", "Vragen 4 en 5", "Antwoord op vraag 6"
_WHICH = r"\d{1,3}(?:(?:, ?\d{1,3})*,? (?:en|t/m|tot en met|and|to) \d{1,3})*"
QUESTION = re.compile(
    r"\b(?:Vragen|Vraag|Antwoorden|Antwoord|Questions?|Answers?)"
    r"(?: (?:op )?(?:de )?vra(?:ag|gen)| to questions?)?"
    rf" {_WHICH}[:.]?"
)
_CODE = re.compile(r"[A-Z][A-Z&/.-]*[ /-]?\d[\w/.-]*|[A-Z]{2,}[\w&/.-]*(?: \d{4,})?")


def day_in(text: str) -> tuple[date, str] | None:
    """The first date in a line and how it stands there.

    >>> day_in("The Hague, May 3, 2023"), day_in("Den Haag, l9 november 2O21")
    ((datetime.date(2023, 5, 3), 'May 3, 2023'), (datetime.date(2021, 11, 19), 'l9 november 2O21'))
    """
    for found in _DAY.finditer(text):
        try:
            if found["iso"]:
                return date.fromisoformat(found["iso"]), found[0]
            if found["dutch"]:
                day, month, year = map(int, re.split("[-/.]", found["dutch"]))
                return date(year, month, day), found[0]
            told = ((found["day"] or found["nth"]).translate(_READ), found["year"].translate(_READ))
            return date(int(told[1]), _ALL[(found["month"] or found["en"]).lower()], int(told[0])), found[0]
        except ValueError:
            continue
    return None


def addressee_in(text: str) -> str | None:
    """To whom a line is addressed, letters that OCR misread put right."""
    found = ADDRESS.match(text)
    if not found:
        elsewhere = ELSEWHERE.match(text)
        return next(who for who in elsewhere.groups() if who).strip() if elsewhere else None
    who = re.sub(r"\s+", " ", found["who"])
    return re.sub(
        "Karner",
        "Kamer",
        re.sub(r"^(V)[o0]{2}rz[i1l]t", r"\1oorzit", re.sub("^v[o0]{2}rz[i1l]t", "voorzit", who)),
    )


def stacked(texts: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Labels that stand above one another, and under them their values: where they end, and the values.

    >>> stacked(["Datum", "Betreft", "17 november 2009", "Integratiebrief", "Geachte Voorzitter,"])
    (4, {'datum': '17 november 2009', 'betreft': 'Integratiebrief'})
    """
    for start in range(len(texts) - 1):
        labels: list[str] = []
        while start + len(labels) < len(texts) and (found := LABEL.fullmatch(texts[start + len(labels)])):
            labels.append(found["label"].lower())
        if len(labels) < 2:
            continue
        values: list[str] = []
        begins = end = start + len(labels)
        for at, text in enumerate(texts[begins : start + 3 * len(labels) + 4], begins):
            if SALUTATION.match(text) or LABEL.match(text) or (not text and len(values) >= len(labels)):
                break
            if text:
                values.append(text)
                end = at + 1
        if values:
            return end, _paired(labels, values)
    return 0, {}


def _paired(labels: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Each label with the value of its kind; the subject is what no other label takes."""
    left = list(values)
    found: dict[str, str] = {}
    for label in labels:
        if label in ("datum", "date"):
            fits = [each for each in left if (day := day_in(each)) and len(day[1]) > len(each) - 4]
        elif label.startswith(("betreft", "onderwerp", "subject")):
            continue
        elif label.startswith(("bijlage", "enclosure", "telefoon", "doorkies")):
            fits = [each for each in left if re.fullmatch(r"[\d() -]{1,16}|geen", each)]
        elif label.startswith(("contact", "behandeld", "inlichtingen")):
            fits = [each for each in left if re.fullmatch(r"(?:[A-Z][\w.'-]*\s?){1,5}", each)]
        else:
            fits = [each for each in left if REFERENCE.fullmatch(each) or _CODE.fullmatch(each)]
            fits = fits or [each for each in left if re.fullmatch(r"(?=\S*\d)[\w./-]+", each)]
        if fits:
            found[label] = fits[0]
            left.remove(fits[0])
    subject = next((each for each in labels if each.startswith(("betreft", "onderwerp", "subject"))), None)
    if subject and left:
        last = labels[-1] == subject
        found[subject] = " ".join(left) if last else left[-1]
    return found
