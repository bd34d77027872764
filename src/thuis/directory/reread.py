"""A directory from the data folder that was published: what anyone can do with it, the publisher can too."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from thuis.contract.directory import DirectoryFile, PublicInitiative
from thuis.directory.load import Directory
from thuis.directory.model import Initiative
from thuis.errors import Place, Problem, ThuisError

_MADE = {"municipality_name", "point", "overdue", "decay", "quality", "meanings", "parts"}


def reread(path: Path) -> Directory:
    """The initiatives of ``directory.json``.

    :raises ThuisError: when it is not what thuis writes.
    """
    try:
        read = DirectoryFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(each) for each in first["loc"])
        step = "build the data folder again"
        raise ThuisError(
            Problem(f"{where}: {first['msg']}", Place(path.name), "directory.json of thuis", step=step)
        ) from error
    records = records_of(read)
    return Directory(
        records, places={each.id: Place(path.name, key=each.id) for each in records}, unmerged=records
    )


def records_of(read: DirectoryFile) -> tuple[Initiative, ...]:
    """The initiatives of a file that was read."""
    return tuple(_record(each) for each in read.initiatives)


def _record(public: PublicInitiative) -> Initiative:
    return Initiative.model_validate(public.model_dump(exclude=_MADE))
