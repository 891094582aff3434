"""OEM files: read as they were written; gaps, frames, centres and damage named with their place."""

import numpy as np
import pytest

from ilrs_science.epochs import format_epoch, from_tdb, to_tdb
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.oem import read_oem
from ilrs_science.sky.propagate import propagate_state

BEGIN = np.datetime64("2026-01-01T00:00:00", "us")
TDB = float(to_tdb(BEGIN))
HOURS = 4


@pytest.fixture(scope="module")
def path():
    """Four hours of a 300 x 2000 km orbit."""
    state = np.array([2037.4, 0.0, 0.0, 0.0, 0.4, 1.75])
    return propagate_state(state, TDB, (TDB - 60.0, TDB + HOURS * 3600.0 + 60.0), model=ForceModel(degree=4))


def rows(path, minutes, write=lambda utc: format_epoch(utc, "ms").rstrip("Z")):
    """Lines of states at minutes after the begin."""
    epochs = BEGIN + (np.asarray(minutes) * 60e6).astype("timedelta64[us]")
    states = path.states(to_tdb(epochs))
    return [" ".join([write(t), *(f"{x:.12f}" for x in s)]) for t, s in zip(epochs, states, strict=True)]


def message(*blocks, head="CCSDS_OEM_VERS = 2.0"):
    return "\n".join([head, "CREATION_DATE = 2026-01-01T00:00:00", "ORIGINATOR = TEST", *blocks]) + "\n"


def block(lines, **changes):
    meta = {
        "OBJECT_NAME": "PROBE", "OBJECT_ID": "2026-001A", "CENTER_NAME": "MOON", "REF_FRAME": "ICRF",
        "TIME_SYSTEM": "UTC", "INTERPOLATION": "HERMITE", "INTERPOLATION_DEGREE": "9",
    } | changes  # fmt: skip
    head = [f"{key} = {value}" for key, value in meta.items() if value is not None]
    return "\n".join(["META_START", "COMMENT a comment", *head, "META_STOP", "", *lines])


@pytest.fixture
def read(tmp_path):
    """Reads a text as a file."""

    def reader(text, **more):
        file = tmp_path / "probe.oem"
        file.write_text(text, "utf-8")
        return read_oem(file, **more)

    return reader


EVERY = np.arange(0, HOURS * 60 + 1, 2)


@pytest.mark.parametrize("method", [("HERMITE", "9"), ("LAGRANGE", "11"), ("HERMITE", "8"), (None, None)])
def test_states_come_back_and_the_motion_between_them(read, path, method):
    found = read(message(block(rows(path, EVERY), INTERPOLATION=method[0], INTERPOLATION_DEGREE=method[1])))
    times = np.linspace(found.start, found.end, 500)
    assert found.position(times) == pytest.approx(path.position(times), abs=2e-4)
    assert found.fit_error < 0.2
    at = to_tdb(BEGIN + np.timedelta64(60, "m"))
    assert found.position(np.array([at]))[0] == pytest.approx(path.position(np.array([at]))[0], abs=1e-5)
    assert repr(found).startswith(
        "<Trajectory of PROBE (probe.oem): 2026-01-01T00:00:00Z to 2026-01-01T04:00:00Z"
    )


# TAI = UTC + 37 s since 2017, TT = TAI + 32.184 s, both by definition; TDB by the leap-seconds kernel.
@pytest.mark.parametrize(("scale", "ahead"), [("TAI", 37.0), ("TT", 69.184), ("TDB", None)])
def test_every_time_system_gives_the_same_motion(read, path, scale, ahead):
    def write(utc):
        shift = float(
            to_tdb(utc) - (utc - np.datetime64("2000-01-01T12:00:00", "us")) / np.timedelta64(1, "s")
        )
        seconds = shift if ahead is None else ahead
        return str(utc + np.timedelta64(round(seconds * 1e6), "us"))

    found = read(message(block(rows(path, EVERY, write), TIME_SYSTEM=scale)))
    times = np.linspace(found.start, found.end, 100)
    assert found.start == pytest.approx(TDB, abs=2e-6)
    assert found.position(times) == pytest.approx(path.position(times), abs=1e-4)


def test_days_of_the_year_and_accelerations_are_read_and_covariances_left_out(read, path):
    lines = [line.replace("2026-01-01T", "2026-001T") + " 0.0 0.0 0.0" for line in rows(path, EVERY)]
    covariance = ["COVARIANCE_START", "EPOCH = 2026-01-01T00:00:00", "1.0", "0.0 1.0", "COVARIANCE_STOP"]
    found = read(message(block([*lines, *covariance])))
    assert found.end - found.start == pytest.approx(HOURS * 3600)


def test_segments_that_touch_are_one_motion(read, path):
    found = read(message(block(rows(path, EVERY[:61])), block(rows(path, EVERY[60:]))))
    times = np.linspace(found.start, found.end, 200)
    assert found.position(times) == pytest.approx(path.position(times), abs=1e-4)


