"""Link rates over time and contacts, as the tables that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.radio import Link
from ilrs_science.catalogue.site import Site
from ilrs_science.environment.crossings import spans_above
from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.links.partners import Origin, Partner, Relaying, routes
from ilrs_science.environment.links.route import Route
from ilrs_science.epochs import Epochs, format_epoch, parse_epochs, parse_span
from ilrs_science.errors import EpochError, RequestError
from ilrs_science.nomenclature import check, describe
from ilrs_science.sky.place import SurfacePlace

__all__ = ["CONTACT_COLUMNS", "contacts", "contacts_of", "link_rates"]

CONTACT_UNITS = {
    "start": "UTC",
    "end": "UTC",
    "duration": "s",
    "link": "",
    "peak_elevation": "deg",
    "mean_rate": "Mbit/s",
    "max_rate": "Mbit/s",
    "volume": "Mbit",
    "min_range": "km",
    "light_time": "s",
}
"""Unit of each column of the contacts; none for names."""

CONTACT_COLUMNS = tuple(CONTACT_UNITS)
"""Columns of the contacts, and their units."""

_LEAST_SAMPLES = 100
"""Samples in a contact for its means and sums, at the least."""


def link_rates(
    place: Origin,
    epochs: object,
    via: Iterable[Partner] | Partner,
    *,
    span: tuple[object, object] | None = None,
    link: Link | None = None,
    terrain: Terrain = "auto",
    mast: str | float | None = None,
    site: Site | SurfacePlace | None = None,
    relaying: Relaying = "through",
    catalogue: Catalogue | None = None,
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
    link : Link, optional
        Radio of the place; a station's own by default. Without one, only who sees whom is known.
    terrain : "auto", "none", file, files or TerrainStack
        As for `environment`.
    mast : str or float, optional
        Height of the antenna above the ground, with unit or in metres; the station's, else 2 m. [m]
    site : Site or SurfacePlace, optional
        Where a station stands, if its site is not in the shipped catalogue.
    relaying : {"through", "stored"}
        Whether relays hand on at once what they hear, or keep it until a ground station sees them.
    catalogue : Catalogue, optional
        Where ids come from; the shipped one by default.

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
    if span is not None and np.asarray(span, object).shape != (2,):
        raise RequestError(f"span {span!r:.60} is no pair of epochs; give (start, end)")
    first, last = span or (times.min(), times.max() + np.timedelta64(1, "s"))
    found = routes(
        place,
        via,
        first,
        last,
        link=link,
        terrain=terrain,
        mast=mast,
        site=site,
        relaying=relaying,
        catalogue=catalogue,
    )
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
    place: Origin,
    start: object,
    end: object,
    via: Iterable[Partner] | Partner,
    *,
    link: Link | None = None,
    terrain: Terrain = "auto",
    mast: str | float | None = None,
    site: Site | SurfacePlace | None = None,
    relaying: Relaying = "through",
    catalogue: Catalogue | None = None,
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
    link : Link, optional
        Radio of the place; a station's own by default. Without one, only who sees whom is known.
    terrain : "auto", "none", file, files or TerrainStack
        As for `environment`.
    mast : str or float, optional
        Height of the antenna above the ground, with unit or in metres; the station's, else 2 m. [m]
    site : Site or SurfacePlace, optional
        Where a station stands, if its site is not in the shipped catalogue.
    relaying : {"through", "stored"}
        Whether relays hand on at once what they hear, or keep it until a ground station sees them.
    catalogue : Catalogue, optional
        Where ids come from; the shipped one by default.

    Returns
    -------
    DataFrame
        One row a contact, by start: ``start``, ``end`` [UTC], ``duration`` [s], ``link`` (name of the partner),
        ``peak_elevation`` of the partner [deg], ``mean_rate``, ``max_rate`` [Mbit/s], ``volume`` that may be sent
        [Mbit], ``min_range`` [km] and ``light_time``, the shortest one way [s]. Edges are those of the visibility, to
        the microsecond; means, sums and extremes come from samples a minute apart or closer. ``attrs`` tell the span
        (``start``, ``end``) and the ``units`` of the columns.

    Raises
    ------
    UnknownNameError, CoverageError, RequestError
        As `routes`.
    """
    found = routes(
        place,
        via,
        start,
        end,
        link=link,
        terrain=terrain,
        mast=mast,
        site=site,
        relaying=relaying,
        catalogue=catalogue,
    )
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
    table = table.sort_values(["start", "link"], ignore_index=True)
    first, last = (format_epoch(epoch, "us") for epoch in span)
    table.attrs = {"start": first, "end": last, "units": dict(CONTACT_UNITS)}
    return table


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
