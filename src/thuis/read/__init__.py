"""Survey files in, harmonised respondents out: the only part of thuis that ever sees microdata files."""

from thuis.formats import Column, columns_of
from thuis.read.microdata import Entry, Microdata, WaveDesign
from thuis.read.response import remarks
from thuis.read.waves import read_waves

__all__ = ["Column", "Entry", "Microdata", "WaveDesign", "columns_of", "read_waves", "remarks"]
