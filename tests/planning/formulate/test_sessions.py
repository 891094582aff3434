"""Each field of an experiment changes the best plan of a small campaign as it says."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.small_campaigns import (
    HOUR,
    asked,
    at,
    best,
    experiment,
    hours_of,
    instrument,
    span,
    station,
)


def rules(problem: Problem, **starts: float) -> list[Rule]:
    placed = {
        name.replace("_1", ".1").replace("_2", ".2"): round(start * HOUR) for name, start in starts.items()
    }
    return [fault.rule for fault in check(problem, Plan.of(problem, placed))]


def test_an_instrument_warms_up_before_its_session_at_the_power_of_that_mode() -> None:
    warm = instrument("spectra_unit", watt=10, warm_up="2 h", power={"operate": "10 W", "warm_up": "45 W"})
    problem = asked(experiment("spectra", hours=1), instruments=[warm])
    # 2 h of 45 W and 1 h of 10 W are just the 100 Wh that there are; nothing can start before the warm-up.
    assert hours_of(best(problem).plan)["spectra.1"] >= 2.0
    assert rules(problem, spectra_1=1.9) == [Rule.WINDOW]
    more = warm.replace(power={"operate": "10 W", "warm_up": "45.1 W"})
    assert best(asked(experiment("spectra", hours=1), instruments=[more])).plan.starts == {}


def test_the_bus_must_bear_the_warm_up_too() -> None:
    warm = instrument("spectra_unit", watt=10, warm_up="1 h", power={"operate": "10 W", "warm_up": "30 W"})
    weak = station(power_limit="35 W")  # of which the station needs 10 W
    problem = asked(experiment("spectra"), instruments=[warm], stations=[weak])
    assert problem.by_id["spectra.1"].demands["bus_power"] == 30
    assert best(problem).plan.starts == {}


def test_sessions_follow_within_the_longest_gap() -> None:
    series = experiment("series", repeats=3, max_gap="1 h", min_gap="30 min")
    problem = asked(series, hours=12, windows={"series": span((0, 2), (3, 4), (8, 9))})
    # 0 to 2, then at 3 h; from 4 h to 8 h is too long
    assert best(problem).objective == 2.0
    assert rules(problem, series_1=0.5, series_2=3) == [Rule.PRECEDENCE]
    assert rules(problem, series_1=1, series_2=3) == []


def test_so_many_sessions_in_each_lunation() -> None:
    # New moon on 2031-03-23: of the 30 days from 2031-03-01 the first 22 are of one lunation.
    survey = experiment("survey", hours=24, repeats=5, per_lunation=2)
    problem = asked(survey, hours=30 * 24)
    starts = hours_of(best(problem).plan)
    assert set(starts) == {"survey.1", "survey.2", "survey.3", "survey.4"}  # there is no third lunation
    border = (np.datetime64("2031-03-23T03:49") - at(0)) / np.timedelta64(1, "h")
    assert all(start + 24 <= border + 1 for name, start in starts.items() if name < "survey.3")
    assert all(start >= border - 1 for name, start in starts.items() if name > "survey.2")


def test_a_lunation_missed_does_not_stop_the_next() -> None:
    survey = experiment("survey", hours=24, repeats=2, per_lunation=1)
    problem = asked(survey, hours=30 * 24, windows={"survey": span((25 * 24, 30 * 24))})
    assert set(best(problem).plan.starts) == {"survey.2"}


def test_value_that_is_lost_by_the_day_brings_the_best_first() -> None:
    fresh = experiment("fresh", hours=24, value=10, daily_loss="20 %", instruments=("shared_unit",))
    steady = experiment("steady", hours=24, value=6, instruments=("shared_unit",))
    result = best(asked(fresh, steady, hours=72))
    assert result.objective == 16.0
    assert result.plan.starts["fresh.1"] < 24 * HOUR
    # with the first day closed to it, 10 - 2
    assert best(asked(fresh, steady, hours=72, windows={"fresh": span((24, 72))})).objective == 14.0


def test_a_session_is_as_long_as_there_is_time_for_value_in_proportion() -> None:
    long = experiment("long", hours=6, session_least="2 h", session_step="1 h", value=6)
    problem = asked(long, hours=12, windows={"long": span((0, 2.5), (5, 9.5))})
    result = best(problem)
    assert (set(result.plan.starts), result.objective) == ({"long.1@4h"}, 4.0)
    assert [entry.id for entry in problem.activities] == [f"long.1@{hours}h" for hours in (6, 5, 4, 3, 2)]


def test_the_next_session_follows_whatever_length_was_chosen() -> None:
    long = experiment("long", hours=4, session_least="2 h", repeats=2, value=4)
    result = best(asked(long, hours=6))
    assert result.objective == 6.0
    assert {name.partition("@")[0] for name in result.plan.starts} == {"long.1", "long.2"}


def test_a_session_in_pieces_is_done_whole_or_not_at_all_unless_it_may_be_partial() -> None:
    cut = experiment("cut", hours=4, piece="2 h", value=4)
    gaps = {"cut": span((0, 2), (5, 7))}
    assert best(asked(cut, windows=gaps)).objective == 4.0
    short = {"cut": span((0, 2), (5, 6))}
    assert best(asked(cut, windows=short)).plan.starts == {}
    assert best(asked(cut.replace(partial=True), windows=short)).objective == 2.0


def test_who_comes_after_waits_for_the_last_piece() -> None:
    cut = experiment("cut", hours=4, piece="2 h")
    later = experiment("later", after=("cut",))
    problem = asked(cut, later, hours=12, windows={"cut": span((0, 2), (5, 7))})
    assert hours_of(best(problem).plan)["later.1"] >= 7.0


def test_an_experiment_is_done_with_this_instrument_or_that() -> None:
    both = experiment(
        "survey",
        hours=2,
        repeats=2,
        alternatives=("lidar",),
        instead=("lidar",),
        instead_worth="50 %",
        value=2,
    )
    rival = experiment("rival", hours=3, instruments=("survey_unit",), value=5)
    result = best(asked(both, rival, hours=5))
    # the rival has the unit for 3 h of 5: one session beside it with the unit for 2, one with the lidar for 1
    assert result.objective == 8.0
    assert sorted(name.partition("~")[2] for name in result.plan.starts if "survey" in name) == [
        "lidar",
        "survey_unit",
    ]


def test_a_robot_sets_up_before_and_puts_away_after() -> None:
    drill = experiment("drill", hours=4, set_up="1 h", put_away="1 h")
    walk = experiment("walk", hours=4, robots=1)
    problem = asked(drill, walk, hours=6)
    assert hours_of(best(problem).plan) == {
        "drill.1+set_up": 0.0, "drill.1": 1.0, "walk.1": 1.0, "drill.1+put_away": 5.0,
    }  # fmt: skip
    assert len(best(asked(drill, walk, hours=5)).plan.starts) == 1
    assert rules(problem, drill_1=1) == [Rule.PRECEDENCE, Rule.NEED]


def test_setting_up_is_over_before_the_warm_up_begins() -> None:
    unit = instrument("drill_unit", warm_up="1 h")
    problem = asked(experiment("drill", hours=1, set_up="1 h"), instruments=[unit], hours=3)
    assert hours_of(best(problem).plan) == {"drill.1+set_up": 0.0, "drill.1": 2.0}


def test_each_length_has_a_robot_of_its_own() -> None:
    drill = experiment("drill", hours=4, session_least="2 h", set_up="1 h", value=4)
    result = best(asked(drill, hours=4))
    assert set(result.plan.starts) == {"drill.1@2h", "drill.1@2h+set_up"}


def test_several_experiments_may_listen_with_one_shared_instrument() -> None:
    pair = [experiment(name, hours=6, instruments=("receiver",)) for name in ("bursts", "quiet")]
    assert best(asked(*pair, hours=6)).objective == 1.0
    shared = instrument("receiver", shared=True)
    assert best(asked(*pair, hours=6, instruments=[shared])).objective == 2.0


def test_data_are_sent_in_time_and_in_the_order_of_their_urgency() -> None:
    product = {"id": "image", "volume": "3600 Mbit", "every": "1 h", "latency": "3 h", "urgency": 2}
    camera = instrument("alert_unit", products=[product], data_rate="1 Mbit/s")
    alert = asked(experiment("alert"), instruments=[camera]).by_id["alert.1"]
    assert (alert.latency_s, alert.urgency) == (3 * HOUR, 2)
    own = asked(experiment("alert", latency="1 h", urgency=0), instruments=[camera]).by_id["alert.1"]
    assert (own.latency_s, own.urgency) == (HOUR, 0)


def test_each_activity_is_of_the_partner_that_leads_it() -> None:
    problem = asked(experiment("mine", partner="china"), experiment("nobodys"))
    assert [entry.partner for entry in problem.activities] == ["china", ""]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"piece": "30 min", "session_least": "30 min"}, "cut or shortened, not both"),
        ({"partial": True}, "partial needs piece"),
        ({"partial": True, "piece": "30 min", "put_away": "1 h"}, "states partial and put_away"),
        ({"session_step": "10 min"}, "session_step needs session_least"),
        ({"piece": "2 h"}, "piece is longer than session"),
        ({"session_least": "2 h"}, "session_least is longer than session"),
        ({"min_gap": "2 h", "max_gap": "1 h"}, "max_gap is shorter than min_gap"),
        ({"instead": ("lidar",)}, "instead names lidar, not among its alternatives"),
    ],
)
def test_what_contradicts_itself_is_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        experiment("survey", **fields)
