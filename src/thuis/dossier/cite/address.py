"""Where a canonical id is published."""

from __future__ import annotations

import re

_OVERHEID = "https://zoek.officielebekendmakingen.nl"
_EURLEX = "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri="
_ADDRESSES = tuple(
    (re.compile(pattern), address)
    for pattern, address in (
        (r"dossier-", f"{_OVERHEID}/dossier/{{1}}"),
        (r"(?:kst|ah|h|kv|nds|blg|stb|stcrt|trb|gmb|prb|wsb|bgr)-", f"{_OVERHEID}/{{0}}.html"),
        (r"jci", "https://wetten.overheid.nl/{0}"),
        (r"ECLI:EU:", f"{_EURLEX}{{0}}"),
        (r"ECLI:CE:", "https://hudoc.echr.coe.int/eng?i={0}"),
        (r"ECLI:", "https://deeplink.rechtspraak.nl/uitspraak?id={0}"),
        (r"(?:3\d{4}[A-Z]\d{4}|1\d{4}[EMP](?:\d{3}|/TXT))\Z", f"{_EURLEX}CELEX:{{0}}"),
        (r"(?:COM|SWD|SEC|JOIN|C):\d{4}:\d+:FIN\Z", f"{_EURLEX}{{0}}"),
        (r"OJ:[LC]:", f"{_EURLEX}{{0}}:TOC"),
        (r"OJ:[LC]_", f"{_EURLEX}{{0}}"),
        (r"[CTF]-\d+/\d\d\Z", "https://curia.europa.eu/juris/liste.jsf?num={0}"),
        (r"appno-", "https://hudoc.echr.coe.int/eng#%7B%22appno%22:[%22{1}%22]%7D"),
        (r"\d{4}D\d{5}\Z", "https://www.tweedekamer.nl/downloads/document?id={0}"),
        (r"\d{4}Z\d{5}\Z", "https://www.tweedekamer.nl/zoeken?qry={0}"),
    )
)
"""Which ids are published where: a pattern, and the address with the id as ``{0}``."""


def url(each: str) -> str | None:
    """The public address of a canonical id, None when there is none.

    :param each: the id, as in ``ids`` of a citation.

    >>> url("kst-32824-378")
    'https://zoek.officielebekendmakingen.nl/kst-32824-378.html'
    >>> url("jci1.3:c:BWBR0001840&artikel=1")
    'https://wetten.overheid.nl/jci1.3:c:BWBR0001840&artikel=1'
    >>> url("32016R0679")
    'https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679'
    """
    if each.startswith("h-") and each.count("-") == 3:
        return f"{_OVERHEID}/handelingen/{each[2:4].upper()}/{each[5:9]}-{each[9:13]}/{each[14:]}"
    found = next((address for pattern, address in _ADDRESSES if pattern.match(each)), None)
    return found.format(each, each.removeprefix("dossier-").removeprefix("appno-")) if found else None
