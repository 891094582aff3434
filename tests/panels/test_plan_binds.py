"""The card of what binds: offered with a plan, answered as it comes."""

from __future__ import annotations

from ilrs_science.panels.plan_binds import BindsCard
from tests.panels.planned import small_model


def test_without_a_plan_or_while_busy_it_says_why_it_is_off() -> None:
    card = BindsCard(lambda: None)
    assert (card._ask.disabled, card._ask.tooltip) == (True, "Wait for the present work to end")
    card.show(None, busy=False, seconds=20)
    assert (card._ask.disabled, card._ask.tooltip) == (True, "There is no plan yet")
    assert card.code.value == ""


def test_a_press_asks_and_answers_come_one_by_one() -> None:
    model = small_model()
    seen: list[int] = []
    model.observe(lambda change: seen.append(len(change["new"])), "gains")
    card = BindsCard(model.bind)
    card.show(model.shown, busy=False, seconds=10)
    assert "plan1.what_binds(time_limit=&quot;10 s&quot;)" in card.code.value
    card._ask.click()
    assert model.worker.wait(60)
    assert seen[0] == 1
    assert model.binding.gains[0].resource == "robot"
    card.tell(model.gains, model.binding)
    assert "Robot from 1 to 2 pays" in card._said.value
    assert "<td>robot</td>" in card._table.value
    model.search()
    assert model.worker.wait(60)
    assert (model.gains, model.binding) == ([], None), "another plan is bound by other things"


def test_a_fault_is_an_alert() -> None:
    card = BindsCard(lambda: None)
    card.tell((), None, "No.")
    assert 'role="alert">No.' in card._said.value
