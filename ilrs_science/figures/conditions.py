"""When each of several conditions holds, and when they hold together: a strip for each over one time axis."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ilrs_science.epochs import format_epoch
from ilrs_science.figures import theme
from ilrs_science.figures.budget import readable
from ilrs_science.intervals import Windows

__all__ = ["condition_rows"]

_ROW_PX = 50
_MOST_BARS = 1500
"""Largest number of bars in a strip; more would stand closer than the eye or the screen tells apart."""


def condition_rows(
    joint: Windows,
    parts: Mapping[str, Windows],
    *,
    title: str = "When it is possible",
    joined: str = "All conditions hold",
) -> go.Figure:
    """A strip for each condition, and on top when they hold together.

    Parameters
    ----------
    joint : Windows
        When they hold together; it carries the span.
    parts : mapping of str to Windows
        When each condition holds, by its label, in order.
    title : str
        Heading of the figure.
    joined : str
        What the strip on top is called.

    Returns
    -------
    plotly.graph_objects.Figure
        Bars over a UTC axis; each tells its exact edges. Where a strip has more than 1500 of them, gaps of less than
        a thousandth of the span are not drawn, and a bar tells how many windows it stands for.
    """
    rows = [(joined, joint, theme.GREEN), *((readable(k), found, theme.BLUE) for k, found in parts.items())]
    drawn = theme.figure(
        title=title,
        height=126 + _ROW_PX * len(rows),
        barmode="overlay",
        margin={"l": 40, "r": 32, "t": 48, "b": 56},
        showlegend=False,
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date"},
        yaxis={"range": [len(rows) - 0.4, -0.65], "showticklabels": False, "showgrid": False, "ticks": ""},
        narrow={"margin": {"l": 26, "r": 20}},
    )
    if joint.span is not None:
        drawn.update_xaxes(range=theme.iso(joint.span))
    for row, (label, found, colour) in enumerate(rows):
        _add_strip(drawn, row, label, found, colour)
    return drawn


def _add_strip(drawn: go.Figure, row: int, label: str, found: Windows, colour: str) -> None:
    """The bars of one condition under its name and hours."""
    shown = _drawable(found)
    drawn.add_bar(
        base=theme.iso(shown.starts),
        x=(shown.durations / np.timedelta64(1, "ms")).tolist(),
        y=[row + 0.14] * len(shown),
        width=0.42,
        orientation="h",
        marker={"color": colour, "line": {"width": 1, "color": colour}},
        name=label,
        hovertext=[f"<b>{label}</b><br>{text}" for text in _edges(found, shown)],
        hoverinfo="text",
    )
    text = f"<b>{label}</b>  {_amount(found)}"
    drawn.add_annotation(
        x=0, xref="paper", y=row - 0.13, text=text, xanchor="left", yanchor="bottom", font={"size": 12}
    )


def _drawable(found: Windows) -> Windows:
    """The windows, or few enough of them joined over gaps that nobody sees."""
    if len(found) <= _MOST_BARS or found.span is None:
        return found
    return found.fill((found.span[1] - found.span[0]) // 1000)


def _edges(found: Windows, shown: Windows) -> list[str]:
    """Start, end and length of each bar, and how many windows it stands for."""
    first = np.searchsorted(found.starts, shown.starts)
    counts = np.diff(np.append(first, len(found)))
    return [
        f"{_clock(start)} to<br>{_clock(end)} UTC<br>"
        + (f"{count} windows" if count > 1 else _length(end - start))
        for (start, end), count in zip(shown, counts, strict=True)
    ]


def _clock(epoch: np.datetime64) -> str:
    return format_epoch(epoch).replace("T", " ").removesuffix("Z")


def _length(span: np.timedelta64) -> str:
    hours = float(span / np.timedelta64(1, "h"))
    return f"{hours:.2f} h" if hours >= 1.0 else f"{60 * hours:.2f} min"


def _amount(found: Windows) -> str:
    """Hours and number of windows, or that there is none."""
    if not len(found):
        return "never in this span"
    count = f"{len(found)} window{'' if len(found) == 1 else 's'}"
    return f"{found.hours:,.1f} h in {count}".replace(",", " ")
