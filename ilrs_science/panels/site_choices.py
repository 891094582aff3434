"""What was chosen on the site dashboard, as it was at one time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain

__all__ = ["SiteChoices"]

_LUNATION = np.timedelta64(30, "D")


@dataclass(frozen=True)
class SiteChoices:
    """A consistent set of choices, as it was at one time."""

    ground: Site
    """Where one stands."""
    station: Station | None
    """The station that stands there, if one was chosen."""
    start: np.datetime64
    """Start of the span, UTC."""
    end: np.datetime64
    """End of the span, UTC."""
    mast: float
    """Height of eye, array and antenna above the ground. [m]"""
    what: str
    """Which group of figures."""
    terrain: Terrain
    """As `ilrs_science.environment` takes it."""
    partners: tuple[str, ...]
    """Ids of those who hear the station."""

    @property
    def label(self) -> str:
        """Name of the place."""
        return self.ground.label if self.station is None else self.station.label

    @property
    def month_end(self) -> np.datetime64:
        """End of the first lunation: of temperature and contacts. UTC."""
        return min(self.end, self.start + _LUNATION)

    def wants(self, group: str) -> bool:
        """Whether a group of figures is asked for and can be had.

        Parameters
        ----------
        group : {"light", "temperature", "station"}
            The group.

        Returns
        -------
        bool
        """
        return self.what in ("everything", group) and (group != "station" or self.station is not None)
