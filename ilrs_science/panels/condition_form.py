"""One kind of condition as a form."""

from __future__ import annotations

from dataclasses import dataclass, field

from ilrs_science.panels.condition_fields import DIRECTION, At, Field, Named, Number, Span

__all__ = ["AIMS", "PLACED", "Form", "aim", "angle", "elevation", "visible"]

PLACED = ("orbits", "sites", "ground_stations")
AIMS = ("bodies", "targets", *PLACED)


@dataclass(frozen=True)
class Form:
    """One kind of condition."""

    kind: str
    """Kind of the constraint."""
    group: str
    """What it is about, in a word."""
    words: str
    """What it is, in plain words."""
    tooltip: str
    """When it holds, in a sentence."""
    fields: tuple[Field, ...] = field(default=())
    """What there is to fill in."""
    at: At | None = None
    """Kind of place at which it makes sense; None for all. What makes sense at a site does so at a station."""

    @property
    def title(self) -> str:
        """Group and words, as in a list of kinds."""
        return f"{self.group} · {self.words}"


def elevation(what: str, low: float) -> Span:
    """Limits of an elevation.

    Parameters
    ----------
    what : str
        Whose.
    low : float
        Lower limit at first. [deg]

    Returns
    -------
    Span
    """
    tooltip = f"Allowed elevation of {what}: above the horizontal plane, on an orbiter the plane normal to its radius"
    return Span(key="limits", label="Elevation", tooltip=tooltip, low=-90.0, high=90.0, first=(low, 90.0))


def angle(label: str, first: tuple[float, float], tooltip: str) -> Span:
    """Limits of an angle between 0 and 180 deg.

    Parameters
    ----------
    label : str
        What it is.
    first : tuple of float
        Limits at first. [deg]
    tooltip : str
        What it does.

    Returns
    -------
    Span
    """
    return Span(key="limits", label=label, tooltip=tooltip, low=0.0, high=180.0, first=first)


def aim(key: str, label: str, first: str, tooltip: str, without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """A name of anything, or a direction with its two angles, as fields.

    Parameters
    ----------
    key : str
        Place in the constraint.
    label : str
        What it is.
    first : str
        Name at first.
    tooltip : str
        What it does.
    without : tuple of str
        Names that are not offered.

    Returns
    -------
    tuple of Field
    """
    beside = (key, DIRECTION)
    return (
        Named(
            key=key, label=label, tooltip=tooltip, folders=AIMS, first=first, without=without, direction=True
        ),
        Number(
            key=f"{key}.ra",
            label="Right ascension",
            unit="deg",
            tooltip="Right ascension in ICRS, 0 to 360; such as 266.4 for the middle of the Galaxy",
            low=0.0,
            high=359.999999,
            first=266.4,
            only_if=beside,
        ),
        Number(
            key=f"{key}.dec",
            label="Declination",
            unit="deg",
            tooltip="Declination in ICRS, -90 to 90; such as -29.0 for the middle of the Galaxy",
            low=-90.0,
            high=90.0,
            first=-29.0,
            only_if=beside,
        ),
    )


def visible(kind: str, group: str, words: str, what: str) -> Form:
    """A disc above the terrain as a form.

    Parameters
    ----------
    kind : str
        Kind of the constraint.
    group : str
        What it is about.
    words : str
        What it is, in plain words.
    what : str
        Whose disc.

    Returns
    -------
    Form
    """
    part = Number(
        key="min_fraction",
        label="At least",
        unit="%",
        tooltip=f"Smallest part of the disc of {what} that shows; 0 is any part",
        low=0.0,
        high=100.0,
        first=50.0,
    )
    tooltip = f"A part of the disc of {what} shows above the skyline; on an orbiter, above the lunar limb"
    return Form(kind, group, words, tooltip, (part,))
