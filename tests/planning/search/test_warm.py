"""The small problem that is planned after an installation uses the compiled code, and all of it fits."""

from __future__ import annotations

import subprocess
import sys

from ilrs_science.planning.search.warm import warm


def test_everything_of_it_is_planned() -> None:
    assert warm() == 4


def test_it_is_a_command_that_says_nothing() -> None:
    code = [sys.executable, "-W", "error", "-m", "ilrs_science.planning.search.warm"]
    ended = subprocess.run(code, capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("", "")
