"""Seeds, and times between random events: the whole of one, and what is left of it at any moment."""

from __future__ import annotations

import math
import operator

import numpy as np

from ilrs_science.errors import RequestError

__all__ = ["between", "residual", "whole_seed"]


def whole_seed(given: object) -> int:
    """A seed that a caller gave.

    Parameters
    ----------
    given : object
        A whole number from 0 on, of Python or of numpy.

    Returns
    -------
    int
        The seed.

    Raises
    ------
    RequestError
        If it is anything else.
    """
    try:
        seed = -1 if isinstance(given, bool) else operator.index(given)  # type: ignore[arg-type]
    except TypeError:
        seed = -1
    if seed < 0:
        raise RequestError(f"seed must be a whole number from 0 on, not {given!r:.60}")
    return seed


def between(mean: float, shape: float, dice: np.random.Generator) -> float:
    """Time from one event to the next, by a Weibull law.

    Parameters
    ----------
    mean : float
        Mean time. [s]
    shape : float
        Of the law; 1 without memory.
    dice : numpy.random.Generator
        Source of chance.

    Returns
    -------
    float
        The time. [s]
    """
    return mean / math.gamma(1 + 1 / shape) * float(dice.weibull(shape))


def residual(mean: float, shape: float, dice: np.random.Generator) -> float:
    """Time to the first event from a moment that knows nothing of those before.

    Such a moment lies anywhere in an interval, and more often in a long one, so this is a uniform share of an interval
    that is drawn by its length: of the law whose density is (1 - F) / mean.

    Parameters
    ----------
    mean : float
        Mean time between events. [s]
    shape : float
        Of the Weibull law of these times; 1 without memory.
    dice : numpy.random.Generator
        Source of chance.

    Returns
    -------
    float
        The time. [s]
    """
    if shape == 1.0:
        return between(mean, shape, dice)
    scale = mean / math.gamma(1 + 1 / shape)
    return scale * float(dice.gamma(1 + 1 / shape) ** (1 / shape)) * float(dice.random())
