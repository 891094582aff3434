"""The timeline, by its data."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from ilrs_science.catalogue.experiment import Category
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.figures import theme, timeline
from ilrs_science.figures.gantt import experiment_of, session_of
from ilrs_science.planning.plan import Plan
from tests.figures import data


def drawn(**changes):
    given = {
        "windows": data.windows(),
        "env": data.env(),
        "levels": data.levels(),
        "limits": {"battery_minimum": 30.0},
    }
    return timeline(data.plan(), **{**given, **changes})


def trace(figure, name):
    (found,) = [one for one in figure.data if one.name == name]
    return found


@pytest.mark.parametrize(
    ("activity", "experiment"),
    [
        ("volatile_drilling.2", "volatile_drilling"),
        ("volatile_drilling#12", "volatile_drilling"),
        ("volatile_drilling", "volatile_drilling"),
        ("a", "a"),
    ],
)
def test_sessions_belong_to_their_experiment(activity: str, experiment: str) -> None:
    assert experiment_of(activity) == experiment


def test_an_experiment_whose_id_ends_in_a_number_stays_itself() -> None:
    assert experiment_of("probe_2", {"probe_2"}) == "probe_2"


def test_bars_begin_as_iso_text_and_last_milliseconds() -> None:
    bars = trace(drawn(), "Activities")
    assert list(bars.base) == ["2031-02-24T02:00:00", "2031-02-26T07:00:00"]
    assert list(bars.x) == [4 * 3.6e6, 4 * 3.6e6]


def test_windows_lie_behind_the_activities_in_the_same_row() -> None:
    figure = drawn()
    names = [one.name for one in figure.data]
    assert names.index("Possible") < names.index("Activities")
    possible = trace(figure, "Possible")
    assert list(possible.base) == ["2031-02-24T00:00:00", "2031-02-26T02:00:00"]
    assert set(possible.y) == set(trace(figure, "Activities").y) == {0}


def test_every_experiment_has_a_named_row_even_without_a_window() -> None:
    names = {one.text for one in drawn().layout.annotations}
    assert {"drill", "listen"} <= names


def test_the_night_is_shaded_once_across_all_strips() -> None:
    rectangles = [shape for shape in drawn().layout.shapes if shape.type == "rect"]
    assert [(one.x0, one.x1, one.yref) for one in rectangles] == [
        ("2031-02-25T00:00:00", "2031-02-26T00:00:00", "paper")
    ]


def test_strips_carry_their_units_and_share_the_axis() -> None:
    layout = drawn().layout
    titles = [layout[f"yaxis{number}"].title.text for number in range(2, 6)]
    assert titles == ["Battery<br>[Wh]", "Storage<br>[Mbit]", "Light<br>[1]", "Link<br>[Mbit/s]"]
    assert layout.xaxis.anchor == "y5"
    assert layout.xaxis.title.text == "Time [UTC]"


def test_strips_do_not_overlap() -> None:
    layout = drawn().layout
    domains = [layout[axis].domain for axis in ("yaxis", "yaxis2", "yaxis3", "yaxis4", "yaxis5")]
    for above, below in itertools.pairwise(domains):
        assert below[1] < above[0]
    assert domains[-1][0] >= -1e-9


def test_a_limit_is_a_line_with_a_name() -> None:
    figure = drawn()
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert [(line.y0, line.yref) for line in lines] == [(30.0, "y2")]
    assert "minimum" in {one.text for one in figure.layout.annotations}


def test_without_a_plan_the_windows_are_shown_and_the_rest_is_said() -> None:
    figure = timeline(Plan(epoch="2031-02-24T00:00:00Z"), windows=data.windows())
    assert "Nothing is planned" in {one.text for one in figure.layout.annotations}
    assert trace(figure, "Possible")


def test_a_bare_plan_is_enough() -> None:
    figure = timeline(data.plan())
    assert list(figure.layout.xaxis.range) == ["2031-02-24T02:00:00", "2031-02-26T11:00:00"]


def test_an_empty_table_and_nothing_else_is_drawn_too() -> None:
    assert timeline(pd.DataFrame({"start": [], "end": []}, dtype="datetime64[us]")).layout.height > 0


def test_inputs_stay_as_they_were() -> None:
    env, table = data.env(), data.plan()
    timeline(table, env=env)
    assert list(table.columns) == ["start", "end"]
    assert np.array_equal(env["link_rate"], data.env()["link_rate"])


@pytest.mark.parametrize("sessions", [1, 2])
def test_a_single_session_has_the_name_and_colour_of_its_category(sessions: int) -> None:
    record = next(
        one for one in load_catalogue().experiments.values() if one.category is Category.BASIC_EXPERIMENT
    )
    figure = timeline(data.plan().iloc[:sessions], experiments={"drill": record})
    bars = trace(figure, "Basic scientific experiment")
    assert bars.marker.color == theme.CATEGORY_COLOURS["Basic scientific experiment"]


def test_names_are_text_and_never_markup() -> None:
    table = data.plan().set_axis(["a<i>b&c", "a<i>b&c.2"])
    figure = timeline(table, title="R&D <b>here</b>")
    assert figure.layout.title.text == "R&amp;D &lt;b&gt;here&lt;/b&gt;"
    assert "a&lt;i&gt;b&amp;c" in {one.text for one in figure.layout.annotations}
    assert all("<i>" not in text for text in trace(figure, "Activities").hovertext)


def test_locked_activities_are_hatched_and_say_so() -> None:
    bars = next(
        trace for trace in timeline(data.plan(), locked=["drill.2"]).data if trace.name == "Activities"
    )
    assert list(bars.marker.pattern.shape) == ["", "/"]
    assert [text.endswith("locked") for text in bars.hovertext] == [False, True]


def test_a_way_of_a_session_belongs_to_its_experiment() -> None:
    assert experiment_of("drill.2/base~arm@1800#3", {"drill"}) == "drill"
    assert session_of("drill.2/base~arm@1800#3") == "drill.2"
    assert session_of("relay/base.3") == "relay/base.3"
