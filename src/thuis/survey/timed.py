"""``Timed``: a sample with times until an event, and the questions to those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from thuis.survey.core.measures import answers_of
from thuis.survey.core.surveyed import Names, names_of
from thuis.survey.estimates import Estimates
from thuis.survey.models.cox import Hazards, hazards
from thuis.survey.models.terms import expressions
from thuis.survey.survival import LogRank, Spell, logrank, survival, times_left
from thuis.survey.weighted import Weighted


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Timed(Weighted):
    """Rows with their design. ``time`` is until an event (1), or until it was no longer looked for (0)."""

    def survival(
        self,
        time: str,
        event: str,
        by: Names = None,
        *,
        entry: str | None = None,
        at: Sequence[float] | None = None,
        estimator: str = "kaplan-meier",
        level: float = 0.95,
    ) -> Estimates:
        """The share without the event after each time of an event, in the cells of ``by`` (R ``svykm``).

        Kaplan and Meier's product, or "fleming-harrington", ``exp`` of minus the sum of events over those at
        risk, which R gives with ``se=TRUE``. Linearised; the interval is that of the logarithm, with the df
        of the design (R takes the normal distribution). ``n`` are the rows at risk, ``events`` those until
        then.

        :param entry: from when a person was looked at (left truncation).
        :param estimator: "kaplan-meier", or "fleming-harrington".
        :param at: the times to give, when not all of those of an event.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"t": [1, 2, 2, 3], "died": [1, 1, 0, 0], "w": [1.0] * 4})
        >>> Sample.from_frame(rows, weight="w").survival("t", "died").frame["estimate"].round(4).to_list()
        [0.75, 0.5]
        """
        return survival(
            self.knowing((), names_of(by)), Spell(time, event, entry), names_of(by), at, estimator, level
        )

    def survival_times(
        self,
        time: str,
        event: str,
        by: Names = None,
        *,
        left: float | Sequence[float] = 0.5,
        entry: str | None = None,
        estimator: str = "kaplan-meier",
        level: float = 0.95,
    ) -> pl.DataFrame:
        """When the share without the event is down to some share, the median unless told (R ``quantile``).

        ``lower`` and ``upper`` are when the ends of the interval of :meth:`survival` are; null where they
        never are.

        :param left: the shares that are left, from 0 to 1; ``entry`` and ``estimator`` as of
            :meth:`survival`.
        :raises ThuisError: a share that is none.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"t": [1, 2, 2, 3], "died": [1, 1, 0, 0], "w": [1.0] * 4})
        >>> Sample.from_frame(rows, weight="w").survival_times("t", "died")["estimate"].item()
        2.0
        """
        curve = self.survival(time, event, by, entry=entry, estimator=estimator, level=level)
        return times_left(curve, names_of(by), answers_of(left))

    def logrank(
        self,
        time: str,
        event: str,
        group: str,
        *,
        entry: str | None = None,
        rho: float = 0.0,
        gamma: float = 0.0,
    ) -> LogRank:
        """Whether hazards are alike in all groups (R ``svylogrank``).

        :param rho: with ``gamma``: events count for ``S^rho (1 - S)^gamma`` (Harrington and Fleming 1982).

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"t": [1, 2, 3, 4], "died": [1] * 4, "g": ["a", "b"] * 2, "w": [1.0] * 4})
        >>> round(Sample.from_frame(rows, weight="w").logrank("t", "died", "g").score[0], 4)
        -0.6667
        """
        return logrank(self.knowing((), names_of(group)), Spell(time, event, entry), group, rho, gamma)

    def hazards(
        self,
        time: str,
        event: str,
        terms: str,
        *,
        entry: str | None = None,
        strata: str | None = None,
        ties: str = "efron",
        level: float = 0.95,
    ) -> Hazards:
        """Cox's model of proportional hazards: logarithms of ratios of hazards, and those (R ``svycoxph``).

        Binder (1992): residuals of the score, summed under the design, or the model fitted again with every
        replicate weight. Degrees of freedom as of :meth:`glm`.

        :param terms: the right side of a formula, ``a + C(b) + a:c``.
        :param strata: a column whose answers each have a baseline hazard of their own.
        :param ties: "efron" or "breslow".

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"t": [1, 2, 3, 4], "died": [1] * 4, "x": [1, 0, 1, 0], "w": [1.0] * 4})
        >>> found = Sample.from_frame(rows, weight="w").hazards("t", "died", "x")
        >>> round(found.ratios.frame["estimate"].item(), 4)
        2.5616
        """
        of = self.knowing(expressions(f"{time} ~ {terms}", self.table.types))
        return hazards(of, Spell(time, event, entry), terms, strata, ties, level)
