"""Hundreds of lives of a plan: executed, disturbed and planned anew, in many processes or on a cluster."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ilrs_science.errors import IlrsError, RequestError, require_kind
from ilrs_science.planning.execution.execute import Spread, require_known
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operator
from ilrs_science.sky.cache import cache_folder
from ilrs_science.studies.ensemble.case import Case
from ilrs_science.studies.ensemble.factors import FIXED, Factors, Setting, settings_of
from ilrs_science.studies.ensemble.gather import dataset_of, write_dataset
from ilrs_science.studies.ensemble.lives import Scenario, checked, lives_of
from ilrs_science.studies.ensemble.run import Run
from ilrs_science.studies.ensemble.seeds import seed_of
from ilrs_science.studies.ensemble.shelf import Shelf, code_digest

if TYPE_CHECKING:
    import xarray as xr

    from ilrs_science.campaign import Campaign

__all__ = ["ensemble"]

#: Most members; more take more than a Dataset of this kind should hold. (assumed)
LARGEST = 1_000_000


def ensemble(
    subject: Campaign | Problem,
    *,
    factors: Factors | None = None,
    scenarios: Mapping[str, Scenario] | Scenario | None = None,
    seeds: int | Sequence[int] = 100,
    seed: int = 0,
    plan: Plan | None = None,
    plan_limit: str = "20 s",
    operator: Operator | None = None,
    executive: Executive | None = None,
    spread: Spread | None = None,
    cluster: Any = None,
    workers: int | None = None,
    output: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> xr.Dataset:
    """Plan, execute and replan many times under changed assumptions and chance.

    Parameters
    ----------
    subject : Campaign or Problem
        What is planned.
    factors : mapping, optional
        Values by name, each combination of which is tried: a field of `Operator` or `Executive` such as ``mode``,
        ``spread.duration``, ``spread.power``, or a field of a resource such as ``battery.capacity_Wh``.
    scenarios : mapping, sequence of Disruption and Risk, or callable, optional
        What goes wrong, by name; or one scenario without a name. A scenario is a list of disruptions, which happen in
        every member, and risks, which are drawn for each; or a function of problem and seed that gives disruptions. By
        default all risks of the catalogue.
    seeds : int or sequence of int
        How many members each combination has, or their numbers. A number stands for the same luck in all of them.
    seed : int
        Root of all seeds.
    plan : Plan, optional
        The first plan; made here, the same every time, if there is none. Where factors change the problem, a plan is
        made for each.
    plan_limit : str
        Time limit of these plans, in the solver's own deterministic seconds.
    operator : Operator, optional
        Who makes new plans. Searches are always deterministic and have one thread, so that neither the load of a
        machine nor the number of workers counts.
    executive : Executive, optional
        Rules on board.
    spread : Spread, optional
        How far durations and powers differ from the plan.
    cluster : str or distributed.Client, optional
        Address of a dask scheduler, such as ``"tcp://10.0.0.1:8786"``, or a client of one; by default processes of this
        machine, which listen on it alone.
    workers : int, optional
        How many processes of this machine; one a core by default, 0 for none but this.
    output : str or Path, optional
        A folder for finished members and ``ensemble.nc``, or a file ``NAME.nc`` or folder ``NAME.zarr``. Finished
        members are kept by their content, there or in the user's cache folder (``ILRS_CACHE``): whoever asks again
        goes on where a run has stopped, and adds factors and seeds at the cost of the new members alone.
    progress : callable, optional
        Called as ``progress(done, total)``.
    cancel : callable, optional
        Asked all the time; when it returns true the members that are done are given.

    Returns
    -------
    Dataset
        Dimensions are the factors, ``scenario`` if scenarios have names, and ``seed``; variables those of
        `ilrs_science.studies.ensemble.figures.figures_of`. Coordinate ``failure`` says why a member has no figures.

    Raises
    ------
    RequestError
        If a factor, scenario, plan or output cannot be used, no scheduler answers, or there is no plan to begin with.
    IlrsError
        If worker processes die one after the other.
    """
    problem = _problem_of(subject)
    if plan is not None:
        require_known(problem, plan)
    base = Setting(problem, _operator(operator), executive or Executive(), spread or Spread())
    settings = list(settings_of(base, factors or {}))
    named = isinstance(scenarios, Mapping)
    given = (
        scenarios
        if isinstance(scenarios, Mapping)
        else {"": _risks(subject) if scenarios is None else scenarios}
    )
    known = {name: checked(one, problem, name) for name, one in given.items()}
    numbers = _numbers(seeds)
    coords: dict[str, Sequence[float | str]] = {
        name.replace("/", "_"): values for name, values in (factors or {}).items()
    }
    coords |= {"scenario": list(known)} if named else {}
    coords["seed"] = numbers
    total = len(settings) * len(known) * len(numbers)
    if not 0 < total <= LARGEST:
        raise RequestError(f"an ensemble of {total} members cannot be made; give 1 to {LARGEST}")
    shelf, file = _places(output)
    tell = progress or _silent
    found: dict[tuple[int, ...], dict[str, Any]] = {}
    with Run(shelf, cluster, workers, cancel or _never) as run:
        options = {"time_limit": plan_limit, "seed": seed_of(seed, 0, "plan"), "workers": 1}
        cases = _cases(run, [setting.problem for _, setting in settings], problem, plan, options)
        tell(0, total)
        for place, answer in run.members(lives_of(settings, cases, known, numbers, seed, single=not named)):
            found[place] = answer
            tell(len(found), total)
    whole = dataset_of(coords, found, _attrs(problem, base, seed))
    if file is not None:
        write_dataset(whole, file)
    return whole


def _problem_of(subject: Campaign | Problem) -> Problem:
    if isinstance(subject, Problem):
        problem = subject
    else:
        problem = getattr(subject, "problem", None)  # type: ignore[assignment]
        require_kind(problem, Problem, "the subject of an ensemble", "a Campaign or a Problem")
    if problem.objective != "value":
        raise RequestError("an ensemble tells value; a makespan problem has none")
    return problem


def _risks(subject: Campaign | Problem) -> Scenario:
    """All risks that are known."""
    from ilrs_science.catalogue.library import load_catalogue

    catalogue = load_catalogue() if isinstance(subject, Problem) else subject.catalogue
    return list(catalogue.risks.values())


def _operator(operator: Operator | None) -> Operator:
    return (operator or Operator(time_limit="0.5 s")).model_copy(update=FIXED)


def _numbers(seeds: int | Sequence[int]) -> list[int]:
    numbers = list(range(seeds)) if isinstance(seeds, int) else [int(one) for one in seeds]
    if not numbers or min(numbers) < 0 or len(set(numbers)) < len(numbers):
        raise RequestError("seeds must be a number of members, or their numbers from 0 on, each once")
    return numbers


def _places(output: str | Path | None) -> tuple[Shelf, Path | None]:
    """Where finished members are kept, and where the Dataset goes."""
    cache = cache_folder()
    kept = Shelf(None if cache is None else cache / "ensembles")
    if output is None:
        return kept, None
    path = Path(output)
    if path.suffix in (".nc", ".zarr"):
        if not path.absolute().parent.is_dir():
            raise RequestError(f"cannot write {str(path)!r}: its folder is missing")
        return kept, path
    if path.is_file():
        raise RequestError(f"{str(path)!r} is a file; give a folder, NAME.nc or NAME.zarr")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"cannot write {str(path)!r}: {error.strerror or error}") from error
    return Shelf(path / "members"), path / "ensemble.nc"


def _cases(
    run: Run, problems: Sequence[Problem], base: Problem, plan: Plan | None, options: dict[str, Any]
) -> dict[str, Case]:
    """Problem and plan of each setting, by the digest of the problem; fewer where the run was stopped."""
    wanted = {problem.digest: problem for problem in problems}
    cases = {}
    if plan is not None and base.digest in wanted:
        cases[base.digest] = Case(base, plan.counted_from(base.epoch))
        del wanted[base.digest]
    for problem, answer in run.plans(wanted.values(), options):
        if "failure" in answer:
            raise IlrsError(answer["failure"])
        cases[problem.digest] = Case(problem, Plan.from_json(answer["plan"]))
    return cases


def _attrs(problem: Problem, base: Setting, seed: int) -> dict[str, str | int]:
    return {
        "title": f"Ensemble of {problem.name}" if problem.name else "Ensemble",
        "Conventions": "CF-1.11",
        "problem": problem.digest,
        "code": code_digest(),
        "root_seed": seed,
        "operator": json.dumps(base.operator.model_dump()),
        "executive": json.dumps(base.executive.model_dump()),
        "spread": json.dumps(base.spread.model_dump()),
    }


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False
