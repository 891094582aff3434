"""The ways in which an experiment of a campaign can be done: at which station, with which instruments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.category import Location
from ilrs_science.catalogue.constraint import AllOf
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.intervals import Windows

__all__ = ["Way", "ways_of"]


@dataclass(frozen=True)
class Way:
    """An experiment at one station with one set of instruments."""

    experiment: Experiment
    """The experiment, with these instruments and the conditions that hold for them."""
    station: Station
    """Where it is done."""
    place: str = ""
    """Part of its name that tells the station, such as ``/base``; empty in a campaign at one."""
    with_what: str = ""
    """Part of its name that tells the instrument in place of the first ones, such as ``~lidar``."""
    worth: float = 1.0
    """Part of the value that it gains. [1]"""

    @property
    def key(self) -> str:
        """Name of its windows, such as ``survey/base~lidar``."""
        return f"{self.experiment.id}{self.place}{self.with_what}"

    def windows(self, given: Mapping[str, Windows]) -> Windows:
        """Its windows, or those of its station or experiment where it has none of its own.

        Parameters
        ----------
        given : mapping of str to Windows
            Windows by key.

        Returns
        -------
        Windows
            When it is possible.

        Raises
        ------
        UnknownNameError
            If there are none.
        """
        name = self.experiment.id
        for key in (self.key, f"{name}{self.place}", name):
            if key in given:
                return given[key]
        raise UnknownNameError("windows of experiment", name, given)


def ways_of(campaign: Campaign, catalogue: Catalogue) -> dict[str, tuple[Way, ...]]:
    """Give the ways of each experiment of a campaign.

    Parameters
    ----------
    campaign : Campaign
        The record.
    catalogue : Catalogue
        Where ids are looked up.

    Returns
    -------
    dict of str to tuple of Way
        By experiment id, in the order of the campaign; the first way is that with its own instruments at the first
        station that can do it.

    Raises
    ------
    RequestError
        If none of several stations can do an experiment.
    UnknownNameError
        If an id is not in the catalogue.
    """
    stations = [catalogue.stations[name] for name in campaign.places]
    told = {one.experiment: one.stations for one in campaign.at if one.stations}
    most = {one.experiment: one.sessions for one in campaign.at if one.sessions}
    found = {}
    for record in catalogue.experiments_of(campaign):
        repeats = min(record.repeats, most.get(record.id, record.repeats))
        experiment = record.model_copy(update={"repeats": repeats})
        fit = [one for one in stations if _fits(one, experiment, told, several=len(stations) > 1)]
        if not fit:
            names = ", ".join(campaign.places)
            raise RequestError(
                f"{experiment.id}: none of {names} is where it can be done; see its locations, or say at"
            )
        found[experiment.id] = tuple(way for one in fit for way in _at(one, experiment, campaign, catalogue))
    return found


def _fits(
    station: Station, experiment: Experiment, told: Mapping[str, tuple[str, ...]], *, several: bool
) -> bool:
    if experiment.id in told:
        return station.id in told[experiment.id]
    aloft = Location.ORBIT in experiment.locations
    return not several or (aloft if station.site is None else {*experiment.locations} != {Location.ORBIT})


def _at(station: Station, experiment: Experiment, campaign: Campaign, catalogue: Catalogue) -> Iterator[Way]:
    place = f"/{station.id}" if len(campaign.places) > 1 else ""
    yield Way(experiment, station, place)
    plain = catalogue.experiments[experiment.id]
    for name in experiment.instead:
        own = [plain.conditions]
        if campaign.instrument_conditions:
            own.append(catalogue.instruments[name].conditions)
        every = tuple(one for one in dict.fromkeys(own) if one is not None)
        joined = every[0] if len(every) == 1 else AllOf(of=every) if every else None
        changed = experiment.model_copy(update={"instruments": (name,), "conditions": joined})
        yield Way(changed, station, place, f"~{name}", experiment.instead_worth)
