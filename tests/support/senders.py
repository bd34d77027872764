"""Kill a worker many times while it sends mail: senders.py FOLDER KILLS prints how many mails there were.

A process of its own, as ``writers.py``. Each worker lives a quarter of an hour after the one before it, when
what that one had taken is free again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path


def main(folder: Path, kills: int) -> None:
    """Queue mail, kill whoever sends it, let the last one finish."""
    from thuis.live.start import migrate, ready

    ready(folder)
    migrate()
    from django.db import connections
    from django.utils import timezone

    from thuis.live.jobs import STALE, work
    from thuis.live.models import Job, Submitter
    from thuis.live.post import tell

    for number in range(3 * kills):
        to = Submitter.objects.create(email=f"p{number}@linde.example")
        tell(to, "confirm", "submission", number, "first", name=f"Linde {number}")
    now, at_work = timezone.now(), 0
    for _ in range(kills):
        connections.close_all()
        child, now = os.fork(), now + STALE + timedelta(minutes=1)
        if not child:
            while True:
                work(now=now)
                time.sleep(1)
        time.sleep(random.uniform(0.02, 0.12))
        os.kill(child, signal.SIGKILL)
        at_work += os.waitpid(child, 0)[1] == signal.SIGKILL
    work(now=now + 2 * STALE)
    mails = Job.objects.filter(kind="mail")
    print(json.dumps({"kills": at_work, "mails": mails.count(), "left": mails.filter(done_at=None).count()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
