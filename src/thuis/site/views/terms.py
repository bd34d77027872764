"""The vocabulary: a list of terms, and a page per term with its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from thuis.contract.folder import DataFolder
from thuis.contract.terms import STATUSES, Term
from thuis.language.letters import by_letter
from thuis.site.page import Page
from thuis.site.views.common import page
from thuis.site.views.letter import kinds
from thuis.site.voice import Voice


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The list, and one page per term."""
    terms = data.vocabulary.terms
    if not terms:
        return
    counted = Counter(each.status for each in terms)
    yield page(
        "terms",
        voice,
        {
            "letters": by_letter(terms, voice.language, lambda each: each.term),
            "statuses": [(s, voice.t(f"status.{s}"), counted[s]) for s in STATUSES if counted[s]],
            "vocabulary": data.vocabulary,
            "files": kinds("vocabulary.json", data.vocabulary.downloads, voice),
        },
    )
    known = {each.id: each for each in terms}
    for term in terms:
        yield _page(term, known, voice)


def _page(term: Term, known: dict[str, Term], voice: Voice) -> Page:
    related = [known[id_] for id_ in term.related if id_ in known]
    from_here = [each for each in known.values() if any(r.id == term.id for r in each.replacements)]
    return Page(
        f"terms/{term.id}",
        "term",
        term.term,
        section="terms",
        words=term.forms,
        context={
            "term": term,
            "known": known,
            "related": related,
            "replaces": from_here,
            "other_language": term.language != voice.language,
        },
    )
