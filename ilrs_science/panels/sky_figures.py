"""The figures of the sky dashboard: from a scene to pictures."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import format_epoch
from ilrs_science.figures.looks import looks
from ilrs_science.figures.lunar_map import Ground, moon_map
from ilrs_science.figures.orbit_view import orbit_heights, orbit_path
from ilrs_science.figures.polar import sky
from ilrs_science.figures.tracks import sky_tracks
from ilrs_science.panels.sky_names import nameable, short
from ilrs_science.panels.sky_scene import SkyScene

__all__ = ["dome_of", "heights_of", "map_of", "path_of", "revolution_in_words", "skyline", "tracks_of"]

MAST = "2 m"
"""Height of the eye above the ground, as in the windows dashboard."""
_MOST_TURNS = 70
_AROUND_TURNS = 2.0
_DAY_S = 86400.0


@lru_cache(maxsize=16)
def skyline(site: Site) -> xr.Dataset:
    """Terrain horizon of a site, traced once.

    Parameters
    ----------
    site : Site
        Record.

    Returns
    -------
    xarray.Dataset
        ``horizon_elevation(azimuth)``. [deg]
    """
    from ilrs_science.environment.light.horizon import horizon  # its compiler would delay the first picture
    from ilrs_science.environment.terrain.stack import shipped_terrain

    return horizon(site, shipped_terrain(), mast=MAST)


def dome_of(scene: SkyScene, catalogue: Catalogue, horizon: xr.Dataset | None = None) -> go.Figure:
    """The sky around the place.

    Parameters
    ----------
    scene : SkyScene
        What there is to see.
    catalogue : Catalogue
        Where names come from.
    horizon : xarray.Dataset, optional
        Terrain horizon of a site; without it the horizon is flat, or the limb.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    chosen = scene.choices
    title = f"Sky of {_place(scene, catalogue)}"
    names, bold = _names(scene, catalogue), _bold(scene, catalogue)
    return sky(scene.observation, horizon, title=title, names=names, moment=chosen.moment, bold=bold)


def tracks_of(scene: SkyScene, catalogue: Catalogue) -> go.Figure:
    """Elevation of everything over time.

    Parameters
    ----------
    scene : SkyScene
        What there is to see.
    catalogue : Catalogue
        Where names come from.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    title = f"Elevation seen from {_place(scene, catalogue)}"
    names, moment = _names(scene, catalogue), scene.choices.moment
    return sky_tracks(scene.observation, title=title, names=names, moment=moment)


def map_of(scene: SkyScene, catalogue: Catalogue) -> go.Figure:
    """The Moon at the moment.

    Parameters
    ----------
    scene : SkyScene
        What there is to see.
    catalogue : Catalogue
        Where names and sites come from.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    sites = {
        short(site.label): (site.latitude, _wrapped(site.longitude)) for site in catalogue.sites.values()
    }
    grounds = [
        Ground(
            catalogue.orbits[one.orbit].label,
            one.latitude,
            one.longitude,
            _colour(one.orbit, scene),
            one.now,
            one.turn,
        )
        for one in scene.grounds
    ]
    return moon_map(
        sun=scene.under["sun"],
        earth=scene.under["earth"],
        sites=sites,
        place=short(catalogue.sites[scene.choices.site].label),
        grounds=grounds,
        title=f"The Moon at {_minute(scene.choices.moment)} UTC",
    )


def path_of(scene: SkyScene) -> go.Figure:
    """The orbit to scale.

    Parameters
    ----------
    scene : SkyScene
        What there is to see.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    motion, chosen = scene.motion, scene.choices
    labels = (
        ("x, to the Earth", "y, ahead of the Earth", "z, north of its orbit")
        if motion.rotating
        else ("x, to the first perilune", "y, in the plane", "z, out of the plane")
    )
    views = (
        ("From the north, with the Earth", "From the side, with the Earth")
        if motion.rotating
        else ("The plane of the orbit", "The orbit edge on")
    )
    index = int(np.argmin(np.abs(motion.times - chosen.moment)))
    drawn = motion.waypoints(3.0, 10**6)
    if len(motion.turns.lengths) > _MOST_TURNS:
        half = int(_AROUND_TURNS * len(motion.times) / len(motion.turns.lengths))
        drawn = drawn[np.abs(drawn - index) < half]
    drawn = drawn[:: max(1, len(drawn) // 2500)]
    return orbit_path(
        motion.path[drawn],
        motion.path[index],
        labels=labels,
        views=(f"{views[0]}; {revolution_in_words(scene)}", views[1]),
        title=f"Orbit: {motion.orbit.label}",
        colour=_colour(motion.orbit.id, scene),
    )


def heights_of(scene: SkyScene) -> go.Figure:
    """Height, perilune and apolune over time.

    Parameters
    ----------
    scene : SkyScene
        What there is to see.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    motion, turns = scene.motion, scene.motion.turns
    quick = len(turns.lengths) > _MOST_TURNS
    drawn = motion.waypoints(4.0, 2000)
    return orbit_heights(
        motion.times[drawn],
        motion.height[drawn],
        low=(turns.low_times, turns.low),
        high=(turns.high_times, turns.high),
        moment=scene.choices.moment,
        title=f"Height of {motion.orbit.label}",
        curve=not quick,
    )


def revolution_in_words(scene: SkyScene) -> str:
    """Time of one revolution, measured if the span holds one.

    Parameters
    ----------
    scene : SkyScene
        What there is to see.

    Returns
    -------
    str
        ``"one revolution in 6.56 d"``; from the record if the span is shorter than one.
    """
    motion = scene.motion
    seconds = motion.revolution or motion.orbit.period
    amount = f"{seconds / _DAY_S:.2f} d" if seconds > 2 * _DAY_S else f"{seconds / 3600.0:.3f} h"
    return f"one revolution in {amount}" + ("" if motion.revolution else " by its record")


def _colour(orbit: str, scene: SkyScene) -> str:
    """The same in all figures."""
    return looks([*scene.choices.shown, orbit])[orbit].colour


def _bold(scene: SkyScene, catalogue: Catalogue) -> dict[str, tuple[np.datetime64, np.datetime64]]:
    """The revolution around the moment, for what goes round often: an orbiter, or everything seen from one."""
    chosen = scene.choices
    found = {}
    for name in chosen.shown:
        orbit = catalogue.orbits.get(chosen.place if chosen.aloft and name not in catalogue.orbits else name)
        if orbit is not None and (chosen.end - chosen.start) / np.timedelta64(1, "s") > 3.0 * orbit.period:
            half = np.timedelta64(int(0.5 * orbit.period), "s")
            found[name] = chosen.moment - half, chosen.moment + half
    return found


def _place(scene: SkyScene, catalogue: Catalogue) -> str:
    chosen = scene.choices
    return catalogue.orbits[chosen.orbit].label if chosen.aloft else short(catalogue.sites[chosen.site].label)


def _names(scene: SkyScene, catalogue: Catalogue) -> dict[str, str]:
    """Names for legends; what is drawn around the moment only says so."""
    names = {key: short(name) for key, name in nameable(catalogue).items()}
    nearby = {name: f"{names[name]} (near the time)" for name in scene.partial if name in names}
    return names | nearby


def _minute(time: np.datetime64) -> str:
    return format_epoch(time, "s")[:16].replace("T", " ")


def _wrapped(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0
