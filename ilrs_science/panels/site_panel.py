"""The site dashboard: choose a place, a span and a mast; see horizon, light, warmth, power and contacts."""

from __future__ import annotations

from datetime import date
from typing import Any

import ipywidgets as widgets

from ilrs_science.environment.ground import terrain_at
from ilrs_science.environment.statistics import illumination_statistics
from ilrs_science.errors import RequestError
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.names import options
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.site_choices import SiteChoices
from ilrs_science.panels.site_figures import FIGURES, figures_of, names_of
from ilrs_science.panels.site_model import HIGHEST_MAST, OWN, SiteModel
from ilrs_science.panels.site_numbers import sentence, spread_table
from ilrs_science.panels.worker import LatestOnly, sentence_of

__all__ = ["SitePanel"]

_BUSY = "Computing horizon, light, temperature, power and contacts; the first time takes some seconds."
_GROUPS = [
    ("Everything", "everything"),
    ("Horizon and light", "light"),
    ("Temperature", "temperature"),
    ("Power and contacts of a station", "station"),
]
_NO_STATION = "Power and contacts are those of a station: choose one as the place."


class SitePanel(Panel[SiteModel]):
    """Controls, live figures and a table over a `SiteModel`.

    Parameters
    ----------
    model : SiteModel, optional
        What is chosen; a fresh one by default.
    **choices
        Initial choices of a fresh model, ``terrain`` and ``partners`` among them.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls, figures and table.
    code : ipywidgets.HTML
        The Python lines that give the same numbers, always those of the present choices.
    """

    def __init__(self, model: SiteModel | None = None, **choices: Any) -> None:
        self.model = model or SiteModel(**choices)
        self._worker = LatestOnly(on_error=self._failed)
        self._message, self._table, self.code = controls.message(), widgets.HTML(), widgets.HTML()
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self._asked = 0
        self._inputs = self._make_inputs()
        self._figures = {name: FigureView(label=name) for name in FIGURES}
        self._cards = {name: controls.card(view) for name, view in self._figures.items()}
        self._table_card = controls.card(self._table)
        self.view = self._arranged()
        for name, control in self._inputs.items():
            control.observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
        for view in self._figures.values():
            view.on_ready(self._greet)
        self._ask()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until everything is drawn.

        Parameters
        ----------
        timeout : float, optional
            Longest wait. [s]

        Returns
        -------
        bool
            Whether nothing is left to do.
        """
        return self._worker.wait(timeout)

    def _arranged(self) -> Any:
        cards = self._cards
        return controls.panel(
            controls.controls(self._inputs.values()),
            self._message,
            cards["horizon"],
            cards["strip"],
            self._table_card,
            controls.pair(cards["temperature"], cards["battery"]),
            cards["contacts"],
        )

    def _make_inputs(self) -> dict[str, Any]:
        model = self.model
        place = widgets.Dropdown(
            options=_places(model),
            value=model.place,
            description="Place",
            tooltip="A site or a station of the catalogue, or a place of your own by latitude and longitude",
        )
        start = widgets.DatePicker(
            value=date.fromisoformat(model.start),
            max=date.max,  # four digits a year; what lies outside the kernels is said, not moved
            description="First day [UTC]",
            tooltip="The span begins at 00:00 UTC of this day",
        )
        days = widgets.Dropdown(
            options=[("30 days", 30), ("1 year (365 days)", 365)],
            value=model.days,
            description="Length",
            tooltip="Length of the span in days; temperature and contacts are those of the first 30 days",
        )
        what = widgets.Dropdown(
            options=_GROUPS,
            value=model.what,
            description="Show",
            tooltip="Which figures are computed and shown; fewer of them are quicker",
        )
        return {
            "place": controls.explained(place),
            **_own_place(model),
            "start": controls.explained(start),
            "days": controls.explained(days),
            "mast": widgets.FloatText(
                value=model.mast,
                step=1,
                description="Mast [m]",
                tooltip=f"Height of eye, array and antenna above the ground in metres, 0 to {HIGHEST_MAST:g}",
            ),
            "what": controls.explained(what),
        }

    def _chosen(self, name: str, value: Any) -> None:
        """Bring a choice into the model, which bounds it; say what is wrong with it, if anything."""
        try:
            setattr(self.model, name, ("" if value is None else str(value)) if name == "start" else value)
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            self._wrong[name] = sentence_of(error)
        else:
            self._wrong.pop(name, None)
        if name == "place":
            self._follow()
        self._ask()

    def _follow(self) -> None:
        """Let the mast be the station's, and show where to write a place of one's own."""
        if self.model.station is not None:
            self._inputs["mast"].value = self.model.station.mast
        self._show_own()

    def _show_own(self) -> None:
        controls.show_if(self.model.place == OWN, self._inputs["latitude"], self._inputs["longitude"])

    def _fault(self) -> str:
        """What is wrong with the choices that count, in sentences."""
        hidden = () if self.model.place == OWN else ("latitude", "longitude")
        wrong = [text for name, text in self._wrong.items() if name not in hidden]
        if not wrong and self.model.what == "station" and self.model.station is None:
            wrong.append(_NO_STATION)
        return " ".join(wrong)

    def _ask(self) -> None:
        """Compute beside the main thread what follows from the choices, unless something is wrong with them."""
        self._asked += 1
        self._show_own()
        if wrong := self._fault():
            controls.say(self._message, "", wrong=wrong)
            return
        number, chosen = self._asked, self.model.choices
        controls.say(self._message, _BUSY)
        self._worker.submit(lambda: self._refresh(number, chosen))

    def _refresh(self, number: int, chosen: SiteChoices) -> None:
        terrain = terrain_at(chosen.ground, chosen.terrain)
        if terrain is None:
            raise RequestError("the bare sphere has no horizon to show; give 'auto' or a file as the terrain")
        span = chosen.start, chosen.end
        light = illumination_statistics(chosen.ground, *span, mast=chosen.mast, terrain=terrain)
        if number != self._asked:
            return  # something else was chosen meanwhile
        wanted = names_of(chosen)
        for name, card in self._cards.items():
            controls.show_if(name in wanted, card)
        controls.show_if("strip" in wanted, self._table_card)
        self.code.value = controls.code(self.model.code())
        self._table.value = spread_table(light)
        for name, figure in figures_of(chosen, terrain, self.model.catalogue):
            if number != self._asked:
                return
            self._figures[name].show(figure)
        if number == self._asked:
            controls.say(self._message, sentence(chosen, light, terrain))

    def _failed(self, text: str) -> None:
        controls.say(self._message, "", wrong=self._fault() or text)

    def _greet(self) -> None:
        controls.send_again(self._message, self._table, self.code, *self._cards.values(), self._table_card)


def _places(model: SiteModel) -> list[tuple[str, str]]:
    """Stations and sites on the ground, and a place of one's own."""
    flying = [key for key, one in model.catalogue.stations.items() if one.site is None]
    known = options(model.catalogue, ("sites", "stations"), without=flying)
    return [("Own place · by latitude and longitude", OWN), *known]


def _own_place(model: SiteModel) -> dict[str, Any]:
    """Where to write a place of one's own."""
    return {
        "latitude": widgets.FloatText(
            value=model.latitude,
            step=0.1,
            description="Latitude [deg]",
            tooltip="Selenographic latitude in degrees, north positive, -90 to 90",
        ),
        "longitude": widgets.FloatText(
            value=model.longitude,
            step=0.1,
            description="Longitude [deg]",
            tooltip="Selenographic longitude in degrees, east positive, -360 to 360",
        ),
    }
