"""Where the solver leaves open whether there is no end or no solution, no end is not taken for granted."""

import highspy
import numpy as np
import pytest
from scipy.sparse import csr_array

from thuis.protect.bounds import _Part, solver


@pytest.mark.parametrize(
    ("highest", "status"),
    [
        (1.0, highspy.HighsModelStatus.kInfeasible),  # two of at most 1 never add to 5
        (np.inf, highspy.HighsModelStatus.kUnbounded),
    ],
)
def test_no_end_and_no_solution_are_told_apart(highest: float, status: highspy.HighsModelStatus) -> None:
    part = object.__new__(_Part)
    part.columns = np.arange(2)
    part.model = solver(
        csr_array(np.array([[1.0, -1.0 if highest > 1 else 1.0]])), np.array([5.0]), np.array([5.0])
    )
    part.model.changeColsBounds(2, np.arange(2, dtype=np.int32), np.zeros(2), np.full(2, highest))
    part.model.changeColsCost(2, np.arange(2, dtype=np.int32), np.array([-1.0, -1.0]))
    part.model.run()
    assert part._told_apart() == status
