"""Mail to submitters: queued with the change it tells of, written when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

from thuis.live.jobs import doer, queue
from thuis.live.links import link
from thuis.live.models import Submitter
from thuis.live.pages import heard, said
from thuis.live.served import languages, served

TRIES = 30
"""About five days: then the address is taken to be none, or the mail server to be away for good."""


def tell(submitter: Submitter | None, what: str, kind: str, key: object, once: str, **values: str) -> None:
    """Queue a mail. It names the submitter, not the address: who is erased before it goes gets none.

    :param what: the key of its texts below ``mail`` in the catalogue.
    :param kind: with ``key``, what its signed link leads to.
    """
    if submitter and submitter.email:
        name = f"mail {what} {key} {once}"
        payload = {"to": submitter.pk, "what": what, "of": kind, "key": str(key), "values": values}
        queue("mail", name, **payload, id=salted_hmac("mail", name, algorithm="sha256").hexdigest()[:40])


@doer("mail", most=TRIES)
def send(payload: Mapping[str, Any]) -> None:
    """Send one mail."""
    to = Submitter.objects.filter(pk=payload["to"]).first()
    if to is None or not to.email:
        return
    # The monitor may have lost the language in which somebody wrote: its pages would not be found.
    language = to.language if to.language in languages() else languages()[0]
    text = said(language)
    values = {
        **payload["values"],
        "link": link(language, payload["of"], payload["key"]),
        "monitor": heard(served().data.monitor.title, language),
    }
    subject = " ".join(text(f"mail.{payload['what']}.subject", **values).split())
    body = f"{text('mail.' + payload['what'] + '.body', **values)}\n\n{text('mail.foot', **values)}"
    # A worker that dies between sending and noting sends once more: by its name a mailbox sees that.
    host = urlsplit(settings.LIVE.address).hostname
    named = {"Message-ID": f"<{payload['id']}@{host}>"} if "id" in payload else {}
    EmailMessage(subject, body, to=[to.email], headers={"Auto-Submitted": "auto-generated", **named}).send()
