"""Generate the spellings of every term when the vocabulary is built, so that texts need no linguistic pass.

Inflections stand in the vocabulary where a rule cannot know them; else they are made by rule. Then come
hyphens left out or written as spaces (also what is left of a word broken at its own hyphen), and compounds,
which stay open at the end (``allochtonenbeleid``). The list is written for review; a form that a reviewer
refuses (``keep`` is ``no`` in ``forms.csv``) is not searched for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thuis.vocabulary.inflect import plural, with_e
from thuis.vocabulary.model import Form, Term, Vocabulary

#: In the cell of plurals or inflected forms: there is none, so none is made by rule.
NONE = "-"


def forms(vocabulary: Vocabulary) -> tuple[Form, ...]:
    """Every form that is searched for, without the refused ones, in the order of the terms.

    >>> from thuis.vocabulary.model import Term
    >>> term = Term("nw", "niet-westers", "nl", "avoid", "adjective", inflected=("niet-westerse",))
    >>> [each.text for each in forms(Vocabulary((term,)))]
    ['niet-westers', 'niet-westerse', 'nietwesters', 'niet westers', 'nietwesterse', 'niet westerse']
    """
    kept: dict[tuple[str, str, str], Form] = {}
    for term in vocabulary.terms:
        if term.search:
            for form in of_term(term):
                if (term.id, written(form)) not in vocabulary.rejected:
                    kept.setdefault((term.language, form.text.casefold(), str(form.open)), form)
    return tuple(kept.values())


def of_term(term: Term) -> Iterator[Form]:
    """The forms of one term, before review; the shape is what the reader of the list sees.

    >>> from thuis.vocabulary.model import Term
    >>> [written(each) for each in of_term(Term("x", "migrant", "en", "preferred", plural=("migrants",)))]
    ['migrant', 'migrants']
    """
    given = [Form(term.term, term.id, "base")]
    given += [Form(text, term.id, "plural") for text in term.plural if text != NONE]
    given += [Form(text, term.id, "inflected") for text in term.inflected if text != NONE]
    given += [Form(text, term.id, "by rule") for text in _regular(term)]
    given += [
        Form(text.rstrip("-"), term.id, "variant", open=True)
        if text.endswith("-")
        else Form(text, term.id, "variant")
        for text in term.also
    ]
    yield from given
    yield from _respelled(given)
    for stem in term.compounds:
        yield Form(stem, term.id, "compound", open=True)


def _regular(term: Term) -> tuple[str, ...]:
    """Inflections by rule, where none is given and the term is of a kind that has them."""
    countable = term.kind == "noun" or (term.kind == "phrase" and term.article)
    if countable and not term.plural:
        return plural(term.term, term.language)
    if term.kind == "adjective" and term.language == "nl" and not term.inflected:
        return with_e(term.term)
    return ()


def _respelled(given: Iterable[Form]) -> Iterator[Form]:
    for form in given:
        if "-" in form.text.strip("-"):
            yield Form(form.text.replace("-", ""), form.term, "glued", form.open)
            yield Form(form.text.replace("-", " "), form.term, "spaced", form.open)


def written(form: Form) -> str:
    """A form as the review list shows it: an open one ends in an asterisk.

    >>> written(Form("allochtonen", "allochtoon", "compound", open=True))
    'allochtonen*'
    """
    return form.text + "*" if form.open else form.text


def review_rows(vocabulary: Vocabulary) -> list[dict[str, str]]:
    """The list for review: term, form, shape, keep."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for term in vocabulary.terms:
        if not term.search:
            continue
        for form in of_term(term):
            text = written(form)
            keep = "no" if (term.id, text) in vocabulary.rejected else "yes"
            rows.setdefault(
                (term.id, text), {"term": term.id, "form": text, "shape": form.shape, "keep": keep}
            )
    return list(rows.values())
