"""Sessions of the experiments as activities.

Session K is ``EXPERIMENT.K`` and needs session K-1, so that equal sessions are not permuted. Where a plan has a choice,
that is the name of the choice, and its activities are told apart by ``/STATION``, ``~INSTRUMENT`` and ``@LENGTH``; the
pieces of a session are ``#1`` and so on. What a robot does before and after is an activity ``+set_up``, ``+put_away``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.ways import Way
from ilrs_science.intervals import Windows
from ilrs_science.planning.formulate.clock import Clock
from ilrs_science.planning.formulate.names import Names
from ilrs_science.planning.problem.expand import lengths, pieces
from ilrs_science.planning.problem.parts import Activity, Precedence

__all__ = ["sessions_of"]

DAY_S = 86400


def sessions_of(
    ways: Mapping[str, tuple[Way, ...]],
    windows: Mapping[str, Windows],
    instruments: Mapping[str, Instrument],
    clock: Clock,
    names: Names,
) -> list[tuple[Way, Activity]]:
    """Give every activity of every experiment with the way in which it does it.

    Parameters
    ----------
    ways : mapping of str to tuple of Way
        Ways of each experiment, by id.
    windows : mapping of str to Windows
        When each is possible, by the key of the way or the id of the experiment.
    instruments : mapping of str to Instrument
        Instruments by id.
    clock : Clock
        Of the campaign.
    names : Names
        Of the resources.

    Returns
    -------
    list of (Way, Activity)
        In the order of the experiments, then of the sessions.

    Raises
    ------
    UnknownNameError
        If something has no windows.
    """
    lunations = clock.lunations() if any(all_[0].experiment.per_lunation for all_ in ways.values()) else []
    found = []
    for mine in ways.values():
        told = [
            (
                way,
                list(clock.spans(way.windows(windows), _shortest(way.experiment))),
                _uses(way, instruments, names),
            )
            for way in mine
        ]
        for number in range(1, mine[0].experiment.repeats + 1):
            for way, spans, uses in told:
                whole = Activity(
                    id=f"{way.experiment.id}.{number}{_suffix(way, mine)}",
                    choice=f"{way.experiment.id}.{number}" if len(mine) > 1 else "",
                    windows=_in_lunation(way.experiment, number, spans, lunations),
                    precedences=tuple(_before(ways, mine, number)),
                    **_told(way, number, clock),
                    **uses,
                )
                found += [(way, part) for part in _with_robot(way, _cut(way.experiment, whole), names)]
    return found


def _suffix(way: Way, ways: Sequence[Way]) -> str:
    """What tells a way from the others: its station and its instrument, where there is a choice of them."""
    place = way.place if len({one.station.id for one in ways}) > 1 else ""
    first = f"~{way.experiment.instruments[0]}" if way.experiment.instead else ""
    return f"{place}{way.with_what or first}"


def _shortest(experiment: Experiment) -> int:
    """Shortest time without interruption that serves it. [s]"""
    return math.ceil(experiment.session_least or experiment.piece or experiment.session)


def _cut(experiment: Experiment, whole: Activity) -> tuple[Activity, ...]:
    if experiment.session_least is not None:
        step = experiment.session_step or experiment.session_least
        return lengths(whole, math.ceil(experiment.session_least), math.ceil(step))
    if experiment.piece is not None:
        return pieces(whole, math.ceil(experiment.piece), partial=experiment.partial)
    return (whole,)


def _told(way: Way, number: int, clock: Clock) -> dict[str, Any]:
    """What the record says of each session."""
    experiment = way.experiment
    loss = experiment.daily_loss
    days = range(1, math.ceil(clock.horizon / DAY_S)) if loss else ()
    curve = [(day * DAY_S, max(0.0, 1.0 - day * loss)) for day in days]
    return {
        "name": f"{experiment.label}, session {number}" if experiment.repeats > 1 else experiment.label,
        "partner": experiment.partner,
        "duration_s": math.ceil(experiment.session),
        "value": experiment.value * way.worth,
        "value_curve": [
            step for step, before in zip(curve, [(0, 1.0), *curve], strict=False) if step[1] != before[1]
        ],
    }


def _uses(way: Way, instruments: Mapping[str, Instrument], names: Names) -> dict[str, Any]:
    """What each session holds, draws and makes."""
    experiment, station = way.experiment, way.station
    power = experiment.power_of(instruments) + experiment.robots * station.robot_power
    used = [instruments[name] for name in experiment.instruments]
    warming = [one for one in used if one.warm_up]
    warm = sum(one.power.by_mode["warm_up"] for one in warming)
    demands = {names.of(one.id, station): 1 for one in used if not one.shared}
    if experiment.robots:
        demands[names.of("robots", station)] = experiment.robots
    if station.power_limit is not None and max(power, warm):
        demands[names.of("bus_power", station)] = math.ceil(max(power, warm))
    products = [product for one in used for product in one.products]
    limits = [product.latency for product in products if product.latency is not None]
    latency = experiment.latency if experiment.latency is not None else min(limits, default=None)
    ranks = max((product.urgency for product in products), default=0)
    return {
        "warm_up_s": math.ceil(max((one.warm_up for one in warming), default=0.0)),
        "warm_up_W": warm,
        "demands": demands,
        "energy_W": power,
        "battery": names.of("battery", station),
        "data_Mbit_s": experiment.data_of(instruments) / math.ceil(experiment.session),
        "storage": names.of("storage", station),
        "urgency": ranks if experiment.urgency is None else experiment.urgency,
        "latency_s": None if latency is None else math.floor(latency),
    }


def _in_lunation(
    experiment: Experiment, number: int, spans: list[tuple[int, int]], lunations: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Spans of a session, cut to its lunation. [s]"""
    if experiment.per_lunation is None:
        return spans
    index = (number - 1) // experiment.per_lunation
    if index >= len(lunations):
        return []
    opens, closes = lunations[index]
    # the gap to the last session of the lunation before, which may not be done, is kept at the border
    opens += math.ceil(experiment.min_gap) if index else 0
    cut = [(max(start, opens), min(end, closes)) for start, end in spans]
    return [(start, end) for start, end in cut if end - start >= _shortest(experiment)]


