"""Birth countries: their codes and names, and the groups that the Dutch classifications put them in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import polars as pl

from thuis.errors import ThuisError, unknown

CODES = {"iso3": "iso3", "cbs": "cbs", "nl": "name_nl", "en": "name_en"}
"""Ways to write a country: ISO 3166 alpha-3, CBS code, Dutch or English name."""

NOT_STATED = "not-stated"
"""The answer where no source gives one; never a guess."""


@cache
def countries() -> pl.DataFrame:
    """Every birth country: ``iso3, cbs, name_nl, name_en, level_2022, class_1999, basis``.

    CBS codes and levels are second-hand (see ``data/README.md``). ``basis`` tells how the class of 1999 is
    known: ``stated``, ``by rule`` or ``uncertain``.

    >>> countries().filter(pl.col("iso3") == "SUR").select("name_nl", "level_2022", "class_1999").row(0)
    ('Suriname', '3.3', 'non-western')
    """
    folder = files("thuis.origin") / "data"
    parts = [
        pl.read_csv((folder / name).read_bytes(), infer_schema=False)
        for name in ("countries.csv", "former.csv")
    ]
    return pl.concat(parts).sort("iso3")


@cache
def vocabulary(codes: str) -> tuple[str, ...]:
    """The writings of every country in one code system, in the order of :func:`countries`.

    :raises ThuisError: for a code system that does not exist.
    """
    if codes not in CODES:
        raise ThuisError(unknown("country code system", codes, CODES))
    column = countries()[CODES[codes]]
    # A former country has no CBS code of 2022; its ISO code keeps its place and matches nothing else.
    return tuple(column.fill_null(countries()["iso3"]))


def positions(values: pl.Series, codes: str, unknown_codes: Sequence[str] = ()) -> pl.Series:
    """Each value's row in :func:`countries` (UInt16), null where the birth country is unknown.

    :param values: texts, or numbers of a file that keeps its codes as numbers.
    :param unknown_codes: writings that mean unknown, beside null and the empty text.
    :raises ThuisError: listing every writing that is no country, and how often it stands there.

    >>> positions(pl.Series(["NLD", None, "TUR"]), "iso3").is_null().to_list()
    [False, True, False]
    """
    words = pl.Enum(vocabulary(codes))
    values = _written(values)
    found = values.cast(words, strict=False)
    if found.null_count() > values.null_count():
        _refuse(values, found, codes, {"", *unknown_codes})
    return found.to_physical().cast(pl.UInt16)


def _written(values: pl.Series) -> pl.Series:
    """Codes that a file holds as numbers, as they are written: 6030.0 is 6030."""
    if values.dtype in (pl.String, pl.Categorical, pl.Enum):
        return values
    from thuis.formats import codes

    return codes(values)


def _refuse(values: pl.Series, found: pl.Series, codes: str, absent: set[str]) -> None:
    odd = values.filter(found.is_null() & values.is_not_null()).cast(pl.String).value_counts(sort=True)
    name = values.name or "values"
    odd = odd.filter(~pl.col(odd.columns[0]).is_in(list(absent)))
    if odd.height:
        listed = [f"{word!r} ({n} times)" for word, n in odd.head(20).iter_rows()]
        raise ThuisError(
            f"{odd.height} writings in {name!r} are no country: {', '.join(listed)}",
            expected=f"codes of the system {codes!r}",
            available=tuple(CODES),
            step="name the code system with codes=, or list what means unknown in unknown_codes=",
        )
