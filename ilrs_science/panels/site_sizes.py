"""Loads and arrays for which the site dashboard sizes the battery."""

from __future__ import annotations

import numpy as np

from ilrs_science.catalogue.station import Station

__all__ = ["array_powers", "loads"]

_TIMES = (0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
"""Powers of the array, in largest loads: from too little to where more of it helps no more."""


def loads(station: Station) -> list[str | float]:
    """What a station draws by night, by day, and by day with a robot at work.

    Parameters
    ----------
    station : Station
        With its base load and robots.

    Returns
    -------
    list of str or float
        Watts, rising, each once, none of them zero. [W]
    """
    base = station.base_load
    drawn = {base.night, base.day, base.day + station.robot_power}
    return [*sorted(power for power in drawn if power > 0.0)]


def array_powers(station: Station) -> list[float]:
    """Powers of the array about what the station draws, to two digits.

    Parameters
    ----------
    station : Station
        With its base load and robots.

    Returns
    -------
    list of float
        Rising. [W]
    """
    largest = max((float(power) for power in loads(station)), default=100.0)
    digits = 1 - int(np.floor(np.log10(largest)))
    return sorted({round(times * largest, digits) for times in _TIMES})
