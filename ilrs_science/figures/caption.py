"""What stands under a title: the sources and choices behind a figure, and a sentence where there is nothing to draw."""

from __future__ import annotations

import textwrap
from html import escape

import plotly.graph_objects as go

__all__ = ["add_caption", "say"]

_WIDE, _NARROW = 92, 50
"""Characters in a line of the caption on a wide and on a small screen."""
_LINE_PX = 16


def add_caption(drawn: go.Figure, text: str) -> None:
    """Put a few words under the title, broken into lines that fit, and make room for them.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        As `theme.figure` gives it.
    text : str
        Sources, choices, definitions.
    """
    wide, narrow = (textwrap.wrap(escape(text, quote=False), width) for width in (_WIDE, _NARROW))
    small = drawn.layout.meta["narrow"]
    margin = drawn.layout.margin
    top = margin.t or 52
    drawn.update_layout(
        title={"subtitle": {"text": "<br>".join(wide), "font": {"size": 12, "color": "#7C8491"}}},
        margin={"t": top + _LINE_PX * len(wide)},
        height=drawn.layout.height + _LINE_PX * len(wide),
        meta={
            "narrow": small
            | {
                "height": small.get("height", drawn.layout.height) + _LINE_PX * len(narrow),
                "margin": small["margin"] | {"t": top + _LINE_PX * len(narrow)},
                "title": small["title"] | {"subtitle": {"text": "<br>".join(narrow)}},
            }
        },
    )


def say(drawn: go.Figure, sentence: str) -> go.Figure:
    """Say why there is nothing to see.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        An empty figure.
    sentence : str
        What is missing, and what to do.

    Returns
    -------
    plotly.graph_objects.Figure
        The same one, with the sentence in its middle and without axes.
    """
    lines = "<br>".join(textwrap.wrap(escape(sentence, quote=False), _NARROW - 8))
    drawn.add_annotation(text=lines, x=0.5, y=0.5, xref="paper", yref="paper", font={"size": 14})
    drawn.update_xaxes(visible=False)
    drawn.update_yaxes(visible=False)
    return drawn
