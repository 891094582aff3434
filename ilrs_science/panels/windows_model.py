"""What a person asks of the windows dashboard; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import traitlets

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import parse_epoch
from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.conditions import MOST, Condition, constraint_of, rows_of
from ilrs_science.panels.sky_names import require_held
from ilrs_science.panels.windows_answer import WindowsAnswer, answer_of

__all__ = ["DEFAULT", "LONGEST_DAYS", "LONGEST_ORBIT_DAYS", "WindowsModel"]

LONGEST_DAYS = 731
"""Longest span that the panel searches at a site. [d]"""
LONGEST_ORBIT_DAYS = 60
"""Longest span where an orbiter takes part, which is propagated. [d]"""
DEFAULT: Mapping[str, Any] = {
    "kind": "all_of",
    "of": [{"kind": "sun_elevation", "min": "-1.4 deg"}, {"kind": "earth_elevation", "min": "2 deg"}],
}
"""What must hold at first: light over a lowered ridge horizon, and a link."""


class WindowsModel(traitlets.HasTraits):
    """Choices of the windows dashboard; each is bounded or refused when it is set.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where sites, orbits and targets come from; the shipped one by default.
    constraint : Constraint or mapping, optional
        What must hold, as `ilrs_science.find_windows` takes it: one kind, or all or any of several.
    **choices
        Initial values of the traits.
    """

    place = traitlets.Unicode("connecting_ridge", help="Id of the site or orbit.")
    start = traitlets.Unicode("2031-02-24", help="First day, UTC, as 2031-02-24.")
    days = traitlets.Int(28, help="Length of the span. [d]")
    conditions = traitlets.Tuple(help="Rows of conditions.")
    joined = traitlets.Enum(("all", "any"), "all", help="Whether all conditions must hold, or any.")

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        constraint: Constraint | Mapping[str, Any] | None = DEFAULT,
        **choices: Any,
    ) -> None:
        self.catalogue = catalogue or load_catalogue()
        rows, joined = rows_of(constraint)
        super().__init__(**{"conditions": rows, "joined": joined, **choices})

    def __repr__(self) -> str:
        return (
            f"<WindowsModel {self.place}, {self.days} d from {self.start}, {len(self.conditions)} conditions>"
        )

    @traitlets.validate("place")
    def _known_place(self, proposal: dict[str, Any]) -> str:
        name, known = str(proposal["value"]), self.catalogue
        if name in known.sites or name in known.orbits:
            return name
        raise UnknownNameError("site or orbit", name, [*known.sites, *known.orbits])

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
    def _bounded_rows(self, proposal: dict[str, Any]) -> tuple[Condition, ...]:
        rows = tuple(proposal["value"])
        if len(rows) > MOST:
            raise RequestError(f"at most {MOST} conditions; remove one before adding another")
        return rows

    @property
    def span(self) -> tuple[np.datetime64, np.datetime64]:
        """Start and end, UTC."""
        first = parse_epoch(self.start)
        return first, first + np.timedelta64(self.days, "D")

    @property
    def where(self) -> Site | Orbit:
        """The site or orbit."""
        known = self.catalogue
        return known.orbits[self.place] if self.place in known.orbits else known.sites[self.place]

    @property
    def orbits(self) -> list[Orbit]:
        """Every orbit that takes part."""
        named = {self.place, *(text for row in self.conditions for text in row.texts.values())}
        return [self.catalogue.orbits[name] for name in sorted(named) if name in self.catalogue.orbits]

    def answer(self) -> WindowsAnswer:
        """Compute what follows from the choices.

        Returns
        -------
        WindowsAnswer
            Windows of each condition and of all, budget, sky.

        Raises
        ------
        RequestError
            If a field is wrong, a condition does not apply, or the span is not covered.
        """
        if self.orbits and self.days > LONGEST_ORBIT_DAYS:
            raise RequestError(
                f"orbits are followed over {LONGEST_ORBIT_DAYS} days at the most here, not {self.days}; "
                "choose a shorter span"
            )
        for orbit in self.orbits:
            require_held(orbit, *self.span)
        constraint = constraint_of(self.conditions, self.joined)  # type: ignore[arg-type]
        parts = [row.constraint for row in self.conditions]
        return answer_of(self.where, constraint, parts, self.span, self.catalogue)

    def code(self) -> str:
        """The Python lines that give the same windows.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        start, end = (str(time.astype("datetime64[D]")) for time in self.span)
        lines = ["import ilrs_science as ilrs", ""]
        if not self.conditions:
            return "\n".join([*lines, f'windows = ilrs.Windows.everything("{start}", "{end}")'])
        sign = "&" if self.joined == "all" else "|"
        first, *rest = (row.code() for row in self.conditions)
        lines += ["constraint = (", f"    {first}", *(f"    {sign} {one}" for one in rest), ")"]
        lines += [f'windows = ilrs.find_windows(constraint, "{self.place}", "{start}", "{end}")']
        return "\n".join(lines)
