"""Conditions on sunlight as forms."""

from __future__ import annotations

from ilrs_science.panels.condition_fields import Choice, Number, Span
from ilrs_science.panels.condition_form import Form, elevation, visible

__all__ = ["FORMS"]

FORMS = (
    visible("sun_visible", "Sunlight", "Sun above the terrain", "the Sun"),
    Form("day", "Sunlight", "Day", "The Sun's centre is above the horizon; on an orbiter, above the lunar limb"),
    Form("night", "Sunlight", "Night", "The Sun's centre is below the horizon; on an orbiter, behind the Moon"),
    Form(
        "sun_elevation",
        "Sunlight",
        "Elevation of the Sun",
        "The Sun's centre stands between two elevations",
        (elevation("the Sun's centre", -1.4),),
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
