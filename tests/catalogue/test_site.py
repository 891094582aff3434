import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.site import Side, Site
from ilrs_science.errors import RequestError

# Mean Earth elevation, side, shielded zone and COSPAR category as tabulated in the project's reference list of sites
# (elevation = 90 deg minus the angular distance from the mean sub-Earth point).
TABLE = [
    (-89.67, 129.78, -0.2, "limb", False, "IIb"),  # Shackleton
    (-88.74, 124.5, -0.7, "limb", False, "IIb"),  # most-lit point of its rim
    (-85.964, -2.319, 4.0, "limb", False, "IIb"),  # Malapert massif
    (-85.4, 31.0, 3.9, "limb", False, "IIb"),  # Leibnitz beta
    (-75.07, -135.06, -10.5, "far", False, "IIa"),  # Zeeman
    (-69.373, 32.319, 17.3, "near", False, "IIa"),  # Chandrayaan-3
    (-45.4446, 177.5991, -44.5, "far", True, "IIa"),  # Von Karman
    (-5.83, 179.4, -84.1, "far", True, "IIa"),  # Daedalus
    (44.12, -19.51, 42.6, "near", False, "IIa"),  # Chang'e-3
    (86.17, -93.32, -0.2, "limb", False, "IIb"),  # Hermite
]


@pytest.mark.parametrize(("latitude", "longitude", "elevation", "side", "shielded", "category"), TABLE)
def test_derived_facts_agree_with_the_reference_list(
    latitude, longitude, elevation, side, shielded, category
):
    site = Site(latitude=latitude, longitude=longitude)
    assert site.mean_earth_elevation == pytest.approx(elevation, abs=0.06)
    assert (site.side, site.radio_shielded, site.protection_category) == (side, shielded, category)


def test_text_with_units_and_plain_numbers_are_both_accepted():
    text = Site(latitude="-89.45 deg", longitude="222.7 deg", height="1.9 km")
    plain = Site(latitude=-89.45, longitude=222.7, height=1900)
    assert text == plain


def test_height_may_be_left_to_the_terrain():
    assert Site(latitude=0, longitude=0).height is None


@pytest.mark.parametrize(
    "place",
    [
        (-90.1, 0),
        (91, 0),
        (0, 361),
        (float("nan"), 0),
        (0, float("inf")),
        ("10 km", 0),
        (True, 0),
        (None, 0),
        ("", 0),
    ],
)
def test_impossible_places_are_refused(place):
    with pytest.raises(RequestError):
        Site(latitude=place[0], longitude=place[1])


def test_a_height_in_the_sky_is_refused():
    with pytest.raises(RequestError):
        Site(latitude=0, longitude=0, height="400 km")


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_turning_once_around_changes_nothing(latitude, longitude):
    here = Site(latitude=latitude, longitude=longitude)
    around = Site(latitude=latitude, longitude=longitude + (360 if longitude < 0 else -360))
    assert here.mean_earth_elevation == pytest.approx(around.mean_earth_elevation, abs=1e-5)


def test_sides_read_as_people_say_them():
    assert [side.label for side in Side] == ["near side", "limb", "far side"]
