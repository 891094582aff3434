"""Starts after which the data of one activity leave in time, exact to the second and without trying them.

Let D be what all passes could have sent by a moment. Data that are made at a rate from the start s to the end e, and
must have left by the moment T, are on time if D(T) - D(u) >= rate (e - u) for every u from s to e, since from the last
moment at which nothing waits on, everything made must be sent. Between two cuts of the start that is a straight line in
it for u = s and for u at each event of D. Nothing is judged where T lies beyond the horizon.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ilrs_science.planning.model.buffers import Ints
from ilrs_science.planning.model.margins import Line, Spans, extremes, held, joined, pieces

__all__ = ["on_time"]


def on_time(
    times: Ints,
    rates: Ints,
    made: tuple[int, int, int],
    spans: Sequence[tuple[int, int]],
    *,
    before: int = 0,
) -> Spans:
    """Starts after which all data of an activity leave in time, if it is the only one.

    Parameters
    ----------
    times : (event,)
        Times from which each rate holds, from 0 to the horizon. [s]
    rates : (event - 1,)
        Rate at which data can leave from each of the times to the next. [bit/s]
    made : (int, int, int)
        Duration [s], rate [bit/s] and latency [s] of the activity.
    spans : sequence of (int, int)
        First and last start of each span that is asked about. [s]
    before : int
        Data at the epoch that leave first. [bit]

    Returns
    -------
    list of (int, int)
        First and last start of each good span, in order and disjoint. [s]
    """
    length, rate, latency = made
    horizon = int(times[-1])
    free = horizon - length - latency  # the last start that is judged
    judged = [(first, min(last, free)) for first, last in spans if first <= free]
    beyond = [(max(first, free + 1), last) for first, last in spans if last > free]
    if not judged or not rate or not length:
        return list(spans)
    summed = np.concatenate([[0], np.cumsum(rates * np.diff(times))]).astype(np.int64)
    cuts = np.unique(np.concatenate([times - shift for shift in (0, length, length + latency)]))
    first, last = pieces(cuts, judged)
    sent = _sent(times, rates, summed, first + length + latency)
    alone = sent.less(_sent(times, rates, summed, first))
    zero = np.zeros_like(first)
    lines = [Line(alone.value - rate * length, alone.slope)]
    if before:
        lines.append(Line(sent.value - before - rate * length, sent.slope))
    opens = np.searchsorted(times, first, "right")
    closes = np.searchsorted(times, first + length, "right") - 1
    least, _, _ = extremes(rate * times - summed, opens, closes)
    inside = opens <= closes
    lines.append(
        Line(
            np.where(inside, sent.value + least - rate * (first + length), 0),
            np.where(inside, sent.slope - rate, zero),
        )
    )
    return joined(held(lines, first, last) + beyond)


def _sent(times: Ints, rates: Ints, summed: Ints, at: Ints) -> Line:
    """What could have left by a moment of the first start of each piece."""
    index = (np.searchsorted(times, at, "right") - 1).clip(0, len(rates) - 1)
    return Line(summed[index] + rates[index] * (at - times[index]), rates[index])
