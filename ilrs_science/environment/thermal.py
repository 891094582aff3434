"""Temperature of the ground, at its surface and below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.conduction import SETTLED, Cycle, conduct, settle
from ilrs_science.environment.ground import Terrain, site_of, standing_place
from ilrs_science.environment.horizon import horizon, metres
from ilrs_science.environment.regolith import BOTTOM, Regolith, column
from ilrs_science.environment.sunlight import Facet, sunlight
from ilrs_science.environment.terrain import terrain_of
from ilrs_science.epochs import Epochs, grid, to_tdb
from ilrs_science.errors import CoverageError, RequestError, UnknownNameError
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.ephemeris import require_coverage
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.units import parse_quantity

__all__ = ["Surroundings", "surface_temperature"]

Surroundings: TypeAlias = Literal["none", "same"]
"""What the terrain around sends to the ground: nothing, or what the ground itself would send."""

SAMPLE_S = 900.0
"""Longest internal step [s]. Against 5 minutes no temperature is off by more than 2 K, at the edges of an eclipse,
whose partial phases take an hour; an hour would be off by 18 K there, and by less than 0.1 K elsewhere."""

SPIN_UP_STEP = np.timedelta64(3600, "s")

SPIN_UP_STEPS = 8505
"""Of an hour: twelve synodic months, 354.37 days, after which light, season (346.6 days) and distance (365.3 days)
nearly repeat."""

MODEL = "1-D conduction in regolith, Hayne et al. 2017, doi:10.1002/2017JE005387"

LIKE = "terrain in view is as warm and as bright as the ground; the ground sees {:.4f} of the sky"

STRONGEST = 2000.0
"""Largest constant flux that is taken. [W/m2]"""

ALONE = "no light or heat from the terrain around: permanently shadowed ground comes out too cold"

Floats = npt.NDArray[np.float64]


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
        Of the ground, with unit or in degrees, 0 to 90. [deg]
    aspect : str or float
        Azimuth to which the ground falls, from north through east, with unit or in degrees. [deg]
    regolith : Regolith, optional
        What the ground is made of and how bright it is; by default the average of the highlands.
    surroundings : "none" or "same"
        ``"none"``: only the Sun heats the ground, as if the terrain in view were cold and black. ``"same"``: all
        terrain in view has the temperature, albedo and light of the ground itself.
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
    is lit like the ground itself, and does nothing for shadowed ground; for that, give a flux as ``infrared``. Where
    ground sees a part v of the sky, terrain like itself raises the light that it absorbs by ``1 / (1 - A (1 - v))``
    and leaves ``v / (1 - (1 - e) (1 - v))`` of the heat that it loses.

    Before the span, the twelve synodic months that precede it (or follow its start, where the kernels begin later) are
    repeated, with hourly steps, until no depth changes by more than 0.05 K from one to the next.

    References
    ----------
    Hayne et al. 2017, doi:10.1002/2017JE005387.

    Examples
    --------
    >>> from ilrs_science.sky.place import SurfacePlace
    >>> ground = surface_temperature(SurfacePlace(0, 0), "2026-01-01", "2026-01-31", terrain="none", depth="1 m")
    >>> [round(float(ground.surface_temperature.quantile(part)), -1) for part in (0, 1)]
    [90.0, 390.0]
    >>> round(float(ground.temperature.mean()), -1)
    250.0
    """
    site, grids, times = site_of(place), terrain_of(terrain), grid(start, end, step)
    ground = _Exchange(
        regolith=regolith or Regolith(),
        facet=Facet(_number(slope, "deg"), _number(aspect, "deg")),
        skyline=horizon(site, grids, mast=mast),
        place=standing_place(site, grids),
        surroundings=surroundings,
        infrared=_number(infrared, "W/m**2"),
    )
    depths, step_s = _depths(depth), parse_quantity(step, "s")
    every = int(np.ceil(step_s / SAMPLE_S - 1e-9))
    light, layers = ground.absorbed(_between(times, every)), column(ground.regolith)
    year = ground.absorbed(_year(times[0]))
    cycle = settle(layers, year, step=SPIN_UP_STEP / np.timedelta64(1, "s"), emissivity=ground.emissivity)
    kept, _, _ = conduct(
        layers,
        cycle.state,
        light,
        step=step_s / every,
        emissivity=ground.emissivity,
        depth=[0.0, *depths],
        every=every,
    )
    dataset = xr.Dataset({"surface_temperature": ("time", kept[0, :, 0])}, {"time": times})
    if depths:
        dataset["temperature"] = (("time", "depth"), kept[0, :, 1:])
        dataset["depth"] = ("depth", list(depths), {"positive": "down", "axis": "Z"})
    dataset["time"].attrs |= {"standard_name": "time", "long_name": "UTC", "axis": "T"}
    dataset.attrs = _attributes(ground, cycle, step)
    return check(describe(dataset))


