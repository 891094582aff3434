"""How each object in the sky is drawn: a colour and a symbol that stay the same in all figures of a panel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ilrs_science.figures import theme
from ilrs_science.figures.elevation import BODY_COLOURS

__all__ = ["Look", "looks"]

_COLOURS = (theme.PURPLE, theme.GREEN, theme.VERMILION, theme.BLUE, "#A6894F", theme.GREY)
_SYMBOLS = ("diamond", "square", "triangle-up", "star", "cross", "pentagon")


@dataclass(frozen=True)
class Look:
    """How one object is drawn."""

    colour: str
    """``#RRGGBB``."""
    symbol: str
    """Plotly's name of the marker."""


def looks(bodies: Iterable[str]) -> dict[str, Look]:
    """Colour and symbol of each object: Sun and Earth always have theirs, the others take them in order.

    Parameters
    ----------
    bodies : iterable of str
        What is drawn.

    Returns
    -------
    dict of str to Look
        In the same order; no two of up to six alike in colour.
    """
    found, number = {}, 0
    for body in bodies:
        if body in BODY_COLOURS:
            found[body] = Look(BODY_COLOURS[body], "circle")
        elif body not in found:
            found[body] = Look(_COLOURS[number % len(_COLOURS)], _SYMBOLS[number % len(_SYMBOLS)])
            number += 1
    return found
