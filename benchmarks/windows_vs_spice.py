"""Windows of two sites against SPICE ``gfposc`` and Skyfield ``find_discrete``: paired ratios in one process.

Four searches: Sun above 0 deg and Earth above 5 deg at a polar and a near-side site, LT+S. Rounds alternate between the
engines, so that a busy machine slows all of them alike; the ratio is taken within a round and its median printed. The
kernels stay loaded in every engine; everything that we compute from them is thrown away before each round (cold), or
kept as a session that asks again finds it (warm).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import spiceypy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ilrs_science.catalogue.constraint import EarthElevation, SunElevation
from ilrs_science.epochs import to_tdb
from ilrs_science.paths import share_folder
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows import signals
from ilrs_science.windows.constraints import find_windows
from tests.oracles import spice

PLACES = (SurfacePlace(-89.45, 222.69, 1900.0), SurfacePlace(44.12, -19.51, 0.0))
SEARCHES = [
    (place, body, limit) for place in range(len(PLACES)) for body, limit in (("sun", 0.0), ("earth", 5.0))
]
STEP = 6 * 3600.0

Edges = list[np.ndarray]


def ours(start: str, end: str) -> Edges:
    """Edges by this project. [s past J2000 TDB]"""
    kinds = {"sun": SunElevation, "earth": EarthElevation}
    found = [
        find_windows(kinds[body](min=f"{limit} deg"), PLACES[place], start, end)
        for place, body, limit in SEARCHES
    ]
    return [np.stack([to_tdb(one.starts), to_tdb(one.ends)], axis=1) for one in found]


def ours_cold(start: str, end: str) -> Edges:
    """The same, with nothing kept but the kernels."""
    signals._sky.cache_clear()  # noqa: SLF001
    return ours(start, end)


def gfposc(start: str, end: str) -> Edges:
    """Edges by SPICE."""
    confine = spice.cell([(spiceypy.str2et(start), spiceypy.str2et(end))])
    return [
        spice.pairs(spice.elevation_windows(body, spice.FIRST_SITE + place, ">", limit, confine, STEP))
        for place, body, limit in SEARCHES
    ]


class Skyfield:
    """Edges by Skyfield, its kernels and lunar frame read beforehand."""

    def __init__(self) -> None:
        from skyfield.api import PlanetaryConstants, load, load_file

        kernels = share_folder("data") / "kernels"
        self.timescale = load.timescale(builtin=True)
        self.ephemeris = load_file(str(kernels / "de421.bsp"))
        constants = PlanetaryConstants()
        with (kernels / "moon_080317.tf").open("rb") as stream:
            constants.read_text(stream)
        constants.read_binary((kernels / "moon_pa_de421_1900-2050.bpc").open("rb"))
        constants.variables["BODY301_RADII"] = [1737.4, 1737.4, 1737.4]
        frame = constants.build_frame_named("MOON_ME_DE421")
        self.sites = [
            self.ephemeris["moon"]
            + constants.build_latlon_degrees(frame, p.latitude, p.longitude, elevation_m=p.height)
            for p in PLACES
        ]

    def __call__(self, start: str, end: str) -> Edges:
        from skyfield.searchlib import find_discrete

        first, last = (
            self.timescale.tdb_jd(2451545.0 + spiceypy.str2et(day) / 86400.0) for day in (start, end)
        )
        found = []
        for place, body, limit in SEARCHES:
            site, target = self.sites[place], self.ephemeris[body]

            def up(
                t: object, site: object = site, target: object = target, limit: float = limit
            ) -> np.ndarray:
                return site.at(t).observe(target).apparent().altaz()[0].degrees > limit  # type: ignore[attr-defined]

            up.step_days = STEP / 86400.0  # type: ignore[attr-defined]
            when, _ = find_discrete(first, last, up)
            edges = [(t - 2451545.0) * 86400.0 for t in when.tdb]
            if up(first):  # skyfield reports changes only
                edges = [spiceypy.str2et(start), *edges]
            if len(edges) % 2:
                edges.append(spiceypy.str2et(end))
            found.append(np.array(edges).reshape(-1, 2))
        return found


def error(found: Edges, wanted: Edges) -> float:
    """Largest difference of an edge [ms]; infinite if a window is missing."""
    pairs = list(zip(found, wanted, strict=True))
    if any(one.shape != two.shape for one, two in pairs):
        return float("inf")
    return 1000.0 * max(float(np.abs(one - two).max(initial=0.0)) for one, two in pairs)


def timed(engine: Callable[[str, str], Edges], span: tuple[str, str]) -> tuple[float, Edges]:
    """Seconds, and what was found."""
    begin = time.perf_counter()
    found = engine(*span)
    return time.perf_counter() - begin, found


def compare(span: tuple[str, str], rounds: int, engines: dict[str, Callable[[str, str], Edges]]) -> None:
    """Alternating rounds over all engines; a table of medians, ratios and edge errors."""
    for engine in engines.values():
        engine(span[0], f"{int(span[0][:4]) + 1}{span[0][4:]}")
    results = [{name: timed(engine, span) for name, engine in engines.items()} for _ in range(rounds)]
    truth = results[0]["gfposc"][1]
    edges = 2 * sum(map(len, truth))
    print(f"\n{span[0]} to {span[1]}, {edges} edges, {rounds} rounds")
    print(
        f"{'engine':<12}{'median ms':>11}{'ours cold is faster by':>25}{'by, warm':>11}{'max edge error ms':>20}"
    )
    for name in engines:
        cold, warm = (
            median(one[name][0] / one[mode][0] for one in results) for mode in ("ours, cold", "ours, warm")
        )
        worst = max(error(one[name][1], truth) for one in results)
        took = 1000.0 * median(one[name][0] for one in results)
        print(f"{name:<12}{took:>11.1f}{cold:>24.1f}x{warm:>10.1f}x{worst:>20.4f}")


def main() -> None:
    """Print the tables for one and for nineteen years."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--years", type=int, nargs="+", default=[1, 19])
    given = parser.parse_args()
    with spice.kernels(), tempfile.TemporaryDirectory() as folder:
        coverage = (spiceypy.str2et("2026-01-01"), spiceypy.str2et("2046-01-01"))
        with spice.sites(PLACES, Path(folder), coverage):
            engines = {"ours, cold": ours_cold, "ours, warm": ours, "gfposc": gfposc, "Skyfield": Skyfield()}
            for years in given.years:
                compare(("2026-01-01", f"{2026 + years}-01-01"), given.rounds, engines)


if __name__ == "__main__":
    main()
