"""An ensemble in a table: a line for each combination, means and quantiles over the seeds."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from ilrs_science.studies.ensemble.gather import UNDONE

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["summary"]


def summary(found: xr.Dataset) -> pd.DataFrame:
    """Table of an ensemble.

    Parameters
    ----------
    found : Dataset
        As `ilrs_science.studies.ensemble.ensemble.ensemble` gives it.

    Returns
    -------
    pandas.DataFrame
        A row for each combination of factors and scenario. Their columns come first, then ``members`` that have
        figures, ``failed``, and ``not_done`` before the end [1]; ``planned``, ``value`` (mean), ``p10``, ``p50``,
        ``p90`` of the value done [1];
        ``share`` of the planned value that was done, ``kept`` starts as a share, ``replans``, ``lost_d`` [d] and
        ``stations_lost`` (means). Members without figures do not count; without any the row has NaN.
    """
    import pandas as pd

    dims = [str(name) for name in found.done_value.dims if name != "seed"]
    rows = []
    for place in itertools.product(*(range(found.sizes[name]) for name in dims)):
        at = dict(zip(dims, place, strict=True))
        part = found.isel(at)
        labels = {name: part[name].item() for name in dims}
        rows.append({**labels, **_row(part)})
    return pd.DataFrame(rows)


def _row(part: xr.Dataset) -> dict[str, float]:
    good = part.isel(seed=np.flatnonzero(part.failure.values == ""))
    count, undone = good.sizes["seed"], int((part.failure.values == UNDONE).sum())
    nan = float("nan")

    def mean(name: str) -> float:
        return float(good[name].mean()) if count else nan

    value = good.done_value.values
    low, middle, high = (
        (float(one) for one in np.quantile(value, [0.1, 0.5, 0.9])) if count else (nan, nan, nan)
    )
    planned = mean("planned_value")
    return {
        "members": count,
        "failed": part.sizes["seed"] - count - undone,
        "not_done": undone,
        "planned": planned,
        "value": mean("done_value"),
        "p10": low,
        "p50": middle,
        "p90": high,
        "share": mean("done_value") / planned if planned else nan,
        "kept": mean("starts_kept"),
        "replans": mean("replan_count"),
        "lost_d": mean("lost_time"),
        "stations_lost": mean("station_lost"),
    }
