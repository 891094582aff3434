"""Windows on orbiters against the SPICE geometry finder, the orbiter a body of an SPK with the same series.

What SPICE has no finder for is put together from its primitives, looked at densely and refined by Brent's method. The
limb of the Moon is compared with ``NONE``: with ``LT`` SPICE puts the Moon where it was when light left its centre.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import spiceypy

from ilrs_science.catalogue.constraint import (
    Day,
    Direction,
    EarthElevation,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    Night,
    Occultation,
    PassOver,
    PhaseAngle,
    RadioQuiet,
    RangeTo,
    Season,
    Separation,
    SolarBeta,
    SunElevation,
    TargetElevation,
)
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.sky.apparent import Correction
from tests.oracles import spice
from tests.oracles.flights import code, confine, seconds, world, worst

MILLISECOND = 1e-3
#: Steps that are shorter than any window or gap of an orbit. [s]
STEPS = {"low": 120.0, "relay": 100.0, "halo": 1800.0, "far": 3600.0}
#: Orbits that have a span of their own.
HOME = {"low": "llo_100", "relay": "queqiao2", "halo": "nrho_9_2", "far": "dro"}
NAMES: dict[Correction, str] = {"apparent": "LT+S", "light_time": "LT", "geometric": "NONE"}

Margin = Callable[[float], float]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    with world(tmp_path_factory.mktemp("orbiters")) as catalogue:
        yield catalogue


def observer(span: str) -> str:
    return code(HOME[span], span)


def dense(margin: Margin, span: str, step: float | None = None) -> np.ndarray:
    return spice.crossings(margin, *seconds(span), step or STEPS[span])


# --- the limb of the Moon -----------------------------------------------------------------------------------------

HIDDEN = [
    *((span, "sun") for span in ("low", "relay", "halo", "far")),
    *(("low", target) for target in ("earth", "jupiter", "queqiao2", "dro", "jiamusi", "ridge")),
    *(("relay", target) for target in ("earth", "mars", "dro", "near")),
    ("halo", "ridge"),
]


@pytest.mark.parametrize(("span", "target"), HIDDEN)
def test_the_moon_hides_a_target_when_gfoclt_says_so(span: str, target: str, known: Catalogue) -> None:
    expected = spice.hidden(
        "POINT", "MOON", code(target, span), observer(span), "NONE", confine(span), STEPS[span]
    )
    spec = Occultation(target=target)
    assert worst(spec, HOME[span], span, expected, known=known, correction="geometric") < MILLISECOND


@pytest.mark.parametrize("span", ["low", "relay"])
def test_day_and_night_are_what_the_moon_hides_and_does_not(span: str, known: Catalogue) -> None:
    expected = spice.hidden("POINT", "MOON", "SUN", observer(span), "NONE", confine(span), STEPS[span])
    lit = spiceypy.wncomd(*seconds(span), expected)
    for spec, windows in ((Night(), expected), (Day(), lit)):
        assert worst(spec, HOME[span], span, windows, known=known, correction="geometric") < MILLISECOND


@pytest.mark.parametrize(("phase", "kind"), [("any", "ANY"), ("umbra", "FULL"), ("penumbra", "PARTIAL")])
@pytest.mark.parametrize("span", ["low", "relay", "far"])
def test_the_moon_eclipses_the_sun_when_gfoclt_says_so(
    span: str, phase: str, kind: str, known: Catalogue
) -> None:
    # the penumbra of a low orbit lasts eight seconds
    step = STEPS[span] if kind != "PARTIAL" else 4.0 if span == "low" else 10.0
    near = confine(span)
    if kind == "PARTIAL":
        near = spice.hidden("ANY", "MOON", "SUN", observer(span), "NONE", near, STEPS[span])
    expected = spice.hidden(kind, "MOON", "SUN", observer(span), "NONE", near, step)
    spec = Eclipse(phase=phase, by="moon")
    assert worst(spec, HOME[span], span, expected, known=known, correction="geometric") < MILLISECOND


@pytest.mark.parametrize(("span", "most"), [("low", 0.1), ("relay", 0.6)])
def test_a_moon_where_its_light_left_it_shifts_contacts_by_tenths_of_a_second(
    span: str, most: float, known: Catalogue
) -> None:
    # SPICE displaces the Moon by 30 km/s times the light time of its centre; a ray passes the limb, and the Moon is
    # there then: see the docstring of find_windows; from 100 km its way in that time is 60 m, from 16 000 km 1.8 km
    expected = spice.hidden("POINT", "MOON", "SUN", observer(span), "LT", confine(span), STEPS[span])
    shift = worst(Night(), HOME[span], span, expected, known=known, correction="light_time")
    assert MILLISECOND < shift < most
    assert worst(Night(), HOME[span], span, expected, known=known) < most


def limb_margin(span: str, target: str) -> Margin:
    """Elevation above the limb of the Moon, in the frame in which the Moon is at rest. [rad]"""

    def margin(t: float) -> float:
        line = spiceypy.spkpos(code(target, span), t, "J2000", "LT", observer(span))[0]
        seen = spiceypy.stelab(line, spiceypy.spkssb(301, t, "J2000")[3:])
        up = spiceypy.spkpos(observer(span), t, "J2000", "NONE", "MOON")[0]
        dip = np.arccos(1737.4 / spiceypy.vnorm(up))
        return float(np.pi / 2.0 - spiceypy.vsep(seen, up) + dip)

    return margin


@pytest.mark.parametrize(
    ("span", "target"),
    [("low", "sun"), ("low", "earth"), ("relay", "sun"), ("halo", "sun"), ("low", "jiamusi")],
)
def test_by_default_a_ray_is_followed_in_the_frame_of_the_moon(
    span: str, target: str, known: Catalogue
) -> None:
    margin = limb_margin(span, target)
    expected = dense(lambda t: -margin(t), span)
    assert worst(Occultation(target=target), HOME[span], span, expected, known=known) < MILLISECOND


def test_quiet_is_the_whole_earth_behind_the_limb(known: Catalogue) -> None:
    margin = limb_margin("low", "earth")

    def deep(t: float) -> float:
        far = spiceypy.vnorm(spiceypy.spkpos("EARTH", t, "J2000", "LT", observer("low"))[0])
        return float(-margin(t) - np.arcsin(6378.137 / far) - np.radians(2.0))

    assert worst(RadioQuiet(margin="2 deg"), "llo_100", "low", dense(deep, "low"), known=known) < MILLISECOND


@pytest.mark.parametrize(("phase", "kind"), [("any", "ANY"), ("umbra", "FULL"), ("penumbra", "PARTIAL")])
@pytest.mark.parametrize("span", ["low", "far"])
def test_the_earth_eclipses_the_sun_when_gfoclt_says_so(
    span: str, phase: str, kind: str, known: Catalogue
) -> None:
    expected = spice.hidden(
        kind, "EARTH", "SUN", observer(span), "LT", confine(span), min(STEPS[span], 600.0)
    )
    assert worst(Eclipse(phase=phase, by="earth"), HOME[span], span, expected, known=known) < MILLISECOND


def test_an_eclipse_on_an_orbiter_is_by_either(known: Catalogue) -> None:
    parts = [
        spice.hidden("ANY", front, "SUN", observer("relay"), "NONE", confine("relay"), STEPS["relay"])
        for front in ("EARTH", "MOON")
    ]
    both = spiceypy.wnunid(*parts)
    assert worst(Eclipse(), "queqiao2", "relay", both, known=known, correction="geometric") < MILLISECOND


# --- distance, separation, phase ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "target", "limit", "correction"),
    [
        ("low", "earth", 375_000.0, "apparent"),
        ("low", "queqiao2", 9_000.0, "apparent"),
        ("low", "queqiao2", 9_000.0, "geometric"),
        ("low", "jiamusi", 375_000.0, "light_time"),
        ("low", "ridge", 2_000.0, "apparent"),
        ("relay", "earth", 380_000.0, "apparent"),
        ("relay", "dro", 70_000.0, "apparent"),
        ("halo", "neuquen", 400_000.0, "apparent"),
        ("halo", "venus", 2.4e8, "apparent"),
        ("far", "earth", 390_000.0, "geometric"),
        ("far", "mars", 2.8e8, "apparent"),
    ],
)
def test_a_range_is_that_of_gfdist(
    span: str, target: str, limit: float, correction: Correction, known: Catalogue
) -> None:
    expected = spice.limited(
        spiceypy.gfdist, code(target, span), NAMES[correction].removesuffix("+S"), observer(span),
        relation="<", limit=limit, confine=confine(span), step=STEPS[span],
    )  # fmt: skip
    spec = RangeTo(body=target, max=f"{limit} km")
    assert worst(spec, HOME[span], span, expected, known=known, correction=correction) < MILLISECOND


@pytest.mark.parametrize(
    ("span", "one", "two", "limit", "correction"),
    [
        ("low", "queqiao2", "earth", 60.0, "apparent"),
        ("low", "dro", "sun", 130.0, "geometric"),
        ("low", "ridge", "sun", 90.0, "apparent"),
        ("relay", "sun", "earth", 120.0, "apparent"),
        ("relay", "jupiter", "sun", 175.0, "apparent"),
        ("relay", "moon", "sun", 90.0, "apparent"),
        ("halo", "jiamusi", "sun", 60.0, "apparent"),
        ("far", "earth", "sun", 10.0, "light_time"),
    ],
)
def test_a_separation_is_that_of_gfsep(
    span: str, one: str, two: str, limit: float, correction: Correction, known: Catalogue
) -> None:
    expected = spice.limited(
        spiceypy.gfsep, code(one, span), "POINT", "NULL", code(two, span), "POINT", "NULL", NAMES[correction],
        observer(span), relation="<", limit=np.radians(limit), confine=confine(span), step=STEPS[span],
    )  # fmt: skip
    spec = Separation(bodies=(one, two), max=f"{limit} deg")
    assert worst(spec, HOME[span], span, expected, known=known, correction=correction) < MILLISECOND


@pytest.mark.parametrize(
    ("span", "body", "limit", "correction"),
    [
        ("relay", "earth", 60.0, "apparent"),
        ("relay", "moon", 90.0, "apparent"),
        ("relay", "moon", 60.0, "geometric"),
        ("low", "moon", 60.0, "light_time"),
        ("halo", "venus", 10.0, "apparent"),
        ("far", "earth", 90.0, "apparent"),
        ("far", "mars", 30.0, "light_time"),
    ],
)
def test_a_phase_is_that_of_gfpa(
    span: str, body: str, limit: float, correction: Correction, known: Catalogue
) -> None:
    expected = spice.limited(
        spiceypy.gfpa, code(body), "SUN", NAMES[correction], observer(span),
        relation="<", limit=np.radians(limit), confine=confine(span), step=STEPS[span],
    )  # fmt: skip
    spec = PhaseAngle(body=body, max=f"{limit} deg")
    assert worst(spec, HOME[span], span, expected, known=known, correction=correction) < MILLISECOND


# --- put together from primitives ---------------------------------------------------------------------------------


def elevation_margin(span: str, target: str, limit: float, correction: str) -> Margin:
    def margin(t: float) -> float:
        line = spiceypy.spkpos(code(target, span), t, "J2000", correction, observer(span))[0]
        up = spiceypy.spkpos(observer(span), t, "J2000", "NONE", "MOON")[0]
        return float(np.radians(90.0 - limit) - spiceypy.vsep(line, up))

    return margin


@pytest.mark.parametrize(
    ("span", "target", "limit", "correction"),
    [
        ("low", "sun", 5.0, "apparent"),
        ("low", "earth", -20.0, "geometric"),
        ("low", "jupiter", 30.0, "apparent"),
        ("low", "queqiao2", 10.0, "apparent"),
        ("low", "jiamusi", 0.0, "light_time"),
        ("relay", "sun", 0.0, "apparent"),
        ("relay", "dro", 20.0, "apparent"),
        ("halo", "earth", -18.0, "apparent"),
        ("far", "sun", 80.0, "apparent"),
    ],
)
def test_an_elevation_is_above_the_plane_normal_to_the_radius(
    span: str, target: str, limit: float, correction: Correction, known: Catalogue
) -> None:
    expected = dense(elevation_margin(span, target, limit, NAMES[correction]), span)
    kinds = {"sun": SunElevation, "earth": EarthElevation}
    given = {"min": f"{limit} deg"} if target in kinds else {"min": f"{limit} deg", "target": target}
    spec = kinds.get(target, TargetElevation)(**given)
    assert worst(spec, HOME[span], span, expected, known=known, correction=correction) < MILLISECOND


def test_a_star_is_aberrated_by_the_orbiter(known: Catalogue) -> None:
    line = spiceypy.radrec(1.0, np.radians(83.6331), np.radians(22.0145))

    def margin(t: float) -> float:
        seen = spiceypy.stelab(line, spiceypy.spkssb(int(observer("low")), t, "J2000")[3:])
        up = spiceypy.spkpos(observer("low"), t, "J2000", "NONE", "MOON")[0]
        return float(np.radians(75.0) - spiceypy.vsep(seen, up))

    spec = TargetElevation(target=Direction(ra="83.6331 deg", dec="22.0145 deg"), min="15 deg")
    assert worst(spec, "llo_100", "low", dense(margin, "low"), known=known) < MILLISECOND


@pytest.mark.parametrize(("span", "limit"), [("low", None), ("relay", 33.0), ("halo", 10.0), ("far", 0.0)])
def test_beta_is_above_the_plane_of_position_and_velocity(
    span: str, limit: float | None, known: Catalogue
) -> None:
    def beta(t: float) -> float:
        state = spiceypy.spkezr(observer(span), t, "J2000", "NONE", "MOON")[0]
        line = spiceypy.spkpos("SUN", t, "J2000", "LT+S", observer(span))[0]
        return float(np.pi / 2.0 - spiceypy.vsep(line, spiceypy.vcrss(state[:3], state[3:])))

    middle = np.mean(seconds(span))
    limit = float(np.degrees(beta(middle))) if limit is None else limit
    expected = dense(lambda t: beta(t) - np.radians(limit), span)
    assert worst(SolarBeta(min=f"{limit!r} deg"), HOME[span], span, expected, known=known) < MILLISECOND


def test_the_tail_is_about_the_orbiter(known: Catalogue) -> None:
    expected = spice.limited(
        spiceypy.gfsep, observer("far"), "POINT", "NULL", "SUN", "POINT", "NULL", "NONE", "EARTH",
        relation=">", limit=np.radians(180.0 - 27.0), confine=confine("far"), step=86400.0,
    )  # fmt: skip
    assert worst(Magnetotail(), "dro", "far", expected, known=known) < MILLISECOND


def under_the_sun(t: float) -> np.ndarray:
    """Longitude and latitude of the point under the Sun. [rad]"""
    sun = spiceypy.spkpos("SUN", t, "MOON_ME", "LT+S", "MOON")[0]
    return np.asarray(spiceypy.reclat(sun)[1:])


@pytest.mark.parametrize(("span", "step"), [("low", 60.0), ("relay", 300.0), ("far", 3600.0)])
def test_the_hour_is_that_of_the_ground_below(span: str, step: float, known: Catalogue) -> None:
    def margin(t: float) -> float:
        below = spiceypy.spkpos(observer(span), t, "MOON_ME", "NONE", "MOON")[0]
        hour = 12.0 + np.degrees(spiceypy.reclat(below)[1] - under_the_sun(t)[0]) / 15.0
        return 2.5 - abs((hour - 11.5 + 12.0) % 24.0 - 12.0)

    # the low orbit passes 60 m from the pole, where the hour changes by twelve in a tenth of a second
    expected = dense(margin, span, step)
    assert worst(LocalSolarTime(min="9 h", max="14 h"), HOME[span], span, expected, known=known) < MILLISECOND


def test_the_season_on_an_orbiter_is_the_latitude_under_the_sun(known: Catalogue) -> None:
    expected = dense(lambda t: float(under_the_sun(t)[1] - np.radians(1.0)), "far")
    assert worst(Season(min="1 deg"), "dro", "far", expected, known=known) < MILLISECOND


@pytest.mark.parametrize(
    ("span", "site", "mask"), [("low", "ridge", 5.0), ("low", "far_side", 0.0), ("relay", "near", 20.0)]
)
@pytest.mark.parametrize("correction", ["apparent", "geometric"])
def test_an_orbiter_passes_over_a_site_when_it_rises_there(
    span: str, site: str, mask: float, correction: Correction, known: Catalogue
) -> None:
    expected = spice.elevation_windows(
        observer(span), int(code(site)), ">", mask, confine(span), STEPS[span], NAMES[correction]
    )
    spec = PassOver(site=site, min=f"{mask} deg")
    assert worst(spec, HOME[span], span, expected, known=known, correction=correction) < MILLISECOND
