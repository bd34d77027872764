"""Many press the same button at the same moment: racers.py FOLDER [DATABASE] prints what came of it.

A process of its own, in which transactions really end.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

CREW = 8


def main(folder: Path, database: str | None) -> None:
    """Confirm, accept, refuse and undo, each by eight at once; then accept eight of one name."""
    from thuis.live.start import migrate, ready

    ready(folder, database)
    migrate()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from support.filled import CELLS
    from support.live import worker
    from thuis.live import log, submissions
    from thuis.live.links import token
    from thuis.live.models import Decision, Job, LogEntry, Submission, Version

    settings.ALLOWED_HOSTS = ["*"]
    settings.LIVE.limits.__dict__["forms"] = 10_000
    staff = [worker(name=f"mo{number}") for number in range(CREW)]
    own = submissions.send_in(CELLS, "neighbourhood", "a@linde.example", "nl")
    faults: list[int] = []

    def at_once(paths: list[str], acts: list[dict[str, str]], users: list[object]) -> None:
        line = Barrier(CREW)

        def press(number: int) -> None:
            client = Client(raise_request_exception=False)
            if users:
                client.force_login(users[number])
            line.wait()
            answer = client.post(paths[number % len(paths)], acts[number % len(acts)])
            if answer.status_code >= 500:
                faults.append(answer.status_code)
            connection.close()

        with ThreadPoolExecutor(CREW) as crew:
            list(crew.map(press, range(CREW)))

    at_once([f"/nl/live/mine/{token('submission', own.pk)}/"], [{"do": "confirm"}], [])
    confirmed = LogEntry.objects.filter(what="confirmed").count()
    desk = f"/nl/live/staff/queue/{own.pk}/"
    at_once([desk], [{"do": "accept"}, {"do": "refuse", "text": "Nee."}], list(staff))
    decided = Decision.objects.count()
    versions = Version.objects.count()
    state = Submission.objects.get().state
    mails = (
        Job.objects.filter(once__contains=str(own.pk), kind="mail").exclude(once__contains="confirm").count()
    )
    at_once([desk], [{"do": "undo", "text": "Te snel."}], list(staff))
    undone = Decision.objects.filter(what="undo").count()
    named = [_confirmed(CELLS | {"name": "Allemaal Gelijk"}) for _ in range(CREW)]
    at_once([f"/nl/live/staff/queue/{each}/" for each in named], [{"do": "accept"}], list(staff))
    keys = set(Submission.objects.filter(pk__in=named).values_list("initiative__key", flat=True))
    told = {
        "faults": faults,
        "of one name": len(keys - {None}),
        "confirmed": confirmed,
        "decided": decided,
        "versions": versions == (1 if state == "accepted" else 0),
        "mails": mails,
        "undone": undone,
        "state": Submission.objects.get(pk=own.pk).state,
        "log": list(log.changed()),
    }
    print(json.dumps(told))


def _confirmed(cells: dict[str, str]) -> object:
    from thuis.live import submissions

    made = submissions.send_in(cells, "neighbourhood", "b@linde.example", "nl")
    return submissions.confirm(made.pk).pk


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
