"""Temperature of the ground: sites a second, through the solver alone and through the front door.

The solver alone: fourteen lunations in hourly steps for many sites at once, light given. The front door: one site after
another, sky, skyline and spin-up included, 28 days at 1 h. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np

from ilrs_science.environment.heat.conduction import conduct, settle
from ilrs_science.environment.heat.regolith import Regolith, column
from ilrs_science.environment.heat.thermal import surface_temperature
from ilrs_science.environment.threads import cores
from ilrs_science.sky.place import SurfacePlace

LUNATION_S = 29.530589 * 86400.0
STEPS = 709
"""Of an hour, in a lunation."""


def light(latitudes: np.ndarray, lunations: int) -> np.ndarray:
    """(site, time) Absorbed light, Sun at 1 AU above the equator. [W/m2]"""
    turn = 2.0 * np.pi * np.arange(STEPS * lunations + 1) / STEPS
    cosine = np.maximum(np.cos(np.radians(latitudes))[:, None] * np.cos(turn), 0.0)
    return 1361.0 * cosine * (1.0 - Regolith().reflected(np.degrees(np.arccos(cosine))))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--lunations", type=int, default=14)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    ground, step = column(Regolith()), LUNATION_S / STEPS
    latitudes = np.linspace(-88.0, 88.0, asked.sites)
    flux, cycle = light(latitudes, asked.lunations), light(latitudes, 1)
    settled = settle(ground, cycle, step=step, emissivity=0.95)
    print(f"{cores()} cores, {len(ground.depth)} nodes, spin-up in {settled.cycles} cycles")
    rates, doors, years = [], [], []
    for number in range(asked.rounds):
        began = time.perf_counter()
        conduct(ground, settled.state, flux, step=step, emissivity=0.95)
        rates.append(asked.sites / (time.perf_counter() - began))
        began = time.perf_counter()
        surface_temperature(SurfacePlace(-85.0 + number, 30.0), "2031-06-01", "2031-06-29")
        doors.append(time.perf_counter() - began)
        began = time.perf_counter()
        surface_temperature(
            SurfacePlace(-89.67, 129.0 + 0.1 * number), "2031-01-01", "2032-01-01", surroundings="terrain"
        )
        years.append(time.perf_counter() - began)
    print(
        f"solver: median {statistics.median(rates):.0f} sites/s for {asked.lunations} lunations, "
        f"from {min(rates):.0f} to {max(rates):.0f}"
    )
    print(
        f"surroundings: median {statistics.median(years):.1f} s a site and year, views and spin-up included"
    )
    print(
        f"front door: median {statistics.median(doors):.3f} s a site, 28 days, skyline and spin-up included"
    )


if __name__ == "__main__":
    main()
