"""The shipped sites: all of them, where the reference list, the terrain and their neighbours say they are."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Landform, Side, Site
from ilrs_science.paths import data_folder

# Mean elevation of the Earth [deg], side, shielded zone and COSPAR category of the project's reference list of sites:
# worked out there from the coordinates, so that a slip of a sign or a digit here shows.
TABLE = [
    ("shackleton", -0.2, "limb", False, "IIb"),
    ("shackleton_rim_lit", -0.7, "limb", False, "IIb"),
    ("ce7_site", -0.7, "limb", False, "IIb"),
    ("connecting_ridge", -0.4, "limb", False, "IIb"),
    ("shackleton_rim_pgda", -0.2, "limb", False, "IIb"),
    ("de_gerlache", 0.0, "limb", False, "IIb"),
    ("kocher", -3.8, "limb", False, "IIb"),
    ("haworth", 2.5, "limb", False, "IIb"),
    ("shoemaker", 1.3, "limb", False, "IIb"),
    ("faustini", 0.3, "limb", False, "IIb"),
    ("sverdrup", -1.5, "limb", False, "IIb"),
    ("slater", -0.7, "limb", False, "IIb"),
    ("nobile", 2.8, "limb", False, "IIb"),
    ("amundsen", 0.7, "limb", False, "IIb"),
    ("cabeus", 3.5, "limb", False, "IIb"),
    ("cabeus_b", 4.5, "limb", False, "IIb"),
    ("malapert", 4.0, "limb", False, "IIb"),
    ("leibnitz_beta", 3.9, "limb", False, "IIb"),
    ("im2_site", 4.5, "limb", False, "IIb"),
    ("wiechert_plain", -1.3, "limb", False, "IIb"),
    ("ibn_bajja", 1.0, "limb", False, "IIb"),
    ("idelson", -3.3, "limb", False, "IIb"),
    ("zeeman", -10.5, "far", False, "IIa"),
    ("drygalski", 0.5, "limb", False, "IIb"),
    ("schrodinger", -10.3, "far", False, "IIa"),
    ("antoniadi", -20.5, "far", False, "IIa"),
    ("boguslawsky", 14.7, "near", False, "IIa"),
    ("manzinus", 19.7, "near", False, "IIa"),
    ("chandrayaan3", 17.3, "near", False, "IIa"),
    ("von_karman", -44.5, "far", True, "IIa"),
    ("apollo_basin", -45.5, "far", True, "IIa"),
    ("leibnitz_crater", -51.8, "far", True, "IIa"),
    ("daedalus", -84.1, "far", True, "IIa"),
    ("lipskiy", -87.8, "far", True, "IIa"),
    ("icarus", -81.3, "far", True, "IIa"),
    ("saha", -13.0, "far", False, "IIa"),
    ("lusee_site", -66.1, "far", True, "IIa"),
    ("tsiolkovskiy", -36.1, "far", True, "IIa"),
    ("mare_ingenii", -53.8, "far", True, "IIa"),
    ("compton", -7.8, "far", False, "IIa"),
    ("ce3_site", 42.6, "near", False, "IIa"),
    ("ce5_site", 26.8, "near", False, "IIa"),
    ("mons_rumker", 23.4, "near", False, "IIa"),
    ("sinus_iridum", 37.0, "near", False, "IIa"),
    ("mare_crisium", 29.6, "near", False, "IIa"),
    ("marius_hills", 32.2, "near", False, "IIa"),
    ("copernicus", 67.8, "near", False, "IIa"),
    ("aristarchus", 38.2, "near", False, "IIa"),
    ("reiner_gamma", 30.8, "near", False, "IIa"),
    ("ina", 70.6, "near", False, "IIa"),
    ("gruithuisen", 38.1, "near", False, "IIa"),
    ("tycho", 45.6, "near", False, "IIa"),
    ("tranquillity_base", 66.5, "near", False, "IIa"),
    ("apollo12", 66.4, "near", False, "IIa"),
    ("apollo14", 72.2, "near", False, "IIa"),
    ("apollo15", 63.6, "near", False, "IIa"),
    ("apollo16", 72.1, "near", False, "IIa"),
    ("apollo17", 53.7, "near", False, "IIa"),
    ("lunokhod1", 40.0, "near", False, "IIa"),
    ("lunokhod2", 50.5, "near", False, "IIa"),
    ("slim", 61.7, "near", False, "IIa"),
    ("im1_site", 9.9, "near", False, "IIb"),
    ("peary", 1.2, "limb", False, "IIb"),
    ("hermite", -0.2, "limb", False, "IIb"),
]

# Hardware that the reference list does not have, and a place for a station beside one that it has.
ADDED = {
    "surveyor1", "surveyor3", "surveyor5", "surveyor6", "surveyor7", "luna16", "luna17", "luna20", "luna21",
    "luna23", "luna24", "ranger6", "ranger7", "ranger8", "ranger9", "lunar_prospector", "smart1",
    "moon_impact_probe", "change1", "kaguya", "lcross", "grail", "ladee_impact", "beresheet", "chandrayaan2",
    "hakuto_r1", "hakuto_r2", "ce6_site", "blue_ghost1", "von_karman_plain",
}  # fmt: skip

# Regions on rims and massifs, and the crater or massif beside which each lies.
REGIONS = {
    "faustini_rim_a": "faustini", "connecting_ridge_extension": "de_gerlache", "de_gerlache_rim_1": "de_gerlache",
    "de_gerlache_rim_2": "de_gerlache", "de_gerlache_kocher_massif": "kocher", "haworth_rim": "haworth",
    "nobile_rim_1": "nobile", "nobile_rim_2": "nobile", "amundsen_rim": "amundsen", "cabeus_b_peak": "cabeus_b",
}  # fmt: skip

SITES = dict(load_catalogue().sites)
HOLLOWS = [
    name
    for name, site in SITES.items()
    if site.landform in (Landform.CRATER, Landform.BASIN, Landform.MARE) and (site.diameter or 0) > 15
]


def test_there_are_the_sites_of_the_reference_list_and_the_hardware_that_it_lacks() -> None:
    assert len(TABLE) == 64
    assert set(SITES) == {name for name, *_ in TABLE} | ADDED | set(REGIONS) | {"mons_mouton"}
    assert len(SITES) == 105


@pytest.mark.parametrize(("name", "elevation", "side", "shielded", "category"), TABLE)
def test_what_follows_from_the_coordinates_agrees_with_the_reference_list(
    name: str, elevation: float, side: str, shielded: bool, category: str
) -> None:
    site = SITES[name]
    assert site.mean_earth_elevation == pytest.approx(elevation, abs=0.06)
    assert (site.side, site.radio_shielded, site.protection_category) == (side, shielded, category)


@pytest.fixture(scope="module")
def relief() -> np.ndarray:
    """(720, 1440) Heights of the shipped grid of a quarter of a degree, north first, 180 W first. [m]"""
    with rasterio.open(data_folder() / "terrain" / "lola_global_0p25deg.tif") as grid:
        return grid.read(1)


def ring(relief: np.ndarray, site: Site, radius: float) -> float:
    """Median height of the ground on a circle about a site, its radius in km. [m]"""
    arc, latitude = radius / 1737.4, math.radians(site.latitude)
    bearing = np.radians(np.arange(0, 360, 10))
    sine = math.sin(latitude) * math.cos(arc) + math.cos(latitude) * math.sin(arc) * np.cos(bearing)
    turn = np.arctan2(
        np.sin(bearing) * math.sin(arc) * math.cos(latitude), math.cos(arc) - math.sin(latitude) * sine
    )
    north = np.degrees(np.arcsin(sine))
    east = site.longitude + np.degrees(turn)
    rows = np.clip((90 - north) / 0.25, 0, 719).astype(int)
    return float(np.median(relief[rows, (((east + 180) % 360) / 0.25).astype(int)]))


@pytest.mark.parametrize("name", HOLLOWS)
def test_a_crater_is_deeper_than_its_rim_where_the_record_puts_it(name: str, relief: np.ndarray) -> None:
    site = SITES[name]
    assert ring(relief, site, 0.2 * site.diameter) < ring(relief, site, 0.52 * site.diameter) - 500


def test_mons_ruemker_is_a_hill(relief: np.ndarray) -> None:
    site = SITES["mons_rumker"]
    assert ring(relief, site, 0.2 * site.diameter) > ring(relief, site, 0.52 * site.diameter) + 300


def test_malapert_rises_above_its_surroundings(relief: np.ndarray) -> None:
    assert ring(relief, SITES["malapert"], 1) > ring(relief, SITES["malapert"], 40) + 3000


def test_change_4_stands_at_its_published_height(relief: np.ndarray) -> None:
    assert SITES["von_karman"].height == -5935
    assert ring(relief, SITES["von_karman"], 1) == pytest.approx(-5935, abs=50)


def test_antoniadi_is_the_lowest_of_all_craters(relief: np.ndarray) -> None:
    floors = {name: ring(relief, SITES[name], 0.2 * SITES[name].diameter) for name in HOLLOWS}
    assert min(floors, key=floors.__getitem__) == "antoniadi"


def test_the_terrain_tile_has_the_middle_of_its_extent() -> None:
    # Site04 spans x -9 to 7 km and y -15 to 1 km in polar stereographic coordinates true at the pole:
    # radius 2 R tan(colatitude / 2), longitude atan2(x, y).
    site = SITES["shackleton_rim_pgda"]
    radius = 2 * 1737.4 * math.tan(math.radians(90 + site.latitude) / 2)
    x = radius * math.sin(math.radians(site.longitude))
    y = radius * math.cos(math.radians(site.longitude))
    assert (x, y) == (pytest.approx(-1, abs=0.05), pytest.approx(-7, abs=0.1))


def test_cold_traps_are_in_the_polar_caps() -> None:
    assert all(abs(site.latitude) > 81 for site in SITES.values() if site.permanent_shadow)
    assert len([site for site in SITES.values() if site.permanent_shadow]) == 15
    assert SITES["lunar_prospector"].permanent_shadow  # on the floor of Shoemaker
    assert SITES["nobile"].permanent_shadow
    assert SITES["amundsen"].permanent_shadow


@pytest.mark.parametrize(("region", "crater"), REGIONS.items())
def test_a_region_is_high_ground_outside_the_floor_of_its_crater(
    region: str, crater: str, relief: np.ndarray
) -> None:
    place, hollow = SITES[region], SITES[crater]
    assert 0.75 < place.distance_to(hollow) / (hollow.diameter / 2) < 5
    assert ring(relief, place, 2) > ring(relief, hollow, 0.2 * hollow.diameter) + 1000
    assert place.provenance_of("latitude").confidence != "H"


def test_the_most_lit_ridge_is_not_the_rim_of_shackleton() -> None:
    lit, crater = SITES["shackleton_rim_lit"], SITES["shackleton"]
    assert lit.distance_to(crater) == pytest.approx(28.3, abs=0.1)  # of which its radius is 10.5 km
    assert (lit.landform, "rim" in lit.name.lower()) == (Landform.RIDGE, False)


def test_hardware_is_kept_clear_by_two_kilometres_or_by_what_is_not_known_of_its_place() -> None:
    kept = {name: site for name, site in SITES.items() if site.keep_out}
    assert set(kept) >= {"tranquillity_base", "apollo17", "lunokhod1", "ce3_site", "chandrayaan3", "slim"}
    assert set(kept) >= ADDED - {"von_karman_plain"}
    unsure = {"lunar_prospector", "moon_impact_probe", "change1", "kaguya", "lcross", "grail"}
    assert {name: site.keep_out for name, site in kept.items()} == {
        name: 10.0 if name in unsure else 2.0 for name in kept
    }
    assert not set(kept) & {"boguslawsky", "manzinus", "lusee_site", "ce7_site"}  # nothing stands there


def test_every_piece_of_hardware_has_an_owner_and_one_of_the_rules_on_heritage_knows_it() -> None:
    rules = load_catalogue().compliance
    known = {*rules["heritage_nasa"].hardware_of, *rules["heritage_others"].hardware_of}
    assert {site.hardware_of for site in SITES.values() if site.keep_out} == known


def test_a_keep_out_is_sourced_for_american_hardware_of_that_time_alone() -> None:
    for site in SITES.values():
        if site.keep_out and site.provenance_of("keep_out").certain:
            assert site.id.startswith(("apollo", "surveyor", "tranquillity"))


def test_coordinates_of_hardware_that_were_not_read_say_so() -> None:
    assert all(
        SITES[name].provenance_of("latitude").basis == "recall" for name in ADDED - {"von_karman_plain"}
    )
    assert {name for name in ADDED if SITES[name].provenance_of("latitude").confidence == "L"} == {
        "lunar_prospector", "moon_impact_probe", "von_karman_plain",
    }  # fmt: skip


# What is told of each pair: Apollo 12 walked to Surveyor 3; Lunokhod 1 stopped 2.3 km from its lander; Luna 24 came
# down within 2.4 km of Luna 23; Surveyor 5 stands 25 km from Apollo 11; the others fell in or beside the crater.
@pytest.mark.parametrize(
    ("one", "other", "apart", "within"),
    [
        ("surveyor3", "apollo12", 0.16, 0.02),
        ("luna17", "lunokhod1", 2.3, 0.1),
        ("luna23", "luna24", 2.35, 0.1),
        ("surveyor5", "tranquillity_base", 25, 1),
        ("lcross", "cabeus", 0, 50),
        ("lunar_prospector", "shoemaker", 0, 26),
        ("moon_impact_probe", "shackleton", 17, 3),
    ],
)
def test_hardware_stands_as_far_from_its_neighbour_as_is_told(
    one: str, other: str, apart: float, within: float
) -> None:
    assert SITES[one].distance_to(SITES[other]) == pytest.approx(apart, abs=within)


def test_blue_ghost_landed_where_it_was_to_land() -> None:
    goal = Site(latitude=18.5604, longitude=61.8071)
    assert SITES["blue_ghost1"].distance_to(goal) < 0.2


def test_change_6_landed_inside_the_box_that_its_source_gives() -> None:
    site = SITES["ce6_site"]
    assert -45 <= site.latitude <= -41
    assert -158 <= site.longitude <= -150


@pytest.mark.parametrize("name", ["surveyor1", "luna16", "luna24", "ranger7", "change1", "beresheet"])
def test_what_came_down_on_a_mare_lies_low(name: str, relief: np.ndarray) -> None:
    assert ring(relief, SITES[name], 5) < -1000


def test_the_place_beside_change_4_is_on_the_same_floor_and_clear_of_it(relief: np.ndarray) -> None:
    place, lander = SITES["von_karman_plain"], SITES["von_karman"]
    assert 5 < place.distance_to(lander) < 15
    assert ring(relief, place, 1) == pytest.approx(lander.height, abs=100)
    assert place.radio_shielded


def test_apollo_landed_on_the_near_side_in_the_middle_latitudes() -> None:
    for name in ("tranquillity_base", "apollo12", "apollo14", "apollo15", "apollo16", "apollo17"):
        assert SITES[name].side is Side.NEAR
        assert abs(SITES[name].latitude) < 27


# Apollo 12 and 14 stand 181 km apart; the poles are a quarter of the way round from the equator.
def test_distances_follow_the_mean_sphere() -> None:
    pole, equator = Site(latitude=-90, longitude=10), Site(latitude=0, longitude=200)
    assert pole.distance_to(equator) == pytest.approx(math.pi / 2 * 1737.4)
    assert pole.distance_to(pole) == 0
    assert SITES["apollo12"].distance_to(SITES["apollo14"]) == pytest.approx(181, abs=1)
    assert SITES["apollo14"].distance_to(SITES["apollo12"]) == SITES["apollo12"].distance_to(
        SITES["apollo14"]
    )
    metre = Site(latitude=math.degrees(1 / 1737400), longitude=0)
    assert metre.distance_to(Site(latitude=0, longitude=0)) * 1000 == pytest.approx(1, rel=1e-6)


def test_the_two_names_of_the_peak_near_shackleton_are_neighbours() -> None:
    assert SITES["ce7_site"].distance_to(SITES["shackleton_rim_lit"]) < 3


def test_permanent_shadow_alone_asks_for_the_full_inventory() -> None:
    assert Site(latitude=60, longitude=0).protection_category == "IIa"
    assert Site(latitude=60, longitude=0, permanent_shadow=True).protection_category == "IIb"


@pytest.mark.parametrize("wrong", ["0 km", "-1 km", "101 km", "2"])
def test_a_keep_out_is_a_distance(wrong: str) -> None:
    with pytest.raises(ValueError, match="keep_out"):
        Site(latitude=0, longitude=0, keep_out=wrong)
