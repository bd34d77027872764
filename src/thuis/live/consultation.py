"""Rounds in which anyone may comment on a term, figure, measure or promise; answered in public."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from lxml import html

from thuis.live import log
from thuis.live.models import Answer, Comment, Round, User
from thuis.live.post import tell
from thuis.live.published import within
from thuis.live.received import confirmed, keep_until, locked, received, sender_of, who
from thuis.live.refused import RefusedError, because, late

State = Comment.State
KINDS = {
    "indicator": "figure",
    "finding": "figure",
    "term": "term",
    "measures": "measure",
    "ledger": "promise",
}
"""What a comment is about, by the first part of the page's address; anything else is the page."""


def about(key: str) -> str:
    """What a page is about.

    >>> about("indicator/voted"), about("term/allochtoon"), about("method")
    ('figure', 'term', 'page')
    """
    return KINDS.get(key.partition("/")[0], "page")


def page_of(key: str, language: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Title of a page, and the places on it: id and words of each heading or row that has one.

    :param key: as the site writes it; another way to the same file is no page.
    """
    if key and not set(key.split("/")).isdisjoint(("", ".", "..")):
        return None
    found = within(settings.PUBLIC, posixpath.join(language, key, "index.html"))
    if found is None or not found.is_file():
        return None
    read = _read(found, found.stat().st_mtime_ns)
    return read and (read[0] or key, read[1])


@lru_cache(maxsize=512)
def _read(file: Path, stamp: int) -> tuple[str, list[tuple[str, str]]] | None:
    main = html.fromstring(file.read_bytes()).find(".//main")
    if main is None:
        return None
    title = main.find(".//h1")
    marked = [each for each in main.iter("h2", "h3", "li", "section", "figure") if each.get("id")]
    places = [(str(each.get("id")), _words(_headed(each))) for each in marked]
    return _words(title) if title is not None else "", [each for each in places if each[1]]


def titled(key: str, place: str, language: str) -> str:
    """What a page and the place on it are called: what a visitor reads there."""
    there = page_of(key, language)
    if there is None:
        return key
    at = dict(there[1]).get(place, "") if place else ""
    return f"{there[0]}: {at}" if at and at != there[0] else there[0]


def _headed(element: html.HtmlElement) -> html.HtmlElement:
    """What says in a part of a page what it is: its heading, or all of it where there is none."""
    return next(
        iter(element.xpath(".//*[self::h2 or self::h3 or self::figcaption or self::caption]")), element
    )


def _words(element: html.HtmlElement) -> str:
    text = " ".join(str(element.text_content()).split())
    return text if len(text) <= 90 else f"{text[:89]}…"


def open_rounds(today: date) -> QuerySet[Round]:
    """The rounds in which one may comment on a day."""
    return Round.objects.filter(opens_on__lte=today, closes_on__gte=today, closed_at=None).order_by(
        "closes_on"
    )


@transaction.atomic
def comment(within_: Round, fields: Mapping[str, str], email: str, language: str) -> Comment:
    """Take a comment, and mail the link by which its sender confirms it."""
    made = Comment.objects.create(
        round=within_,
        about=about(fields["page"]),
        language=language,
        submitter=sender_of(email, language),
        **fields,
    )
    received(made, "comment", "commented", fields["text"][:60])
    return made


@transaction.atomic
def confirm(key: object) -> None:
    """Confirm that one wrote it, while its round is not closed with what was done."""
    found = locked(Comment, key)
    if found.state == State.UNCONFIRMED:
        _refuse_if_closed(found)
    confirmed(found, "comment")


def _refuse_if_closed(found: Comment) -> None:
    """Raise when nobody will answer any more; whoever closes the round waits until this was decided."""
    if Round.objects.select_for_update().get(pk=found.round_id).closed_at:
        raise RefusedError("rounds.over", "the round is closed")


@transaction.atomic
def withdraw(key: object) -> None:
    """Take back what one wrote."""
    found = locked(Comment, key)
    found.state, found.decided_at = State.WITHDRAWN, timezone.now()
    found.save()
    keep_until(found.submitter, settings.LIVE.keep.submitter)
    log.write(who(found.submitter), "withdrew", f"comment {found.pk}")


@transaction.atomic
def decide(key: object, by: User, shown: bool, reason: str) -> None:
    """Show a comment, or refuse it and say why; also later, when it was shown before."""
    found = locked(Comment, key)
    if found.state not in (State.WAITING, State.SHOWN, State.REFUSED):
        raise late(found.state)
    if not shown:
        because(reason)
    elif not Answer.objects.filter(comment=found).exists():
        _refuse_if_closed(found)
    found.state, found.reason = (State.SHOWN if shown else State.REFUSED), reason
    found.decided_at = timezone.now()
    found.save()
    log.write(f"user {by.pk}", "show" if shown else "refuse", f"comment {found.pk}")
    what = "comment-shown" if shown else "comment-refused"
    tell(found.submitter, what, "comment", found.pk, f"{found.decided_at:%Y%m%d%H%M%S}", reason=reason or "-")
    keep_until(found.submitter, None if shown else settings.LIVE.keep.submitter)


@transaction.atomic
def answer(key: object, by: User, text: str, done: str) -> None:
    """Answer a comment in public, and say what is done with it."""
    found = locked(Comment, key)
    if found.state != State.SHOWN:
        raise late(found.state, State.SHOWN)
    because(text)
    if done not in Answer.Done.values:
        raise RefusedError("wrong.choose", "an answer without what is done")
    Answer.objects.update_or_create(comment=found, defaults={"text": text, "done": done, "by": by})
    log.write(f"user {by.pk}", "answered", f"comment {found.pk}", done=done)
    moment = f"{timezone.now():%Y%m%d%H%M%S}"
    tell(found.submitter, "comment-answered", "comment", found.pk, moment, answer=text)
    keep_until(found.submitter, settings.LIVE.keep.submitter)


@transaction.atomic
def close(key: str, by: User, outcome: Mapping[str, str]) -> None:
    """Close a round with what was done; every comment in it has been decided and every shown one answered."""
    found = Round.objects.select_for_update().get(key=key)
    if found.closed_at:
        raise late("closed")
    left = found.comments.filter(state=State.WAITING).count()
    bare = found.comments.filter(state=State.SHOWN, answer=None).count()
    if left or bare:
        told = f"{left} comments wait and {bare} have no answer"
        raise RefusedError("rounds.unanswered", told, step="answer them first")
    for each in outcome.values():
        because(each)
    found.outcome, found.closed_at = dict(outcome), timezone.now()
    found.save()
    log.write(f"user {by.pk}", "closed", f"round {found.key}")
