"""SPK files written by SPICE are read as SPICE reads them."""

import numpy as np
import pytest
import spiceypy as spice

from ilrs_science.epochs import from_tdb
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.sky.chebyshev import node_matrix, nodes
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.propagate import propagate_state
from ilrs_science.sky.spk import read_spk
from tests.oracles import spice as oracle

CODE = -31001
BEGIN, SPAN = 820454400.0, 6 * 3600.0


@pytest.fixture(scope="module")
def path():
    """Six hours of a 300 x 2000 km orbit."""
    state = np.array([2037.4, 0.0, 0.0, 0.0, 0.4, 1.75])
    return propagate_state(state, BEGIN, (BEGIN, BEGIN + SPAN), model=ForceModel(degree=4))


def write(file, kind, path, *, centre=301, frame="J2000", begin=BEGIN, end=BEGIN + SPAN, append=False):
    """An SPK segment of a type, of the orbit above whatever its centre is called."""
    handle = spice.spkopa(str(file)) if append else spice.spkopn(str(file), "test", 0)
    times = np.arange(begin, end + 1.0, 60.0)
    uneven = times + np.where((times > begin) & (times < end - 1), 7.0 * np.sin(times), 0.0)
    common = (handle, CODE, centre, frame, begin, end, "test")
    if kind in (2, 3):
        step, count = 600.0, 18
        mids = np.arange(begin, end - 1, step) + step / 2
        values = np.stack([path.states(m + step / 2 * nodes(count)) for m in mids])
        series = np.swapaxes(node_matrix(count) @ values, 1, 2)
        writer = spice.spkw02 if kind == 2 else spice.spkw03
        part = series[:, :3] if kind == 2 else series
        writer(*common, step, len(mids), count - 1, np.ascontiguousarray(part).ravel(), begin)
    elif kind in (8, 12):
        writer = spice.spkw08 if kind == 8 else spice.spkw12
        writer(*common, 9 if kind == 8 else 7, len(times), path.states(times), begin, 60.0)
    elif kind == 9:
        spice.spkw09(*common, 8, len(uneven), path.states(uneven), uneven)
    elif kind == 13:
        spice.spkw13(*common, 7, len(uneven), path.states(uneven), uneven)
    else:
        spice.spkw05(*common, 4902.8, 2, path.states(np.array([begin, end])), [begin, end])
    spice.spkcls(handle)


def asked(file, times, observer="301"):
    """What SPICE reads. [km]"""
    spice.furnsh(str(file))
    try:
        return np.array([spice.spkezp(CODE, t, "J2000", "NONE", int(observer))[0] for t in times])
    finally:
        spice.unload(str(file))


@pytest.mark.parametrize("kind", [2, 3, 8, 9, 12, 13])
def test_every_type_is_read_as_spice_reads_it(tmp_path, path, kind):
    file = tmp_path / "one.bsp"
    write(file, kind, path)
    found = read_spk(file)
    times = np.random.default_rng(kind).uniform(BEGIN, BEGIN + SPAN, 200)
    distance = np.linalg.norm(found.position(times) - asked(file, times), axis=1).max()
    assert distance < 1e-6 + found.fit_error / 1e3  # [km]; the fit states the jumps of the file itself
    assert found.fit_error < 0.01
    assert repr(found).startswith(f"<Trajectory of {CODE} (one.bsp): 2025-12-31T")


@pytest.mark.parametrize("centre", [399, 3, 0])
def test_a_motion_about_another_known_centre_is_brought_to_the_moon(tmp_path, path, centre):
    file = tmp_path / "one.bsp"
    write(file, 13, path, centre=centre)
    found = read_spk(file, start=from_tdb(BEGIN)[()] + np.timedelta64(1, "s"))
    times = np.linspace(BEGIN + 2, BEGIN + SPAN, 50)
    with oracle.kernels():
        expected = asked(file, times)
    # an epoch in double precision is good to 1e-7 s, in which the Moon moves 4e-6 km about the barycentre
    assert np.linalg.norm(found.position(times) - expected, axis=1).max() < 3e-5


def test_a_gap_is_named(tmp_path, path):
    file = tmp_path / "gap.bsp"
    write(file, 9, path, end=BEGIN + 7200.0)
    write(file, 9, path, begin=BEGIN + 10800.0, append=True)
    with pytest.raises(
        CoverageError, match=r"gap.bsp has no ephemeris from 2025-12-31T\S+Z to 2025-12-31T\S+Z"
    ):
        read_spk(file)
    assert read_spk(file, end=from_tdb(BEGIN + 7000.0)[()]).end == pytest.approx(BEGIN + 7000.0)


def test_a_later_segment_takes_precedence(tmp_path, path):
    file = tmp_path / "two.bsp"
    write(file, 9, path)
    shifted = propagate_state(
        path.states(np.array([BEGIN]))[0] + [1, 0, 0, 0, 0, 0],
        BEGIN,
        (BEGIN, BEGIN + SPAN),
        model=ForceModel(degree=4),
    )
    write(file, 9, shifted, append=True)
    times = np.linspace(BEGIN, BEGIN + SPAN, 40)
    assert read_spk(file).position(times) == pytest.approx(asked(file, times), abs=1e-5)


@pytest.mark.parametrize(
    ("kind", "more", "message"),
    [
        (13, {"frame": "ECLIPJ2000"}, "in frame 17; frame 1"),
        (13, {"centre": 499}, "about centre 499; centres that are read: Moon 301"),
        (5, {}, "as type 5; types 2, 3, 8, 9, 12 and 13 are read"),
    ],
)
def test_what_is_not_read_is_named(tmp_path, path, kind, more, message):
    file = tmp_path / "one.bsp"
    write(file, kind, path, **more)
    with pytest.raises(RequestError, match=message):
        read_spk(file)


def test_a_target_that_is_not_there_is_named_with_those_that_are(tmp_path, path):
    file = tmp_path / "one.bsp"
    write(file, 13, path)
    with pytest.raises(RequestError, match="holds the targets -31001; not -5"):
        read_spk(file, target=-5)


@pytest.mark.parametrize("content", [b"", b"hello", b"DAF/SPK " + b"\0" * 2000, b"x" * 4096])
def test_a_file_that_is_none_is_one_clear_error(tmp_path, content):
    file = tmp_path / "bad.bsp"
    file.write_bytes(content)
    with pytest.raises(
        RequestError, match=r"bad.bsp (is not a sound binary SPK file|holds the targets none)"
    ):
        read_spk(file)


def test_a_missing_file_is_one_clear_error(tmp_path):
    with pytest.raises(RequestError, match=r"cannot read .*none\.bsp"):
        read_spk(tmp_path / "none.bsp")
