"""What a person asks of the windows dashboard; no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import traitlets

from ilrs_science.catalogue.constraint import AllOf, AnyOf, Constraint, parse_constraint
from ilrs_science.catalogue.constraint.names import mentions
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.epochs import parse_epoch
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.conditions import Condition
from ilrs_science.panels.dates import real_date
from ilrs_science.panels.sky_names import require_held
from ilrs_science.panels.windows_answer import WindowsAnswer, answer_of
from ilrs_science.panels.windows_code import code_of

__all__ = ["DEFAULT", "LONGEST_DAYS", "LONGEST_ORBIT_DAYS", "MOST_CONDITIONS", "WindowsModel"]

LONGEST_DAYS = 731
"""Longest span that the panel searches. [d]"""
LONGEST_ORBIT_DAYS = 92
"""Longest span over which it propagates an orbit; a low one takes half a minute then. [d]"""
MOST_CONDITIONS = 8
"""Largest number of conditions."""
DEFAULT: Mapping[str, Any] = {
    "kind": "all_of",
    "of": [{"kind": "sun_elevation", "min": "-1.4 deg"}, {"kind": "earth_elevation", "min": "2 deg"}],
}
"""What must hold at first: light over a lowered ridge horizon, and a link."""


class WindowsModel(traitlets.HasTraits):
    """Choices of the windows dashboard; each is cut to size when it is made, and may still be told to be wrong.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where sites, orbits and targets come from; the shipped one by default.
    constraint : Constraint or mapping, optional
        What must hold, as `ilrs_science.find_windows` takes it: one kind, or all or any of several.
    **choices
        Initial values of the traits.
    """

    place = traitlets.Unicode("connecting_ridge", help="Id of a site, station or orbit.")
    start = traitlets.Unicode("2031-02-24", help="First day, UTC, as 2031-02-24.")
    days = traitlets.Int(28, help="Length of the span. [d]")
    join = traitlets.Enum(("all", "any"), "all", help="Whether all conditions must hold, or any.")
    conditions = traitlets.Tuple(help="Conditions, or constraints that they stand for.")

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        constraint: Constraint | Mapping[str, Any] | None = DEFAULT,
        **choices: Any,
    ) -> None:
        self.catalogue = catalogue or load_catalogue()
        super().__init__(**{**_choices_of(constraint), **choices})

    def __repr__(self) -> str:
        count = f"{len(self.conditions)} condition{'' if len(self.conditions) == 1 else 's'}"
        return f"<WindowsModel {self.place}, {self.days} d from {self.start}, {count}>"

    @traitlets.validate("place")
    def _known_place(self, proposal: dict[str, Any]) -> str:
        name, known = str(proposal["value"]), self.catalogue
        shelves = (known.sites, known.stations, known.orbits)
        if any(name in shelf for shelf in shelves):
            return name
        raise UnknownNameError("site, station or orbit", name[:40], [key for one in shelves for key in one])

    @traitlets.validate("start")
    def _real_date(self, proposal: dict[str, Any]) -> str:
        return real_date(proposal["value"])

    @traitlets.validate("days")
    def _bounded_days(self, proposal: dict[str, Any]) -> int:
        return min(max(int(proposal["value"]), 1), LONGEST_DAYS)

    @traitlets.validate("conditions")
    def _bounded_conditions(self, proposal: dict[str, Any]) -> tuple[Condition, ...]:
        given = tuple(proposal["value"])
        if len(given) > MOST_CONDITIONS:
            raise RequestError(f"{len(given)} conditions are too many; {MOST_CONDITIONS} at the most")
        return tuple(one if isinstance(one, Condition) else Condition.of(one) for one in given)

    @property
    def kind(self) -> str:
        """Kind of the place: ``site``, ``station`` or ``orbit``; a station in orbit is where its orbit is."""
        station = self.catalogue.stations.get(self.place)
        if self.place in self.catalogue.orbits or (station is not None and station.orbit is not None):
            return "orbit"
        return "site" if station is None else "station"

    @property
    def record(self) -> Site | Station | Orbit:
        """The place itself; of a station in orbit, the orbit."""
        known = self.catalogue
        if self.kind == "orbit":
            station = known.stations.get(self.place)
            return known.orbits[self.place if station is None or station.orbit is None else station.orbit]
        return known.stations[self.place] if self.kind == "station" else known.sites[self.place]

    @property
    def span(self) -> tuple[np.datetime64, np.datetime64]:
        """Start and end, UTC."""
        first = parse_epoch(self.start)
        return first, first + np.timedelta64(self.days, "D")

    def parts(self) -> tuple[Constraint, ...]:
        """What each condition stands for.

        Returns
        -------
        tuple of Constraint
            In their order.

        Raises
        ------
        RequestError
            If something that was chosen is wrong: all of it, in sentences.
        """
        found, faults = [], []
        for number, one in enumerate(self.conditions, start=1):
            try:
                found.append(one.constraint(self.kind))
            except RequestError as error:
                faults.append(f"Condition {number} ({one.form.words}): {error}.")
        faults += self._orbit_faults(found)
        if faults:
            raise RequestError(" ".join(faults))
        return tuple(found)

    def orbits(self, parts: Iterable[Constraint]) -> list[Orbit]:
        """Orbits that must be propagated.

        Parameters
        ----------
        parts : iterable of Constraint
            What the conditions stand for.

        Returns
        -------
        list of Orbit
            The place, and those that conditions name.
        """
        shelf = self.catalogue.orbits
        named = {mention.name for part in parts for mention in mentions(part)}
        here = [self.record] if isinstance(self.record, Orbit) else []
        return here + [shelf[name] for name in sorted(named) if name in shelf and shelf[name] not in here]

    def _orbit_faults(self, parts: Iterable[Constraint]) -> list[str]:
        """Why orbits cannot be followed over the span, in sentences."""
        orbits = self.orbits(parts)
        if orbits and self.days > LONGEST_ORBIT_DAYS:
            return [
                f"An orbit is followed over {LONGEST_ORBIT_DAYS} days at the most here; shorten the span."
            ]
        faults = []
        for orbit in orbits:
            try:
                require_held(orbit, *self.span)
            except RequestError as error:
                faults.append(f"{error}.")
        return faults

    @property
    def constraint(self) -> Constraint | None:
        """What must hold; None if there is no condition."""
        return joined(self.parts(), self.join)

    def answer(self) -> WindowsAnswer:
        """Compute what follows from the choices.

        Returns
        -------
        WindowsAnswer
            Windows, what removed the rest, and the sky of a site.

        Raises
        ------
        RequestError
            If something that was chosen is wrong, or the span is outside what the ephemeris covers.
        """
        parts = self.parts()
        return answer_of(self.record, parts, joined(parts, self.join), self.span, self.catalogue)

    def code(self) -> str:
        """The Python lines that give the same windows.

        Returns
        -------
        str
            To be pasted into a notebook.

        Raises
        ------
        RequestError
            If something that was chosen is wrong.
        """
        return code_of(self.place, self.parts(), self.join, self.span)


def joined(parts: tuple[Constraint, ...], join: str) -> Constraint | None:
    """All of several constraints, or any of them; None of none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return AllOf(of=parts) if join == "all" else AnyOf(of=parts)


def _choices_of(constraint: Constraint | Mapping[str, Any] | None) -> dict[str, Any]:
    """Conditions that stand for a constraint, and how they are joined."""
    if constraint is None:
        return {}
    spec = parse_constraint(dict(constraint) if isinstance(constraint, Mapping) else constraint)
    parts = spec.of if isinstance(spec, AllOf | AnyOf) else (spec,)
    return {"conditions": parts, "join": "any" if isinstance(spec, AnyOf) else "all"}
