import pytest

from ilrs_science.catalogue.provenance import ASSUMED, Basis, Confidence, Provenance, ProvenanceMap


@pytest.mark.parametrize(
    ("text", "basis", "confidence", "sources"),
    [
        ("sourced S28", Basis.SOURCED, Confidence.HIGH, ("S28",)),
        ("sourced M S28 S29b", Basis.SOURCED, Confidence.MEDIUM, ("S28", "S29b")),
        ("derived", Basis.DERIVED, Confidence.HIGH, ()),
        ("recall", Basis.RECALL, Confidence.MEDIUM, ()),
        ("recall L", Basis.RECALL, Confidence.LOW, ()),
        ("estimate", Basis.ESTIMATE, Confidence.LOW, ()),
    ],
)
def test_compact_text_says_basis_confidence_and_sources(text, basis, confidence, sources):
    assert Provenance.parse(text) == Provenance(basis=basis, confidence=confidence, sources=sources)


@pytest.mark.parametrize(
    "text", ["sourced S28", "sourced M S28 S29b", "derived L", "recall H", "estimate M S48"]
)
def test_text_survives_a_round_trip(text):
    once = Provenance.parse(text)
    assert Provenance.parse(str(once)) == once


@pytest.mark.parametrize("text", ["", "guessed", "S28", 12, None, ["sourced"]])
def test_anything_else_is_refused_with_the_allowed_words(text):
    with pytest.raises(ValueError, match="sourced, derived, recall, estimate"):
        Provenance.parse(text)


def test_a_sourced_number_names_its_source():
    with pytest.raises(ValueError, match="names its source"):
        Provenance.parse("sourced H")


def test_the_longest_stated_name_wins_and_default_fills_the_rest():
    basis = ProvenanceMap({"default": "estimate", "battery": "recall", "battery.capacity": "sourced S1"})
    assert basis.find("battery.capacity") == Provenance.parse("sourced S1")
    assert basis.find("battery.depth_of_discharge") == Provenance.parse("recall")
    assert basis.find("mast") == Provenance.parse("estimate")


def test_without_a_statement_there_is_none():
    assert ProvenanceMap({"mass": "recall"}).find("power") is None


def test_equal_maps_hash_alike_whatever_the_order():
    one = ProvenanceMap({"mass": "recall", "power": "estimate"})
    two = ProvenanceMap({"power": "estimate", "mass": "recall"})
    assert one == two
    assert hash(one) == hash(two)
    assert one != {"mass": "recall", "power": "estimate"}


def test_only_sourced_and_derived_numbers_are_certain():
    assert Provenance.parse("sourced S1").certain
    assert Provenance.parse("derived").certain
    assert not Provenance.parse("recall H").certain
    assert not ASSUMED.certain


def test_repr_is_one_line():
    assert repr(Provenance.parse("sourced M S1")) == "<sourced M S1>"
    assert repr(ProvenanceMap({"mass": "recall"})) == "{mass: recall M}"
