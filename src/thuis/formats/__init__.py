"""Survey files of every kind: their columns, labels and values, and one sentence when they cannot be read."""

from thuis.formats.files import KINDS, columns_of, read
from thuis.formats.raw import Column, Raw, codes
from thuis.formats.written import Written

__all__ = ["KINDS", "Column", "Raw", "Written", "codes", "columns_of", "read"]
