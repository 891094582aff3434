"""One meaning of a session: what experiments do. The turns in which stations send are told apart from them."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable

import pandas as pd

from ilrs_science.figures.gantt import experiment_of
from ilrs_science.planning.explain.changes import counted
from ilrs_science.results.label import sessions_of

__all__ = ["count_words", "moves_words", "parted", "turns_of"]


def turns_of(activities: Iterable[str], known: Container[str]) -> list[str]:
    """Downlink turns among activities: what is of no experiment.

    Parameters
    ----------
    activities : iterable of str
        Ids of activities.
    known : container of str
        Ids of experiments.

    Returns
    -------
    list of str
        In their order.
    """
    return [name for name in activities if experiment_of(name, known) not in known]


def count_words(activities: Collection[str], known: Container[str]) -> str:
    """How many sessions and downlink turns there are.

    Parameters
    ----------
    activities : collection of str
        Ids of activities.
    known : container of str
        Ids of experiments.

    Returns
    -------
    str
        ``"43 sessions and 107 downlink turns"``; turns only where there are any.
    """
    sessions, turns = len(sessions_of(activities, known)), len(turns_of(activities, known))
    told = f"{sessions} session{'' if sessions == 1 else 's'}"
    return f"{told} and {_turns(turns)}" if turns else told


def parted(moves: pd.DataFrame, known: Container[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What changes for experiments, and which downlink turns change.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `ilrs_science.planning.explain.changes.changes` gives it.
    known : container of str
        Ids of experiments.

    Returns
    -------
    tuple of pandas.DataFrame
        Both in the order of the table.
    """
    turns = moves.index.isin(turns_of(map(str, moves.index), known))
    return moves[~turns], moves[turns]


def moves_words(moves: pd.DataFrame, known: Container[str]) -> str:
    """How many sessions go, come and move, and how many downlink turns change.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `ilrs_science.planning.explain.changes.changes` gives it.
    known : container of str
        Ids of experiments.

    Returns
    -------
    str
        ``"1 dropped and 2 moved; 83 downlink turns change"``; empty if nothing changes.
    """
    sessions, turns = parted(moves, known)
    if not len(turns):
        return counted(sessions)
    changed = f"{_turns(len(turns))} change{'s' if len(turns) == 1 else ''}"
    return f"{counted(sessions) or 'no session changes'}; {changed}"


def _turns(count: int) -> str:
    return f"{count} downlink turn{'' if count == 1 else 's'}"
