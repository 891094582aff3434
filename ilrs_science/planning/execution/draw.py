"""Disruptions drawn at random from the risks of the catalogue, each thing that a risk hits from a seed of its own."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from ilrs_science.catalogue.risk import Lasting, Risk, Role
from ilrs_science.errors import UnknownNameError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.exposure import Spans, exposed, joined
from ilrs_science.planning.execution.luck import between, residual, whole_seed
from ilrs_science.planning.execution.roles import roles_of
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["draw"]


def draw(
    risks: Iterable[Risk],
    problem: Problem,
    seed: int = 0,
    *,
    plan: Plan | None = None,
    roles: Mapping[str, Iterable[str]] | None = None,
) -> tuple[Disruption, ...]:
    """Draw what goes wrong while a plan of a problem is executed.

    Parameters
    ----------
    risks : iterable of Risk
        Such as ``load_catalogue().risks.values()``.
    problem : Problem
        What can be hit, and for how long.
    seed : int
        Not negative. Every risk draws for everything that it hits from a branch of its own of one tree of seeds: one
        more risk, or one more instrument, leaves the others as they were.
    plan : Plan, optional
        When instruments are used, for risks whose clock runs only then; without a plan it runs all the time.
    roles : mapping of str to iterable of str, optional
        Ids of the resources that play a role, such as ``{"relays": []}``; by default as `roles_of` tells.

    Returns
    -------
    tuple of Disruption
        In order of their starts; those that begin within the horizon.

    Raises
    ------
    UnknownNameError
        If a role is unknown.
    RequestError
        If the seed is no whole number from 0 on.

    Notes
    -----
    Times between disruptions follow a Weibull law, which for shape 1 is exponential, and count exposed time from the
    end of one to the start of the next. The first is what is left, at the epoch, of one that has begun before, so that
    the mean number in any span is that of the record. Shares and powers are lognormal about their median.
    """
    root = whole_seed(seed)
    known = roles_of(problem) | {_role(name): tuple(ids) for name, ids in (roles or {}).items()}
    found: list[Disruption] = []
    for risk in risks:
        targets = known[risk.hits]
        groups = ([targets] if targets else []) if risk.together else [(name,) for name in targets]
        for hit in groups:
            dice = _generator(root, risk.id, "" if risk.together else hit[0])
            found += _drawn(risk, hit, problem, plan, dice)
    return tuple(sorted(found, key=lambda one: (one.start_s, one.kind, one.resources, one.name)))


def _role(name: str) -> Role:
    if name not in list(Role):
        raise UnknownNameError("role", name, list(Role))
    return Role(name)


def _generator(seed: int, risk: str, hit: str) -> np.random.Generator:
    """The branch of the tree of seeds for one risk and what it hits; those hit together share one."""
    branch = tuple(zlib.crc32(text.encode()) for text in (risk, hit))
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=branch))


def _drawn(
    risk: Risk, hit: tuple[str, ...], problem: Problem, plan: Plan | None, dice: np.random.Generator
) -> Iterator[Disruption]:
    """Disruptions of one risk for what it hits."""
    horizon = problem.horizon_s
    if risk.interval is None:
        yield _disruption(risk, hit, 0, horizon, horizon, dice)
        return
    spans = joined(span for name in hit for span in exposed(problem, plan, name, risk.exposure))
    moment, interval = 0, residual(risk.interval, risk.shape, dice)
    while True:
        start = _after(spans, moment, interval)
        if start is None:
            return
        end = None if risk.lasting is None else start + max(1, round(_length(risk.lasting, dice)))
        yield _disruption(risk, hit, start, end, horizon, dice)
        if end is None and risk.disruption != "array_loss":
            return  # what is lost for good cannot be lost again
        moment = start + 1 if end is None else end
        interval = between(risk.interval, risk.shape, dice)


def _after(spans: Spans, moment: int, exposure: float) -> int | None:
    """When so much exposed time has gone by after a moment; None if there is not so much. [s]"""
    for start, end in spans:
        begin = max(start, moment)
        if begin >= end:
            continue
        if exposure < end - begin:
            return begin + int(exposure)
        exposure -= end - begin
    return None


def _length(lasting: Lasting, dice: np.random.Generator) -> float:
    """How long one lasts. [s]"""
    if lasting.law == "exponential":
        return float(dice.exponential(lasting.median / math.log(2)))
    return float(lasting.median * math.exp(lasting.spread * dice.normal()))


def _disruption(
    risk: Risk, hit: tuple[str, ...], start: int, end: int | None, horizon: int, dice: np.random.Generator
) -> Disruption:
    factor = math.exp(risk.spread * dice.normal()) if risk.spread else 1.0
    share = 1.0 if risk.share is None else risk.share * factor
    if risk.grows_in is not None:
        share *= ((horizon if end is None else end) - start) / risk.grows_in
    return Disruption(
        kind=risk.disruption,
        start_s=start,
        end_s=end,
        name=risk.label,
        resources=hit,
        share=min(1.0, share),
        power_W=0.0 if risk.power is None else risk.power * factor,
    )
