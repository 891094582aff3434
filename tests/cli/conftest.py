"""Run a command in this process, as a shell would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ilrs_science.cli import main, progress


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


@pytest.fixture
def ilrs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """``ilrs("windows", "--site", ...)`` gives exit status, stdout and stderr, without a word on slow machines."""
    monkeypatch.setattr(progress, "PATIENCE_S", 1e4)

    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        text = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), text.out, text.err)

    return run
