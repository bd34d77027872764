"""Mail to submitters: queued with the change it tells of, written when it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
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

LONGEST = 60
# What programs for mail make a link of: an address of the web or of mail, a name of a host, four numbers.
_LINK = re.compile(
    r"://|@|www|[^\W\d][.\u3002\uff0e\uff61]\w|\w[.\u3002\uff0e\uff61][^\W\d]|\d+(?:\.\d+){3}", re.I
)
TRIES = 30
"""About five days: then the address is taken to be none, or the mail server to be away for good."""


def unasked(text: str) -> str:
    """What somebody typed, for mail to an address that may be another's: short, and no link in it.

    >>> unasked("Win een prijs op prijs.example/x nu"), unasked("Koffie om 10.30, St. Jan")
    ('Win een prijs op … nu', 'Koffie om 10.30, St. Jan')
    """
    words = ("…" if _LINK.search(each) else each for each in text[:LONGEST].split())
    return " ".join(words) + ("…" if len(text) > LONGEST else "")


def tell(
    submitter: Submitter | None,
    what: str,
    kind: str,
    key: object,
    once: str,
    due: datetime | None = None,
    /,
    **values: str,
) -> None:
    """Queue a mail. It names the submitter, not the address: who is erased before it goes gets none.

    :param what: the key of its texts below ``mail`` in the catalogue.
    :param kind: with ``key``, what its signed link leads to.
    :param due: not before then.
    """
    if submitter and submitter.email:
        name = f"mail {what} {key} {once}"
        payload = {"to": submitter.pk, "what": what, "of": kind, "key": str(key), "values": values}
        queue("mail", name, due, **payload, id=salted_hmac("mail", name, algorithm="sha256").hexdigest()[:40])


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
