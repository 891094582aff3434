"""Two plans side by side: which is worth more, what differs, the way back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ilrs_science.panels.plan_compare import CompareCard, comparison_sentence
from ilrs_science.panels.plan_model import PlanModel
from tests.panels.planned import small_model


@pytest.fixture(scope="module")
def model() -> PlanModel:
    made = small_model()
    for _ in range(2):
        made.search()
        assert made.worker.wait(60)
    return made


def kept(name: str, value: float | None, bound: float | None) -> Any:
    return SimpleNamespace(
        name=name,
        result=SimpleNamespace(
            objective=value, bound=bound, plan=SimpleNamespace(starts={"dig.1": 0, "relay/base.2": 0})
        ),
    )


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((10, 14), "b is worth 4 points more than a"),
        ((3, 2), "b is worth 1 point less than a"),
        ((3, 3), "a and b are worth the same"),
        ((None, 3), "b is worth 3 points more than a"),
    ],
)
def test_the_sentence_tells_which_is_worth_more(values: tuple[Any, Any], says: str) -> None:
    told = comparison_sentence(kept("a", values[0], None), kept("b", values[1], 20), {"dig"})
    assert told.startswith(says)
    assert "no bound, b: 1 session and 1 downlink turn, value" in told
    assert told.endswith("at most 20).")


def test_one_plan_alone_says_what_to_do(model: PlanModel) -> None:
    card = CompareCard(print)
    card.show(model.loaded, model.plans[:1])
    assert "Plan again or edit by hand" in card._said.value
    assert card.figure.layout.display == "none"


def test_the_last_two_are_compared_until_others_are_chosen(model: PlanModel) -> None:
    back: list[str] = []
    card = CompareCard(back.append)
    card.show(model.loaded, model.plans)
    assert (card._first.value, card._second.value) == ("plan2", "plan3")
    card._first.value = "plan1"
    assert card.code.value.count("plan1") == 2
    assert "Upper bars: plan1; lower bars: plan3" in str(card.figure.data()["layout"]["title"])
    assert card._back.description == "Go back to plan1"
    assert card._back.tooltip.startswith("Show plan1 in the whole page")
    card._back.click()
    assert back == ["plan1"]
