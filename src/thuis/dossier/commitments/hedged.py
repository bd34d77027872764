"""An effort whose outcome is not promised: "Ik ga kijken of dat lukt, maar ik kan het niet beloven"."""

from __future__ import annotations

import re

_NOTHING = (
    r"(?:(?:het|dat|dit|daar|u|hier|er|nu|helaas|nog|alleen|echter|natuurlijk)\s+)*(?:niets?|niks|geen)\b"
)
_PROMISE = r"(?:beloven|garanderen|toezeggen|(?:garantie|belofte|toezegging)\w*(?: (?:doen|geven))?)"
DISCLAIMED = re.compile(
    r"(?:^|,\s*|;\s*)(?:(?:maar|al|hoewel|en|want)\s+)?(?:"
    rf"(?:ik|we|wij|dat|dit) (?:kan|kunnen|wil) {_NOTHING}[^,;.]{{0,20}}\b{_PROMISE}"
    rf"|(?:kan|kunnen) (?:ik|we|wij) {_NOTHING}[^,;.]{{0,20}}\b{_PROMISE}"
    rf"|(?:ik|we|wij) (?:beloof|beloven|garandeer|garanderen) {_NOTHING}(?: {_PROMISE})?"
    rf"|(?:ik|we|wij) (?:doe|doen|geef|geven) {_NOTHING} {_PROMISE}"
    r"|(?:dat|dit) is (?:een inspanning en )?geen (?:garantie|belofte|toezegging|resultaatsverplichting)\w*"
    r"|zonder (?:een |enige )?(?:garantie|belofte|toezegging)s?"
    r")\b(?:,? (?:dat|of) (?:het|dat|dit|alle?|de|we|wij|er)\b[^;.]*?)?(?=[,;.]|$)",
    re.I,
)
"""The clause that says so, with what it is that is not promised."""
EFFORT = re.compile(
    r"\b(?:kijken|bezien|proberen|probeer|bekijken|best(?:e)? (?:te )?doen|best voor doen"
    r"|inspannen|inzetten|span|zet|streven|streef|doe mijn (?:uiterste )?best|uitzoeken|verkennen|poging)\b",
    re.I,
)
"""What somebody does who does not know whether it will be done."""


def without(sentence: str) -> str:
    """The sentence with the clause that promises nothing blanked, so that places stay what they were.

    >>> without("Ik ga kijken of dat lukt, maar ik kan het niet beloven.").rstrip(" .")
    'Ik ga kijken of dat lukt'
    >>> without("Dat kan ik niet beloven.")
    'Dat kan ik niet beloven.'
    """
    return DISCLAIMED.sub(lambda clause: " " * len(clause[0]), sentence)
