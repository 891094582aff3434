"""Check what records say about each other: names that resolve, sources that exist, no circles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from ilrs_science.catalogue.constraint.names import BODY_NAMES, mentions
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library.circles import circle_of, circle_text
from ilrs_science.catalogue.library.entries import Draft, Entry, Scan
from ilrs_science.catalogue.library.kinds import KINDS, REFERENCES, SINGULAR
from ilrs_science.catalogue.library.names import aliases, folded
from ilrs_science.catalogue.library.reader import Place
from ilrs_science.catalogue.provenance import Provenance
from ilrs_science.catalogue.wording import listed, unknown
from ilrs_science.errors import Fault

__all__ = ["reference_faults"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_WITH_CONDITIONS = ("instruments", "experiments")
_WITH_OWN_BASIS = ("characteristics", "traceability")


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
    codes: dict[str, dict[str, str]] = {}
    for kind, field, target in REFERENCES:
        known = {*scan.entries[target], *scan.broken[target]}
        for one in _written(scan, kind):
            value = getattr(one.record, field) if isinstance(one, Entry) else one.data.get(field)
            for place, name in _names(field, value):
                if name not in known:
                    if target not in codes:
                        codes[target] = _codes(scan, target)
                    meant = codes[target].get(folded(name))
                    yield one.fault(place, *_no_record(target, name, scan.entries[target], meant))
    for kind in _WITH_CONDITIONS:
        for one in _written(scan, kind):
            yield from _condition_faults(one, scan)
    for kind, model in KINDS.items():
        fields = set(model.model_fields)
        for one in _written(scan, kind):
            yield from _source_faults(one, kind, fields, set(scan.sources))
    for entry in scan.entries["experiments"].values():
        if entry.name in getattr(entry.record, "excludes", ()):
            yield entry.fault(("excludes",), "excludes itself", "other experiments")
    yield from _circles(scan.entries["experiments"])


def _written(scan: Scan, kind: str) -> Iterator[Entry | Draft]:
    """Records of a kind, the sound and then the faulty ones."""
    yield from scan.entries[kind].values()
    yield from scan.drafts[kind]


def _codes(scan: Scan, kind: str) -> dict[str, str]:
    """Id of each record by what else it is called."""
    return {alias: one.record.id for one in scan.entries[kind].values() for _, alias in aliases(one.record)}


def _no_record(kind: str, name: str, known: Iterable[str], meant: str | None) -> tuple[str, str]:
    """What is wrong with a name of no record; a code or a name says whose it is."""
    wrong, allowed = _unknown(SINGULAR[kind], name, known, f"ilrs catalogue list --kind {kind}")
    return (f"{wrong.partition(';')[0]}; did you mean {meant}?" if meant else wrong), allowed


def _names(field: str, value: Any) -> Iterator[tuple[Place, str]]:
    """Place and name of each reference in a field; what is no name is a fault of its own, told elsewhere."""
    listed = enumerate(value) if isinstance(value, tuple | list) else ()
    for place, name in [((field,), value), *(((field, index), entry) for index, entry in listed)]:
        if isinstance(name, str) and _NAME.fullmatch(name):
            yield place, name


def _condition_faults(one: Entry | Draft, scan: Scan) -> Iterator[Fault]:
    """Names in the conditions of a record that are neither a body nor a record of a kind that fits."""
    written = vars(one.record) if isinstance(one, Entry) else one.data
    for mention in mentions(written.get("conditions")):
        folders = [folder for folder in mention.folders if folder in scan.entries]
        sound = {name for folder in folders for name in scan.entries[folder]}
        sound |= BODY_NAMES if "bodies" in mention.folders else frozenset()
        known = sound.union(*(scan.broken[folder] for folder in folders))
        if mention.name not in known and _NAME.fullmatch(mention.name):
            yield one.fault(
                ("conditions", *mention.place),
                *_unknown(_words(mention.folders), mention.name, sound, "ilrs catalogue list"),
            )


def _words(folders: Iterable[str]) -> str:
    """Such as ``body, target or site``."""
    *most, last = ("body" if folder == "bodies" else SINGULAR[folder].replace("_", " ") for folder in folders)
    return f"{', '.join(most)} or {last}" if most else last


def _source_faults(one: Entry | Draft, kind: str, fields: set[str], known: set[str]) -> Iterator[Fault]:
    for name, _ in _basis_of(one):
        if name != "default" and name.split(".")[0] not in fields:
            how = f"ilrs catalogue new {SINGULAR[kind]}"
            yield one.fault(("basis", name), *_unknown("field", name, fields, how))
    for place, provenance in _cited(one):
        for key in provenance.sources:
            if key not in known:
                yield one.fault(place, *_unknown("source", key, known, "load_catalogue().sources in Python"))


def _cited(one: Entry | Draft) -> Iterator[tuple[Place, Provenance]]:
    """Every provenance that a record states, and where: in its basis, and in the lines that carry their own."""
    for name, provenance in _basis_of(one):
        yield ("basis", name), provenance
    if isinstance(one, Entry):
        for field in _WITH_OWN_BASIS:
            for index, line in enumerate(getattr(one.record, field, ())):
                yield (field, index, "basis"), line.basis


def _basis_of(one: Entry | Draft) -> Iterator[tuple[str, Provenance]]:
    """Stated provenance by field; of a draft, as far as it can be read."""
    if isinstance(one, Entry):
        yield from one.record.basis.items()
        return
    basis = one.data.get("basis")
    for name, text in basis.items() if isinstance(basis, dict) else ():
        with suppress(ValueError):
            yield str(name), Provenance.parse(text)


def _circles(experiments: Mapping[str, Entry]) -> Iterator[Fault]:
    """Each circle of experiments once, by repeatedly taking away those that wait for none."""
    waiting = {name: _after(entry) & set(experiments) for name, entry in experiments.items()}
    while free := {name for name, others in waiting.items() if not others}:
        waiting = {name: others - free for name, others in waiting.items() if name not in free}
    told: set[str] = set()
    for name in sorted(waiting):
        if name in told or not (circle := circle_of(name, waiting)):
            continue
        told.update(circle)
        path = circle_text([(one, experiments[one].where) for one in circle], "after")
        wrong = f"waits for itself: {path}"
        yield experiments[name].fault(("after",), wrong, "an order without a circle")


def _after(entry: Entry) -> set[str]:
    return set(entry.record.after) if isinstance(entry.record, Experiment) else set()


def _unknown(what: str, name: str, known: Iterable[str], how: str) -> tuple[str, str]:
    names = sorted(known)
    return unknown(what.replace("_", " "), name, names), listed(names, how)
