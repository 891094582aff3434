"""The timeline of a campaign shows windows first, then the plan with what it costs."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import ilrs_science as ilrs
from ilrs_science.figures import campaign_timeline
from ilrs_science.figures.campaign import possible_windows
from tests.figures import data


@pytest.fixture(scope="module")
def campaign() -> ilrs.Campaign:
    experiments = ["optical_earth_downlink", "subsurface_radar_profile"]
    return ilrs.Campaign(
        station="connecting_ridge_station", experiments=experiments, start="2031-02-24", end="2031-02-26"
    )


def titles(figure: object) -> list[str]:
    """Text of every vertical axis title."""
    return [axis.title.text for axis in figure.select_yaxes() if axis.title.text]


def test_without_a_plan_only_the_windows_are_drawn(campaign: ilrs.Campaign) -> None:
    figure = campaign_timeline(campaign, with_environment=False)
    assert titles(figure) == []
    assert any(trace.name == "Possible" for trace in figure.data)


def test_a_plan_has_strips_with_units_and_limits(campaign: ilrs.Campaign) -> None:
    result = campaign.plan(time_limit="10 s")
    figure = campaign_timeline(campaign, result)
    words = " ".join(titles(figure))
    for part in ("Battery", "[Wh]", "Storage", "[Mbit]", "Light", "Link", "[Mbit/s]"):
        assert part in words
    sessions = [
        x for trace in figure.data if trace.name and "utilization" in trace.name for x in trace.x or ()
    ]
    assert len(sessions) == sum(placed.id.startswith("subsurface") for placed in result.plan.placements)


def test_windows_at_several_stations_are_one_row() -> None:
    first, second = data.windows()["drill"], data.windows()["listen"]
    campaign = SimpleNamespace(
        windows={"drill/base": second, "drill/orbiter": first, "drill~arm": second, "listen": second}
    )
    found = possible_windows(campaign)
    assert list(found) == ["drill", "listen"]
    assert found["drill"].hours == first.hours
