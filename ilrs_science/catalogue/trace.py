"""From what we want to learn to what an instrument must do: one line of a traceability matrix."""

from __future__ import annotations

from ilrs_science.catalogue.product import ProvenanceText
from ilrs_science.catalogue.provenance import ASSUMED
from ilrs_science.catalogue.record import Identifier, Part, Text

__all__ = ["Trace"]


class Trace(Part):
    """One line of the traceability of an experiment: objective, measurement, instrument, requirement."""

    objective: Text = ""
    """What this line is to answer; without it, the objective of the experiment."""
    measurement: Text
    """What is measured."""
    instrument: Identifier | None = None
    """Instrument that measures it; none if the station or its robots do."""
    requirement: Text
    """What the measurement must reach, with unit."""
    basis: ProvenanceText = ASSUMED
    """Where the requirement comes from, such as ``sourced S27a``."""
