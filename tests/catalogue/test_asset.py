"""Assets, facilities and comparisons: what a station consists of, phase by phase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ilrs_science.catalogue.asset import Asset
from ilrs_science.catalogue.comparison import Comparison
from ilrs_science.catalogue.library import Shelf, load_catalogue
from ilrs_science.errors import RequestError

CATALOGUE = load_catalogue()


def names(station: str, phase: str | None = None) -> list[str]:
    found = CATALOGUE.assets_of(CATALOGUE.stations[station], CATALOGUE.phases[phase] if phase else None)
    return [one.id for one in found]


def test_the_five_facilities_of_the_roadmap_are_there() -> None:
    assert {one.code for one in CATALOGUE.facilities.values()} == {"CTF", "LSF", "LSCF", "LTOF", "GSAF"}
    assert all(one.role and one.parts for one in CATALOGUE.facilities.values())


def test_a_station_grows_from_phase_to_phase() -> None:
    phases = ["reconnaissance", "construction_1", "construction_2", "utilization"]
    counts = [len(names("ilrs_surface_base", phase)) for phase in phases]
    assert counts == sorted(set(counts))
    assert set(names("ilrs_surface_base", "construction_1")) < set(
        names("ilrs_surface_base", "construction_2")
    )
    assert names("ilrs_surface_base", "reconnaissance") == ["queqiao2_relay_craft"]


def test_a_station_grows_by_the_steps_of_the_later_plan_too() -> None:
    steps = ["basic_model", "basic_station", "extended_station"]
    counts = [len(names("ilrs_complete", step)) for step in steps]
    assert counts == sorted(set(counts))
    crafts = {name.rpartition("_")[0] for name in names("ilrs_complete", "basic_model")}
    assert crafts == {"change_7", "change_8", "change_8_micro", "queqiao2_relay"}
    assert set(names("ilrs_complete", "extended_station")) == set(names("ilrs_complete", "utilization"))
    assert not set(names("ilrs_orbital_station")) & set(names("ilrs_complete", "basic_station"))


def test_both_halves_together_have_what_each_has() -> None:
    apart = {*names("ilrs_surface_base"), *names("ilrs_orbital_station")}
    assert set(names("ilrs_complete")) == apart
    assert len(names("ilrs_complete")) == len(apart)


def test_assets_come_in_the_order_of_their_phases() -> None:
    found = CATALOGUE.assets_of(CATALOGUE.stations["ilrs_complete"])
    starts = [CATALOGUE.phases[one.phase].start or "" for one in found]
    assert starts == sorted(starts)


def test_what_a_mission_brings_appears_in_a_phase_that_flies_it_or_after() -> None:
    for asset in CATALOGUE.assets.values():
        phase = CATALOGUE.phases[asset.phase]
        if asset.mission is not None and phase.missions:
            launched = CATALOGUE.missions[asset.mission].launch or "9999"
            assert launched[:4] <= (phase.end or "9999")


def test_each_of_the_five_missions_brings_something() -> None:
    brought = {one.mission for one in CATALOGUE.assets.values()}
    assert {f"ilrs_{number}" for number in range(1, 6)} <= brought


def test_the_base_can_feed_what_stands_there() -> None:
    assets = CATALOGUE.assets_of(CATALOGUE.stations["ilrs_surface_base"], CATALOGUE.phases["utilization"])
    on_ground = [one for one in assets if one.id != "queqiao2_relay_craft"]
    assert sum(one.supply or 0 for one in on_ground) > sum(one.demand or 0 for one in on_ground)


def test_regions_of_artemis_as_nasa_lists_them() -> None:
    assert len(CATALOGUE.comparisons["artemis_2022"].regions) == 13
    assert len(CATALOGUE.comparisons["artemis_2024"].regions) == 9
    assert len(CATALOGUE.comparisons["change_7_preliminary"].regions) == 10
    assert len(CATALOGUE.comparisons["change_8_candidates"].sites) == 4
    for name in ("artemis_2022", "artemis_2024", "change_7_preliminary", "change_8_candidates"):
        for site in CATALOGUE.comparisons[name].sites:
            assert CATALOGUE.sites[site].latitude < -80


def test_each_region_has_a_place_or_the_list_says_how_many_have() -> None:
    for name in ("artemis_2022", "artemis_2024", "change_8_candidates", "terrain_tiles", "change_7_study"):
        one = CATALOGUE.comparisons[name]
        assert len(set(one.sites)) == len(one.regions)
    ten = CATALOGUE.comparisons["change_7_preliminary"]
    assert (len(ten.sites), "four sites stand for ten" in ten.note) == (4, True)


def test_lists_of_regions_warn_of_light_at_places_that_stand_for_them() -> None:
    for name in ("artemis_2022", "artemis_2024", "change_7_preliminary", "change_7_study"):
        assert "light" in CATALOGUE.comparisons[name].note


def test_far_side_observatories_are_shielded() -> None:
    sites = CATALOGUE.comparisons["far_side_observatories"].sites
    assert all(CATALOGUE.sites[name].radio_shielded for name in sites)


def test_the_halo_orbit_of_gateway_is_there_to_compare() -> None:
    assert "nrho_9_2" in CATALOGUE.comparisons["staging_orbits"].orbits
    assert CATALOGUE.stations["nrho_station"].orbit == "nrho_9_2"


def test_a_comparison_of_nothing_is_refused() -> None:
    with pytest.raises(RequestError, match="needs sites, orbits or stations"):
        Comparison(id="empty", regions=["somewhere"])


@pytest.mark.parametrize(
    "wrong", [{"mass": "0 kg"}, {"supply": "-1 W"}, {"demand": "3 kg"}, {"station": None}]
)
def test_impossible_assets_are_refused(wrong: dict[str, object]) -> None:
    fields = {"station": "a", "facility": "b", "phase": "c"}
    assert Asset(**fields).id == "unnamed_asset"
    with pytest.raises(RequestError):
        Asset(**{**fields, **wrong})


def test_ids_do_in_place_of_records() -> None:
    assert [one.id for one in CATALOGUE.assets_of("ilrs_surface_base", "utilization")] == names(
        "ilrs_surface_base", "utilization"
    )
    with pytest.raises(RequestError, match="unknown station 'ilrs_surface_bas'"):
        CATALOGUE.assets_of("ilrs_surface_bas")
    with pytest.raises(RequestError, match="unknown phase 'utilisation'; did you mean utilization"):
        CATALOGUE.assets_of("ilrs_surface_base", "utilisation")
    with pytest.raises(RequestError, match="give a station or its id"):
        CATALOGUE.assets_of(5)


def test_a_phase_of_a_plan_that_no_asset_follows_is_told() -> None:
    other = next(one.id for one in CATALOGUE.phases.values() if one.plan == "steps_2024")
    assets = {name: one.replace(also_in=[]) for name, one in CATALOGUE.assets.items()}
    apart = replace(CATALOGUE, assets=Shelf("asset", assets))
    with pytest.raises(
        RequestError, match=f"follow roadmap_2021; no one knows them in {other}, of steps_2024"
    ):
        apart.assets_of("ilrs_surface_base", other)
