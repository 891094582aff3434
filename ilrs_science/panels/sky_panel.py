"""The sky dashboard: choose a place, a time and what to look at; see sky, map, orbit and events."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

import ipywidgets as widgets
import xarray as xr

from ilrs_science.errors import RequestError
from ilrs_science.panels import controls, sky_figures
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.sky_events import EventList, events_of
from ilrs_science.panels.sky_model import LONGEST_DAYS, MOST_SHOWN, SHORTEST_DAYS, SkyChoices, SkyModel
from ilrs_science.panels.sky_names import short
from ilrs_science.panels.sky_scene import SkyScene, scene_of
from ilrs_science.panels.worker import LatestOnly, sentence_of

__all__ = ["SkyPanel"]

_DAY_HELP = "The span begins at 00:00 UTC of this day"
_PLACE_HELP = "Site on the Moon or orbit about it; both come from the catalogue"
_OTHER_HELP = "Whose orbit is drawn and whose passes are listed; seen from an orbit: over which site"
_SHOWN_HELP = f"What is drawn: hold Ctrl or Shift to choose several, at most {MOST_SHOWN}"
_BUSY = "Computing orbits, eclipses and passes; low orbits over many days take some seconds."
_FIGURES = ("dome", "tracks", "map", "path", "heights")


class SkyPanel(Panel[SkyModel]):
    """Controls, live figures and tables over a `SkyModel`.

    Parameters
    ----------
    model : SkyModel, optional
        What is chosen; a fresh one by default.
    **choices
        Initial choices of a fresh model.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls, figures and tables.
    code : ipywidgets.HTML
        The Python lines that give the same numbers, always those of the present choices.
    """

    def __init__(self, model: SkyModel | None = None, **choices: Any) -> None:
        self.model = model or SkyModel(**choices)
        self._scenes = LatestOnly(on_error=self._refused)
        self._listings = LatestOnly(on_error=self._refused)
        self._message, self.code = controls.message(), widgets.HTML()
        self._tables = [widgets.HTML() for _ in range(4)]
        self._wrong: dict[str, str] = {}  # by control, until it is set right
        self._listed: SkyChoices | None = None
        self._skyline: tuple[str, xr.Dataset] | None = None
        self._scene: SkyScene | None = None
        self._inputs = self._make_inputs()
        self._figures = {name: FigureView(label=name) for name in _FIGURES}
        self.view = self._arranged()
        for name, control in self._inputs.items():
            control.observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
        self._figures["dome"].on_ready(self._greet)
        self._scenes.guard(self._refresh)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until everything is drawn and listed.

        Parameters
        ----------
        timeout : float, optional
            Longest wait for each step. [s]

        Returns
        -------
        bool
            Whether nothing is left to do.
        """
        # the tables bring the terrain horizon, which is then drawn
        return all(worker.wait(timeout) for worker in (self._scenes, self._listings, self._scenes))

    def _arranged(self) -> Any:
        card, shown = controls.card, self._figures
        return controls.panel(
            controls.controls(self._inputs.values()),
            self._message,
            controls.pair(card(shown["dome"]), card(shown["tracks"])),
            card(shown["map"]),
            card(shown["path"]),
            card(shown["heights"]),
            controls.pair(*(card(table) for table in self._tables[:2])),
            *(card(table) for table in self._tables[2:]),
        )

    def _make_inputs(self) -> dict[str, Any]:
        model, shelves = self.model, self.model.catalogue
        places = [(one.label, one.id) for one in shelves.sites.values()]
        places += [(f"{one.label} (orbit)", one.id) for one in shelves.orbits.values()]
        return {
            "place": widgets.Dropdown(
                options=places,
                value=model.place,
                description=_helped("Look from", _PLACE_HELP),
                description_allow_html=True,
                tooltip=_PLACE_HELP,
            ),
            "start": widgets.DatePicker(
                value=date.fromisoformat(model.start),
                max=date.max,  # four digits a year; what lies outside the kernels is said, not moved
                description=_helped("First day [UTC]", _DAY_HELP),
                description_allow_html=True,
                tooltip=_DAY_HELP,
            ),
            "days": widgets.FloatText(
                value=model.days,
                step=1,
                description="Length [d]",
                tooltip=f"Length of the span in days: 0.05 to {LONGEST_DAYS:g}, such as 0.25 for six hours",
            ),
            "hour": widgets.FloatSlider(
                value=model.hour,
                min=0.0,
                max=model.days * 24.0,
                step=_step(model.days),
                readout_format=".2f",
                description="Time after start [h]",
                tooltip="The instant that is marked in all figures, in hours after the start of the span",
            ),
            "other": widgets.Dropdown(
                options=self._other_options(),
                value=model.counterpart,
                description=self._other_label(),
                description_allow_html=True,
                tooltip=_OTHER_HELP,
            ),
            "shown": widgets.SelectMultiple(
                options=[(name, key) for key, name in model.names.items()],
                value=model.shown,
                rows=8,
                description=_helped("Look at", _SHOWN_HELP),
                description_allow_html=True,
                tooltip=_SHOWN_HELP,
            ),
        }

    def _other_options(self) -> list[tuple[str, str]]:
        shelves = self.model.catalogue
        return [
            ((shelves.orbits[key] if key in shelves.orbits else shelves.sites[key]).label, key)
            for key in self.model.others
        ]

    def _other_label(self) -> str:
        aloft = self.model.place in self.model.catalogue.orbits
        return _helped("Passes over" if aloft else "Passes of", _OTHER_HELP)

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
        self._follow(name)
        if name != "hour":
            controls.say(self._message, _BUSY)
        self._scenes.submit(self._refresh)

    def _follow(self, name: str) -> None:
        """Let the controls that depend on another one follow it."""
        if name == "days":
            hour = self._inputs["hour"]
            hour.max, hour.step = self.model.days * 24.0, _step(self.model.days)
        if name == "place":
            other, label = self._inputs["other"], self._other_label()
            if other.description != label:
                wanted, other.description = self.model.counterpart, label
                other.options = self._other_options()  # this chooses the first of them
                other.value = wanted

    def _refresh(self) -> None:
        chosen = self.model.choices
        self._scene = scene_of(chosen, self.model.catalogue)
        self.code.value = controls.code(self.model.code())
        self._draw(self._scene)
        if chosen.lasting != self._listed:
            self._listings.submit(lambda: self._list(chosen))
        else:
            self._say()

    def _draw(self, scene: SkyScene) -> None:
        catalogue, shown = self.model.catalogue, self._figures
        known = self._skyline[1] if self._skyline and self._skyline[0] == scene.choices.place else None
        shown["dome"].show(sky_figures.dome_of(scene, catalogue, known))
        shown["tracks"].show(sky_figures.tracks_of(scene, catalogue))
        shown["map"].show(sky_figures.map_of(scene, catalogue))
        shown["path"].show(sky_figures.path_of(scene))
        shown["heights"].show(sky_figures.heights_of(scene))

    def _list(self, chosen: SkyChoices) -> None:
        catalogue = self.model.catalogue
        controls.say(self._message, _BUSY)
        for place, found in zip(self._tables, events_of(chosen, catalogue), strict=True):
            place.value = _listing(found)
        self._listed = chosen.lasting
        if not chosen.aloft and (self._skyline is None or self._skyline[0] != chosen.place):
            self._skyline = chosen.place, sky_figures.skyline(catalogue.sites[chosen.place])
            self._scenes.submit(self._refresh)
        self._say()

    def _say(self) -> None:
        if self._scene is not None:
            controls.say(self._message, self._sentence(self._scene), wrong=" ".join(self._wrong.values()))

    def _sentence(self, scene: SkyScene) -> str:
        """Where the objects are at the moment, in words."""
        now = scene.observation.sel(time=scene.choices.moment)
        limb = float(now["limb_elevation"]) if scene.choices.aloft else 0.0
        level = f"limb at {limb:.1f}°" if scene.choices.aloft else "horizontal"
        up = [str(one) for one in now["body"].values if float(now["elevation"].sel(body=one)) > limb]
        seen = [
            f"{short(self.model.names[one])} at {float(now['elevation'].sel(body=one)):.1f}°" for one in up
        ]
        moment = str(scene.choices.moment.astype("datetime64[s]")).replace("T", " ")
        if not self.model.shown:
            return f"{moment} UTC. Nothing is chosen to look at."
        return f"{moment} UTC. Above the {level}: {', '.join(seen) or 'nothing of what is chosen'}."

    def _refused(self, text: str) -> None:
        self._listed = None
        controls.say(self._message, "", wrong=text)

    def _greet(self) -> None:
        controls.send_again(self._message, self.code, *self._tables, *self._inputs.values())


def _helped(label: str, words: str) -> str:
    """A label that says what its control does; lists and dates show no tooltip by themselves."""
    return f'<span title="{html.escape(words)}">{html.escape(label)}</span>'


def _listing(found: EventList) -> str:
    if not found.rows:
        return f'<p class="ilrs-empty">{html.escape(found.empty)}</p>'
    numbers = [name for name in found.columns if "[" in name]  # they keep to one line
    return controls.table(found.caption, found.columns, found.rows, numbers=numbers)


def _plain(name: str, value: Any) -> Any:
    """What the model takes for what a widget gives."""
    if name == "start":
        return "" if value is None else value.isoformat()
    if name == "days" and not SHORTEST_DAYS <= value <= LONGEST_DAYS:
        raise RequestError(f"the length is 0.05 to {LONGEST_DAYS:g} days, not {value:.10g}")
    return tuple(value) if name == "shown" else value


def _step(days: float) -> float:
    """Steps of the slider: whole minutes, some hundred in the span. [h]"""
    return (
        next(minutes for minutes in (1, 3, 6, 15, 30, 60) if minutes == 60 or days * 1440 <= 1500 * minutes)
        / 60
    )
