"""The catalogue panel: controls, list, record and map say the same, and a click on the map is answered."""

from __future__ import annotations

import json

import pytest

from ilrs_science.panels import CataloguePanel


@pytest.fixture
def panel() -> CataloguePanel:
    made = CataloguePanel()
    assert made.wait(60)
    return made


def listed(panel: CataloguePanel) -> list[str]:
    return [key for _, key in panel._list.options]


def shown(part) -> bool:
    return part.layout.display != "none"


def stars(panel: CataloguePanel) -> set[str]:
    """Ids of the marked places of the map."""
    data = json.loads(panel._map._figure)["data"]
    return {
        entry[0]
        for trace in data
        for entry, symbol in zip(
            trace.get("customdata", []), trace.get("marker", {}).get("symbol", []), strict=True
        )
        if symbol == "star"
    }


def test_it_opens_with_all_experiments_and_the_first_of_them(panel: CataloguePanel) -> None:
    assert len(listed(panel)) == 46
    assert panel._list.value == listed(panel)[0]
    assert "46 of 46 experiments." in panel._message.value
    assert shown(panel._work_card)
    assert not shown(panel._modes_card)
    assert "estimate of ours" in panel._record.value
    assert repr(panel) == "<CataloguePanel of <CatalogueModel 46 of 46 experiments>>"


def test_a_filter_narrows_the_list(panel: CataloguePanel) -> None:
    panel._inputs["category"].value = "lunar_based_observation"
    assert 0 < len(listed(panel)) < 46
    assert panel._list.value in listed(panel)
    assert 'category="lunar_based_observation"' in panel.code.value.replace("&quot;", '"')


def test_an_instrument_shows_its_modes(panel: CataloguePanel) -> None:
    panel._inputs["kind"].value = "instruments"
    assert shown(panel._modes_card)
    assert not shown(panel._work_card)
    (bars,) = json.loads(panel._modes._figure)["data"]
    assert len(bars["y"]) == 5
    assert any("estimate of ours" in text for text in bars["text"])


def test_filters_that_mean_nothing_are_hidden(panel: CataloguePanel) -> None:
    panel._inputs["kind"].value = "sites"
    seen = [name for name, one in panel._inputs.items() if shown(one)]
    assert seen == ["kind", "words", "place"]
    panel._inputs["kind"].value = "showers"
    assert [name for name, one in panel._inputs.items() if shown(one)] == ["kind", "words"]


def test_a_record_that_stands_alone_has_no_card_of_links(panel: CataloguePanel) -> None:
    assert shown(panel._links_card)
    panel._inputs["kind"].value = "sites"
    panel._list.value = "tycho"
    assert not panel.model.catalogue.referrers("site/tycho")
    assert not shown(panel._links_card)


def test_choosing_in_the_list_shows_the_record(panel: CataloguePanel) -> None:
    panel._list.value = "beacon_time_transfer"
    assert panel.model.record == "beacon_time_transfer"
    assert "Navigation beacon" in panel._record.value
    assert "pass" in panel._conditions.value


def test_nothing_that_fits_is_said_with_advice(panel: CataloguePanel) -> None:
    panel._inputs["words"].value = "zzzzqqqq"
    assert listed(panel) == []
    assert "0 of 46 experiments. Take a filter or a word away." in panel._message.value
    panel._inputs["words"].value = ""
    assert len(listed(panel)) == 46


def test_a_click_on_the_map_goes_to_the_site(panel: CataloguePanel) -> None:
    panel._map.clicked = {"curve": 1, "point": 3, "id": "tycho"}
    assert panel.wait(60)
    assert panel._inputs["kind"].value == "sites"
    assert panel._list.value == "tycho"
    assert "Tycho" in panel._record.value
    assert stars(panel) == {"tycho"}


@pytest.mark.parametrize("name", ["", "nothing", "<b>", "x" * 5000])
def test_a_forged_click_changes_nothing(panel: CataloguePanel, name: str) -> None:
    before = panel._record.value
    panel._map.clicked = {"curve": 1, "point": 3, "id": name}
    assert panel.wait(60)
    assert panel._record.value == before


def test_a_station_is_marked_where_it_stands(panel: CataloguePanel) -> None:
    panel._inputs["kind"].value = "stations"
    panel._list.value = "connecting_ridge_station"
    assert panel.wait(60)
    assert stars(panel) == {"connecting_ridge"}


def test_a_choice_that_cannot_be_is_a_sentence(panel: CataloguePanel) -> None:
    panel._chosen("kind", "rockets")
    assert 'role="alert"' in panel._message.value
    assert panel.model.kind == "experiments"


def test_a_page_that_is_ready_late_is_sent_everything(
    panel: CataloguePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    monkeypatch.setattr("ilrs_science.panels.controls.send_again", lambda *parts: sent.extend(parts))
    panel._map._answer(None, {"kind": "ready", "revision": panel._map._revision}, [])
    assert {panel._message, panel._record, panel.code, panel._list, panel.editor._message} <= set(sent)


def test_every_control_says_what_it_does(panel: CataloguePanel) -> None:
    for control in (*panel._inputs.values(), panel._list, panel.editor._text):
        assert len(control.tooltip) > 20
