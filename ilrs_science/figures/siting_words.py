"""Words, symbols and colours of the candidates of a siting trade, the same in all of its figures."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Final

from ilrs_science.figures import theme
from ilrs_science.studies.siting.measures import MEASURES

if TYPE_CHECKING:
    from ilrs_science.studies.siting.appraise import Appraisal

__all__ = ["COLOURS", "SYMBOLS", "TITLES", "amount", "axis_title", "broken_name", "measure_name", "told"]

SYMBOLS: Final = {"surface": "square", "orbit": "circle", "both": "diamond"}
"""Plotly's name of the marker of each architecture."""
COLOURS: Final = {"surface": theme.ORANGE, "orbit": theme.BLUE, "both": theme.GREEN}
"""``#RRGGBB`` of each architecture."""
TITLES: Final = {"surface": "On the ground", "orbit": "In orbit", "both": "Both"}
"""Words of each architecture."""


def measure_name(measure: str) -> str:
    """A measure in words.

    Parameters
    ----------
    measure : str
        Of :data:`ilrs_science.studies.siting.measures.MEASURES`.

    Returns
    -------
    str
        Such as ``Launch mass``.
    """
    return measure.replace("_", " ").capitalize()


def axis_title(measure: str) -> str:
    """A measure in words, with its unit.

    Parameters
    ----------
    measure : str
        Of :data:`ilrs_science.studies.siting.measures.MEASURES`.

    Returns
    -------
    str
        Such as ``Launch mass [kg]``.
    """
    return f"{measure_name(measure)} [{MEASURES[measure].unit}]"


def amount(measure: str, value: float) -> str:
    """A value with its unit.

    Parameters
    ----------
    measure : str
        Of :data:`ilrs_science.studies.siting.measures.MEASURES`.
    value : float
        In its unit.

    Returns
    -------
    str
        Four digits; whole numbers of up to seven digits in full.
    """
    if math.isnan(value):
        return "none"
    unit = MEASURES[measure].unit
    number = f"{value:.0f}" if 1e3 <= abs(value) < 1e7 else f"{value:.4g}"
    return number if unit == "1" else f"{number} {unit}"


def broken_name(candidate: str) -> str:
    """The name of a candidate as HTML, a pair in two lines.

    Parameters
    ----------
    candidate : str
        Its id.

    Returns
    -------
    str
        HTML.
    """
    return escape(candidate).replace("+", "<br>+ ")


def told(one: Appraisal, *, verdict: str = "") -> str:
    """All that is known of a candidate, a line each.

    Parameters
    ----------
    one : Appraisal
        What came of it.
    verdict : str
        What is said of it beside.

    Returns
    -------
    str
        HTML for a hover.
    """
    head = [f"<b>{escape(one.candidate)}</b>", f"{TITLES[one.architecture]}; plan {escape(one.status)}"]
    lines = [
        f"{measure_name(name)}: {amount(name, one.measures[name])}"
        for name in MEASURES
        if not math.isnan(one.measures[name])
    ]
    return "<br>".join([*head, *([escape(verdict)] if verdict else []), *lines])
