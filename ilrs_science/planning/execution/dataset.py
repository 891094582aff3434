"""Histories of batteries and storages, and their sums, as a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from ilrs_science.nomenclature import describe
from ilrs_science.planning.execution.ledger import DataBalance, EnergyBalance
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR

__all__ = ["dataset_of"]

Histories = Mapping[str, Sequence[int]]


def dataset_of(
    epoch: np.datetime64,
    times: Sequence[int],
    charges: Histories,
    volumes: Histories,
    asleep: Sequence[tuple[int, int]],
    energy: Mapping[str, EnergyBalance],
    data: Mapping[str, DataBalance],
) -> xr.Dataset:
    """Histories and sums of an execution.

    Parameters
    ----------
    epoch : datetime64
        UTC instant of second 0.
    times : (time,) sequence of int
        Events. [s]
    charges, volumes : mapping of str to (time,) sequence of int
        Of each battery [mJ], of each storage [bit].
    asleep : sequence of (int, int)
        Spans in which the station slept. [s]
    energy, data : mapping
        Balance of each battery and storage.

    Returns
    -------
    xarray.Dataset
        As `Execution.to_xarray` tells.
    """
    seconds = np.array(times, dtype=np.int64)
    sleeps = np.zeros(len(seconds), dtype=np.int8)
    for start, end in asleep:
        sleeps[(seconds >= start) & (seconds < end)] = 1
    time = (epoch + seconds.astype("timedelta64[s]")).astype("datetime64[ns]")
    ds = xr.Dataset({"station_asleep": ("time", sleeps)}, {"time": time})
    if charges:
        ds["battery_charge"] = (("time", "battery"), np.array(list(charges.values())).T / WATT_HOUR)
        for word in ("generated", "used", "spilled", "unmet"):
            sums = [getattr(balance, f"{word}_mJ") / WATT_HOUR for balance in energy.values()]
            ds[f"{word}_energy"] = ("battery", sums)
        ds = ds.assign_coords(battery=list(charges))
    if volumes:
        ds["storage_level"] = (("time", "storage"), np.array(list(volumes.values())).T / MEGABIT)
        ds["made_volume"] = ("storage", [one.made_bit / MEGABIT for one in data.values()])
        ds["delivered_volume"] = ("storage", [one.sent_bit / MEGABIT for one in data.values()])
        ds = ds.assign_coords(storage=list(volumes))
    return describe(ds)
