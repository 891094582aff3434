"""How fast windows are found: this project against SPICE ``gf*`` and Skyfield ``find_discrete``, paired in one process.

Rounds alternate between the engines, so that a busy machine slows all of them alike; the ratio is taken within a round
and its median printed. Kernels and trajectories stay loaded in every engine; everything that we compute from them is
thrown away before each round (cold), or kept as a session that asks again finds it (warm). SPICE searches with LT+S.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import spiceypy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ilrs_science.catalogue.constraint import (
    EarthElevation,
    PassOver,
    RangeTo,
    Separation,
    SunElevation,
)
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.epochs import to_tdb
from ilrs_science.intervals import Windows
from ilrs_science.paths import share_folder
from ilrs_science.sky import fine
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows import grid
from ilrs_science.windows.constraints import find_windows
from ilrs_science.windows.portfolio import find_windows_at
from tests.oracles import spice

PLACES = (SurfacePlace(-89.45, 222.69, 1900.0), SurfacePlace(44.12, -19.51, 0.0))
SEARCHES = [
    (place, body, limit) for place in range(len(PLACES)) for body, limit in (("sun", 0.0), ("earth", 5.0))
]
KINDS = {"sun": SunElevation, "earth": EarthElevation}
STEP = 6 * 3600.0
ORBITER = -900_100
MONTH = ("2026-01-01", "2026-01-31")

Edges = list[np.ndarray]
#: What an engine found, in its own form: it is read after the clock has stopped.
Found = Windows | spiceypy.Cell_Double | np.ndarray
Engine = Callable[[str, str], list[Found]]


def edges(found: Found) -> np.ndarray:
    """(n, 2) starts and ends. [s past J2000 TDB]"""
    if isinstance(found, Windows):
        return np.stack([to_tdb(found.starts), to_tdb(found.ends)], axis=1)
    return found if isinstance(found, np.ndarray) else spice.pairs(found)


def cold(engine: Engine) -> Engine:
    """The same engine with nothing kept but kernels and trajectories."""

    def run(start: str, end: str) -> list[Found]:
        grid.sky_on.cache_clear()
        grid.grid_for.cache_clear()
        grid._segments.cache_clear()  # noqa: SLF001
        fine._cells.cache_clear()  # noqa: SLF001
        return engine(start, end)

    return run


def span(start: str, end: str) -> spiceypy.Cell_Double:
    """The span as a SPICE window."""
    return spice.cell([(spiceypy.str2et(start), spiceypy.str2et(end))])


# --- two sites, Sun and Earth ------------------------------------------------------------------------------------


def elevations(start: str, end: str) -> list[Found]:
    """Sun above 0 deg and Earth above 5 deg at two sites, by this project."""
    return [
        find_windows(KINDS[body](min=f"{limit} deg"), PLACES[place], start, end)
        for place, body, limit in SEARCHES
    ]


def elevations_gf(start: str, end: str) -> list[Found]:
    """The same by ``gfposc`` at a step of 6 h."""
    confine = span(start, end)
    return [
        spice.elevation_windows(body, spice.FIRST_SITE + place, ">", limit, confine, STEP)
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

    def __call__(self, start: str, end: str) -> list[Found]:
        from skyfield.searchlib import find_discrete

        first, last = (
            self.timescale.tdb_jd(2451545.0 + spiceypy.str2et(day) / 86400.0) for day in (start, end)
        )
        found: list[Found] = []
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


# --- passes of an orbiter ----------------------------------------------------------------------------------------


def passes(start: str, end: str) -> list[Found]:
    """An orbiter at 100 km above 10 deg over a polar site, by this project."""
    spec = PassOver(orbiter="llo_100", min="10 deg")
    return [find_windows(spec, PLACES[0], start, end)]


def passes_gf(start: str, end: str) -> list[Found]:
    """The same trajectory by ``gfposc`` at a step of 60 s."""
    confine = span(start, end)
    return [spice.elevation_windows(str(ORBITER), spice.FIRST_SITE, ">", 10.0, confine, 60.0)]


@contextmanager
def orbiter(folder: Path) -> Iterator[None]:
    """The trajectory as a SPK file of type 13: states every minute, degree 11, loaded in SPICE."""
    orbit = load_catalogue().orbits["llo_100"].replace(epoch=MONTH[0])
    flight = trajectory_of(orbit, "2025-12-31T23:50", "2026-01-31T00:10")
    times = np.append(np.arange(flight.start, flight.end, 60.0), flight.end)
    path = folder / "orbiter.bsp"
    handle = spiceypy.spkopn(str(path), "orbiter", 0)
    states = flight.states(times)
    spiceypy.spkw13(
        handle, ORBITER, 301, "J2000", times[0], times[-1], "orbiter", 11, len(times), states, times
    )
    spiceypy.spkcls(handle)
    spiceypy.furnsh(str(path))
    try:
        yield
    finally:
        spiceypy.unload(str(path))


# --- four constraints at once ------------------------------------------------------------------------------------


def joint(start: str, end: str) -> list[Found]:
    """Sun and Earth up, apart by 30 deg, Earth nearer than 395 000 km, by this project."""
    spec = (
        SunElevation(min="0 deg")
        & EarthElevation(min="5 deg")
        & Separation(bodies=("sun", "earth"), min="30 deg")
        & RangeTo(body="earth", max="395000 km")
    )
    return [find_windows(spec, PLACES[1], start, end)]


def joint_gf(start: str, end: str) -> list[Found]:
    """The same by four searches of SPICE, each confined to what the one before it left."""
    code = spice.FIRST_SITE + 1
    found = spice.elevation_windows("sun", code, ">", 0.0, span(start, end), STEP)
    found = spice.elevation_windows("earth", code, ">", 5.0, found, STEP)
    found = spice.separation_windows(code, ">", 30.0, found, STEP)
    near = spice.cell()
    spiceypy.gfdist("EARTH", "LT+S", str(code), "<", 395_000.0, 0.0, STEP, 2000, found, near)
    return [near]


# --- what is printed ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    name: str
    ours: Engine
    theirs: dict[str, Engine]
    span: tuple[str, str]


def error(found: Edges, wanted: Edges) -> float:
    """Largest difference of an edge [ms]; infinite if a window is missing."""
    pairs = list(zip(found, wanted, strict=True))
    if any(one.shape != two.shape for one, two in pairs):
        return float("inf")
    return 1000.0 * max(float(np.abs(one - two).max(initial=0.0)) for one, two in pairs)


def timed(engine: Engine, span: tuple[str, str]) -> tuple[float, Edges]:
    """Seconds, and what was found."""
    begin = time.perf_counter()
    found = engine(*span)
    return time.perf_counter() - begin, [edges(one) for one in found]


def compare(case: Case, rounds: int) -> None:
    """Alternating rounds over all engines; one line a peer."""
    engines = {"cold": cold(case.ours), "warm": case.ours, **case.theirs}
    for _ in range(2):  # the compiler loads what it kept
        timed(engines["cold"], case.span)
    results = [{name: timed(engine, case.span) for name, engine in engines.items()} for _ in range(rounds)]
    for name in case.theirs:
        ratios = [(one[name][0] / one["cold"][0], one[name][0] / one["warm"][0]) for one in results]
        (slow, quick), lowest = (
            (median(column) for column in zip(*ratios, strict=True)),
            min(r for r, _ in ratios),
        )
        worst = max(error(one["cold"][1], one[name][1]) for one in results)
        count = 2 * sum(map(len, results[0]["cold"][1]))
        took = 1000.0 * median(one["cold"][0] for one in results)
        print(
            f"| {case.name}, {count} edges | {name} | {slow:.0f}x (least {lowest:.0f}x) | {quick:.0f}x "
            f"| {worst:.3f} ms | {took:.1f} ms |",
            flush=True,
        )


def many_sites(rounds: int) -> None:
    """A hundred sites, Sun and Earth, nineteen years; and whether a site takes as long among many as among few."""
    random = np.random.default_rng(0)
    sites = {
        f"site {k}": SurfacePlace(float(np.degrees(np.arcsin(z))), float(lon))
        for k, (z, lon) in enumerate(
            zip(random.uniform(-1, 1, 100), random.uniform(0, 360, 100), strict=True)
        )
    }

    def run(count: int) -> float:
        begin = time.perf_counter()
        chosen = dict(list(sites.items())[:count])
        for spec in (SunElevation(min="0 deg"), EarthElevation(min="5 deg")):
            find_windows_at(spec, chosen, "2026-01-01", "2045-01-01")
        return time.perf_counter() - begin

    run(2)
    whole, few = zip(*((run(100), run(10)) for _ in range(rounds)), strict=True)
    linear = median(a / (10.0 * b) for a, b in zip(whole, few, strict=True))
    print(f"\n100 sites x 2 targets x 19 years: {median(whole):.2f} s; {linear:.2f} of ten times 10 sites")


def memory() -> None:
    """Peak memory of a process that searches a thousand sites for a year."""
    code = """
