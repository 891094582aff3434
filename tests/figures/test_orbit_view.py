"""Orbit figures, by their data."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.figures import orbit_heights, orbit_path, theme
from tests.figures import data

TURN = np.linspace(0, 2 * np.pi, 60)
LOW = np.stack([1840 * np.cos(TURN), 1840 * np.sin(TURN), np.zeros(60)], axis=1)
LABELS = ("x", "y", "z")
VIEWS = ("Plane", "Edge")


def path(points=LOW, **more):
    return orbit_path(points, points[3], labels=LABELS, views=VIEWS, **more)


def heights(**more):
    times = data.hours(*range(10))
    curve = 100.0 + 50 * np.sin(np.arange(10.0))
    low, high = (times[[2, 6]], [60.0, 62.0]), (times[[4, 8]], [140.0, 138.0])
    return orbit_heights(times, curve, **({"low": low, "high": high} | more))


def test_both_views_keep_the_path_in_kilometres() -> None:
    plane, _, edge, _ = path().data
    np.testing.assert_allclose(plane.y, LOW[:, 1], atol=1e-3)
    np.testing.assert_allclose(edge.y, 0.0)
    assert (plane.xaxis, edge.xaxis) == ("x", "x2")
    assert path().layout.xaxis.title.text == "x [km]"


def test_a_far_orbit_is_told_in_thousands_of_kilometres() -> None:
    figure = path(LOW * 30)
    assert figure.layout.yaxis2.title.text == "z [1000 km]"
    assert max(figure.data[0].x) == pytest.approx(55.2, abs=0.1)


def test_the_moon_is_drawn_to_scale_in_both_views() -> None:
    first, second = path().layout.shapes
    assert (first.x1, first.y1) == (1737.4, 1737.4)
    assert (second.xref, second.yref) == ("x2", "y2")
    assert path(LOW * 30).layout.shapes[0].x1 == pytest.approx(1.7374)


def test_scales_of_a_view_are_equal_and_the_moon_fits_in() -> None:
    layout = path().layout
    assert (layout.yaxis.scaleanchor, layout.yaxis2.scaleanchor) == ("x", "x2")
    for axis in (layout.xaxis, layout.yaxis, layout.yaxis2):
        assert axis.range[0] < -1737.4
        assert axis.range[1] > 1737.4


def test_a_flat_orbit_seen_edge_on_can_still_be_read() -> None:
    low, high = path(LOW * 30).layout.yaxis2.range
    assert high - low > 0.3 * 55


def test_the_marked_place_is_marked_in_both_views() -> None:
    _, first, _, second = path(colour=theme.BLUE).data
    assert first.y[0] == pytest.approx(LOW[3, 1], abs=1e-3)
    assert second.x[0] == pytest.approx(LOW[3, 0], abs=1e-3)
    assert first.marker.color == theme.BLUE


def test_views_are_named_on_wide_and_on_small_screens() -> None:
    layout = path().layout
    assert [note.text for note in layout.annotations] == ["Plane", "Edge"]
    small = layout.meta["narrow"]
    assert [note["text"] for note in small["annotations"]] == ["Plane", "Edge"]
    assert small["yaxis"]["domain"][0] > small["yaxis2"]["domain"][1], "below each other"


def test_heights_name_perilune_and_apolune_with_units() -> None:
    figure = heights()
    found = {one.name: one for one in figure.data}
    assert list(found["Perilune of each revolution"].y) == [60.0, 62.0]
    assert list(found["Apolune of each revolution"].x) == ["2031-02-24T04:00:00", "2031-02-24T08:00:00"]
    assert figure.layout.yaxis.title.text == "Height [km]"
    assert "km" in found["Height"].hovertemplate


def test_a_long_span_shows_the_envelope_alone() -> None:
    assert "Height" not in [one.name for one in heights(curve=False).data]


def test_a_span_without_extremes_shows_the_curve_alone() -> None:
    nothing = np.array([], "datetime64[us]"), []
    assert [one.name for one in heights(low=nothing, high=nothing).data] == ["Height"]


def test_the_instant_is_a_line() -> None:
    (line,) = heights(moment=data.hours(5)[0]).layout.shapes
    assert line.x0 == "2031-02-24T05:00:00"
    assert not heights().layout.shapes


def test_thousands_are_written_out() -> None:
    assert heights().layout.yaxis.tickformat == ","
