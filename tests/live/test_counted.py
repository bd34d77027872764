"""Visitors are counted by all processes together, and nobody who dies keeps the others waiting."""

from __future__ import annotations

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from support.live import home

EACH, PROCESSES = 3000, 4


def _parted(do: Any) -> int:
    child = os.fork()
    if not child:
        try:
            do()
            os._exit(0)
        finally:
            os._exit(1)
    return child


def test_processes_and_threads_count_each_once() -> None:
    home()
    from thuis.live.visitors import Counts

    counts = Counts()

    def many() -> None:
        with ThreadPoolExecutor(4) as crew:
            list(crew.map(lambda _: counts.next("api 203.0.113.9", 7), range(EACH)))

    for child in [_parted(many) for _ in range(PROCESSES)]:
        assert os.waitpid(child, 0)[1] == 0
    assert counts.next("api 203.0.113.9", 7) == PROCESSES * EACH + 1
    assert counts.next("api 203.0.113.9", 8) == 1, "another stretch begins anew"
    assert counts.next("api 203.0.113.10", 7) == 1


def test_who_is_killed_while_counting_keeps_nobody_waiting() -> None:
    home()
    from thuis.live.visitors import Counts

    counts, chance = Counts(), random.Random(3)

    def forever() -> None:
        while True:
            counts.next("api", 1)

    for _ in range(100):
        child = _parted(forever)
        time.sleep(chance.uniform(0.001, 0.01))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        began = time.monotonic()
        counts.next("api", 1)
        assert time.monotonic() - began < 5


def test_two_processes_let_no_more_pass_than_one(client: Any, settings: Any) -> None:
    """Two that part from the one in which all was loaded, as the server's do."""
    from django.conf import settings as now
    from django.db import connections

    from support.live import served

    served()
    client.get("/hsds/3.1/services")
    limits = now.LIVE.limits.model_copy(update={"api": 21})
    settings(LIVE=now.LIVE.model_copy(update={"limits": limits}))
    read, write = os.pipe()

    def ask() -> None:
        # The database of the one is not that of the others.
        connections.close_all()
        passed = sum(client.get("/hsds/3.1/").status_code == 200 for _ in range(20))
        os.write(write, bytes([passed]))

    for child in [_parted(ask) for _ in range(2)]:
        assert os.waitpid(child, 0)[1] == 0
    assert sum(os.read(read, 2)) in (19, 20, 21)
