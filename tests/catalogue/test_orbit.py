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


STATE = {"position": ["3000 km", "0 km", "0 km"], "velocity": ["0 km/s", "1200 m/s", "0 km/s"]}


def test_a_state_reads_units_and_survives_the_way_through_json():
    one = orbit(1500, 69500, state=STATE, epoch="2026-01-01", revolution="6.562 d")
    assert one.state.velocity == (0.0, 1.2, 0.0)
    assert one.period == pytest.approx(6.562 * 86400)
    assert Orbit.model_validate(one.model_dump(mode="json")) == one
    assert one.replace(name="x").state == one.state


def test_a_state_without_an_epoch_is_refused():
    with pytest.raises(RequestError, match="a state needs an epoch"):
        orbit(1500, 69500, state=STATE)


def test_a_state_inside_the_moon_is_refused():
    inside = STATE | {"position": ["1000 km", "0 km", "0 km"]}
    with pytest.raises(RequestError, match="inside the Moon"):
        orbit(1500, 69500, state=inside, epoch="2026-01-01")


@pytest.mark.parametrize(
    "wrong",
    [
        {"frame": "b1950"},
        {"epoch": "2026-02-30"},
        {"true_anomaly": "400 deg"},
        {"revolution": "0 d"},
        {"state": {"position": ["1 km"], "velocity": ["1 km/s"]}, "epoch": "2026-01-01"},
    ],
)
def test_what_no_orbit_can_be_is_refused(wrong):
    with pytest.raises(RequestError):
        orbit(100, 100, **wrong)


def test_records_without_the_new_fields_are_as_before():
    plain = orbit(100, 100)
    assert (plain.epoch, plain.state, plain.revolution, plain.frame.value) == (None, None, None, "moon_me")
