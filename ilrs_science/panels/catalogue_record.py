"""One record as a page tells it: every value, beside each number where it comes from, and what it hangs on."""

from __future__ import annotations

import html
from collections.abc import Iterator

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.library.kinds import SINGULAR
from ilrs_science.catalogue.library.views.rows import rows_of, sources_of
from ilrs_science.catalogue.library.views.traceability import trace_lines
from ilrs_science.catalogue.record import Record
from ilrs_science.panels import controls

__all__ = ["conditions_html", "links_html", "mode_basis", "record_html", "trace_html"]

_TOLD_ELSEWHERE = ("traceability", "conditions", "other_conditions")


def record_html(record: Record, catalogue: Catalogue) -> str:
    """Every value of a record with its basis, and the sources in full.

    Parameters
    ----------
    record : Record
        Any record.
    catalogue : Catalogue
        Where the sources are.

    Returns
    -------
    str
        HTML.
    """
    rows = [row for row in rows_of(record) if not row["field"].startswith(_TOLD_ELSEWHERE)]
    cells = [(_words(row["field"]), row["value"], _basis(row["basis"], row["source"])) for row in rows]
    table = controls.table(record.label, ("What", "Value", "Where from"), cells)
    sources = "".join(f"<li>{html.escape(text)}</li>" for text in sources_of(rows, catalogue.sources))
    return table + (f'<div class="ilrs-hint"><ul>{sources}</ul></div>' if sources else "")


def conditions_html(experiment: Experiment) -> str:
    """When an experiment can be done: what the planner sees to, and what a person must.

    Parameters
    ----------
    experiment : Experiment
        Of the catalogue.

    Returns
    -------
    str
        HTML.
    """
    rows = [("at any time", "the planner", "")]
    if experiment.conditions is not None:
        basis = _basis(str(experiment.provenance_of("conditions")), "")
        rows = [(experiment.conditions.label, "the planner", basis)]
    rows += [(text, "a person", "") for text in experiment.other_conditions]
    return controls.table("Conditions", ("What must hold", "Who sees to it", "Where from"), rows)


def trace_html(experiment: Experiment, catalogue: Catalogue) -> str:
    """From the objective of an experiment to what each instrument must do.

    Parameters
    ----------
    experiment : Experiment
        Of the catalogue.
    catalogue : Catalogue
        Where its instruments are.

    Returns
    -------
    str
        HTML; a requirement that is missing says so.
    """
    lines = list(trace_lines([experiment], catalogue.instruments))
    rows = [
        (
            line.measurement or "not stated",
            catalogue.instruments[line.instrument].label if line.instrument else "the station or its robots",
            line.requirement or "not stated",
            _basis(line.basis, ""),
        )
        for line in lines
    ]
    columns = ("Measurement", "Instrument", "Requirement", "Where from")
    said = controls.hint(experiment.objective) if experiment.objective else ""
    return said + controls.table("From the objective to the instruments", columns, rows)


def links_html(record: Record, kind: str, catalogue: Catalogue) -> str:
    """What a record names and who names it; for an experiment also which others it disturbs.

    Parameters
    ----------
    record : Record
        Of the catalogue.
    kind : str
        Its folder.
    catalogue : Catalogue
        Where it is.

    Returns
    -------
    str
        HTML; nothing if it stands alone.
    """
    name = f"{SINGULAR[kind]}/{record.id}"
    rows = [("names", edge.to_kind, edge.to_id, edge.field) for edge in catalogue.references(name)]
    rows += [("is named by", edge.kind, edge.id, edge.field) for edge in catalogue.referrers(name)]
    rows = [row for row in dict.fromkeys(rows) if row[1] != "source"]
    rows += list(_disturbed(record, catalogue))
    cells = [(how, *map(_words, what), why) for how, *what, why in rows]
    return controls.table("What it hangs on", ("It", "Kind", "Record", "Why"), cells) if cells else ""


def mode_basis(instrument: Instrument) -> dict[str, str]:
    """Where the power of each mode comes from that an instrument states.

    Parameters
    ----------
    instrument : Instrument
        Of the catalogue.

    Returns
    -------
    dict of str to str
        Such as ``{"operate": "recall L"}``.
    """
    stated = instrument.power.model_dump(exclude_unset=True, exclude_none=True)
    return {mode: _basis(str(instrument.provenance_of(f"power.{mode}")), "") for mode in stated}


def _disturbed(record: Record, catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    if isinstance(record, Experiment):
        for pair in catalogue.interferences():
            if pair.source == record.id:
                yield "disturbs", "experiment", pair.victim, pair.reason
            elif pair.victim == record.id:
                yield "is disturbed by", "experiment", pair.source, pair.reason


def _basis(basis: str, source: str) -> str:
    """An estimate is called one before anything else."""
    words = f"{basis} {source}".strip()
    return words.replace("estimate", "estimate of ours,") if words.startswith("estimate") else words


def _words(name: str) -> str:
    return name.replace("_", " ").replace(".", ", ")
