"""Batteries and storages stepped through one second at a time: slow, plain, and without a line of the product."""

from __future__ import annotations

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Battery, Storage
from ilrs_science.planning.problem.problem import Problem


def charge_by_seconds(asked: Problem, plan: Plan, battery: Battery) -> list[int]:
    """Charge at every second. [mJ]"""
    charge = [round(battery.initial_Wh * 3_600_000)]
    for second in range(asked.horizon_s):
        watt = next((level for time, level in reversed(battery.generation) if time <= second), 0.0)
        watt -= next((level for time, level in reversed(battery.load) if time <= second), 0.0)
        for link in asked.links:
            if link.battery in (None, battery.id):
                watt -= sum(link.power_W for start, end, _ in link.passes if start <= second < end)
        for placed in plan.placements:
            entry = asked.by_id[placed.id]
            if entry.battery not in (None, battery.id):
                continue
            if placed.start_s <= second < placed.end_s:
                watt -= entry.energy_W
            elif placed.start_s - entry.warm_up_s <= second < placed.start_s:
                watt -= entry.warm_up_W
            elif placed.end_s <= second < placed.end_s + entry.cool_down_s:
                watt -= entry.cool_down_W
        charge.append(min(charge[-1] + round(1000 * watt), round(battery.capacity_Wh * 3_600_000)))
    return charge


class Queue:
    """A storage as a queue of parcels, one a second and activity; the most urgent and oldest leaves first."""

    def __init__(self, asked: Problem, plan: Plan, storage: Storage) -> None:
        self.problem, self.storage = asked, storage
        mine = [
            (asked.by_id[placed.id], placed)
            for placed in plan.placements
            if asked.by_id[placed.id].storage in (None, storage.id)
        ]
        self.asked = [
            (entry.id, placed.end_s, placed.end_s + entry.latency_s, entry.urgency)
            for entry, placed in mine
            if entry.latency_s is not None
            and entry.data_Mbit_s
            and placed.end_s + entry.latency_s <= asked.horizon_s
        ]
        self.late: set[str] = set()
        initial = round(storage.initial_Mbit * 1_000_000)
        lowest = min([0, *(entry.urgency for entry, _ in mine if entry.data_Mbit_s)])
        self.parcels: dict[tuple[int, int], int] = {(-lowest, -(10**9)): initial}  # (minus rank, second)
        self.levels = [initial]
        self._judge(0)
        for second in range(asked.horizon_s):
            drain = sum(
                round(rate * 1_000_000)
                for link in asked.links
                if link.storage in (None, storage.id)
                for start, end, rate in link.passes
                if start <= second < end
            )
            for entry, placed in mine:
                if placed.start_s <= second < placed.end_s:
                    drain += round(entry.drain_Mbit_s * 1_000_000)
                    key = (-entry.urgency, second)
                    made = round(entry.data_Mbit_s * 1_000_000)
                    self.parcels[key] = self.parcels.get(key, 0) + made
            for key in sorted(self.parcels):
                gone = min(drain, self.parcels[key])
                drain -= gone
                self.parcels[key] -= gone
                if not self.parcels[key]:
                    del self.parcels[key]
            self.levels.append(sum(self.parcels.values()))
            self._judge(second + 1)

    def _judge(self, now: int) -> None:
        for name, end, moment, rank in self.asked:
            if moment == now and any(-key == rank and second < end for key, second in self.parcels):
                self.late.add(name)
