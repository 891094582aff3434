"""What a person asks of the windows dashboard; no widgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import traitlets

from ilrs_science.catalogue.constraint import AllOf, AnyOf, Constraint
from ilrs_science.catalogue.constraint.names import mentions
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import parse_epoch
from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.conditions import Condition
from ilrs_science.panels.windows_answer import WindowsAnswer, answer_of
from ilrs_science.panels.windows_code import code_of

__all__ = ["LONGEST_DAYS", "LONGEST_ORBIT_DAYS", "MOST_CONDITIONS", "WindowsModel"]

LONGEST_DAYS = 731
"""Longest span that the panel searches. [d]"""
LONGEST_ORBIT_DAYS = 92
"""Longest span over which it propagates an orbit; a low one takes half a minute then. [d]"""
FARTHEST_DAYS = 731
"""Farthest from its epoch that it follows an orbit with one, years of which would fill the memory. [d]"""
MOST_CONDITIONS = 8
"""Largest number of conditions."""
_FIRST = (
    {"kind": "sun_elevation", "min": "-1.4 deg"},
    {"kind": "earth_elevation", "min": "2 deg"},
)


class WindowsModel(traitlets.HasTraits):
    """Choices of the windows dashboard; each is cut to size when it is made, and may still be told to be wrong.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where sites, orbits and targets come from; the shipped one by default.
    **choices
        Initial values of the traits.
    """

    place = traitlets.Unicode("site/connecting_ridge", help="Kind and id of a site or orbit, or its id.")
    start = traitlets.Unicode("2031-02-24", help="First day, UTC, as 2031-02-24.")
    days = traitlets.Int(28, help="Length of the span. [d]")
    join = traitlets.Enum(("all", "any"), "all", help="Whether all conditions must hold, or any.")
    conditions = traitlets.Tuple(_FIRST, help="Conditions, or constraints that they stand for.")

    def __init__(self, catalogue: Catalogue | None = None, **choices: Any) -> None:
        self.catalogue = catalogue or load_catalogue()
        super().__init__(**{"conditions": _FIRST, **choices})

    def __repr__(self) -> str:
        count = f"{len(self.conditions)} condition{'' if len(self.conditions) == 1 else 's'}"
        return f"<WindowsModel {self.place}, {self.days} d from {self.start}, {count}>"

    @traitlets.validate("place")
    def _known_place(self, proposal: dict[str, Any]) -> str:
        folder, _, name = str(proposal["value"]).rpartition("/")
        for kind, shelf in (("site", self.catalogue.sites), ("orbit", self.catalogue.orbits)):
            if folder in ("", kind) and name in shelf:
                return f"{kind}/{name}"
        raise UnknownNameError("place", name[:40], [*self.catalogue.sites, *self.catalogue.orbits])

    @traitlets.validate("start")
    def _real_date(self, proposal: dict[str, Any]) -> str:
        text = str(proposal["value"]).strip()
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise EpochError(f"{text[:20]!r} is not a date; write it as 2031-02-24") from None

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
        """Kind of the place: ``site`` or ``orbit``."""
        return self.place.partition("/")[0]

    @property
    def record(self) -> Site | Orbit:
        """The place itself."""
        kind, _, name = self.place.partition("/")
        return self.catalogue.sites[name] if kind == "site" else self.catalogue.orbits[name]

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
        start, end = self.span
        reach = np.timedelta64(FARTHEST_DAYS, "D")
        return [
            f"{one.label} is known for {str(one.epoch)[:10]}; choose a span within two years of that day."
            for one in orbits
            if one.epoch is not None and (start < one.epoch - reach or end > one.epoch + reach)
        ]

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
