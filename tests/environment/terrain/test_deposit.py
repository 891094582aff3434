"""Files come into the store whole and with their record, or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.terrain import deposit
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.deposit import add_file, fetch
from ilrs_science.environment.terrain.download import file_name
from ilrs_science.environment.terrain.heights import TerrainWarning
from ilrs_science.environment.terrain.origin import Origin
from ilrs_science.environment.terrain.products import Product, known_products
from ilrs_science.environment.terrain.store import entries
from ilrs_science.errors import RequestError, UnknownNameError
from tests.environment.range_server import serving
from tests.environment.terrain_files import moon_like, write_pds, write_tif

HILL = np.arange(400, dtype="int16").reshape(20, 20)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ILRS_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def hill(tmp_path: Path) -> Path:
    return write_tif(tmp_path / "My Hill.v2.tif", HILL)


def left(folder: Path) -> list[str]:
    """All files of the store."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_is_copied_with_its_record(hill: Path, folder: Path) -> None:
    entry, new = add_file(hill, origin=Origin("our survey", "CC-BY", "We (2026)"))
    assert new
    assert entry.name == "my_hill_v2"
    assert (entry.source, entry.licence, entry.citation) == ("our survey", "CC-BY", "We (2026)")
    assert entry.files[0].sha256 == hashlib.sha256(hill.read_bytes()).hexdigest()
    assert entry.files[0].digest_from == "first seen"
    assert left(folder) == ["my_hill_v2/My Hill.v2.tif", "my_hill_v2/record.json"]
    assert entry.path.read_bytes() == hill.read_bytes()
    assert entry.added.endswith("Z")


def test_an_image_brings_its_label(tmp_path: Path, folder: Path) -> None:
    text, image = write_pds(tmp_path, HILL)
    entry, _ = add_file(image, name="gdr")
    assert [one.name for one in entry.files] == [image.name, text.name]
    assert np.array_equal(Dem.open(entry.path).heights, 0.5 * HILL)
    assert left(folder) == ["gdr/LDEM_TEST.IMG", "gdr/LDEM_TEST.LBL", "gdr/record.json"]


def test_the_same_file_again_is_no_matter_and_another_is_refused(hill: Path, tmp_path: Path) -> None:
    entry, _ = add_file(hill, name="hill")
    assert add_file(hill, name="hill") == (entry, False)
    other = write_tif(tmp_path / "other.tif", HILL + 1)
    with pytest.raises(RequestError, match="the store has another 'hill'; give --name"):
        add_file(other, name="hill")
    assert len(entries()) == 1


def test_what_is_no_terrain_is_not_kept(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "page.tif").write_text("<html>")
    for path in (tmp_path / "page.tif", tmp_path / "absent.tif", tmp_path):
        with pytest.raises(RequestError):
            add_file(path)
    assert not folder.exists()


@pytest.mark.parametrize("name", ["", "a.b", "a/b", "..", "auto", "none", "Ä", "-x", "a" * 101])
def test_names_that_could_be_files_or_words_are_refused(hill: Path, folder: Path, name: str) -> None:
    with pytest.raises(RequestError, match="cannot be a name in the store"):
        add_file(hill, name=name)
    assert not folder.exists()


