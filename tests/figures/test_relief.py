"""The relief: a true PNG, lit from the north-west."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
import pytest

from ilrs_science.figures.relief import grey_png, hillshade, moon_relief

FLAT = np.sin(np.radians(45.0))


def chunks(address: str) -> dict[bytes, bytes]:
    """The parts of a PNG, each with a right checksum."""
    prefix = "data:image/png;base64,"
    assert address.startswith(prefix)
    content = base64.b64decode(address[len(prefix) :])
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = {}, 8
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", content, at + 8 + length) == (zlib.crc32(kind + body),)
        found[kind], at = body, at + 12 + length
    return found


def pixels(address: str) -> np.ndarray:
    parts = chunks(address)
    columns, rows, depth, colour = struct.unpack_from(">IIBB", parts[b"IHDR"])
    assert (depth, colour) == (8, 0)
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(rows, columns + 1)
    assert not lines[:, 0].any(), "no filter"
    return lines[:, 1:]


def test_a_picture_keeps_its_pixels() -> None:
    drawn = np.arange(12.0).reshape(3, 4) * 20
    np.testing.assert_array_equal(pixels(grey_png(drawn)), drawn)


def test_what_is_out_of_range_is_clipped() -> None:
    np.testing.assert_array_equal(pixels(grey_png(np.array([[-5.0, 300.0]]))), [[0, 255]])


def test_flat_ground_is_as_bright_as_the_light_is_high() -> None:
    latitude = np.array([45.0, 0.0, -45.0])
    np.testing.assert_allclose(hillshade(np.full((3, 8), 123.0), latitude), FLAT)


@pytest.mark.parametrize(
    ("axis", "sign", "brighter"), [(1, 1, True), (1, -1, False), (0, 1, True), (0, -1, False)]
)
def test_slopes_that_face_the_north_west_are_bright(axis: int, sign: int, brighter: bool) -> None:
    rows, columns = np.indices((9, 16))
    ramp = sign * 20_000.0 * (columns if axis == 1 else rows)
    # rising eastward or southward, the ground faces west or north
    shade = hillshade(ramp, np.zeros(9))[4, 8]
    assert bool(shade > FLAT) is brighter


def test_the_moon_is_a_small_picture_of_the_whole_globe() -> None:
    picture = pixels(moon_relief())
    assert picture.shape == (360, 720)
    assert picture.std() > 10
    assert len(moon_relief()) < 250_000
    assert moon_relief() is moon_relief(), "made once"


def test_the_far_side_is_rougher_than_the_western_maria() -> None:
    picture = pixels(moon_relief()).astype(float)
    oceanus = picture[140:180, 240:280]  # 20 to 0 deg north, 60 to 40 deg west: Oceanus Procellarum
    far = picture[140:180, 0:40]
    assert far.std() > 1.5 * oceanus.std()
