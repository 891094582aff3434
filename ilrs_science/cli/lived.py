"""What ``ilrs replan``, ``ilrs autonomy`` and ``ilrs ensemble`` share: what is planned, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.risk import Risk
from ilrs_science.cli.progress import stage_progress
from ilrs_science.cli.unfelt import tell_unfelt
from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.results.verify import read_bundle

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign

__all__ = [
    "SUBJECT",
    "first_plan",
    "moment_of",
    "planned",
    "risks_of",
    "scenario_of",
    "wrong_of",
    "wrong_options",
]

Command = TypeVar("Command", bound=Callable[..., Any])

SUBJECT = "RESULT|CAMPAIGN|PROBLEM.json [PLAN.json]"
"""What the commands are about."""

_FILE = click.Path(path_type=Path)


def wrong_options(command: Command) -> Command:
    """``--disruptions``, ``--risks`` and ``--catalogue``."""
    for option in (
        click.option("--catalogue", "folder", type=_FILE, help="Folder of records laid over the shipped."),
        click.option("--risks", metavar="ID,ID|all|none", help="Draw what goes wrong from these risks."),
        click.option(
            "--disruptions", "scenario", type=_FILE, metavar="FILE", help="What goes wrong: YAML or JSON."
        ),
    ):
        command = option(command)
    return command


def planned(words: tuple[str, ...], folder: Path | None) -> tuple[Problem, Plan | None, Campaign | None]:
    """Problem, plan and campaign that the words of a command name; None for what they do not."""
    first = Path(words[0])
    if first.is_dir():
        _only(words, 1)
        problem, result = read_bundle(first)
        return problem, result.plan, None
    if first.suffix == ".json":
        _only(words, 2)
        problem = Problem.from_json(first)
        plan = Plan.from_json(Path(words[1])).counted_from(problem.epoch) if len(words) == 2 else None
        return problem, plan, None
    _only(words, 1)
    from ilrs_science.campaign import Campaign

    catalogue = load_catalogue(folder)
    task = Campaign(catalogue.campaigns[words[0]], catalogue=catalogue)
    click.echo(repr(task), err=True)
    with stage_progress() as at_work:
        return task.prepare(at_work), None, task


def risks_of(names: str | None, catalogue: Catalogue) -> list[Risk]:
    """Risks by their ids; all or none by these words."""
    if names in (None, "none"):
        return []
    known = catalogue.risks
    return list(known.values()) if names == "all" else [known[name.strip()] for name in str(names).split(",")]


def scenario_of(path: Path | None, problem: Problem) -> list[Disruption]:
    """Disruptions of a file, or none."""
    from ilrs_science.planning.execution.scenario import read_disruptions

    found = [] if path is None else list(read_disruptions(path, problem))
    tell_unfelt(found, problem)
    return found


def wrong_of(
    path: Path | None, names: str | None, folder: Path | None, problem: Problem, plan: Plan, seed: int
) -> list[Disruption]:
    """Disruptions of a file, and those drawn from risks."""
    found = scenario_of(path, problem)
    if names is None:
        return found
    from ilrs_science.planning.execution.draw import draw

    return [*found, *draw(risks_of(names, load_catalogue(folder)), problem, seed, plan=plan)]


def first_plan(problem: Problem, time_limit: str, seed: int) -> Plan:
    """A plan to begin with, the same every time."""
    from ilrs_science.planning.solve import solve

    result = solve(problem, time_limit=time_limit, seed=seed, workers=1, deterministic=True)
    if result.objective is None:
        raise RequestError(f"there is no plan to begin with: {result!r}")
    click.echo(repr(result), err=True)
    return result.plan


def moment_of(text: str, problem: Problem, option: str) -> int:
    """Seconds after the epoch of a problem of a date that was given. [s]"""
    import numpy as np

    from ilrs_science.epochs import parse_epoch

    seconds = int((parse_epoch(text) - problem.time(0)) / np.timedelta64(1, "s"))
    if not 0 <= seconds < problem.horizon_s:
        first, last = problem.time(0), problem.time(problem.horizon_s)
        raise RequestError(f"{option} {text!r} is not within the problem, from {first}Z to {last}Z")
    return seconds


def _only(words: tuple[str, ...], count: int) -> None:
    if len(words) > count:
        raise RequestError(f"give {SUBJECT}, not {' '.join(words)!r}")
