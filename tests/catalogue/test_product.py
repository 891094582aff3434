import pytest

from ilrs_science.catalogue.product import Characteristic, Product
from ilrs_science.errors import RequestError


def test_a_product_made_at_intervals_has_a_rate():
    # an image of 200 Mbit every 30 min
    assert Product(id="image", volume="200 Mbit", every="30 min").rate == pytest.approx(200 / 1800)


def test_a_product_made_on_demand_has_none():
    assert Product(id="sample", volume="15 Mbit").rate is None


@pytest.mark.parametrize(
    "change", [{"volume": "0 Mbit"}, {"every": "0 s"}, {"volume": 200}, {"id": "An image"}]
)
def test_a_product_that_makes_no_sense_is_refused(change):
    with pytest.raises(RequestError):
        Product(**{"id": "image", "volume": "200 Mbit", **change})


def test_a_characteristic_carries_its_own_source():
    band = Characteristic(id="spectral_band", value="245 to 340 nm", basis="sourced S28")
    assert str(band) == "spectral band 245 to 340 nm"
    assert (band.basis.basis, band.basis.sources) == ("sourced", ("S28",))
    assert band.basis.certain


def test_a_characteristic_without_a_source_is_an_estimate():
    assert not Characteristic(id="band", value="X").basis.certain


def test_a_characteristic_comes_back_from_json_as_it_was():
    band = Characteristic(id="band", value="245 to 340 nm", basis="recall M S28")
    assert band.model_dump(mode="json") == {"id": "band", "value": "245 to 340 nm", "basis": "recall M S28"}
    assert band.replace() == band
    assert hash(band.replace()) == hash(band)


def test_a_basis_that_is_none_is_refused_with_those_that_are():
    with pytest.raises(RequestError, match="is not a basis; write one of sourced, derived, recall, estimate"):
        Characteristic(id="band", value="X", basis="hearsay")
    with pytest.raises(RequestError, match="a sourced number names its source"):
        Characteristic(id="band", value="X", basis="sourced")
