"""``ilrs`` ends with 0, 1, 2 or 3, and never with a traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import click
import pytest

import ilrs_science as ilrs_package
from ilrs_science import cli
from ilrs_science.errors import DataFileError, RequestError


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_every_command_with_a_line(ilrs: Callable[..., Any], option: str) -> None:
    outcome = ilrs(option)
    assert (outcome.status, outcome.err) == (0, "")
    assert max(map(len, outcome.out.splitlines())) <= 80
    listed = outcome.out.split("Commands:")[1]
    lines = [line.strip() for line in listed.strip().splitlines()]
    assert [line.split()[0] for line in lines] == sorted(cli._COMMANDS), (
        "a line is longer than a narrow screen"
    )
    assert [*cli.app.commands, *cli.app.list_commands(click.Context(cli.app))] == [
        "autonomy", "battery", "candidates", "catalogue", "check", "contacts", "dashboards", "data",
        "ensemble", "environment", "execute", "explain", "export", "illumination", "map", "nights", "plan",
        "replan", "schema", "siting", "solve", "space", "temperature", "windows",
    ]  # fmt: skip


@pytest.mark.parametrize("command", sorted(cli._COMMANDS))
def test_every_command_explains_itself(ilrs: Callable[..., Any], command: str) -> None:
    outcome = ilrs(command, "--help")
    assert outcome.status == 0
    assert outcome.out.startswith(f"Usage: ilrs {command}")
    assert not [line for line in outcome.out.splitlines() if line.rstrip().endswith(" TEXT")], (
        "an unnamed value"
    )


def test_the_version_is_that_of_the_package(ilrs: Callable[..., Any]) -> None:
    assert ilrs("--version").out == f"ilrs, version {ilrs_package.__version__}\n"


def test_without_a_command_the_help_is_shown_and_the_request_is_wrong(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs()
    assert (outcome.status, outcome.out) == (2, "")
    assert "Usage: ilrs" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("plam",), "ilrs: unknown command 'plam'; did you mean plan"),
        (("--colour",), "ilrs: No such option"),
        (("solve",), "ilrs: Missing argument 'PROBLEM.json'"),
        (("plan",), "ilrs: Missing argument 'CAMPAIGN'"),
        (("check",), "ilrs: Missing argument 'RESULT|PROBLEM.json'"),
        (("windows", "--step", "5"), "No such option"),
        (("catalogue", "lst"), "No such command 'lst'"),
    ],
)
def test_a_wrong_request_is_one_line_that_begins_with_the_program(
    ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str
) -> None:
    outcome = ilrs(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.startswith("ilrs: ")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("raised", "status", "says"),
    [
        (RequestError("no such day"), 2, "ilrs: no such day\n"),
        (DataFileError("de440.bsp is missing"), 2, "ilrs: de440.bsp is missing\n"),
        (click.BadParameter("too long"), 2, "ilrs: Invalid value: too long\n"),
        (click.Abort(), 3, "ilrs: stopped\n"),
        (KeyboardInterrupt(), 3, "ilrs: stopped\n"),
    ],
)
def test_each_way_to_end_has_its_status(
    ilrs: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, raised: BaseException, status: int, says: str
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(cli.app, "main", ended)
    outcome = ilrs("windows")
    assert (outcome.status, outcome.out, outcome.err) == (status, "", says)


def test_a_defect_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli.app, "main", defect)
    with pytest.raises(ZeroDivisionError):
        cli.main(["windows"])


@pytest.mark.parametrize("code", [0, 1])
def test_the_status_of_a_command_is_handed_on(
    ilrs: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(cli.app, "main", lambda *_, **__: code)
    assert ilrs("windows").status == code


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    command = f"{sys.executable} -m ilrs_science catalogue list | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 3), "the whole list may have fitted the pipe"


def test_asking_for_help_loads_no_solver_no_table_and_no_figure() -> None:
    code = (
        "import sys; from ilrs_science.cli import _run; _run(['--help']);"
        "heavy = {'ortools', 'pandas', 'xarray', 'plotly', 'rasterio', 'voila', 'numba'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ((), (8866, "127.0.0.1")),
        (("--port", "9000"), (9000, "127.0.0.1")),
        (("--host", "0.0.0.0", "--port=1"), (1, "0.0.0.0")),
    ],
)
def test_dashboards_are_served_where_asked(
    ilrs: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    given: tuple[int, str],
) -> None:
    from ilrs_science import publish

    asked: list[tuple[int, str]] = []
    monkeypatch.setattr(publish, "serve", lambda port, host: asked.append((port, host)))
    assert ilrs("dashboards", *arguments).status == 0
    assert asked == [given]


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_a_port_that_cannot_be_is_refused(ilrs: Callable[..., Any], port: str) -> None:
    outcome = ilrs("dashboards", f"--port={port}")
    assert outcome.status == 2
    assert "--port" in outcome.err
