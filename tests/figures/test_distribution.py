"""The distribution of science return by its data."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.errors import UnknownNameError
from ilrs_science.figures.distribution import science_return

VALUES = np.array([[1.0, 3.0, 2.0, 2.0], [4.0, 4.0, 5.0, np.nan]])


def members(values=VALUES) -> xr.Dataset:
    """Two ways, four seeds; one member failed."""
    coords = {"mode": ["keep_going", "on_board"], "seed": np.arange(4)}
    dims = ("mode", "seed")
    return xr.Dataset(
        {"done_value": (dims, values), "planned_value": (dims, np.full((2, 4), 6.0))}, coords=coords
    )


def test_the_curve_tells_the_share_with_at_least_so_much() -> None:
    figure = science_return(members())
    keep, board = figure.data
    assert keep.name == "Keep going: median 2"
    assert list(zip(keep.x, keep.y, strict=True))[1:] == [
        (1.0, 100.0), (2.0, 75.0), (2.0, 50.0), (3.0, 25.0), (3.0, 0.0),
    ]  # fmt: skip
    assert board.name == "Replan on board: median 4"
    assert len(board.x) == 3 + 2
    assert figure.layout.shapes[0].x0 == 6.0
    assert "3 to 4 members" in figure.layout.title.subtitle.text


def test_the_histogram_counts_every_member_once() -> None:
    figure = science_return(members(), kind="histogram")
    assert [sum(bar.y) for bar in figure.data] == [4, 3]
    assert figure.layout.yaxis.title.text == "Members [1]"


def test_other_dimensions_can_be_told_apart_and_wrong_names_are_refused() -> None:
    assert len(science_return(members().rename(mode="way"), by="way").data) == 2
    with pytest.raises(UnknownNameError, match="mode"):
        science_return(members(), by="mood")
    with pytest.raises(UnknownNameError, match="histogram"):
        science_return(members(), kind="bars")  # type: ignore[arg-type]


def test_no_member_is_said() -> None:
    figure = science_return(members(np.full((2, 4), np.nan)))
    assert "No member" in figure.layout.annotations[0].text
