"""A first project folder: from a survey file of one's own, or with made-up respondents to try things on.

Later waves of the same survey are added to it one by one.
"""

from thuis.starter.later import add_wave
from thuis.starter.write import start

__all__ = ["add_wave", "start"]
