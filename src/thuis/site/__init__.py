"""Data folder in, static HTML out: the public monitor in every language, complete without script."""

from __future__ import annotations

from thuis.site.build import SiteReport, build_site, write_site

__all__ = ["SiteReport", "build_site", "write_site"]
