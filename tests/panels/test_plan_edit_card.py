"""The edit card: fields that the edit needs, sessions with where they are, nothing without a plan."""

from __future__ import annotations

from typing import Any

from ilrs_science.panels.plan_edit_card import EditCard
from tests.panels.planned import small_model


def test_without_a_plan_it_is_off_and_says_why() -> None:
    card = EditCard(print, print)
    card.show(None, busy=False, seconds=20)
    assert card._do.disabled
    assert card._do.tooltip == "There is no plan to edit yet."
    assert card.code.value == ""


def test_only_the_times_that_the_edit_needs_are_shown() -> None:
    card = EditCard(print, print)
    shown: dict[str, Any] = {}
    for action in ("lock", "move", "forbid", "unlock"):
        card._action.value = action
        shown[action] = [field.layout.display != "none" for field in (card._start, card._end)]
    assert shown == {
        "lock": [False, False],
        "move": [True, False],
        "forbid": [True, True],
        "unlock": [False, False],
    }


def test_a_session_is_chosen_with_its_present_start() -> None:
    model = small_model()
    asked: list[str] = []
    card = EditCard(asked.append, print)
    card.show(model.shown, busy=False, seconds=5)
    labels = {name: label for label, name in card._session.options}
    for name, label in labels.items():
        assert label.startswith(f"{name} · ")
        assert ("left out" in label) == (name not in model.result.plan.starts)
    done = model.result.plan.placements[0].id
    card.choose(done)
    assert card._start.value.startswith("2031-02-24 0")
    card.choose("nobody")
    assert card.choice.session == done
    card._why.click()
    assert asked == [done]
    card._action.value = "forbid"
    assert card._start.value < card._end.value, "the span is where the session is now"
    card._end.value = "2031-02-25"
    assert f"plan1.forbid(&quot;{done}&quot;, (&quot;2031-02-24 0" in card.code.value
