"""Checking a bundle needs neither figures nor catalogue."""

from __future__ import annotations

import subprocess
import sys


def test_the_check_of_a_bundle_loads_no_figures_and_no_tables() -> None:
    code = (
        "import sys; import ilrs_science.cli.check; from ilrs_science.results.files import FILES; "
        "assert 'result.json' in FILES; "
        "print(*sorted({'pandas', 'xarray', 'plotly', 'ortools', 'ilrs_science.catalogue'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
