"""Files that visitors send: never larger than allowed, never on the disk, told by what is in them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class Bounded(MemoryFileUploadHandler):
    """Holds one file in memory and hangs up when it grows beyond the limit."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        self.activated = True
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken > settings.LIVE.limits.upload:
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)
