"""One run of an ensemble: what is on the shelf is taken from there, the rest is done and put there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from typing import Any, Self

from ilrs_science.planning.problem.problem import Problem
from ilrs_science.studies.ensemble.case import case_of, live, plan_for
from ilrs_science.studies.ensemble.crew import Crew, crew_of
from ilrs_science.studies.ensemble.flow import Task, flow
from ilrs_science.studies.ensemble.lives import Member
from ilrs_science.studies.ensemble.shelf import Shelf, code_digest, digest_of

__all__ = ["Run"]

Answer = dict[str, Any]


class Run:
    """One run; workers are called when there is something to do, and sent home at the end.

    Parameters
    ----------
    shelf : Shelf
        Where finished work is.
    cluster : None, str or distributed.Client
        As `crew.crew_of` takes it.
    workers : int, optional
        Processes of this machine; 0 does everything in this one.
    stop : callable
        Asked all the time; true ends the run.
    """

    def __init__(self, shelf: Shelf, cluster: Any, workers: int | None, stop: Callable[[], bool]) -> None:
        self.shelf, self.cluster, self.workers, self.stop = shelf, cluster, workers, stop
        self._stack = ExitStack()
        self._crew: Crew | None = None
        self._shared: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._shared.clear()
        self._stack.close()

    def plans(self, problems: Iterable[Problem], options: dict[str, Any]) -> Iterator[tuple[Problem, Answer]]:
        """Plans of problems.

        Parameters
        ----------
        problems : iterable of Problem
            What to plan.
        options : dict
            As `ilrs_science.planning.solve.solve` takes them, ``first`` apart.

        Yields
        ------
        tuple of (Problem, dict)
            As `case.plan_for` gives it.
        """
        wanted = list(problems)
        tasks = (
            Task(
                number,
                digest_of({"code": code_digest(), "problem": problem.digest, "options": options}),
                plan_for,
                None,
                (problem.to_json(indent=None), options, code_digest()),
            )
            for number, problem in enumerate(wanted)
        )
        for task, answer in self._finished(tasks):
            yield wanted[task.number], answer

    def members(self, members: Iterable[Member]) -> Iterator[tuple[tuple[int, ...], Answer]]:
        """What comes of members.

        Parameters
        ----------
        members : iterable of Member
            Taken one by one when there is room.

        Yields
        ------
        tuple of (tuple of int, dict)
            Place of each member as it ends, and what `case.live` gives.
        """
        places: dict[int, tuple[int, ...]] = {}

        def tasks() -> Iterator[Task]:
            for number, member in enumerate(members):
                places[number] = member.place
                name = member.life.digest(member.case)
                yield Task(number, name, live, member.case, (member.life, code_digest()))

        for task, answer in self._finished(tasks()):
            yield places.pop(task.number), answer

    def _finished(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer]]:
        found: list[tuple[Task, Answer]] = []

        def missing() -> Iterator[Task]:
            for task in tasks:
                kept = self.shelf.get(task.name)
                if kept is None:
                    yield task
                else:
                    found.append((task, kept))

        for task, answer in self._done(missing()):
            yield from found
            found.clear()
            if "failure" not in answer:
                self.shelf.put(task.name, answer)
            yield task, answer
        yield from found

    def _done(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Answer]]:
        first = next(tasks, None)
        if first is None:
            return
        every = chain([first], tasks)
        if self.workers == 0:
            for task in every:
                if self.stop():
                    return
                shared = () if task.shared is None else (task.shared,)
                yield task, task.work(*shared, *task.rest)
            return
        if self._crew is None:
            self._crew = self._stack.enter_context(crew_of(self.cluster, self.workers))
        yield from flow(self._crew, map(self._sent, every), self.stop)

    def _sent(self, task: Task) -> Task:
        """The task with the future of what it shares, which each worker makes or fetches once."""
        case = task.shared
        if case is None:
            return task
        assert self._crew is not None
        name = digest_of({"problem": case.problem.digest, "plan": case.plan.starts})
        if name not in self._shared:
            texts = case.problem.to_json(indent=None), case.plan.to_json(indent=None)
            self._shared[name] = self._crew.client.submit(case_of, *texts, key=f"case-{name}")
        return Task(task.number, task.name, task.work, self._shared[name], task.rest)
