"""Numbers that look like a dossier and are none: amounts, standards, registers of others, courts."""

from __future__ import annotations

import re

_SIGNS = r"€|ƒ|\bEUR"
_BODIES = (
    r"(?:NEN|ISO|DIN|IEC|KvK|RSIN|BSN|IBAN|BNB|NJ|ABRvS|CRvB|CBb|Rb|Hof|HR|H\.R)\b(?:[ -](?:EN|IEC|ISO))?"
)
_REGISTERS = (
    r"(?:rol|zaak|parket|procedure|artikel|bestel|order|perceel|inventaris|archief\w*|rekening|postcode)"
)
_WORDS = (
    rf"(?i:postbus|\d{{4}} ?[a-z]{{2}}|tel|telefoon|fax|{_REGISTERS}(?:nummer|nr)?|inv\. ?nr|drucksache"
    r"|bedrag(?:en)? van|kosten van|aantal van|totaal(?: van)?|ruim|circa|ca|ongeveer|bijna)"
)
_BEFORE = re.compile(
    rf"(?:{_SIGNS}|\b{_BODIES}|\b{_WORDS})"
    r"\W{0,3}(?:\d{1,2} [a-z]+ )?(?:(?:19|20)\d\d\W{1,2})?(?:[Nn]rs?\.? ?)?\Z"
)
_REACH = 60


def counted_elsewhere(text: str, at: int) -> bool:
    """Whether what stands right before a number says that it is none of Parliament's.

    >>> counted_elsewhere("NEN 35000, nr. 9", 4), counted_elsewhere("motie 35000, nr. 9", 6)
    (True, False)
    >>> counted_elsewhere("HR 3 mei 1996, nr. 32 824, BNB 1997/12", 19)
    True
    """
    if text[at - 1 : at] in {"(", ";"} or text[at - 2 : at] == "; ":
        return False
    return bool(_BEFORE.search(text, max(0, at - _REACH), at))
