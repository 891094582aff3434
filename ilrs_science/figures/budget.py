"""Where the hours go: what each constraint removes from a span, and which one alone is to blame."""

from __future__ import annotations

import re

import pandas as pd
import plotly.graph_objects as go

from ilrs_science.catalogue.constraint.names import BODY_NAMES
from ilrs_science.figures import theme

__all__ = ["readable", "window_budget"]

_ROW_PX = 58
_BODY = re.compile(rf"\b({'|'.join(sorted(BODY_NAMES))})\b")


def window_budget(table: pd.DataFrame, *, title: str = "Where the hours go") -> go.Figure:
    """Funnel from the whole span to the hours that are possible.

    Each row shows, in order, the hours that are left (solid), those that this constraint removes (pale), and
    among the removed ones those for which it alone is to blame, all others being met (hatched).

    Parameters
    ----------
    table : pandas.DataFrame
        As `ilrs_science.budget` gives it: index of labels, columns ``left_h``, ``removed_in_order_h`` and
        ``sole_blame_h`` [h]; ``attrs["span_h"]`` is the length of the span. [h]
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Horizontal bars in hours.
    """
    span = float(table.attrs.get("span_h", table["left_h"].max() if len(table) else 0.0))
    names = ["Whole span", *map(readable, table.index)]
    left = [span, *table["left_h"]]
    removed = [0.0, *table["removed_in_order_h"]]
    blame = [0.0, *table["sole_blame_h"]]
    drawn = theme.figure(
        title=title,
        height=130 + _ROW_PX * len(names),
        barmode="overlay",
        bargap=0.6,
        margin={"l": 16, "r": 24, "t": 52, "b": 84},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={"title": {"text": "Hours [h]"}, "range": [0, span * 1.02 or 1], "zeroline": False},
        yaxis={"range": [len(names) - 0.45, -0.75], "showticklabels": False, "showgrid": False, "ticks": ""},
        narrow={"margin": {"l": 10, "r": 12, "b": 116}},
    )
    rows = list(range(len(names)))
    hover = [
        f"<b>{name}</b><br>{_hours(a)} left, {_hours(b)} removed"
        for name, a, b in zip(names, left, removed, strict=True)
    ]
    common = {"orientation": "h", "y": rows, "hovertext": hover, "hoverinfo": "text"}
    drawn.add_bar(x=left, name="Left", marker={"color": theme.BLUE}, **common)
    drawn.add_bar(
        x=removed,
        base=left,
        name="Removed by this one",
        marker={"color": theme.faded(theme.GREY, 0.45)},
        **common,
    )
    hatch = {"shape": "/", "fgcolor": theme.VERMILION, "fillmode": "overlay", "size": 7, "solidity": 0.45}
    drawn.add_bar(
        x=blame,
        base=left,
        name="It alone is to blame",
        marker={"color": theme.faded(theme.VERMILION, 0.15), "pattern": hatch},
        **common,
    )
    for row, (name, a, b) in enumerate(zip(names, left, removed, strict=True)):
        text = f"<b>{name}</b>  {_hours(a)} left" + (f" (−{_hours(b)})" if row else "")
        text = f"<b>{name}</b>  {_hours(a)}" if row == 0 else text
        drawn.add_annotation(
            x=0, xref="paper", y=row - 0.24, text=text, xanchor="left", yanchor="bottom", font={"size": 12}
        )
    return drawn


def _hours(hours: float) -> str:
    return f"{hours:.1f} h" if hours < 100 else f"{hours:,.0f} h".replace(",", " ")


def readable(label: object) -> str:
    """A constraint's label in words.

    Parameters
    ----------
    label : str
        Such as ``sun_elevation >= 0 deg``.

    Returns
    -------
    str
        Such as ``Sun elevation ≥ 0°``; bodies have capitals.
    """
    named = _BODY.sub(lambda found: found[0].title(), str(label).replace("_", " "))
    text = named.replace(">=", "≥").replace("<=", "≤").replace(" deg", "°")
    return text[:1].upper() + text[1:].replace(" -", " −")
