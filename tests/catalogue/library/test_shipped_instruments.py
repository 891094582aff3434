"""The 89 instruments of the reference list: complete, honest about their numbers, and consistent with each other."""

import math

import pytest

from ilrs_science.catalogue.instrument import Disturbance, Hazard, Mount, Platform, View
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.provenance import Basis

CATALOGUE = load_catalogue()
INSTRUMENTS = list(CATALOGUE.instruments.values())
BY_CODE = {one.code: one for one in INSTRUMENTS}


def characteristic(code, name):
    return next(one for one in BY_CODE[code].characteristics if one.id == name)


def codes_where(test):
    return {one.code for one in INSTRUMENTS if test(one)}


def test_there_are_89_and_each_has_a_code_of_its_own():
    assert len(INSTRUMENTS) == 89
    assert len(BY_CODE) == 89
    assert "" not in BY_CODE


@pytest.mark.parametrize("one", INSTRUMENTS, ids=lambda one: one.id)
def test_each_says_what_it_is_what_carries_it_and_where_it_looks(one):
    assert one.name
    assert one.measures
    assert one.heritage
    assert one.platforms
    assert one.pointing is not None


@pytest.mark.parametrize("one", INSTRUMENTS, ids=lambda one: one.id)
def test_each_number_and_each_line_of_a_data_sheet_has_a_basis_that_exists(one):
    assert [path for path, _ in one.numbers() if one.basis.find(path) is None] == []
    cited = {key for line in one.characteristics for key in line.basis.sources}
    assert cited <= set(CATALOGUE.sources)
    for line in one.characteristics:
        assert line.value


def test_the_whole_vocabulary_is_used():
    assert {name for one in INSTRUMENTS for name in one.platforms} == set(Platform)
    assert {one.pointing.mount for one in INSTRUMENTS} == set(Mount)
    assert {one.pointing.view for one in INSTRUMENTS} >= set(View) - {View.SUN}
    assert {name for one in INSTRUMENTS for name in one.hazards} == set(Hazard)
    assert {name for one in INSTRUMENTS for name in (*one.emits, *one.sensitive_to)} == set(Disturbance)


def test_a_mass_was_read_for_eight_instruments_only():
    # the honest count of the reference list, section 2
    read = codes_where(lambda one: one.provenance_of("mass").basis is Basis.SOURCED)
    assert read == {"APXS", "ASAN", "BIO_CE4", "DORN", "LRA_ARM", "FSS", "LOLA", "LRA_SMALL"}


def test_an_operating_power_was_read_for_four_instruments_only():
    read = codes_where(lambda one: one.provenance_of("power.operate").basis is Basis.SOURCED)
    assert read == {"APXS", "ASAN", "LRA_ARM", "LOLA"}
    assert [BY_CODE[code].power.operate for code in ("APXS", "ASAN", "LRA_ARM", "LOLA")] == [1.2, 3.4, 30, 33]


def test_standby_power_and_warm_up_are_never_passed_off_as_published():
    for one in INSTRUMENTS:
        assert one.provenance_of("power.standby").basis is not Basis.SOURCED
        assert one.provenance_of("warm_up").basis is not Basis.SOURCED


def test_temperature_limits_are_estimates_but_for_those_that_were_read():
    read = codes_where(
        lambda one: (
            one.temperature is not None
            and one.provenance_of("temperature.operate_max").basis is Basis.SOURCED
        )
    )
    assert read == {"BIO_CE4"}  # 1 to 30 degC, S50c
    assert BY_CODE["BIO_CE4"].temperature.operate_min == pytest.approx(274.15)


USED = {
    name
    for experiment in CATALOGUE.experiments.values()
    for name in (*experiment.instruments, *experiment.alternatives)
}


def test_every_instrument_says_what_it_draws_when_it_is_off():
    assert all(one.power.off is not None for one in INSTRUMENTS)
    drawing = {one.id for one in INSTRUMENTS if one.power.off}
    assert drawing == {  # those that ask for heat by night
        "lunar_seismograph", "farside_seismic_suite", "night_radio_spectrometer", "closed_ecosystem",
        "plant_chamber", "tidal_gravimeter",
    }  # fmt: skip
    assert not any(one.provenance_of("power.off").certain for one in INSTRUMENTS if not one.passive)


