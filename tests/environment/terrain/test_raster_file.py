"""Raster files through GDAL: what belongs to them, and what GDAL would read wrongly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio import Affine

from ilrs_science.environment.terrain.deposit import add_file
from ilrs_science.environment.terrain.raster_file import parameters_of, raster_grid
from ilrs_science.errors import RequestError
from tests.environment.terrain_files import SOUTH, write_pds, write_tif

HILL = np.arange(400, dtype="int16").reshape(20, 20)


def test_what_belongs_to_a_file_is_listed(tmp_path: Path) -> None:
    tif = write_tif(tmp_path / "a.tif", HILL)
    with raster_grid(tif) as grid:
        assert grid.files == (tif,)
    text, image = write_pds(tmp_path, HILL)
    for given in (text, image):
        with raster_grid(given) as grid:
            assert grid.files[0] == given
            assert set(grid.files) == {text, image}


def test_files_in_other_folders_do_not_belong_into_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ILRS_STORE", str(tmp_path / "store"))
    (tmp_path / "data").mkdir()
    tif = write_tif(tmp_path / "data" / "a.tif", HILL)
    from rasterio.shutil import copy

    copy(tif, tmp_path / "a.vrt", driver="VRT")
    with pytest.raises(RequestError, match=r"a\.vrt refers to .*a\.tif in another folder"):
        add_file(tmp_path / "a.vrt")


def test_jpeg_2000_is_refused_since_it_hides_the_unit(tmp_path: Path) -> None:
    turn = Affine(100, 0, -1000, 0, -100, 1000)
    size = {"width": 64, "height": 64, "count": 1, "dtype": "int16", "crs": SOUTH, "transform": turn}
    path = tmp_path / "LDEM_80S_20M.JP2"
    with rasterio.open(path, "w", driver="JP2OpenJPEG", **size) as dataset:
        dataset.write(np.ones((64, 64), "int16"), 1)
    with pytest.raises(RequestError, match="JPEG 2000, which hides the unit"), raster_grid(path):
        pass


def test_a_reference_system_may_be_any_text_that_proj_knows() -> None:
    for text in ("IAU_2015:30135", SOUTH, rasterio.crs.CRS.from_user_input(SOUTH).to_wkt()):
        assert parameters_of(Path("a.nc"), text)["proj"] == "stere"
    with pytest.raises(RequestError, match=r"a\.nc has a reference system that cannot be read"):
        parameters_of(Path("a.nc"), "somewhere")


def test_tags_of_the_file_and_of_its_band_are_kept(tmp_path: Path) -> None:
    path = write_tif(tmp_path / "a.tif", np.zeros((4, 4), "int16"), tags={"source": "LOLA"})
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(1, datum="the sphere")
        dataset.set_band_description(1, "height")
    with raster_grid(path) as grid:
        told = dict(grid.tags)
    assert (told["source"], told["datum"], told["description"]) == ("LOLA", "the sphere", "height")
