"""Everything about a place over a span, in one CF Dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import MAST, Terrain, site_of, standing_place, terrain_at
from ilrs_science.environment.heat.heated import Surroundings
from ilrs_science.environment.heat.thermal import surface_temperature
from ilrs_science.environment.light.flight import flight
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.sky import light
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.links.route import Route
from ilrs_science.environment.plasma import plasma
from ilrs_science.environment.power.plant import plant_power
from ilrs_science.environment.radiation import dose_rates
from ilrs_science.epochs import Epochs, grid, parse_span
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.targets import standpoint
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["environment"]

GROUND = "slope {:.3g} deg, skyline from 0 m; {}"
"""What the temperature is of."""

FRAME = "selenographic MOON_ME; apparent positions (light time and stellar aberration)"

SOURCE = "DE421 ephemeris and lunar orientation; LRO LOLA topography or the named grids"


def environment(
    place: Station | Site | SurfacePlace | Orbit | Trajectory | str,
    start: object,
    end: object,
    step: str = "1 h",
    *,
    terrain: Terrain = "auto",
    mast: str | float | None = None,
    site: Site | SurfacePlace | Orbit | None = None,
    surroundings: Surroundings = "none",
    slope: str | float = "0 deg",
    aspect: str | float = "0 deg",
) -> xr.Dataset:
    """Tell what a place is like over a span: Sun, Earth, skyline, light, heat, plasma, radiation, power and link.

    Parameters
    ----------
    place : Station, Site, SurfacePlace, Orbit, Trajectory or str
        Where; text is the id of a station, a site or an orbit. A station adds its power and the rate of its link.
    start, end : str, datetime or datetime64
        UTC; the end is not included.
    step : str
        Between epochs, with a unit.
    terrain : "auto", "none", file, name, several of them, or TerrainStack
        ``"auto"`` is the shipped LOLA grids, ``"none"`` the bare sphere through the site; files, or names in the store
        of ``ilrs data``, are nested over the shipped grids in the given order, finest first.
    mast : str or float, optional
        Height of array and antenna above the ground, with unit or in metres; by default the station's, else 2 m. [m]
    site : Site, SurfacePlace or Orbit, optional
        Where a station stands or flies, if its site or orbit is not in the shipped catalogue.
    surroundings : "none", "same" or "terrain"
        What the terrain around sends to the ground; ``"terrain"`` takes some seconds, and without it ground that the
        Sun never reaches comes out too cold: see `surface_temperature`.
    slope, aspect : str or float, optional
        Of the ground, as `surface_temperature` takes them. [deg]

    Returns
    -------
    Dataset
        CF, dimension ``time``. Everywhere: ``{sun,earth}_azimuth``, ``_elevation`` (apparent, of the centre),
        ``_range``, ``_visible_fraction`` (of the disc's area above the skyline, or beyond the limb of the Moon),
        ``sun_covered_fraction`` (by the Earth); ``plasma_region``, ``magnetopause_margin``, ``bow_shock_margin``,
        ``lunar_wake``; ``dose_rate``, ``dose_equivalent_rate``, ``solar_cycle_phase``.

        At a site also ``{sun,earth}_horizon_elevation`` (skyline below the centre) and ``surface_temperature`` of level
        ground; of a station ``array_power``, ``source_power``, ``power_available``, ``link_rate`` and ``light_time`` to
        the Earth. On an orbiter ``sub_latitude``, ``sub_longitude``, ``altitude``, ``solar_beta``.

        Attributes name the grids, the mast, the observer's height, the models and the definitions.

    Raises
    ------
    RequestError, UnknownNameError, EpochError, CoverageError
        If place, span, terrain or mast are impossible, or an orbiter hits the Moon, and when.

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
    times = grid(start, end, step)
    if isinstance(place, str):
        place = _named(place)
    orbit = site if isinstance(site, Orbit) and isinstance(place, Station) and place.site is None else None
    if isinstance(place, Orbit | Trajectory) or (
        isinstance(place, Station) and place.site is None and (site is None or orbit is not None)
    ):
        if mast is not None or (site is not None and orbit is None):
            raise RequestError("an orbiter has neither mast nor site")
        dataset, where = _aloft(place, times, start, end, orbit), "at"
    elif isinstance(site, Orbit):
        raise RequestError(f"{_name(place)} stands on the ground; give its site, not the orbit {site.id}")
    else:
        where = "on"
        heat = {"surroundings": surroundings, "slope": slope, "aspect": aspect}
        asked = (start, end, step)
        dataset = _on_ground(place, times, asked, terrain=terrain, mast=mast, site=site, heat=heat)
    dataset.attrs |= {
        "Conventions": "CF-1.11",
        "title": f"Environment of {_name(place)} {where} the Moon",
        "step": step,
    }
    dataset["time"].attrs |= {"standard_name": "time", "long_name": "UTC", "axis": "T"}
    return check(describe(dataset))


def _named(place: str) -> Station | Site | Orbit:
    known = load_catalogue()
    if place in known.stations:
        return known.stations[place]
    return known.orbits[place] if place in known.orbits else known.sites[place]


def _aloft(
    orbiter: Station | Orbit | Trajectory, times: Epochs, start: object, end: object, orbit: Orbit | None
) -> xr.Dataset:
    at = standpoint(orbit or orbiter, parse_span(start, end))
    assert isinstance(at, Trajectory)
    sky = flight(at, times)
    around = _around(at, times, sky["altitude"].values)
    parts = [sky, around]
    if isinstance(orbiter, Station):
        (route,) = routes(at, "earth", start, end, link=orbiter.link)
        parts += [plant_power(orbiter, sky), _carried(route, times)]
    dataset = _joined(*parts)
    dataset.attrs = around.attrs | {
        "source": SOURCE,
        "frame": f"{FRAME}; elevation above the plane normal to the radius vector",
        "visible_fraction_definition": "area of the uniform disc beyond the limb of the sphere; Earth eclipses apart",
    }
    return dataset


def _on_ground(
    place: Station | Site | SurfacePlace,
    times: Epochs,
    asked: tuple[object, object, str],
    *,
    terrain: Terrain,
    mast: str | float | None,
    site: Site | SurfacePlace | None,
    heat: Mapping[str, Any],
) -> xr.Dataset:
    station = place if isinstance(place, Station) else None
    ground = site_of(place) if site is None or station is None else site
    grids = terrain_at(ground, terrain)
    height = mast if mast is not None else MAST if station is None else station.mast
    skyline, here = horizon(ground, grids, mast=height), standing_place(ground, grids)
    sky = light(here, times, skyline)
    warmth = surface_temperature(ground, *asked, terrain=grids or "none", **heat)
    around = _around(here, times, 0.0)
    parts = [sky, warmth[["surface_temperature"]], around]
    if station is not None:
        parts += [
            plant_power(station, sky),
            _link(station, times, asked, terrain=grids or "none", mast=height, site=ground),
        ]
    dataset = _joined(*parts)
    dataset["surface_temperature"].attrs["comment"] = GROUND.format(
        warmth.attrs["slope_deg"], warmth.attrs["surroundings"]
    )
    dataset.attrs = around.attrs | {
        "source": SOURCE,
        "frame": FRAME,
        "visible_fraction_definition": "area of the uniform disc above the skyline; Earth eclipses not counted",
        "thermal_model": warmth.attrs["model"],
        **skyline.attrs,
    }
    return dataset


def _around(place: SurfacePlace | Trajectory, times: Epochs, altitude: npt.ArrayLike) -> xr.Dataset:
    """Plasma and radiation, with their sources."""
    around, doses = plasma(times, place), dose_rates(times, altitude)
    sources = {"plasma_model": around.attrs["source"], "solar_wind": around.attrs["solar_wind"]}
    return _joined(around, doses).assign_attrs(sources | {"radiation_model": doses.attrs["source"]})


def _link(
    station: Station,
    times: Epochs,
    asked: tuple[object, object, str],
    *,
    terrain: Terrain,
    mast: str | float,
    site: Site | SurfacePlace,
) -> xr.Dataset:
    (route,) = routes(station, "earth", *asked[:2], terrain=terrain, mast=mast, site=site)
    return _carried(route, times)


def _carried(route: Route, times: Epochs) -> xr.Dataset:
    passage = route.passage(times)
    data = {"link_rate": passage.rate, "light_time": passage.light_time}
    return xr.Dataset({name: ("time", values) for name, values in data.items()}, {"time": times})


def _joined(*parts: xr.Dataset) -> xr.Dataset:
    """All variables of several Datasets at the same epochs."""
    return xr.Dataset({name: values for part in parts for name, values in part.data_vars.items()})


def _name(place: Station | Site | SurfacePlace | Orbit | Trajectory) -> str:
    if isinstance(place, SurfacePlace):
        return f"{place.latitude:g}, {place.longitude % 360.0:g}"
    if isinstance(place, Trajectory):
        return place.name
    if isinstance(place, Site) and "id" not in place.model_fields_set:
        return f"{place.latitude:g}, {place.longitude % 360.0:g}"
    return place.id
