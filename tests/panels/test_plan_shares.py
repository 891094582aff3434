"""Shares of the partners: a field each, faults beside them, the front when there are two."""

from __future__ import annotations

from ilrs_science.panels.plan_shares import SharesCard
from ilrs_science.planning.shares import share_tradeoff
from tests.panels.planned import five_sessions


def card(partners: list[str], answer: str = "") -> tuple[SharesCard, list[dict[str, float]]]:
    chosen: list[dict[str, float]] = []

    def choose(shares: dict[str, float]) -> str:
        chosen.append(shares)
        return answer

    made = SharesCard(choose, lambda: None)
    made.show(partners, {"china": 0.25}, busy=False, planned=True, seconds=20)
    return made, chosen


def test_each_partner_has_a_field_in_percent() -> None:
    made, chosen = card(["china", "russia"])
    assert [field.description for field in made._fields.values()] == [
        "china, at least [%]",
        "russia, at least [%]",
    ]
    assert made._fields["china"].value == 25
    assert chosen == [], "showing is not choosing"
    made._fields["russia"].value = 50
    assert chosen == [{"china": 0.25, "russia": 0.5}]
    assert "ilrs.share_tradeoff(campaign.problem.replace(shares={&quot;china&quot;: 0.25})" in made.code.value


def test_a_fault_stands_beside_the_fields() -> None:
    made, _ = card(["china", "russia"], "100 % is all there is.")
    made._fields["russia"].value = 90
    assert "100 % is all there is." in made._fault.value
    assert made._fault.layout.display is None


def test_a_fault_and_what_was_typed_stay_until_set_right_or_another_campaign() -> None:
    made, _ = card(["china", "russia"], "No.")
    made._fields["russia"].value = 120
    made.show(["china", "russia"], {}, busy=False, planned=True, seconds=20)
    made.tell()
    assert made._fields["russia"].value == 120
    assert "No." in made._fault.value
    made.forget()
    made.show(["china", "russia"], {}, busy=False, planned=True, seconds=20)
    assert made._fields["russia"].value == 0
    assert made._fault.layout.display == "none"


def test_fairness_takes_two() -> None:
    made, _ = card(["china"])
    assert (made._ask.disabled, made._ask.tooltip[:26]) == (True, "Fairness takes two partner")
    assert made.code.value == ""
    assert "nothing to share" in card([])[0]._heading.value


def test_the_front_is_drawn_and_listed() -> None:
    made, _ = card(["china", "russia"])
    assert made.figure.layout.display == "none"
    made.tell(share_tradeoff(five_sessions(), time_limit="5 s", asked=(0.0, 0.5)))
    assert made.figure.layout.display is None
    assert "Fairness asked [1]" in made._table.value
    made.tell(wrong="No.")
    assert "No." in made._fault.value
