"""Names of what a problem shares, by station where there are several."""

from __future__ import annotations

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.station import Station

__all__ = ["Names"]


class Names:
    """Names of the resources of a campaign.

    Parameters
    ----------
    campaign : Campaign
        At one station a name is plain, such as ``battery``; at several it tells whose it is: ``battery/base``.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._several = len(campaign.places) > 1

    def of(self, resource: str, station: Station) -> str:
        """Name of something that each station has."""
        return f"{resource}/{station.id}" if self._several else resource
