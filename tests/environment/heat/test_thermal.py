"""Temperature of the ground: published numbers, and what slope, terrain, eclipses and surroundings do to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import xarray as xr

import ilrs_science
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.environment.assemble import environment
from ilrs_science.environment.constants import STEFAN_BOLTZMANN
from ilrs_science.environment.files import write_netcdf
from ilrs_science.environment.heat.conduction import conduct, settle
from ilrs_science.environment.heat.regolith import Regolith, column
from ilrs_science.environment.heat.thermal import surface_temperature
from ilrs_science.environment.terrain.slope import slope_at
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.errors import CoverageError, EpochError, RequestError, UnitError, UnknownNameError
from ilrs_science.nomenclature import check
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

LUNATION = 29.530589 * 86400.0
MONTH = ("2026-04-01", "2026-05-01")
"""At 1.003 AU in the middle, without eclipses."""

EQUATOR = SurfacePlace(0.0, 0.0)
RIDGE = SurfacePlace(-89.45, 222.69)
SHACKLETON = SurfacePlace(-89.67, 129.2)
"""Its floor, 4 km deep, which never sees the Sun."""


def day(latitude: float, albedo: float = 0.12, depths: tuple[float, ...] = (0.0,)) -> npt.NDArray[np.float64]:
    """(hour of 708, depth) Temperature from noon to noon, Sun at 1 AU above the equator, as in Hayne et al. [K]"""
    regolith = Regolith(albedo=albedo)
    turn = np.linspace(0.0, 2.0 * np.pi, 709)
    cosine = np.maximum(np.cos(np.radians(latitude)) * np.cos(turn), 0.0)
    flux = (1361.0 * cosine * (1.0 - regolith.reflected(np.degrees(np.arccos(cosine)))))[None]
    ground, step = column(regolith), LUNATION / 708
    state = settle(ground, flux, step=step, emissivity=0.95).state
    return conduct(ground, state, flux, step=step, emissivity=0.95, depth=depths)[0][0]


@pytest.fixture(scope="module")
def equator() -> xr.Dataset:
    return surface_temperature(EQUATOR, *MONTH, terrain="none", depth=["5 cm", "30 cm", 1.0])


def test_noon_midnight_and_minimum_at_the_equator_are_those_of_hayne() -> None:
    # Hayne et al. 2017, table A2: 385, 101 and 95 K, each within 5 K, for A0 = 0.12 and H = 0.06 m.
    surface = day(0.0)[:, 0]
    assert surface[0] == pytest.approx(385.0, abs=5.0)
    assert surface[354] == pytest.approx(101.0, abs=5.0)
    assert surface.min() == pytest.approx(95.0, abs=5.0)


def test_a_place_on_the_equator_has_them_under_the_true_sun(equator: xr.Dataset) -> None:
    elevation = observe(EQUATOR, equator.time.values, ["sun"]).elevation.values[:, 0]
    surface = equator.surface_temperature.values
    assert surface[elevation.argmax()] == pytest.approx(385.0, abs=5.0)
    assert surface[elevation.argmin()] == pytest.approx(101.0, abs=5.0)
    assert surface.min() == pytest.approx(95.0, abs=5.0)


@pytest.mark.parametrize(
    ("latitude", "hours", "measured"),
    # Diviner, regolith temperatures of Hayne et al. 2017, figure A2, at hours after noon: read off by its first author,
    # github.com/phayne/heat1d, data/diviner_regtemp_lat{00,30,60}.csv.
    [
        (0.0, (8.48, 12.48, 16.49), (107.5, 98.9, 94.1)),
        (30.0, (8.51, 12.49, 16.51), (105.1, 96.7, 91.8)),
        (60.0, (8.50, 12.49, 16.50), (94.5, 87.0, 82.3)),
    ],
)
def test_nights_are_those_that_diviner_saw(
    latitude: float, hours: tuple[float, ...], measured: tuple[float, ...]
) -> None:
    night = np.interp(hours, np.linspace(0.0, 24.0, 709), day(latitude)[:, 0])
    assert night == pytest.approx(measured, abs=2.5)


@pytest.mark.parametrize(
    ("latitude", "depth", "mean", "below"),
    # Keihm and Langseth 1973, as in Hayne et al. 2017, table A2: means at Apollo 15 and 17, each 5 K uncertain; on
    # mare, A0 = 0.06. Ours are 2.3 and 5.1 K colder at the surface, 2.5 and 4.5 K below.
    [(26.0, 0.83, 211.0, 252.0), (20.0, 0.13, 216.0, 256.0)],
)
def test_means_at_the_heat_flow_experiments_are_those_measured(
    latitude: float, depth: float, mean: float, below: float
) -> None:
    found = day(latitude, 0.06, (0.0, depth))[1:].mean(axis=0)
    assert found == pytest.approx([mean, below], abs=5.5)


@pytest.mark.parametrize("latitude", [0.0, 30.0, 45.0, 60.0])
def test_noon_falls_with_latitude_as_diviner_saw(latitude: float) -> None:
    # Hurley et al. 2015, doi:10.1016/j.icarus.2014.08.043: T = 262 cos(z)^(1/2) + 130 K within 10 K of Diviner.
    fit = 262.0 * np.cos(np.radians(latitude)) ** 0.5 + 130.0
    noon = day(latitude)[0, 0]
    assert noon == pytest.approx(fit, abs=10.0)
    # Without conduction: 385 K times the fourth root of the cosine and of what the darker, steeper light leaves.
    regolith = Regolith()
    absorbed = (1.0 - regolith.reflected(latitude)) / (1.0 - regolith.albedo) * np.cos(np.radians(latitude))
    assert noon == pytest.approx(385.0 * float(absorbed) ** 0.25, abs=2.0)


def test_higher_latitudes_are_colder_at_noon_at_night_and_below() -> None:
    days = [day(latitude, depths=(0.0, 1.0)) for latitude in (0.0, 30.0, 60.0, 75.0, 85.0)]
    for part in ([one[0, 0] for one in days], [one[354, 0] for one in days], [one[0, 1] for one in days]):
        assert np.all(np.diff(part) < 0.0)


def test_the_ground_grows_warmer_and_steadier_with_depth(equator: xr.Dataset) -> None:
    # As the probes of Apollo 15 and 17 found: some 40 K more a foot down than on the surface, and 1 to 2 K/m below.
    mean, swing = equator.temperature.mean("time"), np.ptp(equator.temperature.values, axis=0)
    assert 30.0 < float(mean[1] - equator.surface_temperature.mean()) < 50.0
    assert np.all(np.diff(mean) > 0.0)
    assert 1.0 < float(mean[2] - mean[1]) / 0.7 < 4.0
    assert swing[0] > 30.0
    assert swing[1] < 3.0
    assert swing[2] < 0.1


def test_the_ground_cools_by_what_it_takes_in_over_a_year() -> None:
    year = surface_temperature(EQUATOR, "2026-01-01", "2026-12-21T08:00", terrain="none")
    emitted = 0.95 * STEFAN_BOLTZMANN * float((year.surface_temperature**4).mean())
    sun = observe(EQUATOR, year.time.values, ["sun"]).isel(body=0)
    cosine = np.maximum(np.sin(np.radians(sun.elevation.values)), 0.0)
    albedo = Regolith().reflected(np.degrees(np.arccos(cosine)))
    absorbed = np.mean(1361.0 * (149_597_870.7 / sun.range.values) ** 2 * cosine * (1.0 - albedo))
    # Two eclipses of 5 h at most, the rising disc and the repeated year before make the rest.
    assert emitted == pytest.approx(absorbed + 0.018, rel=0.005)


def test_the_span_may_begin_anywhere_in_the_same_history() -> None:
    # Either spin-up repeats the year before its own start: they agree but for that.
    long = surface_temperature(EQUATOR, "2026-03-20", "2026-05-01", terrain="none").surface_temperature
    short = surface_temperature(EQUATOR, *MONTH, terrain="none").surface_temperature
    difference = (long.sel(time=short.time) - short).values
    assert np.abs(difference).max() < 0.3


def test_the_step_is_that_of_the_answer_alone() -> None:
    fine = surface_temperature(EQUATOR, *MONTH, "15 min", terrain="none").surface_temperature
    coarse = surface_temperature(EQUATOR, *MONTH, "6 h", terrain="none").surface_temperature
    np.testing.assert_allclose(coarse, fine.sel(time=coarse.time), atol=0.01)
    odd = surface_temperature(EQUATOR, *MONTH, "7 min", terrain="none").surface_temperature
    np.testing.assert_allclose(odd.sel(time=coarse.time[::7]), coarse[::7], atol=0.5)


def test_one_epoch_is_enough() -> None:
    one = surface_temperature(EQUATOR, "2026-04-01", "2026-04-01T01:00", terrain="none")
    assert one.sizes == {"time": 1}
    month = surface_temperature(EQUATOR, *MONTH, terrain="none")
    assert one.surface_temperature.values[0] == month.surface_temperature.values[0]


def test_spin_up_does_not_need_kernels_before_the_first() -> None:
    found = surface_temperature(EQUATOR, "1900-01-05", "1900-02-04", terrain="none").surface_temperature
    assert float(found.max()) == pytest.approx(388.0, abs=3.0)
    assert float(found.min()) == pytest.approx(95.0, abs=5.0)


def test_a_total_eclipse_cools_the_near_side_in_an_hour() -> None:
    # 2026-03-03, total from 11:04 to 12:03 UTC, first and last touch of the umbra 9:50 and 13:17 (NASA, Espenak).
    found = surface_temperature(
        EQUATOR, "2026-03-03", "2026-03-04", "15 min", terrain="none"
    ).surface_temperature
    before, middle, after = (
        float(found.sel(time=f"2026-03-03T{time}")) for time in ("08:30", "12:00", "15:30")
    )
    assert before == pytest.approx(385.0, abs=5.0)
    # Infrared photometry of totality: the Moon's disc falls to 170 to 200 K (Saari and Shorthill 1966; recalled).
    assert 165.0 < middle < 200.0
    assert after > 375.0
    far = surface_temperature(SurfacePlace(0, 180), "2026-03-03", "2026-03-04", "15 min", terrain="none")
    assert np.ptp(far.surface_temperature.values) < 3.0, "it is night there"


def test_a_slope_to_the_equator_is_warmer_than_one_to_the_pole() -> None:
    place = SurfacePlace(-60.0, 0.0)
    north, level, south = (
        surface_temperature(
            place, *MONTH, "3 h", terrain="none", slope=slope, aspect=aspect
        ).surface_temperature
        for slope, aspect in (("20 deg", "0 deg"), (0, 0), (20.0, 180.0))
    )
    assert float(north.max()) > float(level.max()) + 20.0
    assert float(south.max()) < float(level.max()) - 20.0
    assert float(north.mean()) > float(level.mean()) > float(south.mean())


def test_a_slope_to_the_east_is_warm_in_the_morning() -> None:
    east, west = (
        surface_temperature(
            EQUATOR, *MONTH, terrain="none", slope="30 deg", aspect=aspect
        ).surface_temperature
        for aspect in (90.0, 270.0)
    )
    sun = observe(EQUATOR, east.time.values, ["sun"]).isel(body=0)
    morning = (sun.elevation.values > 20.0) & (sun.azimuth.values < 180.0)
    assert np.all(east.values[morning][:100] > west.values[morning][:100])


def test_terrain_takes_the_light_from_a_polar_floor() -> None:
    open_, shaded = (
        surface_temperature(SHACKLETON, "2031-07-01", "2031-07-29", "6 h", terrain=terrain)
        for terrain in ("none", "auto")
    )
    # With light and heat of its walls it is near 90 K (Haruyama et al. 2008, Science 322, 938; recalled).
    assert float(shaded.surface_temperature.max()) < 40.0
    assert float(open_.surface_temperature.max()) > 90.0
    assert "too cold" in shaded.attrs["surroundings"]


def test_ground_that_never_sees_the_sun_is_as_warm_as_the_heat_flow_makes_it() -> None:
    found = surface_temperature(SHACKLETON, "2031-06-01", "2031-06-05", "6 h")
    # (0.018 W/m2 / (0.95 sigma))^(1/4) = 24.04 K.
    assert float(found.surface_temperature.mean()) == pytest.approx(24.04, abs=0.05)


def test_a_flux_from_elsewhere_warms_shadowed_ground() -> None:
    found = surface_temperature(SHACKLETON, "2031-06-01", "2031-06-05", "6 h", infrared="5 W/m**2")
    # e sigma T^4 = e 5 W/m2 + 0.018 W/m2.
    expected = (5.0 / STEFAN_BOLTZMANN + 0.018 / (0.95 * STEFAN_BOLTZMANN)) ** 0.25
    assert float(found.surface_temperature.mean()) == pytest.approx(expected, abs=0.1)
    assert found.attrs["infrared_W_m2"] == 5.0


def test_terrain_like_the_ground_itself_keeps_it_warm() -> None:
    alone, among = (
        surface_temperature(EQUATOR, *MONTH, "3 h", terrain="none", slope="40 deg", surroundings=around)
        for around in ("none", "same")
    )
    assert float(among.surface_temperature.min()) > float(alone.surface_temperature.min()) + 1.0
    assert float(among.surface_temperature.max()) > float(alone.surface_temperature.max()) + 5.0
    # (1 + cos 40 deg) / 2 = 0.8830.
    assert "0.8830 of the sky" in among.attrs["surroundings"]


def test_the_floor_of_shackleton_is_as_cold_as_diviner_saw() -> None:
    # Permanent shadow near the south pole is 30 to 100 K (Paige et al. 2010, doi:10.1126/science.1187726; recalled); a
    # grid of 1600 m blurs the crest, so no more can be asked of it.
    found = surface_temperature(SHACKLETON, "2030-11-01", "2031-05-01", "12 h", surroundings="terrain")
    assert 60.0 < float(found.surface_temperature.max()) < 100.0
    assert 30.0 < float(found.surface_temperature.min()) < 60.0
    assert "pieces of terrain that fill 0.1" in found.attrs["surroundings"]


def test_a_plain_sends_nothing() -> None:
    alone, among = (
        surface_temperature(EQUATOR, *MONTH, "6 h", terrain="none", surroundings=around).surface_temperature
        for around in ("none", "terrain")
    )
    np.testing.assert_array_equal(alone, among)


def test_a_slope_above_a_plain_is_warmed_by_it() -> None:
    alone, like, among = (
        surface_temperature(
            EQUATOR, *MONTH, "3 h", terrain="none", slope="40 deg", aspect="90 deg", surroundings=around
        ).surface_temperature
        for around in ("none", "same", "terrain")
    )
    # In its afternoon the slope is in shade and the plain before it is lit: only one of the three knows.
    assert np.all(among >= alone - 1e-6)
    shade = alone.values < 150.0
    assert float((among - like).values[shade].max()) > 20.0


def test_slope_can_come_from_the_terrain() -> None:
    found = surface_temperature(RIDGE, "2031-06-01", "2031-06-03", "6 h", slope="terrain")
    plane = slope_at(shipped_terrain(), RIDGE.latitude, RIDGE.longitude)
    assert found.attrs["slope_deg"] == pytest.approx(float(plane.slope))
    assert found.attrs["aspect_deg"] == pytest.approx(float(plane.aspect))
    level = surface_temperature(EQUATOR, "2031-06-01", "2031-06-03", "6 h", slope="terrain", terrain="none")
    assert level.attrs["slope_deg"] == 0.0


def test_level_ground_under_an_open_sky_has_no_surroundings() -> None:
    alone, among = (
        surface_temperature(EQUATOR, *MONTH, "6 h", terrain="none", surroundings=around).surface_temperature
        for around in ("none", "same")
    )
    np.testing.assert_allclose(alone, among)


def test_darker_ground_is_warmer_and_denser_ground_steadier() -> None:
    plain, dark, rock = (
        surface_temperature(EQUATOR, *MONTH, terrain="none", regolith=regolith).surface_temperature.values
        for regolith in (
            None,
            Regolith(albedo=0.06),
            Regolith(surface_conductivity=1.0, deep_conductivity=1.0),
        )
    )
    assert np.all(dark > plain)
    assert np.ptp(rock) < 0.75 * np.ptp(plain)


def test_the_dataset_is_cf_and_says_where_it_comes_from(equator: xr.Dataset, tmp_path: Path) -> None:
    assert check(equator) is equator
    assert equator.surface_temperature.attrs["units"] == "K"
    assert equator.surface_temperature.attrs["standard_name"] == "surface_temperature"
    assert equator.temperature.dims == ("time", "depth")
    assert equator.depth.values.tolist() == [0.05, 0.3, 1.0]
    assert equator.depth.attrs["units"] == "m"
    assert equator.depth.attrs["positive"] == "down"
    for name in (
        "model",
        "regolith",
        "dem",
        "spin_up",
        "surroundings",
        "eclipses",
        "slope_deg",
        "mast_m",
        "step",
    ):
        assert name in equator.attrs
    assert "10.1002/2017JE005387" in equator.attrs["model"]
    assert "scale_height 0.06" in equator.attrs["regolith"]
    path = write_netcdf(equator, tmp_path / "ground.nc")
    with xr.open_dataset(path, engine="h5netcdf") as stored:
        np.testing.assert_array_equal(stored.temperature, equator.temperature)


def test_depth_zero_is_the_surface() -> None:
    found = surface_temperature(EQUATOR, *MONTH, "1 d", terrain="none", depth=0)
    np.testing.assert_array_equal(found.temperature[:, 0], found.surface_temperature)


def test_places_of_the_catalogue_go_by_id_and_stations_stand_on_their_site() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    span = ("2031-06-01", "2031-06-03", "6 h")
    one, two = surface_temperature(station, *span), ilrs_science.surface_temperature(station.site, *span)
    np.testing.assert_array_equal(one.surface_temperature, two.surface_temperature)
    assert surface_temperature(Site(latitude=0, longitude=0), *span, terrain="none").attrs["latitude"] == 0.0


def test_the_environment_has_it_too() -> None:
    span = ("2031-06-01", "2031-06-08")
    whole, part = environment(RIDGE, *span), surface_temperature(RIDGE, *span)
    np.testing.assert_array_equal(whole.surface_temperature, part.surface_temperature)
    assert whole.attrs["thermal_model"] == part.attrs["model"]
    assert "too cold" in whole.surface_temperature.attrs["comment"]


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ({"slope": "95 deg"}, RequestError, "slope of 95 deg is outside 0 to 90 deg"),
        ({"slope": "5 m"}, UnitError, "'m' is not a unit here"),
        ({"slope": "terrain", "aspect": "5 deg"}, RequestError, "aspect follows from the terrain"),
        ({"aspect": 500.0}, RequestError, "aspect of 500 deg"),
        ({"mast": "-1 m"}, RequestError, "mast of -1 m is below the ground"),
        ({"depth": "3 m"}, RequestError, "depth of 3 m is outside 0 to 2 m"),
        ({"depth": [0.1, -0.1]}, RequestError, "depth of -0.1 m"),
        ({"infrared": "-5 W/m**2"}, RequestError, "infrared flux of -5 W/m2"),
        ({"surroundings": "some"}, UnknownNameError, "unknown surroundings 'some'.*same"),
        ({"step": "0 h"}, EpochError, "does not fit"),
        ({"terrain": "absent.tif"}, RequestError, "absent.tif does not exist"),
        ({"end": "2026-03-01"}, EpochError, "not after its start"),
        ({"start": "2098-01-01", "end": "2098-02-01"}, CoverageError, "cover"),
        ({"place": "nowhere"}, UnknownNameError, "unknown site 'nowhere'"),
        ({"place": 3}, RequestError, "3 is no place"),
    ],
)
def test_a_wrong_request_is_one_line(wrong: dict[str, object], error: type[Exception], says: str) -> None:
    asked = {"place": EQUATOR, "start": MONTH[0], "end": MONTH[1], "terrain": "none"} | wrong
    with pytest.raises(error, match=says) as caught:
        surface_temperature(**asked)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
