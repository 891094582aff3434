"""What can be broken is broken, what cannot is refused in a sentence."""

from __future__ import annotations

import pytest

from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.replan_choices import BOUNDS, KINDS, ReplanChoices
from tests.panels.broken import HORIZON, station

CHOICES = ReplanChoices()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_a_disruption_of_what_it_can_hit(kind: str) -> None:
    choices = ReplanChoices(CHOICES.catalogue)
    choices.kind, choices.start, choices.lasting = kind, "2031-02-24 06:00", 2.0
    made = choices.fault(station())
    assert (made.kind, made.start_s, made.end_s) == (kind, 6 * 3600, 8 * 3600)
    assert made.resources == choices.targets(station(), kind) != ()
    assert (made.share == pytest.approx(0.3)) == (kind in ("array_loss", "dust"))
    assert made.power_W == (50.0 if kind == "extra_load" else 0.0)


def test_a_fault_of_no_length_is_for_good() -> None:
    choices = ReplanChoices(CHOICES.catalogue)
    choices.start, choices.lasting, choices.hits = "2031-02-24", 0.0, "robots"
    made = choices.fault(station())
    assert (made.end_s, made.resources) == (None, ("robots",))


def test_what_is_impossible_is_refused() -> None:
    choices = ReplanChoices(CHOICES.catalogue)
    with pytest.raises(RequestError, match="write the start"):
        choices.fault(station())
    with pytest.raises(EpochError, match="noon"):
        choices.second(station(), "noon")
    with pytest.raises(RequestError, match="outside the campaign, 2031-02-24 00:00 to 2031-02-27 00:00"):
        choices.second(station(), "2031-03-01")
    choices.start, choices.hits = "2031-02-24", "battery"
    with pytest.raises(UnknownNameError, match="robots"):
        choices.fault(station())
    with pytest.raises(UnknownNameError, match="array_loss"):
        choices.kind = "aray_loss"
    with pytest.raises(RequestError, match="whole number from 0"):
        choices.luck = -1


@pytest.mark.parametrize("name", BOUNDS)
def test_numbers_have_bounds_and_the_old_one_stays(name: str) -> None:
    choices = ReplanChoices(CHOICES.catalogue)
    before = getattr(choices, name)
    for bad in (BOUNDS[name][1] + 1, -1.0, float("nan")):
        with pytest.raises(RequestError, match=BOUNDS[name][2]):
            setattr(choices, name, bad)
    assert getattr(choices, name) == before


def test_rules_are_those_of_the_choices() -> None:
    choices = ReplanChoices(CHOICES.catalogue)
    choices.watch, choices.turnaround, choices.seconds, choices.patience, choices.vary = 2, 12, 3, 1, 10
    who = choices.operator("ground")
    assert (who.mode, who.watch_s, who.turnaround_s, who.time_limit) == ("ground", 7200, 43200, "3 s")
    assert choices.executive.patience_s == 3600
    assert choices.spread.duration == pytest.approx(0.1)
    assert choices.second(station(), "2031-02-26 23:59") == HORIZON - 60
