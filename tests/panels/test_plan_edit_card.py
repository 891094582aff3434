"""The edit card: fields that the edit needs, sessions with where they are, nothing without a plan."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.panels.plan_edit_card import EditCard
from ilrs_science.planning.solve import solve
from tests.panels.planned import small_model
from tests.planning.problems import activity, problem


def test_without_a_plan_it_is_off_and_says_why() -> None:
    card = EditCard(print, print)
    card.show(None, busy=False, seconds=20, known={})
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
    card.show(model.shown, busy=False, seconds=5, known=model.catalogue.experiments)
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


def with_turns() -> Any:
    """A kept plan of two sessions and two downlink turns."""
    names = ("volatile_drilling.1", "relay/base.1", "surface_radiation.1", "relay/base.2")
    asked = problem(*[activity(name) for name in names])
    return SimpleNamespace(name="plan1", result=solve(asked, time_limit="5 s"))


def test_sessions_are_listed_without_the_downlink_turns_until_those_are_asked_for() -> None:
    known = load_catalogue().experiments
    card = EditCard(print, print)
    card.show(with_turns(), busy=False, seconds=5, known=known)
    assert [label for label, _ in card._of.options] == [
        "every experiment",
        known["volatile_drilling"].label,
        known["surface_radiation"].label,
        "downlink turns",
    ]
    assert [name for _, name in card._session.options] == ["volatile_drilling.1", "surface_radiation.1"]
    card._of.value = "surface_radiation"
    assert card.choice.session == "surface_radiation.1"
    card.choose("volatile_drilling.1")
    assert (card._of.value, card.choice.session) == ("volatile_drilling", "volatile_drilling.1")
    card.choose("relay/base.2")
    assert card.choice.session == "relay/base.2"
    assert [name for _, name in card._session.options] == ["relay/base.1", "relay/base.2"]
