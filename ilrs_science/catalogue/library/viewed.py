"""The catalogue seen in other ways: as tables, selections, searches, graphs and differences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.library.shelved import Shelved
from ilrs_science.catalogue.library.views.differences import (
    Difference,
    differences,
    source_differences,
)
from ilrs_science.catalogue.library.views.frame import frame_of
from ilrs_science.catalogue.library.views.graph import SOURCE, Edge, Graph
from ilrs_science.catalogue.library.views.interference import Interference, interferences
from ilrs_science.catalogue.library.views.search import Hit, Index
from ilrs_science.catalogue.library.views.selection import matching
from ilrs_science.catalogue.library.views.traceability import TraceLine, trace_lines
from ilrs_science.catalogue.record import Record
from ilrs_science.errors import require_kind

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Viewed", "interference"]


class Viewed(Shelved):
    """Records on shelves, with every way to look at them."""

    def to_frame(self, kind: str, *, basis: bool = False) -> DataFrame:
        """Records of one kind as a table.

        Parameters
        ----------
        kind : str
            Such as ``"instruments"``.
        basis : bool
            Whether each column of numbers is followed by one that says where they come from.

        Returns
        -------
        pandas.DataFrame
            Index `id`; numbers in canonical units, which ``attrs["units"]`` names by column.
        """
        shelf = self.shelf(kind)
        return frame_of(_class_of(shelf), shelf.values(), basis=basis)

    def select(self, kind: str, /, **conditions: Any) -> Shelf[Record]:
        """Records of one kind that meet all conditions.

        Parameters
        ----------
        kind : str
            Such as ``"instruments"``.
        **conditions
            Field to what it must be: ``mass="< 5 kg"``, ``power__operate=">= 1 kW"``, ``emits="radio"``,
            ``name="*camera*"``, ``field_of_view=None``, a function of the value; a list of such, of which one must
            fit; or a tuple of comparisons, of which all must hold: ``mass=("> 1 kg", "< 3 kg")``.

        Returns
        -------
        Shelf
            Records by id.
        """
        shelf = self.shelf(kind)
        found = matching(_class_of(shelf), shelf.values(), conditions)
        return Shelf(shelf.kind, {record.id: record for record in found})

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Records of all kinds that hold some words, or words like them.

        Parameters
        ----------
        words : str
            Such as ``"seismometer far side"``.
        limit : int
            How many to give at the most.

        Returns
        -------
        tuple of Hit
            Kind, record and score, best first.
        """
        require_kind(words, str, "words", 'text, such as "seismometer far side"')
        return self._index.search(words, limit)

    def differences(self, other: Viewed) -> tuple[Difference, ...]:
        """What another catalogue has that this one has not, and the other way round.

        Parameters
        ----------
        other : Catalogue
            The later one.

        Returns
        -------
        tuple of Difference
            Records added and removed, and each value that changed.
        """
        require_kind(other, Viewed, "other", "a catalogue, such as load_catalogue(FOLDER)")
        return (
            *differences(self.records(), other.records()),
            *source_differences(self.sources, other.sources),
        )

    def diff(self, other: Viewed) -> DataFrame:
        """`differences` as a table.

        Parameters
        ----------
        other : Catalogue
            The later one.

        Returns
        -------
        pandas.DataFrame
            Columns `kind`, `id`, `change` (added, removed, changed), `field`, `before`, `after`.
        """
        return _table(Difference, self.differences(other))

    def references(self, name: str, *, steps: int = 1) -> tuple[Edge, ...]:
        """What a record names: other records, bodies left aside, and sources.

        Parameters
        ----------
        name : str
            Id, code or name, as for `find`.
        steps : int
            How far to go: 2 also gives what those name.

        Returns
        -------
        tuple of Edge
            Nearest first.
        """
        return tuple(
            edge for kind, one in self._nodes(name) for edge in self._graph.references((kind, one), steps)
        )

    def referrers(self, name: str, *, steps: int = 1) -> tuple[Edge, ...]:
        """Who names a record, or cites a source.

        Parameters
        ----------
        name : str
            Id, code or name, as for `find`, or the key of a source.
        steps : int
            How far to go: 2 also gives who names those.

        Returns
        -------
        tuple of Edge
            Nearest first.
        """
        return tuple(
            edge for kind, one in self._nodes(name) for edge in self._graph.referrers((kind, one), steps)
        )

    def edges(self) -> DataFrame:
        """All references between records, and to sources, as a table.

        Returns
        -------
        pandas.DataFrame
            Columns `kind`, `id`, `field`, `to_kind`, `to_id`.
        """
        return _table(Edge, self._graph.edges)

    def traceability(self) -> DataFrame:
        """From each objective to what is measured, by which instrument, and what that must reach.

        Returns
        -------
        pandas.DataFrame
            Columns `category`, `field`, `experiment`, `objective`, `measurement`, `instrument`, `requirement`, `basis`.
        """
        experiments, instruments = self._work
        return _table(TraceLine, trace_lines(experiments.values(), instruments))

    def interferences(self, experiments: Iterable[str] | None = None) -> tuple[Interference, ...]:
        """Pairs of experiments of which one disturbs the other at one station.

        Parameters
        ----------
        experiments : iterable of str, optional
            Ids of those that may run; all by default.

        Returns
        -------
        tuple of Interference
            One for each pair and disturbance.
        """
        known, instruments = self._work
        wanted = known.values() if experiments is None else [known[name] for name in experiments]
        return tuple(interferences(wanted, instruments))

    @cached_property
    def _index(self) -> Index:
        return Index(self.records())

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.records())

    @property
    def _work(self) -> tuple[Shelf[Experiment], Shelf[Instrument]]:
        return (
            cast("Shelf[Experiment]", self.shelf("experiments")),
            cast("Shelf[Instrument]", self.shelf("instruments")),
        )

    def _nodes(self, name: str) -> list[tuple[str, str]]:
        key = name.removeprefix(f"{SOURCE}/")
        if key in self.sources:
            return [(SOURCE, key)]
        return [(kind, record.id) for kind, record in self.find(name)]


def interference(catalogue: Viewed, experiments: Iterable[str] | None = None) -> DataFrame:
    """Pairs of experiments that disturb each other when they run at the same time at one station.

    Parameters
    ----------
    catalogue : Catalogue
        Where experiments and their instruments are.
    experiments : iterable of str, optional
        Ids of those that may run; all by default.

    Returns
    -------
    pandas.DataFrame
        Columns `source`, `victim`, `disturbance`, `emitters`, `receivers`, `reason`, `reach`.
    """
    return _table(Interference, catalogue.interferences(experiments))


def _class_of(shelf: Shelf[Record]) -> type[Record]:
    return next(KINDS[folder] for folder, singular in SINGULAR.items() if singular == shelf.kind)


def _table(row: type, rows: Iterable[Any]) -> DataFrame:
    """Frozen rows as a table with a column a field, empty or not."""
    import pandas as pd

    return pd.DataFrame([asdict(one) for one in rows], columns=[field.name for field in fields(row)])
