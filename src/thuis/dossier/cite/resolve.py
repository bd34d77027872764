"""Normal forms: from the parts of a citation to the canonical id and its alternatives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from thuis.dossier.cite import existence
from thuis.dossier.cite.model import Candidate, Citation, Kind

_RANGE = re.compile(r"\s?(?:[-–—‑]|t/m|tot en met)\s?")


def repair_known(dossier: str) -> bool:
    """Whether papers are known in a dossier, written as in an id ("21501-32", "36200-VII")."""
    return existence.known_series(f"kst-{dossier}")


def kamerstuk(text: str, start: int, end: int, facts: Mapping[str, str], number: str) -> Citation:
    """A Kamerstuk: one id, or one for each number of a range."""
    ids: list[str] = []
    candidates: list[Candidate] = []
    for each in _expand(number):
        best, others = _kamerstuk_id(facts, each)
        ids.append(best)
        candidates += others
    known = all(existence.exists(each) for each in ids)
    confidence = 1.0 if known else 0.85 if repair_known(facts["dossier"]) else 0.7
    parts = {**facts, "number": "".join(number.split())}
    return Citation(
        "kamerstuk", start, end, text[start:end], parts, tuple(ids), confidence, tuple(candidates), known
    )


def _expand(number: str) -> list[str]:
    """The numbers of a range; anything else is one number.

    >>> _expand("1–3"), _expand("117d"), _expand("C")
    (['1', '2', '3'], ['117d'], ['C'])
    """
    ends = _RANGE.split(number)
    if len(ends) == 2 and all(each.isdigit() for each in ends) and 0 < int(ends[1]) - int(ends[0]) <= 200:
        return [str(each) for each in range(int(ends[0]), int(ends[1]) + 1)]
    return [ends[0].strip()]


def _kamerstuk_id(facts: Mapping[str, str], number: str) -> tuple[str, list[Candidate]]:
    """The id that exists among the ways an id can be formed; the plain one when none does."""
    dossier = facts["dossier"]
    number = number.lstrip("0") or number
    plain = f"kst-{dossier}-{number}"
    forms = [plain]
    session = facts.get("session")
    upper_house = facts.get("chamber") == "I" or not number.isdigit()
    if session and upper_house:
        # Until about 2010 papers of the Eerste Kamer carry the session year in their id.
        dated = f"kst-{session.replace('-', '')}-{dossier}-{number}"
        forms = [dated, plain] if int(session[:4]) < 2010 else [plain, dated]
    if number.isalpha():
        forms += [form[: -len(number)] + number.upper() for form in list(forms)]
    found = [form for form in forms if existence.exists(form)]
    if not found and not session and not number.isdigit():
        found = list(existence.dated(dossier, number.upper()))
        if len(found) > 1:
            return plain, [Candidate(each, "also exists under this number", "also") for each in found]
    best = found[0] if found else plain
    others = [Candidate(each, "also exists under this number", "also") for each in found[1:]]
    if not found and facts.get("other_dossiers"):
        for other in facts["other_dossiers"].split():
            if existence.exists(f"kst-{other}-{number}"):
                others.append(
                    Candidate(
                        f"kst-{other}-{number}", "this number exists in the other dossier named", "other"
                    )
                )
    return best, others


def kamerstukken(text: str, start: int, end: int, facts: Mapping[str, str]) -> Citation:
    """A dossier named without a number: the whole file, not one paper."""
    known = repair_known(facts["dossier"])
    ids = (f"dossier-{facts['dossier']}",)
    sure = 0.8 if known else 0.5
    return Citation("dossier", start, end, text[start:end], dict(facts), ids, sure, (), known)


def of_session(series: str, parts: Mapping[str, str], number: str) -> str:
    """The id of what each chamber counts by the session: of a sitting ("h"), or of answers ("ah").

    >>> of_session("h", {"chamber": "I", "session": "2022-2023"}, "7")
    'h-ek-20222023-7'
    """
    chamber = "ek" if parts.get("chamber") == "I" else "tk"
    return f"{series}-{chamber}-{parts['session'].replace('-', '')}-{number}"


def aanhangsel(
    text: str, start: int, end: int, parts: Mapping[str, str], number: str, confidence: float = 1.0
) -> Citation:
    """Answered written questions in the Aanhangsel van de Handelingen."""
    facts = {**parts, "number": number}
    if "session" not in parts:
        return Citation("aanhangsel", start, end, text[start:end], facts, (), 0.4)
    each = of_session("ah", parts, number.lstrip("0"))
    known = existence.exists(each)
    return Citation(
        "aanhangsel", start, end, text[start:end], facts, (each,), confidence if known else 0.8, (), known
    )


def case(text: str, start: int, end: int, number: str, parts: Mapping[str, str]) -> Citation:
    """A case (zaak) of the Tweede Kamer; written questions are published under it."""
    each = f"kv-tk-{number}"
    known = existence.exists(each)
    # A case need not be a set of questions, which is published: outside the list only its number is sure.
    ids = (each, number) if known else (number,)
    facts = {**parts, "number": number}
    sure = 1.0 if known else 0.8
    return Citation("case", start, end, text[start:end], facts, ids, sure, (), known or None)


_LITERAL_KINDS: Mapping[str, Kind] = {
    "kst": "kamerstuk",
    "ah": "aanhangsel",
    "h": "handelingen",
    "kv": "case",
    "nds": "document",
    "blg": "document",
}


_LISTED = frozenset({"kst", "ah", "h", "kv", "stb", "trb"})
"""Series of which the list of publications says what exists."""


def literal(text: str, start: int, end: int) -> Citation:
    """An id written out in full."""
    each = text[start:end]
    head = each.split("-")[0]
    kind: Kind = _LITERAL_KINDS.get(head) or (head if head in get_args(Kind) else "document")  # type: ignore[assignment]
    known = existence.exists(each) if head in _LISTED else None
    return Citation(kind, start, end, each, {}, (each,), 1.0, (), known)
