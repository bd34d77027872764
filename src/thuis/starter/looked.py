"""The survey file of a first project: its first rows or all of chosen columns, and who is a respondent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from thuis.codebook import Codebook
from thuis.errors import Place, ThuisError, raise_all, unknown, unknowns
from thuis.formats import Raw, Written, columns_of, headed, read
from thuis.formats.interviews import marked, person_of, saying
from thuis.formats.numbers import Mark
from thuis.plausible.rows import alike, copies
from thuis.starter.guess import LOOKED_AT, guess
from thuis.starter.roles import ROLES, candidates, named
from thuis.starter.told import told_columns

SAMPLE = 20_000
"""Rows from which is guessed; what is chosen is then read whole."""
_LARGE = 20_000_000
"""Bytes of a file that is not read through again for every question."""
_WIDE = 120
"""So many columns tell two people apart."""
_NEAR = {"wave": 2, "person": 3, "sex": 1, "country": 1}
"""Columns by name that are looked at in all rows."""


VISITS = "redcap_repeat_instrument"
"""REDCap writes a row of its own for each repeated form; who answered has a row in which this is empty."""


class Looked:
    """The columns of a file, read when they are asked for and then kept; respondents alone."""

    def __init__(
        self, file: Path, how: Written, book: Codebook | None, marks: tuple[Mark | None, str | None]
    ) -> None:
        self.file, self._how, self._book, self._marks = file, how, book, marks
        self.columns = told_columns(columns_of(file, how), book)
        self.where: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self.remarks: tuple[str, ...] = ()
        self._kept: Raw | None = None
        self.once = [name for name, each in self.columns.items() if name and each.times == 1]

    def __call__(self, names: Sequence[str]) -> Raw:
        return self._respondents(self._told(read(self.file, self._with(names), self._how, SAMPLE)), names)

    def whole(self, names: Sequence[str]) -> Raw:
        """All rows of chosen columns."""
        return self._respondents(self._all(self._with(names)), names)

    def respondents(
        self, design: Mapping[str, str | None], by: Sequence[str], indicators: Sequence[str]
    ) -> None:
        """See which rows are respondents; of a large file with all that will be asked, in one reading."""
        status = saying(self.once)
        if self.file.stat().st_size > _LARGE:
            self._all([*self._likely(design, by, indicators), *status])
        if VISITS in self.columns and (visits := self.whole([VISITS]).codes(VISITS)).count():
            self.where = ((VISITS, ("",)),) if visits.null_count() else ()
            self.remarks = (
                f"rows: {visits.count()} rows of repeated forms ({VISITS}) are no respondents: left out",
            )
        for each in marked(self.columns, self.whole(status), status) if status else ():
            if each.trials:
                self.where = (*self.where, (each.column, (*each.kept, *each.broken)))
            self.remarks = (*self.remarks, *(f"rows: {one}" for one in each.lines(left_out=True)))

    def twice(self) -> None:
        """See whether rows are copies of others, in a file that is not large."""
        if self.file.stat().st_size > _LARGE:
            return
        frame = self.whole(self.once[:_WIDE]).frame
        if not person_of(self.once, ()) and (again := copies(frame)):
            said = f"rows: {again:,} rows are the same as a row before; are respondents in the file twice?"
            self.remarks = (*self.remarks, said)
        elif same := alike(frame):
            said = f"rows: {same:,} rows have the same answers to all questions as a row before: copies?"
            self.remarks = (*self.remarks, said)

    def leave_out(self, without: Sequence[str]) -> None:
        """Rows that are no respondents, as the user says: ``sex=Totaal``, by code or label.

        :raises ThuisError: when no column, or no row, is like that.
        """
        for each in filter(None, map(str.strip, without)):
            name, _, said = each.partition("=")
            raise_all(unknowns("column", [name], self.once, Place(self.file.name)))
            codes = self.whole([name]).codes(name)
            labels = self.columns[name].labels
            there = sorted(codes.drop_nulls().unique().to_list())
            kept = tuple(one for one in there if said not in (one, labels.get(one)))
            if len(kept) in (0, len(there)):
                raise ThuisError(unknown("value", said, there, Place(self.file.name, key=name)))
            self.where = (*self.where, (name, (*kept, *([""] if codes.null_count() else []))))
            n = int((~codes.is_in(kept)).fill_null(value=False).sum())
            self.remarks = (*self.remarks, f"rows: {n:,} with {name!r} {said!r}: left out, as you said")

    @property
    def headed(self) -> tuple[str, int | None]:
        """What the file is called within, and the year in which it was saved."""
        return headed(self.file, self._how)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed of the file as a whole, when all its rows were read."""
        return () if self._kept is None else self._kept.notes

    def _likely(
        self, design: Mapping[str, str | None], by: Sequence[str], indicators: Sequence[str]
    ) -> list[str]:
        """The columns that all rows will be asked of, by their names and the first rows."""
        said = {role: name if name in self.columns else None for role, name in design.items()}
        by, indicators = ([each for each in own if each in self.columns] for own in (by, indicators))
        found = guess(self.columns, self, self, said, by, indicators)
        near = [name for role in ROLES for name in candidates(self.columns, role)[:LOOKED_AT]]
        near += [name for kind, most in _NEAR.items() for name in named(self.columns, kind)[:most]]
        near += [each.column for each in found.variables]
        near += [
            each
            for each in (found.design.weight, found.design.strata, found.design.psu, person_of(self.once, ()))
            if each
        ]
        return [each for each in dict.fromkeys(near) if each in self.once]

    def _with(self, names: Iterable[str]) -> list[str]:
        return list(dict.fromkeys([*names, *(column for column, _ in self.where)]))

    def _all(self, names: Sequence[str]) -> Raw:
        """All rows of columns, of which those that were read before are not read again."""
        kept = self._kept
        lacking = [each for each in dict.fromkeys(names) if kept is None or each not in kept.frame.columns]
        if lacking or kept is None:
            raw = self._told(read(self.file, lacking, self._how))
            if kept is not None:
                # Nothing was asked for yet: a frame without columns has no rows either.
                frame = kept.frame.hstack(raw.frame) if kept.frame.width else raw.frame
                notes = tuple(dict.fromkeys((*kept.notes, *raw.notes)))
                raw = replace(raw, frame=frame, aside={**kept.aside, **raw.aside}, notes=notes)
            self._kept = kept = raw
        return replace(kept, frame=kept.frame.select(list(dict.fromkeys(names))))

    def _respondents(self, raw: Raw, names: Iterable[str]) -> Raw:
        for column, codes in self.where:
            raw = raw.filter(raw.codes(column).fill_null("").is_in(codes))
        wanted = list(dict.fromkeys(names))
        aside = {name: each for name, each in raw.aside.items() if name in wanted}
        return replace(raw, frame=raw.frame.select(wanted), aside=aside)

    def _told(self, raw: Raw) -> Raw:
        return replace(raw, columns=told_columns(raw.columns, self._book), marks=self._marks)
