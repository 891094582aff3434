"""Sun and Earth in the sky of a place."""

import numpy as np
import pytest

from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.sky import light
from ilrs_science.sky.place import SurfacePlace

MIDDLE = SurfacePlace(0.0, 0.0, 0.0)


def seen(start: str, end: str, place: SurfacePlace = MIDDLE):
    times = np.arange(np.datetime64(start, "us"), np.datetime64(end, "us"), np.timedelta64(10, "m"))
    return light(place, times, horizon(place, None, mast="0 m"))


def test_the_earth_covers_the_sun_while_people_on_earth_see_a_total_lunar_eclipse() -> None:
    """Greatest eclipse 2025-03-14 06:58:43 TD, partial phase 05:09 to 08:48 UT (NASA, Five Millennium Catalog)."""
    eclipse = seen("2025-03-14T03:00", "2025-03-14T11:00")["sun_covered_fraction"]
    assert float(eclipse.sel(time="2025-03-14T07:00")) == 1.0
    covered = eclipse["time"].values[eclipse.values > 0.0]
    # the penumbra reaches the middle of the disc inside the penumbral phase, 03:57 to 10:00 UT
    assert np.datetime64("2025-03-14T03:57") < covered[0] < np.datetime64("2025-03-14T05:30")
    assert np.datetime64("2025-03-14T08:20") < covered[-1] < np.datetime64("2025-03-14T10:00")


def test_without_an_eclipse_nothing_is_covered() -> None:
    assert not seen("2026-01-01", "2026-01-08")["sun_covered_fraction"].any()


def test_epochs_may_come_in_any_order() -> None:
    forward = seen("2026-01-01", "2026-01-08")
    times = forward["time"].values[::-7]
    backward = light(MIDDLE, times, horizon(MIDDLE, None, mast="0 m"))
    for name, values in backward.items():
        np.testing.assert_allclose(values, forward[name].sel(time=times), rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("body", ["sun", "earth"])
def test_a_body_well_above_the_skyline_is_whole_and_one_well_below_is_hidden(body: str) -> None:
    data = seen("2026-01-01", "2026-02-01", SurfacePlace(-60.0, 30.0, 0.0))
    clear = data[f"{body}_elevation"] - data[f"{body}_horizon_elevation"]
    assert (data[f"{body}_visible_fraction"].where(clear > 2.0, 1.0) == 1.0).all()
    assert (data[f"{body}_visible_fraction"].where(clear < -2.0, 0.0) == 0.0).all()
