"""``ilrs map``: files of an area, and a word on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.environment.maps.store import open_map

AREA = ("--area", "-89.45,222.69,16 km", "--azimuth-step", "5")
YEAR = ("--start", "2026-01-01", "--end", "2027-01-01", "--step", "12 h")


def test_a_horizon_map_is_written_and_told_on_stderr(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "map.zarr"
    done = ilrs("map", "--what", "horizon", *AREA, "--output", path)
    assert done.status == 0
    assert done.out == ""
    assert done.err.startswith(str(path)), "no empty line comes first where stderr is no terminal"
    assert f"{path}: 10 x 10 pixels of 1600 m (lola_south_1600m.tif)" in " ".join(done.err.split())
    assert open_map(path).horizon_elevation.shape == (10, 10, 72)


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("illumination", {"sun_mean_fraction"}),
        ("earth", {"earth_mean_fraction"}),
        ("darkness", {"sun_longest_dark", "sun_lit_part"}),
    ],
)
def test_a_map_of_light_holds_what_was_asked_for(
    what: str, names: set[str], ilrs: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "map.nc"
    done = ilrs("map", "--what", what, *AREA, *YEAR, "--mast", "10 m", "--output", path)
    assert done.status == 0
    found = open_map(path)
    assert set(found.data_vars) == names
    assert found.attrs["mast_m"] == 10.0
    assert all(name in done.err for name in names)
    parts = [line for line in done.err.splitlines() if "_mean_fraction" in line or "_lit_part" in line]
    assert parts
    assert not [line for line in parts if line.endswith(" 1")], "a fraction has no unit to print"


def test_slope_needs_no_dates(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    done = ilrs("map", "--what", "slope", "--area", "-89.45,222.69,16 km", "--output", tmp_path / "map.nc")
    assert done.status == 0
    assert "slope" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--what", "illumination", *AREA), "--what illumination needs --start and --end"),
        (("--what", "earth", *AREA, "--start", "2026-01-01"), "--what earth needs --start and --end"),
        (("--what", "slope", *AREA, *YEAR), "--what slope takes no --start and --end"),
        (("--what", "psr", *AREA), "no statement on permanent shadow from lola_south_1600m.tif"),
        (("--what", "horizon", "--area", "moon"), "neither LAT,LON,SIZE"),
        (("--what", "horizon", *AREA, "--scheduler", "cloud"), "scheduler 'cloud' is unknown"),
    ],
)
def test_a_wrong_request_is_one_line_and_writes_nothing(
    arguments: tuple[str, ...], said: str, ilrs: Callable[..., Any], tmp_path: Path
) -> None:
    done = ilrs("map", *arguments, "--output", tmp_path / "map.zarr")
    assert done.status == 2
    assert said in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "said"),
    [("map.zarr", "the same command goes on with what"), ("map.nc", "a stopped run can go on")],
)
def test_a_stop_says_how_to_go_on(
    name: str, said: str, ilrs: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ilrs_science.environment.maps import store

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "done_by", stopped)
    done = ilrs("map", "--what", "horizon", *AREA, "--output", tmp_path / name)
    assert done.status == 3
    assert said in done.err
    assert "ilrs: stopped" in done.err
    monkeypatch.undo()
    assert ilrs("map", "--what", "horizon", *AREA, "--output", tmp_path / name).status == 0
