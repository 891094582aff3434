"""What a place gives against what it costs: the front of a siting trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from ilrs_science.errors import RequestError
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption
from ilrs_science.figures.siting_words import COLOURS, SYMBOLS, TITLES, axis_title, broken_name, told
from ilrs_science.studies.siting.measures import MEASURES

if TYPE_CHECKING:
    from ilrs_science.studies.siting.appraise import Appraisal
    from ilrs_science.studies.siting.result import Siting

__all__ = ["siting_front"]


def siting_front(
    found: Siting, across: str = "launch_mass", up: str = "value", *, title: str = "Where to build it"
) -> go.Figure:
    """Two measures of every candidate, and which of them no other one beats in both.

    Parameters
    ----------
    found : Siting
        As `ilrs_science.siting` gives it.
    across, up : str
        Measures of which more, or less, is better.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A point a candidate, its architecture by symbol; dominated ones are grey, names stand on the front, all
        measures with their units in the hover.

    Raises
    ------
    RequestError
        If both are the same, or neither more nor less of one is better.
    UnknownNameError
        If one is not known.
    """
    if across == up:
        raise RequestError(f"a front takes two measures; {up} is given twice")
    beaten = found.front([across, up])["dominated"]
    drawn = theme.figure(
        title=title,
        height=430,
        xaxis={"title": {"text": axis_title(across)}, "zeroline": False},
        yaxis={"title": {"text": axis_title(up)}, "zeroline": False},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        margin={"b": 96},
        narrow={"margin": {"b": 120}},
    )
    kept = [one for one in found.base if not beaten[one.candidate]]
    _add_line(drawn, kept, across, up)
    for architecture in SYMBOLS:
        here = [one for one in found.base if one.architecture == architecture]
        _add_points(drawn, here, [one in kept for one in here], across, up)
    _make_room(drawn, found.base, across, up)
    wanted = " and ".join(
        f"{'more' if MEASURES[name].better > 0 else 'less'} {name.replace('_', ' ')}" for name in (up, across)
    )
    add_caption(drawn, f"On the line no other candidate has {wanted}; grey ones are beaten in both")
    return drawn


def _add_line(drawn: go.Figure, kept: list[Appraisal], across: str, up: str) -> None:
    ordered = sorted(kept, key=lambda one: (one.measures[across], one.measures[up]))
    drawn.add_scatter(
        x=[one.measures[across] for one in ordered], y=[one.measures[up] for one in ordered],
        mode="lines", name="Front", line={"color": theme.PURPLE, "width": 1.5, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip


def _add_points(drawn: go.Figure, here: list[Appraisal], best: list[bool], across: str, up: str) -> None:
    """Candidates of one architecture; those on the front have their names."""
    if not here:
        return
    kind = here[0].architecture
    drawn.add_scatter(
        x=[one.measures[across] for one in here], y=[one.measures[up] for one in here],
        mode="markers+text", name=TITLES[kind], ids=[one.candidate for one in here],
        marker={
            "symbol": SYMBOLS[kind], "size": [13 if yes else 10 for yes in best],
            "color": [COLOURS[kind] if yes else theme.GREY for yes in best],
            "opacity": [1.0 if yes else 0.6 for yes in best],
        },
        text=[broken_name(one.candidate) if yes else "" for one, yes in zip(here, best, strict=True)],
        textposition="top center", textfont={"size": 11}, cliponaxis=False,
        hovertext=[
            told(one, verdict="on the front" if yes else "another one beats it in both")
            for one, yes in zip(here, best, strict=True)
        ],
        hoverinfo="text",
    )  # fmt: skip


def _make_room(drawn: go.Figure, every: tuple[Appraisal, ...], across: str, up: str) -> None:
    """Let the names fit beside and above their points."""
    for axis, name, below, above in (("xaxis", across, 0.22, 0.22), ("yaxis", up, 0.1, 0.22)):
        values = [one.measures[name] for one in every]
        span = (max(values) - min(values)) or abs(max(values)) or 1.0
        drawn.update_layout({axis: {"range": [min(values) - below * span, max(values) + above * span]}})
