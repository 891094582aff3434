"""When each condition holds, one row each over one time axis, and when all of them do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.figures.budget import readable
from ilrs_science.intervals import Windows

__all__ = ["condition_rows"]

_ROW_PX = 46
_MOST_BARS = 1500


def condition_rows(
    joint: Windows,
    parts: Mapping[str, Windows],
    *,
    title: str = "When it is possible",
    joined: str = "All of it",
) -> go.Figure:
    """Bars of each condition under the bar of all of them.

    Parameters
    ----------
    joint : Windows
        When everything holds, with its span.
    parts : mapping of str to Windows
        Windows of each condition by its label, in order.
    title : str
        Heading of the figure.
    joined : str
        Name of the first row.

    Returns
    -------
    plotly.graph_objects.Figure
        The joint windows first, in green; exact edges where one points. Of more than 1500 windows in a row neighbours
        are drawn as one.
    """
    rows = [(joined, joint, theme.GREEN), *((readable(k), w, theme.BLUE) for k, w in parts.items())]
    drawn = theme.figure(
        title=title,
        height=150 + _ROW_PX * len(rows),
        margin={"l": 16, "r": 24, "t": 52, "b": 64},
        showlegend=False,
        barmode="overlay",
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date"},
        yaxis={"range": [len(rows) - 0.4, -0.8], "showticklabels": False, "showgrid": False, "ticks": ""},
    )
    if joint.span is not None:
        drawn.update_xaxes(range=theme.iso(np.array(joint.span)))
    for row, (name, windows, colour) in enumerate(rows):
        drawn.add_bar(**_bars(windows, row), marker={"color": colour, "line": {"width": 0}}, name=name)
        drawn.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=row - 0.2,
            yanchor="bottom",
            text=f"<b>{name}</b>  {_words(windows)}",
            font={"size": 12},
        )
    return drawn


def _words(windows: Windows) -> str:
    count = f"{len(windows)} window{'' if len(windows) == 1 else 's'}"
    return f"{count}, {windows.hours:.1f} h" if windows else "never"


def _bars(windows: Windows, row: int) -> dict[str, Any]:
    """One bar a window; ISO text, since Plotly takes a column of datetime64 for numbers."""
    shown = windows
    if len(windows) > _MOST_BARS and windows.span is not None:
        shown = windows.fill(np.timedelta64((windows.span[1] - windows.span[0]) // _MOST_BARS, "us"))
    starts, ends = theme.iso(shown.starts), theme.iso(shown.ends)
    length_ms = (shown.durations / np.timedelta64(1, "ms")).tolist()
    text = [
        f"{a.replace('T', ' ')} to<br>{b.replace('T', ' ')} UTC<br>{_length(ms)}"
        for a, b, ms in zip(starts, ends, length_ms, strict=True)
    ]
    return {
        "base": starts,
        "x": length_ms,
        "y": [row + 0.12] * len(shown),
        "width": 0.42,
        "orientation": "h",
        "hovertext": text,
        "hoverinfo": "text",
    }


def _length(milliseconds: float) -> str:
    return f"{milliseconds / 3.6e6:.2f} h" if milliseconds >= 3.6e6 else f"{milliseconds / 1e3:.3f} s"
