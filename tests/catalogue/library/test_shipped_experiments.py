"""The 46 experiments of the reference list: complete, traced to instruments, and ready for a campaign."""

import math

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.experiment import Category, Location, ScienceField
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.interference import interferences
from ilrs_science.epochs import grid
from ilrs_science.intervals import Windows
from ilrs_science.planning.formulate.formulate import formulate
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import place_of

CATALOGUE = load_catalogue()
EXPERIMENTS = list(CATALOGUE.experiments.values())
BY_CODE = {one.code.removeprefix("EX-"): one for one in EXPERIMENTS}
#: Those of the first campaign, whose numbers are its own and not those of the list.
FIRST = {"A02", "A07", "A14", "B01", "B03", "B04", "B11", "C03", "D06", "D08"}


def test_every_experiment_says_when_it_can_be_done():
    for one in CATALOGUE.experiments.values():
        words = " ".join(one.other_conditions)
        assert one.conditions is not None or "by day and by night" in words, one.id


def test_every_experiment_has_a_lead_or_says_that_it_is_open():
    for one in CATALOGUE.experiments.values():
        assert bool(one.partner) != ("Who leads it is open" in one.note), one.id


def test_there_are_46_in_four_categories_under_the_codes_of_the_list():
    counts = {"A": 14, "B": 15, "C": 9, "D": 8}
    assert set(BY_CODE) == {
        f"{letter}{n:02d}" for letter, count in counts.items() for n in range(1, count + 1)
    }
    assert len(EXPERIMENTS) == 46
    letters = dict(zip("ABCD", Category, strict=True))
    assert all(one.category is letters[code[0]] for code, one in BY_CODE.items())


def test_all_nine_science_fields_and_all_places_are_there():
    assert {one.field for one in EXPERIMENTS} == set(ScienceField)
    assert {place for one in EXPERIMENTS for place in one.locations} == set(Location)


@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_each_says_why_when_and_in_which_phase(one):
    assert one.objective
    assert one.cadence
    assert one.phase in CATALOGUE.phases
    assert one.conditions is not None or one.other_conditions or one.id == "surface_radiation"


@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_every_name_leads_to_a_record(one):
    assert {*one.instruments, *one.alternatives} <= set(CATALOGUE.instruments)
    assert set(one.sites) <= set(CATALOGUE.sites)
    assert set(one.orbits) <= set(CATALOGUE.orbits)
    assert set(one.ground_stations) <= set(CATALOGUE.ground_stations)
    assert {*one.after, *one.excludes} <= set(CATALOGUE.experiments)
    assert not one.partner or one.partner in CATALOGUE.partners
    assert not set(one.instruments) & set(one.alternatives)


@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_each_is_traced_from_its_objective_to_what_instruments_must_do(one):
    assert one.traceability
    for line in one.traceability:
        assert line.measurement
        assert line.requirement
        assert set(line.basis.sources) <= set(CATALOGUE.sources)


@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_each_number_has_a_basis(one):
    assert [path for path, _ in one.numbers() if one.basis.find(path) is None] == []


def test_what_no_source_gives_is_never_called_sourced():
    sourced = {
        (one.id, name) for one in EXPERIMENTS for name, entry in one.basis.items() if entry.basis == "sourced"
    }
    assert sourced == {("radon_outgassing", "session")}  # DORN ran for 30 h, S53b


def test_an_orbital_experiment_names_its_orbit():
    for one in EXPERIMENTS:
        assert (one.location is Location.ORBIT) == bool(one.orbits)


def test_most_instruments_serve_an_experiment():
    used = {name for one in EXPERIMENTS for name in (*one.instruments, *one.alternatives)}
    assert len(used) >= 65


