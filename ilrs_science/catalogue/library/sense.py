"""Check what no record can know alone: data that nobody counts, places that contradict, names that are taken."""

from __future__ import annotations

from collections.abc import Iterator

from ilrs_science.catalogue.constraint.names import BODY_NAMES
from ilrs_science.catalogue.experiment import Experiment, uncounted
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.entries import Entry, Scan
from ilrs_science.catalogue.library.kinds import SINGULAR
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import Fault

__all__ = ["sense_faults"]

#: Kinds whose records conditions and commands name in one breath.
_PLACES = ("sites", "orbits", "ground_stations", "targets")


def sense_faults(scan: Scan, merged: Scan) -> Iterator[Fault]:
    """Every contradiction between sound records.

    Parameters
    ----------
    scan : Scan
        What a folder holds; where two records take one name, its own are to blame.
    merged : Scan
        The same over what lies beneath it.

    Yields
    ------
    Fault
        One for each of them.
    """
    for entry in merged.entries["experiments"].values():
        if isinstance(entry.record, Experiment):
            yield from _data_faults(entry, entry.record, merged)
            yield from _location_faults(entry, entry.record, merged)
    yield from _designator_faults(merged)
    yield from _place_faults(scan, merged)


def _data_faults(entry: Entry, experiment: Experiment, scan: Scan) -> Iterator[Fault]:
    """Instruments that make pieces on demand, where the experiment does not say how many."""
    if experiment.data is not None:
        return
    named = [("instruments", index, name) for index, name in enumerate(experiment.instruments)]
    named += [("instead", index, name) for index, name in enumerate(experiment.instead)]
    for field, index, name in named:
        used = scan.entries["instruments"].get(name)
        if used is not None and isinstance(used.record, Instrument) and used.record.on_demand:
            yield entry.fault((field, index), uncounted(used.record), "such as data: 100 Mbit")


def _location_faults(entry: Entry, experiment: Experiment, scan: Scan) -> Iterator[Fault]:
    for index, name in enumerate(experiment.sites):
        found = scan.entries["sites"].get(name)
        site = found.record if found else None
        if isinstance(site, Site) and not any(site.suits(place) for place in experiment.locations):
            where = " or ".join(experiment.locations)
            what = f"{name} is on the {site.side.label}, at latitude {site.latitude:g} deg, not {where}"
            yield entry.fault(("sites", index), what, "a site that fits location, or also_at")


def _designator_faults(scan: Scan) -> Iterator[Fault]:
    first: dict[str, Entry] = {}
    for entry in scan.entries["missions"].values():
        code = entry.record.designator if isinstance(entry.record, Mission) else ""
        if code and (earlier := first.setdefault(code, entry)) is not entry:
            wrong = f"{code} is the designator of {earlier.name} too, at {earlier.where}"
            yield entry.fault(("designator",), wrong, "a designator of its own")


def _place_faults(scan: Scan, merged: Scan) -> Iterator[Fault]:
    """Ids of places that conditions could not tell apart."""
    first: dict[str, tuple[str, Entry]] = {}
    places = [(kind, entry) for kind in _PLACES for entry in merged.entries[kind].values()]
    for kind, entry in sorted(places, key=lambda one: scan.entries[one[0]].get(one[1].name) is one[1]):
        if entry.name in BODY_NAMES:
            yield entry.fault(("id",), f"{entry.name} is the name of a body", "an id of its own")
        elif (taken := first.setdefault(entry.name, (kind, entry)))[1] is not entry:
            other = SINGULAR[taken[0]].replace("_", " ")
            wrong = f"{entry.name} is already the id of another place, the {other} at {taken[1].where}"
            yield entry.fault(("id",), wrong, "an id of its own")
