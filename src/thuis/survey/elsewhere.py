"""What other packages call a question that is asked otherwise here, or that has no answer here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar, NoReturn

from thuis.errors import ThuisError, unknown


@cache
def words_of(part: str) -> dict[str, str]:
    """What others call things, and where they stand here: a part of ``elsewhere.yaml``."""
    # Only who asks for what is not there waits for a reader of YAML.
    from thuis.yaml import shipped

    return dict(shipped("thuis.survey", "elsewhere.yaml")[part])


class NoSuchQuestionError(ThuisError, AttributeError):
    """A name that is no question here; also what Python expects of a name that is not there."""


class Elsewhere:
    """What is asked by names: of one that is not there it says what is asked instead.

    ``_called`` is what it is called, and the part of ``elsewhere.yaml`` with the names others give.
    """

    __slots__ = ()
    _called: ClassVar[tuple[str, str]]

    if not TYPE_CHECKING:  # for a type checker a name that is not there stays one

        def __getattr__(self, name: str) -> NoReturn:
            kind, words = self._called
            raise absent(kind, name, type(self), words)


def absent(kind: str, name: str, owner: type, words: str) -> NoSuchQuestionError:
    """That a name is not there, with what is asked instead.

    :param words: the part of ``elsewhere.yaml`` that has the names others give to such questions.

    >>> print(absent("Sample", "svyttest", object, "sample"))
    a Sample has no 'svyttest'
      next: ask test("income", group="sex")
    """
    plain = name.lower().removeprefix("svy").removeprefix("survey_").removeprefix("svy_")
    known = words_of(words)
    found = known.get(name.lower(), known.get(plain))
    if found is not None:
        return NoSuchQuestionError(f"a {kind} has no {name!r}", step=f"ask {found}")
    gone = words_of("absent")
    if kind == "Sample" and plain in gone:
        return NoSuchQuestionError(
            f"a {kind} has no {name!r}: no {gone[plain]} here",
            step="docs/reference/calls.md has every question with those of other packages beside it",
        )
    own = [each for each in dir(owner) if not each.startswith("_")]
    near = unknown("name", plain if plain in own else name, own)
    if plain in own:
        return NoSuchQuestionError(f"a {kind} has no {name!r}", step=f"ask {plain}")
    return NoSuchQuestionError(f"a {kind} has no {name!r}", available=near.available, step=near.step)
