"""A first project folder: from a survey file of one's own, or with made-up respondents to try things on."""

from thuis.starter.write import start

__all__ = ["start"]
