"""Whole seconds after the start of a campaign, rounded against us."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.errors import CoverageError
from ilrs_science.intervals import Windows
from ilrs_science.sky.lunations import lunations

__all__ = ["Clock"]

_SECOND = np.timedelta64(1, "s")


@dataclass(frozen=True)
class Clock:
    """Seconds of a campaign."""

    epoch: np.datetime64
    """Second 0. [UTC]"""
    horizon: int
    """End of the campaign. [s]"""

    @classmethod
    def of(cls, campaign: Campaign) -> Clock:
        """The clock of a campaign, which begins with its start."""
        epoch = campaign.start.astype("datetime64[s]")
        return cls(epoch, int((campaign.end - epoch) // _SECOND))

    def floor(self, instant: np.datetime64) -> int:
        """Last whole second that is not after an instant. [s]"""
        return int((instant - self.epoch) // _SECOND)

    def ceiling(self, instant: np.datetime64) -> int:
        """First whole second that is not before an instant. [s]"""
        return -int((self.epoch - instant) // _SECOND)

    def spans(self, windows: Windows, least: int) -> Iterator[tuple[int, int]]:
        """Windows that hold so many seconds, inward to whole ones. [s]"""
        for opens, closes in windows:
            start, end = max(0, self.ceiling(opens)), min(self.horizon, self.floor(closes))
            if end - start >= least:
                yield start, end

    def times(self, env: xr.Dataset) -> list[int]:
        """Times of an environment, of which the first is not after the epoch. [s]"""
        times = ((env["time"].values - self.epoch) // _SECOND).astype(int).tolist()
        if len(times) < 2 or times[0] > 0:
            raise CoverageError("the environment must begin with the campaign and have two epochs at least")
        return [int(time) for time in times]

    def lunations(self) -> list[tuple[int, int]]:
        """The lunations that the campaign touches, cut to it. [s]"""
        _, edges = lunations(self.epoch, self.epoch + np.timedelta64(self.horizon, "s"))
        cuts = [min(max(0, self.ceiling(edge)), self.horizon) for edge in edges]
        return [(start, end) for start, end in itertools.pairwise(cuts) if start < end]
