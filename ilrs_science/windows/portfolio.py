"""Portfolio: the windows of every experiment of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.site import Site
from ilrs_science.intervals import Windows
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.constraints import find_windows

__all__ = ["Portfolio", "experiment_windows"]


class Portfolio(Mapping[str, Windows]):
    """Windows by experiment id, immutable, in the order of the campaign.

    Parameters
    ----------
    windows : mapping of str to Windows
        Windows of each experiment.
    """

    def __init__(self, windows: Mapping[str, Windows]) -> None:
        self._windows = MappingProxyType(dict(windows))

    def __getitem__(self, name: str) -> Windows:
        return self._windows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._windows)

    def __len__(self) -> int:
        return len(self._windows)

    def __repr__(self) -> str:
        count = sum(len(windows) for windows in self.values())
        hours = sum(windows.hours for windows in self.values())
        experiments, intervals = _count(len(self), "experiment"), _count(count, "interval")
        return f"<Windows of {experiments}: {intervals}, {hours:.0f} h>"


def experiment_windows(
    experiments: Iterable[Experiment], site: Site | SurfacePlace | str, start: object, end: object
) -> Portfolio:
    """When each experiment can be done.

    Parameters
    ----------
    experiments : iterable of Experiment
        Those without conditions can always be done.
    site : Site or SurfacePlace
        Where.
    start, end : str, datetime or datetime64
        Span, UTC.

    Returns
    -------
    Portfolio
        Windows by experiment id.

    Raises
    ------
    EpochError, CoverageError
        As `find_windows`.
    """
    everything = Windows.everything(start, end)
    return Portfolio(
        {
            one.id: everything if one.conditions is None else find_windows(one.conditions, site, start, end)
            for one in experiments
        }
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
