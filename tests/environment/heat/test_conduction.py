"""Conduction: the solver against closed forms, its order, and what goes in against what comes out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.constants import STEFAN_BOLTZMANN
from ilrs_science.environment.heat import conduction
from ilrs_science.environment.heat.conduction import conduct, settle
from ilrs_science.environment.heat.regolith import Column, Regolith, column
from ilrs_science.errors import RequestError

Floats = npt.NDArray[np.float64]

LUNATION = 29.530589 * 86400.0
"""Mean synodic month. [s]"""

K, RHO, C = 2e-3, 1500.0, 600.0
"""Constant properties. [W/m/K, kg/m3, J/kg/K]"""

SKIN = np.sqrt(K / (RHO * C) * LUNATION / np.pi)
"""Depth in which a wave of a lunation falls to 1/e [m]: 4.25 cm."""


def plain(gap: float, bottom: float = 0.6, heat_flow: float = 0.0) -> Column:
    """Ground with constant properties in even layers."""
    regolith = Regolith(
        surface_density=RHO,
        deep_density=RHO,
        surface_conductivity=K,
        deep_conductivity=K,
        radiative=0.0,
        heat_flow=heat_flow,
    )
    return column(regolith, first=gap, growth=1.0, bottom=bottom)._replace(
        capacity=np.array([C, 0.0, 0.0, 0.0, 0.0])
    )


def wave(depth: float | Floats, time: float | Floats) -> Floats:
    """200 K and a wave of 10 K at the surface, running down (Carslaw and Jaeger 1959, section 2.6). [K]"""
    turn = 2.0 * np.pi * np.asarray(time) / LUNATION
    return np.asarray(
        200.0 + 10.0 * np.exp(-np.asarray(depth) / SKIN) * np.cos(turn - np.asarray(depth) / SKIN)
    )


def flux_of_wave(time: Floats) -> Floats:
    """What must be absorbed for the surface to follow the wave: emitted and conducted down. [W/m2]"""
    turn = 2.0 * np.pi * time / LUNATION
    down = K * 10.0 / SKIN * (np.cos(turn) - np.sin(turn))
    return np.asarray(STEFAN_BOLTZMANN * wave(0.0, time) ** 4 + down)


def error_of_wave(gap: float, steps: int, depth: Floats) -> float:
    """Largest error over the second of two lunations, begun on the wave itself. [K]"""
    ground = plain(gap)
    times = np.linspace(0.0, 2.0 * LUNATION, 2 * steps + 1)
    kept, _, _ = conduct(
        ground,
        wave(ground.depth, 0.0)[None],
        flux_of_wave(times)[None],
        step=LUNATION / steps,
        emissivity=1.0,
        depth=depth,
    )
    exact = wave(depth[None, :], times[:, None])
    return float(np.abs(kept[0] - exact)[steps:].max())


DEPTHS = np.array([0.0, 0.04, 0.08, 0.16])


def test_a_wave_runs_down_damped_and_late_as_theory_has_it() -> None:
    # Skin depth: 1/e of the swing, a radian (4.7 days) later. 0.02 K of 10 K.
    assert error_of_wave(0.001, 1416, DEPTHS) < 0.02


def test_swing_and_delay_at_the_skin_depth_are_an_e_fold_and_a_radian() -> None:
    ground, steps = plain(SKIN / 40.0), 1000
    times = np.linspace(0.0, LUNATION, steps + 1)
    state = wave(ground.depth, 0.0)[None]
    kept, _, _ = conduct(
        ground, state, flux_of_wave(times)[None], step=LUNATION / steps, emissivity=1.0, depth=[0.0, SKIN]
    )
    surface, below = (np.fft.rfft(kept[0, :-1, k])[1] for k in (0, 1))
    assert abs(below / surface) == pytest.approx(np.exp(-1.0), rel=2e-3)
    assert np.angle(surface / below) == pytest.approx(1.0, abs=2e-3)


def test_halving_step_and_gap_quarters_the_error() -> None:
    coarse, middle, fine = (error_of_wave(0.008 / 2**n, 60 * 2**n, DEPTHS) for n in range(3))
    assert 1.8 < np.log2(coarse / middle) < 2.2
    assert 1.8 < np.log2(middle / fine) < 2.2


def test_ground_in_the_dark_comes_to_rest_at_the_heat_flow() -> None:
    # e sigma T^4 = 0.018 W/m2: 24.03 K at the surface; below, the gradient Q / k.
    ground = plain(0.02, heat_flow=0.018)
    rest = settle(ground, np.zeros((1, 200)), step=LUNATION / 50, emissivity=0.95).state[0]
    surface = (0.018 / (0.95 * STEFAN_BOLTZMANN)) ** 0.25
    assert surface == pytest.approx(24.04, abs=0.01)
    assert rest == pytest.approx(surface + 0.018 / K * ground.depth, abs=0.06)


def noon(steps: int, latitude: float = 0.0, lunations: int = 1) -> Floats:
    """Absorbed light of a lunation from noon to noon, albedo 0.12 whatever the angle. [W/m2]"""
    turn = 2.0 * np.pi * np.arange(lunations * steps + 1) / steps
    return np.asarray(0.88 * 1361.0 * np.cos(np.radians(latitude)) * np.maximum(np.cos(turn), 0.0))


@pytest.mark.parametrize("latitude", [0.0, 60.0, 89.0])
def test_over_a_cycle_what_is_absorbed_is_emitted(latitude: float) -> None:
    ground, flux = column(Regolith()), noon(708, latitude)[None]
    cycle = settle(ground, flux, step=LUNATION / 708, emissivity=0.95)
    kept, after, _ = conduct(ground, cycle.state, flux, step=LUNATION / 708, emissivity=0.95)
    emitted = 0.95 * STEFAN_BOLTZMANN * np.mean(kept[0, 1:, 0] ** 4)
    absorbed = flux[0, 1:].mean() + 0.018
    assert emitted == pytest.approx(absorbed, rel=1e-4)
    np.testing.assert_allclose(after, cycle.state, atol=conduction.SETTLED)


@given(seed=st.integers(0, 10_000), step=st.floats(60.0, 86400.0))
def test_no_light_makes_or_loses_heat(seed: int, step: float) -> None:
    # Sudden light and dark, to twice the Sun's: stored heat is what came in less what went out.
    draw = np.random.default_rng(seed)
    ground = plain(0.01, bottom=0.3, heat_flow=0.018)
    flux = draw.choice([0.0, 5.0, 1300.0, 2600.0], (1, 40))
    before = np.full((1, len(ground.depth)), draw.uniform(30.0, 300.0))
    kept, after, _ = conduct(ground, before, flux, step=step, emissivity=0.9)
    entered = flux[0, 1:] + 0.018 - 0.9 * STEFAN_BOLTZMANN * kept[0, 1:, 0] ** 4
    # The differences add up to 1.5 h(n) - 0.5 h(n-1) - 0.5 h(1) - 0.5 h(0); the first step is backward Euler.
    last, _, _ = conduct(ground, before, flux[:, :-1], step=step, emissivity=0.9, depth=ground.depth)
    first, _, _ = conduct(ground, before, flux[:, :2], step=step, emissivity=0.9, depth=ground.depth)
    sums = 1.5 * after[0] - 0.5 * last[0, -1] - 0.5 * first[0, -1] - 0.5 * before[0]
    assert C * ground.mass @ sums == pytest.approx(step * entered.sum(), rel=1e-3, abs=0.5 * step)


def test_sudden_light_does_not_ring() -> None:
    ground, flux = column(Regolith()), np.zeros((1, 200))
    flux[0, 50:] = 400.0
    kept, _, _ = conduct(ground, np.full((1, len(ground.depth)), 100.0), flux, step=3600.0, emissivity=0.95)
    balance = (400.0 / (0.95 * STEFAN_BOLTZMANN)) ** 0.25
    assert kept[0, 50:, 0].max() < balance
    assert np.all(np.diff(kept[0, :50, 0]) < 0.0), "it cools in the dark"
    assert np.all(np.diff(kept[0, 52:, 0]) > -0.5), "and warms in the light"


def test_hourly_steps_are_enough() -> None:
    ground = column(Regolith())
    hourly, fine = (
        conduct(
            ground,
            settle(ground, noon(steps)[None], step=LUNATION / steps, emissivity=0.95).state,
            noon(steps)[None],
            step=LUNATION / steps,
            emissivity=0.95,
            every=every,
        )[0][0, :, 0]
        for steps, every in ((708, 1), (2832, 4))
    )
    assert np.abs(hourly - fine).max() < 1.0, "at sunrise"
    assert np.median(np.abs(hourly - fine)) < 0.01


def test_the_layers_are_fine_enough() -> None:
    flux = noon(708)[None]
    found = []
    for ground in (column(Regolith()), column(Regolith(), first=0.0005, growth=1.06)):
        state = settle(ground, flux, step=LUNATION / 708, emissivity=0.95).state
        kept = conduct(ground, state, flux, step=LUNATION / 708, emissivity=0.95, depth=[0.0, 0.1, 1.0])[0]
        found.append(kept[0])
    off = np.abs(found[0] - found[1])
    assert off.max() < 0.5, "at sunrise"
    assert np.median(off[:, 0]) < 0.05


def test_spin_up_ends_where_patience_would() -> None:
    ground, flux = column(Regolith(), bottom=0.5), noon(200)[None]
    quick = settle(ground, flux, step=LUNATION / 200, emissivity=0.95)
    slow = np.full((1, len(ground.depth)), 230.0)
    for _ in range(400):
        slow = conduct(ground, slow, flux, step=LUNATION / 200, emissivity=0.95, every=200)[1]
    np.testing.assert_allclose(quick.state, slow, atol=0.3)
    assert quick.cycles < 12


def test_sites_do_not_touch_each_other() -> None:
    ground = column(Regolith())
    flux = np.array([noon(708, latitude) for latitude in (0.0, 30.0, 60.0, 85.0, 89.0)])
    together = settle(ground, flux, step=LUNATION / 708, emissivity=[0.95, 0.9, 0.95, 0.95, 0.95])
    kept = conduct(
        ground, together.state, flux, step=LUNATION / 708, emissivity=[0.95, 0.9, 0.95, 0.95, 0.95]
    )[0]
    for site, emissivity in ((1, 0.9), (3, 0.95)):
        alone = conduct(
            ground, together.state[[site]], flux[[site]], step=LUNATION / 708, emissivity=emissivity
        )[0]
        np.testing.assert_array_equal(alone[0], kept[site])


def test_each_so_many_epochs_are_kept_and_depths_are_between_nodes() -> None:
    ground, flux = column(Regolith()), noon(100)[None]
    state = np.linspace(200.0, 250.0, len(ground.depth))[None]
    all_of_them = conduct(ground, state, flux, step=25_000.0, emissivity=0.95, depth=ground.depth)[0][0]
    some = conduct(ground, state, flux, step=25_000.0, emissivity=0.95, depth=[0.0, 0.5, 99.0], every=10)[0][
        0
    ]
    assert some.shape == (11, 3)
    np.testing.assert_array_equal(some[:, 0], all_of_them[::10, 0])
    np.testing.assert_array_equal(some[:, 2], all_of_them[::10, -1])
    between = [np.interp(0.5, ground.depth, profile) for profile in all_of_them[::10]]
    np.testing.assert_allclose(some[:, 1], between)
    np.testing.assert_array_equal(state[0], np.linspace(200.0, 250.0, len(ground.depth)))


def test_ground_that_will_not_settle_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conduction, "MOST_CYCLES", 1)
    with pytest.raises(RequestError, match=r"changes by .* K a cycle after 1 cycles"):
        settle(column(Regolith()), noon(100)[None], step=LUNATION / 100, emissivity=0.95)
