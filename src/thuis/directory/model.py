"""One initiative as thuis knows it: the Dutch profile of an HSDS service, with where each fact came from.

Everything HSDS has and the profile does not is kept in ``kept``, so that an export gives back what came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import Field

from thuis.contract.base import Strict, Text
from thuis.contract.directory import Contact, Provenance, Schedule, Where

Status = Literal["active", "inactive", "defunct", "temporarily closed"]
STATUSES: tuple[Status, ...] = get_args(Status)
Scope = Literal["municipality", "region", "country", "unknown"]


class Initiative(Strict):
    """One initiative: a service of HSDS with the Dutch profile.

    ``municipality`` is the code of CBS; ``areas`` are the codes it serves besides. ``scope`` is ``region`` or
    ``country`` only with a ``scope_reason``. Themes, audience and form are ids of
    :mod:`thuis.directory.terms`.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    alternate_name: str | None = None
    description: Text = Field(default_factory=dict)
    organization: str | None = None
    organization_id: str | None = None
    municipality: str | None = None
    areas: tuple[str, ...] = ()
    scope: Scope = "unknown"
    scope_reason: str | None = None
    where: tuple[Where, ...] = ()
    themes: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    price: Literal["free", "paid", "unknown"] = "unknown"
    price_text: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    contact: Contact | None = None
    url: str | None = None
    status: Status = "active"
    schedules: tuple[Schedule, ...] = ()
    identifiers: tuple[str, ...] = ()
    provenance: Provenance = Provenance()
    invented: bool = False
    kept: Mapping[str, Any] = Field(default_factory=dict, repr=False)

    @property
    def places(self) -> tuple[str, ...]:
        """Every municipality it is for, by code."""
        own = (self.municipality,) if self.municipality else ()
        return tuple(dict.fromkeys((*own, *self.areas)))

    def marks(self, facet: str) -> tuple[str, ...]:
        """What it has of one kind of mark (``themes``, ``price``), be that one or more."""
        value = getattr(self, facet)
        return (value,) if isinstance(value, str) else tuple(value)

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude of the first place that has both and lies on earth."""
        points = ((each.latitude, each.longitude) for each in self.where)
        return next(
            ((y, x) for y, x in points if y is not None and x is not None and abs(y) <= 90 and abs(x) <= 180),
            None,
        )
