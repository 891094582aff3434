"""Everything about a place over a span, in one CF Dataset."""

from __future__ import annotations

import xarray as xr

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain, site_of, standing_place
from ilrs_science.environment.horizon import horizon
from ilrs_science.environment.light import light
from ilrs_science.environment.links import link_rate
from ilrs_science.environment.power import array_power
from ilrs_science.environment.terrain import terrain_of
from ilrs_science.environment.thermal import surface_temperature
from ilrs_science.epochs import grid
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.place import SurfacePlace

__all__ = ["Terrain", "environment", "standing_place"]

MAST = "2 m"
"""Height of array and antenna where no station says otherwise (assumed)."""

LEVEL = "level ground, skyline from 0 m; {}"
"""What the temperature is of."""


def environment(
    place: Station | Site | SurfacePlace,
    start: object,
    end: object,
    *,
    step: str = "1 h",
    terrain: Terrain = "auto",
    mast: str | float | None = None,
    site: Site | SurfacePlace | None = None,
) -> xr.Dataset:
    """Tell what a place is like over a span: Sun, Earth, skyline, light, power and link.

    Parameters
    ----------
    place : Station, Site or SurfacePlace
        A station adds the power of its array and the rate of its link.
    start, end : str, datetime or datetime64
        UTC; the end is not included.
    step : str
        Between epochs, with a unit.
    terrain : "auto", "none", file, files or TerrainStack
        ``"auto"`` is the shipped LOLA grids, ``"none"`` the bare sphere through the site; files are nested over the
        shipped grids in the given order, finest first.
    mast : str or float, optional
        Height of array and antenna above the ground, with unit or in metres; by default the station's, else 2 m. [m]
    site : Site or SurfacePlace, optional
        Where a station stands, if its site is not in the shipped catalogue.

    Returns
    -------
    Dataset
        CF, dimension ``time``: ``{sun,earth}_azimuth``, ``_elevation`` (apparent, of the centre, above the normal of
        the 1737.4 km sphere), ``_range``, ``_horizon_elevation`` (skyline below the centre), ``_visible_fraction``
        (of the disc's area above the skyline); ``sun_covered_fraction`` (of the disc, by the Earth);
        ``surface_temperature`` of level ground, see `surface_temperature`; of a station also ``array_power`` and
        ``link_rate``. Attributes name the grids, the mast, the observer's height and the definitions.

    Notes
    -----
    Eclipses of the Sun by the Earth (35 in 20 years, up to 5 h) are not in ``sun_visible_fraction`` but in
    ``sun_covered_fraction``: they matter to a battery, not to a mean.

    Examples
    --------
    >>> from ilrs_science.sky.place import SurfacePlace
    >>> env = environment(SurfacePlace(-89.45, 222.69), "2026-01-01", "2026-01-02", mast="10 m")
    >>> round(float(env.sun_visible_fraction.mean()), 2)
    1.0
    """
    station = place if isinstance(place, Station) else None
    ground = site_of(place) if site is None or station is None else site
    times = grid(start, end, step)
    grids = terrain_of(terrain)
    skyline = horizon(ground, grids, mast=_mast(station, mast))
    dataset = light(standing_place(ground, grids), times, skyline)
    warmth = surface_temperature(ground, start, end, step, terrain=grids or "none")
    dataset["surface_temperature"] = warmth["surface_temperature"]
    if station is not None:
        power = array_power(
            station.array,
            visible=dataset["sun_visible_fraction"],
            elevation=dataset["sun_elevation"],
            distance=dataset["sun_range"],
        )
        rate = link_rate(
            station.link,
            elevation=dataset["earth_elevation"],
            horizon_elevation=dataset["earth_horizon_elevation"],
        )
        dataset = dataset.assign(array_power=("time", power), link_rate=("time", rate))
    dataset.attrs = _attributes(place, step, skyline) | {"thermal_model": warmth.attrs["model"]}
    dataset["surface_temperature"].attrs["comment"] = LEVEL.format(warmth.attrs["surroundings"])
    dataset["time"].attrs |= {"standard_name": "time", "long_name": "UTC", "axis": "T"}
    return check(describe(dataset))


def _mast(station: Station | None, mast: str | float | None) -> str | float:
    if mast is not None:
        return mast
    return MAST if station is None else station.mast


def _attributes(place: Station | Site | SurfacePlace, step: str, skyline: xr.Dataset) -> dict[str, object]:
    where = f"{skyline.attrs['latitude']:g}, {skyline.attrs['longitude']:g}"
    name = where if isinstance(place, SurfacePlace) or "id" not in place.model_fields_set else place.id
    return {
        "Conventions": "CF-1.11",
        "title": f"Environment of {name} on the Moon",
        "source": "DE421 ephemeris and lunar orientation; LRO LOLA topography or the named grids",
        "frame": "selenographic MOON_ME; apparent positions (light time and stellar aberration)",
        "visible_fraction_definition": "area of the uniform disc above the skyline; Earth eclipses not counted",
        "step": step,
        **skyline.attrs,
    }