def test_a_copy_that_fails_leaves_nothing(hill: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> str:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(deposit, "_copied", full)
    with pytest.raises(RequestError, match="cannot be copied into the store: No space left on device"):
        add_file(hill)
    assert list(folder.iterdir()) == []


def test_a_store_that_cannot_be_written_is_said(hill: Path, folder: Path) -> None:
    folder.write_text("a file")
    with pytest.raises(RequestError, match="cannot be written"):
        add_file(hill)


def test_a_large_file_is_tried_in_parts(hill: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deposit, "LARGEST_PIXELS", 100)
    monkeypatch.setattr(deposit, "TRIED_ROWS", 4)
    monkeypatch.setattr(Dem, "whole", None)
    entry, _ = add_file(hill, name="large")
    assert (entry.rows, entry.columns) == (20, 20)


def test_terrain_is_fetched_checked_and_kept(hill: Path, folder: Path) -> None:
    content = hill.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    with serving(dem_a__tif=content) as site:
        entry, new = fetch(f"{site.url}/dem_a.tif", sha256=digest)
        assert new
        assert (entry.name, entry.source, entry.files[0].digest_from) == (
            "dem_a",
            f"{site.url}/dem_a.tif",
            "given",
        )
        assert fetch(f"{site.url}/dem_a.tif") == (entry, False), "and not fetched again"
        assert len(site.asked) == 1
        with pytest.raises(RequestError, match="the store has 'dem_a' with SHA-256"):
            fetch(f"{site.url}/dem_a.tif", sha256="0" * 64)
        with pytest.raises(RequestError, match="the store has another 'dem_a'"):
            fetch(f"{site.url}/other.tif", name="dem_a")
    assert left(folder) == ["dem_a/dem_a.tif", "dem_a/record.json"]


def test_a_break_goes_on_at_the_next_fetch(hill: Path, folder: Path) -> None:
    with serving(a__tif=hill.read_bytes()) as site:
        site.break_after = 500
        with pytest.raises(RequestError, match="broke off"):
            fetch(f"{site.url}/a.tif", name="hill")
        assert entries() == []
        entry, _ = fetch(f"{site.url}/a.tif", name="hill")
        assert site.asked[1][1] == "bytes=500-"
    assert entry.files[0].digest_from == "first seen"
    assert left(folder) == ["hill/a.tif", "hill/record.json"]


def test_a_page_instead_of_terrain_is_not_kept(folder: Path) -> None:
    with (
        serving(a__tif=b"<html>moved</html>") as site,
        pytest.raises(RequestError, match="was fetched, but is not kept"),
    ):
        fetch(f"{site.url}/a.tif")
    assert left(folder) == []
    assert entries() == []


def test_a_product_in_two_files_comes_with_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    text, image = write_pds(tmp_path, HILL, "test")
    with serving(test__LBL=text.read_bytes(), test__IMG=image.read_bytes()) as site:
        files = (f"{site.url}/test.LBL", f"{site.url}/test.IMG")
        facts = ("polar", "PDS3", 0, "https://page", "public domain", "They (2010)", "not tried")
        product = Product("gdr", "LOLA GDR", files, 20.0, "the pole", *facts)
        monkeypatch.setattr(deposit, "known_products", lambda: {"gdr": product})
        site.break_after = 10_000  # after the label
        entry, _ = fetch("GDR")
    assert (entry.name, entry.source) == ("gdr", "LOLA GDR")
    assert (entry.licence, entry.citation) == ("public domain", "They (2010)")
    assert np.array_equal(Dem.open(entry.path).heights, 0.5 * HILL)
    assert left(folder) == ["gdr/record.json", "gdr/test.IMG", "gdr/test.LBL"]


def test_what_cannot_be_asked_for_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown product 'site1_5m'; did you mean .*site01_5m"):
        fetch("site1_5m")
    with pytest.raises(RequestError, match="'abc' is no SHA-256"):
        fetch("site01_5m", sha256="abc")
    with pytest.raises(RequestError, match="is not the address of a file"):
        fetch("ftp://host/a.tif")


def test_nothing_stays_of_what_never_came(folder: Path) -> None:
    with serving() as site, pytest.raises(RequestError, match="HTTP 404"):
        fetch(f"{site.url}/gone.tif")
    assert list(folder.iterdir()) == []


def test_what_another_file_left_behind_does_not_come_along(hill: Path, folder: Path) -> None:
    with serving(a__tif=hill.read_bytes(), b__tif=hill.read_bytes()) as site:
        site.break_after = 500
        with pytest.raises(RequestError, match="broke off"):
            fetch(f"{site.url}/a.tif", name="hill")
        assert left(folder) == [".partial/hill/a.tif.part", ".partial/hill/a.tif.part.json"]
        fetch(f"{site.url}/b.tif", name="hill")
    assert left(folder) == ["hill/b.tif", "hill/record.json"]
    assert [path.name for path in folder.iterdir()] == ["hill"]


def test_what_the_file_says_of_itself_is_in_the_record(tmp_path: Path) -> None:
    tags = {"source": "PGDA product 78", "citation": "Barker et al. (2021)"}
    path = write_tif(tmp_path / "tagged.tif", HILL, tags=tags)
    entry, _ = add_file(path)
    assert dict(entry.tags).items() >= tags.items()
    assert (entry.source, entry.citation, entry.licence) == (*tags.values(), "not stated")
    assert entries() == [entry], "and is read back"
    entry, _ = add_file(path, name="told", origin=Origin("our survey", "CC0", "We (2026)"))
    assert (entry.source, entry.citation, entry.licence) == ("our survey", "We (2026)", "CC0")
    assert dict(entry.tags)["source"] == "PGDA product 78"


def test_a_record_from_before_tags_were_kept_is_read(hill: Path) -> None:
    entry, _ = add_file(hill, name="old")
    record = entry.path.with_name("record.json")
    told = json.loads(record.read_text("utf-8"))
    del told["tags"]
    record.write_text(json.dumps(told), "utf-8")
    assert entries() == [replace(entry, tags=())]


def test_the_name_of_a_known_product_is_for_its_own_file(tmp_path: Path, hill: Path, folder: Path) -> None:
    product = known_products()["site01_5m"]
    with pytest.raises(
        RequestError, match=r"site01_5m is a known product and My Hill\.v2\.tif is not its file"
    ):
        add_file(hill, name="site01_5m")
    coarse = write_tif(tmp_path / file_name(product.files[0]), HILL)
    with pytest.raises(RequestError, match="is a known product"):
        add_file(coarse, name="site01_5m")
    with (
        serving(a__tif=hill.read_bytes()) as site,
        pytest.raises(RequestError, match="or choose another --name"),
    ):
        fetch(f"{site.url}/a.tif", name="site01_5m")
    assert entries() == []
    fine = write_tif(tmp_path / file_name(product.files[0]), HILL, pixel=5.0)
    assert add_file(fine, name="site01_5m")[0].pixel_m == 5.0


def test_a_map_that_lies_wrongly_does_not_come_into_the_store(tmp_path: Path, folder: Path) -> None:
    good = moon_like(100, 400.0)
    flipped = write_tif(tmp_path / "flipped.tif", good[:, ::-1].copy(), pixel=400.0)
    with pytest.raises(RequestError, match="mirrored east-west"):
        add_file(flipped)
    with (
        serving(flipped__tif=flipped.read_bytes()) as site,
        pytest.raises(RequestError, match=r"is not kept: .*mirrored"),
    ):
        fetch(f"{site.url}/flipped.tif")
    assert left(folder) == []
    with pytest.warns(TerrainWarning, match="lies 5.0 km above LOLA"):
        add_file(write_tif(tmp_path / "high.tif", good + 5000.0, pixel=400.0))
