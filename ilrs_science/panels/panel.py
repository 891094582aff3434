"""What every panel is: a model, and the view of it that a notebook shows."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

__all__ = ["Panel"]


Model = TypeVar("Model")


class Panel(Generic[Model]):
    """A model and the widgets that show it; a notebook displays the view in its place."""

    model: Model
    """What is chosen, without widgets."""
    view: Any
    """Everything that is shown."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.model!r}>"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.view)  # type: ignore[no-untyped-call]
