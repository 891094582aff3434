"""Where the candidates of a siting trade are on the Moon, over the shipped relief."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, shipped_terrain
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.figures.patch import from_local, hillshade_of, to_local
from ilrs_science.figures.relief import grey_png, moon_relief
from ilrs_science.figures.siting_words import TITLES, amount

if TYPE_CHECKING:
    from ilrs_science.catalogue.library import Catalogue
    from ilrs_science.catalogue.site import Site
    from ilrs_science.studies.siting.result import Siting

__all__ = ["siting_map"]

_EDGE = {"width": 1.5, "color": "rgba(12, 16, 24, 0.85)"}
_PIXELS = 321
_MARGIN, _LEAST_DEG = 1.25, 2.0
"""Map beyond the farthest site, and the smallest one around a pole. [1, deg]"""
_NOWHERE = "Every candidate is in orbit; there is nothing on the ground to show."
_DIAGONAL = float(np.sqrt(0.5))
_KM_DEG = MOON_RADIUS_M * np.pi / 180.0 / 1000.0


def siting_map(found: Siting, catalogue: Catalogue, *, title: str = "Sites of the candidates") -> go.Figure:
    """Sites of the candidates, seen from above a pole if all are in one hemisphere, else on a map of the whole Moon.

    Parameters
    ----------
    found : Siting
        As `ilrs_science.siting` gives it.
    catalogue : Catalogue
        Where sites are looked up.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        MOON_ME. From above a pole: azimuthal equidistant, in degrees from the pole, longitude 0 at the top of the
        southern map and at the foot of the northern. Colour is the science value of the plan with a base there.
    """
    sites = _sites(found, catalogue)
    if not sites:
        return say(theme.figure(title=title, height=300), _NOWHERE)
    latitudes = [site.latitude for site in sites]
    if max(latitudes) < 0 or min(latitudes) > 0:
        return _polar(found, sites, -90.0 if max(latitudes) < 0 else 90.0, title)
    return _whole(found, sites, title)


def _sites(found: Siting, catalogue: Catalogue) -> list[Site]:
    names = dict.fromkeys(
        one.candidate.partition("+")[0] for one in found.base if one.architecture != "orbit"
    )
    return [catalogue.sites[name] for name in names]


def _polar(found: Siting, sites: list[Site], pole: float, title: str) -> go.Figure:
    far = max(_LEAST_DEG, _MARGIN * max(90.0 - abs(site.latitude) for site in sites))
    far = float(np.ceil(far))
    hidden = {"range": [-far, far], "visible": False, "constrain": "domain"}
    drawn = _frame(title, hidden, hidden | {"scaleanchor": "x"})
    drawn.add_layout_image(
        source=_relief(pole, far), xref="x", yref="y", x=-far, y=far, sizex=2 * far, sizey=2 * far,
        sizing="stretch", layer="below",
    )  # fmt: skip
    _add_circles(drawn, pole, far)
    centre: Any = SimpleNamespace(latitude=pole, longitude=0.0)
    east, north = to_local(centre, [one.latitude for one in sites], [one.longitude for one in sites])
    _add_sites(drawn, found, sites, east / _KM_DEG, north / _KM_DEG)
    name = "south" if pole < 0 else "north"
    add_caption(
        drawn, f"From above the {name} pole; circles tell the latitude. Colour: science value of the plan"
    )
    return drawn


def _whole(found: Siting, sites: list[Site], title: str) -> go.Figure:
    drawn = _frame(
        title,
        {
            "range": [-180, 180],
            "dtick": 60,
            "title": {"text": "Longitude, east positive [deg]"},
            "zeroline": False,
        },
        {
            "range": [-90, 90],
            "dtick": 30,
            "title": {"text": "Latitude [deg]"},
            "zeroline": False,
            "scaleanchor": "x",
        },
    )
    drawn.update_xaxes(constrain="domain", showgrid=False)
    drawn.update_yaxes(constrain="domain", showgrid=False)
    drawn.add_layout_image(
        source=moon_relief(),
        xref="x",
        yref="y",
        x=-180,
        y=90,
        sizex=360,
        sizey=180,
        sizing="stretch",
        layer="below",
    )
    east = (np.array([one.longitude for one in sites]) + 180.0) % 360.0 - 180.0
    _add_sites(drawn, found, sites, east, np.array([one.latitude for one in sites]))
    add_caption(drawn, "Plain cylindrical. Colour: science value of the plan with a base there")
    return drawn


def _frame(title: str, xaxis: dict[str, Any], yaxis: dict[str, Any]) -> go.Figure:
    return theme.figure(
        title=title, height=520, xaxis=xaxis, yaxis=yaxis, showlegend=False, margin={"b": 30, "r": 90},
        narrow={"height": 420, "margin": {"b": 30, "r": 70}},
    )  # fmt: skip


@lru_cache(maxsize=4)
def _relief(pole: float, far: float) -> str:
    """Shaded ground around a pole."""
    across = np.linspace(-far, far, _PIXELS) * _KM_DEG
    centre: Any = SimpleNamespace(latitude=pole, longitude=0.0)
    latitude, longitude = from_local(centre, across[None, :], across[:, None])
    heights = shipped_terrain().height(latitude, longitude)
    shade = hillshade_of(heights, float(across[1] - across[0]) * 1000.0, steeper=2.0)
    return grey_png(np.nan_to_num(60.0 + 175.0 * shade[::-1], nan=128.0))


def _add_circles(drawn: go.Figure, pole: float, far: float) -> None:
    step = next(one for one in (0.5, 1, 2, 5, 10, 20, 30) if far / one <= 5 or one == 30)
    turn = np.radians(np.arange(0, 361, 3))
    for away in np.arange(step, far + 1e-9, step):
        drawn.add_scatter(
            x=np.round(away * np.sin(turn), 3), y=np.round(away * np.cos(turn), 3), mode="lines", hoverinfo="skip",
            line={"width": 1, "color": "rgba(255, 255, 255, 0.45)", "dash": "dot"},
        )  # fmt: skip
        text = f"{abs(pole) - away:g}° {'S' if pole < 0 else 'N'}"
        drawn.add_annotation(
            x=away * _DIAGONAL,
            y=-away * _DIAGONAL,
            text=text,
            font={"color": "#FFFFFF"},
            bgcolor="rgba(12, 16, 24, 0.6)",
        )


def _add_sites(drawn: go.Figure, found: Siting, sites: list[Site], x: np.ndarray, y: np.ndarray) -> None:
    drawn.add_scatter(
        x=np.round(x, 4), y=np.round(y, 4), mode="markers+text", ids=[one.id for one in sites],
        text=[f"<b>{escape(one.id)}</b>" for one in sites], textposition=_sides(x, y),
        textfont={"color": "#FFFFFF", "size": 12, "shadow": "0 0 4px #000, 0 0 4px #000"}, cliponaxis=False,
        marker={
            "size": 15, "symbol": "square", "line": _EDGE, "colorscale": "Cividis", "showscale": True,
            "color": [max(one.measures["value"] for one in _at(found, site)) for site in sites],
            "colorbar": {"title": {"text": "Value [1]"}, "thickness": 12, "outlinewidth": 0},
        },
        hovertext=[_told(found, site) for site in sites], hoverinfo="text",
    )  # fmt: skip


def _sides(x: np.ndarray, y: np.ndarray) -> list[str]:
    """Where each name stands: neighbours from top to bottom take turns above and below their points."""
    found = ["top center"] * len(x)
    for turn, one in enumerate(np.argsort(-y, kind="stable")):
        found[one] = "bottom center" if turn % 2 else "top center"
    return found


def _at(found: Siting, site: Site) -> list[Any]:
    return [one for one in found.base if one.candidate.partition("+")[0] == site.id]


def _told(found: Siting, site: Site) -> str:
    east = site.longitude % 360.0
    lines = [f"<b>{escape(site.name)}</b>", f"{site.latitude:.3f}°, {east:.3f}° east"]
    for one in _at(found, site):
        orbit = one.candidate.partition("+")[2]
        words = f"with {escape(orbit)}" if orbit else TITLES[one.architecture].lower()
        mass = amount("launch_mass", one.measures["launch_mass"])
        lines.append(f"{words}: value {amount('value', one.measures['value'])}, launch mass {mass}")
    return "<br>".join(lines)
