"""Maps of the shipped south polar grid: all skylines, mean light, and what a second worker brings.

    .venv/bin/python benchmarks/maps.py [--quick]

Wall time and the processor time of this process and its children are both printed: on a busy machine the first says
little. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import xarray as xr
from distributed import Client, LocalCluster

from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.maps.horizons import horizon_map
from ilrs_science.environment.maps.lightmap import illumination_map
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.sky.place import SurfacePlace

GRID = "lola_south_1600m.tif"
NINETEEN_YEARS = ("2015-12-24", "2034-12-24")
PIXELS_146K = "-90,0,611.2 km"  # 382 x 382 pixels


@contextmanager
def clock(what: str, rays: int = 0) -> Iterator[None]:
    wall, before = time.perf_counter(), os.times()
    yield
    wall, after = time.perf_counter() - wall, os.times()
    used = sum(after[:4]) - sum(before[:4])
    rate = f", {rays / wall:.3g} px*az/s" if rays else ""
    print(
        f"{what}: {wall:.1f} s wall, {used:.1f} s processor{rate}; load {os.getloadavg()[0]:.1f}", flush=True
    )


def difference(found: xr.Dataset, count: int) -> None:
    """Against the march of one place, on random pixels x azimuths."""
    terrain, random = shipped_terrain(), np.random.default_rng(1)
    errors, edge = [], []
    for _ in range(count):
        i, j = int(random.integers(found.sizes["y"])), int(random.integers(found.sizes["x"]))
        pixel = found.isel(y=i, x=j)
        place = SurfacePlace(float(pixel.latitude), float(pixel.longitude))
        exact = horizon(place, terrain, azimuth_step=0.5).horizon_elevation.values
        errors.append(pixel.horizon_elevation.values - exact)
        edge.append(min(i, j, found.sizes["y"] - 1 - i, found.sizes["x"] - 1 - j) < 2)
    all_ = np.array(errors)
    inner = all_[~np.array(edge)]
    print(
        f"without the two outermost pixels of the map, {inner.size} rays: rms {np.sqrt((inner**2).mean()):.4f} deg"
    )
    print(
        f"against the march, {all_.size} rays: rms {np.sqrt((all_**2).mean()):.4f}, bias {all_.mean():.4f}, "
        f"99 % within {np.quantile(np.abs(all_), 0.99):.3f} deg"
    )


def two_workers(area: str, rounds: int) -> None:
    """The same map on one and on two workers, paired: ratio of wall times within each round."""
    ratios = []
    clusters = [
        LocalCluster(
            n_workers=n, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.ERROR
        )
        for n in (1, 2)
    ]
    clients = [Client(cluster) for cluster in clusters]
    for client in clients:  # compile and read
        horizon_map("auto", "-89.45,222.69,120 km", azimuth_step=30.0, scheduler=client)
    for k in range(rounds):
        took = []
        for client in clients if k % 2 == 0 else clients[::-1]:
            began = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                horizon_map("auto", area, scheduler=client, output=Path(folder) / "map.zarr")
            took.append(time.perf_counter() - began)
        took = took if k % 2 == 0 else took[::-1]
        ratios.append(took[0] / took[1])
        print(f"  one worker {took[0]:.1f} s, two {took[1]:.1f} s: {ratios[-1]:.2f}", flush=True)
    logging.disable(logging.WARNING)  # workers that take their leave
    for one in (*clients, *clusters):
        one.close()
    print(f"two workers against one: {np.median(ratios):.2f} times as fast (median of {rounds})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="an area of 200 km in place of the whole grid")
    quick = parser.parse_args().quick
    horizon_map("auto", "-89.45,222.69,5 km")
    illumination_map("auto", "-89.45,222.69,5 km", "2026-01-01", "2026-02-01")
    area, side = ("-90,0,200 km", 125) if quick else (GRID, 762)
    with tempfile.TemporaryDirectory() as folder:
        with clock(f"skylines of {side} x {side} x 720", side * side * 720):
            whole = horizon_map("auto", area, output=Path(folder) / "horizons.zarr")
        difference(whole, 20 if quick else 150)
        middle = "-90,0,100 km" if quick else PIXELS_146K
        with clock(f"mean light of {middle}, skylines too"):
            light = illumination_map("auto", middle, *NINETEEN_YEARS, quantities=("sun",))
        known = horizon_map("auto", middle, output=Path(folder) / "middle.zarr")
        with clock(f"mean light of {light.sizes['y'] * light.sizes['x']} pixels from their skylines"):
            illumination_map("auto", middle, *NINETEEN_YEARS, quantities=("sun",), horizons=known)
        with clock("mean light, Earth and darkness (2 h) from their skylines"):
            illumination_map(
                "auto",
                middle,
                *NINETEEN_YEARS,
                quantities=("sun", "earth", "darkness"),
                step="2 h",
                horizons=known,
            )
    two_workers("-90,0,100 km" if quick else "-90,0,300 km", 3)


if __name__ == "__main__":
    main()
