"""What ``ilrs solve`` and ``ilrs plan`` share: the options of a search, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.search.progress import parse_time_limit

__all__ = ["early", "leave", "request_of", "search_options"]

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--time-limit", default="60s", show_default=True, metavar="DURATION", help="With a unit, such as 60s."
    ),
    click.option(
        "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Seed of the search."
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 256),
        help="Threads; one a processor, eight at the most, if not given.",
    ),
    click.option(
        "--deterministic",
        is_flag=True,
        help="The same plan every time; the limit then counts the solver's own seconds.",
    ),
    click.option(
        "--first", type=click.Path(path_type=Path), metavar="PLAN.json", help="Plan or result to begin with."
    ),
)


def search_options(command: Command) -> Command:
    """``--time-limit``, ``--seed``, ``--workers``, ``--deterministic`` and ``--first``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def request_of(options: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """Time limit in seconds, and what `solve` takes; the search runs in a process of its own."""
    first = None if options["first"] is None else Plan.from_json(options["first"])
    return parse_time_limit(options["time_limit"]), {**options, "first": first, "isolate": True}


def early(result: PlanResult, *, stopped: bool) -> bool:
    """Whether a search ended before its time: a person stopped it, or its process was killed."""
    return stopped or result.certificate.stopped == "killed"


def leave(context: click.Context, result: PlanResult, *, stopped: bool, kept: str = "") -> NoReturn:
    """End with 3 if a person or a kill stopped the search, saying so; with 1 if there is no plan; with 0 otherwise."""
    if early(result, stopped=stopped):
        why = result.certificate.note if result.certificate.stopped == "killed" else "stopped"
        what = "no plan was found" if result.objective is None else "this is the best plan"
        click.echo(f"ilrs: {why}; {what} until then{kept}", err=True)
        context.exit(3)
    context.exit(0 if result.objective is not None else 1)