@pytest.mark.parametrize("name", sorted(USED))
def test_what_an_experiment_uses_states_every_mode_and_every_limit_of_temperature(name):
    one = CATALOGUE.instruments[name]
    modes, limits = one.power.model_dump(), one.temperature.model_dump()
    assert None not in modes.values()
    assert None not in limits.values()
    assert one.power.off <= one.power.standby <= one.power.operate
    assert one.provenance_of("temperature.survive_min").basis in (Basis.ESTIMATE, Basis.RECALL)


def test_the_beam_of_the_relay_is_that_of_its_dish():
    # 1.2 wavelengths of 8.4 GHz over 4.2 m
    beam = math.degrees(1.2 * 299.792458 / 8400 / 4.2)
    assert BY_CODE["LOVEX"].field_of_view == pytest.approx(beam, abs=0.05)


def test_mirrors_draw_nothing_and_all_else_draws_something():
    assert codes_where(lambda one: one.passive) == {"CE7_LRA", "LRA_SMALL", "LRRR_NG"}


def test_a_rate_that_no_source_gives_is_called_a_guess():
    for one in INSTRUMENTS:
        if "is a guess" in one.note or "ours is a guess" in one.note:
            assert not one.provenance_of("data_rate").certain


def test_an_image_of_the_narrow_angle_cameras_is_its_pixels():
    # 52224 x 5000 pixels of 8 bits
    (image,) = BY_CODE["LROC_NAC"].products
    assert image.volume == pytest.approx(52224 * 5000 * 8 / 1e6, rel=1e-3)


def test_frames_and_rates_of_cameras_are_their_pixels():
    assert BY_CODE["LCAM"].data_rate == pytest.approx(1024 * 1024 * 8 * 10 / 1e6, rel=1e-4)
    assert BY_CODE["TCAM"].products[0].volume == pytest.approx(2352 * 1728 * 8 / 1e6, rel=0.02)
    assert BY_CODE["PCAM"].products[0].volume == pytest.approx(56 * 2352 * 1728 * 8 / 1e6, rel=0.02)


def test_the_altimeter_sends_packets_of_3424_bytes_in_a_second():
    assert BY_CODE["LOLA"].data_rate == pytest.approx(3424 * 8 / 1e6, rel=0.03)


def test_the_battery_of_the_night_spectrometer_gives_20_w_through_a_night():
    # 7 kWh over 354 h
    assert "7 kWh" in characteristic("LUSEE", "battery").value
    assert characteristic("LUSEE", "night_power").value.startswith(f"{7000 / 354:.1f} W")
    assert BY_CODE["LUSEE"].power.operate == pytest.approx(7000 / 354, rel=0.02)


def test_an_hour_of_interferometry_is_7_2_terabits():
    assert BY_CODE["LOVEX"].data_rate * 3600 == pytest.approx(7.2e6)


def test_the_ultraviolet_camera_resolves_a_tenth_of_an_earth_radius():
    # 0.08 deg at 384 400 km is 537 km, 0.084 Earth radii; published: 0.1
    assert characteristic("EUVC", "resolution").value == "0.08 deg"
    size = 384400 * math.tan(math.radians(0.08))
    assert size == pytest.approx(537, abs=1)
    assert size / 6378.137 == pytest.approx(0.084, abs=0.001)
    assert characteristic("EUVC", "resolution_at_earth").value == "0.1 Earth radii"


def test_a_pixel_of_the_telescope_is_its_field_over_its_pixels():
    assert BY_CODE["LUT"].field_of_view * 3600 / 1024 == pytest.approx(4.78, abs=0.01)
    assert characteristic("LUT", "pixel_scale").value.startswith("4.8 arcsec")


