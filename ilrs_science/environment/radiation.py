"""Radiation: what galactic cosmic rays do to unshielded things on the Moon, by the phase of the solar cycle."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.epochs import Epochs, parse_epochs
from ilrs_science.errors import RequestError, UnitError
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.place import MOON_RADIUS
from ilrs_science.units import number_in

__all__ = ["dose_rates", "open_sky", "solar_cycle_phase"]

Floats = npt.NDArray[np.float64]

DOSE_RATE: Final = (13.2, 1.0)
"""Absorbed dose in silicon, charged and neutral particles, and its error, measured by LND on Chang'e-4 in January and
February 2019 [uGy/h] (Zhang et al. 2020)."""

DOSE_EQUIVALENT_RATE: Final = (57.1, 10.6)
"""Dose equivalent of galactic cosmic rays and its error, from the same [uSv/h] (Zhang et al. 2020)."""

MODULATION: Final = 110.0 / 380.0
"""Dose of a year at solar maximum over that at solar minimum, 110 and 380 mSv [1] (Reitz et al. 2012, abstract)."""

#: Minima and maxima of the smoothed sunspot number, cycles 22 to 25 (SILSO, Royal Observatory of Belgium, Brussels).
_MINIMA = ("1986-09", "1996-08", "2008-12", "2019-12")
_MAXIMA = ("1989-11", "2001-11", "2014-04", "2024-10")
#: Mean length of a cycle, and of its rise; later cycles are taken to be mean ones (assumed). [yr]
_CYCLE, _RISE = 11.0, 4.5
_YEAR = 365.25 * 86400.0
_LATER = 8


def solar_cycle_phase(epochs: object) -> Floats:
    """Give the phase of the solar cycle.

    Parameters
    ----------
    epochs : (n,) array_like of datetime64
        UTC.

    Returns
    -------
    (n,) ndarray
        0 at a minimum of sunspots, 0.5 at a maximum, straight lines between. [1]

    Notes
    -----
    Observed minima and maxima from September 1986 to October 2024; before and after, a mean cycle of 11 years with 4.5
    years of rise, so that the next minimum is expected in April 2031 (assumed; a cycle takes 10 to 12 years).
    """
    times = np.atleast_1d(parse_epochs(epochs)).astype(np.int64) / 1e6
    turns, phases = _turning_points()
    return np.asarray(np.interp(times, turns, phases) % 1.0)


def _turning_points() -> tuple[Floats, Floats]:
    """Times of minima and maxima [s past 1970] and the phase, which counts on from cycle to cycle."""
    known = [
        (np.datetime64(text, "us") + np.timedelta64(15, "D")).astype(np.int64) / 1e6
        for pair in zip(_MINIMA, _MAXIMA, strict=True)
        for text in pair
    ]
    fall = (_CYCLE - _RISE) * _YEAR
    for _ in range(_LATER):
        known += [known[-1] + fall, known[-1] + fall + _RISE * _YEAR]
    for _ in range(_LATER):
        known = [known[0] - _CYCLE * _YEAR, known[0] - fall, *known]
    return np.array(known), 0.5 * np.arange(len(known), dtype=np.float64)


def open_sky(altitude: npt.ArrayLike) -> Floats:
    """Give the part of the sky that the Moon leaves open.

    Parameters
    ----------
    altitude : array_like
        Height above the 1737.4 km sphere. [km]

    Returns
    -------
    ndarray
        0.5 on the ground, towards 1 far out. [1]
    """
    near = 1.0 + np.maximum(np.asarray(altitude, float), 0.0) / MOON_RADIUS
    return np.asarray(0.5 * (1.0 + np.sqrt(1.0 - 1.0 / near**2)))


def _altitude(altitude: str | npt.ArrayLike, count: int) -> Floats:
    """Heights, one for all epochs or one an epoch. [km]"""
    try:
        height = np.asarray(
            number_in(altitude, "km", "altitude") if isinstance(altitude, str) else altitude, float
        )
    except (TypeError, ValueError) as error:
        reason = error if isinstance(error, UnitError) else f"altitude: {altitude!r:.40} is no number of km"
        raise RequestError(str(reason)) from error
    if height.ndim and height.shape != (count,):
        raise RequestError(f"altitudes: {height.size} do not fit {count} epochs; give one, or one an epoch")
    if np.isnan(height).any():
        raise RequestError("an altitude is not a number; give heights in km")
    return height


def dose_rates(epochs: object, altitude: str | npt.ArrayLike = 0.0) -> xr.Dataset:
    """Estimate the dose rate on the ground, or above it, without any shielding.

    Parameters
    ----------
    epochs : (n,) array_like of datetime64
        UTC.
    altitude : str or array_like
        Height above the ground, one for all, with unit or in kilometres, or one an epoch; 0 is the ground. [km]

    Returns
    -------
    Dataset
        Dimension ``time``: ``dose_equivalent_rate`` [uSv/h], ``dose_rate`` in silicon [uGy/h] and ``solar_cycle_phase``
        [1]. Attributes tell the relative error and what is left out.

    Notes
    -----
    The doses that LND measured near the minimum of 2019 hold at phase 0; at phase 0.5 they fall to 110 / 380, as
    Reitz et al. 2012 state for maximum and minimum; between them by the cosine of the phase (assumed: cosmic rays
    answer to sunspots within a year). Computed doses differ: those 380 mSv are a quarter less than LND's year.

    The Moon shields half of the sky on the ground; above it the doses grow with the part of the sky that is open,
    ``(1 + cos(rho)) / 2`` for a Moon of angular radius rho: 1.3 times at 100 km, 2 times far out. What the ground
    itself sends back is taken to fall as the cosmic rays rise (assumed: it is a tenth or less).

    Solar particle events are not in it: a great one gives up to about 1 Sv in hours to days (Reitz et al. 2012), and no
    calendar knows it. Nor is shielding: against cosmic rays 180 g/cm2 of ground take off only a quarter (Matthiae &
    Berger 2024); against solar particles a few g/cm2 help.

    References
    ----------
    Zhang et al. 2020, Science Advances 6, eaaz1334, doi:10.1126/sciadv.aaz1334. Reitz, Berger & Matthiae 2012,
    "Radiation exposure in the moon environment", Planetary and Space Science 74, 78-83. Matthiae & Berger 2024, Space
    Weather 22, e2024SW004095, doi:10.1029/2024SW004095.
    """
    times: Epochs = np.atleast_1d(parse_epochs(epochs))
    height = _altitude(altitude, times.size)
    phase = solar_cycle_phase(times)
    share = (
        2.0 * open_sky(height) * 0.5 * ((1.0 + MODULATION) + (1.0 - MODULATION) * np.cos(2.0 * np.pi * phase))
    )
    data = {
        "dose_equivalent_rate": DOSE_EQUIVALENT_RATE[0] * share,
        "dose_rate": DOSE_RATE[0] * share,
        "solar_cycle_phase": phase,
    }
    dataset = describe(xr.Dataset({name: ("time", values) for name, values in data.items()}, {"time": times}))
    errors = {"dose_equivalent_rate": DOSE_EQUIVALENT_RATE, "dose_rate": DOSE_RATE}
    for name, (value, error) in errors.items():
        dataset[name].attrs["comment"] = (
            f"unshielded; +-{100.0 * error / value:.0f} % on the ground at the minimum of 2019; away from a minimum an "
            "estimate, up to twice as much in a weak maximum such as 2014 (assumed); "
            "solar particle events are not included"
        )
    dataset.attrs = {
        "source": "Zhang et al. 2020 (doi:10.1126/sciadv.aaz1334), scaled with the solar cycle after "
        "Reitz et al. 2012 (Planetary and Space Science 74, 78)"
    }
    return check(dataset)
