"""The windows dashboard: choose a place, a span and what must hold; see when it is possible."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
import xarray as xr

from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError
from ilrs_science.figures.budget import window_budget
from ilrs_science.figures.conditions import condition_rows
from ilrs_science.figures.elevation import elevations
from ilrs_science.figures.polar import sky
from ilrs_science.panels import controls
from ilrs_science.panels.condition_rows import ConditionRows
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.windows_answer import WindowsAnswer
from ilrs_science.panels.windows_lists import downloads, months, windows_table
from ilrs_science.panels.windows_model import LONGEST_DAYS, LONGEST_ORBIT_DAYS, WindowsModel
from ilrs_science.panels.worker import LatestOnly, sentence_of

__all__ = ["WindowsPanel"]

_MAST = "2 m"
_DAY_HELP = "The span begins at 00:00 UTC of this day"
_PLACE_HELP = "Site on the Moon or orbit about it; both come from the catalogue"
_BUSY = "Computing; an orbit is propagated once, which takes some seconds."


@lru_cache(maxsize=16)
def _skyline(site: Site) -> xr.Dataset:
    from ilrs_science.environment.horizon import (
        horizon,
    )  # its compiler would delay the first picture by a second
    from ilrs_science.environment.terrain import shipped_terrain

    return horizon(site, shipped_terrain(), mast=_MAST)


class WindowsPanel:
    """Controls and live figures over a `WindowsModel`.

    Parameters
    ----------
    model : WindowsModel, optional
        What is chosen; a fresh one by default.
    **choices
        Initial choices of a fresh model: ``place``, ``start``, ``days``, ``constraint``.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls and figures.
    code : ipywidgets.HTML
        The Python lines that give the same windows, always those of the present choices.
    """

    def __init__(self, model: WindowsModel | None = None, **choices: Any) -> None:
        self.model = model or WindowsModel(**choices)
        self._worker = LatestOnly(on_error=lambda text: controls.say(self._message, "", wrong=text))
        self._terrain = LatestOnly(on_error=lambda _text: None)
        self._message, self._list, self.code = controls.message(), widgets.HTML(), widgets.HTML()
        self._months = widgets.HTML()
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self._inputs = self._make_inputs()
        self._rows = ConditionRows(self.model.catalogue, self.model.conditions, self._changed)
        self._when, self._budget = FigureView(), FigureView()
        self._elevation, self._sky = FigureView(), FigureView()
        self._sky_card = controls.card(self._sky)
        self.view = controls.panel(
            controls.controls(self._inputs.values()),
            self._rows.view,
            self._message,
            controls.card(self._when, self._list),
            controls.pair(controls.card(self._budget, self._months), self._sky_card),
            controls.card(self._elevation),
        )
        for name, control in self._inputs.items():
            control.observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
        shown = (self._message, self._list, self._months, self.code)
        self._when.on_ready(lambda: controls.send_again(*shown))
        self._worker.guard(self._refresh)

    def __repr__(self) -> str:
        return f"<WindowsPanel of {self.model!r}>"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.view)  # type: ignore[no-untyped-call]

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until everything is drawn.

        Parameters
        ----------
        timeout : float, optional
            Longest wait for each step. [s]

        Returns
        -------
        bool
            Whether nothing is left to do.
        """
        return self._worker.wait(timeout) and self._terrain.wait(timeout)

    def _make_inputs(self) -> dict[str, Any]:
        model, known = self.model, self.model.catalogue
        places = [(one.name, one.id) for one in known.sites.values()]
        places += [(f"{one.name} (orbit)", one.id) for one in known.orbits.values()]
        return {
            "place": widgets.Dropdown(
                options=places,
                value=model.place,
                description=f'<span title="{_PLACE_HELP}">Place</span>',
                description_allow_html=True,
                tooltip=_PLACE_HELP,
            ),
            "start": widgets.DatePicker(
                value=date.fromisoformat(model.start),
                max=date.max,  # four digits a year; what lies outside the kernels is said, not moved
                description=f'<span title="{_DAY_HELP}">First day [UTC]</span>',  # shows no tooltip by itself
                description_allow_html=True,
                tooltip=_DAY_HELP,
            ),
            "days": widgets.FloatText(  # one for whole numbers would drop the point of 28.5
                value=model.days,
                step=1,
                description="Length [d]",
                tooltip=f"Length of the span in days, 1 to {LONGEST_DAYS}; {LONGEST_ORBIT_DAYS} with an orbiter",
            ),
            "joined": widgets.Dropdown(
                options=[("All conditions hold", "all"), ("At least one condition holds", "any")],
                value=model.joined,
                description="Possible when",
                tooltip="Whether all conditions must hold at once, or any one of them is enough",
            ),
        }

    def _changed(self) -> None:
        self._chosen("conditions", self._rows.conditions)

    def _chosen(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it; say what is wrong with it, if anything."""
        try:
            setattr(self.model, name, _plain(name, value))
            _ = [row.constraint for row in self.model.conditions]
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
        else:
            self._wrong.pop(name, None)
        if self._wrong:
            controls.say(self._message, "", wrong=" ".join(self._wrong.values()))
            return
        if self.model.orbits:
            controls.say(self._message, _BUSY)
        self._worker.submit(self._refresh)

    def _refresh(self) -> None:
        answer = self.model.answer()
        together = "All of it" if self.model.joined == "all" else "Any of it"
        self._when.show(condition_rows(answer.windows, answer.parts, joined=together))
        self._budget.show(window_budget(answer.table))
        controls.say(self._message, answer.sentence, wrong=" ".join(self._wrong.values()))
        self._list.value = windows_table(answer.windows) + downloads(answer)
        self._months.value = months(answer.months)
        self.code.value = controls.code(self.model.code())
        self._show_sky(answer)

    def _show_sky(self, answer: WindowsAnswer) -> None:
        when = answer.observation["time"]
        aloft = isinstance(answer.place, Orbit)
        level = "the local horizontal, first revolutions" if aloft else "the horizontal"
        seen = answer.windows.between(when.values[0], when.values[-1])
        self._elevation.show(
            elevations(answer.observation, seen, limits={}, title=f"Sun and Earth above {level}")
        )
        self._sky_card.layout.display = "none" if aloft else ""
        if isinstance(answer.place, Orbit):
            return
        site = answer.place
        first = answer.observation.isel(time=np.flatnonzero(when < when[0] + np.timedelta64(30, "D")))
        note = ", first 30 days" if first.sizes["time"] < when.size else ""
        title = f"Sky of {site.name.split('(')[0].strip()}{note}"
        self._terrain.submit(lambda: self._sky.show(sky(first, _skyline(site), title=title)))


def _plain(name: str, value: Any) -> Any:
    """What the model takes for what a widget gives."""
    if name == "start":
        return "" if value is None else value.isoformat()
    return _whole_days(value) if name == "days" else value


def _whole_days(value: float) -> int:
    """A length as it was typed; refused if it would have to be changed."""
    if not 1 <= value <= LONGEST_DAYS or value != int(value):
        raise RequestError(f"the length is a whole number of days from 1 to {LONGEST_DAYS}, not {value:.10g}")
    return int(value)
