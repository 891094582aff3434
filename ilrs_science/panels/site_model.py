"""What a person asks of the site dashboard; no widgets."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import traitlets

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain
from ilrs_science.epochs import parse_epoch
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.dates import real_date
from ilrs_science.panels.site_choices import SiteChoices
from ilrs_science.panels.site_code import code_of

__all__ = ["GROUPS", "HIGHEST_MAST", "LENGTHS", "OWN", "PARTNERS", "SiteModel"]

OWN = "own_place"
"""Stands for a place that latitude and longitude tell."""
LENGTHS = (30, 365)
"""Spans that the panel looks at. [d]"""
HIGHEST_MAST = 1000.0
"""Highest mast, as for a station. [m]"""
GROUPS = ("everything", "light", "temperature", "station")
"""Groups of figures; the last one is power and contacts of a station."""
PARTNERS = ("jiamusi", "neuquen", "kashi", "queqiao2_relay")
"""Who hears a station, if nobody says otherwise."""


class SiteModel(traitlets.HasTraits):
    """Choices of the site dashboard; what is impossible is refused in a sentence, and the old choice stays.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where sites and stations come from; the shipped one by default.
    terrain : "auto", file, name, several of them, or TerrainStack
        As `ilrs_science.environment` takes it.
    partners : tuple of str
        Ids of ground stations and relays that hear a station.
    **choices
        Initial values of the traits.
    """

    place = traitlets.Unicode("connecting_ridge", help="Id of a site or station, or own_place.")
    latitude = traitlets.Float(-89.45, help="Of a place of one's own, north positive. [deg]")
    longitude = traitlets.Float(222.7, help="Of a place of one's own, east positive. [deg]")
    start = traitlets.Unicode("2031-01-01", help="First day, UTC, as 2031-01-01.")
    days = traitlets.Int(365, help="Length of the span, 30 or 365. [d]")
    mast = traitlets.Float(10.0, help="Height of eye, array and antenna above the ground. [m]")
    what = traitlets.Unicode("everything", help="Which group of figures.")

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        terrain: Terrain = "auto",
        partners: tuple[str, ...] = PARTNERS,
        **choices: Any,
    ) -> None:
        self.catalogue = catalogue or load_catalogue()
        self.terrain, self.partners = terrain, tuple(partners)
        super().__init__(**choices)

    def __repr__(self) -> str:
        return f"<SiteModel {self.place}, {self.days} d from {self.start}, mast {self.mast:g} m>"

    @traitlets.validate("place")
    def _known_place(self, proposal: dict[str, Any]) -> str:
        name, known = str(proposal["value"]), self.catalogue
        if name == OWN or name in known.sites:
            return name
        if name in known.stations and known.stations[name].site is not None:
            return name
        standing = [key for key, one in known.stations.items() if one.site is not None]
        raise UnknownNameError("site or station on the ground", name[:40], [*known.sites, *standing, OWN])

    @traitlets.validate("latitude")
    def _bounded_latitude(self, proposal: dict[str, Any]) -> float:
        return _within("latitude", proposal["value"], -90.0, 90.0, "deg")

    @traitlets.validate("longitude")
    def _bounded_longitude(self, proposal: dict[str, Any]) -> float:
        return _within("longitude", proposal["value"], -360.0, 360.0, "deg")

    @traitlets.validate("start")
    def _real_date(self, proposal: dict[str, Any]) -> str:
        return real_date(proposal["value"], example="2031-01-01")

    @traitlets.validate("days")
    def _known_length(self, proposal: dict[str, Any]) -> int:
        if proposal["value"] not in LENGTHS:
            raise RequestError(f"the length is 30 or 365 days, not {proposal['value']:g}")
        return int(proposal["value"])

    @traitlets.validate("mast")
    def _bounded_mast(self, proposal: dict[str, Any]) -> float:
        return _within("mast", proposal["value"], 0.0, HIGHEST_MAST, "m")

    @traitlets.validate("what")
    def _known_group(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in GROUPS:
            raise UnknownNameError("group of figures", str(proposal["value"])[:40], list(GROUPS))
        return str(proposal["value"])

    @property
    def station(self) -> Station | None:
        """The station, if one is chosen."""
        return self.catalogue.stations.get(self.place)

    @property
    def ground(self) -> Site:
        """Where one stands; a place of one's own stands on the terrain."""
        if self.place == OWN:
            name = f"{self.latitude:g}°, {self.longitude:g}°"
            return Site(latitude=self.latitude, longitude=self.longitude, name=name)
        station = self.station
        return self.catalogue.sites[self.place] if station is None else self.catalogue.site_of(station)

    @property
    def choices(self) -> SiteChoices:
        """The present choices."""
        start = parse_epoch(self.start)
        return SiteChoices(
            ground=self.ground,
            station=self.station,
            start=start,
            end=start + np.timedelta64(self.days, "D"),
            mast=self.mast,
            what=self.what,
            terrain=self.terrain,
            partners=self.partners,
        )

    def code(self) -> str:
        """The Python lines that give the same numbers.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        return code_of(self.choices)


def _within(name: str, value: float, low: float, high: float, unit: str) -> float:
    """A number in its range, else a sentence."""
    if not (math.isfinite(value) and low <= value <= high):
        raise RequestError(f"the {name} is {low:g} to {high:g} {unit}, not {value:.10g}")
    return float(value)
