"""Ground with everything that heats it: Sun, skyline, slope, and the terrain around."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain, site_of, standing_place, terrain_at
from ilrs_science.environment.heat.conduction import SETTLED, conduct, settle
from ilrs_science.environment.heat.exchange import Exchange
from ilrs_science.environment.heat.regolith import Column, Regolith, column
from ilrs_science.environment.heat.sunlight import Beam, Facet, sunlight
from ilrs_science.environment.heat.surroundings import Patch, look_around, views
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.terrain.slope import slope_at
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.epochs import Epochs, to_tdb
from ilrs_science.errors import CoverageError, RequestError, UnknownNameError, require_kind
from ilrs_science.sky.ephemeris import require_coverage
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.units import number_in

__all__ = ["HeatedGround", "Surroundings", "between", "heated_ground"]

Surroundings: TypeAlias = Literal["none", "same", "terrain"]
"""What the terrain around sends to the ground: nothing, what the ground itself would send, or what it does send."""

HOUR_S = 3600.0
"""Step of the spin-up, and the longest of the surroundings, whose light and heat change slowly. [s]"""

SPIN_UP_STEPS = 8505
"""Of an hour: twelve synodic months, 354.37 days, after which light, season (346.6 days) and distance (365.3 days)
nearly repeat."""

COARSER = 3
"""With surroundings the spin-up takes each so many hours, which moves no temperature afterwards by more than 0.1 K
(tests/environment/heat/test_thermal.py). It divides `SPIN_UP_STEPS`. [1]"""

AT_ONCE = 20_000
"""Hours for which the surroundings are followed together: some 20 MB for each quantity of a hundred patches. [1]"""

PIECE = 100_000
"""Epochs for which the sky is looked at together, which bounds the memory. [1]"""

SETTLES = f"12 synodic months, again and again; the last changed no depth by {SETTLED:g} K"

STRONGEST = 2000.0
"""Largest constant flux that is taken. [W/m2]"""

ALONE = (
    "no light or heat from the terrain around: permanently shadowed ground comes out too cold, but not with "
    "surroundings='terrain'"
)

LIKE = "terrain in view is as warm and as bright as the ground; the ground sees {:.4f} of the sky"

AMONG = (
    "scattered light and heat of {} pieces of terrain that fill {:.4f} of the view, each with its own slope, "
    "skyline and temperature, reflected any number of times"
)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class HeatedGround:
    """A piece of ground with all that heats it."""

    place: SurfacePlace
    """Where it lies, with its height."""
    terrain: TerrainStack | None
    """What stands around it; None is the bare sphere."""
    regolith: Regolith
    """What it is made of, as is what stands around it."""
    facet: Facet
    """Its plane."""
    skyline: xr.Dataset
    """``horizon_elevation(azimuth)`` of the terrain. [deg]"""
    surroundings: Surroundings = "none"
    """What the terrain around sends."""
    infrared: float = 0.0
    """Constant flux from elsewhere. [W/m2]"""

    def __post_init__(self) -> None:
        if self.surroundings not in get_args(Surroundings):
            raise UnknownNameError("surroundings", str(self.surroundings), get_args(Surroundings))
        if not 0.0 <= self.infrared <= STRONGEST:
            raise RequestError(f"infrared flux of {self.infrared:g} W/m2 is outside 0 to {STRONGEST:g} W/m2")

    def temperature(
        self, epochs: Epochs, *, depth: npt.ArrayLike = (0.0,), every: int = 1
    ) -> npt.NDArray[np.float64]:
        """Follow the ground, which has seen its light for ever when the first epoch comes.

        Parameters
        ----------
        epochs : (time,) ndarray of datetime64[us]
            UTC, evenly spaced.
        depth : (depth,) array_like
            Where the temperature is wanted, 0 first. [m]
        every : int
            Of the epochs, each so many is kept. [1]

        Returns
        -------
        (kept, depth) ndarray
            [K]
        """
        layers, flux = column(self.regolith), self.absorbed(epochs)
        step = float((epochs[1] - epochs[0]) / np.timedelta64(1, "s")) if len(epochs) > 1 else HOUR_S
        if len(self.around.patches) > 1:
            sent, state = self._sent(layers, epochs)
            flux = flux + sent
        else:
            year = self.absorbed(_year(epochs[0]))
            state = settle(layers, year, step=HOUR_S, emissivity=self.emissivity).state
        kept, _, _ = conduct(
            layers, state, flux, step=step, emissivity=self.emissivity, depth=depth, every=every
        )
        return np.asarray(kept[0])

    @cached_property
    def sky_view(self) -> float:
        """Part of the sky that takes up heat for good. [1]"""
        return max(self.facet.sky_view(self.skyline), 0.01) if self.surroundings == "same" else 1.0

    @property
    def emissivity(self) -> float:
        """Of the ground with the terrain that it sees. [1]"""
        own, view = self.regolith.emissivity, self.sky_view
        return own * view / (1.0 - (1.0 - own) * (1.0 - view))

    def absorbed(self, epochs: Epochs) -> Floats:
        """Give the flux that heats the ground, but for what terrain sends that is unlike it.

        Parameters
        ----------
        epochs : (time,) ndarray of datetime64[us]
            UTC.

        Returns
        -------
        (1, time) ndarray
            [W/m2]
        """
        pieces = [self._light_alone(epochs[k : k + PIECE]) for k in range(0, len(epochs), PIECE)]
        return np.concatenate(pieces)[None] + self.regolith.emissivity * self.infrared

    @cached_property
    def around(self) -> Exchange:
        """The ground among the pieces of terrain that it sees; alone if these send nothing of their own."""
        own = Patch(self.place, self.facet, self.skyline)
        patches = look_around(own, self.terrain) if self.surroundings == "terrain" else [own]
        return Exchange(tuple(patches), views(patches, self.terrain), self.regolith, self.infrared)

    @property
    def described(self) -> str:
        """What the surroundings send, in words."""
        if self.surroundings == "terrain":
            view = float(self.around.view[0].sum())
            return AMONG.format(len(self.around.patches) - 1, view)
        return ALONE if self.surroundings == "none" else LIKE.format(self.sky_view)

    def _sent(self, layers: Column, epochs: Epochs) -> tuple[Floats, Floats]:
        """What the surroundings send over the epochs [W/m2] and the state of the ground at the first of them. [K]"""
        around, year = self.around, _year(epochs[0])[::COARSER]
        state = around.settled(layers, self._light(year), step=COARSER * HOUR_S).state
        own = state[:1]
        length = float((epochs[-1] - epochs[0]) / np.timedelta64(1, "s"))
        hours = max(int(np.ceil(length / HOUR_S)), 1)
        step = max(length / hours, 1.0)
        times = between(epochs[[0, -1]], hours)
        sent = np.empty(len(times))
        for first in range(0, hours, AT_ONCE):
            part = slice(first, first + AT_ONCE + 1)
            light = self._light(times[part])
            heat, state = around.warmed(layers, state, light, step=step)
            sent[part] = light[0] + heat[0] - self.absorbed(times[part])[0]
        passed = (epochs - epochs[0]) / np.timedelta64(1, "s")
        return np.interp(passed, np.arange(hours + 1) * step, sent), own

    def _light_alone(self, epochs: Epochs) -> Floats:
        flux, incidence = sunlight(observe(self.place, epochs), self.skyline, self.facet)
        albedo = self.regolith.reflected(incidence)
        return np.asarray((1.0 - albedo) * flux / (1.0 - albedo * (1.0 - self.sky_view)))

    def _light(self, epochs: Epochs) -> Floats:
        return self.around.light(Beam.of(observe(self.place, epochs)))


def heated_ground(
    place: Station | Site | SurfacePlace | str,
    *,
    terrain: Terrain = "auto",
    mast: str | float = "0 m",
    slope: str | float = "0 deg",
    aspect: str | float = "0 deg",
    regolith: Regolith | None = None,
    surroundings: Surroundings = "none",
    infrared: str | float = "0 W/m**2",
) -> HeatedGround:
    """Put ground where a place is.

    Parameters
    ----------
    place, terrain, mast, slope, aspect, regolith, surroundings, infrared
        As for `surface_temperature`.

    Returns
    -------
    HeatedGround
    """
    regolith = Regolith() if regolith is None else regolith
    require_kind(regolith, Regolith, "regolith", "a Regolith, or leave it out")
    site = site_of(place)
    grids = terrain_at(site, terrain)
    skyline, standing = horizon(site, grids, mast=mast), standing_place(site, grids)
    return HeatedGround(
        place=standing,
        terrain=grids,
        regolith=regolith,
        facet=_facet(standing, grids, slope, aspect),
        skyline=skyline,
        surroundings=surroundings,
        infrared=number_in(infrared, "W/m**2", "infrared"),
    )


def between(times: Epochs, every: int) -> Epochs:
    """Put evenly spaced epochs between each two.

    Parameters
    ----------
    times : (time,) ndarray of datetime64[us]
        Evenly spaced.
    every : int
        One more than are put between two. [1]

    Returns
    -------
    ndarray of datetime64[us]
        UTC.
    """
    if len(times) == 1:
        return times
    step, number = times[1] - times[0], np.arange(every)
    # Whole and rest apart: twenty years of microseconds times their number of steps is beyond 64 bits.
    whole = step // every
    inside = whole * number + (step - whole * every) * number // every
    return np.append((times[:-1, None] + inside).ravel(), times[-1])


def _facet(
    place: SurfacePlace, terrain: TerrainStack | None, slope: str | float, aspect: str | float
) -> Facet:
    """The plane that is asked for, or that of the terrain."""
    if slope != "terrain":
        return Facet(number_in(slope, "deg", "slope"), number_in(aspect, "deg", "aspect"))
    if number_in(aspect, "deg", "aspect"):
        raise RequestError("aspect follows from the terrain where slope is 'terrain'; leave it out")
    if terrain is None:
        return Facet()
    plane = slope_at(terrain, place.latitude, place.longitude)
    return Facet(*np.nan_to_num([float(plane.slope), float(plane.aspect)]).tolist())


def _year(start: np.datetime64) -> Epochs:
    """Hourly epochs of the year that ends at the start, or begins there if the kernels do not reach back."""
    year = np.arange(SPIN_UP_STEPS + 1) * np.timedelta64(3600, "s")
    try:
        first, last = to_tdb(np.array([start - year[-1], start]))
        require_coverage(float(first), float(last))
    except CoverageError:
        return np.asarray(start + year)
    return np.asarray(start - year[::-1])