def _before(ways: Mapping[str, tuple[Way, ...]], mine: Sequence[Way], number: int) -> Iterator[Precedence]:
    """What is over before a session: that before it, or the first ones of the experiments that come before."""
    experiment = mine[0].experiment
    if (number - 1) % (experiment.per_lunation or experiment.repeats):
        longest = experiment.max_gap
        yield Precedence(
            after=_ending(mine, number - 1),
            min_lag_s=math.ceil(experiment.min_gap),
            max_lag_s=None if longest is None else max(math.ceil(experiment.min_gap), math.floor(longest)),
        )
    else:
        for name in experiment.after:
            if name in ways:
                yield Precedence(after=_ending(ways[name], 1))


def _ending(ways: Sequence[Way], number: int) -> str:
    """Name of what ends a session: its choice, or its last piece."""
    experiment = ways[0].experiment
    name = f"{experiment.id}.{number}"
    if len(ways) > 1 or experiment.piece is None:
        return name
    count = math.ceil(experiment.session) // math.ceil(experiment.piece)
    return f"{name}#{count}" if count > 1 else name


def _with_robot(way: Way, parts: tuple[Activity, ...], names: Names) -> Iterator[Activity]:
    """The parts, with what a robot does before the first and after the last, or of a choice of lengths each."""
    experiment, chained = way.experiment, way.experiment.piece is not None
    for place, part in enumerate(parts):
        first, last = not chained or place == 0, not chained or place == len(parts) - 1
        if experiment.set_up and first:
            setting = _by_robot(way, part, names, "set_up", experiment.set_up)
            yield setting.model_copy(update={"precedences": tuple(_at_once(part.precedences))})
            ready = Precedence(after=setting.id, min_lag_s=part.warm_up_s)
            part = part.model_copy(update={"precedences": (*part.precedences, ready)})
        if experiment.put_away and last:
            clearing = _by_robot(way, part, names, "put_away", experiment.put_away)
            part = part.model_copy(update={"needs": (*part.needs, clearing.id)})
            yield clearing.model_copy(update={"precedences": (Precedence(after=part.id),)})
        yield part


def _at_once(before: Sequence[Precedence]) -> Iterator[Precedence]:
    """The same order without a gap: setting up may fall into it."""
    for one in before:
        yield Precedence(after=one.after)


def _by_robot(way: Way, part: Activity, names: Names, what: str, seconds: float) -> Activity:
    """Setting up or putting away: robots and instruments are held, and nothing is gained."""
    robots = max(1, way.experiment.robots)
    power = robots * way.station.robot_power
    demands = {name: 1 for name in part.demands if name.partition("/")[0] not in ("robots", "bus_power")}
    demands[names.of("robots", way.station)] = robots
    if way.station.power_limit is not None and power:
        demands[names.of("bus_power", way.station)] = math.ceil(power)
    return Activity(
        id=f"{part.id}+{what}",
        name=f"{part.name}, {what.replace('_', ' ')}",
        partner=part.partner,
        duration_s=math.ceil(seconds),
        value=0.0,
        demands=demands,
        energy_W=power,
        battery=part.battery,
        needs=(part.id,),
    )
