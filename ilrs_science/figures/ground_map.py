"""Map of a site: shaded relief, contours, a quantity in colour, and the places that were found to be good."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, TerrainStack
from ilrs_science.errors import RequestError
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption
from ilrs_science.figures.patch import LIGHT_FROM, LIGHT_HEIGHT, Patch, Spot, hillshade_of, patch_of, to_local
from ilrs_science.figures.relief import grey_png
from ilrs_science.figures.scale import SCALE_PX, add_scale

__all__ = ["contour_step", "site_map"]

_EDGE = {"width": 1.5, "color": "rgba(12, 16, 24, 0.85)"}
_YELLOW = "#F0E442"
_DARK, _BRIGHT = 60.0, 235.0
"""Greys of ground that faces away from the light and towards it."""
_SLOPE = [[0.0, "#FFFFCC"], [0.25, "#FED976"], [0.5, "#FD8D3C"], [0.75, "#E31A1C"], [1.0, "#800026"]]
_VALUE = "Cividis"
_FINE = 181
"""Largest number of samples along a side of what is not a picture."""
_PERCENT = {"1"}

Floats = NDArray[np.float64]


def site_map(
    terrain: TerrainStack,
    site: Spot,
    size: str | float = "10 km",
    *,
    what: Literal["height", "slope"] | xr.DataArray = "height",
    candidates: pd.DataFrame | None = None,
    title: str = "",
) -> go.Figure:
    """Shaded relief around a site with contours of height, in kilometres east and north of it.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    site : Spot
        The middle: a site or a place.
    size : str or float
        Length of a side, with unit or in kilometres. [km]
    what : "height", "slope" or xarray.DataArray
        What the colour shows: nothing but the relief, the steepness of the ground over two pixels, or a map with
        ``latitude`` and ``longitude`` of each pixel [deg], such as the mean illumination.
    candidates : pandas.DataFrame, optional
        Good places, the best first: ``latitude``, ``longitude`` [deg], and whatever else shall be told of them.
    title : str
        Heading of the figure; by default the name of the site.

    Returns
    -------
    plotly.graph_objects.Figure
        North of the site is up; distances and directions from the site are true.
    """
    patch = patch_of(terrain, site, size)
    half = float(patch.across[-1] + patch.step / 2000.0)
    coloured = isinstance(what, xr.DataArray) or what != "height"
    drawn = _frame(title or _name(site), half, coloured=coloured)
    drawn.add_layout_image(
        source=_relief(patch), xref="x", yref="y", x=-half, y=half, sizex=2 * half, sizey=2 * half, sizing="stretch",
        layer="below",
    )  # fmt: skip
    thin = max(1, -(-len(patch.across) // _FINE))
    values, name, unit, colours = _quantity(what, patch, thin)
    if coloured:
        _add_values(drawn, patch, thin, values, name, unit)
    _add_contours(drawn, patch, thin, alone=not coloured)
    _add_pole(drawn, site, half)
    _add_site(drawn, site, float(terrain.height(site.latitude, site.longitude)))
    _add_candidates(drawn, site, candidates, half)
    light = f"light from azimuth {LIGHT_FROM:g}°, {LIGHT_HEIGHT:g}° high, not the Sun's"
    add_caption(
        drawn, f"{patch.words()}; heights above the 1737.4 km sphere; up is north at the site; {light}"
    )
    if coloured:
        add_scale(drawn, f"{name} [{unit}]" if unit else name, **colours)
    return drawn


def contour_step(lowest: float, highest: float, *, about: int = 12) -> float:
    """A round distance between contours.

    Parameters
    ----------
    lowest, highest : float
        Of the ground. [m]
    about : int
        How many contours there should be, roughly. [1]

    Returns
    -------
    float
        One, two or five times a power of ten, at least a tenth. [m]
    """
    raw = max((highest - lowest) / about, 0.1)
    power = 10.0 ** np.floor(np.log10(raw))
    return float(power * min((1.0, 2.0, 5.0, 10.0), key=lambda part: abs(np.log(part * power / raw))))


def _name(site: Spot) -> str:
    known = getattr(site, "name", "") or getattr(site, "id", "")
    return str(known or f"{site.latitude:.4f}°, {site.longitude:.4f}°")


def _frame(title: str, half: float, *, coloured: bool) -> go.Figure:
    def axis(towards: str, side: str) -> dict[str, Any]:
        shown = {"title": {"text": f"{towards} of the site [km]"}, "range": [-half, half], "zeroline": False}
        return {**shown, "showgrid": False, "constrain": "domain", "constraintoward": side}

    return theme.figure(
        title=title,
        height=760 if coloured else 700,
        margin={"l": 60, "r": 20, "t": 46 + (SCALE_PX if coloured else 0), "b": 96},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis=axis("East", "center"),
        yaxis=axis("North", "top") | {"scaleanchor": "x"},
        narrow={"height": 560 if coloured else 500, "margin": {"b": 120}},
    )


def _relief(patch: Patch) -> str:
    """Shaded relief as a picture, unknown ground in the grey of flat ground."""
    shade = hillshade_of(patch.heights, patch.step)
    flat = np.sin(np.radians(LIGHT_HEIGHT))
    known = np.nan_to_num(shade, nan=float(flat))
    spread = max(float(np.quantile(np.abs(known - flat), 0.98)), 0.02)
    return grey_png(
        np.clip((known - flat) / spread, -1, 1)[::-1] * (_BRIGHT - _DARK) / 2 + (_BRIGHT + _DARK) / 2
    )


def _add_contours(drawn: go.Figure, patch: Patch, thin: int, *, alone: bool) -> None:
    """Lines of equal height, named in metres; they tell the height where nothing else does."""
    heights = patch.heights[::thin, ::thin]
    if np.isnan(heights).all():
        return
    low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
    step = contour_step(low, high)
    drawn.add_contour(
        x=np.round(patch.across[::thin], 4), y=np.round(patch.across[::thin], 4),
        z=np.round(heights, 1).astype(np.float32),
        contours={"start": float(np.ceil(low / step) * step), "end": high, "size": step, "coloring": "none",
                  "showlabels": True, "labelfont": {"size": 10, "color": "#111827"}},
        line={"color": "rgba(17, 24, 39, 0.65)", "width": 0.9}, showscale=False,
        name=f"Height, every {step:g} m", showlegend=False,
        hovertemplate="%{z:.0f} m<br>%{x:.2f} km east, %{y:.2f} km north<extra></extra>" if alone else None,
        hoverinfo=None if alone else "skip",
    )  # fmt: skip
    drawn.add_scatter(  # stands in the legend: the lines themselves are too dark for a dark page
        x=[None], y=[None], mode="lines", line={"color": theme.GREY, "width": 1.5}, name=f"Height, every {step:g} m",
        hoverinfo="skip",
    )  # fmt: skip


def _quantity(
    what: Literal["height", "slope"] | xr.DataArray, patch: Patch, thin: int
) -> tuple[Floats, str, str, dict[str, Any]]:
    """What the colour shows: values, name, unit, colours."""
    if isinstance(what, xr.DataArray):
        return (
            _near(what, patch, thin),
            _label(what),
            str(what.attrs.get("units", "")),
            {"colorscale": _VALUE},
        )
    if what == "height":
        return patch.heights[::thin, ::thin], "Height", "m", {}
    if what != "slope":
        raise RequestError(f"a map of {what!r} is unknown; give 'height', 'slope' or a DataArray")
    slope = patch.slope[::thin, ::thin]
    steepest = float(np.nanquantile(slope, 0.99))
    return (
        slope,
        f"Slope over {2 * patch.step:.3g} m",
        "deg",
        {"colorscale": _SLOPE, "cmin": 0.0, "cmax": max(steepest, 1.0)},
    )


def _add_values(drawn: go.Figure, patch: Patch, thin: int, values: Floats, name: str, unit: str) -> None:
    """A quantity in colour, so pale that the relief shows through."""
    drawn.add_heatmap(
        x=np.round(patch.across[::thin], 4), y=np.round(patch.across[::thin], 4),
        z=np.round(values, 3).astype(np.float32), opacity=0.62, name=name, coloraxis="coloraxis",
        hovertemplate=f"<b>{name}</b> %{{z:.3~g}} {'' if unit in _PERCENT else unit}<br>"
        "%{x:.2f} km east, %{y:.2f} km north<extra></extra>",
    )  # fmt: skip


def _near(values: xr.DataArray, patch: Patch, thin: int) -> Floats:
    """The pixel of a map that is nearest to each sample; NaN beyond its borders."""
    latitude, longitude = xr.broadcast(values["latitude"], values["longitude"])
    flat = values.transpose(*latitude.dims).values.astype(float).ravel()
    tree = cKDTree(_vectors(latitude.values.ravel(), longitude.values.ravel()))
    shape = patch.latitude[::thin, ::thin].shape
    wanted = _vectors(patch.latitude[::thin, ::thin].ravel(), patch.longitude[::thin, ::thin].ravel())
    spacing = float(np.median(tree.query(tree.data[:: max(1, len(flat) // 500)], k=2)[0][:, 1]))
    _, index = tree.query(wanted, distance_upper_bound=0.75 * max(spacing, patch.step * thin / MOON_RADIUS_M))
    found: Floats = np.append(flat, np.nan)[index].reshape(shape)
    return found


def _vectors(latitude: Floats, longitude: Floats) -> Floats:
    phi, lam = np.radians(latitude), np.radians(longitude)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def _label(values: xr.DataArray) -> str:
    name = "Value" if values.name is None else str(values.name).replace("_", " ").capitalize()
    return str(values.attrs.get("long_name") or name)


def _add_site(drawn: go.Figure, site: Spot, height: float) -> None:
    text = f"<b>{_name(site)}</b><br>{site.latitude:.4f}°, {site.longitude:.4f}°<br>ground at {height:.0f} m"
    drawn.add_scatter(
        x=[0.0], y=[0.0], mode="markers", name="Site", hovertext=[text], hoverinfo="text",
        marker={"symbol": "star", "size": 16, "color": _YELLOW, "line": _EDGE},
    )  # fmt: skip


def _add_pole(drawn: go.Figure, site: Spot, half: float) -> None:
    """The pole, if it is on the map: there every direction but one changes its name."""
    pole = 90.0 if site.latitude > 0.0 else -90.0
    east, north = (float(part) for part in to_local(site, pole, 0.0))
    if max(abs(east), abs(north)) > half:
        return
    name = "North pole" if pole > 0.0 else "South pole"
    drawn.add_scatter(
        x=[round(east, 3)], y=[round(north, 3)], mode="markers", name=name,
        marker={"symbol": "x-thin", "size": 12, "line": {"width": 3, "color": theme.VERMILION}},
        hovertemplate=f"{name}, {float(np.hypot(east, north)):.1f} km away<extra></extra>",
    )  # fmt: skip


def _add_candidates(drawn: go.Figure, site: Spot, candidates: pd.DataFrame | None, half: float) -> None:
    """Numbered places, the best on top."""
    if candidates is None or not len(candidates):
        return
    ranked = candidates.reset_index(drop=True)
    east, north = to_local(site, ranked["latitude"].to_numpy(float), ranked["longitude"].to_numpy(float))
    inside = np.flatnonzero((np.abs(east) <= half) & (np.abs(north) <= half))[::-1]
    drawn.add_scatter(
        x=np.round(east[inside], 3), y=np.round(north[inside], 3), mode="markers+text", name="Candidates, best first",
        text=[str(one + 1) for one in inside], textfont={"size": 10, "color": "#111827"},
        marker={"size": 19, "color": "#FFFFFF", "line": {"width": 1.5, "color": theme.VERMILION}},
        hovertext=[_told(one + 1, ranked.iloc[one]) for one in inside], hoverinfo="text",
    )  # fmt: skip


def _told(rank: int, row: pd.Series[Any]) -> str:
    """What is known of a candidate, a line each."""
    return "<br>".join([f"<b>Candidate {rank}</b>", *(_line(key, value) for key, value in row.items())])


def _line(key: Hashable, value: object) -> str:
    """A column and its value, with the unit that its name implies."""
    words, known = str(key).replace("_", " "), isinstance(value, float | np.floating)
    if not known:
        return f"{words} {value}"
    if words.endswith(" days"):
        return f"{words.removesuffix(' days')} {value:.2f} d"
    if words.endswith("fraction") or words in ("mean low", "mean high"):
        return f"{words.removesuffix(' fraction')} {value:.1%}"
    return f"{words} {value:.5g}{'°' if words in ('latitude', 'longitude', 'slope') else ''}"
