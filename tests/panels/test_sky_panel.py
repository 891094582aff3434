"""The sky panel: controls change figures, tables and code; a mistake is a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from ilrs_science.panels import SkyPanel


@pytest.fixture
def panel() -> SkyPanel:
    made = SkyPanel(days=5.0, hour=30.0)
    assert made.wait(60)
    return made


def figures(panel: SkyPanel) -> dict[str, bytes]:
    return {name: view._figure for name, view in panel._figures.items()}


def test_it_shows_everything_from_the_start(panel: SkyPanel) -> None:
    assert all(figures(panel).values())
    assert "2026-02-25 06:00:00 UTC" in panel._message.value
    assert "Queqiao-2 relay at" in panel._message.value
    assert "<table>" in panel._tables[3].value
    assert "No eclipse in these 5 days." in panel._tables[2].value
    assert "ilrs.observe" in panel.code.value


def test_the_terrain_horizon_arrives_after_the_first_picture(panel: SkyPanel) -> None:
    drawn = [one.get("name") for one in panel._figures["dome"].data()["data"]]
    assert "Terrain horizon" in drawn


def test_the_time_slider_moves_markers_and_leaves_the_tables(panel: SkyPanel) -> None:
    before, tables = figures(panel), [table.value for table in panel._tables]
    panel._inputs["hour"].value = 60.0
    assert panel.wait(30)
    after = figures(panel)
    assert all(before[name] != after[name] for name in before)
    assert [table.value for table in panel._tables] == tables
    assert "2026-02-26 12:00:00 UTC" in panel._message.value


def test_another_place_changes_the_other_end_of_the_passes(panel: SkyPanel) -> None:
    panel._inputs["place"].value = "queqiao2"
    assert panel.wait(60)
    other = panel._inputs["other"]
    assert "Passes over" in other.description
    assert other.value == "connecting_ridge"
    assert panel.model.choices.site == "connecting_ridge"
    assert "Lunar limb" in [one.get("name") for one in panel._figures["dome"].data()["data"]]
    panel._inputs["place"].value = "von_karman"
    assert panel.wait(60)
    assert "Passes of" in other.description
    assert other.value == "queqiao2"


def test_the_slider_follows_the_length(panel: SkyPanel) -> None:
    panel._inputs["days"].value = 0.5
    assert panel.wait(30)
    hour = panel._inputs["hour"]
    assert hour.max == 12.0
    assert hour.value == 12.0
    assert "2026-02-24 11:59:59 UTC" in panel._message.value


@pytest.mark.parametrize("length", [0.0, -3.0, 60.5, 1e9, float("nan"), float("inf")])
def test_a_length_that_cannot_be_is_said_and_never_another_length(panel: SkyPanel, length: float) -> None:
    before = figures(panel)
    panel._inputs["days"].value = length
    assert 'class="ilrs-wrong"' in panel._message.value
    assert f"The length is 0.05 to 60 days, not {length:.10g}." in panel._message.value
    assert panel.model.days == 5.0
    assert figures(panel) == before


def test_a_missing_date_is_a_sentence_and_the_picture_stays(panel: SkyPanel) -> None:
    before = figures(panel)
    panel._inputs["start"].value = None
    assert 'role="alert"' in panel._message.value
    assert "date" in panel._message.value
    assert figures(panel) == before


@pytest.mark.parametrize("day", ["0001-01-01", "1850-06-01", "2060-01-01", "9990-12-31"])
def test_a_date_that_is_not_covered_says_what_is(panel: SkyPanel, day: str) -> None:
    panel._inputs["start"].value = date.fromisoformat(day)
    assert panel.wait(30)
    assert 'class="ilrs-wrong"' in panel._message.value
    assert "The shipped kernels cover 1" in panel._message.value


def test_a_halo_far_from_its_epoch_is_refused_and_mends_itself(panel: SkyPanel) -> None:
    panel._inputs["start"].value = date(2031, 1, 1)
    panel._inputs["other"].value = "nrho_9_2"
    assert panel.wait(60)
    assert "from 2025-12-02 to 2026-06-15" in panel._message.value
    panel._inputs["start"].value = date(2026, 3, 1)
    assert panel.wait(60)
    assert 'class="ilrs-note"' in panel._message.value
    assert "Passes of Near-rectilinear halo orbit" in panel._tables[3].value


def test_too_many_objects_are_refused_in_words(panel: SkyPanel) -> None:
    panel._inputs["shown"].value = tuple(list(panel.model.names)[:9])
    assert "9 objects are chosen; at most 8 are drawn at once." in panel._message.value
    panel._inputs["shown"].value = ("vega",)
    assert panel.wait(30)
    assert 'class="ilrs-note"' in panel._message.value


def test_nothing_to_look_at_is_said(panel: SkyPanel) -> None:
    panel._inputs["shown"].value = ()
    assert panel.wait(30)
    assert "Nothing is chosen to look at." in panel._message.value
    assert "Choose something to look at" in panel._figures["tracks"]._figure.decode()


def test_work_is_announced(panel: SkyPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    panel._message.observe(lambda change: said.append(change["new"]), "value")
    panel._inputs["place"].value = "dro"
    assert panel.wait(60)
    assert "Computing" in said[0]
    assert "Computing" not in panel._message.value


def test_every_control_says_unit_and_purpose(panel: SkyPanel) -> None:
    for name, control in panel._inputs.items():
        assert len(control.tooltip) > 20
        assert name in ("place", "other", "shown") or "[" in control.description


@pytest.mark.parametrize(("days", "minutes"), [(1 / 24, 1), (1, 1), (5, 6), (28, 30), (60, 60)])
def test_the_slider_moves_by_whole_minutes(days: float, minutes: int) -> None:
    from ilrs_science.panels.sky_panel import _step

    assert _step(days) == pytest.approx(minutes / 60)


def test_repr_is_one_honest_line(panel: SkyPanel) -> None:
    assert repr(panel) == "<SkyPanel of <SkyModel connecting_ridge, 5 d from 2026-02-24, 3 shown>>"
