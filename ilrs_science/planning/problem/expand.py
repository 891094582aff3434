"""One activity that may be shorter, or be cut, as activities of the core: a choice of lengths, or a chain of pieces."""

from __future__ import annotations

import itertools

from ilrs_science.errors import RequestError
from ilrs_science.planning.problem.parts import Activity, Precedence

__all__ = ["lengths", "pieces"]

#: Units of the labels of lengths. [s]
UNITS = (("h", 3600), ("min", 60), ("s", 1))


def lengths(activity: Activity, shortest_s: int, step_s: int) -> tuple[Activity, ...]:
    """Give an activity in several lengths, of which a plan takes one at the most.

    Parameters
    ----------
    activity : Activity
        The longest; it has the whole value.
    shortest_s : int
        The shortest. [s]
    step_s : int
        From one length to the next, from the longest down; the last step may be smaller. [s]

    Returns
    -------
    tuple of Activity
        The longest first, as ``NAME@6h``: members of its choice, or of one that is called as it was, with value, and so
        data, in proportion to their length, each with the windows that hold it. The activity itself where there is
        only one length.

    Raises
    ------
    RequestError
        If the shortest is longer than the activity, the step is not positive, or its start is locked.
    """
    longest = activity.duration_s
    if not 0 < shortest_s <= longest or step_s <= 0:
        raise RequestError(f"{activity.id}: {longest} s cannot become {shortest_s} s in steps of {step_s} s")
    if shortest_s == longest:
        return (activity,)
    _require_free(activity, "lengths")
    every = [*range(longest, shortest_s, -step_s), shortest_s]
    return tuple(
        activity.model_copy(
            update={
                "id": f"{activity.id}@{_label(length)}",
                "choice": activity.choice or activity.id,
                "duration_s": length,
                "value": round(activity.value * length / longest, 3),
                "windows": _holding(activity, length),
            }
        )
        for length in every
    )


def pieces(activity: Activity, piece_s: int, *, partial: bool = False) -> tuple[Activity, ...]:
    """Cut an activity into as many pieces as it holds, which a plan does in order, at once or with time between them.

    Parameters
    ----------
    activity : Activity
        The whole.
    piece_s : int
        Shortest piece. [s]
    partial : bool
        Whether the first pieces count without the others; by default all are done or none.

    Returns
    -------
    tuple of Activity
        ``NAME#1`` and so on, equal to a second, value in proportion; each warms up by itself, and has the windows that
        hold it. Who follows the activity
        follows the last. A choice to which it belongs is that of the last piece, or with `partial` of the first. The
        activity itself where it holds only one.

    Raises
    ------
    RequestError
        If a piece is not positive or longer than the activity, or its start is locked.
    """
    whole = activity.duration_s
    if not 0 < piece_s <= whole:
        raise RequestError(f"{activity.id}: {whole} s cannot be cut into pieces of {piece_s} s")
    count = whole // piece_s
    if count == 1:
        return (activity,)
    _require_free(activity, "pieces")
    cuts = [whole * number // count for number in range(count + 1)]
    worth = [round(activity.worth * cut / whole) for cut in cuts]
    found = []
    for number, (begin, end) in enumerate(itertools.pairwise(cuts), start=1):
        after = (Precedence(after=f"{activity.id}#{number - 1}"),)
        needs = () if partial or number == count else (f"{activity.id}#{number + 1}",)
        chosen = number == (1 if partial else count)
        changes = {
            "id": f"{activity.id}#{number}",
            "name": f"{activity.name}, part {number} of {count}" if activity.name else "",
            "duration_s": end - begin,
            "windows": _holding(activity, end - begin),
            "value": (worth[number] - worth[number - 1]) / 1000,
            "choice": activity.choice if chosen else "",
            "precedences": activity.precedences if number == 1 else after,
            "needs": (*activity.needs, *needs),
        }
        found.append(activity.model_copy(update=changes))
    return tuple(found)


def _holding(activity: Activity, length_s: int) -> tuple[tuple[int, int], ...] | None:
    """Windows that hold a length; the others would be faults of the problem."""
    if activity.windows is None:
        return None
    return tuple((start, end) for start, end in activity.spans(0) if end - start >= length_s)


def _require_free(activity: Activity, what: str) -> None:
    if activity.locked_start is not None:
        raise RequestError(f"{activity.id} is locked and has several {what}; lock one of them instead")


def _label(length_s: int) -> str:
    """A length as short text without a dot, such as ``90min``."""
    unit, size = next((name, size) for name, size in UNITS if length_s % size == 0)
    return f"{length_s // size}{unit}"
