"""The windows dashboard: choose a place, a span and what must hold; see when it is possible."""

from __future__ import annotations

import threading
from datetime import date
from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
import xarray as xr

from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import RequestError
from ilrs_science.figures.budget import window_budget
from ilrs_science.figures.conditions import condition_rows
from ilrs_science.figures.elevation import elevations
from ilrs_science.figures.polar import sky
from ilrs_science.panels import controls
from ilrs_science.panels.conditions_editor import ConditionsEditor
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.names import places
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.windows_answer import WindowsAnswer
from ilrs_science.panels.windows_model import LONGEST_DAYS, WindowsModel
from ilrs_science.panels.windows_tables import downloads, listing, months
from ilrs_science.panels.worker import LatestOnly, sentence_of

__all__ = ["WindowsPanel"]

_MAST = "2 m"
_PATIENCE_S = 0.5


@lru_cache(maxsize=16)
def _skyline(site: Site, mast: str | float) -> xr.Dataset:
    from ilrs_science.environment.light.horizon import (
        horizon,
    )  # its compiler would delay the first picture by a second
    from ilrs_science.environment.terrain.stack import shipped_terrain

    return horizon(site, shipped_terrain(), mast=mast)


class WindowsPanel(Panel[WindowsModel]):
    """Controls and live figures over a `WindowsModel`.

    Parameters
    ----------
    model : WindowsModel, optional
        What is chosen; a fresh one by default.
    **choices
        Initial choices of a fresh model.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls and figures.
    code : ipywidgets.HTML
        The Python lines that give the same windows, always those of the present choices.
    """

    def __init__(self, model: WindowsModel | None = None, **choices: Any) -> None:
        self.model = model or WindowsModel(**choices)
        self._worker = LatestOnly(on_error=self._failed)
        self._terrain = LatestOnly(on_error=lambda _text: None)
        self._saying = threading.Lock()
        self._asked = self._answered = 0
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self._make_outputs()
        self._inputs = self._make_inputs()
        self._editor = ConditionsEditor(self.model, changed=self._ask)
        self.view = controls.panel(
            controls.controls(self._inputs.values()),
            self._editor.view,
            self._message,
            controls.card(self._openings, self._files),
            controls.card(self._elevation),
            controls.pair(self._table_card, self._sky_card),
            self._months_card,
        )
        for name, control in self._inputs.items():
            control.observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
        texts = self._message, self._list, self._files, self._months, self.code
        self._openings.on_ready(lambda: controls.send_again(*texts))
        self._ask_first()

    def _make_outputs(self) -> None:
        self._message, self.code = controls.message(), widgets.HTML()
        self._list, self._files, self._months = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._openings, self._elevation = FigureView(), FigureView()
        self._budget, self._sky = FigureView(), FigureView()
        self._sky_card = controls.card(self._sky)
        self._table_card = controls.card(self._budget, self._list)
        self._months_card = controls.card(self._months)

    def _make_inputs(self) -> dict[str, Any]:
        model = self.model
        place = widgets.Dropdown(
            options=places(model.catalogue),
            value=model.place,
            description="Place",
            tooltip="A site on the Moon, a station at its site, or an orbit about the Moon, all of the catalogue",
        )
        start = widgets.DatePicker(
            value=date.fromisoformat(model.start),
            max=date.max,  # four digits a year; what lies outside the kernels is said, not moved
            description="First day [UTC]",
            tooltip="The span begins at 00:00 UTC of this day",
        )
        days = widgets.FloatText(  # one for whole numbers would drop the point of 28.5
            value=model.days,
            step=1,
            description="Length [d]",
            tooltip=f"Length of the span in days, 1 to {LONGEST_DAYS}",
        )
        return {"place": controls.explained(place), "start": controls.explained(start), "days": days}

    def _chosen(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it; say what is wrong with it, if anything."""
        try:
            setattr(self.model, name, _plain(name, value))
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
        else:
            self._wrong.pop(name, None)
        if name == "place":
            self._editor.move()
        self._ask()

    def _ask(self) -> None:
        """Compute beside the main thread what follows from the choices, unless something is wrong with them."""
        if wrong := self._fault():
            self._say("", wrong=wrong)
            return
        self._asked += 1
        self._worker.submit(self._refresh)
        orbits = [one.label for one in self.model.orbits(self.model.parts())]
        first = f" First {' and '.join(orbits)} must be followed, which may take a minute." if orbits else ""
        patience = threading.Timer(_PATIENCE_S, self._still, [self._asked, f"Computing …{first}"])
        patience.daemon = True
        patience.start()

    def _ask_first(self) -> None:
        """Compute here what is quick, so that the page opens with it."""
        if self._fault() or self.model.orbits(self.model.parts()):
            self._say("Computing …")
            self._ask()
        else:
            self._worker.guard(self._refresh)

    def _fault(self) -> str:
        """What is wrong with the choices, in sentences."""
        wrong = list(self._wrong.values())
        try:
            self.model.parts()
        except RequestError as error:
            wrong.append(str(error))
        return " ".join(wrong)

    def _still(self, asked: int, text: str) -> None:
        """Say that an answer takes its time, unless it has come."""
        with self._saying:
            if asked == self._asked and self._answered < asked and self._worker.busy:
                controls.say(self._message, text)

    def _say(self, text: str, *, wrong: str = "") -> None:
        with self._saying:
            self._answered = self._asked
            controls.say(self._message, text, wrong=wrong)

    def _failed(self, text: str) -> None:
        self._say("", wrong=text)

    def _refresh(self) -> None:
        answer = self.model.answer()
        self._draw(answer)
        self._list.value = listing(answer.windows)
        self._months.value = "" if answer.months is None else months(answer.months)
        self._files.value = downloads(answer.windows, *self._file_names(answer))
        self.code.value = controls.code(self.model.code())
        self._say(answer.sentence, wrong=self._fault())

    def _draw(self, answer: WindowsAnswer) -> None:
        aloft = isinstance(answer.place, Orbit)
        self._openings.show(condition_rows(answer.windows, answer.parts, joined=answer.name))
        controls.show_if(answer.months is not None, self._months_card)
        controls.show_if(answer.table is not None, self._budget)
        controls.show_if(not aloft, self._sky_card)
        if answer.table is not None:
            self._budget.show(window_budget(answer.table))
        when = answer.observation["time"].values
        level = "the local horizontal, first revolutions" if aloft else "the horizontal"
        self._elevation.show(
            elevations(
                answer.observation,
                answer.windows.between(when[0], when[-1]),
                limits=answer.limits,
                title=f"Sun and Earth above {level}",
            )
        )
        if not isinstance(answer.place, Orbit):
            self._show_sky(answer.place, answer.observation)

    def _show_sky(self, place: Site | Station, seen: xr.Dataset) -> None:
        site, mast = (
            (self.model.catalogue.site_of(place), place.mast)
            if isinstance(place, Station)
            else (place, _MAST)
        )
        when = seen["time"]
        first = seen.isel(time=np.flatnonzero(when < when[0] + np.timedelta64(30, "D")))
        note = ", first 30 days" if first.sizes["time"] < when.size else ""
        title = f"Sky of {site.label.split('(')[0].strip()}{note}"
        self._terrain.submit(lambda: self._sky.show(sky(first, _skyline(site, mast), title=title)))

    def _file_names(self, answer: WindowsAnswer) -> tuple[str, str]:
        """Name of the files, and title of the events."""
        return f"windows_{answer.place.id}_{self.model.start}", f"Window at {answer.place.label}"


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
