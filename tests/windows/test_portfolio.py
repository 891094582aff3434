"""Windows of many experiments, and of many places."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.campaign import load_campaign
from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.constraint import EarthElevation, SunElevation
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.budget import budget, experiment_budget
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.portfolio import Portfolio, campaign_windows, experiment_windows, find_windows_at

SPAN = ("2031-02-24", "2031-03-24")
LIT = SunElevation(min="0 deg") & EarthElevation(min="5 deg")


def test_a_hundred_places_have_the_windows_that_each_has_alone() -> None:
    random = np.random.default_rng(1)
    places = {
        f"p{k}": SurfacePlace(
            float(np.degrees(np.arcsin(random.uniform(-1, 1)))), float(random.uniform(0, 360))
        )
        for k in range(100)
    }
    found = find_windows_at(LIT, places, *SPAN)
    assert list(found) == list(places)
    for name in ("p0", "p37", "p99"):
        assert found[name] == find_windows(LIT, places[name], *SPAN)
    hours = np.array([one.hours for one in found.values()])
    assert hours.min() == 0.0 < hours.max()


def test_places_are_named_by_their_ids_and_may_be_orbits() -> None:
    site = load_catalogue().sites["malapert"]
    found = find_windows_at({"kind": "day"}, [site, "llo_100"], "2026-01-01", "2026-01-01T04:00")
    assert list(found) == ["malapert", "llo_100"]
    assert repr(found).startswith("<Windows of 2 places: ")
    with pytest.raises(RequestError, match="a SurfacePlace has no id; give a mapping from names to places"):
        find_windows_at(LIT, [SurfacePlace(0.0, 0.0)], *SPAN)  # type: ignore[list-item]


def test_a_portfolio_is_read_only_and_counts_in_words() -> None:
    found = Portfolio({"a": find_windows(LIT, "malapert", *SPAN)})
    with pytest.raises(TypeError):
        found["b"] = found["a"]  # type: ignore[index]
    assert repr(found).startswith("<Windows of 1 experiment: ")


def test_a_condition_that_does_not_apply_names_its_experiment() -> None:
    experiments = load_campaign("polar_winter").experiments
    wrong = experiments[0].replace(conditions={"kind": "solar_beta", "min": "10 deg"})
    with pytest.raises(RequestError, match=f"{wrong.id}: solar_beta belongs to an orbiter"):
        experiment_windows([wrong], "malapert", *SPAN)


def test_the_budget_of_experiments_is_that_of_each() -> None:
    campaign = load_campaign("polar_winter")
    table = campaign.budget
    assert table.index.names == ["experiment", "constraint"]
    for one in campaign.experiments:
        if one.conditions is None:
            assert one.id not in table.index.get_level_values("experiment")
            continue
        alone = budget(one.conditions, campaign.site, campaign.record.start, campaign.record.end)
        assert (table.loc[one.id].to_numpy() == alone.to_numpy()).all()
        assert table.loc[one.id]["left_h"].iloc[-1] == pytest.approx(campaign.windows[one.id].hours)
    assert table.attrs["span_h"] > 0.0


def test_experiments_without_conditions_have_no_budget() -> None:
    free: list[Experiment] = [one for one in load_catalogue().experiments.values() if one.conditions is None]
    with pytest.raises(RequestError, match="none of these experiments has a condition"):
        experiment_budget(free[:1], "malapert", *SPAN)


def test_two_places_of_one_name_are_refused() -> None:
    twins = [Site(latitude=0.0, longitude=0.0), Site(latitude=10.0, longitude=90.0)]
    with pytest.raises(RequestError, match="two places are called unnamed_site; give a mapping"):
        find_windows_at(LIT, twins, *SPAN)
    assert len(find_windows_at(LIT, dict(zip("ab", twins, strict=True)), *SPAN)) == 2


def test_a_campaign_at_two_stations_has_windows_at_each_that_can_do_an_experiment() -> None:
    catalogue = load_catalogue()
    record = Campaign(
        station="connecting_ridge_station", stations=("connecting_ridge_station", "ilrs_orbital_station"),
        experiments=("optical_earth_downlink", "surface_radiation"), start="2031-03-01", end="2031-03-02",
    )  # fmt: skip
    found = campaign_windows(record, catalogue)
    assert list(found) == [
        "optical_earth_downlink/connecting_ridge_station", "optical_earth_downlink/ilrs_orbital_station",
        "surface_radiation/connecting_ridge_station",
    ]  # fmt: skip
    condition = catalogue.experiments["optical_earth_downlink"].conditions
    assert condition is not None
    for name in record.stations:
        alone = find_windows(condition, catalogue.stations[name], record.start, record.end)
        assert found[f"optical_earth_downlink/{name}"] == alone
