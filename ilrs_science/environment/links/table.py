"""Link rates over time and contacts, as the tables that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from ilrs_science.environment.crossings import spans_above
from ilrs_science.environment.links.partners import Origin, Partner, routes
from ilrs_science.environment.links.route import Route
from ilrs_science.epochs import Epochs, parse_epochs, parse_span
from ilrs_science.errors import EpochError
from ilrs_science.nomenclature import check, describe

__all__ = ["CONTACT_COLUMNS", "contacts", "contacts_of", "link_rates"]

CONTACT_COLUMNS = (
    "start",
    "end",
    "duration",
    "link",
    "peak_elevation",
    "mean_rate",
    "max_rate",
    "volume",
    "min_range",
    "light_time",
)
"""Columns of the contacts: UTC, UTC, s, name, deg, Mbit/s, Mbit/s, Mbit, km, s."""

_LEAST_SAMPLES = 100
"""Samples in a contact for its means and sums, at the least."""


def link_rates(
    place: Origin,
    epochs: object,
    via: Iterable[Partner] | Partner,
    *,
    span: tuple[object, object] | None = None,
    **options: Any,
) -> xr.Dataset:
    """Give what the links of a place carry at any epochs.

    Parameters
    ----------
    place : Station, Site, SurfacePlace, Orbit, Trajectory or str
        A station brings its link and mast.
    epochs : (n,) array_like of datetime64
        UTC, in any order and spacing.
    via : partners, or one
        Ground stations, relays, orbits, by record or id, trajectories, or ``"earth"``.
    span : tuple of epochs, optional
        Span over which orbits hold; from the first to the last epoch by default.
    **options
        ``link``, ``terrain``, ``mast``, ``site``, ``relaying`` and ``catalogue``, as for `routes`.

    Returns
    -------
    Dataset
        Dimensions (time, link): ``link_visible`` (both ends see each other, over terrain and masks) [1], ``link_rate``
        end to end [Mbit/s], ``link_margin`` [dB], ``link_range`` along the way [km], ``light_time`` one way [s], and
        ``elevation`` of the partner [deg]. Rate and margin are not numbers where nothing is known of the radios.

    Raises
    ------
    UnknownNameError, CoverageError, RequestError
        As `routes`.
    """
    times = np.atleast_1d(parse_epochs(epochs))
    if not times.size:
        raise EpochError("no epochs; give at least one")
    first, last = span or (times.min(), times.max() + np.timedelta64(1, "s"))
    found = routes(place, via, first, last, **options)
    passages = [route.passage(times) for route in found]
    columns: dict[str, list[npt.NDArray[Any]]] = {
        "link_visible": [(one.clearance > 0.0).astype(np.int8) for one in passages],
        "link_rate": [one.rate for one in passages],
        "link_margin": [one.margin for one in passages],
        "link_range": [one.distance for one in passages],
        "light_time": [one.light_time for one in passages],
        "elevation": [one.elevation for one in passages],
    }
    data = {name: (("time", "link"), np.stack(values, axis=1)) for name, values in columns.items()}
    dataset = xr.Dataset(data, {"time": times, "link": [route.name for route in found]})
    dataset["link"].attrs["long_name"] = "Ground station or relay that hears the place"
    return check(describe(dataset))


def contacts(
    place: Origin, start: object, end: object, via: Iterable[Partner] | Partner, **options: Any
) -> pd.DataFrame:
    """Give the contacts of a place with its partners.

    Parameters
    ----------
    place : Station, Site, SurfacePlace, Orbit, Trajectory or str
        A station brings its link and mast.
    start, end : str, datetime or datetime64
        UTC; a contact that reaches beyond the span ends with it.
    via : partners, or one
        Ground stations, relays, orbits, by record or id, trajectories, or ``"earth"``.
    **options
        ``link``, ``terrain``, ``mast``, ``site``, ``relaying`` and ``catalogue``, as for `routes`.

    Returns
    -------
    DataFrame
        One row a contact, by start: `CONTACT_COLUMNS`. Edges are those of the visibility, to the microsecond; means,
        sums and extremes come from samples a minute apart or closer. ``light_time`` is the shortest.

    Raises
    ------
    UnknownNameError, CoverageError, RequestError
        As `routes`.
    """
    found = routes(place, via, start, end, **options)
    return contacts_of(found, start, end)


def contacts_of(found: Iterable[Route], start: object, end: object) -> pd.DataFrame:
    """Give the contacts along routes.

    Parameters
    ----------
    found : iterable of Route
        As `routes` makes them for this span.
    start, end : str, datetime or datetime64
        UTC.

    Returns
    -------
    DataFrame
        As `contacts`.
    """
    span = parse_span(start, end)
    rows = [
        _row(route, edges)
        for route in found
        for edges in spans_above(route.clearance, *span, min(route.step, _whole(span) / 4.0))
    ]
    table = pd.DataFrame(rows, columns=list(CONTACT_COLUMNS))
    for name in ("start", "end"):
        table[name] = table[name].astype("datetime64[us]")
    numbers = [name for name in CONTACT_COLUMNS if name not in ("start", "end", "link")]
    table[numbers] = table[numbers].astype(float)
    return table.sort_values(["start", "link"], ignore_index=True)


def _whole(span: tuple[np.datetime64, np.datetime64]) -> float:
    return float((span[1] - span[0]) / np.timedelta64(1, "s"))


def _row(route: Route, edges: Epochs) -> dict[str, object]:
    """One contact; the rate is summed at the middle of equal parts."""
    seconds = float((edges[1] - edges[0]) / np.timedelta64(1, "s"))
    count = max(_LEAST_SAMPLES, int(np.ceil(seconds / min(route.step, 60.0))))
    share = (np.arange(count) + 0.5) / count
    times = edges[0] + (share * seconds * 1e6).astype("timedelta64[us]")
    seen = route.passage(np.concatenate([edges, times]))
    rate = seen.rate[2:]
    return {
        "start": edges[0],
        "end": edges[1],
        "duration": seconds,
        "link": route.name,
        "peak_elevation": seen.elevation.max(),
        "mean_rate": rate.mean(),
        "max_rate": rate.max(),
        "volume": rate.mean() * seconds,
        "min_range": seen.distance.min(),
        "light_time": seen.light_time.min(),
    }
