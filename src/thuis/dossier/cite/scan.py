"""Phase one: a single pass over a text for the places where a citation can begin.

google-re2 looks for all anchors at once, in time linear in the text; the parsers of phase two then look at a
few hundred characters around each. A text without citations costs one scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

_LAW_ACTS = "(?:[Uu]itvoerings)?(?:[Rr]ichtlijn|[Vv]erordening)|"
_LAW_ACTS += "[Kk]aderbesluit|[Bb]esluit|[Bb]eschikking|[Aa]anbeveling"
_ENGLISH_ACTS = "(?:(?:[Ii]mplementing|[Dd]elegated|[Ff]ramework) )?(?:[Dd]irective|[Rr]egulation|[Dd]ecision"
_ENGLISH_ACTS += "|[Rr]ecommendation)s?"
_ANCHORS = (
    ("ecli", r"[Ee][Cc][Ll][Ii] ?[:;]"),
    ("ljn", r"\b(?:[Ll][Jj]-?[Nn]?|ELRO)[ :-]"),
    (
        "court",
        r"\b(?:(?:NL|CE):[A-Za-z]{2,8}|EU:[CTF]|HR|PHR|R[Vv]S|CRVB|CBB|RB[A-Z]{3}|GH[A-Z]{2,3}):\d{4}:",
    ),
    ("gazette", r"\b(?:Stb|Stcrt|Trb|Staatsblad|Staatscourant|Tractatenblad)\b"),
    ("gazette", r"\b(?:Bulletin of Acts(?:,| and) |Government Gazette|(?:Dutch )?Treaty Series)"),
    ("local", r"\b(?:Gemeenteblad|Provinciaal [Bb]lad|Waterschapsblad)\b"),
    ("kst", r"\b[Bb]ijl(?:agen|age|\.) (?:bij (?:de )?)?[Hh]and(?:elingen\b|\.)"),
    ("debates", r"\b[Hh]andelingen\b|\bHand\.|\bH[dD]?[TE]K\b|\b[Aa]anhangsel\b|\b[Aa]anh\.|\b[OU]CV\b"),
    ("kst", r"[Kk][Aa][Mm][Ee][Rr][Ss][Tt](?:[Uu][Kk]|\.)"),
    ("row", r"\b(?:Tweede|Eerste) Kamer der Staten-Generaal[ \t|]*(?:19|20)\d{2}-"),
    (
        "address",
        r"officielebekendmakingen\.nl/(?:behandeld)?dossier/\d{5}\b|\bqry=wetsvoorstel(?::|%3A)\d{5}\b",
    ),
    ("references", r"\b[Ww]etsverwijzing(?:en)?[ \t:]*\n"),
    ("kst", r"\b(?:Tweede Kamer|Eerste Kamer|TK|EK|T\.K\.|E\.K\.)(?: der Staten-Generaal)?,? "),
    ("literal", r"\b(?:kst|ah-tk|ah-ek|h-tk|h-ek|kv-tk|nds-tk|stb|stcrt|trb|blg|gmb|prb|wsb|bgr)-[0-9A-Z]"),
    ("tkid", r"\b(?:19|20)\d{2}[DZ]\d{5}\b"),
    ("register", r"\bjci1\.\d:[cv]:BWB|\bBWB[RVW]\d{7}\b"),
    ("article", r"\b[Aa]rtikel(?:en)?\b|\b[Aa]rtt?\.|\b[Aa]rticles? \d"),
    ("unit", r"\b(?:[Hh]oofdstuk|[Aa]fdeling|[Tt]itel|[Pp]aragraaf) ?[\dIVX]|§ ?\d"),
    (
        "eu",
        rf"(?:{_LAW_ACTS})(?:en)?,?\s+(?:van de (?:Raad|Commissie) )?(?:\(?(?:EU|EG|EEG|Euratom|EGKS"
        rf"|GBVB)\b|[nN]rs?\.?|\d)",
    ),
    ("eu", r"\b(?:RL|V[Oo]\.?) (?:\((?:EU|EG|EEG)\)|\d{1,4}/\d)"),
    ("commission", r"\b(?:COM|SWD|SEC|JOIN|C) ?[(/] ?(?:19|20)\d{2} ?[)/] ?\d"),
    ("eu", rf"\b{_ENGLISH_ACTS} (?:[Nn]o\.? ?)?(?:\((?:EU|EC|EEC|Euratom)\b|\d{{2,4}}/\d)"),
    ("celex", r"\b3(?:19|20)\d{2}[LRDFH]\d{4}\b"),
    ("journal", r"\bP[bB]\.? ?(?:EU|EG|EEG|[LC]\b|\d{4}, ?[LC])"),
    (
        "application",
        r"\bEHRM\b|\b(?:[Aa]pplication|[Aa]ppl\.?|[Vv]erzoekschrift) (?:[Nn][ro]s?\.? ?)?\d{1,5}/\d{2}\b",
    ),
    ("curia", r"\b[CTF][-‑–]\d{1,4}/\d{2}\b"),
    ("file", r"\b[Ee]-?[Dd]ossier(?:s|nummer|nr\.?)?:? ?\(?E\d{6}\b|\(E\d{6}\)"),
    ("motion", r"\b[Mm]oties?\b"),
    ("report", r"\b(?:SCP|WRR|CBS|Sociaal(?: en)? Cultureel|Wetenschappelijke Raad|Centraal Bureau)\b"),
    (
        "short",
        r"\b(?:[Mm]ijn|[Oo]nze|[Dd]eze|[Gg]enoemde|[Vv]oornoemde|[Bb]ovengenoemde|[Dd]ie|[Dd]e)"
        r" (?:eerdere |vorige )?(?:brief|Kamerbrief|kamerbrief)\b",
    ),
    (
        "debate",
        r"\b(?:[Cc]ommissiedebat|[Tt]weeminutendebat|[Aa]lgemeen [Oo]verleg|[Nn]otaoverleg|"
        r"[Ww]etgevingsoverleg)\b",
    ),
    ("bracket", r"\([ \x{a0}]?\d{2}[ .\x{a0}\x{202f}]?\d{3}\b"),
    (
        "bare",
        r"\b\d{2}[ .\x{a0}\x{202f}]?\d{3}(?:(?:[-–. \x{a0}]| hoofdstuk )?[IVXLC]"
        r"+[A-Z]?|[- –]?[A-Z]{1,2}|[-–]\d{2})?"
        r"(?:[ -]?\(R ?\d+[^)]{0,12}\))?(?:[-–]\d{1,4}\b|-[A-Z]{1,2}\b|[ \x{a0}]?[,:]?\s{0,2}(?:[Nn]"
        r"rs?\b|[Nn]ummers?\b|[Nn]o\b|[Ll]etters? [A-Z])|, ?[A-Z]{1,3}\b|(?:, ?| ?/ ?"
        r"| en )\d{2}[ .\x{a0}]?\d{3}\b[^;()\n]{0,20}(?:, ?[A-Z]{1,2}\b|[Nn]rs?\b))",
    ),
    ("bare", r"\b\d{2}[ .\x{a0}\x{202f}]?\d{3}[-– \x{a0}]?[IVX]+[A-Z]?, ?\d{1,3}\b"),
    (
        "dossier",
        r"\b(?:[Dd]ossier(?:s|nummers?|nr\.?)?|[Ww]etsvoorstel(?:len)?|[Ww]etsontwerp(?:en)?|[Ii]nitiatiefwetsvoorstel"
        r"|[Vv]oorstel van (?:rijks)?wet) "
        r"(?:nrs?\.? ?|\()?\d{2}[ .\x{a0}]?\d{3}\b",
    ),
    ("roman", r"\b[CLXVI]{3,8},? [A-Z]{1,3}\b"),
    (
        "again",
        r"\b(?:[Ii]dem|[Ii]d\.|[Ii]bid(?:em)?\b\.?|[Tt]\.a\.p\.|[Aa]\.w\.|(?:[Hh]et)?[Zz]elfde dossier)"
        r" ?,? *(?:[Nn]|[Oo]ndern|p|blz|[Ss]tuk)",
    ),
    (
        "chair",
        r"\b(?:[Nn]rs?\.?|[Nn]ummers?|[Ss]tuk)\s*\d{1,4}"
        r"(?:(?:, ?| en | t/m |-| ?,? was [Nn]rs?\.? ?)\d{1,4})*"
        r"\s*\(\s*\d{2}[ .]?\d{3}",
    ),
)


def _python(pattern: str) -> str:
    """The same pattern for Python, which writes a character by its number in another way."""
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), pattern)


_SCAN = re2.compile("|".join(f"(?:{pattern})" for _, pattern in _ANCHORS))
_WHICH = re.compile("|".join(f"({_python(pattern)})" for _, pattern in _ANCHORS), re.ASCII)
_NAMES = tuple(name for name, _ in _ANCHORS)


def anchors(text: str) -> Iterator[tuple[str, int]]:
    """Name and character offset of every place where a citation can begin, in order.

    The scan runs over bytes and without groups, which are dear in re2; which pattern it was is asked again at
    the few places it found.

    >>> list(anchors("Zie Kamerstuk 32 824, nr. 378."))
    [('kst', 4), ('bare', 14)]
    """
    data = text.encode("utf-8", "replace")
    plain = len(data) == len(text)
    at = done = 0
    for match in _SCAN.finditer(data):
        byte = match.start()
        at = byte if plain else at + len(data[done:byte].decode())
        done = byte
        found = _WHICH.match(text, at)
        if found and found.lastindex:
            yield _NAMES[found.lastindex - 1], at
