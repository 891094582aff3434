"""The list of what is left out: first rows, the rest on demand, a price for each."""

from __future__ import annotations

from dataclasses import replace

from ilrs_science.panels.plan_left_out import LeftOutList
from ilrs_science.panels.plan_rows import LeftOut

ROWS = [LeftOut(f"dig.{number}", "<Digging>", number, "battery 100%") for number in range(1, 10)]


def test_before_a_plan_it_says_what_will_come() -> None:
    shown = LeftOutList(print)
    assert "with the first plan" in shown._heading.value
    assert shown.code.value == ""


def test_a_plan_without_rest_is_said() -> None:
    shown = LeftOutList(print)
    shown.show([], planned=True, busy=False)
    assert "every session is in the plan" in shown._heading.value


def test_six_rows_come_first_and_the_rest_on_demand() -> None:
    shown = LeftOutList(print)
    shown.show(ROWS, planned=True, busy=False)
    assert len(shown._list.children) == 6
    assert shown._more.description == "Show 3 more"
    shown._more.click()
    assert len(shown._list.children) == 9
    assert shown._more.description == "Show fewer"
    shown.show(ROWS[:2], planned=True, busy=False)
    assert len(shown._list.children) == 2
    assert shown._more.layout.display == "none"


def test_a_row_has_id_name_value_and_reason_escaped_and_asks_for_its_price() -> None:
    asked: list[str] = []
    shown = LeftOutList(asked.append)
    shown.show(ROWS, planned=True, busy=False)
    words = shown._made[0].words.value
    assert "<b>dig.1</b> · &lt;Digging&gt; · 1 point<" in words
    assert "Battery 100%" in words
    shown._made[1].button.click()
    assert asked == ["dig.2"]


def test_what_was_found_out_stands_in_the_row() -> None:
    shown = LeftOutList(print)
    shown.show([replace(ROWS[0], answer="Would fit without <battery>"), ROWS[1]], planned=True, busy=False)
    assert "Would fit without &lt;battery&gt;.</div>" in shown._made[0].words.value
    assert "ilrs-answer" not in shown._made[1].words.value


def test_while_something_is_computed_no_price_is_asked_for() -> None:
    shown = LeftOutList(print)
    shown.show(ROWS, planned=True, busy=True)
    assert shown._made[0].button.disabled
    assert shown._made[0].button.tooltip == "Wait for the present work to end"