def test_only_the_useable_part_counts(read, path):
    limits = {"USEABLE_START_TIME": "2026-01-01T00:10:00", "USEABLE_STOP_TIME": "2026-01-01T03:50:00"}
    found = read(message(block(rows(path, EVERY), **limits)))
    assert [format_epoch(from_tdb(t)[()], "s") for t in (found.start, found.end)] == [
        "2026-01-01T00:10:00Z",
        "2026-01-01T03:50:00Z",
    ]


@pytest.mark.parametrize("split", [True, False])
def test_a_gap_between_and_inside_segments_is_named(read, path, split):
    one, two = rows(path, EVERY[:40]), rows(path, EVERY[80:])
    text = message(block(one), block(two)) if split else message(block([*one, *two]))
    where = "probe.oem has no ephemeris from 2026-01-01T01:18:00Z to 2026-01-01T02:40:00Z"
    with pytest.raises(CoverageError, match=where):
        read(text)
    assert read(text, end="2026-01-01T01:00").end == pytest.approx(TDB + 3600.0)


def test_a_span_beyond_the_file_is_named(read, path):
    with pytest.raises(CoverageError, match="no ephemeris from 2026-01-01T04:00:00Z to 2026-01-02T00:00:00Z"):
        read(message(block(rows(path, EVERY))), end="2026-01-02")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"REF_FRAME": "ITRF2014"}, r"probe.oem:4: REF_FRAME is ITRF2014; frames that are read: ICRF"),
        ({"REF_FRAME": None}, "REF_FRAME is missing"),
        ({"CENTER_NAME": "EARTH"}, "CENTER_NAME is EARTH; MOON is read"),
        ({"CENTER_NAME": None}, "CENTER_NAME is missing"),
        ({"TIME_SYSTEM": "GPS"}, "TIME_SYSTEM is GPS; UTC, TDB, TT and TAI are read"),
        ({"INTERPOLATION": "SPLINE"}, "INTERPOLATION is SPLINE; HERMITE, LAGRANGE"),
        ({"INTERPOLATION_DEGREE": "many"}, "INTERPOLATION_DEGREE is many; a number from 1 to 31"),
        ({"USEABLE_START_TIME": "noon"}, "USEABLE_START_TIME: 'noon' is not an epoch"),
    ],
)
def test_what_a_segment_may_not_say_is_named_with_its_line(read, path, changes, expected):
    with pytest.raises(RequestError, match=expected):
        read(message(block(rows(path, EVERY[:20]), **changes)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-01-01T00:01:00 1 2 3", r"probe.oem:\d+: 4 columns, not an epoch and 6 or 9 numbers"),
        ("2026-01-01T00:01:00 1 2 3 4 5 six", "could not convert string to float"),
        ("2026-01-01T00:01:00 1 2 3 4 5 nan", "a number is not finite"),
        ("2026-02-30T00:01:00 1 2 3 4 5 6", r"probe.oem:\d+: "),
        ("2026-01-01T25:01:00 1 2 3 4 5 6", "is not a possible epoch"),
        ("yesterday 1 2 3 4 5 6", "'yesterday' is not an epoch such as"),
        ("2025-12-31T00:00:00 1 2 3 4 5 6", "is not after the one before"),
    ],
)
def test_a_damaged_line_is_named(read, path, line, expected):
    with pytest.raises(RequestError, match=expected):
        read(message(block([*rows(path, EVERY[:3]), line])))


@pytest.mark.parametrize(
    "text", ["", "hello", "<?xml version='1.0'?><oem/>", "CCSDS_OPM_VERS = 2.0", "CCSDS_OEM_VERS = 9.0"]
)
def test_what_is_no_message_is_one_clear_error(read, text):
    with pytest.raises(RequestError, match="does not begin with CCSDS_OEM_VERS"):
        read(text)


def test_an_empty_message_and_an_empty_segment_are_refused(read):
    with pytest.raises(RequestError, match="holds the targets none"):
        read(message())
    with pytest.raises(RequestError, match="the segment holds no states"):
        read(message(block([])))


def test_a_binary_and_a_missing_file_are_refused(tmp_path):
    (tmp_path / "b.oem").write_bytes(b"\xff\xfe\x00\x80" * 50)
    with pytest.raises(RequestError, match="it is not text"):
        read_oem(tmp_path / "b.oem")
    with pytest.raises(RequestError, match="cannot read"):
        read_oem(tmp_path / "none.oem")


def test_of_several_orbiters_one_is_named(read, path):
    text = message(
        block(rows(path, EVERY)), block(rows(path, EVERY), OBJECT_NAME="RELAY", OBJECT_ID="2026-002A")
    )
    with pytest.raises(RequestError, match="holds the targets PROBE, RELAY; name one"):
        read(text)
    with pytest.raises(RequestError, match="holds the targets PROBE, RELAY; not HUBBLE"):
        read(text, target="HUBBLE")
    assert read(text, target="2026-002A").name == "RELAY (probe.oem)"
