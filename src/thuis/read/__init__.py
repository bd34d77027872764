"""Survey files in, harmonised respondents out: the only part of thuis that ever sees microdata files."""

from thuis.read.microdata import Microdata
from thuis.read.response import remarks
from thuis.read.waves import read_waves

__all__ = ["Microdata", "read_waves", "remarks"]
