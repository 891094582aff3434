"""One record as a page tells it: every number with its basis, an estimate called one, gaps said."""

from __future__ import annotations

import html
import re

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.panels.catalogue_record import (
    conditions_html,
    links_html,
    mode_basis,
    record_html,
    trace_html,
)

CATALOGUE = load_catalogue()


def cells(text: str) -> list[list[str]]:
    """Rows of all tables, as a reader sees them."""
    rows = re.findall(r"<tr>(.*?)</tr>", text)
    return [[html.unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


def rows(text: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in cells(text) if row}


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_of_every_kind_can_be_told(kind: str) -> None:
    for record in CATALOGUE.shelf(kind).values():
        told = record_html(record, CATALOGUE)
        assert html.escape(record.label) in told
        assert "estimate L<" not in told, "an estimate is called one of ours"


def test_beside_each_number_stands_where_it_comes_from() -> None:
    told = rows(record_html(CATALOGUE.instruments["active_neutron_spectrometer"], CATALOGUE))
    assert told["mass"] == ["6.7 kg", "recall L"]
    assert told["power, peak"] == ["14 W", "estimate of ours, L"]
    assert told["heritage"][1] == ""


def test_each_cited_source_is_told_in_full() -> None:
    record = CATALOGUE.experiments["autonomous_operation"]
    told = record_html(record, CATALOGUE)
    assert "estimate of ours, M S1" in told
    assert html.escape(CATALOGUE.sources["S1"]) in told


def test_conditions_say_who_sees_to_them() -> None:
    told = cells(conditions_html(CATALOGUE.experiments["beacon_time_transfer"]))
    assert [row[1] for row in told if row] == ["the planner", "a person"]
    always = next(one for one in CATALOGUE.experiments.values() if one.conditions is None)
    assert "at any time" in conditions_html(always)


def test_an_experiment_leads_from_its_objective_to_each_instrument() -> None:
    for one in CATALOGUE.experiments.values():
        told = html.unescape(trace_html(one, CATALOGUE))
        assert one.objective in told
        for name in one.instruments:
            assert CATALOGUE.instruments[name].label in told


def test_a_missing_requirement_is_said() -> None:
    bare = CATALOGUE.experiments["beacon_time_transfer"].replace(traceability=[])
    assert [row[2:] for row in cells(trace_html(bare, CATALOGUE)) if row] == [["not stated", ""]]


def test_links_lead_both_ways() -> None:
    told = cells(links_html(CATALOGUE.instruments["active_neutron_spectrometer"], "instruments", CATALOGUE))
    assert ["is named by", "mission", "luna 27", "instruments"] in told
    assert not any("source" in row[1:2] for row in told)


def test_an_experiment_says_whom_it_disturbs() -> None:
    pair = CATALOGUE.interferences()[0]
    source = links_html(CATALOGUE.experiments[pair.source], "experiments", CATALOGUE)
    victim = links_html(CATALOGUE.experiments[pair.victim], "experiments", CATALOGUE)
    assert ["disturbs", "experiment", pair.victim.replace("_", " "), pair.reason] in cells(source)
    assert ["is disturbed by", "experiment", pair.source.replace("_", " "), pair.reason] in cells(victim)


def test_only_stated_modes_have_a_basis() -> None:
    basis = mode_basis(CATALOGUE.instruments["collimated_neutron_detector"])  # warm_up is not stated
    assert basis == {
        "off": "estimate of ours, M",
        "standby": "estimate of ours, L",
        "operate": "recall M",
        "peak": "estimate of ours, L",
    }


def test_text_is_escaped() -> None:
    nasty = CATALOGUE.experiments["beacon_time_transfer"].replace(
        name="<script>x</script>", objective="<b>y</b>", other_conditions=["<i>z</i>"]
    )
    told = record_html(nasty, CATALOGUE) + trace_html(nasty, CATALOGUE) + conditions_html(nasty)
    assert not re.search(r"<(script|b|i)>", told)
