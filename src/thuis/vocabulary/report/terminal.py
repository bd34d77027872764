"""The findings as lines in a terminal: place first, as compilers do, so that editors can jump to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from thuis.documents import Unscreenable
from thuis.language import texts
from thuis.vocabulary.model import Replacement
from thuis.vocabulary.screen import Hit, Result, Screened


def lines(results: Sequence[Result], language: str = "nl", every: bool = False) -> Iterator[str]:
    """The lines of a report: a document with its hits, what cannot be screened, a summary.

    ``every`` shows the hits that are fine as well.
    """
    t = texts("vocabulary", language)
    for result in results:
        if isinstance(result, Unscreenable):
            yield unscreened(result, language)
        else:
            yield from _document(result, language, every)
    yield t("summary", **totals(results))


def totals(results: Sequence[Result]) -> dict[str, int]:
    """How many documents were and were not screened, and how many hits there are of each level."""
    screened = [each for each in results if isinstance(each, Screened)]
    counts: Counter[str] = Counter()
    for each in screened:
        counts.update("fine" if hit.decision == "reject" else hit.level for hit in each.hits)
    return {
        "screened": len(screened),
        "unscreened": len(results) - len(screened),
        **{level: counts[level] for level in ("replace", "consider", "fine")},
    }


def unscreened(result: Unscreenable, language: str) -> str:
    """One line that says why a document was not screened."""
    t = texts("vocabulary", language)
    why = t(f"unscreenable.{result.why}") + (f" ({result.detail})" if result.detail else "")
    return t("unscreened", name=result.name, why=why)


def unread(result: Screened, language: str) -> str:
    """One line that counts what of a document was not read (images, scripts); empty when all was."""
    s = texts("screening", language)
    told = ", ".join(f"{s('unread.' + kind)}: {n}" for kind, n in result.document.unread)
    return str(s("unread.line", what=told)) if told else ""


def _document(result: Screened, language: str, every: bool) -> Iterator[str]:
    t = texts("vocabulary", language)
    yield t(
        "header",
        name=result.name,
        genre=t(f"genre.{result.genre}"),
        date=result.date or t("no-date"),
        source=t(f"date-source.{result.date_source or 'unknown'}"),
        words=result.document.words,
    )
    if result.document.quality_of.verdict == "suspect":
        yield f"  {t('suspect')}"
    if result.document.empty_pages:
        pages = ", ".join(map(str, result.document.empty_pages))
        yield f"  {t('empty-pages', n=len(result.document.empty_pages), pages=pages)}"
    if left := unread(result, language):
        yield f"  {left}"
    fine: Counter[str] = Counter()
    for hit in result.hits:
        if every or (hit.level != "fine" and hit.decision != "reject"):
            yield from _hit(result.name, hit, language)
        else:
            fine[hit.why] += 1
    if fine:
        kinds = ", ".join(f"{t('why.' + why)}: {n}" for why, n in fine.most_common())
        yield f"  {t('fine-count', n=fine.total(), roles=kinds)}"


def _hit(name: str, hit: Hit, language: str) -> Iterator[str]:
    t = texts("vocabulary", language)
    page = f"{t('page', page=hit.page)}, " if hit.page else ""
    ground = t(f"why.{hit.why}")
    yield f"{name}:{hit.line}:{hit.column}: {page}{t('level.' + hit.level)}: «{hit.text}», {ground}"
    yield f"    {marked(hit)}"
    if hit.replacements:
        yield f"    {t('instead', words='; '.join(said(each, language) for each in hit.replacements))}"
    if hit.decision:
        text = t("accepted") if hit.decision == "accept" else t("rejected", reason=hit.decision_reason or "")
        yield f"    {text}"


def marked(hit: Hit, around: int = 70) -> str:
    """The sentence in one line with the hit between guillemets, cut at words when it is long."""
    before, after = beside(hit, around)
    return f"{before.lstrip()}«{' '.join(hit.text.split())}»{after.rstrip()}"


def beside(hit: Hit, around: int) -> tuple[str, str]:
    """What stands on either side of a hit in its sentence, white space single, cut at words when long."""
    last = hit.within + len(hit.text)
    before, after = (re.sub(r"\s+", " ", each) for each in (hit.sentence[: hit.within], hit.sentence[last:]))
    if len(before) > around:
        before = "…" + before[-around:].partition(" ")[2]
    if len(after) > around:
        after = after[:around].rpartition(" ")[0] + "…"
    return before, after


def said(replacement: Replacement, language: str) -> str:
    """A replacement with the meaning it is for."""
    if not replacement.when:
        return replacement.text
    return texts("vocabulary", language)("when", term=replacement.text, when=replacement.when)
