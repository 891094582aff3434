"""Better plans by many small changes: ruin and recreate in compiled code, from the best plan there is.

It knows no bound; what it finds is checked like any other plan. See :mod:`ilrs_science.planning.packing.rounds`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self

import numpy as np

from ilrs_science.planning.model.buffers import Ints
from ilrs_science.planning.packing.facts import Facts, facts
from ilrs_science.planning.packing.rounds import fill, load, rounds
from ilrs_science.planning.packing.state import State, as_array, as_starts, empty_state
from ilrs_science.planning.search.greedy import orders
from ilrs_science.planning.search.incumbent import Incumbent
from ilrs_science.planning.search.weights import Weights

__all__ = ["Improver", "Team"]

#: Orders of the greedy floor: one by each rule.
RULES = 3
#: Time between two looks at the clock. [s]
BEAT_S = 0.05
#: How long a line may take to end. [s]
LAST_S = 0.5
#: Between two checks of better plans lies this many times what a check takes. (assumed)
CHECKS = 10
#: Mean loss that a round may keep, as a share of the mean worth: first and last. (measured: 0.03 to 0.3 do as well)
HOT, COLD = 0.1, 0.003
#: First time from hot to cold, for each activity. (measured) [s]
CYCLE_S = 0.005
#: Batches of a counted search after which partners are weighed anew. (assumed)
REWEIGH = 20
#: Rounds that count as one deterministic second, times the number of activities and a hundred more. (measured)
PACE = 400_000


class Improver:
    """One line of plans, each made from the one before.

    Parameters
    ----------
    best : Incumbent
        Where better plans go, and where they come from.
    seed : int
        Of the random choices.
    """

    def __init__(self, best: Incumbent, seed: int) -> None:
        self.best, self.problem = best, best.problem
        self.known: Facts = facts(self.problem)
        self.state: State = empty_state(self.problem, self.known, seed)
        self.found: Ints = self.state.start.copy()
        self.value = 0
        self._weights = Weights(self.problem)
        self._mean = float(np.mean([activity.worth for activity in self.problem.activities]))

    def floor(self) -> None:
        """Make and offer the greedy plan of each rule."""
        number = {activity.id: index for index, activity in enumerate(self.problem.activities)}
        nothing = np.full(len(number), -1, dtype=np.int64)
        for line in orders(self.problem, RULES, self.best.limits.seed):
            load(self.known, self.state, nothing)
            fill(self.known, self.state, np.array([number[entry.id] for entry in line]), len(line))
            self.best.offer(as_starts(self.problem, self.state.start))

    def weigh(self) -> None:
        """Count the activities of partners that are below their shares for more, those of others for less."""
        if self.problem.shares:
            load(self.known, self.state, self.found)
            self.known = self._weights.weighed(self.known, as_starts(self.problem, self.found))
            load(self.known, self.state, self.found)
            self.value = int(self.state.sums[0])

    def take(self) -> None:
        """Go on from the best plan there is, that of this line or another."""
        if self.best.best is not None:
            load(self.known, self.state, as_array(self.problem, self.best.best))
            if self.state.sums[0] >= self.value:
                self.value = int(self.state.sums[0])
                self.found[:] = self.state.start
        load(self.known, self.state, self.found)

    def make(self, many: int, share: float) -> bool:
        """Make rounds at a share of the way from hot to cold; whether a better plan was found."""
        heat = self._mean * HOT * (COLD / HOT) ** min(1.0, share)
        before = self.value
        self.value = int(rounds(self.known, self.state, self.found, before, many, heat))
        return self.value > before

    def tell(self) -> None:
        """Offer the best plan of this line."""
        self.best.offer(as_starts(self.problem, self.found))

    def run(self, seconds: float, patience: float, stop: Callable[[], bool]) -> None:
        """Make rounds for a time, or until nothing better was found for a while, in ever longer coolings. [s]"""
        began = fresh = now = told = time.monotonic()
        many, cost, news = 1, 0.0, False
        cycle, length = began, min(seconds, max(1.0, CYCLE_S * len(self.problem.activities)))
        while not stop() and now - began < seconds and now - fresh < patience:
            if now - cycle > length:  # hot again, from the best plan of all lines
                cycle, length = now, 1.5 * length
                self.tell()
                self.weigh()
                self.take()
            if self.make(many, (now - cycle) / length):
                fresh, news = time.monotonic(), True
            many = max(1, min(100_000, int(many * min(2.0, BEAT_S / max(1e-4, time.monotonic() - now)))))
            if news and time.monotonic() - told > CHECKS * cost:
                cost = -time.monotonic()
                self.tell()
                told, news = time.monotonic(), False
                cost += told
            now = time.monotonic()
        if news:
            self.tell()

    def run_counted(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Make as many rounds as count for the deterministic seconds."""
        whole = max(1, int(seconds * PACE / (100 + len(self.problem.activities))))
        batch = max(1, whole // 200)
        for done in range(0, whole, batch):
            if stop():
                break
            self.make(min(batch, whole - done), done / whole)
            if self.problem.shares and done // batch % REWEIGH == REWEIGH - 1:
                self.tell()
                self.weigh()
        self.tell()


class Team:
    """Lines of plans in threads of their own, while something else goes on.

    Parameters
    ----------
    best : Incumbent
        Where better plans go, and where they come from.
    lines : int
        How many threads.
    patience : float
        After how long without anything better a line ends. [s]
    """

    def __init__(self, best: Incumbent, lines: int, patience: float) -> None:
        self.best, self.patience = best, patience
        self._ended = threading.Event()
        self._floored = threading.Event()
        self._error: BaseException | None = None
        self._threads = [
            threading.Thread(target=self._work, args=(number,), daemon=True) for number in range(lines)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for (
            thread
        ) in self._threads:  # one that still compiles, once in the life of an installation, is left behind
            thread.join(LAST_S)
        if self._error is not None:
            raise self._error

    def floor(self, seconds: float) -> bool:
        """Wait for the greedy plan, but not longer; whether it is there. [s]"""
        return self._floored.wait(seconds)

    def wait(self, seconds: float) -> None:
        """Let them work for a time, or until all have ended. [s]"""
        until = time.monotonic() + seconds
        while any(thread.is_alive() for thread in self._threads) and time.monotonic() < until:
            if self._stop():
                return
            time.sleep(BEAT_S)

    def _stop(self) -> bool:
        return self._ended.is_set() or self._error is not None or self.best.stop()

    def _work(self, number: int) -> None:
        try:
            line = Improver(self.best, self.best.limits.seed + 1000 * number)
            if number == 0:
                line.floor()
                self._floored.set()
            self._floored.wait()
            line.take()
            line.run(self.best.left, self.patience, self._stop)
        except BaseException as error:  # noqa: BLE001 - raised again in the thread of the caller
            self._error = error
        finally:
            self._floored.set()
