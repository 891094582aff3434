"""What the battery would not carry to its end is not begun; an undisturbed plan is never held up by that."""

from __future__ import annotations

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, battery, problem

#: 12 W until tick 8, then night; the load takes 6 W by day; each activity needs 3 Wh.
ASKED = problem(
    activity("a", 3, energy_W=6, value=1), activity("b", 3, energy_W=6, value=5),
    resources=(
        battery(10, 4, minimum_Wh=1, generation=[(0, 12.0), (8 * TICK, 0.0)], load=[(0, 6.0), (8 * TICK, 0.0)]),
    ),
)  # fmt: skip
PLAN = Plan.of(ASKED, {"a": 0, "b": 8 * TICK})
#: The arrays give 3 W of 12.
LOSS = Disruption(kind="array_loss", start_s=0, share=0.75)


def ran(foresight: str, *wrong: Disruption, **rules: float) -> Execution:
    return execute(ASKED, PLAN, wrong, executive=Executive(foresight=foresight, sleep_load=0.0, **rules))


def test_what_would_not_last_is_not_begun() -> None:
    blind, wise = ran("none", LOSS), ran("energy", LOSS)
    # 9 W more than the arrays give empty the 3 Wh above the minimum after 1200 of 1800 s.
    assert (blind.runs[0].outcome, blind.runs[0].end_s) == ("aborted", 1200)
    assert (wise.runs[0].outcome, wise.runs[0].start_s) == ("skipped", None)
    assert "battery" in wise.runs[0].reason


def test_with_nothing_wrong_foresight_holds_up_nothing() -> None:
    assert ran("energy").done == ran("none").done == PLAN


def test_it_waits_until_it_would_last() -> None:
    # With 3 W the 4 Wh go down by half a watt-hour a tick until tick 2; then a tick of 12 W carries 6 + 6 W.
    gone = Disruption(kind="array_loss", start_s=0, end_s=2 * TICK, share=0.75)
    first, second = ran("energy", gone).runs
    assert (first.outcome, first.start_s, first.reason) == ("done", 3 * TICK, "battery would not last")
    assert second.outcome == "done"


def test_an_extra_load_of_now_is_taken_to_stay() -> None:
    heater = Disruption(kind="extra_load", start_s=0, end_s=10 * TICK, power_W=12)
    assert ran("none", heater).runs[0].outcome == "aborted"
    assert ran("energy", heater).runs[0].start_s is None


def test_what_must_be_left_is_the_charge_at_which_it_would_be_stopped() -> None:
    # By day 12 W carry load and activity, so 4 Wh stay; the share of 1 to 10 Wh is 3.7 Wh for 30 %, 5.5 for 50 %.
    assert ran("energy", abort_charge=0.3).runs[0].start_s == 0
    assert ran("energy", abort_charge=0.5).runs[0].start_s != 0


def test_the_night_to_come_and_the_loss_of_now_are_known() -> None:
    # Full at tick 6; with half the power 2 ticks of 6 W more than there is and one of 12 W by night leave 6 Wh.
    evening = problem(
        activity("a", 3, energy_W=6),
        resources=(battery(10, 8, minimum_Wh=6.5, generation=[(0, 12.0), (8 * TICK, 0.0)], load=[(0, 6.0)]),),
    )
    half = Disruption(kind="array_loss", start_s=5 * TICK, share=0.5)
    late = Plan.of(evening, {"a": 6 * TICK})
    blind, wise = (
        execute(evening, late, [half], executive=Executive(foresight=how)) for how in ("none", "energy")
    )
    assert (blind.runs[0].start_s, blind.runs[0].outcome) == (6 * TICK, "aborted")
    assert wise.runs[0].start_s is None
