"""Least shares of the partners, and what an even hand would cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from ilrs_science.figures.share_front import fairness_front
from ilrs_science.panels import controls
from ilrs_science.panels.figure_view import FigureView
from ilrs_science.panels.plan_words import front_table

__all__ = ["SharesCard"]

_HINT = (
    "The next plan keeps these least shares of its value. Sessions that no partner leads count for nobody. "
    "Fairness is the least, over the partners, of the share a partner has to the share it is due."
)
_NOBODY = "No experiment of this campaign names a partner that leads it, so there is nothing to share."


class SharesCard:
    """A field for each partner, and the front of value against fairness.

    Parameters
    ----------
    choose : callable
        Called with the least share of each partner. [1]
    trade : callable
        Called to find the front.

    Attributes
    ----------
    view : ipywidgets.VBox
        Everything.
    """

    def __init__(self, choose: Callable[[dict[str, float]], str], trade: Callable[[], None]) -> None:
        self._choose = choose
        self._fields: dict[str, Any] = {}
        self._partners: tuple[str, ...] | None = None
        self._silent = self._faulty = False
        self._heading, self._fault, self.code = widgets.HTML(), controls.message(), widgets.HTML()
        self._ask = widgets.Button(description="Value against fairness")
        self._ask.layout.width = "auto"
        self._ask.on_click(lambda _button: trade())
        self._form, self._table = controls.controls([]), widgets.HTML()
        self.figure = FigureView(label="Value against fairness")
        self.view = controls.panel(
            self._heading, self._form, self._fault, self.code, self.figure, self._table
        )
        controls.show_if(False, self.figure, self._fault)

    def show(
        self,
        partners: Sequence[str],
        shares: Mapping[str, float],
        *,
        busy: bool,
        planned: bool,
        seconds: float,
    ) -> None:
        """Offer the partners of a campaign.

        Parameters
        ----------
        partners : sequence of str
            Their ids.
        shares : mapping of str to float
            Least share of each. [1]
        busy : bool
            Whether something else is being computed.
        planned : bool
            Whether the campaign is ready to be planned.
        seconds : float
            Longest search. [s]
        """
        if self._partners != tuple(partners):
            self._partners = tuple(partners)
            self._make()
        if not self._faulty:
            self._fill(shares)
        self._ask.disabled = busy or not planned or len(partners) < 2
        self._ask.tooltip = (
            "Fairness takes two partners at least; this campaign has one"
            if len(partners) < 2
            else "Wait for the present work to end"
            if self._ask.disabled
            else "Plans for five degrees of fairness, each with its bound"
        )
        asked = "campaign.problem" + (f".replace(shares={dict(shares)})".replace("'", '"') if shares else "")
        line = f'figures.fairness_front(ilrs.share_tradeoff({asked}, time_limit="{seconds:g} s"))'
        self.code.value = controls.code(line) if len(partners) > 1 else ""

    def forget(self) -> None:
        """What is wrong in the fields is of no use for another campaign; the next `show` fills them anew."""
        self._complain("")

    def tell(self, front: Any = None, wrong: str = "") -> None:
        """Show the front, or what went wrong.

        Parameters
        ----------
        front : ShareTradeoff, optional
            What was found.
        wrong : str
            A sentence.
        """
        if not self._faulty:
            controls.say(self._fault, "", wrong=wrong)
            controls.show_if(wrong, self._fault)
        controls.show_if(front is not None, self.figure, self._table)
        if front is not None:
            self.figure.show(fairness_front(front))
            self._table.value = front_table(front)

    def send_again(self) -> None:
        """Send everything once more, for a page that was still loading."""
        shown = self._heading, self._fault, self.code, self._ask, self._table, self.figure, self._form
        controls.send_again(*self._fields.values(), *shown)

    def _make(self) -> None:
        """A field for each partner; none where nobody leads anything."""
        words = _HINT if self._partners else _NOBODY
        self._heading.value = f'<div class="ilrs-heading">Shares of the partners</div>{controls.hint(words)}'
        self._fields = {
            partner: widgets.FloatText(
                value=0.0,
                step=5,
                description=f"{partner}, at least [%]",
                tooltip=f"Share of the plan's value that sessions led by {partner} have at least, 0 to 100 %",
            )
            for partner in self._partners or ()
        }
        for field in self._fields.values():
            field.observe(lambda _change: self._chosen(), "value")
        controls.arrange(self._form, [*self._fields.values(), widgets.HBox([self._ask])])
        controls.show_if(self._partners, self._form)

    def _chosen(self) -> None:
        if self._silent:
            return
        self._complain(self._choose({partner: field.value / 100 for partner, field in self._fields.items()}))

    def _complain(self, wrong: str) -> None:
        """What is wrong with the fields, until it is set right."""
        self._faulty = bool(wrong)
        controls.say(self._fault, "", wrong=wrong)
        controls.show_if(wrong, self._fault)

    def _fill(self, shares: Mapping[str, float]) -> None:
        self._silent = True
        for partner, field in self._fields.items():
            field.value = round(100 * shares.get(partner, 0.0), 1)
        self._silent = False
