"""An experiment of one's own, as it is written: its faults, or what it is and whom it disturbs, and its file."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.views.template import template_of
from ilrs_science.errors import CatalogueError, Fault, RequestError
from ilrs_science.panels import controls

__all__ = ["Draft", "download", "fault_table", "read_draft", "template"]

_FILE = "mine.yaml"
_LONGEST = 400
"""Longest text of what is allowed: a list of all fields would fill the page. [1]"""


@dataclass(frozen=True)
class Draft:
    """What was written, as the loader of catalogues reads it."""

    faults: tuple[Fault, ...]
    """Every fault; none if it is sound."""
    experiments: tuple[Experiment, ...] = ()
    """The experiments of a sound text that the shipped catalogue does not have."""
    disturbs: int = 0
    """How many pairs with other experiments disturb each other."""

    @property
    def sentence(self) -> str:
        """Whether it is sound, in one sentence."""
        if self.faults:
            return f"{len(self.faults)} {'fault' if len(self.faults) == 1 else 'faults'} to mend."
        if not self.experiments:
            return "Nothing new: the text holds no experiment that differs from the shipped ones."
        names = ", ".join(one.label for one in self.experiments)
        pairs = "pair" if self.disturbs == 1 else "pairs"
        return f"Sound: {names}. With the other experiments, {self.disturbs} {pairs} disturb each other."


def template(catalogue: Catalogue) -> str:
    """A commented experiment to begin with, the same as ``ilrs catalogue new experiment``.

    Parameters
    ----------
    catalogue : Catalogue
        From which examples are taken.

    Returns
    -------
    str
        YAML.
    """
    return template_of("experiments", {kind: list(catalogue.shelf(kind).values()) for kind in KINDS})


def read_draft(text: str) -> Draft:
    """Read a text as a file of a folder that lies over the shipped catalogue.

    Parameters
    ----------
    text : str
        YAML of one or more experiments; it may come from anyone.

    Returns
    -------
    Draft
        All faults, or what it holds.
    """
    with TemporaryDirectory(prefix="ilrs-") as name:
        folder = Path(name) / "experiments"
        folder.mkdir()
        (folder / _FILE).write_bytes(text.encode("utf-8", "replace"))
        try:
            laid_over = load_catalogue(name)
        except CatalogueError as error:
            return Draft(error.faults)
        except RequestError:  # nothing is written yet
            return Draft(())
    shipped = load_catalogue().experiments
    mine = tuple(one for key, one in laid_over.experiments.items() if shipped.get(key) != one)
    ids = {one.id for one in mine}
    pairs = [pair for pair in laid_over.interferences() if ids & {pair.source, pair.victim}]
    return Draft((), mine, len(pairs))


def fault_table(draft: Draft) -> str:
    """All faults in one list: line, field, what is wrong, what is allowed.

    Parameters
    ----------
    draft : Draft
        What was read.

    Returns
    -------
    str
        HTML; nothing if it is sound.
    """
    if not draft.faults:
        return ""
    rows = [(str(one.line or ""), one.field, one.wrong, _short(one.allowed)) for one in draft.faults]
    table = controls.table("To mend", ("Line", "Field", "What is wrong", "What is allowed"), rows)
    return table.replace('class="ilrs-table"', 'class="ilrs-table ilrs-wrapped"', 1)


def download(draft: Draft, text: str) -> str:
    """Link that saves a sound text as a file for a catalogue folder.

    Parameters
    ----------
    draft : Draft
        What was read.
    text : str
        What was written.

    Returns
    -------
    str
        HTML; nothing as long as there are faults.
    """
    if draft.faults or not draft.experiments:
        return ""
    name = f"{draft.experiments[0].id}.yaml"
    content = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    link = (
        f'<a class="ilrs-download" download="{html.escape(name)}" '
        f'href="data:application/yaml;base64,{content}">Save as YAML</a>'
    )
    hint = f"<span>Put it into FOLDER/experiments and plan with ilrs.load_catalogue(FOLDER): {html.escape(name)}</span>"
    return f'<div class="ilrs-downloads">{link} {hint}</div>'


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
