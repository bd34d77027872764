"""The contract: the data folder as records, written by ``publish`` and read by ``site`` and anyone else.

``read_folder(folder)`` reads a data folder; :data:`FILES` says which record is in which file.
"""

from thuis.contract.files import FILES
from thuis.contract.folder import DataFolder, read_folder
from thuis.contract.indicator import Indicator

__all__ = ["FILES", "DataFolder", "Indicator", "read_folder"]
