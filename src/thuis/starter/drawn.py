"""The sample design of one more wave: that of the wave beside it, by the columns of its own file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thuis.errors import Place, Problem, ThuisError, raise_all, unknowns
from thuis.expression.weights import weight_columns
from thuis.project.model import Wave
from thuis.starter.looked import Looked
from thuis.starter.roles import NONE, ROLES
from thuis.starter.split import design_of

Written = dict[str, Any]


def design_beside(
    near: Wave, written: Mapping[str, Any], looked: Looked, said: Mapping[str, str | None]
) -> tuple[Written, tuple[str, ...]]:
    """The design of a new wave as its file holds it, and what a person should know.

    :param written: the design of the wave beside it, as its file has it.
    :param said: columns for roles that the user named; ``-`` for none.
    :raises ThuisError: when a column is not there and no other speaks for itself.
    """
    file = looked.file.name
    there = looked.columns
    named = {role: each for role in ROLES if (each := said.get(role))}
    place = Place(file)
    wanted = [
        name
        for role, each in named.items()
        if each != NONE
        for name in (weight_columns(each, there) if role == "weight" else (each,))
    ]
    raise_all(unknowns("column", wanted, there, place))
    made: Written = {**written, **{role: None if each == NONE else each for role, each in named.items()}}
    lacking = [(path, name) for path, name in _columns(made, looked) if name not in there]
    plain = [path for path, _ in lacking if path in ROLES and isinstance(made[path], str)]
    raise_all(
        [
            Problem(
                f"column {name!r} of the design of wave {near.id!r} is not in {file}",
                Place(file, key=path),
                available=tuple(there),
                step=f"--{path} NAME, - for none"
                if path in ROLES
                else "give the column the name that it had, or add the wave by hand",
            )
            for path, name in lacking
            if path not in plain
        ]
    )
    return (made, ()) if not plain else _guessed(near, made, looked, plain)


def _guessed(
    near: Wave, made: Written, looked: Looked, lacking: list[str]
) -> tuple[Written, tuple[str, ...]]:
    """The roles whose column has another name here, by what speaks for a column."""
    file = looked.file.name
    kept = {role: made.get(role) for role in ROLES}
    said = {
        role: None if role in lacking else (each if isinstance(each, str) else NONE)
        for role, each in kept.items()
    }
    found = design_of(looked.whole, looked.columns, looked, said)
    evidence = {each.role: each for each in found.evidence}
    told = []
    for role in lacking:
        column = getattr(found, role)
        if column is None:
            raise ThuisError(
                f"no {role} is seen in {file}: in wave {near.id!r} it is {made[role]!r}",
                Place(file),
                available=tuple(looked.columns),
                step=f"--{role} NAME, or --{role} - for none",
            )
        why = evidence[role].evidence if role in evidence else "its name"
        told.append(
            f"{role}: {column!r}, guessed from {why}; in wave {near.id!r} it is {made[role]!r}: check"
        )
        made = {**made, role: column}
    return made, tuple(told)


def _columns(design: Mapping[str, Any], looked: Looked) -> Iterator[tuple[str, str]]:
    """Every column that a design names, and the key under which it stands."""
    for key in ("weight", "strata", "psu", "fpc", "later_strata"):
        value = design.get(key)
        for each in value if isinstance(value, list | tuple) else [value]:
            if each is not None:
                names = weight_columns(str(each), looked.columns) if key == "weight" else (str(each),)
                yield from ((key, name) for name in names)
    for own in ({"replicates": design.get("replicates")}, *(design.get("weights") or {}).values()):
        yield from (("weights", name) for name in _of_weight(own, looked))
    if response := design.get("response"):
        yield "response", str(response["column"])


def _of_weight(own: Mapping[str, Any], looked: Looked) -> Iterator[str]:
    if weight := own.get("weight"):
        yield from weight_columns(str(weight), looked.columns)
    columns = (own.get("replicates") or {}).get("columns")
    yield from (str(each) for each in columns if isinstance(columns, list | tuple)) if columns else ()
