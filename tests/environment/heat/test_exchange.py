"""Exchange of light and heat between pieces of ground, against the closed form of a spherical bowl."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from scipy.integrate import quad

from ilrs_science.environment.constants import STEFAN_BOLTZMANN
from ilrs_science.environment.heat.exchange import Exchange
from ilrs_science.environment.heat.regolith import Regolith, column
from ilrs_science.environment.heat.sunlight import SOLAR_CONSTANT, Beam, Facet
from ilrs_science.environment.heat.surroundings import Patch, look_around, views
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.slope import slope_at
from ilrs_science.environment.terrain.stack import Dem, TerrainStack
from ilrs_science.sky.place import SurfacePlace

ALBEDO, EMISSIVITY = 0.2, 0.95
RIM = 5000.0
"""Radius of the bowl's rim. [m]"""
AU_KM = 149_597_870.7


class Lambert(Regolith):
    """Ground that is as bright from everywhere."""

    def reflected(self, incidence: npt.ArrayLike) -> npt.NDArray[np.float64]:
        return np.full(np.shape(incidence), self.albedo)


@cache
def bowl(ratio: float, cell: float = 50.0) -> TerrainStack:
    """A spherical bowl in a plain at the equator; the ratio is that of its diameter to its depth."""
    count, step = int(1.6 * RIM / cell), float(np.degrees(cell / MOON_RADIUS_M))
    along = cell * np.arange(-count, count + 1)
    depth = 2.0 * RIM / ratio
    radius = (RIM**2 + depth**2) / (2.0 * depth)
    square = along[:, None] ** 2 + along[None, :] ** 2
    inside = radius - depth - np.sqrt(np.maximum(radius**2 - square, 0.0))
    heights = np.where(square < RIM**2, inside, 0.0).astype("float32")
    grid = Dem("bowl", heights, Projection(GEOGRAPHIC), -count * step, count * step, step, -step)
    return TerrainStack([grid])


@cache
def among(ratio: float, east: float, north: float) -> tuple[tuple[Patch, ...], npt.NDArray[np.float64]]:
    """Ground in the bowl so many metres from its middle, what it sees, and how much of it."""
    terrain = bowl(ratio)
    latitude, longitude = (float(np.degrees(way / MOON_RADIUS_M)) for way in (north, east))
    place = SurfacePlace(latitude, longitude, float(terrain.height(latitude, longitude)))
    plane = slope_at(terrain, latitude, longitude)
    facet = Facet(float(plane.slope), float(plane.aspect))
    own = Patch(place, facet, horizon(place, terrain, mast=0.0))
    patches = look_around(own, terrain)
    return tuple(patches), views(patches, terrain)


def exchange(ratio: float, east: float, north: float) -> Exchange:
    regolith = Lambert(albedo=ALBEDO, emissivity=EMISSIVITY, heat_flow=0.0)
    return Exchange(*among(ratio, east, north), regolith)


def sun(elevation: float, times: int = 1) -> Beam:
    """The Sun in the west at 1 AU."""
    return Beam(*(np.full(times, value) for value in (270.0, elevation, AU_KM, 1.0)))


def in_shadow(ratio: float, elevation: float) -> float:
    """Absorbed in the shadow of a bowl, without storage. [W/m2]

    Ingersoll, Svitek and Murray 1992: with f = 1 / (1 + D**2 / 4), the part of the sphere that the bowl is, each place
    in it gets the same from the rest: F0 sin(e) f (1 - A) / (1 - A f) (eps + A (1 - f)). It follows from the views in
    a sphere, dA / (4 pi R**2) between any two pieces of it.
    """
    f = 1.0 / (1.0 + ratio**2 / 4.0)
    sunlight = SOLAR_CONSTANT * np.sin(np.radians(elevation))
    return float(sunlight * f * (1.0 - ALBEDO) / (1.0 - ALBEDO * f) * (EMISSIVITY + ALBEDO * (1.0 - f)))


@pytest.mark.parametrize(
    ("ratio", "east", "north", "elevation"),
    [
        (3.0, 0.0, 0.0, 15.0),
        (3.0, 0.0, 0.0, 30.0),
        (3.0, -2500.0, 0.0, 15.0),
        (3.0, -2500.0, 0.0, 30.0),
        (3.0, -3500.0, 0.0, 15.0),
        (5.0, 0.0, 0.0, 15.0),
        (5.0, -2500.0, 0.0, 15.0),
        (5.0, -3500.0, 0.0, 30.0),
        (5.0, -2500.0, 2000.0, 15.0),
        (5.0, -2500.0, 2000.0, 30.0),
        (10.0, -2500.0, 2000.0, 15.0),
        (10.0, -3500.0, 0.0, 15.0),
    ],
)
def test_shadow_in_a_bowl_gets_what_ingersoll_says(
    ratio: float, east: float, north: float, elevation: float
) -> None:
    bowl_ = exchange(ratio, east, north)
    light = bowl_.light(sun(elevation))
    found = float((light + bowl_._at_once(light))[0, 0])
    assert found == pytest.approx(in_shadow(ratio, elevation), rel=0.10)


