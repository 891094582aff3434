"""Contacts with ground stations and relays: when, how fast, and how much data goes through."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.figures.scale import SCALE_PX, add_scale

__all__ = ["contact_timeline"]

_ROW_PX = 52
_RATE = [[0.0, "#F2C14E"], [0.5, "#E07B39"], [1.0, "#B5305C"]]
"""From slow to fast; each stands out on white and on near-black."""
_NEEDED = ("link", "start", "end")


def contact_timeline(contacts: pd.DataFrame, *, title: str = "Contacts") -> go.Figure:
    """A row for each link with its contacts as bars, coloured by their rate; sums stand above each row.

    Parameters
    ----------
    contacts : pandas.DataFrame
        A row a contact: ``link``, ``start``, ``end`` (UTC), and where known ``peak_elevation`` [deg], ``max_rate``
        [Mbit/s] and ``volume`` [Mbit], as `ilrs_science.contacts` gives them.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Bars over a UTC axis.
    """
    links = list(dict.fromkeys(contacts["link"])) if "link" in contacts else []
    drawn = theme.figure(
        title=title,
        height=166 + _ROW_PX * max(len(links), 2),
        barmode="overlay",
        margin={"l": 28, "r": 28, "t": 50 + SCALE_PX, "b": 56},
        showlegend=False,
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date"},
        yaxis={"range": [len(links) - 0.4, -0.7], "showticklabels": False, "showgrid": False, "ticks": ""},
        narrow={"margin": {"l": 16, "r": 16}},
    )
    if not set(_NEEDED) <= set(contacts) or not len(contacts):
        return say(drawn, "No contact in this span.")
    for row, link in enumerate(links):
        _add_row(drawn, row, str(link), contacts[contacts["link"] == link])
    first, last = contacts["start"].min(), contacts["end"].max()
    span = contacts.attrs.get("span", (first, last))
    drawn.update_xaxes(range=theme.iso([np.datetime64(pd.Timestamp(one).tz_localize(None)) for one in span]))
    add_caption(drawn, _words(contacts))
    _add_colours(drawn, contacts)
    return drawn


def _add_colours(drawn: go.Figure, contacts: pd.DataFrame) -> None:
    """Colours of the rate, from nothing to the fastest."""
    fastest = np.nanmax(np.append(_column(contacts, "max_rate"), 0.0))
    if fastest > 0.0:
        add_scale(drawn, "Highest rate [Mbit/s]", colorscale=_RATE, cmin=0.0, cmax=float(fastest))


def _column(contacts: pd.DataFrame, name: str) -> np.ndarray:
    values = contacts[name].to_numpy(float) if name in contacts else np.full(len(contacts), np.nan)
    return np.asarray(values, float)


def _times(contacts: pd.DataFrame, name: str) -> np.ndarray:
    return np.asarray(pd.DatetimeIndex(contacts[name]).tz_localize(None).to_numpy("datetime64[us]"))


def _add_row(drawn: go.Figure, row: int, link: str, contacts: pd.DataFrame) -> None:
    """The bars of one link under its name and sums."""
    starts, ends = _times(contacts, "start"), _times(contacts, "end")
    length = (ends - starts) / np.timedelta64(1, "ms")
    rates, volumes, heights = (_column(contacts, name) for name in ("max_rate", "volume", "peak_elevation"))
    known = bool(np.nan_to_num(rates).any())
    drawn.add_bar(
        base=theme.iso(starts),
        x=length.tolist(),
        y=[row + 0.14] * len(contacts),
        width=0.42,
        orientation="h",
        marker={"color": np.nan_to_num(rates), "coloraxis": "coloraxis"} if known else {"color": theme.BLUE},
        name=link,
        hovertext=[
            "<br>".join([f"<b>{link}</b>", f"{a} to", f"{b} UTC, {_hours(ms / 3.6e6)}", *more])
            for a, b, ms, *more in zip(
                _clock(starts), _clock(ends), length, *_details(heights, rates, volumes), strict=True
            )
        ],
        hoverinfo="text",
    )
    total = f", {_data(float(np.nansum(volumes)))}" if np.isfinite(volumes).any() else ""
    count = f"{len(contacts)} contact{'' if len(contacts) == 1 else 's'}"
    drawn.add_annotation(
        x=0, xref="paper", xanchor="left", y=row - 0.13, yanchor="bottom", font={"size": 12},
        text=f"<b>{link}</b>  {count}, {_hours(float(length.sum()) / 3.6e6)}{total}",
    )  # fmt: skip


def _details(*columns: np.ndarray) -> list[list[str]]:
    """What is known of each contact, in words with units."""
    said = ("highest at {:.1f}°", "up to {:.4g} Mbit/s", None)
    return [
        [
            (_data(float(one)) if words is None else words.format(one)) if np.isfinite(one) else ""
            for one in column
        ]
        for words, column in zip(said, columns, strict=True)
    ]


def _clock(times: np.ndarray) -> list[str]:
    return [text.replace("T", " ")[:16] for text in theme.iso(times)]


def _hours(hours: float) -> str:
    return f"{60 * hours:.0f} min" if hours < 1.0 else f"{hours:,.1f} h".replace(",", " ")


def _data(megabits: float) -> str:
    """An amount of data in the unit that keeps it short."""
    for size, unit in ((1e6, "Tbit"), (1e3, "Gbit")):
        if megabits >= size:
            return f"{megabits / size:.3g} {unit}"
    return f"{megabits:.3g} Mbit"


def _words(contacts: pd.DataFrame) -> str:
    volumes = _column(contacts, "volume")
    total = f"{_data(float(np.nansum(volumes)))} in all" if np.isfinite(volumes).any() else "rates unknown"
    return f"{len(contacts)} contacts over {contacts['link'].nunique()} links; {total}"
