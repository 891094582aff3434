"""The lines of Python are those of the choices, and run."""

from __future__ import annotations

from typing import Any

import ilrs_science as ilrs
from ilrs_science.panels.replan_choices import ReplanChoices
from ilrs_science.panels.replan_code import call_of, disruption_line, list_line, operate_lines, options_of

ONE = ilrs.Disruption(kind="array_loss", start_s=60, share=0.25, resources=("battery",))


def test_a_disruption_is_written_as_the_call_that_makes_it() -> None:
    assert eval(disruption_line(ONE), {"ilrs": ilrs}) == ONE
    assert disruption_line(ONE).startswith('ilrs.Disruption(kind="array_loss", start_s=60')


def test_lists_are_written_out_or_drawn() -> None:
    made: dict[str, Any] = {"ilrs": ilrs}
    exec(list_line([ONE, ONE], None), made)
    assert made["wrong"] == [ONE, ONE]
    assert "seed=7, plan=result.plan" in list_line([ONE], 7)
    assert list_line([], None) == "wrong = []"


def test_defaults_are_left_out() -> None:
    choices = ReplanChoices()
    assert options_of(choices) == ""
    assert call_of("ilrs.Executive", ilrs.Executive()) == "ilrs.Executive()"
    choices.patience, choices.vary = 2.0, 5.0
    assert options_of(choices) == (
        ", executive=ilrs.Executive(patience_s=7200), spread=ilrs.Spread(duration=0.05)"
    )
    assert options_of(choices) in operate_lines(choices)
    compile(operate_lines(choices), "lines", "exec")
