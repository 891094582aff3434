"""Check what records say about each other: names that resolve, sources that exist, no circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library.kinds import REFERENCES, SINGULAR
from ilrs_science.catalogue.library.scan import Entry, Scan
from ilrs_science.errors import Fault, closest

__all__ = ["reference_faults"]


def reference_faults(scan: Scan) -> Iterator[Fault]:
    """Every name in a record that leads nowhere, and every circle of experiments.

    Parameters
    ----------
    scan : Scan
        What a folder holds. A name of a record that is there but faulty is not held against others.

    Yields
    ------
    Fault
        One for each such name.
    """
    for kind, field, target in REFERENCES:
        known = {*scan.entries[target], *scan.broken[target]}
        for entry in scan.entries[kind].values():
            value = getattr(entry.record, field)
            names = (
                [((field,), value)]
                if isinstance(value, str)
                else [((field, i), n) for i, n in enumerate(value)]
            )
            for place, name in names:
                if name not in known:
                    yield entry.fault(place, *_unknown(SINGULAR[target], name, scan.entries[target]))
    for shelf in scan.entries.values():
        for entry in shelf.values():
            yield from _source_faults(entry, set(scan.sources))
    yield from _circles(scan.entries["experiments"])


def _source_faults(entry: Entry, known: set[str]) -> Iterator[Fault]:
    fields = {path.split(".")[0] for path in type(entry.record).model_fields}
    for name, provenance in entry.record.basis.items():
        if name != "default" and name.split(".")[0] not in fields:
            yield entry.fault(("basis", name), *_unknown("field", name, fields))
        for key in provenance.sources:
            if key not in known:
                yield entry.fault(("basis", name), *_unknown("source", key, known))


def _circles(experiments: Mapping[str, Entry]) -> Iterator[Fault]:
    """Experiments that wait for themselves, by repeatedly taking away those that wait for none."""
    waiting = {name: _after(entry) & set(experiments) for name, entry in experiments.items()}
    while free := {name for name, others in waiting.items() if not others}:
        waiting = {name: others - free for name, others in waiting.items() if name not in free}
    in_circle = {name for name in waiting if _reaches(name, waiting)}
    for name in sorted(in_circle):
        yield experiments[name].fault(("after",), "waits for itself", "an order without a circle")


def _after(entry: Entry) -> set[str]:
    return set(entry.record.after) if isinstance(entry.record, Experiment) else set()


def _reaches(start: str, graph: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    frontier = set(graph[start])
    while frontier:
        if start in frontier:
            return True
        seen |= frontier
        frontier = {after for name in frontier for after in graph.get(name, ())} - seen
    return False


def _unknown(what: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    names = sorted(known)
    near = closest(name, names)
    listed = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"unknown {what} {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""), listed
