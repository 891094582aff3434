"""Conditions on the sky, on orbiters and on what disturbs, as forms."""

from __future__ import annotations

from ilrs_science.panels.condition_fields import Choice, Named, Number, Several, Span
from ilrs_science.panels.condition_form import PLACED, Form, aim, angle, elevation, visible

__all__ = ["FORMS"]

_SKY = (
    visible("earth_visible", "Earth", "Earth above the terrain", "the Earth"),
    Form(
        "earth_elevation",
        "Sky",
        "Elevation of the Earth",
        "The Earth's centre stands between two elevations, as a link needs it",
        (elevation("the Earth's centre", 2.0),),
    ),
    Form(
        "target_elevation",
        "Sky",
        "Elevation of a target",
        "A planet, a star, an orbiter, a site, a ground station or any direction stands between two elevations",
        (
            *aim("target", "Target", "jupiter", "What is observed; targets come from the catalogue"),
            elevation("the target", 10.0),
        ),
    ),
    Form(
        "separation",
        "Sky",
        "Angle between two",
        "The angle between two things in the sky is between two limits, such as the Sun far from the Earth",
        (
            *aim("bodies.0", "First", "sun", "One of the two"),
            *aim("bodies.1", "Second", "earth", "The other of the two"),
            angle("Angle", (20.0, 180.0), "Allowed angle between the two, seen from the place"),
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
            angle("Phase angle", (0.0, 90.0), "Allowed angle at the planet between Sun and place"),
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
                folders=("bodies", *PLACED),
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
        aim("target", "Target", "earth", "What is hidden; targets come from the catalogue", ("moon",)),
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
                folders=PLACED,
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
    Form(
        "plasma_region",
        "Surroundings",
        "Part of the plasma around the Earth",
        "Solar wind, magnetosheath or magnetotail, as a mean solar wind blows them, 4 deg beside the line from the Sun",
        (
            Choice(
                key="region",
                label="Region",
                tooltip="Outside the bow shock, between it and the magnetopause, or inside that",
                options=(
                    ("Magnetotail", "magnetotail"),
                    ("Magnetosheath", "magnetosheath"),
                    ("Solar wind", "solar_wind"),
                ),
            ),
        ),
    ),
)

FORMS = (*_SKY, *_ORBITERS, *_SURROUNDINGS)
