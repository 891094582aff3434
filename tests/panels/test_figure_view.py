"""The live widget: what it sends, and how it treats what comes back."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.figures import theme
from ilrs_science.panels.figure_view import FigureView, figure_bytes, plotly_bundle


def figure(title: str = "Sine"):
    drawn = theme.figure(title=title, height=300)
    drawn.add_scatter(x=[0, 1], y=[1, 2])
    return drawn


def test_a_figure_travels_without_its_template() -> None:
    sent = json.loads(figure_bytes(figure()))
    assert set(sent) == {"data", "layout"}
    assert "template" not in sent["layout"]
    assert sent["layout"]["title"]["text"] == "Sine"


def test_both_templates_travel_once() -> None:
    templates = json.loads(FigureView()._templates)
    assert set(templates) == {"light", "dark"}
    assert len(FigureView()._templates) < 8000


def test_the_title_is_what_a_screen_reader_says() -> None:
    assert FigureView(figure()).label == "Sine"
    assert FigureView(figure(), label="A wave").label == "A wave"
    assert FigureView().label == "Figure"
    assert FigureView(figure("R&D <here>")).label == "R&D <here>", "as it is read, not as it is escaped"


def test_another_figure_takes_the_place_of_the_first() -> None:
    view = FigureView(figure("One"))
    view.show(figure("Two"))
    assert view.data()["layout"]["title"]["text"] == "Two"
    assert view.label == "Two"


def test_repr_is_one_honest_line() -> None:
    view = FigureView(figure())
    assert repr(view) == f"<FigureView 'Sine', {len(view._figure)} bytes>"


@pytest.mark.parametrize(
    ("reported", "kept"),
    [
        ({}, {}),
        ({"curve": 1, "point": 2, "id": "a"}, {"curve": 1, "point": 2, "id": "a"}),
        (
            {"curve": -5, "point": 1e30, "id": "x" * 500, "more": 1},
            {"curve": 0, "point": 10**6, "id": "x" * 80},
        ),
        ({"curve": float("nan"), "point": "7", "id": None}, {"curve": 0, "point": 0, "id": "None"}),
        ({"curve": True, "point": [1]}, {"curve": 0, "point": 0, "id": ""}),
    ],
)
def test_clicks_are_cut_to_size(reported, kept) -> None:
    view = FigureView()
    view.clicked = reported
    assert view.clicked == kept


def test_selections_are_cut_to_size() -> None:
    view = FigureView()
    view.selected = [{"curve": 1, "point": index} for index in range(5000)]
    assert len(view.selected) == 1000


@given(
    st.recursive(
        st.none() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_nothing_that_is_reported_breaks_the_widget(value) -> None:
    view = FigureView()
    view.clicked = {"curve": value, "point": value, "id": value}
    assert set(view.clicked) == {"curve", "point", "id"}
    view.selected = [value]


def test_the_bundle_is_sent_to_a_page_without_one_but_not_for_ever() -> None:
    view, sent = FigureView(), []
    view.send = lambda content, buffers=None: sent.append((content, buffers))
    for _ in range(10):
        view._answer(view, {"kind": "plotly"}, [])
    assert len(sent) == 3
    assert sent[0][0] == {"kind": "plotly"}
    assert sent[0][1][0] == plotly_bundle()


@pytest.mark.parametrize("content", [None, {}, {"kind": "x"}, "plotly", [1]])
def test_other_messages_are_not_answered(content) -> None:
    view, sent = FigureView(), []
    view.send = lambda *_a, **_k: sent.append(1)
    view._answer(view, content, [])
    assert sent == []


def test_the_bundle_is_that_of_the_installed_package() -> None:
    assert b"plotly.js" in plotly_bundle()[:200]


def test_a_page_that_missed_a_figure_gets_it_again() -> None:
    view, sent, greeted = FigureView(figure()), [], []
    view.send_state = sent.append
    view.on_ready(lambda: greeted.append(1))
    view._answer(view, {"kind": "ready", "revision": view._revision}, [])
    assert sent == []
    view._answer(view, {"kind": "ready", "revision": view._revision - 1}, [])
    view._answer(view, {"kind": "ready", "revision": "nonsense"}, [])
    assert sent == [["_figure", "_revision", "label"]] * 2
    assert len(greeted) == 3


def test_no_button_sends_a_figure_to_a_cloud() -> None:
    script = files("ilrs_science.panels").joinpath("figure_view.js").read_text("utf-8")
    config = script.split("const CONFIG = {")[1].split("};")[0]
    for setting in ("showSendToCloud", "displaylogo"):
        assert f"{setting}: false" in config
        assert f"{setting}:".encode() in plotly_bundle(), "Plotly still calls the setting so"
    assert '"sendChartToCloud"' in config
    assert b'name:"sendChartToCloud"' in plotly_bundle(), "Plotly still calls the button so"
