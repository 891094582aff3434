"""The kinds of conditions that the windows dashboard offers, and the fields of each, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["KINDS", "Field", "Kind", "Names"]

#: Which names a field offers: anything in the sky, what has a distance, planets, orbits or sites.
Names = Literal["anything", "distant", "planets", "orbits", "sites"]


@dataclass(frozen=True)
class Field:
    """One thing that a condition of some kind needs to know."""

    name: str
    """Field of the constraint."""
    label: str
    """What a person reads."""
    help: str
    """What it does, in a sentence."""
    unit: str = ""
    """Unit of a number; none if it is no number."""
    default: str = ""
    """Text that stands in it first; empty is left out."""
    choices: tuple[tuple[str, str], ...] = ()
    """(words, value) to choose from."""
    names: Names | None = None
    """Names of the catalogue to choose from."""


@dataclass(frozen=True)
class Kind:
    """A kind of condition."""

    constraint: str
    """Kind of the constraint."""
    label: str
    """What a person reads."""
    help: str
    """When it holds, in a sentence."""
    fields: tuple[Field, ...] = ()
    """What it needs to know."""
    only: Literal["site", "orbit"] | None = None
    """Where it makes sense, if not everywhere."""


def _limits(low: str, high: str, unit: str, of: str) -> tuple[Field, Field]:
    return (
        Field("min", "at least", f"Smallest {of} allowed, in {unit}; empty sets no limit", unit, low),
        Field("max", "at most", f"Largest {of} allowed, in {unit}; empty sets no limit", unit, high),
    )


def _named(name: str, label: str, what: Names, default: str, help: str) -> Field:  # noqa: A002
    return Field(name, label, help, default=default, names=what)


_ELEVATION = _limits("5", "", "deg", "elevation")

#: Every kind by a key of its own, in the order in which they are offered.
KINDS: Final[dict[str, Kind]] = {
    "sun_elevation": Kind(
        "sun_elevation",
        "Sun elevation",
        "The Sun's centre stands that high above the horizontal plane",
        _limits("0", "", "deg", "elevation of the Sun's centre"),
    ),
    "earth_elevation": Kind(
        "earth_elevation",
        "Earth elevation",
        "The Earth's centre stands that high above the horizontal plane",
        _limits("2", "", "deg", "elevation of the Earth's centre"),
    ),
    "target_elevation": Kind(
        "target_elevation",
        "Elevation of a target",
        "A star, planet, orbiter, site or ground station stands that high above the horizontal plane",
        (_named("target", "of", "anything", "galactic_centre", "What is observed"), *_ELEVATION),
    ),
    "separation": Kind(
        "separation",
        "Angle between two",
        "Two things stand that far apart in the sky",
        (
            _named("first", "from", "anything", "sun", "One of the two"),
            _named("second", "to", "anything", "earth", "The other of the two"),
            *_limits("20", "", "deg", "angle between them"),
        ),
    ),
    "range_to": Kind(
        "range_to",
        "Distance",
        "Something is that far away, with light time",
        (
            _named("body", "to", "distant", "earth", "What is far or near"),
            *_limits("", "400000", "km", "distance"),
        ),
    ),
    "phase_angle": Kind(
        "phase_angle",
        "Phase of a planet",
        "The angle at the planet between Sun and place: 0 is full, 180 is new",
        (
            _named("body", "of", "planets", "earth", "Whose phase"),
            *_limits("", "90", "deg", "phase angle"),
        ),
    ),
    "pass_of": Kind(
        "pass_over",
        "Pass of an orbiter",
        "An orbiter stands that high above the horizontal plane of the site",
        (
            _named("orbiter", "of", "orbits", "queqiao2", "Whose passes"),
            Field("min", "at least", "Mask angle: smallest elevation, in deg", "deg", "10"),
        ),
        "site",
    ),
    "pass_over": Kind(
        "pass_over",
        "Pass over a site",
        "This orbiter stands that high above the horizontal plane of a site",
        (
            _named("site", "over", "sites", "connecting_ridge", "Which site"),
            Field("min", "at least", "Mask angle: smallest elevation, in deg", "deg", "10"),
        ),
        "orbit",
    ),
    "day": Kind("day", "Day", "The Sun's centre is up: above the horizontal plane, or above the Moon's limb"),
    "night": Kind("night", "Night", "The Sun's centre is down"),
    "local_solar_time": Kind(
        "local_solar_time",
        "Hour of the lunar day",
        "Local solar time, 24 h from midnight to midnight; 12 h is noon",
        (
            Field("min", "from", "First hour, 0 to 24; it may be later than the last one", "h", "9"),
            Field("max", "to", "Last hour, 0 to 24", "h", "15"),
        ),
    ),
    "season": Kind(
        "season",
        "Season",
        "The half of the year in which the Sun is on the site's side of the equator, or on the other",
        (
            Field(
                "half",
                "half",
                "Summer: the Sun is on the site's side of the equator",
                default="summer",
                choices=(("summer", "summer"), ("winter", "winter")),
            ),
        ),
        "site",
    ),
    "solar_latitude": Kind(
        "season",
        "Latitude under the Sun",
        "The point of the Moon under the Sun has that latitude; it swings by 1.6 deg",
        _limits("0", "", "deg", "latitude of the point under the Sun"),
    ),
    "eclipse": Kind(
        "eclipse",
        "Eclipse of the Sun",
        "The Earth covers the Sun; on an orbiter the Earth or the Moon",
        (
            Field(
                "phase",
                "phase",
                "Any part covered, all of it (umbra), or a part but not all (penumbra)",
                default="any",
                choices=(("any part", "any"), ("umbra", "umbra"), ("penumbra", "penumbra")),
            ),
            Field(
                "by",
                "by",
                "What covers the Sun; at a site it can only be the Earth",
                choices=(("either", ""), ("the Earth", "earth"), ("the Moon", "moon")),
            ),
        ),
    ),
    "occultation": Kind(
        "occultation",
        "Occultation",
        "The limb of the Moon hides a target from the orbiter",
        (_named("target", "of", "anything", "crab", "What is hidden"),),
        "orbit",
    ),
    "solar_beta": Kind(
        "solar_beta",
        "Solar beta angle",
        "The Sun stands that far from the plane of the orbit, positive towards the angular momentum",
        _limits("-30", "30", "deg", "angle between Sun and orbital plane"),
        "orbit",
    ),
    "radio_quiet": Kind(
        "radio_quiet",
        "Radio quiet",
        "The Earth is wholly below the horizon, or behind the Moon, by a margin",
        (Field("margin", "margin", "How far below, in deg, 0 to 90", "deg", "0"),),
    ),
    "magnetotail": Kind(
        "magnetotail",
        "Magnetotail",
        "The Moon is in the tail of the Earth's magnetic field",
        (Field("half_width", "within", "Half of the angle that the tail spans, in deg", "deg", "27"),),
    ),
}
