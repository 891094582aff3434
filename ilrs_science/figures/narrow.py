"""Names and titles that fit a small screen: broken into lines in the layout that small screens take."""

from __future__ import annotations

import textwrap
from html import escape, unescape
from typing import Any

import plotly.graph_objects as go

__all__ = ["fit_narrow"]

_TITLE, _NAME, _SMALL_NAME = 36, 40, 60
"""Characters in a line of the title, of a name, and of a name in smaller type from edge to edge. [1]"""
_LINE_PX, _SMALL, _EDGE_PX = 19, 10, 8


def fit_narrow(drawn: go.Figure) -> go.Figure:
    """Break the title and long names of a figure for small screens, so that nothing is cut.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        Whole, as `theme.figure` began it.

    Returns
    -------
    plotly.graph_objects.Figure
        The same one; its layout for wide screens is as it was.
    """
    small = dict(drawn.layout.meta["narrow"])
    title = _broken(drawn.layout.title.text or "", _TITLE)
    more = _LINE_PX * title.count("<br>")
    if more:
        small["title"] = {**small["title"], "text": title}
        margin = {**small["margin"], "t": small["margin"].get("t", drawn.layout.margin.t) + more}
        small |= {"margin": margin, "height": small.get("height", drawn.layout.height) + more}
    notes: list[dict[str, Any]] = [note.to_plotly_json() for note in drawn.layout.annotations]
    if any(len(unescape(note["text"])) > _NAME for note in notes):
        shift = _EDGE_PX - small["margin"].get("l", drawn.layout.margin.l)
        small["annotations"] = [_fitting(note, shift) for note in notes]
    drawn.update_layout(meta={"narrow": small})
    return drawn


def _fitting(note: dict[str, Any], shift: float) -> dict[str, Any]:
    """A long name in smaller type from the left edge of the figure, in two lines if need be."""
    if "<br>" in note["text"] or len(unescape(note["text"])) <= _NAME:
        return note
    text = _broken(note["text"], _SMALL_NAME)
    return note | {"text": text, "font": {"size": _SMALL}, "align": "left", "xshift": min(shift, 0.0)}


def _broken(text: str, width: int) -> str:
    """Text in even lines."""
    plain = unescape(text)
    if "<" in text or len(plain) <= width:
        return text
    lines = -(-len(plain) // width)
    wrapped = textwrap.wrap(plain, max(width * 2 // 3, -(-len(plain) // lines) + 4))
    return "<br>".join(escape(line, quote=False) for line in wrapped)
