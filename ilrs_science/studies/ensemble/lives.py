"""What happens in each member: a setting, a scenario and a number that decides the luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ilrs_science.catalogue.risk import Risk
from ilrs_science.errors import RequestError, require_kind
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.draw import draw
from ilrs_science.planning.execution.world import World
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.studies.ensemble.case import Case, Life
from ilrs_science.studies.ensemble.factors import Setting
from ilrs_science.studies.ensemble.seeds import seed_of

__all__ = ["Member", "Scenario", "checked", "lives_of"]

Scenario = Sequence[Disruption | Risk] | Callable[[Problem, int], Iterable[Disruption]]
"""What goes wrong: disruptions as they are, risks that are drawn from a seed, or a function of problem and seed."""


class Member(NamedTuple):
    """One member."""

    place: tuple[int, ...]
    """Index along each dimension."""
    case: Case
    """Its problem and plan."""
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
        raise RequestError(
            f"{what} is neither a list of disruptions and risks nor a function of problem and seed"
        )
    for one in scenario:
        require_kind(one, (Disruption, Risk), f"{what}: the entry", "a Disruption or a Risk")
    World(problem, [one for one in scenario if isinstance(one, Disruption)])
    return tuple(scenario)


def lives_of(
    settings: Iterable[tuple[tuple[int, ...], Setting]],
    cases: Mapping[str, Case],
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
    cases : mapping of str to Case
        Problem and plan of each setting, by the digest of the problem; a setting without one is passed over.
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
        case = cases.get(setting.problem.digest)
        if case is None:
            continue
        for index, scenario in enumerate(scenarios.values()):
            for turn, number in enumerate(numbers):
                life = Life(
                    setting.operator,
                    setting.executive,
                    setting.spread,
                    _wrong(scenario, case, seed_of(root, number, "disruptions")),
                    seed_of(root, number, "operation"),
                )
                yield Member((*place, *(() if single else (index,)), turn), case, life)


def _wrong(scenario: Scenario, case: Case, seed: int) -> tuple[Disruption, ...]:
    """What goes wrong in one member."""
    if callable(scenario):
        return tuple(scenario(case.problem, seed))
    risks = [one for one in scenario if isinstance(one, Risk)]
    always = [one for one in scenario if isinstance(one, Disruption)]
    return (*always, *draw(risks, case.problem, seed, plan=case.plan))
