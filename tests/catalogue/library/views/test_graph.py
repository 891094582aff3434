from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.graph import Edge, Graph
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import UnknownNameError

HILL = Site(id="hill", latitude=0, longitude=0, basis={"default": "sourced S1", "height": "sourced S1 S2"})
WORK = {"category": "basic_experiment", "field": "isru", "session": "1 h", "power": "5 W", "data": "1 Mbit"}
FIRST = Experiment(id="first", sites=["hill", "nowhere"], **WORK)
SECOND = Experiment(
    id="second",
    after=["first"],
    conditions={
        "kind": "all_of",
        "of": [{"kind": "day"}, {"kind": "range_to", "body": "hill", "max": "9000 km"}],
    },
    **WORK,
)
THIRD = Experiment(id="third", excludes=["second"], after=["second"], **WORK)
GRAPH = Graph([("site", HILL), ("experiment", FIRST), ("experiment", SECOND), ("experiment", THIRD)])


def test_edges_are_those_of_fields_conditions_and_sources() -> None:
    assert set(GRAPH.edges) == {
        Edge("site", "hill", "basis.default", "source", "S1"),
        Edge("site", "hill", "basis.height", "source", "S2"),
        Edge("experiment", "first", "sites", "site", "hill"),
        Edge("experiment", "second", "after", "experiment", "first"),
        Edge("experiment", "second", "conditions", "site", "hill"),
        Edge("experiment", "third", "excludes", "experiment", "second"),
        Edge("experiment", "third", "after", "experiment", "second"),
    }


def test_references_go_as_many_steps_as_asked() -> None:
    third = ("experiment", "third")
    assert {edge.to_id for edge in GRAPH.references(third, 1)} == {"second"}
    assert {edge.to_id for edge in GRAPH.references(third, 2)} == {"second", "first", "hill"}
    assert {edge.to_id for edge in GRAPH.references(third, 9)} == {"second", "first", "hill", "S1", "S2"}
    assert GRAPH.references(third, 0) == ()


def test_referrers_are_references_turned_round() -> None:
    assert {edge.id for edge in GRAPH.referrers(("site", "hill"), 1)} == {"first", "second"}
    assert {edge.id for edge in GRAPH.referrers(("source", "S1"), 4)} == {"hill", "first", "second", "third"}
    assert GRAPH.referrers(("experiment", "third"), 3) == ()


def test_every_edge_of_the_catalogue_is_a_reference_and_a_referrer() -> None:
    graph = Graph(load_catalogue().records())
    for edge in graph.edges[:300]:
        assert edge in graph.references(edge.origin, 1)
        assert edge in graph.referrers(edge.end, 1)


def test_from_a_campaign_to_its_sites_instruments_and_sources() -> None:
    ends = {edge.end for edge in load_catalogue().references("campaign/polar_winter", steps=4)}
    assert {("station", "connecting_ridge_station"), ("site", "connecting_ridge")} <= ends
    assert ("instrument", "near_uv_telescope") in ends
    assert ("source", "S28") in ends


def test_who_uses_an_instrument_and_who_cites_a_source() -> None:
    catalogue = load_catalogue()
    assert ("experiment", "near_uv_variable_stars") in {
        e.origin for e in catalogue.referrers("near_uv_telescope")
    }
    assert ("instrument", "near_uv_telescope") in {edge.origin for edge in catalogue.referrers("S28")}
    with pytest.raises(UnknownNameError, match="did you mean malapert"):
        catalogue.references("malapart")


def test_the_table_of_edges() -> None:
    frame = load_catalogue().edges()
    assert list(frame.columns) == ["kind", "id", "field", "to_kind", "to_id"]
    assert len(frame) == len(frame.drop_duplicates())
    known = {(kind, record.id) for kind, record in load_catalogue().records()}
    known |= {("source", key) for key in load_catalogue().sources}
    assert set(zip(frame["to_kind"], frame["to_id"], strict=True)) <= known


def test_a_circle_of_references_ends(tmp_path: Path) -> None:
    one, two = (Experiment(id=a, excludes=[b], **WORK) for a, b in (("one", "two"), ("two", "one")))
    graph = Graph([("experiment", one), ("experiment", two)])
    assert len(graph.references(("experiment", "one"), 10**6)) == 2
