"""Map of the Moon in four discs: near side, far side and both poles, with places that can be picked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.figures.disc import DISCS, Disc, disc_relief

__all__ = ["Spot", "moon_discs"]

Spot = tuple[str, float, float]
"""Name, latitude and longitude. [deg]"""

_EDGE = {"width": 1.5, "color": "rgba(12, 16, 24, 0.85)"}
_CHOSEN = "#F0E442"
_LABEL = (0.62, 0.10)
"""Width and height that a name takes, in radii of its disc."""


def moon_discs(
    spots: Mapping[str, Spot],
    *,
    chosen: str = "",
    fitting: Collection[str] | None = None,
    title: str = "Sites on the Moon",
) -> go.Figure:
    """Four round maps with places; each point carries its id, so that a click tells which it is.

    Parameters
    ----------
    spots : mapping of str to Spot
        Places by id, the most important first: theirs are the names for which there is room.
    chosen : str
        Id of the one that is marked.
    fitting : collection of str, optional
        Ids of those that are drawn in full; the others stand back.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Lambert's azimuthal equal-area projection; MOON_ME, east positive.
    """
    axes = {key: value for number in range(4) for key, value in _axes(number).items()}
    narrow = {key: {"domain": one} for number in range(4) for key, one in _stacked(number).items()}
    drawn = theme.figure(
        title=title,
        height=1080,
        margin={"l": 8, "r": 8, "t": 72, "b": 8},
        showlegend=False,
        images=[_picture(number, disc) for number, disc in enumerate(DISCS)],
        narrow={"height": 1640, "margin": {"l": 8, "r": 8, "t": 72}, **narrow},
        **axes,
    )
    for number, disc in enumerate(DISCS):
        _add_rim(drawn, number, disc)
        _add_spots(drawn, number, disc, spots, chosen, spots.keys() if fitting is None else set(fitting))
    return drawn


def _name(letter: str, number: int) -> str:
    return letter if number == 0 else f"{letter}{number + 1}"


def _axes(number: int) -> dict[str, Any]:
    """Both axes of a disc, two discs in a row."""
    column, row = number % 2, number // 2
    radius = DISCS[number].radius * 1.02
    bare = {"showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", "showline": False}
    bare |= {"range": [-radius, radius], "constrain": "domain", "fixedrange": False}
    return {
        f"xaxis{number + 1 if number else ''}": bare
        | {
            "domain": [0.51 * column, 0.49 + 0.51 * column],
            "anchor": _name("y", number),
            "side": "top",
            "title": {"text": DISCS[number].name, "standoff": 2},
        },
        f"yaxis{number + 1 if number else ''}": bare
        | {
            "domain": [0.52 * (1 - row), 0.48 + 0.52 * (1 - row)],
            "anchor": _name("x", number),
            "scaleanchor": _name("x", number),
        },
    }


def _stacked(number: int) -> dict[str, list[float]]:
    """Domains of a disc where all stand below each other."""
    end = f"{number + 1 if number else ''}"
    low = 0.255 * (3 - number)
    return {f"xaxis{end}": [0.0, 1.0], f"yaxis{end}": [low, low + 0.235]}


def _picture(number: int, disc: Disc) -> dict[str, Any]:
    radius = disc.radius
    where = {"x": -radius, "y": radius, "sizex": 2 * radius, "sizey": 2 * radius}
    return {
        "source": disc_relief(disc),
        "xref": _name("x", number),
        "yref": _name("y", number),
        "sizing": "stretch",
        "layer": "below",
        **where,
    }


def _add_rim(drawn: go.Figure, number: int, disc: Disc) -> None:
    """The rim of a disc, and a parallel half way where it is a pole's."""
    turn = np.linspace(0.0, 2.0 * np.pi, 181)
    drawn.add_scatter(
        x=np.round(disc.radius * np.cos(turn), 4),
        y=np.round(disc.radius * np.sin(turn), 4),
        mode="lines",
        line={"width": 1.5, "color": theme.GREY},
        hoverinfo="skip",
        xaxis=_name("x", number),
        yaxis=_name("y", number),
        cliponaxis=False,
    )


def _add_spots(
    drawn: go.Figure,
    number: int,
    disc: Disc,
    spots: Mapping[str, Spot],
    chosen: str,
    fitting: Collection[str],
) -> None:
    """Points of one disc; the chosen one is a star on top of the others."""
    x, y = disc.plane([spot[1] for spot in spots.values()], [spot[2] for spot in spots.values()])
    here = {key: (float(x[i]), float(y[i])) for i, key in enumerate(spots) if np.isfinite(x[i])}
    order = sorted(here, key=lambda key: (key == chosen, key in fitting))
    preferred = sorted(here, key=lambda key: (key != chosen, key not in fitting))
    named = _roomy({key: here[key] for key in preferred if key in fitting or key == chosen}, disc.radius)
    drawn.add_scatter(
        x=[round(here[key][0], 5) for key in order],
        y=[round(here[key][1], 5) for key in order],
        mode="markers+text",
        marker={
            "size": [17 if key == chosen else 9 for key in order],
            "symbol": ["star" if key == chosen else "circle" for key in order],
            "color": [_CHOSEN if key == chosen else "#FFFFFF" for key in order],
            "opacity": [1.0 if key in fitting or key == chosen else 0.35 for key in order],
            "line": _EDGE,
        },
        text=[f"<b>{spots[key][0]}</b>" if key in named else "" for key in order],
        textposition=["middle left" if here[key][0] > 0 else "middle right" for key in order],
        textfont={
            "size": 11,
            "color": "#FFFFFF",
            "shadow": "0 0 3px #000, 0 0 3px #000, 0 0 3px #000, 0 0 2px #000",
        },
        customdata=[[key, *spots[key]] for key in order],
        hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]:.2f}°, %{customdata[3]:.2f}°<extra></extra>",
        xaxis=_name("x", number),
        yaxis=_name("y", number),
        cliponaxis=False,
    )


def _roomy(points: Mapping[str, tuple[float, float]], radius: float) -> set[str]:
    """Those whose names find room beside the names before them."""
    boxes: dict[str, tuple[float, float]] = {}
    wide, high = _LABEL[0] * radius, _LABEL[1] * radius
    for key, (x, y) in points.items():
        middle = x - wide / 2 if x > 0 else x + wide / 2
        if all(abs(middle - a) > wide or abs(y - b) > high for a, b in boxes.values()):
            boxes[key] = (middle, y)
    return set(boxes)
