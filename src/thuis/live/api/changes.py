"""What changed in the published directory: seen by comparing with what was, told by feed and webhook."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from thuis.directory.hsds import Doc, uid
from thuis.errors import ThuisError, unknown
from thuis.feeds import Entry, atom
from thuis.live.api import outward
from thuis.live.api.shelf import Shelf
from thuis.live.jobs import doer, queue
from thuis.live.kept import PATIENCE
from thuis.live.models import Change, LogHead, Webhook
from thuis.live.served import served

MOST = 500
TRIES = 16
"""Nearly two days of trying before a webhook is given up."""


def here(patience: float | None = PATIENCE) -> Shelf:
    """The documents that are served."""
    return served(patience).shelf


def digest(document: Doc) -> str:
    """What a document holds, as a number."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def _digests(found: Shelf) -> tuple[str, ...]:
    return tuple(map(digest, found.documents))


@transaction.atomic
def note() -> int:
    """Write down how the published directory differs from what it was when it was last looked at.

    The first time all of it is new.
    :returns: how many records differ.
    """
    LogHead.objects.get_or_create(pk=1)
    # Two workers that look at once would write the same changes twice.
    LogHead.objects.select_for_update().get(pk=1)
    now, found = timezone.now(), here(patience=None)
    before = {each.record: each for each in _last()}
    made = []
    for record, document, is_now in zip(found.index.records, found.documents, _digests(found), strict=True):
        was = before.pop(record.id, None)
        gone = was is None or was.what == Change.What.REMOVED
        if gone or (was and was.digest != is_now):
            what = Change.What.ADDED if gone else Change.What.CHANGED
            made.append(_change(record.id, str(document["id"]), record.name, what, is_now, now))
    for key, was in before.items():
        if was.what != Change.What.REMOVED:
            made.append(_change(key, was.document, "", Change.What.REMOVED, "", now))
    # Its name may be somebody's: it goes with it.
    gone = [key for key, was in before.items() if was.name]
    Change.objects.filter(record__in=gone).update(name="")
    Change.objects.bulk_create(made, batch_size=500)
    if made:
        _call_hooks()
    return len(made)


def _change(record: str, document: str, name: str, what: str, digest_: str, at: datetime) -> Change:
    return Change(record=record, document=document, name=name[:300], what=what, digest=digest_, at=at)


def _last() -> list[Change]:
    newest = Change.objects.values("record").annotate(newest=Max("pk")).values("newest")
    return list(Change.objects.filter(pk__in=newest))


def times(found: Shelf) -> dict[str, datetime]:
    """Id of a record -> when it last changed; the day of the directory for one not looked at yet.

    Without a database there is the day alone: what is published can be read all the same.
    """
    try:
        return _times(found, Change.objects.aggregate(last=Max("pk"))["last"])
    except DatabaseError:
        return _times(found, None)


@lru_cache(maxsize=2)
def _times(found: Shelf, last: int | None) -> dict[str, datetime]:
    known = {each.record: each.at for each in _last()} if last else {}
    built = datetime(found.day.year, found.day.month, found.day.day, tzinfo=UTC)
    return {each.id: known.get(each.id, built) for each in found.index.records}


def removed(document: str) -> Change | None:
    """That a document was there and is no more."""
    try:
        last = Change.objects.filter(document=document).order_by("-pk").first()
    except DatabaseError:
        return None
    return last if last and last.what == Change.What.REMOVED else None


def _names() -> dict[str, str]:
    """Id of a document -> its name as it stands in the directory now; what left it has none."""
    return {key: here().index.records[number].name for key, number in here().at.items()}


def told(change: Change, names: Mapping[str, str]) -> dict[str, Any]:
    """A change for a machine.

    :param names: of what is in the directory now: a name that was taken back is told no more.
    """
    return {
        "id": change.pk,
        "at": change.at.astimezone(UTC).isoformat(),
        "what": str(change.what),
        "service_id": change.document,
        "name": names.get(change.document, ""),
    }


def page(after: int, most: int) -> dict[str, Any]:
    """Changes after a number, in order."""
    rows = list(Change.objects.filter(pk__gt=after).order_by("pk")[: most + 1])
    shown, names = rows[:most], _names()
    return {
        "contents": [told(each, names) for each in shown],
        "next": shown[-1].pk if shown else after,
        "more": len(rows) > most,
    }


