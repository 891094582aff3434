"""Temperature of the ground, at its surface and below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import numpy as np
import xarray as xr

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.heat.heated import SETTLES, HeatedGround, Surroundings, between, heated_ground
from ilrs_science.environment.heat.regolith import Regolith
from ilrs_science.environment.heat.temperature import SAMPLE_S, depth_of
from ilrs_science.epochs import grid
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.units import parse_quantity

__all__ = ["Surroundings", "surface_temperature"]

MODEL = "1-D conduction in regolith, Hayne et al. 2017, doi:10.1002/2017JE005387"


def surface_temperature(
    place: Station | Site | SurfacePlace | str,
    start: object,
    end: object,
    step: str = "1 h",
    *,
    terrain: Terrain = "auto",
    mast: str | float = "0 m",
    slope: str | float = "0 deg",
    aspect: str | float = "0 deg",
    regolith: Regolith | None = None,
    surroundings: Surroundings = "none",
    infrared: str | float = "0 W/m**2",
    depth: str | float | Sequence[str | float] = (),
) -> xr.Dataset:
    """Give the temperature of the ground at a place, at its surface and below.

    Parameters
    ----------
    place : Station, Site, SurfacePlace or str
        Where; text is the id of a site of the shipped catalogue.
    start, end : str, datetime or datetime64
        UTC; the end is not included. The ground has seen its light for ever when the span begins.
    step : str
        Between epochs, with a unit; inside, a quarter of an hour at the most.
    terrain : "auto", "none", file, files or TerrainStack
        What casts shadows, as for `environment`.
    mast : str or float
        Height from which the skyline is traced, with unit or in metres. [m]
    slope : str or float
        Of the ground, with unit or in degrees, 0 to 90; ``"terrain"`` takes slope and aspect from the grid at the
        place, over two pixels, see `slope_at`. [deg]
    aspect : str or float
        Azimuth to which the ground falls, from north through east, with unit or in degrees. [deg]
    regolith : Regolith, optional
        What the ground is made of and how bright it is; by default the average of the highlands.
    surroundings : "none", "same" or "terrain"
        ``"none"``: only the Sun heats the ground, as if the terrain in view were cold and black. ``"same"``: all
        terrain in view has the temperature, albedo and light of the ground itself. ``"terrain"``: what is in view has
        its own slope, skyline, light and temperature, which takes seconds for a year.
    infrared : str or float
        Constant flux from elsewhere that falls on the ground, with unit or in W/m2. [W/m2]
    depth : str, float or sequence of them
        Where the temperature below the surface is wanted, with unit or in metres, 0 to 2 m. [m]

    Returns
    -------
    Dataset
        CF: ``surface_temperature(time)`` and, where depths are given, ``temperature(time, depth)`` [K]. Attributes name
        the model, the properties, the grids, the slope and the spin-up.

    Raises
    ------
    RequestError
        If slope, aspect, mast, depth, flux or a property is impossible.
    EpochError, CoverageError
        As `environment`.

    Notes
    -----
    Absorbed is ``(1 - A(i))`` of the sunlight on the slope: the part of the disc above the skyline and the ground's own
    plane, the Sun's distance, and eclipses by the Earth (without the red light in its shadow).

    Terrain shades the ground. By default it sends neither scattered light nor heat, so permanently shadowed ground
    comes out too cold: 24 K where nothing but the interior heats it. ``surroundings="same"`` is right in a bowl that
    is lit like the ground itself, and does nothing for shadowed ground; for that, take ``"terrain"``, or give a flux
    as ``infrared``. Where ground sees a part v of the sky, terrain like itself raises the light that it absorbs by
    ``1 / (1 - A (1 - v))`` and leaves ``v / (1 - (1 - e) (1 - v))`` of the heat that it loses.

    With ``surroundings="terrain"`` lines of sight end on some ninety pieces of terrain. Each is a column of its own and
    sees the others; between them light is scattered diffusely and heat radiated, any number of times. In shadow in a
    spherical bowl the flux is that of Ingersoll et al. 1992 within some percent.

    Before the span, the twelve synodic months that precede it (or follow its start, where the kernels begin later) are
    repeated, with hourly steps, until no depth changes by more than 0.05 K from one to the next.

    References
    ----------
    Hayne et al. 2017, doi:10.1002/2017JE005387; Ingersoll, Svitek and Murray 1992, doi:10.1016/0019-1035(92)90016-Z.

    Examples
    --------
    >>> from ilrs_science.sky.place import SurfacePlace
    >>> ground = surface_temperature(SurfacePlace(0, 0), "2026-01-01", "2026-01-31", terrain="none", depth="1 m")
    >>> [round(float(ground.surface_temperature.quantile(part)), -1) for part in (0, 1)]
    [90.0, 390.0]
    >>> round(float(ground.temperature.mean()), -1)
    250.0
    """
    times, depths, step_s = grid(start, end, step), _depths(depth), parse_quantity(step, "s")
    ground = heated_ground(
        place,
        terrain=terrain,
        mast=mast,
        slope=slope,
        aspect=aspect,
        regolith=regolith,
        surroundings=surroundings,
        infrared=infrared,
    )
    every = int(np.ceil(step_s / SAMPLE_S - 1e-9))
    kept = ground.temperature(between(times, every), depth=[0.0, *depths], every=every)
    dataset = xr.Dataset({"surface_temperature": ("time", kept[:, 0])}, {"time": times})
    if depths:
        dataset["temperature"] = (("time", "depth"), kept[:, 1:])
        dataset["depth"] = ("depth", list(depths), {"positive": "down", "axis": "Z"})
    dataset["time"].attrs |= {"standard_name": "time", "long_name": "UTC", "axis": "T"}
    dataset.attrs = _attributes(ground, step)
    return check(describe(dataset))


def _depths(depth: str | float | Sequence[str | float]) -> tuple[float, ...]:
    """Depths as metres. [m]"""
    given = list(depth) if isinstance(depth, Iterable) and not isinstance(depth, str) else [depth]
    return tuple(depth_of(one) for one in given)


def _attributes(ground: HeatedGround, step: str) -> dict[str, object]:
    facet, properties, place = ground.facet, asdict(ground.regolith), ground.place
    return {
        "Conventions": "CF-1.11",
        "title": f"Temperature of the ground at {place.latitude:g}, {place.longitude % 360.0:g} on the Moon",
        "source": "DE421 ephemeris and lunar orientation; LRO LOLA topography or the named grids",
        "model": MODEL,
        "regolith": ", ".join(f"{name} {value:g}" for name, value in properties.items()),
        "slope_deg": facet.slope,
        "aspect_deg": facet.aspect,
        "surroundings": ground.described,
        "infrared_W_m2": ground.infrared,
        "eclipses": "by the Earth, without the light that its air bends into the shadow",
        "spin_up": SETTLES,
        "step": step,
        **ground.skyline.attrs,
    }
