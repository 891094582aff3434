"""What a person asks of the sky dashboard; no widgets."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import traitlets

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.epochs import format_epoch, parse_epoch
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.dates import real_date
from ilrs_science.panels.sky_names import length_in_words, nameable, require_held

__all__ = ["LONGEST_DAYS", "MOST_SHOWN", "SHORTEST_DAYS", "SkyChoices", "SkyModel"]

LONGEST_DAYS = 60.0
"""Longest span that the panel looks at. [d]"""
SHORTEST_DAYS = 1.0 / 24.0
"""Shortest span. [d]"""
MOST_SHOWN = 8
"""Most objects that are drawn at once."""
_SITE, _ORBIT = "connecting_ridge", "queqiao2"
_SECOND = np.timedelta64(1_000_000, "us")


@dataclass(frozen=True)
class SkyChoices:
    """A consistent set of choices, as it was at one time."""

    place: str
    """Id of the site or orbit from which one looks."""
    site: str
    """Id of the place if it is a site, else of the site over which its passes are told."""
    orbit: str
    """Id of the place if it is an orbit, else of the orbiter whose passes are told."""
    start: np.datetime64
    """Start of the span, UTC."""
    end: np.datetime64
    """End of the span, UTC."""
    moment: np.datetime64
    """The instant that is marked, UTC, a whole second."""
    shown: tuple[str, ...]
    """Ids of what is looked at."""

    @property
    def aloft(self) -> bool:
        """Whether one looks from an orbiter."""
        return self.place == self.orbit

    @property
    def span(self) -> tuple[np.datetime64, np.datetime64]:
        """Start and end, UTC."""
        return self.start, self.end

    @property
    def length(self) -> str:
        """Length of the span in words."""
        return length_in_words(self.start, self.end)

    @property
    def lasting(self) -> SkyChoices:
        """The same without the marked instant: what events depend on."""
        return replace(self, moment=self.start, shown=())


class SkyModel(traitlets.HasTraits):
    """Choices of the sky dashboard; every value is brought into its range when it is set, or refused.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where sites, orbits, targets and ground stations come from; the shipped one by default.
    **choices
        Initial values of the traits.
    """

    place = traitlets.Unicode(_SITE, help="Id of the site or orbit from which one looks.")
    start = traitlets.Unicode("2026-02-24", help="First day, UTC, as 2026-02-24.")
    days = traitlets.Float(28.0, help="Length of the span. [d]")
    hour = traitlets.Float(179.5, help="The instant that is marked, after the start. [h]")
    shown = traitlets.Tuple(("sun", "earth", _ORBIT), help="Ids of what is looked at.")
    other = traitlets.Unicode(_ORBIT, help="Id of the orbiter that passes, or of the site passed over.")

    def __init__(self, catalogue: Catalogue | None = None, **choices: Any) -> None:
        self.catalogue = catalogue or load_catalogue()
        self.names = nameable(self.catalogue)
        super().__init__(**choices)

    def __repr__(self) -> str:
        return f"<SkyModel {self.place}, {self.days:g} d from {self.start}, {len(self.shown)} shown>"

    @traitlets.validate("place", "other")
    def _known_place(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        if name not in self.catalogue.sites and name not in self.catalogue.orbits:
            raise UnknownNameError(
                "site or orbit", name[:60], [*self.catalogue.sites, *self.catalogue.orbits]
            )
        return name

    @traitlets.validate("start")
    def _real_date(self, proposal: dict[str, Any]) -> str:
        return real_date(proposal["value"], example="2026-02-24")

    @traitlets.validate("days")
    def _bounded_days(self, proposal: dict[str, Any]) -> float:
        return _within(proposal["value"], SHORTEST_DAYS, LONGEST_DAYS)

    @traitlets.validate("hour")
    def _bounded_hour(self, proposal: dict[str, Any]) -> float:
        return _within(proposal["value"], 0.0, 24.0 * LONGEST_DAYS)

    @traitlets.validate("shown")
    def _known_objects(self, proposal: dict[str, Any]) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(str(name) for name in proposal["value"]))
        for name in names:
            if name not in self.names:
                raise UnknownNameError("object in the sky", name[:60], list(self.names))
        if len(names) > MOST_SHOWN:
            raise RequestError(f"{len(names)} objects are chosen; at most {MOST_SHOWN} are drawn at once")
        return names

    @property
    def others(self) -> list[str]:
        """Ids that make sense as the other end of a pass: orbits if one looks from a site, else sites."""
        aloft = self.place in self.catalogue.orbits
        return list(self.catalogue.sites if aloft else self.catalogue.orbits)

    @property
    def counterpart(self) -> str:
        """Id of the other end of a pass: what was chosen if it makes sense, else the default, else the first."""
        others = self.others
        return next((name for name in (self.other, _SITE, _ORBIT) if name in others), others[0])

    @property
    def choices(self) -> SkyChoices:
        """The present choices, made consistent.

        Raises
        ------
        RequestError
            If an orbit of a fixed epoch is asked for far from it.
        """
        aloft, other = self.place in self.catalogue.orbits, self.counterpart
        start = parse_epoch(self.start)
        end = start + round(self.days * 86400.0) * _SECOND
        chosen = SkyChoices(
            place=self.place,
            site=other if aloft else self.place,
            orbit=self.place if aloft else other,
            start=start,
            end=end,
            moment=min(start + round(self.hour * 3600.0) * _SECOND, end - _SECOND),
            shown=tuple(name for name in self.shown if name != self.place),
        )
        for name in dict.fromkeys([chosen.orbit, *chosen.shown]):
            if name in self.catalogue.orbits:
                require_held(self.catalogue.orbits[name], start, end)
        return chosen

    def code(self) -> str:
        """The Python lines that give the same numbers.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        chosen = self.choices
        start, end = (_text(time) for time in chosen.span)
        seconds = int((chosen.end - chosen.start) / _SECOND)
        step = max(60, seconds // 1000 // 60 * 60)
        span = f'"{start}", "{end}"'
        passes = f'site="{chosen.site}"' if chosen.aloft else f'orbiter="{chosen.orbit}"'
        earth = "~{find}" if chosen.aloft else "{find}"
        seen = 'ilrs.Occultation(target="earth")' if chosen.aloft else 'ilrs.EarthElevation(min="0 deg")'
        objects = ", ".join(f'"{name}"' for name in chosen.shown)
        lines = [
            "import ilrs_science as ilrs",
            "import numpy as np",
            "",
            f'place = "{chosen.place}"',
            f"span = {span}",
            f'times = np.arange(*span, np.timedelta64({step}, "s"), dtype="datetime64[s]")',
            f"sky = ilrs.observe(place, times, [{objects}])  # azimuth, elevation [deg], range [km]",
            "sunlight = ilrs.find_windows(ilrs.Day(), place, *span)",
            "earth = " + earth.format(find=f"ilrs.find_windows({seen}, place, *span)"),
            "eclipses = ilrs.find_windows(ilrs.Eclipse(), place, *span)",
            f"passes = ilrs.find_windows(ilrs.PassOver({passes}), place, *span)",
        ]
        return "\n".join(lines)


def _text(time: np.datetime64) -> str:
    """UTC without a zone, to the day if it is midnight."""
    text = format_epoch(time, "s")[:-1]
    return text.removesuffix("T00:00:00")


def _within(value: Any, low: float, high: float) -> float:
    number = float(value)
    return min(max(number, low), high) if math.isfinite(number) else low