@pytest.mark.parametrize(
    ("code", "leads"),
    [
        ("A03", ["NSS", "ADRON"]),
        ("A04", ["CE7_SEIS"]),
        ("A06", ["LMSOUND"]),
        ("A13", ["ISRU_O2"]),
        ("B02", ["FARSIDE"]),
        ("B05", ["LUT"]),
        ("B06", ["ILO_C"]),
        ("B07", ["LOVEX"]),
        ("B08", ["EUVC"]),
        ("B09", ["LEXI"]),
        ("B10", ["GENA"]),
        ("B12", ["CE8_MERI"]),
        ("B13", ["NMS"]),
        ("B14", ["LDEX"]),
        ("C01", ["PLANT2"]),
        ("C02", ["BIO_CE4"]),
        ("C04", ["ASAN", "NILS"]),
        ("C05", ["CE7_DUSTE"]),
        ("C06", ["DORN"]),
        ("C07", ["GRAVI"]),
        ("C08", ["CRTEL"]),
        ("D05", ["NAVBEACON"]),
    ],
)
def test_the_energy_of_a_session_is_that_of_its_instruments(code, leads):
    # the list: operating power times hours, rounded
    one = BY_CODE[code]
    instruments = {each.code: each for each in CATALOGUE.instruments.values()}
    watts = sum(instruments[name].power.operate for name in leads)
    assert one.energy_of(CATALOGUE.instruments) == pytest.approx(watts * one.session / 3600, rel=0.06)
    assert [CATALOGUE.instruments[name].code for name in one.instruments] == leads


@pytest.mark.parametrize(
    "code", ["A04", "A06", "B05", "B08", "B09", "B10", "B13", "B14", "C05", "C06", "C07", "C08"]
)
def test_the_data_of_a_session_are_rate_times_time(code):
    one = BY_CODE[code]
    rate = sum(CATALOGUE.instruments[name].data_rate for name in one.instruments)
    assert one.data == pytest.approx(rate * one.session, rel=0.03)


def test_seven_terabits_come_from_an_hour_of_interferometry():
    assert BY_CODE["B07"].data == pytest.approx(2000 * 3600)


def test_nothing_is_paid_for_a_mirror():
    ranging = BY_CODE["A12"]
    assert (ranging.energy_of(CATALOGUE.instruments), ranging.data_of(CATALOGUE.instruments)) == (0, 0)
    assert all(CATALOGUE.instruments[name].passive for name in (*ranging.instruments, *ranging.alternatives))


def test_the_quarters_of_the_moon_are_five_days_wide():
    # 29.530589 d for 360 deg; 5 d are 61 deg
    phase = next(part for part in BY_CODE["B09"].conditions.of if part.kind == "phase_angle")
    half = 5 * 360 / 29.530589
    assert (phase.min, phase.max) == pytest.approx((90 - half, 90 + half), abs=0.1)


def test_a_pass_beyond_80_south_lasts_7_minutes_of_a_session_of_24():
    # circular orbit at 150 km, 122.6 min; elevation of the orbiter seen from the pole at a central angle
    period = CATALOGUE.orbits["ce7_orbiter"].period / 60
    assert period == pytest.approx(122.6, abs=0.1)
    assert 20 / 360 * period == pytest.approx(6.8, abs=0.05)
    ratio = 1737.4 / 1887.4

    def elevation(angle):
        return math.degrees(math.atan2(math.cos(angle) - ratio, math.sin(angle)))

    assert elevation(math.radians(10)) == pytest.approx(20, abs=0.5)
    half = math.radians(24 / period * 180)
    assert elevation(half) == pytest.approx(-10.2, abs=0.2)
    assert BY_CODE["A10"].conditions.min < elevation(half)


def test_a_leg_along_the_sunrise_asks_for_60_degrees_of_beta():
    # local time within 2 h of 6 h is 30 deg from the terminator
    limits = [(part.min, part.max) for part in BY_CODE["B13"].conditions.of]
    assert limits == [(90 - 2 * 15, None), (None, -(90 - 2 * 15))]


