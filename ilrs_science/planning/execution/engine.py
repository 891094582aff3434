"""A plan executed event by event in continuous time; with nothing going wrong it runs exactly as planned.

At each event what has ended is noted, what can no longer run is stopped, and what is due is started if it may. Between
two events every power and every data rate is constant, so the next moment at which a battery or storage meets a limit
is found on a straight line. Whoever is stopped keeps the energy that it took and the data that it made; it is worth
nothing.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Iterator
from itertools import takewhile

from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.foresight import lasts
from ilrs_science.planning.execution.heirs import heirs_of, pass_on
from ilrs_science.planning.execution.job import Job
from ilrs_science.planning.execution.levels import Levels
from ilrs_science.planning.execution.night import nights_of
from ilrs_science.planning.execution.readiness import ready
from ilrs_science.planning.execution.sleeper import Sleeper
from ilrs_science.planning.execution.world import World

__all__ = ["Engine"]


#: How long what would not last waits until it is looked at again. (assumed) [s]
FORESIGHT_S = 1800


class Engine:
    """One execution.

    Parameters
    ----------
    world : World
        What there is, and what goes wrong.
    jobs : list of Job
        The activities of the plan.
    rules : Executive
        Of the executive on board.
    """

    def __init__(self, world: World, jobs: list[Job], rules: Executive) -> None:
        self.world, self.rules = world, rules
        self.past: list[Job] = []
        self.jobs = _in_line(jobs)
        self.heirs = heirs_of(world.problem) if rules.sessions == "interchangeable" else {}
        self.levels = Levels(world)
        self.nights = nights_of(world.problem, world.sun, rules)
        self.time = 0
        self.sleepers = {one.id: Sleeper() for one in world.problem.batteries}
        self.times: list[int] = []
        self.charges: dict[str, list[int]] = {name: [] for name in self.levels.charge}
        self.volumes: dict[str, list[int]] = {name: [] for name in self.levels.volume}
        self.again: dict[str, int] = {}

    def adopt(self, jobs: list[Job]) -> None:
        """Follow another plan from now on; what is done or runs stays, what failed may be tried again."""
        settled = {
            name: job for name, job in self.jobs.items() if job.held or job.outcome in ("done", "running")
        }
        self.past += [job for name, job in self.jobs.items() if name not in settled and job.failed]
        later = [job for job in jobs if job.activity.id not in settled]
        self.jobs = _in_line([*settled.values(), *later])
        self.again = {}

    def forecast(self, world: World, until_s: int) -> Execution:
        """What would come of it until a time in a world as it is known now; nothing is changed here.

        What has not begun is expected to take as long, and as much power, as was planned.
        """
        other = copy.copy(self)
        other.world, other.levels = world, self.levels.in_world(world)
        other.jobs = {name: _expected(job) for name, job in self.jobs.items()}
        other.past, other.sleepers, other.times = list(self.past), dict(self.sleepers), list(self.times)
        other.charges = {name: list(series) for name, series in self.charges.items()}
        other.volumes = {name: list(series) for name, series in self.volumes.items()}
        other.again = dict(self.again)
        return other.run(until_s)

    def run(self, until_s: int) -> Execution:
        """Execute up to a time, and say what came of it until then; it may be called again."""
        while True:
            self._settle()
            self._note()
            if self.time >= until_s:
                break
            following = min([until_s, *self._events()])
            loads = {name: self._load(name) for name in self.sleepers}
            self.levels.advance(self.time, following - self.time, self._running, loads)
            self.time = following
        jobs = sorted([*self.past, *self.jobs.values()], key=lambda job: (job.planned, job.activity.id))
        return Execution(
            self.world.problem,
            tuple(job.run() for job in jobs),
            self.time,
            tuple(self.times),
            {name: tuple(series) for name, series in self.charges.items()},
            {name: tuple(series) for name, series in self.volumes.items()},
            {name: one.spans(self.time) for name, one in self.sleepers.items()},
            {name: one.lost for name, one in self.sleepers.items() if one.lost is not None},
            dict(self.levels.energy),
            dict(self.levels.data),
        )

    @property
    def _running(self) -> list[Job]:
        return [job for job in self.jobs.values() if job.held]

    def _load(self, battery: str) -> float:
        """Share of its own load that the station of a battery draws now. [1]"""
        return self.rules.sleep_load if self.sleepers[battery].asleep else 1.0

    def _power(self, battery: str) -> int:
        return self.levels.power(battery, self.time, self._running, self._load(battery))

    def _flow(self, storage: str) -> int:
        return self.levels.flow(storage, self.time, self._running)

    def _note(self) -> None:
        if self.times and self.times[-1] == self.time:
            return
        self.times.append(self.time)
        for series, levels in ((self.charges, self.levels.charge), (self.volumes, self.levels.volume)):
            for name, level in levels.items():
                series[name].append(level)

    def _settle(self) -> None:
        """Everything that happens at this moment."""
        for job in self.jobs.values():
            job.finish(self.time)
        self._stop_hit()
        for battery in self.sleepers:
            self._wake(battery)
            self._hibernate(battery)
        self._shed()
        self.jobs = pass_on(self.jobs, self.heirs)
        for job in self._due():
            asked = self.time >= self.again.get(job.activity.id, 0)
            if job.outcome == "waiting" and asked and not self._sleeper(job).asleep:
                self._try(job)
        self._give_up()

    def _due(self) -> list[Job]:
        """Jobs whose time has come; all are in order of it."""
        return list(takewhile(lambda job: job.ready <= self.time, self.jobs.values()))

    def _sleeper(self, job: Job) -> Sleeper:
        """The station at which something is done."""
        return self.sleepers.get(self.world.problem.battery_of(job.activity) or "", Sleeper())

    def _stop_hit(self) -> None:
        """Stop what a disruption has taken the ground from under."""
        for job in self._running:
            if halt := self.world.halted(job.activity, self.time):
                job.stop(self.time, halt)
        for name, steps in self.world.amounts.items():
            there = steps.at(self.time)
            users = [job for job in self._running if job.activity.demands.get(name)]
            for job in sorted(users, key=_worth):
                if sum(one.activity.demands[name] for one in users if one.held) <= there:
                    break
                job.stop(self.time, f"{name} is not there")

    def _shed(self) -> None:
        """Stop the least valuable until batteries and storages hold for a second; sleep if that is not enough."""
        for name in self.levels.volume:
            while self._flow(name) > self.levels.size[name] - self.levels.volume[name]:
                makers = [job for job in self._running if job.makes(self.time) and self._at(job, name)]
                if not makers:
                    break
                min(makers, key=_worth).stop(self.time, f"{name} is full")
        for name in self.levels.charge:
            limit = self.levels.level(name, self.rules.abort_charge)
            while self.levels.charge[name] + self._power(name) < limit and self._power(name) < 0:
                users = [job for job in self._running if job.draw(self.time) and self._at(job, name)]
                if not users:
                    self._sleep(name)
                    break
                min(users, key=_worth).stop(self.time, f"{name} is low")

    def _at(self, job: Job, store: str) -> bool:
        problem = self.world.problem
        return store in (problem.battery_of(job.activity), problem.storage_of(job.activity))

    def _sleep(self, battery: str) -> None:
        """Sleep at the minimum; a battery that is empty even so ends the station."""
        if self.levels.charge[battery] + self._power(battery) >= self.levels.low[battery]:
            return
        self._to_bed(battery, f"{battery} is at its minimum", starved=True)
        lost = self.levels.charge[battery] + self._power(battery) < 0
        self.sleepers[battery] = self.sleepers[battery].falls_asleep(self.time, lost=lost)

    def _to_bed(self, battery: str, why: str, *, starved: bool = False) -> None:
        """Let the station of a battery fall asleep, unless it sleeps already, and stop what it does."""
        before = self.sleepers[battery]
        self.sleepers[battery] = before.falls_asleep(self.time, starved=starved)
        for job in self._running:
            if not before.asleep and self.world.problem.battery_of(job.activity) == battery:
                job.stop(self.time, why)

    def _wake(self, battery: str) -> None:
        one = self.sleepers[battery]
        if one.since is None or one.lost is not None or self._night(battery):
            return
        if one.starved and self.time < one.since + self.rules.least_sleep_s:
            return
        sun, least = self.world.sun, self.rules.wake_sun_deg
        if sun is not None and least is not None and sun.at(self.time) < round(least * 1000):
            return
        if self.levels.charge[battery] >= self.levels.level(battery, self.rules.wake_charge):
            self.sleepers[battery] = one.wakes(self.time)

    def _night(self, battery: str) -> bool:
        """Whether the station of a battery is to sleep now by plan."""
        return any(start <= self.time < end for start, end in self.nights[battery])

    def _hibernate(self, battery: str) -> None:
        """Sleep when a night begins through which the station sleeps by plan."""
        if self._night(battery):
            self._to_bed(battery, "the station sleeps through the night")

    def _try(self, job: Job) -> None:
        nights = self.nights.get(self.world.problem.battery_of(job.activity) or "", [])
        answer = ready(job, self.time, self.jobs, self.world, self.rules, nights)
        if answer.verdict == "never":
            job.skip(answer.reason)
            self.jobs = pass_on(self.jobs, self.heirs)
            return
        if answer.verdict == "wait":
            job.reason = answer.reason or job.reason
            if answer.again_s is not None and answer.again_s > self.time:
                self.again[job.activity.id] = answer.again_s
            return
        job.begin(self.time)
        short = self._short(job)
        if not short and not self._lasts(job):
            short = f"{self.world.problem.battery_of(job.activity)} would not last"
            self.again[job.activity.id] = self.time + FORESIGHT_S
        if short:
            job.held, job.start, job.outcome, job.reason = False, None, "waiting", short
        job.finish(self.time)

    def _short(self, job: Job) -> str:
        """Which battery or storage would not hold with an activity that has just begun."""
        problem, levels = self.world.problem, self.levels
        battery, storage = problem.battery_of(job.activity), problem.storage_of(job.activity)
        if battery is not None and job.activity.draws:
            least = levels.level(battery, self.rules.start_charge)
            if levels.charge[battery] + min(0, self._power(battery)) < least:
                return f"{battery} is low"
        if storage is not None and job.activity.data_Mbit_s:
            room = levels.size[storage] - levels.volume[storage]
            if self._flow(storage) > room:
                return f"{storage} is full"
        return ""

    def _lasts(self, job: Job) -> bool:
        """Whether the battery carries an activity that has just begun to its end, if the rules ask for that."""
        battery = self.world.problem.battery_of(job.activity)
        if self.rules.foresight == "none" or battery is None or not job.activity.draws:
            return True
        until = min(job.edges[2], self.world.problem.horizon_s)
        low = self.levels.level(battery, self.rules.abort_charge)
        return lasts(self.levels, battery, self.time, until, self._running, low)

    def _give_up(self) -> None:
        """Skip what waits for too long, or at the end of time, whatever it waits for."""
        over = self.time >= self.world.problem.horizon_s
        for job in self.jobs.values() if over else self._due():
            late = self.time > job.ready + self.rules.patience_s
            if job.outcome == "waiting" and (late or over):
                station = self._sleeper(job)
                state = "the station is lost" if station.lost is not None else "the station sleeps"
                why = job.reason or (state if station.asleep else "")
                what = f"late by more than {self.rules.patience_s / 3600:g} h" if late else "no time is left"
                job.skip(what + (f": {why}" if why else ""))

    def _events(self) -> Iterator[int]:
        """Times after now at which something may change."""
        now, edges = self.time, self.world.edges
        yield from edges[bisect_right(edges, now) :][:1]
        yield from (edge for spans in self.nights.values() for night in spans for edge in night if edge > now)
        least = (
            one.since + self.rules.least_sleep_s for one in self.sleepers.values() if one.since is not None
        )
        yield from (moment for moment in least if moment > now)
        for job in self.jobs.values():
            if job.held:
                yield from (edge for edge in job.edges if edge > now)
            elif job.ready > now:
                yield job.ready  # those that follow come later
                break
            elif job.outcome == "waiting":
                again = self.again.get(job.activity.id, 0)
                moments = (again, job.ready + self.rules.patience_s, job.ready + self.rules.patience_s + 1)
                yield from (moment for moment in moments if moment > now)
        yield from self._crossings()

    def _crossings(self) -> Iterator[int]:
        """When batteries and storages meet a limit at the rates of now."""
        levels, rules = self.levels, self.rules
        for name, charge in levels.charge.items():
            net = self._power(name)
            if net < 0:
                limits = {0, levels.low[name], levels.level(name, rules.abort_charge)}
                yield from (
                    self.time + (charge - limit) // -net for limit in limits if charge - limit >= -net
                )
            elif net > 0:
                limits = {levels.level(name, share) for share in (rules.wake_charge, rules.start_charge)}
                yield from (self.time - (charge - limit) // net for limit in limits if charge < limit)
        for name, volume in levels.volume.items():
            net = self._flow(name)
            if 0 < net <= levels.size[name] - volume:
                yield self.time + (levels.size[name] - volume) // net
            elif net < 0 < volume:
                yield self.time + max(1, volume // -net)


def _expected(job: Job) -> Job:
    """A copy of a job as it is expected to go on."""
    other = copy.copy(job)
    if job.outcome == "waiting":
        other.length, other.power = job.activity.duration_s, 1.0
    return other


def _in_line(jobs: list[Job]) -> dict[str, Job]:
    """Jobs by id, in the order in which they are due."""
    return {job.activity.id: job for job in sorted(jobs, key=lambda job: (job.ready, job.activity.id))}


def _worth(job: Job) -> tuple[int, str]:
    return job.activity.worth, job.activity.id
