"""What every record of the data folder is: frozen, told by its own keys, and written as it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError, model_validator

from thuis.errors import raise_all

ItemT = TypeVar("ItemT", bound="Record")

Text = dict[str, str]
"""A text in every language of the monitor: ``{"nl": "…", "en": "…"}``."""
Said = Text | str
"""A text, or a plain string where it exists in one language only."""
Number = int | float
"""A number that is written as it was given: a whole one without a point."""


class Strict(BaseModel):
    """What people declare, or a service keeps: frozen, and nothing that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(BaseModel):
    """An object of the data folder.

    A reader passes over keys it does not know, for a later version may have more; who writes may not have
    them (:meth:`given`). ``defer_build``: a command that reads no data folder does not pay for its models.
    """

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        validate_by_name=True,
        validate_by_alias=True,
        allow_inf_nan=False,
    )

    @classmethod
    def given(cls, values: Any = None, /, **more: Any) -> Self:
        """A record from plain values of our own making, by key or as a mapping: nothing in them may get lost.

        :raises ThuisError: for a key the record does not have, one it lacks, or a value that cannot be there.
        """
        from thuis.contract.faults import problems_of

        values = {**values, **more} if more and values else values or more
        try:
            return cls.model_validate(values, extra="forbid")
        except ValidationError as error:
            raise_all(problems_of(error, values, cls.__name__))
            raise

    def but(self, **changes: Any) -> Self:
        """The record with other values for some of its fields; nothing worked out before is kept."""
        told = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self).model_validate(told | changes)

    def plain(self) -> Any:
        """The record as JSON has it: the keys that were given, in the order of the model."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Listing(RootModel[tuple[ItemT, ...]], Generic[ItemT]):
    """A file that is a list of records."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def plain(self) -> Any:
        """The list as JSON has it."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Unique(Record):
    """A record with lists in which no two entries have one id."""

    unique: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        for name in self.unique:
            _once_each(name, (each.id for each in getattr(self, name)))
        return self


def _once_each(kind: str, ids: Iterable[str]) -> None:
    """Refuse two entries with one id.

    :raises ValueError: naming the ids that stand there twice.
    """
    twice = [id_ for id_, times in Counter(ids).items() if times > 1]
    if twice:
        raise ValueError(f"{kind}: two entries have the id {', '.join(map(repr, twice))}")
