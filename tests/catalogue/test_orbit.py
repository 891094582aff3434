import pytest

from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.errors import RequestError


def orbit(low, high, **more):
    return Orbit(perilune_height=f"{low} km", apolune_height=f"{high} km", inclination="90 deg", **more)


# T = 2 pi sqrt(a^3 / mu), mu = 4902.800066 km3/s2; periods of the project's reference list.
@pytest.mark.parametrize(
    ("low", "high", "minutes"),
    [(50, 50, 113.0), (100, 100, 117.8), (150, 150, 122.6), (500, 500, 158.3), (200, 16000, 24.32 * 60)],
)
def test_period_follows_from_the_heights(low, high, minutes):
    assert orbit(low, high).period / 60 == pytest.approx(minutes, rel=1e-3)


def test_queqiao_2_has_the_published_shape():
    relay = orbit(200, 16000)
    assert relay.semi_major_axis == pytest.approx(9837.4)
    assert relay.eccentricity == pytest.approx(0.8031, abs=1e-4)


def test_apolune_below_perilune_is_refused():
    with pytest.raises(RequestError, match="apolune_height is below perilune_height"):
        orbit(200, 100)