def test_the_galactic_centre_circles_low_at_the_south_pole():
    # Ecliptic latitude -5.6 deg, and 1.54 deg between the poles of the Moon and of the ecliptic: 4 to 7 deg high.
    # It would be 29 deg, minus its declination, only if the Moon turned about the axis of the Earth.
    target = CATALOGUE.targets["sgr_a_star"]
    tilt = math.radians(23.4393)
    ra, dec = math.radians(target.ra), math.radians(target.dec)
    latitude = math.asin(math.sin(dec) * math.cos(tilt) - math.cos(dec) * math.sin(tilt) * math.sin(ra))
    assert math.degrees(latitude) == pytest.approx(-5.6, abs=0.05)
    times = grid("2031-01-01", "2049-08-01", "27 d")
    pole = place_of(CATALOGUE.sites["shackleton"].replace(latitude="-90 deg", longitude="0 deg"))
    high = observe(pole, times, bodies=["sgr_a_star"])["elevation"].values
    assert high.min() == pytest.approx(5.6 - 1.54, abs=0.15)
    assert high.max() == pytest.approx(5.6 + 1.54, abs=0.15)


@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_a_campaign_can_include_each(one):
    start, end = np.datetime64("2036-01-01", "us"), np.datetime64("2038-01-01", "us")
    record = Campaign(id="each", station="reactor_station", start=start, end=end, experiments=[one.id])
    times = np.arange(start, end + np.timedelta64(1, "D"), np.timedelta64(1, "D"))
    steps = {
        "array_power": ("time", np.full(len(times), 500.0)),
        "link_rate": ("time", np.full(len(times), 5.0)),
    }
    env = xr.Dataset(steps, coords={"time": times})
    problem = formulate(record, {one.id: Windows.everything(start, end)}, env, catalogue=CATALOGUE)
    sessions = [activity for activity in problem.activities if activity.windows]
    assert len(sessions) == one.repeats
    assert sessions[0].duration_s >= one.session
    assert sessions[0].energy_W >= 0
    assert sessions[0].data_Mbit_s >= 0
    assert sessions[0].value > 0


def test_what_disturbs_a_seismometer_is_found():
    pairs = {
        (one.source, one.victim, one.disturbance) for one in interferences(EXPERIMENTS, CATALOGUE.instruments)
    }
    for source in (
        "volatile_drilling",
        "regolith_sintering",
        "hopper_flight",
        "hydrogen_traverse",
        "robot_cooperation",
    ):
        assert (source, "continuous_seismology", "vibration") in pairs
    assert ("hydrogen_traverse", "surface_radiation", "neutrons") in pairs
    assert ("dust_removal", "dark_ages_spectrum", "radio") in pairs
    assert ("precision_landing", "radon_outgassing", "gas") in pairs
    assert ("oxygen_production", "near_uv_variable_stars", "dust") in pairs


def test_the_first_campaign_keeps_its_numbers():
    kept = {
        "subsurface_radar_profile": (3, 10, 6, 18, 216, 2),
        "volatile_drilling": (12, 6, 12, 70, 40.2, 1),
        "regolith_sintering": (6, 10, 12, 600, 40, 2),
        "near_uv_variable_stars": (10, 8, 2, 18, 3960, 3),
        "earth_radiation_budget": (24, 8, 0, 45, 9504, 2),
        "solar_radio_bursts": (8, 4, 0, 25, 57600, 3),
        "surface_radiation": (120, 5, 0, 4.8, 86.4, 2),
        "optical_earth_downlink": (0.5, 10, 12, 90, 200, 3),
        "autonomous_operation": (72, 3, 24, 90, 50, 2),
        "dark_ages_spectrum": (300, 1, 0, 25, 8640, 1),
    }
    assert {CATALOGUE.experiments[name].code.removeprefix("EX-") for name in kept} == FIRST
    for name, numbers in kept.items():
        one = CATALOGUE.experiments[name]
        power, data = one.power_of(CATALOGUE.instruments), one.data_of(CATALOGUE.instruments)
        found = (one.session / 3600, one.repeats, one.min_gap / 3600, power, data, one.priority)
        assert found == pytest.approx(numbers, rel=0.01)
