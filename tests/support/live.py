"""A live service for tests: a folder, a database and the made-up site, made once for each process."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from support.monitor import INDICATORS, data_folder


@cache
def home() -> Path:
    """The folder of a service for which Django is ready; without pages yet."""
    from thuis.live.start import init, migrate, ready

    folder = Path(tempfile.mkdtemp(prefix="thuis-live-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    init(folder)
    ready(folder, os.environ.get("THUIS_TEST_DATABASE"))
    migrate()
    return folder


@cache
def served() -> Path:
    """The same, with the made-up site built into it."""
    from thuis.site.build import build_site

    public = home() / "public"
    few = {name: INDICATORS[name] for name in ("voted", "discrimination-at-work")}
    build_site(data_folder(home() / "made" / "data", indicators=few, optional=True), public, search=False)
    return home()
