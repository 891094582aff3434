"""The ground around a site in three dimensions."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.errors import RequestError
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption
from ilrs_science.figures.ground_map import contour_step
from ilrs_science.figures.patch import LIGHT_FROM, LIGHT_HEIGHT, Patch, Spot, hillshade_of, patch_of

__all__ = ["terrain_3d"]

_MOST = 201
"""Samples along a side: more make the page heavy and show no more."""
_ARROW = 0.45
"""Length of the arrow to the Sun, in sides of the map."""
_POLE = 0.06
"""Height of the flag at the site, in sides of the map: a mast of 2 m would not be seen."""
_LOWEST_LIGHT = 12.0
"""From lower than this, all ground would be black. [deg]"""
_GREYS = [[0.0, "#16181D"], [0.5, "#77736D"], [1.0, "#EFE9DF"]]


def terrain_3d(
    terrain: TerrainStack,
    site: Spot,
    size: str | float = "10 km",
    *,
    exaggeration: float = 1.0,
    mast: float = 2.0,
    sun: tuple[float, float] | None = None,
    title: str = "The ground around the site",
) -> go.Figure:
    """Relief in three dimensions, to be turned.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    site : Spot
        The middle: a site or a place.
    size : str or float
        Length of a side, with unit or in kilometres. [km]
    exaggeration : float
        How many times larger heights are drawn than distances, above 0 to 100. [1]
    mast : float
        Height of the mast, told at the site. [m]
    sun : tuple of float, optional
        Azimuth and elevation of the Sun [deg]: an arrow points there, and the ground is lit from there.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A surface of at most 201 x 201 points; the Moon's curvature is left out.
    """
    if not 0.0 < exaggeration <= 100.0:
        raise RequestError(f"an exaggeration of {exaggeration:g} is impossible; give more than 0, up to 100")
    patch = patch_of(terrain, site, size, most=_MOST)
    side = float(patch.across[-1] - patch.across[0])
    known = patch.heights[np.isfinite(patch.heights)]
    middle = float(terrain.height(site.latitude, site.longitude))
    low, high = float(known.min()), max(float(known.max()), middle + 1000.0 * _POLE * side / exaggeration)
    if sun is not None:
        high = max(high, middle + 1000.0 * _ARROW * side * float(np.sin(np.radians(sun[1]))))
    drawn = theme.figure(
        title=title,
        height=620,
        margin={"l": 8, "r": 8, "t": 46, "b": 56},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        scene=_scene(side, low, high, exaggeration),
        narrow={
            "height": 460,
            "margin": {"l": 0, "r": 0, "b": 84},
            "scene": {"camera": {"eye": {"x": 0.0, "y": -1.6, "z": 1.0}}},
        },
    )
    light = (LIGHT_FROM, LIGHT_HEIGHT) if sun is None else (sun[0], max(sun[1], _LOWEST_LIGHT))
    _add_ground(drawn, patch, light, exaggeration)
    _add_flag(drawn, site, middle, mast, 1000.0 * _POLE * side / exaggeration)
    if sun is not None:
        _add_arrow(drawn, middle, sun, side)
    lit = "not the Sun's" if sun is None else "the Sun's azimuth"
    heights = "heights to scale" if exaggeration == 1.0 else f"heights drawn {exaggeration:g} times larger"
    add_caption(
        drawn, f"{patch.words()}; {heights}; light from azimuth {light[0]:.0f}°, {light[1]:.0f}° high, {lit}"
    )
    return drawn


def _scene(side: float, low: float, high: float, exaggeration: float) -> dict[str, Any]:
    """Axes in their true proportions, seen from the south and above."""
    half, tall = side / 2.0, max((high - low) / 1000.0, 1e-3 * side) * exaggeration / side

    def axis(title: str, ends: tuple[float, float]) -> dict[str, Any]:
        look = {"showbackground": False, "gridcolor": "#8A8F98", "zeroline": False}
        return {
            **look,
            "title": {"text": title, "font": {"size": 11}},
            "range": ends,
            "tickfont": {"size": 10},
        }

    step = contour_step(low, high, about=3)
    return {
        "xaxis": axis("East [km]", (-half, half)),
        "yaxis": axis("North [km]", (-half, half)),
        "zaxis": axis("Height [m]", (low, high)) | {"dtick": step},
        "aspectmode": "manual",
        "aspectratio": {"x": 1.0, "y": 1.0, "z": tall},
        "camera": {
            "eye": {"x": 0.0, "y": -1.15, "z": 0.75},
            "center": {"x": 0.0, "y": 0.0, "z": -0.1},
            "projection": {"type": "perspective"},
        },
        "dragmode": "orbit",
    }


def _add_ground(drawn: go.Figure, patch: Patch, light: tuple[float, float], exaggeration: float) -> None:
    """The surface, shaded by ourselves: what the library's lamps do depends on the exaggeration."""
    shade = hillshade_of(
        patch.heights, patch.step, azimuth=light[0], elevation=light[1], steeper=max(1.0, exaggeration)
    )
    drawn.add_surface(
        x=np.round(patch.across, 4).astype(np.float32), y=np.round(patch.across, 4).astype(np.float32),
        z=np.round(patch.heights, 1).astype(np.float32), surfacecolor=np.round(shade, 3).astype(np.float32),
        colorscale=_GREYS, cmin=float(np.nanquantile(shade, 0.02)), cmax=float(np.nanquantile(shade, 0.98)) + 1e-3,
        showscale=False, name="Ground",
        lighting={"ambient": 1.0, "diffuse": 0.0, "specular": 0.0, "fresnel": 0.0},
        contours={"x": {"highlight": False}, "y": {"highlight": False}, "z": {"highlight": False}},
        hovertemplate="%{z:.0f} m<br>%{x:.2f} km east, %{y:.2f} km north<extra></extra>",
    )  # fmt: skip


def _add_flag(drawn: go.Figure, site: Spot, ground: float, mast: float, tall: float) -> None:
    name = str(getattr(site, "name", "") or getattr(site, "id", "") or "Site")
    text = f"<b>{name}</b><br>ground at {ground:.0f} m, mast of {mast:g} m (the flag is not to scale)"
    drawn.add_scatter3d(
        x=[0.0, 0.0], y=[0.0, 0.0], z=[ground, ground + tall], mode="lines+markers", name="Site",
        line={"color": theme.VERMILION, "width": 6}, hovertext=[text, text], hoverinfo="text",
        marker={"size": [0, 6], "color": theme.VERMILION, "symbol": "diamond"},
    )  # fmt: skip


def _add_arrow(drawn: go.Figure, ground: float, sun: tuple[float, float], side: float) -> None:
    """A line towards the Sun, as steep as it is drawn to scale."""
    turn, high = np.radians(sun)
    far = _ARROW * side
    east, north, up = (
        far * np.cos(high) * np.sin(turn),
        far * np.cos(high) * np.cos(turn),
        1000 * far * np.sin(high),
    )
    text = f"Sun at {sun[1]:.1f}°, azimuth {sun[0]:.0f}°"
    drawn.add_scatter3d(
        x=[0.0, float(east)], y=[0.0, float(north)], z=[ground, ground + float(up)], mode="lines+markers", name=text,
        line={"color": theme.ORANGE, "width": 6}, hovertext=["", text], hoverinfo="text",
        marker={"size": [0, 8], "color": theme.ORANGE, "symbol": "circle"},
    )  # fmt: skip