@pytest.mark.parametrize(
    ("code", "rate"),
    [
        ("FARSIDE", 130_000 / 86400),  # 130 Gbit a day
        ("SEIS", 38 / 86400),  # 38 Mbit a day
        ("CE8_MERI", 200 / 1800),  # an image of 200 Mbit each half hour
        ("CE7_VOL", 15 / 5400),  # a sample of 15 Mbit in 90 min
        ("PLANT2", 6 / 21600),  # an image of 6 Mbit each 6 h
    ],
)
def test_a_rate_is_that_of_the_products(code, rate):
    assert BY_CODE[code].data_rate == pytest.approx(rate, rel=0.02)


def test_lifetimes_are_those_that_were_asked_for():
    # 4.5 months, 24 lunations, half a year, a year
    days = {one.code: one.lifetime / 86400 for one in INSTRUMENTS if one.lifetime}
    assert days["FSS"] == pytest.approx(4.5 * 365.25 / 12, rel=0.01)
    assert days["LUSEE"] == pytest.approx(24 * 29.530589, rel=0.01)
    assert days["CE7_WMA"] == pytest.approx(365.25 / 2, rel=0.01)
    assert days["ASAN"] == pytest.approx(365.25)


def test_what_is_heard_and_what_hears_follow_the_rules_of_the_reference_list():
    emit = codes_where(lambda one: Disturbance.RADIO in one.emits)
    assert emit == {"LPR", "LRPR", "CE7_LPR", "CE7_SAR", "MINIRF", "DUSTSHIELD", "NAVBEACON"}
    hear = codes_where(lambda one: Disturbance.RADIO in one.sensitive_to)
    assert hear >= {"LFRS", "NCLE", "LUSEE", "FARSIDE", "ROLSES", "CE8_RADIO"}


def test_shaking_is_felt_by_seismometers_and_gravimeters():
    felt = codes_where(lambda one: Disturbance.VIBRATION in one.sensitive_to)
    assert felt >= {"CE7_SEIS", "FSS", "SEIS", "PSE", "GRAVI"}
    shake = codes_where(lambda one: Disturbance.VIBRATION in one.emits)
    assert shake >= {"TRIDENT", "PROSPECT", "CE7_VOL", "LRA_ARM", "CE8_ISRU"}


def test_the_neutron_generator_disturbs_those_that_count_neutrons_and_dose():
    assert codes_where(lambda one: Disturbance.NEUTRONS in one.emits) == {"ADRON"}
    assert Hazard.NEUTRON_GENERATOR in BY_CODE["ADRON"].hazards
    assert codes_where(lambda one: Disturbance.NEUTRONS in one.sensitive_to) >= {"LND", "NSS", "CE7_EPD"}


def test_no_instrument_spoils_its_own_data():
    for one in INSTRUMENTS:
        if one.code != "CE7_RAMAN":  # its laser is what it looks at
            assert not set(one.emits) & set(one.sensitive_to)


def test_what_holds_radioisotopes_says_so():
    # a heater unit of 4 W and eight sources on the arm of Yutu (S33)
    assert codes_where(lambda one: Hazard.RADIOISOTOPE in one.hazards) == {"APXS"}


def test_the_first_instruments_keep_their_numbers():
    # what the campaign polar_winter was planned with
    kept = {
        "near_uv_telescope": (13, 4, 18, 30, 0.110),
        "earth_radiometer_imager": (25, 5, 45, 60, 0.11),
        "low_frequency_spectrometer": (6, 3, 25, 30, 2.0),
        "neutron_dosimeter": (1.6, 0, 4.8, 6, 0.0002),
        "laser_terminal": (30.7, 10, 90, 140, 622.0),
        "penetrating_radar": (6, 0, 18, 25, 0.02),
        "volatiles_drill": (38, 10, 70, 120, 0.00093),
        "regolith_sinterer": (45, 10, 600, 1500, 0.00185),
    }
    for name, numbers in kept.items():
        one = CATALOGUE.instruments[name]
        found = (one.mass, one.power.standby, one.power.operate, one.power.peak, one.data_rate)
        assert found == pytest.approx(numbers)