@dataclass(frozen=True, eq=False)
class _Exchange:
    """What a piece of ground absorbs and how well it cools."""

    regolith: Regolith
    facet: Facet
    skyline: xr.Dataset
    place: SurfacePlace
    surroundings: Surroundings
    infrared: float

    def __post_init__(self) -> None:
        if self.surroundings not in get_args(Surroundings):
            raise UnknownNameError("surroundings", str(self.surroundings), get_args(Surroundings))
        if not 0.0 <= self.infrared <= STRONGEST:
            raise RequestError(f"infrared flux of {self.infrared:g} W/m2 is outside 0 to {STRONGEST:g} W/m2")

    @cached_property
    def sky_view(self) -> float:
        """Part of the sky that takes up heat for good. [1]"""
        return 1.0 if self.surroundings == "none" else max(self.facet.sky_view(self.skyline), 0.01)

    @property
    def emissivity(self) -> float:
        """Of the ground with the terrain that it sees. [1]"""
        return (
            self.regolith.emissivity
            * self.sky_view
            / (1.0 - (1.0 - self.regolith.emissivity) * (1.0 - self.sky_view))
        )

    def absorbed(self, epochs: Epochs) -> Floats:
        """(1, time) Flux that heats the ground. [W/m2]"""
        flux, incidence = sunlight(observe(self.place, epochs), self.skyline, self.facet)
        albedo = self.regolith.reflected(incidence)
        light = (1.0 - albedo) * flux / (1.0 - albedo * (1.0 - self.sky_view))
        return np.asarray(light + self.regolith.emissivity * self.infrared)[None]


def _between(times: Epochs, every: int) -> Epochs:
    """The epochs with `every` - 1 evenly spaced ones between each two."""
    if len(times) == 1:
        return times
    inside = (times[1] - times[0]) * np.arange(every) // every
    return np.append((times[:-1, None] + inside).ravel(), times[-1])


def _year(start: np.datetime64) -> Epochs:
    """Hourly epochs of the year that ends at the start, or begins there if the kernels do not reach back."""
    year = np.arange(SPIN_UP_STEPS + 1) * SPIN_UP_STEP
    try:
        first, last = to_tdb(np.array([start - year[-1], start]))
        require_coverage(float(first), float(last))
    except CoverageError:
        return np.asarray(start + year)
    return np.asarray(start - year[::-1])


def _number(value: str | float, unit: str) -> float:
    return parse_quantity(value, unit) if isinstance(value, str) else float(value)


def _depths(depth: str | float | Sequence[str | float]) -> tuple[float, ...]:
    """Depths as metres. [m]"""
    given = [depth] if isinstance(depth, str | float | int) else list(depth)
    known = tuple(metres(one) for one in given)
    for one in known:
        if not 0.0 <= one <= BOTTOM:
            raise RequestError(f"depth of {one:g} m is outside 0 to {BOTTOM:g} m")
    return known


def _attributes(ground: _Exchange, cycle: Cycle, step: str) -> dict[str, object]:
    facet, properties = ground.facet, asdict(ground.regolith)
    return {
        "Conventions": "CF-1.11",
        "title": f"Temperature of the ground at {ground.place.latitude:g}, {ground.place.longitude:g} on the Moon",
        "source": "DE421 ephemeris and lunar orientation; LRO LOLA topography or the named grids",
        "model": MODEL,
        "regolith": ", ".join(f"{name} {value:g}" for name, value in properties.items()),
        "slope_deg": facet.slope,
        "aspect_deg": facet.aspect,
        "surroundings": ALONE if ground.surroundings == "none" else LIKE.format(ground.sky_view),
        "infrared_W_m2": ground.infrared,
        "eclipses": "by the Earth, without the light that its air bends into the shadow",
        "spin_up": f"12 synodic months {cycle.cycles} times; the last changed no depth by {SETTLED:g} K",
        "step": step,
        **ground.skyline.attrs,
    }
