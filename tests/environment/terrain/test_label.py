"""PDS images: whichever of image and label is given, scale, unit and place are those of the label."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.label import label_of
from ilrs_science.errors import RequestError
from tests.environment.terrain_files import RADIUS, label, write_attached, write_pds, write_tif

ROWS, COLUMNS = np.mgrid[0:40, 0:40]
HALF_METRES = (7 * COLUMNS - 3 * ROWS + ROWS * COLUMNS).astype("<i2")


def corner_height(dem: Dem) -> float:
    """At the centre of the first pixel: x = -390 m, y = 390 m of the south polar map."""
    latitude = -90.0 + np.degrees(2 * np.arctan(np.hypot(390.0, 390.0) / (2 * RADIUS)))
    return float(dem.height(latitude, -45.0))


@pytest.mark.parametrize("given", [0, 1])
def test_label_or_image_may_be_given(tmp_path: Path, given: int) -> None:
    HALF_METRES[0, 0] = 100
    dem = Dem.open(write_pds(tmp_path, HALF_METRES)[given])
    assert np.array_equal(dem.heights, 0.5 * HALF_METRES.astype("float32"))
    assert corner_height(dem) == pytest.approx(50.0, abs=1e-3)
    assert (dem.x0, dem.y0, dem.dx, dem.dy) == (-390.0, 390.0, 20.0, -20.0)


def test_small_letters_are_found_too(tmp_path: Path) -> None:
    text, image = write_pds(tmp_path, HALF_METRES)
    text.rename(tmp_path / "ldem_test.lbl")
    image.rename(tmp_path / "ldem_test.img")
    for name in ("ldem_test.lbl", "ldem_test.img"):
        assert Dem.open(tmp_path / name).heights[5, 6] == 0.5 * HALF_METRES[5, 6]


def test_radii_in_kilometres_are_heights(tmp_path: Path) -> None:
    # LDEM_*_FLOAT.LBL: PC_REAL, UNIT = KILOMETER, SCALING_FACTOR = 1, OFFSET = 1737.4
    kilometres = (HALF_METRES / 2000.0).astype("<f4")
    text, _ = write_pds(tmp_path, kilometres, unit="KILOMETER", scale=1, offset=1737.4)
    assert np.allclose(Dem.open(text).heights, 0.5 * HALF_METRES, atol=1e-3)


def test_an_attached_label_is_read(tmp_path: Path) -> None:
    path = write_attached(tmp_path / "ATTACHED.IMG", HALF_METRES)
    assert np.array_equal(Dem.open(path).heights, 0.5 * HALF_METRES.astype("float32"))


def test_voids_of_an_image_are_known_to_gdal(tmp_path: Path) -> None:
    holes = HALF_METRES.copy()
    holes[1, 1] = -32768
    dem = Dem.open(write_pds(tmp_path, holes)[0])
    assert np.argwhere(np.isnan(dem.heights)).tolist() == [[1, 1]]


def refused(path: Path, *words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Dem.open(path)
    for word in (path.name, *words):
        assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_without_the_other_is_refused(tmp_path: Path) -> None:
    text, image = write_pds(tmp_path, HALF_METRES)
    moved = image.rename(tmp_path / "ELSEWHERE.IMG")
    refused(moved, "without its label", "ELSEWHERE.LBL")
    refused(text, "LDEM_TEST.IMG", "not beside it")


def test_an_image_that_ends_early_is_refused(tmp_path: Path) -> None:
    text, image = write_pds(tmp_path, HALF_METRES)
    image.write_bytes(image.read_bytes()[:1500])
    refused(text, "cannot be read")


def test_a_label_of_both_poles_is_refused(tmp_path: Path) -> None:
    # LOLA's AVGVISIB labels have CENTER_LATITUDE = 90 for maps of the south.
    refused(write_pds(tmp_path, HALF_METRES, latitude=90.0)[0], "one pole", "CENTER_LATITUDE")


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    refused(write_pds(tmp_path, HALF_METRES, unit="DEGREE")[0], "degree")


def test_other_files_need_no_label(tmp_path: Path) -> None:
    assert label_of(write_tif(tmp_path / "plain.tif", HALF_METRES)) is None
    odd = write_tif(tmp_path / "tiff.img", HALF_METRES)
    assert label_of(odd) is None
    assert Dem.open(odd).heights.shape == (40, 40)


def test_a_label_says_unit_and_side(tmp_path: Path) -> None:
    text, image = write_pds(tmp_path, HALF_METRES)
    found = label_of(image)
    assert found is not None
    assert (found.path, found.unit, found.pole) == (text, "meter", -1)
    both = label(HALF_METRES, image.name).replace(
        "MAXIMUM_LATITUDE             = -89.9", "MAXIMUM_LATITUDE = 5"
    )
    text.write_text(both)
    found = label_of(text)
    assert found is not None
    assert found.pole == 0


def test_pds4_labels_are_read(tmp_path: Path) -> None:
    source = write_tif(tmp_path / "source.tif", HALF_METRES)
    import rasterio
    from rasterio.shutil import copy

    copy(source, tmp_path / "pds4.xml", driver="PDS4")
    with rasterio.open(tmp_path / "pds4.xml") as dataset:
        assert dataset.driver == "PDS4"
    for name in ("pds4.xml", "pds4.img"):
        assert np.array_equal(Dem.open(tmp_path / name).heights, HALF_METRES.astype("float32"))


def test_a_cylindrical_image_goes_round_the_moon(tmp_path: Path) -> None:
    # As LDEM_4 to LDEM_512: centre 180 E, scale in km, offsets of half the image less half a pixel.
    values = (np.arange(180)[:, None] * 10 + np.arange(360)).astype("<i2")
    projection = """MAP_PROJECTION_TYPE          = "SIMPLE CYLINDRICAL"
  MAP_RESOLUTION               = 1.0 <PIX/DEG>
  CENTER_LONGITUDE             = 180.0 <DEG>
  CENTER_LATITUDE              = 0.0 <DEG>
  MAP_SCALE                    = 30.32335042 <KM/PIXEL>
"""
    text, _ = write_pds(tmp_path, values)
    lines = text.read_text().splitlines()
    ours = ("MAP_PROJECTION_TYPE", "CENTER_", "MAP_SCALE", "M")
    kept = [line for line in lines if not line.strip().startswith(ours)]
    at = next(index for index, line in enumerate(kept) if "IMAGE_MAP_PROJECTION" in line)
    text.write_text("\r\n".join([*kept[: at + 1], *projection.splitlines(), *kept[at + 1 :]]))
    dem = Dem.open(text)
    assert dem.wraps
    for row, column in ((0, 0), (89, 200), (179, 359)):
        assert dem.height(89.5 - row, column + 0.5) == pytest.approx(0.5 * values[row, column], abs=1e-3)
    assert dem.height(10.5, 0.0) == pytest.approx(0.25 * (values[79, 0] + values[79, 359]), abs=0.01)
