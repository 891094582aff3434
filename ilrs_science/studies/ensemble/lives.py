"""What happens in each member: a setting, a scenario and a number that decides the luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ilrs_science.errors import RequestError, require_kind
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.world import World
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.studies.ensemble.case import Life
from ilrs_science.studies.ensemble.factors import Setting
from ilrs_science.studies.ensemble.seeds import seed_of

__all__ = ["Member", "Scenario", "checked", "lives_of"]

Scenario = Sequence[Disruption] | Callable[[Problem, int], Iterable[Disruption]]
"""What goes wrong: always the same, or drawn for a problem from a seed."""


class Member(NamedTuple):
    """One member."""

    place: tuple[int, ...]
    """Index along each dimension."""
    problem: Problem
    """Its problem."""
    life: Life
    """What happens."""


def checked(scenario: object, problem: Problem, name: str) -> Scenario:
    """A scenario that fits a problem.

    Parameters
    ----------
    scenario : object
        What a caller gave.
    problem : Problem
        What is planned.
    name : str
        Of the scenario, for messages.

    Returns
    -------
    Scenario

    Raises
    ------
    RequestError
        If it is none, or hits what the problem does not have.
    """
    if callable(scenario):
        return scenario
    what = f"scenario {name}".strip()
    if not isinstance(scenario, Sequence) or isinstance(scenario, str):
        raise RequestError(f"{what} is neither a list of disruptions nor a function of problem and seed")
    for one in scenario:
        require_kind(one, Disruption, f"{what}: the disruption", "a Disruption")
    World(problem, scenario)
    return tuple(scenario)


def lives_of(
    settings: Iterable[tuple[tuple[int, ...], Setting]],
    scenarios: Mapping[str, Scenario],
    numbers: Sequence[int],
    root: int,
    *,
    single: bool,
) -> Iterator[Member]:
    """Members one by one, in the order of the dimensions.

    Parameters
    ----------
    settings : iterable of (tuple of int, Setting)
        Combinations of factors.
    scenarios : mapping of str to Scenario
        What goes wrong.
    numbers : sequence of int
        Of the members among the seeds.
    root : int
        Seed of the ensemble.
    single : bool
        Whether the one scenario is no dimension.

    Yields
    ------
    Member
        Its luck depends on its number and the root alone.
    """
    for place, setting in settings:
        for index, scenario in enumerate(scenarios.values()):
            for turn, number in enumerate(numbers):
                seed = seed_of(root, number, "disruptions")
                wrong = scenario(setting.problem, seed) if callable(scenario) else scenario
                life = Life(
                    setting.operator,
                    setting.executive,
                    setting.spread,
                    tuple(wrong),
                    seed_of(root, number, "operation"),
                )
                yield Member((*place, *(() if single else (index,)), turn), setting.problem, life)
