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
    sleep: Mapping[str, Sequence[tuple[int, int]]],
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
    sleep : mapping of str to sequence of (int, int)
        Spans in which the station of each battery slept. [s]
    energy, data : mapping
        Balance of each battery and storage.

    Returns
    -------
    xarray.Dataset
        As `Execution.to_xarray` tells.
    """
    seconds = np.array(times, dtype=np.int64)
    time = (epoch + seconds.astype("timedelta64[s]")).astype("datetime64[ns]")
    ds = xr.Dataset(coords={"time": time})
    if charges:
        asleep = np.zeros((len(seconds), len(charges)), dtype=np.int8)
        for column, name in enumerate(charges):
            for start, end in sleep.get(name, ()):
                asleep[(seconds >= start) & (seconds < end), column] = 1
        ds["station_asleep"] = (("time", "battery"), asleep)
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