def feed(most: int = 100) -> bytes:
    """The latest changes as a feed."""
    base = f"{settings.LIVE.address.rstrip('/')}/hsds/3.1"
    rows, names = list(Change.objects.order_by("-pk")[:most]), _names()
    entries = (
        Entry(
            f"urn:uuid:{uid('change', each.record, str(each.pk))}",
            names.get(each.document) or str(each.what),
            each.at,
            link="" if each.what == Change.What.REMOVED else f"{base}/services/{each.document}",
            category=str(each.what),
        )
        for each in rows
    )
    latest = rows[0].at if rows else datetime(2000, 1, 1, tzinfo=UTC)
    title = "Initiatieven: wat er veranderde / Initiatives: what changed"
    return atom(f"{base}/changes.atom", title, latest, entries, author="thuis")


def secret(hook: Webhook) -> bytes:
    """What a webhook's messages are signed with: shown once, to who registers it."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"webhook {hook.pk}".encode(), "sha256")


def shown(hook: Webhook) -> str:
    """The secret in the form of Standard Webhooks."""
    return f"whsec_{base64.b64encode(secret(hook)).decode()}"


def register(url: str) -> Webhook:
    """Tell an address of what changes from now on.

    :raises ThuisError: for an address that is not https (http is for this machine alone), or leads inside.
    """
    outward.checked(url)
    return Webhook.objects.create(url=url, after=Change.objects.aggregate(last=Max("pk"))["last"] or 0)


def unregister(id_: str) -> None:
    """Tell an address no longer.

    :raises ThuisError: when there is no such webhook.
    """
    known = {str(each.pk): each for each in Webhook.objects.all()}
    if id_ not in known:
        raise ThuisError(unknown("webhook", id_, known))
    known[id_].delete()


def signature(key: bytes, id_: str, moment: int, body: bytes) -> str:
    """The signature of a message (Standard Webhooks, version 1).

    >>> signature(b"k", "a", 1, b"{}")
    'v1,qOHU3ZNEI7JL1FZgWWn7yzERdFXcrDUOV4Nz0pT+puQ='
    """
    return f"v1,{base64.b64encode(hmac.digest(key, f'{id_}.{moment}.'.encode() + body, 'sha256')).decode()}"


def _call_hooks() -> None:
    last = Change.objects.aggregate(last=Max("pk"))["last"]
    for each in Webhook.objects.filter(active=True):
        queue("webhook", f"webhook {each.pk} {last}", hook=str(each.pk))


class _Stay(urllib.request.HTTPRedirectHandler):
    """A webhook goes where it was registered for, nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def stop(payload: Mapping[str, Any]) -> None:
    """Tell an address no longer, until somebody of the staff says that it is there again."""
    Webhook.objects.filter(pk=payload["hook"]).update(active=False, fault=payload["fault"])


def resume(key: str) -> None:
    """Tell an address again, of what it missed too."""
    if Webhook.objects.filter(pk=key, active=False).update(active=True, fault=""):
        queue("webhook", f"webhook {key} again {timezone.now():%Y%m%d%H%M%S%f}", hook=key)


@doer("webhook", most=TRIES, gave_up=stop)
def deliver(payload: Mapping[str, Any]) -> None:
    """Tell one address of the changes that it has not been told of."""
    with transaction.atomic():
        hook = Webhook.objects.select_for_update().filter(pk=payload["hook"], active=True).first()
        if hook is None:
            return
        while (rows := page(hook.after, MOST))["contents"]:
            _post(hook, rows)
            hook.after = rows["next"]
            hook.save(update_fields=["after"])


def _post(hook: Webhook, rows: Mapping[str, Any]) -> None:
    id_, moment = f"{hook.pk}.{rows['next']}", int(timezone.now().timestamp())
    body = json.dumps({"type": "directory.changed", **rows}, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "thuis",
        "Webhook-Id": id_,
        "Webhook-Timestamp": str(moment),
        "Webhook-Signature": signature(secret(hook), id_, moment, body),
    }
    outward.asked(hook.url)
    request = urllib.request.Request(hook.url, body, headers, method="POST")
    opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        # Gone: who answers so does not want to be told any more.
        if error.code != 410:
            raise
        Webhook.objects.filter(pk=hook.pk).update(active=False, fault="410 Gone")
