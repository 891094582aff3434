"""Light over the years at a glance: a column for each lunar day, from midnight to midnight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.figures.night import spans_where

__all__ = ["local_solar_time", "year_strip"]

_DAY_S = 29.530589 * 86400.0
"""Mean length of the lunar day, midnight to midnight [s]: the mean synodic month, Meeus, Astronomical Algorithms,
2nd edition 1998, chapter 49."""
_MOST_BINS = 240
_FEWER_BINS = 120
_MANY_DAYS = 80
_SUN = [[0.0, "#2B3556"], [0.5, "#B5651D"], [1.0, "#FFE08A"]]
_EARTH = [[0.0, "#2B3556"], [0.5, "#2F6F9F"], [1.0, "#A8DCF8"]]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Raster:
    """Samples sorted into lunar days and hours."""

    columns: NDArray[np.datetime64]
    """Middle of each lunar day, its local noon, UTC."""
    hours: Floats
    """Middle of each row. [h]"""
    day: NDArray[np.int64]
    """Column of each sample."""
    row: NDArray[np.int64]
    """Row of each sample."""

    def mean(self, values: Floats) -> Floats:
        """(row, column) mean of the samples; NaN where there is none."""
        shape = (len(self.hours), len(self.columns))
        cell = np.ravel_multi_index((self.row, self.day), shape)
        count = np.bincount(cell, minlength=shape[0] * shape[1])
        total = np.bincount(cell, values, minlength=shape[0] * shape[1])
        with np.errstate(invalid="ignore"):
            return np.asarray((total / np.where(count, count, np.nan)).reshape(shape))


def year_strip(env: xr.Dataset, *, title: str = "Light through the years") -> go.Figure:
    """Visible fraction of the Sun, and of the Earth, by lunar day and local solar time.

    A hill that hides the Sun at one azimuth is a dark line along the strip at one hour; the seasons are its waves. One
    year is twelve columns, nineteen years are 235.

    Parameters
    ----------
    env : xarray.Dataset
        ``sun_visible_fraction(time)`` [1], evenly spaced; ``sun_azimuth`` and ``sun_elevation`` [deg] with the latitude
        in the attributes tell the local hour, else lunar days are counted from the first sample;
        ``earth_visible_fraction`` [1] and ``sun_covered_fraction`` [1] are drawn if they are there.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        One raster, or two over the same axis of dates.
    """
    both = "earth_visible_fraction" in env
    drawn = theme.figure(
        title=title,
        height=640 if both else 420,
        margin={"l": 64, "r": 20, "t": 66, "b": 96},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={"title": {"text": "Date [UTC]; a column is a lunar day"}, "type": "date"},
        yaxis=_hours([0.55, 1.0] if both else [0.0, 1.0]),
        yaxis2=_hours([0.0, 0.45]) | {"visible": both},
        narrow={
            "margin": {"b": 104},
            "yaxis": {"title": {"text": "[h]"}},
            "yaxis2": {"title": {"text": "[h]"}},
        },
    )
    if "sun_visible_fraction" not in env or env.sizes.get("time", 0) < 2:
        return say(drawn, "No light to show: give an environment with sun_visible_fraction over time.")
    raster, known = _raster(env)
    _add(
        drawn,
        raster,
        env["sun_visible_fraction"].values,
        "Sun",
        _SUN,
        "y",
        top=1.0,
        height=0.45 if both else 1,
    )
    if both:
        _add(
            drawn, raster, env["earth_visible_fraction"].values, "Earth", _EARTH, "y2", top=0.45, height=0.45
        )
        drawn.update_xaxes(anchor="y2")
    _add_eclipses(drawn, raster, env)
    half = np.timedelta64(round(_DAY_S / 2.0), "s")
    drawn.update_xaxes(range=theme.iso([raster.columns[0] - half, raster.columns[-1] + half]))
    add_caption(drawn, _words(env, known=known))
    return drawn


def local_solar_time(azimuth: Floats, elevation: Floats, latitude: float) -> Floats:
    """Local solar time from where the Sun stands.

    Parameters
    ----------
    azimuth, elevation : (time,) ndarray
        Of the Sun, azimuth from north through east. [deg]
    latitude : float
        Of the place. [deg]

    Returns
    -------
    (time,) ndarray
        0 at local midnight, 12 when the Sun crosses the meridian. [h]

    Notes
    -----
    Hour angle ``H = atan2(-sin A cos h, sin h cos phi - cos h cos A sin phi)``; 24 h are one lunar day.
    """
    az, el, phi = np.radians(azimuth), np.radians(elevation), np.radians(latitude)
    west = -np.sin(az) * np.cos(el)
    south = np.sin(el) * np.cos(phi) - np.cos(el) * np.cos(az) * np.sin(phi)
    return np.asarray((np.degrees(np.arctan2(west, south)) / 15.0 + 12.0) % 24.0)


def _raster(env: xr.Dataset) -> tuple[_Raster, bool]:
    """Sort the samples, by the Sun's own hour if it is known."""
    times = env["time"].values.astype("datetime64[s]")
    seconds = (times - times[0]).astype(float)
    known = {"sun_azimuth", "sun_elevation"} <= set(env) and "latitude" in env.attrs
    if known:
        hour = local_solar_time(
            env["sun_azimuth"].values, env["sun_elevation"].values, float(env.attrs["latitude"])
        )
        turns = np.round((seconds / _DAY_S * 24.0 - (hour - hour[0])) / 24.0)
        turns -= turns.min()
    else:
        turns, hour = np.divmod(seconds / _DAY_S * 24.0, 24.0)
    day = turns.astype(np.int64)
    step = float(np.median(np.diff(seconds)))
    finest = _FEWER_BINS if day.max() > _MANY_DAYS else _MOST_BINS
    bins = int(max(4, min(finest, _DAY_S / max(step, 1.0))))
    row = np.minimum((hour / 24.0 * bins).astype(np.int64), bins - 1)
    first = times[0] - np.timedelta64(round(float(hour[0]) / 24.0 * _DAY_S), "s")
    noons = first + np.round((np.arange(day.max() + 1) + 0.5) * _DAY_S).astype("timedelta64[s]")
    return _Raster(noons, (np.arange(bins) + 0.5) * 24.0 / bins, day, row), known


