"""Why something cannot be decided or done, in words of the page."""

from __future__ import annotations

from collections.abc import Iterable

from thuis.errors import ThuisError


class RefusedError(ThuisError):
    """What somebody asked cannot be done as things are.

    :param key: its text in the catalogue of the service, for who asked.
    :param fields: the questions of which the answers are in the way.
    """

    def __init__(self, key: str, what: str, step: str = "", fields: Iterable[str] = ()) -> None:
        super().__init__(what, step=step or None)
        self.key, self.fields = key, tuple(fields)


def late(state: str, *wanted: str) -> RefusedError:
    """Somebody else was first."""
    told = f", not {' or '.join(wanted)}" if wanted else ""
    return RefusedError("wrong.late", f"it is {state} by now{told}", step="load the page again")


def because(reason: str) -> None:
    """Raise when no reason is given."""
    if not reason.strip():
        raise RefusedError("decided.because", "a decision without a reason", step="say why")
