"""Where one writes an experiment of one's own: a text, its faults as one types, its file."""

from __future__ import annotations

import ipywidgets as widgets

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.panels import controls
from ilrs_science.panels.catalogue_own import download, fault_table, read_draft, template
from ilrs_science.panels.catalogue_record import record_html
from ilrs_science.panels.worker import LatestOnly

__all__ = ["ExperimentEditor"]


class ExperimentEditor:
    """A text area that begins with a commented experiment, and what the loader says to it.

    Parameters
    ----------
    catalogue : Catalogue
        Whose records the text may name.

    Attributes
    ----------
    view : ipywidgets.VBox
        The text, one list of faults, the file.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._worker = LatestOnly(on_error=lambda text: controls.say(self._message, "", wrong=text))
        self._message, self._faults = controls.message(), widgets.HTML()
        self._file, self._record = widgets.HTML(), widgets.HTML()
        self._text = widgets.Textarea(
            value=template(catalogue),
            rows=22,
            continuous_update=True,
            tooltip="An experiment in YAML; lines with one # are fields that may be left out: take the # away",
            layout={"width": "auto"},
        )
        controls.classed(self._text, "ilrs-source")
        parts = self._text, self._message, self._faults, self._file, self._record
        self.view = controls.classed(controls.card(*parts), "ilrs-record")
        self._text.observe(lambda _change: self._worker.submit(self._refresh), "value")
        self._worker.guard(self._refresh)

    def __repr__(self) -> str:
        return f"<ExperimentEditor, {len(self._text.value)} characters>"

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the present text is read.

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

    def send_again(self) -> None:
        """Send the answers once more, for a page that was still loading."""
        controls.send_again(self._message, self._faults, self._file, self._record)

    def _refresh(self) -> None:
        text = self._text.value
        draft = read_draft(text)
        self._faults.value = fault_table(draft)
        self._file.value = download(draft, text)
        self._record.value = "".join(record_html(one, self.catalogue) for one in draft.experiments)
        wrong = draft.sentence if draft.faults else ""
        controls.say(self._message, draft.sentence, wrong=wrong)
