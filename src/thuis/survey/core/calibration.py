"""What calibrated weights do to a variance.

A calibrated estimate varies as the total of the residuals of its scores on the columns that were calibrated
(Deville and Särndal 1992, JASA 87: 376), as R ``svyrecvar`` takes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from thuis.survey.core.variance import Floats

SWEEPS = 10
"""As R: residuals after raking are taken margin by margin, ten times round."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What was calibrated on, each row's times its weight in the regression.

    ``cross`` is ``X' W X``; ``load`` per design unit the sum of new weight times ``X``; ``margins`` numbers
    the margin of every column of ``X`` when residuals are taken margin by margin.

    :param columns: those of ``X``; or, with ``sizes``, a column of categories per margin, of which ``X`` has
        an indicator each, and the weight in the regression, when that is not 1.
    """

    columns: tuple[str, ...]
    cross: Floats
    load: Floats
    margins: tuple[int, ...] | None
    sizes: tuple[int, ...] = ()

    def slopes(self, products: Floats) -> Floats:
        """Regression of scores on the columns from ``X' W z``, both cells x columns x measures."""
        if self.margins is None:
            return np.asarray(np.einsum("pq,cqk->cpk", np.linalg.pinv(self.cross), products))
        found, margins = np.zeros_like(products), np.array(self.margins)
        size = np.diag(self.cross)[None, :, None]
        for _ in range(SWEEPS):
            for margin in np.unique(margins):
                own = margins == margin
                rest = products[:, own] - np.einsum("pq,cqk->cpk", self.cross[own], found)
                found[:, own] += rest / size[:, own]
        return found