def test_the_middle_of_the_errors_is_far_below_the_largest() -> None:
    ratios = []
    for east, north in ((0.0, 0.0), (-2500.0, 0.0), (-3500.0, 0.0), (-2500.0, 2000.0)):
        bowl_ = exchange(5.0, east, north)
        light = bowl_.light(sun(15.0))
        ratios.append(float((light + bowl_._at_once(light))[0, 0]) / in_shadow(5.0, 15.0))
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.03)


def test_columns_under_a_standing_sun_come_to_the_temperature_of_the_closed_form() -> None:
    # Nothing is stored any more, so eps sigma T^4 is what is absorbed; 10 % of the flux are 2.5 % of the temperature.
    bowl_, ground = exchange(5.0, -2500.0, 0.0), column(Lambert(heat_flow=0.0))
    light = bowl_.light(sun(15.0, 200))
    cycle = bowl_.settled(ground, light, step=10_800.0)
    expected = (in_shadow(5.0, 15.0) / (EMISSIVITY * STEFAN_BOLTZMANN)) ** 0.25
    assert cycle.state[0, 0] == pytest.approx(expected, rel=0.025)
    np.testing.assert_allclose(cycle.state[0], cycle.state[0, 0], atol=0.2)


def test_heat_that_is_exchanged_is_that_of_the_temperatures() -> None:
    bowl_, ground = exchange(5.0, -2500.0, 0.0), column(Lambert(heat_flow=0.0))
    light = bowl_.light(sun(15.0, 100))
    state = bowl_.settled(ground, light, step=10_800.0).state
    heat, after = bowl_.warmed(ground, state, light, step=10_800.0)
    # Nothing changes any more, so what comes is what the state sends.
    np.testing.assert_allclose(after, state, atol=0.2)
    np.testing.assert_allclose(heat[:, -1], bowl_.heat(state[:, :1])[:, 0], rtol=0.01)


def test_no_light_makes_no_light_and_all_is_positive() -> None:
    bowl_ = exchange(5.0, 0.0, 0.0)
    assert np.all(bowl_.light(sun(-10.0)) == 0.0)
    light = bowl_.light(sun(20.0))
    assert np.all(light > 0.0)
    assert np.all(bowl_.heat(np.full((len(bowl_.patches), 1), 100.0)) > 0.0)


def test_half_the_light_is_half_everywhere() -> None:
    bowl_ = exchange(5.0, 0.0, 0.0)
    eclipsed = sun(20.0)._replace(free=np.array([0.5]))
    np.testing.assert_allclose(bowl_.light(eclipsed), 0.5 * bowl_.light(sun(20.0)), rtol=1e-12)


def test_the_order_of_the_patches_does_not_matter() -> None:
    one = exchange(5.0, -2500.0, 0.0)
    order = np.concatenate([[0], np.random.default_rng(3).permutation(np.arange(1, len(one.patches)))])
    other = Exchange(
        tuple(one.patches[k] for k in order), one.view[np.ix_(order, order)], one.regolith, one.infrared
    )
    np.testing.assert_allclose(other.light(sun(15.0)), one.light(sun(15.0))[order], rtol=1e-9)


def test_two_plates_exchange_what_the_textbook_says() -> None:
    # Infinite parallel grey plates at T1 and T2: the net flux is sigma (T1^4 - T2^4) / (2 / eps - 1).
    patches = among(5.0, 0.0, 0.0)[0][:2]
    plates = Exchange(patches, np.array([[0.0, 1.0], [1.0, 0.0]]), Lambert(emissivity=0.8))
    hot, cold = 300.0, 200.0
    absorbed = plates.heat(np.array([[hot], [cold]]))[:, 0]
    net = absorbed[1] - 0.8 * STEFAN_BOLTZMANN * cold**4
    assert net == pytest.approx(STEFAN_BOLTZMANN * (hot**4 - cold**4) / (2.0 / 0.8 - 1.0))
    assert absorbed[0] - 0.8 * STEFAN_BOLTZMANN * hot**4 == pytest.approx(-net)


def test_diffuse_albedo_is_the_mean_over_the_hemisphere() -> None:
    patches = among(5.0, 0.0, 0.0)[0][:1]
    alone = Exchange(patches, np.zeros((1, 1)), Lambert(albedo=0.3))
    assert alone.diffuse_albedo == pytest.approx(0.3)
    # Hayne et al. 2017, the angular albedo, over the cosine: integral of A(i) sin(2 i) from 0 to 90 deg.
    highland = Exchange(patches, np.zeros((1, 1)), Regolith())

    def part(angle: float) -> float:
        return float(Regolith().reflected(np.degrees(angle)) * np.sin(2.0 * angle))

    assert highland.diffuse_albedo == pytest.approx(quad(part, 0.0, np.pi / 2.0)[0], abs=1e-5)


def test_flux_from_elsewhere_falls_on_the_first_alone() -> None:
    patches, view = among(5.0, 0.0, 0.0)
    regolith = Lambert(albedo=ALBEDO, emissivity=EMISSIVITY)
    dark = Exchange(patches, view, regolith, 5.0).light(sun(-10.0))
    assert dark[0, 0] == pytest.approx(5.0 * EMISSIVITY)
    assert np.all(dark[1:] == 0.0)
