"""What a problem never feels is said, by name."""

from __future__ import annotations

import pytest

from ilrs_science.cli.unfelt import tell_unfelt
from ilrs_science.planning.execution.disruption import Disruption
from tests.planning.problems import problem


def test_what_lies_outside_or_lasts_for_no_time_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    asked = problem()
    felt = Disruption(kind="outage", start_s=-5, end_s=1)
    tell_unfelt([felt], asked)
    assert capsys.readouterr().err == ""
    before = Disruption(kind="safe_mode", start_s=-9, end_s=-5)
    tell_unfelt([before, felt], asked)
    assert capsys.readouterr().err == "ilrs: 1 disruption is not felt within the problem: safe mode\n"
    tell_unfelt([Disruption(kind="outage", start_s=asked.horizon_s)] * 6, asked)
    assert capsys.readouterr().err.endswith("outage, ...\n")
