"""Which candidates no other one beats, which is best under weights, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["dominated", "ranked", "robustness"]

Floats = npt.NDArray[np.float64]


def dominated(gains: Floats) -> npt.NDArray[np.bool_]:
    """Which rows another one beats.

    Parameters
    ----------
    gains : (candidate, measure) ndarray
        More is better.

    Returns
    -------
    (candidate,) ndarray of bool
        True where another candidate is no worse in any measure and better in one.
    """
    no_worse = np.all(gains[:, None, :] <= gains[None, :, :], axis=2)
    better = np.any(gains[:, None, :] < gains[None, :, :], axis=2)
    return np.asarray(np.any(no_worse & better, axis=1))


def ranked(gains: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Weighted sum of measures, each scaled to 0 for the worst candidate and 1 for the best.

    Parameters
    ----------
    gains : DataFrame
        Candidates by measures; more is better.
    weights : mapping of str to float
        By measure; those that are missing count nothing. Only their ratios matter.

    Returns
    -------
    Series
        0 to 1 by candidate, the best first; the earlier candidate first where two are equal.
    """
    names = [name for name, weight in weights.items() if weight > 0]
    total = sum(weights[name] for name in names)
    scores = _scaled(gains[names].to_numpy(float)) @ np.array([weights[name] / total for name in names])
    return pd.Series(scores, gains.index, name="score").sort_values(ascending=False, kind="stable")


def robustness(
    gains: list[pd.DataFrame], weights: Mapping[str, float], spread: float, draws: int, seed: int
) -> pd.DataFrame:
    """How often each candidate comes first, second and so on, if weights and circumstances are not sure.

    Parameters
    ----------
    gains : list of DataFrame
        Candidates by measures for each circumstance, such as another year or another terrain; more is better.
    weights : mapping of str to float
        By measure.
    spread : float
        Each weight is multiplied by a number between 1 - spread and 1 + spread, evenly drawn. [1]
    draws : int
        How many weights for each circumstance.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        Index `candidate`, best mean rank first; ``mean_rank``, ``best_rank``, ``worst_rank`` and ``first``, the share
        of the draws in which it comes first.
    """
    names = [name for name, weight in weights.items() if weight > 0]
    base = np.array([weights[name] for name in names])
    factors = 1 + spread * np.random.default_rng(seed).uniform(-1, 1, size=(draws, len(names)))
    ranks = []
    for table in gains:
        scores = (
            _scaled(table[names].to_numpy(float))
            @ (factors * base / (factors * base).sum(axis=1, keepdims=True)).T
        )
        order = np.argsort(-scores, axis=0, kind="stable")
        ranks.append(np.argsort(order, axis=0) + 1)
    every = np.hstack(ranks)
    found = pd.DataFrame(
        {
            "mean_rank": every.mean(axis=1),
            "best_rank": every.min(axis=1),
            "worst_rank": every.max(axis=1),
            "first": (every == 1).mean(axis=1),
        },
        gains[0].index,
    )
    return found.sort_values("mean_rank", kind="stable")


def _scaled(gains: Floats) -> Floats:
    """Each column from 0 to 1; 1 where all are equal."""
    low, high = gains.min(axis=0), gains.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return np.where(high > low, (gains - low) / span, 1.0)