def _hours(domain: list[float]) -> dict[str, object]:
    return {
        "title": {"text": "Local solar time [h]"},
        "range": [0, 24],
        "tickvals": [0, 6, 12, 18, 24],
        "domain": domain,
        "zeroline": False,
        "showgrid": False,
    }


def _add(
    drawn: go.Figure, raster: _Raster, values: Floats, body: str, colours: list[list[object]], axis: str,
    *, top: float, height: float,
) -> None:  # fmt: skip
    """One raster with its bar of colours."""
    drawn.add_heatmap(
        x=theme.iso(raster.columns),
        y=np.round(raster.hours, 3),
        z=np.round(raster.mean(values), 3).astype(np.float32),
        yaxis=axis,
        zmin=0.0,
        zmax=1.0,
        colorscale=colours,
        name=body,
        colorbar={
            "title": {"text": f"{body} [1]", "side": "top", "font": {"size": 11}},
            "len": height, "y": top, "yanchor": "top", "thickness": 10, "xpad": 4, "outlinewidth": 0,
            "tickvals": [0, 0.5, 1], "tickfont": {"size": 11},
        },
        hovertemplate=f"<b>{body}</b>, visible fraction %{{z:.2f}}<br>local solar time %{{y:.1f}} h<br>"
        "lunar day with its noon on %{x|%Y-%m-%d}<extra></extra>",
    )  # fmt: skip
    word = {"x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom"}
    drawn.add_annotation(text=f"<b>{body}</b>, visible fraction of the disc", font={"size": 12}, **word)


def _add_eclipses(drawn: go.Figure, raster: _Raster, env: xr.Dataset) -> None:
    """A mark at each eclipse of the Sun by the Earth."""
    if "sun_covered_fraction" not in env:
        return
    spans = spans_where(np.arange(env.sizes["time"]), env["sun_covered_fraction"].values > 0.0)
    if not spans:
        return
    middle = np.array([(first + last) // 2 for first, last in spans])
    deepest = [float(env["sun_covered_fraction"].values[a : b + 1].max()) for a, b in spans]
    drawn.add_scatter(
        x=theme.iso(raster.columns[raster.day[middle]]),
        y=np.round(raster.hours[raster.row[middle]], 2),
        mode="markers",
        marker={"symbol": "diamond-open", "size": 9, "color": theme.VERMILION, "line": {"width": 2}},
        name="Eclipse by the Earth",
        customdata=[
            [text.replace("T", " ")[:16], 100 * part]
            for text, part in zip(theme.iso(env["time"].values[middle]), deepest, strict=True)
        ],
        hovertemplate="<b>Eclipse by the Earth</b>, up to %{customdata[1]:.0f} % covered<br>"
        "%{customdata[0]} UTC<extra></extra>",
    )


def _words(env: xr.Dataset, *, known: bool) -> str:
    """Mean light, grids, mast and definition."""
    light = env["sun_visible_fraction"].values
    parts = [f"mean visible fraction of the Sun {100 * float(np.nanmean(light)):.1f} %"]
    if "earth_visible_fraction" in env:
        parts.append(f"of the Earth {100 * float(np.nanmean(env['earth_visible_fraction'].values)):.1f} %")
    if "mast_m" in env.attrs:
        parts.append(f"eye {env.attrs['mast_m']:g} m above the ground")
    if "ground_dem" in env.attrs:
        parts.append(f"terrain {env.attrs['ground_dem']}")
    parts.append("eclipses by the Earth not counted")
    parts.append("24 local hours last 29.5 d" if known else "lunar days from the first sample")
    return "; ".join(parts)
