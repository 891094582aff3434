"""From what we want to learn to what each instrument must do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument

__all__ = ["TraceLine", "trace_lines"]


@dataclass(frozen=True)
class TraceLine:
    """One line of the matrix.

    Parameters
    ----------
    category, field, experiment : str
        The experiment.
    objective : str
        What is to be learned.
    measurement : str
        What is measured for it; empty if the experiment does not say.
    instrument : str
        Id of the instrument that measures it; empty if the station or its robots do.
    requirement : str
        What the measurement must reach; empty if the experiment does not say.
    basis : str
        Where the requirement comes from; empty without one.
    """

    category: str
    field: str
    experiment: str
    objective: str
    measurement: str
    instrument: str
    requirement: str
    basis: str


def trace_lines(
    experiments: Iterable[Experiment], instruments: Mapping[str, Instrument]
) -> Iterator[TraceLine]:
    """Lines of the traceability matrix.

    Parameters
    ----------
    experiments : iterable of Experiment
        In the order in which they are to stand.
    instruments : mapping
        Instruments by id.

    Yields
    ------
    TraceLine
        Those that the experiment states, then one for each of its instruments that it leaves out: what that measures,
        and no requirement. So a gap is seen.
    """
    for one in experiments:
        head = (str(one.category), str(one.field), one.id)
        for line in one.traceability:
            name = line.instrument or ""
            yield TraceLine(
                *head,
                line.objective or one.objective,
                line.measurement,
                name,
                line.requirement,
                str(line.basis),
            )
        stated = {line.instrument for line in one.traceability}
        for name in one.instruments:
            if name not in stated:
                yield TraceLine(*head, one.objective, instruments[name].measures, name, "", "")
        if not one.instruments and not one.traceability:
            yield TraceLine(*head, one.objective, "", "", "", "")
