"""What ``thuis init`` would make of a survey file, before there is a project: for who looks at it first."""

from __future__ import annotations

from pathlib import Path

from thuis.formats import Written
from thuis.starter.beside import beside, days_of
from thuis.starter.guess import roles_of
from thuis.starter.looked import Looked
from thuis.starter.waves import countries_of, other_countries, waves_of


def overview(path: Path, how: Written) -> list[str]:
    """How large a file is, how it is written, and which rows, waves and roles of columns are seen in it.

    :raises ThuisError: as :func:`thuis.formats.columns_of`.
    """
    looked = Looked(path, how, None, (None, None))
    looked.respondents({}, (), ())
    raw = looked.whole(looked.once[:1])
    rows, columns = raw.frame.height, len(looked.columns)
    told = [
        f"{path.name}: {rows:,} row{'s' if rows != 1 else ''}"
        + (" that are respondents" if looked.where else "")
        + f", {columns:,} column{'s' if columns != 1 else ''}",
        *(f"file: {each}" for each in looked.notes),
    ]
    again = [name for name, each in looked.columns.items() if each.times > 1]
    if again:
        told.append(
            f"names: {', '.join(map(repr, again[:3]))} stand twice or more; give each its own to use it"
        )
    waves = waves_of(looked)
    countries = countries_of(looked)
    if waves:
        told.append(waves.line())
        countries = countries and (other_countries(looked, waves) or countries)
    else:
        told += [each for each in (beside(looked.columns), days_of(looked)) if each]
    told += [*looked.remarks, *([countries] if countries else [])]
    return [*told, *(each.line() for each in roles_of(looked.columns, looked, {}).values())]
