"""Data folder in, static HTML out: the public monitor in every language, complete without script."""

from __future__ import annotations

from thuis.site.build import build_site, write_site

__all__ = ["build_site", "write_site"]
