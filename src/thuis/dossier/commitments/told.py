"""What a sentence tells of another moment: what Parliament asked, and what the government said it would do.

A clause with a verb of asking or saying is read as grammar does: who is its subject, whether it is done, and
whether what was asked or said lies ahead. "Uw Kamer heeft mij verzocht …" is a request that was made, "Ik
heb toen aangegeven te zullen …" a promise that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.dossier.commitments.expressions import COMMON, TOLD


def asked_then(sentence: str) -> re.Match[str] | None:
    """Where a letter tells what Parliament asked of its writer.

    >>> bool(asked_then("De commissie heeft mij verzocht de reactie uiterlijk in april te ontvangen."))
    True
    >>> asked_then("Ik heb de commissie verzocht het overleg uit te stellen.") is None
    True
    >>> asked_then("De leden vragen of de minister plannen heeft.") is None
    True
    """
    return next(_asked(sentence), None)


def _asked(sentence: str) -> Iterator[re.Match[str]]:
    for found in TOLD["asked-then"].finditer(sentence):
        left, right = _clause(sentence, found)
        if TOLD["i-did"].search(left) or not _is_request(left, right):
            continue
        by_them = TOLD["did"].search(left + right[:20]) or (
            found[0].lower() == "verzocht" and not TOLD["was"].search(left)
        )
        of_us = TOLD["was"].search(left + right[:20]) and (
            TOLD["of-us"].search(left) or TOLD["to-the-house"].search(right)
        )
        if of_us or (by_them and _asker(left)):
            yield found
    for found in TOLD["asks"].finditer(sentence):
        left, right = _clause(sentence, found)
        if _is_request(left, right) and _asks(left[-90:], right):
            yield found
    if (
        (plea := TOLD["plea"].search(sentence))
        and TOLD["for"].search(sentence, plea.start())
        and TOLD["asker"].search(sentence)
    ):
        yield plea


def _asker(left: str) -> re.Match[str] | None:
    """Who of Parliament stands in a clause on their own: "de leden", not "met de leden"."""
    return next(
        (each for each in TOLD["asker"].finditer(left) if not TOLD["to"].search(left[: each.start()])), None
    )


def _asks(left: str, right: str) -> bool:
    """Whether who asks is Parliament, and a motion asks it of the government."""
    behind = TOLD["behind"].match(right)
    if re.match(r" (?:de regering|het kabinet)\b", right):
        return True
    asker = behind or _asker(left)
    if asker is None or COMMON["we"].search(left + right[:8]):
        return False
    if asker[0].lower().split() == ["u"]:
        return bool(behind and ("brief" in left or TOLD["of-us"].match(right[behind.end() :].strip())))
    return "motie" not in asker[0].lower() or bool(TOLD["of-us"].search(right[:30]))


def _is_request(left: str, right: str) -> bool:
    """To ask "om" something; to ask "of" or "hoe" is a question."""
    if TOLD["question"].match(right):
        return False
    if TOLD["for"].search(right):
        return True
    return bool(re.search(r"\bom (?:een|de|het|nadere|aanvullende|toezending)\b", left, re.I))


def _clause(sentence: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before a verb in its own clause, and all that follows it."""
    starts = [each.end() for each in TOLD["begins"].finditer(sentence, 0, found.start())]
    return sentence[starts[-1] if starts else 0 : found.start()], sentence[found.end() :]


def said_then(sentence: str) -> re.Match[str] | None:
    """Where a sentence of the government says what it said before that it would do.

    >>> bool(said_then("Ik heb toen aangegeven u over de uitkomst te zullen informeren."))
    True
    >>> bool(said_then("Zoals ik heb uiteengezet, zal eerst een plan worden vastgesteld."))
    True
    >>> said_then("Ik heb u gemeld dat de brief is verzonden.") is None
    True
    """
    said = (found for found in TOLD["said"].finditer(sentence) if _lies_ahead(sentence, found))
    return next(said, None) or TOLD["was-to"].search(sentence)


def _lies_ahead(sentence: str, found: re.Match[str]) -> bool:
    left, right = _clause(sentence, found)
    if COMMON["not"].search(left[-60:] + found[0]):
        return False
    agreed = found[0].lower() == "afgesproken"
    announced = agreed or bool(TOLD["announced"].search(found[0]))
    opened = [each.end() for each in TOLD["as"].finditer(left)]
    if opened:
        just_now = TOLD["just-now"].search(left, opened[-1])
        return announced or bool(TOLD["future"].search(right) and not just_now)
    announced = announced and not agreed
    finite = found[0].lower().startswith(("kondig", "zei", "schreef", "meld"))
    if finite:
        return bool(TOLD["by-us"].match(right) and (announced or _ahead(right)))
    if TOLD["i-did"].search(left + right[:12]) or TOLD["cabinet-did"].search(left):
        return announced or _ahead(right)
    passive = re.search(r"\b(?:is|zijn|was|werd)\b", left)
    return bool(passive and (announced or TOLD["that-will"].match(right)))


def _ahead(right: str) -> bool:
    """Whether what follows a verb of saying is yet to be done."""
    mine = TOLD["i-will"].search(right)
    return bool(
        (mine and not COMMON["not"].search(mine[0]))
        or (TOLD["will-be"].search(right) and COMMON["tell"].search(right))
    )
