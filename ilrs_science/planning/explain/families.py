"""Which family of rules is to blame: without it, would the activity fit?

Families are relaxed one at a time. Where none alone is to blame, a set of them that together would give room is looked
for. A yes is verified by the checker, a no by a second search that shares neither seed nor start with the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from ilrs_science.planning.explain.budget import Answer, Budget
from ilrs_science.planning.explain.fits import beside
from ilrs_science.planning.explain.names import listed
from ilrs_science.planning.explain.variants import barred, changed, sure, with_predecessors
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Activity, Battery, Link, Resource, Storage
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Families", "Family", "FamilyAnswer", "blame", "families_of", "relaxed"]

Family = Literal[
    "instruments", "crew and robots", "bus power", "battery", "storage", "exclusions", "precedence", "locks"
]

#: Resources that are not instruments, by their ids. (assumed)
_PEOPLE = re.compile(r"crew|robot|rover|astronaut|(^|_)arm(_|$)", re.IGNORECASE)
_POWER = re.compile(r"bus|power|(^|_)W(_|$)")


@dataclass(frozen=True)
class FamilyAnswer:
    """Whether the activities fit without one family of rules."""

    family: Family
    """What was relaxed."""
    members: tuple[str, ...]
    """Ids of its resources; empty where it is a kind of rule."""
    answer: Answer
    """What the solver found."""
    verified: bool
    """Whether the checker agrees with a yes, or a second search with a no."""

    @property
    def verdict(self) -> bool | None:
        """True: fits without it, so it is to blame; false: proved that it does not help; None: not known."""
        return self.answer.verdict


@dataclass(frozen=True)
class Families:
    """Which families of rules keep activities out."""

    activities: tuple[str, ...]
    """Ids of those kept out."""
    answers: tuple[FamilyAnswer, ...]
    """One for each family that the problem has."""
    together: tuple[Family, ...]
    """Families that would have to give way together, where none alone is to blame; empty where that is not known."""

    @property
    def to_blame(self) -> tuple[Family, ...]:
        """Families each of which alone would have to give way."""
        return tuple(one.family for one in self.answers if one.verdict)

    @property
    def summary(self) -> str:
        """The answer in a sentence."""
        if self.to_blame:
            return f"would fit without {listed(self.to_blame, last='or')}"
        if self.together:
            return f"would fit only without {listed(self.together)} together"
        open_ = [one.family for one in self.answers if one.verdict is None]
        return (
            f"not known which family is to blame (open: {listed(open_)})"
            if open_
            else "no one family is to blame"
        )

    def __repr__(self) -> str:
        return f"<Families {listed(self.activities)}: {self.summary}>"

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html())

    def to_frame(self) -> pd.DataFrame:
        """Table of the answers.

        Returns
        -------
        pandas.DataFrame
            Index ``family``, columns ``fits_without`` (yes, no, unknown), ``verified``, ``resources``, ``time_s`` [s].
        """
        words = {True: "yes", False: "no", None: "unknown"}
        rows = [
            {
                "family": one.family,
                "fits_without": words[one.verdict],
                "verified": one.verified,
                "resources": ", ".join(one.members),
                "time_s": one.answer.time_s,
            }
            for one in self.answers
        ]
        return pd.DataFrame(
            rows, columns=["family", "fits_without", "verified", "resources", "time_s"]
        ).set_index("family")


def families_of(problem: Problem) -> dict[Family, tuple[str, ...]]:
    """Families of rules that a problem has, each with the ids of its resources.

    Parameters
    ----------
    problem : Problem
        Where to look. A renewable resource named after crew, robots or rovers is one of those, one named after a bus or
        power is bus power, and every other is an instrument.

    Returns
    -------
    dict of str to tuple of str
        In the order in which they are relaxed; without resources for rules of another kind.
    """
    names = [resource.id for resource in problem.renewables]
    people = tuple(name for name in names if _PEOPLE.search(name))
    power = tuple(name for name in names if _POWER.search(name) and name not in people)
    found: dict[Family, tuple[str, ...]] = {
        "instruments": tuple(name for name in names if name not in {*people, *power}),
        "crew and robots": people,
        "bus power": power,
        "battery": tuple(one.id for one in problem.resources if isinstance(one, Battery)),
        "storage": tuple(one.id for one in problem.resources if isinstance(one, Storage)),
    }
    rules: dict[Family, bool] = {
        "exclusions": any(entry.exclusions for entry in problem.activities),
        "precedence": any(entry.precedences for entry in problem.activities),
        "locks": any(entry.locked_start is not None or entry.forbidden for entry in problem.activities),
    }
    return {
        **{key: ids for key, ids in found.items() if ids},
        **{key: () for key, there in rules.items() if there},
    }


def relaxed(problem: Problem, *families: Family) -> Problem:
    """A problem without some families of rules.

    Parameters
    ----------
    problem : Problem
        Where to begin.
    *families : str
        What to leave out; a family that the problem does not have changes nothing.

    Returns
    -------
    Problem
        Every plan of the given problem is one of this problem too.
    """
    members = families_of(problem)
    gone = {name for family in families for name in members.get(family, ())}
    fields: dict[Family, Callable[[Activity], dict[str, Any]]] = {
        "battery": lambda _: {"energy_W": 0.0, "warm_up_W": 0.0, "cool_down_W": 0.0, "battery": None},
        "storage": lambda _: {"data_Mbit_s": 0.0, "drain_Mbit_s": 0.0, "latency_s": None, "storage": None},
        "exclusions": lambda _: {"exclusions": ()},
        "precedence": lambda _: {"precedences": ()},
        "locks": lambda entry: {"locked_start": None, "forbidden": (), "optional": not entry.required},
    }

    def change(entry: Activity) -> dict[str, Any]:
        update: dict[str, Any] = {}
        if gone & set(entry.demands):
            update["demands"] = {name: amount for name, amount in entry.demands.items() if name not in gone}
        for family in families:
            update |= fields[family](entry) if family in fields else {}
        return update

    return changed(problem, change, resources=tuple(_kept(problem.resources, gone)))


def _kept(resources: Collection[Resource], gone: Collection[str]) -> Iterator[Resource]:
    """Resources that are not gone; a link forgets a battery or storage that is."""
    for one in resources:
        if isinstance(one, Link):
            ends = {name: None for name in ("battery", "storage") if getattr(one, name) in gone}
            yield one.model_copy(update=ends) if ends else one
        elif one.id not in gone:
            yield one


def blame(problem: Problem, plan: Plan, names: Collection[str], budget: Budget) -> Families:
    """Which families of rules keep activities from fitting beside all that is done.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is done, which stays but may move.
    names : collection of str
        Ids of the activities that are kept out.
    budget : Budget
        Time for all searches.

    Returns
    -------
    Families
        An answer for each family, and a set of them where none alone is to blame.
    """
    must, _ = with_predecessors(problem, names, plan.starts)
    missing = tuple(sorted(must - set(plan.starts)))
    if barred(problem, sure(problem, must, names)):
        return Families(missing, (), ())
    question = beside(problem, plan, names)
    members = families_of(question)
    answers: dict[Family, FamilyAnswer] = {}
    for patience in (0.15, 1.0):  # those that are quick to answer first
        open_ = [family for family in members if family not in answers or answers[family].verdict is None]
        for number, family in enumerate(open_):
            share = patience * budget.left / (1 if patience < 1 else len(open_) - number)
            answers[family] = _without(question, plan, family, members[family], budget, share)
    together: tuple[Family, ...] = ()
    if all(one.verdict is False for one in answers.values()):
        together = _together(question, plan, list(members), budget)
    return Families(missing, tuple(answers[family] for family in members), together)


def _without(
    question: Problem, plan: Plan, family: Family, members: tuple[str, ...], budget: Budget, most_s: float
) -> FamilyAnswer:
    freed = relaxed(question, family)
    answer = budget.ask(freed, most_s=most_s / 2, first=plan)
    if answer.plan is not None:
        return FamilyAnswer(family, members, answer, not check(freed, answer.plan))
    if answer.verdict is None:
        return FamilyAnswer(family, members, answer, verified=False)
    again = budget.ask(freed, most_s=most_s / 2, seed=budget.seed + 1)
    return FamilyAnswer(family, members, answer, again.verdict is False)


def _together(question: Problem, plan: Plan, families: list[Family], budget: Budget) -> tuple[Family, ...]:
    """Families without which it fits, and does not fit if any of them stays, as far as the time allows to tell."""
    gone = list(families)
    if budget.ask(relaxed(question, *gone), most_s=budget.left / 4, first=plan).plan is None:
        return ()
    for number, family in enumerate(families):
        rest = [one for one in gone if one != family]
        share = budget.left / (len(families) - number)
        answer = budget.ask(relaxed(question, *rest), most_s=share, first=plan)
        if answer.plan is not None:
            gone = rest
    return tuple(gone)
