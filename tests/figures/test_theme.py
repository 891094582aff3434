"""Colours and templates."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.figures import theme

PAPERS = {"light": "#FFFFFF", "dark": "#161B22"}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance ."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(a: str, b: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_paper_is_that_of_the_theme(mode) -> None:
    assert theme.template(mode).layout.paper_bgcolor == PAPERS[mode]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_is_readable_on_its_paper(mode) -> None:
    layout = theme.template(mode).layout
    assert contrast(layout.font.color, PAPERS[mode]) > 7
    assert contrast(layout.xaxis.tickfont.color, PAPERS[mode]) > 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("colour", theme.COLOURS)
def test_lines_stand_out_from_either_paper(mode, colour) -> None:
    assert contrast(colour, PAPERS[mode]) > 2.1


def protan(colour: str) -> np.ndarray:
    """Colour as a protanope sees it (Viénot, Brettel and Mollon 1999, Color Res. Appl. 24, 243, eq. 4 to 6)."""
    rgb = (np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255) ** 2.2
    to_lms = np.array(
        [[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714], [0.0299566, 0.184309, 1.46709]]
    )
    blind = np.array([[0, 2.02344, -2.52581], [0, 1, 0], [0, 0, 1]])
    return np.clip(np.linalg.inv(to_lms) @ blind @ to_lms @ rgb, 0, 1) ** (1 / 2.2)


def test_series_differ_for_a_colour_blind_reader() -> None:
    seen = [protan(colour) for colour in theme.COLOURS]
    apart = [np.linalg.norm(a - b) for i, a in enumerate(seen) for b in seen[i + 1 :]]
    assert min(apart) > 0.08


def test_dates_become_text() -> None:
    times = np.array(["2031-02-24T01:02:03.456789"], "datetime64[us]")
    assert theme.iso(times) == ["2031-02-24T01:02:03"]
    assert theme.iso(times[0]) == ["2031-02-24T01:02:03"]
    assert theme.iso(times[:0]) == []


def test_an_opacity_is_added_to_a_colour() -> None:
    assert theme.faded("#102030", 0.5) == "rgba(16, 32, 48, 0.5)"


def test_small_screens_get_a_patch() -> None:
    drawn = theme.figure(title="A", height=300, narrow={"height": 200})
    assert drawn.layout.meta["narrow"]["height"] == 200
    assert drawn.layout.meta["narrow"]["margin"]["l"] < 64
