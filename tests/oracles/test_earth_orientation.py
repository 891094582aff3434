"""The recipe of the Earth's orientation: it copies what it is given, and cuts where it is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import spiceypy

from ilrs_science.paths import share_folder
from ilrs_science.sky.kernels import EARTH_ORIENTATION
from tests.oracles.earth_orientation import LAST, comment, cut, write

KERNEL = share_folder("data") / EARTH_ORIENTATION
DAY = 86400.0


def axes(path: Path, epochs: np.ndarray) -> np.ndarray:
    """ICRF to ITRF93 by SPICE with one kernel."""
    spiceypy.furnsh(str(path))
    try:
        return np.array([spiceypy.pxform("J2000", "ITRF93", t) for t in epochs])
    finally:
        spiceypy.unload(str(path))


def test_a_kernel_cut_to_all_of_itself_is_the_same_file(tmp_path: Path) -> None:
    copy = tmp_path / "copy.bpc"
    write(copy, KERNEL, comment(KERNEL), cut(KERNEL, -np.inf, np.inf))
    assert copy.read_bytes() == KERNEL.read_bytes()


def test_the_shipped_kernel_ends_at_the_last_day_of_the_recipe() -> None:
    segments = list(cut(KERNEL, -np.inf, np.inf))
    assert segments[-1][1][1] == LAST
    assert "measured to 2026-10-26" in comment(KERNEL)
    # what NAIF says about its own two files is kept
    assert "earth_000101_270122_261026.bpc" in comment(KERNEL)
    assert "Low accuracy, long term predict earth PCK" in comment(KERNEL)


def test_a_shorter_kernel_holds_the_same_orientation(tmp_path: Path) -> None:
    first, last = 10.3 * 365.0 * DAY, 10.3 * 365.0 * DAY + 30.0 * DAY
    short = tmp_path / "short.bpc"
    write(short, KERNEL, "a month\n", cut(KERNEL, first, last))
    assert short.stat().st_size < 40_000
    epochs = np.linspace(first, last, 50)
    assert np.array_equal(axes(short, epochs), axes(KERNEL, epochs))
    assert comment(short) == "a month\n"


def test_a_cut_across_two_segments_keeps_both(tmp_path: Path) -> None:
    border = list(cut(KERNEL, -np.inf, np.inf))[3][1][1]
    found = list(cut(KERNEL, border - 2.5 * DAY, border + 1.5 * DAY))
    assert [summary[:2] for _, summary, _ in found] == [
        (border - 2.5 * DAY, border),
        (border, border + 1.5 * DAY),
    ]
    assert [int(words[-1]) for _, _, words in found] == [3, 2]
