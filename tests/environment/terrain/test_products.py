"""The list of public terrain is whole, and says what is not certain."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ilrs_science.environment.terrain.deposit import NAME
from ilrs_science.environment.terrain.download import file_name
from ilrs_science.environment.terrain.products import known_products
from ilrs_science.errors import DataFileError
from ilrs_science.paths import data_folder


def test_products_that_scientists_ask_for_are_there() -> None:
    names = set(known_products())
    # The 27 sites of product 78 of NASA's Planetary Geodesy Data Archive.
    sites = "site01 site04 site06 site07 site11 site20 site20v2 site23 site42 haworth shoemaker dm1 dm2 sl2 sl3 npa npb"
    sites += " npc npd lm1 lm2 lm3 lm4 lm5 lm6 lm7 lm8"
    assert {f"{site}_5m" for site in sites.split()} <= names
    assert {
        "south_10m",
        "south_20m",
        "south_60m",
        "ldem_875s_5m",
        "ldem_80s_20m",
        "ldem_75s_30m",
        "global_118m",
    } <= names
    assert (
        len([name for name in names if name.endswith("_5m") and not name.startswith(("ldem", "south"))]) == 27
    )


@pytest.mark.parametrize("name", sorted(known_products()))
def test_a_product_says_all(name: str) -> None:
    product = known_products()[name]
    assert product.name == name
    assert NAME.fullmatch(name)
    assert all(file_name(url) for url in product.files)
    assert all(url.startswith("https://") for url in (*product.files, product.page))
    for text in (
        product.title,
        product.area,
        product.projection,
        product.format,
        product.licence,
        product.citation,
    ):
        assert text
        assert "{" not in text
    assert "address not tried" in product.certain
    assert "doi:" in product.citation
    assert 1.0 <= product.pixel_m < 1000.0
    assert product.size >= 0
    assert f"{product.pixel_m:g}".split(".")[0] in name


def test_addresses_are_filled_in() -> None:
    known = known_products()
    base = "https://pgda.gsfc.nasa.gov/data/"
    assert known["site01_5m"].files == (f"{base}LOLA_5mpp/Site01/Site01_final_adj_5mpp_surf.tif",)
    assert known["south_20m"].files == (f"{base}LOLA_20mpp/LDEM_80S_20MPP_ADJ.TIF",)
    assert known["south_20m"].size == 2_700_000_000
    assert [file_name(url) for url in known["ldem_80s_20m"].files] == ["ldem_80s_20m.lbl", "ldem_80s_20m.img"]
    assert known["ldem_80s_20m"].size == 30_400**2 * 2


def test_no_address_is_listed_twice() -> None:
    urls = [url for product in known_products().values() for url in product.files]
    assert len(urls) == len(set(urls))


@pytest.mark.parametrize("text", ["[[product", "[[product]]\nname = 'x'\n", "title = 'x'\n"])
def test_an_altered_list_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    known_products.cache_clear()
    monkeypatch.setenv("ILRS_DATA", str(tmp_path))
    (tmp_path / "products.toml").write_text(text)
    with pytest.raises(DataFileError, match=r"products\.toml is altered"):
        known_products()
    (tmp_path / "products.toml").unlink()
    with pytest.raises(DataFileError, match=r"products\.toml is missing"):
        known_products()
    monkeypatch.undo()
    shutil.copy(data_folder() / "products.toml", tmp_path)
    assert known_products()
