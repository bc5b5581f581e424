"""Two small inspectable models: which of several is the right one, and whether something is so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_PENALTY = 1e-3


def conditional_logit(choices: Sequence[tuple[Matrix, Vector]]) -> Vector:
    """Weights w, shape (signs,), that make the right ones of each choice likely: `p(i) = e^(w·x_i) / Σ_j e^(w·x_j)`.

    A choice is its signs, shape (options, signs), and which of the options are right, shape (options,), 1 or 0; one
    where none is right, or all are, tells nothing. Least mean `-ln Σ_right p` plus `0.001 Σ (w σ)²`, with σ each sign's
    standard deviation (McFadden 1974; the penalty is on standardised signs). Raises InputError where nothing tells.
    """
    telling = [(signs, right) for signs, right in choices if 0 < right.sum() < len(right)]
    if not telling:
        raise InputError("There is nothing to fit on: of no question was something right found beside something wrong.")
    signs = np.concatenate([signs for signs, _ in telling])
    right = np.concatenate([right for _, right in telling])
    starts = np.cumsum([0, *(len(one) for one, _ in telling[:-1])])
    sizes = [len(one) for one, _ in telling]
    scale = signs.std(axis=0) + 1e-9
    scaled = signs / scale

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = scaled @ weights
        shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        every, good = np.add.reduceat(shares, starts), np.add.reduceat(shares * right, starts)
        value = np.log(every / good).mean() + _PENALTY * weights @ weights
        pull = shares / np.repeat(every, sizes) - shares * right / np.repeat(good, sizes)
        return float(value), scaled.T @ pull / len(telling) + 2 * _PENALTY * weights

    return np.asarray(_least(loss, signs.shape[1]) / scale)


def logistic(signs: Matrix, so: Vector, *, counts: Vector) -> Vector:
    """Weights w, shape (signs,), of `p = 1 / (1 + e^-(w·x))`: the least mean log loss plus `0.001 Σ (w σ)²`.

    `signs` has shape (cases, signs), a constant among them; `so`, 1 or 0, and what each case `counts` have shape
    (cases,). The constant is not penalised.
    """
    from scipy.special import expit

    spread = signs.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    scaled, penalty = signs / scale, _PENALTY * (spread > 1e-9)
    share = counts / counts.sum()

    def loss(weights: Vector) -> tuple[float, Vector]:
        margins = scaled @ weights
        value = share @ (np.logaddexp(0.0, margins) - so * margins) + (penalty * weights) @ weights
        return float(value), scaled.T @ (share * (expit(margins) - so)) + 2 * penalty * weights

    return np.asarray(_least(loss, signs.shape[1]) / scale)


def _least(loss: object, size: int) -> Vector:
    from scipy.optimize import minimize

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x, dtype=float)
