"""The one live widget of the project: shows a Plotly figure and keeps it up to date."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import plotly.graph_objects as go
import plotly.io
import traitlets

from ilrs_science.figures.theme import template

__all__ = ["FigureView", "figure_bytes", "plotly_bundle"]

_LIMIT_POINTS = 1000
_LIMIT_TEXT = 80
_LIMIT_BUNDLES = 3


def plotly_bundle() -> bytes:
    """The Plotly library that came with the installed plotly package.

    Returns
    -------
    bytes
        JavaScript.
    """
    return files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()


def figure_bytes(figure: go.Figure) -> bytes:
    """A figure as JSON without its template, for the page has both templates already.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        What to show.

    Returns
    -------
    bytes
        UTF-8 JSON with ``data`` and ``layout``.
    """
    parts = figure.to_dict()
    parts["layout"].pop("template", None)
    text: str = plotly.io.json.to_json_plotly(parts)
    return text.encode()


@cache
def _templates() -> str:
    themes = {theme: template(theme).to_plotly_json() for theme in ("light", "dark")}
    text: str = plotly.io.json.to_json_plotly(themes)
    return text


class FigureView(anywidget.AnyWidget):
    """A live figure.

    It follows the page's light or dark theme and its width, draws at most once per screen refresh, and
    reports what the reader clicks or selects. Those reports come from the browser: they are cut to size
    here and hold indices and short text only.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure, optional
        What to show first.
    label : str
        What a screen reader says instead of the picture; the figure's title by default.
    """

    _esm = Path(__file__).with_name("figure_view.js")
    _css = (
        ".ilrs-figure-host { flex: 1 1 100%; width: 100%; min-width: 0 } "
        ".ilrs-figure { width: 100%; min-height: 240px }"
    )
    _figure = traitlets.Bytes(b"").tag(sync=True)
    _revision = traitlets.Int(0).tag(sync=True)
    _templates = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode("Figure").tag(sync=True)
    clicked = traitlets.Dict().tag(sync=True)
    selected: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)

    def __init__(self, figure: go.Figure | None = None, *, label: str = "", **kwargs: Any) -> None:
        super().__init__(_templates=_templates(), **kwargs)
        self._bundles_sent = 0
        self._greeted: list[Callable[[], None]] = []
        self.on_msg(self._answer)
        if figure is not None:
            self.show(figure, label=label)
        elif label:
            self.label = label

    def __repr__(self) -> str:
        return f"<FigureView {self.label!r}, {len(self._figure)} bytes>"

    def show(self, figure: go.Figure, *, label: str = "") -> None:
        """Draw another figure in place of the present one.

        Parameters
        ----------
        figure : plotly.graph_objects.Figure
            What to show from now on.
        label : str
            What a screen reader says; the figure's title by default.
        """
        with self.hold_sync():
            self.label = label or html.unescape(figure.layout.title.text or "Figure")
            self._figure = figure_bytes(figure)
            self._revision += 1

    def on_ready(self, callback: Callable[[], None]) -> None:
        """Call a function whenever a page has begun to show this figure.

        Parameters
        ----------
        callback : callable
            Without arguments; sends again what the page may have missed while it was loading.
        """
        self._greeted.append(callback)

    def data(self) -> dict[str, Any]:
        """What is shown at the moment.

        Returns
        -------
        dict
            ``data`` and ``layout`` as sent to the page.
        """
        shown: dict[str, Any] = json.loads(self._figure or b"{}")
        return shown

    @traitlets.validate("clicked")
    def _cut_clicked(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return _point(proposal["value"])

    @traitlets.validate("selected")
    def _cut_selected(self, proposal: dict[str, Any]) -> list[dict[str, Any]]:
        return [_point(entry) for entry in list(proposal["value"])[:_LIMIT_POINTS]]

    def _answer(self, _widget: object, content: object, _buffers: Sequence[bytes]) -> None:
        """Answer a page that asks for the Plotly library, a few times at the most, or that says it is ready."""
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "plotly" and self._bundles_sent < _LIMIT_BUNDLES:
            self._bundles_sent += 1
            self.send({"kind": "plotly"}, buffers=[plotly_bundle()])
        elif kind == "ready" and isinstance(content, dict):
            if content.get("revision") != self._revision:
                self.send_state(["_figure", "_revision", "label"])
            for callback in self._greeted:
                callback()


def _point(entry: object) -> dict[str, Any]:
    """One reported point with bounded indices and short text; empty if it is not one."""
    if not isinstance(entry, dict) or not entry:
        return {}
    index = {key: _index(entry.get(key)) for key in ("curve", "point")}
    return {**index, "id": str(entry.get("id", ""))[:_LIMIT_TEXT]}


def _index(value: object) -> int:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return int(min(max(value, 0), 10**6)) if is_number else 0  # type: ignore[call-overload]
