"""Figures from respondents: every cell with its interval, every difference worth naming with its test."""

from thuis.monitor.estimate.figures import estimate

__all__ = ["estimate"]
