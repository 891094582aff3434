"""Building blocks of the panels' controls; each says its unit and what it does."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

import ipywidgets as widgets

__all__ = [
    "arrange",
    "card",
    "classed",
    "code",
    "controls",
    "explained",
    "hint",
    "message",
    "pair",
    "panel",
    "range_slider",
    "say",
    "send_again",
    "show_if",
    "table",
]

_WIDE = {"width": "auto"}
_LABEL = {"description_width": "165px"}


def range_slider(
    label: str,
    *,
    unit: str,
    value: tuple[float, float],
    low: float,
    high: float,
    tooltip: str,
    step: float = 0.1,
) -> Any:
    """Slider with two handles, whose numbers can also be typed.

    Parameters
    ----------
    label, unit : str
        What it sets, and in which unit.
    value : tuple of float
        First values.
    low, high : float
        Ends of the slider.
    tooltip : str
        What it does, in a sentence.
    step : float
        Smallest change.

    Returns
    -------
    ipywidgets.FloatRangeSlider
    """
    return widgets.FloatRangeSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        readout_format=".1f" if step >= 0.1 else ".2f",
        description=f"{label} [{unit}]",
        tooltip=tooltip,
        continuous_update=True,
        style=_LABEL,
        layout=_WIDE,
    )


def controls(children: Iterable[Any]) -> Any:
    """Card of controls, as many beside each other as fit.

    Parameters
    ----------
    children : iterable of widgets
        In reading order.

    Returns
    -------
    ipywidgets.Box
    """
    box = classed(widgets.GridBox(layout=_grid("380px")), "ilrs-controls")
    arrange(box, children)
    return box


def arrange(box: Any, children: Iterable[Any]) -> None:
    """Put controls into a card, with labels of one width.

    Parameters
    ----------
    box : ipywidgets.Box
        Made by `controls`.
    children : iterable of widgets
        In reading order.
    """
    shown = list(children)
    for child in shown:
        if hasattr(getattr(child, "style", None), "description_width"):
            child.style.description_width = _LABEL["description_width"]
        child.layout.width = "auto"
    box.children = shown


def show_if(shown: object, *parts: Any) -> None:
    """Show widgets, or hide them.

    Parameters
    ----------
    shown : object
        Whether to show them, by its truth.
    *parts : widgets
        What is shown or hidden.
    """
    for part in parts:
        part.layout.display = None if shown else "none"


def classed(widget: Any, name: str) -> Any:
    """The widget with a class of the style sheet.

    Parameters
    ----------
    widget : ipywidgets.DOMWidget
        Any.
    name : str
        Of the class.

    Returns
    -------
    ipywidgets.DOMWidget
        The same.
    """
    widget.add_class(name)
    return widget


def explained(widget: Any) -> Any:
    """A control of a kind that shows no tooltip by itself, with the tooltip laid over its description.

    Parameters
    ----------
    widget : ipywidgets.DescriptionWidget
        Such as a dropdown, with plain ``description`` and ``tooltip``.

    Returns
    -------
    ipywidgets.DescriptionWidget
        The same.
    """
    tooltip, words = (html.escape(text or "") for text in (widget.tooltip, widget.description))
    widget.description_allow_html = True
    widget.description = f'<span title="{tooltip}">{words}</span>'
    return widget


def card(*children: Any) -> Any:
    """Card around figures or text.

    Parameters
    ----------
    *children : widgets
        What it holds.

    Returns
    -------
    ipywidgets.VBox
    """
    return classed(widgets.VBox(list(children), layout={"overflow": "hidden"}), "ilrs-shown")


def pair(*children: Any) -> Any:
    """Cards beside each other where the page is wide enough, else below each other.

    Parameters
    ----------
    *children : widgets
        The cards.

    Returns
    -------
    ipywidgets.GridBox
    """
    return classed(widgets.GridBox(list(children), layout=_grid("440px")), "ilrs-pair")


def panel(*children: Any) -> Any:
    """The whole panel.

    Parameters
    ----------
    *children : widgets
        From top to bottom.

    Returns
    -------
    ipywidgets.VBox
    """
    return classed(widgets.VBox(list(children)), "ilrs-panel")


def message() -> Any:
    """Place for a sentence; see `say`.

    Returns
    -------
    ipywidgets.HTML
    """
    return classed(widgets.HTML(layout=_WIDE), "ilrs-message")


def say(place: Any, text: str, *, wrong: str = "") -> None:
    """Show a sentence, or what is wrong.

    Parameters
    ----------
    place : ipywidgets.HTML
        Made by `message`.
    text : str
        Plain text.
    wrong : str
        What is wrong, in place of the text.
    """
    kind, role = ("ilrs-wrong", "alert") if wrong else ("ilrs-note", "status")
    place.value = f'<div class="{kind}" role="{role}">{html.escape(wrong or text)}</div>'


def hint(text: str) -> str:
    """A remark as HTML.

    Parameters
    ----------
    text : str
        Plain text.

    Returns
    -------
    str
        HTML.
    """
    return f'<div class="ilrs-hint">{html.escape(text)}</div>'


def send_again(*shown: Any) -> None:
    """Send the state of widgets once more, for a page that was still loading when they changed.

    Parameters
    ----------
    *shown : widgets
        What to send.
    """
    for widget in shown:
        widget.send_state()


def code(lines: str) -> str:
    """Python lines as HTML.

    Parameters
    ----------
    lines : str
        Source.

    Returns
    -------
    str
        HTML.
    """
    return f'<pre class="ilrs-code">{html.escape(lines)}</pre>'


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[str] = ()
) -> str:
    """A table as HTML, every text escaped.

    Parameters
    ----------
    caption : str
        What it lists.
    columns : sequence of str
        Headings, with units.
    rows : iterable of sequence of str
        The cells.
    numbers : sequence of str
        Headings of the columns that hold numbers.

    Returns
    -------
    str
        HTML.
    """
    classes = [' class="number"' if name in numbers else "" for name in columns]
    head = "".join(
        f'<th scope="col"{kind}>{html.escape(name)}</th>' for name, kind in zip(columns, classes, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{html.escape(cell)}</td>" for cell, kind in zip(row, classes, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="ilrs-table"><table><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _grid(smallest: str) -> dict[str, str]:
    return {
        "grid_template_columns": f"repeat(auto-fit, minmax(min({smallest}, 100%), 1fr))",
        "grid_gap": "8px 28px",
    }
