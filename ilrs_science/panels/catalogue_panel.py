"""The catalogue dashboard: find a record, see what it says and where from, pick a site, write an experiment."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.figures.modes import power_modes
from ilrs_science.figures.moon_discs import moon_discs
from ilrs_science.panels import controls
from ilrs_science.panels.catalogue_editor import ExperimentEditor
from ilrs_science.panels.catalogue_filters import FILTERS, choices_of, filters_of, kind_words
from ilrs_science.panels.catalogue_model import CatalogueModel
from ilrs_science.panels.catalogue_record import (
    conditions_html,
    links_html,
    mode_basis,
    record_html,
    trace_html,
)
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.panel import Panel
from ilrs_science.panels.worker import LatestOnly, sentence_of

__all__ = ["CataloguePanel"]

_ANY = ("Any", "")
_TOOLTIPS = {
    "category": "Category of the founding text; instruments are those of its experiments",
    "field": "Science field of the roadmap; instruments are those of its experiments",
    "partner": "State or organisation that leads, owns or operates it",
    "place": "Where it can be done, or where it lies",
    "phase": "Phase of the roadmap from which it can be done, or in which it comes",
}


class CataloguePanel(Panel[CatalogueModel]):
    """Controls, a list, one record with its figures, and a map over a `CatalogueModel`.

    Parameters
    ----------
    model : CatalogueModel, optional
        What is looked for; a fresh one by default.
    **choices
        Initial choices of a fresh model.

    Attributes
    ----------
    view : ipywidgets.VBox
        Controls, list, record and map.
    editor : ExperimentEditor
        Where one writes an experiment of one's own.
    code : ipywidgets.HTML
        The Python lines that find the same records, always those of the present choices.
    """

    def __init__(self, model: CatalogueModel | None = None, **choices: Any) -> None:
        self.model = model or CatalogueModel(**choices)
        self._worker = LatestOnly(on_error=lambda text: controls.say(self._message, "", wrong=text))
        self._following = False  # whether the controls are being set to what the model says
        self._message, self.code = controls.message(), widgets.HTML()
        self._record, self._conditions = widgets.HTML(), widgets.HTML()
        self._trace, self._links = widgets.HTML(), widgets.HTML()
        self._modes, self._map = FigureView(), FigureView()
        self._inputs = self._make_inputs()
        self._list = widgets.Select(
            rows=9, tooltip="The records that fit; choose one to see it whole", layout={"width": "auto"}
        )
        self._work_card = _told(self._conditions, self._trace)
        self._modes_card, self._links_card = controls.card(self._modes), _told(self._links)
        self.view = self._arranged()
        self.editor = ExperimentEditor(self.model.catalogue)
        for name, control in self._inputs.items():
            control.observe(lambda change, name=name: self._chosen(name, change["new"]), "value")
        self._list.observe(lambda change: self._chosen("record", change["new"] or ""), "value")
        self._map.observe(lambda change: self._clicked(change["new"]), "clicked")
        self._map.on_ready(self._greet)
        self._refresh()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the map is drawn.

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
        right = widgets.VBox([self._modes_card, self._work_card, self._links_card])
        right.layout.grid_gap = "16px"
        return controls.panel(
            controls.controls(self._inputs.values()),
            self._message,
            controls.card(self._list),
            controls.pair(_told(self._record), controls.classed(right, "ilrs-column")),
            controls.card(self._map),
        )

    def _make_inputs(self) -> dict[str, Any]:
        kinds = widgets.Dropdown(
            options=[(kind_words(kind), kind) for kind in KINDS],
            value=self.model.kind,
            description="Kind",
            tooltip="What kind of record to look for",
        )
        words = widgets.Text(
            value=self.model.words,
            description="Words",
            placeholder="such as: seismometer far side",
            tooltip="Words that a record holds; a typing error is forgiven, the best comes first",
        )
        filters = {
            name: controls.explained(
                widgets.Dropdown(
                    options=self._options(name),
                    value=getattr(self.model, name),
                    description=name.capitalize(),
                    tooltip=_TOOLTIPS[name],
                )
            )
            for name in FILTERS
        }
        return {"kind": controls.explained(kinds), "words": controls.explained(words), **filters}

    def _options(self, name: str) -> list[tuple[str, str]]:
        known = choices_of(self.model.catalogue, self.model.kind, name)
        return [_ANY, *((words, value) for value, words in known.items())]

    def _chosen(self, name: str, value: Any) -> None:
        """Bring a choice into the model; say what is wrong with it, if anything."""
        if self._following:
            return
        try:
            setattr(self.model, name, "" if value is None else value)
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence
            controls.say(self._message, "", wrong=sentence_of(error))
        else:
            self._refresh()

    def _clicked(self, point: dict[str, Any]) -> None:
        """A click on the map shows the site."""
        if self.model.pick(str(point.get("id", ""))):
            self._refresh()

    def _refresh(self) -> None:
        self._following = True
        try:
            self._follow()
        finally:
            self._following = False
        self.code.value = controls.code(self.model.code())
        self._show(self.model.shown)

    def _follow(self) -> None:
        """Set every control to what the model says."""
        for name in FILTERS:
            self._inputs[name].options = self._options(name)
            controls.show_if(name in filters_of(self.model.kind), self._inputs[name])
        for name, control in self._inputs.items():
            control.value = getattr(self.model, name)
        found, shown = self.model.matches(), self.model.shown
        self._list.options = [(f"{one.label} · {one.id}", one.id) for one in found]
        self._list.value = shown.id if shown else None
        total = len(self.model.catalogue.shelf(self.model.kind))
        what = kind_words(self.model.kind).lower()
        advice = "" if found else " Take a filter or a word away."
        controls.say(self._message, f"{len(found)} of {total} {what}.{advice}")

    def _show(self, record: Record | None) -> None:
        """One record whole, with what belongs to its kind."""
        known = self.model.catalogue
        self._record.value = record_html(record, known) if record else controls.hint("No record fits.")
        self._links.value = links_html(record, self.model.kind, known) if record else ""
        controls.show_if(self._links.value, self._links_card)
        controls.show_if(isinstance(record, Instrument), self._modes_card)
        controls.show_if(isinstance(record, Experiment), self._work_card)
        if isinstance(record, Instrument):
            title = f"Power by mode · {record.label}"
            self._modes.show(power_modes(record.power.by_mode, mode_basis(record), title=title))
        if isinstance(record, Experiment):
            self._conditions.value = conditions_html(record)
            self._trace.value = trace_html(record, known)
        self._worker.submit(lambda: self._draw_map(record))  # the first relief takes a second

    def _draw_map(self, record: Record | None) -> None:
        """Sites that fit in full, the others behind them; the record's own is marked."""
        sites = sorted(self.model.catalogue.sites.values(), key=lambda one: -(one.diameter or 0.0))
        spots = {one.id: (_brief(one), one.latitude, one.longitude) for one in sites}
        named = [record.id] if isinstance(record, Site) else [*getattr(record, "sites", ())]
        if isinstance(record, Station) and record.site:
            named = [record.site]
        fitting = [one.id for one in self.model.matches()] if self.model.kind == "sites" else named
        title = "Sites on the Moon; click one to see its record"
        chosen = named[0] if named else ""
        self._map.show(moon_discs(spots, chosen=chosen, fitting=fitting or None, title=title))

    def _greet(self) -> None:
        shown = self._message, self._record, self._conditions, self._trace, self._links, self.code
        controls.send_again(*shown, self._list, *self._cards, *self._inputs.values())
        self.editor.send_again()

    @property
    def _cards(self) -> tuple[Any, ...]:
        return self._modes_card, self._work_card, self._links_card


def _told(*parts: Any) -> Any:
    """Card of text about a record."""
    return controls.classed(controls.card(*parts), "ilrs-record")


def _brief(site: Site) -> str:
    """Name without what stands in brackets or after a comma."""
    return site.label.split("(")[0].split(",")[0].strip()
