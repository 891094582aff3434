"""The windows dashboard: choose a place, a span and what must hold; see when it is possible."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
import xarray as xr

from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError
from ilrs_science.figures.budget import window_budget
from ilrs_science.figures.elevation import elevations
from ilrs_science.figures.polar import sky
from ilrs_science.intervals import Windows
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.windows_model import LONGEST_DAYS, WindowsAnswer, WindowsModel
from ilrs_science.panels.worker import LatestOnly, sentence_of

__all__ = ["WindowsPanel"]

_ROWS = 12
_MAST = "2 m"
_DAY_HELP = "The span begins at 00:00 UTC of this day"


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
        self._worker = LatestOnly(on_error=lambda text: controls.say(self._message, "", wrong=text))
        self._terrain = LatestOnly(on_error=lambda _text: None)
        self._message, self._list, self.code = controls.message(), widgets.HTML(), widgets.HTML()
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self._inputs = self._make_inputs()
        self._elevation, self._budget, self._sky = FigureView(), FigureView(), FigureView()
        self.view = controls.panel(
            controls.controls(self._inputs.values()),
            self._message,
            controls.card(self._elevation),
            controls.pair(controls.card(self._budget, self._list), controls.card(self._sky)),
        )
        for name, control in self._inputs.items():
            control.observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
        self._elevation.on_ready(lambda: controls.send_again(self._message, self._list, self.code))
        self._worker.guard(self._refresh)

    def __repr__(self) -> str:
        return f"<WindowsPanel of {self.model!r}>"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.view)  # type: ignore[no-untyped-call]

    def _make_inputs(self) -> dict[str, Any]:
        model, sites = self.model, self.model.catalogue.sites
        return {
            "site": widgets.Dropdown(
                options=[(one.name, one.id) for one in sites.values()],
                value=model.site,
                description="Site",
                tooltip="Where on the Moon; sites come from the catalogue",
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
                tooltip=f"Length of the span in days, 1 to {LONGEST_DAYS}",
            ),
            "sun": controls.range_slider(
                "Sun elevation",
                unit="deg",
                value=model.sun,
                low=-90.0,
                high=90.0,
                tooltip="Allowed elevation of the Sun's centre above the horizontal plane; -90 to 90 allows all",
            ),
            "earth": controls.range_slider(
                "Earth elevation",
                unit="deg",
                value=model.earth,
                low=-90.0,
                high=90.0,
                tooltip="Allowed elevation of the Earth's centre above the horizontal plane; -90 to 90 allows all",
            ),
            "separation": controls.range_slider(
                "Sun-Earth angle",
                unit="deg",
                value=model.separation,
                low=0.0,
                high=180.0,
                tooltip="Allowed angle between Sun and Earth in the sky; 0 to 180 allows all",
            ),
        }

    def _chosen(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it; say what is wrong with it, if anything."""
        try:
            setattr(self.model, name, _plain(name, value))
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
        else:
            self._wrong.pop(name, None)
        if self._wrong:
            controls.say(self._message, "", wrong=" ".join(self._wrong.values()))
            return
        self._worker.submit(self._refresh)

    def _refresh(self) -> None:
        answer = self.model.answer()
        limits = {"sun": _drawn(self.model.sun), "earth": _drawn(self.model.earth)}
        self._elevation.show(elevations(answer.observation, answer.windows, limits=limits))
        self._budget.show(window_budget(answer.table))
        controls.say(self._message, answer.sentence, wrong=" ".join(self._wrong.values()))
        self._list.value = _listing(answer.windows)
        self.code.value = controls.code(self.model.code())
        self._show_sky(answer)

    def _show_sky(self, answer: WindowsAnswer) -> None:
        when = answer.observation["time"]
        first = answer.observation.isel(time=np.flatnonzero(when < when[0] + np.timedelta64(30, "D")))
        note = ", first 30 days" if first.sizes["time"] < when.size else ""
        title = f"Sky of {answer.site.name.split('(')[0].strip()}{note}"
        self._terrain.submit(lambda: self._sky.show(sky(first, _skyline(answer.site), title=title)))


def _plain(name: str, value: Any) -> Any:
    """What the model takes for what a widget gives."""
    if name == "start":
        return "" if value is None else value.isoformat()
    if name == "days":
        return _whole_days(value)
    return tuple(value) if name in ("sun", "earth", "separation") else value


def _whole_days(value: float) -> int:
    """A length as it was typed; refused if it would have to be changed."""
    if not 1 <= value <= LONGEST_DAYS or value != int(value):
        raise RequestError(f"the length is a whole number of days from 1 to {LONGEST_DAYS}, not {value:.10g}")
    return int(value)


def _drawn(limits: tuple[float, float]) -> tuple[float | None, float | None]:
    return (limits[0] if limits[0] > -90.0 else None, limits[1] if limits[1] < 90.0 else None)


def _listing(windows: Windows) -> str:
    """The first windows as a table; nothing if there are none."""
    if not len(windows):
        return ""
    shown = list(windows)[:_ROWS]
    rows = [
        (
            *(format_epoch(time)[:-1].replace("T", " ") for time in pair),
            f"{(pair[1] - pair[0]) / np.timedelta64(1, 'h'):.2f}",
        )
        for pair in shown
    ]
    more = f", the first {_ROWS} of {len(windows)}" if len(windows) > _ROWS else ""
    return controls.table(
        f"Windows{more}", ("Start [UTC]", "End [UTC]", "Length [h]"), rows, numbers=("Length [h]",)
    )
