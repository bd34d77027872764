"""The list of all files of a data folder: what a reader's own program needs to find the rest."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from thuis.contract.base import Record, Text

FileKind = Literal["whole", "indicator", "figure", "handover", "version", "schema", "other"]


class FileOf(Record):
    """One file."""

    path: str
    """path inside the data folder"""
    kind: FileKind
    """`whole` (over all figures), `indicator`, `figure`, `handover`, `version`, `schema` or `other`"""
    type: str
    """its media type"""
    bytes: int
    """its size"""
    sha256: str
    """its SHA-256 digest, in hexadecimal"""
    indicator: str | None = None
    """id of the indicator it is about"""
    breakdown: str | None = None
    """id of the breakdown it is about"""
    language: str | None = None
    """its language, for a file in one language"""


class Since(Record):
    """What is different from a version that was released."""

    version: str
    """number of that version"""
    added: tuple[str, ...] = ()
    """paths that are new"""
    changed: tuple[str, ...] = ()
    """paths whose content is different"""
    removed: tuple[str, ...] = ()
    """paths that are gone"""
    figures: tuple[str, ...] = ()
    """ids of the figures whose numbers are different, new or gone"""


class Index(Record):
    """``index.json``."""

    title: Text
    """name of the monitor"""
    version: str
    """number of this version"""
    released: dt.date
    """its day"""
    address: str | None = None
    """where the site stands; paths are below `data/` there"""
    languages: tuple[str, ...]
    """language codes of the monitor"""
    licence: str | None = None
    """address of the licence"""
    synthetic: Text | None = None
    """the warning when figures are invented"""
    made_by: str = ""
    """digest of the programs and texts that made the workbooks; another one makes them anew"""
    files: tuple[FileOf, ...]
    """every file of the folder but this one, by path"""
    since: tuple[Since, ...] = Field(())
    """what changed since each version that can be downloaded, the latest first"""
