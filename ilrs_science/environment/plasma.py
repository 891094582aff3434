"""Plasma: whether the Moon is in the solar wind, in the Earth's magnetosheath or in its magnetotail.

Axisymmetric boundaries of an average solar wind about the axis from which it blows, seen from the moving Earth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from ilrs_science.environment.crossings import spans_above
from ilrs_science.epochs import Epochs, parse_epochs, parse_span
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.ephemeris import SkyState, sky_when
from ilrs_science.sky.place import MOON_RADIUS, Place, SurfacePlace
from ilrs_science.sky.targets import Somewhere, standpoint
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.units import number_in

__all__ = [
    "PLASMA_REGIONS",
    "SolarWind",
    "bow_shock_margin",
    "magnetopause_margin",
    "plasma",
    "plasma_crossings",
    "plasma_region",
]

Floats = npt.NDArray[np.float64]

PLASMA_REGIONS: Final = ("solar_wind", "magnetosheath", "magnetotail")
"""Names of the codes 0, 1 and 2 of ``plasma_region``."""

EARTH_RADIUS: Final = 6371.2
"""Unit of the boundary models: mean radius of the Earth as used in geomagnetism (IGRF). [km]"""

SHOCK_FOCUS, SHOCK_WIDTH, SHOCK_ECCENTRICITY = 3.0, 23.3, 1.16
"""Bow shock of Slavin & Holzer 1981: a hyperboloid whose focus is 3.0 Earth radii sunward of the Earth, its half width
there 23.3 Earth radii, its eccentricity 1.16; it is 13.8 Earth radii from the Earth under the Sun."""

CROSSING_UNITS: Final = {"region": "", "start": "UTC", "end": "UTC", "duration": "s"}
"""Unit of each column of the crossings; none for names."""

_STEP = 3600.0
"""Time in which no boundary comes and goes; the Moon is in each region for more than a day. [s]"""


@dataclass(frozen=True)
class SolarWind:
    """The wind that shapes the magnetosphere; by default an average one (assumed).

    Each number may be text with a unit, such as ``SolarWind(speed="500 km/s", pressure="3 nPa", field_north="-5 nT")``.
    """

    speed: float = 400.0
    """Speed away from the Sun. [km/s]"""
    pressure: float = 2.0
    """Dynamic pressure. [nPa]"""
    field_north: float = 0.0
    """Northward component of its magnetic field, Bz in GSM. [nT]"""

    def __post_init__(self) -> None:
        for name, unit in (("speed", "km/s"), ("pressure", "nPa"), ("field_north", "nT")):
            object.__setattr__(self, name, number_in(getattr(self, name), unit, f"solar wind {name}"))
        if not 200.0 <= self.speed <= 2000.0:
            raise RequestError(f"solar wind of {self.speed:g} km/s; give 200 to 2000 km/s")
        if not 0.1 <= self.pressure <= 60.0:
            raise RequestError(f"solar wind of {self.pressure:g} nPa; give 0.1 to 60 nPa")
        if not abs(self.field_north) <= 30.0:
            raise RequestError(f"northward field of {self.field_north:g} nT; give -30 to 30 nT")

    @property
    def standoff(self) -> float:
        """Distance of the magnetopause under the Sun, Shue et al. 1998, equation 10. [Earth radii]"""
        size = 10.22 + 1.29 * math.tanh(0.184 * (self.field_north + 8.14))
        return size * math.pow(self.pressure, -1.0 / 6.6)

    @property
    def flaring(self) -> float:
        """How much the tail widens, Shue et al. 1998, equation 11. [1]"""
        return (0.58 - 0.007 * self.field_north) * (1.0 + 0.024 * math.log(self.pressure))


AVERAGE: Final = SolarWind()


def magnetopause_margin(epochs: object, place: Somewhere | None = None, wind: SolarWind = AVERAGE) -> Floats:
    """Give how far inside the magnetotail the Moon, or an orbiter, is.

    Parameters
    ----------
    epochs : (n,) array_like of datetime64
        UTC, in any order.
    place : Station, Site, Orbit, SurfacePlace, Trajectory or str, optional
        A site, a station or an orbiter, text is the id of one; the Moon's centre by default.
    wind : SolarWind
        That shapes the magnetosphere.

    Returns
    -------
    (n,) ndarray
        Angle at the Earth between the magnetopause, at the place's distance, and the place; above zero inside. [deg]

    Notes
    -----
    The magnetopause is ``r = r0 (2 / (1 + cos(theta)))**alpha``, so that at a distance ``r`` it is
    ``acos(1 - 2 (r0 / r)**(1 / alpha))`` from the axis of the tail: 25.7 deg at the mean distance of the Moon in an
    average wind. The axis points to where the wind blows for an observer who moves with the Earth, some 4 deg from the
    line away from the Sun, so that the Moon is in the middle of the tail 8 h before it is full.

    The model was fitted near the Earth; at the distance of the Moon, ARTEMIS crossed the magnetopause elsewhere than
    such a model says (Mieth et al. 2019), and the tail swings with the wind. An edge is an expectation, good to half a
    day (assumed).

    References
    ----------
    Shue et al. 1998, J. Geophys. Res. 103, 17691, doi:10.1029/98JA01103. Mieth et al. 2019, Ann. Geophys. 37, 163,
    doi:10.5194/angeo-37-163-2019.
    """
    times = np.atleast_1d(parse_epochs(epochs))
    distance, angle = _from_tail(sky_when(times), _standing(place, times), wind)
    ratio = (wind.standoff / distance) ** (1.0 / wind.flaring)
    return np.degrees(np.arccos(np.clip(1.0 - 2.0 * ratio, -1.0, 1.0)) - angle)


def bow_shock_margin(epochs: object, place: Somewhere | None = None, wind: SolarWind = AVERAGE) -> Floats:
    """Give how far inside the Earth's bow shock the Moon, or an orbiter, is.

    Parameters
    ----------
    epochs : (n,) array_like of datetime64
        UTC, in any order.
    place : Station, Site, Orbit, SurfacePlace, Trajectory or str, optional
        A site, a station or an orbiter, text is the id of one; the Moon's centre by default.
    wind : SolarWind
        That shapes the magnetosphere; the shock scales with the standoff of the magnetopause.

    Returns
    -------
    (n,) ndarray
        Angle at the Earth between the shock, at the place's distance, and the place; above zero inside. [deg]

    References
    ----------
    Slavin & Holzer 1981, J. Geophys. Res. 86, 11401, doi:10.1029/JA086iA13p11401.
    """
    times = np.atleast_1d(parse_epochs(epochs))
    distance, angle = _from_tail(sky_when(times), _standing(place, times), wind)
    return np.degrees(_shock_angle(distance * AVERAGE.standoff / wind.standoff) - angle)


def _shock_angle(distance: Floats) -> Floats:
    """Angle from the axis of the tail at which a sphere about the Earth meets the shock. [rad]

    With x towards the wind, ``(L + e x0 - e x)**2 = r**2 - 2 x x0 + x0**2`` for the hyperboloid whose focus is at x0.
    """
    e, x0 = SHOCK_ECCENTRICITY, SHOCK_FOCUS
    reach = SHOCK_WIDTH + e * x0
    half, rest = e * reach - x0, reach**2 - distance**2 - x0**2
    x = (half - np.sqrt(np.maximum(half**2 - e**2 * rest, 0.0))) / e**2
    return np.asarray(np.arccos(np.clip(-x / distance, -1.0, 1.0)))


def plasma_region(
    epochs: object, place: Somewhere | None = None, wind: SolarWind = AVERAGE
) -> npt.NDArray[np.int8]:
    """Give the region of the Earth's plasma environment.

    Parameters
    ----------
    epochs : (n,) array_like of datetime64
        UTC, in any order.
    place : Station, Site, Orbit, SurfacePlace, Trajectory or str, optional
        A site, a station or an orbiter, text is the id of one; the Moon's centre by default.
    wind : SolarWind
        That shapes the magnetosphere.

    Returns
    -------
    (n,) ndarray of int8
        0 in the solar wind, 1 in the magnetosheath, 2 in the magnetotail.
    """
    times = np.atleast_1d(parse_epochs(epochs))
    place = _standing(place, times)
    tail = magnetopause_margin(times, place, wind) > 0.0
    shocked = bow_shock_margin(times, place, wind) > 0.0
    return np.where(tail, 2, np.where(shocked, 1, 0)).astype(np.int8)


def plasma(epochs: object, place: Somewhere | None = None, wind: SolarWind = AVERAGE) -> xr.Dataset:
    """Give the plasma environment of a place.

    Parameters
    ----------
    epochs : (n,) array_like of datetime64
        UTC, in any order.
    place : Station, Site, Orbit, SurfacePlace, Trajectory or str, optional
        A site, a station or an orbiter, text is the id of one; the Moon's centre by default, which is never in the
        wake.
    wind : SolarWind
        That shapes the magnetosphere.

    Returns
    -------
    Dataset
        Dimension ``time``: ``plasma_region`` with CF flags, ``magnetopause_margin`` and ``bow_shock_margin`` [deg],
        and ``lunar_wake``, 1 where the Moon is upwind of the place outside the magnetotail. [1]
    """
    times = np.atleast_1d(parse_epochs(epochs))
    region = plasma_region(times, place, wind)
    here = _standing(place, times)
    behind = np.zeros(times.size, bool) if here is None else _behind_the_moon(sky_when(times), here, wind)
    data = {
        "plasma_region": region,
        "magnetopause_margin": magnetopause_margin(times, place, wind),
        "bow_shock_margin": bow_shock_margin(times, place, wind),
        "lunar_wake": (behind & (region != 2)).astype(np.int8),
    }
    dataset = describe(xr.Dataset({name: ("time", values) for name, values in data.items()}, {"time": times}))
    dataset["plasma_region"].attrs |= {
        "flag_values": np.array([0, 1, 2], np.int8),
        "flag_meanings": " ".join(PLASMA_REGIONS),
    }
    dataset.attrs = {
        "source": "magnetopause of Shue et al. 1998 (doi:10.1029/98JA01103), bow shock of Slavin & Holzer 1981 "
        "(doi:10.1029/JA086iA13p11401)",
        "solar_wind": f"{wind.speed:g} km/s, {wind.pressure:g} nPa, Bz {wind.field_north:g} nT",
    }
    return check(dataset)


def plasma_crossings(
    start: object, end: object, place: Somewhere | None = None, wind: SolarWind = AVERAGE
) -> pd.DataFrame:
    """Give the stays of the Moon, or an orbiter, in magnetosheath and magnetotail.

    Parameters
    ----------
    start, end : str, datetime or datetime64
        UTC; a stay that reaches beyond the span ends with it.
    place : Station, Site, Orbit, SurfacePlace, Trajectory or str, optional
        A site, a station or an orbiter, text is the id of one; the Moon's centre by default.
    wind : SolarWind
        That shapes the magnetosphere.

    Returns
    -------
    DataFrame
        One row a stay, by start: ``region`` (name), ``start``, ``end`` [UTC] and ``duration`` [s]. ``attrs`` tell the
        ``units`` of the columns.
    """
    span = parse_span(start, end)
    place = _standing(place, np.array(span))

    def shocked(epochs: Epochs) -> Floats:
        return np.minimum(bow_shock_margin(epochs, place, wind), -magnetopause_margin(epochs, place, wind))

    def tail(epochs: Epochs) -> Floats:
        return magnetopause_margin(epochs, place, wind)

    rows = [
        {"region": region, "start": edges[0], "end": edges[1]}
        for region, inside in (("magnetosheath", shocked), ("magnetotail", tail))
        for edges in spans_above(inside, *span, _STEP)
    ]
    table = pd.DataFrame(rows, columns=["region", "start", "end"])
    for name in ("start", "end"):
        table[name] = table[name].astype("datetime64[us]")
    table["duration"] = (table["end"] - table["start"]).dt.total_seconds()
    table = table.sort_values("start", ignore_index=True)
    table.attrs["units"] = dict(CROSSING_UNITS)
    return table


def _standing(place: Somewhere | None, times: Epochs) -> SurfacePlace | Trajectory | None:
    """The place that is meant; orbits hold from the first epoch."""
    if place is None or isinstance(place, SurfacePlace | Trajectory) or not times.size:
        return place if isinstance(place, SurfacePlace | Trajectory) else None
    found = standpoint(place, (times.min(), times.max() + np.timedelta64(1, "s")))
    if not isinstance(found, SurfacePlace | Trajectory):
        raise RequestError("plasma is told of the Moon and what flies about it, not of a ground station")
    return found


def _downwind(sky: SkyState, wind: SolarWind) -> Floats:
    """(n, 3) where the wind blows, for an observer who moves with the Earth; unit vectors along MOON_ME axes."""
    earth, sun = sky.body("earth"), sky.body("sun")
    away = earth.position - sun.position
    blown = wind.speed * away / np.linalg.norm(away, axis=-1)[..., None] - (earth.velocity - sun.velocity)
    return np.asarray(blown / np.linalg.norm(blown, axis=-1)[..., None])


def _from_tail(sky: SkyState, place: Place | None, wind: SolarWind) -> tuple[Floats, Floats]:
    """Distance from the Earth [Earth radii] and angle from the axis of the tail. [rad]"""
    if not isinstance(wind, SolarWind):
        raise RequestError(f"{wind!r:.60} is no solar wind; give SolarWind(speed='500 km/s')")
    here = 0.0 if place is None else place.observer(sky).position
    line = here - sky.body("earth").position
    distance = np.linalg.norm(line, axis=-1)
    cosine = np.einsum("...i,...i->...", line, _downwind(sky, wind)) / distance
    return distance / EARTH_RADIUS, np.arccos(np.clip(cosine, -1.0, 1.0))


def _behind_the_moon(sky: SkyState, place: Place, wind: SolarWind) -> npt.NDArray[np.bool_]:
    """Whether the Moon stands between a place and the wind."""
    here, blown = place.observer(sky).position, _downwind(sky, wind)
    along = np.einsum("...i,...i->...", blown, np.broadcast_to(here, blown.shape))
    aside = np.linalg.norm(here - along[..., None] * blown, axis=-1)
    return np.asarray((along > 0.0) & (isinstance(place, SurfacePlace) | (aside < MOON_RADIUS)))
