"""What more of each resource would pay: asked on a press, listed as each answer comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import ipywidgets as widgets

from ilrs_science.panels import controls
from ilrs_science.panels.plan_kept import KeptPlan
from ilrs_science.panels.plan_words import binding_table

if TYPE_CHECKING:
    from ilrs_science.planning.explain.binds import Binding, Gain

__all__ = ["BindsCard"]

_HINT = (
    "Each resource is increased by a tenth, robots and instruments by one, and the plan is searched anew: what it "
    "pays is found, not guessed. The time of search is shared by all; Stop keeps what is known."
)


class BindsCard:
    """A button that asks what binds the plan, and the answers.

    Parameters
    ----------
    ask : callable
        Called to ask.

    Attributes
    ----------
    view : ipywidgets.VBox
        Everything.
    """

    def __init__(self, ask: Callable[[], None]) -> None:
        heading = f'<div class="ilrs-heading">What binds the plan</div>{controls.hint(_HINT)}'
        self._heading, self._table, self.code = widgets.HTML(heading), widgets.HTML(), widgets.HTML()
        self._ask = widgets.Button(description="What would pay?")
        self._ask.layout.width = "auto"
        self._ask.on_click(lambda _button: ask())
        self._said = controls.message()
        row = widgets.HBox([self._ask])
        self.view = controls.panel(self._heading, row, self._said, self.code, self._table)
        self.show(None, busy=True, seconds=20.0)
        self.tell((), None)

    def show(self, kept: KeptPlan | None, *, busy: bool, seconds: float) -> None:
        """Offer to ask about a plan.

        Parameters
        ----------
        kept : KeptPlan or None
            The plan.
        busy : bool
            Whether something else is being computed.
        seconds : float
            Longest search. [s]
        """
        planned = kept is not None and bool(kept.result.plan.placements)
        self._ask.disabled = busy or not planned
        self._ask.tooltip = (
            "Wait for the present work to end"
            if busy
            else "Plan anew with more of each resource, one at a time"
            if planned
            else "There is no plan yet"
        )
        self.code.value = controls.code(f'{kept.name}.what_binds(time_limit="{seconds:g} s")') if kept else ""

    def tell(self, gains: Sequence[Gain], binding: Binding | None, wrong: str = "") -> None:
        """Show the answers so far, or what went wrong.

        Parameters
        ----------
        gains : sequence of Gain
            As far as they are known.
        binding : Binding or None
            The whole answer.
        wrong : str
            A sentence.
        """
        said = "" if binding is None else binding.summary[:1].upper() + binding.summary[1:] + "."
        controls.say(self._said, said, wrong=wrong)
        controls.show_if(said or wrong, self._said)
        self._table.value = binding_table(gains)

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        controls.send_again(self._heading, self._ask, self._said, self.code, self._table)
