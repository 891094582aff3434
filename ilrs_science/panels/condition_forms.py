"""Every kind of condition as a form: its words, where it makes sense, and what there is to fill in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from ilrs_science.panels.condition_fields import DIRECTION, Choice, Field, Named, Number, Several, Span

__all__ = ["FORMS", "Form", "forms_at"]

_PLACED = ("orbits", "sites", "ground_stations")
_AIMS = ("bodies", "targets", *_PLACED)


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
    at: Literal["site", "orbit"] | None = None
    """Kind of place at which it makes sense; None for both."""

    @property
    def title(self) -> str:
        """Group and words, as in a list of kinds."""
        return f"{self.group} · {self.words}"


def _elevation(what: str, low: float) -> Span:
    tooltip = f"Allowed elevation of {what}: above the horizontal plane, on an orbiter the plane normal to its radius"
    return Span(key="limits", label="Elevation", tooltip=tooltip, low=-90.0, high=90.0, first=(low, 90.0))


def _angle(label: str, first: tuple[float, float], tooltip: str) -> Span:
    return Span(key="limits", label=label, tooltip=tooltip, low=0.0, high=180.0, first=first)


def _aim(key: str, label: str, first: str, tooltip: str, without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """A name of anything, or a direction with its two angles."""
    beside = (key, DIRECTION)
    return (
        Named(
            key=key, label=label, tooltip=tooltip, folders=_AIMS, first=first, without=without, direction=True
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


def _visible(kind: str, group: str, words: str, what: str) -> Form:
    part = Number(
        key="min_fraction",
        label="At least",
        unit="%",
        tooltip=f"Smallest part of the disc of {what} that shows; 0 is any part",
        low=0.0,
        high=100.0,
        first=50.0,
    )
    tooltip = f"A part of the disc of {what} shows above the skyline of the terrain; on an orbiter, above the lunar limb"
    return Form(kind, group, words, tooltip, (part,))


_SUNLIGHT = (
    _visible("sun_visible", "Sunlight", "Sun above the terrain", "the Sun"),
    Form("day", "Sunlight", "Day", "The Sun's centre is above the horizon; on an orbiter, above the lunar limb"),
    Form("night", "Sunlight", "Night", "The Sun's centre is below the horizon; on an orbiter, behind the Moon"),
    Form(
        "sun_elevation",
        "Sunlight",
        "Elevation of the Sun",
        "The Sun's centre stands between two elevations",
        (_elevation("the Sun's centre", -1.4),),
    ),
    Form(
        "local_solar_time",
        "Sunlight",
        "Hour of the lunar day",
        "The lunar day of 29.5 days is cut into 24 hours; at 12 h the Sun stands on the meridian under the place",
        (
            Number(
                key="min",
                label="From",
                unit="h",
                tooltip="First hour of the lunar day, 0 to 24; later than the last goes through midnight",
                low=0.0,
                high=24.0,
                first=8.0,
            ),
            Number(
                key="max",
                label="To",
                unit="h",
                tooltip="Last hour of the lunar day, 0 to 24",
                low=0.0,
                high=24.0,
                first=16.0,
            ),
        ),
    ),
    Form(
        "season",
        "Sunlight",
        "Season",
        "The Sun's latitude over the Moon swings by 1.6 deg in a year: summer is while it is on the site's side",
        (
            Choice(
                key="half",
                label="Half of the year",
                tooltip="Summer or winter of the site, or limits of the Sun's latitude over the Moon",
                options=(("Summer of the site", "summer"), ("Winter of the site", "winter"), ("By latitude", "")),
                at="site",
            ),
            Span(
                key="limits",
                label="Sun's latitude",
                tooltip="Allowed latitude of the point of the Moon that lies under the Sun",
                low=-2.0,
                high=2.0,
                first=(-2.0, 0.0),
                step=0.05,
                only_if=("half", ""),
            ),
        ),
    ),
    Form(
        "eclipse",
        "Sunlight",
        "Eclipse of the Sun",
        "The Earth, or seen from an orbiter also the Moon, covers the Sun",
        (
            Choice(
                key="phase",
                label="Phase",
                tooltip="How much of the Sun's disc is covered",
                options=(("Any part covered", "any"), ("All of it covered", "umbra"), ("A part, not all", "penumbra")),
            ),
            Choice(
                key="by",
                label="Covered by",
                tooltip="What covers the Sun, seen from the orbiter",
                options=(("Earth or Moon", ""), ("The Earth", "earth"), ("The Moon", "moon")),
                at="orbit",
            ),
        ),
    ),
)  # fmt: skip

_SKY = (
    _visible("earth_visible", "Earth", "Earth above the terrain", "the Earth"),
    Form(
        "earth_elevation",
        "Sky",
        "Elevation of the Earth",
        "The Earth's centre stands between two elevations, as a link needs it",
        (_elevation("the Earth's centre", 2.0),),
    ),
    Form(
        "target_elevation",
        "Sky",
        "Elevation of a target",
        "A planet, a star, an orbiter, a site, a ground station or any direction stands between two elevations",
        (
            *_aim("target", "Target", "jupiter", "What is observed; targets come from the catalogue"),
            _elevation("the target", 10.0),
        ),
    ),
    Form(
        "separation",
        "Sky",
        "Angle between two",
        "The angle between two things in the sky is between two limits, such as the Sun far from the Earth",
        (
            *_aim("bodies.0", "First", "sun", "One of the two"),
            *_aim("bodies.1", "Second", "earth", "The other of the two"),
            _angle("Angle", (20.0, 180.0), "Allowed angle between the two, seen from the place"),
        ),
    ),
    Form(
        "phase_angle",
        "Sky",
        "Phase of a planet",
        "The angle at a planet between Sun and place: 0 is full, 180 is new",
        (
            Named(
                key="body",
                label="Planet",
                tooltip="Whose phase; the Earth as a rule",
                folders=("bodies",),
                first="earth",
                without=("sun", "moon"),
            ),
            _angle("Phase angle", (0.0, 90.0), "Allowed angle at the planet between Sun and place"),
        ),
    ),
    Form(
        "range_to",
        "Sky",
        "Distance",
        "The distance of a planet, an orbiter, a site or a ground station is between two limits",
        (
            Named(
                key="body",
                label="Distance of",
                tooltip="What is near or far",
                folders=("bodies", *_PLACED),
                first="earth",
                without=("moon",),
            ),
            Number(
                key="min",
                label="At least",
                unit="km",
                tooltip="Smallest distance allowed, with light time; empty for none",
                low=0.0,
                high=1e11,
                first=None,
                optional=True,
            ),
            Number(
                key="max",
                label="At most",
                unit="km",
                tooltip="Largest distance allowed, with light time; empty for none",
                low=0.0,
                high=1e11,
                first=380_000.0,
                optional=True,
            ),
        ),
    ),
)

_ORBITERS = (
    Form(
        "pass_over",
        "Orbiters",
        "Pass over the site",
        "An orbiter stands above the horizontal plane of a site, between two elevations",
        (
            Named(
                key="orbiter",
                label="Orbiter",
                tooltip="Which orbiter of the catalogue passes over this site",
                folders=("orbits",),
                first="queqiao2",
                at="site",
            ),
            Named(
                key="site",
                label="Site",
                tooltip="Over which site of the catalogue this orbiter passes",
                folders=("sites",),
                first="connecting_ridge",
                at="orbit",
            ),
            Span(
                key="limits",
                label="Elevation",
                tooltip="Allowed elevation of the orbiter above the horizontal plane of the site",
                low=0.0,
                high=90.0,
                first=(10.0, 90.0),
            ),
        ),
    ),
    Form(
        "solar_beta",
        "Orbiters",
        "Beta angle of the Sun",
        "The angle between Sun and orbital plane is between two limits; near 90 the orbiter is always in sunlight",
        (
            Span(
                key="limits",
                label="Beta angle",
                tooltip="Allowed angle between Sun and orbital plane, positive on the side of the angular momentum",
                low=-90.0,
                high=90.0,
                first=(-30.0, 30.0),
            ),
        ),
        at="orbit",
    ),
    Form(
        "occultation",
        "Orbiters",
        "Hidden by the Moon",
        "The limb of the Moon hides a target from the orbiter",
        _aim("target", "Target", "earth", "What is hidden; targets come from the catalogue", ("moon",)),
        at="orbit",
    ),
)

_SURROUNDINGS = (
    Form(
        "radio_quiet",
        "Surroundings",
        "Radio quiet",
        "The Earth, and each further emitter, is below the horizon; on an orbiter, behind the Moon",
        (
            Number(
                key="margin",
                label="Margin",
                unit="deg",
                tooltip="How far below the horizon everything is, 0 to 90",
                low=0.0,
                high=90.0,
                first=0.0,
            ),
            Number(
                key="within",
                label="Emitters within",
                unit="km",
                tooltip="Distance from the Earth's centre within which emitters are; 100000 km in ITU-R RA.479",
                low=0.0,
                high=200_000.0,
                first=6378.137,
            ),
            Several(
                key="emitters",
                label="Further emitters",
                tooltip="Orbiters, sites and ground stations that must be hidden too; Ctrl or Cmd chooses several",
                folders=_PLACED,
            ),
        ),
    ),
    Form(
        "magnetotail",
        "Surroundings",
        "In the magnetotail",
        "The Moon crosses the tail of the Earth's magnetic field about full moon",
        (
            Number(
                key="half_width",
                label="Half width",
                unit="deg",
                tooltip="Half of the angle that the tail spans, seen from the Earth: 27 for lobes, 37 with the sheath",
                low=0.1,
                high=89.9,
                first=27.0,
            ),
        ),
    ),
)

#: Every kind of condition by its kind, in the order in which they are offered.
FORMS: Final[dict[str, Form]] = {form.kind: form for form in (*_SUNLIGHT, *_SKY, *_ORBITERS, *_SURROUNDINGS)}


def forms_at(place: str) -> tuple[list[Form], list[Form]]:
    """Kinds that make sense at a kind of place, and the others.

    Parameters
    ----------
    place : {"site", "orbit"}
        Kind of place.

    Returns
    -------
    offered : list of Form
        In their order.
    left_out : list of Form
        In their order.
    """
    offered = [form for form in FORMS.values() if form.at in (None, place)]
    return offered, [form for form in FORMS.values() if form not in offered]
