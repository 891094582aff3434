"""The site panel: controls change figures, table, sentence and code; a mistake is a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ilrs_science.panels import SitePanel
from ilrs_science.panels.site_figures import FIGURES
from ilrs_science.panels.site_model import OWN


@pytest.fixture
def panel() -> SitePanel:
    made = SitePanel(place="connecting_ridge_station", days=30, partners=("jiamusi",))
    assert made.wait(60)
    return made


def figures(panel: SitePanel) -> dict[str, bytes]:
    return {name: view._figure for name, view in panel._figures.items()}


def shown(panel: SitePanel) -> list[str]:
    return [name for name, card in panel._cards.items() if card.layout.display != "none"]


def test_it_shows_everything_of_a_station_from_the_start(panel: SitePanel) -> None:
    assert all(figures(panel).values())
    assert shown(panel) == list(FIGURES)
    assert "mean light 86.1 %, one pixel aside 24 to 86 %" in panel._message.value
    assert 'class="ilrs-note"' in panel._message.value
    assert "<table>" in panel._table.value
    assert "ilrs.battery_curve" in panel.code.value


def test_a_site_has_no_battery_and_no_contacts(panel: SitePanel) -> None:
    panel._inputs["place"].value = "malapert"
    assert panel.wait(60)
    assert shown(panel) == ["horizon", "strip", "temperature"]
    assert "Malapert" in panel._message.value
    assert "station" not in panel.code.value


def test_the_mast_follows_the_station(panel: SitePanel) -> None:
    panel._inputs["place"].value = "far_side_night_station"
    assert panel._inputs["mast"].value == panel.model.mast == 1.0
    panel._inputs["place"].value = "malapert"
    assert panel.model.mast == 1.0, "a site brings none"
    assert panel.wait(60)
    assert "mast 1 m." in panel._message.value


def test_a_place_of_ones_own_is_written_where_it_is_chosen(panel: SitePanel) -> None:
    fields = panel._inputs["latitude"], panel._inputs["longitude"]
    assert [one.layout.display for one in fields] == ["none", "none"]
    panel._inputs["place"].value = OWN
    assert [one.layout.display for one in fields] == [None, None]
    panel._inputs["latitude"].value, panel._inputs["longitude"].value = -30.0, 12.5
    assert panel.wait(60)
    assert "-30°, 12.5°" in panel._message.value
    assert "ilrs.Site(latitude=-30.0, longitude=12.5)" in panel.code.value


def test_a_wrong_latitude_is_said_until_it_is_right_or_no_longer_counts(panel: SitePanel) -> None:
    panel._inputs["place"].value = OWN
    assert panel.wait(60)
    before = figures(panel)
    panel._inputs["latitude"].value = 100.0
    assert panel.wait(60)
    assert 'role="alert"' in panel._message.value
    assert "The latitude is -90 to 90 deg, not 100." in panel._message.value
    assert figures(panel) == before
    panel._inputs["place"].value = "malapert"
    assert panel.wait(60)
    assert 'class="ilrs-note"' in panel._message.value


@pytest.mark.parametrize("mast", [-1.0, 1000.5, float("nan"), float("inf")])
def test_a_mast_that_cannot_be_is_said_and_mends_itself(panel: SitePanel, mast: float) -> None:
    panel._inputs["mast"].value = mast
    assert panel.wait(60)
    assert f"The mast is 0 to 1000 m, not {mast:.10g}." in panel._message.value
    panel._inputs["mast"].value = 3.0
    assert panel.wait(60)
    assert "mast 3 m." in panel._message.value


def test_a_missing_date_is_a_sentence_and_the_picture_stays(panel: SitePanel) -> None:
    before = figures(panel)
    panel._inputs["start"].value = None
    assert panel.wait(60)
    assert "is not a date; write it as 2031-01-01" in panel._message.value
    assert figures(panel) == before


@pytest.mark.parametrize("day", ["0001-01-01", "2060-01-01", "9990-12-31"])
def test_a_date_that_is_not_covered_says_what_is(panel: SitePanel, day: str) -> None:
    panel._inputs["start"].value = date.fromisoformat(day)
    assert panel.wait(60)
    assert 'class="ilrs-wrong"' in panel._message.value
    assert "The shipped kernels cover 1" in panel._message.value


def test_fewer_figures_are_shown_on_demand(panel: SitePanel) -> None:
    panel._inputs["what"].value = "temperature"
    assert panel.wait(60)
    assert shown(panel) == ["temperature"]
    assert panel._table_card.layout.display == "none"
    panel._inputs["place"].value = "malapert"
    panel._inputs["what"].value = "station"
    assert "choose one as the place" in panel._message.value
    panel._inputs["place"].value = "connecting_ridge_station"
    assert panel.wait(60)
    assert shown(panel) == ["battery", "contacts"]


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    panel = SitePanel(days=30, terrain=tmp_path / "absent.tif")
    assert panel.wait(60)
    assert 'class="ilrs-wrong"' in panel._message.value
    assert "absent.tif" in panel._message.value


def test_a_bare_sphere_is_refused_in_words() -> None:
    panel = SitePanel(days=30, terrain="none")
    assert panel.wait(60)
    assert "give &#x27;auto&#x27; or a file" in panel._message.value


def test_work_is_announced_and_only_the_last_choice_is_drawn(panel: SitePanel) -> None:
    said: list[str] = []
    panel._message.observe(lambda change: said.append(change["new"]), "value")
    for mast in (4.0, 5.0, 6.0):
        panel._inputs["mast"].value = mast
    assert panel.wait(60)
    assert "Computing" in said[0]
    assert "mast 6 m." in panel._message.value
    assert not any("mast 5 m." in text for text in said)


def test_a_page_that_is_ready_late_is_sent_everything(
    panel: SitePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    monkeypatch.setattr("ilrs_science.panels.controls.send_again", lambda *parts: sent.extend(parts))
    panel._figures["strip"]._answer(
        None, {"kind": "ready", "revision": panel._figures["strip"]._revision}, []
    )
    assert {panel._message, panel._table, panel.code} <= set(sent)


def test_every_control_says_unit_and_purpose(panel: SitePanel) -> None:
    for name, control in panel._inputs.items():
        assert len(control.tooltip) > 20
        assert name in ("place", "days", "what") or "[" in control.description


def test_orbits_are_no_places_to_stand_on(panel: SitePanel) -> None:
    offered = {key for _, key in panel._inputs["place"].options}
    assert {OWN, "connecting_ridge", "connecting_ridge_station"} <= offered
    assert not offered & set(panel.model.catalogue.orbits)


def test_repr_is_one_honest_line(panel: SitePanel) -> None:
    assert (
        repr(panel) == "<SitePanel of <SiteModel connecting_ridge_station, 30 d from 2031-01-01, mast 10 m>>"
    )
