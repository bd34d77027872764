"""Mark citations in a text: the last step, on the original characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from thuis.dossier.cite.model import Citation


def annotate(
    text: str, citations: Sequence[Citation], mark: Callable[[Citation, str], str] | None = None
) -> str:
    """The text as HTML, each citation wrapped by ``mark``; by default a link, or ``<cite>`` without address.

    :param mark: given the citation and its escaped text, returns the HTML that stands for it.

    >>> from thuis.dossier import cite
    >>> text = "Zie Kamerstuk 32 824, nr. 378 & meer"
    >>> print(annotate(text, cite.find(text), lambda found, inner: f"<a href={found.ids[0]}>{inner}</a>"))
    Zie <a href=kst-32824-378>Kamerstuk 32 824, nr. 378</a> &amp; meer
    """
    wrap = mark or link
    pieces: list[str] = []
    at = 0
    for each in sorted(citations, key=lambda c: c.start):
        if each.start < at:
            continue
        pieces += [escape(text[at : each.start]), wrap(each, escape(text[each.start : each.end]))]
        at = each.end
    return "".join([*pieces, escape(text[at:])])


def link(citation: Citation, inner: str) -> str:
    """A link to where the cited document is published, or ``<cite>`` when that is not known."""
    if citation.url:
        return f'<a class="cite" href="{escape(citation.url)}">{inner}</a>'
    return f'<cite class="cite">{inner}</cite>'
