"""Meteoroids: when showers of the catalogue reach the Moon, and whether a place faces them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.shower import Shower
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import site_of
from ilrs_science.epochs import from_tdb, parse_epochs, parse_span, to_tdb
from ilrs_science.errors import require_kind
from ilrs_science.sky.apparent import apparent
from ilrs_science.sky.ephemeris import sky_near, sky_when
from ilrs_science.sky.place import SurfacePlace, place_of
from ilrs_science.sky.stars import Star

__all__ = ["SHOWER_COLUMNS", "impact_speed", "meteoroid_showers", "solar_longitude"]

Floats = npt.NDArray[np.float64]

SHOWER_UNITS: Final = {
    "shower": "",
    "name": "",
    "start": "UTC",
    "peak": "UTC",
    "end": "UTC",
    "impact_speed": "km/s",
    "zenithal_hourly_rate": "1/h",
    "radiant_elevation": "deg",
}
"""Unit of each column of the showers; none for names."""

SHOWER_COLUMNS: Final = tuple(SHOWER_UNITS)
"""Columns of the showers."""

#: Obliquity of the ecliptic of J2000: 84381.406 arcsec (IAU 2006 resolution B1). [rad]
_TILT: Final = float(np.radians(84381.406 / 3600.0))
_YEAR: Final = 365.256363 * 86400.0  # sidereal year, after which the Sun has the same longitude [s]
_NEWTON: Final = 6  # from two degrees, each step leaves a thirtieth of the error
#: Speed of what falls from far away, 100 km above the Earth and on the ground of the Moon. [km/s]
_FALL_EARTH: Final = float(np.sqrt(2.0 * 398_600.4 / (6371.0 + 100.0)))
_FALL_MOON: Final = float(np.sqrt(2.0 * 4902.8 / 1737.4))


def solar_longitude(epochs: object) -> Floats:
    """Give the ecliptic longitude of the Sun, seen from the Earth's centre.

    Parameters
    ----------
    epochs : (n,) array_like of datetime64
        UTC, in any order.

    Returns
    -------
    (n,) ndarray
        0 to 360, equinox J2000, geometric. [deg]

    Notes
    -----
    The key of meteoroid showers. With light time and aberration it would be 0.0057 deg less, 8 min of the year.
    """
    return _longitude(to_tdb(np.atleast_1d(parse_epochs(epochs))))


def _longitude(tdb: Floats) -> Floats:
    if not tdb.size:
        return np.empty(0)
    sky = sky_near(tdb)
    line = sky.body("sun").position - sky.body("earth").position
    x, y, z = np.einsum("...ji,...j->...i", sky.rotation, line).T  # back to ICRF axes
    return np.asarray(np.degrees(np.arctan2(y * np.cos(_TILT) + z * np.sin(_TILT), x)) % 360.0)


def impact_speed(speed: npt.ArrayLike) -> Floats:
    """Give the speed at which meteoroids of a shower strike the Moon.

    Parameters
    ----------
    speed : array_like
        At which they enter the Earth's atmosphere. [km/s]

    Returns
    -------
    ndarray
        Without the fall to the Earth, with that to the Moon; the Moon's own motion adds or takes 1 km/s. [km/s]
    """
    slow: Floats = np.asarray(speed, float)
    return np.sqrt(np.maximum(slow**2 - _FALL_EARTH**2, 0.0) + _FALL_MOON**2)


def meteoroid_showers(
    start: object,
    end: object,
    place: Station | Site | SurfacePlace | str | None = None,
    *,
    catalogue: Catalogue | None = None,
) -> pd.DataFrame:
    """Give the meteoroid showers of a span.

    Parameters
    ----------
    start, end : str, datetime or datetime64
        UTC; a shower is listed if any of it falls into the span.
    place : Station, Site, SurfacePlace or str, optional
        Where on the Moon; text is the id of a site or station.
    catalogue : Catalogue, optional
        Where showers come from; the shipped one by default.

    Returns
    -------
    DataFrame
        One row a shower, by peak: ``shower`` (id), ``name``, ``start``, ``peak``, ``end`` [UTC], ``impact_speed``
        [km/s], ``zenithal_hourly_rate`` [1/h] and ``radiant_elevation`` [deg]; ``attrs`` tell the ``units``. The
        elevation is that at the peak above the horizontal plane, not a number without a place: below zero, the ground
        shields the place.

    Raises
    ------
    CoverageError
        If the kernels do not cover the span.

    Notes
    -----
    A shower comes when the Sun has its longitude. The Moon meets a stream up to 0.15 deg of longitude, 3.6 h, before or
    after the Earth, and years differ by some hours. The radiant drifts by a degree a day, which is left aside.
    ``Windows.from_frame`` makes windows, and so a calendar, of the rows of a shower.

    Examples
    --------
    >>> table = meteoroid_showers("2026-12-12", "2026-12-16")
    >>> table.shower[0], str(table.peak[0])[:16]
    ('geminids', '2026-12-14 13:41')
    """
    span = parse_span(start, end)
    known = load_catalogue() if catalogue is None else catalogue
    require_kind(known, Catalogue, "catalogue", "what ilrs.load_catalogue gives")
    here = None if place is None else place_of(site_of(place))
    rows = [row for shower in known.showers.values() for row in _seasons(shower, span, here)]
    table = pd.DataFrame(rows, columns=list(SHOWER_COLUMNS))
    for name in ("start", "peak", "end"):
        table[name] = table[name].astype("datetime64[us]")
    table["radiant_elevation"] = table["radiant_elevation"].astype(float)
    table = table.sort_values("peak", ignore_index=True)
    table.attrs["units"] = dict(SHOWER_UNITS)
    return table


def _seasons(
    shower: Shower, span: tuple[np.datetime64, np.datetime64], place: SurfacePlace | None
) -> list[dict[str, object]]:
    """A row for each year in which a shower touches a span."""
    peaks = _times_at(shower.solar_longitude, span)
    before, after = ((peak - edge) % 360.0 for peak, edge in _around(shower))
    first = _refined(peaks - before / 360.0 * _YEAR, shower.begin)
    last = _refined(peaks + after / 360.0 * _YEAR, shower.end)
    edges = from_tdb(np.stack([first, peaks, last], axis=1)).reshape(-1, 3)
    inside = (edges[:, 2] > span[0]) & (edges[:, 0] < span[1])
    return [
        {
            "shower": shower.id,
            "name": shower.label,
            "start": begin,
            "peak": peak,
            "end": finish,
            "impact_speed": float(impact_speed(shower.speed)),
            "zenithal_hourly_rate": shower.zenithal_hourly_rate,
            "radiant_elevation": np.nan if place is None else _elevation(shower, peak, place),
        }
        for begin, peak, finish in edges[inside]
    ]


def _around(shower: Shower) -> tuple[tuple[float, float], tuple[float, float]]:
    return (shower.solar_longitude, shower.begin), (shower.end, shower.solar_longitude)


def _times_at(longitude: float, span: tuple[np.datetime64, np.datetime64]) -> Floats:
    """When the Sun has a longitude, from a season before a span to one after it. [s past J2000 TDB]"""
    low, high = (float(edge) for edge in to_tdb(np.array(span)))
    now = float(_longitude(np.array([low]))[0])
    guess = low + ((longitude - now) % 360.0) / 360.0 * _YEAR - _YEAR
    count = int(np.ceil((high - guess) / _YEAR)) + 1
    return _refined(np.asarray(guess + _YEAR * np.arange(count), np.float64), longitude)


def _refined(tdb: Floats, longitude: float) -> Floats:
    """Times near a guess at which the Sun has a longitude; a year of the mean Sun is never more than 2 deg wrong."""
    for _ in range(_NEWTON):
        off = (longitude - _longitude(tdb) + 180.0) % 360.0 - 180.0
        tdb = tdb + off / 360.0 * _YEAR
    return tdb


def _elevation(shower: Shower, peak: np.datetime64, place: SurfacePlace) -> float:
    sky = sky_when(np.array([peak]))
    toward, _ = apparent(sky, Star(shower.ra, shower.dec), place.observer(sky), "geometric")
    return float(np.degrees(np.arcsin(np.clip(toward[0] @ place.vertical(sky), -1.0, 1.0))))
