"""Processes that count visitors together: counters.py FOLDER prints what the checks below saw in a service.

A process of its own: what it forks has no threads of other tests, and the locks that those held, in it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

EACH, PROCESSES, KILLS, LIMIT = 3000, 4, 100, 21


def _parted(do: Callable[[], object]) -> int:
    child = os.fork()
    if not child:
        try:
            do()
            os._exit(0)
        finally:
            os._exit(1)
    return child


def _awaited(do: Callable[[], object], processes: int) -> None:
    for child in [_parted(do) for _ in range(processes)]:
        assert os.waitpid(child, 0)[1] == 0


def together() -> dict[str, int]:
    """What the next count is after processes and threads counted: here, in another stretch, for another."""
    from thuis.live.visitors import Counts

    counts = Counts()

    def many() -> None:
        with ThreadPoolExecutor(4) as crew:
            list(crew.map(lambda _: counts.next("api 203.0.113.9", 7), range(EACH)))

    _awaited(many, PROCESSES)
    return {
        "same": counts.next("api 203.0.113.9", 7),
        "stretch": counts.next("api 203.0.113.9", 8),
        "other": counts.next("api 203.0.113.10", 7),
    }


def killed() -> dict[str, float]:
    """The longest that one waited to count after another was killed while counting."""
    from thuis.live.visitors import Counts

    counts, chance = Counts(), random.Random(3)

    def forever() -> None:
        while True:
            counts.next("api", 1)

    waited = []
    for _ in range(KILLS):
        child = _parted(forever)
        time.sleep(chance.uniform(0.001, 0.01))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        began = time.monotonic()
        counts.next("api", 1)
        waited.append(time.monotonic() - began)
    return {"kills": len(waited), "longest": max(waited)}


def limited() -> dict[str, int]:
    """How many of forty questions two processes let pass that parted where all was loaded, as servers do."""
    from django.conf import settings
    from django.db import connections
    from django.test import Client
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    client = Client()
    limits = settings.LIVE.limits.model_copy(update={"api": LIMIT})
    with override_settings(LIVE=settings.LIVE.model_copy(update={"limits": limits})):
        client.get("/hsds/3.1/services")
        # All within one minute: the next one begins anew.
        if (late := time.time() % 60) > 40:
            time.sleep(60.5 - late)
        client.get("/hsds/3.1/services")
        read, write = os.pipe()

        def ask() -> None:
            # The database of the one is not that of the others.
            connections.close_all()
            passed = sum(client.get("/hsds/3.1/").status_code == 200 for _ in range(20))
            os.write(write, bytes([passed]))

        _awaited(ask, 2)
        return {"passed": sum(os.read(read, 2))}


if __name__ == "__main__":
    from thuis.live.start import ready

    ready(Path(sys.argv[1]))
    print(json.dumps({"together": together(), "killed": killed(), "limited": limited()}))