import resource
import sys
from pathlib import Path
from ilrs_science.catalogue.constraint import EarthElevation, SunElevation
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.portfolio import find_windows_at
sites = {str(k): SurfacePlace(-90.0 + 0.18 * k, 0.36 * k) for k in range(1000)}
lit_and_linked = SunElevation(min="0 deg") & EarthElevation(min="5 deg")
found = find_windows_at(lit_and_linked, sites, "2026-01-01", "2027-01-01")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
status = Path("/proc/self/status")  # Linux carries ru_maxrss over from the process that started this one
lines = dict(line.split(":", 1) for line in status.read_text().splitlines()) if status.exists() else {}
print(len(found), int(lines["VmHWM"].split()[0]) * 1024 if "VmHWM" in lines else peak)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    count, peak = map(int, done.stdout.split())
    print(f"{count} sites x 1 year: {peak / 1e6:.0f} MB at the most, libraries included")


def main() -> None:
    """Print the table and what is measured without a peer."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with spice.kernels(), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        coverage = (spiceypy.str2et("2025-12-01"), spiceypy.str2et("2046-01-01"))
        with spice.sites(PLACES, folder, coverage), orbiter(folder):
            both = {"SPICE, 6 h step": elevations_gf, "Skyfield, 6 h step": Skyfield()}
            year, long = ("2026-01-01", "2027-01-01"), ("2026-01-01", "2045-01-01")
            print("| case | peer | faster, cold | warm | largest difference of an edge | ours, cold |")
            print("|---|---|---|---|---|---|")
            for case in (
                Case("2 sites, Sun and Earth, 19 y", elevations, both, long),
                Case("2 sites, Sun and Earth, 1 y", elevations, both, year),
                Case("passes at 100 km, 30 d", passes, {"SPICE, 60 s step": passes_gf}, MONTH),
                Case("4 constraints, 1 y", joint, {"SPICE, chained": joint_gf}, year),
            ):
                compare(case, given.rounds)
    many_sites(given.rounds)
    memory()


if __name__ == "__main__":
    main()
