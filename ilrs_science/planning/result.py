"""What planning gives: a plan that can be asked why it is so, and be edited by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Self

from ilrs_science.errors import RequestError
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.record import PlanRecord
from ilrs_science.planning.search.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

    from ilrs_science.planning.explain.binds import Binding, Gain
    from ilrs_science.planning.explain.edit import Others
    from ilrs_science.planning.explain.explanation import Depth, Explanation

__all__ = ["PlanResult"]


class PlanResult(PlanRecord):
    """A plan with its status, objective, bound and certificate; empty, never None, where there is no plan."""

    def explain(
        self,
        name: str,
        *,
        depth: Depth = "price",
        time_limit: str = "20 s",
        seed: int = 0,
        progress: Callable[[Explanation], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Explanation:
        """Why an activity is left out: what blocks it, whether it fits, what it costs, which family is to blame.

        Parameters
        ----------
        name : str
            Id of an activity, or of an experiment: then all its sessions that are left out, together.
        depth : "blocked", "fits", "price" or "family"
            The last of the questions to ask, in this order; the first takes no solver.
        time_limit : str
            For all searches together.
        seed : int
            Of the searches.
        progress : callable, optional
            Called with the explanation as far as it is, after each answer.
        cancel : callable, optional
            Asked all the time; true ends the searches, and what was found until then is given.

        Returns
        -------
        Explanation
            Every answer says whether it is proved.

        Raises
        ------
        UnknownNameError
            If nothing has this name; the nearest are listed.
        """
        from ilrs_science.planning.explain.explanation import explain

        return explain(
            self.problem,
            self.plan,
            name,
            depth=depth,
            time_limit=time_limit,
            bound=self.bound,
            none=self.certificate.note if self.status == "INFEASIBLE" else None,
            seed=seed,
            progress=progress,
            cancel=cancel,
        )

    def what_binds(
        self,
        *,
        more: float = 0.1,
        resources: Iterable[str] | None = None,
        time_limit: str = "60 s",
        seed: int = 0,
        progress: Callable[[Gain], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Binding:
        """Which resource would pay most if there were more of it; each is increased and planned anew.

        Parameters
        ----------
        more : float
            Share by which each resource is increased; renewable resources by one at the least. [1]
        resources : iterable of str, optional
            Ids of the resources to look at; all by default.
        time_limit : str
            For all searches together.
        seed : int
            Of the searches.
        progress : callable, optional
            Called with each gain as soon as it is known.
        cancel : callable, optional
            Asked all the time; true ends the searches.

        Returns
        -------
        Binding
            Gains with bounds, the most rewarding first.
        """
        from ilrs_science.planning.explain.binds import what_binds
        from ilrs_science.planning.explain.budget import Budget

        budget = Budget(time_limit, seed=seed, cancel=cancel)
        return what_binds(
            self.problem,
            self.plan,
            budget,
            bound=self.bound,
            more=more,
            resources=resources,
            progress=progress,
        )

    def left_out(self) -> pd.DataFrame:
        """Why each activity was left out, as far as the plan itself shows; quick.

        Returns
        -------
        pandas.DataFrame
            Columns ``id``, ``value`` [1] and ``reason``, in the order of the problem.
        """
        from ilrs_science.planning.explain.reasons import left_out_reasons

        none = self.certificate.note if self.status == "INFEASIBLE" else None
        return left_out_reasons(self.problem, self.plan, none=none)

    def lock(self, name: str, start: object = None, **how: Any) -> Self:
        """The plan with an activity locked to a start; see :meth:`edited` for the keywords.

        Parameters
        ----------
        name : str
            Id of an activity; without a start also of an experiment, whose sessions that are done are all locked.
        start : int, str, datetime or datetime64, optional
            Seconds after the epoch, or a UTC instant; where it is now by default.
        **how
            ``others``, ``time_limit``, ``seed``, ``progress``, ``cancel``.

        Returns
        -------
        PlanResult
            Planned anew from this plan and certified; its ``edit`` tells what that cost and what moved.
        """
        from ilrs_science.planning.explain.locks import lock

        asked = lock(self.problem, self.plan, name, start)
        return self.edited(asked, f"lock {name}" + ("" if start is None else f" at {start}"), **how)

    def move(self, name: str, start: object, **how: Any) -> Self:
        """The plan with an activity moved and locked there, the others staying where they are if they can.

        Parameters
        ----------
        name : str
            Id of an activity.
        start : int, str, datetime or datetime64
            Seconds after the epoch, or a UTC instant.
        **how
            As of :meth:`edited`; the others stay unless said otherwise.

        Returns
        -------
        PlanResult
            Certified; its ``edit`` tells what that cost and what went.
        """
        from ilrs_science.planning.explain.locks import lock

        if start is None:
            raise RequestError(f"move {name!r} to which start? lock keeps it where it is")
        asked = lock(self.problem, self.plan, name, start)
        return self.edited(asked, f"move {name} to {start}", **{"others": "stay", **how})

    def forbid(self, name: str, span: tuple[object, object], **how: Any) -> Self:
        """The plan with an activity kept from a span; see :meth:`edited` for the keywords.

        Parameters
        ----------
        name : str
            Id of an activity, or of an experiment: then of all its sessions.
        span : tuple of (int, str, datetime or datetime64)
            Start and end: seconds after the epoch, or UTC instants.
        **how
            ``others``, ``time_limit``, ``seed``, ``progress``, ``cancel``.

        Returns
        -------
        PlanResult
            Planned anew from this plan and certified; its ``edit`` tells what that cost and what moved.
        """
        from ilrs_science.planning.explain.locks import forbid

        return self.edited(forbid(self.problem, name, span), f"forbid {name} {span[0]} to {span[1]}", **how)

    def unlock(self, name: str, **how: Any) -> Self:
        """The plan with an activity set free of its lock; see :meth:`edited` for the keywords.

        Parameters
        ----------
        name : str
            Id of an activity, or of an experiment: then of all its sessions.
        **how
            ``others``, ``time_limit``, ``seed``, ``progress``, ``cancel``.

        Returns
        -------
        PlanResult
            Planned anew from this plan and certified; its ``edit`` tells what that gained and what moved.
        """
        from ilrs_science.planning.explain.locks import unlock

        return self.edited(unlock(self.problem, name), f"unlock {name}", **how)

    def edited(
        self,
        asked: Problem,
        what: str,
        *,
        others: Others = "replan",
        time_limit: str = "20 s",
        seed: int = 0,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Self:
        """The plan after an edit of its problem.

        Parameters
        ----------
        asked : Problem
            The edited problem, with the same activities.
        what : str
            What was done, in words.
        others : "replan" or "stay"
            Whether the other activities may move and come back, or may only be dropped.
        time_limit : str
            For all searches together.
        seed : int
            Of the searches.
        progress : callable, optional
            Called with each better plan or bound.
        cancel : callable, optional
            Asked all the time; true ends the search, and the best plan so far is given.

        Returns
        -------
        PlanResult
            Certified for the edited problem. Where locks cannot hold together, or nothing is possible with the others
            in place, its status is INFEASIBLE, and the note of its certificate says which.
        """
        from ilrs_science.planning.explain.budget import Budget
        from ilrs_science.planning.explain.edit import apply

        budget = Budget(time_limit, seed=seed, cancel=cancel)
        grounds = self.grounds if self.bound is None else (*self.grounds, (self.problem, self.bound))
        done = apply(
            self.problem,
            self.plan,
            asked,
            what,
            budget,
            bound=self.bound,
            grounds=grounds,
            others=others,
            progress=progress,
        )
        return type(self).of(
            asked,
            done.plan,
            runtime=done.runtime_s,
            edit=done.edit,
            grounds=grounds,
            seed=seed,
            deterministic=False,
            time_limit_s=budget.time_s,
            stopped=done.stopped,
            status=done.answer.status,
            bound=done.answer.bound,
            note=done.edit.note,
        )
