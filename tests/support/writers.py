"""Kill a writer many times in the middle of its work: writers.py FOLDER KILLS DATABASE prints what it saw.

A process of its own, which readies Django once and forks each writer. A writer says of a submission that it
was taken only when the transaction has ended: what was said has to be there.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path


def write(out: int) -> None:
    """Send in, confirm and say so, again and again."""
    from support.filled import CELLS
    from thuis.live import submissions

    number = 0
    while True:
        number += 1
        made = submissions.send_in(CELLS, "neighbourhood", f"p{os.getpid()}n{number}@linde.example", "nl")
        submissions.confirm(made.pk)
        os.write(out, f"{made.pk}\n".encode())


def killed(kills: int) -> tuple[list[str], int]:
    """The submissions of which writers said that they were taken, and how often one was killed at work."""
    from django.db import connections

    said: list[str] = []
    at_work = 0
    for _ in range(kills):
        connections.close_all()
        read, out = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            write(out)
        os.close(out)
        with os.fdopen(read, "rb") as heard:
            first = heard.readline()
            time.sleep(random.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            lines = (first + heard.read()).decode().split("\n")
        # A line that the kill cut short was not said.
        said += lines[:-1]
        at_work += bool(first)
    return said, at_work


def main(folder: Path, kills: int, database: str | None) -> None:
    """Kill, then look whether all that was said is there, once, with its mail, and the log whole."""
    from thuis.live.start import migrate, ready

    ready(folder, database)
    migrate()
    said, at_work = killed(kills)
    from thuis.live import log
    from thuis.live.models import Job, LogEntry, Submission

    there = {str(each) for each in Submission.objects.filter(state="waiting").values_list("pk", flat=True)}
    every = Submission.objects.count()
    print(
        json.dumps(
            {
                "kills": at_work,
                "said": len(said),
                "lost": len(set(said) - there),
                "half": every - Job.objects.filter(kind="mail").count(),
                "unlogged": every - LogEntry.objects.filter(what="sent in").count(),
                "log": list(log.changed()),
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
