"""Hadamard matrices, of plus and minus one with orthogonal rows: balanced half-samples need them."""

from __future__ import annotations

import numpy as np

from thuis.survey.core.variance import Floats


def hadamard(least: int) -> Floats:
    """The smallest normalised matrix of at least this order by Sylvester's and Paley's constructions.

    Its first row and column are ones. Paley's (1933, J. Math. Phys. 12: 311) first is of order ``q + 1`` for
    a prime ``q = 3 mod 4``, his second of ``2 (q + 1)`` for ``q = 1 mod 4``; Sylvester's doubles an order.

    >>> [len(hadamard(n)) for n in (1, 3, 5, 9, 13, 21, 25, 33)]
    [1, 4, 8, 12, 16, 24, 28, 36]
    >>> h = hadamard(36)
    >>> bool((h @ h.T == 36 * np.eye(36)).all() and (h[0] == 1).all() and (h[:, 0] == 1).all())
    True
    """
    order = least
    while (found := _of(order)) is None:
        order += 1
    found = found * found[0]
    return np.asarray(found * found[:, :1])


def _of(order: int) -> Floats | None:
    if order in (1, 2):
        return np.array([[1.0, 1.0], [1.0, -1.0]])[:order, :order]
    if order % 4:
        return None
    if _prime(order - 1):
        return _first(order - 1)
    if _prime(order // 2 - 1) and (order // 2 - 1) % 4 == 1:
        return _second(order // 2 - 1)
    half = _of(order // 2)
    return None if half is None else np.block([[half, half], [half, -half]])


def _prime(q: int) -> bool:
    return q > 1 and all(q % k for k in range(2, int(q**0.5) + 1))


def _residues(q: int) -> Floats:
    """Jacobsthal's matrix: 1 where the difference of indices is a square, -1 where not, 0 on the diagonal."""
    sign = -np.ones(q)
    sign[np.unique(np.arange(1, q) ** 2 % q)] = 1
    sign[0] = 0
    at = np.arange(q)
    return np.asarray(sign[(at[:, None] - at) % q])


def _first(q: int) -> Floats:
    skew = np.zeros((q + 1, q + 1))
    skew[0, 1:], skew[1:, 0], skew[1:, 1:] = 1, -1, _residues(q)
    return skew + np.eye(q + 1)


def _second(q: int) -> Floats:
    symmetric = np.zeros((q + 1, q + 1))
    symmetric[0, 1:], symmetric[1:, 0], symmetric[1:, 1:] = 1, 1, _residues(q)
    return np.kron(symmetric, [[1, 1], [1, -1]]) + np.kron(np.eye(q + 1), [[1, -1], [-1, -1]])
