"""What a preview knows: which build is shown, what of the next is there already, and who looks at which page.

A page that somebody looks at, or waits for, is made before all others and shown at once; until the rest is
there, who asks for it waits. So nobody is given a page of the build before.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LATE = re.compile(r"pagefind/|data/(?:workbooks/|handover/|index\.json$|figures\.[^/]+\.xlsx$)")
"""What a preview makes after its pages."""
ALL = re.compile(r"(?!theme/)")
"""What it makes anew after a change: all but the style, which is of the code."""


class LeftError(Exception):
    """What follows after the pages is left: a file changed again, and the next build makes it."""


def _now() -> int:
    return int(time.time())


@dataclass
class Preview:
    """Changed by the watcher, and by the build that it runs in a thread; read by the pages.

    ``builds`` is the number of the build that is shown, which no preview before had; ``problems`` is what is
    wrong with it; ``late`` is what on the disk is still of the build before; ``left`` says that what follows
    after the pages is no longer wanted.
    """

    builds: int = field(default_factory=_now)
    problems: str | None = None
    late: re.Pattern[str] | None = None
    left: bool = False
    _shown: dict[str, str] = field(default_factory=dict)
    _looked: Counter[str] = field(default_factory=Counter)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _loop: asyncio.AbstractEventLoop | None = None

    async def settle(self, late: re.Pattern[str] | None) -> None:
        """Say what on the disk is of the build before, from now on."""
        async with self._changed:
            self.late, self._loop = late, asyncio.get_running_loop()
            self._shown.clear()
            self._changed.notify_all()

    async def built(self, problems: str | None) -> None:
        """Record a finished build, and wake every page that does not show it yet."""
        async with self._changed:
            # Pages that were shown before something was found wrong show no such build.
            self.builds += 1 if problems is None else 2
            self.problems, self.late = problems, LATE
            self._shown.clear()
            self._changed.notify_all()

    async def settled(self, path: str) -> str | None:
        """Wait until a file is of the last build; its text, when it is shown before it is on the disk."""
        with self._looking(path):
            async with self._changed:
                await self._changed.wait_for(
                    lambda: path in self._shown or not (self.late and self.late.match(path))
                )
                return self._shown.get(path)

    async def events(self, path: str, seen: int) -> AsyncIterator[str]:
        """Server-sent events for who looks at a page: one for each build it is shown of after ``seen``."""
        yield "retry: 1000\n\n"
        with self._looking(path):
            while True:
                async with self._changed:
                    while self.number(path) == seen:
                        await self._changed.wait()
                    seen = self.number(path)
                yield f"data: {seen}\n\n"

    def number(self, path: str) -> int:
        """Of which build a page is shown now."""
        return self.builds + (path in self._shown)

    @contextmanager
    def _looking(self, path: str) -> Iterator[None]:
        self._looked[path] += 1
        try:
            yield
        finally:
            self._looked[path] -= 1
            if not self._looked[path]:
                del self._looked[path]

    # What follows is called by the build.

    def wanted(self) -> Collection[str]:
        """Files that are looked at, or waited for, and not shown yet."""
        self.go_on()
        return {*self._looked} - self._shown.keys() if self.late is ALL else ()

    def go_on(self, *_: object) -> None:
        """Raise a :class:`LeftError` when nobody waits for what is made."""
        if self.left and self.late is not ALL:
            raise LeftError

    def show(self, path: str, html: str) -> None:
        """Show a page before the others are there."""
        assert self._loop
        asyncio.run_coroutine_threadsafe(self._show(path, html), self._loop)

    async def _show(self, path: str, html: str) -> None:
        async with self._changed:
            self._shown[path] = html
            self._changed.notify_all()
