"""What every panel is."""

from __future__ import annotations

import ipywidgets as widgets
import pytest

from ilrs_science import panels
from ilrs_science.panels.panel import Panel


class Lamp(Panel[str]):
    """A panel of one word."""

    def __init__(self) -> None:
        self.model, self.view = "light", widgets.HTML("on")


def test_a_panel_is_told_by_its_model() -> None:
    assert repr(Lamp()) == "<Lamp of 'light'>"


def test_a_notebook_shows_the_view(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    lamp = Lamp()
    lamp._ipython_display_()
    assert shown == [lamp.view]


@pytest.mark.parametrize("name", [one for one in panels.__all__ if one.endswith("Panel")])
def test_every_panel_of_the_front_door_is_one(name: str) -> None:
    assert issubclass(getattr(panels, name), Panel)
